"""Read the JSON of notebook files, each content parsed once a process."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=128)  # a build asks it for checksums in each language, then proofreads the notebook
def notebook_json(content: bytes) -> Any:
    """Return what the file of a notebook holds; nobody may change it.

    Raises
    ------
    ValueError, RecursionError
        It is not JSON text.
    """
    return json.loads(content)
