"""Hostile names in figures are drawn as text, without a warning, which would stop the document."""

from __future__ import annotations

import warnings
from itertools import product
from xml.etree import ElementTree

import pandas as pd
import pytest

from portrait import figures
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.figures import Figure, forms
from portrait.language.text import revealed, tidy
from portrait.storage.media_types import FIGURE
from portrait.style.drawing import html_of
from portrait.style.glyphs import drawable
from tests import small
from tests.hostile_strings import STRINGS

NAMES = [tidy(each) for each in STRINGS]
"""Names as an edition has them."""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = small.write_year(tmp_path_factory.mktemp("data"), 2025, [small.row()])
    return open_edition("quebec", 2025, data=folder)


def labels(figure: Figure) -> list[str]:
    """Return the texts of the picture."""
    found = ElementTree.fromstring(figure.picture).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(element.itertext()) for element in found]


def circles(edition: Edition, names: list[str]) -> Figure:
    pairs = [(*pair, 1, place % 7 - 3.0, None) for place, pair in enumerate(product(names, names[:6]))]
    columns = ["portfolio", "category", "n_initiatives", "residual", "adjusted_p_value"]
    return figures.profiles(pd.DataFrame(pairs, columns=columns), edition, "fr")


def test_a_figure_of_hostile_names_is_drawn_without_a_warning(edition: Edition) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [circles(edition, NAMES[start : start + 20]) for start in range(0, len(NAMES), 20)]
    letters = {letter for figure in drawn for label in labels(figure) for letter in label}
    assert {letter for letter in letters if ord(letter) not in drawable(italic=False)} == set()
    assert any("[U+" in label for figure in drawn for label in labels(figure))


def test_dollar_signs_of_a_name_are_drawn_and_never_start_mathematics(edition: Edition) -> None:
    figure = circles(edition, [r"$\frac{1$", r"$\alpha$ à 5 $", "Justice"])
    assert {r"$\frac{1$", r"$\alpha$ à 5 $"} <= set(labels(figure))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_beside_its_marks_is_text_of_the_page_and_adds_no_element(
    edition: Edition, name: str
) -> None:
    shown = (name, "Justice")
    figure = forms.numbers_by_name("fig-x", "Légende", "Nom", shown, (2, 1), None, edition, "fr")
    drawing = html_of(figure._repr_mimebundle_()[FIGURE]["marks"], figure.alt)
    page = ElementTree.fromstring(drawing.replace("<wbr>", "<wbr/>"))
    kinds = {element.tag for element in page.iter()} - {"wbr"}  # where a line may break, after a slash
    assert kinds == {"div", "span", "svg", "text", "line", "circle"}
    [beside, *_] = page.iterfind(".//div[@class='row']/span")
    assert "".join(beside.itertext()) == revealed(name)
