"""Why a document is rebuilt or out of date: in English where it is decided, in both languages for readers."""

from __future__ import annotations

from collections.abc import Iterable

from portrait.errors import Sentence

PARTS = {
    "notebook": Sentence("le carnet", "the notebook"),
    "parameters": Sentence("les paramètres", "the parameters"),
    "rows": Sentence("les lignes qu’il contient", "the rows that it holds"),
    "reference": Sentence("les fichiers de référence", "the reference files"),
    "program": Sentence("le programme", "the program"),
    "libraries": Sentence("les bibliothèques ou leur verrou", "the libraries or their lock"),
    "python": Sentence("la version de Python", "the version of Python"),
    "fonts": Sentence("les polices", "the typefaces"),
}
"""What a document depends on."""
NOT_BUILT = "it was not built yet"
DRAFT = "a draft is asked for, and the published one is not"
NO_DRAFT = "the published one is a draft"
FILE = Sentence(
    "un de ses fichiers manque ou a changé depuis sa construction",
    "a file of it is missing or changed since it was built",
)
NO_PORTFOLIO = Sentence("l’édition n’a plus ce portefeuille", "the edition has no such portfolio any more")
_CHANGED = Sentence("changement : ", "changed: ")
_FRENCH = {each.en: each.fr for each in (*PARTS.values(), FILE, NO_PORTFOLIO)}


def changed(parts: Iterable[str]) -> str:
    """Say which of the things that a document depends on changed; nothing where none did."""
    words = ", ".join(PARTS[part].en for part in parts)
    return f"{_CHANGED.en}{words}" if words else ""


def in_french(reason: str) -> str:
    """Return why a document is out of date in French; a reason of another version stays as it is.

    >>> in_french("changed: the notebook, the program")
    'changement : le carnet, le programme'
    """
    if not reason.startswith(_CHANGED.en):
        return _FRENCH.get(reason, reason)
    parts = reason.removeprefix(_CHANGED.en).split(", ")
    return _CHANGED.fr + ", ".join(_FRENCH.get(part, part) for part in parts)
