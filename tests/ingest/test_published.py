"""A file is read exactly as published, with the row numbers of a spreadsheet, or refused with a fix."""

import random
import tracemalloc

import pytest

from portrait.errors import RefusedInput
from portrait.ingest import encoding
from portrait.ingest.published import read_published
from portrait.registers.edition_files import Reading
from tests.workbooks import cells, workbook

COLUMNS = {"name": ("Nom de l'initiative", "Titre"), "body": ("Organisme",), "status": ("Statut",)}
HEADER = "Nom de l'initiative,Organisme,Statut\n"


@pytest.fixture
def read(tmp_path):
    """Read content (text or bytes) as the file of 2025."""

    def read(content, *, columns=COLUMNS, name="2025.csv", other_years=None, **stated):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_published(path, columns, other_years=other_years, reading=Reading(**stated))

    return read


@pytest.fixture
def refused(read):
    def refused(content, **options):
        with pytest.raises(RefusedInput) as caught:
            read(content, **options)
        return caught.value

    return refused


# Encodings


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252")],
)
def test_each_encoding_is_detected_and_recorded(read, encoding, named):
    published = read((HEADER + "Tri – dépôt,Régie,Œuvre\n").encode(encoding))
    assert published.rows[["name", "body", "status"]].values.tolist() == [["Tri – dépôt", "Régie", "Œuvre"]]
    assert published.facts.encoding == named


def test_bytes_of_an_unknown_encoding_are_refused_with_row_and_offset(refused):
    content = HEADER.encode("cp1252") + 'Tri,"Régie\ndu sud",Actif\nLecture,'.encode("cp1252") + b"A\x90,\n"
    refusal = refused(content)
    assert refusal.place.row == 3
    assert f"0x90, at offset {content.index(0x90)}, is not valid in UTF-8 or Windows-1252" in refusal.english


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_with_one_byte_of_another_encoding_is_not_read_as_windows_1252(refused, mark):
    content = mark + HEADER.encode() + "Dépôt,Régie,".encode() + b"Arr\xeat\xe9\n"
    refusal = refused(content)
    assert f"0xEA, at offset {content.index(0xEA)}, is not valid in UTF-8" in refusal.english
    assert "Windows" not in refusal.english


@pytest.mark.parametrize("size", range(1, 12))
def test_the_offset_of_an_invalid_byte_does_not_depend_on_the_size_of_the_pieces(refused, monkeypatch, size):
    monkeypatch.setattr(encoding, "_DECODED_AT_ONCE", size)
    content = b"\xef\xbb\xbf" + HEADER.encode() + "Dépôt,Œuvre,".encode() + b"Arr\xeat\xc3"
    assert f"0xEA, at offset {content.index(0xEA)}, is not" in refused(content).english
    cut_short = content.replace(b"\xeat", b"et")
    assert f"0xC3, at offset {len(cut_short) - 1}, is not" in refused(cut_short).english


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named_in_the_refusal(refused, encoding):
    refusal = refused((HEADER + "Tri,Régie,Actif\n").encode(encoding))
    assert "UTF-16" in refusal.french
    assert "Save the file as UTF-8" in refusal.english


def test_a_null_byte_is_refused_with_its_row(refused):
    assert refused(HEADER.encode() + b"Tri,R\0gie,Actif\n").place.row == 2


# Other formats


@pytest.mark.parametrize("name", ["2025.csv", "2025.xlsx"])
@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "\ufeff\n <HTML lang='fr'>", "<?xml version='1.0'?>"])
def test_a_web_page_is_named_in_the_refusal(refused, start, name):
    assert "page web" in refused(f"{start}<body>Non trouvé</body>", name=name).french


def test_a_content_that_does_not_match_the_suffix_is_refused(refused, tmp_path):
    content = workbook(tmp_path / "x.xlsx", Feuille=cells(["Nom"])).read_bytes()
    assert "not of the format" in refused(content).english
    assert "not of the format" in refused(HEADER, name="2025.xlsx").english
    assert "not of the format" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", name="2025.csv").english


def test_a_workbook_with_a_password_is_named(refused):
    content = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password" in refused(content, name="2025.xlsx").english


def test_a_damaged_workbook_is_refused(refused):
    assert "archive is damaged" in refused(b"PK\x03\x04 cut short", name="2025.xlsx").english


