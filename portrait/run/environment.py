"""Make the process of a notebook reproducible, without messages of its own, and strict about NaN."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

CALM = {
    # The kernel must not run the user's startup file.
    "PYTHONSTARTUP": "",
    # Modules of the current folder must not be imported: one could replace a library, and a document built
    # with it would not be rebuilt when it changes.
    "PYTHONSAFEPATH": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PORTRAIT_ENGINE": "1",  # `facts.papermill` looks for it
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",  # of Typst
}
"""Environment variables of a process that runs notebooks: fixed order of sets, one thread per library."""

SILENCE_MATPLOTLIB_ON_ITS_CACHE = """
def _silence():
    import logging

    of_itself = (
        "Matplotlib is building the font cache",
        "Matplotlib created a temporary cache directory",
        "is not a writable directory",
        "mkdir -p failed for path",
    )
    def is_news(record):
        return not any(said in str(record.msg) for said in of_itself)

    for name in ("matplotlib", "matplotlib.font_manager"):
        logging.getLogger(name).addFilter(is_news)


_silence()
del _silence
"""
"""Code run first in the process of a notebook. Warnings about fonts or deprecations are still shown."""

STRICT = "from portrait.run.environment import be_strict\nbe_strict(get_ipython())\ndel be_strict"
"""Code run first in a kernel."""


def as_json(content: Any) -> Any:
    """Return values as a kernel's message encodes them: tuples as lists, dates as text.

    Raises
    ------
    ValueError, TypeError
        JSON cannot represent a value, such as NaN or an unpaired surrogate.
    """
    from jupyter_client.jsonutil import json_default

    text = json.dumps(content, default=json_default, allow_nan=False, ensure_ascii=False)
    return json.loads(text.encode())


_JSON_FORM = re.compile(r"application/(.*\+)?json")


def as_output(content: Mapping[str, Any]) -> Any:
    """Return an output as a kernel's message encodes it, if a notebook can store it.

    Raises
    ------
    ValueError, TypeError
        JSON cannot represent a value, or the notebook format requires text instead.
    """
    output = as_json(content)
    for form, shown in output["data"].items():
        texts = shown if isinstance(shown, list) else [shown]
        if not _JSON_FORM.fullmatch(form) and not all(isinstance(each, str) for each in texts):
            raise TypeError(f"{form} must be text, not {shown!r}")
    if not isinstance(output["metadata"], dict):
        raise TypeError(f"metadata must be a dict, not {output['metadata']!r}")
    return output


def answers_as_json(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the replies to expressions as JSON values; an error replaces a value JSON cannot represent."""
    encoded = {}
    for name, answer in answers.items():
        try:
            encoded[name] = as_json(answer)
        except (TypeError, ValueError) as error:
            encoded[name] = {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
    return encoded


def be_strict(shell: Any) -> None:
    """Make a kernel refuse outputs and values with NaN, which it would otherwise send as the text “nan”.

    It also refuses outputs that a notebook cannot store: those would fail later, without the name of a cell.
    """

    def refuse(message: Any) -> Any:
        check = as_output if "data" in message["content"] else as_json
        check(message["content"])
        return message

    for shown in (shell.display_pub, shell.displayhook):
        shown.register_hook(refuse)
    evaluate = shell.user_expressions
    shell.user_expressions = lambda asked: answers_as_json(evaluate(asked))
