"""JupyterLab: it shows what is published, saves no outputs, and merges notebooks cell by cell."""
