"""Findings about the text of cells, in any column: damage, hidden characters, traces of a spreadsheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from typing import Any

from portrait.checks.columns import Cell, Cells, column_name
from portrait.checks.dates import mixed_dates
from portrait.checks.findings import (
    SHOWN_VALUES,
    Finding,
    commonest,
    first_rows,
    found,
    sentence,
)
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.indicators.quality import is_placeholder
from portrait.ingest.encoding import is_misread, repaired
from portrait.ingest.lookup import known_values
from portrait.ingest.published import PublishedTable
from portrait.language.text import MOST_MARKS, has_many_marks, normalise, revealed, tidy
from portrait.registers.source import CLOSED

_TAGS = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|caption|center|code|dd|div|dl|dt|em|embed"
    "|font|form|h[1-6]|head|hr|html|i|iframe|img|input|ins|label|li|link|meta|nav|object|ol|option|p|pre|q|s"
    "|script|section|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead"
    "|title|tr|tt|u|ul|video"
)
_MARKUP = re.compile(rf"</(?:{_TAGS})\s*>|<(?:{_TAGS})(?:\s+[\w:-]+\s*=[^<>]*|\s*/?)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]+);")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
LONGEST_CELL = 32_767
"""Most characters of a cell in a spreadsheet; Excel cuts a longer one when it opens the file."""
_LOST_LETTER = re.compile(r"[^\W\d_]\?[a-zà-ÿ]")
_LETTER_ALONE = re.compile(r"(?<=\s)[ñÐ](?=\s)")
_ADDRESS = re.compile(r"[/=]|www\.")
_SPREADSHEET_ERROR = re.compile(
    r"\s*+(?:(?:#{3,}|#[A-ZÀ-Ý/0]{3,15}[!?]|#N/[AD]|#GETTING_DATA|Err:\d{3})\s*"
    r"|(?:\d{1,2}/\d{1,2}/1905|1905-\d\d-\d\d)(?:\s| .*)?)",
    re.DOTALL,
)


Holds = Callable[[str], object]


@dataclass(frozen=True)
class _Look:
    """One thing to look for in every cell, and the finding to report where a cell holds it."""

    code: str
    holds: Holds
    message: Sentence
    mend: Sentence
    lists_values: bool = False


def check_cells(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Check every cell of the file, including columns that the report does not use."""
    cells = Cells(published.records)
    for look in _LOOKS:
        if held := cells.whose(look.holds):
            yield _counted(look, held, edition, published)
    yield from _misread(cells, edition, published)
    yield from _rows_inside(cells, edition, published)
    yield from mixed_dates(cells, edition, published)


def _counted(look: _Look, held: Sequence[Cell], edition: Edition, published: PublishedTable) -> Finding:
    n_columns = len({column_name(published, cell.column) for cell in held})
    details = _place(held, published)
    if look.lists_values:
        details["values"] = commonest(cell.text for cell in held)[:SHOWN_VALUES]
    return found(
        edition,
        look.code,
        sentence(look.message.fr, look.message.en, n=len(held), columns=n_columns),
        look.mend,
        **details,
    )


def _place(held: Sequence[Cell], published: PublishedTable) -> dict[str, Any]:
    """Return the place of cells as details of a finding: one column, or several with their counts."""
    columns = Counter(column_name(published, cell.column) for cell in held)
    named = {"column": next(iter(columns))} if len(columns) == 1 else {"values": commonest(columns)}
    return {**named, **first_rows(cell.row for cell in held)}


def _says_nothing(text: str) -> bool:
    return is_placeholder(text) and tidy(text) != ""


def _has_lost_letter(text: str) -> bool:
    """Return whether a question mark replaces a letter: inside a word that is not an address."""
    if "?" not in text and "ñ" not in text and "Ð" not in text:
        return False
    words = (word for word in text.split() if "?" in word)
    return bool(_LETTER_ALONE.search(text)) or any(
        _LOST_LETTER.search(word) and not _ADDRESS.search(word) for word in words
    )


def _has_entity(text: str) -> bool:
    return "&" in text and any(name.startswith("#") or f"{name};" in html5 for name in _ENTITY.findall(text))


