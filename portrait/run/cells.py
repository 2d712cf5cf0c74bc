"""Run the cells of a notebook in order: evaluate conditions, run code, insert values into prose.

`kernel` runs the code in a Jupyter kernel, a separate process. `shell` runs it in the current process, which
was forked for that notebook. Both give the same outputs and the same errors.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict

from portrait.errors import FIX_CELL, NotebookFailed, NotInEdition, Sentence
from portrait.language import expressions
from portrait.language.conditions import split_condition, stray_condition
from portrait.language.expressions import Expression, Said, UnreadableExpression, UnsayableResult
from portrait.language.locales import LANGUAGES
from portrait.language.nouns import reworded
from portrait.run.content import conflict_in
from portrait.run.suggestions import suggestion

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_DIED = Sentence(
    "le noyau s’est arrêté : le système y a mis fin, ou une bibliothèque a planté",
    "the kernel died: the system ended it, or a library crashed",
)
_MACHINE = Sentence(
    "Recommencez; si la même cellule l’arrête encore, libérez de la mémoire ou cherchez ce qu’elle appelle.",
    "Build again; if the same cell ends it again, free memory, or look for what that cell calls.",
)
_SLOW = Sentence(
    "Recommencez quand la machine sera moins occupée; si c’est aussi lent, rendez la cellule plus rapide.",
    "Build again when the machine is less busy; if it is as slow then, make the cell faster.",
)
_ITS_OWN = Sentence("", "")
"""Fix of a message that holds its own."""
_NOT_OF_A_CELL = {
    "RefusedInput": _ITS_OWN,
    "RefusedReferences": _ITS_OWN,
    "WrongCall": _ITS_OWN,
    "MemoryError": Sentence("Libérez de la mémoire, puis recommencez.", "Free memory, then build again."),
    "KeyboardInterrupt": Sentence("Recommencez.", "Build again."),
}
"""What helps against errors for which a cell is not at fault, by their name."""
_NEXT_ERROR = re.compile(r"exception(?: occurred)?:\n")
"""Text between two errors in a traceback of chained exceptions."""
_ABSENT_FACTS = (
    "getattr(__import__('sys').modules.get('portrait.facts.nothing'), 'absent_of', lambda names: [])"
    "(globals())"
)
"""Expression that gives the facts which a notebook may not say; nothing where it opened none."""


_NOUNS = "edition.source.nouns(language)"
"""Expression that gives the nouns of the register, said in place of ours; an error before it is open."""


class Runner:
    """Runs the cells whose condition is true, and evaluates the expressions in prose cells.

    Attributes
    ----------
    nb
        The notebook.
    nb_man
        papermill's manager of the run.
    timeout
        Time limit of a cell, in seconds.
    """

    nb: NotebookNode
    nb_man: Any
    timeout: Any
    _nouns: dict[str, str] | None = None
    """The register's nouns by ours, once an edition is open."""
    _n_lines_removed: int = 0
    """Lines of the condition of a prose cell, which its source no longer holds as its values are asked."""

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> Any:
        """Run one code cell and keep its outputs.

        Raises
        ------
        CellExecutionError, CellTimeoutError, DeadKernelError
            As nbclient does.
        """
        raise NotImplementedError

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        """Evaluate expressions in the current namespace of the notebook.

        Parameters
        ----------
        asked
            Name -> expression.

        Returns
        -------
        dict
            Name -> Jupyter's reply to `user_expressions`: a MIME bundle, or an error.
        """
        raise NotImplementedError

    def run_cells(self) -> None:
        """Run the cells whose condition is true; remove the others."""
        index = 0
        while index < len(self.nb.cells):
            cell = self.nb.cells[index]
            self.nb_man.cell_start(cell, index)
            try:
                is_kept = self._run(cell, index)
            except BaseException:
                # Otherwise papermill would mark this cell and those after it as completed.
                self.nb_man.cell_exception(cell, cell_index=index)
                raise
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
            if is_kept:
                index += 1
            else:
                del self.nb.cells[index]
        self._keep_absent()

    def _keep_absent(self) -> None:
        """Keep the facts that the notebook asked for and may not say, in the metadata of its first cell."""
        if self.nb.cells:
            [result] = self._evaluate(self.nb.cells[0], [_ABSENT_FACTS])
            if found := ast.literal_eval(result["data"]["text/plain"]) if result["status"] == "ok" else []:
                self.nb.cells[0].metadata.setdefault("portrait", NotebookNode())["absent"] = from_dict(found)

    def _run(self, cell: NotebookNode, index: int) -> bool:
        """Run one cell and return whether it is kept; an error names its cell and line."""
        try:
            if not self._is_wanted(cell):
                return False
            if cell.cell_type == "markdown":
                self._insert_values(cell)
            elif cell.cell_type == "code":
                self.execute_cell(cell, index)
                self._fail_on_errors_shown(cell)
        except CellExecutionError as error:
            place = "" if error.ename in _NOT_OF_A_CELL else _place_of(error.traceback)
            reason = _reason(error.ename, error.evalue + place)
            mend = self._mend(cell, error.ename, error.evalue, cell.source)
            raise self._failure(cell, _line_of(error.traceback), reason, mend=mend) from error
        except DeadKernelError as error:
            raise self._failure(cell, None, _DIED, mend=_MACHINE) from error
        except CellTimeoutError as error:
            late = Sentence(
                f"la cellule n’a pas fini dans sa limite de temps, {self.timeout} secondes",
                f"the cell did not finish within its time limit of {self.timeout} seconds",
            )
            raise self._failure(cell, None, late, mend=_SLOW) from error
        return True

    def _fail_on_errors_shown(self, cell: NotebookNode) -> None:
        """Fail a cell with an error among its outputs, such as a figure that could not be drawn."""
        for output in cell.outputs:
            if output.output_type == "error":
                reason = _reason(output.ename, output.evalue)
                raise self._failure(cell, _line_of("\n".join(output.traceback)), reason)

    def _failure(
        self,
        cell: NotebookNode,
        line: int | None,
        reason: str | Sentence,
        expression: str = "",
        mend: Sentence = FIX_CELL,
    ) -> NotebookFailed:
        return NotebookFailed(
            self.nb.metadata.portrait.notebook, cell.id, line, reason, expression=expression, mend=mend
        )

    def _mend(self, cell: NotebookNode, error: str, message: str, source: str) -> Sentence:
        """Return what helps against an error of a cell, where it is the cell that is at fault."""
        if error in _NOT_OF_A_CELL:
            return _NOT_OF_A_CELL[error]
        meant = suggestion(error, message, source, lambda asked: self._evaluate(cell, [asked])[0])
        return Sentence(*(getattr(meant, each) + getattr(FIX_CELL, each) for each in LANGUAGES))

    def _is_wanted(self, cell: NotebookNode) -> bool:
        """Return the value of the condition of a cell; remove the condition from prose.

        A condition that asks for what the edition does not have is false.
        """
        if conflict := conflict_in(cell.source):
            raise self._failure(cell, None, conflict, mend=_ITS_OWN)
        if stray := stray_condition(cell.source, cell.cell_type):
            raise self._failure(cell, None, stray)
        condition, text = split_condition(cell.source, cell.cell_type)
        self._n_lines_removed = 0
        if not condition:
            return True
        [result] = self._evaluate(cell, [f"bool({condition})"])
        if result["status"] != "ok":
            if result["ename"] == NotInEdition.__name__:
                return False
            mend = self._mend(cell, result["ename"], result["evalue"], condition)
            raised = _reason(result["ename"], result["evalue"])
            reason = Sentence(
                f"la condition `{condition}` a échoué : {raised.fr}",
                f"the condition `{condition}` raised {raised.en}",
            )
            raise self._failure(cell, 1, reason, mend=mend)
        if cell.cell_type == "markdown":
            self._n_lines_removed = cell.source.count("\n") - text.count("\n")
            cell.source = text
        return bool(result["data"]["text/plain"] == "True")

    def _insert_values(self, cell: NotebookNode) -> None:
        """Insert the values of its expressions into a prose cell; keep its source in the metadata."""
        try:
            found = expressions.find(cell.source)
        except UnreadableExpression as error:
            raise self._failure(cell, error.line + self._n_lines_removed, error.reason) from error
        results = self._evaluate(cell, [each.source for each in found])
        saids = [self._said_of(cell, each, result) for each, result in zip(found, results, strict=True)]
        language = self.nb.metadata.get("portrait", {}).get("language", "")
        if nouns := self._own_nouns(cell):
            cell.source = expressions.reworded(cell.source, partial(reworded, nouns=nouns, language=language))
        if not found:
            return
        cell.source = expressions.fitted(cell.source, saids, language)
        cell.metadata["portrait"] = {"source": cell.source}
        kept = [
            {"expression": each.source, "result": answer} for each, answer in zip(found, results, strict=True)
        ]
        cell.metadata["user_expressions"] = from_dict(kept)
        cell.source = expressions.baked(cell.source, [each.text for each in saids])

    def _own_nouns(self, cell: NotebookNode) -> dict[str, str]:
        """Return the register's nouns by ours; none before an edition is open."""
        if self._nouns is None:
            [asked] = self._evaluate(cell, [_NOUNS])
            if asked["status"] == "ok":
                self._nouns = ast.literal_eval(asked["data"]["text/plain"])
            elif asked["ename"] not in ("AttributeError", "NameError"):
                raise self._failure(cell, None, _reason(asked["ename"], asked["evalue"]))
        return self._nouns or {}

    def _said_of(self, cell: NotebookNode, found: Expression, result: dict[str, Any]) -> Said:
        line = found.line + self._n_lines_removed
        if result["status"] != "ok":
            mend = self._mend(cell, result["ename"], result["evalue"], found.source)
            reason = _reason(result["ename"], result["evalue"])
            raise self._failure(cell, line, reason, found.source, mend)
        try:
            return expressions.said(result)
        except UnsayableResult as error:
            raise self._failure(cell, line, error.reason, found.source) from error

    def _evaluate(self, cell: NotebookNode, sources: Iterable[str]) -> Sequence[dict[str, Any]]:
        asked = {str(position): source for position, source in enumerate(sources)}
        if not asked:
            return []
        answers = self.answers(cell, asked)
        return [answers[position] for position in asked]


def _reason(error: str, message: str) -> Sentence:
    """Return the name and the message of an error; a refusal has its French lines before its English ones."""
    lines = message.splitlines()
    half = len(lines) // 2
    is_refusal = _NOT_OF_A_CELL.get(error) is _ITS_OWN and len(lines) > 1
    messages = ("\n".join(lines[:half]), "\n".join(lines[half:])) if is_refusal else (message, message)
    return Sentence(*(f"{error}: {each}" if each else error for each in messages))


def _line_of(traceback: str) -> int | None:
    """Return the cell's line in an IPython traceback: the outermost frame of the last error."""
    last = _NEXT_ERROR.split(_COLOUR.sub("", traceback))[-1]
    frame = re.search(r"Cell In\[\d+\], line (\d+)", last)
    return int(frame[1]) if frame else None


def _place_of(traceback: str) -> str:
    """Return the module and line of the program where an error of a cell was raised, in brackets, if any."""
    last = _NEXT_ERROR.split(_COLOUR.sub("", traceback))[-1]
    frames = re.findall(r"^File .*\b(portrait[\\/][\w\\/]+\.py):(\d+)", last, re.M)
    return " ({}:{})".format(frames[-1][0].replace("\\", "/"), frames[-1][1]) if frames else ""
