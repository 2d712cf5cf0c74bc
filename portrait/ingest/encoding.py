"""Detect the format and the encoding of a file from its bytes, and repair misread text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from portrait.errors import DOWNLOAD_AGAIN, Place, RefusedInput, Sentence

_SAVE_AS_UTF8 = Sentence("Enregistrez le fichier en UTF-8.", "Save the file as UTF-8.")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECODED_AT_ONCE = 2**16  # bytes: fits in the cache of a processor


def refuse_other_format(content: bytes, path: Path) -> None:
    """Refuse a file whose content does not match its suffix, a UTF-16 text, or a text with null bytes."""
    is_workbook = content.startswith(b"PK\x03\x04")
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<table")):
        raise RefusedInput(
            Place(path.name),
            Sentence("le fichier est une page web, pas un tableau.", "the file is a web page, not a table."),
            Sentence("Téléchargez la ressource elle-même.", "Download the resource itself."),
        )
    is_older = content.startswith(b"\xd0\xcf\x11\xe0")  # a container of XLS, and of encrypted XLSX
    if is_older and _ENCRYPTED in content:
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le classeur est protégé par un mot de passe.", "the workbook is protected by a password."
            ),
            Sentence("Enregistrez-le sans mot de passe.", "Save it without a password."),
        )
    if is_older or is_workbook != (path.suffix.lower() in (".xlsx", ".ods")):
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le contenu n’est pas du format que le nom du fichier annonce.",
                "the content is not of the format that the file name gives.",
            ),
            Sentence("Enregistrez-le en CSV (UTF-8) ou en XLSX.", "Save it as CSV (UTF-8) or XLSX."),
        )
    if not is_workbook and _looks_like_utf16(content):
        raise RefusedInput(
            Place(path.name),
            Sentence(
                "le fichier est en UTF-16 (« Texte Unicode » d’Excel).",
                "the file is UTF-16 (Excel’s “Unicode Text”).",
            ),
            _SAVE_AS_UTF8,
        )
    if not is_workbook and b"\0" in content:
        offset = content.index(b"\0")
        raise RefusedInput(
            Place(path.name, row=_row_at(content, offset)),
            Sentence(
                f"cette ligne contient un octet nul, à la position {offset} : le fichier est endommagé.",
                f"this row has a null byte, at offset {offset}: the file is damaged.",
            ),
            DOWNLOAD_AGAIN,
        )


def _looks_like_utf16(content: bytes) -> bool:
    start = content[:200]
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or start.count(0) > len(start) / 4


def _row_at(content: bytes, offset: int) -> int:
    """Return the row of a byte, as a spreadsheet counts: line ends between quotes do not count."""
    outside = b"".join(content[:offset].split(b'"')[::2])
    return 1 + len(re.findall(rb"\r\n|\r|\n", outside))


def encoding_of(content: bytes, path: Path, stated: str = "") -> str:
    """Return the encoding: UTF-8, with or without a byte order mark, else Windows-1252.

    One that a person stated is not questioned: `delimited` reads a byte that does not fit as U+FFFD.

    Raises
    ------
    RefusedInput
        A byte is invalid in both, or the file is UTF-8 with an invalid byte.
    """
    offset = _first_undecodable(content, "utf-8")
    if offset is None or stated:
        is_marked = content.startswith(b"\xef\xbb\xbf") and stated in ("", "utf-8")
        return "utf-8-sig" if is_marked else stated or "utf-8"
    # UTF-8 accents read as “Ã©” in Windows-1252, which no text contains.
    if re.search(rb"\xef\xbb\xbf|\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]", content):
        raise _undecodable(content, offset, path, "UTF-8")
    offset = _first_undecodable(content, "cp1252")
    if offset is not None:
        raise _undecodable(content, offset, path, "UTF-8", "Windows-1252")
    return "cp1252"


def _first_undecodable(content: bytes, encoding: str) -> int | None:
    """Return the offset of the first invalid byte; decode in pieces, to save memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), _DECODED_AT_ONCE):
        end = start + _DECODED_AT_ONCE
        n_waiting = len(decoder.getstate()[0])  # bytes of a character cut by the end of the last piece
        try:
            decoder.decode(content[start:end], final=end >= len(content))
        except UnicodeDecodeError as error:
            return start - n_waiting + error.start
    return None


def _undecodable(content: bytes, offset: int, path: Path, *encodings: str) -> RefusedInput:
    byte = f"0x{content[offset]:02X}"
    return RefusedInput(
        Place(path.name, row=_row_at(content, offset)),
        Sentence(
            f"l’octet {byte}, à la position {offset}, n’est pas valide en {' ni en '.join(encodings)}.",
            f"byte {byte}, at offset {offset}, is not valid in {' or '.join(encodings)}.",
        ),
        _SAVE_AS_UTF8,
    )


_MISREAD = re.compile("[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Å[’“]|â€|ï»¿")
"""UTF-8 accents, quotation marks and byte order mark as they look when read as Windows-1252."""


def repaired(text: str) -> str:
    """Return the original of a text that was UTF-8 misread as Windows-1252.

    A text that does not decode as a whole is returned unchanged: repairing a part would be a guess.
    """
    if not is_misread(text):
        return text
    try:
        # Bytes undefined in Windows-1252 were read as the control characters of the same number.
        content = b"".join(
            bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
        )
        return repaired(content.decode("utf-8"))  # some texts were misread more than once
    except UnicodeError:
        return text


def is_misread(text: str) -> bool:
    """Return whether a text looks like UTF-8 misread as Windows-1252, as in ``donâ€™t``."""
    return not text.isascii() and _MISREAD.search(text) is not None
