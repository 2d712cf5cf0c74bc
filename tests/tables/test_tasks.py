"""The table of tasks: a bar for each, as long as its titles."""

from pathlib import Path

from portrait import tables
from tests import small


def test_each_task_has_its_titles_and_their_share_of_all(tmp_path: Path) -> None:
    edition = small.edition_of(tmp_path, y2025=[small.row(f"Titre {n}") for n in range(20)])
    table = tables.tasks([("assistant", 5), ("translation", 4), ("detection", 1)], edition, "en")
    assert table.rows == (
        ("Chatbot or assistant", "5", "25.0%"),
        ("Translation", "4", "20.0%"),
        ("Detection", "1", "5.0%"),
    )
    assert table.bars == (5, 4, 1)
    assert table.caption.endswith("Tasks named in the most titles, 2025")
