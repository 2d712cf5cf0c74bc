"""Export an executed notebook to HTML or PDF with ``jupyter nbconvert``.

Builds do not use these exporters, because importing nbconvert takes a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from traitlets import default

from portrait.document.model import document_of
from portrait.publish.html import render_html
from portrait.publish.pdf import render_pdf


class _DocumentExporter(Exporter):
    """Exporter that renders the document model of a notebook."""

    extension: str
    render: Callable[..., str | bytes]

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return self.extension

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> tuple[Any, Any]:
        """Return the rendered notebook, and nbconvert's resources."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        return type(self).render(document_of(notebook)), resources


class PortraitHTMLExporter(_DocumentExporter):
    """Exporter to HTML: ``jupyter nbconvert --to portrait-html``."""

    export_from_notebook = "Portrait (HTML)"
    output_mimetype = "text/html"
    extension = ".html"
    render = staticmethod(render_html)


class PortraitPDFExporter(_DocumentExporter):
    """Exporter to PDF: ``jupyter nbconvert --to portrait-pdf``."""

    export_from_notebook = "Portrait (PDF)"
    output_mimetype = "application/pdf"
    extension = ".pdf"
    render = staticmethod(render_pdf)
