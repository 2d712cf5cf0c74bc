"""Small faults are planted one at a time, and the tests that let one live are named."""

import json

import pytest

pytest.importorskip("resource", reason="tests are run in forks, which only Unix has")

from tests.mutants import mutants
from tests.mutants.faults import Mutant, mutants_of, planted

MODULE, TESTS = "portrait/indicators/sizes.py", "tests/indicators/test_sizes.py"
MANY = "def is_many(n):\n    return n > 5\n"
TESTED = "from portrait.indicators.sizes import is_many\n\ndef test_many():\n    assert is_many(7)\n"


def changes(source):
    return [(each.function, each.before, each.after) for each in mutants_of(MODULE, source)]


@pytest.mark.parametrize(
    ("expression", "faults"),
    [
        ("a < b", ["a <= b", "a > b"]),
        ("a == b", ["a != b"]),
        ("a in b", ["a not in b"]),
        ("0 < a is b", ["0 <= a is b", "0 > a is b", "0 < a is not b", "1"]),
        ("a and b", ["a or b"]),
        ("a + b", ["a - b"]),
        ("a // b", ["a * b"]),
        ("not a", ["not not a"]),
        ("True", ["False"]),
        ("0.5", ["1.5"]),
        ("f(a, 'text', None)", []),
        ("zip(a, b, strict=True)", []),
    ],
)
def test_each_kind_of_expression_has_its_faults(expression, faults):
    assert [after for _, _, after in changes(f"x = {expression}")] == faults


def test_faults_are_named_by_their_function_and_types_have_none():
    source = '''
@wraps(1)
class Size:
    """Of 3."""

    limit: Literal[2] = 4

    def is_many(self, n: Literal[5]) -> Literal[6]:
        return n
'''
    assert changes(source) == [("Size", "4", "5"), ("Size.is_many", "return n", "return None")]


def test_the_same_fault_is_planted_at_each_place_in_turn():
    source = "def f(a):\n    return (a + 1) * (a + 1)\n"
    second = Mutant(MODULE, "f", "a + 1", "a - 1", occurrence=2)
    assert second in mutants_of(MODULE, source)
    assert planted(second, source) == "def f(a):\n    return (a + 1) * (a - 1)"
    with pytest.raises(LookupError):
        planted(Mutant(MODULE, "f", "a + 1", "a - 1", occurrence=3), source)


@pytest.fixture
def project(tmp_path):
    for name, content in ((MODULE, MANY), (TESTS, TESTED), ("portrait/__init__.py", "")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path


def test_a_new_function_leaves_the_faults_drawn_elsewhere(project):
    whole = mutants.draw(20, 1, project)["indicators"]
    assert [str(each) for each in whole] == [str(each) for each in mutants.draw(20, 1, project)["indicators"]]
    assert len(whole) == 4
    (project / MODULE).write_text(MANY + "\ndef is_few(n):\n    return n < 3\n", "utf-8")
    more = mutants.draw(40, 1, project)["indicators"]
    assert [each for each in more if each.function == "is_many"] == whole


@pytest.mark.slow
def test_a_fault_at_an_untested_boundary_survives_until_a_test_notices_it(project, tmp_path):
    kept = tmp_path / "outcomes.jsonl"
    drawn = mutants_of(MODULE, MANY)

    def survivors():
        found = list(mutants.outcomes(drawn, "indicators", project, kept))
        assert len(found) == 4  # return None, >=, <, 6
        return [each.mutant.after for each in found if not each.noticed]

    assert survivors() == ["n >= 5", "6"]
    assert (project / MODULE).read_text("utf-8") == MANY
    (project / TESTS).write_text(TESTED + "    assert is_many(6)\n    assert not is_many(5)\n", "utf-8")
    assert survivors() == []
    tried = [json.loads(line)["mutant"]["after"] for line in kept.read_text("utf-8").splitlines()]
    assert tried == [
        "return None",
        "n >= 5",
        "n < 5",
        "6",
        "n >= 5",
        "6",
    ]  # those noticed are not tried again


def test_tests_that_fail_without_a_fault_are_refused(project, tmp_path):
    (project / TESTS).write_text(TESTED.replace("7", "3"), "utf-8")
    with pytest.raises(RuntimeError, match=r"test_sizes\.py fails without any fault"):
        list(mutants.outcomes(mutants_of(MODULE, MANY), "indicators", project, tmp_path / "outcomes"))


def test_mutants_listed_as_equivalent_have_a_reason():
    text = mutants.EQUIVALENT.read_text("utf-8")
    assert len(mutants.listed(mutants.EQUIVALENT)) == text.count("  reason: ")
