"""Warn where a notebook crosses two fields of reconstructed rows.

Such rows reproduce the totals of one field at a time. The tables that a notebook reads of an edition, and the
columns and filters made from them, record the fields that chose their rows or gave their values; a warning is
given where another field is added: `groupby`, `pivot_table`, `crosstab`, `value_counts`, ``[]``, ``loc``,
`query`, `set_index`, `drop_duplicates`, operators between columns, and figures of seaborn. Not followed:
renamed columns, methods with ``inplace=True``, and what leaves pandas (`zip` of two columns, `to_numpy`, a
loop over rows).
"""

from __future__ import annotations

import functools
import re
import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.core.indexing import _LocIndexer

from portrait.ingest.initiatives import HARMONISED

if TYPE_CHECKING:
    from portrait.editions.edition import Edition

_FIELDS = {field: field for field in HARMONISED}
_FIELDS |= {f"{field}_published": field for field in HARMONISED} | {"portfolio_folded": "portfolio"}
"""Column -> field that it says something of."""


class CrossedFields(UserWarning):
    """Two fields crossed on reconstructed rows: counts that nobody published."""


warnings.filterwarnings("always", category=CrossedFields)  # a cell run again warns again


def warns_notebooks(edition: type[Edition]) -> type[Edition]:
    """Have notebooks and scripts read the tables of an edition with warnings, the package without."""
    for name, made in (("initiatives", None), ("all_initiatives", vars(edition)["all_initiatives"].func)):
        setattr(edition, name, _Table(name, made))
    return edition


class _Table:
    """A table of an edition, as whoever reads it is to have it.

    Parameters
    ----------
    name
        The attribute that holds the table.
    made
        What computes it when it is first read; ``None`` for a field of the edition.
    """

    def __init__(self, name: str, made: Callable[[Edition], pd.DataFrame] | None) -> None:
        self.name, self.made = name, made

    def __set__(self, edition: Edition, table: pd.DataFrame) -> None:
        vars(edition)[self.name] = table

    def __get__(self, edition: Edition | None, owner: type[Edition]) -> Any:
        if edition is None:
            return self
        held = vars(edition)
        if self.name not in held and self.made:
            held[self.name] = self.made(edition)
        table, reader = held[self.name], sys._getframe(1).f_globals.get("__name__")
        return watched(table, edition) if reader == "__main__" and edition.reconstructed else table


