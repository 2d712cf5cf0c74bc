"""The theme of every chart: seaborn's white theme in our colours and typefaces."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from portrait.style.colours import CATEGORICAL, INK, MUTED, PAPER, RULE
from portrait.style.typefaces import FALLBACK, SANS, register_fonts


@contextmanager
def apply() -> Iterator[None]:
    """Apply the theme to charts drawn inside the block, then restore the settings of matplotlib.

    Settings in a `matplotlibrc` of the machine are ignored. A fixed hash salt keeps the identifiers inside
    an SVG the same at each run.
    """
    import matplotlib as mpl
    from matplotlib.rcsetup import cycler

    with _without("scipy.stats", "scipy.cluster"):
        import seaborn as sns

    register_fonts()
    settings = {
        **sns.axes_style("ticks"),
        **sns.plotting_context("paper"),
        "font.family": [SANS, FALLBACK],
        "font.size": 9.5,
        "axes.labelsize": 9.5,
        "axes.titlesize": 10.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "legend.fontsize": 9,
        "legend.title_fontsize": 9,
        "legend.frameon": False,
        "text.parse_math": False,  # a dollar sign in a name is a dollar sign
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": MUTED,
        "axes.linewidth": 0.7,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "xtick.major.width": 0.7,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=CATEGORICAL),
        "figure.facecolor": PAPER,
        "figure.figsize": (6.5, 3.4),
        "savefig.facecolor": PAPER,
        "patch.edgecolor": PAPER,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "portrait",
        "axes.unicode_minus": True,
    }
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        yield


@contextmanager
def _without(*modules: str) -> Iterator[None]:
    """Hide modules from imports inside the block, unless they are already imported.

    seaborn imports scipy.stats and scipy.cluster where it finds them, which takes a quarter of the time of
    all imports, for density estimates and clusters that no chart here has; it works without.
    """
    hidden = [module for module in modules if module not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # their import fails
    try:
        yield
    finally:
        for module in hidden:
            del sys.modules[module]
