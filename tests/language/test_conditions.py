"""The condition of a cell is its first line, and is taken off the text."""

from __future__ import annotations

import pytest

from portrait.language.conditions import joined, split_condition

CELLS = [
    ("markdown", "<!-- when: change.has_previous and not change.is_split -->\nTexte.\n"),
    ("code", "# when: parts.counts.more_than_one\nfigures.volume(parts)"),
]


@pytest.mark.parametrize(("kind", "source"), CELLS)
def test_a_condition_with_spaces_is_taken_off_and_put_back(kind: str, source: str) -> None:
    condition, text = split_condition(source, kind)
    assert condition == source.split("when: ")[1].split("\n")[0].removesuffix(" -->")
    assert text == source.split("\n", 1)[1]
    assert joined(condition, text, kind) == source


@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_a_cell_without_a_condition_is_its_text(kind: str) -> None:
    assert split_condition("Texte.", kind) == ("", "Texte.")
    assert joined("", "Texte.", kind) == "Texte."


def test_only_the_first_line_is_a_condition() -> None:
    source = "Texte.\n<!-- when: change.has_previous -->"
    assert split_condition(source, "markdown") == ("", source)


def test_a_comment_of_another_kind_is_text() -> None:
    assert split_condition("<!-- à relire -->\nTexte.", "markdown") == ("", "<!-- à relire -->\nTexte.")
