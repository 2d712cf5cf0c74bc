"""Find the labels of a drawing that are drawn over each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.text import Text


def labels_of(canvas: Any) -> list[Text]:
    """Return the labels of a canvas that are seen."""
    return [text for text in canvas.findobj(Text) if text.get_visible() and text.get_text().strip()]


def overlaps(canvas: Any) -> list[tuple[str, str]]:
    """Return each pair of labels of a canvas that overlap."""
    renderer = canvas._get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in labels_of(canvas)]
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]


def beyond(canvas: Any) -> list[str]:
    """Return the labels of a canvas that are cut by its sides."""
    renderer = canvas._get_renderer()
    width, height = canvas.get_figwidth() * canvas.dpi, canvas.get_figheight() * canvas.dpi
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in labels_of(canvas)]
    return [
        text for text, box in boxes if min(box.x0, box.y0) < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]


def smallest(canvas: Any) -> float:
    """Return the size of the smallest letters of a canvas, in points."""
    return min(text.get_fontsize() for text in labels_of(canvas))
