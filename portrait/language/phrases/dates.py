"""Phrases of dates and intervals."""

from __future__ import annotations

from portrait.language import dates, numbers
from portrait.language.agreement import noun_after
from portrait.language.dates import DAYS_OF_TWO_MONTHS, Moment
from portrait.language.phrases.numbers import NumberPhrases
from portrait.language.phrases.phrase import Part, Phrase, of_fact
from portrait.language.phrases.sayable import Sayable


class DatePhrases(NumberPhrases):
    """Phrases of dates and intervals."""

    def date(self, moment: Moment) -> Phrase:
        """Write a date to the day, or to the month where the day is unknown.

        >>> p = Phrases("fr")
        >>> p.date("2025-06-01"), p.date("2025-06"), Phrases("en").date("2024-06-15")
        (1er juin 2025, juin 2025, June 15, 2024)
        """
        value = moment if isinstance(moment, str) else dates.parsed_date(moment)[0]
        return Phrase(dates.date(moment, self.language), value)

    def interval(self, fact: Sayable) -> Phrase:
        """Write the time between two dates in months, as a range where one has bounds: « 8 à 12 mois ».

        Below two months, it is in days where both are known to the day: “30 days”, not “1 month”.
        """
        fact.refuse_absent()
        if (days := fact.numbers.get("days", DAYS_OF_TWO_MONTHS)) < DAYS_OF_TWO_MONTHS:
            written = numbers.number(days, self.language)
            noun = noun_after(days, self.language, *self._choose("jour jours", "day days").split())
            return of_fact(fact, f"{written} {noun}", Part(written, "days", "count", days))
        ends = [(name, fact.numbers[name]) for name in ("shortest", "value")]
        text = dates.months(ends[0][1], ends[1][1], self.language)
        parts = [Part(numbers.number(float(n), self.language), name, "count", n) for name, n in ends]
        return of_fact(fact, text, *(parts if parts[0].printed != parts[1].printed else parts[1:]))
