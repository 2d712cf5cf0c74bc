"""Run the notebooks of the handbook, and write each as a page beside the reports, in both languages.

A page shows prose, code and outputs. It is not a document of an edition: it has no number to verify.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import mistune
import nbformat
from markupsafe import Markup

from portrait.build.pool import Pool
from portrait.build.processes import is_own
from portrait.document.outputs import figure_of
from portrait.language.locales import LANGUAGES, choose, tag_of
from portrait.language.terms import terms_of
from portrait.language.typography import typography
from portrait.publish.html import policy, style, template
from portrait.run.chapters import NOTEBOOKS, notebooks_of
from portrait.run.engine import execute_notebook, notebook_text
from portrait.storage.atomic import write_whole
from portrait.storage.media_types import FIGURE

HANDBOOK = "handbook"
"""Folder of its notebooks, and of its pages."""
_PAGE = Path(__file__).parent / "page.html.j2"
_STYLE_OF_TABLES = re.compile(r'<style scoped>.*?</style>| (?:border|style)="[^"]*"', re.DOTALL)
"""Style that pandas gives to a table; the policy of the page refuses it."""
_SHEET = (
    "main h1{margin-bottom:1.2rem}h2{margin-top:2.6rem}"
    ".out{overflow-x:auto;margin:0 0 1.4em;font:400 .95rem/1.4 var(--sans)}"
    ".out caption{text-align:left}"
    ".out>pre{background:none;border-left:2px solid var(--rule);padding:.2rem 1rem}"
)


@dataclass(frozen=True)
class Page:
    """One notebook run in one language: its name, its title, and its notebook."""

    name: str
    language: str
    notebook: Mapping[str, Any]

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.{self.language}.html"

    @property
    def title(self) -> str:
        """Its first heading."""
        prose = (cell["source"] for cell in self.notebook["cells"] if cell["cell_type"] == "markdown")
        found = next(
            (line for line in "\n".join(prose).splitlines() if line.startswith("# ")), f"# {self.name}"
        )
        return typography(found.removeprefix("# "), self.language)


def write_pages(project: Path, output: Path, pool: Pool) -> list[Path]:
    """Write the pages of the handbook and return their paths, those of a language one after another.

    Raises
    ------
    NotebookFailed
        A cell fails; no page is written.
    """
    asked = [(path, language) for language in LANGUAGES for path in notebooks_of(project, HANDBOOK)]
    runs = [pool.submit(run, path, language, project, begun=lambda: None) for path, language in asked]
    pages = [
        Page(path.stem, language, nbformat.reads(each.result(), as_version=4))
        for (path, language), each in zip(asked, runs, strict=True)
    ]
    texts = {
        output / page.file: page_of(page, pages, partial(_address, project=project, output=output))
        for page in pages
    }
    for path, text in texts.items():
        write_whole(path, text)
    return [*texts]


def run(path: Path, language: str, project: Path) -> str:
    """Return the text of a notebook of the handbook, executed in one language."""
    executed = execute_notebook(
        path, {"language": language}, working_folder=project, in_this_process=is_own()
    )
    return notebook_text(executed)


def page_of(page: Page, pages: list[Page], address: Any) -> str:
    """Return a notebook as a page, with links to the others."""
    sheet = style("") + _SHEET
    siblings = [each for each in pages if each.language == page.language]
    return template(_PAGE).render(
        page=page,
        pages=siblings,
        other=next((each for each in pages if each.name == page.name and each is not page), None),
        following=next((after for each, after in pairwise(siblings) if each is page), None),
        blocks=[*_blocks(page, address)],
        tag=tag_of(page.language),
        tags={each: tag_of(each) for each in LANGUAGES},
        words=_WORDS[page.language],
        terms=terms_of(page.language),
        style=Markup(sheet),  # noqa: S704 -- our own files and colours
        policy=policy(sheet),
    )


_WORDS = {
    "fr": {
        "handbook": "Guide de Portrait",
        "contents": "Sujets",
        "next": "Ensuite",
        "skip": "Aller au contenu",
    },
    "en": {
        "handbook": "Handbook of Portrait",
        "contents": "Topics",
        "next": "Next",
        "skip": "Skip to content",
    },
}


def _address(target: str, language: str, *, project: Path, output: Path) -> str:
    """Return where a link of a notebook leads from its page: a notebook beside it is a page too."""
    if "://" in target or target.startswith("#"):
        return target
    path = Path(os.path.normpath(project / NOTEBOOKS / HANDBOOK / target))
    if path.parent == project / NOTEBOOKS / HANDBOOK and path.suffix == ".ipynb":
        return f"{path.stem}.{language}.html"
    return Path(os.path.relpath(path, output)).as_posix()


class _Renderer(mistune.HTMLRenderer):
    """Renderer of prose, whose links lead from the page."""

    def __init__(self, page: Page, address: Any) -> None:
        super().__init__(escape=True)
        self._page, self._of = page, address

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, self._of(url, self._page.language), title)

    def block_code(self, code: str, info: str | None = None) -> str:
        return _code(code)

    def text(self, text: str) -> str:
        return super().text(typography(text, self._page.language))


def _blocks(page: Page, address: Any) -> Iterator[Any]:
    prose = mistune.create_markdown(renderer=_Renderer(page, address), plugins=["table"])
    for cell in page.notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        if cell["cell_type"] == "markdown":
            yield Markup(prose(cell["source"]))  # noqa: S704 -- escaped by the renderer
        elif "parameters" not in tags and "injected-parameters" not in tags:
            yield Markup(_code(cell["source"]))  # noqa: S704 -- escaped
            for output in cell["outputs"]:
                yield from _shown(output, page.language, f"{page.name}, cell {cell['id']}")


def _code(source: str) -> str:
    """Return code as a block that a keyboard can scroll."""
    return f'<pre tabindex="0"><code>{escape(source.rstrip())}</code></pre>\n'


def _shown(output: Mapping[str, Any], language: str, where: str) -> Iterator[Any]:
    """Yield what shows of an output: a figure, HTML of our own, or text."""
    data = output.get("data", {})
    label = escape(choose(language, "Résultat", "Output"))
    if FIGURE in data:
        yield figure_of(data, language, where)
        return
    if "text/html" in data:
        shown = _STYLE_OF_TABLES.sub("", data["text/html"]).replace("<th></th>", "<td></td>")
    else:
        said = data.get("text/plain", output.get("text", ""))
        shown = f'<pre tabindex="0">{escape(said)}</pre>'
    yield Markup(f'<div class="out" role="group" tabindex="0" aria-label="{label}">{shown}</div>')  # noqa: S704 -- made by cells of this project
