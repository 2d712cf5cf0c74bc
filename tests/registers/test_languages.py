"""The languages of a project are folders, and reference files may have their columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from portrait.errors import RefusedInput
from portrait.language import locales
from portrait.language.locales import as_recorded
from portrait.registers.judged import read_themes
from portrait.registers.languages import FOLDER, know_languages
from portrait.registers.schema import load_source
from tests.small import copy_references

SETTINGS = "name: Nederlands\ntag: nl-NL\nlocale: nl_NL\ngrammar: en\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    locales.know(())


def write_language(project: Path, settings: str = SETTINGS, name: str = "nl", **words: object) -> None:
    folder = project / FOLDER / name
    folder.mkdir(parents=True)
    (folder / "language.yml").write_text(settings, "utf-8")
    (folder / "words.json").write_text(json.dumps(words), "utf-8")


def test_a_folder_adds_a_language_and_another_project_takes_it_away(project, tmp_path):
    write_language(project, rows="rijen")
    know_languages(project)

    assert locales.known_languages() == ("fr", "en", "nl")
    assert locales.choose("nl", "lignes", "rows") == "rijen"

    know_languages(tmp_path / "elsewhere")
    assert locales.known_languages() == ("fr", "en")


@pytest.mark.parametrize(
    ("settings", "name", "fault"),
    [
        (SETTINGS.replace("nl_NL", "nl_XX_"), "nl", "this is not a locale that Babel knows"),
        (SETTINGS.replace("nl-NL", "dutch"), "nl", "this is not a language tag"),
        (SETTINGS.replace("grammar: en\n", ""), "nl", "the key “grammar” is missing"),
        (SETTINGS, "en", "this folder has no name of a language"),
    ],
)
def test_a_language_that_is_not_whole_is_refused_with_its_fault(settings, name, fault, project):
    write_language(project, settings, name)

    with pytest.raises(RefusedInput, match=fault):
        know_languages(project)


def test_a_translation_that_is_no_text_is_refused(project):
    write_language(project, rows=["rijen"])

    with pytest.raises(RefusedInput, match="this is neither a text nor texts by French text"):
        know_languages(project)


def test_a_source_may_have_keys_and_columns_of_the_language_and_english_stands_elsewhere(project):
    copy_references(project)
    folder = project / "data" / "reference" / "quebec"
    for name, before, after in (
        ("source.yml", "    en: In production\n", "    en: In production\n    nl: In gebruik\n"),
        ("benefits.csv", "theme,label_fr,", "theme,label_nl,label_fr,"),
        ("benefits.csv", "\ntime,", "\ntime,Tijdwinst,"),
    ):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(before, after, 1), "utf-8")
    rows = (folder / "benefits.csv").read_text("utf-8").splitlines()
    blank = [rows[0], rows[1], *(each.replace(",", ",,", 1) for each in rows[2:])]
    (folder / "benefits.csv").write_text("\n".join(blank) + "\n", "utf-8")
    with pytest.raises(RefusedInput, match="this key is unknown"):
        load_source("quebec", project)

    write_language(project)
    source, themes = load_source("quebec", project), read_themes(folder)

    assert source.label("status", "production", "nl") == "In gebruik"
    assert source.label("status", "development", "nl") == "In development"
    assert source.text("scope_name", "nl") == "Québec’s public administration"
    assert [as_recorded(each.labels, "nl") for each in themes[:2]] == ["Tijdwinst", "Savings"]
