"""Compute something of an edition once, and keep it with the edition, also for other processes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from portrait.editions.edition import Edition

_Computed = TypeVar("_Computed", bound=Callable[..., Any])


def once(name: str) -> Callable[[_Computed], _Computed]:
    """Keep in `Edition.found`, under a name, what a function of an edition returns the first time."""

    def keeping(compute: _Computed) -> _Computed:
        @wraps(compute)
        def kept(edition: Edition, *arguments: Any, **named: Any) -> Any:
            if name not in edition.found:
                edition.found[name] = compute(edition, *arguments, **named)
            return edition.found[name]

        return kept  # type: ignore[return-value]

    return keeping
