"""Decide which documents are made again and which are kept, from what a published edition says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from portrait.build.fingerprint import Standing, file_checksum, why
from portrait.build.job import Task
from portrait.build.plan import INDEX, INDEX_RECORD

MANIFEST = "manifest.json"
_ENTRY = {"report", "stem", "language", "subject", "formats", "other_language", "from"}
"""What a manifest must tell of each document."""


class Record:
    """What a published edition says of itself, and whether its files are still those it names.

    Parameters
    ----------
    folder
        Where the edition stands; one without a manifest that can be read says nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = _content(folder / MANIFEST)

    @property
    def files(self) -> Mapping[str, str]:
        """Checksum of each file, by its name inside the edition."""
        files: Mapping[str, str] = self.content.get("documents", {})
        return files

    @property
    def documents(self) -> Mapping[str, Any]:
        """What each document was made as and made from, by its name."""
        documents: Mapping[str, Any] = self.content.get("made", {})
        return documents

    def made_from(self, name: str) -> Mapping[str, str] | None:
        """Return what a document was made from; none if it is not there."""
        return self.documents[name]["from"] if name in self.documents else None

    def stands(self, names: Iterable[str]) -> bool:
        """Tell whether files are there and the very ones that were made."""
        return all(self._stands(name) for name in names)

    def _stands(self, name: str) -> bool:
        place = self.folder / name
        return name in self.files and place.is_file() and file_checksum(place) == self.files[name]


