"""A picture of the page is inline SVG that its policy, its other pictures and dark mode leave whole."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from portrait.publish.pictures import inline
from portrait.style import colours

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 72 36">'
)


def page_of(*inside: str, alt: str = "Un rectangle.") -> BeautifulSoup:
    blocks = [
        {"id": f"fig-{n}", "svg": f"{HEAD}{each}</svg>", "narrow": "", "alt": alt}
        for n, each in enumerate(inside)
    ]
    return BeautifulSoup("".join(map(inline, blocks)), "html.parser")


def test_a_picture_is_an_image_named_by_its_alternative_text_and_keeps_its_room() -> None:
    svg = page_of("<rect/>", alt='Montre "<b>" & 5').svg
    assert (svg["role"], svg["aria-label"]) == ("img", 'Montre "<b>" & 5')
    assert (svg["width"], svg["height"], svg["viewbox"]) == ("96", "48", "0 0 72 36")


def test_identifiers_are_of_their_figure_and_references_follow_them() -> None:
    shape = '<defs><clipPath id="p1"><rect/></clipPath><path id="m2" d=""/></defs><g id="axes_1"/>'
    uses = '<use xlink:href="#m2" clip-path="url(#p1)"/><path style="fill: url(\'#p1\')"/>'
    page = page_of(shape + uses, shape + uses)
    identifiers = [element["id"] for element in page.find_all(id=True)]
    assert sorted(identifiers) == ["fig-0-1", "fig-0-2", "fig-1-1", "fig-1-2"]
    for n, svg in enumerate(page.find_all("svg")):
        clip, path = svg.clippath["id"], svg.defs.path["id"]
        assert clip.startswith(f"fig-{n}-")
        assert svg.use["href"] == f"#{path}"
        assert svg.use["clip-path"] == svg.find_all("path")[-1]["fill"] == f"url(#{clip})"


def test_styles_become_attributes_and_the_page_has_no_other_sheet() -> None:
    sheet = "<defs><style>*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>"
    svg = page_of(f'{sheet}<title>t</title><path style="fill: #abcdef; stroke-width: 0.7"/>').svg
    assert (svg["stroke-linejoin"], svg["stroke-linecap"]) == ("round", "butt")
    assert svg.path.attrs == {"fill": "#abcdef", "stroke-width": "0.7"}
    assert svg.find_all(["style", "title", "defs"]) == []


def test_colours_with_a_role_are_variables_except_in_the_cells_of_a_heat_map() -> None:
    drawn = f'<path style="fill: {colours.ACCENT}; stroke: {colours.INK}"/>'
    neutral = f'<path style="fill: {colours.PAPER}"/>'
    svg = page_of(
        f'{drawn}<text fill="{colours.ACCENT}">a</text><g class="{colours.SCALE_CLASS}">{drawn}{neutral}</g>'
    ).svg
    outside, cell, without_colour = svg.find_all("path")
    assert outside.attrs == {"fill": "var(--accent)", "stroke": "var(--ink)"}
    assert cell.attrs == {"fill": colours.ACCENT, "stroke": "var(--ink)"}
    assert without_colour.attrs == {"fill": "var(--paper)"}  # it says nothing: it is the ground
    assert svg.find("text")["fill"] == "var(--accent)"


def test_a_cell_of_a_heat_map_that_draws_nothing_is_left_out() -> None:
    empty, outlined = '<path style="fill: none"/>', '<path style="fill: none; stroke: #123456"/>'
    svg = page_of(f'{empty}<g class="{colours.SCALE_CLASS}">{empty}{outlined}</g>').svg
    # Outside of the cells, it may be a shape that others use.
    assert [path.attrs for path in svg.find_all("path")] == [
        {"fill": "none"},
        {"fill": "none", "stroke": "#123456"},
    ]


def test_coordinates_are_rounded_and_groups_without_attributes_are_left_out() -> None:
    svg = page_of('<g id="patch_1">\n <path d="M 1.23456 2 \nL 3.5 -0.999999"/>\n</g>').svg
    assert str(svg.path) == '<path d="M 1.23 2 L 3.5 -1.00"></path>'
    assert svg.path.parent is svg


EIGHT = "M 5 {b} C 0 0 0 0 6.4142 {c} C 0 0 0 0 7 6 C 0 0 0 0 6.4142 {d} C 0 0 0 0 5 {e} "
EIGHT += "C 0 0 0 0 3.5858 {d} C 0 0 0 0 3 6 C 0 0 0 0 3.5858 {c} C 0 0 0 0 5 {b} z"


def test_eight_curves_around_a_centre_are_a_circle_and_those_of_an_ellipse_stay_a_path() -> None:
    round_one, flat_one = EIGHT.format(b=8, c=7.4142, d=4.5858, e=4), EIGHT.format(b=7, c=6.7, d=5.3, e=5)
    svg = page_of(f'<path d="{round_one}" style="fill: #123456"/><path d="{flat_one}"/>').svg
    assert svg.circle.attrs == {"cx": "5.00", "cy": "6.00", "r": "2.00", "fill": "#123456"}
    assert len(svg.find_all("path")) == 1


@pytest.mark.parametrize("label", ["]]></svg><text>&", "<script>alert(1)</script>", '"><b>'])
def test_a_label_is_text(label: str) -> None:
    from xml.sax.saxutils import escape

    page = page_of(f"<text>{escape(label)}<tspan>é</tspan> fin</text>")
    assert page.svg.find("text").get_text() == f"{label}é fin"
    assert page.find_all(["script", "b"]) == []


def test_a_lorenz_curve_is_one_square_at_every_width() -> None:
    block = {"svg": SQUARE.format("0 0 468 162"), "narrow": SQUARE.format("0 0 230 227"), "alt": ""}
    drawn = BeautifulSoup(inline({**block, "id": "fig-lorenz"}), "html.parser").find_all("svg")
    assert [each["viewbox"] for each in drawn] == ["0 0 230 227"]
    assert len(BeautifulSoup(inline({**block, "id": "fig-x"}), "html.parser").find_all("svg")) == 2


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}"><path d="M0 0L1 1"/></svg>'
