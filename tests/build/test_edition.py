"""Building an edition: what it leaves, what it refuses, and that it is all or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import nbformat
import pytest
import yaml

from portrait.build import edition
from portrait.build.cache import Decided
from portrait.build.job import Failed, Made, Task
from portrait.build.plan import REPORTS, Plan, plan_build, years
from portrait.build.pool import Watcher
from portrait.build.survey import survey
from portrait.errors import (
    DocumentsFailed,
    NotebookFailed,
    PublicationError,
    RefusedInput,
    WrongCall,
)
from portrait.indicators import revisions
from portrait.ingest.initiatives import COLUMNS
from portrait.registers.schema import load_source
from tests import small

PROJECT = Path(__file__).parents[2]
HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{eval}`now`",
    "#eval(1)",
    "=1+1",
    "a|b",
    "*A*",
    "[clic](https://example.org)",
)


def plan(output: Path, **asked) -> Plan:
    return plan_build(output=output, project=asked.pop("project", PROJECT), **asked)


class Heard(Watcher):
    """Remembers what a build tells."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended_well: list[str] = []
        self.ended_badly: list[str] = []
        self.publications: list[tuple[str, ...]] = []

    def planned(self, asked: Plan, decided: Decided) -> None:
        self.reasons = decided.reasons

    def started(self, task: Task) -> None:
        self.began.append(task.name)

    def ended(self, task: Task, outcome: Made | Failed) -> None:
        (self.ended_well if isinstance(outcome, Made) else self.ended_badly).append(task.name)

    def published(self, folder: Path, made: tuple[str, ...]) -> None:
        self.publications.append(tuple(made))


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory, pool):
    """A tiny edition with hostile names, built whole once."""
    folder = tmp_path_factory.mktemp("built")
    rows = [small.row(name, body=f"Bureau {name}", portfolio=name) for name in HOSTILE]
    small.write_year(folder / "data", 2024, [small.row()])
    data = small.write_year(folder / "data", 2025, [*rows, small.row(status="Étape inconnue")])
    heard = Heard()
    return edition.build(plan(folder / "out", data=data), pool, watcher=heard), heard


def test_a_build_leaves_the_documents_the_data_the_claims_and_the_manifest(built):
    result, _ = built
    assert files(result.folder) == {
        *(f"annual.{language}.{kind}" for language in ("fr", "en") for kind in ("html", "pdf", "ipynb")),
        "claims.fr.json",
        "claims.en.json",
        "data/histories.csv",
        "data/indicators.json",
        "data/initiatives.csv",
        "data/links.csv",
        "manifest.json",
    }
    assert [path.name for path in result.folder.parent.iterdir()] == ["2025"]


def test_each_document_is_told_when_it_begins_and_ends_and_the_edition_when_it_stands(built):
    _, heard = built
    assert heard.reasons == dict.fromkeys(["annual.fr", "annual.en"], "it was not built yet")
    assert sorted(heard.began) == sorted(heard.ended_well) == ["annual.en", "annual.fr"]
    assert heard.ended_badly == []
    assert heard.publications == [("annual.fr", "annual.en")]


