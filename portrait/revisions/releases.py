"""Releases: an edition as it was published, kept whole in a folder of its own and as one archive."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from portrait.build.index_page import index_page
from portrait.build.job import json_text
from portrait.build.manifest import MANIFEST, files_of_ours
from portrait.build.plan import INDEX
from portrait.errors import PortraitError
from portrait.language.locales import LANGUAGES
from portrait.language.terms import terms_of
from portrait.revisions.accepted import AcceptedChange, claim_of
from portrait.revisions.comparison import words_of
from portrait.revisions.sentences import SentenceChange
from portrait.storage.atomic import write_whole
from portrait.storage.checksums import checksum

RELEASES = "releases"
"""Folder of the releases of all sources, in the folder of reports."""
CONTENTS = "release.json"
"""What a release says of itself: its edition, its number, the checksum of each of its files."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every file of an archive, the earliest that one can hold: the same files give the same bytes."""


def releases_of(output: Path, source: str, edition: str) -> list[Path]:
    """Return the folders of the releases of an edition, the first one first."""
    kept = (each.parent for each in (output / RELEASES / source).glob(f"{edition}-*/{CONTENTS}"))
    return sorted((each for each in kept if each.name.rpartition("-")[0] == edition), key=_number)


def _number(release: Path) -> int:
    return int(release.name.rpartition("-")[2])


def next_number(before: Sequence[Path]) -> int:
    """Return the number of the release that comes after others, as `releases_of` returns them."""
    return _number(before[-1]) + 1 if before else 1


def keep(
    edition: Path,
    output: Path,
    source: str,
    name: str,
    added: Mapping[str, str],
    beside: Mapping[str, str] | None = None,
) -> Path:
    """Keep an edition as its next release, in a new folder and in an archive beside it.

    The archive is laid out as the folder of reports: the page of its documents, to which pages point, is at
    its root, and the edition is in `<source>/<edition>/`.

    Parameters
    ----------
    edition
        Folder of the edition.
    output
        Folder of reports.
    source, name
        The source, and what its edition is called.
    added
        Texts that only a release has, by the name of their file: its checklist, its note on revisions.
    beside
        Texts at the root of the archive, by the name of their file.

    Returns
    -------
    Path
        Folder of the release; the last one, where it holds the very same edition.

    Raises
    ------
    PortraitError
        The folder exists: a release is never written twice.
    """
    before = releases_of(output, source, name)
    if before and (before[-1] / MANIFEST).read_bytes() == (edition / MANIFEST).read_bytes():
        return before[-1]
    number = next_number(before)
    folder = output / RELEASES / source / f"{name}-{number}"
    contents = {each: (edition / each).read_bytes() for each in files_of_ours(edition)}
    contents |= {each: text.encode() for each, text in added.items()}
    of_itself = {
        "source": source,
        "edition": name,
        "release": number,
        "files": {each: checksum(content) for each, content in sorted(contents.items())},
    }
    contents[CONTENTS] = json_text(of_itself).encode()
    if folder.exists():
        raise PortraitError(
            f"{folder.as_posix()} exists and is no release.", "A release is never overwritten: move it away."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", suffix=".tmp", dir=folder.parent) as place:
        laid = Path(place) / source / name
        for each, content in contents.items():
            (laid / each).parent.mkdir(parents=True, exist_ok=True)
            write_whole(laid / each, content)
        packed = {f"{source}/{name}/{each}": content for each, content in contents.items()}
        root = {INDEX: index_page(Path(place)), **(beside or {})}
        packed |= {each: text.encode() for each, text in root.items()}
        write_whole(
            folder.with_name(f"{folder.name}.zip"), archive(f"portrait-{source}-{folder.name}", packed)
        )
        shutil.move(laid, folder)  # appears whole, or not at all
    return folder


def archive(name: str, contents: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive in which they lie in one folder; the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for each, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"{name}/{each}", _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            packed.writestr(entry, content)
    return written.getvalue()


def note_on_revisions(
    changes: Sequence[tuple[SentenceChange, AcceptedChange]],
    language: str,
    *,
    edition: str,
    number: int,
    beside: Sequence[str] = (),
) -> str:
    """Return the note that says what a release changed, why and who accepts it, in one language.

    Parameters
    ----------
    beside
        What changed in tables and figures, as `told_beside_sentences` yields it.
    """
    words = words_of(language)
    colon = terms_of(language)["colon"]
    lines = [f"# {words['note'].format(edition=edition, number=number)}", ""]
    others = {f".{each}" for each in LANGUAGES} - {f".{language}"}
    told = [each for each in changes if not each[0].document.endswith((*others,))]
    grouped: dict[tuple[str, str, str, str], list[str]] = {}
    for change, accepted in told:
        why = change.before, change.after, accepted.reason, accepted.recorded_by
        grouped.setdefault(why, []).append(claim_of(change))
    for (before, after, reason, person), claims in grouped.items():
        lines.append(f"- {words['before']}{colon}{before or '—'}")
        lines.append(f"  {words['after']}{colon}{after or '—'}")
        lines += [f"  {reason} ({'; '.join((person, *claims))})", ""]
    if beside:
        lines += [f"## {words['beside']}", "", *beside, ""]
    elif not told:
        lines += [words["same"], ""]
    return "\n".join(lines)
