"""How the verifier reads a sentence: what a reader understands passes, and fails on another number."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portrait import facts as chapters
from portrait.editions.opening import open_edition
from portrait.facts.conditions import (
    IN_DEVELOPMENT,
    IN_PRODUCTION,
    KNOWN,
    WITHOUT_STATUS,
    production_share,
)
from portrait.facts.fact import Questions
from portrait.facts.queries import absent, differs, equals, linked, present, unlinked
from tests import small
from tests.inventories import PROJECT, UseCase, write_inventory
from tests.publish.verified import failures_of, is_judged, namespace, publish, readings, with_years

SAID = {
    "the ends of a range share what stands beside it": (
        "Selon que les liens sont possibles ou stricts, de {0} à {1} initiatives de 2024 ne sont pas "
        "retrouvées.",
        "Depending on whether links are possible or strict, {0} to {1} initiatives of 2024 are not found.",
        ("lost_possibly", "lost_strictly"),
        ("production", "lost_strictly"),
    ),
    "both editions may be named one after the other": (
        "{0} organismes figurent dans l’édition de 2024 et dans celle de 2025.",
        "{0} bodies appear in the 2024 edition and in that of 2025.",
        ("both",),
        ("entered",),
    ),
    "what is in the older edition only has left": (
        "{0} organismes ne figurent que dans l’ancienne édition.",
        "{0} bodies appear only in the older edition.",
        ("left",),
        ("both",),
    ),
    "whom the edition before did not name have entered": (
        "L’édition de 2025 nomme aussi {0} organismes que la précédente ne nommait pas.",
        "The 2025 edition also names {0} bodies that the previous edition did not.",
        ("entered",),
        ("left",),
    ),
    "who cease to be named have left": (
        "De 2024 à 2025, {0} organismes cessent d’être nommés.",
        "From 2024 to 2025, {0} bodies cease to be named.",
        ("left",),
        ("entered",),
    ),
    "an unknown status denies no comparison": (
        "{0} initiatives sont en développement : elles sont plus nombreuses que les {1} dont le statut "
        "n’est pas connu.",
        "{0} initiatives are in development: they are more numerous than the {1} whose status is not known.",
        ("development", "silent"),
        ("silent", "development"),
    ),
    "what moved to a status and what moved to another are two numbers": (
        "Depuis 2024, {0} initiatives en développement sont passées à la production et {1} de la production "
        "au développement.",
        "Since 2024, {0} initiatives in development have moved to production and {1} from production to "
        "development.",
        ("begun", "undone"),
        ("undone", "begun"),
    ),
    "links that are strict or probable are of the probable tier": (
        "Par des liens stricts ou probables, {0} initiatives de 2024 sont retrouvées en 2025.",
        "Through strict or probable links, {0} initiatives of 2024 are found again in 2025.",
        ("followed",),
        ("lost_strictly",),
    ),
    "a status may be not given or to be classified": (
        "Le statut de {0} initiatives n’est pas donné ou reste à classer.",
        "The status of {0} initiatives is not given or has yet to be classified.",
        ("silent",),
        ("production",),
    ),
    "what is compared with an edition is of the other": (
        "Par rapport à 2024, le nombre d’initiatives recule de {0} et s’établit à {1}.",
        "Compared with 2024, the number of initiatives falls by {0} and stands at {1}.",
        ('growth, field="size"', "all"),
        ('growth, field="size"', "production"),
    ),
    "a list item is read with what stands above its list": (
        "Les initiatives par statut :\n\n- en production : {0};\n- en développement : {1}.",
        "The initiatives by status:\n\n- in production: {0};\n- in development: {1}.",
        ("production", "development"),
        ("development", "production"),
    ),
    "what follows a semicolon is said of nothing before it": (
        "{0} initiatives sont en développement; les autres ne sont pas toutes en production.",
        "{0} initiatives are in development; the others are not all in production.",
        ("development",),
        ("production",),
    ),
    "what one clause says comes before what another one does": (
        "{0} organismes font leur entrée, tandis que {1} autres, qui déclaraient {2} initiatives en 2024, "
        "n’y figurent plus.",
        "{0} bodies entered the register, while {1} others, which had reported {2} initiatives in 2024, "
        "have vanished.",
        ("entered", "left", "reported"),
        ("left", "entered", "reported"),
    ),
    "what is set aside may be named before it is said so": (
        "Régie mise à part, le registre compte {0} initiatives.",
        "Régie aside, the register has {0} initiatives.",
        ("apart",),
        ("production",),
    ),
    "the comma after an opening clause ends what it says": (
        "Alors que {0} initiatives sont en développement, le registre en compte {1}.",
        "While {0} initiatives are in development, the register has {1}.",
        ("development", "all"),
        ("all", "development"),
    ),
    "a passage from one number to another tells their editions": (
        "Le nombre d’initiatives est passé de {0} à {1}.",
        "The number of initiatives went from {0} to {1}.",
        ("before", "all"),
        ("all", "before"),
    ),
    "the edition of the first number may stand between a passage's two": (
        "On passe de {0} initiatives dans l’édition précédente à {1}.",
        "The register went from {0} initiatives in the previous edition to {1}.",
        ("before", "all"),
        ("all", "before"),
    ),
    "“or” between two statuses parts no numbers": (
        "{0} initiatives sont en production ou en développement, {1} n’ont pas de statut connu.",
        "{0} initiatives are in production or in development, {1} have no known status.",
        ("known", "silent"),
        ("silent", "known"),
    ),
    "an edition may be told from the other as the previous one": (
        "L’édition de 2025 recense {0} initiatives; la précédente s’arrêtait à {1}.",
        "The 2025 edition lists {0} initiatives; the previous one stopped at {1}.",
        ("all", "before"),
        ("before", "all"),
    ),
    "a wording is not cut where it holds a word that parts numbers": (
        "Depuis 2024, le registre recule de {0} initiatives, ce qui porte le total à {1}.",
        "Since 2024, the register has fallen by {0} initiatives, bringing the total to {1}.",
        ('growth, field="size"', "all"),
        ('growth, field="size"', "before"),
    ),
    "a change is one since the edition before": (
        "Le nombre d’initiatives recule : {0} de moins.",
        "The number of initiatives is falling: {0} fewer.",
        ('growth, field="size"',),
        ('growth, field="before"',),
    ),
    "a change goes from its first number to its last": (
        "Le nombre d’initiatives recule de {0} à {1}.",
        "The number of initiatives is falling from {0} to {1}.",
        ('growth, field="before"', 'growth, field="after"'),
        ('growth, field="after"', 'growth, field="before"'),
    ),
    "how many each of them has is not what numbers count": (
        "Bien des organismes sont modestes : {0} sur {1} n’ont inscrit qu’une initiative.",
        "Many bodies are modest: {0} out of {1} listed a single initiative.",
        ("single", "bodies"),
        ("entered", "bodies"),
    ),
    "the others are what the first ones are not, in any words": (
        "Des initiatives de 2024, {0} sont retrouvées en 2025; les {1} autres attendent.",
        "Of the initiatives of 2024, {0} are found again in 2025; the other {1} are waiting.",
        ("followed", "lost"),
        ("lost", "followed"),
    ),
    "what is said of a part out of its whole is of the part": (
        "{0} initiatives sur {1} sont en production.",
        "{0} initiatives out of {1} are in production.",
        ("production", "all"),
        ("production", "before"),
    ),
    "what is outnumbered is the smaller of two numbers": (
        "Les initiatives en développement ({0}) sont devancées par celles en production ({1}).",
        "Initiatives in development ({0}) are outnumbered by those in production ({1}).",
        ("development", "production"),
        ("production", "development"),
    ),
    "a noun may be in capitals": (
        "Le registre compte {0} initiatives.",
        "The register has {0} AI systems.",
        ("all",),
        ("bodies",),
    ),
    "who enters enters since the edition before": (
        "{0} organismes font leur entrée au registre en 2025.",
        "{0} bodies join the register in 2025.",
        ("entered",),
        ("both",),
    ),
    "two numbers of two editions show a direction": (
        "Le nombre d’initiatives a reculé : il était de {0} en 2024, il n’est plus que de {1}.",
        "The number of initiatives has fallen: it was {0} in 2024 and is now only {1}.",
        ("before", "all"),
        ("production_before", "production"),
    ),
    "each end of a passage has its own edition": (
        "Des initiatives en développement en 2024, {0} sont retrouvées en production en 2025.",
        "Of the initiatives in development in 2024, {0} are found again in production in 2025.",
        ("begun",),
        ("undone",),
    ),
    "who left did not enter": (
        "{0} organismes de 2024 ont quitté le registre.",
        "{0} bodies of 2024 have vanished from the register.",
        ("left",),
        ("entered",),
    ),
    "who enters did not leave": (
        "Par rapport à 2024, {0} organismes font leur entrée.",
        "Compared with 2024, {0} bodies entered the register.",
        ("entered",),
        ("left",),
    ),
    "the others are what the first ones are not": (
        "Des initiatives de 2024, {0} sont retrouvées en 2025; les {1} autres n’y ont pas été vues.",
        "Of the initiatives of 2024, {0} are found again in 2025; the other {1} were not seen there.",
        ("followed", "lost"),
        ("lost", "followed"),
    ),
    "not one known is none known": (
        "Pas une de ces {0} initiatives n’a de statut connu.",
        "Not one of these {0} initiatives has a known status.",
        ("silent",),
        ("known",),
    ),
    "a status that is not told may be said in any words of silence": (
        "Pour {0} initiatives, on ignore le statut.",
        "For {0} initiatives, the status is left blank.",
        ("silent",),
        ("production",),
    ),
    "so many fewer is a change": (
        "Le registre est passé de {0} initiatives en 2024 à {1} en 2025, soit {2} de moins.",
        "The register went from {0} initiatives in 2024 to {1} in 2025, that is, {2} fewer.",
        ("before", "all", 'growth, field="size"'),
        ("before", "all", "left"),
    ),
    "what is in gestation is not at work": (
        "{0} initiatives sont en gestation, {1} sont en exploitation.",
        "{0} initiatives are in the pipeline, {1} are up and running.",
        ("development", "production"),
        ("production", "development"),
    ),
    "a trail that is lost is not found again": (
        "Pour {0} initiatives de 2024, la piste se perd en 2025.",
        "For {0} initiatives of 2024, the trail goes cold in 2025.",
        ("lost",),
        ("followed",),
    ),
    "what an edition does not let be found is not found": (
        "L’édition de 2025 ne permet pas de retrouver {0} initiatives de 2024.",
        "Of the initiatives of 2024, {0} are unmatched in 2025.",
        ("lost",),
        ("followed",),
    ),
    "matching is loose or strict": (
        "Si l’appariement est large ou strict, de {0} à {1} initiatives de 2024 ne sont pas retrouvées.",
        "Depending on whether matching is loose or strict, {0} to {1} initiatives of 2024 are not found.",
        ("lost_possibly", "lost_strictly"),
        ("production", "lost_strictly"),
    ),
    "what is named only there is not in both": (
        "{0} organismes figurent dans les deux éditions; {1} ne sont nommés que dans celle de 2025.",
        "{0} bodies appear in both editions; {1} are named only in that of 2025.",
        ("both", "entered"),
        ("entered", "both"),
    ),
    "the others are not found there": (
        "{0} initiatives de 2024 se retrouvent en 2025; {1} autres ne s’y retrouvent pas.",
        "{0} initiatives of 2024 are found in 2025; {1} others are not.",
        ("followed", "lost"),
        ("lost", "followed"),
    ),
    "a status may be a mystery": (
        "Le statut de {0} initiatives reste un mystère.",
        "The status of {0} initiatives is anyone’s guess.",
        ("silent",),
        ("known",),
    ),
    "a new file holds no newcomer, and what it records is no record": (
        "Le nouveau fichier garde la trace de {0} initiatives.",
        "The new file keeps a record of {0} initiatives.",
        ("all",),
        ("development",),
    ),
    "the first time is no first rank": (
        "Absents en 2024, {0} organismes déclarent pour la première fois.",
        "Absent in 2024, {0} bodies report for the first time.",
        ("entered",),
        ("all",),
    ),
    "not all of them is no direction": (
        "Tous les organismes n’ont pas grandi : {0} déclarent moins d’initiatives qu’en 2024.",
        "Not all bodies grew: {0} report fewer initiatives than in 2024.",
        ("fallen",),
        ("level",),
    ),
    "each of three numbers outnumbers the next": (
        "Les initiatives en production ({0}) sont plus nombreuses que celles en développement ({1}), "
        "elles-mêmes plus nombreuses que celles sans statut connu ({2}).",
        "Initiatives in production ({0}) outnumber those in development ({1}), which in turn outnumber those "
        "with no known status ({2}).",
        ("production", "development", "silent"),
        ("production", "silent", "development"),
    ),
    "who was named then and still is is in both": (
        "Nommés en 2024 et qui le sont encore en 2025 : {0} organismes.",
        "Named in 2024 and still named in 2025: {0} bodies.",
        ("both",),
        ("entered",),
    ),
    "from edition to edition, who is found is in both": (
        "D’une édition à l’autre, on retrouve {0} organismes.",
        "From edition to edition, {0} bodies are found again.",
        ("both",),
        ("left",),
    ),
    "what is matched is found in the next edition": (
        "Le rapprochement repère {0} initiatives de 2024 dans l’édition suivante.",
        "Matching locates {0} initiatives of 2024 in the next edition.",
        ("followed",),
        ("lost",),
    ),
    "a departure is no arrival": (
        "Le registre voit depuis 2024 le départ de {0} organismes et l’arrivée de {1} autres.",
        "Since 2024 the register has seen the departure of {0} bodies and the arrival of {1} others.",
        ("left", "entered"),
        ("entered", "left"),
    ),
    "who lasts is in both": (
        "Depuis 2024, les organismes qui durent sont {0}.",
        "Since 2024, the bodies that last are {0}.",
        ("both",),
        ("bodies",),
    ),
    "what “whereas” adds without a number is about something else": (
        "Le registre compte {0} initiatives, alors que bien des bureaux n’en ont qu’en développement.",
        "The register has {0} initiatives, whereas many offices have some in development alone.",
        ("all",),
        ("before",),
    ),
    "“the number of bodies” begins anew": (
        "Depuis 2024, {0} organismes sont entrés au registre, et le nombre d’organismes est de {1} "
        "maintenant.",
        "Since 2024, {0} bodies have entered the register, and the number of bodies is now {1}.",
        ("entered", "bodies"),
        ("bodies", "entered"),
    ),
    "what stays is in both, in whatever words": (
        "Depuis 2024, {0} organismes demeurent fidèles au poste.",
        "Since 2024, {0} bodies have kept their seat.",
        ("both",),
        ("entered",),
    ),
    "such words give way to one of another condition": (
        "Depuis 2024, {0} organismes ont quitté le registre, et rien n’en demeure.",
        "Since 2024, {0} bodies have left the register and kept no seat.",
        ("left",),
        ("both",),
    ),
    "a condition of one half of a comparison is not of the other": (
        "Les initiatives en développement ({0}) sont moins nombreuses que celles que comptait 2024 ({1}).",
        "Initiatives in development ({0}) are fewer than those that 2024 counted ({1}).",
        ("development", "before"),
        ("production", "before"),
    ),
    "what kept its number has not moved": (
        "Depuis 2024, {0} organismes n’ont pas bougé.",
        "Since 2024, {0} bodies have not moved.",
        ("level",),
        ("fallen",),
    ),
    "who is found and who is not are told by one verb": (
        "Des {0} initiatives de 2024, {1} ont été retrouvées et {2} ne l’ont pas été.",
        "Of the {0} initiatives of 2024, {1} were found again and {2} were not.",
        ("before", "followed", "lost"),
        ("before", "lost", "followed"),
    ),
    "who reports is not what is counted": (
        "En 2025, les organismes en déclarent {0}, moins que les {1} initiatives de 2024.",
        "In 2025, bodies reported {0}, fewer than the {1} initiatives of 2024.",
        ("all", "before"),
        ("before", "all"),
    ),
    "the old file and the new one are both": (
        "L’ancien et le nouveau fichier nomment {0} organismes.",
        "The old and the new file name {0} bodies.",
        ("both",),
        ("entered",),
    ),
    "what a file does not name has left": (
        "En 2024, {0} organismes déclaraient des initiatives; le fichier de 2025 ne les nomme pas.",
        "In 2024, {0} bodies reported initiatives; the 2025 file does not name them.",
        ("left",),
        ("both",),
    ),
    "a stricter or looser matching finds from so few to so many": (
        "Selon que le rapprochement est plus ou moins strict, de {0} à {1} initiatives de 2024 ne sont pas "
        "retrouvées.",
        "Depending on how strict matching is, from {0} to {1} initiatives of 2024 are not found again.",
        ("lost_possibly", "lost_strictly"),
        ("production", "lost_strictly"),
    ),
}


LIES = {
    "what was in another status did not begin in that one": (
        "On retrouve en développement, en 2025, {begun} initiatives qui étaient en production en 2024.",
        "In development, in 2025, are {begun} initiatives that were in production in 2024.",
    ),
    "what became of all the others is not known": (
        "Parmi les initiatives en production en 2024, {undone} sont en développement en 2025 et toutes les "
        "autres sont hors service.",
        "Among the initiatives in production in 2024, {undone} are in development in 2025 and all the others "
        "are retired.",
    ),
    "a number is no percentage": (
        "En 2025, {production} % des initiatives sont en production.",
        "In 2025, {production}% of initiatives are in production.",
    ),
    "what is known is not silent": (
        "Pour {silent} initiatives, le statut est connu et pas la catégorie.",
        "For {silent} initiatives, the status is known and not the category.",
    ),
    "what is denied twice is affirmed": (
        "Par rapport à 2024, {entered} organismes ne sont pas nouveaux.",
        "Compared with 2024, {entered} bodies are not new.",
    ),
    "a denial elsewhere in the clause excuses no condition": (
        "Pas un doute : {entered} organismes ont quitté le registre de 2024, et {both} y sont toujours.",
        "No doubt {entered} bodies left the register of 2024, and {both} are in both files.",
    ),
    "who entered was not lost": (
        "Par rapport à 2024, {entered} organismes n’ont pas été retrouvés.",
        "Compared with 2024, {entered} bodies were not found again.",
    ),
    "a passage does not end in the edition where it starts": (
        "En 2024, le nombre d’initiatives est passé de {before} à {all}.",
        "In 2024, the number of initiatives went from {before} to {all}.",
    ),
    "each passage has its own direction": (
        "Le nombre d’initiatives augmente de {before} à {all}, celles en production reculent de "
        "{production_before} à {production}.",
        "The number of initiatives rose from {before} to {all}, those in production fell from "
        "{production_before} to {production}.",
    ),
    "what moved did not stay": (
        "Le nombre d’initiatives n’a pas bougé : {before} en 2024, {all} en 2025.",
        "The number of initiatives did not move: {before} in 2024, {all} in 2025.",
    ),
    "no count says what became of initiatives": (
        "{production} initiatives en production n’ont pas bougé.",
        "{production} initiatives in production were dropped.",
    ),
    "a change of all is none of those in both": (
        "Dans les deux éditions, les mêmes organismes affichent {growth} du nombre d’initiatives.",
        "In both editions, the same bodies show {growth} in the number of initiatives.",
    ),
    "not all of them excuses no other direction": (
        "Tous les organismes n’ont pas reculé : {fallen} ont grandi depuis 2024.",
        "Not all bodies fell: {fallen} have grown since 2024.",
    ),
    "what is in use appears for the first time in no edition": (
        "Par rapport à 2024, {production} initiatives sont en service pour la première fois.",
        "Compared with 2024, {production} initiatives are in service for the first time.",
    ),
    "that none has more is a first rank": (
        "Avec {production} initiatives en production, aucun organisme n’en déclare plus.",
        "With {production} initiatives in production, no body reports more.",
    ),
    "what is not yet deployed is not deployed": (
        "Pas encore entrées en service : {production} initiatives.",
        "Not yet up and running: {production} initiatives.",
    ),
    "what could be matched is not lost": (
        "{lost} initiatives de 2024 ont pu être rattachées à une autre en 2025.",
        "{lost} initiatives of 2024 could be matched to another in 2025.",
    ),
    "a name of a body is no category": (
        "La catégorie qui vient en tête en 2024 : {first_before}.",
        "The category that ranks first in 2024: {first_before}.",
    ),
    "what falls is not gone": (
        "Depuis 2024, {fallen} organismes ont disparu.",
        "Since 2024, {fallen} bodies have vanished.",
    ),
    "a list item counts what stands above its list": (
        "Les initiatives en production :\n\n- {all} déclarées.",
        "The initiatives in production:\n\n- {all} declared.",
    ),
    "both editions together do not say which one": (
        "Comme le dit le fichier de 2025, {all} initiatives sont déclarées, et {production_before} en "
        "production : ces statuts sont ceux des deux éditions.",
        "As the file of 2025 says, {all} initiatives are declared, and {production_before} are in "
        "production: these statuses are those of the two editions.",
    ),
    "the edition of a clause is not that of the clause before": (
        "Les statuts de 2024 sont connus; en 2025, {production_before} initiatives sont en production.",
        "The statuses of 2024 are known; in 2025, {production_before} initiatives are in production.",
    ),
    "a count is no change": (
        "Le registre compte {all} initiatives : c’est {before} de plus qu’en 2024.",
        "The register counts {all} initiatives: that is {before} more than in 2024.",
    ),
    "the noun beside a number is what it counts": (
        "Les organismes qui reculent ont perdu {fallen} initiatives depuis 2024.",
        "The bodies that decline have lost {fallen} initiatives since 2024.",
    ),
    "the smaller of two numbers outnumbers nothing": (
        "Les initiatives en développement ({development}) sont plus nombreuses que celles en production "
        "({production}).",
        "Initiatives in development ({development}) outnumber those in production ({production}).",
    ),
    "nor where the comparison comes before both numbers": (
        "Les initiatives en développement sont plus nombreuses que celles en production : "
        "{development} contre {production}.",
        "Initiatives in development outnumber those in production: {development} against {production}.",
    ),
    "the larger of two numbers is not outnumbered": (
        "Les initiatives en production ({production}) sont devancées par celles en développement "
        "({development}).",
        "Initiatives in production ({production}) are outnumbered by those in development ({development}).",
    ),
    "more numerous than those of another edition is a direction": (
        "Les initiatives de 2025 sont plus nombreuses que celles de 2024 : {all} au lieu de {before}.",
        "The initiatives of 2025 are more numerous than those of 2024: {all} instead of {before}.",
    ),
    "the others are of the edition of the first ones": (
        "Des initiatives de 2024, {followed} sont retrouvées en 2025; les {new} autres attendent.",
        "Of the initiatives of 2024, {followed} are found again in 2025; the other {new} are waiting.",
    ),
    "numbers that “or” parts say each its own": (
        "On compte {development} initiatives en production ou {production} en développement.",
        "There are {development} initiatives in production or {production} in development.",
    ),
    "a part is not out of another part": (
        "{development} initiatives en production sur {production} en développement.",
        "There are {development} initiatives in production out of {production} in development.",
    ),
    "a part is not out of the whole of another edition": (
        "En 2024, {production} initiatives sur {before} sont en production.",
        "In 2024, {production} initiatives out of {before} are in production.",
    ),
    "a number is no cause": (
        "Grâce aux organismes, {production} initiatives sont en production.",
        "Thanks to the bodies, {production} initiatives are in production.",
    ),
    "what explains a number is no number": (
        "L’IA générative explique les {production} initiatives en production.",
        "Generative AI explains the {production} initiatives in production.",
    ),
    "a change between two editions is none of each year": (
        "Chaque année, le registre connaît {growth} des initiatives.",
        "Each year, the register sees {growth} in initiatives.",
    ),
    "a change of a number is none of its share": (
        "Depuis 2024, la part des initiatives connaît {growth}.",
        "Since 2024, the share of initiatives has seen {growth}.",
    ),
    "a share of initiatives is none of bodies": (
        "{share} des organismes sont en production parmi celles de statut connu.",
        "{share} of bodies are in production among those with a known status.",
    ),
    "what is counted did answer": (
        "Faute de déclaration, on ne sait rien de {bodies} organismes, qui n’ont pas répondu.",
        "For want of a report, nothing is known of {bodies} bodies, which did not answer.",
    ),
    "what is counted did report": (
        "Quant à {bodies} organismes, ils n’ont déclaré aucune initiative.",
        "As for {bodies} bodies, they reported no initiative.",
    ),
    "what kept its number did not grow": (
        "Depuis 2024, {level} organismes allongent leur liste d’initiatives.",
        "Since 2024, {level} bodies have lengthened their list of initiatives.",
    ),
    "a name is of the edition of its sentence": (
        "Un organisme vient en tête : {first_before}.",
        "One body ranks first: {first_before}.",
    ),
    "what “in all” stands before is no condition that it ends": (
        "En tout, {all} initiatives n’ont pas de catégorie.",
        "In all, {all} initiatives have no category.",
    ),
    "a number of all is none without a name": (
        "Sans les initiatives de {{eval}}`p.label('body', 'Régie')`, on en compte {all} : des initiatives.",
        "Without the initiatives of {{eval}}`p.label('body', 'Régie')`, there are {all} initiatives.",
    ),
    "who is not all of them is not all": (
        "Toutes les initiatives de cette édition, {production} sur {all}, sont en production.",
        "All the initiatives of this edition, {production} out of {all}, are in production.",
    ),
    "what falls does not keep climbing": (
        "Depuis 2024, le nombre d’initiatives continue de grimper, avec {growth}.",
        "Since 2024, the number of initiatives keeps climbing, with {growth}.",
    ),
    "a number of now tells nothing of the next edition": (
        "Avec {all} initiatives, la prochaine édition sera forcément plus grosse.",
        "With {all} initiatives, the next edition is bound to be larger.",
    ),
}
"""Each is refused in both languages."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """2024: 17 initiatives, 6 in production. 2025: 13, 7 in production, 4 in development, 2 silent."""
    folder = tmp_path_factory.mktemp("rows")
    before = [small.row(f"A{n}", status=small.PRODUCTION if n < 6 else small.DEVELOPMENT) for n in range(13)]
    before += [small.row(f"Aide {body}", body=f"Bureau {body}", status="Hors service") for body in "ABC"]
    statuses = [small.PRODUCTION] * 7 + [small.DEVELOPMENT] * 3 + [small.SILENT] * 2
    now = [small.row(f"B{n}", status=status) for n, status in enumerate(statuses)]
    now[:2] = [small.row(f"B{n}", body=f"Office {n}") for n in range(2)]
    lasting = small.row("Veille", body="Régie", status=small.DEVELOPMENT)
    edition = small.edition_of(folder, y2024=[*before, lasting], y2025=[*now, lasting])
    ask = Questions(edition)
    ways = {"begun": (IN_DEVELOPMENT, IN_PRODUCTION), "undone": (IN_PRODUCTION, IN_DEVELOPMENT)}
    passages = {
        name: ask.fact(
            "transition", links=ask.links("probable"), of_from=ask.before(start), of_to=ask.now(end)
        )
        for name, (start, end) in ways.items()
    }
    facts = namespace(
        **passages,
        all=ask.fact("count", of=ask.now),
        apart=ask.fact("count", of=ask.now(differs("body", "Régie"))),
        before=ask.fact("count", of=ask.before),
        production=ask.fact("count", of=ask.now(IN_PRODUCTION)),
        production_before=ask.fact("count", of=ask.before(IN_PRODUCTION)),
        development=ask.fact("count", of=ask.now(IN_DEVELOPMENT)),
        silent=ask.fact("count", of=ask.now(WITHOUT_STATUS)),
        known=ask.fact("count", of=ask.now(KNOWN)),
        followed=ask.fact("count", of=ask.before(linked(ask.edition, "probable"))),
        lost=ask.fact("count", of=ask.before(unlinked(ask.edition, "probable"))),
        lost_strictly=ask.fact("count", of=ask.before(unlinked(ask.edition, "strict"))),
        lost_possibly=ask.fact("count", of=ask.before(unlinked(ask.edition, "possible"))),
        new=ask.fact("count", of=ask.now(unlinked(ask.previous, "probable"))),
        left=ask.fact("distinct", of=ask.before(absent("body", ask.edition)), by="body"),
        reported=ask.fact("count", of=ask.before(absent("body", ask.edition))),
        growth=ask.fact("change", after=ask.now, before=ask.before),
        first_before=ask.fact("top", of=ask.before, by="body", n=1),
        fallen=ask.fact("movers", after=ask.now, before=ask.before, by="body", side="down", n=9),
        level=ask.fact("movers", after=ask.now, before=ask.before, by="body", side="level", n=9),
        bodies=ask.fact("distinct", of=ask.now, by="body"),
        single=ask.fact("groups", of=ask.now, by="body", size=1),
        share=ask.fact("share", part=ask.now(IN_PRODUCTION), whole=ask.now(KNOWN)),
        both=ask.fact("distinct", of=ask.now(present("body", ask.previous)), by="body"),
        entered=ask.fact("distinct", of=ask.now(absent("body", ask.previous)), by="body"),
    )
    return edition, facts


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, asked: tuple[Any, Any]) -> dict[str, list[str]]:
    edition, facts = asked
    return failures_of(tmp_path_factory.mktemp("out"), edition, readings(SAID), g=facts)


@pytest.mark.parametrize("reading", SAID)
def test_a_sentence_is_read_as_a_reader_reads_it(read: dict[str, list[str]], reading: str) -> None:
    is_judged(read[reading], is_true=True)
    is_judged(read[f"not {reading}"], is_true=False)


def test_a_lie_in_words_of_a_true_sentence_is_refused(tmp_path: Path, asked: tuple[Any, Any]) -> None:
    edition, facts = asked
    helpers = {"growth": "change", "first_before": "top", "share": "percent"}
    numbers = {name: f"{{eval}}`p.{helpers.get(name, 'number')}(g.{name})`" for name in vars(facts)}
    cells = {lie: tuple(with_years(text).format(**numbers) for text in both) for lie, both in LIES.items()}
    passed = [
        (lie, language)
        for lie, failures in failures_of(tmp_path / "out", edition, cells, g=facts).items()
        for language in ("fr", "en")
        if not any(f"{language}:" in each for each in failures)
    ]
    assert passed == []


def test_a_change_since_the_edition_before_is_not_said_since_another(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path / "rows", y2024=[small.row()] * 3, y2025=[small.row()] * 2)
    editions = {"editions": {2023: {}, **edition.source.facts["editions"]}}
    source = replace(edition.source, facts=edition.source.facts | editions)
    [previous] = (replace(each, source=source) for each in edition.earlier)
    oldest = replace(previous, year=2023, initiatives=previous.initiatives.assign(year=2023))
    edition = replace(edition, source=source, earlier=(oldest, previous))
    ask = Questions(edition)
    facts = namespace(growth=ask.fact("change", after=ask.now, before=ask.before))
    size, *ends = (f"{{eval}}`p.number(g.growth, field='{each}')`" for each in ("size", "before", "after"))
    both = (
        ("Depuis {}, le nombre d’initiatives recule de {}.", "de {} à {}"),
        ("Since {}, the number of initiatives is down by {}.", "from {} to {}"),
    )
    cells = {}
    for year in (2025, 2024, 2023):
        since = f"{{eval}}`p.year({year})`"
        cells[f"size{year}"] = tuple(text.format(since, size) for text, _ in both)
        cells[f"ends{year}"] = tuple(
            re.sub("(?:de|by) {}", passage, text).format(since, *ends) for text, passage in both
        )
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    refused = {cell for cell in cells for each in failures if f"{cell}-" in each}
    assert refused == cells.keys() - {"size2024", "ends2024"}, failures


@pytest.mark.parametrize(("n_named", "is_true"), [(1, True), (2, False)])
def test_a_number_of_one_name_is_not_said_of_several(tmp_path: Path, n_named: int, is_true: bool) -> None:
    names = {2024: "AAAAAABBB", 2025: "AB"}
    rows = {
        f"y{year}": [small.row(f"Tri {n}", body=f"Bureau {each}") for n, each in enumerate(bodies)]
        for year, bodies in names.items()
    }
    edition = small.edition_of(tmp_path / "rows", **rows)
    ask = Questions(edition)
    moved = {"after": ask.now, "before": ask.before, "by": "body", "side": "down"}
    facts = namespace(
        fallen=ask.fact("movers", n=n_named, **moved),
        of_one=ask.fact("count", of=ask.before(equals("body", "Bureau A"))),
    )
    said = ["{eval}`p.movers(g.fallen, with_changes=False)`", "{eval}`p.number(g.of_one)`"]
    both = (
        "Le recul depuis 2024 est celui des organismes {}, avec {} initiatives en 2024.",
        "The fall since 2024 is that of the bodies {}, with {} initiatives in 2024.",
    )
    cells = {"case": tuple(with_years(text).format(*said) for text in both)}
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    assert (not failures) == is_true, failures


@pytest.mark.parametrize(("portfolio", "is_true"), [("Justice", True), ("Travail", False)])
def test_a_body_of_one_portfolio_is_named_without_it(tmp_path: Path, portfolio: str, is_true: bool) -> None:
    homes = ["Justice", "Justice", portfolio]
    rows = [small.row(f"Tri {n}", body="Bureau A", portfolio=home) for n, home in enumerate(homes)]
    edition = small.edition_of(tmp_path / "rows", y2024=[small.row("Tri", body="Bureau B")], y2025=rows)
    ask = Questions(edition)
    first = ask.fact("top", of=ask.now(equals("portfolio", "Justice")), by="body", n=1)
    numbers = ("{eval}`p.top(g.first)`", "{eval}`p.count(g.first, field='count0')`")
    both = ("L’organisme {} déclare {} en 2025.", "The body {} reports {} in 2025.")
    cells = {"case": tuple(with_years(text).format(*numbers) for text in both)}
    failures = publish(tmp_path / "out", edition, cells, g=namespace(first=first)).verify().failures
    assert all("expected portfolio said as" in each for each in failures)
    assert (not failures) == is_true, failures


TIMES = {
    "the first is more than twice the second": (
        "Bureau A déclare {0} initiatives, plus du double de Bureau B ({1}).",
        "Bureau A reported {0} initiatives, more than twice as many as Bureau B ({1}).",
        True,
    ),
    "the second is not more than twice the first": (
        "Bureau B déclare {1} initiatives, plus du double de Bureau A ({0}).",
        "Bureau B reported {1} initiatives, more than twice as many as Bureau A ({0}).",
        False,
    ),
    "the second is less than half of the first": (
        "Bureau B déclare {1} initiatives, moins de la moitié de ce que déclare Bureau A ({0}).",
        "Bureau B reported {1} initiatives, less than half of what Bureau A reported ({0}).",
        True,
    ),
    "a part of all may be told by the number of all": (
        "Bureau A vient en tête des organismes : {0} initiatives, soit plus de la moitié des {2}.",
        "Bureau A ranks first among bodies: {0} initiatives, or more than half of the {2}.",
        True,
    ),
    "two lines together are a part of all": (
        "Ensemble, les organismes Bureau A ({0}) et Bureau B ({1}) déclarent plus des trois quarts des "
        "{2} initiatives.",
        "Between them, the bodies Bureau A ({0}) and Bureau B ({1}) reported more than three quarters of the "
        "{2} initiatives.",
        True,
    ),
    "two lines together are no larger a part than they are": (
        "Ensemble, les organismes Bureau A ({0}) et Bureau B ({1}) déclarent moins des trois quarts des "
        "{2} initiatives.",
        "Between them, the bodies Bureau A ({0}) and Bureau B ({1}) reported less than three quarters of the "
        "{2} initiatives.",
        False,
    ),
    "one line is not what two are together": (
        "Bureau A ({0}) déclare plus des trois quarts des {2} initiatives; Bureau B en déclare {1}.",
        "Bureau A ({0}) reported more than three quarters of the {2} initiatives; Bureau B reported {1}.",
        False,
    ),
    "a line is compared with the one named next": (
        "Bureau A déclare {0} initiatives, plus du triple de Bureau B ({1}), devant Bureau C ({3}).",
        "Bureau A reported {0} initiatives, more than three times as many as Bureau B ({1}), ahead of "
        "Bureau C ({3}).",
        False,
    ),
    "a part of all is no larger than it is": (
        "Bureau A vient en tête des organismes : {0} initiatives, soit plus des trois quarts des {2}.",
        "Bureau A ranks first among bodies: {0} initiatives, or more than three quarters of the {2}.",
        False,
    ),
}


@pytest.mark.parametrize("case", TIMES)
def test_lines_of_a_list_are_compared_as_parts_of_each_other_and_of_all(tmp_path: Path, case: str) -> None:
    bodies = ["Bureau A"] * 7 + ["Bureau B"] * 3 + ["Bureau C"] * 2  # 7 of 12: 58%
    edition = small.edition_of(tmp_path / "rows", y2025=[small.row(body=each) for each in bodies])
    ask = Questions(edition)
    n_named = 3 if "{3}" in TIMES[case][0] else 2
    first = ask.fact("top", of=ask.now, by="body", n=n_named)
    facts = namespace(first=first, all=ask.fact("count", of=ask.now))
    *both, is_true = TIMES[case]
    said = [f'{{eval}}`p.number(g.first, field="count{n}")`' for n in range(3)]
    said[2:2] = ["{eval}`p.number(g.all)`"]
    cells = {"case": tuple(text.format(*said) for text in both)}
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    assert (not failures) == is_true, failures


@pytest.mark.parametrize(
    ("french", "english", "is_true"),
    [
        (
            "forme {} de la hausse des initiatives depuis 2024",
            "makes up {} of the rise in initiatives since 2024",
            True,
        ),
        ("réunit {} des initiatives depuis 2024", "has held {} of initiatives since 2024", False),
    ],
)
def test_a_part_of_a_rise_is_no_part_of_all(tmp_path: Path, french: str, english: str, is_true: bool) -> None:
    now = [small.row(f"Tri {n}", body="Bureau A" if n < 21 else f"Bureau {n}") for n in range(30)]
    edition = small.edition_of(tmp_path / "rows", y2024=now[20:25], y2025=now)
    ask, of_one = Questions(edition), equals("body", "Bureau A")
    parts = {"part_after": ask.now(of_one), "part_before": ask.before(of_one)}
    facts = namespace(part=ask.fact("contribution", whole_after=ask.now, whole_before=ask.before, **parts))
    share = "{eval}`p.percent(g.part)`"
    cells = {
        "case": (
            with_years(f"L’organisme Bureau A {french}.").format(share),
            with_years(f"The body Bureau A {english}.").format(share),
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    assert (not failures) == is_true, failures


def test_an_answer_is_said_by_its_question_and_silence_by_its_question_too(tmp_path: Path) -> None:
    rows = [UseCase(f"Tri {n}", "Deployed", assessment="Yes" if n < 4 else "") for n in range(9)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, rows), project=PROJECT)
    ask = Questions(edition)
    facts = namespace(
        yes=ask.fact("count", of=ask.now(equals("assessment", "Yes"))),
        silent=ask.fact("count", of=ask.now(equals("assessment", "unknown"))),
    )
    french = "{0} initiatives ont eu leur évaluation; {1} n’en disent rien."
    english = "{0} use cases have had their assessment; {1} do not say."
    cells = {
        "true": (french, english, "yes", "silent"),
        "swapped": (french, english, "silent", "yes"),
        "silent": (
            "{0} initiatives n’ont pas eu d’évaluation.",
            "{0} use cases have had no assessment.",
            "silent",
        ),
        "without": (
            "{0} initiatives fonctionnent sans évaluation.",
            "{0} use cases run without an assessment.",
            "yes",
        ),
        "awaited": (
            "{0} initiatives attendent leur évaluation.",
            "{0} use cases await their assessment.",
            "yes",
        ),
    }
    said = {
        cell: tuple(
            f"# {title}\n\n" + text.format(*(f"{{eval}}`p.number(g.{name})`" for name in names))
            for title, text in (("Essai", french), ("Trial", english))
        )
        for cell, (french, english, *names) in cells.items()
    }
    failures = publish(tmp_path / "out", edition, said, data=str(tmp_path), g=facts).verify().failures
    refused = {
        (cell, language)
        for cell in cells
        for language in ("fr", "en")
        if any(f"{cell}-" in each and f"{language}:" in each for each in failures)
    }
    assert refused == {(cell, language) for cell in cells if cell != "true" for language in ("fr", "en")}


def test_words_of_a_question_are_not_those_of_another(tmp_path: Path) -> None:
    rows = [UseCase(f"Tri {n}", "Deployed", benefits="Saves staff time." if n < 5 else "") for n in range(9)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, rows), project=PROJECT)
    ask = Questions(edition)
    numbers = namespace(
        nameless=ask.fact("count", of=ask.now(equals("body", "unknown"))),
        themes=chapters.uses(edition).first_theme,
        warnings=chapters.trust(edition, tmp_path).warnings,
        notes=chapters.trust(edition, tmp_path).notes,
    )
    nameless, named = "p.few(g.nameless)", "p.top(g.themes, with_counts=True)"
    warned, noted = "p.number(g.warnings)", "p.number(g.notes)"
    cells = {
        "body": (
            "{0} n’est déclarée sans nom d’organisme.",
            "{0} are reported without the name of a body.",
            nameless,
        ),
        "theme": (
            "Le plus fréquent des bénéfices annoncés est {0}.",
            "The most frequent of the benefits announced is {0}.",
            named,
        ),
        "theme-lie": (
            "Le plus fréquent des titres qui disent une tâche est {0}.",
            "The most frequent of the titles that name a task is {0}.",
            named,
        ),
        "severity": (
            "Le contrôle compte {0} constats à connaître et {1} qui demandent une décision.",
            "The check has {0} findings to know about and {1} that call for a decision.",
            noted,
            warned,
        ),
        "severity-lie": (
            "Le contrôle compte {0} constats à connaître et {1} qui demandent une décision.",
            "The check has {0} findings to know about and {1} that call for a decision.",
            warned,
            noted,
        ),
    }
    said = {
        cell: tuple(text.format(*(f"{{eval}}`{each}`" for each in asked)) for text in (french, english))
        for cell, (french, english, *asked) in cells.items()
    }
    failures = publish(tmp_path / "out", edition, said, data=str(tmp_path), g=numbers).verify().failures
    refused = {cell for cell in cells if any(f": {cell}-1" in each for each in failures)}
    assert refused == {"theme-lie", "severity-lie"}, failures


UNASKED = {
    "comparator": ("On a lu plus de {0}.", "More than {0} were read."),
    "comparator beside a fact": (
        "Sur plus de {0}, {1} initiatives sont déclarées.",
        "Of more than {0}, {1} initiatives are reported.",
    ),
    "direction": ("Le fichier croît : {0}.", "The file grew to {0}."),
    "tie": ("À égalité, {0}.", "Tied, {0}."),
    "negation": ("{0} ne sont pas lues.", "{0} are not read."),
    "negation beside a fact": (
        "{1} initiatives sont déclarées; {0} ne sont pas lues.",
        "{1} initiatives are reported; {0} are not read.",
    ),
    "first": ("En tête, {0}.", "With {0}, it leads."),
    "none of them": ("On a lu {0}.", "We read {0}."),
    "a comparator elsewhere": ("On a lu {0}, sans plus de façons.", "We read {0}, over and over."),
    "a negation elsewhere": ("On a lu {0}; ce n’est pas tout.", "We read {0}; this is not all."),
}
"""Sentences by the word that they have beside a number of which no question is published."""


def test_a_share_in_production_is_of_known_statuses_where_its_bounds_are_one(tmp_path: Path) -> None:
    stages = ["Deployed"] * 20 + ["Pilot"] * 20 + ["Retired"] * 5
    rows = [UseCase(f"Tri {n}", stage) for n, stage in enumerate(stages)]
    edition = open_edition("us-federal", 2025, data=write_inventory(tmp_path, 2025, rows), project=PROJECT)
    ask = Questions(edition)
    share = "{eval}`p.bounds(g.share)`"  # 50 percent, from 20 of 40 to 20 of 40
    cells = {"share": (f"Part des initiatives en production : {share}.", f"Share in production: {share}.")}
    found = namespace(share=production_share(ask, ask.now))
    assert publish(tmp_path / "out", edition, cells, data=str(tmp_path), g=found).verify().failures == []


def test_what_is_retired_has_a_known_status_too(tmp_path: Path) -> None:
    rows = [UseCase(f"Tri {n}", stage) for n, stage in enumerate(["Deployed"] * 20 + ["Pilot"] * 20)]
    french, english = "dont le statut est connu sont en production", "whose status is known are in production"
    cell = (
        f"{{eval}}`p.percent(g.share)` des initiatives {french}.",
        f"{{eval}}`p.percent(g.share)` of those {english}.",
    )
    for folder, retired in (("none", []), ("five", [UseCase(f"Veille {n}", "Retired") for n in range(5)])):
        data = write_inventory(tmp_path / folder, 2025, [*rows, *retired])
        edition = open_edition("us-federal", 2025, data=data, project=PROJECT)
        found = namespace(share=production_share(Questions(edition), Questions(edition).now))
        out, is_true = tmp_path / f"out-{folder}", not retired  # 50%, of 40; with the retired, 44%
        failures = publish(out, edition, {"share": cell}, data=str(data), g=found).verify().failures
        is_judged(failures, is_true=is_true)


def test_public_bodies_are_no_name_of_public_security(tmp_path: Path) -> None:
    rows = [small.row("A", portfolio="Sécurité publique"), small.row("B"), small.row("C")]
    edition = small.edition_of(tmp_path, y2025=rows)
    facts = namespace(all=Questions(edition).fact("count", of=Questions(edition).now))
    number = "{eval}`p.count(g.all)`"
    cells = {
        "true": (f"Les organismes publics ont déclaré {number}.", f"Public bodies have reported {number}."),
        "false": (f"La Sécurité publique a déclaré {number}.", f"Public Security has reported {number}."),
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts).verify().failures
    assert {each.partition(": expected")[0][:17] for each in failures} == {
        "annual.en: false-",
        "annual.fr: false-",
    }


def test_a_number_that_no_question_counts_proves_no_word_beside_it(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row("A")] * 4)
    fact = namespace(all=Questions(edition).fact("count", of=Questions(edition).now))
    nouns = ('"ligne", "lignes"', '"row", "rows"')
    cells = {
        cell.replace(" ", "-"): tuple(
            text.format(f"{{eval}}`p.count(n, {noun})`", "{eval}`p.number(g.all)`")
            for text, noun in zip(both, nouns, strict=True)
        )
        for cell, both in UNASKED.items()
    }
    failures = publish(tmp_path / "out", edition, cells, n=4, g=fact).verify().failures
    assert sorted(each.partition(": expected")[0] for each in failures) == sorted(
        f"annual.{language}: {cell}-1" for cell in [*cells][:-3] for language in ("fr", "en")
    )


def test_a_direction_that_no_number_has_is_told_once_with_its_word(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row("A")])
    facts = namespace(all=Questions(edition).fact("count", of=Questions(edition).now))
    both = ("Le registre croît : {eval}`p.count(g.all)`.", "The register grew: {eval}`p.count(g.all)`.")
    failures = publish(tmp_path / "out", edition, {"all": both}, g=facts).verify().failures
    expected = "expected direction not said: no change is counted; found"
    assert failures == [
        f"annual.en: all-1: {expected} ['grew'] in 'the register grew: 1 initiative. '",
        f"annual.fr: all-1: {expected} ['croît'] in 'le registre croît : 1 initiative. '",
    ]


@pytest.mark.parametrize(
    ("french", "english", "label", "is_true"),
    [
        ("en production", "in production", "Phase 2 – en production", True),
        ("en production", "in production", "Phase 2 – en développement", True),
        ("en développement", "in development", "Phase 2 – en production", False),
        ("déclarées", "reported", "Phase 2 – en production", False),
    ],
)
def test_a_label_of_the_file_in_quotation_marks_says_no_status(
    tmp_path: Path, french: str, english: str, label: str, is_true: bool
) -> None:
    small.copy_references(tmp_path)
    with (tmp_path / "data/reference/quebec/labels.csv").open("a", encoding="utf-8") as recorded:
        recorded.write(f"status,{label},production,2025,,catalogue of 2025-06-15,A. Person\n")
    statuses = [label] * 7 + ["Solution en production"] * 2 + [small.DEVELOPMENT]
    rows = [small.row(f"Tri {n}", status=status) for n, status in enumerate(statuses)]
    data = small.write_year(tmp_path / "rows", 2025, rows)
    edition = open_edition("quebec", 2025, data=data, project=tmp_path)
    ask = Questions(edition)
    facts = namespace(
        labels=ask.fact("top", of=ask.now(IN_PRODUCTION), by="status_published", n=2),
        alone=ask.fact("share", part=ask.now(equals("status_published", label)), whole=ask.now),
        part=ask.fact("share", part=ask.now(IN_PRODUCTION), whole=ask.now),
        largest=label,
    )
    said = "{eval}`p.top(g.labels, with_counts=True, quoted=True)`"
    part, alone = ("{eval}`p.percent(g." + name + ")`" for name in ("part", "alone"))
    largest = "{eval}`p.statement(g.largest)`"
    cells = {
        "case": (
            f"Les initiatives {french} sont publiées sous des libellés différents : {said}. "
            f"Ensemble, elles forment {part} des initiatives. "
            f"« {largest} » représente à lui seul {alone} des initiatives.",
            f"Initiatives {english} are published under different labels: {said}. "
            f"Together they make up {part} of initiatives. “{largest}” alone makes up {alone} of them all.",
        )
    }
    failures = publish(tmp_path / "out", edition, cells, data=str(data), g=facts).verify().failures
    assert (not failures) == is_true, failures
