"""The notebooks themselves, run whole: on a tiny edition, and on two reconstructions of Québec."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from portrait.document.claims import claims_of
from portrait.document.markdown import plain
from portrait.document.model import document_of
from portrait.document.numbering import refuse_unmentioned, stretches
from portrait.run.chapters import notebooks_of
from tests import small
from tests.published import published
from tests.reports import REPORTS, executed, executed_all, prose_of, shown
from tests.small import PROJECT

LANGUAGES = ("fr", "en")
FRENCH = ("fr", "another seed")
"""Both reconstructions in French."""


@pytest.fixture(scope="module")
def on_a_tiny_edition(tmp_path_factory):
    data = str(small.tiny_edition(tmp_path_factory.mktemp("tiny")))
    jobs = [(report, language) for report in REPORTS for language in LANGUAGES]
    notebooks = executed_all((report, {"language": language, "data": data}) for report, language in jobs)
    return dict(zip(jobs, notebooks, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notebook", REPORTS)
def test_every_notebook_runs_in_every_language_on_a_tiny_edition(on_a_tiny_edition, notebook, language):
    executed = on_a_tiny_edition[notebook, language]
    assert claims_of(executed)
    assert shown(executed)


@pytest.mark.slow
@pytest.mark.parametrize("notebook", REPORTS)
def test_both_languages_make_the_same_claims(on_a_tiny_edition, notebook):
    french, english = (
        [json.dumps(claim["value"]) for claim in claims_of(on_a_tiny_edition[notebook, language])]
        for language in LANGUAGES
    )
    assert sorted(french) == sorted(english)


@pytest.mark.slow
@pytest.mark.parametrize("notebook", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_refers_to_every_figure_and_table(on_a_tiny_edition, notebook, language):
    refuse_unmentioned(document_of(on_a_tiny_edition[notebook, language]))


def test_a_reference_stands_in_parentheses_and_never_makes_a_sentence():
    sources = [path for path in PROJECT.glob("notebooks/*/*.ipynb") if path.parent.name == "annual"]
    sources += PROJECT.glob("notebooks/*.ipynb")
    bare = [
        f"{path.name}, {cell['id']}"
        for path in sources
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
        and "[](#"
        in re.sub(r"\([^()]*\[\]\(#[^)]*\)[^()]*(?:\[\]\(#[^)]*\)[^()]*)*\)", "", "".join(cell["source"]))
    ]
    assert not bare


def test_what_data_do_not_say_is_short_enough_for_the_side_column_of_a_page():
    cells = [
        (path.name, cell["id"], re.sub(r"\{eval\}`[^`]*`", "12", "".join(cell["source"]).splitlines()[-1]))
        for path in PROJECT.glob("notebooks/annual/*.ipynb")
        for cell in json.loads(path.read_text("utf-8"))["cells"]
    ]
    said = [each for each in cells if re.match(r"\*(Ce que ces|What these) ", each[2])]
    assert len(said) > 20
    assert [(name, cell) for name, cell, text in said if len(text) > 220] == []  # ten lines of 22 letters


@pytest.fixture(scope="module")
def two_reconstructions(tmp_path_factory, pool):
    """The annual report as published in French and English, and in French on rows drawn with another seed."""
    edition = published(tmp_path_factory, pool, "quebec")
    notebooks = {
        language: nbformat.read(edition / f"annual.{language}.ipynb", as_version=4) for language in LANGUAGES
    }
    data = tmp_path_factory.mktemp("seed")
    script = PROJECT / "data" / "sample" / "quebec" / "reconstruct.py"
    subprocess.run(
        [sys.executable, script, "--seed", "2", "--output", data / "quebec"], check=True, capture_output=True
    )
    return {**notebooks, "another seed": executed("annual", language="fr", data=str(data))}


@pytest.mark.slow
def test_two_reconstructions_make_the_very_same_claims(two_reconstructions):
    first, second = (claims_of(two_reconstructions[each]) for each in FRENCH)
    assert first == second


@pytest.mark.slow
def test_an_annual_report_makes_sixty_claims_and_the_same_in_both_languages(two_reconstructions):
    french, english = (
        {claim["id"]: claim["value"] for claim in claims_of(two_reconstructions[language])}
        for language in LANGUAGES
    )
    assert len(french) >= 60
    assert french == english


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_highlights_keep_their_names_from_year_to_year(two_reconstructions, language):
    said = {claim["id"]: claim["value"] for claim in claims_of(two_reconstructions[language])}
    assert (said["n_bodies"], said["n_initiatives"], said["n_silent"]) == (82, 258, 11)
    assert said["growth"] == pytest.approx(258 / 168 - 1)
    assert said["production_share"] == {
        "low": pytest.approx(132 / 258),
        "high": pytest.approx((132 + 11) / 258),
    }
    assert said["top_portfolios"]["name0"] == "Santé et Services sociaux"
    assert "continuing_growth" in said


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_of_a_chapter_has_twenty_words_at_most(two_reconstructions, language):
    titles = re.findall("^# (.+)", prose_of(two_reconstructions[language]), re.MULTILINE)
    assert len(titles) > 7
    words = [[each for each in title.split() if any(map(str.isalnum, each))] for title in titles]
    assert [title for title in words if len(title) > 20] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_large_number_of_a_chapter_is_not_in_its_title(two_reconstructions, language):
    chapters = re.split("^# ", prose_of(two_reconstructions[language]), flags=re.MULTILINE)[2:]
    opened = [found for each in chapters if (found := re.match(r"(.+)\n+- \*\*(.+?)\*\*", each))]
    assert len(opened) > 3
    assert [found[0] for found in opened if re.search(rf"(?<!\d){re.escape(found[2])}", found[1])] == []


@pytest.mark.parametrize(
    ("notebook", "title", "number"),
    [
        ("02-change", "change-title-up", "change-number"),
        ("02-change", "change-title-few-one", "change-number-without"),
        ("03-uses", "uses-title-holder", "uses-number-classified"),
        ("04-declaring", "declaring-title-main", "declaring-number"),
        ("04-declaring", "declaring-title-told", "declaring-number"),
        ("05-stages", "stages-title-silence", "stages-number-silence"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_large_number_of_a_chapter_is_another_fact_than_those_of_its_title(
    notebook: str, title: str, number: str, language: str
) -> None:
    heading, tile = (_source(notebook, f"{name}-{language}") for name in (title, number))
    assert _facts(tile.split("**")[1])
    assert not _facts(tile.split("**")[1]) & _facts(heading.split("\n", 1)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_cover_leave_its_figure_what_its_title_says(language: str) -> None:
    read = nbformat.read(PROJECT / "notebooks" / "annual" / "01-essentials.ipynb", as_version=4).cells
    cover, dots = (
        {
            fact
            for cell in read
            if cell.id.startswith(start) and cell.id.endswith(f"-{language}") and cell.cell_type == "markdown"
            for fact in _facts(cell.source.split("\n", 1)[1])
        }
        for start in ("cover-", "dots-")
    )
    assert "essentials.change.growth" in cover
    assert cover & dots == {
        "essentials.declaring.bodies",
        "essentials.declaring.in_portfolios",
    }  # of how many


def _source(notebook: str, name: str) -> str:
    read = nbformat.read(PROJECT / "notebooks" / "annual" / f"{notebook}.ipynb", as_version=4).cells
    [source] = [cell.source for cell in read if cell.id == name]
    return str(source)


def _facts(text: str) -> set[str]:
    """The facts that expressions name, but years."""
    return {*re.findall(r"\b(?:essentials|change|uses|declaring|stages)\.[\w.]+", text)} - {
        "change.before.year",
        "essentials.before.year",
    }


@pytest.mark.parametrize("said", ["Aucun exemple", "No example"])
def test_the_report_says_once_that_no_example_is_given(said: str) -> None:
    read = [path.read_text("utf-8") for path in (PROJECT / "notebooks" / "annual").glob("*.ipynb")]
    assert sum(text.count(said) for text in read) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_became_of_initiatives_begins_with_what_its_figure_draws(language: str) -> None:
    read = nbformat.read(PROJECT / "notebooks" / "annual" / "05-stages.ipynb", as_version=4).cells
    said = [cell.source for cell in read if cell.id.endswith(language)]
    drawn = [each for each in said if re.match(".+[^t] stages.outcomes.few_moved", each)]
    assert drawn[0].startswith("<!-- when: stages.outcomes.few_moved -->\n## ")
    assert all("outcomes.lost" in drawn[place] for place in (0, -1))  # the heading, the title of the figure
    assert "outcomes.portfolios_of_lost" in drawn[1]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_a_figure_tells_another_number_than_that_of_its_chapter(two_reconstructions, language):
    chapter, repeated, n_titles = "", [], 0
    for cell in two_reconstructions[language].cells:
        if "title" in cell.metadata.get("tags", ()):
            n_titles += 1
            repeated += [cell.source] * bool(_numbers(cell.source) & _numbers(chapter))
        elif found := re.search("^# .+?:(.+)", cell.source, re.MULTILINE):
            chapter = found[1]
    assert n_titles > 4
    assert repeated == []


@pytest.mark.slow
def test_the_heading_of_the_change_counts_the_few_that_its_figure_names_and_has_in_rust(two_reconstructions):
    said = {cell.id: cell.source for cell in two_reconstructions["en"].cells}
    assert "three portfolios account for 72 of the 90 additional initiatives" in said["change-title-up-en"]
    assert "Health and Social Services (+28), Higher" in said["growth-title-en"].replace("\\", "")
    assert "12 portfolios reported more" in said["change-counts-fall-named-en"]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_in_the_title_of_a_figure_of_a_chapter_are_drawn_in_it(two_reconstructions, language):
    title, undrawn, n_titles = "", [], 0
    for cell in two_reconstructions[language].cells:
        if "title" in cell.metadata.get("tags", ()):
            title = cell.source
        elif title and cell.cell_type == "code" and cell.id != "fig-dots":  # a cover counts its blocks
            n_titles += 1
            undrawn += [title] * bool(_numbers(title) - _numbers(json.dumps(cell.outputs)))
        title = title if cell.cell_type == "markdown" else ""
    assert n_titles > 4
    assert undrawn == []


def _numbers(text: str) -> set[str]:
    """The numbers of a title but years."""
    return {*re.findall(r"\d+", text)} - {"2024", "2025"}


@pytest.mark.slow
def test_no_chapter_opens_on_a_section(two_reconstructions):
    chapters = re.split("^# ", prose_of(two_reconstructions["fr"]), flags=re.MULTILINE)[1:]
    assert len(chapters) > 7
    assert [each for each in chapters if re.match(r".+\n+## ", each)] == []


@pytest.mark.slow
@pytest.mark.parametrize(("language", "readme"), [("fr", "LISEZMOI.md"), ("en", "README.md")])
def test_the_report_has_the_number_that_the_readme_traces(two_reconstructions, language, readme):
    [traced] = re.findall(r"^portrait trace (\S+)", (PROJECT / readme).read_text("utf-8"), re.MULTILINE)
    assert traced in {claim["id"] for claim in claims_of(two_reconstructions[language])}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_shows_every_claim_as_the_page_says_it(two_reconstructions, language):
    executed = two_reconstructions[language]
    document = document_of(executed)
    annex = next(table for table in document["blocks"] if table.get("id") == "tab-claims-register")
    register = claims_of(executed)
    assert [row[1] for row in annex["rows"]] == [claim["text"] for claim in register]
    page = _letters(" ".join(plain(content) for content in stretches(document["blocks"])))
    for claim in register:
        assert _letters(claim["text"]) in page, claim


def _letters(text: str) -> str:
    """The text without what typography alone changes: apostrophes and spaces."""
    return " ".join(text.replace("’", "'").split())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_refers_to_every_figure_and_table_of_a_reconstruction(two_reconstructions, language):
    refuse_unmentioned(document_of(two_reconstructions[language]))


@pytest.mark.slow
def test_the_first_reconstructed_edition_refers_to_nothing_of_a_previous_one():
    refuse_unmentioned(document_of(executed("annual", language="fr", year=2024)))


@pytest.mark.slow
def test_two_reconstructions_show_the_very_same_figures_and_tables_and_specimens(two_reconstructions):
    first, second = (shown(two_reconstructions[each]) for each in FRENCH)
    assert any(content["specimen"] for content in first.values())
    assert first == second


@pytest.mark.slow
def test_no_name_of_a_reconstructed_row_is_shown(two_reconstructions):
    for notebook in two_reconstructions.values():
        text = json.dumps([*shown(notebook).values(), *claims_of(notebook)], ensure_ascii=False)
        assert "Initiative reconstituée" not in text
        assert "Organisme non publié" not in text


def cells_that_fail(path: Path, **parameters: Any) -> list[str]:
    """Run every code cell of a notebook as plain Python, whatever its condition; return those that fail."""
    names: dict[str, Any] = {}
    failed = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        *lines, last = ast.parse(cell.source).body
        try:
            if not isinstance(last, ast.Expr):
                exec(cell.source, names)
            else:
                exec(compile(ast.Module(lines, []), path.name, "exec"), names)
                assert eval(compile(ast.Expression(last.value), path.name, "eval"), names)._repr_mimebundle_()
        except Exception as error:
            failed.append(f"{path.name}, cell {cell.id}: {type(error).__name__}: {error}")
        if "parameters" in cell.metadata.get("tags", []):
            names |= parameters
    return failed


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["Québec, the first year", "three rows", "one row without a field"])
def test_every_code_cell_runs_in_a_plain_kernel_whatever_its_condition(edition, tmp_path):
    blank = small.row(body="", category="", benefits="", status="")
    data = {
        "Québec, the first year": "",
        "three rows": str(small.tiny_edition(tmp_path)),
        "one row without a field": str(small.write_year(tmp_path / "blank", 2024, [blank])),
    }[edition]
    notebooks = [path for report in REPORTS for path in notebooks_of(PROJECT, report)]
    assert len(notebooks) == 19
    assert [cell for path in notebooks for cell in cells_that_fail(path, year=2024, data=data)] == []


def test_the_numbers_of_a_profile_are_together_above_its_first_figure():
    cells = nbformat.read(PROJECT / "notebooks" / "portfolio.ipynb", as_version=4).cells
    numbers = [n for n, each in enumerate(cells) if "tiles" in each.metadata.get("tags", ())]
    figures = [n for n, each in enumerate(cells) if each.source.splitlines()[-1].startswith("figures.")]
    assert numbers == [*range(numbers[0], numbers[-1] + 1)]
    assert numbers[-1] < figures[0]


def test_english_puts_a_comma_or_a_period_after_what_is_quoted_as_published():
    inside = [
        f"{path.name}, {cell['id']}"
        for path in [*PROJECT.glob("notebooks/*.ipynb"), *PROJECT.glob("notebooks/annual/*.ipynb")]
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["id"].endswith("-en") and re.search(r"[.,]”", "".join(cell["source"]))
    ]
    assert not inside


@pytest.mark.parametrize("end", ["sans statut", "without a status"])
def test_those_found_without_a_status_are_looked_up_in_a_table_for_a_thin_band_is_not_drawn(end):
    cells = nbformat.read(PROJECT / "notebooks" / "annual" / "05-stages.ipynb", as_version=4).cells
    called = [each.source.partition(f"{end} ([](#")[2].partition(")")[0] for each in cells]
    assert {*filter(None, called)} == {"tab-trajectories"}
