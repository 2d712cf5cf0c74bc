"""Refuse to publish an edition on statuses or categories that nobody recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from portrait.build.plan import Plan
from portrait.checks.values import FREE_TEXT
from portrait.errors import Sentence
from portrait.proofread.refusal import NotFitToPublish
from portrait.registers.source import LONGEST_LIST

_REFUSED = Sentence(
    "Rien n’a été construit : des libellés ne sont pas consignés (nombre de lignes).",
    "Nothing was built: labels are not recorded (number of rows).",
)


def refuse_unrecorded(labels: Iterable[Mapping[str, Any]], asked: Plan) -> None:
    """Refuse an edition with labels outside of the closed lists.

    Parameters
    ----------
    labels
        As `checks.unrecorded.unrecorded_labels` returns them.

    Raises
    ------
    NotFitToPublish
        There is one; the message gives each, and the command that records them.
    """
    labels = [*labels]
    found = [
        Sentence(
            f"- {each['field']} : « {each['label']} » ({each['n_rows']})",
            f"- {each['field']}: “{each['label']}” ({each['n_rows']})",
        )
        for each in labels
    ]
    if not found:
        return
    if max(Counter(each["field"] for each in labels).values()) > LONGEST_LIST:
        raise NotFitToPublish(_REFUSED, found, FREE_TEXT)
    data = f" --data {asked.data}" if asked.data else ""
    command = f"portrait review --source {asked.source} --edition {asked.edition}{data}"
    raise NotFitToPublish(
        _REFUSED,
        found,
        Sentence(
            f"Consignez-les avec « {command} », puis relancez; avec --draft, une ébauche les montre à "
            "classer.",
            f"Record them with “{command}”, then run the command again; with --draft, a draft shows them as "
            "to classify.",
        ),
    )
