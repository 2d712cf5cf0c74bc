"""Findings about changes since the previous year that may come from new labels rather than new facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portrait.checks.findings import (
    NOTHING_TO_MEND,
    Finding,
    commonest,
    first_rows,
    found,
    sentence,
)
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.indicators import (
    categories,
    initiatives_per_body,
    named_counts,
    portfolios,
    statuses,
)
from portrait.indicators.quality import completeness
from portrait.ingest.published import PublishedTable
from portrait.language.locales import LANGUAGES
from portrait.language.numbers import SMALLEST_DENOMINATOR, percent
from portrait.language.text import normalise, tidy
from portrait.registers.source import COMPARED, NAMELESS, UNCLASSIFIED

LARGE_SHARE = 0.25
"""Share (0 to 1) of the bodies of their year from which bodies gone, or new, count as many."""
JUMP = 0.05
"""Growth of a share of missing values (0 to 1) from which it is reported as a jump."""

_MATCH_NAMES = Sentence(
    "Rapprochez les noms (portrait review) et consignez-les dans bodies.csv, avant d’écrire « nouveau ».",
    "Match the names (portrait review) and record them in bodies.csv, before writing “new”.",
)
_NAMES_LACKING = Sentence(
    "Les lignes sont reconstituées et des noms d’organismes y manquent : revoyez ce constat avec le "
    "fichier officiel, et ne consignez rien d’ici là.",
    "The rows are reconstructed and names of bodies are lacking: look at this finding again with the "
    "official file, and record nothing until then.",
)


def check_years(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Compare the year with the previous edition; report nothing where there is none."""
    if edition.previous is not None:
        for field in COMPARED:
            yield from _label_changes(edition, edition.previous, published, field)
            yield from _labels_read_as_one(edition, edition.previous, published, field)
        yield from _category_vocabulary(edition, edition.previous, published)
        yield from _status_vocabulary(edition, edition.previous, published)
        yield from _missing_shares(edition, edition.previous, published)
        if edition.gives_in_both("body"):
            yield from _bodies(edition, edition.previous)
        if edition.gives_in_both("portfolio"):
            yield from _portfolios(edition, edition.previous)


# Labels


def _label_changes(
    edition: Edition, previous: Edition, published: PublishedTable, field: str
) -> Iterator[Finding]:
    """Report each value of a closed list that occurs in one year only: its label may have changed."""
    if not {"category": edition.compares_categories, "status": edition.compares_statuses}[field]:
        return
    table = {"category": categories, "status": statuses}[field](edition.all_initiatives)
    now, before = (named_counts(table, field, each.year) for each in (edition, previous))
    for term in edition.source.terms(field, edition.year):
        counts = before.get(term.name, 0), now.get(term.name, 0)
        if min(counts) == 0 < max(counts):
            yield _suspected_label(edition, previous, published, field, term.name, counts)


def _suspected_label(
    edition: Edition,
    previous: Edition,
    published: PublishedTable,
    field: str,
    value: str,
    counts: tuple[int, int],
) -> Finding:
    without = previous if counts[0] == 0 else edition
    table = without.initiatives
    strangers = Counter(table.loc[table[field] == UNCLASSIFIED, f"{field}_published"].map(tidy))
    return found(
        edition,
        "label-change-suspected",
        sentence(
            "« {value} » : {before} en {previous}, {now} en {year}. Le libellé a-t-il changé? Valeurs "
            "à classer de {without} : {strangers}.",
            "“{value}”: {before} in {previous}, {now} in {year}. Did the label change? Values of {without} "
            "to classify: {strangers}.",
            value=value,
            before=counts[0],
            now=counts[1],
            previous=previous.year,
            year=edition.year,
            without=str(without.year),
            strangers=len(strangers),
        ),
        Sentence(
            "Cherchez l’autre libellé et consignez-le dans labels.csv, avant d’écrire « nouveau ».",
            "Look for the other label and record it in labels.csv, before writing “new”.",
        ),
        column=published.headers[field],
        values=commonest(strangers),
        **first_rows(edition.initiatives.loc[edition.initiatives[field] == value, "row"]),
    )


def _labels_read_as_one(
    edition: Edition, previous: Edition, published: PublishedTable, field: str
) -> Iterator[Finding]:
    """Report values published under one label in each year, where the two labels differ."""
    now, before = _labels_of(edition, field), _labels_of(previous, field)
    for value in sorted(now.keys() & before.keys()):
        if len(now[value]) > 1 or len(before[value]) > 1:
            continue
        (label, count), (label_before, count_before) = *now[value].items(), *before[value].items()
        if normalise(label) == normalise(label_before):
            continue
        yield found(
            edition,
            "labels-read-as-one",
            sentence(
                "Deux libellés sont lus comme une même valeur : le premier est celui de {previous}, le "
                "second, celui de {year}.",
                "Two labels are read as one value: the first is that of {previous}, the second that of "
                "{year}.",
                previous=previous.year,
                year=edition.year,
            ),
            Sentence(
                "Rien à faire, si la preuve donnée dans labels.csv est bonne.",
                "Nothing to do, if the evidence given in labels.csv is good.",
            ),
            column=published.headers[field],
            values=((label_before, count_before), (label, count)),
        )


