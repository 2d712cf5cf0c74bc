"""Colours of everything Portrait publishes: inks, status colours, scales, page colours.

One warm rust accent on paper white, and an ink: an identity of our own, kept apart from the blue of
Québec's government, which has not approved this report.
"""

from __future__ import annotations

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


def diverging_map() -> LinearSegmentedColormap:
    """Return `DIVERGING` as the continuous scale of a heat map around 0."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("portrait-diverging", DIVERGING)
