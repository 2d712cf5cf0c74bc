"""The schema of reference files: documented, and applied to every file, all faults at once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from portrait.build.plan import plan_build
from portrait.checks.check import check_at_hand
from portrait.curation.new_year import draft_year
from portrait.errors import Place, RefusedInput, RefusedReferences
from portrait.fetch import official
from portrait.registers.declared import rendered
from portrait.registers.judged import read_themes
from portrait.registers.parsing import ENDED, MOST_BYTES, Faults
from portrait.registers.patterns import Pattern
from portrait.registers.schema import load_source
from portrait.registers.validation import read_mapping
from tests import small
from tests.small import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the reference files of Québec, and of its embedded rows."""
    small.copy_references(tmp_path, [])
    shutil.copytree(PROJECT / "data/sample", tmp_path / "data/sample")
    return tmp_path


def change(project: Path, file: str, before: str, after: str) -> None:
    """Replace the first match of an expression in a reference file."""
    path = project / "data" / "reference" / "quebec" / file
    text, n_changes = re.subn(before, lambda _: after, path.read_text("utf-8"), count=1, flags=re.M)
    assert n_changes == 1
    path.write_text(text, "utf-8")


def refusal(project: Path) -> RefusedReferences:
    with pytest.raises(RefusedReferences) as caught:
        load_source("quebec", project)
    return caught.value


def test_the_documentation_shows_the_schema() -> None:
    assert (PROJECT / "data" / "reference" / "schema.md").read_text("utf-8").endswith(rendered())


@pytest.mark.parametrize(
    ("file", "before", "after", "line", "key", "finding"),
    [
        (
            "source.yml",
            "modified: '2026-01-27'",
            "modified: 2025-02-30",
            63,
            "editions.2025.modified",
            "a date",
        ),
        ("source.yml", "^  2025:$", "  2025-08-15:", 61, "editions.2025-08-15", "YAML reads it as a date"),
        ("source.yml", "^  2025:$", "  2025.08:", 61, "editions.2025.08", "this is not an edition"),
        ("source.yml", "^  2025:$", "  '2025-13':", 61, "editions.2025-13", "this is not an edition"),
        ("source.yml", "licence_url: https", "licence_url: javascript", 18, "licence_url", "a web address"),
        ("source.yml", r"^year_in_name: .*$", "year_in_name: (a", 54, "year_in_name", "a valid regular"),
        ("source.yml", r"\(consulté le \{consulted\}", "({nope}", 28, "citation", "braces are among"),
        ("source.yml", "^licence: .*$", "licence: A\nlicence: B", 18, "licence", "already at line 17"),
        ("source.yml", "name: production", "name: in use", 64, None, "our statuses are"),
        ("source.yml", "^  2025:$", "  2025:\n    header_row: 21", 62, "editions.2025.header_row", "or 0 if"),
        ("source.yml", "^year_in_name: .*$", "year_in_name: [a]", 54, "year_in_name", "a regular expression"),
        (
            "published.yml",
            "^  theirs: 0.54",
            "  theirs: many",
            440,
            "published_claims[1].theirs",
            "as in 0.54",
        ),
        ("source.yml", "^scope_name:", "scope_nam:", 14, "scope_nam", "this key is unknown"),
        ("published.yml", "initiatives: 168", f"initiatives: {'9' * 5000}", 57, None, "not a whole number"),
        ("published.yml", "initiatives: 168", "initiatives: {a: b}", 57, None, "not a whole number"),
        ("published.yml", "initiatives: 168", "portfolios: .inf", 57, None, "not a whole number"),
        ("published.yml", "initiatives: 168", "portfolios: null", 57, None, "this value is empty"),
        (
            "published.yml",
            "by_body_known:\n",
            "by_body_known:\n      Nom:\n",
            96,
            "editions.2024.by_body_known.Nom",
            "not a mapping of keys",
        ),
        (
            "source.yml",
            "declaring_unit:",
            "nouns:\n  portfolio: {fr: agence, en: 'an agency, agencies'}\ndeclaring_unit:",
            32,
            "nouns.portfolio.fr",
            "not a noun and its plural",
        ),
        ("published.yml", "initiatives: 168", "initiatives: *many", 57, None, "an alias"),
        ("published.yml", "initiatives: 168", "initiatives: !!python/none", 57, None, "a tag"),
        ("published.yml", "initiatives: 168", f"bodies: {'[' * 50}{']' * 50}", 57, None, "too many levels"),
        ("published.yml", "^editions:", "---\neditions:", 42, None, "a second document"),
        ("source.yml", "^licence: .*$", "? [a]\n: b", 17, None, "a key is not a word"),
        ("source.yml", "^licence_url: .*$", "licence_url: [a]", 18, "licence_url", "not a web address"),
        ("source.yml", "^scope_name:", "scope_name: Québec\nold:", 14, "scope_name", "not a mapping of keys"),
        ("source.yml", "fr: En production", "years: 2025", 69, "vocabulary.status[1].years", "not a list"),
        (
            "source.yml",
            "- name: production",
            "- short_fr: A",
            68,
            "vocabulary.status[1]",
            "“name” is missing",
        ),
    ],
)
def test_a_fault_of_a_yaml_file_has_its_line_key_value_and_fix(
    project: Path, file: str, before: str, after: str, line: int, key: str | None, finding: str
) -> None:
    change(project, file, before, after)
    (fault,) = refusal(project).faults[:1]
    assert fault.place.file == f"data/reference/quebec/{file}"
    assert finding in fault.english
    assert key is None or (fault.place.line, fault.place.key) == (line, key)


