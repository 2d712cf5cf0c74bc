"""Opening an edition: its files, its years, its comparisons, its specimen, and published totals."""

import os
from functools import cache
from pathlib import Path

import pytest

from portrait.build.processes import Processes
from portrait.editions.opening import hand_over, open_edition
from portrait.errors import RefusedInput, WrongCall
from portrait.indicators import portfolios, statuses, summary
from portrait.registers.files import states
from tests import small
from tests.real_data import needs_real_data, real_edition
from tests.small import PROJECT

SOURCE = r"""
producer: {fr: Ministère, en: Ministry}
producer_in_a_sentence: {fr: le Ministère, en: the Ministry}
title: {fr: Registre, en: Register}
scope_name: {fr: l’administration, en: the administration}
licence: CC-BY 4.0
licence_url: https://example.org/licence
catalogue: {url: https://example.org, consulted: 2026-01-31}
citation: {fr: "Registre (consulté le {consulted}).", en: "Register (consulted {consulted})."}
legal_basis: {fr: Un arrêté., en: An order.}
included: {fr: Tout., en: Everything.}
excluded: {fr: [], en: []}
reconstructed_rows: {name: '^Reconstituée \d{4}-\d+$'}
editions:
  2023: {}
  2024: {collected: 2024-06-15, made_precise: 2024-10-31}
  2025: {collected: 2025-06}
vocabulary:
  status:
  - {name: production}
  - {name: development}
  category:
  - {name: Imagerie}
  - {name: Automatisation, years: [2024, 2025]}
...
"""
COLUMNS = """field,2023,2024,2025
name,Titre | Projet,Titre,Titre
body,Organisme,Organisme,Organisme
portfolio,Portefeuille,Portefeuille,Portefeuille
category,Type,Type,Type
status,Statut,Statut,Statut
"""
LABELS = """field,published,ours,since,until,evidence,recorded_by
portfolio_folded,Santé (Réseau),Santé,2025,,the 2025 file splits it,A. B.
status,Pilote,development,2025,,the stage is new in 2025,A. B.
"""
HEADER = "Titre,Organisme,Portefeuille,Type,Statut\n"
OFFICIAL = "Tri,Régie,Famille,Imagerie,production\n"
RECONSTRUCTED = "Reconstituée {}-001,Régie,Famille,Imagerie,production\n"


@pytest.fixture
def project(tmp_path):
    """A project with one source, `register`, of three years, and no data file."""
    folder = tmp_path / "project" / "data" / "reference" / "register"
    folder.mkdir(parents=True)
    for name, content in {"source.yml": SOURCE, "columns.csv": COLUMNS, "labels.csv": LABELS}.items():
        (folder / name).write_text(content, "utf-8")
    return tmp_path / "project"


@pytest.fixture
def put(project):
    """Write rows as the file of a year: official ones in `raw`, embedded ones in `sample`."""

    def put(year, rows, *, kind="raw", header=HEADER):
        path = project / "data" / kind / "register" / f"{year}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(header + rows, "utf-8")
        return path

    return put


@pytest.fixture
def edition(project):
    return lambda year=2025, **options: open_edition("register", year, project=project, **options)


@pytest.fixture
def dated(project):
    """Declare three editions of 2026 named by days and a month; the last is compared with the first."""
    folder = project / "data" / "reference" / "register"
    editions = "editions:\n  '2026-06-15': {}\n  '2026-07-15': {}\n  '2026-08': {previous: '2026-06-15'}\n"
    (folder / "source.yml").write_text(SOURCE.replace("editions:\n", editions), "utf-8")
    first, *rows = COLUMNS.splitlines()
    added = [f"{row}{',' + row.split(',')[2]}" * 1 + f",{row.split(',')[2]}" * 2 for row in rows]
    lines = [f"{first},2026-06-15,2026-07-15,2026-08", *added]
    (folder / "columns.csv").write_text("\n".join(lines) + "\n", "utf-8")