_LOOKS = (
    _Look(
        "replacement-characters",
        lambda text: "\ufffd" in text,
        Sentence(
            "Des lettres ont été perdues : « \ufffd » (U+FFFD) en tient la place. Cellules : {n}.",
            "Letters were lost: “\ufffd” (U+FFFD) stands in their place. Cells: {n}.",
        ),
        Sentence(
            "Demandez au producteur le texte d’origine, ou corrigez l’encodage que donne source.yml; rien "
            "n’est réparé ici.",
            "Ask the producer for the original text, or fix the encoding that source.yml gives; nothing is "
            "repaired here.",
        ),
    ),
    _Look(
        "lost-letters",
        _has_lost_letter,
        Sentence(
            "Un « ? », ou un « ñ » isolé, remplace peut-être un caractère perdu. Cellules : {n}.",
            "A “?”, or an “ñ” alone, may replace a lost character. Cells: {n}.",
        ),
        Sentence(
            "Relisez ces cellules; rien n’est réparé ici : ce serait deviner.",
            "Reread these cells; nothing is repaired here: that would be guessing.",
        ),
    ),
    _Look(
        "line-breaks",
        lambda text: "\n" in text or "\r" in text,
        Sentence(
            "Des sauts de ligne se trouvent dans des cellules. Cellules : {n}.",
            "Line breaks stand inside cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : ils deviennent des espaces. Ne comptez jamais les initiatives par les lignes "
            "de texte.",
            "Nothing to do: they become spaces. Never count initiatives by lines of text.",
        ),
    ),
    _Look(
        "carriage-return-marks",
        lambda text: "_x000D_" in text,
        Sentence(
            "Excel a écrit « _x000D_ » dans des cellules. Cellules : {n}.",
            "Excel wrote “_x000D_” in cells. Cells: {n}.",
        ),
        Sentence("Rien à faire : c’est lu comme une espace.", "Nothing to do: it is read as a space."),
    ),
    _Look(
        "tabs",
        lambda text: "\t" in text,
        Sentence(
            "Des tabulations se trouvent dans des cellules. Cellules : {n}.",
            "Tabs stand in cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : elles sont lues comme des espaces.", "Nothing to do: they are read as spaces."
        ),
    ),
    _Look(
        "no-break-spaces",
        lambda text: "\xa0" in text or "\u202f" in text,
        Sentence(
            "Des espaces insécables se trouvent dans des cellules. Cellules : {n}.",
            "No-break spaces stand in cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : elles sont lues comme des espaces ordinaires.",
            "Nothing to do: they are read as ordinary spaces.",
        ),
    ),
    _Look(
        "invisible-characters",
        lambda text: _INVISIBLE.search(text) and revealed(text) != text,  # joiners may be letters
        Sentence(
            "Des caractères invisibles (sans chasse, de direction, de commande) se trouvent dans "
            "des cellules. Cellules : {n}.",
            "Invisible characters (zero-width, directional, control) stand in cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : ils sont retirés de ce qui est comparé et de ce qui est montré.",
            "Nothing to do: they are taken out of what is compared and of what is shown.",
        ),
    ),
    _Look(
        "many-marks",
        has_many_marks,
        Sentence(
            f"Des lettres portent plus de {MOST_MARKS} signes diacritiques, plus qu’aucune langue n’en "
            "demande. Cellules : {n}.",
            f"Letters carry more than {MOST_MARKS} combining marks, more than any language needs. "
            "Cells: {n}.",
        ),
        Sentence(
            "Corrigez ces cellules à la source. Tous les signes sont gardés; un caractère invisible sépare "
            "les suites trop longues.",
            "Fix these cells at the source. All marks are kept; an invisible character separates runs that "
            "are too long.",
        ),
    ),
    _Look(
        "long-cells",
        lambda text: len(text) > LONGEST_CELL,
        sentence(
            "Des cellules ont plus de {most} caractères, le maximum d’un tableur. Cellules : {{n}}.",
            "Cells have more than {most} characters, the most that a spreadsheet holds. Cells: {{n}}.",
            most=LONGEST_CELL,
        ),
        Sentence(
            "Cherchez un guillemet égaré, ou un texte collé par erreur. La page et les données gardent tout; "
            "le PDF n’en montre que le début.",
            "Look for a stray quote, or a text pasted by mistake. The page and the data keep all of it; the "
            "PDF shows only its beginning.",
        ),
    ),
    _Look(
        "placeholders",
        _says_nothing,
        Sentence(
            "Des cellules ne disent rien, comme « s. o. » ou « N/A ». Cellules : {n}; colonnes : {columns}.",
            "Cells say nothing, like “n/a” or “TBD”. Cells: {n}; columns: {columns}.",
        ),
        Sentence(
            "Rien à faire : dans les champs employés, elles comptent comme manquantes; les annexes les "
            "montrent telles quelles.",
            "Nothing to do: in the fields used, they count as missing; the appendices show them as they are.",
        ),
        lists_values=True,
    ),
    _Look(
        "formula-like-cells",
        _FORMULA.match,
        Sentence(
            "Des cellules commencent comme une formule (=, +, -, @). Cellules : {n}.",
            "Cells begin like a formula (=, +, -, @). Cells: {n}.",
        ),
        Sentence(
            "N’ouvrez pas l’original dans un tableur; dans ce qui est publié ici, elles sont du texte.",
            "Do not open the original in a spreadsheet; in what is published here, they are text.",
        ),
    ),
    _Look(
        "markup",
        _MARKUP.search,
        Sentence(
            "Des balises HTML se trouvent dans des cellules. Cellules : {n}.",
            "HTML tags stand in cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : elles sont montrées comme du texte.", "Nothing to do: they are shown as text."
        ),
    ),
    _Look(
        "entities",
        _has_entity,
        Sentence(
            "Des entités HTML, comme « &amp; », se trouvent dans des cellules. Cellules : {n}.",
            "HTML entities, like “&amp;”, stand in cells. Cells: {n}.",
        ),
        Sentence(
            "Rien à faire : elles sont montrées telles quelles.", "Nothing to do: they are shown as they are."
        ),
    ),
    _Look(
        "spreadsheet-errors",
        _SPREADSHEET_ERROR.fullmatch,
        Sentence(
            "Un tableur a abîmé des cellules : erreur, ou année lue comme un nombre de jours (1905). "
            "Cellules : {n}.",
            "A spreadsheet damaged cells: an error, or a year read as a number of days (1905). Cells: {n}.",
        ),
        Sentence(
            "Demandez la valeur au producteur; rien n’est calculé ici.",
            "Ask the producer for the value; nothing is computed here.",
        ),
        lists_values=True,
    ),
)