@pytest.mark.parametrize(
    ("file", "before", "after", "key", "finding"),
    [
        ("source.yml", "^id: quebec", "id: nl", "id", "the folder is named quebec"),
        ("source.yml", "^citation_language: fr\n", "", "citation", "“citation_language” is missing"),
        (
            "source.yml",
            "^language:",
            "names_in_both_languages: {separator: /, order: [fr, fr], fields: [body]}\nlanguage:",
            "names_in_both_languages.order",
            "it needs both languages. Write [en, fr] or [fr, en]",
        ),
        (
            "source.yml",
            "^  2025:$",
            "  2025:\n    previous: 2025",
            "editions.2025.previous",
            "this is not an earlier edition. Name an edition that is declared",
        ),
        ("source.yml", "^year_in_name: .*$", "year_in_name: (2)(0)", "year_in_name", "several groups"),
        (
            "source.yml",
            "^language:",
            "nouns:\n  portfolio: {fr: 'une ligue, ligues', en: 'a portfolio, portfolios'}\nlanguage:",
            "nouns.portfolio.fr",
            "the verifier does not know “ligue”",
        ),
        (
            "source.yml",
            "- name: development",
            "- name: production",
            "vocabulary.status[2].name",
            "this term is repeated",
        ),
        ("published.yml", "- id: press", "- id: aggregates", "origin", "this origin is repeated"),
        (
            "published.yml",
            "^      by_status: .*\n",
            "",
            "editions.2024.origins.by_status",
            "not under “origin”",
        ),
        (
            "published.yml",
            "measure: {growth: n_initiatives}",
            "measure: {growth: n_initiatives, values: [production]}",
            "published_claims[1].measure",
            "this measure cannot be computed",
        ),
        ("published.yml", "^  theirs: 0.54\n", "", "published_claims[1]", "needs “theirs” or “theirs_above”"),
        (
            "published.yml",
            "^  theirs: 0.54",
            "  theirs_above: 0.54",
            "published_claims[1]",
            "“other_measure” is missing",
        ),
    ],
)
def test_keys_that_contradict_one_another_are_refused_with_what_mends_them(
    project: Path, file: str, before: str, after: str, key: str, finding: str
) -> None:
    change(project, file, before, after)
    (fault,) = refusal(project).faults[:1]
    assert (fault.place.file, fault.place.key) == (f"data/reference/quebec/{file}", key)
    assert finding in fault.english


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "finding"),
    [
        (
            "columns.csv",
            "^name,.*$",
            "name,,Nom",
            (2, "2024"),
            "a header of the field “name” is empty",
        ),
        ("columns.csv", "^name,.*\n", "", (None, "field"), "the rows name are missing"),
        ("columns.csv", "^body,", "portfolio,", (4, "field"), "already in row 3"),
        ("columns.csv", "^field,2024,2025", "field,2024,2024", (1, "2024"), "this column is repeated"),
        ("labels.csv", "^status,", "statut,", (2, "field"), "one of these words"),
        ("labels.csv", ",production,,", ",production,99999,", (2, "since"), "not an edition"),
        ("labels.csv", ",production,,,", ",production,2025,2024,", (2, "published"), "before the first"),
        ("bodies.csv", ",recorded_by$", ",signed_by", (1, None), "the columns recorded_by are missing"),
        ("labels.csv", "^field,published", "field,label", (1, None), "the columns published are missing"),
        ("labels.csv", "(?s)^field.*", "field;published\n", (1, None), "Separate the cells with commas"),
        ("bodies.csv", "^MAPAQ,", '"MAPAQ,', (None, None), "unreadable CSV"),
        ("benefits.csv", r"gains\? de temps", "(gains", (2, "patterns"), "“(gains” is not a valid regular"),
    ],
)
def test_a_fault_of_a_table_has_its_row_and_column(
    project: Path, file: str, before: str, after: str, place: tuple[int | None, str | None], finding: str
) -> None:
    change(project, file, before, after)
    (fault,) = refusal(project).faults[:1]
    assert (fault.place.row, fault.place.column) == place
    assert finding in fault.english


