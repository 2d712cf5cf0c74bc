"""Read the JSON of notebook files, each content parsed once a process."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from portrait.errors import Sentence


@lru_cache(maxsize=128)  # a build asks it for checksums in each language, then proofreads the notebook
def notebook_json(content: bytes) -> Any:
    """Return what the file of a notebook holds; nobody may change it.

    Raises
    ------
    ValueError, RecursionError
        It is not JSON text.
    """
    return json.loads(content)


CONFLICT = re.compile(r"^(?:<{7}(?: .*)?|\|{7}(?: .*)?|={7}|>{7}(?: .*)?)$", re.MULTILINE)
"""A line that git or nbdime writes around two versions of a text."""


def conflict_in(source: str) -> Sentence | None:
    """Return what to do about the first mark of a conflict in a cell; what follows it cannot be judged."""
    found = CONFLICT.search(source)
    if not found:
        return None
    if found[0] == source.strip():
        return Sentence(
            f"elle est la marque d’un conflit de git (« {found[0]} ») : gardez les cellules voulues, de l’un "
            "et de l’autre côté, et supprimez celle-ci",
            f"it is a conflict marker of git (“{found[0]}”): keep the cells that you want, of either side, "
            "and delete this one",
        )
    line = source.count("\n", 0, found.start()) + 1
    return Sentence(
        f"la ligne {line} est la marque d’un conflit de git ou de nbdime (« {found[0]} ») : gardez une "
        "des deux versions et enlevez ces marques",
        f"line {line} is a conflict marker of git or nbdime (“{found[0]}”): keep one of the two versions "
        "and remove these markers",
    )


KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
"""The kernel that the metadata of a notebook name, as papermill looks for it."""


def names_kernel(metadata: Mapping[str, Any]) -> bool:
    """Return whether the metadata of a notebook name `KERNELSPEC`, under whatever title."""
    found = metadata.get("kernelspec", {})
    return all(found.get(key) == KERNELSPEC[key] for key in ("name", "language"))


REVIEW = "french"
"""Key of a cell's metadata, below ``portrait``: which French its English was reviewed against."""


def without_review(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata of a cell without the mark of its review, on which no document depends.

    >>> without_review({"tags": ["en"], "portrait": {"french": "8d2f63fa1c07"}})
    {'tags': ['en']}
    """
    own = {key: value for key, value in metadata.get("portrait", {}).items() if key != REVIEW}
    others = {key: value for key, value in metadata.items() if key != "portrait"}
    return {**others, "portrait": own} if own else others
