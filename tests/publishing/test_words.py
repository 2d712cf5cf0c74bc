"""The words of a page exist in both languages, and each is used."""

from __future__ import annotations

import re

from portrait.publishing.words import TEMPLATES, words_of


def test_both_languages_say_the_same_things() -> None:
    assert set(words_of("fr-CA")) == set(words_of("en-CA"))
    assert all(words_of("fr-CA").values())
    assert all(words_of("en-CA").values())


def test_no_word_is_left_unused() -> None:
    sources = [*TEMPLATES.glob("report.*"), *TEMPLATES.glob("frame.*"), TEMPLATES.parent / "numbering.py"]
    text = "".join(path.read_text("utf-8") for path in sources)
    assert set(words_of("fr")) <= set(re.findall(r"\bwords(?:\.|\[[\"'])(\w+)", text))
