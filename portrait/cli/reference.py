"""Show the help of verbs in a notebook of the handbook."""

from __future__ import annotations

from typing import Any

import typer

from portrait.errors import refuse_unknown
from portrait.handbook.reference import Entry, Reference
from portrait.language.locales import choose

_WIDTH = 88
"""Characters of a line of help."""


def verbs(language: str, *names: str) -> Reference:
    """Return what `--help` prints of the named verbs, or of all; made from the command line itself.

    Raises
    ------
    WrongCall
        There is no such verb.
    """
    from portrait.cli.main import app

    program: Any = typer.main.get_command(app)
    for name in names:
        refuse_unknown("verb", name, program.commands)
    asked = [program.commands[name] for name in names] or [*program.commands.values()]
    title = choose(
        language,
        "L’aide du programme (portrait VERBE --help) :",
        "The help of the program (portrait VERB --help):",
    )
    return Reference(title, tuple(map(_entry, asked)))


def _entry(command: Any) -> Entry:
    name = f"portrait {command.name}"
    context = command.context_class(command, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH)
    return Entry(name, command.get_short_help_str(limit=200), command.get_help(context))