def watched(table: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return a table of an edition that warns where two of its fields are crossed."""
    _watch_crosstab()
    _watch_seaborn()
    rows = WatchedRows(table)
    return rows if edition.part is None else rows.of_fields(frozenset({"portfolio"}))


class _Watched:
    """A table or a column that knows the fields that chose its rows or gave its values."""

    fields: frozenset[str] = frozenset()

    def __finalize__(self, other: Any, *args: Any, **kwargs: Any) -> Any:
        own = self.fields
        super().__finalize__(other, *args, **kwargs)  # type: ignore[misc]
        self.fields = _joined(own, _fields_of(other))
        return self

    def of_fields(self, *fields: frozenset[str]) -> Any:
        """Return the same as chosen by all these fields too; warn where that crosses some."""
        chosen = self.copy(deep=False)  # type: ignore[attr-defined]
        chosen.fields = functools.reduce(_joined, fields, self.fields)
        return chosen

    def groupby(self, by: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Group the same as chosen by the fields of its keys."""
        chosen = self.of_fields(*(_fields_of(each) | _of_column(each) for each in _listed(by)))
        return super(_Watched, chosen).groupby(by, *args, **kwargs)  # type: ignore[misc]

    @property
    def loc(self) -> Any:
        """The indexer of pandas, which chooses by the fields of its filters."""
        return _Loc("loc", self)


class WatchedRows(_Watched, pd.DataFrame):
    """Reconstructed rows, or some of them."""

    _metadata = ["fields"]  # noqa: RUF012

    @property
    def _constructor(self) -> Any:
        return WatchedRows

    @property
    def _constructor_sliced(self) -> Any:
        return WatchedColumn

    def __getitem__(self, key: Any) -> Any:
        found = pd.DataFrame.__getitem__(self.of_fields(_fields_of(key)), key)
        return found.of_fields(_of_column(key)) if isinstance(found, WatchedColumn) else found

    def query(self, expr: str, *args: Any, **kwargs: Any) -> Any:
        """Choose rows by an expression, as chosen by the fields that it names."""
        kwargs["level"] = kwargs.get("level", 0) + 1  # whose variables “@name” are
        if kwargs.get("inplace"):
            return super().query(expr, *args, **kwargs)
        found = WatchedRows(pd.DataFrame(self).query(expr, *args, **kwargs))
        return found.of_fields(self.fields, *map(_of_column, re.findall(r"\w+", expr)))

    def set_index(self, keys: Any, *args: Any, **kwargs: Any) -> Any:
        """Give rows an index, as chosen by the fields in it: a value of the index chooses rows."""
        chosen = self if kwargs.get("inplace") else self.of_fields(*map(_of_column, _listed(keys)))
        return super(_Watched, chosen).set_index(keys, *args, **kwargs)  # type: ignore[misc]

    def drop_duplicates(self, subset: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Keep the first of rows that are alike, as chosen by the fields in which they are."""
        chosen = self if kwargs.get("inplace") else self.of_fields(*map(_of_column, _listed(subset)))
        return super(_Watched, chosen).drop_duplicates(subset, *args, **kwargs)  # type: ignore[misc]


class WatchedColumn(_Watched, pd.Series):
    """A column of reconstructed rows, or what was computed from it."""

    _metadata = ["_name", "fields"]  # noqa: RUF012

    @property
    def _constructor(self) -> Any:
        return WatchedColumn

    @property
    def _constructor_expanddim(self) -> Any:
        return WatchedRows

    def __getitem__(self, key: Any) -> Any:
        return pd.Series.__getitem__(self.of_fields(_fields_of(key)), key)


class _Loc(_LocIndexer):
    def __getitem__(self, key: Any) -> Any:
        asked = key if isinstance(key, tuple) else (key,)
        chosen = self.obj.of_fields(*map(_fields_of, asked))  # type: ignore[attr-defined]
        return _LocIndexer("loc", chosen)[key]  # type: ignore[index]


def _fields_of(value: Any) -> frozenset[str]:
    return value.fields if isinstance(value, _Watched) else frozenset()


def _of_column(name: Any) -> frozenset[str]:
    return frozenset({_FIELDS[name]}) if isinstance(name, str) and name in _FIELDS else frozenset()


def _listed(keys: Any) -> list[Any]:
    return keys if isinstance(keys, list) else [keys]


def _joined(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Return the fields of both; warn if that crosses fields which neither of them crossed already."""
    fields = some | others
    if len(fields) > 1 and fields not in (some, others):
        _warn(fields)
    return fields


def _warn(fields: frozenset[str]) -> None:
    crossed = [each for each in HARMONISED if each in fields]
    names, quoted = " × ".join(crossed), ", ".join(f'"{each}"' for each in crossed)
    message = (
        f"{names} : lignes reconstituées d’après les totaux d’un champ à la fois; ce croisement n’est pas "
        f"publié, le hasard en a décidé.\n{names}: rows reconstructed from the totals of one field at a "
        f"time; this crossing is not published, chance decided it.\n→ edition.detail({quoted})"
    )
    frame, level = sys._getframe(1), 2
    while frame.f_back and frame.f_globals.get("__name__", "").startswith(
        ("pandas.", "portrait.", "seaborn.")
    ):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, CrossedFields, stacklevel=level)


def _watch_crosstab() -> None:
    """Have `pandas.crosstab` warn too: it takes columns apart before anything of theirs is called."""
    plain = pd.crosstab
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def crosstab(index: Any, columns: Any, *args: Any, **kwargs: Any) -> pd.DataFrame:
        functools.reduce(_joined, map(_fields_of, [*_listed(index), *_listed(columns)]))
        return plain(index, columns, *args, **kwargs)

    pd.crosstab = crosstab


def _watch_seaborn() -> None:
    """Have a figure of seaborn warn too, where it is imported: it draws columns by their names."""
    module = sys.modules.get("seaborn._core.data")
    if module is None or hasattr(module.PlotData.__init__, "__wrapped__"):
        return
    plain = module.PlotData.__init__

    @functools.wraps(plain)
    def begin(self: Any, data: Any, variables: Any) -> None:
        drawn = [*(variables or {}).values()]
        named = map(_of_column, drawn) if isinstance(data, _Watched) else ()
        functools.reduce(_joined, [*map(_fields_of, drawn), *named], _fields_of(data))
        plain(self, data, variables)

    module.PlotData.__init__ = begin
