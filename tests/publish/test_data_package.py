"""The Data Package of an edition: valid by its standard, and true of the files beside it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import frictionless
import jsonschema
import pytest

from portrait.build.survey import survey
from portrait.editions.edition import Edition
from portrait.editions.opening import open_edition
from portrait.facts.schema import columns_of, declared
from portrait.publish.data_package import DATA_PACKAGE, data_package
from tests import small
from tests.agencies import write_agencies

PROFILE = Path(__file__).parent / "profiles" / "datapackage-2.0.json"
"""The JSON Schema published at https://datapackage.org/profiles/2.0/datapackage.json (public domain)."""


def two_years(folder: Path) -> Edition:
    rows = [
        small.row("=Tri", body="MAPAQ"),
        small.row("Plan", status=small.SILENT),
        small.row('Vue, dite "V"'),
    ]
    return small.edition_of(folder, y2024=[small.row("Tri"), small.row("Plan")], y2025=rows)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder `data/` of a small edition."""
    for name, content in survey(two_years(tmp_path / "rows")).data.items():
        place = tmp_path / "out" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return tmp_path / "out" / "data"


def package(data: Path) -> dict:
    return json.loads((data / DATA_PACKAGE).read_text("utf-8"))


def errors(data: Path) -> list[str]:
    found = frictionless.Package(str(data / DATA_PACKAGE)).validate()
    return [error.type for task in found.tasks for error in task.errors] + [e.type for e in found.errors]


def test_the_package_is_valid_by_the_profile_of_its_standard(data):
    jsonschema.validate(package(data), json.loads(PROFILE.read_text("utf-8")))


def test_the_package_is_valid_for_frictionless_whose_types_and_keys_hold_in_every_row(data):
    assert errors(data) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("initiatives", "production", "productive", "constraint-error"),
        ("recoded-cells", "2025,2,body", "2025,9,body", "foreign-key"),
        ("editions", "2025,2024", "2024,2024", "primary-key"),
    ],
)
def test_a_cell_that_breaks_a_type_or_a_key_is_found(data, table, old, new, said):
    content = (data / f"{table}.csv").read_text("utf-8")
    assert old in content
    (data / f"{table}.csv").write_text(content.replace(old, new, 1), "utf-8")
    assert {"hash-count", said} & {*errors(data)}
    about = package(data)
    for resource in about["resources"]:
        file = (data / resource["path"]).read_bytes()
        resource |= {"bytes": len(file), "hash": f"sha256:{hashlib.sha256(file).hexdigest()}"}
    (data / DATA_PACKAGE).write_text(json.dumps(about), "utf-8")
    assert said in errors(data)


def test_each_table_and_each_column_is_described_in_both_languages(data):
    resources = {each["name"]: each for each in package(data)["resources"]}
    assert list(resources) == [*declared(), "indicators"]
    for name, resource in resources.items():
        assert (data / resource["path"]).stat().st_size == resource["bytes"]
        if name == "indicators":  # no table
            continue
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == columns_of(name)
        assert all(
            field[key] for field in fields for key in ("title", "title@fr", "description", "description@fr")
        )


def test_the_files_read_are_named_with_their_checksum(data, tmp_path):
    sources = {each["version"]: each for each in package(data)["sources"]}
    for year in ("2024", "2025"):
        content = (tmp_path / "rows" / "quebec" / f"{year}.csv").read_bytes()
        assert sources[year]["file"] == f"quebec/{year}.csv"
        assert sources[year]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert sources[year]["bytes"] == len(content)


def test_the_file_of_an_earlier_edition_has_an_address_of_its_own(tmp_path):
    edition = two_years(tmp_path / "rows")
    facts = dict(edition.source.facts)
    facts["catalogue"] = {**facts["catalogue"], "files": {2024: {"csv": "https://data.example/2024.csv"}}}
    [before] = edition.earlier
    before = replace(before, source=replace(edition.source, facts=facts))
    listed = data_package(replace(edition, earlier=(before,)), {}, b"{}")["sources"]
    assert [each["path"] for each in listed] == [
        "https://data.example/2024.csv",
        edition.source.facts["catalogue"]["url"],
    ]


def test_files_of_one_edition_are_named_in_the_folder_where_the_verifier_looks_for_them(tmp_path):
    project = write_agencies(tmp_path)
    edition = open_edition("agencies", 2023, project=project)
    named = [each["file"] for each in data_package(edition, {}, b"{}")["sources"]]
    assert named == [f"agencies/2023/{name}.csv" for name in ("labor", "gsa_2023", "education")]
    assert all((project / "data" / "raw" / each).is_file() for each in named)


def test_a_table_that_quotes_the_source_is_under_both_licences_and_links_under_ours(data):
    about = package(data)
    held = {each["name"]: [one["path"] for one in each["licenses"]] for each in about["resources"]}
    ours, theirs = (each["path"] for each in about["licenses"])
    assert held["initiatives"] == held["recoded-cells"] == [ours, theirs]
    assert held["links"] == held["histories"] == [ours]
