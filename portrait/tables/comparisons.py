"""Tables that compare registers: what each counts, and its totals."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from portrait.editions.edition import Edition
from portrait.indicators.comparisons import Register
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, STATUSES
from portrait.language.locales import as_recorded, choose
from portrait.language.numbers import number
from portrait.language.periods import printed
from portrait.language.terms import heading, headings, status_label
from portrait.language.text import opened
from portrait.language.typography import DASH, colon
from portrait.tables.table import Table, captioned, dash_note, joined


def comparison_definitions(registers: Sequence[Register], edition: Edition, language: str) -> Table:
    """Return the basis, scope and units of each register, and its definitions of the statuses compared.

    Parameters
    ----------
    registers
        As `comparisons.registers` returns them.
    """
    words = headings(("basis", "what_is_counted", "what_is_not", "a_row_is", "who_declares"), language)
    columns = []
    for register in registers:
        facts = register.source.facts
        excluded = "; ".join(facts.get("excluded", {}).get(language, ()))
        basis, included, record_unit, declaring_unit = (
            facts.get(key, {}).get(language, "")
            for key in ("legal_basis", "included", "record_unit", "declaring_unit")
        )
        definitions = register.source.definitions("status", register.year)
        meanings = [definitions.get(status, {}).get(language, "") for status in (PRODUCTION, DEVELOPMENT)]
        columns.append([basis, included, excluded, record_unit, declaring_unit, *meanings])
    heads = [*words, *(status_label(status, language) for status in (PRODUCTION, DEVELOPMENT))]
    rows = [[head, *(opened(each[place] or DASH) for each in columns)] for place, head in enumerate(heads)]
    unsaid = choose(language, "aucune mention trouvée.", "no statement found.")
    table = captioned(
        "tab-comparison-definitions",
        choose(language, "Ce que compte chaque registre", "What each register counts"),
        [heading("item", language), *_named(registers, language)],
        rows,
        edition,
        language,
        text_columns=1 + len(registers),
        note=dash_note(rows, language, unsaid),
    )
    said = choose(language, "ce que chaque registre dit de lui-même.", "what each register says of itself.")
    return dataclasses.replace(table, source=said)


def comparison(registers: Sequence[Register], edition: Edition, language: str) -> Table:
    """Return the published totals of each register, one a row: their names are too long for headings.

    Parameters
    ----------
    registers
        As `comparisons.registers` returns them.
    """
    names = [choose(language, "Total", "Total"), heading("entities_that_declare", language)]
    shown = [
        status
        for status in STATUSES
        if any(each.statuses is not None and each.statuses[status] for each in registers)
    ]
    heads = [*names, *(status_label(status, language) for status in shown)]
    keys = ["n", "bodies", *shown]
    cells = [_figures(register, language) for register in registers]
    rows = [
        [name, *(each[key] for key in keys)]
        for name, each in zip(_named(registers, language), cells, strict=True)
    ]
    table = captioned(
        "tab-comparison",
        choose(language, "Totaux consignés de chaque registre", "Recorded totals of each register"),
        [choose(language, "Registre", "Register"), *heads],
        rows,
        edition,
        language,
        note=joined(*_other_counts(registers, language), dash_note(rows, language, _undefined(language))),
    )
    return dataclasses.replace(table, source=_origins(registers, language))


def _figures(register: Register, language: str) -> dict[str, str]:
    cells = {
        "n": _count(register.n_initiatives, language),
        "bodies": _count(register.n_bodies, language),
        **dict.fromkeys(STATUSES, DASH),
    }
    in_use = {term.name for term in register.source.terms("status", register.year)}
    told = register.statuses or {}
    return cells | {
        status: number(count, language) for status, count in told.items() if status in in_use or count
    }


def _count(value: int | None, language: str) -> str:
    return DASH if value is None else number(value, language)


def _other_counts(registers: Sequence[Register], language: str) -> list[str]:
    sentence = choose(
        language,
        "{title} : une autre source compte {count} entités qui déclarent.",
        "{title}: another source counts {count} entities that report.",
    )
    return [
        sentence.format(title=_place(each, language), count=number(count, language))
        for each in registers
        for count in each.n_bodies_elsewhere
    ]


def _undefined(language: str) -> str:
    return choose(
        language,
        "non publié, ou hors du champ du registre.",
        "not published, or out of the register’s scope.",
    )


def _origins(registers: Sequence[Register], language: str) -> str:
    """Return the source line of totals: each of their origins, with the registers that it gives totals of."""
    places: dict[str, list[str]] = {}
    for each in registers:
        for label in dict.fromkeys(as_recorded(origin["label"], language) for origin in each.origins):
            places.setdefault(label, []).append(_place(each, language))
    origins: dict[tuple[str, ...], list[str]] = {}
    for label, of in places.items():
        origins.setdefault(tuple(of), []).append(label)
    totals = choose(
        language,
        "totaux consignés, et non les lignes de ce rapport{colon}",
        "recorded totals, not the rows of this report{colon}",
        colon=colon(language),
    )
    told = (f"{', '.join(labels)} ({', '.join(of)})" for of, labels in origins.items())
    return f"{totals}{'; '.join(told)}."


def _named(registers: Sequence[Register], language: str) -> list[str]:
    """Name each register by its place and its edition: on a phone, each card repeats it."""
    return [f"{_place(each, language)} ({printed(each.year, language)})" for each in registers]


def _place(register: Register, language: str) -> str:
    """Name a register by its place, if it gives one."""
    key = "place" if "place" in register.source.facts else "scope_name"
    return opened(register.source.text(key, language))
