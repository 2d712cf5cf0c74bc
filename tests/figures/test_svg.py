"""A drawing is one SVG whose labels are text that keeps to the layout."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from matplotlib.figure import Figure as Canvas

from portrait.figures.svg import Drawing, svg_of
from portrait.style import colours, theme


def drawn(draw: Callable[[Canvas], object]) -> Drawing:
    with theme.apply():
        canvas = Canvas(figsize=(3, 2), layout="constrained")
        draw(canvas)
        return svg_of(canvas)


def labels(svg: str) -> dict[str, Element]:
    found = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return {"".join(label.itertext()): label for label in found}


def test_a_label_is_one_text_with_its_size_and_the_length_that_the_layout_gave_it() -> None:
    label = labels(drawn(lambda canvas: canvas.text(0.5, 0.5, "Santé & <b>", fontsize=10)).picture)[
        "Santé & <b>"
    ]
    # Half of 3 by 2 inches, in points from the top left.
    assert (label.get("x"), label.get("y"), label.get("font-size")) == ("108", "72", "10")
    assert 45 < float(label.attrib["textLength"]) < 60  # 11 letters of about half an em
    assert label.get("fill") == colours.INK
    assert label.get("font-weight") is None


def test_a_rotated_pale_bold_label_is_text_too() -> None:
    drawing = drawn(lambda canvas: canvas.text(0, 0, "SPÉCIMEN", rotation=90, alpha=0.25, fontweight="bold"))
    label = labels(drawing.picture)["SPÉCIMEN"]
    assert label.attrib["transform"].endswith(" rotate(-90)")
    assert (label.get("fill-opacity"), label.get("font-weight")) == ("0.25", "700")


def test_the_axes_leave_room_for_their_labels() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.subplots().set_yticks([0, 1], ["Court", "Un nom de portefeuille qui est long"])

    label = labels(drawn(draw).picture)["Un nom de portefeuille qui est long"]
    assert float(label.attrib["x"]) > 0
    assert float(label.attrib["x"]) + float(label.attrib["textLength"]) < 216


@pytest.mark.parametrize(("label", "is_outlined"), [("Santé", False), ("Z\u0335", True), ("שָׁלוֹם", True)])
def test_only_a_drawing_with_a_label_of_several_marks_is_outlined_for_print(
    label: str, is_outlined: bool
) -> None:
    drawing = drawn(lambda canvas: canvas.text(0.1, 0.5, label))
    assert label in labels(drawing.picture)
    assert bool(drawing.outlines) is is_outlined
    assert "<text" not in drawing.outlines


def test_the_cells_of_a_heat_map_are_marked_as_values() -> None:
    drawing = drawn(lambda canvas: canvas.subplots().pcolormesh([[0, 1]]))
    (cells,) = ElementTree.fromstring(drawing.picture).iterfind(f".//*[@class='{colours.SCALE_CLASS}']")
    assert len([*cells.iter("{http://www.w3.org/2000/svg}path")]) >= 2


def test_the_same_drawing_gives_the_same_text() -> None:
    first, again = (drawn(lambda canvas: canvas.subplots().plot([1, 2], marker="o")) for _ in range(2))
    assert first == again
    assert "<metadata" not in first.picture
    assert first.picture.startswith("<svg ")
