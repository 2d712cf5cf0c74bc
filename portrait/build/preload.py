"""Import all that a document needs and draw its first strokes, in the process that others are forked from.

Nothing here may start a thread: a fork has none of its parent's.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module
from typing import Any

_AT_FIRST_USE = (
    "bdb",
    "encodings.utf_8_sig",
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "matplotlib.pyplot",  # but not the backend, which sets itself up as a notebook draws its first figure
    "mistune.plugins.url",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "pygments.formatters.terminal256",
    "xlsxwriter",
)
"""What libraries import when a document first needs it."""
_EVERY_FORM = "# a\n\n*b* **c** ~~d~~ `e` [f](#g) <h@i.ca> https://j.ca\n\n- k\n\n> l\n\n|m|\n|-|\n|n|\n"
"""Phrases in which a parser meets what it reads by a pattern of its own."""


def import_everything() -> None:
    """Import and prepare what every document uses, as a kernel would find it."""
    from portrait.run.environment import SILENCE_MATPLOTLIB_ON_ITS_CACHE

    # What a kernel sets before a notebook imports matplotlib.
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
    exec(SILENCE_MATPLOTLIB_ON_ITS_CACHE, {})  # noqa: S102 -- our own text

    import ctypes  # noqa: F401
    import resource  # noqa: F401

    import matplotlib.artist
    import pandas as pd
    import papermill.execute  # noqa: F401

    # matplotlib would write the help on each of its classes, a tenth of all that is done here.
    matplotlib.artist.kwdoc = lambda artist: ""

    import portrait.build.job
    import portrait.build.opened
    import portrait.checks.check
    import portrait.document.assembly
    import portrait.document.claims
    import portrait.document.model
    import portrait.document.numbering
    import portrait.document.register
    import portrait.facts.portfolio
    import portrait.figures
    import portrait.indicators.comparisons
    import portrait.indicators.revisions
    import portrait.language.phrases
    import portrait.language.proof
    import portrait.publish.html
    import portrait.publish.pdf
    import portrait.publish.workbook
    import portrait.run.engine
    import portrait.run.parameters
    import portrait.run.shell
    import portrait.tables

    for module in _AT_FIRST_USE:
        with suppress(ModuleNotFoundError):  # another release of a library may have it no more
            import_module(module)
    # Outside a kernel pandas would fit its tables to a terminal.
    pd.set_option("display.max_columns", 20)
    _warm()
    portrait.run.shell.open_shell()
    portrait.publish.pdf.loaded_fonts()


def _warm() -> None:
    """Load what is read at first use: locales, typefaces, templates, the forms of notebooks and drawings."""
    import io

    import nbformat
    from babel.core import Locale
    from matplotlib.figure import Figure

    from portrait.document.markdown import MarkdownCell
    from portrait.facts import notices
    from portrait.language.locales import LANGUAGES, tag_of
    from portrait.language.terms import terms_of
    from portrait.publish.fonts import font_faces
    from portrait.publish.html import TEMPLATES, style, template
    from portrait.style import theme
    from portrait.style.glyphs import drawable

    for language in LANGUAGES:
        tag = tag_of(language)
        _ = Locale.parse(tag.replace("-", "_")).decimal_formats
        terms_of(tag)
        style(notices.banner(language))
        MarkdownCell(_EVERY_FORM, tag, "").blocks()
    style("")
    for italic in (False, True):
        drawable(italic=italic)
    template(TEMPLATES / "report.html.j2")
    font_faces()
    nbformat.validate(nbformat.v4.new_notebook())
    with theme.apply():
        axes: Any = Figure().add_subplot()
        axes.plot([0, 1], [0, 1])
        axes.set_title("a")
        axes.figure.savefig(io.BytesIO(), format="svg")
