"""From a published table to the tidy table: look-up, quarantine, log of recodes, and refused files."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portrait.errors import RefusedInput
from portrait.ingest.encoding import repaired
from portrait.ingest.harmonisation import harmonise
from portrait.ingest.published import read_published
from portrait.language.periods import edition_period
from portrait.registers.source import RecordedName, Source, Term

FIELDS = {
    "name": ("Titre",),
    "body": ("Organisme",),
    "portfolio": ("Portefeuille",),
    "category": ("Catégorie",),
    "status": ("Statut",),
    "benefits": ("Bénéfices",),
    "year": ("Année",),
}
HEADER = "Titre;Organisme;Portefeuille;Catégorie;Statut;Bénéfices\n"


def name(field, published, ours, since=None, until=None):
    return RecordedName(field, published, ours, since, until, "evidence")


def terms(*names, years=()):
    return tuple(Term(each, {"fr": each, "en": each}, years=years) for each in names)


SOURCE = Source(
    id="register",
    folder=Path("register"),
    facts={
        "reconstructed_rows": {"name": r"^Reconstituée \d{4}-\d+$", "body": r"^Non publié \d+$"},
        "year_in_name": r"^Reconstituée (\d{4})-\d+$",
    },
    columns={2024: FIELDS, 2025: FIELDS},
    mappings=(
        name("status", "En service", "production"),
        name("status", "En chantier", "development"),
        name("status", "Indisponible", "unknown"),
        name("category", "Image", "Imagerie"),
        name("category", "Vision", "Imagerie", 2025),
        name("body", "HEC", "HEC Montréal"),
        name("portfolio_folded", "Santé (Réseau)", "Santé", 2025),
    ),
    vocabulary={
        "status": terms("production", "development", "unknown"),
        "category": terms("Imagerie", "Automatisation"),
        "portfolio": terms("Santé", "Éducation"),
    },
)


@pytest.fixture
def harmonised(tmp_path):
    """Harmonise rows of semicolon-separated cells as the file of a year."""

    def harmonised(rows, *, year=2025, source=SOURCE, header=HEADER):
        path = tmp_path / f"{year}.csv"
        path.write_text(header + rows, "utf-8")
        published = read_published(path, source.columns[year])
        return harmonise(published, source, year)

    return harmonised


@pytest.fixture
def refused(harmonised):
    def refused(rows, **options):
        with pytest.raises(RefusedInput) as caught:
            harmonised(rows, **options)
        return caught.value

    return refused


def column(harmonised, name):
    return harmonised.initiatives[name].tolist()


# Closed lists


def test_a_recorded_label_is_found_ignoring_case_accents_and_spaces(harmonised):
    table = harmonised(
        "A;O;Santé;IMAGE;en service ;b\nB;O;Santé;imagerie;En\u00a0chantier;b\n"
        "C;O;Santé;Image;Indisponible;\n"
    )
    assert column(table, "status") == ["production", "development", "unknown"]
    assert column(table, "category") == ["Imagerie", "Imagerie", "Imagerie"]


def test_a_blank_label_is_unknown_and_an_unlisted_one_is_unclassified(harmonised):
    table = harmonised("A;O;Santé; ;;b\nB;O;Santé;Robotique;En pause;b\n")
    assert column(table, "status") == ["unknown", "unclassified"]
    assert column(table, "category") == ["unknown", "unclassified"]


def test_a_closed_list_that_is_blank_in_every_row_is_empty_and_not_unknown(harmonised):
    table = harmonised("A;O;Santé;Image; ;b\nB;O;Santé;;;b\n")
    assert column(table, "status") == ["", ""]
    assert column(table, "category") == ["Imagerie", "unknown"]


def test_an_optional_list_is_read_as_a_category_is_and_is_empty_where_the_source_has_none(harmonised):
    source = dataclasses.replace(
        SOURCE,
        columns={2025: FIELDS | {"risk": ("Risque",)}},
        vocabulary={**SOURCE.vocabulary, "risk": terms("Élevé", "Faible")},
    )
    rows = "".join(f"A;O;Santé;Image;En service;b;{risk}\n" for risk in ("ÉLEVÉ ", "", "?"))
    table = harmonised(rows, source=source, header=HEADER.replace("\n", ";Risque\n"))
    assert column(table, "risk") == ["Élevé", "unknown", "unclassified"]
    assert column(table, "risk_published") == ["ÉLEVÉ ", "", "?"]
    assert set(column(table, "assessment")) == {""}
    recoded = table.recodes[table.recodes["field"] == "risk"]
    pairs = set(zip(recoded["before"], recoded["after"], strict=True))
    assert pairs == {("ÉLEVÉ ", "Élevé"), ("", "unknown"), ("?", "unclassified")}


def test_a_label_recorded_since_a_year_does_not_hold_before(harmonised):
    assert column(harmonised("A;O;Santé;Vision;En service;\n", year=2025), "category") == ["Imagerie"]
    assert column(harmonised("A;O;Santé;Vision;En service;\n", year=2024), "category") == ["unclassified"]


def test_a_source_without_categories_leaves_them_empty(harmonised, tmp_path):
    fields = {each: spellings for each, spellings in FIELDS.items() if each != "category"}
    source = Source("register", tmp_path, {}, {2025: fields}, (), SOURCE.vocabulary)
    table = harmonised("A;O;Santé;Imagerie;production;\n", source=source)
    assert column(table, "category") == [""]
    assert column(table, "category_published") == [""]


# Names


def test_a_recorded_body_is_renamed_and_an_unrecorded_one_keeps_its_cleaned_name(harmonised):
    table = harmonised(
        "A;hec ;Éducation;;;\nB; Régie  du\u00a0logement;Éducation;;;\nC;unclassified;Santé;;;\n"
    )
    assert column(table, "body") == ["HEC Montréal", "Régie du logement", "unclassified"]


def test_between_equally_common_spellings_the_first_in_sort_order_is_kept(harmonised):
    assert column(harmonised("A;l’Office;Santé;;;\nB;l'Office;Santé;;;\n"), "body") == ["l'Office"] * 2
    assert column(harmonised("B;l'Office;Santé;;;\nA;l’Office;Santé;;;\n"), "body") == ["l'Office"] * 2


def test_a_blank_body_takes_the_name_of_its_portfolio(harmonised):
    table = harmonised("A;;sante;;;\nB;\u200b;Famille;;;\n")
    assert column(table, "body") == ["Santé", "Famille"]
    assert column(table, "body_published") == ["", "\u200b"]


def test_a_blank_portfolio_is_unknown_and_so_is_its_blank_body(harmonised):
    table = harmonised("A;Régie;;;;\nB;;;;En service;\n")
    assert column(table, "portfolio") == ["unknown", "unknown"]
    assert column(table, "body") == ["Régie", "unknown"]


def test_a_network_is_folded_from_the_year_of_its_split_only(harmonised):
    rows = "A;O;Santé;;;\nB;O;Santé (réseau);;;\n"
    now, before = harmonised(rows, year=2025), harmonised(rows, year=2024)
    assert column(now, "portfolio") == ["Santé", "Santé (réseau)"]
    assert column(now, "portfolio_folded") == ["Santé", "Santé"]
    assert column(before, "portfolio_folded") == ["Santé", "Santé (réseau)"]


def test_text_is_cleaned_and_published_values_are_kept(harmonised):
    table = harmonised('"Tri\ndu  courrier";Régie ;Santé;Image;En service;"Gain _x000D_\nde temps"\n')
    assert column(table, "name") == ["Tri du courrier"]
    assert column(table, "benefits") == ["Gain de temps"]
    assert column(table, "body_published") == ["Régie "]
    assert column(table, "category_published") == ["Image"]


def test_english_columns_are_added_where_published(harmonised):
    fields = FIELDS | {"name_en": ("Title",), "benefits_en": ("Benefits",)}
    source = Source("register", Path("r"), {}, {2025: fields}, (), SOURCE.vocabulary)
    header = HEADER.strip() + ";Title;Benefits\n"
    table = harmonised("Tri;O;Santé;Imagerie;production;Temps;Sorting ;Time\n", source=source, header=header)
    assert list(table.initiatives.columns[-2:]) == ["name_en", "benefits_en"]
    assert (column(table, "name_en"), column(table, "benefits_en")) == (["Sorting"], ["Time"])


# UTF-8 misread as Windows-1252


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("Tri dâ€™appels", "Tri d’appels"),
        ("Ã‰cole", "École"),
        ("Ã\x89cole", "École"),
        ("â€œTriâ€\x9d", "“Tri”"),
        ("ÃƒÂ©cole", "école"),
    ],
)
def test_a_misread_text_that_decodes_as_a_whole_is_repaired(published, written):
    assert repaired(published) == written


@pytest.mark.parametrize("published", ["Été Ã©tÃ©", "Hawai?i", "CAFÉ…", "dâ€t", "SÃO"])
def test_a_text_that_does_not_decode_as_a_whole_is_unchanged(published):
    assert repaired(published) == published


def test_repairs_are_logged_as_recodes_in_every_field(harmonised):
    table = harmonised("Ã‰cole;RÃ©gie;Santé;Imagerie;production;Gain dâ€™heures\n")
    assert table.initiatives.loc[0, ["name", "body", "benefits"]].tolist() == [
        "École",
        "Régie",
        "Gain d’heures",
    ]
    assert column(table, "body_published") == ["RÃ©gie"]
    assert table.recodes.values.tolist() == [
        ["body", "RÃ©gie", "Régie", 1],
        ["name", "Ã‰cole", "École", 1],
        ["benefits", "Gain dâ€™heures", "Gain d’heures", 1],
    ]


# Reconstructed rows


def test_a_row_with_any_mark_is_reconstructed(harmonised):
    table = harmonised("Reconstituée 2025-001;O;Santé;;;\nB;Non publié 07;Santé;;;\nC;O;Santé;;;\n")
    assert column(table, "reconstructed") == [True, True, False]


def test_no_row_is_reconstructed_if_the_source_has_no_marks(harmonised):
    source = Source("register", Path("r"), {}, SOURCE.columns, (), SOURCE.vocabulary)
    table = harmonised("Reconstituée 2025-001;O;Santé;;production;\n", source=source)
    assert column(table, "reconstructed") == [False]


# Quarantine and conservation


def test_rows_that_are_not_initiatives_are_quarantined_with_a_reason(harmonised):
    table = harmonised(
        "A;O;Santé;;;\n"
        "B;O;Santé\n"  # cut
        "C; à part;O;Santé;Image;En service;b\n"  # a cell split by a delimiter outside quotes
        ";; \u00a0;Image;En service;b\n"  # nameless
        "\n"
        "D;O;Santé;;;;;\n"  # blank cells after the last header are ignored
    )
    assert table.quarantine.values.tolist() == [[3, "cut"], [4, "overfull"], [5, "nameless"]]
    assert table.initiatives["row"].tolist() == [2, 7]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", " ", "Régie", "Image", "En service", "x"]), min_size=1, max_size=8),
        min_size=1,
        max_size=8,
    )
)
def test_each_row_is_either_one_initiative_or_one_quarantined_row(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("data") / "2025.csv"
    path.write_text(HEADER + "\n".join(";".join(record) for record in records), "utf-8")
    try:
        published = read_published(path, FIELDS)
        result = harmonise(published, SOURCE, 2025)
    except RefusedInput:
        return
    rows = [*result.initiatives["row"], *result.quarantine["row"]]
    assert sorted(rows) == published.rows["row"].tolist()
    assert len(rows) == published.facts.n_rows


# The log


def test_each_changed_value_is_logged_with_its_number_of_rows(harmonised):
    table = harmonised(
        "A;HEC;Santé (Réseau);Image;production;\nB;HEC;Santé (Réseau);Imagerie;production;\n"
        "C;Régie;Santé;Automatisation;;\n"
    )
    assert table.recodes.values.tolist() == [
        ["body", "HEC", "HEC Montréal", 2],
        ["category", "Image", "Imagerie", 1],
        ["status", "", "unknown", 1],
        ["portfolio_folded", "Santé (Réseau)", "Santé", 2],
    ]


def test_the_log_is_empty_if_nothing_changes(harmonised):
    assert harmonised("A;Régie;Santé;Imagerie;production;\n").recodes.empty


# Files that are refused


def test_a_name_that_holds_another_year_is_refused(refused):
    refusal = refused("A;O;Santé;;;\nReconstituée 2024-001;O;Santé;;;\n")
    assert (refusal.place.file, refusal.place.row) == ("2025.csv", 3)
    assert (refusal.place.column, refusal.place.value) == ("Titre", "Reconstituée 2024-001")
    assert "de l’année 2024, mais le fichier est rangé sous 2025" in refusal.french
    assert "of 2024, but the file is filed under 2025" in refusal.english


WITH_YEAR = "Année;" + HEADER


@pytest.mark.parametrize("said", ["2025", "2024-2025", "juin 2025", "2025.0", ""])
def test_a_year_column_that_holds_the_year_or_none_is_accepted(harmonised, said):
    assert len(harmonised(f"{said};A;O;Santé;;;\n", header=WITH_YEAR).initiatives) == 1


def test_a_year_column_holds_the_year_of_an_edition_that_a_month_names(harmonised, refused):
    month = edition_period("2025-06")
    source = dataclasses.replace(SOURCE, columns={month: SOURCE.columns[2025]})
    asked = {"year": month, "source": source, "header": WITH_YEAR}
    assert harmonised("2025;A;O;Santé;;;\n", **asked).initiatives["year"].tolist() == [month]
    assert "of 2024, but the file is filed under 2025-06" in refused("2024;A;O;Santé;;;\n", **asked).english


@pytest.mark.parametrize(
    "last",
    [
        "TOTAL;;;;;",
        " Total ; ;;;;\u00a0",
        "Total général;;;;;",
        "Total;18;65;7;1 258;52,5 %",
        "Source : le ministère",
        "Note;;;;;",
    ],
)
def test_a_last_row_that_is_a_total_or_a_note_is_refused(refused, last):
    refusal = refused(f"A;O;Santé;;;\n{last}\n")
    assert (refusal.place.row, refusal.place.column) == (3, "Titre")


def test_a_name_that_begins_like_a_total_is_accepted(harmonised):
    assert len(harmonised("Total Recall;O;Santé;;;\n").initiatives) == 1
    assert len(harmonised("Notes de cours;O;;;En service;\n").initiatives) == 1


def test_names_that_are_all_numbers_are_refused(refused, harmonised):
    refusal = refused("1;Tri;Santé;;;\n2;Aide;Santé;;;\n3;Vue;Santé;;;\n")
    assert (refusal.place.row, refusal.place.column) == (2, "Titre")
    assert len(harmonised("1;Tri;Santé;;;\n2;Aide;Santé;;;\nVue;O;Santé;;;\n").initiatives) == 3


def test_columns_with_swapped_headers_are_refused(refused):
    refusal = refused("A;O;Santé;En service;Imagerie;\nB;O;Santé;En chantier;;\n")
    assert (refusal.place.row, refusal.place.column) == (2, "Statut")
    assert "contient les valeurs de « Catégorie »" in refusal.french


@pytest.mark.parametrize(
    "rows",
    [
        # One known status.
        "A;O;Santé;Robot;En service;production\nB;O;Santé;Robot;En pause;production\n",
        # One name that is a status.
        "A;O;Santé;Robot;En pause;\nproduction;O;Santé;Robot;En pause;\n",
    ],
)
def test_unrecorded_labels_are_not_taken_for_swapped_columns(harmonised, rows):
    source = dataclasses.replace(SOURCE, vocabulary=SOURCE.vocabulary | {"category": terms("Robot")})
    assert len(harmonised(rows, source=source).initiatives) == 2


def test_columns_shifted_by_one_are_refused_even_with_a_new_label(refused):
    rows = "".join(f"O;Santé;Image;En service;b{number};\n" for number in range(9))
    refusal = refused(
        rows + "O;Santé;Robot;En pause;b;\n",
        header="Titre;Portefeuille;Organisme;Catégorie;Statut;Bénéfices\n",
    )
    assert refusal.place.column == "Organisme"
    assert "contient les valeurs de « Catégorie »" in refusal.french


def test_a_file_without_a_complete_row_is_refused(refused):
    refusal = refused("A;O;Santé\nB;O;Santé\n")
    assert (refusal.place.row, "no row" in refusal.english) == (2, True)
