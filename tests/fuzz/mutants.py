"""Change a file at random: the XML in a workbook, zipped again with right checksums, or bytes of a text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.workbooks import archive

NUMBERS = (
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "1048576",
    "1048577",
    "2147483648",
    "99999999999999999999",
    "1e308",
)
TEXTS = (
    "",
    "A1",
    "XFD1048576",
    "ZZZZZZ99999999999",
    "C3:A1",
    "é\U0001f600",
    "&#0;",
    "&amp;",
    "#REF!",
    "s",
    "d",
    "e",
)
SNIPPETS = (
    '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
    "<![CDATA[<c/>]]>",
    "<!-- <c r='XFD1048576'><v>1</v></c> -->",
    '<c r="B1000"><v>1</v></c>',
    "<c><v>1</v></c>" * 50,
    '<c t="s"><v>9</v></c>',
    '<c t="e"><v>#N/A</v></c>',
    '<row r="900"><c><f>1/0</f></c></row>',
    '<mergeCell ref="A1:C9"/>',
    '<dimension ref="A1:XFD1048576"/>',
    "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>",
    "<a>" * 300 + "</a>" * 300,
)
PIECES = (
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xe9",
    b"\xc3\xa9",
    b'""',
    b"=1+1",
    b"#REF!",
    b"<b>",
)

_VALUE = re.compile(r'(?<==")[^"]*(?=")')
_NUMBER = re.compile(r"\d+")
_ELEMENT = re.compile(r"<(\w+)(?: [^<>]*)?(?:/>|>[^<>]*</\1>)")
_TAG = re.compile(r"</?[\w:]+")
_BETWEEN = re.compile(r"(?<=>)(?=<)")

Change = Callable[[str, Random], str]


def mutant(name: str, content: bytes, chance: Random) -> bytes:
    """Return a file changed in one to three places."""
    n_changes = chance.choice((1, 1, 1, 1, 2, 3))
    if name.endswith((".xlsx", ".ods")):
        return _workbook_mutant(content, n_changes, chance)
    return bytes_mutant(content, chance, n_changes)


def bytes_mutant(content: bytes, chance: Random, n_changes: int = 1) -> bytes:
    """Return a file with some bytes changed, removed, repeated or put in."""
    for _ in range(n_changes):
        content = chance.choice((_bytes_changed, _bytes_changed, _piece_put))(content, chance)
    return content


def _workbook_mutant(content: bytes, n_changes: int, chance: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    names = [name for name in members if name.endswith((".xml", ".rels"))]
    sheets = [name for name in names if re.search("sheet|String|style|content", name)]
    for _ in range(n_changes):
        name = chance.choice(sheets if chance.random() < 0.8 else names)
        change = chance.choices(CHANGES, WEIGHTS)[0]
        members[name] = change(members[name].decode("utf-8", "surrogateescape"), chance).encode(
            "utf-8", "surrogateescape"
        )
    return archive(members)


def _replaced(pattern: re.Pattern[str], options: Sequence[str]) -> Change:
    """Return a change of one match of a pattern, at random, to one of the options."""

    def change(text: str, chance: Random) -> str:
        found = list(pattern.finditer(text))
        if not found:
            return text
        start, end = chance.choice(found).span()
        return text[:start] + chance.choice(options) + text[end:]

    return change


def _element_moved(text: str, chance: Random) -> str:
    """Remove an element, repeat it, or put it elsewhere."""
    elements, places = list(_ELEMENT.finditer(text)), [each.start() for each in _BETWEEN.finditer(text)]
    if not elements or not places:
        return text
    element = chance.choice(elements)
    without = text[: element.start()] + text[element.end() :]
    place = chance.choice(places)
    return chance.choice(
        (
            without,
            text[: element.end()] + element[0] * chance.choice((1, 2, 500)) + text[element.end() :],
            text[:place] + element[0] + text[place:],
        )
    )


def _characters_changed(text: str, chance: Random) -> str:
    return _bytes_changed(text.encode("utf-8", "surrogateescape"), chance).decode("utf-8", "surrogateescape")


def _bytes_changed(content: bytes, chance: Random) -> bytes:
    """Change a byte, remove some, repeat some, or cut the end."""
    if not content:
        return content
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.choice((1, 1, 2, 8, 64)))
    return chance.choice(
        (
            content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :],
            content[:start] + content[end:],
            content[:end] + content[start:end] * chance.choice((1, 20)) + content[end:],
            content[:start],
        )
    )


def _piece_put(content: bytes, chance: Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.choice(PIECES) * chance.choice((1, 1, 1000)) + content[place:]


CHANGES: tuple[Change, ...] = (
    _replaced(_VALUE, (*NUMBERS, *TEXTS)),
    _replaced(_NUMBER, NUMBERS),
    _element_moved,
    _replaced(_BETWEEN, SNIPPETS),
    _replaced(_TAG, ("<c", "</c", "<v", "</v", "<row", "</row", "<is", "<t", "<x:c")),
    _characters_changed,
)
WEIGHTS = (3, 4, 8, 4, 1, 1)
"""Most changes keep the XML well-formed, so that most mutants reach the reading of rows."""
