"""A table is made when it is asked for, once, and another process has all of them."""

from __future__ import annotations

import pickle

import pandas as pd

from portrait.facts.text_tables import LazyTables


def test_a_table_is_made_when_it_is_first_asked_for_and_never_again() -> None:
    made = []

    def links() -> pd.DataFrame:
        made.append("links")
        return pd.DataFrame({"row": ["1"]})

    tables = LazyTables({"links": links, "themes": pd.DataFrame})
    assert (list(tables), len(tables), made) == (["links", "themes"], 2, [])
    assert tables["links"] is tables["links"]
    assert made == ["links"]


def test_another_process_has_every_table() -> None:
    tables = LazyTables({"links": lambda: pd.DataFrame({"row": ["1"]}), "themes": pd.DataFrame})
    found = pickle.loads(pickle.dumps(tables))
    assert type(found) is dict
    assert {name: [*table.columns] for name, table in found.items()} == {"links": ["row"], "themes": []}
