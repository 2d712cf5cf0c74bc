"""Document model of an executed notebook, from which HTML and PDF are made."""
