"""Words that nobody may type in a report, by language: only a function that reads the data may say them.

The lists hold what claims a number, a share or a rank. What a passage says of nothing but the report (“in
three steps”, “les deux fichiers”) is left; a notebook lists other passages in `portrait.declared`.
"""

from __future__ import annotations

import re

from portrait.errors import Sentence

_LARGE = {
    "fr": (
        r"(?<!sur )dix|dix-(?:sept|huit|neuf)|onze|douze|treize|quatorze|quinze|seize|vingt(?:-\w+)*"
        r"|trente(?:-\w+)*"
        r"|(?:quarante|cinquante|soixante|septante|octante|nonante)(?:-\w+)*|quatre-vingts?(?:-\w+)*|cents?"
        r"|mille|millions?|milliards?|(?:diz|douz|quinz|vingt|trent|cinquant|soixant|cent)aines?|milliers?"
        r"|quarantaine(?= d['e])"
    ),
    "en": (
        r"(?<!in )(?<!out of )ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
        r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?"
        r"|hundreds?|thousands?|[mb]illions?|dozens?"
    ),
}
_SMALL = {
    "fr": r"trois|quatre|cinq|six|sept|huit|neuf(?=\s+\w+[sx]\b)|(?<=sur )dix",
    "en": r"three|four|five|six|seven|eight|nine|(?<=in )ten|(?<=out of )ten",
}
_OF_THE_REPORT = {
    "fr": (
        r"temps|étapes?|façons?|manières?|parties|sections?|chapitres?|paliers?|questions?|raisons?|sortes?"
        r"|genres?|colonnes?|méthodes?|formes?|sens|langues?|définitions?|principes?|règles?|conditions?"
        r"|notions?|exemples?|limites?|réserves?|mots?|lettres?|tableaux|figures|annexes|volets?|niveaux"
        r"|dimensions?|critères?|hypothèses?|facteurs?|dernier(?:s|es)|premi(?:ers|ères)"
    ),
    "en": (
        r"steps?|ways?|parts?|sections?|chapters?|tiers?|questions?|reasons?|kinds?|sorts?|types?|columns?"
        r"|methods?|forms?|meanings?|languages?|definitions?|principles?|rules?|conditions?|notions?"
        r"|examples?|limits?|caveats?|words?|letters?|tables|figures|appendices|levels|dimensions?|criteria"
        r"|hypotheses|factors?"
    ),
}
"""Nouns of the report itself, which a small number may count."""
_COUNTED = {
    "fr": (
        r"initiatives?|organismes?|portefeuilles?|ministères?|catégories?|thèmes?|projets?|systèmes?|outils?"
        r"|usages?|cas|agences?|sociétés?|établissements?|municipalités?|bénéfices|personnes|ans|mois"
        r"|semaines|jours|points"
    ),
    "en": (
        r"initiatives?|bodies|agencies|portfolios?|departments?|ministries|categories|themes?|projects?"
        r"|systems?|tools?|use cases|benefits|people|(?<!the two )years|months|weeks|days"
        r"|percentage points|organi[sz]ations"
    ),
}
"""Nouns of what the report counts, which even “two” may not count."""
_PARTS = {
    "fr": (
        r"moitié|majorit\w+|la plupart|trois quarts|(?:un|le|les|deux|du|au) (?:tiers|quarts?)(?= d['eu])"
        r"|(?:cinqu|dix)ièmes?(?= (?:des|du|de l))|une? (?:\w+ )?sur (?:deux|trois|quatre|cinq)"
        r"|(?:(?:quadru|tri)pl|doubl)(?:ée?s?|er|ent|ait|aient)|le (?:double|(?:quadru|tri)ple)"
        r"|(?:deux|trois) fois plus"
        r"|ex æquo|à égalité|une hausse|une baisse|une augmentation|une diminution"
    ),
    "en": (
        r"majorit\w+|half|three[- ]quarters|two[- ]thirds|(?:a|one|the) (?:third|quarter|fifth|tenth)(?= of)"
        r"|most of|one (?:\w+ )?in (?:two|three|four|five)|(?:doubl|(?:quadru|tri)pl)(?:ed|es|ing)|twice as"
        r"|(?:two|three)fold|tied (?:for|with)|an increase|a decrease|a rise"
    ),
}
_VERBS = ("report", "reports", "reported", "declare", "declares", "declared", "has", "have", "had")
_MANY = "(?:initiatives|bodies|portfolios|agencies|projects|departments)"
_MOST = rf"(?:{'|'.join(_VERBS)}) (?:the )?most {_MANY}"
"""Superlative, and not “most initiatives are”."""
_AMOUNTS = {
    "fr": (
        r"(?!dix|cinqu)\w{2,}ièmes?(?= (?:des|du|de l))|une? (?:\w+ )?sur (?:six|sept|huit|neuf)"
        r"|(?:quintupl|décupl)(?:ée?s?|er|ent|ait|aient)"
        r"|deux fois moins|explosion|en un an"
        r"|échantillon"
    ),
    "en": (
        rf"halves|halved|(?<!the )(?<!at ){''.join(rf'(?<!{verb} )' for verb in _VERBS)}most {_MANY}"
        r"|one (?:\w+ )?(?:out of|in (?:six|seven|eight|nine))"
        r"|(?:four|five|ten|hundred)fold"
        r"|explosion|in one year|sample"
    ),
}
_FIRSTS = {
    "fr": (
        r"records?|premières? mondiales?|(?:la )?première fois|inédite?s?|sans précédent|sans égale?"
        r"|jamais (?:vu|atteint|égalé)e?s?|inégalée?s?|pionni(?:er|ère)s?|chefs? de file|leaders?"
        r"|numéro un|champion(?:ne)?s?|de loin l[ea]s? (?:plus|moins|premi|meilleur)\w*"
        r"|(?:sommet|niveau) historique|(?:au|du) monde|unique au pays"
    ),
    "en": (
        r"record (?:number|high|low|level|growth|year|pace|share)s?|(?:a|new|all-time) record(?=[.,;:!)]|$)"
        r"|world[- ]first|world['s]* first|world[- ]leading|(?:for )?the first time|first[- ]ever"
        r"|in the world|first of its kind|unprecedented|never before|pioneer\w*|leaders?"
        r"|number one|champions?|by far|historic (?:high|low|level)"
        r"|unmatched|unrivall?ed|second to none|all-time"
    ),
}
_SUPERLATIVES = {
    "fr": (
        r"(?:le|la|les|du|des|aux) (?:plus|moins)"
        r" (?!souvent|tard|tôt|possible|récent|sûr|strict|sévère|(?:en|dans|pour|selon)\b)\w+"
        r"|(?<!avec )(?:le|la|les|l)(?: |')?meilleure?s?|(?:le|la|les) pires?|(?<!garder )en tête"
        r"|au (?:tout )?premier rang|(?:plus|davantage) que (?:tou(?:t|te|s|tes)|aucune?) autres?"
        r"|l[ea]s? (?:toute? )?premi(?:er|ère)s? (?:organisme|portefeuille|ministère|catégorie|rang|place)s?"
        r"|(?<!parmi )(?<!dans )(?<!pour )(?<!sur )l[ea]s? seule?s? (?:pays|province|gouvernement)s?"
    ),
    "en": (
        r"the (?:most|least) (?!recent|sure)\w+"
        r"|the (?:larg|small|bigg|high|low|fast|great|b|old|strong|rich|busi|wid|lead)(?:est|ing)"
        r"|the worst|(?:ranks?|comes?|came) first|(?:in|takes|took|holds) first place"
        rf"|{_MOST}|leads (?:all|the)|tops the|more than any other"
        r"|the first (?:body|portfolio|agency|department|category|place|rank)"
        r"|the only (?:country|province|government)"
    ),
}
_OF_A_RANKING = re.compile(
    r"\btop|rank|movers|changes\b|most|highest|lowest|largest|smallest|max|min\b|first|leader|leading|gaining|pairs"
    r"|LARGEST|only|share_(?:lost|gained)|main_(?:bodies|categories|ones|portfolios|themes)|of_singled|\b(?:main_share|ten_(?:share|bodies|told))\b|field=.[a-z]+0\b"
)
"""What names a fact or a helper that ranks, so that a superlative beside it was computed."""