# Rows and cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_detected_from_the_header(read, delimiter):
    header = delimiter.join(['"Nom de l\'initiative"', "Organisme", "Statut"])
    published = read(f"{header}\n{delimiter.join(['Tri', 'Régie', 'a|b.c'])}\n")
    assert published.facts.delimiter == delimiter
    assert published.rows.loc[0, "status"] == "a|b.c"


@pytest.mark.parametrize("cell", ["Tri, lecture", "Tri; lecture", "Tri\tlecture"])
def test_a_text_of_one_column_is_not_cut(read, cell):
    published = read(f"Titre\n{cell}\nDépôt\n", columns={"name": ("Titre",)})
    assert published.rows["name"].tolist() == [cell, "Dépôt"]


def test_a_line_end_inside_a_cell_is_kept_and_does_not_count_as_a_row(read):
    rows = read(HEADER + '"Tri\ndu ""courrier""",Régie,Actif\n\nLecture,Bureau,Actif\n').rows
    assert rows["name"].tolist() == ['Tri\ndu "courrier"', "Lecture"]
    assert rows["row"].tolist() == [2, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_row_numbers_do_not_depend_on_the_line_end(read, end):
    rows = read(f"{HEADER}Tri,Régie,Actif\n\nLecture,Bureau,Actif".replace("\n", end)).rows
    assert rows[["row", "name"]].values.tolist() == [[2, "Tri"], [4, "Lecture"]]


def test_text_is_kept_exactly_as_published(read):
    rows = read(HEADER + ' Tri \u00a0 ,"Régie ","\t=1+1"\n').rows
    assert rows.loc[0, ["name", "body", "status"]].tolist() == [" Tri \u00a0 ", "Régie ", "\t=1+1"]


def test_a_huge_cell_is_read_entirely(read):
    assert len(read(HEADER + f"Tri,{'é' * 300_000},Actif\n").rows.loc[0, "body"]) == 300_000


def test_cells_and_rows_of_spaces_are_blank(read):
    rows = read(HEADER + "Tri,Régie,Actif, \u00a0\n , ,\n").rows
    assert rows[["row", "last_filled"]].values.tolist() == [[2, 3]]


def test_the_number_of_cells_of_short_and_long_rows_is_recorded(read):
    rows = read(HEADER + "Tri,Régie\nLecture,Bureau,Actif,,\nAide, à la rédaction,Bureau,Actif\n").rows
    assert rows["n_cells"].tolist() == [2, 5, 4]
    assert rows["last_filled"].tolist() == [2, 3, 4]
    assert rows.loc[0, "status"] == ""


@pytest.mark.parametrize("cell", ['"Tri', '"Tri" du courrier'])
def test_a_quote_that_is_not_closed_is_refused_with_its_row(refused, cell):
    refusal = refused(HEADER + f"Lecture,Bureau,Actif\n{cell},Régie,Actif\nAide,Bureau,Actif\n")
    assert refusal.place.row == 3
    assert "Double the quotes" in refusal.english


def test_quotes_inside_an_unquoted_cell_are_text(read):
    assert read(HEADER + 'Tri "rapide",Régie,Actif\n').rows.loc[0, "name"] == 'Tri "rapide"'


def test_cells_of_the_same_text_share_one_string_object(read):
    names = read(HEADER + "Tri,Régie,Actif\nTri,Régie,Actif\n").rows["name"].tolist()
    assert names[0] is names[1]


# Memory


def memory_of_reading(read, n_characters, n_bytes=2**22):
    """Return the most memory of reading a file of distinct cells, in times the file."""
    chance = random.Random(0)
    rows = []
    while len(rows) * (3 * n_characters + 3) < n_bytes:
        rows.append(",".join(f"{chance.randrange(16**n_characters):0{n_characters}x}" for _ in range(3)))
    content = (HEADER + "\n".join(rows)).encode()
    tracemalloc.start()
    try:
        read(content)
        return tracemalloc.get_traced_memory()[1] / len(content)
    finally:
        tracemalloc.stop()


def test_reading_distinct_texts_of_sixty_characters_takes_at_most_four_times_the_file(read):
    assert memory_of_reading(read, 60) < 4


@pytest.mark.slow
def test_reading_short_cells_takes_more_by_what_python_adds_to_a_text(read):
    """A text takes 49 bytes and its characters, its cell 8 more; a row, 16 bytes of numbers."""
    assert memory_of_reading(read, 1, 2**20) < 10


# Headers


@pytest.mark.parametrize(
    "header",
    [
        "NOM DE L’INITIATIVE,organisme ,  Statut",
        "nom_de_l_initiative,ORGANISME,statut",
        "\ufeffTitre,Or\u200bganisme,Stàtut",
    ],
)
def test_headers_are_found_ignoring_case_accents_apostrophes_underscores_and_spaces(read, header):
    assert read(f"{header}\nTri,Régie,Actif\n").rows.loc[0, "name"] == "Tri"


def test_the_header_of_each_field_is_recorded_as_published(read):
    published = read(" Statut ,Titre,Organisme\nActif,Tri,Régie\n")
    assert published.headers == {"name": "Titre", "body": "Organisme", "status": "Statut"}
    assert published.used_cells == 3


def test_all_cells_are_available_as_published(read):
    published = read("\ufeffTitre,Autre,Organisme,Statut\n\nTri, x ,Régie,Actif,y\n")
    assert published.header == ["Titre", "Autre", "Organisme", "Statut"]
    assert published.records == {3: ["Tri", " x ", "Régie", "Actif", "y"]}


def test_a_repeated_header_that_we_use_is_refused(refused):
    refusal = refused("Titre,Organisme, Statut,STATUT\nTri,Régie,Actif,Arrêt\n")
    assert (refusal.place.row, refusal.place.column) == (1, "Statut")


def test_the_year_column_is_optional(read):
    columns = COLUMNS | {"year": ("Année", "Year")}
    assert "year" not in read(HEADER + "Tri,Régie,Actif\n", columns=columns).rows
    published = read("Titre,Organisme,Statut,annee\nTri,Régie,Actif,2025\n", columns=columns)
    assert published.rows.loc[0, "year"] == "2025"
    assert published.used_cells == 3


@pytest.mark.parametrize("second", ["Titre,Organisme,Statut\n", HEADER])
def test_two_header_rows_are_refused(refused, second):
    refusal = refused(HEADER + second + "Tri,Régie,Actif\n")
    assert (refusal.place.row, "second en-tête" in refusal.french) == (2, True)


def test_a_header_repeated_far_below_is_refused(refused):
    assert refused(HEADER + "Tri,Régie,Actif\n" * 30 + HEADER + "Lecture,Bureau,Actif\n").place.row == 32


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n", " \n\u00a0\n"])
def test_an_empty_file_is_refused(refused, content):
    assert "empty" in refused(content).english


def test_a_file_without_rows_is_refused(refused):
    refusal = refused(HEADER + ",,\n")
    assert (refusal.place.row, "no row follows" in refusal.english) == (1, True)


# Workbooks


def test_a_workbook_gives_the_same_rows_as_a_csv(read, tmp_path):
    path = workbook(
        tmp_path / "2025.xlsx",
        Données=cells(
            ["Nom de l'initiative", "Organisme", "Statut"], ["Tri\ndu courrier", "Régie ", "Actif"]
        ),
    )
    from_workbook = read_published(path, COLUMNS)
    from_text = read(HEADER + '"Tri\ndu courrier",Régie ,Actif\n')
    assert from_workbook.rows.equals(from_text.rows)
    assert (from_workbook.facts.encoding, from_workbook.facts.delimiter) == ("xlsx", "")


def test_rows_of_a_sheet_that_begins_below_row_1_keep_their_spreadsheet_numbers(tmp_path):
    rows = cells(["Titre", "Organisme", "Statut"], ["Tri", "Régie", "Actif"], first_row=3)
    published = read_published(workbook(tmp_path / "2025.xlsx", Données=rows), COLUMNS)
    assert (published.facts.header_row, published.rows["row"].tolist()) == (3, [4])


def test_whole_numbers_of_a_workbook_are_read_as_typed(tmp_path):
    rows = cells(["Titre", "Organisme", "Statut"], [12.0, "Régie", 0.5])
    published = read_published(workbook(tmp_path / "2025.xlsx", Données=rows), COLUMNS)
    assert published.rows.loc[0, ["name", "status"]].tolist() == ["12", "0.5"]


def test_the_table_is_found_on_any_sheet(tmp_path):
    path = workbook(
        tmp_path / "2025.xlsx",
        Notes=cells(["Lisez-moi"]),
        Données=cells(["Titre", "Organisme", "Statut"], ["Tri", "Régie", "Actif"]),
    )
    assert read_published(path, COLUMNS).rows["name"].tolist() == ["Tri"]


def test_a_cell_far_from_the_table_is_refused_before_blank_cells_are_allocated(tmp_path):
    rows = cells(["Titre", "Organisme", "Statut"], ["Tri", "Régie", "Actif"])
    path = workbook(tmp_path / "2025.xlsx", Données=rows | {"XFD1048576": "x"})
    with pytest.raises(RefusedInput, match=r"2025.xlsx, row 1048576: .* 16384 columns"):
        read_published(path, COLUMNS)


def test_two_sheets_that_fit_are_refused_with_their_names(tmp_path):
    rows = cells(["Titre", "Organisme", "Statut"], ["Tri", "Régie", "Actif"])
    path = workbook(tmp_path / "2025.xlsx", An2024=rows, An2025=rows)
    with pytest.raises(RefusedInput, match="An2024 » et « An2025"):
        read_published(path, COLUMNS)


# Identification of the file


def test_the_file_is_identified_by_name_checksum_size_and_rows(read):
    facts = read(HEADER + "Tri,Régie,Actif\n\nLecture,Bureau,Actif\n").facts
    assert (facts.name, facts.size, facts.n_rows) == ("2025.csv", 76, 2)
    assert facts.sha256 == "358a327fafef00e0340ac126d0bcb33b9a062c261cd83d8b46f0925f7460f2f1"


# What source.yml states


def test_a_stated_encoding_is_not_questioned(read):
    content = f"{HEADER}Tri d\u2019essai,R\u00e9gie,\u00c9tude\n".encode("mac-roman")
    assert read(content, encoding="mac-roman").rows["body"].tolist() == ["Régie"]
    assert read(content, encoding="cp1252").facts.encoding == "cp1252"


def test_a_byte_that_a_stated_encoding_has_not_stands_as_a_mark(read):
    content = HEADER.encode() + b"Tri,R\x81gie,En cours\n"
    assert read(content, encoding="cp1252").rows["body"].tolist() == ["R\ufffdgie"]
    assert read(content, encoding="utf-8").rows["body"].tolist() == ["R\ufffdgie"]


def test_a_byte_order_mark_is_no_part_of_a_file_stated_to_be_utf_8(read):
    content = b"\xef\xbb\xbf" + HEADER.encode() + b"Tri,a,b\n"
    assert read(content, encoding="utf-8").rows["name"].tolist() == ["Tri"]


BY_PLACE = {"name": ("[1]",), "body": ("[3]",), "status": ("Statut",)}


def test_columns_are_given_by_their_position_where_the_header_is_shifted(read):
    published = read("Organisme,Statut,Statut actuel\nTri,En cours,Régie\n", columns=BY_PLACE, header_row=1)
    assert published.rows[["row", "name", "body", "status"]].values.tolist() == [
        [2, "Tri", "Régie", "En cours"]
    ]
    assert published.headers == {"name": "[1]", "body": "[3]", "status": "Statut"}


def test_a_file_without_a_header_is_read_from_its_first_row(read):
    columns = {"name": ("[1]",), "body": ("[2]",)}
    published = read("Tri;Régie\n\nVeille;Bureau\n", columns=columns, header_row=0)
    assert published.rows[["row", "name", "body"]].values.tolist() == [
        [1, "Tri", "Régie"],
        [3, "Veille", "Bureau"],
    ]
    assert (published.facts.delimiter, published.facts.n_rows) == (";", 2)


def test_a_position_that_the_file_has_not_is_refused(refused):
    found = refused("Tri,En cours\n", columns={"name": ("[1]",), "body": ("[3]",)}, header_row=0)
    assert found.place.column == "[3]"


def test_a_field_that_is_the_same_in_every_row_needs_no_column(read):
    published = read("Titre,Organisme\nTri,Régie\n", constant={"status": "En cours"})
    assert published.rows["status"].tolist() == ["En cours"]
    assert published.headers["status"] == ""
