"""Opening a new year: drafts of reference files, decisions, ten years in a row, and the runbook."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from portrait import indicators
from portrait.curation import decisions
from portrait.curation.new_year import account, draft_year, write_draft
from portrait.curation.proposal_table import COLUMNS
from portrait.editions.opening import open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.registers.columns import NOT_FOUND
from portrait.registers.schema import load_source
from tests import small
from tests.small import DECISION, DEVELOPMENT, PRODUCTION, PROJECT, row

LAVAL, LANAUDIERE = "CISSS de Laval", "CISSS de Lanaudière"
HEALTH, TEACHING = "Santé et Services sociaux (Réseau)", "Enseignement supérieur (Réseau)"
FAMILY, WORK, JOBS = "Famille", "Travail", "Emploi et Solidarité sociale"

YEAR_2025 = [
    row("Tri des demandes", body="Ministère de la Famille", portfolio=FAMILY),
    row("Lecture de plans", body="CNESST", portfolio=WORK, status=DEVELOPMENT),
    row("Aide au triage", body=LAVAL, portfolio=HEALTH, category=DECISION),
    row("Imagerie du sein", body=LANAUDIERE, portfolio=HEALTH, category=DECISION),
    row("Tuteur en ligne", body="Cégep de Rosemont", portfolio=TEACHING),
    row("Prévision des inscriptions", body="Collège Ahuntsic", portfolio=TEACHING, category=DECISION),
    row("Accueil des citoyens", body="MESS", portfolio=JOBS),
    row("Détection de fraudes", body="Agence du revenu du Québec", portfolio="Finances", category=DECISION),
    row("Recherche d’arrêts", body="SOQUIJ", portfolio="Justice"),
    row("Cartes de forêts", body="MRNF", portfolio="Ressources naturelles et Forêts", category=DECISION),
]
SYNTHESIS = "Génération de contenu"
ON_HOLD = "En exploitation"
MERGED = "Travail et Essais"
# Ten bodies, three of them under names that are not in 2025.
YEAR_2026 = [
    row("Tri des demandes", body="Ministère de la Famille et des Aînés", portfolio="Famille et Aînés"),
    row("Lecture de plans", body="CNESST", portfolio=MERGED, status=ON_HOLD),
    row("Aide au triage", body=LAVAL, portfolio=HEALTH, category=DECISION),
    row("Imagerie du sein", body=LANAUDIERE, portfolio=HEALTH, category=DECISION),
    row("Tuteur en ligne", body="Cégep de Rosemont", portfolio=TEACHING, category=SYNTHESIS),
    row("Prévision des absences", body="Collège Ahuntsic", portfolio=TEACHING, category=DECISION),
    row("Accueil des citoyens", body="MESS", portfolio=MERGED),
    row("Détection de fraudes", body="Agence du revenu du Québec", portfolio="Finances", category=DECISION),
    row("Rédaction de résumés", body="Tribunal des essais", portfolio="Justice", category=SYNTHESIS),
    row("Cartes de forêts", body="Observatoire de démonstration", portfolio="Justice", category=DECISION),
]


@pytest.fixture
def project(tmp_path):
    """A project with a copy of the reference files, and a small file of 2025."""
    small.copy_references(tmp_path, ["ca-federal"])
    small.write_year(tmp_path / "data" / "raw", 2025, YEAR_2025)
    return tmp_path


def write_otherwise(project: Path, year: int, rows, header: str, *, order: str) -> Path:
    """Write a year in another format: a title, semicolons, Windows-1252, other headers and order."""
    path = project / "data" / "raw" / "quebec" / f"{year}.csv"
    places = [int(place) for place in order]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(
        [
            ["Portrait des utilisations de l’IA"],
            [],
            header.split("|"),
            *([r[p] for p in places] for r in rows),
        ]
    )
    path.write_bytes(written.getvalue().encode("cp1252"))
    return path


def other_2026(project: Path) -> Path:
    return write_otherwise(
        project,
        2026,
        YEAR_2026,
        "OP|Avancement|Grappe|Intitulé|Catégorie d'IA|Retombées espérées|Courriel",
        order="2530142",
    )


def opened(project: Path, year: int = 2026):
    draft = draft_year(year, project=project)
    write_draft(draft, project)
    return draft


def column(project: Path, year: int) -> dict[str, str]:
    with (project / "data/reference/quebec/columns.csv").open(encoding="utf-8", newline="") as stream:
        return {each["field"]: each[str(year)] for each in csv.DictReader(stream)}


def confirm_columns(project: Path, **headers: str) -> None:
    """Edit columns.csv as a person does: remove the marks, and write the headers that were not found."""
    path = project / "data/reference/quebec/columns.csv"
    text = re.sub(r"proposed by \w+: ", "", path.read_text("utf-8"))
    for name, header in headers.items():
        text = re.sub(rf'^({name},.*)"{re.escape(NOT_FOUND)}"$', rf"\g<1>{header}", text, flags=re.M)
    path.write_text(text, "utf-8")


def give_dates(project: Path, year: int) -> None:
    path = project / "data/reference/quebec/source.yml"
    path.write_text(path.read_text("utf-8").replace(": ''", f": '{year}-06'"), "utf-8")


def decide(project: Path, year: int, decisions: dict[str, str]) -> Path:
    """Fill in the table of names as a person does: write and sign a decision for each published name."""
    path = project / f"data/review/quebec/{year}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        proposed = list(csv.DictReader(stream))
    for name in proposed:
        name["decision"] = decisions.get(name["published"], "different" if name["field"] == "body" else "")
        name["recorded_by"] = "Marie Essai" if name["decision"] else ""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, COLUMNS, delimiter=";")
        table.writeheader()
        table.writerows(proposed)
    return path


DECISIONS_2026 = {
    ON_HOLD: "same",
    SYNTHESIS: "new",
    MERGED: "new",
    "Famille et Aînés": "same",
    "Ministère de la Famille et des Aînés": "same",
}


TOTALS_2026 = """\
  2026:
    initiatives: 10

