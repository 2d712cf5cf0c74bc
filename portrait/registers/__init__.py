"""Registers: what people recorded about a source, and the files at hand."""
