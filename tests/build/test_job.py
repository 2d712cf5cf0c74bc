"""One document: the names of its files, and its pages, from small notebooks that really run."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from portrait.build.job import (
    Failed,
    Made,
    Ran,
    Task,
    make_document,
    page_of,
    publish_document,
    run_notebook,
)
from portrait.build.opened import Opened
from portrait.build.pool import LocalPool
from portrait.document.refusal import PublicationError
from portrait.errors import NotebookFailed
from tests import small
from tests.build.projects import write_notebook
from tests.small import PROJECT


def task(stem: str = "annual", language: str = "fr", other: tuple[str, ...] = (), subject: str = "") -> Task:
    report = "portfolio" if subject else stem
    parameters = {"source": "quebec", "year": 2025, "data": "files"}
    return Task(PROJECT, report, stem, language, parameters, ("html", "pdf"), other, subject)


# Names


ANNUAL = ("annual.fr.ipynb", "annual.fr.html", "annual.fr.pdf", "claims.fr.json", "tables.fr.xlsx")


def test_a_document_leaves_its_notebook_its_formats_its_register_and_the_annual_one_its_workbook():
    assert task().files == ANNUAL
    assert not any(name.endswith(".xlsx") for name in task("quality").files)
    assert task("quality").register == "quality.claims.fr.json"
    assert task("portfolios/justice").register == "portfolios/justice.claims.fr.json"


def test_a_document_is_called_by_its_name_and_its_subject():
    assert task().called == "annual.fr"
    assert task("portfolios/justice", subject="Justice").called == "portfolios/justice.fr (Justice)"


def test_the_other_language_is_beside_the_page():
    assert task().siblings == ()
    assert task("portfolios/justice", other=("en",)).siblings == (("en", "justice.en.html"),)


# Notebooks that run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two initiatives, without a notebook."""
    small.copy_references(tmp_path)
    small.write_year(tmp_path / "files", 2025, [small.row("Un"), small.row("Deux")])
    return tmp_path


COUNT = "# Essai\n\nOn compte {eval}`Phrases(language).number(len(edition.initiatives))` initiatives."


def document(project: Path, **others: Any) -> Task:
    parameters = others.pop("parameters", {"source": "quebec", "year": 2025, "data": "files"})
    return Task(project, "annual", "annual", "fr", parameters, **{"formats": ("html",), **others})


@pytest.fixture
def call(pool: LocalPool) -> Callable[..., Any]:
    """Call a function of the module in a process of its own, and return what it returns."""
    return lambda function, *arguments: pool.submit(function, *arguments, begun=lambda: None).result()


