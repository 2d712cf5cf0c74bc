"""Findings about the file itself: encoding, delimiter, headers, fields, and rows set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from portrait.checks.columns import column_name
from portrait.checks.findings import (
    NOTHING_TO_MEND,
    Finding,
    commonest,
    first_rows,
    found,
    sentence,
)
from portrait.editions.edition import Edition
from portrait.errors import Sentence
from portrait.ingest.published import FileFacts, PublishedTable
from portrait.ingest.rules import BY_RULE
from portrait.ingest.workbook import Merged
from portrait.language.text import normalise_header, tidy
from portrait.registers.columns import UNTOLD, place_of
from portrait.registers.source import FIELDS

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
    "mac-roman": "Mac OS Roman",
    "cp850": "code page 850",
    "xlsx": "XLSX",
    "ods": "ODS",
    "json": "JSON",
    "jsonl": "JSON Lines",
}
"""Encoding or format of a file -> the name that readers know."""

_FORMATS = ("XLSX", "ODS", "JSON", "JSON Lines")
_DELIMITERS = {",": Sentence("la virgule", "the comma"), ";": Sentence("le point-virgule", "the semicolon")}
_TAB = Sentence("la tabulation", "the tab")
_REASONS = {
    "cut": Sentence("coupée avant la dernière colonne employée", "cut before the last column used"),
    "overfull": Sentence("plus de cellules que d’en-têtes", "more cells than headers"),
    "nameless": Sentence("ni nom, ni organisme, ni portefeuille", "no name, body or portfolio"),
}

_ROWS_KEEP_NUMBERS = Sentence(
    "Rien à faire : les lignes gardent leur numéro.", "Nothing to do: rows keep their numbers."
)
_IGNORED = Sentence("Rien à faire : elle est ignorée.", "Nothing to do: it is ignored.")
_NOT_READ = Sentence("Rien à faire : elles ne sont pas lues.", "Nothing to do: they are not read.")
_DECLARE = Sentence(
    "Rien à faire; pour que le rapport en lise une (risque, évaluation, technique…), déclarez-la dans "
    "columns.csv : data/reference/schema.md.",
    "Nothing to do; to have the report read one (risk, assessment, technique…), declare it in columns.csv: "
    "data/reference/schema.md.",
)
_BY_PLACE = Sentence(
    "Désignez ces colonnes par leur place, jamais par leur nom.",
    "Name these columns by their place, never by their header.",
)

_NO_COLUMN = Sentence(
    "Rien à faire si le fichier n’a pas cette colonne; sinon, donnez son en-tête dans columns.csv.",
    "Nothing to do if the file has no such column; else give its header in columns.csv.",
)
_BLANK_COLUMN = Sentence(
    "Cette colonne est vide dans toutes les lignes : demandez au producteur si elle devait l’être.",
    "This column is blank in every row: ask the producer whether it should be.",
)


def check_file(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report what is unusual in the file, and what changed since the previous year."""
    for each in published.files:
        yield from _encoding(edition, each.facts)
        yield from _delimiter(edition, each.facts)
        yield from _headers(edition, each)
        yield from _unread(edition, each.facts)
    yield from _header_changes(edition)
    yield from _merged(edition, published)
    yield from _fields(edition, published)
    yield from _quarantined(edition)
    yield from _reconstructed(edition)


def _encoding(edition: Edition, file: FileFacts) -> Iterator[Finding]:
    previous = None if edition.file.parts else edition.previous
    name = ENCODINGS[file.encoding]
    if name not in ("UTF-8", *_FORMATS):
        yield found(
            edition,
            "encoding",
            sentence("Le fichier a été lu en {name}.", "The file was read as {name}.", name=name),
            Sentence(
                "Vérifiez les accents et les tirets de quelques noms.",
                "Check the accents and dashes of a few names.",
            ),
            file=file.name,
        )
    if previous and not previous.file.parts and ENCODINGS[previous.file.encoding] != name:
        yield found(
            edition,
            "encoding-changed",
            sentence(
                "L’encodage a changé depuis {year} : {before}, puis {name}.",
                "The encoding changed since {year}: {before}, then {name}.",
                year=previous.year,
                before=ENCODINGS[previous.file.encoding],
                name=name,
            ),
            NOTHING_TO_MEND,
        )


