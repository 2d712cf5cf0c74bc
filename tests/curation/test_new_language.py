"""A language is laid out with each text of a report, and again with those that it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.curation.new_language import lay_out_language
from portrait.errors import WrongCall
from portrait.language import locales
from portrait.language.texts import Text
from portrait.registers.languages import FOLDER, know_languages

OF = [Text("of", "de", "a.py:1"), Text("of", "sur", "a.py:2")]
ROWS = Text("{n} rows", "{n} lignes", "a.py:3")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project, and a program of three texts."""
    monkeypatch.setattr("portrait.language.texts.texts_of_reports", lambda: (*OF, ROWS))
    yield tmp_path
    locales.know(())


def words_of(project: Path) -> dict[str, object]:
    return json.loads((project / FOLDER / "nl" / "words.json").read_text("utf-8"))


def test_a_new_language_has_what_babel_knows_of_it_and_each_text_blank(project):
    told, paths = lay_out_language("nl", project)

    assert told.en == "Texts to translate in data/reference/languages/nl/words.json: 2."
    assert words_of(project) == {"of": "", "{n} rows": ""}
    assert [path.name for path in paths] == ["words.json", "language.yml"]
    know_languages(project)
    assert locales.language_called("nl").locale == "nl_NL"
    assert locales.language_called("nl").name == "Nederlands"


def test_laid_out_again_it_keeps_what_is_translated_and_adds_what_it_lacks(project):
    lay_out_language("nl", project)
    kept = {"of": {"de": "van"}, "gone": "weg"}
    (project / FOLDER / "nl" / "words.json").write_text(json.dumps(kept), "utf-8")

    told, paths = lay_out_language("nl", project)

    assert told.en.endswith(": 2.")
    assert words_of(project) == {"gone": "weg", "of": {"de": "van", "sur": ""}, "{n} rows": ""}
    assert [path.name for path in paths] == ["words.json"]


@pytest.mark.parametrize("name", ["fr", "Dutch", "n", "nl-NL", "../x"])
def test_a_name_that_is_no_new_language_is_refused_and_nothing_is_written(name, project):
    with pytest.raises(WrongCall, match="cannot be the name of a new language"):
        lay_out_language(name, project)
    assert not (project / FOLDER).exists()
