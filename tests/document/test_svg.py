"""An SVG is accepted only if it does nothing but draw."""

from __future__ import annotations

import pytest

from portrait.document.refusal import PublicationError
from portrait.document.svg import checked

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<a href="https://exemple.org"><rect/></a>',
        '<rect onclick="alert(1)"/>',
        '<use href="https://exemple.org/x.svg#a"/>',
        '<image xlink:href="https://exemple.org/x.png"/>',
        '<rect fill="url(https://exemple.org/x)"/>',
        '<rect style="fill:url(//exemple.org)"/>',
        "<style>@import 'https://exemple.org/x.css';</style>",
        '<animate attributeName="x"/>',
        "<rect>",
    ],
)
def test_a_picture_that_does_more_than_draw_is_refused(inside: str) -> None:
    with pytest.raises(PublicationError, match="fig-x"):
        checked(f"{HEAD}{inside}</svg>", "fig-x")


def test_a_document_type_that_declares_entities_is_cut_or_refused() -> None:
    prolog = '<!DOCTYPE svg [<!ENTITY a "b">]>'
    with pytest.raises(PublicationError):
        checked(f"{HEAD}&a;</svg>", "fig-x")
    assert "ENTITY" not in checked(f"{prolog}{HEAD}</svg>", "fig-x")


def test_a_drawing_passes_without_its_metadata() -> None:
    drawing = (
        '<defs><clipPath id="c"><rect/></clipPath></defs><g clip-path="url(#c)"><use xlink:href="#m"/></g>'
    )
    assert checked(f"{HEAD}<metadata>x</metadata>{drawing}</svg>", "fig-x") == f"{HEAD}{drawing}</svg>"
