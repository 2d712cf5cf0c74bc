"""Write the captions, source lines and notes that figures and tables of an edition must have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from portrait.editions.edition import Edition
from portrait.indicators import NOT_BEFORE, NOT_FOUND
from portrait.ingest.initiatives import DEVELOPMENT, PRODUCTION, RETIRED, STATUSES
from portrait.language.agreement import enumeration
from portrait.language.locales import Wording, as_recorded, choose
from portrait.language.periods import filled, printed, told
from portrait.language.terms import heading, status_label
from portrait.language.text import normalise
from portrait.language.typography import colon, quoted
from portrait.registers.source import Source

BANNER = Wording(  # a phone shows no more than its first sentence
    "Données reconstituées, fichier officiel non lu. Les totaux ont été publiés par des tiers.",
    "Reconstructed data, official file not read. The totals were published by third parties.",
)
_SPECIMEN = Wording("SPÉCIMEN", "SPECIMEN")
_SPECIMEN_SOURCE = Wording(
    "lignes fictives désignées par des lettres; aucune donnée réelle.",
    "fictional rows named by letters; no real data.",
)


_TIERS = {
    "strict": Wording("strict", "strict"),
    "probable": Wording("probable", "probable"),
    "possible": Wording("possible", "possible"),
}


def tier_word(tier: str, language: str) -> str:
    """Return what a tier of links is called."""
    return _TIERS[tier].said(language)


def specimen_word(language: str) -> str:
    """Return the word that marks a specimen in its picture, caption and alternative text."""
    return _SPECIMEN.said(language)


def caption(text: str, edition: Edition, language: str) -> str:
    """Return a caption, with a mark if the edition is a specimen."""
    return f"{_SPECIMEN.said(language)} — {text}" if edition.is_specimen else text


def alternative_text(text: str, caption_text: str, edition: Edition, language: str) -> str:
    """Return an alternative text; for a specimen, a text with its caption and none of its numbers."""
    if not edition.is_specimen:
        return text
    explained = choose(
        language,
        "Exemple de mise en page sur des lignes fictives désignées par des lettres.",
        "Example of layout on fictional rows named by letters.",
    )
    return f"{_SPECIMEN.said(language)}{colon(language)}{caption_text}. {explained}"


def of_source(source: Source, language: str) -> dict[str, Any]:
    """Return what the front matter says of a source: paper, nouns and the acronym of its producer."""
    has_acronym = "producer_short" in source.facts
    return {
        "paper": str(source.facts.get("paper", "letter")),
        "nouns": source.nouns(language),
        "producer_short": source.text("producer_short", language) if has_acronym else "",
    }


def source_line(edition: Edition, language: str) -> str:
    """Return the source line of a figure or table; it states if the rows are reconstructed or fictional."""
    if edition.is_specimen:
        return _SPECIMEN_SOURCE.said(language)
    source = edition.source
    is_of_years = all(isinstance(year, int) for year in edition.years)
    of = "" if is_of_years else choose(language, "de", "")
    years = enumeration([told(of, year, language).strip() for year in edition.years], language)
    held = (
        choose(language, "édition {years}", "{years}", years=years)
        if len(edition.years) == 1
        else choose(language, "éditions {years}", "{years}", years=years)
    )
    line = f"{source.text('producer', language)}, {source.text('title', language)}, {held}"
    if edition.reconstructed:
        return f"{line}; {choose(language, 'lignes reconstituées', 'reconstructed rows')}."
    return f"{line}."


def vocabulary_note(edition: Edition, language: str) -> str:
    """Return the warning that the years publish statuses in different vocabularies, or an empty text."""
    if edition.is_specimen or not edition.gives_in_both("status") or edition.compares_statuses:
        return ""
    units = edition.unit(language, plural=True)
    return choose(
        language,
        "Le vocabulaire des statuts a changé entre les {units} : un écart peut venir des mots, "
        "non de l’état.",
        "The vocabulary of statuses changed between the {units}: a difference may reflect labels "
        "rather than use.",
        units=units,
    )


def own_words(edition: Edition, language: str) -> dict[str, str]:
    """Return what the text calls each status that the register labels otherwise.

    “In production” for “In use”, in small letters; only statuses of any row of the edition, or of an earlier.
    """
    found = {*edition.all_initiatives["status"]}
    ours = {status: status_label(status, language) for status in (PRODUCTION, DEVELOPMENT, RETIRED)}
    return {
        status: said[0].lower() + said[1:]
        for status, said in ours.items()
        if status in found and said != edition.source.label("status", status, language)
    }


def own_words_note(edition: Edition, language: str) -> str:
    """Return which words of the text are which labels of the register; empty where they are the same."""
    said = [
        choose(
            language,
            "le texte dit {ours} pour {theirs}",
            "the text says {ours} for {theirs}",
            ours=quoted(ours, language),
            theirs=quoted(edition.source.label("status", status, language), language),
        )
        for status, ours in own_words(edition, language).items()
    ]
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def border_note(editions: Iterable[Edition], language: str) -> str:
    """Return the warning that a label counted in production is on its border, or an empty text."""
    labels = {each.year: each.source.border_label(each.year) for each in editions if bears_border_label(each)}
    counted = [
        f"{quoted(label.published, language)} ({printed(year, language)})"
        for year, label in labels.items()
        if label is not None
    ]
    return (
        choose(
            language,
            "Compté en production, mais à la frontière de l’essai : {labels}.",
            "Counted in production, but on the border of testing: {labels}.",
            labels=enumeration(counted, language),
        )
        if counted
        else ""
    )


def bears_border_label(edition: Edition) -> bool:
    """Return whether initiatives of an edition bear the label that is on the border of production."""
    recorded = edition.source.border_label(edition.year)
    labels = edition.initiatives["status_published"].unique()
    return recorded is not None and recorded.key in map(normalise, labels)


def passage_names(edition: Edition, language: str) -> dict[str, str]:
    """Return what passages between two years call each status, what is not before and what is not found."""
    not_before = choose(language, "Pas dans le fichier de {then}", "Not in the file of {then}")
    return {status: edition.source.label("status", status, language) for status in STATUSES} | {
        NOT_BEFORE: filled(not_before, language, then=edition.years[-2]),
        NOT_FOUND: heading("not_found_again", language),
    }


def bodies_note(edition: Edition, language: str) -> str:
    """Return the warning that the source's count of bodies is approximate, or an empty text."""
    note = edition.source.facts.get("bodies_note")
    return str(as_recorded(note, language)) if note and not edition.is_specimen else ""


