"""The JSON of a notebook, parsed once a process."""

import pytest

from portrait.run.content import notebook_json


def test_the_same_content_is_parsed_once_and_another_anew() -> None:
    assert notebook_json(b'{"cells": [1]}') is notebook_json(b'{"cells": [1]}')
    assert notebook_json(b'{"cells": [2]}') == {"cells": [2]}


def test_a_content_that_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        notebook_json(b"{")
