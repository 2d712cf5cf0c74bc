"""The manifest of a published edition: what it was built from, its documents, and each file by its checksum.

The one place that knows the layout of `manifest.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import portrait
from portrait.build.job import Task, json_text
from portrait.build.plan import FORMATS
from portrait.language.dates import parsed_date
from portrait.language.periods import EditionId, is_edition_id, plain
from portrait.storage.atomic import write_whole
from portrait.storage.checksums import file_checksum
from portrait.storage.shapes import Each, has_shape, is_name

MANIFEST = "manifest.json"
EDITION = (
    "reconstructed",
    "left_out",
    "unrecorded",
    "inputs",
    "years",
    "title",
    "place",
    "dated",
    "portfolios",
)
"""What a manifest says of the edition itself, as `survey.Survey.record` gives it."""


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z]{2,3}", value) is not None


def _is_edition(value: Any) -> bool:
    return is_edition_id(str(value))


def _is_date(value: Any) -> bool:
    try:
        return bool(parsed_date(value))
    except ValueError:
        return False


_DOCUMENT = {
    "report": is_name,
    "stem": is_name,
    "language": _is_language,
    "subject": str,
    "formats": [lambda each: each in FORMATS],
    "other_language": (None, _is_language),
    "translations": [_is_language],
    "profiles": Each(str, is_name),
    "has_annual": bool,
    "from": Each(str),
    "chapters": Each(str),
    "draft": bool,
}
_OURS = {
    "program": {"name": lambda name: name == "portrait"},
    "documents": Each(_DOCUMENT),
    "files": Each(str, is_name),
}
"""What a manifest must say to be believed: its names are those of files inside the edition."""
_WHOLE = {
    "reconstructed": bool,
    "left_out": [_is_edition],
    "unrecorded": [{"field": str, "label": str, "n_rows": int}],
    "inputs": [
        {
            "year": _is_edition,
            "file": str,
            "sha256": str,
            "initiatives": int,
            "rows_read": int,
            "quarantined": [{"row": int}],
        }
    ],
    "years": [{"year": _is_edition, "figures": {"n_initiatives": int}}],
    "title": {"fr": str, "en": str},
    "place": {"fr": str, "en": str},
    "dated": _is_date,
    "portfolios": Each({"name": str, "fr": str, "en": str}, is_name),
    "edition_from": Each(str),
    "rows": Each(str),
}
"""What else it must say for the edition not to be surveyed anew."""
_LATER: Mapping[str, Any] = {
    "other_language": None,
    "translations": [],
    "profiles": {},
    "has_annual": False,
    "from": {},
    "chapters": {},
    "draft": False,
}
"""What else it says of each: an earlier version did not, and such a document is out of date."""


class Record:
    """What a published edition says of itself, and whether its files are still the ones that were built.

    Parameters
    ----------
    folder
        Folder of the edition; one without a manifest of this program that can be read says nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = _content(folder / MANIFEST)
        self._intact: dict[str, bool] = {}

    @property
    def files(self) -> Mapping[str, str]:
        """Checksum of each file, by its name inside the edition."""
        files: Mapping[str, str] = self.content.get("files", {})
        return files

    @property
    def documents(self) -> Mapping[str, Any]:
        """What each document was built as and from, by its name."""
        documents: Mapping[str, Any] = self.content.get("documents", {})
        return documents

    def is_intact(self, names: Iterable[str]) -> bool:
        """Tell whether files are there and are the ones that were built."""
        return all(self._is_intact(name) for name in names)

    def _is_intact(self, name: str) -> bool:
        if name not in self._intact:
            place = self.folder / name
            is_ours = name in self.files and place.is_file()
            self._intact[name] = is_ours and file_checksum(place) == self.files[name]
        return self._intact[name]

    def mark(self, changes: Mapping[str, str]) -> None:
        """Write which documents are out of date; nothing where there is no manifest, or it says so already.

        Parameters
        ----------
        changes
            What changed since each document was built, by its name; empty where it is up to date.
        """
        documents = {
            name: {part: value for part, value in each.items() if part != "out_of_date"}
            | ({"out_of_date": change} if (change := changes.get(name, "")) else {})
            for name, each in self.documents.items()
        }
        if documents != self.documents:
            write_whole(self.folder / MANIFEST, json_text({**self.content, "documents": documents}))

    def task(self, name: str, like: Task) -> Task:
        """Return a document as it was built, for the same edition as another."""
        entry = self.documents[name]
        parameters = {each: like.parameters[each] for each in ("source", "year", "data")}
        return Task(
            project=like.project,
            report=entry["report"],
            stem=entry["stem"],
            language=entry["language"],
            parameters={**parameters, "portfolio": entry["subject"]} if entry["subject"] else parameters,
            formats=tuple(entry["formats"]),
            other_languages=(*filter(None, [entry["other_language"]]), *entry["translations"]),
            profiles=tuple(entry["profiles"].items()),
            has_annual=entry["has_annual"],
            subject=entry["subject"],
            draft=entry["draft"],
        )


