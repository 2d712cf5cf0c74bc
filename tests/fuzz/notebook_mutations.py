"""Seeded mutations of a notebook, and what proofreading and a build do with each.

    python -m tests.fuzz.notebook_mutations 250

The document is made, or the notebook is refused with its cell and a fix. Each runs in a process forked for
it, as in a build.
"""

from __future__ import annotations

import io
import os
import pickle
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import nbformat

from portrait.build.job import Failed, Task, make_document
from portrait.build.processes import mark_as_own
from portrait.language.locales import LANGUAGES
from portrait.proofread.problems import problems_of_file, told
from tests import small
from tests.fuzz.json_mutations import VALUES, json_mutant
from tests.fuzz.outcomes import Outcome, main, outcome_of

MOST_SECONDS = 60
"""By the clock, on a busy machine; a process that takes longer is killed, and its mutation is wrong."""

OPEN = """\
from portrait.facts import front_matter
from portrait.editions.opening import open_edition
from portrait.language.phrases import Phrases
from portrait import tables
edition = open_edition(source, year, data=data)
p = Phrases(language)
front_matter.cover(edition, language)"""
CELLS = (
    (
        "code",
        "parameters",
        'source = "quebec"\nyear = 2025\nlanguage = "fr"\ndata = "files"',
        ("parameters",),
    ),
    ("code", "open", OPEN, ()),
    (
        "markdown",
        "first-fr",
        "# Essai\n\nOn compte {eval}`p.number(len(edition.initiatives))` lignes.",
        ("fr",),
    ),
    (
        "markdown",
        "first-en",
        "# Trial\n\nThere are {eval}`p.number(len(edition.initiatives))` rows.",
        ("en",),
    ),
    (
        "markdown",
        "when",
        "<!-- when: year > 2024 -->\n## Suite\n\n[A](https://example.org), *fin* et $x$, [](#tab-glossary).",
        (),
    ),
    ("code", "value", "# when: len(edition.initiatives) > 0\ntables.glossary(edition, language)", ()),
    (
        "markdown",
        "end",
        "| a | b |\n|---|---|\n| 1 | {eval}`p.number(2)` |\n\n- un\n- deux[^1]\n\n[^1]: Note.",
        (),
    ),
)
CONDITIONS = (
    *("", "1/0", "x", "year >", "True\nFalse", "(" * 500, "lambda: 1", "-->", "not not year", "'\\x00'"),
    *("__import__('sys').exit(3)", "[][0]", "year and", "{eval}`1`", "é", "9**9", "type('N', (), {})()"),
)
EXPRESSIONS = (
    *("1/0", "", "p", "p.number", "p.number(None)", "p.number(float('nan'))", "None", "[]", "edition", "'`'"),
    *(
        "p.number(10**400)",
        "'*a* <b>#x $'",
        "'\\x00\\ud800'",
        "x y",
        "(",
        "'a' * 10**6",
        "print(1)",
        "exit()",
    ),
    *("p.percent(2)", "raise", "1; 2", "{}", "'|'", "'\\n\\n# Titre'", "open('/nowhere')", "2**70", "True"),
)
CODES = (
    *(
        "1/0",
        "raise SystemExit",
        "raise KeyboardInterrupt",
        "exit()",
        "import nowhere",
        "def",
        "%magic",
        "!true",
    ),
    *(
        "print('a' * 10**6)",
        "raise BaseException",
        "x = [",
        "\\",
        "'\\ud800'",
        "?",
        "p??",
        "%%html\n<b>",
        "del p",
    ),
    *("from IPython.display import display\ndisplay({'text/html': '<script>alert(1)</script>'}, raw=True)",),
    *("from IPython.display import display\ndisplay({'image/png': 'not base64'}, raw=True)",),
    *("from IPython.display import display\ndisplay({'image/svg+xml': '<svg'}, raw=True)",),
    *("from IPython.display import display\ndisplay({'application/json': object()}, raw=True)",),
    *(
        "from IPython.display import display\ndisplay({}, raw=True)",
        "import sys; sys.stderr.write('\\x1b[31m')",
    ),
    *("from IPython.display import display\ndisplay({'text/markdown': '# A {eval}`1/0` [^x]'}, raw=True)",),
    *("from IPython.display import display\ndisplay({'application/vnd.portrait.figure+json': 3}, raw=True)",),
    *("import warnings; warnings.warn('x')", "raise ExceptionGroup('g', [ValueError('\\ud800')])"),
)
PROSE = (
    *(
        "[^1]",
        "[^1]: a",
        "[](#fig-none)",
        "# " * 50,
        "#" * 9 + " x",
        "<div>",
        "```",
        "~~~\n",
        "$$\n\\frac{",
        "$\\x$",
    ),
    *("![](x.png)", "![a](data:image/png;base64,AAAA)", "[a](javascript:alert(1))", "> " * 200, "- " * 200),
    *(
        "*" * 2000,
        "| a |\n|---|\n" + "| b " * 300,
        "\u202e",
        "\x00",
        "<!-- when: -->",
        "<!--",
        "::: {note}",
        "&#0;",
    ),
    *("{eval}`1", "{eval}``1``", "{{eval}}`1`", "{eval} `1`", "\\", "[a]: <", "<script>", "(#x)=", "\ud7ff"),
)
IDENTIFIERS = ("", "open", "a b", "../x", "é", "x" * 65, "x" * 64, "portrait-failure", "parameters", 3, None)
TAGS: tuple[Any, ...] = (
    "fr",
    "en",
    "parameters",
    "annex",
    "unnumbered",
    "internal",
    "injected-parameters",
    3,
    None,
)
OUTPUTS: tuple[Any, ...] = (
    {"output_type": "stream", "name": "stdout", "text": "a"},
    {"output_type": "error", "ename": "x", "evalue": "y", "traceback": [3]},
    {"output_type": "display_data", "data": {"image/png": "x"}, "metadata": {}},
    {"output_type": "execute_result", "data": None, "metadata": {}, "execution_count": "x"},
    {"output_type": "nothing"},
    3,
)


