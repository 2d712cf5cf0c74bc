"""Facts: what an edition can truthfully say."""
