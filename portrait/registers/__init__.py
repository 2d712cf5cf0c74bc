"""Registers: the reference files of each source, and its available data files."""
