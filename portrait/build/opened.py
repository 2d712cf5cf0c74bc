"""An edition opened once for all documents of a build, and handed to the processes that make them."""

from __future__ import annotations

import pickle
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from portrait.build.processes import apart
from portrait.language.periods import EditionId
from portrait.storage.garbage import uncollected

if TYPE_CHECKING:
    from portrait.editions.edition import Edition


class Opened:
    """An edition that is opened when it is first asked for.

    Parameters
    ----------
    source, year
        Which edition.
    data
        Folder of its files as seen from the project; empty for the project's own.
    project
        The project's folder.
    """

    def __init__(self, source: str, year: EditionId | str, data: str, project: Path) -> None:
        self.source, self.year, self.data, self.project = source, year, data, project

    @property
    def data_folder(self) -> Path | str:
        """Folder of its files; empty for the project's own."""
        return self.project / self.data if self.data else ""

    @cached_property
    def edition(self) -> Edition:
        """The edition, opened when it is first asked for; `content_of` computes its links."""
        with uncollected():
            from portrait.editions.opening import open_edition

            return open_edition(
                self.source,
                self.year,
                data=self.data_folder,
                project=self.project,
            )

    @cached_property
    def content(self) -> bytes:
        """The edition as bytes for another process of this program, with what documents share."""
        return bytes(apart(content_of, self))


def content_of(opened: Opened) -> bytes:
    """Return `Opened.content` from the edition that is open in this process."""
    from portrait.facts.portfolio import shared
    from portrait.facts.published import tables_of

    edition = opened.edition
    _ = edition.specimen.links if edition.reconstructed else edition.links
    # Each is made here once, for every chapter that counts from them, and before the edition is pickled:
    # what makes one keeps more with the edition, which may not grow meanwhile.
    dict(tables_of(edition))
    shared(edition)
    return pickle.dumps(edition, protocol=pickle.HIGHEST_PROTOCOL)


def adopt(content: bytes, data: str, project: Path) -> None:
    """Have `open_edition` return the edition that another process opened.

    Parameters
    ----------
    content
        `Opened.content`: only from a process of this program.
    data
        Folder of its files as seen from the project; empty for the project's own.
    """
    from portrait.editions.opening import hand_over

    edition = pickle.loads(content)  # noqa: S301 -- from our own process
    hand_over(edition, data=project / data if data else "", project=project)
