"""Findings about names that look the same: they differ only by characters that nobody sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portrait.checks.findings import Finding, commonest, first_rows, found, sentence
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.ingest.published import PublishedTable
from portrait.language.text import revealed, tidy, without_joiners

NAMED = ("name", "body", "portfolio", "category", "status")
"""Fields whose values are names, which a reader compares by sight."""


def check_lookalikes(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report the names of a column that differ only by invisible characters; spaces do not count."""
    for field in NAMED:
        if field not in published.rows:
            continue
        names = published.rows[field]
        distinct = names.unique()
        written = names.map({name: tidy(revealed(name)) for name in distinct})
        seen = names.map({name: without_joiners(tidy(name)) for name in distinct})
        n_spellings = written.groupby(seen).nunique().drop("", errors="ignore")
        several = seen.isin(n_spellings.index[n_spellings > 1])
        if several.any():
            yield found(
                edition,
                "invisible-variants",
                sentence(
                    "Des noms ne diffèrent que par des caractères invisibles. Noms : {n}; graphies : {all}.",
                    "Names differ only by invisible characters. Names: {n}; spellings: {all}.",
                    n=seen[several].nunique(),
                    all=written[several].nunique(),
                ),
                Sentence(
                    "Comparez ces lignes : ces noms sont lus comme un seul.",
                    "Compare these rows: these names are read as one.",
                ),
                column=published.headers[field],
                values=commonest(Counter(written[several])),
                **first_rows(published.rows.loc[several, "row"]),
            )
