"""The declaration of the published tables, and its documentation."""

from __future__ import annotations

from portrait.facts.schema import columns_of, declared, readme, title_of


def test_every_table_and_column_is_documented_in_both_languages() -> None:
    text = readme()
    for name, table in declared().items():
        assert f"## {name}.csv" in text
        assert table["fr"] and table["en"]
        for column, about in table["columns"].items():
            assert about["fr"] and about["en"]
            assert f"| `{column}` | {about['en']} | {about['fr']} |" in text


def test_a_type_or_the_values_of_a_column_are_documented() -> None:
    lines = readme().split("## links.csv")[1].splitlines()
    assert "Key / clé : `edition_from`, `row_from`, `edition_to`, `row_to`" in lines
    assert any(line.startswith("| `score` |") and line.endswith("| number |") for line in lines)
    assert any(
        line.startswith("| `tier` |") and "| `strict`, `probable`, `possible` |" in line for line in lines
    )
    assert any(line.startswith("| `overlap` |") and line.endswith("| `yes`, `no` |") for line in lines)


def test_keys_and_references_name_columns_that_exist() -> None:
    for name, table in declared().items():
        assert set(table.get("key", ())) <= set(columns_of(name))
        for reference in table.get("references", ()):
            assert set(reference["columns"]) <= set(columns_of(name))
            assert set(reference["columns"].values()) <= set(columns_of(reference["table"]))


def test_each_column_has_a_title_of_its_own_in_its_table() -> None:
    for name, table in declared().items():
        for language in ("fr", "en"):
            titles = [title_of(column[language]) for column in table["columns"].values()]
            assert all(titles) and len(set(titles)) == len(titles), name


def test_a_table_names_its_edition_first_or_both_editions_of_a_link() -> None:
    assert columns_of("initiatives")[:2] == ["edition", "row"]
    assert columns_of("links")[:4] == ["edition_from", "row_from", "edition_to", "row_to"]


def test_the_documentation_says_how_to_read_a_cell_back() -> None:
    assert r"holds `\\`, `\xhh`, `\uhhhh`" in readme()
