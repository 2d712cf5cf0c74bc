"""True sentences as a researcher may write them, written before the rules were tried on them.

`N` stands for an expression that gives a number with its noun, `R` for one that ranks, `Y` for a year.
"""

from __future__ import annotations

FRENCH = (
    "Le registre de Y compte N.",
    "En Y, N ont été déclarées, contre N en Y.",
    "N sont en production et N en développement.",
    "Les portefeuilles qui déclarent le plus d’initiatives : R.",
    "La catégorie la plus déclarée est R.",
    "Chaque ministère remplit le formulaire une fois par année, d’après la directive.",
    "Les deux éditions n’emploient pas les mêmes libellés.",
    "Une initiative peut annoncer plusieurs bénéfices à la fois.",
    "Un même organisme peut déclarer sous deux noms différents d’une édition à l’autre.",
    "Le formulaire a changé entre les deux collectes, ce qui limite la comparaison.",
    "Sur N, N ne disent rien de leur statut.",
    "La part en production se situe entre N et N, selon ces statuts.",
    "Nous avons retiré du calcul les lignes mises en quarantaine.",
    "Le premier tableau de ce chapitre présente les totaux; le second, les parts.",
    "La figure qui suit se lit de gauche à droite.",
    "Ces nombres ne disent rien de la qualité des services rendus.",
    "Aucun organisme n’a été interrogé : tout vient du fichier publié.",
    "Le tiers indépendant qui a publié les totaux n’a pas participé à ce rapport.",
    "N viennent d’un organisme qui n’avait rien déclaré en Y.",
    "Les initiatives les plus anciennes ne sont pas datées dans le fichier.",
    "La plus petite catégorie est R.",
    "Le rapport se lit en trois temps : ce qui est déclaré, par qui, et où en sont les projets.",
    "Un robot conversationnel répond aux questions du public, jour et nuit.",
    "Il faut au moins deux éditions pour parler d’un changement.",
    "À l’échelle du gouvernement, N emploient la reconnaissance d’images.",
    "Les équipes juridiques traitent des milliers de documents avec ces outils.",
    "La loi oblige chaque organisme à publier la liste de ses projets.",
    "Cette section répond à quatre questions simples.",
    "Le quart des lignes dont le texte est vide a été relu : N.",
    "Ces organismes déclarent pour la première fois en Y : R.",
)

ENGLISH = (
    "The Y register counts N.",
    "In Y, N were declared, against N in Y.",
    "N are in production and N in development.",
    "Portfolios that declare the most initiatives: R.",
    "The most declared category is R.",
    "Each department fills in the form once a year, as the directive requires.",
    "The two editions do not use the same labels.",
    "An initiative may announce several benefits at once.",
    "One body may declare under two different names from one edition to the next.",
    "The form changed between the two collections, which limits the comparison.",
    "Out of N, N say nothing of their status.",
    "The share in production lies between N and N, depending on these statuses.",
    "Rows set aside were left out of the computation.",
    "The first table of this chapter gives the totals; the second, the shares.",
    "The figure below reads from left to right.",
    "These numbers say nothing of the quality of the services.",
    "No body was interviewed: everything comes from the published file.",
    "The third party that published the totals took no part in this report.",
    "N come from a body that had declared nothing in Y.",
    "The oldest initiatives have no date in the file.",
    "The smallest category is R.",
    "The report has three parts: what is declared, by whom, and where projects stand.",
    "A chatbot answers questions from the public, day and night.",
    "At least two editions are needed to speak of a change.",
    "Across the government, N use image recognition.",
    "Legal teams process thousands of documents with these tools.",
    "The law requires each body to publish the list of its projects.",
    "This section answers four simple questions.",
    "A quarter of the rows whose text is blank was read again: N.",
    "These bodies declare for the first time in Y: R.",
)

REFUSED = {
    # False alarms: nothing in the report ranks these, and the notebook must declare the passage.
    "Les initiatives les plus anciennes ne sont pas datées dans le fichier.": "les plus anciennes",
    "The oldest initiatives have no date in the file.": "The oldest",
    # Rightly refused: true, but no expression proves the number, the share or the first.
    "Les équipes juridiques traitent des milliers de documents avec ces outils.": "milliers",
    "Legal teams process thousands of documents with these tools.": "thousands",
    "Ces organismes déclarent pour la première fois en Y : R.": "la première fois",
    "These bodies declare for the first time in Y: R.": "for the first time",
}
"""Those that are refused, with the words that are."""
