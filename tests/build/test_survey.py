"""What a build knows of an edition: plain values, its tables, and what each profile holds of the rows."""

from __future__ import annotations

import csv
import io
import json
import pickle
from pathlib import Path

import pytest

from portrait.build.job import Made, Task, make_document
from portrait.build.pool import LocalPool
from portrait.build.survey import Survey, survey
from portrait.editions.opening import open_edition
from portrait.errors import WrongCall
from portrait.facts.schema import columns_of, declared
from portrait.publish.verifier import VERIFIER
from tests import small
from tests.small import PROJECT

SIZE = 12
OTHERS = {
    *("data/README.md", "data/datapackage.json", "data/indicators.json"),
    *("citation.md", "citation.bib", "citation.json"),
}
"""Files of an edition that are neither a table nor the verifier."""


def surveyed(data: Path | str, *portfolios: str) -> Survey:
    return survey(open_edition("quebec", 2025, data=data, project=PROJECT), portfolios)


def table(found: Survey, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found.data[f"data/{name}"].decode(), newline="")))


# The tables of an edition


def two_years(folder: Path) -> Path:
    small.write_year(folder, 2024, [small.row()])
    return small.write_year(
        folder,
        2025,
        [small.row("=1+1", body="Régie", portfolio="Travail", status="Étape inconnue"), small.row()],
    )


def test_the_table_of_initiatives_has_a_row_a_declaration_of_each_edition_and_no_formula(tmp_path):
    rows = table(surveyed(two_years(tmp_path)), "initiatives.csv")
    assert list(rows[0]) == columns_of("initiatives")
    assert [(row["edition"], row["row"], row["name"]) for row in rows] == [
        ("2024", "2", "Tri du courrier"),
        ("2025", "2", "'=1+1"),
        ("2025", "3", "Tri du courrier"),
    ]


def test_a_carriage_return_in_a_published_cell_adds_no_row_to_the_table(tmp_path):
    data = small.write_year(tmp_path, 2025, [small.row(body="Bureau\rdes essais")])
    [row] = table(surveyed(data), "initiatives.csv")
    assert row["body_published"] == "Bureau\rdes essais"


def test_the_indicators_count_what_the_file_holds(tmp_path):
    indicators = json.loads(surveyed(two_years(tmp_path)).data["data/indicators.json"])
    assert (indicators["n_initiatives"], indicators["n_bodies"]) == (2, 2)
    assert indicators["by_status"] == {
        "production": 1,
        "development": 0,
        "retired": 0,
        "unknown": 0,
        "unclassified": 1,
    }
    assert indicators["by_category"] == {small.ASSISTANT: 2}
    assert (indicators["rows_read"], indicators["rows_quarantined"]) == (2, 0)
    assert indicators["reconstructed"] is False


def test_links_and_histories_follow_an_initiative_from_year_to_year(tmp_path):
    found = surveyed(two_years(tmp_path))
    [link] = table(found, "links.csv")
    assert (link["edition_from"], link["row_from"], link["edition_to"], link["row_to"]) == (
        "2024",
        "2",
        "2025",
        "3",
    )
    assert (link["tier"], link["basis"]) == ("strict", "name")
    histories = {(each["edition"], each["row"]): each for each in table(found, "histories.csv")}
    assert {key: each["initiative"] for key, each in histories.items()} == {
        ("2024", "2"): "quebec-2024-2",
        ("2025", "3"): "quebec-2024-2",
        ("2025", "2"): "quebec-2025-2",
    }
    assert (histories["2025", "3"]["tier"], histories["2025", "3"]["n_editions"]) == ("strict", "2")


@pytest.mark.parametrize("kind", ["an edition without an earlier year", "reconstructed rows"])
def test_an_edition_that_cannot_be_linked_has_empty_tables_of_links(tmp_path, kind):
    alone = small.write_year(tmp_path, 2025, [small.row()])
    found = surveyed(alone if kind.startswith("an edition") else "")
    assert table(found, "links.csv") == table(found, "histories.csv") == []
    assert found.data["data/links.csv"].decode().strip().split(",") == columns_of("links")


def test_an_edition_has_every_table_that_is_declared_and_their_documentation(tmp_path):
    found = surveyed(two_years(tmp_path))
    tables = {f"data/{name}.csv" for name in declared()}
    assert set(found.data) == {*tables, *VERIFIER, *OTHERS}
    assert found.data == surveyed(two_years(tmp_path)).data


# What profiles hold


