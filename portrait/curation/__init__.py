"""Curation: what people decide of names, links, new years and notebooks, proposed and recorded."""