def _delimiter(edition: Edition, file: FileFacts) -> Iterator[Finding]:
    previous = edition.previous
    before = previous.file.delimiter if previous else ","
    if file.delimiter and (file.delimiter != "," or before not in ("", ",")):
        name = _DELIMITERS.get(file.delimiter, _TAB)
        yield found(
            edition,
            "delimiter",
            sentence(
                "Les cellules sont séparées par {fr}.", "Cells are separated by {en}.", fr=name.fr, en=name.en
            ),
            NOTHING_TO_MEND,
            file=file.name,
        )


def _headers(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report a header below row 1, and headers with a byte order mark, repeated or empty."""
    file = published.facts
    if not file.header_row:
        return
    here = _place_of_header(edition, file)
    marked = [tidy(cell) for cell in published.header if "\ufeff" in cell]
    names = Counter(header for header in file.headers if header)
    repeated = {name: count for name, count in names.items() if count > 1}
    empty = [str(place) for place, header in enumerate(file.headers, start=1) if not header]
    if file.header_row > 1:
        yield found(
            edition,
            "header-row",
            sentence(
                "L’en-tête se trouve à la ligne {row}, sous des lignes vides ou de titre.",
                "The header stands in row {row}, below blank or title rows.",
                row=str(file.header_row),
            ),
            _ROWS_KEEP_NUMBERS,
            **here,
        )
    if marked:
        message = sentence(
            "La marque d’ordre des octets (U+FEFF) se trouve à l’intérieur d’un en-tête.",
            "The byte order mark (U+FEFF) stands inside a header.",
        )
        yield found(edition, "byte-order-mark-in-header", message, _IGNORED, values=commonest(marked), **here)
    if repeated:
        message = sentence(
            "Des en-têtes que nous n’employons pas sont répétés : {n}.",
            "Headers that we do not use stand more than once: {n}.",
            n=len(repeated),
        )
        yield found(edition, "repeated-headers", message, _BY_PLACE, values=commonest(repeated), **here)
    if empty:
        message = sentence(
            "Des colonnes n’ont pas d’en-tête : {places}.",
            "Columns have no header: {places}.",
            places=", ".join(empty),
        )
        yield found(edition, "empty-headers", message, _NOT_READ, **here)


def _unread(edition: Edition, file: FileFacts) -> Iterator[Finding]:
    """Report the columns that no field is read from."""
    places = {place_of(header) for header in file.fields.values()}
    read = {normalise_header(header) for header in file.fields.values()}
    unread = dict.fromkeys(
        header
        for place, header in enumerate(file.headers)
        if header and place not in places and normalise_header(header) not in read
    )
    if unread:
        message = sentence(
            "Des colonnes ne donnent rien au rapport : {n}.",
            "Columns give nothing to the report: {n}.",
            n=len(unread),
        )
        values = tuple((header, 1) for header in unread)
        here = _place_of_header(edition, file)
        yield found(edition, "unread-columns", message, _DECLARE, values=values, **here)


def _place_of_header(edition: Edition, file: FileFacts) -> dict[str, Any]:
    """Return the file of a finding about its header, and the row where it has one."""
    row = edition.file.row_of(file.header_row, file.name)
    return {"file": file.name} | ({"rows": (row,), "n_rows": 1} if file.header_row else {})


def _header_changes(edition: Edition) -> Iterator[Finding]:
    if edition.previous is None:
        return
    changes = [
        f"{before} → {now}"
        for field in FIELDS
        if (before := _header_of(edition.previous, field)) and (now := _header_of(edition, field))
        if normalise_header(before) != normalise_header(now)
    ]
    if changes:
        yield found(
            edition,
            "headers-changed",
            sentence(
                "Des en-têtes ont changé depuis {year} : {n}.",
                "Headers changed since {year}: {n}.",
                year=edition.previous.year,
                n=len(changes),
            ),
            Sentence(
                "Vérifiez dans columns.csv que chacun désigne bien le même champ.",
                "Check in columns.csv that each stands for the same field.",
            ),
            rows=(edition.file.row_of(edition.file.header_row, edition.file.files[0].name),),
            n_rows=1,
            values=tuple((change, 1) for change in changes),
        )


def _merged(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report merged cells of rows: a spreadsheet shows one value for all, the file gives it to the first."""
    merged = [each for each in published.merged if each.last_row > edition.file.header_row]
    if merged:
        columns = {column for each in merged for column in (each.first_column, each.last_column)}
        yield found(
            edition,
            "merged-cells",
            sentence(
                "Des cellules sont fusionnées. Groupes : {n}. Seule la première de chaque groupe a une "
                "valeur; les autres sont lues comme vides.",
                "Cells are merged. Groups: {n}. Only the first of each group has a value; the others are "
                "read as blank.",
                n=len(merged),
            ),
            Sentence(
                "Annulez la fusion et, si la valeur vaut pour toutes les lignes, répétez-la dans chacune.",
                "Unmerge the cells and, if the value is that of all rows, repeat it in each.",
            ),
            column=column_name(published, columns.pop() - 1) if len(columns) == 1 else "",
            **first_rows(_rows_of(merged, edition.file.header_row, int(published.rows["row"].max()))),
        )


def _rows_of(merged: Sequence[Merged], header_row: int, last_row: int) -> list[int]:
    """Return each row that has merged cells once, between the header and the last row."""
    rows: list[int] = []
    reached = header_row
    for each in sorted(merged, key=lambda each: each.first_row):
        end = min(each.last_row, last_row)
        rows.extend(range(max(each.first_row, reached + 1), end + 1))
        reached = max(reached, end)
    return rows


def _fields(edition: Edition, published: PublishedTable) -> Iterator[Finding]:
    """Report fields that the file does not have, and fields read from the same column."""
    for field, untold in UNTOLD.items():
        if edition.gives(field):
            continue
        yield found(
            edition,
            "field-not-published",
            sentence(
                "Le fichier ne donne rien pour le champ « {field} ». Le rapport ne dira pas {untold}.",
                "The file gives nothing for the field “{field}”. The report will not tell {untold_en}.",
                field=field,
                untold=untold.fr,
                untold_en=untold.en,
            ),
            _NO_COLUMN if field not in published.headers else _BLANK_COLUMN,
            column=published.headers.get(field, ""),
        )
    fields = [field for field in FIELDS if published.headers.get(field)]
    for header, count in Counter(published.headers[field] for field in fields).items():
        if count > 1:
            yield found(
                edition,
                "fields-of-one-column",
                sentence(
                    "Cette colonne donne plusieurs champs de columns.csv : {fields}.",
                    "This column gives several fields of columns.csv: {fields}.",
                    fields=", ".join(field for field in fields if published.headers[field] == header),
                ),
                Sentence(
                    "Ne les comparez pas l’un à l’autre : ils disent la même chose.",
                    "Do not compare one with the other: they say the same thing.",
                ),
                column=header,
            )


def _header_of(edition: Edition, field: str) -> str:
    return edition.file.fields.get(field, "")


def _quarantined(edition: Edition) -> Iterator[Finding]:
    """Report rows set aside; initiatives and rows set aside add up to the rows read."""
    quarantine = edition.quarantine
    for reason, rows in quarantine[quarantine["reason"] != BY_RULE].groupby("reason", sort=True):
        said = _REASONS[str(reason)]
        yield found(
            edition,
            "quarantined-rows",
            sentence(
                "Des lignes ont été mises à l’écart ({fr}) : {n}. Lignes lues : {read}; initiatives : "
                "{kept}; mises à l’écart : {aside}.",
                "Rows were set aside ({en}): {n}. Rows read: {read}; initiatives: {kept}; set "
                "aside: {aside}.",
                fr=said.fr,
                en=said.en,
                n=len(rows),
                read=edition.file.n_rows,
                kept=len(edition.initiatives),
                aside=len(edition.quarantine),
            ),
            Sentence(
                "Regardez ces lignes : une initiative s’y trouve peut-être.",
                "Look at these rows: an initiative may be among them.",
            ),
            **first_rows(rows["row"]),
        )


def _reconstructed(edition: Edition) -> Iterator[Finding]:
    rows = edition.initiatives.loc[edition.initiatives["reconstructed"], "row"]
    if len(rows):
        yield found(
            edition,
            "reconstructed-rows",
            sentence(
                "Des lignes disent elles-mêmes qu’elles ont été reconstituées : {n}.",
                "Rows say of themselves that they were reconstructed: {n}.",
                n=len(rows),
            ),
            Sentence(
                "Déposez le fichier officiel dans data/raw dès que vous l’avez.",
                "Put the official file in data/raw as soon as you have it.",
            ),
            **first_rows(rows),
        )
