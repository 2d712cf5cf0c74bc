"""The halftone band is an image of two colours, the same at each build."""

from __future__ import annotations

import re

from defusedxml import ElementTree

from portrait.style.motif import halftone


def test_the_band_is_svg_whose_dots_have_only_the_two_colours_given() -> None:
    band = ElementTree.fromstring(halftone("#111111", "#22bbcc"))
    assert {dot.get("fill") for dot in band} == {"#111111", "#22bbcc"}


def test_the_dots_stay_in_the_band_and_never_touch_more_than_their_cell() -> None:
    band = ElementTree.fromstring(halftone())
    _, _, wide, high = map(float, band.get("viewBox", "").split())
    for dot in band:
        x, y, radius = (float(dot.get(name, "nan")) for name in ("cx", "cy", "r"))
        assert 0 < radius <= 4
        assert radius <= x <= wide - radius
        assert radius <= y <= high - radius


def test_the_band_has_no_text_and_no_identifier_that_could_clash_on_a_page() -> None:
    assert not re.search(r"<text|\bid=", halftone())
