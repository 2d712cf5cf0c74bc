"""The list of the messages that no test triggers."""

from __future__ import annotations

import pytest

from tests.messages.untold import untold

PLAIN = ("-p", "no:cacheprovider")


@pytest.mark.slow
def test_a_message_that_a_test_triggers_is_not_listed_and_the_others_are(monkeypatch):
    monkeypatch.delenv("PORTRAIT_MESSAGES", raising=False)
    listed = untold(["tests/proofread/test_problems.py", *PLAIN])
    files = [line.partition(",")[0] for line in listed]
    assert not any("which is not published: move it to a prose cell" in line for line in listed)
    assert any("this is not an earlier edition" in line for line in listed)
    assert "proofread/siblings.py" not in files
    assert "fetch/faults.py" in files


@pytest.mark.slow
def test_what_an_earlier_run_heard_is_kept_where_a_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTRAIT_MESSAGES", str(tmp_path / "heard"))
    test = "tests/fetch/test_network.py::test_a_certificate_is_refused_with_the_reason_that_openssl_gives"
    first = untold([f"{test}[10-it has expired]", *PLAIN])
    then = untold([f"{test}[9-it is not valid yet]", *PLAIN])
    (heard,) = {*first} - {*then}
    assert heard.endswith(": it is not valid yet")
    assert not any("it has expired" in each for each in then)
