"""Read the outputs of code cells: the front matter, figures and tables.

They have MIME types of this project, which require a caption, a source and, for a figure, an alternative
text. Any other output is refused, because its layout in print is not defined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portrait.document import claims
from portrait.document.markdown import MarkdownCell, Node
from portrait.document.marks import marks_of
from portrait.document.refusal import PublicationError
from portrait.document.svg import checked
from portrait.errors import Sentence
from portrait.language.locales import choose, is_known, language_of
from portrait.language.numbers import number
from portrait.language.typography import line, printable, spaced
from portrait.storage.media_types import DOCUMENT, FIGURE, NOTHING, REGISTER, TABLE

_IDENTIFIER = re.compile(r"(?:fig|tab)-[a-z0-9]+(?:-[a-z0-9]+)*")
_SIDES = ("l", "r", "c")
_FIX_FUNCTION = Sentence("Corrigez la fonction qui le fait.", "Fix the function that builds it.")


def published(output: Mapping[str, Any], where: str) -> tuple[str, Mapping[str, Any]] | None:
    """Return the MIME type and the bundle of an output, or ``None`` for an empty stream.

    Raises
    ------
    PublicationError
        If the output is an error, printed text, or of a type that the publication does not know.
    """
    kind = output["output_type"]
    if kind == "error":
        error = f"{output['ename']}: {output['evalue']}"
        raise PublicationError(
            where,
            Sentence(f"elle a échoué : {error}.", f"it raised {error}."),
            Sentence("Corrigez cette cellule.", "Fix that cell."),
        )
    if kind == "stream":
        if not output["text"].strip():
            return None
        shown = printable(output["text"])[:80]
        raise PublicationError(
            where,
            Sentence(
                f"elle a affiché « {shown} » ({output['name']}).",
                f"it printed “{shown}” ({output['name']}).",
            ),
            Sentence(
                "Mettez le texte dans une cellule de texte, corrigez ce qui avertit, ou donnez à la cellule "
                "l’étiquette `internal`.",
                "Move the text to a prose cell, fix the cause of the warning, or tag the cell `internal`.",
            ),
        )
    bundle = output["data"]
    for mime in (FIGURE, TABLE, DOCUMENT, REGISTER):
        if mime in bundle:
            return mime, bundle
    if NOTHING in bundle:
        raise PublicationError(
            where,
            Sentence(
                f"cette édition n’a pas ce qu’elle montre. {bundle[NOTHING]['reason']}",
                f"this edition does not have what it shows. {bundle[NOTHING]['reason']}",
            ),
            Sentence(
                "Donnez à la cellule une condition sur sa première ligne, comme `# when: edition.previous`.",
                "Give the cell a condition on its first line, such as `# when: edition.previous`.",
            ),
        )
    kinds = ", ".join(sorted(bundle))
    raise PublicationError(
        where,
        Sentence(
            f"ce qu’elle montre ({kinds or 'rien'}) ne peut être publié.",
            f"its output ({kinds or 'empty'}) cannot be published.",
        ),
        Sentence(
            "Finissez la cellule par une figure ou un tableau de portrait, ou sa dernière ligne par un "
            "point-virgule.",
            "End the cell with a figure or table of portrait, or end its last line with a semicolon.",
        ),
    )


def figure_of(bundle: Mapping[str, Any], language: str, where: str) -> Node:
    """Return the figure of an output as a block: picture, texts and data.

    Raises
    ------
    PublicationError
        If its caption, alternative text or source is missing, or its picture is not plain SVG.
    """
    content = bundle[FIGURE]
    where = f"{where}, {content.get('id', 'a figure')}"
    _require(content, ("caption", "alt", "source"), where)
    data = content["data"]
    _check_shape(data, where)
    return {
        "type": "figure",
        **_around(content, language, where),
        "alt": line(content["alt"], language),
        **_drawing(bundle, language, where),
        "data": _cells(data, language),
    }


def _around(content: Mapping[str, Any], language: str, where: str) -> Node:
    return {
        "id": _identifier(content, where),
        "title": [],
        "caption": line(content["caption"], language),
        "source": line(content["source"], language),
        "note": line(content.get("note", ""), language),
        "specimen": bool(content.get("specimen")),
    }


def _drawing(bundle: Mapping[str, Any], language: str, where: str) -> Node:
    """Return what a figure draws: a table of marks, or a picture, wide and narrow, and its outlines."""
    content = bundle[FIGURE]
    if content.get("marks"):
        return {"svg": "", "narrow": "", "outlines": "", "marks": marks_of(content["marks"], language, where)}
    others = {part: content.get(part) for part in ("narrow", "outlines")}
    return {
        "svg": checked(bundle["image/svg+xml"], where),
        **{part: checked(drawn, where) if drawn else "" for part, drawn in others.items()},
        "marks": {},
    }


def table_of(bundle: Mapping[str, Any], language: str, where: str) -> Node:
    """Return the table of an output as a block.

    Raises
    ------
    PublicationError
        If its caption or source is missing, a row does not match its columns, or the table has more rows
        than its print limit and no notice to print instead.
    """
    content = bundle[TABLE]
    where = f"{where}, {content.get('id', 'a table')}"
    _require(content, ("caption", "source"), where)
    _check_shape(content, where)
    return {
        "type": "table",
        **_around(content, language, where),
        "row_header": bool(content.get("row_header")),
        "sortable": bool(content.get("sortable")),
        "file_rows": list(content.get("file_rows", ())),
        "details": [
            [line(heading, language), [*map(printable, texts)]]
            for heading, texts in content.get("details", ())
        ],
        "looks": _looks(content, language),
        "bars": _bars(content, where),
        "n_hollow": int(content.get("n_hollow", 0)),
        "total_row": content.get("total_row"),
        "has_total_column": bool(content.get("has_total_column")),
        "print_notice": _print_notice(content, language, where),
        "print_rest": _print_rest(content, language, where),
        "n_texts": int(content.get("n_texts", 0)),
        **_cells(content, language),
    }


def _looks(content: Mapping[str, Any], language: str) -> dict[str, dict[str, str]]:
    """Return the short names and the marks of cells, by the texts that the cells have in the document."""
    names = {printable(name): printable(short) for name, short in content.get("short_names", {}).items()}
    roles = {spaced(printable(text), language): role for text, role in content.get("roles", {}).items()}
    return {part: look for part, look in (("short_names", names), ("roles", roles)) if look}


def _bars(content: Mapping[str, Any], where: str) -> list[float]:
    """Return the bar beside the name of each row, as a part of the longest; empty if there are none."""
    counts = content.get("bars") or []
    if counts and (len(counts) != len(content["rows"]) or min(counts) < 0):
        raise PublicationError(
            where,
            Sentence("ses barres ne sont pas un nombre par ligne.", "its bars are not one number a row."),
            _FIX_FUNCTION,
        )
    longest = max(counts, default=0)
    return [round(count / longest, 5) for count in counts] if longest else []


def register_of(
    bundle: Mapping[str, Any], register: Sequence[Mapping[str, Any]], language: str, where: str
) -> Node:
    """Return the register of claims: the empty table of an output, filled with the claims.

    `bare` says of each row whether its value, in the third column, is an unformatted number.
    A chapter published alone has no claims; a note then explains the empty table.
    """
    content = {**bundle[REGISTER], "rows": claims.rows(register)}
    if not register:
        content["note"] = choose(
            language_of(language),
            "Le registre se remplit quand le rapport est assemblé; ce chapitre est publié seul.",
            "The register is filled when the report is assembled; this chapter is published alone.",
        )
    if notice := content.get("print_notice"):
        n = number(len(register), language_of(language))
        content["print_notice"] = {**notice, "text": notice["text"].format(n=n)}
    return {**table_of({TABLE: content}, language, where), "bare": claims.are_numbers(register)}


def front_matter_of(bundle: Mapping[str, Any], where: str) -> Node:
    """Return the front matter of the document: cover, notices, colophon and metadata.

    In print, a ``brief`` document has no cover page and no table of contents. The description, used in
    metadata, includes the text of the banner.
    """
    content = bundle[DOCUMENT]
    language = content["language"]
    if not is_known(language_of(language)):
        raise PublicationError(
            where,
            Sentence(f"la langue {language!r} est inconnue.", f"the language {language!r} is unknown."),
            Sentence("Employez fr-CA ou en-CA.", "Use fr-CA or en-CA."),
        )
    _require(content, ("title", "date"), where)
    _require(content.get("citation", {}), ("markdown",), f"{where}, citation")
    lines = {
        part: line(content.get(part) or "", language)
        for part in ("title", "subtitle", "short_title", "description", "banner", "updated")
    }
    return {
        "language": language,
        "quoted_language": str(content.get("quoted_language", "")),
        **lines,
        "description": _description(lines["description"], lines["banner"]),
        "keywords": [line(word, language) for word in content.get("keywords", [])],
        "authors": [line(author, language) for author in content.get("authors", [])],
        "date": content["date"],
        "address": str(content.get("address", "")),
        "linked_data": dict(content.get("linked_data", {})),
        "brief": bool(content.get("brief", False)),
        "banner_notice": content.get("banner_notice"),
        "paper": str(content.get("paper", "letter")),
        "producer_short": str(content.get("producer_short", "")),
        "nouns": dict(content.get("nouns", {})),
        **{
            part: [[line(label, language), line(value, language)] for label, value in content.get(part, [])]
            for part in ("cover", "colophon")
        },
        "notices": [_inlines(notice, language, where) for notice in content.get("notices", [])],
        "citation": _inlines(content["citation"], language, where),
    }


def _inlines(prose: Mapping[str, Any], language: str, where: str) -> list[Node]:
    """Return Markdown as inlines, with the values of its places as text."""
    values = [printable(value) for value in prose.get("values", ())]
    return MarkdownCell(prose["markdown"], language, where, values).inlines()


def _description(text: str, banner: str) -> str:
    return text if banner in text else f"{banner} {text}".strip()


def _cells(content: Mapping[str, Any], language: str) -> Node:
    """Return columns and rows; cells keep their apostrophes, and cells of `verbatim` columns their spaces."""
    verbatim = set(content.get("verbatim", ()))
    return {
        "columns": [line(column, language) for column in content["columns"]],
        "align": list(content["align"]),
        "verbatim": sorted(verbatim),
        "rows": [
            [
                printable(cell) if place in verbatim else spaced(printable(cell), language)
                for place, cell in enumerate(row)
            ]
            for row in content["rows"]
        ],
    }


def _identifier(content: Mapping[str, Any], where: str) -> str:
    identifier = content.get("id")
    if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
        raise PublicationError(
            where,
            Sentence(
                f"l’identifiant {identifier!r} n’est pas valide.",
                f"the identifier {identifier!r} is not valid.",
            ),
            Sentence(
                "Écrivez-le comme fig-nom ou tab-nom, en minuscules, chiffres et traits d’union.",
                "Write it as fig-name or tab-name, with lower-case letters, digits and hyphens.",
            ),
        )
    return identifier


def _require(content: Mapping[str, Any], parts: Sequence[str], where: str) -> None:
    for part in parts:
        text = content.get(part)
        if not isinstance(text, str) or not printable(text):
            raise PublicationError(
                where,
                Sentence(f"le texte « {part} » manque.", f"no {part}."),
                Sentence(
                    "Donnez-le : les lecteurs, et les lecteurs d’écran, en ont besoin.",
                    f"Give a text for {part}: readers, and screen readers, need it.",
                ),
            )


def _check_shape(content: Mapping[str, Any], where: str) -> None:
    n_columns = len(content["columns"])
    if n_columns == 0 or len(content["align"]) != n_columns or any(s not in _SIDES for s in content["align"]):
        raise PublicationError(
            where,
            Sentence(
                "il faut au tableau des colonnes, chacune alignée par l, r ou c.",
                "the table needs columns, each with an alignment of l, r or c.",
            ),
            _FIX_FUNCTION,
        )
    for position, row in enumerate(content["rows"], start=1):
        if len(row) != n_columns or not all(isinstance(cell, str) for cell in row):
            raise PublicationError(
                where,
                Sentence(
                    f"la ligne {position} n’a pas {n_columns} cellules de texte.",
                    f"row {position} does not have {n_columns} cells of text.",
                ),
                _FIX_FUNCTION,
            )


def _print_notice(content: Mapping[str, Any], language: str, where: str) -> Node | None:
    """Return the notice printed instead of a table over its print limit, or ``None``."""
    limit = content.get("print_limit")
    if limit is None or len(content["rows"]) <= limit:
        return None
    notice = content.get("print_notice")
    if not notice:
        raise PublicationError(
            where,
            Sentence(
                f"le tableau a plus de {limit} lignes, sa limite imprimée, et pas d’avis imprimé.",
                f"the table has more than {limit} rows, its print limit, and no notice for print.",
            ),
            Sentence("Donnez-lui un print_notice.", "Give it a print_notice."),
        )
    return {"text": line(notice["text"], language), "url": notice["url"]}


def _print_rest(content: Mapping[str, Any], language: str, where: str) -> Node | None:
    """Return the number of rows printed and the note about the others, or ``None``.

    It may have lists of the same form. No row is printed where the note gives the address of the page.
    """
    rest = content.get("print_rest")
    if not rest:
        return None
    fewest = 0 if "url" in rest else 1
    if not (fewest <= rest["after"] < len(content["rows"]) and rest["text"]):
        raise PublicationError(
            where,
            Sentence(
                "son print_rest ne dit pas où sont les lignes qui ne sont pas imprimées.",
                "its print_rest does not say where the rows left out of print are.",
            ),
            Sentence(
                "Donnez à `after` moins que le nombre de lignes, et à `text` une phrase.",
                "Set `after` below the number of rows, and give `text` a sentence.",
            ),
        )
    said = {part: line(rest[part], language) for part in ("text", "note") if part in rest}
    lists = [{**each, "text": line(each["text"], language)} for each in rest.get("lists", ())]
    return {**rest, **said, "lists": lists}
