"""Run a notebook: check its parameters, keep one language, and insert values into its prose.

`PortraitEngine` is the papermill engine ``portrait``; builds use it through `execute_notebook`.

papermill imports this module to list its engines, so the module imports papermill only when a notebook runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, from_dict

from portrait.errors import NotebookFailed, PortraitError, RefusedInput, Sentence, WrongCall
from portrait.language import expressions
from portrait.language.locales import choose, is_known
from portrait.registers.languages import know_languages
from portrait.registers.project import find_project
from portrait.run.chapters import name_of
from portrait.run.content import KERNELSPEC, without_review
from portrait.run.parameters import checked_parameters, with_edition_as_year

ENGINE = "portrait"
FAILURE_ANCHOR = "portrait-failure"
FAILURE_TAG = "papermill-error-cell-tag"
"""Tag of cells that papermill removes when it runs the notebook again."""


# The engine


class PortraitEngine:
    """papermill engine that checks parameters, keeps one language, and evaluates prose."""

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Return the name of the only kernel: the current Python, whatever the notebook asks for."""
        return KERNELSPEC["name"]

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Return the language of the code, which is always Python."""
        return KERNELSPEC["language"]

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        *,
        input_path: Any = None,
        output_path: str | None = None,
        notebook_name: str | None = None,
        keep_failed: Callable[[NotebookNode], None] | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> NotebookNode:
        """Run a notebook after papermill has read it and inserted its parameters.

        Parameters
        ----------
        notebook_name
            Name of the notebook; by default, `chapters.name_of` of `input_path`.
        keep_failed
            Called with a notebook that failed, in which the failure is marked; by default, the notebook
            is written to papermill's output path.
        options
            `start_timeout` and `execution_timeout` in seconds, `working_folder`, `in_this_process` (only in
            a process forked for this notebook), and options of nbclient.
        """
        from papermill.engines import NotebookExecutionManager
        from papermill.iorw import write_ipynb

        with suppress(WrongCall):  # no project: the two languages of the program
            know_languages(find_project(Path(options.get("working_folder") or Path(str(input_path)).parent)))
        keep = keep_failed or partial(write_ipynb, path=nb.metadata.papermill.get("output_path"))
        with _errors_without_traceback():
            prepare(nb, notebook_name or name_of(Path(str(input_path or "notebook.ipynb"))))
            manager = NotebookExecutionManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
            manager.notebook_start()
            try:
                _run(manager, log_output=log_output, **options)
            except NotebookFailed as failure:
                manager.notebook_complete()
                mark_failure(nb, failure)
                keep(nb)
                raise
            except BaseException:
                manager.notebook_complete()
                raise
            if manager.pbar:
                manager.pbar.total = len(nb.cells)  # cells whose condition is false were removed
            manager.notebook_complete()
        return nb


def _run(
    manager: Any,
    *,
    log_output: bool,
    working_folder: str | None = None,
    start_timeout: int = 60,
    execution_timeout: int | None = None,
    in_this_process: bool = False,
    **options: Any,
) -> None:
    if in_this_process:
        from portrait.run.shell import ShellRunner

        ShellRunner(manager, timeout=execution_timeout, working_folder=working_folder).execute()
        return

    from papermill.log import logger

    from portrait.run.kernel import NotebookRunner

    place = {"metadata": {"path": working_folder}} if working_folder else {}
    runner = NotebookRunner(
        manager,
        log=logger,
        log_output=log_output,
        startup_timeout=start_timeout,
        timeout=execution_timeout,
        resources=place,
        # The `raises-exception` tag must not let an error into the report.
        force_raise_errors=True,
        # One output per stream, because the kernel splits text differently from run to run.
        coalesce_streams=True,
        # Seconds between checks that the kernel is alive while it evaluates an expression.
        shell_timeout_interval=1,
        record_timing=False,
        shutdown_kernel="immediate",
        **options,
    )
    try:
        runner.execute()
    except RuntimeError as error:
        name = manager.nb.metadata.portrait.notebook
        raise PortraitError(
            f"The kernel of {name} did not start: {error}.",
            "Check that ipykernel is installed in this Python environment.",
        ) from error


def prepare(notebook: NotebookNode, name: str) -> None:
    """Check the parameters of a notebook that papermill has read, and keep the cells of its language.

    Cells in the other language are removed first, so their expressions are never evaluated.
    """
    if "language" in notebook.metadata.get("portrait", {}):
        raise WrongCall(
            f"{name} is the result of a run: it has only one language, and values instead of expressions.",
            "Run the source notebook in notebooks/ instead.",
        )
    injected = [cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", [])]
    passed = dict(notebook.metadata.papermill.get("parameters", {})) if injected else {}
    passed = with_edition_as_year(notebook, name, passed)
    values = checked_parameters(notebook, name, passed)
    for cell in injected:
        cell.id = "injected-parameters"
        cell.source = "\n".join(["# Parameters", *(f"{key} = {value!r}" for key, value in passed.items())])
    notebook.cells = [cell for cell in notebook.cells if _is_in(cell, values["language"])]
    notebook.metadata["portrait"] = {"language": values["language"], "notebook": name, "parameters": values}
    # If papermill receives a notebook instead of a path, it stores the whole notebook here.
    if not isinstance(notebook.metadata.papermill.get("input_path"), str):
        notebook.metadata.papermill["input_path"] = name


def _is_in(cell: NotebookNode, language: str) -> bool:
    languages = [tag for tag in cell.metadata.get("tags", []) if is_known(tag)]
    return not languages or language in languages


def mark_failure(notebook: NotebookNode, failure: NotebookFailed) -> None:
    """Mark the cell that failed, and add a link to it at the top of the notebook."""
    place = next(index for index, cell in enumerate(notebook.cells) if cell.id == failure.cell)
    language = notebook.metadata.portrait.language
    reason, message = failure.reason.said(language), failure.in_language(language)
    failed_here = choose(language, "L’échec est ici :", "It failed here:")
    here = f'<span id="{FAILURE_ANCHOR}"></span>**{failed_here}** {expressions.escaped(reason)}'
    link = f"[{choose(language, 'Aller à la cellule', 'Go to the cell')}](#{FAILURE_ANCHOR})."
    failed = choose(language, "Ce carnet a échoué.", "This notebook failed.")
    head = f"**{failed}** {expressions.escaped(message)} {link}"
    notebook.cells.insert(place, _marker(here, FAILURE_ANCHOR))
    notebook.cells.insert(0, _marker(head, f"{FAILURE_ANCHOR}-head"))


def _marker(text: str, cell_id: str) -> NotebookNode:
    cell: NotebookNode = from_dict(
        {"cell_type": "markdown", "id": cell_id, "source": text, "metadata": {"tags": [FAILURE_TAG]}}
    )
    return cell


@contextmanager
def _errors_without_traceback() -> Iterator[None]:
    """Make papermill's command line show our errors as a message and an exit status, without a traceback."""
    try:
        yield
    except PortraitError as error:
        import click

        context = click.get_current_context(silent=True)
        if context is None or context.command.name != "papermill":
            raise
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(error.exit_status) from error