def _labels_of(edition: Edition, field: str) -> dict[str, Counter[str]]:
    """Return value -> counts of its published labels, with spellings of one label merged."""
    labels: dict[str, dict[str, Counter[str]]] = {}
    table = edition.initiatives
    for value, label in zip(table[field], table[f"{field}_published"].map(tidy), strict=True):
        if value not in NAMELESS:
            labels.setdefault(value, {}).setdefault(normalise(label), Counter())[label] += 1
    return {
        value: Counter({each.most_common(1)[0][0]: each.total() for each in spellings.values()})
        for value, spellings in labels.items()
    }


def _category_vocabulary(edition: Edition, previous: Edition, published: PublishedTable) -> Iterator[Finding]:
    if edition.gives_in_both("category") and not edition.compares_categories:
        yield found(
            edition,
            "category-vocabulary-changed",
            sentence(
                "La liste fermée des catégories n’est pas celle de {year}.",
                "The closed list of categories is not that of {year}.",
                year=previous.year,
            ),
            sentence(
                "Ne comparez pas les catégories de ces deux {fr_units}.",
                "Do not compare the categories of these two {en_units}.",
                **_units(edition),
            ),
            column=published.headers["category"],
        )


def _status_vocabulary(edition: Edition, previous: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report status labels that the other year neither publishes nor maps."""
    now, before = _status_labels(edition), _status_labels(previous)
    known_now, known_before = (
        {normalise(label) for label in labels} | set(each.source.mapped("status", each.year))
        for each, labels in ((edition, now), (previous, before))
    )
    new = {label: count for label, count in now.items() if normalise(label) not in known_before}
    gone = {label: count for label, count in before.items() if normalise(label) not in known_now}
    if (new or gone) and edition.gives_in_both("status"):
        yield found(
            edition,
            "status-vocabulary-changed",
            sentence(
                "Les statuts ne portent plus les mêmes libellés qu’en {year}. Libellés nouveaux : {new}; "
                "disparus : {gone}.",
                "Statuses no longer bear the labels of {year}. New labels: {new}; labels gone: {gone}.",
                year=previous.year,
                new=len(new),
                gone=len(gone),
            ),
            Sentence(
                "Ne prenez pas un changement de mots pour un changement d’état : consignez dans overlaps.csv "
                "les libellés dont les définitions se recoupent.",
                "Do not take a change of words for a change of state: record in overlaps.csv the labels "
                "whose definitions overlap.",
            ),
            column=published.headers["status"],
            values=tuple(
                (f"{sign} {label}", count)
                for sign, labels in (("+", new), ("−", gone))
                for label, count in commonest(labels)
            ),
        )


def _status_labels(edition: Edition) -> Counter[str]:
    labels = Counter(edition.initiatives["status_published"].map(tidy))
    labels.pop("", None)
    return labels


def _missing_shares(edition: Edition, previous: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report each field whose share of missing values grew by `JUMP` or more."""
    table = completeness(edition)
    shares = dict(
        zip(zip(table["year"], table["field"], strict=True), 1 - table["completeness"], strict=True)
    )
    for field in (name for year, name in shares if year == edition.year):
        if (previous.year, field) not in shares:
            continue
        before, now = shares[previous.year, field], shares[edition.year, field]
        if now - before >= JUMP:
            yield found(
                edition,
                "missing-share-jumped",
                sentence(
                    "La part des valeurs manquantes passe de {fr_before} en {previous} à {fr_now} en {year}.",
                    "The share of missing values goes from {en_before} in {previous} to {en_now} in {year}.",
                    fr_before=percent(before, "fr", decimals=1),
                    fr_now=percent(now, "fr", decimals=1),
                    en_before=percent(before, "en", decimals=1),
                    en_now=percent(now, "en", decimals=1),
                    previous=previous.year,
                    year=edition.year,
                ),
                Sentence(
                    "Donnez les parts avec leurs bornes, et demandez au producteur ce qui a changé.",
                    "Give shares with their bounds, and ask the producer what changed.",
                ),
                column=published.headers[str(field)],
            )


# Bodies and portfolios


def _bodies(edition: Edition, previous: Edition) -> Iterator[Finding]:
    """Report bodies kept, new and gone, and warn where many are gone, as names may have changed."""
    table = initiatives_per_body(edition.all_initiatives)
    now, before = (named_counts(table, "body", each.year) for each in (edition, previous))
    new, gone = set(now) - set(before), set(before) - set(now)
    parts = {
        "kept": len(set(now) & set(before)),
        "new": len(new),
        "gone": len(gone),
        "n_now": len(now),
        "n_before": len(before),
        "previous": previous.year,
        "year": edition.year,
        **_units(edition),
    }
    yield found(
        edition,
        "bodies-in-two-years",
        sentence(
            "Organismes de {previous} : {n_before}, de {year} : {n_now}. Présents les deux {fr_units} : "
            "{kept}; en {year} seulement : {new}; en {previous} seulement : {gone}.",
            "Bodies of {previous}: {n_before}, of {year}: {n_now}. In both {en_units}: {kept}; in "
            "{year} only: {new}; in {previous} only: {gone}.",
            **parts,
        ),
        NOTHING_TO_MEND,
    )
    many_gone = bool(before) and len(gone) >= LARGE_SHARE * len(before)
    many_new = bool(now) and len(new) >= LARGE_SHARE * len(now)
    is_made_up = edition.reconstructed or previous.reconstructed
    if many_gone:
        code = "many-bodies-gone-and-new" if many_new else "many-bodies-gone"
        yield found(
            edition,
            code,
            sentence(
                "Beaucoup de noms d’organismes de {previous} ne reviennent pas en {year} ({gone} sur "
                "{n_before})"
                + (
                    ", et beaucoup de ceux de {year} n’y étaient pas ({new} sur {n_now}) : des noms "
                    "ont-ils changé?"
                    if many_new
                    else "."
                ),
                "Many names of bodies of {previous} do not come back in {year} ({gone} of {n_before})"
                + (
                    ", and many of those of {year} were not there ({new} of {n_now}): did names change?"
                    if many_new
                    else "."
                ),
                **parts,
            ),
            _NAMES_LACKING if is_made_up else _MATCH_NAMES,
            # Reconstructed names are made up, so listing them is useless.
            values=() if is_made_up else commonest({name: before[name] for name in gone}),
        )


def _portfolios(edition: Edition, previous: Edition) -> Iterator[Finding]:
    """Report portfolios (networks folded) that are new or gone, and warn where one halves."""
    table = portfolios(edition.all_initiatives, folded=True)
    now, before = (named_counts(table, "portfolio", each.year) for each in (edition, previous))
    new = {name: count for name, count in now.items() if name not in before}
    gone = {name: count for name, count in before.items() if name not in now}
    if new or gone:
        yield found(
            edition,
            "portfolios-in-two-years",
            sentence(
                "Portefeuilles présents les deux {fr_units} : {kept}; en {year} seulement : {new}; en "
                "{previous} seulement : {gone}.",
                "Portfolios in both {en_units}: {kept}; in {year} only: {new}; in {previous} only: {gone}.",
                **_units(edition),
                kept=len(now) - len(new),
                new=len(new),
                gone=len(gone),
                previous=previous.year,
                year=edition.year,
            ),
            Sentence(
                "Voyez si l’un est le nouveau nom d’un autre, ou une de ses parts.",
                "See whether one is the new name of another, or a part of it.",
            ),
            values=tuple(
                (f"{sign} {name}", count)
                for sign, names in (("+", new), ("−", gone))
                for name, count in commonest(names)
            ),
        )
    for name, count in now.items():
        if before.get(name, 0) >= SMALLEST_DENOMINATOR and 2 * count <= before[name]:
            yield _halved(edition, previous, name, before[name], count, new)


def _halved(
    edition: Edition, previous: Edition, name: str, before: int, now: int, new: dict[str, int]
) -> Finding:
    table = edition.initiatives
    parts = {other: count for other, count in new.items() if normalise(other).startswith(normalise(name))}
    return found(
        edition,
        "portfolio-halved",
        sentence(
            "« {name} » passe de {before} initiatives en {previous} à {now} en {year} : ce portefeuille "
            "a-t-il été scindé?",
            "“{name}” goes from {before} initiatives in {previous} to {now} in {year}: was this portfolio "
            "split?",
            name=name,
            before=before,
            now=now,
            previous=previous.year,
            year=edition.year,
        ),
        Sentence(
            "Cherchez l’autre part et consignez-la dans labels.csv (portfolio_folded).",
            "Look for the other part and record it in labels.csv (portfolio_folded).",
        ),
        values=commonest(parts),
        **first_rows(table.loc[table["portfolio_folded"] == name, "row"]),
    )


def _units(edition: Edition) -> dict[str, str]:
    """Return what editions cover, years or parts of years, in each language."""
    return {f"{language}_units": edition.unit(language, plural=True) for language in LANGUAGES}
