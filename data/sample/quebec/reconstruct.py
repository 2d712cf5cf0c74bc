"""Rebuild rows for the two editions of Québec from the totals published about them.

The official rows cannot be carried here, the totals can. This script draws rows that reproduce every
total of ``data/reference/quebec/published.yml`` exactly and together, and writes them in the shape the
official files are expected to have. Every row says that it is reconstructed. Whatever crosses two
totals (which category stands in which portfolio, say) is chance: another seed gives other rows.

    python data/sample/quebec/reconstruct.py [--seed N] [--output DIR]

It stands beside the data it makes and imports nothing of the package, so that the one can check the other.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

Item = TypeVar("Item")
Edition = Mapping[str, Any]

EARLIER, LATER = 2024, 2025
DEFAULT_SEED = 20240615
NETWORK = " (Réseau)"

HEADER = (
    "Nom de l'actif informatique, du projet ou de l'initiative",
    "Catégorie",
    "Organisme public",
    "Portefeuille ministériel",
    "Bénéfices",
    "Statut",
)
BENEFITS = "Bénéfices non publiés (ligne reconstituée)"
BENEFITS_ON_TWO_LINES = "Bénéfices non publiés\n(ligne reconstituée)"
TWO_LINES_EVERY = 9

# Two spreadsheets, two ways of saving: readers have to cope with both.
ENCODING = {EARLIER: "cp1252", LATER: "utf-8-sig"}
DELIMITER = {EARLIER: ";", LATER: ","}


@dataclass(frozen=True)
class Body:
    """A public body in one edition, with its portfolio as labelled there and its number of initiatives."""

    name: str
    portfolio: str
    n_initiatives: int


# --- what was published ---------------------------------------------------------------------------


def find_project(start: Path) -> Path:
    """Return the nearest folder above `start` that holds ``data/reference``."""
    for folder in start.resolve().parents:
        if (folder / "data" / "reference").is_dir():
            return folder
    raise SystemExit(f"No folder above {start} holds data/reference: run the script from inside the project.")


def read_editions(project: Path) -> dict[int, Edition]:
    """Return the published totals of both editions, once they are known to agree among themselves."""
    path = project / "data" / "reference" / "quebec" / "published.yml"
    editions: dict[int, Edition] = yaml.safe_load(path.read_text(encoding="utf-8"))["editions"]
    for year in (EARLIER, LATER):
        require_agreement(year, editions[year])
    return editions


def require_agreement(year: int, edition: Edition) -> None:
    """Stop where the totals of an edition contradict each other: no rows can then reproduce them all."""
    known, rest = edition["by_body_known"], edition["bodies_not_known"]
    n_initiatives = {
        "by_status": sum(edition["by_status"].values()),
        "by_category_as_harmonised": sum(edition["by_category_as_harmonised"].values()),
        "by_portfolio": sum(edition["by_portfolio"].values()),
        "by_body_known with bodies_not_known": rest["n_initiatives"]
        + sum(body["initiatives"] for body in known.values()),
    }
    for total, n in n_initiatives.items():
        if n != edition["initiatives"]:
            raise SystemExit(
                f"published.yml, {year}: {total} adds up to {n}, initiatives says {edition['initiatives']}."
            )
    n_bodies = len(known) + rest["n_bodies"]
    n_counted = edition["bodies"]["aggregates"]
    if n_bodies != n_counted:
        raise SystemExit(f"published.yml, {year}: {n_bodies} bodies known or not, bodies says {n_counted}.")


def known_bodies(edition: Edition) -> list[Body]:
    """Return the bodies published by name, names untouched (some end in a space)."""
    return [
        Body(name, facts["portfolio"], facts["initiatives"])
        for name, facts in edition["by_body_known"].items()
    ]


def left_by_portfolio(edition: Edition) -> Counter[str]:
    """Return, for each portfolio that has some, the initiatives its known bodies do not account for."""
    left = Counter(edition["by_portfolio"])
    for body in known_bodies(edition):
        left[body.portfolio] -= body.n_initiatives
    if min(left.values()) < 0:
        raise SystemExit("published.yml: a portfolio holds fewer initiatives than its known bodies.")
    return +left


def folded(portfolio: str) -> str:
    """Return the portfolio a "(Réseau)" half belongs to: 2024 knew only the whole."""
    return portfolio.removesuffix(NETWORK)


# --- chance ---------------------------------------------------------------------------------------


def drawn(items: Sequence[Item], rng: random.Random) -> Item:
    """Return one of `items`. Only ``random()`` is promised to stay the same in every Python version."""
    return items[int(rng.random() * len(items))]


def shuffled(items: Sequence[Item], rng: random.Random) -> list[Item]:
    """Return `items` in another order, the same for a seed in every Python version."""
    return sorted(items, key=lambda _: rng.random())


def repeated(counts: Mapping[str, int]) -> list[str]:
    """Return each key as many times as it counts."""
    return [key for key, n in counts.items() for _ in range(n)]


def allot(
    n: int, least: Mapping[str, int], room: Callable[[str, Counter[str]], int], rng: random.Random
) -> Counter[str]:
    """Share `n` units among places, each having at least `least` of them.

    The units left once the least is served go one by one to a place drawn in proportion to the room
    it still has, `room(place, shares)`. Stops where no place has room for the next.
    """
    shares = Counter(least)
    if shares.total() > n:
        raise SystemExit(f"{shares.total()} places want at least one of {n}: the totals cannot be met.")
    while shares.total() < n:
        open_places = repeated({place: room(place, shares) for place in least})
        if not open_places:
            raise SystemExit(f"Only {shares.total()} of {n} find room: the totals cannot be met.")
        shares[drawn(open_places, rng)] += 1
    return shares


# --- bodies that were not published ---------------------------------------------------------------


def place_lasting_bodies(editions: Mapping[int, Edition], rng: random.Random) -> list[str]:
    """Return the portfolio in 2025 of each of its unpublished bodies, all of which stand in 2024 too.

    A portfolio takes as many bodies as it has initiatives left, counted in both years, since a body
    has at least one initiative in each and stays in the same portfolio once "(Réseau)" is folded.
    """
    left, left_earlier = left_by_portfolio(editions[LATER]), left_by_portfolio(editions[EARLIER])

    def room(portfolio: str, shares: Counter[str]) -> int:
        n_in_parent = sum(n for other, n in shares.items() if folded(other) == folded(portfolio))
        return min(left[portfolio] - shares[portfolio], left_earlier[folded(portfolio)] - n_in_parent)

    n_bodies = editions[LATER]["bodies_not_known"]["n_bodies"]
    return shuffled(repeated(allot(n_bodies, dict.fromkeys(left, 1), room, rng)), rng)


def place_gone_bodies(
    editions: Mapping[int, Edition], lasting: Sequence[str], rng: random.Random
) -> list[str]:
    """Return the portfolio in 2024 of each unpublished body that stands in that edition only."""
    left = left_by_portfolio(editions[EARLIER])
    n_lasting = Counter(folded(portfolio) for portfolio in lasting)
    least = {portfolio: max(1, n_lasting[portfolio]) for portfolio in left}

    def room(portfolio: str, shares: Counter[str]) -> int:
        return left[portfolio] - shares[portfolio]

    shares = allot(editions[EARLIER]["bodies_not_known"]["n_bodies"], least, room, rng)
    return shuffled(repeated(shares - n_lasting), rng)


def unpublished_bodies(edition: Edition, portfolios: Sequence[str], rng: random.Random) -> list[Body]:
    """Return the unpublished bodies of an edition, numbered in the order of their `portfolios`.

    The initiatives left in a portfolio are shared among its unpublished bodies, at least one each.
    """
    names = {f"Organisme non publié {n:02d}": portfolio for n, portfolio in enumerate(portfolios, start=1)}
    n_initiatives: Counter[str] = Counter()
    for portfolio, n in left_by_portfolio(edition).items():
        members = [name for name in names if names[name] == portfolio]
        n_initiatives += allot(n, dict.fromkeys(members, 1), lambda name, shares: 1, rng)
    return [Body(name, portfolio, n_initiatives[name]) for name, portfolio in names.items()]


# --- rows -----------------------------------------------------------------------------------------


def category_labels(edition: Edition) -> Counter[str]:
    """Return the initiatives of each category, labelled as the file of that edition labels it."""
    as_in_file = edition.get("category_label_in_the_file", {})
    return Counter(
        {as_in_file.get(label, label): n for label, n in edition["by_category_as_harmonised"].items()}
    )


def make_rows(
    year: int, edition: Edition, bodies: Sequence[Body], rng: random.Random
) -> list[tuple[str, ...]]:
    """Return one row per initiative, in the order of `HEADER`; body, category and status meet by chance."""
    owners = shuffled([body for body in bodies for _ in range(body.n_initiatives)], rng)
    categories = shuffled(repeated(category_labels(edition)), rng)
    statuses = shuffled(repeated(edition["by_status"]), rng)
    return [
        (
            f"Initiative reconstituée {year}-{number:03d}",
            category,
            owner.name,
            owner.portfolio,
            BENEFITS if number % TWO_LINES_EVERY else BENEFITS_ON_TWO_LINES,
            status,
        )
        for number, (owner, category, status) in enumerate(
            zip(owners, categories, statuses, strict=True), start=1
        )
    ]


def reconstruct(editions: Mapping[int, Edition], seed: int) -> dict[int, list[tuple[str, ...]]]:
    """Return the rows of each year, the same for the same totals and seed."""
    rng = random.Random(seed)  # noqa: S311 - chance has to repeat itself here, not to keep a secret
    lasting = place_lasting_bodies(editions, rng)
    gone = place_gone_bodies(editions, lasting, rng)
    portfolios = {EARLIER: [*map(folded, lasting), *gone], LATER: lasting}
    rows = {}
    for year in (EARLIER, LATER):
        edition = editions[year]
        bodies = known_bodies(edition) + unpublished_bodies(edition, portfolios[year], rng)
        rows[year] = make_rows(year, edition, bodies, rng)
    return rows


def write_rows(path: Path, year: int, rows: Sequence[tuple[str, ...]]) -> None:
    """Write the rows of a year as its spreadsheet would save them."""
    with path.open("w", encoding=ENCODING[year], newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER[year], lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


def main() -> None:
    """Read the command line, reconstruct, write one file a year."""
    parser = argparse.ArgumentParser(description="Rebuild rows from the totals published about the Portrait.")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="another number gives other rows")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, help="folder of the files")
    arguments = parser.parse_args()
    editions = read_editions(find_project(Path(__file__)))
    arguments.output.mkdir(parents=True, exist_ok=True)
    for year, rows in reconstruct(editions, arguments.seed).items():
        write_rows(arguments.output / f"{year}.csv", year, rows)


if __name__ == "__main__":
    main()
