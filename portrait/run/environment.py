"""What keeps the process of a notebook the same on every machine, silent about itself, and strict."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

CALM = {
    # A file of the user's, which a kernel would run.
    "PYTHONSTARTUP": "",
    # A module that lies where the command is called, or beside the notebooks, is no part of the program: it
    # could take the place of a library, and a document made with it would not be made again when it changed.
    "PYTHONSAFEPATH": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
"""Environment of a process that runs notebooks: sets in one order, one thread for numerical libraries."""

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
"""Python that a process of a notebook runs first. A missing font or a deprecation is news, and stays."""

STRICT = "from portrait.run.environment import be_strict\nbe_strict(get_ipython())\ndel be_strict"
"""Python that a kernel runs first."""


def as_json(content: Any) -> Any:
    """Return plain values as a kernel's message brings them: lists for tuples, texts for dates.

    Raises
    ------
    ValueError, TypeError
        JSON has nothing for a part of it, such as NaN or half a character.
    """
    from jupyter_client.jsonutil import json_default

    text = json.dumps(content, default=json_default, allow_nan=False, ensure_ascii=False)
    return json.loads(text.encode())


_JSON_FORM = re.compile(r"application/(.*\+)?json")


def as_output(content: Mapping[str, Any]) -> Any:
    """Return what code shows as a kernel's message brings it, where a notebook has a place for it.

    Raises
    ------
    ValueError, TypeError
        JSON has nothing for a part of it, or it is no text where a notebook holds texts.
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
    """Return what expressions gave as a message brings it, an error for each that JSON cannot say."""
    said = {}
    for name, answer in answers.items():
        try:
            said[name] = as_json(answer)
        except (TypeError, ValueError) as error:
            said[name] = {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
    return said


def be_strict(shell: Any) -> None:
    """Have a kernel fail what shows or says NaN and the like, which it would send as the text “nan”.

    It would send, too, what no notebook holds: the notebook would fail, and name no cell.
    """

    def refuse(message: Any) -> Any:
        check = as_output if "data" in message["content"] else as_json
        check(message["content"])
        return message

    for shown in (shell.display_pub, shell.displayhook):
        shown.register_hook(refuse)
    evaluate = shell.user_expressions
    shell.user_expressions = lambda asked: answers_as_json(evaluate(asked))
