"""Tables: an indicator and a language in, a captioned table of text with its source and note out.

Numbers are written by `language`, names by the source's own labels; a cell never computes. A
percentage whose denominator is too small stands as a dash, and the note says so.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from portrait import notices
from portrait.edition import Edition
from portrait.indicators import unnamed_last
from portrait.initiatives import STATUSES
from portrait.language import SMALLEST_DENOMINATOR, choose, number, percent

TABLE = "application/vnd.portrait.table+json"
"""MIME type by which a notebook gives a table to the publication."""

LONGEST_PRINTED = 500
"""An annex of more rows than this is left to the page and the CSV: no one prints it."""
SPECIMEN_ROWS = 12
"""Rows of the annex that a specimen shows: enough to see the layout."""
DASH = "—"


@dataclass(frozen=True)
class Table:
    """A table of text and all that must go with it.

    Attributes
    ----------
    id
        Anchor by which the text refers to it, as in ``tab-volume``.
    caption, source, note
        What it holds; where it comes from; what to beware of.
    columns, align, rows
        Headings, their alignment (``l`` or ``r``), and the cells; the first of a row names it.
    is_specimen
        Whether it stands on fictional rows.
    is_sortable
        Whether the page lets its reader sort and filter it.
    print_limit, print_notice
        Above this number of rows, the sentence and the address that print puts in their place.
    """

    id: str
    caption: str
    source: str
    note: str
    columns: tuple[str, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_specimen: bool
    is_sortable: bool = False
    print_limit: int | None = None
    print_notice: dict[str, str] | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        content = {
            "id": self.id,
            "caption": self.caption,
            "source": self.source,
            "note": self.note,
            "columns": list(self.columns),
            "align": list(self.align),
            "rows": [list(row) for row in self.rows],
            "row_header": True,
            "specimen": self.is_specimen,
            "sortable": self.is_sortable,
            "print_limit": self.print_limit,
            "print_notice": self.print_notice,
        }
        return {TABLE: content, "text/html": self._html(), "text/plain": self.caption}

    def _html(self) -> str:
        """Return the table as JupyterLab shows it, every text escaped."""
        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows
        )
        return f"<table><caption>{html.escape(self.caption)}</caption><tr>{head}</tr>{body}</table>"


def _table(
    identifier: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    edition: Edition,
    language: str,
    *,
    note: str = "",
    text_columns: int = 1,
    **more: Any,
) -> Table:
    return Table(
        id=identifier,
        caption=notices.caption(caption, edition, language),
        source=notices.source_line(edition, language),
        note=note,
        columns=tuple(columns),
        align=tuple("l" if position < text_columns else "r" for position in range(len(columns))),
        rows=tuple(tuple(row) for row in rows),
        is_specimen=edition.is_specimen,
        **more,
    )


def share_cell(part: float, whole: float, language: str) -> str:
    """Return a share as a cell writes it, or a dash where the denominator is too small for one."""
    return percent(part / whole, language, decimals=1) if whole >= SMALLEST_DENOMINATOR else DASH


def change_cell(value: float, language: str, *, decimals: int = 0) -> str:
    """Return a difference with its sign, taken after rounding; 0 bears none."""
    text = number(value, language, decimals=decimals)
    return f"+{text}" if value > 0 and text.strip("0,.") else text


def _too_small(language: str) -> str:
    return choose(
        language,
        f"{DASH} : dénominateur inférieur à {SMALLEST_DENOMINATOR}, aucun pourcentage.",
        f"{DASH}: denominator below {SMALLEST_DENOMINATOR}, no percentage.",
    )


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def headlines(volume: pd.DataFrame, maturity: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the headline figures by year, each with the caveat that must go with it.

    Parameters
    ----------
    volume, maturity
        As `indicators.volume` and `indicators.maturity` (not grouped) return them, on the same years.
    """
    words = {
        "fr": (
            ("Initiatives déclarées", "Recensement de déclarations, non de tous les usages."),
            ("Organismes déclarants", "Un organisme absent n’a rien déclaré; il peut avoir changé de nom."),
            ("Initiatives par organisme", "Moyenne : une initiative n’a ni taille ni coût connus."),
            ("Part en production", "Sans les statuts non renseignés."),
            (
                "Bornes de cette part",
                "Selon que les statuts non renseignés sont tous en développement ou en production.",
            ),
            ("Statut non renseigné", "Présenté à part; jamais compté ailleurs."),
        ),
        "en": (
            ("Initiatives declared", "A census of declarations, not of all uses."),
            ("Bodies declaring", "A body that is absent declared nothing; it may have changed its name."),
            ("Initiatives per body", "A mean: the size and cost of an initiative are not known."),
            ("Share in production", "Without unknown statuses."),
            ("Bounds of this share", "Whether unknown statuses are all in development or all in production."),
            ("Status not given", "Shown apart; never counted elsewhere."),
        ),
    }[language]
    by_year = [
        (
            number(one["n_initiatives"], language),
            number(one["n_bodies"], language),
            number(one["initiatives_per_body"], language, decimals=1),
            *_production_cells(other, language),
        )
        for one, other in zip(volume.to_dict("records"), maturity.to_dict("records"), strict=True)
    ]
    headings = {"fr": ("Indicateur", "Réserve"), "en": ("Indicator", "Caveat")}[language]
    rows = [
        [name, *(values[position] for values in by_year), caveat]
        for position, (name, caveat) in enumerate(words)
    ]
    table = _table(
        "tab-headlines",
        choose(language, "Les chiffres clés et leurs réserves", "Headline figures and their caveats"),
        [headings[0], *(str(year) for year in volume["year"]), headings[1]],
        rows,
        edition,
        language,
        note=_joined(
            notices.vocabulary_note(edition, language),
            _too_small(language) if any(DASH in row for row in rows) else "",
        ),
    )
    return _with_last_column_left(table)


