"""From an executed notebook to a document model, and from the model to HTML and PDF."""
