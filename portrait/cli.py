"""The command line: arguments in, sentences out. All the work is in the functions of the same names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

import portrait
from portrait.errors import PortraitError, WrongCall

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
        int | None, typer.Option(help="Year of the edition; by default the newest at hand.")
    ] = None,
    language: Annotated[str, typer.Option(help="fr, en or all.")] = "all",
    report: Annotated[str, typer.Option(help="Report to build: annual.")] = "annual",
    formats: Annotated[str, typer.Option("--format", help="html, pdf or html,pdf.")] = "html,pdf",
    data: Annotated[Path | None, typer.Option(help="Folder that holds <source>/<year>.csv or .xlsx.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder to publish in; by default reports/.")] = None,
    jobs: Annotated[
        int | None, typer.Option(help="Documents made at once; by default one a processor.")
    ] = None,
    project: Annotated[
        Path | None, typer.Option(help="The project's folder; by default found upwards.")
    ] = None,
) -> None:
    """Build an edition: the report in each language and format, its data, claims and manifest."""
    from portrait import building

    asked = building.plan(
        source=source,
        year=year,
        language=language,
        report=report,
        formats=[name.strip() for name in formats.split(",")],
        data=data or "",
        output=output or "",
        jobs=jobs,
        project=project,
    )
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=not sys.stderr.isatty(), transient=False) as progress:
        task = progress.add_task(f"{asked.source} {asked.year}", total=asked.n_steps)

        def notify(step: str) -> None:
            progress.update(task, advance=1, description=f"{asked.source} {asked.year}  {step}")

        built = building.build(asked, notify=notify)
    for sentence in building.account(built):
        typer.echo(sentence)


@app.command()
def fetch(
    source: Annotated[str, typer.Option(help="Register, as named in data/reference/.")] = "quebec",
    year: Annotated[int | None, typer.Option(help="Year to fetch; by default all that are published.")] = None,
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

    from portrait import fetching
    from portrait.fetching import accounts
    from portrait.sources import find_project

    folder = project or find_project()
    if accept and files:
        raise WrongCall("--accept and --from do not go together.", "Bring the file first, then accept it.")
    if accept:
        fetched = fetching.accept(source, project=folder, year=year)
    elif files:
        fetched = fetching.bring(source, files, project=folder, year=year)
    else:
        fetched = fetching.fetch(source, project=folder, year=year)
    for each in fetched:
        typer.echo(accounts.account(each))
    for table in accounts.tables(fetched):
        Console().print(table)
    if any(each.state == fetching.CHANGED for each in fetched):
        raise typer.Exit(1)


def main() -> None:
    """Run the command; a refusal or a failure is one sentence and an exit status, never a traceback."""
    try:
        app()
    except PortraitError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_status)