def test_a_document_is_made_of_its_notebook_in_each_format(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    made = call(make_document, document(project, formats=("html", "pdf"), other_languages=("en",)), None)
    assert isinstance(made, Made), made
    assert set(made.files) == {*ANNUAL}
    assert set(made.seconds) == {"notebook", "document", "html", "pdf", "workbook"}
    page = made.files["annual.fr.html"].decode()
    assert "initiatives" in page
    assert 'href="annual.en.html"' in page
    assert made.files["annual.fr.pdf"].startswith(b"%PDF")
    [claim] = json.loads(made.files["claims.fr.json"])["claims"]
    assert (claim["text"], claim["value"]) == ("2", 2)
    for name, content in made.files.items():
        assert str(project).encode() not in content, name


def test_a_document_is_the_same_from_any_folder_of_its_data(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    shutil.copytree(project / "files", project / "else where")
    one, other = (
        call(
            make_document,
            document(project, parameters={"source": "quebec", "year": 2025, "data": data}),
            None,
        )
        for data in ("files", "else where")
    )
    assert one.files == other.files
    assert b'data = \\"\\"' in one.files["annual.fr.ipynb"]  # the default of the notebook


def test_a_draft_says_so_on_each_page_in_its_metadata_and_on_a_page_rendered_anew(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    asked = document(project, formats=("html", "pdf"), draft=True)
    made = call(make_document, asked, None)
    pdf = PdfReader(io.BytesIO(made.files["annual.fr.pdf"]))
    assert len(pdf.pages) > 1
    assert all("Ébauche" in page.extract_text() for page in pdf.pages)
    assert pdf.metadata.title.startswith("Ébauche")
    page = made.files["annual.fr.html"].decode()
    assert "<title>Ébauche" in page
    assert '<meta name="keywords" content="ébauche' in page
    assert re.search("<p>(?:<a [^>]*>)?Ébauche", page.partition('class="banner"')[2])
    assert '<a href="annual.fr.pdf"' in page
    assert call(page_of, made.files["annual.fr.ipynb"], asked).decode() == page


def test_a_page_rendered_anew_differs_only_by_its_link(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    alone = call(make_document, document(project), None)
    linked = call(make_document, document(project, other_languages=("en",)), None)
    assert alone.files["annual.fr.html"] != linked.files["annual.fr.html"]
    notebook, with_sibling = alone.files["annual.fr.ipynb"], document(project, other_languages=("en",))
    assert call(page_of, notebook, with_sibling) == linked.files["annual.fr.html"]
    assert call(page_of, notebook, document(project)) == alone.files["annual.fr.html"]


def test_a_notebook_reads_the_open_edition_it_is_given(project, call, tmp_path):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    opened = tmp_path / "opened.pickle"
    opened.write_bytes(Opened("quebec", 2025, "files", project).content)
    shutil.rmtree(project / "files")
    assert isinstance(call(make_document, document(project), opened), Made)
    failed = call(make_document, document(project), None)
    assert "There is no file for quebec 2025" in str(failed.reason)


def test_an_expression_that_raises_fails_the_document_and_leaves_its_notebook_so_far(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", "# Essai\n\nEn {eval}`missing`.")
    failed = call(make_document, document(project), None)
    assert isinstance(failed, Failed), failed
    assert isinstance(failed.reason, NotebookFailed)
    place = failed.reason.notebook, failed.reason.cell, failed.reason.line
    assert place == ("annual.ipynb", "prose-annual", 3)
    assert "name 'missing' is not defined" in str(failed.reason)
    [(name, partial)] = failed.notebooks.items()
    assert name == "annual.ipynb"
    assert b"prose-annual" in partial


def test_an_output_that_no_page_can_hold_fails_the_document_and_leaves_its_notebook(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT, "{'a': 1}")
    failed = call(make_document, document(project), None)
    assert isinstance(failed, Failed), failed
    assert isinstance(failed.reason, PublicationError)
    assert "code-0" in str(failed.reason)
    assert list(failed.notebooks) == ["annual.ipynb"]


def test_chapters_run_apart_and_are_assembled_in_their_order(project, call):
    folder = project / "notebooks" / "annual"
    write_notebook(folder / "01-first.ipynb", COUNT)
    write_notebook(folder / "02-second.ipynb", "## Suite\n\nPuis en {eval}`Phrases(language).year(year)`.")
    names = ["annual/01-first.ipynb", "annual/02-second.ipynb"]
    ran = {name: call(run_notebook, document(project), name, None) for name in names}
    assert all(isinstance(each, Ran) for each in ran.values()), ran
    made = call(publish_document, document(project), {name: ran[name].notebook for name in names})
    assert isinstance(made, Made), made
    page = made.files["annual.fr.html"].decode()
    assert page.index("On compte") < page.index("Puis en")
    assert [each["text"] for each in json.loads(made.files["claims.fr.json"])["claims"]] == ["2", "2025"]


@pytest.mark.slow
def test_a_kernel_makes_the_same_document_as_a_process_of_its_own(project, call):
    write_notebook(project / "notebooks" / "annual.ipynb", COUNT)
    apart = call(make_document, document(project), None)
    assert make_document(document(project), None).files == apart.files
