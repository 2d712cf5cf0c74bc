"""The typefaces of the page, cut down to Latin letters and carried inside the file.

Cutting takes longer than all the rest of a page, and gives the same as long as nothing it is made of
changes: it is kept from a build to the next in the cache of the user.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from platformdirs import user_cache_path

from portrait.style.typefaces import SANS, SERIF, font_files

_FACES = (
    (SANS, 400, "normal", "SourceSansPro-Regular.ttf"),
    (SANS, 600, "normal", "SourceSansPro-Semibold.ttf"),
    (SERIF, 400, "normal", "SourceSerifPro-Regular.ttf"),
    (SERIF, 400, "italic", "SourceSerifPro-It.ttf"),
    (SERIF, 600, "normal", "SourceSerifPro-Semibold.ttf"),
)
_LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "–—‘’‚“”„†•…‰‹›€™−≈≠≤≥→↩"),
)
"""Western European text; the reader's own fonts draw the rest, letter by letter."""
_LEFT_OUT = ("GSUB", "GDEF", "DSIG", "BASE", "name")
"""Alternate letters and names, which a page does without; kerning stays."""
_NEEDED_NAMES = (1, 4, 6)
_ONE_AT_A_TIME = Lock()


def font_faces() -> str:
    """Return the CSS that declares our faces, the fonts inside it; they are cut down once."""
    # Languages are made at once, and a cache alone would let each begin before the other is done.
    with _ONE_AT_A_TIME:
        return _font_faces()


@cache
def _font_faces() -> str:
    place = _kept_place()
    faces = _kept(place)
    if not faces:
        faces = _cut_faces()
        _keep(faces, place)
    return faces


def _kept_place() -> Path:
    """Return where faces cut from these files by this code are kept."""
    made_of = [version("fonttools").encode(), Path(__file__).read_bytes()]
    made_of += [path.read_bytes() for path in font_files()]
    name = hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in made_of)).hexdigest()
    return user_cache_path("portrait") / f"faces-{name}.css"


def _kept(place: Path) -> str:
    """Return the faces that are kept there; nothing where there are none, or not as they were written."""
    try:
        checksum, _, faces = place.read_text("utf-8").partition("\n")
    except (OSError, ValueError):
        return ""
    return faces if checksum == hashlib.sha256(faces.encode()).hexdigest() else ""


def _keep(faces: str, place: Path) -> None:
    """Keep the faces where the machine lets us; elsewhere they are cut at each build."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(f"{hashlib.sha256(faces.encode()).hexdigest()}\n{faces}", "utf-8")
        beside.replace(place)


def _cut_faces() -> str:
    return "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url(data:font/woff;base64,{_embedded(file_name)}) format("woff")}}'
        for family, weight, style, file_name in _FACES
    )


def _embedded(file_name: str) -> str:
    """Return a face in WOFF as base64, the same bytes each time."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable
    from fontTools.ttLib.tables._n_a_m_e import makeName

    path = next(path for path in font_files() if path.name == file_name)
    with TTFont(path, recalcTimestamp=False) as font:
        for table in _LEFT_OUT:
            if table in font:
                del font[table]
        subsetter = Subsetter(Options(layout_features=["kern"], hinting=False, notdef_outline=True))
        subsetter.populate(unicodes=_LETTERS)
        subsetter.subset(font)
        font["name"] = newTable("name")
        font["name"].names = [makeName("Portrait", name_id, 3, 1, 0x409) for name_id in _NEEDED_NAMES]
        font.flavor = "woff"
        stream = io.BytesIO()
        font.save(stream, reorderTables=False)
    return base64.b64encode(stream.getvalue()).decode()
