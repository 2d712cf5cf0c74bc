"""Say in one sentence why an edition has nothing to show, where a fact or a whole figure is missing.

A notebook opened in JupyterLab runs every cell, also those whose condition is false in this edition. A fact
that does not exist there is `Nothing`, and a figure or table drawn from it is `Nothing` too: JupyterLab shows
the reason, and a build refuses it, because the cell lacks a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import pandas as pd

from portrait.editions.edition import Edition
from portrait.errors import NotInEdition, Sentence
from portrait.language.phrases.sayable import Sayable
from portrait.storage.media_types import NOTHING

NO_EARLIER = Sentence("Aucune édition antérieure.", "No earlier edition.")
NO_FIELD = Sentence("Le fichier ne donne pas ce champ.", "The file does not give this field.")
NO_ROWS = Sentence("Rien à montrer pour cette édition.", "Nothing to show for this edition.")
RENAMED = "new names"
"""Code of the reason why portfolios are not compared: links show that one has another name than before."""

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Nothing:
    """What stands for a fact, figure or table that an edition does not have.

    It displays as its reason. Any other use raises `NotInEdition`, so that a sentence never prints it.

    Parameters
    ----------
    reason
        Why there is nothing, in both languages.
    language
        Language of the reader; both where it is not known.
    """

    def __init__(self, reason: Sentence, language: str = "") -> None:
        self.reason = reason
        self._text = reason.said(language) if language else f"{reason.fr} {reason.en}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {NOTHING: {"reason": self._text}, "text/plain": self._text}

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # what Python and IPython look for
            raise AttributeError(name)
        raise NotInEdition(self.reason)

    def _refuse(self, *_: Any) -> NoReturn:
        raise NotInEdition(self.reason)

    __bool__ = __iter__ = __len__ = __getitem__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _refuse


class Facts:
    """Facts of an edition, each `Nothing` where the edition does not have it."""

    if not TYPE_CHECKING:  # so that mypy still refuses a fact that is not declared

        def __getattribute__(self, name: str) -> Any:
            try:
                found = super().__getattribute__(name)
                if isinstance(found, Sayable) and found.reason is not None:
                    self.__dict__.setdefault("_absent", {})[name] = found
                return found
            except NotInEdition as error:
                if name.startswith("_"):  # a step of another fact, which then is `Nothing`
                    raise
                return Nothing(error.reason)


def absent_of(names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the facts that a notebook asked for and may not say, as the register keeps them.

    Parameters
    ----------
    names
        The names that the notebook defined.
    """
    return [
        {"fact": f"{name}.{fact}", "query": found.record(), "why": found.why}
        for name, facts in names.items()
        if isinstance(facts, Facts) and not name.startswith("_")
        for fact, found in sorted(facts.__dict__.get("_absent", {}).items())
    ]


def is_so(asked: Callable[[], Any]) -> bool:
    """Return whether what is asked holds; what asks for what the edition does not have does not hold."""
    try:
        return bool(asked())
    except NotInEdition:
        return False


def previous_of(edition: Edition) -> Edition:
    """Return the previous edition.

    Raises
    ------
    NotInEdition
        There is none.
    """
    if edition.previous is None:
        raise NotInEdition(NO_EARLIER)
    return edition.previous


def refuse_no_rows(table: pd.DataFrame) -> None:
    """Raise `NotInEdition` for a table without rows."""
    if table.empty:
        raise NotInEdition(NO_ROWS)


def or_nothing(show: _Function) -> _Function:
    """Have a figure or table function return `Nothing` where it is given nothing to show, or no row.

    `portrait.figures` and `portrait.tables` apply it to all their functions, which take the language.
    """
    declared = signature(show)

    @wraps(show)
    def shown(*arguments: Any, **named: Any) -> Any:
        given = declared.bind(*arguments, **named).arguments
        try:
            for argument in given.values():
                if isinstance(argument, Nothing):
                    raise NotInEdition(argument.reason)
            data = next(iter(given.values()))
            if isinstance(data, pd.DataFrame):
                refuse_no_rows(data)
            return show(*arguments, **named)
        except NotInEdition as error:
            return Nothing(error.reason, given["language"])

    return shown  # type: ignore[return-value]
