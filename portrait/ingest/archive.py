"""Check the archive of a workbook before a workbook reader sees it.

Nothing that the archive says of itself is believed: sizes are those of the expanded bytes, and sheets are
recognised by their root element, in whatever folder they are.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from portrait.errors import DOWNLOAD_AGAIN, Sentence
from portrait.ingest.open_document import CONTENT, ENCRYPTED, MANIFEST, DocumentPart
from portrait.ingest.parts import SAVE_AGAIN, Contents, CountedPart, Fault, Part, elements_of

MOST_MEMBERS = 1_000
"""Of an archive: a workbook has a few for each of its sheets."""
MOST_EXPANDED = 2**28
"""Bytes of all members together (256 MiB), about five million cells."""
MOST_TIMES_COMPRESSED = 100
"""Expanded bytes for each byte of a compressed member; sheets take 5 to 30 times fewer bytes compressed."""
FREE_EXPANSION = 2**20
"""Bytes (1 MiB) that a member may expand to whatever its ratio."""
MOST_CELLS = 5 * 10**6
"""Of all sheets, as listed: fifty thousand rows of a hundred columns."""
MOST_SPANNED = 10**7
"""Cells from A1 to the last one of each sheet, blank ones included: the reader allocates them all at once."""
MOST_TIMES_FILLED = 50
"""Cells, blank ones included, for each filled cell."""
FREE_CELLS = 10**6
"""Cells that sheets may have whatever the share of blank ones."""
MOST_ERRORS = 10**5
"""Cells with an error, as #REF!."""
MOST_CHARACTERS = 2**28
"""Of all cells: a few bytes can repeat a shared string many times."""
MOST_TIMES_EXPANDED = 10
"""Characters of all cells for each expanded byte."""
FREE_CHARACTERS = 2**24
"""Characters that cells may have whatever the expanded size."""

_PIECE = 2**18  # bytes
_UNBELIEVED = 2**62  # bytes: more than any member, so that reading does not stop at the size it claims
_ENCRYPTED = 0x1  # flag of a member
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Members = Mapping[str, zipfile.ZipInfo]
"""Members by name, in lower case and with slashes, as workbook readers compare names."""


