"""Write a drawing as SVG with real text, the same for print, the page and the notebook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.font_manager import FontProperties, weight_dict
from matplotlib.textpath import text_to_path

from portrait.style.colours import SCALE_CLASS
from portrait.style.glyphs import has_simple_symbols
from portrait.style.typefaces import FALLBACK, SANS

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

_POINTS = 72
"""Points in an inch: the unit of the SVG."""
_START = "<svg "
_START_WITH_TYPEFACE = f"{_START}font-family=\"'{SANS}', '{FALLBACK}', sans-serif\" "
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG.

    Attributes
    ----------
    picture
        With real text.
    outlines
        With outlines in place of text, if print cannot set one of the labels; otherwise empty.
    """

    picture: str
    outlines: str = ""


def svg_of(canvas: Canvas) -> Drawing:
    """Lay out a canvas and draw it, each once; the same drawing gives the same text."""
    picture, renderer = _drawn(canvas, _TextRenderer)
    picture = picture.replace(_START, _START_WITH_TYPEFACE, 1)
    if all(map(has_simple_symbols, renderer.labels)):
        return Drawing(picture)
    return Drawing(picture, _drawn(canvas, RendererSVG)[0])


def _drawn(canvas: Canvas, kind: type[RendererSVG]) -> tuple[str, Any]:
    """Return the SVG without its prolog, which refers to an external DTD, and the renderer that wrote it."""
    stream = io.StringIO()
    canvas.set_dpi(_POINTS)
    width, height = canvas.get_size_inches() * _POINTS
    renderer = kind(width, height, stream, metadata=_NO_METADATA)
    _Canvas(canvas).renderer = renderer
    layout = canvas.get_layout_engine()
    if layout is not None and canvas.axes:
        layout.execute(canvas)
    canvas.set_layout_engine("none")
    canvas.draw(renderer)
    renderer.finalize()
    text = stream.getvalue()
    return text[text.index(_START) :], renderer


class _Canvas(FigureCanvasSVG):
    """Canvas whose layout is measured by the renderer that draws it."""

    renderer: RendererSVG

    def get_renderer(self) -> RendererSVG:
        return self.renderer


class _TextRenderer(RendererSVG):
    """Writes each label as one text with its length, so that another typeface keeps to the layout."""

    def __init__(self, width: float, height: float, stream: io.StringIO, **options: Any) -> None:
        super().__init__(width, height, stream, **options)  # type: ignore[no-untyped-call]
        self.labels: list[str] = []

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Write no group: its identifier would not be unique in a page of several drawings."""

    def close_group(self, s: str) -> None:
        pass

    def draw_quad_mesh(self, *arguments: Any) -> None:
        self.writer.start("g", {"class": SCALE_CLASS})
        super().draw_quad_mesh(*arguments)
        self.writer.end("g")

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        return _measured(s, prop)

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, *_: Any, **__: Any
    ) -> None:
        self.labels.append(s)
        width, _height, _descent = _measured(s, prop.copy())
        named = prop.get_weight()
        weight = weight_dict[named] if isinstance(named, str) else named
        red, green, blue, alpha = gc.get_rgb()
        alpha = gc.get_alpha() if gc.get_forced_alpha() else alpha
        place = {"x": _short(x), "y": _short(y)}
        if angle:
            place = {"transform": f"translate({_short(x)} {_short(y)}) rotate({_short(-angle)})"}
        self.writer.element(
            "text",
            s,
            {
                **place,
                "font-size": _short(prop.get_size_in_points()),
                **({"font-weight": str(weight)} if weight != weight_dict["normal"] else {}),
                "fill": rgb2hex((red, green, blue)),
                **({"fill-opacity": _short(alpha)} if alpha != 1 else {}),
                **({"textLength": _short(width), "lengthAdjust": "spacingAndGlyphs"} if width else {}),
            },
        )


@lru_cache(maxsize=4096)
def _measured(text: str, font: FontProperties) -> tuple[float, float, float]:
    width, height, descent = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return width, height, descent


def _short(number: float) -> str:
    return f"{round(number, 2) + 0.0:g}"
