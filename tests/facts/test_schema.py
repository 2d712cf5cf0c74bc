"""The declaration of the published tables, and its documentation."""

from __future__ import annotations

from portrait.facts.schema import columns_of, declared, readme


def test_every_table_and_column_is_documented_in_both_languages() -> None:
    text = readme()
    for name, table in declared().items():
        assert f"## {name}.csv" in text
        assert table["fr"] and table["en"]
        for column, about in table["columns"].items():
            assert about["fr"] and about["en"]
            assert f"| `{column}` | {about['en']} | {about['fr']} |" in text


def test_a_table_names_its_edition_first_or_both_editions_of_a_link() -> None:
    assert columns_of("initiatives")[:2] == ["edition", "row"]
    assert columns_of("links")[:4] == ["edition_from", "row_from", "edition_to", "row_to"]


def test_the_documentation_says_how_to_read_a_cell_back() -> None:
    assert r"holds `\\`, `\xhh`, `\uhhhh`" in readme()
