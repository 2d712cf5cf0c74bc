"""The JSON of a notebook, parsed once a process."""

import pytest

from portrait.run.content import notebook_json, without_review


def test_the_same_content_is_parsed_once_and_another_anew() -> None:
    assert notebook_json(b'{"cells": [1]}') is notebook_json(b'{"cells": [1]}')
    assert notebook_json(b'{"cells": [2]}') == {"cells": [2]}


def test_a_content_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        notebook_json(b"{")


@pytest.mark.parametrize(
    ("metadata", "kept"),
    [
        ({"tags": ["en"], "portrait": {"french": "8d2f63fa1c07"}}, {"tags": ["en"]}),
        ({"portrait": {"french": "8d2f63fa1c07", "source": "a"}}, {"portrait": {"source": "a"}}),
        ({"tags": ["fr"]}, {"tags": ["fr"]}),
    ],
)
def test_the_mark_of_a_review_is_taken_off_and_nothing_else(metadata, kept) -> None:
    assert without_review(metadata) == kept