def _production_cells(counts: Mapping[Hashable, Any], language: str) -> tuple[str, str, str]:
    """Return the share in production, its bounds, and the number of unknown statuses, as cells."""
    production, active = counts["n_production"], counts["n_active"]
    silent = counts["n_unknown"] + counts["n_unclassified"]
    low, high = (share_cell(part, active, language) for part in (production, production + silent))
    bounds = choose(language, f"de {low} à {high}", f"{low} to {high}") if low != DASH else DASH
    share = share_cell(production, production + counts["n_development"], language)
    return share, bounds, number(silent, language)


def _with_last_column_left(table: Table) -> Table:
    return replace(table, align=(*table.align[:-1], "l"))


def scope(edition: Edition, language: str) -> Table:
    """Return what is known of each year's file: its dates, its rows, and what became of them."""
    words = {
        "fr": (
            "Collecte",
            "Précision de la collecte",
            "Première publication",
            "Dernière mise à jour",
            "Lignes lues",
            "Initiatives",
            "Lignes mises à l’écart",
        ),
        "en": (
            "Collection",
            "Collection made precise",
            "First publication",
            "Last update",
            "Rows read",
            "Initiatives",
            "Rows set aside",
        ),
    }[language]
    editions = (*edition.earlier, edition)
    columns = []
    for each in editions:
        dates = each.source.dates(each.year)
        columns.append(
            (
                dates.collected or DASH,
                dates.made_precise or DASH,
                dates.published or DASH,
                dates.modified or DASH,
                number(each.file.n_rows, language),
                number(len(each.initiatives), language),
                number(len(each.quarantine), language),
            )
        )
    rows = [[word, *(column[position] for column in columns)] for position, word in enumerate(words)]
    has_dash = any(DASH in row for row in rows)
    return _table(
        "tab-scope",
        choose(language, "Dates et lignes de chaque édition", "Dates and rows of each edition"),
        [choose(language, "Élément", "Item"), *(str(each.year) for each in editions)],
        rows,
        edition,
        language,
        note=choose(language, f"{DASH} : date non publiée.", f"{DASH}: date not published.")
        if has_dash
        else "",
    )


