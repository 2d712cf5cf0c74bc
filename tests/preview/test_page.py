"""The frame of a preview: its language, its content security policy, and what it shows in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
import time

import pytest

from portrait.preview.page import render_frame
from portrait.preview.server import Board, serving


@pytest.mark.parametrize(("language", "tag", "word"), [("fr", "fr-CA", "Aperçu"), ("en", "en-CA", "Preview")])
def test_the_frame_is_in_the_language_of_the_preview(language, tag, word):
    page = render_frame(language, "annual/02-change.ipynb").page.decode()
    assert f'<html lang="{tag}">' in page
    assert re.search(rf"<title>{word}.*annual/02-change\.ipynb</title>", page)


def test_a_name_is_escaped():
    page = render_frame("en", "<b>.ipynb").page.decode()
    assert "&lt;b&gt;.ipynb" in page
    assert "<b>" not in page


def test_the_policy_allows_the_frame_own_script_and_style_and_nothing_else():
    frame = render_frame("en", "annual")
    policy = dict(part.split(" ", 1) for part in frame.policy.split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    for directive, element in (("script-src", "script"), ("style-src", "style")):
        (text,) = re.findall(rf"<{element}>(.*?)</{element}>", frame.page.decode(), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert policy[directive] == f"'sha256-{digest}'"


@pytest.mark.slow
def test_a_sentence_that_is_chosen_tells_its_cell(browser):
    from playwright.sync_api import expect

    board = Board("en", "annual")
    with serving(board) as address:
        tab = browser.new_page()
        tab.goto(address)
        page = "<h2>3.1 Who reports</h2><p>In <b>2025</b>, 258 initiatives (Figure 1).</p><p>Other.</p>"
        places = [("whoreports", "annual, cell title"), ("in2025258initiatives", "annual, cell volume")]
        board.show(page=page.encode(), error="", seconds=1, places=places)
        shown = tab.frame_locator("main iframe:not(.coming)")
        for block, cell in (("h2", "annual, cell title"), ("p >> nth=0", "annual, cell volume")):
            shown.locator(block).click()
            expect(tab.locator("#cell")).to_have_text(cell)
        shown.locator("p >> nth=1").click()
        expect(tab.locator("#cell")).to_be_hidden()
        tab.close()


@pytest.mark.slow
def test_a_browser_shows_each_page_and_a_failure_above_the_last_good_one(browser):
    from playwright.sync_api import expect

    board, logged = Board("en", "annual"), []
    with serving(board) as address:
        tab = browser.new_page()
        tab.on("console", lambda message: logged.append(message.text))
        tab.goto(address)
        shown = tab.frame_locator("main iframe:not(.coming)").locator("p")
        for text in ("first", "second"):
            board.begin()
            expect(tab.locator("#state")).to_have_text("Building…")
            board.show(page=f"<p>{text}</p>".encode(), is_whole=False, error="", seconds=0.5)
            expect(shown).to_have_text(text)
            expect(tab.locator("#state")).to_have_text("Page up to date, being verified…")
            board.show(error="", remarks=["end: expected 3"], seconds=0.7)
            expect(tab.locator("#remarks")).to_have_text("end: expected 3")
            expect(tab.locator("#state")).to_contain_text("Up to date at")
            expect(shown).to_have_text(text)
            expect(tab.locator("#failure")).to_be_hidden()
        board.show(
            page=b"", error="annual.ipynb, cell a, line 1: <b>KeyError</b>.", traceback="Traceback", seconds=1
        )
        expect(tab.locator("#error")).to_have_text("annual.ipynb, cell a, line 1: <b>KeyError</b>.")
        expect(shown).to_have_text("second")
        expect(tab.locator("#unmet")).to_be_hidden()
        board.show(page=b"<p>third</p>", error="", seconds=1, left_out=["a: not published: n is 0"])
        expect(tab.locator("#unmet summary")).to_have_text("Cells not published in this edition (1)")
        expect(shown).to_have_text("third")
        expect(tab.locator("#failure")).to_be_hidden()

        other = browser.new_page()
        other.set_content(f'<iframe src="{address}page"></iframe>')
        assert "third" not in other.frames[1].content()
    assert logged == []


@pytest.mark.slow
def test_a_page_that_is_still_loading_does_not_replace_a_newer_one(browser):
    from playwright.sync_api import expect

    class SlowBoard(Board):
        @property
        def page(self) -> bytes:
            content = super().page
            time.sleep({b"<p>second</p>": 0.8, b"<p>third</p>": 1.6}.get(content, 0))
            return content

    board = SlowBoard("en", "annual")
    with serving(board) as address:
        board.show(page=b"<p>first</p>", error="")
        tab = browser.new_page()
        tab.goto(address)
        shown = tab.frame_locator("main iframe:not(.coming)").locator("p")
        expect(shown).to_have_text("first")
        board.show(page=b"<p>second</p>", error="")
        expect(tab.locator("iframe.coming")).to_have_count(1)
        board.show(page=b"<p>third</p>", error="")
        expect(shown).to_have_text("third")