# Which files


def test_an_embedded_file_is_read_if_there_is_no_official_one(put, edition):
    put(2025, RECONSTRUCTED.format(2025), kind="sample")
    assert edition().reconstructed


def test_a_data_folder_is_read_instead_of_the_projects_own(put, edition, tmp_path):
    put(2024, OFFICIAL)
    put(2025, OFFICIAL + OFFICIAL)
    path = tmp_path / "elsewhere" / "register" / "2025.csv"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + OFFICIAL, "utf-8")
    opened = edition(data=tmp_path / "elsewhere")
    assert (len(opened.initiatives), opened.earlier) == (1, ())


def test_a_copy_of_the_embedded_file_is_reconstructed_in_any_folder(put, edition, tmp_path):
    embedded = put(2025, RECONSTRUCTED.format(2025), kind="sample")
    path = tmp_path / "copy" / "register" / "2025.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(embedded.read_bytes())
    assert edition(data=str(tmp_path / "copy")).reconstructed


def test_the_error_for_an_unknown_source_suggests_a_known_one(project):
    with pytest.raises(WrongCall, match="Did you mean “register”"):
        open_edition("regster", 2025, project=project)


def test_the_error_for_an_unknown_year_lists_the_known_years(put, edition):
    put(2025, OFFICIAL)
    with pytest.raises(WrongCall, match=r"no edition 2052\. Known editions: 2023, 2024, 2025"):
        edition(2052)


def test_the_error_for_a_missing_file_gives_its_path_and_the_available_years(put, edition, project):
    put(2024, OFFICIAL)
    with pytest.raises(WrongCall) as caught:
        edition(2025)
    assert f"{project.as_posix()}/data/raw/register/2025.csv" in caught.value.mend
    assert caught.value.mend.endswith("Available editions: 2024.")


def test_the_error_for_a_missing_data_folder_gives_the_path_of_the_file(edition, tmp_path):
    with pytest.raises(WrongCall, match=r"nowhere/register/2025\.csv"):
        edition(data=tmp_path / "nowhere")


def test_two_editions_of_one_month_are_compared_by_date(put, edition, dated):
    put("2026-06-15", OFFICIAL)
    put("2026-07-15", OFFICIAL + OFFICIAL.replace("Tri", "Lecture"))
    opened = edition("2026-07-15")
    assert [str(each) for each in opened.years] == ["2026-06-15", "2026-07-15"]
    assert [each.collected for each in (opened.previous, opened)] == ["2026-06-15", "2026-07-15"]
    assert not opened.skips_years
    assert (len(opened.links.table), opened.unit("fr"), opened.called("en")) == (
        1,
        "édition",
        "July 15, 2026",
    )
    assert [opened.brief(each, "en") for each in opened.years] == ["June", "July"]
    assert opened.brief(2025, "en") == "2025"  # no edition at hand
    assert [str(each) for each in opened.links.table[["year_from", "year_to"]].iloc[0]] == [
        "2026-06-15",
        "2026-07-15",
    ]


def test_the_edition_that_the_source_names_is_the_previous_one(put, edition, dated):
    for name in ("2026-06-15", "2026-07-15", "2026-08"):
        put(name, OFFICIAL + OFFICIAL.replace("Tri", name))
    opened = edition("2026-08")
    assert [str(each) for each in opened.years] == ["2026-06-15", "2026-08"]


def test_a_gap_of_years_is_told_from_editions_of_years_that_follow(put, edition, dated):
    put(2023, OFFICIAL.replace("Tri", "Ancien"), header=HEADER)
    put("2026-06-15", OFFICIAL)
    assert edition("2026-06-15").skips_years


def test_a_year_without_columns_is_refused(put, edition, project):
    put(2025, OFFICIAL)
    columns = project / "data" / "reference" / "register" / "columns.csv"
    columns.write_text(COLUMNS.replace("2025", "2026", 1), "utf-8")
    with pytest.raises(RefusedInput, match="no column for the edition 2025"):
        edition()