def volume(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return initiatives, bodies and portfolios by year.

    On reconstructed rows, what depends on the bodies whose counts were not published (the median,
    the bodies with a single initiative) is left out, and the note says why.

    Parameters
    ----------
    table
        As `indicators.volume` returns it.
    """
    entries: list[tuple[dict[str, str], str, Callable[[Any], str]]] = [
        ({"fr": "Initiatives", "en": "Initiatives"}, "n_initiatives", lambda n: number(n, language)),
        ({"fr": "Organismes", "en": "Bodies"}, "n_bodies", lambda n: number(n, language)),
        ({"fr": "Portefeuilles", "en": "Portfolios"}, "n_portfolios_folded", lambda n: number(n, language)),
        (
            {"fr": "Initiatives par organisme (moyenne)", "en": "Initiatives per body (mean)"},
            "initiatives_per_body",
            lambda n: number(n, language, decimals=1),
        ),
    ]
    if not edition.reconstructed:
        entries += [
            (
                {"fr": "Initiatives par organisme (médiane)", "en": "Initiatives per body (median)"},
                "initiatives_per_body_median",
                lambda n: number(n, language, decimals=1),
            ),
            (
                {"fr": "Organismes d’une seule initiative", "en": "Bodies with a single initiative"},
                "single_initiative_share",
                lambda share: percent(share, language, decimals=1),
            ),
        ]
    small = table["n_bodies"] < SMALLEST_DENOMINATOR
    rows = [
        [
            name[language],
            *(
                DASH if column == "single_initiative_share" and too_small else write(value)
                for value, too_small in zip(table[column], small, strict=True)
            ),
        ]
        for name, column, write in entries
    ]
    notes = []
    if edition.split_portfolios:
        notes.append(
            choose(
                language,
                "Un portefeuille et son « (Réseau) » comptent pour un.",
                "A portfolio and its “(Réseau)” count as one.",
            )
        )
    if edition.reconstructed:
        notes.append(
            choose(
                language,
                "La médiane n’est pas connue : le nombre d’initiatives de certains organismes "
                "n’a pas été publié.",
                "The median is not known: the number of initiatives of some bodies was not published.",
            )
        )
    if any(DASH in row for row in rows):
        notes.append(_too_small(language))
    return _table(
        "tab-volume",
        choose(language, "Initiatives, organismes et portefeuilles", "Initiatives, bodies and portfolios"),
        [choose(language, "Indicateur", "Indicator"), *(str(year) for year in table["year"])],
        rows,
        edition,
        language,
        note=" ".join(notes),
    )


def statuses(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each status by year, the unknown on a row of their own.

    Parameters
    ----------
    table
        As `indicators.statuses` returns it.
    """
    years = sorted(table["year"].unique())
    counts = table.pivot(index="status", columns="year", values="n_initiatives")
    totals = counts.sum()
    rows = [
        [
            edition.source.label("status", status, language),
            *(
                cell
                for year in years
                for cell in (
                    number(counts.loc[status, year], language),
                    share_cell(counts.loc[status, year], totals[year], language),
                )
            ),
        ]
        for status in STATUSES
        if counts.loc[status].any()
    ]
    total = choose(language, "Total", "Total")
    rows.append(
        [
            total,
            *(
                cell
                for year in years
                for cell in (number(totals[year], language), _whole(totals[year], language))
            ),
        ]
    )
    share = choose(language, "Part", "Share")
    return _table(
        "tab-status",
        choose(language, "Initiatives déclarées selon le statut", "Initiatives declared, by status"),
        [
            choose(language, "Statut", "Status"),
            *(name for year in years for name in (str(year), f"{share} {year}")),
        ],
        rows,
        edition,
        language,
        note=_joined(
            notices.vocabulary_note(edition, language),
            _too_small(language) if any(DASH in row for row in rows) else "",
        ),
    )


def _whole(total: float, language: str) -> str:
    return share_cell(total, total, language)


def maturity_by(table: pd.DataFrame, group: str, edition: Edition, language: str) -> Table:
    """Return the initiatives of each category or portfolio by status, and the share in production.

    Parameters
    ----------
    table
        One year of `indicators.maturity`, grouped by `group`.
    """
    source = edition.source
    shown = [status for status in STATUSES if table[f"n_{status}"].any()]
    ordered = unnamed_last(table.sort_values(["n_initiatives", group], ascending=[False, True]), group)
    rows = [
        [
            source.label(group, row[group], language),
            *(number(row[f"n_{status}"], language) for status in shown),
            share_cell(row["n_production"], row["n_production"] + row["n_development"], language),
        ]
        for _, row in ordered.iterrows()
    ]
    what = {
        "category": {"fr": "Catégorie", "en": "Category"},
        "portfolio_folded": {"fr": "Portefeuille", "en": "Portfolio"},
    }[group][language]
    return _table(
        f"tab-maturity-{group.replace('_folded', '')}",
        choose(
            language,
            f"Statut des initiatives par {what.lower()}, {edition.year}",
            f"Status of initiatives by {what.lower()}, {edition.year}",
        ),
        [
            what,
            *(source.label("status", status, language) for status in shown),
            choose(language, "Part en production", "Share in production"),
        ],
        rows,
        edition,
        language,
        note=_too_small(language) if any(DASH in row for row in rows) else "",
    )


def categories(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each category, beside the previous year where both have one vocabulary.

    Parameters
    ----------
    table
        As `indicators.change` returns it, or one year of `indicators.categories`.
    """
    return _counted(
        table,
        "category",
        "tab-categories",
        choose(language, "Initiatives déclarées par catégorie", "Initiatives declared by category"),
        edition,
        language,
    )


def portfolios(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the initiatives of each portfolio, its network folded in, beside the previous year.

    Parameters
    ----------
    table
        As `indicators.change` returns it on folded portfolios, or one year of `indicators.portfolios`.
    """
    note = choose(
        language,
        "Chaque portefeuille est compté avec son réseau.",
        "Each portfolio is counted with its network.",
    )
    return _counted(
        table,
        "portfolio",
        "tab-portfolios",
        choose(language, "Initiatives déclarées par portefeuille", "Initiatives declared by portfolio"),
        edition,
        language,
        note=note if edition.split_portfolios else "",
    )


def networks(table: pd.DataFrame, edition: Edition, language: str) -> Table:
    """Return the portfolios that a year splits from their network, label by label as published.

    Parameters
    ----------
    table
        As `indicators.portfolios` returns it, not folded, on all years at hand.
    """
    rows_of = edition.all_initiatives[["portfolio", "portfolio_folded"]].drop_duplicates()
    parents = dict(zip(rows_of["portfolio"], rows_of["portfolio_folded"], strict=True))
    counts = table.pivot(index="portfolio", columns="year", values="n_initiatives")
    labels = sorted(
        (name for name in counts.index if parents[name] in edition.split_portfolios),
        key=lambda name: (parents[name], name),
    )
    years = list(edition.years)
    rows = [
        [
            edition.source.label("portfolio", name, language),
            *(
                DASH if pd.isna(counts.loc[name].get(year)) else number(counts.loc[name, year], language)
                for year in years
            ),
        ]
        for name in labels
    ]
    return _table(
        "tab-networks",
        choose(
            language,
            "Portefeuilles séparés de leur réseau, tels que publiés",
            "Portfolios split from their network, as published",
        ),
        [choose(language, "Libellé publié", "Label as published"), *map(str, years)],
        rows,
        edition,
        language,
        note=choose(
            language,
            f"{DASH} : le fichier de cette année ne porte pas ce libellé.",
            f"{DASH}: the file of that year does not bear this label.",
        ),
    )


def _counted(
    table: pd.DataFrame,
    group: str,
    identifier: str,
    caption: str,
    edition: Edition,
    language: str,
    note: str = "",
) -> Table:
    heading = {
        "category": {"fr": "Catégorie", "en": "Category"},
        "portfolio": {"fr": "Portefeuille", "en": "Portfolio"},
    }[group][language]
    table = unnamed_last(table, group)
    share = choose(language, "Part", "Share")
    total, names = (
        table["n_initiatives"].sum(),
        [edition.source.label(group, name, language) for name in table[group]],
    )
    now = [[number(count, language), share_cell(count, total, language)] for count in table["n_initiatives"]]
    if "n_previous" not in table:
        columns = [heading, str(edition.year), share]
        rows = [[name, *cells] for name, cells in zip(names, now, strict=True)]
    else:
        change = choose(language, "Écart", "Change")
        columns = [heading, str(edition.years[-2]), str(edition.year), change, share]
        rows = [
            [name, number(before, language), cells[0], change_cell(change_of_row, language), cells[1]]
            for name, before, change_of_row, cells in zip(
                names, table["n_previous"], table["change"], now, strict=True
            )
        ]
    notes = [note] if note else []
    if any(row[-1] == DASH for row in rows):
        notes.append(_too_small(language))
    return _table(identifier, caption, columns, rows, edition, language, note=" ".join(notes))


def initiatives(edition: Edition, language: str) -> Table:
    """Return every initiative of the year, for the annex.

    A name that the source leaves blank is said to be so; it is still an initiative.
    """
    source, table = edition.source, edition.initiatives.sort_values(["portfolio", "body", "row"])
    if edition.is_specimen:
        table = table.head(SPECIMEN_ROWS)
    names = (
        table["name_en"].where(table["name_en"] != "", table["name"])
        if language == "en" and "name_en" in table
        else table["name"]
    )
    nameless = choose(language, "(sans nom)", "(no name)")
    fields = [field for field in ("portfolio", "body", "category", "status") if table[field].any()]
    if table["portfolio"].equals(table["body"]):
        fields.remove("portfolio")
    labels = {
        "portfolio": {"fr": "Portefeuille", "en": "Portfolio"},
        "body": {"fr": "Organisme", "en": "Body"},
        "category": {"fr": "Catégorie", "en": "Category"},
        "status": {"fr": "Statut", "en": "Status"},
    }
    columns = [
        choose(language, "Initiative", "Initiative"),
        *(labels[field][language] for field in fields),
    ]
    cells = [[source.label(field, value, language) for value in table[field]] for field in fields]
    return _table(
        "tab-initiatives",
        choose(
            language, f"Initiatives déclarées en {edition.year}", f"Initiatives declared in {edition.year}"
        ),
        columns,
        list(zip((name or nameless for name in names), *cells, strict=True)),
        edition,
        language,
        text_columns=len(columns),
        is_sortable=True,
        print_limit=LONGEST_PRINTED,
        print_notice={
            "text": choose(
                language,
                f"Les {number(len(table), 'fr')} initiatives de cette édition sont dans la page "
                "HTML du rapport, et dans le fichier de données",
                f"The {number(len(table), 'en')} initiatives of this edition are in the HTML page "
                "of the report, and in the data file",
            ),
            "url": "data/initiatives.csv",
        },
    )