def test_the_tidy_table_has_a_row_a_declaration_and_cells_that_no_spreadsheet_computes(built):
    with (built[0].folder / "data" / "initiatives.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert [row["row"] for row in rows] == [str(number) for number in range(2, 11)]
    assert [row["name"] for row in rows] == [
        *("'=1+1" if name == "=1+1" else name for name in HOSTILE),
        "Tri du courrier",
    ]


def test_the_indicators_count_what_the_file_holds(built):
    indicators = json.loads((built[0].folder / "data" / "indicators.json").read_text("utf-8"))
    assert indicators["n_initiatives"] == 9
    assert indicators["n_bodies"] == 9
    assert indicators["by_status"] == {
        "production": 8,
        "development": 0,
        "retired": 0,
        "unknown": 0,
        "unclassified": 1,
    }
    assert indicators["by_category"] == {small.ASSISTANT: 9}
    assert (indicators["rows_read"], indicators["rows_quarantined"]) == (9, 0)
    assert indicators["reconstructed"] is False


def table(built, name):
    with (built[0].folder / "data" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_links_between_years_and_histories_lie_beside_the_report_and_in_the_manifest(built):
    # « Tri du courrier » is row 2 in 2024, of a body and a portfolio that 2025 names too, in row 10.
    assert table(built, "links.csv") == [
        {
            "year_from": "2024", "row_from": "2", "year_to": "2025", "row_to": "10",
            "tier": "strict", "score": table(built, "links.csv")[0]["score"], "basis": "name",
        }
    ]  # fmt: skip
    found = {(each["year"], each["row"]): each for each in table(built, "histories.csv")}
    assert len(found) == 10
    assert found["2024", "2"]["initiative"] == found["2025", "10"]["initiative"] == "quebec-2024-2"
    assert (found["2025", "10"]["tier"], found["2025", "10"]["n_years"]) == ("strict", "2")
    assert found["2025", "3"]["initiative"] == "quebec-2025-3"
    assert found["2025", "10"]["name"] == "Tri du courrier"
    manifest = json.loads((built[0].folder / "manifest.json").read_text("utf-8"))
    assert {"data/links.csv", "data/histories.csv"} <= set(manifest["documents"])


def test_reconstructed_rows_and_an_edition_alone_leave_no_link(tmp_path):
    alone = small.write_year(tmp_path / "data", 2025, [small.row()])
    for data in (alone, ""):
        found = survey("quebec", 2025, data, PROJECT)
        assert set(found.data) == {"data/initiatives.csv", "data/indicators.json"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_hostile_name_stands_in_the_page_as_text(built, language):
    page = (built[0].folder / f"annual.{language}.html").read_text("utf-8")
    assert "<script>alert(1)" not in page
    assert 'href="https://example.org"' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "{eval}`now`" in page
    assert "[clic](https://example.org)" in page


def test_the_manifest_names_each_input_and_each_file_by_its_checksum(built):
    result, _ = built
    manifest = json.loads((result.folder / "manifest.json").read_text("utf-8"))
    assert [each["year"] for each in manifest["inputs"]] == [2024, 2025]
    file = result.folder.parents[2] / "data" / "quebec" / "2025.csv"
    assert manifest["inputs"][1]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert set(manifest["documents"]) == files(result.folder) - {"manifest.json"}
    for name, checksum in manifest["documents"].items():
        assert hashlib.sha256((result.folder / name).read_bytes()).hexdigest() == checksum


def test_the_manifest_of_a_published_edition_is_kept_for_the_next_ones_to_compare_with(built, tmp_path):
    result, _ = built
    shutil.copytree(PROJECT / "data" / "reference", tmp_path / "data" / "reference")
    kept = revisions.keep_release(result.folder / "manifest.json", load_source("quebec", tmp_path))
    assert kept == tmp_path / "data" / "reference" / "quebec" / "releases" / "2025.json"
    years = json.loads(kept.read_text("utf-8"))["years"]
    counts = {each["year"]: each["figures"]["n_initiatives"] for each in years}
    assert counts == {2024: 1, 2025: 9}


def test_no_path_of_this_machine_is_published_in_text(built):
    result, _ = built
    for name in files(result.folder):
        if not name.endswith(".pdf"):
            assert str(PROJECT) not in (result.folder / name).read_text("utf-8"), name


@pytest.fixture
def project(tmp_path):
    """A copy of the project whose notebook a test may break."""
    copy = tmp_path / "project"
    shutil.copytree(PROJECT / "data" / "reference", copy / "data" / "reference")
    (copy / "notebooks").mkdir()
    return copy


def write_notebook(project: Path, expression: str) -> None:
    cells = [
        nbformat.v4.new_code_cell(
            'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""',
            id="parameters",
            metadata={"tags": ["parameters"]},
        ),
        nbformat.v4.new_code_cell(
            "from portrait.facts import front_matter\nfrom portrait.editions.opening import open_edition\n"
            "from portrait.language.phrases import Phrases\n"
            "edition = open_edition(source, year, data=data)\nfront_matter.document(edition, language)",
            id="open",
        ),
        nbformat.v4.new_markdown_cell(f"# Essai\n\nEn {{eval}}`{expression}`.", id="essai-fr"),
    ]
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, project / "notebooks" / "annual.ipynb")


def test_an_expression_that_raises_leaves_the_last_good_edition_and_the_notebook_beside_it(
    project, tmp_path, pool
):
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    asked = {"project": project, "data": data, "language": "fr", "formats": ["html"]}
    write_notebook(project, "Phrases(language).year(year)")
    folder = edition.build(plan(tmp_path / "out", **asked), pool).folder
    before = {name: (folder / name).read_bytes() for name in files(folder)}

    write_notebook(project, "Phrases(language).year(missing)")
    with pytest.raises(NotebookFailed) as failure:
        edition.build(plan(tmp_path / "out", **asked), pool)
    assert (failure.value.notebook, failure.value.cell, failure.value.line) == ("annual.ipynb", "essai-fr", 3)
    assert "name 'missing' is not defined" in str(failure.value)
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before
    assert files(tmp_path / "out") - {f"quebec/2025/{name}" for name in before} == {
        *("quebec/2025.failed/annual.fr.ipynb", "index.html", "index.json")
    }


class Meddler(Watcher):
    """Saves a file otherwise while documents are made."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def started(self, task: Task) -> None:
        self._path.write_bytes(self._content)


@pytest.mark.parametrize("what", ["the notebook", "the rows that it holds", "the reference files"])
def test_a_document_is_made_again_where_a_file_that_it_reads_was_another_while_it_was_made(
    project, tmp_path, pool, what
):
    """Its record said that it was made from the file as it was before, and is again."""
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    write_notebook(project, "Phrases(language).number(len(edition.initiatives))")
    two_rows = small.write_year(tmp_path / "other", 2025, [small.row("Un"), small.row("Deux")])
    notebook, rows, labels = (
        project / "notebooks" / "annual.ipynb",
        data / "quebec" / "2025.csv",
        project / "data" / "reference" / "quebec" / "labels.csv",
    )
    path, other = {
        "the notebook": (notebook, notebook.read_bytes().replace(b"len(edition.initiatives)", b"7")),
        "the rows that it holds": (rows, (two_rows / "quebec" / "2025.csv").read_bytes()),
        "the reference files": (labels, labels.read_bytes()),
    }[what]
    good = path.read_bytes()
    asked = plan(tmp_path / "out", project=project, data=data, language="fr", formats=["html"])
    edition.build(asked, pool, watcher=Meddler(path, other))
    path.write_bytes(good)

    heard = Heard()
    assert edition.build(asked, pool, watcher=heard).made == ("annual.fr",)
    assert what in heard.reasons["annual.fr"]
    claims = json.loads((asked.folder / "claims.fr.json").read_text("utf-8"))
    assert [claim["text"] for claim in claims] == ["1"]
    assert edition.build(asked, pool, watcher=heard).made == ()


def test_a_notebook_that_cannot_be_published_leaves_nothing(project, tmp_path, pool):
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    write_notebook(project, "Phrases(language).year(year)")
    path = project / "notebooks" / "annual.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("{'a': 1}", id="loose-output"))
    nbformat.write(notebook, path)
    with pytest.raises(PublicationError, match="loose-output"):
        edition.build(plan(tmp_path / "out", project=project, data=data, language="fr"), pool)
    assert not (tmp_path / "out" / "quebec" / "2025").exists()


def test_a_language_built_alone_keeps_the_other_while_both_stand_on_the_same_things(project, tmp_path, pool):
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    write_notebook(project, "Phrases(language).year(year)")
    asked = {"project": project, "data": data, "formats": ["html"]}
    edition.build(plan(tmp_path / "out", language="fr", **asked), pool)
    second = edition.build(plan(tmp_path / "out", language="en", **asked), pool)
    assert {"annual.fr.html", "annual.en.html"} <= files(second.folder)
    assert second.dropped == ()

    small.write_year(tmp_path / "data", 2025, [small.row(), small.row("Autre")])
    third = edition.build(plan(tmp_path / "out", language="en", **asked), pool)
    assert "annual.fr.html" not in files(third.folder)
    assert "annual.fr.html" in third.dropped


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda data: small.write_year(data, 2025, []), RefusedInput),
        (
            lambda data: small.write_year(data, 2025, [small.row("Initiative reconstituée 2024-001")]),
            RefusedInput,
        ),
        (lambda data: small.write_year(data, 2024, [small.row()]), WrongCall),
    ],
    ids=["no row", "rows of another year", "no file for the year"],
)
def test_input_that_cannot_be_trusted_is_refused_before_anything_is_created(tmp_path, make, error, pool):
    with pytest.raises(error) as refused:
        edition.build(plan(tmp_path / "out", data=make(tmp_path / "data"), year=2025), pool)
    assert refused.value.exit_status == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("key", "value"), [("scope_name", None), ("excluded", {"fr": []})])
def test_a_source_that_lacks_what_a_report_says_of_it_is_refused_by_key(project, tmp_path, key, value):
    path = project / "data" / "reference" / "quebec" / "source.yml"
    facts = yaml.safe_load(path.read_text("utf-8"))
    facts[key] = value
    if value is None:
        del facts[key]
    path.write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")
    with pytest.raises(RefusedInput, match="en" if value else key):
        plan(tmp_path / "out", project=project)


def test_a_kept_document_that_was_tampered_with_is_dropped(project, tmp_path, pool):
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    write_notebook(project, "Phrases(language).year(year)")
    asked = {"project": project, "data": data, "formats": ["html"]}
    folder = edition.build(plan(tmp_path / "out", language="fr", **asked), pool).folder
    (folder / "annual.fr.html").write_text("tampered", "utf-8")
    second = edition.build(plan(tmp_path / "out", language="en", **asked), pool)
    assert "annual.fr.html" in second.dropped
    assert not (folder / "annual.fr.html").exists()


def test_an_edition_left_aside_by_a_killed_build_is_put_back_first(project, tmp_path, pool):
    data = small.write_year(tmp_path / "data", 2025, [small.row()])
    write_notebook(project, "Phrases(language).year(year)")
    asked = {"project": project, "data": data, "formats": ["html"]}
    folder = edition.build(plan(tmp_path / "out", language="fr", **asked), pool).folder
    folder.rename(folder.with_name(".2025-replaced-1"))
    edition.build(plan(tmp_path / "out", language="en", **asked), pool)
    assert {"annual.fr.html", "annual.en.html"} <= files(folder)
    assert [path.name for path in folder.parent.iterdir()] == ["2025"]


def test_a_newer_file_of_a_year_that_nobody_declared_is_not_passed_over(tmp_path):
    small.write_year(tmp_path / "data", 2025, [small.row()])
    data = small.write_year(tmp_path / "data", 2031, [small.row("Autre")])
    with pytest.raises(WrongCall, match="portrait new-year 2031"):
        plan(tmp_path / "out", data=data)


def test_a_carriage_return_in_a_published_cell_makes_no_row_of_the_table(tmp_path):
    data = small.write_year(tmp_path, 2025, [small.row(body="Bureau\rdes essais")])
    table = survey("quebec", 2025, data, PROJECT).data["data/initiatives.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["body_published"] for row in rows] == ["Bureau\rdes essais"]


def test_languages_that_state_different_values_are_not_published():
    parameters = {"source": "quebec", "year": 2025, "data": ""}
    fr, en = (Task(PROJECT, "annual", "annual", each, parameters, ()) for each in ("fr", "en"))
    french = [{"value": 258}, {"value": "Justice"}]
    assert edition._disagreements({"annual": {fr: french, en: french[::-1]}}) == {}
    differing = edition._disagreements({"annual": {fr: french, en: [{"value": 257}, {"value": "Justice"}]}})
    assert set(differing) == {fr, en}
    assert "257" in str(differing[fr])


def test_the_newest_year_at_hand_is_built_by_default(tmp_path):
    assert plan(tmp_path, data=small.write_year(tmp_path, 2024, [small.row()])).year == 2024
    assert plan(tmp_path, data=small.write_year(tmp_path, 2025, [small.row("B")])).year == 2025


# Profiles of portfolios


PORTFOLIOS = ("Arts/Sports", "Arts Sports", "Justice")


def three_portfolios(folder: Path) -> Path:
    return small.write_year(folder, 2025, [small.row(name, portfolio=name) for name in PORTFOLIOS])


def write_profile_notebook(project: Path, expression: str = "portfolio") -> None:
    cells = [
        nbformat.v4.new_code_cell(
            'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = ""\nportfolio = ""',
            id="parameters",
            metadata={"tags": ["parameters"]},
        ),
        nbformat.v4.new_code_cell(
            "from portrait.facts import front_matter\nfrom portrait.editions.opening import open_edition\n"
            "from portrait.language.phrases import Phrases\n"
            "edition = open_edition(source, year, data=data)\n"
            'front_matter.document(edition, language, "portfolio", portfolio=portfolio)',
            id="open",
        ),
        nbformat.v4.new_markdown_cell(
            f"# Essai\n\nDe {{eval}}`Phrases(language).text({expression})`.", id="essai"
        ),
    ]
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, project / "notebooks" / "portfolio.ipynb")


def test_a_profile_a_portfolio_stands_under_a_name_of_its_own_with_its_claims(project, tmp_path, pool):
    write_profile_notebook(project)
    data, heard = three_portfolios(tmp_path / "data"), Heard()
    asked = plan(tmp_path / "out", project=project, data=data, report="portfolio", formats=["html"])
    result = edition.build(asked, pool, watcher=heard)
    made = {
        name.removeprefix("portfolios/") for name in files(result.folder) if name.startswith("portfolios")
    }
    stems = {name.partition(".")[0] for name in made}
    assert "justice" in stems
    assert len({stem for stem in stems if stem.startswith("arts-sports-")}) == 2
    assert made == {
        f"{stem}.{ending}"
        for stem in stems
        for language in ("fr", "en")
        for ending in (f"{language}.html", f"{language}.ipynb", f"claims.{language}.json")
    }
    assert len(heard.began) == len(heard.ended_well) == 3 * 2
    manifest = json.loads((result.folder / "manifest.json").read_text("utf-8"))
    assert set(manifest["documents"]) == files(result.folder) - {"manifest.json"}
    assert {each["fr"] for each in manifest["portfolios"].values()} == set(PORTFOLIOS)
    assert any("the profiles of 3 portfolios" in sentence for sentence in edition.account(result))
    assert 'href="justice.en.html"' in (result.folder / "portfolios" / "justice.fr.html").read_text("utf-8")


def test_only_the_portfolios_that_are_asked_for_are_profiled_and_others_are_kept(project, tmp_path, pool):
    write_profile_notebook(project)
    asked = {"data": three_portfolios(tmp_path / "data"), "report": "portfolio", "formats": ["html"]}
    first = plan(tmp_path / "out", project=project, portfolios=["justice", "Justice"], **asked)
    profile = edition.build(first, pool)
    assert profile.made == ("portfolios/justice.fr", "portfolios/justice.en")
    second = edition.build(plan(tmp_path / "out", project=project, portfolios=["Arts Sports"], **asked), pool)
    assert len([name for name in second.documents if name.endswith(".html")]) == 4
    assert second.dropped == ()


def test_a_portfolio_that_fails_is_named_with_its_reason_and_the_others_are_published(
    project, tmp_path, pool
):
    write_profile_notebook(project)
    asked = {"data": three_portfolios(tmp_path / "data"), "report": "portfolio", "formats": ["html"]}
    folder = edition.build(plan(tmp_path / "out", project=project, language="fr", **asked), pool).folder
    before, old = files(folder), (folder / "portfolios" / "justice.fr.html").read_text("utf-8")
    assert "De Justice." in old
    write_profile_notebook(
        project, "{'Justice': missing}[portfolio] if portfolio[0] == 'J' else portfolio.upper()"
    )
    heard = Heard()
    with pytest.raises(DocumentsFailed) as failure:
        again = plan(tmp_path / "out", project=project, language="fr", **asked)
        edition.build(again, pool, watcher=heard)
    assert failure.value.exit_status == 1
    assert "1 of 3 documents failed; the others are published." in str(failure.value)
    assert "portfolios/justice.fr (Justice): portfolio.ipynb, cell essai" in str(failure.value)
    assert "name 'missing' is not defined" in str(failure.value)
    assert (len(heard.ended_well), heard.ended_badly) == (2, ["portfolios/justice.fr"])
    # What stood of it told another notebook's words: an edition never mixes the two.
    assert before - files(folder) == {
        f"portfolios/justice.{end}" for end in ("fr.html", "fr.ipynb", "claims.fr.json")
    }
    pages = [path.read_text("utf-8") for path in (folder / "portfolios").glob("*.fr.html")]
    assert len(pages) == 2
    assert all("De ARTS" in page for page in pages)
    assert files(folder.with_name("2025.failed")) == {"portfolios/justice.fr.ipynb"}


def test_documents_that_all_fail_leave_the_last_good_edition(project, tmp_path, pool):
    write_profile_notebook(project)
    asked = {"data": three_portfolios(tmp_path / "data"), "report": "portfolio", "formats": ["html"]}
    folder = edition.build(plan(tmp_path / "out", project=project, language="fr", **asked), pool).folder
    before = {name: (folder / name).read_bytes() for name in files(folder)}
    write_profile_notebook(project, "missing")
    with pytest.raises(DocumentsFailed, match="3 of 3 documents failed; nothing was published"):
        edition.build(plan(tmp_path / "out", project=project, language="fr", **asked), pool)
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before


def test_editions_are_built_one_after_another_and_one_that_is_refused_stops_no_other(project, tmp_path, pool):
    write_notebook(project, "Phrases(language).year(year)")
    small.write_year(tmp_path / "data", 2024, [small.row()])
    data = small.write_year(tmp_path / "data", 2025, [])
    plans = [
        plan(tmp_path / "out", project=project, data=data, year=year, language="fr", formats=["html"])
        for year in (2025, 2024)
    ]
    built, [failure] = edition.build_all(plans, pool, Heard())
    assert [each.folder.name for each in built] == ["2024"]
    assert isinstance(failure, RefusedInput)


def test_a_portfolio_that_does_not_exist_is_refused_with_the_nearest_before_anything_is_created(
    tmp_path, pool
):
    data = three_portfolios(tmp_path / "data")
    asked = plan(tmp_path / "out", data=data, report="portfolio", portfolios=["Justise"])
    with pytest.raises(WrongCall, match="Did you mean “Justice”"):
        edition.build(asked, pool)
    with pytest.raises(WrongCall, match="--report portfolio"):
        plan(tmp_path / "out", data=data, portfolios=["Justice"])
    assert not (tmp_path / "out").exists()


def test_all_reports_are_those_of_the_project_and_a_profile_a_portfolio(tmp_path):
    asked = plan(tmp_path / "out", data=three_portfolios(tmp_path / "data"), report="all")
    assert asked.reports == REPORTS


def test_all_years_are_those_at_hand_and_one_is_itself(tmp_path):
    data = small.tiny_edition(tmp_path)
    assert years("all", data=data, project=PROJECT) == (2024, 2025)
    assert years("2024", data=data, project=PROJECT) == (2024,)
    assert years("") == (None,)
    with pytest.raises(WrongCall, match="There is no year “al”"):
        years("al", data=data, project=PROJECT)
