"""Verbs about published files: fetch, check, verify, trace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from portrait.cli.interruption import interruptible
from portrait.cli.options import HERE, Data, Language, PlaceOfProject, Project, Source, Year, edition_asked
from portrait.errors import RefusedInput, RefusedReferences, WrongCall, refuse_unknown
from portrait.language.locales import LANGUAGES
from portrait.storage.garbage import uncollected


def fetch(
    source: Source = "quebec",
    edition: Annotated[str, typer.Option(help="Edition to fetch; by default all published ones.")] = "",
    year: Year = "",
    files: Annotated[
        list[Path] | None,
        typer.Option("--from", help="File downloaded by hand; twice for the CSV and the XLSX of a year."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Use the file that changed; keep the earlier one beside it.")
    ] = False,
    newer: Annotated[
        bool, typer.Option("--newer", help="With --accept: it is the newer one, though no date says so.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the file in use, and record the other as kept out.")
    ] = False,
    language: Language = "fr",
    project: Project = HERE,
) -> None:
    """Download official files, check them and record them.

    The catalogue that source.yml names gives the CSV and the XLSX of each year; both must hold the same
    cells. Address, date, size, rows and SHA-256 are recorded in data/reference/<source>/snapshots.yml:
    commit it. A file that changed under the same name waits beside the one in use, and builds of that year
    are refused until --accept or --keep. Its rows are compared, by identifier where they have one: the first
    differences are printed, all are in data/review/<source>/, then the highlights of the report that would
    change. Dates of the catalogue, the file and its rows say whether it is newer; where none does, --accept
    needs --newer. A new file that may be cut short waits too: far smaller than the catalogue says, or with
    half the rows of the year before. With --scheduler of build, this is the only verb that uses the network.

    Exit status: 0 fetched; 1 a download failed, or a file waits; 2 a file is refused; 130 interrupted.
    """
    from portrait.fetch import acceptance, messages, official
    from portrait.revisions.versions import told_official, told_versions

    refuse_unknown("language", language, LANGUAGES)
    asked = edition_asked(edition, year)
    if sum((accept, keep, bool(files))) > 1:
        raise WrongCall(
            "--accept, --keep and --from do not go together.",
            "Bring the file first, then accept or refuse it.",
        )
    if newer and not accept:
        raise WrongCall("--newer goes with --accept.", "Add --accept to use the waiting file.")
    with interruptible("The files are as snapshots.yml says; what was begun is completed by the next fetch."):
        if accept:
            fetched = acceptance.accept(source, project=project, year=asked, is_newer=newer)
        elif keep:
            fetched = acceptance.keep(source, project=project, year=asked)
        elif files:
            fetched = official.bring(source, files, project=project, year=asked)
        else:
            fetched = official.fetch(source, project=project, year=asked)
    for each in fetched:
        typer.echo(messages.account(each))
    for line in told_versions(source, asked, project=project, languages=[language]):
        typer.echo(line)
    for first in dict.fromkeys(each.year for each in fetched if each.is_first_official):
        for line in told_official(source, first, project=project, languages=[language]):
            typer.echo(line)
    if any(each.state in (official.CHANGED, official.DOUBTFUL) for each in fetched):
        raise typer.Exit(1)


def check(
    source: Source = "quebec",
    edition: Annotated[str, typer.Option(help="Edition to check; by default each one available.")] = "",
    year: Year = "",
    language: Language = "fr",
    data: Data = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, in both languages; codes keep their meaning.")
    ] = False,
    project: Project = HERE,
) -> None:
    """List what is unusual, doubtful or wrong in the files.

    Each finding has its column, its rows and a fix; nothing is changed. A warning may change a figure,
    and asks a person to decide; a note prevents a surprise. Each year is compared with the one before
    it. Where another version of a file waits, or is in --data, what it changes is printed first, as fetch
    does.

    Exit status: 0 no warning; 1 a warning; 2 a file is refused.
    """
    with uncollected():
        from portrait.checks import messages
        from portrait.checks.check import Checked, check_at_hand, unopened_years, unread_files
        from portrait.revisions.versions import told_versions

    refuse_unknown("language", language, LANGUAGES)
    asked = edition_asked(edition, year)
    checked: list[Checked] = []
    refused: RefusedInput | None = None
    try:
        changes = told_versions(source, asked, project=project, data=data or "", languages=[language])
        for line in () if as_json else changes:
            typer.echo(line)
        for each in check_at_hand(source, asked, data=data or "", project=project):
            checked.append(each)
    except RefusedReferences as refusal:
        for fault in () if as_json else refusal.faults:  # all of them: other verbs show the first ones
            typer.echo(fault.in_language(language), err=True)
        if as_json:
            typer.echo(messages.json_text([], refusal))
        raise typer.Exit(refusal.exit_status) from None
    except RefusedInput as refusal:
        refused = refusal
    if as_json:
        typer.echo(messages.json_text(checked, refused))
    else:
        messages.print_findings(checked, language)
    for read, unread in unread_files(source, asked, data=data or "", project=project):
        typer.echo(messages.unread_line(read, unread, language), err=True)
    for unopened in () if asked else unopened_years(source, data=data or "", project=project):
        typer.echo(messages.unopened_line(source, unopened, language), err=True)
    if refused and as_json:
        raise typer.Exit(refused.exit_status)
    if refused:
        raise refused
    if any(each.has_warnings for each in checked):
        raise typer.Exit(1)


def verify(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of an edition; by default every one of reports/.")
    ] = None,
    source: Annotated[Path | None, typer.Option("--from", help="Folder of the official files.")] = None,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Build again too, elsewhere, and compare each byte."),
    ] = False,
    project: PlaceOfProject = HERE,
) -> None:
    """Recompute the numbers of published reports from their tables.

    It runs verify.py, which stands beside every edition and needs Python alone: checksums, derived columns,
    each claim with its printed text. With --from, the table of initiatives is also compared with the official
    files, cell by cell; a workbook, by its checksum alone.

    With --rebuild, each edition is also built from the files that its manifest records, in a temporary
    folder; every file that is not the same to the byte is named, with what changed since: notebooks,
    reference files, the program, its libraries. The official files are those of --from, or the project's own.

    Exit status: 0 all agrees; 1 something does not; 2 there is no such edition.
    """
    from portrait.publish import verify as verifier

    agree = True
    for each in _editions(folder, project):
        agree &= verifier.main([str(each), *(["--source", str(source)] if source else [])]) == 0
        agree &= not rebuild or _is_rebuilt(each, source, project)
    if not agree:
        raise typer.Exit(1)


def compare(
    before: Annotated[Path, typer.Argument(help="Folder of an edition, such as reports/quebec/2024.")],
    after: Annotated[Path, typer.Argument(help="Folder of the edition to compare with it.")],
    language: Language = "fr",
    all_lines: Annotated[
        bool, typer.Option("--all", help="Print each change, however many they are.")
    ] = False,
    page: Annotated[
        Path | None, typer.Option(help="Page to write, with each change and the figures side by side.")
    ] = None,
) -> None:
    """Say what changed between two editions as they were published.

    Last year's and this one's, or one edition before and after an edit or a file published again: sentences
    by claim (another number, other words, added, gone), initiatives cell by cell, rows of the other tables,
    figures. Initiatives of two editions are compared by the links that the second one publishes; those of
    one edition by their content, then by their name and body, at last by their row.

    Exit status: 0 the same; 1 something changed; 2 a folder holds no edition.

    Example: portrait compare reports/quebec/2024 reports/quebec/2025 --page changes.html writes the changes
    on a page too.
    """
    from portrait.revisions import comparison
    from portrait.revisions.page import page_of
    from portrait.storage.atomic import write_whole

    found = comparison.compare(before, after)
    if page:  # first: who reads the lines through `head` leaves before the last
        write_whole(page, page_of(found, language).encode())
    for line in comparison.told(found, language, all_lines=all_lines):
        typer.echo(line)
    if found:
        raise typer.Exit(1)


def _is_rebuilt(folder: Path, data: Path | None, project: Path) -> bool:
    """Build an edition again, print what differs, and return whether nothing does."""
    from portrait.build.pool import local_pool
    from portrait.build.rebuild import rebuild

    with local_pool(os.cpu_count() or 1) as pool:
        found = rebuild(folder, pool, data=data or "", project=project)
    for line in found:
        typer.echo(f"rebuild: {line.en}")
    typer.echo(f"rebuild: {'not the same' if found else 'the same bytes'}: {folder.as_posix()}")
    return not found


def trace(
    claim: Annotated[
        str, typer.Argument(help="Identifier of a claim, such as n_bodies, or annual.fr:n_bodies.")
    ],
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of an edition; by default the only one of reports/.")
    ] = None,
    language: Language = "fr",
    all_rows: Annotated[
        bool, typer.Option("--all", help="Print every row; by default the first twenty of each query.")
    ] = False,
    project: PlaceOfProject = HERE,
) -> None:
    """Print how one number of a report was counted.

    Its sentence, definition and formula, and the rows that each of its queries counts, from the tables of
    the edition. On reconstructed rows, the published totals and their sources instead: no row is listed. The
    page shows the same where the number is chosen; claims.<language>.json lists the identifiers.

    Exit status: 0 printed; 2 there is no such claim or edition.
    """
    from portrait.publish import trace as tracing

    refuse_unknown("language", language, LANGUAGES)
    first, *others = _editions(folder, project)
    if others:
        raise WrongCall("There are several editions in reports/.", "Name the folder of one.")
    for line in tracing.trace(first, claim, language, all_rows=all_rows):
        typer.echo(line)


def _editions(folder: Path | None, project: Path) -> list[Path]:
    """Return the folder of an edition, or those of every edition of reports/."""
    from portrait.build.manifest import MANIFEST, manifests_of
    from portrait.registers.project import find_project

    if folder is None:
        folders = [each.parent for each in manifests_of(find_project(project) / "reports")]
    else:
        folders = [folder]
    missing = next((each for each in folders if not (each / MANIFEST).is_file()), None)
    if missing or not folders:
        raise WrongCall(
            f"There is no edition in {(missing or folder or Path('reports')).as_posix()}.",
            "Build one, or name its folder.",
        )
    return folders