# For a build


def execute_notebook(
    path: Path,
    parameters: Mapping[str, Any],
    *,
    working_folder: Path,
    timeout: int | None = 600,
    in_this_process: bool = False,
) -> NotebookNode:
    """Run a notebook and return its executed copy, without times and paths of the run.

    The same inputs give the same notebook. Several threads may run notebooks at once.

    Parameters
    ----------
    path
        The notebook.
    parameters
        Values that differ from the defaults.
    working_folder
        Working folder of the cells.
    timeout
        Time limit of a cell, in seconds; ``None`` for no limit.
    in_this_process
        Whether the cells run in the current process instead of a kernel. Only for a process forked for
        this notebook.

    Raises
    ------
    WrongCall
        Before any cell runs, if a parameter is unknown or its value is invalid.
    NotebookFailed
        If a cell, a condition or an expression fails; `partial` has the cells that ran.
    """
    notebook = _parameterized(read_notebook(path), parameters)
    kept: list[str] = []
    try:
        executed = PortraitEngine.execute_notebook(
            notebook,
            KERNELSPEC["name"],
            progress_bar=False,
            execution_timeout=timeout,
            notebook_name=name_of(path),
            # papermill's own option changes the working folder of the whole process, including other threads.
            working_folder=str(working_folder),
            in_this_process=in_this_process,
            keep_failed=lambda so_far: kept.append(notebook_text(_without_traces(so_far))),
        )
    except NotebookFailed as failure:
        failure.partial = kept[0] if kept else ""
        raise
    return _without_traces(executed)


