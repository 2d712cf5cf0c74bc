"""Import the libraries, but nothing of this package, in the process that preview workers are forked from.

Each worker imports the package itself, as it was last saved. papermill is left to it: it imports this package
to list its engines.
"""

import os
from contextlib import suppress
from importlib import import_module

# What a kernel sets before a notebook imports matplotlib.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

for name in (
    *("babel.dates", "babel.numbers", "click", "ctypes", "IPython.core.interactiveshell"),
    *("jinja2", "matplotlib.pyplot", "mistune.plugins.url", "nbclient", "nbformat", "pandas"),
    *("pikepdf", "rapidfuzz", "requests", "scipy.sparse.csgraph"),
    *("scipy.stats", "seaborn", "tenacity", "tqdm.auto", "typer", "typst", "yaml"),
):
    with suppress(ImportError):  # reported by the page that needs it
        import_module(name)
