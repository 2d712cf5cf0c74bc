"""The command line: arguments in, sentences out. All the work is in the functions of the same names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import portrait
from portrait.errors import EditionsFailed, PortraitError, RefusedInput, WrongCall

app = typer.Typer(
    name="portrait",
    help="Build the annual report on the adoption of AI across the portfolios of a public administration.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"portrait {portrait.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Build the annual report on the adoption of AI across the portfolios of a public administration."""


@app.command()
def build(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[
        str, typer.Option(help="Year of the edition, or all; by default the newest at hand.")
    ] = "",
    language: Annotated[str, typer.Option(help="fr, en or all.")] = "all",
    report: Annotated[
        str, typer.Option(help="Report to build: annual, quality, portfolio or all.")
    ] = "annual",
    formats: Annotated[str, typer.Option("--format", help="html, pdf or html,pdf.")] = "html,pdf",
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder to publish in; by default reports/.")] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Documents made at once; by default one a processor.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask scheduler, whose workers make the documents.")
    ] = "",
    portfolio: Annotated[
        list[str] | None,
        typer.Option(help="Portfolio to profile, with --report portfolio; may be repeated; by default each."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make all again, whatever changed.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each document is made again, or is not.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Print events for a program, a line of JSON each.")
    ] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Build an edition: the report in each language and format, its data, claims and manifest."""
    from portrait.build import account, edition, plan, progress
    from portrait.build.dask import cluster_pool
    from portrait.build.pool import local_pool

    if scheduler and jobs:
        raise WrongCall(
            "--jobs and --scheduler do not go together.", "Start as many workers as documents at once."
        )
    plans = [
        plan.plan_build(
            source=source,
            year=each,
            language=language,
            report=report,
            formats=[name.strip() for name in formats.split(",")],
            data=data or "",
            output=output or "",
            jobs=jobs,
            portfolios=portfolio or (),
            project=project,
        )
        for each in plan.years(year, source=source, data=data or "", project=project)
    ]
    watching = progress.watching(as_json=log_json, explain=explain, say=typer.echo)
    place = cluster_pool(scheduler, plans[0].project) if scheduler else local_pool(plans[0].jobs)
    with watching as watcher, place as pool:
        built, failures = edition.build_all(plans, pool, watcher, force=force)
    if not log_json:
        for sentence in (line for each in built for line in account.account(each)):
            typer.echo(sentence)
        progress.print_summary(watcher)
    if failures:
        raise failures[0] if len(failures) == 1 else EditionsFailed(failures)


@app.command()
def preview(
    notebook: Annotated[str, typer.Argument(help="Notebook: annual, quality or portfolio.")] = "annual",
    chapter: Annotated[
        str, typer.Option(help="Number, heading, or id of a cell; by default the whole notebook.")
    ] = "",
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[
        int | None, typer.Option(help="Year of the edition; by default the newest at hand.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    portfolio: Annotated[str, typer.Option(help="Portfolio to profile, for the notebook portfolio.")] = "",
    port: Annotated[
        int, typer.Option(help="Port of this machine; by default one that is free.", show_default=False)
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address only.")] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Show one chapter in the browser, and again each time what it is made of is saved."""
    import webbrowser

    from portrait.preview import watch

    asked = watch.wanted(
        report=notebook,
        chapter=chapter,
        language=language,
        source=source,
        year=year,
        data=data or "",
        portfolio=portfolio,
        project=project,
    )
    watch.preview(asked, port=port, open_page=None if no_browser else webbrowser.open, say=typer.echo)


@app.command()
def check(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[int | None, typer.Option(help="Year to check; by default each one at hand.")] = None,
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for a program, in both languages.")] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """List all that is particular, doubtful or wrong in the files, with rows and what mends it."""
    from portrait.checks import messages
    from portrait.checks.check import Checked, check_at_hand, unopened_years

    messages.known_language(language)
    checked: list[Checked] = []
    refused: RefusedInput | None = None
    try:
        for each in check_at_hand(source, year, data=data or "", project=project):
            checked.append(each)
    except RefusedInput as refusal:
        refused = refusal
    if as_json:
        typer.echo(messages.json_text(checked, refused))
    else:
        messages.print_findings(checked, language)
    for unopened in () if year else unopened_years(source, data=data or "", project=project):
        typer.echo(messages.unopened_line(source, unopened, language), err=True)
    if refused and as_json:
        raise typer.Exit(refused.exit_status)
    if refused:
        raise refused
    if any(each.has_warnings for each in checked):
        raise typer.Exit(1)


@app.command()
def fetch(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[
        int | None, typer.Option(help="Year to fetch; by default all that are published.")
    ] = None,
    files: Annotated[
        list[Path] | None, typer.Option("--from", help="File downloaded by hand; may be given twice.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Use the file that changed and waits.")] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Bring official files into data/raw/, checked and recorded; a changed one waits to be accepted."""
    from rich.console import Console

    from portrait.fetch import messages, official
    from portrait.registers.project import find_project

    folder = project or find_project()
    if accept and files:
        raise WrongCall("--accept and --from do not go together.", "Bring the file first, then accept it.")
    if accept:
        fetched = official.accept(source, project=folder, year=year)
    elif files:
        fetched = official.bring(source, files, project=folder, year=year)
    else:
        fetched = official.fetch(source, project=folder, year=year)
    for each in fetched:
        typer.echo(messages.account(each))
    for table in messages.tables(fetched):
        Console().print(table)
    if any(each.state == official.CHANGED for each in fetched):
        raise typer.Exit(1)


@app.command()
def review(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[
        int | None, typer.Option(help="Year of the edition; by default the newest at hand.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="Table to write; by default data/review/<source>/<year>.csv.")
    ] = None,
    decided: Annotated[
        Path | None, typer.Option("--record", help="Table with decisions, to take into data/reference/.")
    ] = None,
    pairs: Annotated[
        bool, typer.Option("--links", help="Pairs of initiatives of two years, in place of names.")
    ] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Propose what the names that nobody recorded stand for, or record what a person decided.

    With --links, the pairs of initiatives of two years that are not sure.
    """
    from portrait.build import plan
    from portrait.curation import decisions, links, names

    if decided and pairs:
        typer.echo(links.account_recorded(links.record_links(decided, project=project)))
        return
    if decided:
        typer.echo(decisions.account(decisions.record(decided, project=project)))
        return
    asked = plan.plan_build(source=source, year=year, data=data or "", project=project)
    if pairs:
        place = output or links.default_place(asked.source, asked.year, asked.project)
        for sentence in links.review_links(
            asked.source, asked.year, place, data=asked.data, project=asked.project
        ):
            typer.echo(sentence)
        return
    found = names.review(asked.source, asked.year, data=asked.data, project=asked.project)
    place = output or asked.project / names.FOLDER / asked.source / f"{asked.year}.csv"
    names.write_table(found, place)
    for sentence in names.account(found, place):
        typer.echo(sentence)


@app.command()
def release(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[
        int | None, typer.Option(help="Year of the edition; by default the newest at hand.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Folder it was published in; by default reports/.")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Record that an edition was published: later editions say which of its figures changed since."""
    from portrait.build import plan
    from portrait.indicators import revisions
    from portrait.registers.schema import load_source

    asked = plan.plan_build(source=source, year=year, data=data or "", output=output or "", project=project)
    register = load_source(asked.source, asked.project)
    kept = revisions.keep_release(asked.folder / "manifest.json", register)
    typer.echo(f"Kept: {kept.relative_to(asked.project).as_posix()}. Commit it.")


@app.command()
def new_year(
    year: Annotated[int, typer.Argument(help="Year to open.")],
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print, and write nothing.")] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Draft what a new year adds to data/reference/, and list what a person must decide."""
    from portrait.curation import new_year as opening
    from portrait.registers.project import find_project

    folder = project or find_project()
    draft = opening.draft_year(year, source=source, data=data or "", project=folder)
    for line in opening.account(draft):
        typer.echo(line)
    for path in () if dry_run else opening.write_draft(draft, folder):
        typer.echo(path)
    if draft.decisions:
        raise typer.Exit(1)


@app.command()
def proofread(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Notebooks; by default those of the project.")
    ] = None,
    reviewed: Annotated[
        list[str] | None,
        typer.Option("--reviewed", help="English cell set beside its French one; may be repeated."),
    ] = None,
    all_reviewed: Annotated[
        bool, typer.Option("--all-reviewed", help="Record every English cell as reviewed.")
    ] = False,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """List all that must be mended in the notebooks, or record English cells as reviewed."""
    from portrait.curation import proofreading
    from portrait.registers.project import find_project
    from portrait.run.chapters import name_of

    if reviewed and all_reviewed:
        raise WrongCall("--reviewed and --all-reviewed do not go together.", "Give one of them.")
    paths = proofreading.notebooks_of(project or find_project(), notebooks or [])
    if reviewed or all_reviewed:
        recorded = proofreading.record(paths, None if all_reviewed else reviewed)
        typer.echo(f"Recorded as reviewed: {', '.join(recorded) or 'nothing that was not already'}.")
    found = [(path, problem) for path in paths for problem in proofreading.proofread(path)]
    for path, problem in found:
        typer.echo(f"{name_of(path)}, {problem}")
    if found:
        raise typer.Exit(1)


def main() -> None:
    """Run the command; a refusal or a failure is one sentence and an exit status, never a traceback."""
    try:
        app()
    except PortraitError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        typer.echo(f"{error.filename}: {error.strerror}. Nothing was published.", err=True)
        sys.exit(1)
