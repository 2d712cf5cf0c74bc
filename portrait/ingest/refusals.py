"""Refuse files whose rows show that they cannot be trusted."""

from __future__ import annotations

import re

import pandas as pd

from portrait.errors import RIGHT_YEAR, RefusedInput, Sentence
from portrait.ingest.lookup import known_share, known_values
from portrait.ingest.published import PublishedTable
from portrait.language.periods import EditionId, bounds
from portrait.language.text import normalise, tidy
from portrait.registers.source import CLOSED, FIELDS, YEAR, Source

_SUMMARY = re.compile(r"(grand |sous-)?tota(l|ux)\b|(sources?|notes?|remarques?)\b")
_COUNT = re.compile(r"[\d\s.,]+%?")  # a cell of a row of totals
_FIX_HEADERS = Sentence("Remettez les en-têtes à leur place.", "Put the headers back in their place.")
_FEWEST_NUMBERED = 3  # fewer names that are all numbers may be titles
_OWN_LABELS, _OTHERS_LABELS = 0.1, 0.9
"""Shares of known values of a closed list: at most under its own header, at least under another."""


def refuse_no_initiative(kept: pd.DataFrame, published: PublishedTable) -> None:
    """Refuse a file in which no row is a complete initiative."""
    if kept.empty:
        raise RefusedInput(
            published.place(int(published.rows["row"].iloc[0])),
            Sentence(
                "aucune ligne, à partir de celle-ci, n’est une initiative complète.",
                "no row, from this one on, is a complete initiative.",
            ),
            Sentence("Téléchargez le fichier de nouveau.", "Download the file again."),
        )


def refuse_summary_row(published: PublishedTable, set_aside: pd.Series) -> None:
    """Refuse a file whose last row, but those set aside by rule, is a total or a note.

    It would count as an initiative.
    """
    for part in published.files:
        rows = part.rows[~part.rows["row"].isin(set_aside)]
        if len(rows):
            _refuse_summary(rows.iloc[-1], part, published)


def _refuse_summary(last: pd.Series, part: PublishedTable, published: PublishedTable) -> None:
    filled = [
        name
        for name in FIELDS
        if part.headers.get(name) and (text := tidy(last[name])) and not _COUNT.fullmatch(text)
    ]
    if len(filled) == 1 and _SUMMARY.match(normalise(last[filled[0]])):
        raise RefusedInput(
            published.place(int(last["row"]), filled[0], tidy(last[filled[0]])),
            Sentence(
                "la dernière ligne est un total ou une note, pas une initiative.",
                "the last row is a total or a note, not an initiative.",
            ),
            Sentence(
                "Retirez cette ligne, ou mettez-la à l’écart par une règle « set_aside » de source.yml.",
                "Remove that row, or set it aside by a rule “set_aside” of source.yml.",
            ),
        )


def refuse_other_year(kept: pd.DataFrame, source: Source, year: EditionId, published: PublishedTable) -> None:
    """Refuse a file with another year in its year column or in its names."""
    found_years, own = {}, str(bounds(year)[0].year)
    if YEAR in kept:
        found_years[YEAR] = kept[YEAR].str.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)")
    if pattern := source.pattern("year_in_name"):
        found_years["name"] = kept["name"].map(tidy).map(pattern.find_all)
    for field_name, years in found_years.items():
        other = years[years.map(lambda found: bool(found) and own not in found)]
        if len(other):
            first = kept.loc[other.index[0]]
            raise RefusedInput(
                published.place(int(first["row"]), field_name, tidy(first[field_name])),
                Sentence(
                    f"la ligne est de l’année {other.iloc[0][0]}, mais le fichier est rangé sous {year}.",
                    f"the row is of {other.iloc[0][0]}, but the file is filed under {year}.",
                ),
                RIGHT_YEAR,
            )


def refuse_shifted_columns(
    kept: pd.DataFrame, source: Source, year: EditionId, published: PublishedTable
) -> None:
    """Refuse columns under the wrong header: names that are all numbers, or the values of a closed list."""
    names = kept["name"]
    if len(names) >= _FEWEST_NUMBERED and all(re.fullmatch(r"\d+", tidy(name)) for name in names):
        raise RefusedInput(
            published.place(int(kept["row"].iloc[0]), "name", tidy(names.iloc[0])),
            Sentence(
                "toutes les valeurs de cette colonne sont des numéros, non des noms.",
                "all values of this column are numbers, not names.",
            ),
            _FIX_HEADERS,
        )
    for field_name in CLOSED:
        known = known_values(source, field_name, year)
        if field_name not in kept or known_share(kept[field_name], known) > _OWN_LABELS:
            continue
        for other in FIELDS:
            if other in kept and known_share(kept[other], known) >= _OTHERS_LABELS:
                raise RefusedInput(
                    published.place(int(kept["row"].iloc[0]), other, tidy(kept[other].iloc[0])),
                    Sentence(
                        f"cette colonne contient les valeurs de « {published.headers[field_name]} ».",
                        f"this column holds the values of “{published.headers[field_name]}”.",
                    ),
                    _FIX_HEADERS,
                )
