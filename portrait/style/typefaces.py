"""Font files that the report is set with, found in the packages that bring them."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

SANS = "Source Sans Pro"
SERIF = "Source Serif Pro"
FALLBACK = "DejaVu Sans"
"""What draws the letters that the two typefaces lack: Greek, Arabic, syllabics of Inuktut, arrows."""
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
"""The font files we set type with, by the package that brings them."""
_LAST_RESORT = "LastResortHE-Regular.ttf"
_FOLDER_IN_PACKAGE = {"matplotlib": "mpl-data/fonts/ttf"}


@cache
def _font_folder(package: str) -> Path:
    specification = find_spec(package)
    if specification is None or specification.origin is None:
        raise ModuleNotFoundError(f"No package {package!r} to take fonts from", name=package)
    return Path(specification.origin).parent / _FOLDER_IN_PACKAGE.get(package, "files")


def font_files() -> list[Path]:
    """Return the files of the faces we use, in one order on every machine."""
    return [_font_folder(package) / name for package, names in FACES.items() for name in names]


def read_font_files() -> list[Path]:
    """Return the files that a document is drawn from: our faces, and matplotlib's for what no face has."""
    return [*font_files(), _font_folder("matplotlib") / _LAST_RESORT]


@cache
def register_fonts() -> None:
    """Make our typefaces known to matplotlib, once a process, in place of others of these names.

    It brings DejaVu itself. A face of the same name that the machine has would come before ours, and no
    record would know that a document was drawn with it.
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
