"""What keeps the process of a notebook the same on every machine, and silent about itself."""

from __future__ import annotations

CALM = {
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""Environment of a process that runs notebooks: sets in one order, one thread for numerical libraries."""

SILENCE_MATPLOTLIB_ON_ITS_CACHE = """
def _silence():
    import logging

    of_itself = (
        "Matplotlib is building the font cache",
        "Matplotlib created a temporary cache directory",
        "is not a writable directory",
        "mkdir -p failed for path",
    )
    def is_news(record):
        return not any(said in str(record.msg) for said in of_itself)

    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(is_news)


_silence()
del _silence
"""
"""Python that a process of a notebook runs first. A missing font or a deprecation is news, and stays."""
