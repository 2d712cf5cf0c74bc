"""Document: the model that an executed notebook becomes, and that HTML and PDF are made from."""
