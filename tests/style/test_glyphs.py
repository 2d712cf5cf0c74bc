"""Print says which characters it cannot draw, and how wide the others are."""

from __future__ import annotations

import logging
import sys
from multiprocessing import get_context

import pytest

from portrait.style.glyphs import MARKS_PRINTED, drawable, legible, report_lost, symbols, width


def test_french_is_drawn_upright_and_italic() -> None:
    letters = {ord(letter) for letter in "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ«»’–—…"}
    assert letters <= drawable(italic=False)
    assert letters <= drawable(italic=True)


def test_a_character_no_font_has_is_printed_as_its_code_point_and_kept_in_the_list() -> None:
    lost: set[str] = set()
    assert legible("Clé \U0001f512\ufe0f du réseau", lost) == "Clé [U+1F512] du réseau"
    assert lost == {"\U0001f512"}


def test_a_text_the_fonts_draw_is_unchanged() -> None:
    lost: set[str] = set()
    assert legible("Société de l’assurance automobile", lost) == "Société de l’assurance automobile"
    assert lost == set()


def test_characters_that_are_lost_are_counted_and_named_in_one_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        report_lost({"\U0001f512", "\u6f22"})
        report_lost(set())
    assert caplog.messages == [
        "Characters that no font draws, whose numbers print shows: 2. "
        "U+6F22 (CJK UNIFIED IDEOGRAPH-6F22), U+1F512 (LOCK)."
    ]


def test_a_symbol_of_several_characters_is_printed_whole() -> None:
    lost: set[str] = set()
    assert legible("a 👩\u200d👧 b", lost) == "a [U+1F469 U+200D U+1F467] b"
    assert symbols("é👩\u200d👧b") == ["é", "👩\u200d👧", "b"]


def test_print_keeps_the_first_marks_of_a_letter_and_writes_those_that_no_font_has() -> None:
    assert legible("Za" + "\u0301" * 100 + "b", set()) == "Za" + "\u0301" * MARKS_PRINTED + "b"
    assert legible("a\u1ac1\u0301", set()) == "a[U+1AC1]\u0301"


def test_a_wide_letter_is_wider_than_a_narrow_one_and_widths_add_up() -> None:
    assert width("m") > width("i") > 0
    assert width("mi") == pytest.approx(width("m") + width("i"))
    assert width("") == 0


def _of_letters(_: int) -> list[float]:
    return [width(chr(code)) for code in range(0x100, 0x180)]


@pytest.mark.skipif(sys.platform != "linux", reason="documents are made in forked processes on Linux alone")
def test_processes_forked_from_one_that_read_the_fonts_measure_at_once_what_it_measures() -> None:
    assert width("m") > 0
    with get_context("fork").Pool(4) as processes:
        found = processes.map(_of_letters, range(24), chunksize=1)
    assert found == [_of_letters(0)] * 24
