"""Refuse to publish an edition in which a sentence disagrees with the tables beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from portrait.build.fork import in_a_fork
from portrait.build.job import Task, json_text
from portrait.build.manifest import MANIFEST
from portrait.build.processes import apart
from portrait.build.staging import lay
from portrait.document.assembly import register_name
from portrait.errors import ProcessFailed, Sentence
from portrait.proofread.refusal import NotFitToPublish


def refuse_disagreement(folder: Path, manifest: Mapping[str, Any], left_out: Collection[Task] = ()) -> None:
    """Refuse an edition, laid out but not in its place yet, in which its verifier finds a failure.

    Parameters
    ----------
    folder
        The edition, as it would be published; a manifest of what is verified is written there.
    manifest
        Its manifest.
    left_out
        Documents that are not verified: drafts, and those that stay, out of date or already verified.

    Raises
    ------
    NotFitToPublish
        There is a failure; the message gives each, as `verify.py` prints it.
    """
    names = {task.name for task in left_out}
    documents = {name: each for name, each in manifest["documents"].items() if name not in names}
    if not documents:
        return
    from portrait.proofread.disagreement import located
    from portrait.proofread.problems import in_both_languages

    theirs = {name for task in left_out for name in task.files}
    files = {name: each for name, each in manifest["files"].items() if name not in theirs}
    lay({MANIFEST: json_text({**manifest, "documents": documents, "files": files}).encode()}, folder)
    failures = failures_apart(folder)
    if failures:
        edition = f"{manifest['source']} {manifest['year']}"
        refused = Sentence(_REFUSED.fr.format(edition), _REFUSED.en.format(edition))
        found = located(failures, _registers(folder, documents))
        raise NotFitToPublish(refused, in_both_languages(found), _MEND)


def failures_apart(folder: Path) -> list[str]:
    """Return what `failures_of` does, found in another process, which forks for its languages."""
    try:
        found: list[str] = apart(failures_of, folder)
    except ProcessFailed:  # killed, or out of time: the edition may be well, and must not be lost for it
        return failures_of(folder)
    return found


def failures_of(folder: Path) -> list[str]:
    """Return what the verifier finds wrong in an edition."""
    from portrait.publish.verify import verify

    return verify(folder, start=in_a_fork)[0].failures


def _registers(folder: Path, documents: Mapping[str, Any]) -> dict[str, Any]:
    """Return what places failures in the registers of claims of documents; a broken one is one by itself."""
    found: dict[str, Any] = {}
    for name, about in documents.items():
        with suppress(OSError, ValueError, KeyError, TypeError):
            register = json.loads((folder / register_name(about["stem"], about["language"])).read_bytes())
            claims = [{part: str(claim[part]) for part in _OF_CLAIMS} for claim in register["claims"]]
            found[name] = {"language": about["language"], "claims": claims}
    return found


_OF_CLAIMS = ("id", "notebook", "cell", "sentence")
_REFUSED = Sentence(
    "Rien de {} n’a été publié : le vérificateur ne trouve pas ce que disent des phrases (attendu, trouvé).",
    "Nothing of {} was published: the verifier does not find what sentences say (expected, found).",
)
_MEND = Sentence(
    "Dites ce que le nombre compte avec les mots attendus, prenez le fait qui compte ce que dit la phrase, "
    "ou donnez aux deux langues les mêmes expressions, puis relancez; avec --draft, une ébauche marquée "
    "comme telle est publiée.",
    "Say what the number counts in the words expected, take the fact that counts what the sentence says, or "
    "give both languages the same expressions, then run the command again; with --draft, a draft marked as "
    "such is published.",
)
