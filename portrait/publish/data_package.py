"""Describe the published tables of an edition as a Data Package, version 2 (https://datapackage.org).

Its properties are in English; a French text stands beside under the same name with `@fr`, as the standard's
recipe for languages names translated columns. Only what `tables.json` and the reference files say is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import portrait
from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.facts.citation import cited_title
from portrait.facts.front_matter import AUTHORS, citation_of_report, licence_of, report_title
from portrait.facts.linked_data import OUR_LICENCE
from portrait.facts.schema import NO, YES, declared, title_of
from portrait.fetch.origins import origin_of
from portrait.ingest.published import FileFacts
from portrait.language.locales import LANGUAGES
from portrait.storage.checksums import checksum

DATA_PACKAGE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENCE = {
    "name": "CC-BY-4.0",
    "path": OUR_LICENCE,
    "title": "Creative Commons Attribution 4.0 International",
}
_COUNTS = {"fr": "Comptes de l’édition, par champ", "en": "Counts of the edition, by field"}
_OURS = {
    "fr": "Ce que le projet ajoute : noms harmonisés, codes, liens, comptes, textes et figures.",
    "en": "What the project adds: harmonized names, codes, links, counts, texts and figures.",
}
_THEIRS = {
    "fr": "Ce que la source a publié : ses textes, ses libellés et ses valeurs.",
    "en": "What the source published: its texts, labels and values.",
}


def data_package(edition: Edition, tables: Mapping[str, bytes], indicators: bytes) -> dict[str, Any]:
    """Return the descriptor of the tables of an edition, the same whenever it is made.

    Parameters
    ----------
    tables
        The CSV file of each table, by its name in `tables.json`.
    indicators
        The JSON file of the counts of the edition.
    """
    source, called, licences = edition.source, edition_id(edition.year), _licences(edition)
    return {
        "$schema": _PROFILE,
        "name": f"portrait-{source.id}-{called}",
        **_both("title", {each: cited_title(edition, each) for each in LANGUAGES}),
        **_both("description", {each: source.text("title", each) for each in LANGUAGES}),
        "languages": ["en", "fr"],
        "version": portrait.__version__,
        **_both(
            "bibliographicCitation",
            {each: citation_of_report(edition, report_title(edition, each), each) for each in LANGUAGES},
        ),
        "licenses": licences,
        "contributors": [
            {**_both("title", {each: AUTHORS.said(each) for each in LANGUAGES}), "roles": ["creator"]},
            {
                **_both("title", {each: source.text("producer", each) for each in LANGUAGES}),
                "path": str(source.facts["catalogue"]["url"]),
                "roles": ["publisher of the source"],
            },
        ],
        "sources": [_source(each, file) for each in (*edition.earlier, edition) for file in each.file.files],
        "resources": [
            *(_resource(name, content, licences) for name, content in tables.items()),
            {
                "name": "indicators",
                **_both("title", _COUNTS),
                **_file("indicators.json", content=indicators),
                "licenses": licences[:1],
            },
        ],
    }


def _licences(edition: Edition) -> list[dict[str, str]]:
    """Return our licence, then that of the source, each with what it covers."""
    source = edition.source
    return [
        {**_LICENCE, **_both("description", _OURS)},
        {
            "path": str(source.facts["licence_url"]),
            **_both("title", {each: licence_of(source, each) for each in LANGUAGES}),
            **_both("description", _THEIRS),
        },
    ]


def _source(edition: Edition, file: FileFacts) -> dict[str, Any]:
    """Return a file that was read: `file` is its place in a folder that `verify.py --source` is given."""
    source, origin = edition.source, origin_of(edition.source, edition.year, file)
    folder = f"{source.id}/{edition.file.name}" if edition.file.parts else f"{source.id}/"
    obtained = {"obtained": origin.obtained} if origin.obtained else {}
    return {
        **_both("title", {each: source.text("title", each) for each in LANGUAGES}),
        "path": origin.address,
        "version": edition_id(edition.year),
        "consulted": str(source.facts["catalogue"]["consulted"]),
        **obtained,
        "file": f"{folder}{file.name}",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _both(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts["en"], f"{name}@fr": texts["fr"]}


def _resource(table: str, content: bytes, licences: list[dict[str, str]]) -> dict[str, Any]:
    about = declared()[table]
    return {
        "name": table,
        **_both("title", about),
        "type": "table",
        **_file(f"{table}.csv", content=content),
        "licenses": licences if about.get("quotes") else licences[:1],
        "schema": _schema(about),
    }


def _file(path: str, *, content: bytes) -> dict[str, Any]:
    kind = path.rpartition(".")[2]
    return {
        "path": path,
        "format": kind,
        "mediatype": {"csv": "text/csv", "json": "application/json"}[kind],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{checksum(content)}",
    }


def _schema(about: Mapping[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(name, column) for name, column in about["columns"].items()],
        "missingValues": [""],
    }
    if "key" in about:
        schema["primaryKey"] = about["key"]
    if "references" in about:
        schema["foreignKeys"] = [
            {
                "fields": list(each["columns"]),
                "reference": {"resource": each["table"], "fields": list(each["columns"].values())},
            }
            for each in about["references"]
        ]
    return schema


def _field(name: str, column: Mapping[str, Any]) -> dict[str, Any]:
    field = {
        "name": name,
        "type": column.get("type", "string"),
        **_both("title", {each: title_of(column[each]) for each in LANGUAGES}),
        **_both("description", column),
    }
    if field["type"] == "boolean":
        field |= {"trueValues": [YES], "falseValues": [NO]}
    if "values" in column:
        field["constraints"] = {"enum": column["values"]}
    return field
