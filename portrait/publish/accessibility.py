"""Check published documents with tools for accessibility: pdfua for PDFs, axe in a browser for pages.

Both tools come with the extra `release`; a check whose tool or browser is missing is not made, and says so.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portrait.errors import Sentence

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
"""Programs that can show a page to axe, the first found."""
_VIOLATIONS = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map(each => ({ id: each.id, html: each.nodes[0].html }));
}"""
_SHOWN = 160
"""Most characters of an element in a message."""


def pdf_findings(folder: Path) -> list[Sentence] | None:
    """Return what pdfua finds in the PDFs of an edition; ``None`` without pdfua, or without a PDF.

    It applies the rules of PDF/UA-1 that a machine can check.
    """
    try:
        import pdfua
    except ImportError:
        return None
    paths = sorted(folder.rglob("*.pdf"))
    found = ((path, each) for path in paths for each in pdfua.validate(str(path)).findings)
    told = [_found(_name(path, folder), f"pdfua {each.rule_id}, {each.message}") for path, each in found]
    return told if paths else None


def page_findings(folder: Path) -> list[Sentence] | None:
    """Return what axe finds in the pages of an edition; ``None`` without axe, playwright, browser or page.

    It applies the rules of WCAG that a machine can check to each page as it opens.
    """
    try:
        from playwright.sync_api import sync_playwright

        axe = axe_script()
    except ImportError:
        return None
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    paths = sorted(folder.rglob("*.html"))
    if browser is None or not paths:
        return None
    with sync_playwright() as running, _opened(running, browser) as context:
        return [each for path in paths for each in _violations(context, path, _name(path, folder), axe)]


def axe_script() -> str:
    """Return the script of axe, which comes with the extra `release`."""
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


@contextmanager
def _opened(running: Any, browser: str) -> Iterator[Any]:
    opened = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
    try:
        yield opened.new_context(bypass_csp=True)  # the policy of a page forbids any script but its own
    finally:
        opened.close()


def _violations(context: Any, path: Path, name: str, axe: str) -> list[Sentence]:
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    page.add_script_tag(content=axe)
    found: Sequence[Any] = page.evaluate(_VIOLATIONS)
    page.close()
    return [_found(name, f"axe {each['id']}, {each['html'][:_SHOWN]}") for each in found]


def _found(name: str, what: str) -> Sentence:
    return Sentence(f"{name} : {what}", f"{name}: {what}")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
