"""Preview: a notebook as a page in the browser, rebuilt at each save."""