def test_a_file_with_the_headers_of_another_year_is_refused(put, edition):
    put(2025, OFFICIAL, header=HEADER.replace("Titre", "Projet"))
    with pytest.raises(RefusedInput, match="these are the headers of 2023"):
        edition()


# Which years


def test_only_earlier_years_are_opened_in_order(put, edition):
    for year in (2023, 2024, 2025):
        put(year, f"Tri {year},Régie,Famille,Imagerie,production\n")
    opened = edition(2024)
    assert opened.years == (2023, 2024)
    assert opened.previous.year == 2023
    assert opened.all_initiatives["name"].tolist() == ["Tri 2023", "Tri 2024"]
    assert edition(2023).previous is None


def test_an_official_edition_leaves_out_reconstructed_years(put, edition):
    put(2023, "Tri,Régie,Famille,Imagerie,production\n")
    put(2024, RECONSTRUCTED.format(2024), kind="sample")
    put(2025, OFFICIAL + OFFICIAL)
    opened = edition()
    assert (opened.years, opened.left_out, opened.reconstructed) == ((2023, 2025), (2024,), False)
    assert not opened.all_initiatives["reconstructed"].any()


def test_a_reconstructed_edition_leaves_out_official_years(put, edition):
    put(2024, OFFICIAL)
    put(2025, RECONSTRUCTED.format(2025), kind="sample")
    opened = edition()
    assert (opened.years, opened.left_out, opened.reconstructed) == ((2025,), (2024,), True)


def test_one_reconstructed_row_marks_the_whole_edition(put, edition):
    put(2025, OFFICIAL + RECONSTRUCTED.format(2025))
    assert edition().reconstructed


# Names across years


def test_an_unrecorded_name_has_the_spelling_of_its_latest_year(put, edition):
    put(2024, "Tri,RÉGIE D'ESSAI,Famille,Imagerie,production\n")
    put(2025, "Tri,Régie d’essai,FAMILLE,Imagerie,production\n")
    opened = edition()
    assert opened.all_initiatives["body"].tolist() == ["Régie d’essai", "Régie d’essai"]
    assert opened.all_initiatives["portfolio"].tolist() == ["FAMILLE", "FAMILLE"]
    assert opened.previous.recodes.values.tolist() == [
        ["body", "RÉGIE D'ESSAI", "Régie d’essai", 1],
        ["portfolio", "Famille", "FAMILLE", 1],
    ]


def test_a_repaired_text_stays_in_the_recodes_after_names_are_aligned(put, edition):
    put(2025, "Ã‰cole,Régie,Famille,Imagerie,production\n")
    assert edition().recodes.values.tolist() == [["name", "Ã‰cole", "École", 1]]


def test_a_missing_portfolio_differs_from_a_portfolio_called_unknown(put, edition):
    put(2024, "Tri,Régie,,Imagerie,production\n")
    put(2025, "Tri,Régie,Unknown,Imagerie,production\n")
    opened = edition()
    assert opened.all_initiatives["portfolio"].tolist() == ["unknown", "Unknown"]


# Comparisons between years


def test_categories_are_compared_only_between_years_with_the_same_closed_list(put, edition):
    for year in (2023, 2024, 2025):
        put(year, f"Tri {year},Régie,Famille,Imagerie,production\n")
    assert (edition(2024).compares_categories, edition(2025).compares_categories) == (False, True)
    assert not edition(2023).compares_categories


def test_statuses_are_compared_only_if_each_label_has_one_meaning_in_both_years(put, edition):
    put(2023, "Tri,Régie,Famille,Imagerie,production\n")
    put(2024, "Autre tri,Régie,Famille,Imagerie,production\n")
    put(2025, "Essai,Régie,Famille,Imagerie,Pilote\n")
    assert [edition(year).compares_statuses for year in (2023, 2024, 2025)] == [False, True, False]
    put(2025, "Essai,Régie,Famille,Imagerie,Jamais consigné\n")
    assert not edition(2025).compares_statuses


