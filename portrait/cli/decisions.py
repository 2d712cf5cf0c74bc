"""Verbs about what people decide: init, review, new-year, new-source, new, sources, proofread, format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from portrait.cli.interruption import interruptible
from portrait.cli.options import HERE, Data, Edition, Language, Project, Source, Year, edition_asked
from portrait.errors import WrongCall, refuse_unknown
from portrait.language.locales import LANGUAGES

_WHOLE_FILES = "All files are as they were, or all have their new text: run the command again."


def init(
    folder: Annotated[Path, typer.Argument(help="Folder to lay out: a new one, or an empty one.")],
) -> None:
    """Lay out a project folder: notebooks, reference files, sample.

    For a program installed by pip; a clone is a project folder already.
    """
    from portrait.curation.new_project import lay_out_project

    n_files = lay_out_project(folder)
    typer.echo(f'{folder}: {n_files} files. Then / puis : cd "{folder}", portrait build')


def review(
    source: Source = "quebec",
    edition: Edition = "",
    year: Year = "",
    data: Data = None,
    output: Annotated[
        Path | None, typer.Option(help="Table to write; by default data/review/<source>/<edition>.csv.")
    ] = None,
    decided: Annotated[
        Path | None, typer.Option("--record", help="Table with decisions, to record in data/reference/.")
    ] = None,
    pairs: Annotated[
        bool, typer.Option("--links", help="Doubtful links between initiatives of two years, not names.")
    ] = False,
    project: Project = HERE,
) -> None:
    """List new names or doubtful links, or record decisions.

    Each name comes with known names that it may be. --record checks the whole table, then writes
    labels.csv, bodies.csv and source.yml (links.csv with --links): all decisions or none. Links need
    official rows.
    """
    from portrait.build import plan
    from portrait.curation import decisions, links, names
    from portrait.registers.project import REVIEW

    if decided:
        with interruptible(_WHOLE_FILES):
            record = links.record_links if pairs else decisions.record
            typer.echo(decisions.account(record(decided, project=project)))
        return
    asked = plan.plan_build(
        source=source, year=edition_asked(edition, year), data=data or "", project=project
    )
    folder = asked.project / REVIEW / asked.source
    if pairs:
        place = output or folder / f"{asked.year}-links.csv"
        for sentence in links.review_links(
            asked.source, asked.year, place, data=asked.data, project=asked.project
        ):
            typer.echo(sentence)
        return
    found = names.review(asked.source, asked.year, data=asked.data, project=asked.project)
    place = output or folder / f"{asked.year}.csv"
    names.write_table(found, place)
    for sentence in names.account(found, place):
        typer.echo(sentence)


def new_year(
    year: Annotated[str, typer.Argument(help="Edition to open: a year, or a part of one, as in 2026-08.")],
    source: Source = "quebec",
    data: Data = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print, and write nothing.")] = False,
    project: Project = HERE,
) -> None:
    """Draft what a new year adds to data/reference/.

    What a person must decide is listed. The file is compared with the year before it: columns.csv and
    source.yml get the new year, likely guesses are marked, and new names go to
    data/review/<source>/<edition>.csv. Where the edition has a file in use and another version waits, or is
    in --data, what it changes is printed first, as fetch does.

    Exit status: 0 nothing to decide; 1 decisions remain; 2 the file is refused.
    """
    from portrait.curation import new_year as opening
    from portrait.editions.names import edition_called
    from portrait.revisions.versions import told_versions

    with interruptible(_WHOLE_FILES):
        named = edition_called(year)
        for line in told_versions(source, named, project=project, data=data or "", writes=not dry_run):
            typer.echo(line)
        draft = opening.draft_year(named, source=source, data=data or "", project=project)
        for line in (opening.title(draft), "", *opening.account(draft)):
            typer.echo(line)
        for path in () if dry_run else opening.write_draft(draft, project):
            typer.echo(path)
    if draft.decisions:
        raise typer.Exit(1)


def new_source(
    identifier: Annotated[
        str, typer.Argument(help="Name of the source: lower-case letters, as in us-federal.")
    ],
    file: Annotated[
        list[Path], typer.Option("--from", help="File of the register; again for each other of the edition.")
    ],
    edition: Annotated[
        str, typer.Option(help="Edition of these files, as in 2025, 2026-t1, 2026-08 or 2026-08-15.")
    ] = "",
    year: Year = "",
    project: Project = HERE,
) -> None:
    """Lay out data/reference/<source>/ from files of a register.

    Columns that other sources make likely are marked as proposals, closed lists are read from the files,
    and what only a person knows is left blank, with what it is for.

    Exit status: 1 laid out, and to be filled in; 2 a wrong call, or a file that is refused.
    """
    from portrait.curation import new_source as laying

    named = edition_asked(edition, year)
    if named is None:
        raise WrongCall("The edition of the file is not given.", "Add --edition, as in --edition 2026-08.")
    layout = laying.lay_out_source(identifier, file, named, project=project)
    for sentence in layout.account:
        typer.echo(f"{sentence.fr}\n{sentence.en}")
    for path in laying.write_source(layout):
        typer.echo(path)
    typer.echo(f"Then / puis : portrait check --source {identifier}")
    if len(file) == 1:
        typer.echo(f"portrait fetch --source {identifier} --edition {named} --from {file[0].as_posix()}")
    else:
        typer.echo(f"Put the files in / placer les fichiers dans : data/raw/{identifier}/{named}/")
    raise typer.Exit(1)


def new(
    kind: Annotated[str, typer.Argument(help="chapter, figure, indicator, language or table.")],
    name: Annotated[
        str,
        typer.Argument(help="Name, in English: lower-case words, as in bodies_per_task; for a language, nl."),
    ],
    chapter: Annotated[
        str, typer.Option(help="Chapter that shows it, as in 2, change or 02-change; none for a chapter.")
    ] = "",
    project: Project = HERE,
) -> None:
    """Lay out a new chapter, indicator, table, figure or language.

    A chapter is a notebook. An indicator is a module with its facts, their tests, and a sentence at the end
    of a chapter, in both languages; a table or a figure is a module with its test, shown there. It shows
    the numbers of the indicator of the same name, if there is one. All pass the checks as they are, and
    count all initiatives: rewrite them to say something else. Modules are written in a clone only. A language
    is a folder of translations in data/reference/languages/: each text of the program that it lacks is added
    to it, blank.

    Examples: portrait new indicator bodies_per_task --chapter uses; portrait new table bodies_per_task
    --chapter uses; portrait new chapter procurement

    Exit status: 0 laid out; 2 a wrong call, and nothing was written.
    """
    from portrait.curation.new_language import lay_out_language
    from portrait.curation.new_part import lay_out_part

    if kind == "language":
        told, paths = lay_out_language(name, project)
        typer.echo("\n".join((told.fr, told.en, *map(str, paths))))
        return
    with interruptible(_WHOLE_FILES):
        for path in lay_out_part(kind, name, chapter=chapter, project=project):
            typer.echo(path)


def sources(data: Data = None, project: Project = HERE) -> None:
    """List the sources, their files, and what waits for a person.

    A source laid out by new-source waits until its reference files are filled in.
    """
    from portrait.curation.sources import account

    for line in account(data=data or "", project=project):
        typer.echo(line)


def proofread(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks; by default those of the project.")
    ] = None,
    reviewed: Annotated[
        list[str] | None,
        typer.Option("--reviewed", help="Record this English cell as reviewed; may be repeated."),
    ] = None,
    all_reviewed: Annotated[
        bool, typer.Option("--all-reviewed", help="Record every English cell as reviewed.")
    ] = False,
    language: Language = "fr",
    project: Project = HERE,
) -> None:
    """List what to fix in the notebooks, or record reviews.

    It finds numbers, shares and superlatives that are typed, in digits or words; expressions and helpers
    that are misspelt; a question asked twice in a sentence; sibling cells that ask different things;
    English cells whose French text changed since their review; marks of a conflict; names bound twice,
    never used or not defined; cells pasted and not changed; and cells that break the rules of
    notebooks/README.md. A build refuses the same, unless it is a --draft.

    Exit status: 0 nothing to fix; 1 something to fix.
    """
    from portrait.curation import proofreading
    from portrait.proofread.gate import findings
    from portrait.proofread.problems import told

    refuse_unknown("language", language, LANGUAGES)
    if reviewed and all_reviewed:
        raise WrongCall("--reviewed and --all-reviewed do not go together.", "Give one of them.")
    paths = proofreading.notebooks_of(project, notebooks or [])
    if reviewed or all_reviewed:
        recorded = proofreading.record(paths, None if all_reviewed else reviewed)
        typer.echo(f"Recorded as reviewed: {', '.join(recorded) or 'nothing that was not already'}.")
    found = findings(paths)
    for line in told(found, language):
        typer.echo(line)
    if found:
        raise typer.Exit(1)


def format(  # noqa: A001 -- the name of the verb
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks; by default those of the project.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Name those to format, and write nothing.")] = False,
    project: Project = HERE,
) -> None:
    """Remove from notebooks what a run leaves in them.

    Outputs and execution counts go, with what JupyterLab, VS Code and papermill write in the metadata.
    Text, code, tags and ids stay. JupyterLab started by portrait lab does the same at each save.

    Exit status: 0 done, or nothing to format; 1 with --check, some notebooks are to be formatted.
    """
    from portrait.curation import proofreading
    from portrait.lab.formatting import formatted
    from portrait.storage.atomic import write_whole

    texts = formatted(proofreading.notebooks_of(project, notebooks or []))
    for path, text in texts.items():
        typer.echo(f"{path}: run portrait format." if check else path)
        if not check:
            write_whole(path, text)
    if check and texts:
        raise typer.Exit(1)
