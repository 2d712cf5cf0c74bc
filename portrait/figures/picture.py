"""Build figures: a picture with its texts and data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from portrait.editions.edition import Edition
from portrait.errors import NotInEdition, WrongCall
from portrait.facts import notices
from portrait.facts.nothing import NO_ROWS
from portrait.figures import svg
from portrait.language.locales import Wording
from portrait.language.text import revealed
from portrait.storage.media_types import FIGURE
from portrait.style import colours, theme
from portrait.style.drawing import html_of
from portrait.style.marks import sheet as marks_sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas


WIDTH = 6.5
"""Width of the text of a letter page, in inches."""
NARROW_WIDTH, NARROW_SIZE = 3.2, 8.5
"""Width of a drawing for a phone, in inches, and size of its smallest letters, in points: on a screen of
320 pixels they have 10 pixels at least, in the frame of a specimen too."""


_FORMS = {
    "fig-accumulated": Wording("Barres horizontales", "Horizontal bars"),
    "bars": Wording("Barres empilées", "Stacked bars"),
    "fig-bodies": Wording("Diagramme à points", "Dot plot"),
    "fig-categories": Wording("Diagramme à points", "Dot plot"),
    "fig-completeness": Wording("Carte de chaleur", "Heat map"),
    "fig-dots": Wording("Matrice de points", "Dot matrix"),
    "fig-growth": Wording("Diagramme en cascade", "Waterfall chart"),
    "fig-lorenz": Wording("Courbe", "Curve"),
    "fig-maturity-portfolio": Wording("Barres empilées", "Stacked bars"),
    "fig-per-body": Wording("Histogramme", "Histogram"),
    "fig-place": Wording("Diagramme à points", "Dot plot"),
    "fig-portfolios": Wording("Diagramme à points", "Dot plot"),
    "fig-profile-categories": Wording("Diagramme à points", "Dot plot"),
    "fig-profile-dots": Wording("Matrice de points", "Dot matrix"),
    "fig-profiles": Wording("Diagramme à bulles", "Bubble chart"),
    "fig-rises": Wording("Diagramme à points", "Dot plot"),
    "fig-safeguards": Wording("Barres empilées", "Stacked bars"),
    "fig-status": Wording("Barres empilées", "Stacked bars"),
    "fig-trajectories": Wording("Diagramme alluvial", "Alluvial diagram"),
}
"""What kind of chart each figure is: an alternative text begins with it."""


@dataclass(frozen=True)
class Figure:
    """A picture, with its texts and its data.

    Attributes
    ----------
    id
        Anchor for references in the text, such as ``fig-volume``.
    caption, alt, source, note
        What is measured; the alternative text; the source; a caution for the reader.
    picture, narrow, outlines
        The SVG; the same figure drawn for a phone; and the first one to print with outlines in place of text,
        where print cannot set its text.
    columns, align, rows
        The data drawn, as a table of text.
    is_specimen
        Whether the rows are fictional.
    marks
        The table of marks, in place of a picture (`portrait.figures.marks`); empty if there is a picture.
    draw
        Function that draws the picture on axes; ``None`` where marks take its place.
    """

    id: str
    caption: str
    alt: str
    source: str
    note: str
    picture: str
    narrow: str
    outlines: str
    columns: tuple[str, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_specimen: bool
    marks: Mapping[str, Any] = field(default_factory=dict)
    draw: Callable[[Axes], None] | None = field(default=None, repr=False, compare=False)

    def on(self, ax: Axes) -> Axes:
        """Draw the picture on axes of one's own, in the style of the report, and return them.

        Axes as narrow as a phone have the drawing for a phone.

        Raises
        ------
        WrongCall
            The figure is a table of marks, which the page draws.
        """
        if self.draw is None:
            raise WrongCall(f"{self.id} is made of marks, without axes.", "Show it as it is.")
        with theme.apply():
            self.draw(ax)
        return ax

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = {
            "id": self.id,
            "caption": revealed(self.caption),
            "alt": revealed(self.alt),
            "source": self.source,
            "note": revealed(self.note),
            "specimen": self.is_specimen,
            "narrow": self.narrow,
            "outlines": self.outlines,
            "marks": _revealed(self.marks),
            "data": {
                "columns": [revealed(column) for column in self.columns],
                "align": list(self.align),
                "rows": [[revealed(cell) for cell in row] for row in self.rows],
            },
        }
        if self.marks:
            shown = {"text/html": f"<style>{_SHEET}</style>{html_of(content['marks'], content['alt'])}"}
        else:
            shown = {"image/svg+xml": self.picture}
        return {FIGURE: content, **shown, "text/plain": content["alt"]}


_SHEET = (
    marks_sheet() + f".marks{{{';'.join(f'--{role}:{colour}' for role, colour in colours.LIGHT.items())}}}"
)
"""Style of marks in a notebook: that of the page, on light ground."""


def _revealed(marks: Any) -> Any:
    """Return marks whose texts show their invisible characters."""
    if isinstance(marks, str):
        return revealed(marks)
    if isinstance(marks, Mapping):
        return {key: _revealed(value) for key, value in marks.items()}
    return [*map(_revealed, marks)] if isinstance(marks, (list, tuple)) else marks


@dataclass(frozen=True)
class Words:
    """The texts of a figure, before its source and the marks of a specimen are added.

    `rows` are the data drawn; the first cell of a row is its name, the others are numbers. `form` is the kind
    of chart, where other figures of that `id` are of another kind.
    """

    id: str
    caption: str
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    form: str = ""

    def alternative_text(self, edition: Edition, language: str) -> str:
        """Return the alternative text: the kind of chart, then what it shows; a specimen's has no number."""
        text = notices.alternative_text(self.alt, self.caption, edition, language)
        form = _FORMS.get(self.form or self.id) if not edition.is_specimen else None
        return f"{form.said(language)}. {text}" if form else text


