"""Small executed notebooks, as the engine writes them."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from portrait.storage.media_types import CLAIM, DOCUMENT, FIGURE, TABLE

Notebook = nbformat.NotebookNode

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="120pt" viewBox="0 0 300 120" '
    "font-family=\"'Source Sans Pro', 'DejaVu Sans'\">"
    '<rect width="300" height="120" fill="#f8f4ef"/>'
    '<rect x="20" y="40" width="180" height="30" fill="#9a3b1b"/>'
    "{label}</svg>"
)


def front_matter(language: str = "fr-CA", **changes: Any) -> dict[str, Any]:
    """Return the front matter of a short report."""
    return {
        "language": language,
        "title": "Portrait 2025. L'adoption de l'intelligence artificielle",
        "subtitle": "Rapport annuel",
        "short_title": "Portrait 2025",
        "description": "Ce que les organismes publics déclarent.",
        "keywords": ["intelligence artificielle", "Québec"],
        "authors": ["Projet Portrait"],
        "date": "2026-01-27",
        "cover": [["Année", "2025"], ["Source", "Données Québec"], ["Version", "0.1.0"]],
        "notices": [
            {"markdown": "Publication indépendante. Le ministère n'a ni approuvé ni examiné cette analyse."},
            {"markdown": "Données : licence [CC-BY 4.0](https://creativecommons.org/licenses/by/4.0/)."},
        ],
        "banner": None,
        "colophon": [["Empreinte", "0123456789abcdef" * 4], ["Programme", "portrait 0.1.0"]],
        "citation": {"markdown": "PROJET PORTRAIT. *Portrait 2025*, dans *Données Québec*, 2026."},
        **changes,
    }


def figure(identifier: str = "fig-volume", label: str = "Étiquette", **changes: Any) -> dict[str, Any]:
    """Return the MIME bundle of a figure whose picture has a label."""
    text = f'<text x="24" y="60" style="font-size: 12px" fill="#fff">{escape(label)}</text>'
    return {
        FIGURE: {
            "id": identifier,
            "caption": "Initiatives déclarées",
            "alt": "Un rectangle qui montre 27 initiatives.",
            "source": "Données Québec.",
            "note": "",
            "specimen": False,
            "narrow": "",
            "outlines": "",
            "data": {"columns": ["Année", "Nombre"], "align": ["l", "r"], "rows": [["2025", "27"]]},
            **changes,
        },
        "image/svg+xml": SVG.format(label=text),
        "text/plain": "figure",
    }


def table(
    identifier: str = "tab-status", rows: Any = (("Santé", "95"), ("Éducation", "16")), **changes: Any
) -> dict[str, Any]:
    """Return the MIME bundle of a table with two columns."""
    return {
        TABLE: {
            "id": identifier,
            "caption": "Initiatives par portefeuille",
            "columns": ["Portefeuille", "Nombre"],
            "align": ["l", "r"],
            "rows": [list(row) for row in rows],
            "row_header": True,
            "note": "",
            "source": "Données Québec.",
            "specimen": False,
            "sortable": False,
            "print_limit": None,
            "print_notice": None,
            **changes,
        },
        "text/html": "<table></table>",
        "text/plain": "table",
    }


def prose(source: str, *values: str, tags: tuple[str, ...] = (), cell: str = "prose") -> Notebook:
    """Return a prose cell whose expressions were evaluated, in order, to `values`."""
    from portrait.language.expressions import baked, find

    content = new_markdown_cell(source, id=cell, metadata={"tags": list(tags)})
    if values:
        content.source = baked(source, values)
        content.metadata["portrait"] = {"source": source}
        content.metadata["user_expressions"] = [
            {
                "expression": expression.source,
                "result": {
                    "status": "ok",
                    "data": {CLAIM: {"value": value, "text": value, "name": None}, "text/plain": value},
                    "metadata": {},
                },
            }
            for expression, value in zip(find(source), values, strict=True)
        ]
    return content


def shown(bundle: dict[str, Any], *, tags: tuple[str, ...] = (), cell: str = "shown") -> Notebook:
    """Return a code cell that ended with a figure, a table or the front matter."""
    output = new_output("execute_result", data=bundle, execution_count=1)
    return new_code_cell("figures.volume(edition)", id=cell, metadata={"tags": list(tags)}, outputs=[output])


def notebook(*cells: Notebook, language: str = "fr-CA", name: str = "annual.ipynb", **front: Any) -> Notebook:
    """Return an executed notebook with its front matter and these cells."""
    content = front_matter(language, **front)
    front_cell = shown({DOCUMENT: content, "text/plain": content["title"]}, cell="front")
    metadata = {"portrait": {"language": language[:2], "notebook": name, "parameters": {}}}
    return new_notebook(cells=[front_cell, *cells], metadata=metadata)
