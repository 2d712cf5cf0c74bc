"""Run the cells of a notebook in order, whatever runs their code: conditions, cells, prose with its numbers.

`kernels` runs the code in a kernel, a process of its own; `shells` in this very process, where that is
one forked for the notebook alone. What a cell gives, and how it fails, is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, from_dict

from portrait.errors import NotebookFailed
from portrait.language import expressions
from portrait.language.conditions import split_condition
from portrait.language.expressions import Expression, UnreadableExpression, UnsayableResult

_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_NEXT_ERROR = re.compile(r"exception(?: occurred)?:\n")
"""What a traceback of several errors writes between them."""


class Runner:
    """Runs the cells that their conditions keep, and the expressions of the prose between them.

    Attributes
    ----------
    nb
        The notebook.
    nb_man
        papermill's manager of its run.
    timeout
        Seconds that a cell may take.
    """

    nb: NotebookNode
    nb_man: Any
    timeout: Any

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> Any:
        """Run one code cell and keep its outputs.

        Raises
        ------
        CellExecutionError, CellTimeoutError, DeadKernelError
            As nbclient does.
        """
        raise NotImplementedError

    def answers(self, cell: NotebookNode, asked: dict[str, str]) -> dict[str, Any]:
        """Evaluate expressions in the namespace of the notebook, as it stands after the cells above.

        Parameters
        ----------
        asked
            Expressions by a name of their own.

        Returns
        -------
        dict
            By name, what Jupyter answers to a `user_expressions`: a MIME bundle, or an error.
        """
        raise NotImplementedError

    def run_cells(self) -> None:
        """Run each cell that its conditions keep; drop the others."""
        index = 0
        while index < len(self.nb.cells):
            cell = self.nb.cells[index]
            self.nb_man.cell_start(cell, index)
            try:
                is_kept = self._run(cell, index)
            except BaseException:
                # Else papermill would call this cell and those after it completed.
                self.nb_man.cell_exception(cell, cell_index=index)
                raise
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
            if is_kept:
                index += 1
            else:
                del self.nb.cells[index]

    def _run(self, cell: NotebookNode, index: int) -> bool:
        """Run one cell and say whether it is kept, naming the place of whatever goes wrong in it."""
        try:
            if not self._is_wanted(cell):
                return False
            if cell.cell_type == "markdown":
                self._say(cell)
            else:
                self.execute_cell(cell, index)
                self._fail_on_errors_shown(cell)
        except CellExecutionError as error:
            reason = f"{error.ename}: {error.evalue}"
            raise self._failure(cell, _line_of(error.traceback), reason) from error
        except DeadKernelError as error:
            reason = "the kernel died: too little memory, or a crash in a library"
            raise self._failure(cell, None, reason) from error
        except CellTimeoutError as error:
            raise self._failure(cell, None, f"no answer within {self.timeout} seconds") from error
        return True

    def _fail_on_errors_shown(self, cell: NotebookNode) -> None:
        """Fail a cell that shows an error and goes on, as where its figure cannot be drawn in the end."""
        for output in cell.outputs:
            if output.output_type == "error":
                reason = f"{output.ename}: {output.evalue}"
                raise self._failure(cell, _line_of("\n".join(output.traceback)), reason)

    def _failure(
        self, cell: NotebookNode, line: int | None, reason: str, expression: str = ""
    ) -> NotebookFailed:
        return NotebookFailed(
            self.nb.metadata.portrait.notebook, cell.id, line, reason, expression=expression
        )

    def _is_wanted(self, cell: NotebookNode) -> bool:
        """Evaluate the condition of a cell, and take it off the text of prose."""
        condition, text = split_condition(cell.source, cell.cell_type)
        if not condition:
            return True
        [result] = self._evaluate(cell, [f"bool({condition})"])
        if result["status"] != "ok":
            raise self._failure(cell, 1, f"its condition `{condition}` raised {_reason(result)}")
        if cell.cell_type == "markdown":
            cell.source = text
        return bool(result["data"]["text/plain"] == "True")

    def _say(self, cell: NotebookNode) -> None:
        """Put the values of its expressions into a prose cell, and keep what they were."""
        try:
            found = expressions.find(cell.source)
        except UnreadableExpression as error:
            raise self._failure(cell, error.line, str(error)) from error
        if not found:
            return
        results = self._evaluate(cell, [each.source for each in found])
        texts = [self._text_of(cell, each, result) for each, result in zip(found, results, strict=True)]
        cell.metadata["portrait"] = {"source": cell.source}
        kept = [
            {"expression": each.source, "result": answer} for each, answer in zip(found, results, strict=True)
        ]
        cell.metadata["user_expressions"] = from_dict(kept)
        cell.source = expressions.baked(cell.source, texts)

    def _text_of(self, cell: NotebookNode, found: Expression, result: dict[str, Any]) -> str:
        if result["status"] != "ok":
            raise self._failure(cell, found.line, _reason(result), found.source)
        try:
            return expressions.said(result).text
        except UnsayableResult as error:
            raise self._failure(cell, found.line, f"UnsayableResult: {error}", found.source) from error

    def _evaluate(self, cell: NotebookNode, sources: Iterable[str]) -> Sequence[dict[str, Any]]:
        asked = {str(position): source for position, source in enumerate(sources)}
        if not asked:
            return []
        answers = self.answers(cell, asked)
        return [answers[position] for position in asked]


def _reason(result: dict[str, Any]) -> str:
    return f"{result['ename']}: {result['evalue']}"


def _line_of(traceback: str) -> int | None:
    """Return the line of the cell in a traceback of IPython: the outermost frame of the last error."""
    last = _NEXT_ERROR.split(_COLOUR.sub("", traceback))[-1]
    frame = re.search(r"Cell In\[\d+\], line (\d+)", last)
    return int(frame[1]) if frame else None
