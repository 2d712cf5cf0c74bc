"""Errors, each with what was found, where, and how to fix it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any


class PortraitError(Exception):
    """Base of all errors; the message is written for the person who can fix it.

    Parameters
    ----------
    message
        What was found, and where, in one sentence.
    mend
        How to fix it, in one sentence; may be empty.
    """

    exit_status = 1

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message, mend)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()

    def in_language(self, language: str) -> str:
        """Return the text in a language, where the error has it in several."""
        return str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the error with its attributes, so that subclasses may take other arguments."""
        return _unpickled, (type(self), self.args, self.__dict__)


def _unpickled(kind: type[PortraitError], args: tuple[Any, ...], content: dict[str, Any]) -> PortraitError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(content)
    return error


class WrongCall(PortraitError):
    """A call with an argument that does not exist, such as a source, year, language or file."""

    exit_status = 2


@dataclass(frozen=True)
class Place:
    """A place in a file: of a table, row (as a spreadsheet counts) and column; else line and key."""

    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    line: int | None = None
    key: str | None = None

    def in_french(self) -> str:
        """Return the place in French, as in « 2025.csv, ligne 12, colonne « Statut » »."""
        return self._written("ligne {}", "ligne {}", "clé « {} »", "colonne « {} »", "valeur « {} »")

    def in_english(self) -> str:
        """Return the place in English, as in “2025.csv, row 12, column “Statut””."""
        return self._written("row {}", "line {}", "key “{}”", "column “{}”", "value “{}”")

    def _written(self, *patterns: str) -> str:
        known = (self.row, self.line, self.key, self.column, self.value)
        parts = [each.format(value) for each, value in zip(patterns, known, strict=True) if value is not None]
        return ", ".join([self.file, *parts])


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages."""

    fr: str
    en: str

    def said(self, language: str) -> str:
        """Return it in French or in English."""
        return self.fr if language == "fr" else self.en


DOWNLOAD_AGAIN = Sentence("Téléchargez-le de nouveau.", "Download it again.")
"""Fix for a file that is damaged, cut or empty."""
FIX_CELL = Sentence("Corrigez cette cellule, puis recommencez.", "Fix that cell, then build again.")
"""Fix for a notebook that failed."""
RIGHT_YEAR = Sentence("Placez ici le fichier de la bonne année.", "Put the file of the right year here.")
"""Fix for a file saved under the wrong year."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question with the closest known word and a trailing space; empty if no word is close."""
    near = get_close_matches(word, list(known), n=1)
    return f"Did you mean “{near[0]}”? " if near else ""


def did_you_mean_in_french(word: str, known: Iterable[str]) -> str:
    """Return the question of `did_you_mean` in French."""
    near = get_close_matches(word, list(known), n=1)
    return f"Vouliez-vous dire « {near[0]} »? " if near else ""


def refuse_unknown(what: str, given: str, known: Collection[str]) -> None:
    """Refuse a name that is not one of those known, with the closest of them.

    Raises
    ------
    WrongCall
        It is not one of them.
    """
    if given not in known:
        mend = f"{did_you_mean(given, known)}Known: {', '.join(known)}."
        raise WrongCall(f"There is no {what} “{given}”.", mend)


class InBothLanguages(PortraitError):
    """An error whose message is in French, then in English."""

    def __init__(self, french: str, english: str) -> None:
        self.french, self.english = french, english
        super().__init__(french, english)

    def __str__(self) -> str:
        return f"{self.french}\n{self.english}"

    def in_language(self, language: str) -> str:
        """Return the text in French or in English."""
        return self.french if language == "fr" else self.english


class FoundAt(InBothLanguages):
    """What was found at a place, and how to fix it.

    Parameters
    ----------
    place
        A file, a folder or an address; where known, with the row, column and value.
    found, mend
        What is wrong and how to fix it, in French and in English.
    """

    def __init__(self, place: Place | Path | str, found: Sentence, mend: Sentence) -> None:
        self.place = place if isinstance(place, Place) else Place(str(place))
        super().__init__(
            f"{self.place.in_french()} : {found.fr} {mend.fr}",
            f"{self.place.in_english()}: {found.en} {mend.en}",
        )


class RefusedInput(FoundAt):
    """An invalid input file; nothing is built from it."""

    exit_status = 2


class Interrupted(PortraitError):
    """Ctrl-C or a request to stop.

    Parameters
    ----------
    kept
        What was kept or changed, in one sentence.
    """

    exit_status = 130  # as a shell says of a command that Ctrl-C stopped

    def __init__(self, kept: str) -> None:
        super().__init__("Interrupted.", kept)


class RefusedReferences(RefusedInput):
    """Reference files with faults: all of them, each with its place and its fix.

    Parameters
    ----------
    faults
        One refusal per fault, in the order of the files; there is at least one.
    """

    MOST_SHOWN = 30
    """Faults that a message states, in each language; a damaged file may have thousands."""

    def __init__(self, faults: Sequence[RefusedInput]) -> None:
        self.faults = tuple(faults)
        shown, n_others = self.faults[: self.MOST_SHOWN], len(self.faults) - self.MOST_SHOWN
        self.place = shown[0].place
        others = Sentence(f"Autres fautes : {n_others}.", f"Other faults: {n_others}.")
        lines = [Sentence(each.french, each.english) for each in shown] + [others] * (n_others > 0)
        told = ("\n".join(each.fr for each in lines), "\n".join(each.en for each in lines))
        InBothLanguages.__init__(self, *told)


