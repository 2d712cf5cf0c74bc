"""Ingest: a file as published becomes the tidy table of initiatives; every row is accounted for."""
