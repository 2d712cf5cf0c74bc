"""Tables of the method annex: glossary and formulas."""

from __future__ import annotations

from portrait.editions.edition import Edition
from portrait.language.locales import choose
from portrait.language.terms import field_label
from portrait.language.typography import colon
from portrait.tables.table import DASH, Table, captioned


def glossary(edition: Edition, language: str) -> Table:
    """Return the terms of the report in both languages, with definitions in one.

    A status or category that the source does not define has the name of its field instead.
    """
    rows = [[words[0], words[1], words[2 if language == "fr" else 3]] for words in _TERMS]
    for field in ("status", "category"):
        for term in edition.source.terms(field, edition.year):
            labels = [term.labels.get(each, term.name) for each in ("fr", "en")]
            definition = term.definitions.get(language)
            kind = field_label(field, language)
            rows.append([*labels, f"{kind}{colon(language)}{definition}" if definition else kind])
    order = (0, 1) if language == "fr" else (1, 0)
    heads = {"fr": ("Français", "Anglais", "Définition"), "en": ("English", "French", "Definition")}[language]
    return captioned(
        "tab-glossary",
        choose(
            language,
            "Les termes du rapport, dans les deux langues",
            "The terms of the report, in both languages",
        ),
        heads,
        [[row[order[0]], row[order[1]], row[2]] for row in rows],
        edition,
        language,
        note=choose(
            language,
            "Statuts et catégories : définitions que donne la source, s’il y en a.",
            "Statuses and categories: definitions that the source gives, if any.",
        )
        if edition.source.terms("status", edition.year)
        else "",
        text_columns=3,
    )


_TERMS = (
    (
        "Initiative",
        "Initiative",
        "Usage de l’intelligence artificielle qu’un organisme a déclaré : une ligne du fichier.",
        "A use of artificial intelligence that a body declared: one row of the file.",
    ),
    (
        "Organisme",
        "Body",
        "Ministère, organisme ou établissement qui déclare, sous son nom harmonisé.",
        "Department, agency or institution that declares, under its harmonized name.",
    ),
    (
        "Portefeuille",
        "Portfolio",
        "Ensemble d’organismes qui relèvent d’une même autorité; compté avec son réseau.",
        "Bodies that answer to one authority; counted with its network.",
    ),
    (
        "Statut",
        "Status",
        "État déclaré de l’initiative; un statut non renseigné n’est compté comme aucun autre.",
        "State declared of the initiative; one that is not given counts as no other.",
    ),
    (
        "Catégorie",
        "Category",
        "Usage principal, choisi dans la liste fermée de la source.",
        "Main use, chosen from the closed list of the source.",
    ),
    (
        "Bénéfice",
        "Benefit",
        "Gain que l’organisme attend ou déclare; aucun n’a été mesuré ici.",
        "Gain that the body expects or declares; none was measured here.",
    ),
    (
        "Bornes",
        "Bounds",
        "La plus petite et la plus grande valeur que permettent les valeurs non renseignées.",
        "The smallest and the largest value that values not given allow.",
    ),
    (
        "Lien",
        "Link",
        "Deux lignes de deux années tenues pour une même initiative, selon leur nom, leur organisme et leur "
        "texte.",
        "Two rows of two years taken for the same initiative, by their name, their body and their text.",
    ),
    (
        "Palier",
        "Tier",
        "Sûreté d’un lien : strict, probable ou possible; chaque palier comprend ceux qui le précèdent.",
        "How sure a link is: strict, probable or possible; each tier holds those before it.",
    ),
    (
        "Spécimen",
        "Specimen",
        "Mise en page sur des lignes fictives, là où les lignes officielles manquent.",
        "A layout on fictional rows, where the official rows are missing.",
    ),
)


def formulas(edition: Edition, language: str) -> Table:
    """Return the formula of each indicator in words, with its reference."""
    return captioned(
        "tab-formulas",
        choose(language, "Comment chaque indicateur est calculé", "How each indicator is computed"),
        {
            "fr": ("Indicateur", "Calcul", "Référence"),
            "en": ("Indicator", "Computation", "Reference"),
        }[language],
        [[entry[language][0], entry[language][1], entry["reference"][0] or DASH] for entry in _FORMULAS],
        edition,
        language,
        note=choose(language, f"{DASH} : simple compte ou quotient.", f"{DASH}: a plain count or quotient."),
        text_columns=3,
    )


