"""Interface words exist in both languages, and each is used."""

from __future__ import annotations

import re

from portrait.language.terms import field_label, terms_of
from portrait.publish.html import TEMPLATES


def test_both_languages_have_the_same_words() -> None:
    assert set(terms_of("fr-CA")) == set(terms_of("en-CA"))
    assert all(terms_of("fr-CA").values())
    assert all(terms_of("en-CA").values())


def test_the_label_of_a_field_is_that_of_the_language_of_a_tag() -> None:
    assert field_label("category", "fr-CA") == field_label("category", "fr") == "Catégorie"


def test_every_word_is_used() -> None:
    package = TEMPLATES.parents[1]
    modules = (
        "document/counted.py",
        "document/numbering.py",
        "preview/page.py",
        "publish/html.py",
        "publish/trace.py",
        "publish/workbook.py",
    )
    sources = [*package.glob("*/templates/*.*"), *(package / name for name in modules)]
    text = "".join(path.read_text("utf-8") for path in sources)
    assert set(terms_of("fr")) <= set(re.findall(r"\bwords(?:\.|\[[\"'])(\w+)", text))
