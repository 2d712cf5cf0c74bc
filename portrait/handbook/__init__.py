"""The handbook: its notebooks run and shown as pages, and references made from docstrings."""