def test_a_portfolio_is_split_if_a_year_publishes_part_of_it_under_another_label(put, edition):
    put(2024, "Tri,Régie,Santé,Imagerie,production\n")
    put(2025, "Tri,Régie,Santé (Réseau),Imagerie,production\n")
    assert (edition(2024).split_portfolios, edition(2025).split_portfolios) == ((), ("Santé",))


def test_a_collection_date_is_a_day_a_month_or_an_interval(put, edition):
    for year in (2023, 2024, 2025):
        put(year, f"Tri {year},Régie,Famille,Imagerie,production\n")
    opened = {year: edition(year) for year in (2023, 2024, 2025)}
    assert opened[2023].collected is None
    assert opened[2024].collected == ("2024-06-15", "2024-10-31")
    assert opened[2025].collected == "2025-06"
    assert [each.has_interval for each in opened.values()] == [False, False, True]


# Specimens


def test_the_detail_of_an_official_edition_is_the_edition_itself(put, edition):
    put(2025, OFFICIAL)
    opened = edition()
    assert opened.detail("category", "status") is opened
    assert not opened.is_specimen


def test_the_detail_of_a_reconstructed_edition_is_a_specimen_of_the_same_years(put, edition):
    put(2024, RECONSTRUCTED.format(2024))
    put(2025, RECONSTRUCTED.format(2025))
    specimen = edition().detail("category", "status")
    assert (specimen.is_specimen, specimen.reconstructed) == (True, False)
    assert (specimen.years, specimen.previous.is_specimen) == ((2024, 2025), True)
    assert specimen.detail("name") is specimen


def test_a_specimen_contains_no_name_of_the_real_edition(put, edition, project):
    (project / "data" / "reference" / "register" / "published.yml").write_text("about: Régie\n...\n", "utf-8")
    put(2024, RECONSTRUCTED.format(2024) + "x\n")
    put(2025, RECONSTRUCTED.format(2025).replace("Régie", " Régie") + "x\n")
    opened = edition()
    assert (opened.published, len(opened.recodes), len(opened.quarantine)) == ({"about": "Régie"}, 1, 1)
    for specimen in (opened.specimen, opened.specimen.previous):
        cells = {str(cell) for row in specimen.initiatives.values.tolist() for cell in row}
        assert cells.isdisjoint({"Régie", "Famille", "Imagerie", "Reconstituée 2025-001"})
        labels = {term.name for terms in specimen.source.vocabulary.values() for term in terms}
        assert labels.isdisjoint({"Régie", "Famille", "Imagerie"})
        assert specimen.recodes.empty
        assert specimen.quarantine.empty
        assert specimen.published == {}
        assert specimen.source.mappings == ()


def test_a_detail_of_an_unknown_column_is_a_wrong_call(put, edition):
    put(2025, RECONSTRUCTED.format(2025))
    with pytest.raises(WrongCall, match="no column “statut”"):
        edition().detail("statut")


# Real registers: figures that their producers and others published


@cache
def register(source, year):
    """Open an edition of the project: Québec from the embedded files, the others as published."""
    if source != "quebec":
        return real_edition(source, year)
    return open_edition(source, year, data=small.SAMPLE, project=PROJECT)


def counts(table, group):
    return dict(zip(table[group], table["n_initiatives"], strict=True))


@needs_real_data
@pytest.mark.parametrize(
    ("source", "year", "n_initiatives", "n_portfolios"),
    [("us-federal", 2024, 2133, 41), ("us-federal", 2025, 3611, 41), ("ca-federal", 2025, 409, 42)],
)
def test_federal_registers_have_the_published_counts_of_rows_and_agencies(
    source, year, n_initiatives, n_portfolios
):
    edition = register(source, year)
    headline = summary(edition.initiatives, rows_read=edition.file.n_rows, rows_quarantined=0)
    assert (headline["n_initiatives"], headline["n_portfolios"]) == (n_initiatives, n_portfolios)
    assert (headline["rows_read"], len(edition.quarantine)) == (n_initiatives, 0)
    assert not edition.reconstructed


