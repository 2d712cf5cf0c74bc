"""Front matter of a report, made from its edition: cover, notices, colophon and citation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import portrait
from portrait.editions.edition import Edition
from portrait.facts.kind import kind_of_report
from portrait.facts.linked_data import OUR_LICENCE_NAME, address_of, linked_data
from portrait.facts.notices import BANNER, left_out, of_source, reconstructed_rows
from portrait.facts.papermill import refuse_papermill_without_engine
from portrait.indicators.reconciliation import reproduces_totals
from portrait.language.agreement import elided
from portrait.language.dates import date
from portrait.language.locales import Wording, as_recorded, choose, tag_of
from portrait.language.numbers import number
from portrait.language.periods import filled, told
from portrait.language.terms import heading
from portrait.language.typography import colon
from portrait.registers.source import Source
from portrait.storage.media_types import DOCUMENT

AUTHORS = Wording("Projet Portrait", "Portrait project")
_LONG = Wording("l’intelligence artificielle", "artificial intelligence")
_SHORT = Wording("l’IA", "AI")
_KEYWORD = Wording("intelligence artificielle", "artificial intelligence")
_RECORDS = Wording("initiatives d’intelligence artificielle", "artificial intelligence initiatives")
_INDEPENDENCE = Wording(
    "Publication indépendante : {the_producer} n’a ni approuvé ni examiné cette analyse.",
    "Independent publication: {the_producer} neither approved nor reviewed this analysis.",
)
"""Templates are Markdown; what replaces a name in braces is data, and is shown as it is (`_prose`)."""
_ATTRIBUTION = Wording(
    "Données : {producer}, [{title}]({url}), conditions d’utilisation : "
    "[{licence}]({licence_url}), {accessed} {consulted}. Les noms et les libellés ont été harmonisés par "
    "simple correspondance avec les fiches de référence du projet.",
    "Data: {producer}, [{title}]({url}), terms of use: [{licence}]({licence_url}), "
    "{accessed} {consulted}. Names and labels were harmonized by simple lookup in the project’s "
    "reference files.",
)
_ACCESSED = Wording("consultées le", "accessed on")
_CATALOGUE_ACCESSED = Wording("fiche du catalogue consultée le", "catalogue page accessed on")
"""What was read on that day where rows are reconstructed: not the data."""
_REFERENCE_VERSION = Wording(
    "La version française fait foi{glosses}.",
    "The French version prevails{glosses}.",
)
_GLOSSES = Wording(
    "; les noms traduits en français sont des gloses non officielles",
    "; glosses of official names are unofficial",
)
_CITATION = Wording(
    "Ce rapport : {report}\\\nLes données : {data}",
    "This report: {report}\\\nThe data: {data}",
)
_LICENCES = Wording("données : {theirs}; rapport : {ours}", "data: {theirs}; report: {ours}")
LONGEST_SHORT_TITLE = 65
"""Most characters of a running head that names what is reported, and not only where."""
_PLACE = re.compile(r"\{(\w+)\}")
_RECONSTRUCTION = Wording(
    "Le fichier officiel est public, mais n’a pas pu être téléchargé là où ce rapport est produit. Les "
    "lignes de ce rapport ont été reconstituées : {totals}",
    "The official file is public, but could not be downloaded where this report is made. The rows of this "
    "report were reconstructed: {totals}",
)
_TOTALS_REPRODUCED = Wording(
    "elles reproduisent exactement les totaux consignés par le projet, que [le tableau de bord d’un "
    "tiers]({totals_url}) a calculés à partir des fichiers officiels, et rien d’autre.",
    "they reproduce exactly the totals that the project recorded, which [a third party’s "
    "dashboard]({totals_url}) computed from the official files, and nothing else.",
)
_TOTALS_NOT_REPRODUCED = Wording(
    "elles ne reproduisent pas tous les totaux publiés.",
    "they do not reproduce all the published totals.",
)


@dataclass(frozen=True)
class Document:
    """The front matter of a report; a notebook outputs it once."""

    content: Mapping[str, Any]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        lines = [f"{label}: {value}" for label, value in self.content["cover"]]
        return {DOCUMENT: dict(self.content), "text/plain": "\n".join([self.content["title"], *lines])}


def cover(edition: Edition, language: str, report: str = "annual", *, portfolio: str = "") -> Document:
    """Return the front matter of a report: cover, notices, colophon, citation.

    Parameters
    ----------
    report
        ``"annual"``, ``"quality"`` or ``"portfolio"``.
    portfolio
        Harmonised name of the portfolio of a profile; `edition` is then still the whole edition.
    """
    refuse_papermill_without_engine()
    scope = edition.source.text("scope_name", language)
    subject = (
        edition.source.short_label("portfolio", portfolio, language)
        if portfolio
        else f"{_subject(edition, language, _SHORT)} {choose(language, 'dans', 'in')} {scope}"
    )
    named = f"{_named(edition, language)}{colon(language)}"
    title = report_title(edition, language, portfolio=portfolio)
    return _addressed(
        {
            "language": tag_of(language),
            "quoted_language": _quoted_language(edition, language),
            "title": title,
            "subtitle": {
                "annual": kind_of_report(edition, language),
                "quality": choose(
                    language, "Qualité des données, pour l’équipe", "Data quality, for the team"
                ),
                "portfolio": edition.source.choose(
                    language, "Profil d’un portefeuille", "Profile of a portfolio"
                ),
            }[report],
            "short_title": named + (subject if len(named + subject) <= LONGEST_SHORT_TITLE else scope),
            "description": _description(edition, language),
            "keywords": _keywords(edition, language),
            "authors": [AUTHORS.said(language)],
            "date": document_date(edition),
            "brief": report == "portfolio",
            **of_source(edition.source, language),
            "updated": _updated(edition, language),
            "cover": _cover_lines(edition, language, is_brief=bool(portfolio)),
            "notices": _notices(edition, language),
            "banner": BANNER.said(language) if edition.reconstructed else None,
            "banner_notice": _RECONSTRUCTED if edition.reconstructed else None,
            "colophon": _colophon(edition, language),
            "citation": _citation(edition, title, language),
        },
        edition,
        language,
    )


def _updated(edition: Edition, language: str) -> str:
    """Return when the data were updated or, if that is not published, on what day they were read."""
    if edition.source.dates(edition.year).modified:
        return colon(language).join(_cover_lines(edition, language, is_brief=True)[1])
    return f"{choose(language, 'Données lues le', 'Data read on')} {date(document_date(edition), language)}"


def _addressed(content: Mapping[str, Any], edition: Edition, language: str) -> Document:
    """Return front matter with its address, and what it says to machines."""
    linked = linked_data(edition, language, content)
    return Document({**content, "address": address_of(edition), "linked_data": linked})


def _quoted_language(edition: Edition, language: str) -> str:
    """Return the language of what the report quotes, where it is one and another than that of the report."""
    published = str(edition.source.facts.get("language", ""))
    return "" if published == language else published


def report_title(edition: Edition, language: str, *, portfolio: str = "") -> str:
    """Return the title of the report, or of the profile of a portfolio, with its year."""
    if portfolio:
        return f"{_named(edition, language)}. {edition.source.label('portfolio', portfolio, language)}"
    scope = edition.source.text("scope_name", language)
    subject = _subject(edition, language, _LONG)
    adoption = choose(
        language,
        "{the_adoption} dans {scope}",
        "The adoption of {subject} in {scope}",
        the_adoption=elided("L’adoption de", subject),
        subject=subject,
        scope=scope,
    )
    return f"{_named(edition, language)}. {adoption}"


def _subject(edition: Edition, language: str, ours: Wording) -> str:
    """Return what the report is about: our words, or the plural noun of a register not only of AI."""
    theirs = edition.source.facts.get("subject")
    return edition.source.text("subject", language) if theirs else ours.said(language)


def _named(edition: Edition, language: str) -> str:
    """Return the name of the publication and its edition: “Portrait 2025”, « Portrait d’août 2026 »."""
    if isinstance(edition.year, int):
        return f"Portrait {edition.year}"
    return f"Portrait {told(choose(language, 'de', 'of'), edition.year, language)}"


def _description(edition: Edition, language: str) -> str:
    producer = edition.source.text("producer_in_a_sentence", language)
    records = _subject(edition, language, _RECORDS)
    text = choose(
        language,
        "{declarations}, édition {of_edition}, d’après {producer}.",
        "Declarations of {records}, {edition} edition, from {producer}.",
        declarations=elided("Déclarations de", records),
        of_edition=told("de", edition.year, language),
        records=records,
        edition=edition.called(language),
        producer=producer,
    )
    return f"{text} {BANNER.said(language)}" if edition.reconstructed else text


def _keywords(edition: Edition, language: str) -> list[str]:
    words = [
        _subject(edition, language, _KEYWORD),
        choose(language, "administration publique", "public administration"),
        choose(language, "données ouvertes", "open data"),
    ]
    return [*words, reconstructed_rows(language)] if edition.reconstructed else words


def document_date(edition: Edition) -> str:
    """Return the day on which the file was updated, or, if it is not published, was consulted."""
    if _has_day_of_update(edition):
        return edition.source.dates(edition.year).modified
    return str(edition.source.facts["catalogue"]["consulted"])


def _has_day_of_update(edition: Edition) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", edition.source.dates(edition.year).modified))


def dated(moment: str, language: str) -> str:
    """Return a date in words, or a text that says that it was not published."""
    if moment:
        return date(moment, language)
    return choose(language, "date non publiée", "date not published")


def _cover_lines(edition: Edition, language: str, *, is_brief: bool) -> list[list[str]]:
    """Return the lines of the cover; a brief one leaves out what its title, notices and colophon say."""
    source, dates = edition.source, edition.source.dates(edition.year)
    theirs = licence_of(source, language)
    labels = (
        heading("edition", language),
        choose(language, "Source", "Source"),
        choose(language, "Date de la collecte", "Date of collection"),
        choose(language, "Mise à jour des données", "Data last updated"),
        choose(language, "Licences", "Licences"),
    )
    values = (
        edition.called(language),
        f"{source.text('producer', language)}, {source.text('title', language)}",
        dated(dates.collected, language),
        dated(dates.modified, language),
        _LICENCES.said(language, theirs=theirs, ours=OUR_LICENCE_NAME),
    )
    lines = [list(pair) for pair in zip(labels, values, strict=True)]
    return lines[2:4] if is_brief else lines


def _prose(template: str, data: Mapping[str, str]) -> dict[str, Any]:
    """Return Markdown in which data have places, and the data of each place, in order.

    It is the form of a prose cell, whose values are never read as Markdown.
    """
    return {
        "markdown": _PLACE.sub(r"{eval}`\1`", template),
        "values": [data[place[1]] for place in _PLACE.finditer(template)],
    }


_RECONSTRUCTED = 1
"""Place among the notices of the one that the banner of reconstructed rows sums up."""


def _notices(edition: Edition, language: str) -> list[dict[str, Any]]:
    source = edition.source
    known = {
        "producer": source.text("producer", language),
        "the_producer": source.text("producer_in_a_sentence", language),
        "title": source.text("title", language),
        "url": source.facts["catalogue"]["url"],
        "licence": licence_of(source, language),
        "licence_url": source.facts["licence_url"],
        "consulted": date(str(source.facts["catalogue"]["consulted"]), language),
        "totals_url": _totals_url(edition),
    }
    glosses = _GLOSSES.said(language) if source.has_glosses(language) else ""
    reference = _REFERENCE_VERSION.said(language).replace("{glosses}", glosses)
    accessed = (_CATALOGUE_ACCESSED if edition.reconstructed else _ACCESSED).said(language)
    attribution = _ATTRIBUTION.said(language).replace("{accessed}", accessed)
    templates = [_INDEPENDENCE.said(language), attribution, reference]
    if edition.reconstructed:
        reproduced = _TOTALS_REPRODUCED if known["totals_url"] else _TOTALS_NOT_REPRODUCED
        templates.insert(
            _RECONSTRUCTED, _RECONSTRUCTION.said(language).replace("{totals}", reproduced.said(language))
        )
    if edition.left_out:
        templates.append(left_out(edition, language))
    return [_prose(template, known) for template in templates]


def licence_of(source: Source, language: str) -> str:
    """Return the name of the licence, in the language of the report if it is recorded by language."""
    licence = source.facts["licence"]
    return str(as_recorded(licence, language) if isinstance(licence, Mapping) else licence)


def _totals_url(edition: Edition) -> str:
    """Return the address of the published totals that reconstructed rows reproduce, or an empty text.

    It is that of the totals by portfolio, or else of the first that have one.
    """
    if not edition.reconstructed or not reproduces_totals(edition):
        return ""
    named = edition.published["editions"][edition.year]["origins"]
    by_figure = [named.get("by_portfolio", []), *named.values()]
    names = [name for each in by_figure for name in (each if isinstance(each, list) else [each])]
    addresses = {each["id"]: each["url"] for each in edition.published["origin"] if "url" in each}
    known = (addresses[name] for name in names if name in addresses)
    return next(known, str(edition.source.facts["catalogue"]["url"]))


def _colophon(edition: Edition, language: str) -> list[list[str]]:
    labels = (
        choose(language, "Lignes reconstituées de {year}", "Reconstructed rows of {year}")
        if edition.reconstructed
        else choose(language, "Fichier de {year}", "File of {year}"),
        choose(language, "Somme de contrôle SHA-256 ({year})", "SHA-256 checksum ({year})"),
    )
    entries = []
    for each in (*edition.earlier, edition):
        for file in each.file.files:
            n = number(file.n_rows, language)
            read = choose(language, "{name} (lignes : {n})", "{name} (rows: {n})", name=file.name, n=n)
            facts = (read if file.name else "", file.sha256)
            entries += [
                [filled(label, language, year=each.year), fact]
                for label, fact in zip(labels, facts, strict=True)
                if fact
            ]
    if edition.part is not None:
        held = choose(
            language,
            "Somme de contrôle SHA-256 des lignes employées",
            "SHA-256 checksum of the rows used",
        )
        entries.append([held, edition.part.sha256])
    return [*entries, [choose(language, "Programme", "Program"), f"Portrait {portrait.__version__}"]]


def _citation(edition: Edition, title: str, language: str) -> dict[str, Any]:
    """Return the citations of the report and of its data, with a link to the data."""
    url, data = edition.source.facts["catalogue"]["url"], citation_of_data(edition, language)
    author, _, version = citation_of_report(edition, title, language).partition(title)
    space = " " if version.startswith(" ") else ""
    template = _CITATION.said(language).replace("{report}", f"{{author}} *{{title}}*{space}{{version}}")
    before, found, after = data.partition(f" {url}")
    if found:
        template = template.replace("{data}", "{before} [{url}]({url}){after}")
    known = {"author": author.rstrip(), "title": title, "version": version.lstrip()}
    return _prose(template, {**known, "data": data, "before": before, "url": url, "after": after})


def citation_of_report(edition: Edition, title: str, language: str) -> str:
    """Return the citation of the report, with the day on which its data were updated or consulted.

    Parameters
    ----------
    title
        As `report_title` returns it.
    """
    rows = f" [{reconstructed_rows(language)}]" if edition.reconstructed else ""
    dated_rows = (
        choose(language, "données du", "data of")
        if _has_day_of_update(edition)
        else choose(language, "données consultées le", "data consulted on")
    )
    version = choose(language, "version", "version")
    return (
        f"{AUTHORS.said(language).upper()}. {title}{rows}, {version} {portrait.__version__}, {dated_rows} "
        f"{date(document_date(edition), language)}."
    )


def citation_of_data(edition: Edition, language: str) -> str:
    """Return the citation of the data, in the form that their catalogue recommends.

    A form recommended in a single language is kept in it, whatever the language of the report.
    """
    facts, dates = edition.source.facts, edition.source.dates(edition.year)
    form = facts["citation"]
    if isinstance(form, Mapping):
        form = as_recorded(form, language)
    else:
        language = str(facts["citation_language"])
    return str(form).format(
        modified=dated(dates.modified, language),
        consulted=date(str(facts["catalogue"]["consulted"]), language),
        url=facts["catalogue"]["url"],
    )
