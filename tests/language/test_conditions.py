"""The condition of a cell is its first line, and is taken off the text."""

from __future__ import annotations

import pytest

from portrait.language.conditions import joined, split_condition, stray_condition

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


@pytest.mark.parametrize(
    ("kind", "source", "comment"),
    [
        ("markdown", "<!-- When: n > 1 -->\nTexte.", "<!-- When: n > 1 -->"),
        ("markdown", "<!-- if: n > 1 -->\nTexte.", "<!-- if: n > 1 -->"),
        ("markdown", "Texte.\n\n<!-- when: n > 1 -->\nSuite.", "<!-- when: n > 1 -->"),
        ("markdown", "<!-- when: n > 1 and\nn < 9 -->\nTexte.", "<!-- when: n > 1 and n < 9 -->"),
        ("markdown", "<!-- when: n > 1\nTexte.", "<!-- when: n > 1 Texte."),
        ("code", "import os\n# when: n > 1\nn", "# when: n > 1"),
        ("code", "# When : n > 1\nn", "# When : n > 1"),
        ("code", "n  # WHEN: n > 1", "# WHEN: n > 1"),
    ],
)
def test_a_comment_that_is_not_read_as_the_condition_is_refused_with_its_fix(
    kind: str, source: str, comment: str
) -> None:
    stray = stray_condition(source, kind)
    assert stray
    found = stray.en
    assert f"the comment “{comment}”" in found
    assert "on the first line of the cell" in found


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        *CELLS,
        ("markdown", "Une condition s’écrit `<!-- when: … -->`.\n\n```\n<!-- note -->\n```"),
        ("markdown", "{eval}`p.number(`"),  # refused where it is evaluated
        ("code", "# The year when: prose, not a condition\nn"),
    ],
)
def test_a_condition_and_its_name_inside_code_are_not_refused(kind: str, source: str) -> None:
    assert stray_condition(source, kind) is None
