"""Refuse to release an edition that is not fit to be one: a draft, a false number, findings left open."""

from __future__ import annotations

from collections.abc import Iterator

from portrait.build.manifest import Record
from portrait.build.plan import Plan
from portrait.checks.accepted import line_of, read_accepted, unaccepted
from portrait.checks.check import check_at_hand
from portrait.errors import Sentence
from portrait.proofread.gate import findings
from portrait.proofread.problems import told
from portrait.proofread.refusal import NotFitToPublish
from portrait.publish.verify import verify
from portrait.registers.files import input_folders
from portrait.registers.project import ACCEPTED_WARNINGS
from portrait.run.chapters import notebooks_of


def refuse_unfit(asked: Plan) -> None:
    """Refuse to release an edition that readers could not rely on.

    Parameters
    ----------
    asked
        The edition, published in `asked.folder`; one that was not built is left to `keep_release`.

    Raises
    ------
    NotFitToPublish
        All that stands against its release: drafts, rows reconstructed from totals, findings of its
        notebooks, warnings about its file that no person accepted, and failures of the verifier.
    """
    record = Record(asked.folder)
    if not record.content:
        return
    reasons = [
        *_drafts(record),
        *_rows(record),
        *_of_notebooks(asked, record),
        *_warnings(asked),
        *_of_the_verifier(asked, record),
    ]
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
    for in_french, in_english in zip(told(found, "fr"), told(found, "en"), strict=True):
        yield Sentence(in_french, in_english)


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
