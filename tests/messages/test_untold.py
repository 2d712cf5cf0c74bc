"""The list of the messages that no test triggers."""

from __future__ import annotations

import pytest

from tests.messages.untold import untold


@pytest.mark.slow
def test_a_message_that_a_test_triggers_is_not_listed_and_the_others_are():
    listed = untold(["tests/proofread/test_problems.py", "-p", "no:cacheprovider"])
    files = [line.partition(",")[0] for line in listed]
    assert not any("which is not published: move it to a prose cell" in line for line in listed)
    assert any("this is not an earlier edition" in line for line in listed)
    assert "proofread/siblings.py" not in files
    assert "fetch/faults.py" in files
