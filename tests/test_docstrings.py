"""Each example that a docstring of the package gives is true."""

from __future__ import annotations

import doctest
import re
from importlib import import_module

import pytest

from portrait.language.phrases import Phrases
from tests.small import PROJECT

WITH_EXAMPLES = [
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((PROJECT / "portrait").rglob("*.py"))
    if ">>>" in path.read_text("utf-8")
]


class IgnoresNoBreakSpaces(doctest.OutputChecker):
    """Docstrings have ordinary spaces where phrases have no-break spaces."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want, re.sub(r"\xa0|\\xa0", " ", got), optionflags)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_are_true(name: str) -> None:
    runner = doctest.DocTestRunner(checker=IgnoresNoBreakSpaces())
    for test in doctest.DocTestFinder().find(import_module(name), extraglobs={"Phrases": Phrases}):
        runner.run(test)
    assert runner.summarize().attempted > 0
    assert runner.summarize().failed == 0