_ONLY = {
    "fr": r"(?<!parmi )(?<!dans )(?<!pour )(?<!sur )l[ea]s? seule?s?"
    r" (?:organisme|portefeuille|ministère|initiative)s?",
    "en": r"the only (?:body|portfolio|agency|department|initiative)",
}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


NUMBERS = {language: _compiled(pattern) for language, pattern in _LARGE.items()}
"""Large numbers in words."""
JUDGED = {
    language: _compiled(
        rf"{_PARTS[language]}|(?:{_SMALL[language]})(?! (?:\w+ )?(?:{_OF_THE_REPORT[language]})\b)"
        rf"|(?:{'deux|zéro' if language == 'fr' else 'two|zero'})(?= (?:\w+ )?(?:{_COUNTED[language]})\b)"
    )
    for language in _LARGE
}
"""Shares, multiples, ties, small numbers in words: beside a fact, `verify.py` judges them by its numbers."""
AMOUNTS = {language: _compiled(pattern) for language, pattern in _AMOUNTS.items()}
"""Shares, multiples and changes in words that no fact makes true."""
FIRSTS = {language: _compiled(pattern) for language, pattern in _FIRSTS.items()}
"""Records and firsts, which no sentence may type."""
SUPERLATIVES = {language: _compiled(pattern) for language, pattern in _SUPERLATIVES.items()}
"""Superlatives, which need a helper that ranks, a figure or a table in their sentence."""

ONLY = {language: _compiled(pattern) for language, pattern in _ONLY.items()}
"""What is the only one: beside a fact, `verify.py` judges it by how its group moved."""


def plain(text: str) -> str:
    """Return a text with straight apostrophes and single spaces, in which the lists look for words."""
    return " ".join(text.replace("’", "'").split())


def ranks(expression: str) -> bool:
    """Tell whether an expression says who or what comes first.

    >>> ranks('p.top(uses.main_categories)'), ranks("p.number(n)")
    (True, False)
    """
    return _OF_A_RANKING.search(expression) is not None


def is_typed(word: str, with_what: str, what: str) -> Sentence:
    """Say what to use in place of a word that a person typed."""
    return Sentence(
        f"« {word} » est tapé à la main : employez {with_what}, ou déclarez le passage dans "
        "portrait.declared, métadonnée du carnet",
        f"“{word}” is typed: use {what}, or list the passage in portrait.declared, in the metadata of the "
        "notebook",
    )
