"""What JupyterLab is told of the cells that the report leaves out."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from portrait.errors import NotInEdition, Sentence
from portrait.lab.verdicts import unmet_conditions, verdicts


class Absent:
    """Facts that the edition does not have."""

    @property
    def is_rise(self):
        raise NotInEdition(Sentence("aucune édition", "no edition"))


PARAMETERS = {"id": "parameters", "type": "code", "source": 'language = "en"', "tags": ["parameters"]}
NAMES = {"language": "en", "g": SimpleNamespace(is_rise=True, n=0, five=5), "absent": Absent()}


def cell(name, source, *tags, kind="markdown"):
    return {"id": name, "type": kind, "source": source, "tags": list(tags)}


def told(*cells, language="en"):
    return verdicts(json.dumps([PARAMETERS, *cells]), {**NAMES, "language": language}).data


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("g.is_rise", None),
        ("not g.is_rise", "not published: g.is_rise is true"),
        ("not g.five", "not published: g.five is 5"),
        ("g.is_rise and g.n", "not published: g.n is 0"),
        ("g.n > 3 and g.is_rise", "not published: g.n > 3 is false"),
        ("absent.is_rise", "not published: absent.is_rise asks for what the edition does not have"),
        ("nowhere.is_rise", "the notebook did not run from here on: nowhere.is_rise"),
        ("g.missing", "condition cannot be read: g.missing (AttributeError: "),
    ],
)
def test_a_condition_that_does_not_hold_is_told_with_the_part_that_decides(condition, reason):
    found = told(cell("rise", f"<!-- when: {condition} -->\nText.", "en")).get("rise")
    assert found == reason if reason is None else found.startswith(reason)


def test_an_interrupted_run_is_said_once():
    cells = [
        cell(name, "<!-- when: nowhere.is_rise -->\nText.", "en") for name in ("first", "second", "last")
    ]
    assert told(*cells, cell("absent", "<!-- when: g.n -->\nText.", "en")) == {
        "first": "the notebook did not run from here on: nowhere.is_rise",
        "second": "not run either",
        "last": "not run either",
        "absent": "not published: g.n is 0",
    }


def test_a_code_cell_has_its_condition_in_a_comment():
    assert set(told(cell("figure", "# when: g.n\nfigures.dots(g)", kind="code"))) == {"figure"}


def test_prose_of_the_other_language_is_folded_in_the_language_of_the_report():
    cells = cell("a-fr", "Texte.", "fr"), cell("a-en", "Text.", "en")
    assert told(*cells) == {"a-fr": "not published here: other language (fr)"}
    assert told(*cells, language="fr") == {"a-en": "non publiée ici : autre langue (en)"}


def test_of_several_titles_the_first_that_holds_is_shown():
    finding = cell("up", "<!-- when: g.is_rise -->\n# What changed: {eval}`p.count(g)` more", "en")
    plain = cell("plain", "# What changed", "en")
    assert told(finding, plain, cell("text", "Text.", "en")) == {
        "plain": "not published: another title holds for this chapter"
    }
    assert told(plain, cell("text", "Text.", "en")) == {}


def test_the_title_of_a_chapter_without_content_is_not_shown():
    assert set(told(cell("needs", "# Needs", "en"), cell("registers", "# Registers", "en"))) == {"needs"}


def test_a_notebook_that_is_no_report_or_did_not_run_is_left_alone():
    assert verdicts(json.dumps([cell("a", "Text.", "fr")]), NAMES) is None
    assert verdicts(json.dumps([PARAMETERS]), {}) is None


def test_the_list_of_a_preview_has_the_cells_of_its_language_that_a_condition_leaves_out():
    cells = [
        cell("rise-fr", "<!-- when: g.n > 3 -->\nTexte.", "fr"),
        cell("rise-en", "<!-- when: g.n > 3 -->\nText.", "en"),
        cell("kept", "<!-- when: g.is_rise -->\nText.", "en"),
        cell("figure", "# when: g.n\nfigures.dots(g)", kind="code"),
    ]
    assert unmet_conditions(cells, NAMES) == [
        "rise-en – not published: g.n > 3 is false",
        "figure – not published: g.n is 0",
    ]
