"""Render a document model as HTML and PDF."""
