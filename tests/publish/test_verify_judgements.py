"""What a sentence judges by its numbers: how they are spread, which grows faster, how many of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    WITH_STATUS,
    WITHOUT_STATUS,
    production_share,
)
from portrait.facts.fact import Questions
from portrait.facts.queries import absent, differs, equals, present
from tests import small
from tests.publish.verified import failures_of, is_judged, namespace

NUMBERS = {
    "before": "p.number(g.equivalent_before, decimals=1)",
    "after": "p.number(g.equivalent, decimals=1)",
    "gini": "p.number(g.gini, decimals=2)",
    "faster": "p.change(g.production)",
    "slower": "p.change(g.development)",
    "first": 'p.number(g.first, field="count0")',
    "all": "p.number(g.all)",
    "risers": "p.number(g.risers)",
    "added": 'p.number(g.risers, field="part")',
    "gained_by_all": 'p.number(g.risers, field="total")',
    "net": 'p.number(g.growth, field="size")',
    "two": 'p.few(g.two, "", "", feminine=True, field="n")',
    "share": "p.percent(g.two)",
    "interval": "p.interval(change.interval)",
    "gained": 'p.number(g.travail_growth, field="size")',
    "travail": "p.number(g.travail)",
    "travail_before": "p.number(g.travail_before)",
    "all_before": "p.number(g.all_before)",
    "made": "p.number(g.made)",
    "made_before": "p.number(g.made_before)",
    "entered": 'p.few(g.entered, "", "", feminine=True)',
    "bodies": "p.top(g.bodies, with_counts=True)",
    "travail_rise": "p.change(g.travail_growth)",
    "rise": "p.change(g.growth)",
    "largest": 'p.count(g.largest, field="count0")',
    "stayed": "p.count(g.stayed)",
    "testing": "p.number(g.testing)",
    "testing_before": "p.number(g.testing_before)",
    "bounds": "p.bounds(g.of_all)",
    "bounds_before": "p.bounds(g.of_known)",
    "others_rise": "p.change(g.others_growth)",
    "justice": 'p.number(g.ranked, field="count0")',
    "second": 'p.number(g.ranked, field="count1")',
    "faster_size": "p.change_size(g.production)",
    "made_then": 'p.number(g.production, field="before")',
    "made_now": 'p.number(g.production, field="after")',
    "testing_then": 'p.number(g.development, field="before")',
    "all_then": "p.count(g.all_before)",
    "slower_size": "p.change_size(g.development)",
    "risers_named": "p.movers(g.risers)",
    "made_of_decision": "p.percent(g.made_of_decision)",
    "decision_of_travail": "p.percent(g.decision_of_travail)",
    "ranked_named": "p.top(g.ranked)",
    "newest": "p.top(g.newest)",
    "months": "p.number(change.interval, decimals=1)",
    "at_most": 'p.number(g.of_all, field="highest")',
    "riser": "p.movers(g.riser, with_changes=False)",
    "riser_then": 'p.few(g.riser, field="before0")',
    "riser_now": 'p.number(g.riser, field="after0")',
    "newest_has": "p.number(g.newest)",
}
CASES = {
    "what grew more comes first": (
        "Depuis 2024, la production a augmenté davantage que le développement : {faster_size}, contre "
        "{slower_size}.",
        "Since 2024, production rose more than development: {faster_size}, compared with {slower_size}.",
        True,
    ),
    "and what grew less does not": (
        "Depuis 2024, le développement a augmenté davantage que la production : {slower_size}, contre "
        "{faster_size}.",
        "Since 2024, development rose more than production: {slower_size}, compared with {faster_size}.",
        False,
    ),
    "what the register did may be said before another number": (
        "Bien que le registre ait grossi, {testing} initiatives sont en développement.",
        "Although the register has grown, {testing} initiatives are in development.",
        True,
    ),
    "and is what it did": (
        "Bien que le registre ait diminué, {testing} initiatives sont en développement.",
        "Although the register has declined, {testing} initiatives are in development.",
        False,
    ),
    "what part of the register did is not what it did": (
        "Bien que la part du total en production ait grossi, {testing} initiatives sont en développement.",
        "Although the share of the total in production has grown, {testing} initiatives are in development.",
        False,
    ),
    "what nothing allows to doubt is said": (
        "Rien ne permet de douter de leur hausse si forte : {bounds} du total sont en production.",
        "Nothing allows us to doubt that they rose whether fast or not: {bounds} of all are in production.",
        False,
    ),
    "what nothing allows to say is not said": (
        "Les initiatives en production sont {bounds} du total : rien ne permet de dire si elle a augmenté.",
        "Initiatives in production are {bounds} of the total: nothing allows us to say whether it has risen.",
        True,
    ),
    "a share of all is not all": (
        "On trouve que {bounds} de toutes les initiatives sont en production, selon les statuts inconnus.",
        "It is found that {bounds} of all initiatives are in production, depending on unknown statuses.",
        True,
    ),
    "what cannot be passed is an end of bounds": (
        "Il ne peut y avoir plus de {at_most} initiatives en production.",
        "There cannot be more than {at_most} initiatives in production.",
        True,
    ),
    "what would be is none": (
        "Il y aurait {at_most} initiatives en production sans celles de statut inconnu.",
        "There would be {at_most} initiatives in production without those of unknown status.",
        False,
    ),
    "nor what can be passed": (
        "Il peut y avoir plus de {at_most} initiatives en production.",
        "There can be more than {at_most} initiatives in production.",
        False,
    ),
    "what is there is none": (
        "Il y a {at_most} initiatives en production.",
        "There are {at_most} initiatives in production.",
        False,
    ),
    "both numbers of a name tell which way it went": (
        "Le portefeuille {riser} est passé de {riser_then} en 2024 à {riser_now}.",
        "The {riser} portfolio went from {riser_then} in 2024 to {riser_now}.",
        True,
    ),
    "in their order": (
        "Le portefeuille {riser} est passé de {riser_now} en 2024 à {riser_then}.",
        "The {riser} portfolio went from {riser_now} in 2024 to {riser_then}.",
        False,
    ),
    "a number may go up": (
        "Depuis 2024, {risers} portefeuilles ont vu leur nombre d’initiatives augmenter.",
        "Since 2024, {risers} portfolios have seen their number of initiatives go up.",
        True,
    ),
    "a rise is larger than that of another": (
        "Les initiatives en production affichent une hausse de {faster_size}, bien plus forte que celle des "
        "initiatives en développement ({slower_size}).",
        "Initiatives in production show an increase of {faster_size}, much larger than that of those in "
        "development ({slower_size}).",
        True,
    ),
    "and not smaller": (
        "Les initiatives en production affichent une hausse de {faster_size}, bien moins forte que celle des "
        "initiatives en développement ({slower_size}).",
        "Initiatives in production show an increase of {faster_size}, much smaller than that of those in "
        "development ({slower_size}).",
        False,
    ),
    "a list may be out of a number of others": (
        "Parmi les portefeuilles absents de 2024, c’est {newest} qui déclare le plus d’initiatives : "
        "{newest_has} sur {entered}.",
        "Among the portfolios absent from 2024, it is {newest} that reports the most initiatives: "
        "{newest_has} out of {entered}.",
        True,
    ),
    "a status that all rows of a name have is theirs": (
        "Les {travail_before} initiatives du portefeuille Travail en 2024 étaient toutes de statut inconnu.",
        "The {travail_before} initiatives of the Labour portfolio in 2024 were all of unknown status.",
        True,
    ),
    "and is theirs without a negation": (
        "Aucune des {travail_before} initiatives du portefeuille Travail en 2024 n’était de statut inconnu.",
        "None of the {travail_before} initiatives of the Labour portfolio in 2024 was of unknown status.",
        False,
    ),
    "and without an exception": (
        "Les {travail_before} initiatives du Travail en 2024 sont toutes sauf une de statut inconnu.",
        "The {travail_before} initiatives of the Labour portfolio in 2024 are all but one of unknown status.",
        False,
    ),
    "and one that they have not is none": (
        "Les {travail_before} initiatives du portefeuille Travail en 2024 étaient toutes en production.",
        "The {travail_before} initiatives of the Labour portfolio in 2024 were all in production.",
        False,
    ),
    "the most of those that came are not the most of all": (
        "Parmi les portefeuilles absents de 2024, celui qui en déclare le plus est {newest}.",
        "Of the portfolios absent from 2024, the portfolio with the most initiatives is {newest}.",
        True,
    ),
    "a number that is reached has moved": (
        "Le nombre d’initiatives en production grimpe à {made}.",
        "The number of initiatives in production climbs to {made}.",
        True,
    ),
    "and the other way it has not": (
        "Le nombre d’initiatives en production recule à {made}.",
        "The number of initiatives in production falls to {made}.",
        False,
    ),
    "nor is what is reached what is added": (
        "Le nombre d’initiatives en production grimpe de {made}.",
        "The number of initiatives in production climbs by {made}.",
        False,
    ),
    "the largest of a list are in it": (
        "Les portefeuilles en plus forte hausse : {risers_named}.",
        "The portfolios with the largest rises: {risers_named}.",
        True,
    ),
    "and are not all of it": (
        "Les portefeuilles qui ont ajouté des initiatives : ce sont tous ceux-ci, {risers_named}.",
        "The portfolios that added initiatives: these are all, {risers_named}.",
        False,
    ),
    "nor is the first of a list a single one": (
        "Un seul portefeuille déclare des initiatives : {ranked_named}.",
        "A single portfolio reports initiatives: {ranked_named}.",
        False,
    ),
    "nor the only ones": (
        "Les seuls portefeuilles qui ont ajouté des initiatives sont {risers_named}.",
        "The only portfolios that added initiatives are {risers_named}.",
        False,
    ),
    "a list answers a question about its groups": (
        "Quels portefeuilles déclarent le plus d’initiatives? Ce sont {ranked_named}.",
        "Which portfolios report the most initiatives? They are {ranked_named}.",
        True,
    ),
    "and not one about others": (
        "Quelles catégories comptent le plus d’initiatives? Ce sont {ranked_named}.",
        "Which categories have the most initiatives? They are {ranked_named}.",
        False,
    ),
    "the largest of the new portfolios is a new one": (
        "Parmi les nouveaux portefeuilles, aucun ne compte plus d’initiatives que {newest}.",
        "Among the new portfolios, none has more initiatives than {newest}.",
        True,
    ),
    "and not the largest of all": (
        "Aucun portefeuille ne compte plus d’initiatives que {newest}.",
        "No portfolio has more initiatives than {newest}.",
        False,
    ),
    "not all of them are": (
        "Toutes les initiatives ne sont pas en production : {made} le sont.",
        "Not all initiatives are in production: {made} are.",
        True,
    ),
    "and not all of them are said to be": (
        "Toutes les initiatives de 2025 sont en production : on en compte {made}.",
        "All the initiatives of 2025 are in production: they number {made}.",
        False,
    ),
    "an interval in months is not one in weeks": (
        "Les deux collectes sont séparées par {months} semaines.",
        "The two collections are {months} weeks apart.",
        False,
    ),
    "a share is of its whole": (
        "Des initiatives en production, {made_of_decision} sont de la catégorie « Aide à la décision ».",
        "Of the initiatives in production, {made_of_decision} are in the category “Aide à la décision”.",
        True,
    ),
    "and not its whole of it": (
        "Des initiatives de la catégorie « Aide à la décision », {made_of_decision} sont en production.",
        "Of the initiatives in the category “Aide à la décision”, {made_of_decision} are in production.",
        False,
    ),
    "twice as fast is twice the change": (
        "Depuis 2024, les initiatives en production ont crû deux fois plus vite que celles en "
        "développement : {faster_size}, contre {slower_size}.",
        "Since 2024, initiatives in production grew twice as fast as those in development: "
        "{faster_size}, compared with {slower_size}.",
        True,
    ),
    "and not three times it": (
        "Depuis 2024, les initiatives en production ont crû trois fois plus vite que celles en "
        "développement : {faster_size}, contre {slower_size}.",
        "Since 2024, initiatives in production grew three times as fast as those in development: "
        "{faster_size}, compared with {slower_size}.",
        False,
    ),
    "more portfolios of equal size are less concentrated": (
        "Les initiatives sont moins concentrées qu’en 2024 : le nombre équivalent de portefeuilles est passé "
        "de {before} à {after}.",
        "Initiatives are less concentrated than in 2024: the equivalent number of portfolios went from "
        "{before} to {after}.",
        True,
    ),
    "and not more": (
        "Les initiatives sont plus concentrées qu’en 2024 : le nombre équivalent de portefeuilles est passé "
        "de {before} à {after}.",
        "Initiatives are more concentrated than in 2024: the equivalent number of portfolios went from "
        "{before} to {after}.",
        False,
    ),
    "no index says that a distribution is even": (
        "Avec un coefficient de Gini de {gini}, les initiatives sont réparties presque également "
        "entre les portefeuilles.",
        "With a Gini coefficient of {gini}, initiatives are almost evenly distributed across portfolios.",
        False,
    ),
    "the change that is faster is the larger": (
        "Depuis 2024, les initiatives en production ({faster}) croissent plus vite que celles en "
        "développement ({slower}).",
        "Since 2024, initiatives in production ({faster}) grew faster than those in development ({slower}).",
        True,
    ),
    "and not the smaller": (
        "Depuis 2024, les initiatives en développement ({slower}) croissent plus vite que celles "
        "en production ({faster}).",
        "Since 2024, initiatives in development ({slower}) grew faster than those in production ({faster}).",
        False,
    ),
    "“are up” is a rise, and “less steeply” a slower one": (
        "Les initiatives en développement augmentent aussi depuis 2024, mais moins fortement que celles en "
        "production : {slower_size}, contre {faster_size}.",
        "Initiatives in development are up too since 2024, but less steeply than those in production: "
        "{slower_size}, compared with {faster_size}.",
        True,
    ),
    "than the other": (
        "Les initiatives en production augmentent aussi depuis 2024, mais moins fortement que celles en "
        "développement : {faster_size}, contre {slower_size}.",
        "Initiatives in production are up too since 2024, but less steeply than those in development: "
        "{faster_size}, compared with {slower_size}.",
        False,
    ),
    "a number went up to what it is": (
        "Le nombre d’initiatives en développement est passé de {testing_before} en 2024 à {testing}.",
        "From {testing_before} in 2024, the number of initiatives in development went up to {testing}.",
        True,
    ),
    "and from what it was": (
        "Le nombre d’initiatives en développement est passé de {testing} à {testing_before} en 2024.",
        "From {testing}, the number of initiatives in development went up to {testing_before} in 2024.",
        False,
    ),
    "which is no bound": (
        "Jusqu’à {testing} initiatives sont en développement.",
        "Up to {testing} initiatives are in development.",
        False,
    ),
    "the bounds of a share say what it is of": (
        "La part des initiatives en production se situe {bounds}, selon le statut des autres.",
        "The share of initiatives in production is {bounds}, depending on the status of the others.",
        True,
    ),
    "and are of no other whole": (
        "La part des initiatives en production, parmi celles de statut connu, se situe {bounds}.",
        "The share of initiatives in production, among those of known status, is {bounds}.",
        False,
    ),
    "“or nearly” may follow a fraction": (
        "Neuf initiatives sur dix ou presque ({share}) relèvent de {two} catégories.",
        "Nine in ten or nearly ({share}) of initiatives are in {two} categories.",
        True,
    ),
    "of which a number is a little less": (
        "Quatre initiatives sur cinq ou presque ({share}) relèvent de {two} catégories.",
        "Four in five or nearly ({share}) of initiatives are in {two} categories.",
        False,
    ),
    "the total that a part stands beside has no condition of the part": (
        "En tout, {first} initiatives sur {all} appartiennent à la catégorie « Aide à la décision ».",
        "In all, {first} initiatives of {all} belong to the category “Decision support”.",
        True,
    ),
    "some are not all without exception": (
        "Sans exception, {risers} portefeuilles en déclarent plus qu’en 2024.",
        "Without exception, {risers} portfolios reported more than in 2024.",
        False,
    ),
    "a change between two editions has no month": (
        "Chaque mois depuis 2024, les organismes déclarent {net} initiatives de plus.",
        "Every month since 2024, bodies reported {net} more initiatives.",
        False,
    ),
    "a fraction stands before the whole it is of": (
        "Depuis 2024, ces portefeuilles ajoutent ensemble {added} initiatives, les quatre cinquièmes de la "
        "hausse nette de {net}.",
        "Since 2024, these portfolios together added {added} initiatives, four fifths of the net increase "
        "of {net}.",
        True,
    ),
    "and not before another": (
        "Depuis 2024, ces portefeuilles ajoutent ensemble {added} initiatives, les deux cinquièmes de la "
        "hausse nette de {net}.",
        "Since 2024, these portfolios together added {added} initiatives, two fifths of the net increase "
        "of {net}.",
        False,
    ),
    "the most frequent are the largest": (
        "Les {two} catégories les plus fréquentes réunissent {share} des initiatives.",
        "The {two} most frequent categories hold {share} of initiatives.",
        True,
    ),
    "an interval between two collections is no time to build": (
        "Il faut {interval} pour mettre une initiative en production.",
        "It takes {interval} to put an initiative into production.",
        False,
    ),
    "what a number is compared with is not its edition": (
        "Le portefeuille Travail gagne {gained} initiatives depuis 2024, pour atteindre {travail}.",
        "Travail gained {gained} initiatives since 2024, to reach {travail}.",
        True,
    ),
    "nor where the earlier number follows": (
        "Plus d’initiatives qu’en 2024 : {all}, contre {all_before}.",
        "More initiatives than in 2024: {all}, compared with {all_before}.",
        True,
    ),
    "since an edition, a number that nothing moved was not reached": (
        "Depuis 2024, {made} initiatives ont été mises en production, contre {made_before} dans l’édition "
        "précédente.",
        "Since 2024, {made} initiatives have been put into production, against {made_before} in the previous "
        "edition.",
        False,
    ),
    "but one that moved was": (
        "Depuis 2024, le nombre d’initiatives en production a doublé : {made}, contre {made_before} dans "
        "l’édition précédente.",
        "Since 2024, the number of initiatives in production has doubled: {made}, against {made_before} in "
        "the previous edition.",
        True,
    ),
    "nor had a portfolio all it has, of which it gained some later": (
        "Depuis 2024, le portefeuille Travail compte {travail} initiatives ; il en a gagné {gained}.",
        "Since 2024, Travail has had {travail} initiatives; it gained {gained}.",
        False,
    ),
    "only in an edition is no comparison with it": (
        "Le portefeuille Travail n’a atteint qu’en 2024 {travail} initiatives, après en avoir "
        "gagné {gained}.",
        "No later than in 2024, Travail reached {travail} initiatives, having gained {gained}.",
        False,
    ),
    "what moved is not as numerous": (
        "Aussi nombreuses que dans l’édition précédente, les initiatives en production sont {made}, contre "
        "{made_before}.",
        "As numerous as in the previous edition, initiatives in production are {made}, against "
        "{made_before}.",
        False,
    ),
    "but it is that of the number before which it stands": (
        "Plus d’initiatives qu’en 2024 : {all_before}, contre {all}.",
        "More initiatives than in 2024: {all_before}, compared with {all}.",
        False,
    ),
    "a passage may have words between its two numbers": (
        "De {travail_before} initiatives en 2024, le portefeuille Travail est passé à {travail}.",
        "From {travail_before} initiatives in 2024, Travail has climbed to {travail}.",
        True,
    ),
    "and runs one way": (
        "De {travail} initiatives en 2024, le portefeuille Travail est passé à {travail_before}.",
        "From {travail} initiatives in 2024, Travail has climbed to {travail_before}.",
        False,
    ),
    "two counts of one thing make a multiple": (
        "Le nombre d’initiatives en production a doublé : {made}, contre {made_before} en 2024.",
        "The number of initiatives in production has doubled: {made}, up from {made_before} in 2024.",
        True,
    ),
    "and no other": (
        "Le nombre d’initiatives en production a triplé : {made}, contre {made_before} en 2024.",
        "The number of initiatives in production has tripled: {made}, up from {made_before} in 2024.",
        False,
    ),
    "and of what it says it is": (
        "Le nombre de portefeuilles a doublé, et les initiatives en production passent de {made_before} à "
        "{made} depuis 2024.",
        "The number of portfolios has doubled, and initiatives in production went from {made_before} to "
        "{made} since 2024.",
        False,
    ),
    "what enters adds": (
        "Absent de l’édition précédente, le portefeuille Santé ajoute {entered} initiative.",
        "Absent from the previous edition, Santé added {entered} initiative.",
        True,
    ),
    "and takes nothing away": (
        "Absent de l’édition précédente, le portefeuille Santé retranche {entered} initiative.",
        "Absent from the previous edition, Santé took away {entered} initiative.",
        False,
    ),
    "and of the portfolio that it names": (
        "Le portefeuille Justice a doublé le nombre de ses initiatives, et celles de Travail passent de "
        "{travail_before} à {travail} depuis 2024.",
        "Justice has doubled its number of initiatives, and those of Travail went from {travail_before} to "
        "{travail} since 2024.",
        False,
    ),
    "nor does it say that anything else rises": (
        "Les catégories sont plus nombreuses : absente de l’édition précédente, {entered} initiative est du "
        "portefeuille Santé.",
        "Categories are up: absent from the previous edition, {entered} initiative is of Santé.",
        False,
    ),
    "a body may have the name of a portfolio": (
        "Les organismes qui déclarent le plus d’initiatives sont {bodies}, à égalité.",
        "The bodies with the most initiatives are {bodies}, tied.",
        True,
    ),
    "the noun of a name is no unit of what all reported": (
        "Depuis 2024, le portefeuille Travail a connu {travail_rise}, plus que l’ensemble, où l’on observe "
        "{rise}.",
        "Since 2024, the Travail portfolio has seen {travail_rise}, more than the whole, which saw {rise}.",
        True,
    ),
    "and what all reported is of no portfolio": (
        "Depuis 2024, le portefeuille Travail a connu {rise}, plus que l’ensemble, où l’on observe "
        "{travail_rise}.",
        "Since 2024, the Travail portfolio has seen {rise}, more than the whole, which saw {travail_rise}.",
        False,
    ),
    "the first of a list has more than any other": (
        "À elle seule, Justice regroupe {largest}, davantage que tout autre portefeuille.",
        "On its own, Justice has {largest}, more than any other portfolio.",
        True,
    ),
    "what has gone from one number to another is not gone": (
        "Le portefeuille Travail est passé de {travail_before} à {travail} initiatives depuis 2024.",
        "Travail has gone from {travail_before} to {travail} initiatives since 2024.",
        True,
    ),
    "what is both here and there is in both": (
        "On trouve {stayed} aussi bien dans l’édition de 2024 que dans celle-ci.",
        "There are {stayed} found both in the 2024 edition and in this one.",
        True,
    ),
    "what a portfolio has is not what it adds": (
        "Depuis 2024, le portefeuille Travail ajoute {travail} initiatives, contre {travail_before} en 2024.",
        "Since 2024, Travail added {travail} initiatives, up from {travail_before} in 2024.",
        False,
    ),
    "bounds that count every status are of all": (
        "De toutes les initiatives, {bounds} sont en production.",
        "Of all initiatives, {bounds} are in production.",
        True,
    ),
    "and not of those that are active": (
        "Des initiatives actives, {bounds} sont en production.",
        "Of active initiatives, {bounds} are in production.",
        False,
    ),
    "initiatives are no portfolios": (
        "De tous les portefeuilles, {made} sont en production.",
        "Of all portfolios, {made} are in production.",
        False,
    ),
    "the share of two is not that of one": (
        "Un portefeuille déclare à lui seul {share} des initiatives.",
        "A portfolio by itself reported {share} of initiatives.",
        False,
    ),
    "a share of the initiatives of a portfolio may name a category after them": (
        "Des initiatives de Travail, {decision_of_travail} sont de la catégorie « Aide à la décision ».",
        "Of the initiatives of Travail, {decision_of_travail} are in the category “Decision support”.",
        True,
    ),
    "and is no share of those of the category": (
        "Des initiatives de la catégorie « Aide à la décision », {decision_of_travail} sont de Travail.",
        "Of the initiatives in the category “Decision support”, {decision_of_travail} are in Travail.",
        False,
    ),
    "whose initiatives they are may follow": (
        "Avec {decision_of_travail} de ses initiatives en « Aide à la décision », Travail se tient à part.",
        "With {decision_of_travail} of its initiatives in “Decision support”, Travail stands apart.",
        True,
    ),
    "and is no other": (
        "Avec {decision_of_travail} de ses initiatives, « Aide à la décision » se tient à part de Travail.",
        "With {decision_of_travail} of its initiatives, “Decision support” stands apart from Travail.",
        False,
    ),
    "what all reported, each did not": (
        "Tous les portefeuilles déclarent chacun {all}.",
        "Every portfolio reported {all}.",
        False,
    ),
    "nor did some of them grow more than they all do": (
        "Depuis 2024, les portefeuilles ont connu {rise}, plus que l’ensemble.",
        "Since 2024, the portfolios have seen {rise}, more than the whole.",
        False,
    ),
    "what grows more than the whole does not grow less": (
        "Depuis 2024, le portefeuille Travail a connu {travail_rise}, moins que l’ensemble, où l’on observe "
        "{rise}.",
        "Since 2024, the Travail portfolio has seen {travail_rise}, less than the whole, which saw {rise}.",
        False,
    ),
    "what grows less grows more slowly": (
        "Depuis 2024, les initiatives en développement ({slower}) croissent moins vite que celles en "
        "production ({faster}).",
        "Since 2024, initiatives in development ({slower}) grew more slowly than those in production "
        "({faster}).",
        True,
    ),
    "a word after “by” is no part by which a number grows": (
        "Les initiatives en développement sont, en hausse de fait, la moitié, passant de {testing_before} en "
        "2024 à {testing}.",
        "Initiatives in development rose by design to half, from {testing_before} in 2024 to {testing}.",
        False,
    ),
    "what is not in production is not abandoned": (
        "Les initiatives en production sont {made}, et les autres ont été abandonnées.",
        "There are {made} initiatives in production, and the others have been abandoned.",
        False,
    ),
    "nor is a fraction of what is no part": (
        "Les trois quarts des {made} initiatives en production sont en développement : {testing}.",
        "Three-quarters of the {made} initiatives in production are in development: {testing}.",
        False,
    ),
    "nor does the verb say it of another part": (
        "Plus du tiers des {all} initiatives de cette édition sont en développement : {made} sont en "
        "production.",
        "More than a third of the {all} initiatives of this edition are in development: {made} are in "
        "production.",
        False,
    ),
    "what is found somewhere is not found again": (
        "Les {made} initiatives en production se trouvent dans cette édition.",
        "The {made} initiatives in production are found in this edition.",
        True,
    ),
    "unless the sentence says so": (
        "Les {made} initiatives en production sont retrouvées dans cette édition.",
        "The {made} initiatives in production are found again in this edition.",
        False,
    ),
    "or names another edition": (
        "Depuis 2024, {made} initiatives sont passées en production.",
        "Since 2024, {made} initiatives have reached production.",
        False,
    ),
    "and what reached a status was found before": (
        "Cette année, {made} initiatives sont passées en production.",
        "This year, {made} initiatives have reached production.",
        False,
    ),
    "an increase across all portfolios counts no portfolios": (
        "Le portefeuille Travail a connu {travail_rise} depuis 2024, contre {rise} tous portefeuilles "
        "confondus.",
        "The Travail portfolio has seen {travail_rise} since 2024, against {rise} across all portfolios.",
        True,
    ),
    "and is not that of each": (
        "Depuis 2024, tous les portefeuilles ont connu {rise}.",
        "Since 2024, all portfolios have seen {rise}.",
        False,
    ),
    "nor that of portfolios": (
        "Depuis 2024, le nombre de portefeuilles a connu {rise}, toutes catégories confondues.",
        "Since 2024, the number of portfolios has seen {rise} across all categories.",
        False,
    ),
    "bounds of an edition where nothing is retired leave out nothing": (
        "En 2024, {bounds_before} des initiatives étaient en production.",
        "In 2024, {bounds_before} of initiatives were in production.",
        True,
    ),
    "and are of that edition": (
        "Dans cette édition, {bounds_before} des initiatives sont en production.",
        "In this edition, {bounds_before} of initiatives are in production.",
        False,
    ),
    "one line of a list has more than another": (
        "Le portefeuille Justice ({justice}) déclare plus d’initiatives que le portefeuille Travail "
        "({second}).",
        "Justice ({justice}) reported more initiatives than Travail ({second}).",
        True,
    ),
    "and not fewer": (
        "Le portefeuille Travail ({second}) déclare plus d’initiatives que le portefeuille Justice "
        "({justice}).",
        "Travail ({second}) reported more initiatives than Justice ({justice}).",
        False,
    ),
    "nor more than it had": (
        "Le portefeuille Travail ({second}) déclare plus d’initiatives que l’année précédente.",
        "Travail ({second}) reported more initiatives than the year before.",
        False,
    ),
    "what has a number in both editions is in both": (
        "Dans les deux éditions, le portefeuille Travail déclare des initiatives : {travail_before} en "
        "2024 et {travail} dans cette édition.",
        "In both editions, Travail reported initiatives: {travail_before} in 2024 and {travail} in this "
        "edition.",
        True,
    ),
    "which is said first, before what has it": (
        "Le portefeuille Travail garde ses initiatives dans les deux éditions : {travail_before} en 2024 et "
        "{travail} dans cette édition.",
        "Travail keeps its initiatives in both editions: {travail_before} in 2024 and {travail} in this "
        "edition.",
        False,
    ),
    "and of one name, for initiatives in both are others": (
        "Dans les deux éditions, les mêmes initiatives sont en production : {made_before} en 2024 et {made} "
        "dans cette édition.",
        "In both editions, the same initiatives are in production: {made_before} in 2024 and {made} in this "
        "edition.",
        False,
    ),
    "and not what has one": (
        "Dans les deux éditions, le portefeuille Travail déclare {travail} initiatives.",
        "In both editions, Travail reported {travail} initiatives.",
        False,
    ),
    "nor is the second of both the first": (
        "Dans les deux éditions, le premier portefeuille est Travail : {travail_before} initiatives en "
        "2024 et {travail} dans cette édition.",
        "In both editions, the first portfolio is Travail: {travail_before} initiatives in 2024 and "
        "{travail} in this edition.",
        False,
    ),
    "all the others are all but the one named": (
        "Depuis 2024, le portefeuille Travail a connu {travail_rise}, et l’ensemble des autres "
        "{others_rise}.",
        "Since 2024, the Travail portfolio has seen {travail_rise}, and all the others {others_rise}.",
        True,
    ),
    "and not all but another": (
        "Depuis 2024, le portefeuille Justice compte {justice} initiatives, et l’ensemble des autres a "
        "connu {others_rise}.",
        "Since 2024, the Justice portfolio has {justice} initiatives, and all the others have seen "
        "{others_rise}.",
        False,
    ),
    "nor each of the others": (
        "Depuis 2024, le portefeuille Travail a connu {travail_rise}, et chacun des autres {others_rise}.",
        "Since 2024, the Travail portfolio has seen {travail_rise}, and everyone else {others_rise}.",
        False,
    ),
    "concentration falls where portfolios of equal size are more": (
        "La concentration a diminué : le nombre équivalent de portefeuilles est de {after}, contre {before} "
        "en 2024.",
        "Concentration fell: the equivalent number of portfolios is {after}, against {before} in 2024.",
        True,
    ),
    "and does not rise": (
        "La concentration a légèrement augmenté : le nombre équivalent de portefeuilles est de {after}, "
        "contre {before} en 2024.",
        "Concentration rose slightly: the equivalent number of portfolios is {after}, against {before} in "
        "2024.",
        False,
    ),
    "all portfolios rise where none does not": (
        "Tous les portefeuilles sont en hausse depuis 2024, et ajoutent {gained_by_all} initiatives.",
        "Every portfolio rose since 2024, and they added {gained_by_all} initiatives.",
        True,
    ),
    "also where no list counts them": (
        "Tous les portefeuilles sont en hausse depuis 2024, de {net} initiatives en tout.",
        "Every portfolio rose since 2024, by {net} initiatives in all.",
        True,
    ),
    "not every status is known": (
        "Tous les statuts sont connus : {made} initiatives sont en production.",
        "Every status is known: {made} initiatives are in production.",
        False,
    ),
    "barely is no bound": (
        "À peine {made} initiatives sont en production.",
        "Barely {made} initiatives are in production.",
        True,
    ),
    "but barely more than is one": (
        "À peine plus de {made} initiatives sont en production.",
        "Barely more than {made} initiatives are in production.",
        False,
    ),
    "and barely a third is a third": (
        "À peine un tiers des initiatives ({made}) sont en production.",
        "Barely a third of initiatives ({made}) are in production.",
        False,
    ),
    "what is divided over a number is not over it": (
        "Les initiatives se répartissent entre {stayed} portefeuilles présents dans les deux éditions.",
        "Initiatives are divided over {stayed} portfolios present in both editions.",
        True,
    ),
    "nor the one named with the others": (
        "Depuis 2024, le portefeuille Travail, comme les autres, a connu {others_rise}.",
        "Since 2024, the Travail portfolio, like all the others, has seen {others_rise}.",
        False,
    ),
    "one end of a change may be told alone, in its edition": (
        "En 2024, {all_then} avaient été déclarées, dont {made_then} étaient en production et {testing_then} "
        "en développement.",
        "In 2024, {all_then} had been reported, of which {made_then} were in production and {testing_then} "
        "in development.",
        True,
    ),
    "whose status is its own": (
        "En 2024, {all_then} avaient été déclarées, dont {testing_then} étaient en production.",
        "In 2024, {all_then} had been reported, of which {testing_then} were in production.",
        False,
    ),
    "and not in the other edition": (
        "On comptait {made_now} initiatives en production en 2024.",
        "There were {made_now} initiatives in production in 2024.",
        False,
    ),
    "which the clause before it may name": (
        "En 2024, {all_then} avaient été déclarées, dont {made_now} étaient en production.",
        "In 2024, {all_then} had been reported, of which {made_now} were in production.",
        False,
    ),
    "nor both ends the other way round": (
        "En 2024, {made_now} initiatives étaient en production, contre {made_then} cette année.",
        "In 2024, {made_now} initiatives were in production, compared with {made_then} this year.",
        False,
    ),
}

OF_NAMED = {
    "most_made": 'p.number(g.of_all, field="highest")',
    "made_now": 'p.number(change.production_growth, field="after")',
    "chum": "p.count(g.chum.n)",
    "laval": "p.number(g.laval.n)",
    "imaging": "p.count(g.imaging.n)",
    "imaging_before": "p.number(g.imaging.n_before)",
    "chatbots": "p.count(g.chatbots.n)",
    "chatbots_before": "p.number(g.chatbots.n_before)",
    "labour": "p.few(g.labour.n)",
    "justice": "p.count(g.justice.n)",
    "rises": 'p.number(change.category_rises, field="total")',
    "security": "p.few(g.security.n)",
    "eight": "p.number(g.justice.n)",
    "made": "p.number(g.made)",
    "testing": "p.number(g.testing)",
    "laval_before": "p.number(g.laval.n_before)",
    "tourism": "p.few(g.tourism.n)",
    "farming_before": "p.few(g.farming.n_before)",
    "forests": "p.count(g.forests.n)",
    "forests_before": "p.number(g.forests.n_before)",
    "transport": "p.number(g.transport.n)",
    "now": "p.year(2025)",
    "health": "p.count(g.health.n)",
    "more_in_health": 'p.number(g.health.growth, field="size")',
    "forestry": "p.number(g.forestry.n)",
    "lab": 'p.few(g.lab.n, "", "", feminine=True)',
    "lab_before": "p.few(g.lab.n_before)",
    "justice_before": 'p.few(g.justice.n_before, "", "", feminine=True)',
    "told": "p.count(g.declaring.told)",
    "declaring": "p.number(g.declaring.bodies)",
    "main": "p.percent(g.declaring.main_share)",
    "in_health": "p.number(g.health.n)",
    "silent": "p.count(g.silent)",
    "told_before": "p.few(change.bodies_told_before)",
    "bodies_before": "p.number(change.bodies_before)",
    "risers": "p.number(change.largest_rises)",
    "made_more": 'p.number(change.production_growth, field="size")',
    "testing_more": 'p.number(change.development_growth, field="size")',
    "made_rise": "p.change_size(change.production_growth)",
    "rise": "p.change_size(change.growth)",
    "of_rise": "p.percent(change.leader_part)",
    "health_share": "p.percent(g.health.share)",
    "more_in_justice": 'p.number(g.justice.growth, field="size")',
    "sainte": "p.number(g.sainte.n)",
    "talkers": "p.number(g.chatbots.n)",
    "images": "p.number(g.imaging.n)",
    "rise_without": "p.change_size(change.growth_without_leader)",
    "portfolios": "p.count(change.series.portfolios_now)",
    "in_both": "p.number(change.portfolios_in_both)",
    "all": "p.number(change.total)",
    "ten": 'p.number(g.declaring.ten_told, field="n")',
    "ten_hold": "p.bounds(g.declaring.ten_told)",
    "elsewhere": "p.count(g.trust.bodies_elsewhere)",
    "bodies": "p.count(g.declaring.bodies)",
    "told_number": "p.number(g.declaring.told)",
    "testing_now": 'p.count(change.development_growth, field="after")',
    "testing_then": 'p.number(change.development_growth, field="before")',
    "entered": "p.few(g.declaring.entered.initiatives)",
    "lab_lost": 'p.few(g.lab.growth, "", "", field="size", feminine=True)',
    "chatbots_more": 'p.number(g.chatbots.growth, field="size")',
    "both_rise": "p.change_size(change.growth_in_both)",
    "both": "p.count(change.portfolios_in_both)",
    "soquij": "p.number(g.soquij.n)",
    "hec": "p.few(g.hec.n)",
    "made_then": 'p.number(change.production_growth, field="before")',
    "arq": "p.number(g.arq.n)",
    "elsewhere_in_health": 'p.count(change.leader_elsewhere, field="after")',
    "gained_elsewhere": 'p.number(change.leader_elsewhere, field="size")',
    "untold": "p.number(g.declaring.others)",
    "left": "p.count(g.declaring.left_to_others)",
    "told_have": 'p.number(g.declaring.told_share, field="part")',
    "of_all": "p.bounds(g.of_all)",
    "of_all_before": "p.bounds(g.of_all_before)",
    "then": "p.year(2024)",
    "most_moved": 'p.count(change.largest_rises, field="part")',
    "first_movers": 'p.few(change.largest_rises, field="listed")',
    "cyber": "p.few(g.cyber.n)",
    "per_body": "p.number(g.per_body, decimals=1)",
    "justice_rank": "p.rank(g.justice.rank)",
    "laval_rank": "p.rank(g.laval.rank)",
    "bodies_more": 'p.number(change.bodies_growth, field="size")',
    "health_share_before": "p.percent(g.health.share_before)",
    "more_share": "p.points_move(g.chatbots.share_growth)",
    "laval_part": "p.percent(g.laval.share_of_portfolio)",
    "schools": "p.number(g.schools.n)",
    "after": 'p.number(change.growth_without_leader, field="after")',
    "portfolios_now": "p.number(g.portfolios)",
    "hec_word": 'p.few(g.hec.n, "", "", feminine=True)',
    "ministry_word": 'p.few(g.ministry.n, "", "", feminine=True)',
    "culture": "p.count(g.culture.n)",
    "culture_before": "p.number(g.culture.n_before)",
    "automation": "p.number(g.automation.n)",
    "geomatics": "p.count(g.geomatics.n)",
    "growth": 'p.count(change.growth, field="size")',
    "geomatics_before": "p.number(g.geomatics.n_before)",
    "known": "p.number(g.known)",
    "bodies_rise": "p.change_size(change.bodies_growth)",
    "health_rise": "p.change_size(g.health.growth)",
    "before": "p.year(2024)",
    "first_move": "p.movers(change.first_move)",
    "first_fall": "p.movers(change.first_fall)",
}
"""Facts of the embedded edition, whose rows are reconstructed, by name."""
NAMED_CASES = {
    "a status that all have is theirs": (
        "Les {made} initiatives en production en {now} sont toutes en service.",
        "The {made} initiatives in production in {now} are all in service.",
        True,
    ),
    "and not another": (
        "Les {silent} sans statut connu en {now} sont toutes en production.",
        "The {silent} without a known status in {now} are all in production.",
        False,
    ),
    "what is added to a bound is no status of its own": (
        "Au plus {most_made} initiatives de {now} sont en production, si l’on y ajoute les statuts inconnus.",
        "At most {most_made} initiatives of {now} are in production if those of unknown status are added.",
        True,
    ),
    "nobody may know a stage": (
        "On ignore à quel stade en sont {silent} de {now}.",
        "It is not known what stage {silent} of {now} have reached.",
        True,
    ),
    "and everybody one that is told": (
        "On ignore à quel stade en sont {made} initiatives de {now}.",
        "It is not known what stage {made} initiatives of {now} have reached.",
        False,
    ),
    "a share of all is none of its own": (
        "Le portefeuille Santé et Services sociaux déclare {health}, {health_share} de ses initiatives.",
        "The Health and Social Services portfolio reports {health}, {health_share} of its initiatives.",
        False,
    ),
    "what was added is not all that is reported": (
        "Les {first_movers} qui ont le plus progressé déclarent ensemble {most_moved} en {now}.",
        "The {first_movers} that grew most reported {most_moved} in all in {now}.",
        False,
    ),
    "there were some, there are now more": (
        "En production, elles étaient {made_then}, elles sont {made_now}.",
        "In production, there were {made_then}; there are now {made_now}.",
        True,
    ),
    "and not fewer": (
        "En production, elles étaient {made_now}, elles sont {made_then}.",
        "In production, there were {made_now}; there are now {made_then}.",
        False,
    ),
    "nor is its part of the rise a share of all": (
        "Le portefeuille qui a le plus ajouté détient {of_rise} des initiatives.",
        "The portfolio that added most holds {of_rise} of the initiatives.",
        False,
    ),
    "what weighs no more than so much weighed more": (
        "La Santé ne pèse plus que {health_share} des initiatives, contre {health_share_before} en 2024.",
        "Health now makes up only {health_share} of initiatives, against {health_share_before} in 2024.",
        True,
    ),
    "and did not weigh less": (
        "La Santé ne pèse plus que {health_share_before} des initiatives en 2024, contre {health_share}.",
        "Health fell to {health_share_before} of initiatives in 2024, against {health_share}.",
        False,
    ),
    "what overtook another is larger": (
        "La production a pris le pas sur le développement, avec {made} initiatives contre {testing}.",
        "Production has overtaken development, with {made} initiatives against {testing}.",
        True,
    ),
    "and not smaller": (
        "Le développement a pris le pas sur la production, avec {testing} initiatives contre {made}.",
        "Development has overtaken production, with {testing} initiatives against {made}.",
        False,
    ),
    "less than half is a minority": (
        "Une minorité des initiatives, {health_share}, relèvent de la Santé.",
        "A minority of initiatives, {health_share}, belong to Health.",
        True,
    ),
    "and more is none": (
        "Une minorité des initiatives, {main}, relèvent des quatre premiers portefeuilles.",
        "A minority of initiatives, {main}, belong to the first four portfolios.",
        False,
    ),
    "a question is read with its answer": (
        "Combien d’organismes déclarent des initiatives? On arrive à {declaring}.",
        "How many bodies report initiatives? The answer is {declaring}.",
        True,
    ),
    "which is an answer to no other": (
        "Combien de portefeuilles déclarent des initiatives? On arrive à {declaring}.",
        "How many portfolios report initiatives? The answer is {declaring}.",
        False,
    ),
    "what is named in two editions is in both": (
        "Au total, {both} figurent dans l’édition de 2024 et dans celle de {now}.",
        "In all, {both} appear in the {year} edition and again in that of {now}.",
        True,
    ),
    "and not in one alone": (
        "Au total, {both} figurent dans l’édition de 2024 mais plus dans celle de {now}.",
        "In all, {both} appear in the {year} edition but no longer in that of {now}.",
        False,
    ),
    "the edition that has not a portfolio is not that of the total": (
        "Les portefeuilles absents de l’édition de 2024 ont {entered}, sur un total de {all}.",
        "The portfolios missing from the {year} edition have {entered}, out of a total of {all}.",
        True,
    ),
    "nor are all of them so": (
        "Les portefeuilles absents de l’édition de 2024 ont {all} initiatives.",
        "The portfolios missing from the {year} edition have {all} initiatives.",
        False,
    ),
    "none added more than the first": (
        "Aucun portefeuille n’a ajouté davantage que {first_move}.",
        "No portfolio added more than {first_move}.",
        True,
    ),
    "but more than the last": (
        "Aucun portefeuille n’a ajouté davantage que {first_fall}.",
        "No portfolio added more than {first_fall}.",
        False,
    ),
    "a number is no part of itself": (
        "Des {made} initiatives en production, {made} se retrouvent en production.",
        "Of the {made} initiatives in production, {made} are found in production.",
        False,
    ),
    "what moved by a twentieth is in no explosion": (
        "La gestion géomatique et géospatiale explose : {geomatics}, contre {geomatics_before} dans "
        "l’édition précédente.",
        "Geomatic and geospatial management is exploding: {geomatics}, against {geomatics_before} in "
        "the previous edition.",
        False,
    ),
    "what moved by more may surge": (
        "La Justice bondit : {justice}, contre {justice_before} dans l’édition précédente.",
        "Justice surged: {justice}, against {justice_before} in the previous edition.",
        True,
    ),
    "and has no slight rise": (
        "La Justice est en légère hausse : {justice}, contre {justice_before} dans l’édition précédente.",
        "Justice had a slight increase: {justice}, against {justice_before} in the previous edition.",
        False,
    ),
    "as what moved by less": (
        "La gestion géomatique et géospatiale est en légère hausse : {geomatics}, contre "
        "{geomatics_before} dans l’édition précédente.",
        "Geomatic and geospatial management had a slight increase: {geomatics}, against "
        "{geomatics_before} in the previous edition.",
        True,
    ),
    "a small part is a quarter at most": (
        "Les {laval} initiatives de l’Université Laval sont une petite partie des {all}.",
        "The {laval} initiatives of Université Laval are a small part of the {all}.",
        True,
    ),
    "and not half": (
        "Les {testing} initiatives en développement sont une petite partie des {all}.",
        "The {testing} initiatives in development are a small part of the {all}.",
        False,
    ),
    "no number tells a motive": (
        "{untold} organismes, dont le nombre d’initiatives n’est pas publié, ont refusé de le donner.",
        "{untold} bodies, whose number of initiatives is not published, refused to give it.",
        False,
    ),
    "nor what comes next": (
        "L’an prochain, {testing} initiatives en développement seront en production.",
        "By next year, {testing} initiatives in development will be in production.",
        False,
    ),
    "what moved by a twentieth is almost flat": (
        "La gestion géomatique et géospatiale fait du surplace : {geomatics}, contre "
        "{geomatics_before} dans l’édition précédente.",
        "Geomatic and geospatial management is almost flat: {geomatics}, against {geomatics_before} "
        "in the previous edition.",
        True,
    ),
    "what moved by more is not": (
        "La Justice stagne presque : {justice}, contre {justice_before} dans l’édition précédente.",
        "Justice is almost flat: {justice}, against {justice_before} in the previous edition.",
        False,
    ),
    "nor is what moved unchanged": (
        "La gestion géomatique et géospatiale est inchangée : {geomatics}, contre {geomatics_before} "
        "dans l’édition précédente.",
        "Geomatic and geospatial management is unchanged: {geomatics}, against {geomatics_before} in "
        "the previous edition.",
        False,
    ),
    "two statuses may be joined by either": (
        "Des {all} initiatives, {known} sont soit en production, soit en développement.",
        "Of the {all} initiatives, {known} are either in production or in development.",
        True,
    ),
    "but one status may not": (
        "Des {all} initiatives, {made} sont soit en production, soit en développement.",
        "Of the {all} initiatives, {made} are either in production or in development.",
        False,
    ),
    "the first case is no first": (
        "Les initiatives ont crû plus vite que les organismes : {rise} dans le premier cas, "
        "{bodies_rise} dans le second.",
        "Initiatives grew faster than bodies: {rise} in the first case, {bodies_rise} in the second.",
        True,
    ),
    "a rise may be smaller than that of the whole": (
        "Dans le portefeuille Santé et Services sociaux, la hausse de {health_rise} est moins forte "
        "que celle de l’ensemble, qui atteint {rise}.",
        "In Health and Social Services, the increase of {health_rise} is smaller than that of the "
        "whole, which reaches {rise}.",
        True,
    ),
    "and is not larger then": (
        "Dans le portefeuille Santé et Services sociaux, la hausse de {health_rise} est plus forte "
        "que celle de l’ensemble, qui atteint {rise}.",
        "In Health and Social Services, the increase of {health_rise} is larger than that of the "
        "whole, which reaches {rise}.",
        False,
    ),
    "details that are missing leave bodies there": (
        "Le détail manque pour {untold} organismes, dont le nombre d’initiatives n’est pas publié.",
        "Details are missing for {untold} bodies, whose number of initiatives is not published.",
        True,
    ),
    "bodies that are missing are not there": (
        "Manquent {untold} organismes, dont le nombre d’initiatives n’est pas publié.",
        "Missing are {untold} bodies, whose number of initiatives is not published.",
        False,
    ),
    "a body may be at the origin of initiatives": (
        "L’Université Laval est à l’origine de {laval} initiatives.",
        "Université Laval is behind {laval} initiatives.",
        True,
    ),
    "and no number is at the origin of a rise": (
        "À l’origine de la hausse, il y a l’Université Laval, avec {laval} initiatives.",
        "The rise was caused by Université Laval, with {laval} initiatives.",
        False,
    ),
    "a smaller number does not catch up with the next": (
        "La Sécurité publique en compte {security}, sans rattraper la Justice, qui en a {eight}.",
        "Public Security has {security}, without catching up with Justice, which has {eight}.",
        True,
    ),
    "and a larger one does": (
        "La Justice en compte {eight}, sans rattraper la Sécurité publique, qui en a {security}.",
        "Justice has {eight}, without catching up with Public Security, which has {security}.",
        False,
    ),
    "a number may be as in an edition called so": (
        "Le portefeuille Travail en compte {labour}, comme dans l’édition de {before}.",
        "The Labour portfolio has {labour}, just as in the {before} edition.",
        True,
    ),
    "if it was the same in it": (
        "Le portefeuille Justice en compte {eight}, comme dans l’édition de {before}.",
        "The Justice portfolio has {eight}, just as in the {before} edition.",
        False,
    ),
    "a superlative stands beside the count of the largest": (
        "La Santé arrive en tête avec {health} initiatives.",
        "Health comes first with {health} initiatives.",
        True,
    ),
    "a stage may be said as a noun, with each number of it": (
        "Le développement occupe encore {testing_now}, contre {testing_then} dans l’édition précédente.",
        "Development still occupies {testing_now}, against {testing_then} in the previous edition.",
        True,
    ),
    "two stages share two numbers in their order": (
        "Production et développement comptent respectivement {made} et {testing} initiatives.",
        "Production and development have {made} and {testing} initiatives respectively.",
        True,
    ),
    "and in no other": (
        "Développement et production comptent respectivement {made} et {testing} initiatives.",
        "Development and production have {made} and {testing} initiatives respectively.",
        False,
    ),
    "a stage as a noun is that of its number": (
        "La production compte {testing} initiatives, le développement {made}.",
        "Production has {testing} initiatives, development {made}.",
        False,
    ),
    "what is lost is down": (
        "La catégorie « Laboratoire et équipement » en a perdu {lab_lost} depuis 2024.",
        "The category “Laboratory and equipment” has lost {lab_lost} since 2024.",
        True,
    ),
    "and not what is gained": (
        "La catégorie « Assistant/agent conversationnel » a perdu {chatbots_more} initiatives depuis 2024.",
        "The category “Conversational assistant/agent” has lost {chatbots_more} initiatives since 2024.",
        False,
    ),
    "a count of what entered may name all that did, together": (
        "Les portefeuilles Famille et Tourisme, absents en 2024, ne déclarent ensemble que {entered}.",
        "The Family and Tourism portfolios, absent in 2024, reported only {entered} between them.",
        True,
    ),
    "but not another": (
        "Les portefeuilles Famille et Justice, absents en 2024, déclarent {entered}.",
        "The Family and Justice portfolios, absent in 2024, reported {entered}.",
        False,
    ),
    "rows that tell a number are not what it counts": (
        "La Presse Canadienne a compté {elsewhere}, alors que ces lignes en donnent {declaring}.",
        "The Canadian Press counted {elsewhere}, whereas these rows give {declaring}.",
        True,
    ),
    "and are no bodies": (
        "Ces {declaring} lignes redonnent les chiffres publiés.",
        "These {declaring} rows reproduce the published figures.",
        False,
    ),
    "“from one edition to the next” is not cut, and says what is in both": (
        "Les {both} présents d’une édition à l’autre ont vu leurs initiatives augmenter de {both_rise}.",
        "The {both} present from one edition to the next saw their initiatives increase by {both_rise}.",
        True,
    ),
    "what a body is building is in development, and the noun of a subject counts nothing": (
        "Les initiatives en production ({made}) sont plus nombreuses que celles que les organismes "
        "développent encore ({testing}).",
        "Initiatives in production ({made}) outnumber those that bodies are still building ({testing}).",
        True,
    ),
    "a part of a portfolio may be that of its body, by its rows": (
        "La moitié des {justice} du portefeuille Justice, soit {soquij}, sont celles de la Société "
        "québécoise d’information juridique.",
        "Half of the {justice} of the Justice portfolio, that is {soquij}, are those of the Société "
        "québécoise d’information juridique.",
        True,
    ),
    "and no other part": (
        "Le tiers des {justice} du portefeuille Justice, soit {soquij}, sont celles de la Société "
        "québécoise d’information juridique.",
        "A third of the {justice} of the Justice portfolio, that is {soquij}, are those of the Société "
        "québécoise d’information juridique.",
        False,
    ),
    "two numbers may be almost level": (
        "Dans l’édition précédente, production et développement étaient presque à égalité, avec "
        "{made_then} et "
        "{testing_then} initiatives.",
        "In the previous edition, production and development were almost level, with {made_then} and "
        "{testing_then} initiatives.",
        True,
    ),
    "and not far apart": (
        "Production et développement sont presque à égalité, avec {made} et {testing} initiatives.",
        "Production and development are almost level, with {made} and {testing} initiatives.",
        False,
    ),
    "a noun inside a name counts nothing": (
        "L’Agence du revenu du Québec en compte {arq}.",
        "The Agence du revenu du Québec has {arq} of them.",
        True,
    ),
    "the ministry of a portfolio is left out of its number": (
        "Hors du ministère lui-même, les organismes du portefeuille Santé et Services sociaux déclarent "
        "{elsewhere_in_health}, soit {gained_elsewhere} de plus que dans l’édition précédente.",
        "Outside the ministry itself, the bodies of the Health and Social Services portfolio report "
        "{elsewhere_in_health}, which is {gained_elsewhere} more than in the previous edition.",
        True,
    ),
    "bounds are of the edition named after both of them": (
        "La part en production se situait {of_all_before} en {then} et se situe {of_all} en {now}.",
        "The share in production was {of_all_before} in {then} and is {of_all} in {now}.",
        True,
    ),
    "and not of one named before it": (
        "La part en production se situait {of_all_before} en {now} et se situe {of_all} en {then}.",
        "The share in production was {of_all_before} in {now} and is {of_all} in {then}.",
        False,
    ),
    "the share of several portfolios is not that of a single one": (
        "Un seul portefeuille déclare {main} des initiatives de {now}.",
        "A single portfolio reports {main} of the initiatives of {now}.",
        False,
    ),
    "all of them is all": (
        "Les {told} dont le nombre est publié déclarent la totalité des initiatives, soit {told_have}.",
        "The {told} whose number is published report all of the initiatives, that is, {told_have}.",
        False,
    ),
    "“the fewest” is a superlative too": (
        "C’est le portefeuille Cybersécurité et Numérique qui en déclare le moins : {cyber}.",
        "Cybersecurity and Digital Technology is the portfolio that reports the fewest: {cyber}.",
        False,
    ),
    "a share of initiatives is none of bodies": (
        "La part des organismes qui ont une initiative en production se situe {of_all}.",
        "The share of bodies that have an initiative in production lies {of_all}.",
        False,
    ),
    "a number level with that of another name": (
        "Avec {hec_word} initiatives, HEC Montréal fait jeu égal avec le ministère de la Santé et des "
        "Services "
        "sociaux, qui en a aussi {ministry_word}.",
        "With {hec_word} initiatives, HEC Montréal is level with the Ministère de la Santé et des Services "
        "sociaux, which also has {ministry_word}.",
        True,
    ),
    "what is as in the edition before has not moved": (
        "Le portefeuille Travail n’a pas bougé : {labour}, comme en 2024.",
        "The Labour portfolio has not moved: {labour}, as in 2024.",
        True,
    ),
    "or has": (
        "Le portefeuille Justice n’a pas bougé : {eight} initiatives, comme en 2024.",
        "The Justice portfolio has not moved: {eight} initiatives, as in 2024.",
        False,
    ),
    "and no other": (
        "Le portefeuille Culture et Communications compte {culture}, trois de plus qu’en 2024, où il en "
        "comptait "
        "{culture_before}.",
        "The Culture and Communications portfolio has {culture}, three more than in 2024, when it had "
        "{culture_before}.",
        False,
    ),
    "a long word of one category names it": (
        "La géomatique compte {geomatics}.",
        "Geospatial management has {geomatics}.",
        True,
    ),
    "and no other category": (
        "La géomatique compte {automation} initiatives.",
        "Geospatial management has {automation} initiatives.",
        False,
    ),
    "what went to production is in it": (
        "Des {growth} ajoutées depuis 2024, {made_more} sont allées à la production.",
        "Of the {growth} added since 2024, {made_more} went to production.",
        True,
    ),
    "and not all that was added": (
        "Depuis 2024, {growth} de plus ont atteint la production.",
        "Since 2024, {growth} more reached production.",
        False,
    ),
    "the mean of a body is said to be one": (
        "Un organisme déclare en moyenne {per_body} initiatives.",
        "A body reports {per_body} initiatives on average.",
        True,
    ),
    "and is none of a portfolio": (
        "Un portefeuille déclare en moyenne {per_body} initiatives.",
        "A portfolio reports {per_body} initiatives on average.",
        False,
    ),
    "nor the number of each": (
        "Chaque organisme déclare {per_body} initiatives.",
        "Each body reports {per_body} initiatives.",
        False,
    ),
    "a rank is that of its name": (
        "Le portefeuille Justice est {justice_rank} par le nombre d’initiatives.",
        "The Justice portfolio is {justice_rank} by number of initiatives.",
        True,
    ),
    "and of all initiatives": (
        "Le portefeuille Travail est {justice_rank} par le nombre d’initiatives.",
        "The Labour portfolio is {justice_rank} by number of initiatives.",
        False,
    ),
    "a body is ranked among published numbers": (
        "Par le nombre d’initiatives publié, l’Université Laval se classe {laval_rank}.",
        "By published number of initiatives, Université Laval ranks {laval_rank}.",
        True,
    ),
    "more bodies are no initiatives": (
        "Depuis 2024, {bodies_more} initiatives de plus sont déclarées.",
        "Since 2024, {bodies_more} more initiatives are reported.",
        False,
    ),
    "a share has its own edition": (
        "La part de la Santé est passée de {health_share_before} en 2024 à {health_share} en {now}.",
        "The share of Health went from {health_share_before} in 2024 to {health_share} in {now}.",
        True,
    ),
    "and no other edition": (
        "La part de la Santé est passée de {health_share} en 2024 à {health_share_before} en {now}.",
        "The share of Health went from {health_share} in 2024 to {health_share_before} in {now}.",
        False,
    ),
    "a share moves by points": (
        "La part des assistants conversationnels dans les initiatives {more_share} depuis 2024.",
        "The share of conversational assistants in initiatives {more_share} since 2024.",
        True,
    ),
    "what comes back in a part of a rise has not come back": (
        "La hausse revient pour {of_rise} au portefeuille Santé et Services sociaux depuis 2024.",
        "Of the increase since 2024, {of_rise} comes from the Health and Social Services portfolio.",
        True,
    ),
    "nor is a category among all initiatives all categories": (
        "La part de la catégorie « Assistant/agent conversationnel » de toutes les initiatives {more_share}.",
        "The share of the “Conversational assistant/agent” category among all initiatives {more_share}.",
        True,
    ),
    "a body has a share of its portfolio": (
        "L’Université Laval déclare {laval_part} des initiatives de l’Enseignement supérieur.",
        "Université Laval reports {laval_part} of the initiatives of Higher Education.",
        True,
    ),
    "and not of all": (
        "L’Université Laval déclare {laval_part} des initiatives.",
        "Université Laval reports {laval_part} of initiatives.",
        False,
    ),
    "a multiple may follow its number": (
        "L’Éducation, avec {schools} initiatives, en a deux fois plus que la Justice, qui en a {eight}.",
        "Education, with {schools} initiatives, has twice as many as Justice, which has {eight}.",
        True,
    ),
    "and no larger multiple": (
        "L’Éducation, avec {schools} initiatives, en a trois fois plus que la Justice, qui en a {eight}.",
        "Education, with {schools} initiatives, has three times as many as Justice, which has {eight}.",
        False,
    ),
    "what is left out is beside what is left": (
        "Sans les {in_health} initiatives de la Santé, le registre n’en compterait que {after}.",
        "Without the {in_health} initiatives of Health, the register would have only {after}.",
        True,
    ),
    "a year later is now": (
        "Un an plus tard, {made_now} initiatives sont en production, contre {made_then} auparavant.",
        "A year later, {made_now} initiatives are in production, up from {made_then}.",
        True,
    ),
    "and not before": (
        "Un an plus tard, {made_then} initiatives sont en production, contre {made_now} auparavant.",
        "A year later, {made_then} initiatives are in production, up from {made_now}.",
        False,
    ),
    "a part with “or nearly” is near": (
        "Trois portefeuilles sur quatre, ou presque, ont grossi : {risers} sur {portfolios_now}.",
        "Nearly three in four portfolios have grown: {risers} of {portfolios_now}.",
        True,
    ),
    "and of the groups that are counted": (
        "Trois initiatives sur quatre, ou presque, ont grossi : {risers} sur {portfolios_now}.",
        "Nearly three in four initiatives have grown: {risers} of {portfolios_now}.",
        False,
    ),
    "“that reported the most” is a superlative, of whatever noun": (
        "Les {hec} de l’École des hautes études commerciales de Montréal en font l’université qui en déclare "
        "le plus.",
        "The {hec} of the École des hautes études commerciales de Montréal make it the university that "
        "reported the most.",
        False,
    ),
    "nor is it last": (
        "Le portefeuille Sécurité publique ferme la marche avec {security}.",
        "The Public Security portfolio comes last with {security}.",
        False,
    ),
    "a multiple may be of the number that a sentence gives next": (
        "Le CHUM déclare {chum}, plus du double du Centre hospitalier universitaire Sainte-Justine, qui en "
        "a {sainte}.",
        "The CHUM reported {chum}, more than double the CHU Sainte-Justine, which has {sainte}.",
        True,
    ),
    "and no other multiple": (
        "Le CHUM déclare {chum}, plus du triple du Centre hospitalier universitaire Sainte-Justine, qui en "
        "a {sainte}.",
        "The CHUM reported {chum}, more than triple the CHU Sainte-Justine, which has {sainte}.",
        False,
    ),
    "nor a part of what is less": (
        "Le CHUM déclare {chum}, la moitié de ce que déclare le Centre hospitalier universitaire "
        "Sainte-Justine ({sainte}).",
        "The CHUM reported {chum}, half of what the CHU Sainte-Justine reported ({sainte}).",
        False,
    ),
    "a number may quadruple": (
        "Le portefeuille Justice a quadruplé ses initiatives, de {justice_before} en 2024 à {eight}.",
        "The Justice portfolio quadrupled its initiatives, from {justice_before} in 2024 to {eight}.",
        True,
    ),
    "but not if it doubled": (
        "Le traitement d’image a quadruplé, de {imaging_before} à {imaging}.",
        "Image processing quadrupled, from {imaging_before} to {imaging}.",
        False,
    ),
    "“the first” alone does": (
        "La catégorie « Traitement d’image/Imagerie médicale » est la première, avec {imaging}; la "
        "seconde, « Assistant/agent conversationnel », en a {talkers}.",
        "The category “Image processing/Medical imaging” is the first, with {imaging}; the second, "
        "“Conversational assistant/agent”, has {talkers}.",
        False,
    ),
    "what is left out is left out of no number after “rather than”": (
        "Sans la Santé et les Services sociaux, la hausse du nombre d’initiatives depuis 2024 serait de "
        "{rise_without}, et non de {rise}.",
        "Without Health and Social Services, the increase in initiatives since 2024 would be "
        "{rise_without} rather than {rise}.",
        True,
    ),
    "but of the one before": (
        "Sans la Santé et les Services sociaux, la hausse du nombre d’initiatives depuis 2024 serait de "
        "{rise}, et non de {rise_without}.",
        "Without Health and Social Services, the increase in initiatives since 2024 would be {rise} rather "
        "than {rise_without}.",
        False,
    ),
    "nor is its own rise one without it, beside numbers that are": (
        "Sans la Santé et les Services sociaux, la hausse depuis 2024 est de {health_rise} : on a {after} "
        "initiatives.",
        "Without Health and Social Services, the increase since 2024 is {health_rise}: there are {after} "
        "initiatives.",
        False,
    ),
    "which tell the rise without it": (
        "Sans la Santé et les Services sociaux, la hausse depuis 2024 est de {rise_without} : on a {after} "
        "initiatives.",
        "Without Health and Social Services, the increase since 2024 is {rise_without}: there are {after} "
        "initiatives.",
        True,
    ),
    "a portfolio named before “rather than” is said of both": (
        "Dans la Santé et les Services sociaux, on compte {health} plutôt que {all}.",
        "In Health and Social Services, there are {health} rather than {all}.",
        False,
    ),
    "a long name may stand before “rose to”": (
        "De {imaging_before} initiatives en 2024, la catégorie « Traitement d’image/Imagerie médicale » "
        "passe à {images}.",
        "From {imaging_before} initiatives in 2024, the category “Image processing/Medical imaging” rose "
        "to {images}.",
        True,
    ),
    "which is the later number": (
        "De {images} initiatives en 2024, la catégorie « Traitement d’image/Imagerie médicale » passe à "
        "{imaging_before}.",
        "From {images} initiatives in 2024, the category “Image processing/Medical imaging” rose to "
        "{imaging_before}.",
        False,
    ),
    "what was already in the previous edition is in both": (
        "Sur les {portfolios} de {now}, {in_both} figuraient déjà dans l’édition précédente.",
        "Of the {portfolios} of {now}, {in_both} were already in the previous edition.",
        True,
    ),
    "and nothing else is": (
        "Sur les {bodies} de {now}, {told_number} figuraient déjà dans l’édition précédente.",
        "Of the {bodies} of {now}, {told_number} were already in the previous edition.",
        False,
    ),
    "another source is one that published": (
        "Une autre source compte {elsewhere}, là où nos lignes en donnent {declaring}.",
        "Another source counts {elsewhere}, where our rows give {declaring}.",
        True,
    ),
    "where it is named before its number": (
        "Une autre source compte {bodies}, là où nos lignes en donnent {elsewhere}.",
        "Another source counts {bodies}, where our rows give {elsewhere}.",
        False,
    ),
    "what a category has are initiatives, where nothing else is named": (
        "Les assistants ont presque doublé : la catégorie en compte {talkers}, contre {chatbots_before} en "
        "2024.",
        "Conversational assistants have nearly doubled: the category has {talkers} of them, compared with "
        "{chatbots_before} in 2024.",
        True,
    ),
    "both bounds of a share are of what follows them": (
        "Entre eux, les {ten} organismes qui en déclarent le plus réunissent {ten_hold} des initiatives.",
        "Between them, the {ten} bodies that reported the most account for {ten_hold} of initiatives.",
        True,
    ),
    "and of nothing else": (
        "Entre eux, les {ten} organismes qui en déclarent le plus réunissent {ten_hold} des organismes.",
        "Between them, the {ten} bodies that reported the most account for {ten_hold} of bodies.",
        False,
    ),
    "nor has none as many as it": (
        "Aucun organisme n’en déclare autant que l’Université Laval : {laval} initiatives.",
        "No body reported as many as Université Laval: {laval} initiatives.",
        False,
    ),
    "a half is not almost all": (
        "La quasi-totalité des initiatives, {made} sur {all}, sont en production.",
        "Almost all initiatives, {made} of {all}, are in production.",
        False,
    ),
    "a number has no cause": (
        "Parce que la loi les y oblige désormais, {bodies} ont déclaré leurs initiatives.",
        "Because the law now requires them to, {bodies} reported their initiatives.",
        False,
    ),
    "but that it was published": (
        "Pour {told} sur {declaring}, on connaît le nombre d’initiatives, parce qu’il a été publié.",
        "For {told} of {declaring}, the number of initiatives is known because it was published.",
        True,
    ),
    "the number of one body is that which was published, without a word": (
        "Le CHUM déclare {chum}; l’Université Laval passe de {laval_before} en 2024 à {laval}.",
        "The CHUM reported {chum}; Université Laval went from {laval_before} in 2024 to {laval}.",
        True,
    ),
    "which may be said": (
        "Parmi les organismes dont le nombre est publié, le CHUM déclare {chum}.",
        "Among bodies whose count is published, the CHUM reported {chum}.",
        True,
    ),
    "and not denied": (
        "Le CHUM, dont le nombre n’est pas publié, déclare {chum}.",
        "The CHUM, whose number of initiatives is not published, reported {chum}.",
        False,
    ),
    "a number may have more than doubled to another": (
        "Le traitement d’image a plus que doublé, de {imaging_before} à {imaging}.",
        "Image processing more than doubled, from {imaging_before} to {imaging}.",
        True,
    ),
    "and not more than tripled": (
        "Le traitement d’image a plus que triplé, de {imaging_before} à {imaging}.",
        "Image processing more than tripled, from {imaging_before} to {imaging}.",
        False,
    ),
    "nor more than doubled where it did not": (
        "Les assistants conversationnels ont plus que doublé, de {chatbots_before} à {chatbots}.",
        "Conversational assistants more than doubled, from {chatbots_before} to {chatbots}.",
        False,
    ),
    "a number may be as in the edition before": (
        "Le Travail déclare autant d’initiatives qu’en 2024 : {labour}.",
        "Labour reported as many initiatives as in 2024: {labour}.",
        True,
    ),
    "which may be said after it": (
        "Le portefeuille Travail compte {labour}, comme dans l’édition précédente.",
        "The Labour portfolio has {labour}, as in the previous edition.",
        True,
    ),
    "and not where it was another": (
        "Le portefeuille Justice compte {justice}, comme en 2024.",
        "The Justice portfolio has {justice}, as in 2024.",
        False,
    ),
    "nor of the first of two, one of which was another": (
        "La Justice compte {justice} et le Travail {labour}, comme en 2024.",
        "Justice has {justice} and Labour {labour}, as in 2024.",
        False,
    ),
    "nor almost": (
        "Le portefeuille Travail compte presque autant d’initiatives qu’en 2024 : {labour}.",
        "The Labour portfolio has almost as many initiatives as in 2024: {labour}.",
        False,
    ),
    "nor are its initiatives the same": (
        "Le portefeuille Travail déclare les mêmes initiatives, comme en 2024 : {labour}.",
        "The Labour portfolio reported the same initiatives as in 2024: {labour}.",
        False,
    ),
    "nor what no edition published": (
        "Le CHUM déclare {chum}, comme en 2024.",
        "The CHUM reported {chum}, as in 2024.",
        False,
    ),
    "two numbers are compared as they are": (
        "La Justice ({justice}) déclare plus d’initiatives que le Travail ({labour}).",
        "Justice ({justice}) reported more initiatives than Labour ({labour}).",
        True,
    ),
    "around the first of them": (
        "Il y a moins d’initiatives en développement ({testing}) qu’en production ({made}).",
        "There are fewer initiatives in development ({testing}) than in production ({made}).",
        True,
    ),
    "and by a ratio": (
        "La Justice compte deux fois plus d’initiatives ({eight}) que le Travail ({labour}).",
        "Justice has twice as many initiatives ({eight}) as Labour ({labour}).",
        True,
    ),
    "which is theirs": (
        "La Justice compte trois fois plus d’initiatives ({eight}) que le Travail ({labour}).",
        "Justice has three times as many initiatives ({eight}) as Labour ({labour}).",
        False,
    ),
    "not in the other order": (
        "Il y a plus d’initiatives en développement ({testing}) qu’en production ({made}).",
        "There are more initiatives in development ({testing}) than in production ({made}).",
        False,
    ),
    "nor after the first": (
        "La Justice déclare {justice}, moins que le Travail, qui en a {labour}.",
        "Justice reported {justice}, fewer than Labour, which has {labour}.",
        False,
    ),
    "nor as many": (
        "La Justice ({justice}) déclare autant d’initiatives que le Travail ({labour}).",
        "Justice ({justice}) reported as many initiatives as Labour ({labour}).",
        False,
    ),
    "nor with more of something else": (
        "La Justice ({eight}) a davantage d’employés que le Travail ({labour}).",
        "Justice ({eight}) has more staff than Labour ({labour}).",
        False,
    ),
    "nor with names in the other order": (
        "Le Travail ({eight}) déclare plus d’initiatives que la Justice ({labour}).",
        "Labour ({eight}) reported more initiatives than Justice ({labour}).",
        False,
    ),
    "nor with one that has no number": (
        "La Justice ({eight}) déclare plus d’initiatives que le Travail ({labour}) et que la Santé.",
        "Justice ({eight}) reported more initiatives than Labour ({labour}) and Health.",
        False,
    ),
    "nor one that changed": (
        "La Justice a plus d’initiatives ({eight}) que le Travail ({labour}), et davantage qu’en 2024.",
        "Justice has more initiatives ({eight}) than Labour ({labour}), and more initiatives than in 2024.",
        False,
    ),
    "all categories do not where one does not": (
        "Les catégories sont toutes en hausse depuis 2024 et ajoutent {rises} initiatives.",
        "All categories rose since 2024 and added {rises} initiatives.",
        False,
    ),
    "two numbers that are equal tie": (
        "Le Travail ({labour}) et la Sécurité publique ({security}) sont à égalité.",
        "Labour ({labour}) and Public Security ({security}) are tied.",
        True,
    ),
    "and not two others": (
        "Le Travail ({labour}) et la Justice ({justice}) sont à égalité.",
        "Labour ({labour}) and Justice ({justice}) are tied.",
        False,
    ),
    "and not almost, for it is not denied": (
        "Le Travail ({labour}) et la Sécurité publique ({security}) sont presque à égalité.",
        "Labour ({labour}) and Public Security ({security}) are almost tied.",
        False,
    ),
    "nor is it that of another": (
        "L’Université Laval déclare {chum}.",
        "Université Laval reported {chum}.",
        False,
    ),
    "what has only so many has no more": (
        "La catégorie « Laboratoire et équipement » comptait {lab_before} en 2024 et n’en compte plus "
        "qu’{lab}.",
        "The category “Laboratory and equipment” had {lab_before} in 2024 and now has just {lab}.",
        True,
    ),
    "unless it has more": (
        "La Justice en comptait {justice_before} en 2024 et ne compte plus que {justice}.",
        "Justice had {justice_before} in 2024 and is down to {justice}.",
        False,
    ),
    "one knows how many a published count says": (
        "Pour {told} sur {declaring}, on sait combien d’initiatives ont été déclarées.",
        "For {told} out of {declaring}, we know how many initiatives were reported.",
        True,
    ),
    "and does not deny it": (
        "Pour {told} sur {declaring}, on ne sait pas combien d’initiatives ont été déclarées.",
        "For {told} out of {declaring}, we do not know how many initiatives were reported.",
        False,
    ),
    "of its own kind": (
        "La Santé compte {health}, plus que toute autre catégorie.",
        "Health has {health}, more than any other category.",
        False,
    ),
    "and a size, not a change": (
        "La Santé ajoute {more_in_health} initiatives depuis 2024, plus que tout autre portefeuille.",
        "Health added {more_in_health} initiatives since 2024, more than any other portfolio.",
        False,
    ),
    "no total says that each has several": (
        "Chaque portefeuille déclare plusieurs initiatives : {made} sont en production.",
        "Every portfolio reported several initiatives: {made} are in production.",
        False,
    ),
    "a number of another is part of it": (
        "Le ministère des Ressources naturelles et des Forêts déclare {forestry} des {forests} du "
        "portefeuille Ressources naturelles et Forêts.",
        "The Ministère des Ressources naturelles et des Forêts reported {forestry} of the {forests} of the "
        "Natural Resources and Forests portfolio.",
        True,
    ),
    "as its rows are": (
        "Le ministère des Ressources naturelles et des Forêts déclare {forestry} des {health} du "
        "portefeuille Santé et Services sociaux.",
        "The Ministère des Ressources naturelles et des Forêts reported {forestry} of the {health} of the "
        "Health and Social Services portfolio.",
        False,
    ),
    "what has a number in an edition is not absent from it": (
        "Absent de l’édition de 2024, le portefeuille Travail déclare {labour}.",
        "Absent from the 2024 edition, the Labour portfolio reported {labour}.",
        False,
    ),
    "nor is another one": (
        "Contrairement à la Justice, absente en 2024, le portefeuille Tourisme déclare {tourism}.",
        "Unlike Justice, absent in 2024, the Tourism portfolio reported {tourism}.",
        False,
    ),
    "what was there may be no more": (
        "En 2024, le portefeuille Agriculture, Pêcheries et Alimentation avait déclaré {farming_before}, "
        "mais il est absent de l’édition de {now}.",
        "In 2024, the Agriculture, Fisheries and Food portfolio had reported {farming_before}, but it is "
        "absent from the {now} edition.",
        True,
    ),
    "if it is not there": (
        "Le portefeuille Justice, qui n’apparaît plus dans l’édition de {now}, déclare {justice}.",
        "The Justice portfolio, which no longer appears in the {now} edition, reported {justice}.",
        False,
    ),
    "the number of an edition is of no other": (
        "Le portefeuille Ressources naturelles et Forêts, qui en déclare {forests} en 2024, en comptait "
        "{forests_before}.",
        "The Natural Resources and Forests portfolio, which reported {forests} in 2024, had "
        "{forests_before}.",
        False,
    ),
    "an opening is that of the whole sentence": (
        "En 2024, la Justice, qui compte {eight} initiatives, est devancée par les Transports et la Mobilité "
        "durable, qui en déclarent {transport}.",
        "In 2024, Justice, which has {eight} initiatives, is behind Transport and Sustainable Mobility, "
        "which has {transport}.",
        False,
    ),
    "a change and a number of another name may be in one sentence": (
        "La Justice, bien qu’elle compte {more_in_justice} initiatives de plus qu’en 2024, est devancée par "
        "les Transports et la Mobilité durable, qui en déclarent {transport}.",
        "Justice, although it has {more_in_justice} more initiatives than in 2024, is behind Transport and "
        "Sustainable Mobility, which reported {transport}.",
        True,
    ),
    "where each is beside its own": (
        "La Justice est devancée par les Transports et la Mobilité durable, qui en déclarent {transport}, "
        "soit {more_in_justice} de plus qu’en 2024.",
        "Justice is behind Transport and Sustainable Mobility, which reported {transport}, or "
        "{more_in_justice} more than in 2024.",
        False,
    ),
    "and not beside the other": (
        "Les Transports et la Mobilité durable ajoutent {more_in_justice} initiatives depuis 2024, alors que "
        "le Travail, derrière la Justice, reste à {labour}.",
        "Transport and Sustainable Mobility added {more_in_justice} initiatives since 2024, while Labour, "
        "behind Justice, stays at {labour}.",
        False,
    ),
    "a portfolio named by a word of its name is one": (
        "On compte {chatbots} d’assistants conversationnels dans la Santé.",
        "There are {chatbots} of conversational assistants in Health.",
        False,
    ),
    "and where a status is counted": (
        "Il y a {made} initiatives en production aux Transports.",
        "There are {made} initiatives in production in Transport.",
        False,
    ),
    "or another portfolio": (
        "On compte {health} aux Transports.",
        "There are {health} in Transport.",
        False,
    ),
    "or a body of another": (
        "L’Université Laval déclare {laval} initiatives dans le portefeuille de la Santé.",
        "Université Laval reports {laval} initiatives in the Health portfolio.",
        False,
    ),
    "a body without a label is a body": (
        "On compte {chatbots} d’assistants conversationnels à l’Agence du revenu du Québec.",
        "There are {chatbots} of conversational assistants at the Agence du revenu du Québec.",
        False,
    ),
    "a body may be in its own portfolio": (
        "L’Université Laval, dans l’Enseignement supérieur, déclare {laval} initiatives.",
        "Université Laval, in Higher Education, reports {laval} initiatives.",
        True,
    ),
    "a word in lower case names no portfolio": (
        "La santé des données compte : {chatbots} sont des assistants conversationnels.",
        "The health of data matters: {chatbots} are conversational assistants.",
        True,
    ),
    "not all portfolios rose": (
        "Tous les portefeuilles, soit {risers}, ont déclaré plus d’initiatives qu’en 2024.",
        "All portfolios, {risers} in number, reported more initiatives than in 2024.",
        False,
    ),
    "an unknown status may be one that nobody knows": (
        "On ne connaît pas le statut de {silent}.",
        "The status of {silent} is not known.",
        True,
    ),
    "and not one that is known": (
        "On ne connaît pas le statut de {made} initiatives.",
        "The status of {made} initiatives is not known.",
        False,
    ),
    "counts may be published for only some": (
        "En 2024, le nombre d’initiatives n’est publié que pour {told_before} sur {bodies_before}.",
        "In 2024, the number of initiatives is published for only {told_before} of {bodies_before}.",
        True,
    ),
    "only what alone moved is alone": (
        "Seule la catégorie « Laboratoire et équipement » recule, de {lab_before} en 2024 à {lab} en {now}.",
        "Only the category “Laboratory and equipment” fell, from {lab_before} in 2024 to {lab} in {now}.",
        True,
    ),
    "and not what others did too": (
        "Seule la Santé progresse, et déclare maintenant {health}.",
        "Only Health is growing, and it now reports {health}.",
        False,
    ),
    "nor otherwise than by a change": (
        "Seule la Santé recourt à des assistants conversationnels : elle déclare {health}.",
        "Only Health uses conversational assistants: it reports {health}.",
        False,
    ),
    "the main portfolios are not the small ones": (
        "Les initiatives viennent des petits portefeuilles, qui en déclarent {main}.",
        "Initiatives come from the small portfolios, which report {main} of them.",
        False,
    ),
    "each clause has its own status": (
        "Depuis 2024, la production a gagné {made_more} initiatives, et le développement {testing_more}.",
        "Since 2024, production has gained {made_more} initiatives, and development {testing_more}.",
        True,
    ),
    "and not the other’s": (
        "Depuis 2024, le développement a gagné {made_more} initiatives, et la production {testing_more}.",
        "Since 2024, development has gained {made_more} initiatives, and production {testing_more}.",
        False,
    ),
    "what is of all takes no status from the clause ahead": (
        "Les initiatives en production ont augmenté de {made_rise}, plus que l’ensemble ({rise}).",
        "Initiatives in production rose by {made_rise}, more than all initiatives ({rise}).",
        True,
    ),
    "and gives it none": (
        "Les initiatives en production ont augmenté de {rise}, plus que l’ensemble ({made_rise}).",
        "Initiatives in production rose by {rise}, more than all initiatives ({made_rise}).",
        False,
    ),
    "a share says by its portfolio what it is of": (
        "De la hausse nette, {of_rise} vient de la Santé, dont la part est de {health_share}.",
        "Of the net increase, {of_rise} comes from Health, whose share is {health_share}.",
        True,
    ),
    "unless its noun is another": (
        "De la hausse nette des organismes, {of_rise} vient de la Santé.",
        "Of the net increase of bodies, {of_rise} comes from Health.",
        False,
    ),
    "or its portfolio": (
        "De la hausse nette, {of_rise} vient de l’Éducation.",
        "Of the net increase, {of_rise} comes from Education.",
        False,
    ),
    "what several have is no number of each": (
        "Chacun des {untold} organismes dont le nombre n’est pas publié déclare {left}.",
        "Each of the {untold} bodies whose number is not published reports {left}.",
        False,
    ),
    "names that share a number need one each": (
        "La Santé et la Justice ont chacune {health}.",
        "Health and Justice have {health} each.",
        False,
    ),
    "nor has another as many": (
        "La Justice déclare autant d’initiatives que la Santé : {in_health}.",
        "Justice reports as many initiatives as Health: {in_health}.",
        False,
    ),
    "all the others have no status of which some have another": (
        "On compte {testing} initiatives en développement; toutes les autres sont en production.",
        "There are {testing} initiatives in development; all the others are in production.",
        False,
    ),
    "nor have the others": (
        "Parmi les initiatives, {made} sont en production; les autres sont en développement.",
        "Among initiatives, {made} are in production; the others are in development.",
        False,
    ),
    "nor one that is not": (
        "Les assistants conversationnels sont l’usage le plus courant, avec {chatbots}.",
        "Conversational assistants are the most common use, with {chatbots}.",
        False,
    ),
}


def rows(portfolios: dict[str, int], production: int, development: int) -> list[small.Row]:
    homes = [name for name, size in portfolios.items() for _ in range(size)]
    stages = [small.PRODUCTION] * production + [small.DEVELOPMENT] * development + [small.SILENT] * len(homes)
    categories = [small.DECISION] * 4 + [small.ASSISTANT] * 3 + ["Automatisation"]
    return [
        small.row(
            f"Tri {n}",
            portfolio=home,
            status=stages[n],
            category=categories[n % 8],
            body=("Emploi et Solidarité sociale", "Régie")[n % 2],
        )
        for n, home in enumerate(homes)
    ]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any]:
    """2024: Justice has 40 of 60, Travail and Emploi 10; 20 are in production, 20 in development.

    2025: Justice has 43 of 80, Travail 21, Emploi 15 and Santé 1; 40 are in production, 30 in development.
    Two bodies, of which one has the name of a portfolio, have 40 each.
    """
    folder = tmp_path_factory.mktemp("rows")
    before = rows(
        {"Justice": 40, "Travail": 10, "Emploi et Solidarité sociale": 10}, production=20, development=20
    )
    now = rows(
        {"Justice": 43, "Travail": 21, "Emploi et Solidarité sociale": 15, "Santé": 1},
        production=40,
        development=30,
    )
    edition = small.edition_of(folder, y2024=before, y2025=now)
    ask = Questions(edition)
    by, travail = {"by": "portfolio_folded"}, equals("portfolio_folded", "Travail")
    others = differs("portfolio_folded", "Travail")
    found = namespace(
        equivalent=ask.fact("equivalent", of=ask.now, **by),
        equivalent_before=ask.fact("equivalent", of=ask.before, **by),
        gini=ask.fact("gini", of=ask.now, **by),
        production=ask.fact("change", after=ask.now(IN_PRODUCTION), before=ask.before(IN_PRODUCTION)),
        development=ask.fact("change", after=ask.now(IN_DEVELOPMENT), before=ask.before(IN_DEVELOPMENT)),
        first=ask.fact("top", of=ask.now, by="category", n=1),
        all=ask.fact("count", of=ask.now),
        risers=ask.fact("movers", after=ask.now, before=ask.before, side="up", n=2, **by),
        riser=ask.fact("movers", after=ask.now, before=ask.before, side="up", n=1, **by),
        growth=ask.fact("change", after=ask.now, before=ask.before),
        two=ask.fact("top_share", of=ask.now, by="category", n=2),
        travail=ask.fact("count", of=ask.now(travail)),
        made_of_decision=ask.fact(
            "share",
            part=ask.now(IN_PRODUCTION, equals("category", small.DECISION)),
            whole=ask.now(IN_PRODUCTION),
        ),
        decision_of_travail=ask.fact(
            "share",
            part=ask.now(travail, equals("category", small.DECISION)),
            whole=ask.now(travail),
        ),
        travail_before=ask.fact("count", of=ask.before(travail)),
        travail_growth=ask.fact("change", after=ask.now(travail), before=ask.before(travail)),
        all_before=ask.fact("count", of=ask.before),
        made=ask.fact("count", of=ask.now(IN_PRODUCTION)),
        made_before=ask.fact("count", of=ask.before(IN_PRODUCTION)),
        testing=ask.fact("count", of=ask.now(IN_DEVELOPMENT)),
        testing_before=ask.fact("count", of=ask.before(IN_DEVELOPMENT)),
        entered=ask.fact("count", of=ask.now(absent("portfolio_folded", ask.previous))),
        bodies=ask.fact("top", of=ask.now, by="body", n=1),
        largest=ask.fact("top", of=ask.now, n=1, **by),
        of_all=ask.fact(
            "share",
            part=ask.now(IN_PRODUCTION),
            whole=ask.now(WITH_STATUS),
            unknown=ask.now(WITHOUT_STATUS),
        ),
        of_known=production_share(ask, ask.before),
        others_growth=ask.fact("change", after=ask.now(others), before=ask.before(others)),
        ranked=ask.fact("top", of=ask.now, n=2, **by),
        newest=ask.fact("top", of=ask.now(absent("portfolio_folded", ask.previous)), n=1, **by),
        stayed=ask.fact("distinct", of=ask.now(present("portfolio_folded", ask.previous)), **by),
    )
    return edition, found, facts.change(edition)


@pytest.fixture(scope="module")
def told() -> tuple[Any, Any, Any]:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    found = {
        name: facts.named(edition, *of)
        for name, of in {
            "chum": ("body", "Centre hospitalier de l'Université de Montréal"),
            "laval": ("body", "Université Laval"),
            "sainte": ("body", "Centre hospitalier universitaire Sainte-Justine"),
            "labour": ("portfolio", "Travail"),
            "justice": ("portfolio", "Justice"),
            "security": ("portfolio", "Sécurité publique"),
            "tourism": ("portfolio", "Tourisme"),
            "farming": ("portfolio", "Agriculture, Pêcheries et Alimentation"),
            "forests": ("portfolio", "Ressources naturelles et Forêts"),
            "transport": ("portfolio", "Transports et Mobilité durable"),
            "health": ("portfolio", "Santé et Services sociaux"),
            "arq": ("body", "Agence du revenu du Québec"),
            "ministry": ("body", "Ministère de la Santé et des Services sociaux"),
            "cyber": ("portfolio", "Cybersécurité et Numérique"),
            "culture": ("portfolio", "Culture et Communications"),
            "automation": ("category", "Automatisation"),
            "geomatics": ("category", "Gestion géomatique et géospatiale"),
            "schools": ("portfolio", "Éducation"),
            "soquij": ("body", "Société québécoise d'information juridique"),
            "hec": ("body", "École des hautes études commerciales de Montréal"),
            "forestry": ("body", "Ministère des Ressources naturelles et des Forêts"),
            "lab": ("category", "Laboratoire et équipement"),
            "imaging": ("category", "Image processing/Medical imaging"),
            "chatbots": ("category", "Assistant/agent conversationnel"),
        }.items()
    }
    stages = facts.stages(edition)
    made = {"made": stages.in_production, "testing": stages.in_development}
    made |= {"known": stages.production_or_development}
    made |= {
        "declaring": facts.declaring(edition),
        "silent": stages.silent_now,
        "of_all": stages.production_of_all,
        "of_all_before": stages.production_of_all_before,
    }
    spread = facts.spread(edition)
    made |= {"trust": facts.trust(edition, Path()), "per_body": spread.per_body}
    made |= {"categories": spread.categories, "portfolios": spread.declaring}
    return edition, namespace(**found, **made), facts.change(edition)


def failures_in(
    folder: Path, asked: tuple[Any, Any, Any], cases: dict[str, tuple[str, str, bool]], named: dict[str, str]
) -> dict[str, list[str]]:
    """Return what is wrong with each sentence, all published at once."""
    edition, found, change = asked
    numbers = {name: f"{{eval}}`{expression}`" for name, expression in named.items()}
    year = "{eval}`p.year(change.before.year)`"
    cells = {
        case: tuple(text.replace("2024", "{year}").format(**numbers, year=year) for text in both)
        for case, (*both, _) in cases.items()
    }
    return failures_of(folder, edition, cells, g=found, change=change)


@pytest.fixture(scope="module")
def of_numbers(tmp_path_factory: pytest.TempPathFactory, asked: tuple[Any, Any, Any]) -> dict[str, list[str]]:
    return failures_in(tmp_path_factory.mktemp("out"), asked, CASES, NUMBERS)


@pytest.fixture(scope="module")
def of_names(tmp_path_factory: pytest.TempPathFactory, told: tuple[Any, Any, Any]) -> dict[str, list[str]]:
    return failures_in(tmp_path_factory.mktemp("out"), told, NAMED_CASES, OF_NAMED)


@pytest.mark.parametrize("case", CASES)
def test_a_judgement_is_that_of_its_numbers(of_numbers: dict[str, list[str]], case: str) -> None:
    is_judged(of_numbers[case], is_true=CASES[case][-1])


@pytest.mark.parametrize("case", NAMED_CASES)
def test_a_name_tells_what_its_numbers_are_of(of_names: dict[str, list[str]], case: str) -> None:
    is_judged(of_names[case], is_true=NAMED_CASES[case][-1])
