"""What a report is called on its cover: annual, or on the time that its edition adds."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.language.dates import DAYS_OF_TWO_MONTHS, days_between, months, months_between
from portrait.language.locales import choose
from portrait.language.numbers import number
from portrait.language.phrases import Phrases


def kind_of_report(edition: Edition, language: str) -> str:
    """Return what the report is called: annual, or on the time since the previous edition where it is not."""
    if isinstance(edition.year, int):
        return choose(language, "Rapport annuel", "Annual report")
    before = edition.previous.collected if edition.previous else None
    if before is None or edition.collected is None:
        return choose(language, "Rapport", "Report")
    days = days_between(before, edition.collected) or 0
    if 0 < days < DAYS_OF_TWO_MONTHS:
        of_days = Phrases(language).count(days, "jour", "jours")
        n = number(days, language)
        return choose(language, "Rapport sur {of_days}", "{n}-day update", of_days=of_days, n=n)
    interval = months(*months_between(before, edition.collected), language)
    return choose(language, "Rapport sur {interval}", "Report on {interval}", interval=interval)