_FORMULAS: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "fr": (
            "Part en production",
            "Initiatives en production, divisées par celles en production ou en développement.",
        ),
        "en": (
            "Share in production",
            "Initiatives in production, divided by those in production or in development.",
        ),
        "reference": ("",),
    },
    {
        "fr": (
            "Bornes de cette part",
            "Sur toutes les initiatives qui ne sont pas hors service : celles en production seules; puis "
            "avec celles dont le statut n’est pas renseigné ou reste à classer.",
        ),
        "en": (
            "Bounds of this share",
            "Over all initiatives that are not retired: those in production alone; then with those whose "
            "status is not given or remains to classify.",
        ),
        "reference": ("Manski, Partial Identification of Probability Distributions, 2003, ch. 1",),
    },
    {
        "fr": (
            "Décomposition de la croissance",
            "Écart des groupes trouvés dans les deux fichiers, plus les initiatives de ceux trouvés cette "
            "année seulement, moins celles de ceux trouvés l’année précédente seulement.",
        ),
        "en": (
            "Decomposition of growth",
            "Change of the groups found in both files, plus the initiatives of groups found this year only, "
            "less those of groups found the previous year only.",
        ),
        "reference": ("Davis, Haltiwanger & Schuh, Job Creation and Destruction, 1996",),
    },
    {
        "fr": (
            "Deux facteurs de la croissance",
            "Quotient des nombres de groupes, multiplié par celui des moyennes par groupe; leurs logarithmes "
            "s’additionnent, et la part d’un facteur est celle de son logarithme.",
        ),
        "en": (
            "Two factors of growth",
            "Ratio of the numbers of groups, multiplied by that of the means per group; their logarithms add "
            "up, and the part of a factor is that of its logarithm.",
        ),
        "reference": ("Ang, Energy Policy, vol. 33, 2005",),
    },
    {
        "fr": (
            "Distance entre deux répartitions",
            "Moitié de la somme des écarts absolus entre les parts.",
        ),
        "en": (
            "Distance between two distributions",
            "Half of the sum of the absolute differences between shares.",
        ),
        "reference": ("Levin & Peres, Markov Chains and Mixing Times, 2017, prop. 4.2",),
    },
    {
        "fr": (
            "Concentration (Herfindahl-Hirschman)",
            "Somme des carrés des parts; normalisée, zéro quand toutes sont égales et un quand un "
            "seul groupe a tout.",
        ),
        "en": (
            "Concentration (Herfindahl–Hirschman)",
            "Sum of the squares of the shares; normalized, zero when all are equal and one when one group "
            "has all.",
        ),
        "reference": ("Hirschman, American Economic Review, vol. 54, 1964",),
    },
    {
        "fr": (
            "Nombre équivalent",
            "Inverse de cet indice : combien de groupes de même taille donneraient le même indice.",
        ),
        "en": (
            "Equivalent number",
            "Inverse of this index: how many groups of one size would give the same index.",
        ),
        "reference": ("Adelman, Review of Economics and Statistics, vol. 51, 1969",),
    },
    {
        "fr": (
            "Inégalité (Gini)",
            "Écart absolu moyen entre deux groupes pris au hasard, sur deux fois la moyenne; normalisé, un "
            "quand un seul groupe a tout.",
        ),
        "en": (
            "Inequality (Gini)",
            "Mean absolute difference of two groups taken at random, over twice the mean; normalized, one "
            "when one group has all.",
        ),
        "reference": (
            "Dixon et al., Ecology, vol. 68, 1987; Deltas, Review of Economics and Statistics, vol. 85, 2003",
        ),
    },
    {
        "fr": (
            "Nombre effectif de catégories",
            "Exponentielle de l’entropie de Shannon : combien de catégories égales donneraient la même "
            "diversité.",
        ),
        "en": (
            "Effective number of categories",
            "Exponential of Shannon’s entropy: how many equal categories would give the same diversity.",
        ),
        "reference": ("Jost, Oikos, vol. 113, 2006",),
    },
    {
        "fr": (
            "Bornes de ce nombre",
            "Les initiatives sans catégorie toutes mises dans la plus fréquente; puis mises de façon à "
            "rendre les catégories de la liste aussi égales que possible.",
        ),
        "en": (
            "Bounds of this number",
            "Initiatives without a category all put in the most frequent one; then put so as to make the "
            "categories of the list as even as can be.",
        ),
        "reference": ("Marshall, Olkin & Arnold, Inequalities, 2011, ch. 3",),
    },
    {
        "fr": (
            "Catégories attendues parmi moins d’initiatives (raréfaction)",
            "Nombre moyen de catégories différentes, sur tous les choix possibles de ce nombre "
            "d’initiatives.",
        ),
        "en": (
            "Categories expected among fewer initiatives (rarefaction)",
            "Mean number of different categories, over all possible choices of that number of initiatives.",
        ),
        "reference": ("Hurlbert, Ecology, vol. 52, 1971",),
    },
    {
        "fr": (
            "Résidu ajusté",
            "Compte observé moins compte attendu si les deux variables étaient indépendantes, sur son écart "
            "type.",
        ),
        "en": (
            "Adjusted residual",
            "Observed count less the count expected if the two variables were independent, over its standard "
            "deviation.",
        ),
        "reference": ("Haberman, Biometrics, vol. 29, 1973",),
    },
    {
        "fr": (
            "Taux de fausses découvertes",
            "Valeurs p bilatérales des résidus, ajustées ensemble; une paire est retenue si la sienne ne "
            "dépasse pas le taux. Les résidus d’un même tableau dépendent les uns des autres : le taux est "
            "un repère, non une garantie.",
        ),
        "en": (
            "False discovery rate",
            "Two-sided p-values of the residuals, adjusted together; a pair is retained if its own is within "
            "the rate. Residuals of one table depend on one another: the rate is a guide, not a guarantee.",
        ),
        "reference": ("Benjamini & Hochberg, Journal of the Royal Statistical Society B, vol. 57, 1995",),
    },
    {
        "fr": (
            "Test par permutation (p)",
            "Tirages au moins aussi éloignés que ce qui est observé, plus un, sur le nombre de tirages plus "
            "un.",
        ),
        "en": (
            "Permutation test (p)",
            "Draws at least as far as what is observed, plus one, over the number of draws plus one.",
        ),
        "reference": (
            "Phipson & Smyth, Statistical Applications in Genetics and Molecular Biology, vol. 9, 2010",
        ),
    },
    {
        "fr": (
            "Association (V de Cramér)",
            "Force du lien entre deux variables, de zéro à un, corrigée du biais des petits nombres.",
        ),
        "en": (
            "Association (Cramér’s V)",
            "Strength of the link between two variables, from zero to one, corrected for the bias of small "
            "numbers.",
        ),
        "reference": ("Bergsma, Journal of the Korean Statistical Society, vol. 42, 2013",),
    },
    {
        "fr": (
            "Initiatives retrouvées",
            "Initiatives liées à une de l’année suivante, divisées par celles de la première année; dans "
            "l’autre sens, celles de la seconde qui ne sont pas liées, divisées par toutes celles-ci.",
        ),
        "en": (
            "Initiatives found again",
            "Initiatives linked to one of the next year, divided by those of the earlier year; the other "
            "way, those of the later year that are not linked, divided by all of these.",
        ),
        "reference": ("Dunne, Roberts & Samuelson, RAND Journal of Economics, vol. 19, 1988",),
    },
    {
        "fr": (
            "Passage du développement à la production",
            "Initiatives en développement, puis en production, divisées par celles en développement et "
            "retrouvées. Bornes sur toutes celles en développement : sans ce que le vocabulaire peut "
            "expliquer; puis avec ce qu’il peut cacher, les statuts non renseignés et les non retrouvées.",
        ),
        "en": (
            "Passage from development to production",
            "Initiatives in development, then in production, divided by those in development and found "
            "again. Bounds over all in development: without what the vocabulary may explain; then with what "
            "it may hide, statuses not given and those not found again.",
        ),
        "reference": ("Manski, Partial Identification of Probability Distributions, 2003, ch. 1",),
    },
)
