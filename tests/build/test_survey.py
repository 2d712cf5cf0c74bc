"""What a build knows of an edition: plain values, and what the profile of each portfolio holds."""

from __future__ import annotations

import json
import pickle
from functools import partial
from pathlib import Path

import pytest

from portrait.build.job import Made, Task, make_document, open_for_all
from portrait.build.survey import survey
from tests import small

PROJECT = Path(__file__).parents[2]
SIZE = 12


def rows(**others: str) -> list[small.Row]:
    """Twelve rows of Justice, and four of another portfolio that bears what a test says of it."""
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
    other = {"body": "Régie", **others}
    return own + [
        small.row(f"{other.pop('name', 'Plan')} {n}", portfolio="Travail", **other) for n in range(4)
    ]


CHANGED = {"name": "Outil", "body": "Bureau 1", "benefits": "Autres", "status": small.DEVELOPMENT}
"""All that may change in a row of another portfolio and leave a profile as it is."""


def written(folder: Path, before: dict[str, str], now: dict[str, str], mark: bytes = b"") -> Path:
    small.write_year(folder, 2024, rows(**before)[1:])
    data = small.write_year(folder, 2025, rows(**now))
    file = data / "quebec" / "2025.csv"
    file.write_bytes(mark + file.read_bytes())
    return data


def test_a_survey_is_plain_values(tmp_path):
    found = survey("quebec", 2025, written(tmp_path, {}, {}), PROJECT, ["justice", "Justice"])
    assert pickle.loads(pickle.dumps(found)) == found
    assert json.loads(json.dumps(found.record))["portfolios"]["justice"]["name"] == "Justice"
    assert found.asked == ("Justice",)
    assert set(found.rows) == {"Justice", "Travail"}


@pytest.mark.parametrize("field", [*CHANGED, "mark"])
def test_a_profile_holds_nothing_else_of_the_rows_of_other_portfolios(tmp_path, field):
    plain = survey("quebec", 2025, written(tmp_path / "plain", {}, {}), PROJECT).rows
    changed = {field: CHANGED[field]} if field in CHANGED else {}
    mark = b"\xef\xbb\xbf" if field == "mark" else b""
    other = survey("quebec", 2025, written(tmp_path / "other", changed, changed, mark), PROJECT).rows
    assert other["Justice"] == plain["Justice"]
    assert (other["Travail"] == plain["Travail"]) == (field == "mark")


def test_a_profile_is_compared_by_category_and_by_size(tmp_path):
    plain = survey("quebec", 2025, written(tmp_path / "plain", {}, {}), PROJECT).rows
    category = {"category": small.DECISION}
    for before, now in (({}, category), (category, {})):
        folder = tmp_path / f"{len(before)}"
        other = survey("quebec", 2025, written(folder, before, now), PROJECT).rows
        assert other["Justice"] != plain["Justice"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_profile_of_one_checksum_is_the_same_document_to_the_byte(tmp_path, pool, language):
    """The proof that the checksum is complete: all else of the other rows is changed at once."""
    made = []
    for folder, changed, mark in (("one", {}, b""), ("two", CHANGED, b"\xef\xbb\xbf")):
        # The folder's name would stand in the parameters: the project is beside it, under one name.
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
        make = partial(make_document, in_this_process=True)
        made.append(pool._server.call(make, task, prepare=partial(open_for_all, *task.edition)))
    assert all(isinstance(each, Made) for each in made), made
    one, two = (dict(each.files) for each in made)
    assert list(one) == list(two)
    for name in one:
        assert one[name] == two[name], name
    assert b"Outil 3" in one[f"portfolios/justice.{language}.html"]