def test_all_faults_of_all_files_are_refused_at_once(project: Path) -> None:
    change(project, "source.yml", "licence_url: https", "licence_url: javascript")
    change(project, "source.yml", "modified: '2026-01-27'", "modified: '2026-13-27'")
    change(project, "columns.csv", "^name,.*$", "name,Nom,")
    change(project, "published.yml", "initiatives: 168", "initiatives: many")
    faults = refusal(project).faults
    assert [(each.place.file.rpartition("/")[2], each.place.key, each.place.row) for each in faults] == [
        ("source.yml", "licence_url", None),
        ("source.yml", "editions.2025.modified", None),
        ("columns.csv", None, 2),
        ("published.yml", "editions.2024.initiatives", None),
    ]


def test_every_verb_refuses_a_faulty_file_alike(project: Path) -> None:
    change(project, "published.yml", "initiatives: 168", "initiatives: many")
    verbs = (
        lambda: list(check_at_hand("quebec", project=project)),
        lambda: official.fetch("quebec", project=project, year=2025),
        lambda: draft_year(2026, project=project),
        lambda: plan_build(project=project),
    )
    messages = set()
    for verb in verbs:
        with pytest.raises(RefusedInput) as caught:
            verb()
        messages.add(str(caught.value))
    assert len(messages) == 1


def test_contradictory_links_are_refused_when_an_edition_is_checked(project: Path) -> None:
    (project / "data" / "reference" / "quebec" / "links.csv").write_text(
        "year_from,row_from,name_from,year_to,row_to,name_to,decision,evidence,recorded_by\n"
        "2023,2,a,2024,2,b,same,seen,A. B.\n2023,2,a,2024,2,b,different,seen,A. B.\n",
        "utf-8",
    )
    with pytest.raises(RefusedInput, match=r"links\.csv, row 2 already has a decision on this initiative"):
        list(check_at_hand("quebec", project=project))


def test_a_word_that_yaml_takes_for_something_else_stays_a_text(project: Path) -> None:
    change(project, "source.yml", "^declaring_unit: .*$", "declaring_unit: {fr: 1:30, en: No}")
    assert load_source("quebec", project).facts["declaring_unit"] == {"fr": "1:30", "en": "No"}


def test_a_file_of_many_faults_states_thirty_and_counts_the_others(project: Path) -> None:
    rows = "".join(f"A{number},,,,,\n" for number in range(1000))
    path = project / "data" / "reference" / "quebec" / "bodies.csv"
    path.write_text(path.read_text("utf-8") + rows, "utf-8")
    refused = refusal(project)
    assert len(refused.faults) == 3000
    assert refused.english.endswith("Other faults: 2970.")
    assert len(refused.english.splitlines()) == 31


def test_a_file_too_large_for_a_person_to_have_written_is_refused_unread(project: Path) -> None:
    path = project / "data" / "reference" / "quebec" / "published.yml"
    path.write_bytes(b"about: " + b"x" * MOST_BYTES)
    assert "more than 4 MB" in refusal(project).english