@needs_real_data
@pytest.mark.parametrize(
    ("source", "year", "production", "development", "retired", "unknown"),
    [
        ("us-federal", 2024, 1179, 803, 142, 9),
        ("us-federal", 2025, 1040, 1919, 314, 338),
        ("ca-federal", 2025, 160, 179, 28, 42),
    ],
)
def test_federal_stages_have_the_known_counts_under_the_definitions_of_quebec(
    source, year, production, development, retired, unknown
):
    assert counts(statuses(register(source, year).initiatives), "status") == {
        "production": production,
        "development": development,
        "retired": retired,
        "unknown": unknown,
        "unclassified": 0,
    }


@needs_real_data
def test_us_years_with_different_vocabularies_do_not_compare_topics_or_stages():
    edition = register("us-federal", 2025)
    assert edition.years == (2024, 2025)
    assert (edition.compares_categories, edition.compares_statuses) == (False, False)


@needs_real_data
def test_the_canadian_register_has_names_in_both_languages_and_no_category():
    edition = register("ca-federal", 2025)
    assert not edition.gives("category")
    assert {"name_en", "benefits_en"} <= set(edition.initiatives.columns)
    published = "Statistics Canada / Statistique Canada"
    assert edition.source.label("portfolio", published, "fr") == "Statistique Canada"
    assert edition.source.label("body", published, "en") == "Statistics Canada"


def test_quebec_portfolios_include_their_networks_when_folded():
    edition = register("quebec", 2025)
    folded = portfolios(edition.all_initiatives, folded=True).set_index(["portfolio", "year"])[
        "n_initiatives"
    ]
    compared = ("Santé et Services sociaux", "Enseignement supérieur", "Éducation")
    assert {name: (folded[name, 2024], folded[name, 2025]) for name in compared} == {
        "Santé et Services sociaux": (67, 95),
        "Enseignement supérieur": (31, 58),
        "Éducation": (12, 16),
    }
    assert set(edition.split_portfolios) == set(compared)


def test_every_category_and_portfolio_of_quebec_is_known():
    initiatives = register("quebec", 2025).all_initiatives
    vocabulary = register("quebec", 2025).source.vocabulary
    known = {field: {term.name for term in vocabulary[field]} for field in ("category", "portfolio")}
    assert {field: set(initiatives[field]) - names for field, names in known.items()} == {
        "category": set(),
        "portfolio": set(),
    }


def test_a_file_that_goes_while_the_state_of_all_is_taken_is_left_out(tmp_path):
    """An editor writes one for a moment beside what it saves: no document fails for it."""
    kept = small.write_year(tmp_path, 2025, [small.row()]) / "quebec" / "2025.csv"
    assert list(states([kept, kept.with_name("2025.csv.tmp")])) == [kept]


def handed_over(data: str, project: Path) -> tuple[bool, bool]:
    edition = open_edition("quebec", 2025, data=data, project=PROJECT)
    links = edition.links
    there = hand_over(edition, data=data, project=project)
    os.chdir(PROJECT)
    found = open_edition("quebec", 2025, data=os.path.relpath(data), project=project)
    assert found.links is links
    return found is there, found is edition


def test_an_edition_handed_over_is_found_under_any_name_of_its_data_folder(tmp_path):
    data = str(small.write_year(tmp_path, 2025, [small.row()]))
    assert Processes().call(handed_over, data, PROJECT) == (True, True)


def test_an_edition_handed_to_a_copy_of_the_project_is_found_there(tmp_path):
    data = str(small.write_year(tmp_path, 2025, [small.row()]))
    assert Processes().call(handed_over, data, tmp_path) == (True, False)
