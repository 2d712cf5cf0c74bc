"""The nine cautions: what no sentence of the report may do, looked for in rendered prose and in the notebook.

Each caution has words that break it, and the few sentences that may hold them since they say the caution
itself. What numbers break (a percentage of few, a rank among ties) the verifier finds; words here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.narrative.facts import BLANK, OTHER, Facts
from tests.narrative.highlights import NUMBER
from tests.narrative.told import Told

_CHANGE = (
    r"(?:une (?:hausse|baisse) (?:de |d’)|an? (?:increase|decrease) of )"
    rf"(?:(?:moins|plus) de |(?:less|more) than )?(?:{NUMBER})"
)


@dataclass(frozen=True)
class Caution:
    """One caution: its number, what it asks, words that break it, sentences that may hold them."""

    number: int
    asks: str
    fr: str
    en: str
    but: tuple[str, ...] = ()


CAUTIONS = (
    Caution(
        1,
        "a census of declarations is no sample",
        r"échantillon|sondage|population|significati|marge d’erreur|intervalle de confiance|représentati"
        r"|extrapol",
        r"\bsampl|survey|population|significan|margin of error|confidence interval|representative|extrapolat",
    ),
    Caution(
        2,
        "nothing is annualised",
        r"en un an\b|(?:%|\binitiatives?) par (?:an|année)\b|annuels?\b|annuelles?\b|annualis"
        r"|d’une année sur l’autre|chaque année",
        r"in (?:a|one) year\b|per year|a year\b|annual|yearly|year.over.year|each year|every year",
        (
            "les écarts de l’une à l’autre ne sont pas des taux annuels",
            "aucun écart n’est un taux annuel",
            "rapport annuel de la même édition",
            "annual report of the same edition",
            "changes from one to the next are not annual rates",
            "no change here is an annual rate",
        ),
    ),
    Caution(
        3,
        "a changed label is nothing new",
        r"nouve(?:au|aux|l|ls|lle|lles)\b|apparu|apparaît\b|inédit",
        r"\bnew\b|newly|appeared|newcomer",
        (
            "n’est pas une catégorie nouvelle",
            "is not a new category",
            "end, merger, new name, new scope",
        ),
    ),
    Caution(4, "no portfolio without its network", r"\(Réseau\)", r"\(Réseau\)|, network\)"),
    Caution(
        5,
        "an unknown status counts as nothing",
        r"probablement|sans doute|vraisemblable|on peut supposer|non (?:encore )?déployée?s?",
        r"probably|likely|presumably|may be assumed|not yet deployed",
    ),
    Caution(
        6,
        "a disappearance is no failure",
        r"échec|échou|abandon|interromp|disparu|disparaît|disparition|délaiss|cess(?:é|ation)",
        r"fail(?:ed|ure)|abandon|discontinu|disappear|(?<!have )\bgone\b|dropped|cancell?ed",
    ),
    Caution(
        7,
        "two points make no trend",
        r"tendance|(?:premier|deuxième|troisième|\d+e) rang|accélér|ralenti",
        r"\btrends?\b|ranks? (?:first|second|third|\d)|accelerat|slow(?:ed|ing) down",
    ),
    Caution(
        8,
        "an initiative has no size, cost, risk or users",
        r"\bcoûts?\b|budget|dollars|risques?\b|utilisateurs?\b|usagers?\b|\btaille\b|importance|économies"
        r"|grâce à|a permis|ont permis|entraîn|à cause",
        r"\bcosts?\b|budget|dollars|\brisks?\b|\busers?\b|\bsize\b|how large|savings|thanks to|led to|caused",
        (
            "Il ne mesure ni la taille, ni le coût, ni les effets",
            "It measures neither the size, nor the cost, nor the effects",
            "non son importance",
            "not how large it is",
            # What a profile says that data do not say.
            "Ni la taille, ni le coût, ni la portée d’une initiative",
            "The size, cost or reach of an initiative",
            # The register's own answers to its question on risk.
            "sans réponse sur le risque",
            "without an answer on risk",
        ),
    ),
    Caution(
        9,
        "words of size and direction come from the values",
        r"majorit|moitié|\bquart\b|premi(?:er|ère)s?\b|dernier|hausse|baisse|augment|dimin|explos|\bbond\b|croît"
        r"|recul|doubl|tripl|la plupart|presque tou|grande partie|fort(?:e|ement)?\b|massi|\brecords?\b",
        r"majorit|\bhalf\b|quarter|\bfirst\b|\blast\b|increase|decrease|\bris(?:e|es|ing)\b|\brose\b|\bfall|\bfell\b"
        r"|explo(?:sion|de)|surge|grew|doubl|tripl|most of|nearly all|strong|massi|record(?!ed|s? of)",
        # Said of all years, or of the order of dates and of methods: true whatever the data.
        (
            "elle a pu monter ou baisser",
            "si un seul portefeuille, parmi beaucoup, déclarait presque tout",
            "comes first ([](#tab-warnings))",
        ),
    ),
)


@dataclass(frozen=True)
class Breach:
    """A caution that a text breaks, and the words around."""

    caution: int
    excerpt: str


def breaches(
    text: str, language: str, *, names: Iterable[str] = (), but: Iterable[int] = ()
) -> Iterator[Breach]:
    """Give the cautions that a text breaks by its words.

    Parameters
    ----------
    names
        Labels, names and official sentences in it: their words are their author's.
    but
        Cautions not looked for here.
    """
    for name in sorted({each for each in names if each}, key=len, reverse=True):
        text = text.replace(name, "Xyz")
    for caution in CAUTIONS:
        if caution.number in but:
            continue
        said = text
        for sentence in caution.but:
            said = re.sub(re.escape(sentence), "…", said, flags=re.IGNORECASE)
        for match in re.finditer(getattr(caution, language), said, re.IGNORECASE):
            yield Breach(caution.number, said[max(0, match.start() - 40) : match.end() + 40])


def breaches_of(told: Told, facts: Facts, names: Iterable[str] = ()) -> Iterator[Breach]:
    """Give the cautions that a whole report breaks: by its words, and by what it leaves unsaid."""
    names = list(names)
    for paragraph in told.paragraphs:
        # The verifier holds words of direction against the values, and the test of notebooks typed ones.
        own = [*names, *paragraph.statements]
        yield from breaches(paragraph.text, told.language, names=own, but=[9])
        if re.search(_CHANGE, paragraph.text) and str(facts.previous) not in paragraph.text:
            yield Breach(2, f"a change without its dates: {paragraph.text[:80]}")
    text = told.text()
    first = next(paragraph.text for paragraph in told.paragraphs if not paragraph.is_heading)
    if not re.search(r"déclar|declar|report(?:ed|s)\b", first):
        yield Breach(1, first)
    counts = facts.count("status", facts.year)
    tells_share = re.search(r"% sont en production\.|% are in production\.", text)
    if tells_share and counts[BLANK] + counts[OTHER] and not re.search(r"selon ce qu|depending on the", text):
        yield Breach(5, "a share without its bounds")
    changed = re.search(r"Les libellés des statuts ont changé|The status labels changed", text)
    if changed and re.search(r"La part en production était de|The share in production was", text):
        yield Breach(6, "a change of vocabulary told as a change of state")
