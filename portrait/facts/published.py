"""Turn an open edition into the tables that are published beside it, each cell as text.

`tables.json` declares them. Every fact is counted from them, by the report and by `verify.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import pandas as pd

from portrait.checks.findings import Finding, in_order
from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.editions.once import once
from portrait.editions.values import values_of
from portrait.facts.keys import body_keys, name_keys, same_status_labels
from portrait.facts.recoded_cells import recoded_cells, recodings
from portrait.facts.schema import NO, YES, columns_of, declared
from portrait.facts.text_tables import LazyTables, Rows, as_text
from portrait.indicators import (
    by_task,
    coded_benefits,
    comparisons,
    examples,
    reconciliation,
    tasks_of_titles,
)
from portrait.indicators.association import FALSE_DISCOVERY_PERCENT, SMALLEST_EXPECTED
from portrait.indicators.versions import file_versions
from portrait.ingest.initiatives import OPTIONAL, ORIGIN
from portrait.ingest.published import FileFacts
from portrait.language.locales import LANGUAGES
from portrait.language.numbers import SMALLEST_DENOMINATOR, SMALLEST_WRITTEN_AS_DIGITS
from portrait.language.text import normalise
from portrait.linkage.histories import histories
from portrait.linkage.needs import similar_groups
from portrait.registers.codebook import GENERIC
from portrait.registers.source import FIELDS, SAFEGUARDS

Tables = Mapping[str, pd.DataFrame]

LONG_TEXTS = ("name", "benefits", *OPTIONAL)
"""Columns that no fact asks for."""
NOT_COUNTED = ("findings", "recoded-cells", "versions")
"""Tables that no fact asks for."""
_READ_BY = ("sha256", "encoding", "delimiter", "records", "header_row")
"""What a stranger reads a file again by."""
_LABELLED = ("portfolio", "portfolio_folded", "category", "status", "body", *SAFEGUARDS)


def published_tables(edition: Edition, findings: Iterable[Finding] = ()) -> dict[str, pd.DataFrame]:
    """Return the published tables of an edition by name, in the order of `tables.json`.

    Parameters
    ----------
    findings
        What the check found in its file.
    """
    rows = _rows_of(edition, findings)
    return {name: as_text(rows[name](), name) for name in declared()}


def _rows_of(edition: Edition, findings: Iterable[Finding] = ()) -> dict[str, Callable[[], Rows]]:
    """Return what makes the rows of each published table, by its name."""
    editions = (*edition.earlier, edition)
    followed = cache(partial(_histories, edition))
    return {
        "initiatives": lambda: _initiatives(edition, followed()),
        "links": lambda: _links(edition),
        "overlaps": lambda: list(_overlaps(edition)),
        "obliged": lambda: list(_obliged(edition)),
        "histories": followed,
        "themes": lambda: _themes(editions),
        "tasks": lambda: _tasks(edition),
        "needs": lambda: similar(edition).assign(edition=edition_id(edition.year)),
        "set-aside": lambda: _of_editions((each, each.quarantine) for each in editions),
        "recodings": lambda: recodings(editions),
        "recoded-cells": lambda: recoded_cells(editions),
        "findings": lambda: [_finding(each) for each in in_order(findings)],
        "registers": lambda: list(_registers(edition)),
        "published": lambda: list(_published(edition)),
        "editions": lambda: [_edition(each) for each in edition.sequence],
        "labels": lambda: list(_labels(edition)),
        "versions": lambda: file_versions(edition),
    }


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return the published table of what the check found in a file."""
    return as_text([_finding(each) for each in in_order(findings)], "findings")


@once("tables")
def tables_of(edition: Edition) -> Tables:
    """Return the tables that facts are counted from, each made once: no `NOT_COUNTED`, no `LONG_TEXTS`."""
    rows = _rows_of(edition)
    return LazyTables(
        {name: partial(_made, rows[name], name) for name in declared() if name not in NOT_COUNTED}
    )


def keep_tables(edition: Edition, tables: Tables) -> None:
    """Keep what facts need of the published tables with the edition, so that other processes have it."""
    names = [name for name in tables if name not in NOT_COUNTED]
    edition.found["tables"] = {name: _counted(tables[name], name) for name in names}


def _made(make: Callable[[], Rows], name: str) -> pd.DataFrame:
    return _counted(as_text(make(), name), name)


