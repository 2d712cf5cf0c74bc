"""Release an edition that is fit to be one: no draft, no false number, no finding or change left open."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from portrait.build.manifest import MANIFEST, Record
from portrait.build.plan import Plan
from portrait.build.pool import Pool
from portrait.build.rebuild import rebuild
from portrait.checks.accepted import line_of, read_accepted, unaccepted
from portrait.checks.check import check_at_hand
from portrait.curation.names import review
from portrait.errors import Sentence
from portrait.facts.citation import CITATION, citations_of_release
from portrait.indicators.revisions import keep_release, refuse_unbuilt
from portrait.ingest.workbook import SUFFIXES
from portrait.language.locales import LANGUAGES
from portrait.proofread.gate import findings
from portrait.proofread.problems import in_both_languages
from portrait.proofread.refusal import NotFitToPublish
from portrait.publish.accessibility import page_findings, pdf_findings
from portrait.publish.data_package import DATA_PACKAGE
from portrait.publish.verify import verify
from portrait.registers.files import input_folders
from portrait.registers.project import ACCEPTED_CHANGES, ACCEPTED_WARNINGS
from portrait.revisions.accepted import (
    AcceptedChange,
    judged,
    line_of_change,
    read_accepted_changes,
)
from portrait.revisions.comparison import compare, told_beside_sentences
from portrait.revisions.published import PublishedEdition
from portrait.revisions.readme import NAMES, readme
from portrait.revisions.releases import keep, next_number, note_on_revisions, releases_of
from portrait.revisions.sentences import SentenceChange, changed_sentences
from portrait.revisions.tables import changed_names
from portrait.run.chapters import NOTEBOOKS, notebooks_of


def refuse_unfit(asked: Plan) -> list[tuple[SentenceChange, AcceptedChange]]:
    """Refuse to release an edition that readers could not rely on.

    Parameters
    ----------
    asked
        The edition, published in `asked.folder`; one that was not built is left to `keep_release`.

    Returns
    -------
    list[tuple[SentenceChange, AcceptedChange]]
        The changes since its last release, all accepted.

    Raises
    ------
    NotFitToPublish
        All that stands against its release: drafts, rows reconstructed from totals, findings of its
        notebooks, warnings about its file and changes since its last release that no person accepted, names
        that wait for a decision, reference files that are not committed, and failures of the verifier.
    """
    record = Record(asked.folder)
    if not record.content:
        return []
    before = releases_of(asked.output, asked.source, asked.edition)
    changes: list[SentenceChange] = []
    if before:
        old, new = PublishedEdition(before[-1]), PublishedEdition(asked.folder)
        changes = [*changed_sentences(old, new), *changed_names(old, new)]
    accepted, left = judged(changes, read_accepted_changes(asked.register.folder), asked.edition)
    reasons = [
        *_drafts(record),
        *_rows(record),
        *_of_notebooks(asked, record),
        *_warnings(asked),
        *_names(asked),
        *_changes(asked, before, left),
        *_uncommitted(asked),
        *_of_the_verifier(asked, record),
    ]
    _refuse(asked, reasons)
    return accepted


def release(asked: Plan, pool: Pool) -> Path:
    """Keep an edition as its next release, after building it again to compare each byte.

    Returns
    -------
    Path
        Folder of the release.

    Raises
    ------
    NotFitToPublish
        As `refuse_unfit`; or what is built again is not the same, or hinders readers.
    WrongCall
        The edition was not built.
    """
    changes = refuse_unfit(asked)
    refuse_unbuilt(asked.folder / MANIFEST)
    found = rebuild(asked.folder, pool, data=asked.data, project=asked.project)
    _refuse(asked, [Sentence(f"reconstruite ailleurs : {each.fr}", f"rebuilt: {each.en}") for each in found])
    pdfs, pages = pdf_findings(asked.folder), page_findings(asked.folder)
    _refuse(asked, [*(pdfs or ()), *(pages or ())])
    files = [each["file"] for each in _package(asked)["sources"]]
    done = {
        "pdf": pdfs is not None,
        "pages": pages is not None,
        "cells": not any(each.lower().endswith(SUFFIXES) for each in files),
    }
    added = {f"checklist.{language}.md": checklist(asked, language, done) for language in LANGUAGES}
    before = releases_of(asked.output, asked.source, asked.edition)
    number = next_number(before)
    added |= _citations(asked, number)
    if before:
        since = compare(before[-1], asked.folder, sentences=[change for change, _ in changes])
        for language in LANGUAGES:
            beside = tuple(told_beside_sentences(since, language))
            added[f"revisions.{language}.md"] = note_on_revisions(
                changes, language, edition=asked.edition, number=number, beside=beside
            )
    folder = keep(asked.folder, asked.output, asked.source, asked.edition, added, _readmes(asked, number))
    keep_release(asked.folder / MANIFEST, asked.register)
    return folder


def _package(asked: Plan) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((asked.folder / "data" / DATA_PACKAGE).read_bytes())
    return package


def _citations(asked: Plan, number: int) -> dict[str, str]:
    return citations_of_release((asked.folder / CITATION).read_bytes(), f"{asked.edition}-{number}")


def _readmes(asked: Plan, number: int) -> dict[str, str]:
    """Return what a stranger reads first in the archive, by the name of its file."""
    package = _package(asked)
    home, called = f"{asked.source}/{asked.edition}", f"{asked.edition}-{number}"
    held = Record(asked.folder).files
    return {
        name: readme(package, held, language, home=home, release=called) for language, name in NAMES.items()
    }


def checklist(asked: Plan, language: str, done: Mapping[str, bool]) -> str:
    """Return what was checked of a release, ticked, and what was not, as Markdown.

    Parameters
    ----------
    done
        Whether the tools for accessibility were at hand, for `pdf` and `pages`; for `cells`, whether the
        verifier reads all official files, as it does not workbooks.
    """
    is_repository = uncommitted(asked.project, [asked.project]) is not None
    lines = [
        (True, "Aucun document n’est une ébauche.", "No document is a draft."),
        (
            True,
            "Les lignes sont celles de la source, et non reconstituées.",
            "The rows are those of the source, not reconstructed.",
        ),
        (
            True,
            "Les carnets n’ont rien à corriger (portrait proofread).",
            "The notebooks have nothing to fix (portrait proofread).",
        ),
        (
            True,
            "Chaque avertissement sur le fichier est accepté, avec sa raison (portrait check).",
            "Each warning about the file is accepted, with its reason (portrait check).",
        ),
        (
            True,
            "Les nombres des phrases sont recomptés, ou dits non recomptés, à partir des tables (verify.py).",
            "Numbers of sentences are counted again from the tables, or said not to be (verify.py).",
        ),
        (
            done["cells"],
            "Les cellules des tables sont comparées à celles des fichiers officiels, dont aucun n’est un "
            "classeur (verify.py --source).",
            "The cells of the tables are compared with those of the official files, none of which is a "
            "workbook (verify.py --source).",
        ),
        (
            True,
            "L’édition, construite de nouveau, a les mêmes octets (portrait verify --rebuild).",
            "The edition, built again, has the same bytes (portrait verify --rebuild).",
        ),
        (
            True,
            "S’il y a une publication précédente, chaque phrase et chaque nom changés depuis sont acceptés "
            "(portrait compare).",
            "If there is a previous release, each sentence and each name changed since is accepted (portrait "
            "compare).",
        ),
        (
            True,
            "Aucun nom n’attend une décision (portrait review).",
            "No name waits for a decision (portrait review).",
        ),
        (
            is_repository,
            "Les fichiers de référence et les carnets sont versionnés.",
            "Reference files and notebooks are committed.",
        ),
        (
            all(each.person for each in asked.register.mappings if each.holds_in(asked.year)),
            "Chaque nom et chaque libellé consigné l’est par une personne (bodies.csv, labels.csv).",
            "Each recorded name and label was recorded by a person (bodies.csv, labels.csv).",
        ),
        (
            done["pdf"],
            "Les PDF suivent ce que PDF/UA-1 a de vérifiable par une machine (pdfua).",
            "PDFs follow what a machine can check of PDF/UA-1 (pdfua).",
        ),
        (
            done["pages"],
            "Les pages suivent ce que WCAG a de vérifiable par une machine (axe, dans un navigateur).",
            "Pages follow what a machine can check of WCAG (axe, in a browser).",
        ),
    ]
    return "".join(
        f"- [{'x' if is_done else ' '}] {french if language == 'fr' else english}\n"
        for is_done, french, english in lines
    )


def _refuse(asked: Plan, reasons: Sequence[Sentence]) -> None:
    if reasons:
        edition = f"{asked.source} {asked.edition}"
        raise NotFitToPublish(
            Sentence(
                f"L’édition {edition} ne peut pas être consignée comme publiée.",
                f"The edition {edition} cannot be released.",
            ),
            [Sentence(f"- {each.fr}", f"- {each.en}") for each in reasons],
            Sentence("Rien n’a été consigné.", "Nothing was recorded."),
        )


def _drafts(record: Record) -> Iterator[Sentence]:
    names = [name for name, each in record.documents.items() if each["draft"]]
    if names:
        yield Sentence(
            f"ébauches : {', '.join(names)}. Corrigez les carnets, puis construisez sans --draft.",
            f"drafts: {', '.join(names)}. Fix the notebooks, then build without --draft.",
        )


def _rows(record: Record) -> Iterator[Sentence]:
    if record.content.get("reconstructed"):
        yield Sentence(
            "ses lignes sont reconstituées à partir de totaux publiés. Apportez le fichier officiel avec "
            "portrait fetch, puis construisez.",
            "its rows are reconstructed from published totals. Bring the official file with portrait fetch, "
            "then build.",
        )


def _of_notebooks(asked: Plan, record: Record) -> Iterator[Sentence]:
    reports = dict.fromkeys(each["report"] for each in record.documents.values())
    found = findings(path for report in reports for path in notebooks_of(asked.project, report))
    yield from in_both_languages(found)


def _warnings(asked: Plan) -> Iterator[Sentence]:
    for checked in check_at_hand(asked.source, asked.year, data=asked.data, project=asked.project):
        sha256 = checked.edition.file.sha256
        left = unaccepted(checked.findings, read_accepted(asked.register.folder), sha256)
        for each in left:
            yield Sentence(
                f"avertissement {each.code} : {each.message.fr} {each.mend.fr}",
                f"warning {each.code}: {each.message.en} {each.mend.en}",
            )
        if left:
            lines = "".join(f"\n    {line}" for line in dict.fromkeys(line_of(each, sha256) for each in left))
            place = f"data/reference/{asked.source}/{ACCEPTED_WARNINGS}"
            yield Sentence(
                f"pour accepter un avertissement, écrivez sa ligne dans {place}, avec la raison et votre "
                f"nom :{lines}",
                f"to accept a warning, write its line in {place}, with the reason and your name:{lines}",
            )


def _names(asked: Plan) -> Iterator[Sentence]:
    """Yield how to decide on the names of which `portrait review` asks whether they are known ones."""
    found = review(asked.source, asked.year, data=asked.data, project=asked.project).open_proposals
    if len(found):
        names = " | ".join(found["published"])
        command = f"portrait review --source {asked.source} --edition {asked.edition}"
        yield Sentence(
            f"noms qui attendent la décision d’une personne ({command}) : {names}.",
            f"names that wait for the decision of a person ({command}): {names}.",
        )


def _of_the_verifier(asked: Plan, record: Record) -> Iterator[Sentence]:
    """Yield what the verifier finds; official rows are compared with their files."""
    folders = input_folders(asked.source, asked.project, asked.data)
    report, _ = verify(asked.folder, None if record.content.get("reconstructed") else folders[0])
    for failure in report.failures:
        yield Sentence(
            f"le vérificateur échoue : {failure}. Construisez de nouveau avec --force, puis faites portrait "
            "verify.",
            f"the verifier fails: {failure}. Build again with --force, then run portrait verify.",
        )


def _changes(asked: Plan, before: Sequence[Path], left: Sequence[SentenceChange]) -> Iterator[Sentence]:
    """Yield how to accept the sentences that are not those of the last release."""
    if left:
        last = before[-1].name
        lines = "".join(f"\n    {line_of_change(each, asked.edition)}" for each in left)
        place = f"data/reference/{asked.source}/{ACCEPTED_CHANGES}"
        yield Sentence(
            f"{len(left)} affirmations ou noms ne sont plus ceux de la publication {last}. Pour en accepter "
            f"un, écrivez sa ligne dans {place}, avec la raison et votre nom :{lines}",
            f"{len(left)} claims or names are not those of the release {last} any more. To accept one, write "
            f"its line in {place}, with the reason and your name:{lines}",
        )


def _uncommitted(asked: Plan) -> Iterator[Sentence]:
    names = uncommitted(asked.project, [asked.register.folder, asked.project / NOTEBOOKS])
    if names:
        listed = ", ".join(names)
        yield Sentence(
            f"fichiers modifiés et non versionnés : {listed}. Versionnez-les.",
            f"files changed and not committed: {listed}. Commit them.",
        )


def uncommitted(project: Path, folders: Sequence[Path]) -> list[str] | None:
    """Return the files of folders that differ from what Git holds; ``None`` if it holds no such project."""
    command = [
        "git",
        "-C",
        str(project),
        "status",
        "--porcelain",
        "--untracked-files=all",
        "--",
        *map(str, folders),
    ]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- no shell
    except (OSError, subprocess.CalledProcessError):
        return None
    return [line[3:] for line in answer.stdout.splitlines()]