def check_archive(content: bytes, *, is_document: bool = False) -> tuple[Contents, int]:
    """Return what the sheets of an archive contain, with errors by name of the sheet, and its expanded size.

    Parameters
    ----------
    is_document
        Whether it is an OpenDocument spreadsheet rather than an XLSX workbook.

    Raises
    ------
    Fault
        The archive is damaged, is not a workbook, or is larger than a table of initiatives can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = _members(archive, is_document=is_document)
            expanded = _expanded_size(archive, members)
            if is_document:
                return _document(archive, members, expanded), expanded
            contents = _contents(archive, members, expanded)
            parts = _sheet_parts(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Fault(
            Sentence(f"l’archive est endommagée ({error}).", f"the archive is damaged ({error})."),
            DOWNLOAD_AGAIN,
        ) from error
    contents.errors = {sheet: contents.errors.get(part, {}) for sheet, part in parts.items()}
    return contents, expanded


def _members(archive: zipfile.ZipFile, *, is_document: bool) -> Members:
    listed = archive.infolist()
    if len(listed) > MOST_MEMBERS:
        raise Fault(
            Sentence(
                f"le classeur contient {len(listed)} fichiers; au plus {MOST_MEMBERS} sont lus.",
                f"the workbook contains {len(listed)} files; at most {MOST_MEMBERS} are read.",
            ),
            SAVE_AGAIN,
        )
    members: dict[str, zipfile.ZipInfo] = {}
    for member in listed:
        name = _key(member)
        if name in members:
            raise Fault(
                Sentence(f"le classeur contient deux fois {name}.", f"the workbook contains {name} twice."),
                SAVE_AGAIN,
            )
        if member.flag_bits & _ENCRYPTED:
            raise _encrypted(name)
        members[name] = member
    main, other = (CONTENT, _WORKBOOK) if is_document else (_WORKBOOK, CONTENT)
    if main not in members or other in members:
        kind = "ODS" if is_document else "XLSX"
        raise Fault(
            Sentence(
                f"ce n’est pas un classeur {kind} : l’archive n’a pas de {main}, ou a aussi {other}.",
                f"it is not an {kind} workbook: the archive has no {main}, or has {other} too.",
            ),
            Sentence("Enregistrez-le en CSV (UTF-8) ou en XLSX.", "Save it as CSV (UTF-8) or XLSX."),
        )
    return members


def _encrypted(name: str) -> Fault:
    return Fault(
        Sentence(f"{name} est chiffré.", f"{name} is encrypted."),
        Sentence("Enregistrez le classeur sans mot de passe.", "Save the workbook without a password."),
    )


def _key(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lower()


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    member.file_size = _UNBELIEVED
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _expanded_size(archive: zipfile.ZipFile, members: Members) -> int:
    """Return the bytes of all members, expanded; refuse those that expand too far before parsing any."""
    total = 0
    for member in members.values():
        size = 0
        for piece in _pieces(archive, member):
            size += len(piece)
            total += len(piece)
            if size > max(FREE_EXPANSION, MOST_TIMES_COMPRESSED * member.compress_size):
                raise _expands(member)
            if total > MOST_EXPANDED:
                raise Fault(
                    Sentence(
                        f"le classeur décompressé dépasse {MOST_EXPANDED >> 20} Mio.",
                        f"the expanded workbook is over {MOST_EXPANDED >> 20} MiB.",
                    ),
                    SAVE_AGAIN,
                )
    return total


def _expands(member: zipfile.ZipInfo) -> Fault:
    name, times = member.filename, MOST_TIMES_COMPRESSED
    return Fault(
        Sentence(
            f"{name} prend plus de {times} fois sa taille en se décompressant, ce qu’aucun tableau ne fait.",
            f"{name} expands to more than {times} times its size, which no table does.",
        ),
        SAVE_AGAIN,
    )


def _document(archive: zipfile.ZipFile, members: Members, expanded: int) -> Contents:
    """Parse the sheets of an OpenDocument spreadsheet."""
    listed = b"".join(_pieces(archive, members[MANIFEST])) if MANIFEST in members else b""
    if ENCRYPTED in listed:
        raise _encrypted(CONTENT)
    contents = Contents()
    _feed(DocumentPart(contents), archive, members[CONTENT], contents, expanded)
    return contents


def _contents(archive: zipfile.ZipFile, members: Members, expanded: int) -> Contents:
    """Parse each part in XML, the shared strings first."""
    contents = Contents()
    parts = {name: member for name, member in members.items() if _is_xml(name)}
    for name in sorted(parts, key=lambda name: not _has_strings(archive, parts[name])):
        _feed(CountedPart(name, contents), archive, parts[name], contents, expanded)
    return contents


def _feed(
    part: CountedPart | DocumentPart,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    contents: Contents,
    expanded: int,
) -> None:
    """Parse a part piece by piece, and refuse it as soon as it holds too much."""
    for piece in _pieces(archive, member):
        part.feed(piece)
        _refuse_contents(contents, expanded, part)
    part.feed(b"", last=True)
    _refuse_contents(contents, expanded, part)


def _has_strings(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    part = Part(member.filename)
    part.feed(next(_pieces(archive, member), b""))
    return part.root == "sst"


def _refuse_contents(contents: Contents, expanded: int, part: CountedPart | DocumentPart) -> None:
    """Refuse sheets whose cells, or whose text, would take far more memory than the file."""
    row, column = part.last_row, part.last_column
    most_spanned = min(MOST_SPANNED, max(FREE_CELLS, MOST_TIMES_FILLED * contents.n_filled))
    if contents.n_spanned > most_spanned:
        raise Fault(
            Sentence(
                f"une feuille s’étend jusqu’à cette ligne, sur {column} colonnes : bien plus que nécessaire.",
                f"a sheet extends to this row, over {column} columns: far more than such a table needs.",
            ),
            Sentence(
                "Effacez les cellules loin du tableau, ou enregistrez-le en CSV (UTF-8).",
                "Delete the cells far from the table, or save it as CSV (UTF-8).",
            ),
            row,
        )
    if contents.n_cells > MOST_CELLS:
        raise Fault(
            Sentence(
                f"le classeur a plus de {MOST_CELLS // 10**6} millions de cellules.",
                f"the workbook has over {MOST_CELLS // 10**6} million cells.",
            ),
            SAVE_AGAIN,
        )
    if sum(map(len, contents.errors.values())) > MOST_ERRORS:
        raise Fault(
            Sentence(
                f"plus de {MOST_ERRORS // 1000} mille cellules contiennent une erreur, comme #REF!.",
                f"over {MOST_ERRORS // 1000} thousand cells hold an error, as #REF!.",
            ),
            Sentence("Demandez les valeurs au producteur.", "Ask the producer for the values."),
        )
    if contents.n_characters > min(MOST_CHARACTERS, max(FREE_CHARACTERS, MOST_TIMES_EXPANDED * expanded)):
        raise Fault(
            Sentence(
                "des cellules répètent les mêmes textes jusqu’à bien plus que la taille du fichier : "
                f"{contents.n_characters >> 20} Mio.",
                "cells repeat the same texts far beyond the size of the file: "
                f"{contents.n_characters >> 20} MiB.",
            ),
            SAVE_AGAIN,
        )


def _sheet_parts(archive: zipfile.ZipFile, members: Members) -> dict[str, str]:
    """Return the part of each sheet, by its name.

    Raises
    ------
    Fault
        The part of a sheet is not XML, so that it was not checked.
    """

    def elements(part: str, name: str) -> list[dict[str, str]]:
        return elements_of(b"".join(_pieces(archive, members[part])), name) if part in members else []

    targets = {each.get("Id"): each.get("Target", "") for each in elements(_RELATIONS, "Relationship")}
    parts = {
        each.get("name", ""): _part(targets.get(each.get("id"), "")) for each in elements(_WORKBOOK, "sheet")
    }
    for sheet, part in parts.items():
        if part in members and not _is_xml(part):
            raise Fault(
                Sentence(
                    f"la feuille « {sheet} » n’est pas en XML : {part}.",
                    f"the sheet “{sheet}” is not XML: {part}.",
                ),
                SAVE_AGAIN,
            )
    return parts


def _part(target: str) -> str:
    path = target.replace("\\", "/").lower()
    return path.lstrip("/") if path.startswith(("/", "xl/")) else f"xl/{path}"
