"""A linter of grammar and typography for the prose that the report renders, in French and in English.

It knows what assembled sentences get wrong: agreement after a number, elision, contraction, doubled words
and spaces, marks that were left empty, values that are no number. Each rule gives one bad and one good
example, which its test reads. A paragraph of official text may be passed as `quoted`, to be left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en", "both"]

_BELOW_2 = r"(?<![\w.,\u00a0-])[01](?:,\d+)?"
_NOUNS_FR = (
    "initiative|organisme|portefeuille|ligne|valeur|constat|chiffre|catégorie|autre|thème|combinaison"
    "|association|nom|point|organisation|agence|mot|tirage|cas|permutation|groupe|libellé|année"
)
_NOUNS_EN = (
    "initiative|portfolio|row|value|finding|figure|category|theme|combination|association|name|point|agency|month"
    "|word|draw|permutation|group|label|year|other"
)
_PLURALS_FR = "|".join(f"{noun}s" for noun in _NOUNS_FR.split("|") if not noun.endswith("s"))
_PLURALS_EN = "|".join(
    {"category": "categories", "agency": "agencies"}.get(noun, f"{noun}s") for noun in _NOUNS_EN.split("|")
)


@dataclass(frozen=True)
class Rule:
    """One fault: the language it is looked for in, how it looks, one example of it and one without."""

    name: str
    language: Language
    fault: str
    bad: str
    good: str
    flags: int = 0


RULES = (
    Rule(
        "no value",
        "both",
        r"\b(?:None\b(?! (?:is|of))|nan|NaN|inf|NaT|<NA>|np\.\w+|True|False)\b",
        "nan initiatives",
        "12 initiatives",
    ),
    Rule("negative nothing", "both", r"[-−]0(?![\d.,]*[1-9])(?=[\s.,%\u00a0]|$)", "−0 point", "0 point"),
    Rule("hyphen for minus", "both", r"(?<![\w\d])-\d", "un écart de -3", "un écart de −3"),
    Rule(
        "code left over", "both", r"\{eval\}|`|\[\]\(|\*\*|\{\w*\}", "{eval}`n` initiatives", "3 initiatives"
    ),
    Rule("exponent", "both", r"\d[eE][+-]?\d", "1e-05", "0,00001"),
    Rule("doubled space", "both", r"[ \u00a0]{2,}", "deux  mots", "deux mots"),
    Rule("space at an end", "both", r"^\s|\s$", "Un mot. ", "Un mot."),
    Rule("space before a mark", "both", r" [,.;)](?![.\d])", "un mot , un autre", "un mot, un autre"),
    Rule("space after an opening", "both", r"[(\[] ", "( un mot)", "(un mot)"),
    Rule("no space after a mark", "both", r"[^\W\d_][,;][^\W\d_]", "un mot,un autre", "un mot, un autre"),
    Rule(
        "doubled mark",
        "both",
        r",[,.;:]|;[,.;:]|(?<!\.)\.\.(?!\.)|:[,.;:]",
        "une liste,. Fin",
        "une liste. Fin",
    ),
    Rule("nothing in parentheses", "both", r"\(\s*\)|«\s*»|“\s*”", "un nom ()", "un nom (3)"),
    Rule(
        "doubled word",
        "both",
        r"\b([^\W\d_]{2,})[ \u00a0]\1\b(?!’)",
        "de de Laval",
        "de Laval",
        re.IGNORECASE,
    ),
    Rule(
        "nothing enumerated",
        "both",
        r":\s*[.;]|: (?:et|and)\b|, (?:et|and)[.;]",
        "Les plus déclarées : .",
        "Aucune.",
    ),
    Rule("straight apostrophe", "both", r"\w'\w", "l'ensemble", "l’ensemble"),
    Rule("narrow space", "both", r"[\u2009\u202f\u2007]", "1\u202f818", "1\u00a0818"),
    Rule(
        "grouped year",
        "both",
        r"\b(?:in|en|depuis|since|l’édition de)[ \u00a0](?:1|2)[\u00a0,]0\d\d\b(?! \w)",
        "en 2\u00a0025",
        "en 2025",
    ),
    # French
    Rule(
        "plural below 2",
        "fr",
        rf"{_BELOW_2}[ \u00a0](?:{_PLURALS_FR})\b",
        "1,9 initiatives",
        "1,9 initiative",
    ),
    Rule(
        "singular from 2",
        "fr",
        rf"(?<![\w.,\u00a0-])(?!(?:19|20)\d\d )(?:[2-9]|\d{{2,}}|\d{{1,3}}(?:\u00a0\d{{3}})+)(?:,\d+)?[ \u00a0](?:{_NOUNS_FR})\b(?<!cas)",
        "2 initiative",
        "2 initiatives",
    ),
    Rule(
        "verb after a plural",
        "fr",
        r"(?<![\w.,\u00a0])(?:[2-9]|\d{2,})[ \u00a0]\w+s (?:est|a|était|diffère|concorde|répète|porte|compte)\b",
        "3 initiatives est",
        "3 initiatives sont",
    ),
    Rule(
        "verb after a singular",
        "fr",
        r"(?<![\w.,\u00a0-])[01](?:,\d+)?[ \u00a0](?!\d{3}\b)\w+[^s\W] (?:sont|ont|étaient|diffèrent|concordent|répètent|portent)\b",
        "1 initiative sont",
        "1 initiative est",
    ),
    Rule(
        "elision",
        "fr",
        r"\b(?:[dlnsjcmtDLNSJCMT]e|[Qq]ue|[Ll]a|[Ll]orsque|[Pp]uisque|[Jj]usque) (?=[aàâeéèêëiîïoôuùûœAÀÂEÉÈÊËIÎÏOÔUÙÛŒ])(?!onz|oui|un si|un à|une à|[A-Z]{2}|[Uu]n\b sur)",
        "de Alma",
        "d’Alma",
    ),
    Rule(
        "elided before a consonant",
        "fr",
        r"\b(?:[dlnsjcmtDLNSJCMT]|[Qq]u)’(?=[bcdfgjklmnpqrstvwxzBCDFGJKLMNPQRSTVWXZ]|[ \u00a0])(?![A-Z]{2})",
        "d’Laval",
        "de Laval",
    ),
    Rule(
        "contraction",
        "fr",
        r"\b(?:[Dd]e|[àÀ]) les?\b(?! \w+(?:er|ir|re)\b)",
        "de le portefeuille",
        "du portefeuille",
    ),
    Rule("si il", "fr", r"\b[Ss]i ils?\b", "si il", "s’il"),
    Rule(
        "article before a plural number",
        "fr",
        r"\bl[ea] (?:[2-9]|\d{2,}) \w+s\b",
        "le 3 organismes",
        "les 3 organismes",
    ),
    Rule(
        "ordinary space before a mark",
        "fr",
        r" (?=[:»%?!])|« |»\w|\w«",
        "un mot : un autre",
        "un mot\u00a0: un autre",
    ),
    Rule("no space before a colon", "fr", r"[\w)»]:(?=\s|$)", "un mot: un autre", "un mot\u00a0: un autre"),
    Rule("no space before a percent", "fr", r"\d%", "54%", "54\u00a0%"),
    Rule("decimal point", "fr", r"(?<![\w.])\d+\.\d+(?![.\d]|-)", "12.5 initiatives", "12,5 initiatives"),
    Rule(
        "grouped by a comma", "fr", r"\b[1-9]\d{0,2},\d{3}\b", "1,818 initiatives", "1\u00a0818 initiatives"
    ),
    Rule(
        "ungrouped thousands",
        "both",
        r"(?<![\d.,\w-])(?!(?:19|20)\d\d\b)\d{4,}\b(?!-)",
        "1818 initiatives",
        "818 initiatives",
    ),
    Rule("English quotation marks", "fr", r"[“”\"]", "“à classer”", "«\u00a0à classer\u00a0»"),
    Rule(
        "serial comma",
        "fr",
        r", et (?:[A-ZÀ-Ý]\S* \(\d+\))[.;]",
        "A (3), B (2), et C (1).",
        "A (3), B (2) et C (1).",
    ),
    Rule(
        "anglicism",
        "fr",
        r"\b(?:digital\w*|supporter|adresser (?:un|le|la) (?:problème|enjeu)|basée? sur|définitivement|éventuellement|opportunités?\b(?<!d’opportunité))",
        "basé sur",
        "fondé sur",
        re.IGNORECASE,
    ),
    Rule(
        "du before a feminine",
        "fr",
        r"\bdu (?:part|catégorie|initiative|figure|source|édition)\b|\b(?:le|un) (?:part en|catégorie|initiative|figure|édition)\b",
        "le figure",
        "la figure",
    ),
    Rule(
        "la before a masculine",
        "fr",
        r"\b(?:la|une) (?:tableau|portefeuille|organisme|nombre|statut|fichier|rapport|chapitre)\b",
        "la tableau",
        "le tableau",
    ),
    # English
    Rule(
        "plural of 1",
        "en",
        rf"(?<![\w.,\u00a0-])1 (?:{_PLURALS_EN}|bodies)\b",
        "1 initiatives",
        "1 initiative",
    ),
    Rule(
        "singular of many",
        "en",
        rf"(?<![\w.,\u00a0-])(?!(?:19|20)\d\d )(?:0|[2-9]|\d{{2,}}|\d+\.\d+|\d{{1,3}}(?:,\d{{3}})+) (?!other [a-z])(?:{_NOUNS_EN}|body)\b(?! (?:with|of a kind))",
        "2 initiative",
        "2 initiatives of 3 other portfolios",
    ),
    Rule(
        "verb of many",
        "en",
        r"(?<![\w.,\u00a0])(?!(?:19|20)\d\d )(?:0|[2-9]|\d{2,}) \w+(?:s|ies) (?:is|was|has|differs|agrees|repeats|asks)\b",
        "3 initiatives is",
        "3 initiatives are",
    ),
    Rule(
        "verb of one",
        "en",
        r"(?<![\w.,\u00a0])1 \w+ (?:are|were|have|differ|agree|repeat|ask)\b",
        "1 initiative are",
        "1 initiative is",
    ),
    Rule(
        "a before a vowel",
        "en",
        r"\b[Aa] (?=[aeio]|8|11\b|18\b|un(?!i)|up|u[mnl][a-z]*ed)(?!one|eu)",
        "a increase",
        "an increase",
    ),
    Rule(
        "an before a consonant",
        "en",
        r"\b[Aa]n (?=[bcdfgjklmnpqrstvwxyz]|[0-79](?!\d)|eu|uni|one)",
        "an body",
        "a body",
    ),
    Rule("space before a mark of English", "en", r"[ \u00a0][:;?!%]", "a word : another", "a word: another"),
    Rule("guillemets", "en", r"[«»]", "«\u00a0to classify\u00a0»", "“to classify”"),
    Rule("decimal comma", "en", r"(?<![\d,])\d{1,3},\d{1,2}(?![\d])", "12,5 initiatives", "12.5 initiatives"),
    Rule(
        "American spelling",
        "en",
        r"\b(?:center|color|labor(?!at)|favor|behavior|fiber|defense|catalog|gray|honor)\b",
        "behavior",
        "behaviour",
    ),
    Rule(
        "British spelling",
        "en",
        r"\b(?:harmon|normal|recogn|organ|categor|standard|summar|general|personal|author|real|minim|maxim)is(?:e|ed|es|ing)\b",
        "labels harmonised",
        "labels harmonized",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True)
class Fault:
    """What a rule found, and the words around it."""

    rule: str
    excerpt: str


def faults(
    text: str, language: str, *, is_heading: bool = False, quoted: Iterable[str] = ()
) -> Iterator[Fault]:
    """Give the faults of one paragraph.

    Parameters
    ----------
    quoted
        Names and official sentences inside it: their spelling is their author's.
    """
    for words in sorted({each for each in quoted if each}, key=len, reverse=True):
        end = words[-1] * (words[-1] in ".?!")
        text = text.replace(f"’{words}", f"’{words[0]}yz{end}").replace(words, f"Xyz{end}")
    for rule in RULES:
        if rule.language in (language, "both"):
            for match in re.finditer(rule.fault, text, rule.flags):
                yield Fault(rule.name, text[max(0, match.start() - 30) : match.end() + 30])
    yield from _of_the_whole(text, is_heading)


def _of_the_whole(text: str, is_heading: bool) -> Iterator[Fault]:
    for opening, closing in ("()", "[]", "«»", "“”"):
        if text.count(opening) != text.count(closing):
            yield Fault("unmatched marks", text[:60])
    if not re.match(r"\*?[A-ZÀ-ÝŒ0-9«“]", text):
        yield Fault("no capital", text[:60])
    for match in re.finditer(r"(?<![A-Z])[.?!] (?=[a-zà-ÿœ])", text):
        yield Fault("no capital", text[max(0, match.start() - 30) : match.end() + 30])
    if is_heading:
        if re.search(r"[.:;,]$", text):
            yield Fault("period of a heading", text[-60:])
    elif not re.search(r"[.?!»”)]$", text) and not text.endswith(":"):
        yield Fault("no period", text[-60:])
