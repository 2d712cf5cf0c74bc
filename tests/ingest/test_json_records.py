"""A JSON or JSON Lines file is read as the CSV file of its records would be, or refused with its place."""

import json

import pytest

from portrait.errors import RefusedInput
from portrait.ingest import json_records
from portrait.ingest.json_records import json_tables
from portrait.ingest.published import read_published
from portrait.registers.edition_files import Reading

COLUMNS = {"name": ("title",), "body": ("owner.name",), "year": ("year",)}
RECORDS = [
    {"title": "Tri", "owner": {"name": "Régie"}, "tags": ["a", "b"], "n": 1.50},
    {"title": "Veille", "owner": {"name": None}, "open": True, "parts": [{"id": 1}, {"id": "2"}]},
]


def written(folder, content, name="2026.json"):
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def tables(folder, content, name="2026.json", records=""):
    path = written(folder, content, name)
    return json_tables(path.read_bytes(), path, records)


def refusal(folder, content, name="2026.json", records=""):
    with pytest.raises(RefusedInput) as caught:
        tables(folder, content, name, records)
    return str(caught.value)


def test_values_are_columns_by_their_path_and_lists_are_joined(tmp_path):
    (table,) = tables(tmp_path, {"count": 2, "data": {"items": RECORDS}})
    assert table.name == "data.items"
    assert table.header == ["title", "owner.name", "tags", "n", "open", "parts.id"]
    assert table.rows == [["Tri", "Régie", "a; b", "1.5", "", ""], ["Veille", "", "", "", "true", "1; 2"]]


def test_numbers_keep_the_characters_of_the_file(tmp_path):
    digits = "9" * 5000
    (table,) = tables(tmp_path, f'[{{"a": 1.50, "b": 1e999, "c": {digits}}}]')
    assert table.rows == [["1.50", "1e999", digits]]


def test_a_line_is_a_record_and_blank_lines_are_none(tmp_path):
    (table,) = tables(tmp_path, '{"a": "x\u2028y"}\r\n\n{"b": 2}\n', "2026.jsonl")
    assert (table.header, table.rows) == (["a", "b"], [["x\u2028y", ""], ["", "2"]])


def test_a_table_is_read_with_the_row_of_each_record(tmp_path):
    published = read_published(written(tmp_path, {"meta": {}, "items": RECORDS}), COLUMNS)
    assert published.rows[["row", "name", "body"]].values.tolist() == [[2, "Tri", "Régie"], [3, "Veille", ""]]
    assert (published.facts.encoding, published.facts.records, published.facts.n_rows) == ("json", "items", 2)


def test_the_list_whose_keys_fit_is_read_and_two_that_fit_are_refused_without_a_path(tmp_path):
    both = {"items": RECORDS, "retired": RECORDS[:1], "people": [{"name": "x"}]}
    with pytest.raises(RefusedInput, match="the lists “items” and “retired” fit"):
        read_published(written(tmp_path, both), COLUMNS)
    assert len(read_published(written(tmp_path, both), COLUMNS, reading=Reading(records="retired")).rows) == 1


def test_a_missing_key_is_refused_with_those_seen(tmp_path):
    with pytest.raises(RefusedInput, match=r"column not found \(body\).*title"):
        read_published(written(tmp_path, [{"title": "Tri", "owner": "Régie"}]), COLUMNS)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"a": 1, "a": 2}]', "key “a”: this key is repeated"),
        ('[{"a": NaN}]', "value “NaN”: “NaN” is no number"),
        ('[{"a": -Infinity}]', "no number"),
        ('[{"a": 1}', "line 1: this is not JSON, at column 10"),
        ('{\n"a": [{"b" 1}]}', "line 2: this is not JSON"),
        ('[{"a": 1}, 2]', "row 3: this record is not an object"),
        ('[{"a.b": 1, "a": {"b": 2}}]', "row 2, key “a.b”: two values have this path"),
        ('{"a": [1, 2]}', "no list of objects"),
        ('[{"a": "\\ud800"}]', "key “a”, value “U+D800”: this character is not text"),
        ('[{"a": "\\u0000"}]', "U+0000"),
        ("[" * 5000, "more than 32 objects"),
        ('{"a": ' * 34 + "1" + "}" * 34, "key “a.a.a."),
        ('[{"a": ' + "[" * 40 + "1" + "]" * 40 + "}]", "more than 32 objects"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, content, told):
    assert told in refusal(tmp_path, content)


def test_a_fault_of_a_line_names_the_line(tmp_path):
    assert "line 3: this is not JSON" in refusal(tmp_path, '{"a": 1}\n\n{"a": \n', "2026.jsonl")


def test_a_path_without_a_list_is_refused(tmp_path):
    assert "key “data”: no list of objects is there" in refusal(tmp_path, {"items": RECORDS}, records="data")


def test_a_text_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "2026.json"
    path.write_bytes('[{"a": "é"}]'.encode("cp1252"))
    with pytest.raises(RefusedInput, match="JSON is UTF-8"):
        json_tables(path.read_bytes(), path)


def test_a_file_too_large_or_with_too_many_keys_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(json_records, "MOST_CELLS", 5)
    assert "row 4: keys differ too much" in refusal(tmp_path, [{f"k{n}": n} for n in range(9)])
    monkeypatch.setattr(json_records, "MOST_BYTES", 5)
    assert "exceeds" in refusal(tmp_path, [{"a": 1}])
