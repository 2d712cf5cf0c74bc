"""Embed the fonts of the page in its CSS, as subsets of Latin letters.

Subsetting takes longer than rendering a page, so the result is cached in the user's cache folder, under a
fingerprint of the font files, fontTools and this module.
"""

from __future__ import annotations

import base64
import hashlib
import io
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from portrait.storage.atomic import write_whole
from portrait.storage.checksums import checksum
from portrait.style.typefaces import SANS, SERIF, font_files

FACES = (
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
"""Characters of Western European text; others are displayed with the reader's fonts."""
_LEFT_OUT = ("GSUB", "GDEF", "DSIG", "BASE", "name")
"""Font tables to remove: alternate letters and names, which a page does not need. Kerning is kept."""
_NEEDED_NAMES = (1, 4, 6)


@cache
def font_faces() -> str:
    """Return the CSS that declares the embedded fonts; they are subsetted once."""
    path = _cache_path()
    faces = _read_cache(path)
    if not faces:
        faces = _subset_faces()
        with suppress(OSError):  # a cache that is not writable: each build subsets the fonts
            write_whole(path, f"{checksum(faces.encode())}\n{faces}")
    return faces


def _cache_path() -> Path:
    """Return the path of the cached CSS, named after the fingerprint of the font files and this code."""
    made_of = [version("fonttools").encode(), Path(__file__).read_bytes()]
    made_of += [path.read_bytes() for path in font_files()]
    name = checksum(b"".join(hashlib.sha256(each).digest() for each in made_of))
    return user_cache_path("portrait") / f"faces-{name}.css"


def _read_cache(path: Path) -> str:
    """Return the cached CSS; an empty text if there is none, or if its checksum does not match."""
    try:
        recorded, _, faces = path.read_text("utf-8").partition("\n")
    except (OSError, ValueError):
        return ""
    return faces if recorded == checksum(faces.encode()) else ""


def _subset_faces() -> str:
    return "\n".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};font-display:swap;'
        f'src:url(data:font/woff;base64,{embedded_face(file_name)}) format("woff")}}'
        for family, weight, style, file_name in FACES
    )


def embedded_face(file_name: str) -> str:
    """Return a subset of a font as WOFF in base64; the bytes are reproducible."""
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
