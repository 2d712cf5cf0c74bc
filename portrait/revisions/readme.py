"""The first file that a stranger opens in the archive of a release: where to begin, verify, reuse, cite.

It says only what the Data Package of the edition and the number of the release say.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Mapping
from typing import Any

from portrait.language.dates import date
from portrait.language.locales import choose
from portrait.language.numbers import number

NAMES = {"fr": "LISEZMOI.txt", "en": "README.txt"}
_TEXT = {
    "fr": """{title}
{rule}
Édition {edition}, publication {release}. English: README.txt.
Publication indépendante : ceux qui publient ces données n’ont ni approuvé ni examiné ces analyses.

PAR OÙ COMMENCER
  index.html : tous les documents de cette archive, en français et en anglais.
{documents}
  {home}/data/README.md : les tables dont les nombres sont comptés, colonne par colonne.
  {home}/checklist.fr.md : ce qui a été vérifié avant de publier.
  {home}/manifest.json : de quoi chaque document est fait, et l’empreinte de chaque fichier.

D’UN NOMBRE À SES LIGNES
  Dans une page, un nombre mène à ce qui a été compté et à ses lignes. Dans {home}/data/,
  une ligne d’initiatives.csv donne sa ligne du fichier officiel (row); recoded-cells.csv, chaque cellule
  qui y est montrée autrement : avant, après, règle, preuve, personne.
  L’adresse {home}@…#ANCRE d’une citation est {home}/annual.fr.html#ANCRE. Après @ vient le début de
  l’empreinte du fichier officiel.

VÉRIFIER
  python {home}/verify.py
    Python 3.10 ou plus récent, et rien d’autre. Les nombres des phrases sont recomptés à partir des
    tables, ou dits non recomptés.
  python {home}/verify.py --source DOSSIER
    De plus, les cellules d’initiatives.csv sont comparées aux fichiers officiels; d’un classeur, seule
    l’empreinte l’est.

LES FICHIERS OFFICIELS
  Ils ne sont pas dans cette archive : ils restent à qui les publie, sous sa licence, et peuvent contenir
  ce qu’aucune table n’emploie, comme des adresses de courriel. Mettez-les dans DOSSIER, sous ces noms. Un
  fichier d’une autre empreinte, même à cette adresse, est une autre version : le vérificateur le dit.
{files}

DEUX LICENCES
  Ce que la source a publié (textes, libellés, valeurs) :
    {their_licence}
    {their_address}
  Ce que le projet ajoute (textes, figures, noms harmonisés, codes, liens, comptes) :
    {our_licence}
    {our_address}
  Table par table : « licenses » de {home}/data/datapackage.json.
  Le programme verify.py : licence MIT, Copyright (c) 2026 The Portrait authors.

CITER
{citation}
  Entre crochets : l’adresse d’où vous tenez cette archive, qui n’y est inscrite nulle part, et le jour.
  Pour un logiciel, avec le numéro de la publication : {home}/release-citation.bib et .json.
  Pour les données, un seul nombre ou une figure : {home}/citation.md. Nommez aussi la publication {release} :
  à la même adresse, une autre du même fichier peut donner un autre nombre.
""",
    "en": """{title}
{rule}
Edition {edition}, release {release}. Français : LISEZMOI.txt, qui fait foi.
Independent publication: those who publish these data neither approved nor reviewed these analyses.

WHERE TO BEGIN
  index.html: all documents of this archive, in French and in English.
{documents}
  {home}/data/README.md: the tables from which numbers are counted, column by column.
  {home}/checklist.en.md: what was checked before the release.
  {home}/manifest.json: what each document was built from, and the checksum of each file.

FROM A NUMBER TO ITS ROWS
  In a page, a number leads to what was counted and to its rows. In {home}/data/, a row of
  initiatives.csv gives its row in the official file (row); recoded-cells.csv, each cell shown otherwise
  there: before, after, rule, evidence, person.
  The address {home}@…#ANCHOR of a citation is {home}/annual.en.html#ANCHOR. After @ comes the start
  of the checksum of the official file.

