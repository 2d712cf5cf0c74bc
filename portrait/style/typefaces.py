"""Font files of the report, located in the Python packages that ship them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
FALLBACK = "DejaVu Sans"
"""Fallback for characters that the two typefaces lack: Greek, Arabic, Inuktut syllabics, arrows."""
MONOSPACED = "DejaVu Sans Mono"

FACES = MappingProxyType(
    {
        "font_source_sans_pro": (
            "SourceSansPro-Regular.ttf",
            "SourceSansPro-It.ttf",
            "SourceSansPro-Semibold.ttf",
            "SourceSansPro-SemiboldIt.ttf",
            "SourceSansPro-Bold.ttf",
        ),
        "font_source_serif_pro": (
            "SourceSerifPro-Regular.ttf",
            "SourceSerifPro-It.ttf",
            "SourceSerifPro-Semibold.ttf",
            "SourceSerifPro-SemiboldIt.ttf",
        ),
        "matplotlib": (
            "DejaVuSans.ttf",
            "DejaVuSans-Bold.ttf",
            "DejaVuSans-Oblique.ttf",
            "DejaVuSans-BoldOblique.ttf",
            "DejaVuSansMono.ttf",
            "DejaVuSansMono-Bold.ttf",
        ),
    }
)
"""Font files by the package that ships them."""
_LAST_RESORT = "LastResortHE-Regular.ttf"
_FOLDER_IN_PACKAGE = {"matplotlib": "mpl-data/fonts/ttf"}


@cache
def _font_folder(package: str) -> Path:
    specification = find_spec(package)
    if specification is None or specification.origin is None:
        raise ModuleNotFoundError(f"No package {package!r} to take fonts from", name=package)
    return Path(specification.origin).parent / _FOLDER_IN_PACKAGE.get(package, "files")


def font_files() -> list[Path]:
    """Return the font files of the report, in the same order on every machine."""
    return [_font_folder(package) / name for package, names in FACES.items() for name in names]


def read_font_files() -> list[Path]:
    """Return every font file that drawing reads: ours, and matplotlib's font of last resort."""
    return [*font_files(), _font_folder("matplotlib") / _LAST_RESORT]


@cache
def register_fonts() -> None:
    """Register our typefaces with matplotlib, once per process, and unregister others of the same names.

    A font of the same name on the machine could be chosen before ours, and the fingerprint of a document
    would not show it. Matplotlib registers DejaVu itself.
    """
    from matplotlib.font_manager import fontManager

    for path in font_files():
        if not path.name.startswith("DejaVu"):
            fontManager.addfont(path)
    ours = set(map(str, font_files()))
    names = {face.name for face in fontManager.ttflist if face.fname in ours}
    fontManager.ttflist = [
        face for face in fontManager.ttflist if face.fname in ours or face.name not in names
    ]