def write_notebook(path: Path) -> None:
    """Write the notebook that is mutated."""
    new = {"code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell}
    cells = [
        new[kind](source, id=name, metadata={"tags": list(tags)} if tags else {})
        for kind, name, source, tags in CELLS
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


# Mutations

Change = Callable[[Any, Random], None]


def _cell(notebook: Any, chance: Random, kind: str = "") -> Any:
    """Return a cell of a kind; an empty one where there is none."""
    cells = [each for each in _cells(notebook) if not kind or each.get("cell_type") == kind]
    return chance.choice(cells) if cells else {}


def _cells(notebook: Any) -> list[Any]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    return [each for each in cells if isinstance(each, dict)] if isinstance(cells, list) else []


def _condition(notebook: Any, chance: Random) -> None:
    cell, condition = _cell(notebook, chance), chance.choice(CONDITIONS)
    head = f"# when: {condition}\n" if cell.get("cell_type") == "code" else f"<!-- when: {condition} -->\n"
    cell["source"] = head + str(cell.get("source", ""))


def _expression(notebook: Any, chance: Random) -> None:
    cell = _cell(notebook, chance, "markdown")
    expression = f" {{eval}}`{chance.choice(EXPRESSIONS)}` "
    cell["source"] = _with(str(cell.get("source", "")), expression, chance)


def _prose(notebook: Any, chance: Random) -> None:
    cell = _cell(notebook, chance, "markdown")
    cell["source"] = _with(
        str(cell.get("source", "")), chance.choice(("", "\n\n")) + chance.choice(PROSE), chance
    )


def _code(notebook: Any, chance: Random) -> None:
    cell = _cell(notebook, chance, "code")
    cell["source"] = _with(str(cell.get("source", "")), f"\n{chance.choice(CODES)}\n", chance, at_a_line=True)


def _with(text: str, added: str, chance: Random, *, at_a_line: bool = False) -> str:
    places = [0, len(text)] + [n + 1 for n, each in enumerate(text) if each == "\n" or not at_a_line]
    place = chance.choice(places)
    return text[:place] + added + text[place:]


def _output(notebook: Any, chance: Random) -> None:
    cell = _cell(notebook, chance, chance.choice(("code", "code", "markdown")))
    cell["outputs"] = [chance.choice(OUTPUTS) for _ in range(chance.choice((1, 2)))]
    cell["execution_count"] = chance.choice((None, 1, -1, "x", 2**70))


def _identifier(notebook: Any, chance: Random) -> None:
    _cell(notebook, chance)["id"] = chance.choice(IDENTIFIERS)


def _tag(notebook: Any, chance: Random) -> None:
    _cell(notebook, chance)["metadata"] = {
        "tags": [chance.choice(TAGS) for _ in range(chance.choice((1, 2)))]
    }


def _metadata(notebook: Any, chance: Random) -> None:
    holder = chance.choice((notebook, _cell(notebook, chance)))
    if isinstance(holder, dict):
        value = chance.choice((chance.choice(VALUES), {"language": "fr"}, {"declared": [3]}, {"french": 3}))
        holder["metadata"] = {chance.choice(("portrait", "papermill", "tags", "kernelspec")): value}


CHANGES: dict[str, Change] = {
    "condition": _condition,
    "expression": _expression,
    "prose": _prose,
    "code": _code,
    "output": _output,
    "id": _identifier,
    "tag": _tag,
    "metadata": _metadata,
}


def mutated(content: bytes, chance: Random) -> tuple[str, bytes]:
    """Return the kind of a mutation, and the notebook."""
    kind = chance.choice(("bytes or structure", *CHANGES))
    if kind == "bytes or structure":
        return kind, json_mutant(content, chance)
    parsed = nbformat.reads(content.decode(), as_version=4)
    for _ in range(chance.choice((1, 1, 2))):
        CHANGES[kind](parsed, chance)
    return kind, nbformat.v4.writes(parsed, split_lines=False).encode("utf-8", "surrogatepass")


# What is done with them


def use(project: Path, chance: Random) -> None:
    """Proofread a notebook, then make its document, as a build does in a forked process."""
    found = problems_of_file(project / "notebooks" / "quality.ipynb")
    assert all(told([("quality.ipynb", each) for each in found], language) for language in LANGUAGES if found)
    language = chance.choice(("fr", "en"))
    parameters = {"source": "quebec", "year": 2025, "data": "files"}
    formats = ("html", "pdf") if chance.random() < 0.1 else ("html",)
    made = make_document(Task(project, "quality", "quality", language, parameters, formats), None)
    if isinstance(made, Failed):
        raise made.reason


def apart(action: Callable[[], Outcome]) -> Outcome:
    """Do something in a forked process; one that dies or does not end is an outcome, too."""
    answer = Path(tempfile.mkstemp(prefix="portrait-fuzz-")[1])
    child = os.fork()
    if not child:
        with suppress(BaseException):
            signal.alarm(MOST_SECONDS)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            sys.stdin = io.StringIO()
            mark_as_own()
            answer.write_bytes(pickle.dumps(action()))
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    content = answer.read_bytes()
    answer.unlink()
    return pickle.loads(content) if content else Outcome(f"process ended with {status}", 0.0)


def run(project: Path, seed: int) -> tuple[str, Outcome]:
    """Mutate the notebook of a project, use it, and return the kind of mutation and the outcome."""
    chance = Random(seed)
    path = project / "notebooks" / "quality.ipynb"
    write_notebook(path)
    try:
        kind, content = mutated(path.read_bytes(), chance)
    except Exception:  # the change broke what writes notebooks
        kind, content = "bytes or structure", json_mutant(path.read_bytes(), chance)
    path.write_bytes(content)
    return kind, apart(lambda: outcome_of(lambda: use(project, chance)))


def write_project(folder: Path) -> Path:
    """Write a project of two initiatives."""
    small.copy_references(folder)
    small.write_year(folder / "files", 2025, [small.row("Un"), small.row("Deux")])
    return folder


if __name__ == "__main__":
    sys.exit(main(write_project, run))
