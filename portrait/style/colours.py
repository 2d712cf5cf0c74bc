"""Colours of everything Portrait publishes: inks, status colours, scales, page colours.

The rust accent avoids the blue of Québec's government, which has not approved this report.
"""

from __future__ import annotations

from types import MappingProxyType

INK = "#1d2433"
ACCENT = "#9a3b1b"
PAPER = "#ffffff"
MUTED = "#8a909a"
"""For secondary shapes such as an earlier year: too light for text, distinct from ACCENT in greyscale."""
RULE = "#d9d3c9"

STATUS_COLOURS = MappingProxyType(
    {
        "production": "#123c46",
        "retired": "#7a5583",
        "development": "#b5851f",
        "unknown": "#737984",
        "unclassified": "#8a8f99",
    }
)
"""From dark to light, so that they are distinct in greyscale and in every common kind of colour vision.

The last two are outlines. Each mark reaches 3:1 on paper; black labels reach 6:1 on `development`."""

SEQUENTIAL = ("#f9efe7", "#efd3c0", "#dfab8b", "#c77f57", "#9a3b1b", "#6b2711", "#3c150a")
"""From low to high; lightness always decreases."""
SCALE_CLASS = "scale"
"""Class of the cells of a heat map in an SVG: their colours are values, which dark mode does not change; but
`PAPER`, a cell that says nothing."""
SCALE_INK = "#030303"
SCALE_PAPER = "#fefefe"
"""Text on such cells: dark and light enough that one of them reaches 4.5:1 on any colour, and other than
`INK` and `PAPER`, which dark mode changes."""
CATEGORICAL = ("#1d2433", "#9a3b1b", "#5a8764", "#c2952f", "#a9bcd8", "#f0dcc8")
"""At most six groups: more are not distinct in greyscale."""

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
        "context": MUTED,
        **{f"status-{status}": colour for status, colour in STATUS_COLOURS.items()},
    }
)
"""Colours of a page and its figures by role; `muted` and `notice-ink` are for text on `paper`, `wash` and
`notice`."""
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
        "context": "#7a818d",
        "status-production": "#60a6ae",
        "status-retired": "#9b72a7",
        "status-development": "#deaf52",
        "status-unknown": "#757d8a",
        "status-unclassified": "#6c7481",
    }
)