def files_of_ours(folder: Path) -> set[str]:
    """Return the names of the files of an edition that this program wrote; none without its manifest."""
    record = Record(folder)
    return {MANIFEST, *record.files} if record.content else set()


def _content(manifest: Path) -> dict[str, Any]:
    """Read a manifest; one that is missing, broken or of another program says nothing.

    One that lacks a part says the rest: its documents are kept, and the edition is surveyed anew.
    """
    try:
        content: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
        entries = {name: {**_LATER, **each} for name, each in content["documents"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    content["documents"] = entries
    content.setdefault("place", content.get("title"))  # an earlier version did not say it
    is_ours = has_shape(content, _OURS) and all(
        name == f"{each['stem']}.{each['language']}" and type(each.get("out_of_date", "")) is str
        for name, each in entries.items()
    )
    if not is_ours:
        return {}
    if has_shape(content, _WHOLE):
        return content
    known = {part: value for part, value in content.items() if part not in EDITION}
    return {**known, "edition_from": {}, "rows": {}}


def entry(
    task: Task, made_from: Mapping[str, str], chapters: Mapping[str, str], out_of_date: str = ""
) -> dict[str, Any]:
    """Return what the manifest keeps of a document.

    Parameters
    ----------
    made_from
        Checksum of each thing that it was built from.
    chapters
        Checksum of each of its notebooks, by name.
    out_of_date
        What changed since it was built; empty where it is up to date.
    """
    return {
        "report": task.report,
        "stem": task.stem,
        "language": task.language,
        "subject": task.subject,
        "formats": list(task.formats),
        "other_language": next(iter(task.other_languages), None),
        **({"translations": list(task.other_languages[1:])} if task.other_languages[1:] else {}),
        **({"profiles": dict(task.profiles)} if task.profiles else {}),
        **({"has_annual": True} if task.has_annual else {}),
        **({"draft": True} if task.draft else {}),
        "from": dict(made_from),
        "chapters": dict(chapters),
        **({"out_of_date": out_of_date} if out_of_date else {}),
    }


def manifest_of(
    source: str,
    year: EditionId,
    edition: Mapping[str, Any],
    *,
    edition_from: Mapping[str, str],
    rows: Mapping[str, str],
    documents: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, str],
) -> dict[str, Any]:
    """Return the manifest of an edition.

    Parameters
    ----------
    edition
        What it says of the edition itself: the parts of `EDITION`.
    edition_from
        Checksum of each thing that this was read from.
    rows
        Checksum of what the profile of each portfolio holds, by name.
    documents, files
        Each document as `entry` gives it; each file with its checksum.
    """
    return {
        "program": {"name": "portrait", "version": portrait.__version__},
        "source": source,
        "year": plain(year),
        **{part: edition[part] for part in EDITION},
        "edition_from": dict(edition_from),
        "rows": dict(rows),
        "documents": dict(sorted(documents.items())),
        "files": dict(sorted(files.items())),
    }


def manifests_of(output: Path) -> list[Path]:
    """Return the manifest of each edition that a folder of reports holds."""
    return [
        path
        for path in sorted(output.glob(f"*/*/{MANIFEST}"))
        if is_edition_id(path.parent.name) and not path.parent.parent.name.startswith(".")
    ]
