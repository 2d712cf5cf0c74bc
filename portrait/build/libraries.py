"""Imported by the process that a preview's pages are forked from: the libraries, and nothing of this package.

The package is imported anew for each version of it, so that a page shows what was saved.
"""

import os
from contextlib import suppress
from importlib import import_module

# What a kernel sets before a notebook imports matplotlib.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

for name in (
    *("babel.dates", "babel.numbers", "ctypes", "fontTools.ttLib", "IPython.core.interactiveshell", "jinja2"),
    *(
        "matplotlib.pyplot",
        "mistune.plugins.url",
        "nbformat",
        "pandas",
        "pandera.pandas",
        "papermill.execute",
    ),
    *("pikepdf", "python_calamine", "rapidfuzz", "requests", "scipy.optimize", "scipy.sparse.csgraph"),
    *("scipy.stats", "seaborn", "typst", "yaml"),
):
    with suppress(ImportError):  # a page that needs it says so
        import_module(name)
