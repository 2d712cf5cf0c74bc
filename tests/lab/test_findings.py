"""What JupyterLab is told of the cells that a build refuses."""

from __future__ import annotations

import json

from portrait.lab.findings import findings
from portrait.proofread.siblings import mark_of

KERNEL = {"kernelspec": {"name": "python3", "language": "python"}}
PARAMETERS = {"id": "parameters", "type": "code", "source": 'language = "fr"', "tags": ["parameters"]}
USE = {"id": "use", "type": "code", "source": "len(language)", "tags": []}


def prose(text, translation, *, reviewed=True):
    french = {"id": "a-fr", "type": "markdown", "source": text, "tags": ["fr"]}
    mark = {"french": mark_of(text)} if reviewed else {}
    return french, {"id": "a-en", "type": "markdown", "source": translation, "tags": ["en"], "portrait": mark}


def told(*cells, language="en", metadata=KERNEL):
    asked = {"metadata": metadata, "cells": [{"portrait": {}, **each} for each in (PARAMETERS, *cells)]}
    found = findings(json.dumps(asked), {"language": language})
    return found and found.data["said"]


def marks(*cells):
    asked = {"metadata": KERNEL, "cells": [{"portrait": {}, **each} for each in (PARAMETERS, USE, *cells)]}
    return findings(json.dumps(asked), {"language": "en"}).data["marks"]


def test_what_a_person_typed_is_said_under_its_cell_in_the_language_of_the_report():
    cells = USE, *prose("En tout, 42.", "In all, many.")
    assert set(told(*cells)) == {"a-fr"}
    assert told(*cells)["a-fr"].startswith("“42” is typed: use an expression")
    assert told(*cells, language="fr")["a-fr"].startswith("« 42 » est tapé à la main")


def test_what_siblings_have_apart_is_said_under_both_and_each_finding_has_its_line():
    found = told(USE, *prose("# A", "## A, 42"))
    assert found["a-fr"] == found["a-en"].splitlines()[1]
    assert found["a-fr"].startswith("the heading levels differ")


def test_an_english_cell_is_to_be_reviewed_once_the_french_changed_on_screen():
    assert told(USE, *prose("Un.", "One.")) == {}
    assert set(told(USE, *prose("Un.", "One.", reviewed=False))) == {"a-en"}


def test_a_cell_to_review_comes_with_the_mark_that_records_it_and_one_in_conflict_without():
    assert marks(*prose("Un.", "One.")) == {}
    assert marks(*prose("Un.", "One.", reviewed=False)) == {"a-en": mark_of("Un.")}
    assert marks(*prose("Un.", "<<<<<<< ours\nOne.\n=======\nA.\n>>>>>>> theirs", reviewed=False)) == {}


def test_what_concerns_the_whole_notebook_is_said_under_its_first_cell():
    assert "python3" in told(USE, metadata={})["parameters"]


def test_a_notebook_that_did_not_run_is_told_nothing():
    assert told(USE, language=None) is None