def drawn(
    words: Words,
    draw: Callable[[Axes], None],
    *,
    height: float,
    narrow_height: float,
    edition: Edition,
    language: str,
) -> Figure:
    """Draw a figure in the style of the report; add its source and, for fictional rows, the specimen marks.

    Parameters
    ----------
    draw
        Function that draws on empty axes: as wide as the text, then as wide as a phone (`is_narrow`).
    height, narrow_height
        Heights of the canvases of these axes in inches.

    Raises
    ------
    NotInEdition
        There is no row to draw.
    """
    figure = described(words, edition, language)
    with theme.apply():
        from matplotlib.figure import Figure as Canvas

        drawings = []
        for size in ((WIDTH, height), (NARROW_WIDTH, narrow_height)):
            canvas = Canvas(figsize=size, layout="constrained")
            draw(canvas.subplots())
            if edition.is_specimen:
                _mark_specimen(canvas, language)
            drawings.append(svg.svg_of(canvas))
    wide, narrow = drawings

    def on_own_axes(axes: Axes) -> None:
        draw(axes)
        if edition.is_specimen:
            axes.set_title(notices.specimen_word(language), loc="right", color=colours.ACCENT)

    return replace(
        figure, picture=wide.picture, narrow=narrow.picture, outlines=wide.outlines, draw=on_own_axes
    )


def is_narrow(axes: Axes) -> bool:
    """Return whether axes have no more room than a phone."""
    return axes.bbox.width / axes.figure.dpi <= NARROW_WIDTH


def described(words: Words, edition: Edition, language: str) -> Figure:
    """Return the figure of some texts, with nothing drawn yet; add its source and the mark of a specimen.

    Raises
    ------
    NotInEdition
        There is no row to draw.
    """
    if not words.rows:
        raise NotInEdition(NO_ROWS)

    def own(text: str) -> str:
        return edition.source.in_its_nouns(text, language)

    return Figure(
        id=words.id,
        caption=notices.caption(own(words.caption), edition, language),
        alt=own(words.alternative_text(edition, language)),
        source=notices.source_line(edition, language),
        note=own(words.note),
        picture="",
        narrow="",
        outlines="",
        columns=tuple(map(own, words.columns)),
        align=("l", *("r" for _ in words.columns[1:])),
        rows=tuple(tuple(row) for row in words.rows),
        is_specimen=edition.is_specimen,
    )


def _mark_specimen(canvas: Canvas, language: str) -> None:
    # Below the word, whose height is 0.2 inch.
    canvas.set_layout_engine("constrained", rect=(0, 0, 1, 1 - 0.2 / canvas.get_figheight()))
    canvas.text(
        1, 1, notices.specimen_word(language), ha="right", va="top", fontweight="bold", color=colours.ACCENT
    )
