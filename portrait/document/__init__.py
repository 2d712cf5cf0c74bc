"""Build the document model of an executed notebook, from which HTML and PDF are rendered."""
