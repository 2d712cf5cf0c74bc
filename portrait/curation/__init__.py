"""Propose decisions on names, links, new years and notebooks; record the decisions that people make."""