def _misread(cells: Cells, edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report cells whose UTF-8 was read as Windows-1252, with the number that can be fully repaired."""
    if held := cells.whose(is_misread):
        yield found(
            edition,
            "misread-text",
            sentence(
                "De l’UTF-8 a été lu comme du Windows-1252 (« donâ€™t »). Cellules : {n}; réparables en "
                "entier : {whole}.",
                "UTF-8 was read as Windows-1252 (“donâ€™t”). Cells: {n}; of which can be repaired whole: "
                "{whole}.",
                n=len(held),
                whole=sum(repaired(cell.text) != cell.text for cell in held),
            ),
            Sentence(
                "Dans les colonnes employées, les cellules réparables en entier sont réparées et consignées; "
                "les autres restent telles quelles. Demandez le texte d’origine.",
                "In the columns used, cells that can be repaired whole are, and are logged; the others stay "
                "as they are. Ask for the original text.",
            ),
            **_place(held, published),
        )


def _rows_inside(cells: Cells, edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report cells with lines that look like rows, which a stray quote can swallow."""
    delimiter = published.facts.delimiter
    if not delimiter:
        return
    labels = {key for field in CLOSED for key in known_values(edition.source, field, edition.year)}

    def holds_rows(text: str) -> bool:
        return ("\n" in text or "\r" in text) and any(
            _is_row(line, delimiter, published.used_cells, labels) for line in text.splitlines()
        )

    if held := cells.whose(holds_rows):
        yield found(
            edition,
            "rows-inside-a-cell",
            sentence(
                "Des cellules contiennent des lignes du tableau, sans doute avalées par un guillemet égaré. "
                "Cellules : {n}.",
                "Cells hold rows of the table, which a stray quote probably swallowed. Cells: {n}.",
                n=len(held),
            ),
            Sentence(
                "Comparez le nombre de lignes à celui du producteur et corrigez les guillemets.",
                "Compare the number of rows with the producer’s, and mend the quotes.",
            ),
            **_place(held, published),
        )


def _is_row(line: str, delimiter: str, n_cells: int, labels: set[str]) -> bool:
    parts = line.split(delimiter)
    return len(parts) >= n_cells - 1 and any(normalise(part.strip('"')) in labels for part in parts)