def _content(manifest: Path) -> dict[str, Any]:
    """Read a manifest; one that is missing, broken or of another layout says nothing."""
    try:
        content = json.loads(manifest.read_text("utf-8"))
        is_ours = all(
            set(made) >= _ENTRY and isinstance(made["from"], dict) for made in content["made"].values()
        ) and all(isinstance(content[part], dict) for part in ("documents", "rows", "stands_on"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return content if is_ours else {}


def manifests_of(output: Path) -> list[Path]:
    """Return the manifest of each edition that a folder of reports holds."""
    return [
        path
        for path in sorted(output.glob(f"*/*/{MANIFEST}"))
        if path.parent.name.isdecimal() and not path.parent.parent.name.startswith(".")
    ]


def list_made_from(output: Path, standing: Standing) -> dict[str, Any]:
    """Return what the page that lists the editions of a folder depends on, each by its checksum."""
    editions = {
        path.parent.relative_to(output).as_posix(): file_checksum(path) for path in manifests_of(output)
    }
    return {**standing.of_any_page, "editions": editions}


def list_stands(output: Path, made_from: Mapping[str, Any]) -> bool:
    """Tell whether the page that lists the editions is there, and the very one that would be made."""
    try:
        recorded = json.loads((output / INDEX_RECORD).read_text("utf-8"))
        return bool(recorded == list_record(output, made_from))
    except (OSError, ValueError):
        return False


def list_record(output: Path, made_from: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of the page that lists the editions, by which `list_stands` knows it again."""
    return {"documents": {INDEX: file_checksum(output / INDEX)}, "from": dict(made_from)}


def entry(task: Task, made_from: Mapping[str, str]) -> dict[str, Any]:
    """Return what the manifest keeps of a document, by which `Record` knows it again."""
    return {
        "report": task.report,
        "stem": task.stem,
        "language": task.language,
        "subject": task.subject,
        "formats": list(task.formats),
        "other_language": task.other_language,
        "from": dict(made_from),
    }


@dataclass(frozen=True)
class Decided:
    """What is to be done for an edition.

    Attributes
    ----------
    to_make
        Documents to make, the longest first.
    kept
        Documents that stand as they should, asked for or not.
    reasons
        Why each document that was asked for is made, by its name; empty where it is kept.
    spare
        Documents that are made although they stand as they should, as they stand: they stay where what is
        made in their place fails.
    """

    to_make: tuple[Task, ...]
    kept: tuple[Task, ...]
    reasons: Mapping[str, str]
    spare: tuple[Task, ...] = ()


def decide(
    asked: Sequence[Task], record: Record, standing: Standing, rows: Mapping[str, str], *, force: bool
) -> Decided:
    """Decide which of the documents asked for are made, and which of all are kept.

    Parameters
    ----------
    asked
        What is asked for, without the languages that pages point to: these are found here.
    rows
        Checksum of what the profile of each portfolio holds, by name.
    force
        Whether all that is asked for is made.
    """
    decision = _Decision(asked, record, standing, rows)
    changes = {task.name: decision.change(task) for task in decision.asked}
    fresh = {name: decision.as_recorded(name) for name, change in changes.items() if not change}
    reasons = {
        task.name: "--force" if force else changes[task.name] or _lack(task, fresh[task.name])
        for task in decision.asked
    }
    to_make = [_with_its_formats(task, fresh) for task in decision.asked if reasons[task.name]]
    return Decided(
        tuple(sorted(to_make, key=lambda task: bool(task.subject))),
        (*(task for name, task in fresh.items() if not reasons[name]), *decision.others),
        reasons,
        tuple(task for name, task in fresh.items() if reasons[name]),
    )


def with_their_siblings(tasks: Iterable[Task]) -> list[Task]:
    """Keep the documents whose page in the other language, where they point to one, is among them too."""
    tasks = list(tasks)
    there = {(task.stem, task.language) for task in tasks}
    return [
        task for task in tasks if task.other_language is None or (task.stem, task.other_language) in there
    ]


class _Decision:
    """The documents asked for and those recorded, each against what it depends on now."""

    def __init__(
        self, asked: Sequence[Task], record: Record, standing: Standing, rows: Mapping[str, str]
    ) -> None:
        self._asked, self._record, self._standing, self._rows = asked, record, standing, rows

    @cached_property
    def asked(self) -> list[Task]:
        """What is asked for, each with the language that its page points to."""
        there = {(task.stem, task.language) for task in (*self._asked, *self._fresh)}
        return [replace(task, other_language=_other(task, there)) for task in self._asked]

    @cached_property
    def others(self) -> list[Task]:
        """What nobody asked for and is kept: it is fresh, and points to nothing that goes."""
        there = {(task.stem, task.language) for task in (*self._asked, *self._fresh)}
        return [task for task in self._fresh if task.other_language in (None, _other(task, there))]

    @cached_property
    def _fresh(self) -> list[Task]:
        names = {task.name for task in self._asked}
        recorded = [self.as_recorded(name) for name in self._record.documents if name not in names]
        return [task for task in recorded if self._is_known(task) and not self.change(task)]

    def _is_known(self, task: Task) -> bool:
        return not task.subject or task.subject in self._rows

    def as_recorded(self, name: str) -> Task:
        """Return a document as it was made."""
        kept, like = self._record.documents[name], self._asked[0]
        parameters = {each: like.parameters[each] for each in ("source", "year", "data")}
        return Task(
            project=like.project,
            report=kept["report"],
            stem=kept["stem"],
            language=kept["language"],
            parameters={**parameters, "portfolio": kept["subject"]} if kept["subject"] else parameters,
            formats=tuple(kept["formats"]),
            other_language=kept["other_language"],
            subject=kept["subject"],
        )

    def change(self, task: Task) -> str:
        """Say what changed since a document was made; nothing where it stands as it was made."""
        changed = why(self._record.made_from(task.name), self._standing.of(task, self._rows))
        if changed or self._record.stands(self.as_recorded(task.name).files):
            return changed
        return "a file of it is missing, or is not the one that was made"


def _lack(task: Task, recorded: Task) -> str:
    """Say what a document that stands as it was made lacks of what is asked for; nothing where it is all."""
    if not set(task.formats) <= set(recorded.formats):
        return f"it was not made as {' and '.join(task.formats)} yet"
    if task.other_language != recorded.other_language:
        return "the page in the other language came or went"
    return ""


def _with_its_formats(task: Task, fresh: Mapping[str, Task]) -> Task:
    """Return a document with the formats in which it stands fresh beside those asked for."""
    formats = fresh[task.name].formats if task.name in fresh else ()
    return replace(task, formats=tuple(dict.fromkeys((*task.formats, *formats))))


def _other(task: Task, there: set[tuple[str, str]]) -> str | None:
    return next((lang for stem, lang in sorted(there) if stem == task.stem and lang != task.language), None)