@pytest.mark.parametrize("file", ENDED)
def test_a_file_cut_short_anywhere_is_refused_though_it_is_valid_yaml(project: Path, file: str) -> None:
    path = project / "data" / "reference" / "quebec" / file
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert read_mapping(path, whole := Faults())
    assert whole.found == []
    for n_lines in [*range(0, len(lines) - 1, 7), len(lines) - 1]:
        path.write_text("".join(lines[:n_lines]), "utf-8")
        read_mapping(path, faults := Faults())
        assert len(faults.found) == 1, n_lines
    assert "the last line, “...”, is missing" in str(faults.found[0])
    assert faults.found[0].place.line == len(lines) - 1


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "line 1: this is not a JSON object."),
        ("[]", ": this is not a JSON object."),
        ('{"years": []}', "the key “year” is missing."),
        ('{"year": 2025, "years": 3}', "key “years”, value “3”: this is not a list."),
        ('{"year": 2025, "years": [{"year": 2024, "sha256": "x"}]}', "key “years[1].sha256”, value “x”"),
        ('{"year": 2025, "years": [{"figures": {"n_initiatives": -1}}]}', "value “-1”: this is not a whole"),
    ],
)
def test_a_release_is_checked_like_any_reference_file(project: Path, content: str, fault: str) -> None:
    path = project / "data" / "reference" / "quebec" / "releases" / "2025.json"
    path.parent.mkdir()
    path.write_text(content, "utf-8")
    refused = refusal(project).english
    assert "releases/2025.json" in refused and fault in refused


def test_a_release_that_is_not_a_text_is_refused_by_its_name(project: Path) -> None:
    path = project / "data" / "reference" / "quebec" / "releases" / "2025.json"
    path.parent.mkdir()
    path.write_bytes(b"{}\n\xff")
    (fault,) = refusal(project).faults
    assert fault.english.startswith("data/reference/quebec/releases/2025.json, line 2: the file is not UTF-8")


def test_a_folder_in_place_of_a_reference_file_is_refused(project: Path) -> None:
    path = project / "data" / "reference" / "quebec" / "bodies.csv"
    path.unlink()
    path.mkdir()
    (fault,) = refusal(project).faults[:1]
    assert fault.english.startswith("data/reference/quebec/bodies.csv: this file cannot be opened (Is a dir")


# Patterns


def test_a_pattern_that_takes_too_long_is_refused_with_file_row_and_column(project: Path) -> None:
    folder = project / "data" / "reference" / "quebec"
    row = "slow,Lent,Slow,Lent.,Slow.,(?:a|aa)+$,{}\n".format("a" * 60 + "b")
    (folder / "benefits.csv").write_text(
        "theme,label_fr,label_en,definition_fr,definition_en,patterns,example\n" + row, "utf-8"
    )
    with pytest.raises(RefusedInput, match="more than 1 s on one text") as caught:
        read_themes(folder)
    place = caught.value.place
    assert (place.file, place.row, place.column) == ("data/reference/quebec/benefits.csv", 2, "patterns")


@pytest.mark.parametrize(
    ("pattern", "finding"),
    [
        ("a{99999999}", "a brace in it is not a number of repeats of at most 1000"),
        ("(?:a{1000}){1000}", "a group in it is repeated by count"),
        ("(?:foo){e<=3}", "a brace in it"),  # approximate, for the engine; a text, for Python
        ("(?R)", "not a valid regular expression"),  # recursion
        ("(" * 900 + ")" * 900, "not a valid regular expression"),
        ("a" * 2001, "more than 2000 characters"),
    ],
)
def test_a_pattern_without_bound_is_refused_before_it_is_compiled(
    project: Path, pattern: str, finding: str
) -> None:
    change(project, "source.yml", r"^year_in_name: .*$", f"year_in_name: '{pattern}'")
    assert finding in refusal(project).english


def test_a_pattern_finds_all_removes_and_splits() -> None:
    place = Place("marks.csv")
    assert Pattern(r"n° (\d+)", place).find_all("n° 12, n° 7") == ["12", "7"]
    assert Pattern(r"\[inv \d+\]", place, is_caseless=True).without("Tri [INV 4]") == "Tri  "
    assert Pattern("(?P<new>.+) ex (?P<old>.+)", place).groups_of("B ex A") == {"new": "B", "old": "A"}
