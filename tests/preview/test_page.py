"""The frame of a preview: its language, the name shown, its content security policy."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from portrait.preview.page import render_frame


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
