"""Refuse to publish over what this program did not write: nothing of it is deleted or overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from portrait.build.manifest import MANIFEST, Record
from portrait.errors import RefusedTarget, Sentence

MOVE = Sentence(
    "Déplacez-le, ou nommez un autre dossier avec --output.", "Move it, or name another folder with --output."
)
"""How to fix it."""


def refuse_foreign(folder: Path) -> None:
    """Refuse to publish an edition over a link, a file, or a folder that is not an edition.

    Raises
    ------
    RefusedTarget
        Naming what is in the place of the edition.
    """
    if found := _what_is_foreign(folder):
        raise RefusedTarget(folder, found, MOVE)


def _what_is_foreign(folder: Path) -> Sentence | None:
    if folder.is_symlink():
        return Sentence(
            "c’est un lien, et une édition se publie dans un dossier à elle.",
            "this is a link, and an edition is published in a folder of its own.",
        )
    if folder.exists() and not folder.is_dir():
        return Sentence(
            "c’est un fichier, là où une édition doit être publiée.",
            "this is a file, where an edition is to be published.",
        )
    if folder.is_dir() and any(folder.iterdir()) and not Record(folder).content:
        return Sentence(
            f"ce dossier contient des fichiers et aucun {MANIFEST} lisible de ce programme : ce n’est pas "
            "une édition, ou son manifeste est abîmé ou d’une version antérieure.",
            f"this folder holds files and no readable {MANIFEST} of this program: it is not an edition, or "
            "its manifest is damaged or of an earlier version.",
        )
    return None


def refuse_taken(folder: Path, names: Iterable[str], *, ours: Collection[str]) -> None:
    """Refuse to write files inside a folder where something else has their name, or that of their folder.

    Parameters
    ----------
    names
        Names of the files inside the folder.
    ours
        Names of the files that this program wrote there.

    Raises
    ------
    RefusedTarget
        Naming the first place that is taken.
    """
    for name in names:
        places = [folder / parent for parent in reversed(PurePosixPath(name).parents)]
        taken = [each for each in places[1:] if each.is_symlink() or (each.exists() and not each.is_dir())]
        place = folder / name
        if place.is_symlink() or place.is_dir() or (place.exists() and name not in ours):
            taken.append(place)
        if taken:
            raise RefusedTarget(
                taken[0],
                Sentence(
                    f"ce programme ne l’a pas écrit, et {name} le remplacerait.",
                    f"this program did not write it, and {name} would replace it.",
                ),
                MOVE,
            )
