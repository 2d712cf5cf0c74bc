"""The program: its verbs, and how it ends."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import portrait
from portrait.cli import decisions, files, reports
from portrait.errors import PortraitError

app = typer.Typer(
    name="portrait",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _verb in (
    decisions.init,
    reports.build,
    reports.preview,
    reports.lab,
    reports.handbook,
    files.check,
    files.fetch,
    files.verify,
    files.trace,
    files.compare,
    decisions.review,
    reports.release,
    reports.site,
    decisions.new_year,
    decisions.new_source,
    decisions.new,
    decisions.sources,
    decisions.proofread,
    decisions.format,
):
    app.command()(_verb)


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
    """Build the annual report on the adoption of AI across the portfolios of a public administration.

    `portrait VERB --help` describes a verb and its options. Exit status: 0 done; 1 something failed, or
    waits for a decision; 2 a wrong call, or an input that is refused. An error says what was found,
    where, and how to fix it.
    """


def main() -> None:
    """Run the command; a refusal or a failure is one sentence and an exit status, never a traceback."""
    try:
        app()
    except PortraitError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(
            f"{place}{error.strerror or error}. What this command had begun is undone: fix the cause, then "
            "run it again.",
            err=True,
        )
        sys.exit(1)
    except Exception as error:
        from portrait.storage.faults import in_words, keep_report

        told = in_words(error)
        keep_report(told)
        typer.echo(str(told), err=True)
        sys.exit(told.exit_status)