def _counted(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table.drop(columns=[*LONG_TEXTS]) if name == "initiatives" else table


def _of_editions(tables: Iterable[tuple[Edition, pd.DataFrame]]) -> pd.DataFrame:
    return pd.concat(
        [table.assign(edition=edition_id(each.year)) for each, table in tables], ignore_index=True
    )


# Initiatives and links


def _initiatives(edition: Edition, followed: pd.DataFrame) -> pd.DataFrame:
    editions = (*edition.earlier, edition)
    table = _of_editions((each, each.initiatives) for each in editions)
    table["name_key"] = name_keys(edition)
    table["body_strict"], table["body_lenient"] = body_keys(editions)
    table["status_as_before"], table["status_as_after"] = same_status_labels(editions)
    table["benefits_stated"] = pd.concat([_stated(each) for each in editions], ignore_index=True)
    table["title_tells"] = pd.concat([_told_by_titles(each) for each in editions], ignore_index=True)
    identifiers = dict(
        zip(zip(followed["edition"], followed["row"], strict=True), followed["initiative"], strict=True)
    )
    places = zip(table["edition"], table["row"], strict=True)
    table["initiative"] = [identifiers.get(place, "") for place in places]
    return table.fillna({name: "" for name in (*OPTIONAL, *ORIGIN) if name in table})


@once("coded")
def coded(edition: Edition) -> pd.DataFrame:
    """Return `indicators.coded_benefits` of an edition, computed once."""
    return coded_benefits(edition.initiatives, edition.themes)


def _stated(edition: Edition) -> pd.Series:
    if not edition.codes_benefits:
        return pd.Series("", index=edition.initiatives.index)
    return coded(edition)["is_stated"].map({True: YES, False: NO})


def _themes(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    return [
        {"edition": edition_id(each.year), "row": row, "theme": theme, "portfolio_folded": portfolio}
        for each in editions
        if each.codes_benefits
        for row, portfolio, themes in zip(
            coded(each)["row"], each.initiatives["portfolio_folded"], coded(each)["themes"], strict=True
        )
        for theme in themes
    ]


@once("titles")
def titles(edition: Edition) -> pd.DataFrame:
    """Return `indicators.tasks_of_titles` of an edition, computed once."""
    return tasks_of_titles(edition.initiatives, edition.tasks)


def _told_by_titles(edition: Edition) -> pd.Series:
    if not edition.reads_tasks:
        return pd.Series("", index=edition.initiatives.index)
    return titles(edition)["title_tells"]


def _tasks(edition: Edition) -> Rows:
    return by_task(titles(edition)).assign(edition=edition_id(edition.year)) if edition.reads_tasks else []


@once("similar")
def similar(edition: Edition) -> pd.DataFrame:
    """Return `needs.similar_groups` of an edition with portfolios, computed once; no generic title is in one.

    Reconstructed and fictional rows have no text to compare.
    """
    rows = edition.initiatives if edition.has_texts else edition.initiatives.iloc[:0]
    told = titles(edition) if edition.reads_tasks else rows.assign(title_tells="")
    found = similar_groups(rows, set(told.loc[told["title_tells"] == GENERIC, "row"]))
    return found.merge(rows[["row", "portfolio_folded", "name"]], on="row")


def _links(edition: Edition) -> pd.DataFrame:
    table = edition.all_links.table if not edition.links.refusal else edition.links.table
    ends = {f"edition_{end}": table[f"year_{end}"].map(edition_id) for end in ("from", "to")}
    recorded = {(each.year_from, each.year_to, *each.keys) for each in edition.source.overlaps}
    labels = {
        (each.year, row): normalise(label)
        for each in (*edition.earlier, edition)
        if recorded
        for row, label in each.initiatives[["row", "status_published"]].itertuples(index=False)
    }
    places = table[["year_from", "row_from", "year_to", "row_to"]].itertuples(index=False)
    overlap = [
        (one, other, labels.get((one, row)), labels.get((other, row_to))) in recorded
        for one, row, other, row_to in places
    ]
    return table.assign(**ends, overlap=pd.Series(overlap, index=table.index, dtype=bool))


def _overlaps(edition: Edition) -> Iterator[dict[str, Any]]:
    for each in edition.source.overlaps:
        if {each.year_from, each.year_to} <= {*edition.years}:
            yield {
                "edition_from": edition_id(each.year_from),
                "label_from": each.label_from,
                "edition_to": edition_id(each.year_to),
                "label_to": each.label_to,
                **{f"reason_{language}": text for language, text in each.reason.items()},
            }


def _obliged(edition: Edition) -> Iterator[dict[str, Any]]:
    ours, declaring = values_of(edition, "body"), {*edition.initiatives["body"]}
    listed: dict[str, tuple[str, Any]] = {}
    for each in edition.source.obliged:
        if each.holds_in(edition.year):
            body = ours(each.ours)
            listed.setdefault(normalise(body), (body, each))
    for body, each in listed.values():
        yield {
            "edition": edition_id(edition.year),
            "body": body,
            "presence": "present" if body in declaring else "absent",
            "evidence": each.evidence,
            "recorded_by": each.recorded_by,
        }


def _histories(edition: Edition) -> pd.DataFrame:
    """Return each row of each edition with the identifier of its initiative, by probable links or surer."""
    if edition.links.refusal:
        return pd.DataFrame(columns=columns_of("histories"))
    tables = [each.initiatives for each in (*edition.earlier, edition)]
    found = histories(edition.source.id, tables, edition.all_links.at("probable"))
    return found.assign(
        edition=found["year"].map(edition_id),
        first_edition=found["first_year"].map(edition_id),
        last_edition=found["last_year"].map(edition_id),
        n_editions=found["n_years"],
    )


# What was recoded, found, published


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "edition": edition_id(found.year),
        "severity": found.severity,
        "code": found.code,
        "column": found.column,
        "n_rows": found.n_rows,
        "rows": " ".join(map(str, found.rows)),
        "message_fr": found.message.fr,
        "message_en": found.message.en,
        "mend_fr": found.mend.fr,
        "mend_en": found.mend.en,
    }


def _registers(edition: Edition) -> Iterator[dict[str, Any]]:
    for register in comparisons.registers(edition):
        totals = [("initiatives", register.n_initiatives), ("bodies", register.n_bodies)]
        totals += [("bodies elsewhere", each) for each in register.n_bodies_elsewhere]
        if register.statuses is not None:
            totals += register.statuses.items()
        for measure, value in totals:
            if value is not None:
                yield {
                    "source": register.source.id,
                    "edition": edition_id(register.year),
                    "measure": measure,
                    "value": int(value),
                    "origins": " ".join(each["id"] for each in register.origins),
                }


def _published(edition: Edition) -> Iterator[dict[str, Any]]:
    origins = {each["id"]: each for each in edition.published.get("origin", [])}
    rows: Iterable[Any] = reconciliation.published_figures(edition).itertuples()
    for row in rows:
        first = origins.get(str(row.origin).split(", ")[0], {})
        yield {
            "edition": edition_id(row.year),
            "measure": row.subject,
            "name": row.name,
            "value_of": row.value_of,
            "origin": row.origin,
            "value": row.theirs,
            "ours": row.ours,
            "built_rows": row.built_rows,
            **{f"label_{each}": reconciliation.origin_label(edition, row.origin, each) for each in LANGUAGES},
            "url": first.get("url", ""),
            "dated": first.get("date", first.get("consulted", "")),
        }


def _edition(edition: Edition) -> dict[str, Any]:
    dates = edition.source.dates(edition.year)
    headers = edition.file.fields
    return {
        "edition": edition_id(edition.year),
        "previous": edition_id(edition.previous.year) if edition.previous else "",
        "source": edition.source.id,
        **{name: getattr(dates, name) for name in ("collected", "made_precise", "published", "modified")},
        "file": edition.file.name,
        **{part: getattr(edition.file, part) for part in _READ_BY},
        **{f"header_{field}": headers.get(field, "") for field in (*FIELDS, *SAFEGUARDS)},
        "files": _files(edition.file),
        "rows_read": edition.file.n_rows,
        "n_initiatives": len(edition.initiatives),
        "n_set_aside": len(edition.quarantine),
        "reconstructed": edition.reconstructed,
        "compares_categories": edition.compares_categories,
        "compares_statuses": edition.compares_statuses,
        "smallest_denominator": SMALLEST_DENOMINATOR,
        "smallest_in_digits": SMALLEST_WRITTEN_AS_DIGITS,
        "smallest_expected": SMALLEST_EXPECTED,
        "false_discovery_percent": FALSE_DISCOVERY_PERCENT,
        "title_fewest_words": examples.FEWEST_WORDS,
        "title_most_characters": examples.MOST_CHARACTERS,
        "quoted_fewest_words": examples.FEWEST_WORDS_QUOTED,
        "quoted_most_words": examples.MOST_WORDS_QUOTED,
        "quoted_words_without_mark": examples.WORDS_WITHOUT_MARK,
    }


def _files(file: FileFacts) -> str:
    """Return, as JSON, what reads again each file of an edition of several, or one with a constant field."""
    if not file.parts and not file.constant:
        return ""
    told = [
        {
            "file": each.name,
            **{part: getattr(each, part) for part in _READ_BY},
            "headers": {name: header for name, header in each.fields.items() if header},
            "constant": dict(each.constant),
        }
        for each in file.files
    ]
    return json.dumps(told, ensure_ascii=False)


def _labels(edition: Edition) -> Iterator[dict[str, Any]]:
    for field in _LABELLED:
        for value in sorted(edition.all_initiatives[field].unique()):
            names = {each: edition.source.label(field, value, each) for each in LANGUAGES}
            short = {f"short_{each}": edition.source.short_label(field, value, each) for each in LANGUAGES}
            if field != "body" or {*names.values(), *short.values()} != {value}:
                yield {"field": field, "value": value, **names, **short}
    for field, terms in (("theme", edition.themes), ("task", edition.tasks if edition.reads_tasks else ())):
        for term in terms:
            short = {f"short_{language}": name for language, name in term.labels.items()}
            yield {"field": field, "value": term.name, **term.labels, **short}
    shared = similar(edition)[["words", "words_en"]].drop_duplicates("words")
    for words, translated in shared[shared["words"] != shared["words_en"]].itertuples(index=False):
        names = {"fr": words, "en": translated}
        yield {
            "field": "words",
            "value": words,
            **names,
            **{f"short_{language}": name for language, name in names.items()},
        }