def rows(**others: str) -> list[small.Row]:
    """Twelve rows of Justice, and four of another portfolio with the cells a test gives."""
    own = [
        small.row(
            f"Outil {n}",
            portfolio="Justice",
            body=f"Bureau {n % 3}",
            category=small.DECISION if n % 4 else small.ASSISTANT,
            status=small.SILENT if n == 1 else small.PRODUCTION,
        )
        for n in range(SIZE)
    ]
    other = {"body": "Régie", "name": "Plan", **others}
    name = other.pop("name")
    return own + [small.row(f"{name} {n}", portfolio="Travail", **other) for n in range(4)]


CHANGED = {"name": "Outil", "body": "Bureau 1", "benefits": "Autres"}
"""All that may change in a row of another portfolio without changing a profile."""


def written(folder: Path, before: dict[str, str], now: dict[str, str], mark: bytes = b"") -> Path:
    """Write two years whose rows of the other portfolio hold what is given, and return the data folder."""
    small.write_year(folder, 2024, rows(**before)[1:])
    data = small.write_year(folder, 2025, rows(**now))
    file = data / "quebec" / "2025.csv"
    file.write_bytes(mark + file.read_bytes())
    return data


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """The survey of both years with no cell changed."""
    return surveyed(written(tmp_path_factory.mktemp("plain"), {}, {}), "justice", "Justice")


def test_a_survey_is_plain_values(plain):
    assert pickle.loads(pickle.dumps(plain)) == plain
    assert json.loads(json.dumps(plain.record))["portfolios"]["justice"]["name"] == "Justice"
    assert set(plain.rows) == {"Justice", "Travail"}


def test_portfolios_asked_for_are_found_by_any_of_their_names_and_counted_once(plain):
    assert plain.asked == ("Justice",)


def test_a_portfolio_that_does_not_exist_is_refused_with_the_nearest_name(tmp_path):
    with pytest.raises(WrongCall, match="Did you mean “Justice”"):
        surveyed(written(tmp_path, {}, {}), "Justise")


@pytest.mark.parametrize("field", [*CHANGED, "mark"])
def test_a_profile_does_not_depend_on_the_cells_of_other_portfolios(plain, tmp_path, field):
    changed = {field: CHANGED[field]} if field in CHANGED else {}
    mark = b"\xef\xbb\xbf" if field == "mark" else b""
    other = surveyed(written(tmp_path, changed, changed, mark)).rows
    assert other["Justice"] == plain.rows["Justice"]
    assert (other["Travail"] == plain.rows["Travail"]) == (field == "mark")


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize("cell", [{"category": small.DECISION}, {"status": small.DEVELOPMENT}])
def test_a_profile_depends_on_the_mixes_and_statuses_of_other_portfolios(plain, tmp_path, year, cell):
    before, now = (cell, {}) if year == 2024 else ({}, cell)
    assert surveyed(written(tmp_path, before, now)).rows["Justice"] != plain.rows["Justice"]


def test_a_profile_depends_on_the_size_of_other_portfolios(plain, tmp_path):
    small.write_year(tmp_path, 2024, rows()[1:])
    fewer = surveyed(small.write_year(tmp_path, 2025, rows()[:-1])).rows
    assert fewer["Justice"] != plain.rows["Justice"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "en"])
def test_profiles_with_the_same_checksum_are_the_same_to_the_byte(
    tmp_path: Path, pool: LocalPool, language: str
):
    """All else of the other rows is changed at once: the checksum is complete."""
    documents = []
    for folder, changed, mark in (("one", {}, b""), ("two", CHANGED, b"\xef\xbb\xbf")):
        # The data folder is a parameter of the notebook: each project has it under the same name.
        place = tmp_path / folder
        place.mkdir()
        for each in ("notebooks", "data", "portrait"):
            (place / each).symlink_to(PROJECT / each)
        written(place / "files", changed, changed, mark)
        task = Task(
            project=place,
            report="portfolio",
            stem="portfolios/justice",
            language=language,
            parameters={"source": "quebec", "year": 2025, "data": "files", "portfolio": "Justice"},
            formats=("html", "pdf"),
            subject="Justice",
        )
        documents.append(pool.submit(make_document, task, None, begun=lambda: None))
    one, two = (each.result() for each in documents)
    assert isinstance(one, Made), one
    assert isinstance(two, Made), two
    assert list(one.files) == list(two.files)
    for name in one.files:
        assert one.files[name] == two.files[name], name
    assert b"Outil 3" in one.files[f"portfolios/justice.{language}.html"]
