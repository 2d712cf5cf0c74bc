"""Compare the registers of several governments, from the totals in each `published.yml`.

Rows are not used, because a clone may have those of only one register. Registers count different things,
so they are not ranked, and no share or mean is set beside another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portrait.editions.edition import Edition
from portrait.editions.once import once
from portrait.ingest.initiatives import STATUSES
from portrait.ingest.lookup import known_values
from portrait.language.periods import EditionId
from portrait.language.text import normalise
from portrait.registers.project import compared_names
from portrait.registers.schema import load_source, read_published_figures
from portrait.registers.source import UNCLASSIFIED, Source

FEWEST = 2
"""Least number of registers in a comparison."""


@dataclass(frozen=True)
class Register:
    """Published totals of one year of a register.

    Attributes
    ----------
    source, year
        The register, and its latest published year not after that of the report.
    n_initiatives, n_bodies
        Counts, ``None`` if nobody counted them. Only bodies that declare are counted.
    n_bodies_elsewhere
        Other published counts of bodies for the same year.
    statuses
        Initiatives by status, harmonised; ``None`` if they are not published or do not add up to the number
        of initiatives.
    origins
        Origins of the figures, without duplicates: label and address by language.
    """

    source: Source
    year: EditionId
    n_initiatives: int | None
    n_bodies: int | None
    n_bodies_elsewhere: tuple[int, ...]
    statuses: Mapping[str, int] | None
    origins: tuple[Mapping[str, Any], ...]


@once("registers")
def registers(edition: Edition) -> tuple[Register, ...]:
    """Return the registers to compare, the edition's own first, the others by name; read once an edition.

    Empty if nothing is published about the edition's own register, or about any other.
    """
    own = edition.source.id
    project = edition.source.folder.parents[2]
    names = sorted(compared_names(project), key=lambda name: (name != own, name))
    found = [_register(load_source(name, project), edition.year) for name in names]
    known = tuple(register for register in found if register is not None)
    return known if len(known) >= FEWEST and known[0].source.id == own else ()


def _register(source: Source, latest: EditionId) -> Register | None:
    published = read_published_figures(source.folder)
    computed = published.get("computed_here", {})
    years = [year for year in {*published.get("editions", {}), *computed} if year <= latest]
    if not years:
        return None
    year = max(years)
    theirs, ours = published.get("editions", {}).get(year, {}), computed.get(year, {})
    n_initiatives = theirs.get("initiatives", ours.get("initiatives"))
    unit = "portfolios" if "portfolios" in theirs and "bodies" not in theirs else "bodies"
    bodies = _figures(theirs.get(unit, ours.get(unit)))
    used = [name for key in ("initiatives", unit, "by_status") for name in _origins(theirs, ours, key)]
    by_id = {each["id"]: each for each in published.get("origin", [])}
    return Register(
        source=source,
        year=year,
        n_initiatives=n_initiatives,
        n_bodies=bodies[0] if bodies else None,
        n_bodies_elsewhere=tuple(figure for figure in bodies[1:] if figure != bodies[0]),
        statuses=_statuses(theirs, ours, source, year, n_initiatives),
        origins=tuple(by_id[name] for name in dict.fromkeys(used) if name in by_id),
    )


def _figures(figure: Any) -> list[int]:
    """Return the values of a total, published once or once per origin, in file order."""
    if figure is None:
        return []
    return list(figure.values()) if isinstance(figure, Mapping) else [figure]


def _origins(theirs: Mapping[str, Any], ours: Mapping[str, Any], key: str) -> list[str]:
    """Return the origins of a figure: those of the publishers, or of our computation if there are none."""
    if key in theirs:
        origin = theirs.get("origins", {}).get(key, [])
        return list(origin) if isinstance(origin, list) else [origin]
    return [ours["origin"]] if key in ours else []


def _statuses(
    theirs: Mapping[str, Any],
    ours: Mapping[str, Any],
    source: Source,
    year: EditionId,
    n_initiatives: int | None,
) -> Mapping[str, int] | None:
    """Return the published counts by status."""
    if "by_status" in theirs:
        known = known_values(source, "status", year)
        counts = {
            known.get(normalise(label), UNCLASSIFIED): count for label, count in theirs["by_status"].items()
        }
    else:
        counts = ours.get("by_status", {})
    if not counts or sum(counts.values()) != n_initiatives or not set(counts) <= set(STATUSES):
        return None
    return {status: counts.get(status, 0) for status in STATUSES}
