"""Citations of the report and of its source, apart: in words, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import portrait
from portrait.editions.edition import Edition
from portrait.editions.names import edition_id
from portrait.facts.front_matter import (
    AUTHORS,
    citation_of_data,
    citation_of_report,
    document_date,
    report_title,
)
from portrait.facts.linked_data import address_of
from portrait.facts.notices import reconstructed_rows
from portrait.language.locales import LANGUAGES, as_recorded, choose, is_french, language_of, tag_of

CITATION = "citation.json"
"""The citations of an edition as CSL-JSON."""
_SPECIAL = {
    **{each: f"\\{each}" for each in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def citations(edition: Edition) -> dict[str, bytes]:
    """Return the files of citations of an edition, by name."""
    items = list(_items(edition))
    texts = {"citation.md": f"{_words(edition).rstrip()}\n", **_files("citation", items)}
    return {name: text.encode() for name, text in texts.items()}


def citations_of_release(citation: bytes, release: str) -> dict[str, str]:
    """Return the files of citations of a release, by name: those of its edition, with its number.

    Parameters
    ----------
    citation
        `citation.json` of the edition.
    release
        Name of the release, as in ``2025-1``.
    """
    items = json.loads(citation)
    return _files(
        "release-citation",
        [{**each, "number": release} if each["type"] == "report" else each for each in items],
    )


def _files(name: str, items: list[dict[str, Any]]) -> dict[str, str]:
    return {
        f"{name}.bib": "\n".join(map(_bibtex, items)),
        f"{name}.json": f"{json.dumps(items, ensure_ascii=False, indent=1)}\n",
    }


def cited_title(edition: Edition, language: str) -> str:
    """Return the title of the annual report; that of reconstructed rows says so."""
    title = report_title(edition, language)
    return f"{title} [{reconstructed_rows(language)}]" if edition.reconstructed else title


def _words(edition: Edition) -> str:
    """Return the citations in words, and how to cite one number, figure or table."""
    parts = []
    for language in LANGUAGES:
        title = report_title(edition, language)
        parts += [
            choose(language, "# Comment citer", "# How to cite"),
            choose(language, "## Cette analyse", "## This analysis"),
            citation_of_report(edition, title, language),
            choose(
                language,
                "Ajoutez-y l’adresse où vous l’avez lue, et le numéro de la publication, s’il en est une : "
                "`LISEZMOI.txt`, `release-citation.bib` et `release-citation.json` l’ont; ce fichier, non.",
                "Add the address at which you read it, and the number of the release, if it is one: "
                "`README.txt`, `release-citation.bib` and `release-citation.json` have it, not this file.",
            ),
            choose(language, "## Les données", "## The data"),
            citation_of_data(edition, language),
            choose(language, "## Un nombre, une figure, un tableau", "## One number, figure or table"),
            how_to_cite_a_part(edition, language),
        ]
    return "\n\n".join(parts)


def how_to_cite_a_part(edition: Edition, language: str) -> str:
    """Say what address a claim, a figure or a table has."""
    address = address_of(edition)
    return choose(
        language,
        "L’adresse d’un énoncé, d’une figure ou d’un tableau est `{address}#`, suivi de son ancre dans la "
        "page : `{address}#fig-dots`. Après @ : le début de l’empreinte SHA-256 du fichier de données.",
        "The address of a claim, a figure or a table is `{address}#`, then its anchor in the page: "
        "`{address}#fig-dots`. After @: the start of the SHA-256 checksum of the file of data.",
        address=address,
    )


def _items(edition: Edition) -> Iterator[dict[str, Any]]:
    """Yield what can be cited as CSL-JSON: the report and its source, in each language."""
    called = f"{edition.source.id}-{edition_id(edition.year)}"
    catalogue, modified = edition.source.facts["catalogue"], edition.source.dates(edition.year).modified
    for language in LANGUAGES:
        yield {
            "id": f"portrait-{called}-{language}",
            "type": "report",
            "title": cited_title(edition, language),
            "author": [{"literal": AUTHORS.said(language)}],
            "publisher": AUTHORS.said(language),
            "issued": _date(document_date(edition)),
            "version": portrait.__version__,
            "language": tag_of(language),
            "note": address_of(edition),
        }
    producer = {each: edition.source.text("producer", each) for each in LANGUAGES}
    for language in LANGUAGES:
        yield {
            "id": f"source-{called}-{language}",
            "type": "dataset",
            "title": edition.source.text("title", language),
            "author": [{"literal": producer[language]}],
            "publisher": str(as_recorded(catalogue["name"], language))
            if "name" in catalogue
            else producer[language],
            **({"issued": _date(modified)} if modified else {}),
            "accessed": _date(str(catalogue["consulted"])),
            "language": tag_of(language),
            "URL": str(catalogue["url"]),
            "note": f"SHA-256 {edition.file.sha256}",
        }


def _date(text: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in re.findall(r"\d+", text)]]}


def _bibtex(item: dict[str, Any]) -> str:
    [dated] = (item["issued"] if "issued" in item else item["accessed"])["date-parts"]
    fields = {
        "author": f"{{{_tex(item['author'][0]['literal'])}}}",
        "title": f"{{{_tex(item['title'])}}}",
        "year": str(dated[0]),
        "language": "french" if is_french(language_of(item["language"])) else "english",
        "note": _tex(item["note"]),
    }
    if item["type"] == "report":
        kind = "techreport"
        fields |= {"institution": _tex(item["publisher"]), "number": item.get("number", item["version"])}
    else:
        kind = "misc"
        [consulted] = item["accessed"]["date-parts"]
        fields |= {
            "howpublished": _tex(item["publisher"]),
            "url": item["URL"],
            "urldate": "-".join(f"{part:02}" for part in consulted),
        }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{item['id']},\n{lines}}}\n"


def _tex(text: str) -> str:
    return "".join(_SPECIAL.get(each, each) for each in text)