def _parameterized(notebook: NotebookNode, parameters: Mapping[str, Any]) -> NotebookNode:
    """Insert parameters as `papermill.execute_notebook` does, which also writes the notebook out twice."""
    from papermill.engines import papermill_engines
    from papermill.execute import remove_error_markers
    from papermill.parameterize import parameterize_notebook

    papermill_engines.register(ENGINE, PortraitEngine)
    for holder in (notebook, *notebook.cells):
        holder.metadata.setdefault("papermill", NotebookNode())
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    ready: NotebookNode = nbformat.v4.upgrade(remove_error_markers(notebook))
    if parameters:
        ready = parameterize_notebook(
            ready,
            dict(parameters),
            kernel_name=KERNELSPEC["name"],
            language=KERNELSPEC["language"],
            engine_name=ENGINE,
        )
    return ready


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook.

    Raises
    ------
    WrongCall, RefusedInput
        There is no such file, or it is not a notebook.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise WrongCall(f"There is no notebook {name_of(path)}.", "Check its path.") from error
    try:
        # As `nbformat.reads`, which only logs that a notebook is invalid.
        notebook: NotebookNode = nbformat.convert(nbformat.reader.reads(content.decode("utf-8")), 4)
        _refuse_unusable(notebook)
        nbformat.validate(notebook)
    except Exception as error:  # JSON of another kind raises whatever the code of nbformat comes to
        raise RefusedInput(
            name_of(path),
            _not_a_notebook(error),
            Sentence(
                "Ouvrez-le dans JupyterLab et enregistrez-le de nouveau, ou rétablissez-le avec git.",
                "Open it in JupyterLab and save it again, or restore it from git.",
            ),
        ) from error
    return notebook


def _not_a_notebook(error: Exception) -> Sentence:
    reason = error.args[0] if error.args else ""
    if not isinstance(reason, Sentence):
        text = (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(".")
        reason = Sentence(text, text)
    return Sentence(f"ce n’est pas un carnet : {reason.fr}.", f"this is not a notebook: {reason.en}.")


def _refuse_unusable(notebook: NotebookNode) -> None:
    """Raise `ValueError` for what nbformat takes: it gives random identifiers in place of unusable ones."""
    identifiers = [cell.get("id") for cell in notebook.cells]
    for number, each in enumerate(identifiers, start=1):
        if each is None and (notebook.nbformat, notebook.nbformat_minor) >= (4, 5):
            raise ValueError(
                Sentence(f"sa cellule {number} n’a pas d’identifiant", f"its cell {number} has no identifier")
            )
        if each is not None and each in identifiers[: number - 1]:
            raise ValueError(
                Sentence(
                    f"deux cellules ont l’identifiant « {each} »", f"two cells have the identifier “{each}”"
                )
            )
    for holder in (notebook, *notebook.cells):
        for key in ("portrait", "papermill"):
            if not isinstance(holder.metadata.get(key, {}), dict):
                raise ValueError(
                    Sentence(
                        f"« {key} », dans les métadonnées, n’est pas un dictionnaire",
                        f"“{key}” in the metadata is not a mapping",
                    )
                )
    declared = notebook.metadata.get("portrait", {}).get("declared", [])
    if not (isinstance(declared, list) and all(isinstance(each, str) for each in declared)):
        raise ValueError(
            Sentence(
                "« portrait.declared », dans les métadonnées, n’est pas une liste de textes",
                "“portrait.declared” in the metadata is not a list of texts",
            )
        )


def notebook_text(notebook: NotebookNode) -> str:
    """Return the text of the file of a notebook."""
    return str(nbformat.writes(notebook)) + "\n"


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook without the time, place and kernel of its run, nor any mark of a review."""
    notebook.metadata["kernelspec"] = dict(KERNELSPEC)
    notebook.metadata["language_info"] = {"name": KERNELSPEC["language"]}
    notebook.metadata["papermill"] = {
        "input_path": notebook.metadata.portrait.notebook,
        "parameters": notebook.metadata.portrait.parameters,
    }
    for cell in notebook.cells:
        cell.metadata = from_dict(without_review(cell.metadata))
        cell.metadata.pop("papermill", None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    return notebook