TO VERIFY
  python {home}/verify.py
    Python 3.10 or later, and nothing else. Numbers of sentences are counted again from the tables, or
    said not to be.
  python {home}/verify.py --source FOLDER
    The cells of initiatives.csv are also compared with the official files; of a workbook, its checksum alone.

THE OFFICIAL FILES
  They are not in this archive: they remain their publisher’s, under its licence, and may hold what no table
  uses, such as e-mail addresses. Put them in FOLDER, under these names. A file with another checksum, even at
  this address, is another version: the verifier says so.
{files}

TWO LICENCES
  What the source published (texts, labels, values):
    {their_licence}
    {their_address}
  What the project adds (text, figures, harmonized names, codes, links, counts):
    {our_licence}
    {our_address}
  Table by table: “licenses” of {home}/data/datapackage.json.
  The program verify.py: MIT licence, Copyright (c) 2026 The Portrait authors.

TO CITE
{citation}
  In brackets: the address from which you got this archive, which is recorded nowhere in it, and the day.
  For a program, with the number of the release: {home}/release-citation.bib and .json.
  For the data, one number or one figure: {home}/citation.md. Name release {release} too: at the same
  address, another one of the same file may give another number.
""",
}
_CITED = {
    "fr": "{citation} Publication {release}, [adresse] (consultée le [date]).",
    "en": "{citation} Release {release}, [address] (consulted on [date]).",
}
_INDENT, _WIDTH = "  ", 100


def readme(
    package: Mapping[str, Any], names: Collection[str], language: str, *, home: str, release: str
) -> str:
    """Return the text in one language.

    Parameters
    ----------
    package
        The Data Package of the edition, as `publish.data_package` returns it.
    names
        Files of the release.
    home
        Folder of the edition in the archive, as in ``quebec/2025``.
    release
        Name of the release: its edition and its number, as in ``2025-1``.
    """
    ours, theirs = package["licenses"]
    title = _in(package, "title", language)
    return _TEXT[language].format(
        title=title,
        rule="=" * len(title),
        edition=home.rpartition("/")[2],
        release=release,
        documents="\n".join(_documents(names, language, home)),
        files="\n".join(_file(each, language) for each in package["sources"]),
        home=home,
        their_licence=_in(theirs, "title", language),
        their_address=theirs["path"],
        our_licence=ours["title"],
        our_address=ours["path"],
        citation=textwrap.fill(
            _CITED[language].format(
                citation=_in(package, "bibliographicCitation", language), release=release
            ),
            _WIDTH,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT,
            break_long_words=False,
        ),
    )


def _in(content: Mapping[str, Any], name: str, language: str) -> str:
    return str(content[name if language == "en" else f"{name}@{language}"])


def _documents(names: Collection[str], language: str, home: str) -> list[str]:
    """Return a line for the main documents that a release has in a language."""
    told = {
        f"annual.{language}.html": choose(language, "le rapport annuel", "the annual report"),
        f"annual.{language}.pdf": choose(language, "le même, à imprimer", "the same, to print"),
        f"tables.{language}.xlsx": choose(
            language, "ses tableaux et les données de ses figures", "its tables and the data of its figures"
        ),
        f"claims.{language}.json": choose(
            language,
            "chaque nombre du texte, avec la question posée aux tables",
            "each number of the text, with the query asked of the tables",
        ),
    }
    colon = choose(language, " :", ":")
    return [f"  {home}/{name}{colon} {what}." for name, what in told.items() if name in names]


def _file(source: Mapping[str, Any], language: str) -> str:
    size, sha256 = number(source["bytes"], language), source["hash"].removeprefix("sha256:")
    day = date(source.get("obtained", source["consulted"]), language)
    told = (
        choose(language, "obtenu le {day}", "obtained on {day}", day=day)
        if "obtained" in source
        else choose(language, "registre consulté le {day}", "register consulted on {day}", day=day)
    )
    return (
        f"\n  {source['file']}\n    {source['path']}\n"
        f"    {size} {choose(language, 'octets', 'bytes')}, {told}\n    SHA-256 {sha256}"
    )
