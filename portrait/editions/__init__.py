"""Editions: one source at one date, opened with the editions before it."""
