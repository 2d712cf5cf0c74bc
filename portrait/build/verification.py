"""Refuse to publish an edition in which a sentence disagrees with the tables beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from portrait.errors import Sentence


def refuse_disagreement(folder: Path, out_of_date: Iterable[str] = ()) -> None:
    """Refuse an edition, laid out but not in its place yet, in which its verifier finds a failure.

    Parameters
    ----------
    folder
        The edition, as it would be published.
    out_of_date
        Documents that stay although they are out of date, and are marked so: they may disagree.

    Raises
    ------
    NotFitToPublish
        There is a failure; the message gives each, as `verify.py` prints it.
    """
    from portrait.proofread.refusal import NotFitToPublish
    from portrait.publish.verify import verify

    stems = {name.rpartition(".")[0] for name in out_of_date}
    excused = tuple(f"{name}: " for name in (*out_of_date, *stems))
    failures = [each for each in verify(folder)[0].failures if not each.startswith(excused)]
    if failures:
        raise NotFitToPublish(_REFUSED, [Sentence(f"- {each}", f"- {each}") for each in failures], _MEND)


_REFUSED = Sentence(
    "Rien n’a été publié : le vérificateur ne retrouve pas ce que des phrases disent (attendu, trouvé).",
    "Nothing was published: the verifier does not find what sentences say (expected, found).",
)
_MEND = Sentence(
    "Dites ce que le nombre compte avec les mots attendus, ou prenez le fait qui compte ce que dit la "
    "phrase, puis relancez; avec --draft, une ébauche marquée comme telle est publiée.",
    "Say what the number counts in the words expected, or take the fact that counts what the sentence "
    "says, then run the command again; with --draft, a draft marked as such is published.",
)
