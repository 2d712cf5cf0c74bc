"""List what the program says of itself, for the notebooks of the handbook: names, each with its docstring."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from types import ModuleType
from typing import Any

from portrait.language.locales import choose


@dataclass(frozen=True)
class Entry:
    """A name, what it is in one line, and its whole description."""

    name: str
    summary: str
    description: str


@dataclass(frozen=True)
class Reference:
    """Entries that a notebook shows as a list, each with its description folded.

    Attributes
    ----------
    title
        What is listed, in the language of the reader; entries are in English, as in the code.
    """

    title: str
    entries: tuple[Entry, ...]

    def __repr__(self) -> str:
        return "\n".join([self.title, *(f"{each.name}: {each.summary}" for each in self.entries)])

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.title)}</p>" + "".join(map(_folded, self.entries))


def _folded(entry: Entry) -> str:
    head = f"<code>{escape(entry.name)}</code> {escape(entry.summary)}"
    folded = f'<pre tabindex="0">{escape(entry.description)}</pre>'
    return f'<details lang="en"><summary>{head}</summary>{folded}</details>'


def public_names(module: ModuleType, language: str) -> Reference:
    """Return the public functions, classes and constants of a room, each with its docstring."""
    public = {name: getattr(module, name) for name in module.__all__}
    called = [_called(name, each) for name, each in public.items() if callable(each)]
    values = {name: f"= {each!r}" for name, each in public.items() if not callable(each)}
    constants = [Entry(name, value, f"{name} {value}") for name, value in values.items()]
    title = choose(language, "Les noms publics de {0} :", "The public names of {0}:")
    return Reference(title.format(module.__name__), (*called, *constants))


def members(thing: Any, language: str) -> Reference:
    """Return the public attributes and methods of a class or of an object, each with its docstring."""
    kind = thing if isinstance(thing, type) else type(thing)
    title = choose(language, "Ce que donne {0} :", "What {0} gives:").format(kind.__name__)
    return Reference(title, tuple(_members(kind)))


def _members(kind: type) -> Iterable[Entry]:
    for name in dir(kind):
        found = inspect.getattr_static(kind, name)
        described = inspect.getdoc(found)
        if not name.startswith("_") and described and (callable(found) or hasattr(found, "__get__")):
            yield _called(name, found) if inspect.isfunction(found) else _entry(name, described)


def _called(name: str, thing: Any) -> Entry:
    given = [] if isinstance(thing, type) else inspect.signature(thing).parameters
    arguments = "" if isinstance(thing, type) else f"({', '.join(each for each in given if each != 'self')})"
    return _entry(f"{name}{arguments}", inspect.getdoc(thing) or "")


def _entry(name: str, described: str) -> Entry:
    return Entry(name, described.partition("\n\n")[0].replace("\n", " "), described)
