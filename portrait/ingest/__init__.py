"""Ingest: from a published file to the tidy table of initiatives; every row is accounted for."""