def network_note(edition: Edition, language: str) -> str:
    """Return the note that portfolios are counted with their networks; empty where none has one apart."""
    if not edition.split_portfolios:
        return ""
    return choose(
        language,
        "Chaque portefeuille est compté avec son réseau.",
        "Each portfolio is counted with its network.",
    )


def banner(language: str) -> str:
    """Return the banner of every page of an edition of reconstructed rows."""
    return BANNER.said(language)


def reconstructed_rows(language: str) -> str:
    """Return the name of reconstructed rows in citations and keywords."""
    return choose(
        language,
        "lignes reconstituées à partir de totaux publiés par des tiers",
        "rows reconstructed from totals that third parties published",
    )


def left_out(edition: Edition, language: str) -> str:
    """Return the notice of earlier editions whose rows are not of its kind, official or reconstructed."""
    years = enumeration([printed(year, language) for year in edition.left_out], language)
    kind = (
        choose(language, "officielles", "official")
        if edition.reconstructed
        else choose(language, "reconstituées", "reconstructed")
    )
    return choose(
        language,
        "Laissé de côté : {years}, dont les lignes sont {kind}. Une édition ne mêle jamais les deux.",
        "Left out: {years}, whose rows are {kind}. An edition never mixes the two.",
        years=years,
        kind=kind,
    )


def labels_note(edition: Edition, language: str) -> str:
    """Return whose labels are shown where no official file was read, or an empty text."""
    if not edition.reconstructed:
        return ""
    return choose(
        language,
        "Ces libellés sont ceux des totaux publiés : aucun fichier officiel n’a été lu.",
        "These labels are those of published totals: no official file was read.",
    )


_FROM = {
    "en": Wording("Réponses traduites de l’anglais.", "Answers translated from English."),
    "fr": Wording("Réponses traduites du français.", "Answers translated from French."),
    "nl": Wording("Réponses traduites du néerlandais.", "Answers translated from Dutch."),
}


def translation_note(answers: Iterable[tuple[str, str]], edition: Edition, language: str) -> str:
    """Return the note that says from what language answers, each of a field, are translated, if any is."""
    ours = any(edition.source.short_label(field, each, language) != each for field, each in answers)
    published = str(edition.source.facts.get("language", language))
    return _FROM[published].said(language) if ours and published != language else ""
