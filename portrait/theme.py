"""The look of everything Portrait publishes: inks, scales, typefaces, and how charts wear them.

One warm rust accent on paper white, and an ink: an identity of our own, kept apart from the blue of
Québec's government, which approved nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.colors import LinearSegmentedColormap

INK = "#1d2433"
ACCENT = "#9a3b1b"
PAPER = "#ffffff"
MUTED = "#8a909a"
"""For shapes that stand back, such as an earlier year: too light for text, and told from ACCENT in grey."""
RULE = "#d9d3c9"

STATUS_COLOURS = MappingProxyType(
    {
        "production": "#123c46",
        "retired": "#7a5583",
        "development": "#cc7440",
        "unknown": "#b9b4a6",
        "unclassified": "#e4dfd3",
    }
)
"""From dark to light, so that they stay apart in grey and in every common kind of colour vision."""

SEQUENTIAL = ("#f9efe7", "#efd3c0", "#dfab8b", "#c77f57", "#9a3b1b", "#6b2711", "#3c150a")
"""From little to much; lightness falls all along."""
DIVERGING = ("#6f8fb5", "#a9bcd8", PAPER, "#dfab8b", ACCENT)
"""From less to more than expected: blue and rust are told apart by every kind of sight, and the side of
more ends darker, so that grey keeps them apart too."""
CATEGORICAL = ("#1d2433", "#9a3b1b", "#5a8764", "#c2952f", "#a9bcd8", "#f0dcc8")
"""Six groups at most: more cannot be told apart in grey."""

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
FALLBACK = "DejaVu Sans"
"""What draws the letters that the two typefaces lack: Greek, Arabic, syllabics of Inuktut, arrows."""
MONOSPACED = "DejaVu Sans Mono"

LIGHT = MappingProxyType(
    {
        "paper": PAPER,
        "ink": INK,
        "muted": "#565d6b",
        "accent": ACCENT,
        "rule": RULE,
        "wash": "#f8f4ef",
        "notice": "#fbe9dd",
        "notice-ink": "#5a210d",
    }
)
"""Colours of a page by their part; `muted` and `notice-ink` are for text on `paper`, `wash` and `notice`."""
DARK = MappingProxyType(
    {
        "paper": "#14171d",
        "ink": "#ece7df",
        "muted": "#aeb3bd",
        "accent": "#f2a582",
        "rule": "#3a414d",
        "wash": "#1d222b",
        "notice": "#4a2112",
        "notice-ink": "#ffe6d8",
    }
)

FACES = MappingProxyType(
    {
        "font_source_sans_pro": (
            "SourceSansPro-Regular.ttf",
            "SourceSansPro-It.ttf",
            "SourceSansPro-Semibold.ttf",
            "SourceSansPro-SemiboldIt.ttf",
            "SourceSansPro-Bold.ttf",
        ),
        "font_source_serif_pro": (
            "SourceSerifPro-Regular.ttf",
            "SourceSerifPro-It.ttf",
            "SourceSerifPro-Semibold.ttf",
            "SourceSerifPro-SemiboldIt.ttf",
        ),
        "matplotlib": (
            "DejaVuSans.ttf",
            "DejaVuSans-Bold.ttf",
            "DejaVuSans-Oblique.ttf",
            "DejaVuSans-BoldOblique.ttf",
            "DejaVuSansMono.ttf",
            "DejaVuSansMono-Bold.ttf",
        ),
    }
)
"""The font files we set type with, by the package that brings them."""
_LAST_RESORT = "LastResortHE-Regular.ttf"
_FOLDER_IN_PACKAGE = {"matplotlib": "mpl-data/fonts/ttf"}


@cache
def _font_folder(package: str) -> Path:
    specification = find_spec(package)
    if specification is None or specification.origin is None:
        raise ModuleNotFoundError(f"No package {package!r} to take fonts from", name=package)
    return Path(specification.origin).parent / _FOLDER_IN_PACKAGE.get(package, "files")


def font_folders() -> list[Path]:
    """Return the folders that hold our typefaces and their fallback."""
    return [_font_folder(package) for package in FACES]


def font_files() -> list[Path]:
    """Return the files of the faces we use, in one order on every machine."""
    return [_font_folder(package) / name for package, names in FACES.items() for name in names]


def read_font_files() -> list[Path]:
    """Return the files that a document is drawn from: our faces, and matplotlib's for what no face has."""
    return [*font_files(), _font_folder("matplotlib") / _LAST_RESORT]


@cache
def _register_fonts() -> None:
    """Make our typefaces known to matplotlib, once a process, in place of others of these names.

    It brings DejaVu itself. A face of the same name that the machine has would come before ours, and no
    record would know that a document was drawn with it.
    """
    from matplotlib.font_manager import fontManager

    for path in font_files():
        if not path.name.startswith("DejaVu"):
            fontManager.addfont(path)
    ours = set(map(str, font_files()))
    names = {face.name for face in fontManager.ttflist if face.fname in ours}
    fontManager.ttflist = [
        face for face in fontManager.ttflist if face.fname in ours or face.name not in names
    ]


def sequential_map() -> LinearSegmentedColormap:
    """Return `SEQUENTIAL` as the continuous scale of a heat map."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("portrait", SEQUENTIAL)


def diverging_map() -> LinearSegmentedColormap:
    """Return `DIVERGING` as the continuous scale of a heat map around 0."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("portrait-diverging", DIVERGING)


@contextmanager
def apply() -> Iterator[None]:
    """Dress the charts drawn inside the block, and leave matplotlib as it was.

    Seaborn's white theme in our inks and typeface, whatever `matplotlibrc` the machine or its user has;
    the salt makes the identifiers inside an SVG the same at each run.
    """
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.rcsetup import cycler

    _register_fonts()
    dress = {
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
        mpl.rcParams.update(dress)
        yield
