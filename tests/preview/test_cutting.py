"""The cells that a chapter needs, told from their text alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from portrait.errors import WrongCall
from portrait.preview.cutting import chapters, cut, find_chapter, needed

ANNUAL = nbformat.read(Path(__file__).parents[2] / "notebooks" / "annual.ipynb", 4)


def code(cell_id: str, source: str, *tags: str) -> Any:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(tags)})


def prose(cell_id: str, source: str, *tags: str) -> Any:
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(tags)})


def small(*cells: Any) -> Any:
    """A notebook of two chapters; `cells` stand at the end of the first."""
    return new_notebook(
        cells=[
            code("parameters", 'language = "fr"', "parameters"),
            code("imports", "from portrait import figures, tables as shown_tables"),
            code("unused", "import collections"),
            code("open", "edition = open(language)"),
            code("front", "front_matter(edition)"),
            code("counts", "now = counted(edition)"),
            prose("volume-fr", "# Volume\n\n{eval}`p.number(now)`", "fr"),
            prose("volume-en", "# Size\n\n{eval}`p.number(now)`", "en"),
            code("fig-volume", "figures.volume(now)"),
            *cells,
            prose("volume-end-fr", "Fin.", "fr"),
            prose("volume-end-en", "End.", "en"),
            code("shares", "share = now / 2"),
            prose("growth-fr", "# Croissance\n\n{eval}`p.percent(share)` [](#fig-volume)", "fr", "when:many"),
            prose("growth-en", "# Growth\n\n{eval}`p.percent(share)` [](#fig-volume)", "en", "when:many"),
            prose("growth-few-fr", "# Croissance\n\nPeu.", "fr", "when:not(many)"),
            prose("growth-few-en", "# Growth\n\nFew.", "en", "when:not(many)"),
            code("tab-growth", "shown_tables.growth(share)"),
        ]
    )


def of_growth(*cells: Any, language: str = "fr") -> list[str]:
    notebook = small(*cells)
    kept = needed(notebook, language, find_chapter(notebook, "small", "2"))
    return [cell.id for cell in kept]


CHAPTER = ["shares", "growth-fr", "growth-few-fr", "tab-growth"]
BEFORE = ["parameters", "imports", "open", "front", "counts"]


def test_a_chapter_begins_with_the_code_that_prepares_it_and_holds_its_alternatives() -> None:
    found = chapters(small())
    assert [(each.number, each.titles) for each in found] == [
        ("1", {"fr": "Volume", "en": "Size"}),
        ("2", {"fr": "Croissance", "en": "Growth"}),
    ]
    assert [small().cells[each.start].id for each in found] == ["counts", "shares"]


def test_the_whole_notebook_is_all_cells_of_one_language() -> None:
    kept = [cell.id for cell in needed(small(), "en")]
    assert kept == [cell.id for cell in small().cells if not cell.id.endswith("-fr")]


def test_what_the_chapter_uses_is_found_through_other_cells_and_what_only_shows_is_skipped() -> None:
    assert of_growth() == [*BEFORE, *CHAPTER]


def test_a_name_in_a_condition_is_needed() -> None:
    assert of_growth(code("many", "many = now > 10")) == [*BEFORE, "many", *CHAPTER]


def test_a_cell_whose_names_are_all_given_again_for_sure_is_skipped() -> None:
    again = code("first", "many = True"), prose("so-fr", "Oui.", "fr"), code("second", "many = False")
    assert of_growth(*again) == [*BEFORE, "second", *CHAPTER]


def test_a_cell_that_a_condition_may_drop_leaves_the_earlier_one_needed() -> None:
    perhaps = code("first", "many = True"), code("perhaps", "many = False", "when:edition.previous")
    assert of_growth(*perhaps) == [*BEFORE, "first", "perhaps", *CHAPTER]


@pytest.mark.parametrize(
    "change", ["many += 1", "many['a'] = 1", "many.a = 1", "for many in many: pass", "del many[0]"]
)
def test_a_cell_that_changes_a_name_needs_it_and_is_needed(change: str) -> None:
    cells = code("first", "many = read()"), code("change", change)
    assert of_growth(*cells) == [*BEFORE, "first", "change", *CHAPTER]


def test_an_import_inside_a_chapter_counts_for_the_next_one() -> None:
    cells = code("tab-a", "import maths\nmaths.table()"), code("many", "many = maths.pi")
    assert of_growth(*cells) == [*BEFORE, "tab-a", "many", *CHAPTER]


def test_a_cell_that_cannot_be_read_is_kept_so_that_its_failure_is_told() -> None:
    assert of_growth(code("broken", "many = (")) == [*BEFORE, "broken", *CHAPTER]


def test_a_cell_kept_for_its_names_alone_is_not_shown() -> None:
    notebook = small(code("fig-many", "many = 1\nfigures.many(many)"))
    kept = {cell.id: cell for cell in cut(notebook, "fr", find_chapter(notebook, "small", "2")).cells}
    assert kept["fig-many"].metadata.tags == ["internal"]
    assert "internal" not in kept["front"].metadata.tags
    assert "internal" not in kept["tab-growth"].metadata.tags


def test_the_other_language_is_left_out() -> None:
    assert of_growth(language="en") == [*BEFORE, "shares", "growth-en", "growth-few-en", "tab-growth"]


@pytest.mark.parametrize(
    "asked", ["5", "Croissance", "croissance", "Growth", "growth-factors", "fig-growth", "growth-fr"]
)
def test_a_chapter_is_called_by_number_heading_or_cell(asked: str) -> None:
    assert find_chapter(ANNUAL, "annual.ipynb", asked).titles == {"fr": "Croissance", "en": "Growth"}


@pytest.mark.parametrize("asked", ["B", "annexe B", "Appendix b", "Noms et libellés recodés"])
def test_an_annex_is_called_by_its_letter_or_heading(asked: str) -> None:
    assert find_chapter(ANNUAL, "annual.ipynb", asked).titles["en"] == "Names and labels recoded"


def test_a_chapter_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(WrongCall) as refusal:
        find_chapter(ANNUAL, "annual.ipynb", "Croisance")
    assert "Did you mean “Croissance”?" in str(refusal.value)
    assert "1 Faits saillants / Highlights; 2 Source et portée" in str(refusal.value)


def test_the_chapter_of_growth_runs_nothing_of_the_chapters_that_it_does_not_use() -> None:
    chapter = find_chapter(ANNUAL, "annual.ipynb", "5")
    own = {cell.id for cell in ANNUAL.cells[chapter.start :]}
    before = [cell.id for cell in needed(ANNUAL, "fr", chapter) if cell.id not in own]
    # `detail` of the chapter is bound under a condition: that of the chapter before still counts.
    assert before == ["parameters", "imports", "open", "front", "counts", "counts-before", "per-body"]