published_claims:
- edition: 2026
  holds: true
"""


def settle_2026(project: Path) -> None:
    opened(project)
    confirm_columns(project)
    give_dates(project, 2026)
    opened(project)
    decisions.record(decide(project, 2026, DECISIONS_2026), project=project)


def counted(rows, place: int, ours: dict[str, str]) -> Counter[str]:
    return Counter(ours.get(each[place], each[place]) for each in rows)


# Drafts


def test_known_headers_are_drafted_and_others_are_proposed_by_content(project):
    other_2026(project)
    opened(project)
    assert column(project, 2026) == {
        "name": "proposed by content: Intitulé",
        "body": "OP",
        "portfolio": "proposed by content: Grappe",
        "category": "Catégorie d'IA",
        "status": "proposed by content: Avancement",
        "benefits": "proposed by content: Retombées espérées",
        "year": "",
    }


def test_an_edition_with_unconfirmed_columns_is_refused(project):
    other_2026(project)
    opened(project)
    with pytest.raises(RefusedInput, match="proposed by content: Intitulé") as refusal:
        open_edition("quebec", 2026, project=project)
    assert "In columns.csv, remove the mark before the header" in refusal.value.english


def test_drafts_only_add_to_reference_files(project):
    folder = project / "data/reference/quebec"
    before = {name: (folder / name).read_text("utf-8") for name in ("source.yml", "columns.csv")}
    other_2026(project)
    opened(project)
    source = (folder / "source.yml").read_text("utf-8").splitlines()
    place = next(
        n for n, line in enumerate(source) if line.startswith("  2026: # drafted by portrait new-year")
    )
    dates = ("collected", "made_precise", "published", "modified")
    assert source[place + 1 : place + 5] == [f"    {name}: ''" for name in dates]
    assert source[:place] + source[place + 5 :] == before["source.yml"].splitlines()
    assert source[place - 3] == "  2025:"
    columns = (folder / "columns.csv").read_text("utf-8").splitlines()
    assert [line.rpartition(",")[0] for line in columns] == before["columns.csv"].splitlines()


def test_a_year_before_all_others_is_compared_with_the_first_of_them(project):
    small.write_year(project / "data/raw", 2023, [row("Tri des demandes", body="Ministère de la Famille")])
    draft = opened(project, 2023)
    assert column(project, 2023)["body"] == "Organisme public"
    assert [decision.en for decision in draft.decisions if "column not found" in decision.en] == []
    give_dates(project, 2023)
    assert opened(project, 2023).decisions == ()
    assert open_edition("quebec", 2023, project=project).initiatives["body"].tolist() == [
        "Ministère de la Famille"
    ]


def test_a_dry_run_gives_the_same_account_and_writes_nothing(project):
    other_2026(project)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    dry = account(draft_year(2026, project=project))
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    assert account(opened(project)) == dry


def test_a_second_run_keeps_edits_and_lists_only_open_decisions(project):
    other_2026(project)
    first = opened(project)
    confirm_columns(project)
    second = opened(project)
    assert len(first.decisions) - len(second.decisions) == 4  # the columns
    assert second.texts == {}
    assert column(project, 2026)["status"] == "Avancement"


def test_open_decisions_are_listed_in_french_and_english(project):
    other_2026(project)
    said = [sentence.fr for sentence in opened(project).decisions]
    assert [sentence.split(" ")[0] for sentence in said] == [
        *["columns.csv,"] * 4,
        "source.yml,",
        *["data/review/quebec/2026.csv,"] * 5,
    ]
    assert said[5].endswith(f"status : « {ON_HOLD} » n’est pas consigné; proposé : « production » (64).")
    assert said[6].endswith(f"category : « {SYNTHESIS} » n’est pas consigné.")
    assert "portfolio : « Famille et Aînés » n’est pas consigné" in said[7]
    assert f"portfolio : « {MERGED} » n’est pas consigné" in said[8]
    assert said[9].endswith("body : nouveaux noms d’organismes semblables à un autre : 1.")
    listed = (project / "data/review/quebec/2026.md").read_text("utf-8")
    assert all(sentence.fr in listed and sentence.en in listed for sentence in opened(project).decisions)


def test_names_are_read_only_once_the_columns_are_confirmed(project):
    rows = [[f"Projet {each[0]}", *each[1:]] for each in YEAR_2026]
    header = "OP|Avancement|Grappe|Ce dont il s’agit|Catégorie d'IA|Retombées espérées|Courriel"
    write_otherwise(project, 2026, rows, header, order="2530142")
    assert "run portrait new-year 2026 again" in opened(project).decisions[-1].en
    assert not (project / "data/review/quebec/2026.csv").exists()
    confirm_columns(project, name="Ce dont il s’agit")
    assert "2026.csv, status" in opened(project).decisions[1].en
    assert (project / "data/review/quebec/2026.csv").exists()


def test_the_remarks_give_the_share_of_new_bodies(project):
    other_2026(project)
    now, then = ({each[2] for each in rows} for rows in (YEAR_2026, YEAR_2025))
    assert (len(now - then), len(now)) == (3, 10)
    assert any("Bodies: names of 2026 not in 2025: 3 of 10;" in each.en for each in opened(project).remarks)


def test_a_file_with_the_last_headers_and_names_leaves_only_the_dates_to_give(project):
    small.write_year(project / "data" / "raw", 2026, [*YEAR_2025[1:], YEAR_2025[0]])
    draft = opened(project)
    assert [sentence.en for sentence in draft.decisions] == [
        "source.yml, editions, 2026: give the dates (collected, made_precise, published, modified), and "
        "remove those not published."
    ]
    give_dates(project, 2026)
    assert opened(project).decisions == ()


def test_a_known_body_under_a_new_name_has_nothing_to_translate(project):
    hospital = "Centre hospitalier de l'Université de Montréal"  # CHUM in both languages
    small.write_year(project / "data" / "raw", 2026, [*YEAR_2025, row("Essai", body="Le CHUM")])
    with (project / "data/reference/quebec/bodies.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"Le CHUM,{hospital},2026,,essai,Marie Essai\n")
    assert not any("translate them" in each.en for each in opened(project).remarks)


# After the decisions


def test_after_the_decisions_the_counts_of_the_edition_match_the_file(project):
    other_2026(project)
    settle_2026(project)
    assert opened(project).decisions == ()
    edition = open_edition("quebec", 2026, project=project)
    table = edition.initiatives
    families = {
        "Famille et Aînés": FAMILY,
        "Ministère de la Famille et des Aînés": "Ministère de la Famille",
        ON_HOLD: "production",
        PRODUCTION: "production",
    }
    full = {"CNESST", "MESS", LAVAL, LANAUDIERE, "SOQUIJ", "MRNF"}
    assert Counter(table["category"]) == counted(YEAR_2026, 1, families)
    assert Counter(table["portfolio"]) == counted(YEAR_2026, 3, families)
    assert Counter(table["status"]) == counted(YEAR_2026, 5, families) == {"production": 10}
    bodies = counted(YEAR_2026, 2, families)
    assert {name: count for name, count in Counter(table["body"]).items() if name in bodies} == {
        name: count for name, count in bodies.items() if name not in full
    }
    assert table["body"].nunique() == len(bodies) == 10
    assert edition.previous is not None
    assert not edition.compares_categories  # a category that 2025 did not have


def test_without_decisions_unlisted_values_are_unclassified(project):
    other_2026(project)
    opened(project)
    confirm_columns(project)
    table = open_edition("quebec", 2026, project=project).initiatives
    assert Counter(table["category"])["unclassified"] == counted(YEAR_2026, 1, {})[SYNTHESIS] == 2
    assert Counter(table["status"])["unclassified"] == counted(YEAR_2026, 5, {})[ON_HOLD] == 1
    assert Counter(table["portfolio"])[MERGED] == counted(YEAR_2026, 3, {})[MERGED] == 2


def test_an_added_category_is_in_the_list_of_the_years_that_use_it(project):
    other_2026(project)
    settle_2026(project)
    small.write_year(project / "data" / "raw", 2027, [*YEAR_2025, row("Résumés", category=SYNTHESIS)])
    opened(project, 2027)
    small.write_year(project / "data" / "raw", 2028, YEAR_2025[:5])
    opened(project, 2028)
    source = load_source("quebec", project)
    held = [
        [term.name for term in source.terms("category", year)].count(SYNTHESIS)
        for year in (2025, 2026, 2027, 2028)
    ]
    assert held == [0, 1, 1, 0]


def test_a_copy_of_reference_files_holds_nothing_of_a_year_that_people_recorded(project):
    folder = project / "data/reference/quebec"
    before = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    other_2026(project)
    settle_2026(project)
    text = before["published.yml"].replace("\n\npublished_claims:\n", f"\n{TOTALS_2026}")
    (folder / "published.yml").write_text(text, "utf-8")
    changed = {name for name in before if (folder / name).read_text("utf-8") != before[name]}
    assert changed == {"source.yml", "columns.csv", "labels.csv", "bodies.csv", "published.yml"}
    small.forget_later_years(folder)
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == before


# Files that cannot be opened


def test_the_error_for_a_missing_file_gives_its_path(project):
    with pytest.raises(WrongCall, match=r"quebec/2026\.csv or \.xlsx"):
        draft_year(2026, project=project)


def test_the_embedded_sample_is_not_the_file_of_a_year(project):
    shutil.copytree(PROJECT / "data/sample/quebec", project / "data/sample/quebec")
    with pytest.raises(WrongCall, match="no file for quebec 2024"):
        draft_year(2024, project=project)


def test_the_only_year_of_a_source_has_none_to_be_compared_with(project):
    small.forget_later_years(project / "data/reference/ca-federal")
    with pytest.raises(WrongCall, match="no year but 2025"):
        draft_year(2025, source="ca-federal", project=project)


def test_a_copy_of_another_years_file_is_refused_and_nothing_is_written(project):
    raw = project / "data/raw/quebec"
    shutil.copy(raw / "2025.csv", raw / "2026.csv")
    before = (project / "data/reference/quebec/source.yml").read_bytes()
    with pytest.raises(RefusedInput, match="identique à celui de 2025"):
        opened(project)
    assert (project / "data/reference/quebec/source.yml").read_bytes() == before


# Ten years


@pytest.mark.slow
def test_ten_years_in_a_row_have_the_counts_of_their_files(project):
    layouts = [
        ("OP|Statut|Portefeuille|Nom|Catégorie|Bénéfices", "253014"),
        ("Titre|Type|Organisme|Ministère|Avantages|Phase", "012345"),
        ("Phase|Avantages|Ministère|Organisme|Type|Titre", "543210"),
    ]
    rows = list(YEAR_2025)
    written = {}
    for year in range(2026, 2036):
        # Each year one initiative leaves, two are added, and one body has a new name.
        new = row(f"Essai {year}", body=f"Régie numéro {year}")
        rows = [*rows[1:], new, row(f"Suite {year}", body="SOQUIJ")]
        written[year] = list(rows)
        header, order = layouts[year % 3]
        write_otherwise(project, year, rows, header, order=order)
        opened(project, year)
        give_dates(project, year)
    assert draft_year(2035, project=project).decisions == ()
    edition = open_edition("quebec", 2035, project=project)
    assert edition.years == tuple(range(2025, 2036))
    volume = indicators.volume(edition.all_initiatives).set_index("year")
    for year, expected in written.items():
        table = edition.all_initiatives[edition.all_initiatives["year"] == year]
        assert volume.loc[year, "n_initiatives"] == len(expected) == len(YEAR_2025) + year - 2025
        assert volume.loc[year, "n_bodies"] == len(counted(expected, 2, {}))
        assert Counter(table["category"]) == counted(expected, 1, {})
        assert Counter(table["portfolio"]) == counted(expected, 3, {})
        assert Counter(table["status"]) == counted(
            expected, 5, {PRODUCTION: "production", DEVELOPMENT: "development"}
        )


# The commands


@pytest.fixture
def run(project, monkeypatch, call):
    """Run a command inside the project; return its exit status and its output."""

    def ran(_: str, *words: str) -> tuple[int, str]:
        monkeypatch.chdir(project)
        status, *printed = call(*words)
        return status, "".join(printed)

    return ran


def commands(section: str) -> list[list[str]]:
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", section, re.DOTALL | re.MULTILINE)
    return [line.split() for block in blocks for line in block.splitlines()]


@pytest.mark.slow
def test_the_commands_of_the_runbook_open_2026(project, run, monkeypatch):
    runbook = (PROJECT / "data/reference/new-year.md").read_text("utf-8")
    french, english = runbook.split("\n## In English\n")
    fetch, new_year, record, again, fetch_again, check, build, release = commands(french)
    home = project / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    shutil.move(other_2026(project), home / "portrait-2026.csv")
    shutil.copytree(PROJECT / "notebooks", project / "notebooks")

    assert run(*(word.replace("~", str(home)) for word in fetch))[0] == 0
    assert (project / "data/raw/quebec/2026.csv").exists()
    status, said = run(*new_year)
    assert status == 1
    assert said.startswith("quebec 2026 (2026.csv, SHA-256 ")
    assert "À décider / To decide (10)" in said
    confirm_columns(project)
    give_dates(project, 2026)
    decide(project, 2026, DECISIONS_2026)
    assert run(*record)[0] == 0
    status, said = run(*again)
    assert status == 0
    assert f"translate them: {SYNTHESIS} | {MERGED}." in said
    status, said = run(*(word.replace("~", str(home)) for word in fetch_again))
    assert status == 0
    assert "as recorded; 10 rows" in said
    assert run(*check)[0] in (0, 1)
    status, said = run(*build, "--language", "fr", "--format", "html")
    assert status == 0, said
    assert "quebec 2026: 10 initiatives" in said
    page = (project / "reports/quebec/2026/annual.fr.html").read_text("utf-8")
    assert SYNTHESIS in page
    status, said = run(*release)
    assert status == 1
    lines = [
        line.strip().replace("REASON,WHO", "Seen.,A. B.")
        for line in said.splitlines()
        if line.endswith("REASON,WHO")
    ]
    header = "year,code,column,sha256,reason,recorded_by"
    accepted = project / "data/reference/quebec/accepted-warnings.csv"
    accepted.write_text("\n".join([header, *dict.fromkeys(lines), ""]), "utf-8")
    status, said = run(*release)
    assert status == 0, said
    assert (project / "data/reference/quebec/releases/2026.json").exists()
    assert [verb for verb in re.findall(r"`portrait ([a-z-]+)", english) if verb != "fetch"] == [
        words[1] for words in (new_year, record, again, check, build, release)
    ]
