"""The codebook matches patterns at the beginning of words; an invalid one is refused with place and fix."""

import csv
import pickle
import time

import pytest

from portrait.errors import Place, RefusedInput
from portrait.registers.codebook import BENEFITS, specimen_benefit, specimen_themes
from portrait.registers.judged import read_themes
from portrait.registers.patterns import TIME_LIMIT, Pattern, is_quick

COLUMNS = BENEFITS.columns
ROW = {
    "theme": "time",
    "label_fr": "Gain de temps",
    "label_en": "Time saved",
    "definition_fr": "Du temps épargné.",
    "definition_en": "Time saved.",
    "patterns": r"gains? de temps | accél | délais?\b",
    "example": "Gain de temps.",
}


def write(folder, *rows, columns=COLUMNS):
    with (folder / "benefits.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def refusal(folder):
    with pytest.raises(RefusedInput) as caught:
        read_themes(folder)
    return str(caught.value)


def test_a_source_without_a_codebook_has_no_theme(tmp_path):
    assert read_themes(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("GAINS DE TEMPS pour l’équipe", True),  # case and number
        ("Acceleration des dossiers", True),  # accents, and the end of a word is open
        ("des délais plus courts", True),
        ("Regain de temps libre", False),  # not at the beginning of a word
        ("une délaissée", False),  # a pattern may close the word
        ("gain  de\u00a0temps", True),  # spaces
        ("", False),
    ],
)
def test_a_pattern_matches_from_the_beginning_of_a_word_ignoring_case_and_accents(tmp_path, text, is_found):
    (theme,) = read_themes(write(tmp_path, ROW))
    assert theme.is_in(text) is is_found


@pytest.mark.parametrize("pattern", ["(?:GAIN|accél)", r"\x47ain", r"gain\b", "[f-h]ain", "gaın"])
@pytest.mark.parametrize("text", ["Gain", "GAIN", "gaın"])
def test_case_is_ignored_however_a_pattern_writes_its_letters(tmp_path, pattern, text):
    (theme,) = read_themes(write(tmp_path, ROW | {"patterns": pattern, "example": "gain"}))
    assert theme.is_in(text)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"sav(?:e|es)\b[^.;]{0,40}\btime", True),
        (r"improv\w*\b[^.;]{0,40}\btime", True),
        (r"improv\w*\b[^.;]{0,400}\btime", False),  # two without a small bound
        (r"a{2,}b+", False),
        (r"(?:a|aa)+", False),  # a group
        (r"a?b{1,2}c{1,2}d{1,2}", False),  # three
    ],
)
def test_a_pattern_is_quick_if_it_repeats_little(pattern, expected):
    assert is_quick(pattern) is expected


def test_the_slowest_of_quick_patterns_takes_less_than_the_limit_on_the_longest_text():
    pattern = Pattern(r"a*a{0,99}b", Place("benefits.csv"), is_quick=is_quick(r"a*a{0,99}b"))
    start = time.process_time()
    assert not pattern.is_in("a" * 1000)
    assert pattern.is_quick
    assert time.process_time() - start < TIME_LIMIT


def test_a_pattern_is_handed_over_to_another_process_as_it_is_written():
    pattern = Pattern("sav(?:e|es)", Place("benefits.csv"), is_quick=True)
    unused = pickle.dumps(pattern)
    assert pattern.is_in("it saves")
    assert pickle.dumps(pattern) == unused
    assert pickle.loads(unused) == pattern


@pytest.mark.parametrize("patterns", [r"time\b | sav\w*", r"time\b | (?:sav)+ | sav\w*"])
@pytest.mark.parametrize(
    ("text", "is_found"), [("it saves", True), ("a time", True), ("unsaved", False), ("times", False)]
)
@pytest.mark.parametrize("length", [10, 1001])
def test_quick_patterns_others_and_long_texts_are_searched_alike(tmp_path, patterns, text, is_found, length):
    (theme,) = read_themes(write(tmp_path, ROW | {"patterns": patterns, "example": "time"}))
    assert theme.is_in(f"{'x' * length} {text}") is is_found


def test_an_unknown_column_is_refused_with_the_closest_known_one(tmp_path):
    text = refusal(write(tmp_path, ROW | {"exemple": "x"}, columns=[*COLUMNS, "exemple"]))
    assert "benefits.csv, ligne 1, colonne « exemple »" in text
    assert "benefits.csv, row 1, column “exemple”" in text
    assert "Did you mean “example”?" in text


def test_a_pattern_that_matches_any_text_is_refused(tmp_path):
    assert "ce motif trouve n’importe quel texte" in refusal(write(tmp_path, ROW | {"patterns": "temps | "}))


def test_a_theme_with_two_rows_is_refused(tmp_path):
    text = refusal(write(tmp_path, ROW, ROW))
    assert "row 3, column “theme”, value “time”" in text
    assert "ce nom a déjà une ligne" in text


def test_an_example_that_no_pattern_matches_is_refused(tmp_path):
    assert "aucun motif ne trouve cet exemple" in refusal(
        write(tmp_path, ROW | {"example": "Meilleure qualité."})
    )


def test_fictional_themes_match_their_own_letters_only():
    found = [theme.labels["fr"] for theme in specimen_themes() if theme.is_in(specimen_benefit("AC"))]
    assert found == ["Thème A", "Thème C"]
