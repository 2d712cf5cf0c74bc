"""Published tables, each cell as text, made when a fact asks for them: most facts count from two of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from portrait.facts.schema import NO, YES, columns_of

Rows = pd.DataFrame | list[dict[str, Any]]


class LazyTables(Mapping[str, pd.DataFrame]):
    """Tables by name, each made when it is first asked for; another process has all of them as a `dict`.

    Parameters
    ----------
    make
        What makes each table, by its name.
    """

    def __init__(self, make: Mapping[str, Callable[[], pd.DataFrame]]) -> None:
        self._make = make
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            self._made[name] = self._make[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._make

    def __iter__(self) -> Iterator[str]:
        return iter(self._make)

    def __len__(self) -> int:
        return len(self._make)

    def __reduce__(self) -> tuple[type[dict[str, pd.DataFrame]], tuple[dict[str, pd.DataFrame]]]:
        return dict, (dict(self),)


def as_text(rows: Rows, name: str) -> pd.DataFrame:
    """Return the rows of a table as texts in its declared columns.

    What is missing is empty, a boolean ``yes`` or ``no``.
    """
    columns = columns_of(name)
    if not isinstance(rows, pd.DataFrame):
        return pd.DataFrame({each: [_text(row.get(each)) for row in rows] for each in columns}, dtype=str)
    table = rows.reindex(columns=columns).reset_index(drop=True)
    return pd.DataFrame({column: _texts(table[column]).array for column in columns}, dtype=str)


def _texts(values: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: YES, False: NO}).astype(str)
    if pd.api.types.is_integer_dtype(values) and values.notna().all():
        return values.astype(str)
    if isinstance(values.dtype, pd.StringDtype):
        return values.fillna("")
    return values.astype(object).where(values.notna(), "").map(_text).astype(str)


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return repr(value) if isinstance(value, float) else str(value)
