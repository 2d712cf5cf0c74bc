"""Refuse to publish an edition on statuses or categories that nobody recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from portrait.build.plan import Plan
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
    counts = Counter(each["field"] for each in labels)
    if not counts:
        return
    from portrait.checks.values import FREE_TEXT  # imports pandas

    free = {field for field, n in counts.items() if n > LONGEST_LIST}
    mends = [Sentence(f"{field} : {FREE_TEXT.fr}", f"{field}: {FREE_TEXT.en}") for field in sorted(free)]
    if counts.keys() - free:
        mends.append(_recording(asked))
    found = [
        Sentence(
            f"- {each['field']} : « {each['label']} » ({each['n_rows']})",
            f"- {each['field']}: “{each['label']}” ({each['n_rows']})",
        )
        for each in sorted(labels, key=lambda each: each["field"] in free)
    ]
    mend = Sentence("\n".join(each.fr for each in mends), "\n".join(each.en for each in mends))
    raise NotFitToPublish(_REFUSED, found, mend)


def _recording(asked: Plan) -> Sentence:
    data = f" --data {asked.data}" if asked.data else ""
    command = f"portrait review --source {asked.source} --edition {asked.edition}{data}"
    return Sentence(
        f"Consignez-les avec « {command} », puis relancez; avec --draft, une ébauche les montre à classer.",
        f"Record them with “{command}”, then run the command again; with --draft, a draft shows them as "
        "to classify.",
    )