class RefusedTarget(FoundAt, WrongCall):
    """A place to publish in that holds what this program did not write; it was not changed."""


class FetchFailed(FoundAt):
    """A failed download of a file or of its catalogue; nothing was changed."""


class NotebookFailed(InBothLanguages):
    """A cell, condition or expression of a notebook that failed; the document is not built.

    Parameters
    ----------
    notebook
        Name of the notebook, such as ``annual/02-change.ipynb``.
    cell
        Identifier of the cell.
    line
        Line inside the cell, counted from 1; ``None`` where unknown.
    reason
        Error that was raised, such as ``NameError: name 'x' is not defined``, or what happened.
    expression
        Expression that failed in a prose cell; empty for a code cell.
    mend
        What helps where no cell is at fault, or a question with what was meant.

    Attributes
    ----------
    partial
        Text of the notebook with the cells that ran and a mark at the failure; empty if nothing ran.
    """

    def __init__(
        self,
        notebook: str,
        cell: str,
        line: int | None,
        reason: str | Sentence,
        *,
        expression: str = "",
        mend: Sentence = FIX_CELL,
    ) -> None:
        self.notebook, self.cell, self.line = notebook, cell, line
        self.reason = Sentence(reason, reason) if isinstance(reason, str) else reason
        self.expression, self.partial = expression, ""
        fr, en = self.reason.fr.rstrip("."), self.reason.en.rstrip(".")
        at_fr, at_en = (f", {word} {line}" if line is not None else "" for word in ("ligne", "line"))
        if expression:
            fr, en = f"{{eval}}`{expression}` a échoué : {fr}", f"{{eval}}`{expression}` raised {en}"
        super().__init__(
            f"{notebook}, cellule {cell}{at_fr} : {fr}. {mend.fr}".strip(),
            f"{notebook}, cell {cell}{at_en}: {en}. {mend.en}".strip(),
        )


class ChaptersFailed(PortraitError):
    """Chapters of a document that failed, so that it cannot be assembled.

    Parameters
    ----------
    failures
        Name -> error of each chapter that failed.
    succeeded
        Names of the chapters that ran.
    """

    def __init__(self, failures: Mapping[str, PortraitError], succeeded: Sequence[str]) -> None:
        self.failures = dict(failures)
        n_chapters = len(failures) + len(succeeded)
        others = f"; the others ran: {', '.join(succeeded)}" if succeeded else ""
        each = "".join(f"\n  {error}" for error in failures.values())
        super().__init__(f"{len(failures)} of {n_chapters} chapters failed{others}.{each}")


class NotInEdition(PortraitError):
    """A fact, figure or table that an edition does not have.

    Parameters
    ----------
    reason
        Why, in French and in English.
    """

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(reason.fr, reason.en)


class ProcessFailed(PortraitError):
    """A document's process that ended without a result: killed, crashed, out of memory or timed out.

    Parameters
    ----------
    reason
        How it ended.
    mend
        What helps against that.
    """

    def __init__(self, reason: str, mend: str = "Build again.") -> None:
        super().__init__(f"{reason[:1].upper()}{reason[1:]}.", mend)


class ProgramFault(PortraitError):
    """An unexpected error: a fault of the program, not of what it was given.

    Parameters
    ----------
    reason
        Type, message and place of the error.
    report
        Its full report, with the calls that led to it.

    Attributes
    ----------
    kept_at
        The file that holds the report; empty while there is none.
    """

    def __init__(self, reason: str, report: str = "") -> None:
        super().__init__(f"{reason.rstrip('.')}.")
        self.report, self.kept_at = report, ""

    def __str__(self) -> str:
        where = f"attach its full report, {self.kept_at}" if self.kept_at else "quote this message"
        return (
            f"{self.message} This is a fault of the program, not of your files. What was published before is "
            f"kept. Please report it, and {where}."
        )


class ClusterFailed(PortraitError):
    """A cluster that cannot build: unreachable, without workers, or with a different environment."""


class DocumentsFailed(PortraitError):
    """Documents that failed; the other documents that were asked for are published.

    Parameters
    ----------
    failures
        Name and error of each failed document, and what changed since its published version was built:
        ``None`` where there is no published version, an empty text where it is up to date.
    n_documents
        Number of documents to build.
    notebooks
        Folder of the notebooks that failed, as far as they ran; ``None`` where none ran.
    """

    def __init__(
        self,
        failures: Sequence[tuple[str, PortraitError, str | None]],
        n_documents: int,
        notebooks: Path | None = None,
    ) -> None:
        self.failures = tuple((name, error) for name, error, _ in failures)
        published = {None: "", "": " Its published version is up to date and is kept."}
        lines = "".join(
            f"\n{name}: {error}"
            + published.get(change, f" Its published version is kept, out of date ({change}).")
            for name, error, change in failures
        )
        others = "the others are published" if len(failures) < n_documents else "nothing was published"
        counted = "1 document" if n_documents == 1 else f"{n_documents} documents"
        ran = f"\nNotebooks that failed, as far as they ran: {notebooks}." if notebooks else ""
        super().__init__(f"{len(failures)} of {counted} failed; {others}.{lines}{ran}")


class EditionsFailed(PortraitError):
    """Editions of a batch that failed, in whole or in part; the other editions are published.

    Parameters
    ----------
    failures
        The error of each failed edition.
    """

    def __init__(self, failures: Sequence[PortraitError]) -> None:
        self.failures = tuple(failures)
        self.exit_status = max(each.exit_status for each in failures)
        super().__init__("\n".join(map(str, failures)))
