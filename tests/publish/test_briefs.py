"""A brief document fills its printed pages: its list is whole, or cut to the rows that fit."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.publish.briefs import fitted
from portrait.publish.placing import Place
from portrait.publish.typst import print_model
from tests.document.notebooks import notebook, prose, shown, table

PAGE, ROW = 700.0, 10.0


def document(n_rows: int, *, is_cut: bool = True, n_columns: int = 3) -> dict[str, Any]:
    listed = {"after": 8, "order": [*range(8)], "text": "Les huit premières.", "url": "a.html#t", "by": None}
    text = "Le tableau {number} est dans la"
    rest = {"after": 0, "text": text, "url": "a.html#t", "by": None, "lists": [listed]}
    return {
        "language": "fr",
        "paper": "letter",
        "blocks": [
            {"type": "heading", "id": "brief"},
            {"type": "heading", "id": "list"},
            {
                "type": "table",
                "number": 1,
                "columns": ["Initiative", "Organisme", "Statut"][:n_columns],
                "rows": [["x"] * n_columns] * n_rows,
                "print_rest": rest if is_cut else None,
                "note": "",
            },
        ],
    }


def rows_of(document: dict[str, Any]) -> int:
    table = document["blocks"][-1]
    if table.get("print_notice"):
        return 0
    return table["print_rest"]["after"] if table["print_rest"] else len(table["rows"])


def after(height: float) -> Any:
    """Return a measure of documents whose rows are below other text of this height."""

    def measure(document: dict[str, Any]) -> Place:
        end = height + ROW * rows_of(document) / (2 if document["blocks"][-1].get("in_two") else 1)
        return Place(1 + int(end // PAGE), end % PAGE, 0)

    return measure


@pytest.mark.parametrize(
    ("height", "n_rows", "printed"),
    [
        (400.0, 20, 20),  # one page
        (400.0, 80, 80),  # 1,200: two pages
        (900.0, 80, 80),  # 1,300 in two columns of names
        (1000.0, 90, 8),  # 1,450: its rule selects eight, which fit
        (400.0, 300, 8),  # too many to be whole
        (1380.0, 300, 0),  # 1,420 even in two columns: none is printed
    ],
)
def test_a_list_is_whole_or_has_the_rows_of_its_rule_or_is_left_to_the_page(
    height: float, n_rows: int, printed: int
) -> None:
    chosen = fitted(document(n_rows), after(height))
    assert rows_of(chosen) == printed
    if not printed:
        notice = {"text": "Le tableau 1 est dans la", "url": "a.html#t"}
        assert chosen["blocks"][-1]["print_notice"] == notice


def test_names_are_below_what_several_of_them_share_and_a_note_says_what_the_page_adds() -> None:
    made = document(80)
    listed = made["blocks"][-1]
    listed["rows"] = [[str(n), "x", "En production" if n < 50 else "Hors service"] for n in range(80)]
    listed["print_rest"]["by"] = 2
    names = fitted(made, after(900.0))["blocks"][-1]
    assert (names["columns"], names["rows"][50]) == (["Initiative", "Statut"], ["50", "Hors service"])
    assert names["note"] == "La page HTML de ce profil donne aussi\u00a0: «\u00a0Organisme\u00a0»."
    listed["rows"] = [[str(n), "x", str(n)] for n in range(80)]
    assert fitted(made, after(900.0))["blocks"][-1]["columns"] == ["Initiative"]


@pytest.mark.parametrize(("spared", "is_close"), [(100.0, True), (10.0, False)])
def test_a_document_is_set_closer_where_that_spares_its_second_page(spared: float, is_close: bool) -> None:
    def measure(each: dict[str, Any]) -> Place:
        return after(700.0 - spared * each.get("is_close", False))(each)

    chosen = fitted(document(6, is_cut=False), measure)
    assert chosen.get("is_close", False) == is_close


@pytest.mark.parametrize(("before", "part"), [(150.0, "list"), (300.0, "figure")])
def test_the_last_page_starts_where_the_least_filled_page_is_fullest(before: float, part: str) -> None:
    figure, rows = 200.0, 220.0

    def measure(each: dict[str, Any]) -> Place:
        if not (start := each.get("last_page")):
            return Place(2, 120.0, 0)
        first = before + (figure if start == "list" else 0.0)
        return Place(2, before + figure + rows - first, 0, height=728.0 - first)

    blocks = document(6, is_cut=False)["blocks"]
    three = {"paper": "letter", "blocks": [blocks[0], {"type": "figure", "id": "figure"}, *blocks[1:]]}
    assert fitted(three, measure)["last_page"] == part


def test_a_whole_list_goes_on_to_the_last_page_where_both_are_then_fuller() -> None:
    before, after_list = 230.0, 150.0

    def measure(each: dict[str, Any]) -> Place:
        n = each["blocks"][-1].get("n_together", 0)
        if each.get("last_page") == "list":
            return Place(2, ROW * 20 + after_list, 0, height=728.0 - before)
        return Place(2, ROW * n + after_list, 0, height=728.0 - before - ROW * (20 - n) if n else 0.0)

    chosen = fitted(document(20, is_cut=False), measure)
    assert (chosen["last_page"], chosen["blocks"][-1]["n_together"]) == ("", 15)


def test_the_last_rows_that_stay_together_leave_the_first_ones_that_do() -> None:
    # Of fourteen, ten and the first five had one in common, and the rows after it a column too many.
    rows = [(f"Initiative {n}", "1") for n in range(14)]
    made = document_of(notebook(prose("# En bref"), shown(table(rows=rows)), brief=True))
    made["blocks"][-1]["n_together"] = 10
    first, last = print_model(made)["blocks"][-1]["rows_kept"]
    assert first >= 3 and last > 5 and first + last <= 14


@pytest.mark.parametrize(
    ("n_columns", "height", "is_in_two"),
    [
        (2, 400.0, False),  # 400 + 160: one page as it is
        (2, 600.0, True),  # 600 + 80
        (1, 600.0, True),
        (3, 600.0, False),
        (2, 650.0, False),  # 650 + 80 is more than a page
    ],
)
def test_a_list_of_names_is_in_two_columns_where_that_makes_one_page(
    n_columns: int, height: float, *, is_in_two: bool
) -> None:
    chosen = fitted(document(16, is_cut=False, n_columns=n_columns), after(height))
    assert chosen["blocks"][-1].get("in_two", False) == is_in_two


def test_a_list_that_would_be_cut_is_whole_in_two_columns() -> None:
    chosen = fitted(document(30, n_columns=2), after(500.0))  # 500 + 150
    assert rows_of(chosen) == 30


@pytest.mark.parametrize(("height", "n_columns"), [(400.0, 4), (500.0, 3)])
def test_a_column_that_is_spared_is_left_out_where_that_saves_a_page(height: float, n_columns: int) -> None:
    """Its ten rows are 300 points high with the column, 100 without it."""

    def measure(document: dict[str, Any]) -> Place:
        [*_, listed] = document["blocks"]
        end = height + sum(ROW * (3 if len(row) == 4 else 1) for row in listed["rows"])
        return Place(1 + int(end > PAGE), end % PAGE, 0)

    made = document(10, is_cut=False)
    made["blocks"][-1] |= {
        "columns": ["Initiative", "Organisme", "Statut", "Bénéfices"],
        "align": [*"llll"],
        "rows": [["x"] * 4] * 10,
        "verbatim": [0, 3],
        "n_texts": 1,
    }
    listed = fitted(made, measure)["blocks"][-1]
    assert (len(listed["columns"]), len(listed["align"])) == (n_columns, n_columns)
    said = "La page HTML de ce profil donne aussi\u00a0: «\u00a0Bénéfices\u00a0»."
    assert listed["note"] == ("" if n_columns == 4 else said)
    assert listed["verbatim"] == [0, 3][: n_columns - 2]


def among(n_rows: int, own: int) -> dict[str, Any]:
    """Return a document that draws a portfolio among others, and has a list."""
    rows = [{"name": str(n), "is_strong": n == own, "marks": []} for n in range(n_rows)]
    figure = {"type": "figure", "id": "fig-place", "marks": {"rows": rows}}
    made = document(3, is_cut=False)
    made["blocks"][-1] |= {"align": [*"lll"], "rows": [["x"] * 3] * 3, "verbatim": [0]}
    return {**made, "blocks": [made["blocks"][0], figure, *made["blocks"][1:]]}


@pytest.mark.parametrize(
    ("height", "own", "names"),
    [
        (500.0, 4, [0, 1, 2, 3, 4, 5, 6, 7, 8]),  # 500 and nine rows of 20 are 680
        (550.0, 4, [0, 1, 2, 3, 4, 5, 6]),  # 690; the rows above it are there: its rank is seen
        (590.0, 4, [2, 3, 4, 5, 6]),
        (590.0, 3, [0, 1, 2, 3, 4]),
        (590.0, 8, [4, 5, 6, 7, 8]),
        (630.0, 4, [3, 4, 5]),
        (690.0, 4, [0, 1, 2, 3, 4, 5, 6, 7, 8]),  # no cut spares a page
    ],
)
def test_a_portfolio_is_drawn_among_fewer_others_only_where_that_spares_a_page(
    height: float, own: int, names: list[int]
) -> None:
    def measure(each: dict[str, Any]) -> Place:
        end = height + 20.0 * len(each["blocks"][1]["marks"]["rows"])
        return Place(1 + int(end > PAGE), end if end <= PAGE else 480.0, 0)

    rows = fitted(among(9, own), measure)["blocks"][1]["marks"]["rows"]
    assert [int(row["name"]) for row in rows] == names


@pytest.mark.parametrize(
    ("blank", "blank_with_figure", "last_page", "is_close"),
    [
        (200.0, 40.0, "fig-mix", False),  # the figure is above the list, and both pages are full
        (40.0, 200.0, None, False),  # both were full with the figure before
        (120.0, 200.0, None, True),  # set closer, more of the text is on the first page
        (200.0, 200.0, None, True),  # not enough of it, but neither page is emptier
    ],
)
def test_the_last_figure_is_above_the_list_where_both_pages_are_then_full(
    blank: float, blank_with_figure: float, last_page: str | None, *, is_close: bool
) -> None:
    def measure(each: dict[str, Any]) -> Place:
        left = blank_with_figure if each.get("last_page") else blank / (2 if each.get("is_close") else 1)
        return Place(2, 690.0, 0, height=left)

    blocks = document(20, is_cut=False)["blocks"]
    figures = [{"type": "figure", "id": name} for name in ("fig-place", "fig-mix")]
    chosen = fitted({"paper": "letter", "blocks": [blocks[0], *figures, *blocks[1:]]}, measure)
    assert (chosen.get("last_page"), chosen.get("is_close", False)) == (last_page, is_close)


def test_of_several_figures_with_a_row_in_rust_that_of_ranks_alone_takes_the_room_of_its_page() -> None:
    made = among(9, 4)
    made["blocks"][-1] |= {"n_texts": 0}
    made["blocks"].insert(2, {**made["blocks"][1], "id": "fig-bodies"})

    def measure(each: dict[str, Any]) -> Place:
        return Place(1, 692.0, 0)

    blocks = fitted(made, measure)["blocks"]
    spreads = {block["id"]: block.get("spread") for block in blocks if block["type"] == "figure"}
    assert spreads == {"fig-place": 7.4, "fig-bodies": None}


@pytest.mark.parametrize(
    ("end", "is_close", "spread"),
    [
        (Place(1, 728.0, 0), False, None),  # the page is full
        (Place(1, 692.0, 0), False, 7.4),  # 36 points for nine rows
        (Place(1, 692.0, 0), True, 4.0),
        (Place(1, 500.0, 0), False, 10.0),  # no further apart
        (Place(2, 690.0, 0, last_page=1, height=36.0), False, 5.4),
        (Place(2, 690.0, 0, last_page=0, height=0.0), False, None),
    ],
)
def test_rows_of_a_portfolio_among_others_are_as_far_apart_as_their_page_has_room(
    end: Place, spread: float | None, *, is_close: bool
) -> None:
    made = among(9, 4)
    made["blocks"][-1] |= {"n_texts": 0}

    def measure(each: dict[str, Any]) -> Place:
        return end if each.get("is_close", False) is is_close else Place(3, 100.0, 0)

    [figure] = [block for block in fitted(made, measure)["blocks"] if block["type"] == "figure"]
    assert (figure.get("spread"), figure.get("is_tight", False)) == (spread, spread is not None)


def test_a_list_that_nearly_fits_is_on_the_page_of_a_figure_that_has_fewer_rows() -> None:
    """With nine rows of 20 points, the last page would have 130 points of the list."""

    def measure(each: dict[str, Any]) -> Place:
        end = 400.0 + ROW * rows_of(each) + 20.0 * len(each["blocks"][1]["marks"]["rows"])
        return Place(1 + int(end > PAGE), end if end <= PAGE else 130.0, 0)

    made = among(9, 4)
    made["blocks"][-1] |= {"n_texts": 0, "rows": [["x"] * 3] * 14}
    chosen = fitted(made, measure)
    assert (len(chosen["blocks"][1]["marks"]["rows"]), rows_of(chosen)) == (7, 14)


def test_a_list_in_two_columns_is_whole_beside_a_figure_that_has_fewer_rows() -> None:
    def measure(each: dict[str, Any]) -> Place:
        n_lines = rows_of(each) / (2 if each["blocks"][-1].get("in_two") else 1)
        end = 400.0 + ROW * n_lines + 20.0 * len(each["blocks"][1]["marks"]["rows"])
        return Place(1 + int(end > PAGE), end if end <= PAGE else 130.0, 0)

    made = among(9, 4)
    made["blocks"][-1] |= {"n_texts": 0, "columns": ["x"] * 2, "rows": [["x"] * 2] * 36}
    chosen = fitted(made, measure)
    assert (len(chosen["blocks"][1]["marks"]["rows"]), rows_of(chosen)) == (5, 36)
    assert chosen["blocks"][-1]["in_two"]


@pytest.mark.parametrize(
    ("kind", "page", "is_bare"), [("paragraph", 1, True), ("paragraph", 2, False), ("table", 1, False)]
)
def test_a_page_of_text_alone_has_larger_letters(kind: str, page: int, is_bare: bool) -> None:
    blocks = [{"type": "heading", "id": "brief"}, {"type": kind, "columns": ["Initiative"], "rows": []}]

    def measure(each: dict[str, Any]) -> Place:
        return Place(page if each.get("is_bare") else 1, 300.0, 0)

    assert fitted({"paper": "letter", "blocks": blocks}, measure).get("is_bare", False) is is_bare


@pytest.mark.parametrize(
    ("height", "is_sheet", "n_columns"),
    [(300.0, True, 4), (450.0, True, 3), (590.0, False, 3), (650.0, False, 2)],
)
def test_a_short_list_has_its_texts_beside_its_names_where_they_fit_its_page(
    height: float, n_columns: int, *, is_sheet: bool
) -> None:
    """Each of its three rows takes 50 points a text on a sheet, and 20 in a table."""

    def measure(each: dict[str, Any]) -> Place:
        listed = each["blocks"][-1]
        end = height + 3 * ((len(listed["columns"]) - 2) * (50 if listed.get("is_sheet") else 20))
        return Place(1 + int(end > PAGE), end if end <= PAGE else 480.0, 0)

    made = document(3, is_cut=False)
    made["blocks"][-1] |= {
        "columns": ["Initiative", "Statut", "Description", "Bénéfices"],
        "align": [*"llll"],
        "rows": [["x"] * 4] * 3,
        "verbatim": [0],
        "n_texts": 2,
    }
    listed = fitted(made, measure)["blocks"][-1]
    assert (listed.get("is_sheet", False), len(listed["columns"])) == (is_sheet, n_columns)
    assert listed.get("spread", 0) == ({300.0: 14.0, 450.0: 14.0}.get(height, 0))
