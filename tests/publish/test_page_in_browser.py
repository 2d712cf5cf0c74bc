"""In a real browser the page fetches nothing, logs nothing, and is accessible."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.facts import notices
from portrait.figures.marks import Block, Mark, Row, Rows, bar, dots, stacked
from portrait.publish.accessibility import axe_script
from portrait.publish.html import render_html
from portrait.storage.media_types import FIGURE, TABLE
from portrait.style import colours
from tests.document.notebooks import SVG, figure, notebook, prose, shown, table
from tests.published import published, with_short_tables
from tests.real_data import needs_real_data
from tests.style.test_theme import contrast

expect = pytest.importorskip("playwright.sync_api").expect
pytest.importorskip("axe_playwright_python", reason="axe-core finds what hinders readers")
pytestmark = pytest.mark.slow


WIDE = table(
    "tab-wide", columns=["Responsabilité"] * 9, align=["l"] * 9, rows=[["constitutionnellement"] * 9]
)

BOUNDS = table(
    "tab-bounds",
    columns=["Statut", *["En production"] * 6],
    align=["l", *["r"] * 6],
    rows=[["En développement", *["1\u00a0484 (1\u00a0551;\u00a01\u00a0455)"] * 6]],
)

SENTENCES = table(
    "tab-sentences",
    columns=["Affirmation", "Verdict", "Explication"],
    align=["l", "l", "l"],
    rows=[["83 organismes", "diffère", "Le fichier donne 82 organismes, et une hausse de 27,7 %."]],
)

PARTS_OF_ROW = ("span:first-child", "svg", "span:last-child")

BARS = table(
    "tab-bars",
    columns=["Bénéfice", *["Initiatives"] * 2, "Ce qui est reconnu"],
    align=["l", "r", "r", "l"],
    rows=[["Conformité et atténuation des risques de toute nature", "60", "27", "conformité, vérification"]],
    bars=[60],
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    rows = [
        ("Émile", "1\u00a0818"),
        ("Nord", "0 à 4"),
        ("zèbre", "−3"),
        ("abri " + "x" * 200, "27"),
        ("Zoé", "9,5"),
    ]
    document = document_of(
        notebook(
            prose(
                "# Volume\n\nVoir [](#fig-volume).[^1] `code`\n\n[^1]: Note.\n\n{eval}`x`",
                "y" * 200,
                cell="a",
            ),
            shown(figure(specimen=True), cell="f"),
            shown(table(rows=rows, sortable=True), cell="t"),
            prose("## Détail\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\npré\n```", cell="b"),
            shown(table("tab-other", specimen=True, note="Une note."), cell="u"),
            shown(WIDE, cell="v"),
            shown(BOUNDS, cell="w"),
            shown(SENTENCES, cell="z"),
            shown(BARS, cell="r"),
            shown(figure("fig-twice", narrow=SVG.format(label="")), cell="x"),
            banner=notices.banner("fr"),
        )
    )
    path = tmp_path_factory.mktemp("page") / "annual.fr.html"
    path.write_text(
        render_html(document, siblings=[("en", "annual.en.html")], index="../index.html"), "utf-8"
    )
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browser_logs_nothing_and_fetches_nothing(browser: Any, address: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    logged, requested = [], []
    page.on("console", lambda message: logged.append(message.text))
    page.on("pageerror", lambda error: logged.append(str(error)))
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address)
    assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].some(f => f.status === 'loaded'))")
    assert logged == []
    assert [url for url in requested if not url.startswith("data:")] == [address]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_and_buttons_are_of_ink_as_the_accent_is_of_data(
    browser: Any, address: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(address)
    seen = "all => all.filter(each => each.checkVisibility()).map(each => getComputedStyle(each)"
    drawn = page.locator("a, button, summary, label.all").evaluate_all(
        f"{seen}).flatMap(each => [each.color, each.borderBottomColor])"
    )
    accent = colours.LIGHT["accent"] if scheme == "light" else colours.DARK["accent"]
    assert drawn and f"rgb({', '.join(map(str, bytes.fromhex(accent[1:])))})" not in drawn
    page.close()


@pytest.mark.parametrize(
    "seen",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"color_scheme": "dark", "forced_colors": "active"},
        {"media": "print"},
    ],
    ids=["light", "dark", "forced", "forced-dark", "print"],
)
def test_axe_finds_no_violation(browser: Any, address: str, seen: dict[str, Any]) -> None:
    page = browser.new_context(bypass_csp=True).new_page()
    page.emulate_media(**seen)
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.add_script_tag(content=axe_script())
    violations = page.evaluate("axe.run()")["violations"]
    assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []
    page.context.close()


def test_axe_can_tell_the_contrast_of_all_but_the_labels_of_figures(browser: Any, address: str) -> None:
    page = browser.new_context(bypass_csp=True, viewport={"width": 2400, "height": 900}).new_page()
    page.goto(address)
    page.add_style_tag(content=".scroll { overflow: visible }")  # every cell is in sight
    page.add_script_tag(content=axe_script())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        unsure = page.evaluate("axe.run({ runOnly: ['color-contrast'] })")["incomplete"]
        nodes = [node["html"] for found in unsure for node in found["nodes"]]
        assert [html for html in nodes if not html.startswith("<text")] == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_specimen_has_the_typeface_of_the_page_and_no_colour_of_a_finding(
    browser: Any, address: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(address)
    label = page.locator("#fig-volume svg text")
    assert label.evaluate("each => getComputedStyle(each).fontFamily").startswith('"Source Sans Pro"')
    muted = {"light": "rgb(86, 93, 107)", "dark": "rgb(174, 179, 189)"}[scheme]  # of a specimen
    bar = page.locator("#fig-volume svg rect").nth(1)
    assert bar.evaluate("each => getComputedStyle(each).fill") == muted
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_the_page_fits_any_screen(browser: Any, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@needs_real_data
def test_on_a_phone_many_dots_are_in_two_equal_columns_or_as_wide_as_the_page_below_the_findings(
    browser: Any, united_states: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(united_states)
    listed, figured = (page.locator(each).bounding_box() for each in ("main ol", "#fig-dots"))
    assert listed["y"] < 844
    assert listed["y"] + listed["height"] < figured["y"]
    blocks = [each.bounding_box() for each in page.locator("#fig-dots .dot-block").all()]
    widths = sorted({round(each["width"] / figured["width"], 1) for each in blocks})
    assert widths == [0.5, 1.0]
    assert [round(each["width"] / figured["width"], 1) for each in blocks].count(
        1.0
    ) == 1  # many agencies of few
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize(("scheme", "opacity"), [("light", "0.15"), ("dark", "0.3")])
def test_the_palest_bands_of_a_flow_are_lighter_on_a_dark_ground(
    browser: Any, tmp_path: Path, scheme: str, opacity: str
) -> None:
    drawn = SVG.format(label="").replace("</svg>", '<path d="M0 0L1 1" fill-opacity="0.15"/></svg>')
    path = tmp_path / "annual.fr.html"
    drawing = figure() | {"image/svg+xml": drawn}
    path.write_text(render_html(document_of(notebook(shown(drawing)))), "utf-8")
    page = browser.new_page(color_scheme=scheme)
    page.goto(path.as_uri())
    band = page.locator("[fill-opacity]").first
    assert band.evaluate("each => getComputedStyle(each).fillOpacity") == opacity
    page.close()


def test_a_picture_is_as_wide_as_its_column(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    drawing, column = (page.locator(f"#fig-volume{each}").bounding_box() for each in (" svg", ""))
    edge = 1.2 * 16 + 2  # of a specimen
    assert drawing["width"] == pytest.approx(column["width"] - 2 * edge, abs=0.1)
    page.close()


@pytest.mark.parametrize(("width", "seen"), [(390, [False, True]), (1280, [True, False])])
def test_a_phone_shows_the_drawing_for_phones_and_paper_the_other(
    browser: Any, address: str, width: int, seen: list[bool]
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(address)
    drawings = page.locator("#fig-twice .picture svg")
    assert [each.is_visible() for each in drawings.all()] == seen
    assert page.locator("#fig-volume .picture svg").is_visible()  # drawn once
    page.emulate_media(media="print")
    assert [each.is_visible() for each in drawings.all()] == [True, False]
    page.close()


@pytest.mark.parametrize("width", [1600, 1280, 768])
def test_the_bar_of_a_row_stands_beside_its_words(browser: Any, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    gap = """each => {
        const [text] = each.childNodes, range = document.createRange();
        range.selectNode(text);
        const bar = each.querySelector(".bar-of").getBoundingClientRect();
        return bar.left - range.getBoundingClientRect().right;
    }"""
    assert page.locator("#tab-bars th:has(.bar-of)").evaluate(gap) >= 0
    page.close()


def test_counts_with_bounds_break_into_two_lines_before_a_table_is_wider_than_the_page(
    browser: Any, address: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    holder = page.locator(".scroll", has=page.locator("table", has_text="1\u00a0484")).first
    assert holder.evaluate("each => each.scrollWidth <= each.clientWidth")
    word = """each => {
        const [text] = each.childNodes, range = document.createRange();
        range.setStart(text, text.data.indexOf("développement"));
        range.setEnd(text, text.data.length);
        return range.getClientRects().length;
    }"""
    assert holder.locator("tbody th").evaluate(word) == 1  # on one line
    page.close()


def test_on_a_phone_a_row_of_sentences_is_a_card_and_still_the_row_of_a_table(
    browser: Any, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(address)
    cards = page.locator("#tab-sentences")
    assert cards.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    verdict = cards.get_by_role("cell", name="diffère")
    assert verdict.evaluate("each => getComputedStyle(each, '::before').content") == '"Verdict\u00a0: "'
    name = cards.get_by_role("rowheader", name="83 organismes")
    assert verdict.bounding_box()["y"] > name.bounding_box()["y"]
    assert cards.get_by_role("columnheader").all_text_contents() == ["Affirmation", "Verdict", "Explication"]
    page.set_viewport_size({"width": 1280, "height": 640})
    assert verdict.bounding_box()["y"] == name.bounding_box()["y"]
    page.close()


def test_on_a_phone_each_number_of_a_wide_table_is_in_sight_with_its_label(
    browser: Any, tmp_path: Path
) -> None:
    columns = ["Question", "Réponse", *(f"Initiatives en {year}" for year in range(2020, 2026))]
    rows = [["Renseignements personnels", answer, *"123456"] for answer in ("« Oui »", "« Non »")]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=[*"ll", *"rrrrrr"], rows=rows))
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    first, second, third = page.locator("td.r").all()[:3]
    label = "each => getComputedStyle(each, '::before').content"
    assert first.evaluate(label) == '"Initiatives en 2020\u00a0: "'
    places = [each.bounding_box() for each in (first, second, third)]
    assert places[0]["y"] == places[1]["y"] < places[2]["y"]  # two on a line
    assert places[0]["x"] == places[2]["x"] < places[1]["x"]
    names = page.locator(
        "tbody th > span, tbody th:not(.again)"
    ).all()  # each card has it, in grey where it is again
    assert [each.inner_text() for each in names] == ["Renseignements personnels"] * 2
    colours = [each.evaluate("each => getComputedStyle(each).color") for each in names]
    assert colours[0] != colours[1]
    assert all(each.bounding_box()["width"] > 100 for each in names)
    page.close()


def test_on_a_phone_the_cards_of_a_list_are_sorted_and_filtered(browser: Any, tmp_path: Path) -> None:
    rows = [["Santé", "2024", "Une valeur", "Une autre"], ["Justice", "2025", "Autre valeur", "La même"]]
    listed = table(columns=["Champ", "Année", "Publié", "Retenu"], align=[*"llll"], rows=rows)
    listed[TABLE] |= {"sortable": True}
    page = on_a_phone(browser, tmp_path, listed)
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.get_by_role("button", name="Champ").click()
    assert page.get_by_role("rowheader").all_text_contents() == ["Justice", "Santé"]
    page.get_by_role("searchbox").fill("une valeur")
    assert [each.is_visible() for each in page.get_by_role("rowheader", include_hidden=True).all()] == [
        False,
        True,
    ]
    page.close()


@pytest.mark.parametrize("width", [390, 360])
@pytest.mark.parametrize(
    ("years", "counts"), [(("2024", "2025"), ("168", "258")), (("juin", "juillet"), ("1 465", "1 508"))]
)
def test_a_table_of_four_numbers_does_not_scroll_on_a_phone(
    browser: Any, tmp_path: Path, width: int, years: tuple[str, str], counts: tuple[str, str]
) -> None:
    rows = [["Information indisponible", counts[0], "100,0 %", counts[1], "100,0 %"]]
    columns = ["Statut", years[0], f"Part du total, {years[0]}", years[1], f"Part du total, {years[1]}"]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=[*"lrrrr"], rows=rows))
    page.set_viewport_size({"width": width, "height": 640})
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()


@pytest.mark.parametrize(("width", "are_below"), [(390, True), (768, False)])
def test_on_a_phone_numbers_are_below_a_name_that_would_take_many_lines_beside_them(
    browser: Any, tmp_path: Path, width: int, are_below: bool
) -> None:
    rows = [["National Aeronautics and Space Administration", "18", "425", "+407", "11,8 %"]]
    columns = ["Portefeuille", "2024", "2025", "Écart", "Part"]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=[*"lrrrr"], rows=rows))
    page.set_viewport_size({"width": width, "height": 640})
    head = page.get_by_role("rowheader")
    assert head.evaluate("it => getComputedStyle(it).position === 'static'")  # nothing scrolls beside it
    name = head.bounding_box()
    cells = [each.bounding_box() for each in page.get_by_role("cell").all()]
    assert [cell["y"] >= name["y"] + name["height"] - 1 for cell in cells] == [are_below] * 4
    assert len({round(cell["width"]) for cell in cells}) == 1 or not are_below
    heads = [each.bounding_box()["x"] for each in page.get_by_role("columnheader").all()]
    assert heads[1:] == pytest.approx([cell["x"] for cell in cells], abs=1)
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_prose_of_five_registers_is_below_its_item_with_the_name_of_each_register(
    browser: Any, tmp_path: Path, width: int
) -> None:
    columns = ["Élément", *(f"Registre {n}" for n in range(5))]
    rows = [["Fondement", *["Une phrase que personne ne lirait dans une colonne étroite."] * 5]]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=["l"] * 6, rows=rows))
    page.set_viewport_size({"width": width, "height": 640})
    item = page.get_by_role("rowheader").bounding_box()
    cells = [each.bounding_box() for each in page.get_by_role("cell").all()]
    assert len({round(cell["x"]) for cell in cells}) == (2 if width == 1280 else 1)
    assert all(cell["y"] >= item["y"] + item["height"] for cell in cells)
    label = page.get_by_role("cell").last.evaluate("each => getComputedStyle(each, '::before').content")
    assert label.startswith('"Registre 4')
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()


def test_on_a_phone_short_values_of_a_card_of_prose_share_a_line_and_five_cards_are_shown(
    browser: Any, tmp_path: Path
) -> None:
    columns, why = ["Affirmation", "Origine", "Lignes", "Verdict", "Explication"], "Une explication. " * 6
    rows = [[f"Énoncé {n}", "La Presse", "12", "diffère", why] for n in range(6)]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=["l"] * 5, rows=rows))
    *short, long = (each.bounding_box() for each in page.get_by_role("cell").all()[:4])
    assert len({each["y"] for each in short}) == 1 and long["y"] >= short[0]["y"] + short[0]["height"]
    assert [each.bounding_box()["height"] > 2 for each in page.locator("tbody tr").all()] == [
        *[True] * 5,
        False,
    ]
    page.get_by_label("Tout montrer (6)").check()
    assert page.locator("tbody tr").last.bounding_box()["height"] > 2
    page.set_viewport_size({"width": 1280, "height": 640})  # where they are columns of a table
    heads, cells = (page.locator(f"tr:has({each}) >> nth=0 >> *") for each in ("th[scope=col]", "td"))
    assert [each.bounding_box()["x"] for each in heads.all()] == [
        each.bounding_box()["x"] for each in cells.all()
    ]
    page.close()


def test_on_a_phone_each_value_of_an_initiative_has_its_label(browser: Any, tmp_path: Path) -> None:
    rows = [["Tri de courriels", "Santé", ""], ["Autre", "Justice", "En production"]]
    listed = table(columns=["Initiative", "Portefeuille", "Statut"], align=[*"lll"], rows=rows)
    listed[TABLE] |= {"file_rows": [2, 3], "sortable": True}
    page = on_a_phone(browser, tmp_path, listed)
    said = "each => getComputedStyle(each, '::before').content"
    labels = [cell.evaluate(said) for cell in page.locator("tbody td").all()]
    known = ['"Portefeuille\u00a0: "', '"Statut\u00a0: "']
    assert labels == [known[0], "none", *known]
    page.set_viewport_size({"width": 1280, "height": 640})
    assert {cell.evaluate(said) for cell in page.locator("tbody td").all()} == {"none"}
    page.close()


def test_on_a_phone_a_label_that_only_a_screen_reader_has_widens_no_list(
    browser: Any, tmp_path: Path
) -> None:
    rows = [["Tri", "Santé " * 5 + "i" * 4 * n, "Oui"] for n in range(12)]
    listed = table(columns=["Initiative", "Portefeuille", "Utilisation"], align=[*"lll"], rows=rows)
    listed[TABLE] |= {"file_rows": [*range(12)], "sortable": True, "roles": {"Oui": "production"}}
    page = on_a_phone(browser, tmp_path, listed)
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()


def test_in_a_list_a_portfolio_has_its_short_name_and_the_whole_one_is_heard_sought_and_saved(
    browser: Any, tmp_path: Path
) -> None:
    rows = [[f"Tri {n}", f"Department of {each}", "In production"] for n in range(10) for each in "XY"]
    listed = table(columns=["Use case", "Agency", "Status"], align=[*"lll"], rows=rows)
    names, roles = {"Department of X": "Ex"}, {"In production": "production"}
    listed[TABLE] |= {"file_rows": [*range(20)], "sortable": True, "short_names": names, "roles": roles}
    listed[TABLE] |= {"verbatim": [0, 1]}
    page = on_a_phone(browser, tmp_path, listed, quoted_language="en")
    cells = page.locator("tbody tr").first.locator("td")
    assert cells.nth(0).text_content() == "Ex, Department of X"
    languages = "each => [each.closest('[lang]').lang, each.querySelector('span').lang]"
    assert cells.nth(0).evaluate(languages) == ["fr-CA", "en"]
    assert cells.nth(0).locator("span").bounding_box()["width"] == 1  # hidden, but not from a screen reader
    assert cells.locator(".of-production").evaluate("each => getComputedStyle(each).backgroundColor") != (
        "rgba(0, 0, 0, 0)"
    )
    page.get_by_role("searchbox").fill("department of x")
    assert page.locator("tbody tr:not([hidden])").count() == 10
    assert page.get_by_label("Agency").locator("option").all_inner_texts()[1:] == [
        "Department of Y (0)",
        "Ex (10)",
    ]
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Agency").select_option("Department of X")
    assert "agency=Department+of+X" in page.url
    with page.expect_download() as saved:
        page.get_by_role("button", name="Enregistrer").click()
    assert Path(saved.value.path()).read_text("utf-8-sig").splitlines()[1] == (
        '"Tri 0","Department of X","In production"'
    )
    page.close()


def test_a_status_to_classify_has_the_hollow_mark_of_one_that_is_not_known(
    browser: Any, tmp_path: Path
) -> None:
    roles = {"To classify": "unclassified", "Unknown": "unknown"}
    listed = table("tab-initiatives", [["Tri", each] for each in roles], file_rows=[2, 3], sortable=True)
    listed[TABLE] |= {"roles": roles}
    page = on_a_phone(browser, tmp_path, listed)
    looks = (
        "all => all.map(each => [getComputedStyle(each).backgroundColor, getComputedStyle(each).borderColor])"
    )
    ink = page.evaluate("getComputedStyle(document.body).color")
    marks = page.locator("td > [class^=of-]").evaluate_all(looks)
    assert [fill for fill, _ in marks] == ["rgba(0, 0, 0, 0)"] * 2
    assert ink not in [edge for _, edge in marks]
    page.close()


def test_the_address_of_an_initiative_unfolds_its_line_which_a_phone_shows_among_many(
    browser: Any, tmp_path: Path
) -> None:
    rows, details = [[f"Tri {n:02}", "X"] for n in range(30)], [["Description", ["Trie."] * 30]]
    listed = table("tab-initiatives", rows, file_rows=[*range(30)], sortable=True, details=details)
    path = tmp_path / "a.fr.html"
    document = document_of(notebook(prose("# Liste"), shown(listed), brief=True))
    path.write_text(render_html(document), "utf-8")
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 640})
        page.goto(f"{path.as_uri()}#r25")
        expect(page.locator("#r25")).to_be_in_viewport()
        expect(page.get_by_text("Tri 25", exact=True)).to_be_in_viewport()
        expect(page.locator("#r24")).not_to_be_visible()
        page.get_by_role("searchbox").fill("tri 25")
        assert page.locator("tbody tr:not([hidden])").count() == 1
        page.close()


def test_without_a_script_the_line_that_an_address_names_is_unfolded_and_can_be_folded(
    browser: Any, tmp_path: Path
) -> None:
    details = [["Description", ["Trie.", "Aide."]]]
    listed = table("tab-initiatives", [["Tri", "X"], ["Aide", "X"]], file_rows=[2, 3], details=details)
    path = tmp_path / "a.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Liste"), shown(listed), brief=True))), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{path.as_uri()}#r3")
    expect(page.get_by_text("Aide.")).to_be_visible()
    expect(page.get_by_text("Trie.")).not_to_be_visible()
    page.get_by_text("Aide", exact=True).click()
    expect(page.get_by_text("Aide.")).not_to_be_visible()
    context.close()


def test_on_a_phone_the_mark_of_a_line_that_an_address_names_is_left_of_its_letters(
    browser: Any, tmp_path: Path
) -> None:
    rows, details = [["Tri", "X"], ["Aide", "X"]], [["Description", ["Trie.", "Aide."]]]
    listed = table("tab-initiatives", rows, file_rows=[2, 3], sortable=True, details=details)
    path = tmp_path / "a.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Liste"), shown(listed), brief=True))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(f"{path.as_uri()}#r3")
    marked = page.locator("tr:has(#r3), tr:has(#r3) > th").evaluate_all(
        "all => all.filter(each => getComputedStyle(each).boxShadow !== 'none')"
        ".map(each => each.getBoundingClientRect().x)"
    )
    assert len(marked) == 1 and page.locator("tr:has(#r3) summary").bounding_box()["x"] - marked[0] > 3
    page.close()


def test_on_a_phone_hidden_names_of_values_leave_no_blank_below_a_list(browser: Any, tmp_path: Path) -> None:
    columns = ["Nom", "État d’avancement déclaré"]
    rows = [[f"Tri {n}", "In development"] for n in range(3)]
    listed = table("tab-initiatives", rows, columns=columns, file_rows=[2, 3, 4], sortable=True)
    listed[TABLE] |= {"roles": {"In development": "development"}}
    page = on_a_phone(browser, tmp_path, listed)
    heights = "box => [box.scrollHeight, box.clientHeight]"
    scrolled, shown_of_box = page.locator("[data-initiatives]").evaluate(heights)
    assert scrolled == shown_of_box
    page.close()


def test_a_search_reads_the_text_of_each_row_once(browser: Any, tmp_path: Path) -> None:
    listed = table("tab-initiatives", [["Tri", "X"], ["Aide", "X"]], file_rows=[2, 3], sortable=True)
    page = on_a_phone(browser, tmp_path, listed)
    page.get_by_role("searchbox").fill("t")
    page.evaluate("""() => {
      const { get } = Object.getOwnPropertyDescriptor(Node.prototype, "textContent");
      window.reads = 0;
      Object.defineProperty(HTMLTableCellElement.prototype, "textContent", {
        get() { window.reads += 1; return get.call(this); },
      });
    }""")
    page.get_by_role("searchbox").fill("tr")
    assert page.locator("tbody tr:not([hidden])").count() == 1
    assert page.evaluate("window.reads") == 0
    page.close()


@pytest.mark.parametrize(
    ("width", "word"), [(768, "Division of Monetary Affairs"), (901, "Anticonstitutionnellement")]
)
def test_a_list_of_five_columns_is_whole_in_a_window_of_768_pixels_each_status_on_one_line(
    browser: Any, tmp_path: Path, width: int, word: str
) -> None:
    columns = ["Use case", "Agency", "Body", "Category", "Status"]
    rows = [[f"Optical Character Recognition {n}", word, word, word, "In development"] for n in range(3)]
    listed = table(columns=columns, align=[*"lllll"], rows=rows)
    listed[TABLE] |= {"file_rows": [2, 3, 4], "sortable": True, "roles": {"In development": "development"}}
    page = on_a_phone(browser, tmp_path, listed)
    page.set_viewport_size({"width": width, "height": 900})
    box = page.locator(".scroll").first
    assert box.evaluate("each => each.scrollWidth - each.clientWidth") == 0
    status = page.locator("td.status").first
    assert status.evaluate("each => getComputedStyle(each).whiteSpace") == "nowrap"
    page.close()


def test_on_a_phone_labels_that_each_card_would_repeat_are_seen_on_the_first(
    browser: Any, tmp_path: Path
) -> None:
    columns, sentence = (
        ["Thème", "Nombre", "Contenu"],
        "Une phrase assez longue pour qu’une ligne soit une carte.",
    )
    said = """each => {
        const label = getComputedStyle(each, '::before');
        return [label.content.startsWith('"'), label.clipPath == 'none'];
    }"""
    for listed, seen in (
        (
            table(columns=columns, align=[*"lrl"], rows=[[n, "5", sentence] for n in "AB"]),
            [True, True, True, False],
        ),
        (table(columns=columns, align=[*"lll"], rows=[[n, "5", sentence] for n in "AB"]), [True] * 4),
    ):
        page = on_a_phone(browser, tmp_path, listed)
        assert [each.evaluate(said) for each in page.locator("tbody td").all()] == [[True, it] for it in seen]
        page.close()
    listed = table(columns=columns, align=[*"lll"], rows=[[n, "5", "En production"] for n in "AB"])
    listed[TABLE] |= {"file_rows": [2, 3], "sortable": True}
    page = on_a_phone(browser, tmp_path, listed)
    assert [each.evaluate(said)[1] for each in page.locator("tbody td").all()] == [True, True, False, False]
    first, second = (page.locator(f"tbody tr:nth-child({n})").bounding_box() for n in (1, 2))
    assert second["height"] < first["height"]  # its values are on one line
    page.close()


def on_a_phone(browser: Any, folder: Path, bundle: dict[str, Any], **about: Any) -> Any:
    """Return a page of a report with one table, in a narrow window."""
    path = folder / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Liste"), shown(bundle), **about))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(path.as_uri())
    return page


def test_a_table_that_scrolls_fades_at_the_side_where_more_is_hidden(browser: Any, tmp_path: Path) -> None:
    listed = table("tab-wide", columns=["Verdict"] * 5, align=["l"] * 5, rows=[["Oui"] * 5] * 101)
    listed[TABLE] |= {"sortable": True}
    page = on_a_phone(browser, tmp_path, listed)
    mask = """async each => {
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        return getComputedStyle(each).maskImage.startsWith("linear-gradient");
    }"""
    wide = page.locator(".scroll")
    assert wide.evaluate(mask)
    wide.evaluate("each => { each.scrollLeft = each.scrollWidth }")
    assert not wide.evaluate(mask)
    page.set_viewport_size({"width": 1280, "height": 640})  # it fits there
    assert not wide.evaluate(mask)
    page.close()


def test_everything_can_be_read_without_javascript(browser: Any, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.get_by_role("rowheader", name="zèbre").is_visible()
    page.get_by_text("Données de la figure 1").click()
    assert page.get_by_role("rowheader", name="2025").is_visible()
    page.context.close()


def test_the_banner_stays_in_sight(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 400})
    page.goto(address)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(600)
    assert page.locator(".banner").bounding_box()["y"] == 0
    page.close()


def test_the_banner_leads_to_its_notice_and_its_first_sentence_is_one_line_of_a_phone(
    browser: Any, address: str
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    link = page.locator(".banner a")
    assert link.text_content() == notices.banner("fr")
    assert 24 <= link.bounding_box()["height"] < 36 and page.locator(".bar").bounding_box()["height"] < 70
    assert link.get_attribute("href") == "#colophon"
    page.set_viewport_size({"width": 768, "height": 844})
    assert link.bounding_box()["height"] < 36 and page.locator(".banner span").bounding_box()["height"] > 12
    page.close()


def names(page: Any) -> list[str]:
    rows = page.locator("#tab-status tbody th:visible")
    return [text[:5] for text in rows.all_text_contents()]


def test_a_table_is_sorted_by_the_numbers_and_letters_of_its_language(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="Nombre").first.click()
    assert names(page) == ["zèbre", "Zoé", "abri ", "Émile", "Nord"]  # what is no number comes last
    page.get_by_role("button", name="Portefeuille").first.click()
    assert names(page) == ["abri ", "Émile", "Nord", "zèbre", "Zoé"]
    assert page.locator("#tab-status th[aria-sort=ascending]").count() == 1
    page.close()


def test_a_table_is_filtered_regardless_of_accents(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.get_by_label("Filtrer le tableau").fill("zebre")
    assert names(page) == ["zèbre"]
    assert page.locator("output").inner_text() == "Lignes affichées : 1"
    page.close()


def test_a_table_of_one_row_is_not_searched(browser: Any, tmp_path: Path) -> None:
    path = page_of_a_list(tmp_path, 1)
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.get_by_role("searchbox").count() == 0
    assert page.get_by_role("button", name="Enregistrer").is_visible()
    page.close()


def test_on_a_narrow_phone_the_names_of_filters_are_whole(browser: Any, tmp_path: Path) -> None:
    rows = [
        (f"Initiative {place}", f"Département de la Santé et des Services {place % 2}") for place in range(20)
    ]
    listed = table(columns=["Initiative", "Portefeuille"], align=["l", "l"], rows=rows, sortable=True)
    page = on_a_phone(browser, tmp_path, listed)
    page.set_viewport_size({"width": 320, "height": 640})
    name = page.locator(".filter label", has_text="Portefeuille")
    assert name.evaluate("each => each.getClientRects()[0].height") < 30  # one line
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


DRAFT = "Ébauche, avant relecture : ne pas citer ni diffuser. "


@pytest.mark.parametrize("is_draft", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (700, 500), (320, 256)])
def test_the_bar_at_the_top_covers_no_heading_and_no_focus(
    browser: Any, address: str, width: int, height: int, is_draft: bool
) -> None:
    """320 by 256 pixels are what is left of 1280 by 1024 at 400%."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    if is_draft:
        page.evaluate(f"document.querySelector('.banner p').prepend({DRAFT!r})")
    page.evaluate("location.hash = 's-detail'")
    bar = page.locator(".bar").bounding_box()
    assert bar["y"] == 0
    assert bar["height"] < height * 0.4
    assert page.locator("#s-detail").bounding_box()["y"] >= bar["height"]
    page.locator("footer a").last.focus()
    focused = "document.activeElement.getBoundingClientRect()"
    for _ in range(12):  # backwards, an element comes into sight at the top
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(f"{focused}.bottom > {bar['height']}")
    page.emulate_media(media="print")
    assert not page.locator(".places").is_visible()
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 600), (390, 844), (320, 256)])
def test_the_page_in_the_other_language_opens_at_the_same_section(
    browser: Any, address: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}#s-detail")
    page.wait_for_selector(".contents a[href='#s-detail'][aria-current]", state="attached")
    link = page.get_by_role("link", name="English")
    link.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    place = link.bounding_box()
    assert place["y"] >= 0  # in sight: a link at the top would take a reader away from the section
    page.mouse.click(place["x"] + 2, place["y"] + 8)
    there = link.evaluate("link => link.hash")
    assert there == "#at=1"
    page.goto("about:blank")
    page.goto(f"{address}{there}")
    assert page.url == f"{address}#s-detail"
    page.close()


ANNEXES = (
    prose("# Volume\n\nVoir [](#tab-status).", cell="a"),
    prose("# Libellés", cell="b", tags=("annex",)),
    shown(table(), cell="t"),
    prose("Une phrase de l’annexe.", cell="c"),
)


@pytest.mark.parametrize(("width", "script"), [(390, True), (1280, True), (390, False)])
def test_an_annex_is_folded_below_its_heading_and_says_what_it_has(
    browser: Any, tmp_path: Path, width: int, script: bool
) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*ANNEXES))), "utf-8")
    context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(path.as_uri())
    words, summary = page.get_by_text("Une phrase de l’annexe."), page.locator(".annex summary").first
    assert not words.is_visible()
    assert summary.inner_text() == "Initiatives par portefeuille"
    # A triangle says that it opens.
    assert summary.evaluate("each => getComputedStyle(each).display") == "list-item"
    page.emulate_media(media="print")
    assert words.evaluate("each => each.getBoundingClientRect().height > 0")  # paper has all
    assert not summary.is_visible()
    page.emulate_media(media="screen")
    summary.click()
    assert words.is_visible()
    context.close()


@pytest.mark.parametrize(("width", "n", "folded"), [(390, 6, True), (390, 5, False), (1280, 6, False)])
def test_on_a_phone_six_cards_or_more_of_a_chapter_are_folded_below_the_title_of_their_table(
    browser: Any, tmp_path: Path, width: int, n: int, folded: bool
) -> None:
    rows = [[f"Registre {place}", "Une phrase assez longue pour être une carte."] for place in range(n)]
    listed = table(columns=["Registre", "Contenu"], align=[*"ll"], rows=rows, note="Sans mention")
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Volume", cell="a"), shown(listed)))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    assert page.get_by_role("rowheader").first.is_visible() != folded
    note = page.get_by_text("Sans mention")
    assert note.is_visible() != folded  # it explains what is folded
    if folded:
        page.get_by_text(f"Montrer les lignes ({n})").click()
        assert note.is_visible()
        assert page.get_by_role("rowheader").count() == n
    page.close()


def test_an_address_of_a_heading_or_a_table_unfolds_what_is_folded_below_it(
    browser: Any, tmp_path: Path
) -> None:
    rows = [[f"Registre {place}", "Une phrase assez longue pour être une carte."] for place in range(6)]
    cards = table("tab-cards", columns=["Registre", "Contenu"], align=[*"ll"], rows=rows)
    cells = (prose("# Registres\n\nVoir [](#tab-cards).", cell="r"), shown(cards), *ANNEXES)
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    for place, words in (("tab-cards", "Registre 0"), ("s-libelles", "Une phrase de l’annexe.")):
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#{place}")
        assert page.get_by_text(words).is_visible()
    page.close()


@pytest.mark.parametrize("n_tiles", [1, 2])
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_text_right_below_tiles_is_a_line_apart_from_them(
    browser: Any, tmp_path: Path, width: int, n_tiles: int
) -> None:
    tiles = (
        prose("- **5** initiatives", cell="n", tags=("tiles", "large")),
        prose("- **2** de plus", cell="t", tags=("continued", "tiles")),
    )
    title = prose("# En bref\u00a0: cinq", cell="h", tags=("unnumbered",))
    cells = (title, *tiles[:n_tiles], prose("Le rang.", cell="a"))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    above, below = page.locator(".tiles").last.bounding_box(), page.get_by_text("Le rang.").bounding_box()
    assert below["y"] - above["y"] - above["height"] >= 18
    page.close()


@pytest.mark.parametrize("width", [1200, 390])
def test_the_description_of_the_one_initiative_of_a_profile_is_below_its_name(
    browser: Any, tmp_path: Path, width: int
) -> None:
    named = prose(
        "- **« Un assistant pour les dossiers »** {eval}`x`", "Aide", cell="n", tags=("tiles", "large")
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# En bref"), named))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    name, said = page.locator(".tiles strong").bounding_box(), page.locator(".tiles data").bounding_box()
    assert said["y"] >= name["y"] + name["height"] and said["x"] == name["x"]
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_of_figures_and_tables_is_folded_below_what_it_holds(
    browser: Any, tmp_path: Path, width: int
) -> None:
    tables = [shown(table(f"tab-{name}"), cell=name) for name in "abcd"]
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Volume"), *tables))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    entry = page.locator(".index a[href='#tab-a']")
    assert not entry.is_visible()
    page.get_by_text("Liste des tableaux (4)", exact=True).click()
    assert entry.is_visible()
    page.close()


def test_on_a_phone_a_link_or_an_address_unfolds_the_annex_that_it_leads_to(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*ANNEXES)), index="../index.html"), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    words = page.get_by_text("Une phrase de l’annexe.")
    page.goto(f"{path.as_uri()}#tab-status")
    assert words.is_visible()
    page.goto("about:blank")
    page.goto(path.as_uri())
    assert not words.is_visible()
    page.get_by_role("link", name="tableau 1", exact=True).click()
    assert words.is_visible()
    assert not page.locator("#contents").is_visible()
    assert not page.get_by_text("Table des matières").is_visible()  # the bar has it
    page.get_by_role("link", name="Sommaire").click()
    assert page.locator("#contents").is_visible()
    page.close()


@pytest.mark.parametrize(("width", "is_in_bar"), [(390, True), (768, True), (1119, True), (1280, False)])
def test_the_bar_leads_to_the_contents_where_these_are_not_beside_the_text(
    browser: Any, tmp_path: Path, width: int, is_in_bar: bool
) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*ANNEXES)), index="../index.html"), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    link, contents = page.get_by_role("link", name="Sommaire"), page.locator("#contents")
    assert link.is_visible() == is_in_bar
    assert page.get_by_text("Table des matières").is_visible() == contents.is_visible() == (not is_in_bar)
    if is_in_bar:
        link.click()
        assert contents.is_visible()
    page.close()


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (1280, ["Toutes les éditions", "Explorer les 2 initiatives", "Trouver un portefeuille"]),
        (
            768,
            ["Toutes les éditions", "Sommaire · 1", "Explorer les 2 initiatives", "Trouver un portefeuille"],
        ),
        (390, ["Éditions", "Sommaire · 1", "Explorer", "Profils"]),
        (360, ["Éditions", "Sommaire · 1", "Explorer"]),
        (320, ["Éditions", "Sommaire · 1"]),
    ],
)
def test_the_bar_leads_in_one_line_to_the_initiatives_and_the_profiles(
    browser: Any, tmp_path: Path, width: int, said: list[str]
) -> None:
    listed = table("tab-initiatives", [["A", "X"], ["B", "X"]], file_rows=[2, 3], sortable=True)
    document = document_of(notebook(prose("# A", cell="a"), shown(listed, cell="t")))
    around = {"index": "../index.html", "pdf": "annual.fr.pdf", "siblings": [("en", "annual.en.html")]}
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document, profiles=[("a.html", "A")], **around), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    links = page.locator(".places a:visible")
    assert links.all_inner_texts() == [*said, "PDF", "English"]
    assert len({link.bounding_box()["y"] for link in links.all()}) == 1
    page.close()


@pytest.mark.parametrize("width", [390, 641])
def test_the_bar_says_which_chapter_is_read_and_a_heading_is_right_below_it(
    browser: Any, address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(address)
    page.evaluate("location.hash = 's-detail'")
    number = page.locator("#s-detail .number").inner_text()
    page.get_by_role("link", name=f"Sommaire · {number}").wait_for()
    bar, heading = (page.locator(each).bounding_box() for each in (".bar", "#s-detail"))
    assert 20 < heading["y"] - bar["height"] < 28
    page.close()


def test_a_phone_has_one_link_to_the_workbook_of_tables(browser: Any, tmp_path: Path) -> None:
    cells = (prose("# A"), prose("- **3** initiatives", cell="t", tags=("tiles",)), prose("B.", cell="b"))
    listed = table("tab-initiatives", [["A", "X"], ["B", "X"]], file_rows=[2, 3], sortable=True)
    document = document_of(notebook(*cells, shown(listed)))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document, workbook="tables.fr.xlsx"), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    links = page.locator("a[href$=xlsx]:visible")
    assert links.all_inner_texts() == ["Télécharger les tableaux (XLSX)"]
    assert page.locator(".doors a:visible").count() == 2  # to the list too
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_bar_of_the_statuses_is_between_the_total_and_the_numbers_of_its_parts(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((published(tmp_path_factory, pool, "quebec") / "annual.fr.html").as_uri())
    places = (".tiles.totals >> nth=0", ".shares svg >> nth=0", ".tiles.parts", ".tiles.apart")
    total, bar, parts, others = (page.locator(each).bounding_box() for each in places)
    for above, below in pairwise((total, bar, parts, others)):
        assert above["y"] + above["height"] <= below["y"]
    assert (parts["y"] + parts["height"] < 844) == script  # without it, contents are open above
    assert page.locator(".parts strong").all_inner_texts() == ["132", "115", "11"]
    marks = "all => all.map(each => getComputedStyle(each, '::before').outlineColor)"
    drawn = page.locator(".shares rect").evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    edges = page.locator(".shares rect").evaluate_all("all => all.map(each => getComputedStyle(each).stroke)")
    colours = [*drawn[:2], edges[2]]  # the last is hollow
    assert page.locator(".parts > li").evaluate_all(marks) == colours
    for width in (1280, 768):
        page.set_viewport_size({"width": width, "height": 844})
        drawn = [each.bounding_box() for each in page.locator(".shares rect").all()]
        numbers = [each.bounding_box() for each in page.locator(".parts strong").all()]
        assert [round(each["y"]) for each in numbers] == [round(numbers[0]["y"])] * 3
        labels = [each.bounding_box() for each in page.locator(".parts > li").all()]
        assert [round(each["x"]) for each in labels[:2]] == [round(each["x"]) for each in drawn[:2]]
        assert page.locator(".parts > li").evaluate_all(marks) == colours and labels[2]["x"] < drawn[2]["x"]
        total, bar, other = (page.locator(each).bounding_box() for each in (*places[:2], places[3]))
        assert total["x"] + total["width"] < other["x"] and other["y"] + other["height"] <= bar["y"]
    context.close()


@pytest.mark.parametrize(("width", "drawn"), [(1280, True), (390, False)])
def test_a_line_from_a_part_to_its_label_is_not_drawn_where_labels_are_rows(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any, width: int, drawn: bool
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto((published(tmp_path_factory, pool, "quebec") / "annual.fr.html").as_uri())
    assert page.locator(".leaders").is_visible() == drawn
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_first_number_and_the_first_point_of_a_report_lead(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto((published(tmp_path_factory, pool, "quebec") / "annual.fr.html").as_uri())
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    for each in (".tiles.totals strong", ".opening ol > li"):
        first, *others = page.locator(each).evaluate_all(size)
        assert len({*others}) == 1 and first > 1.15 * others[0]
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_is_alone_on_the_last_line_of_what_a_status_counts(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto((published(tmp_path_factory, pool, "quebec") / "annual.fr.html").as_uri())
    wrap = "all => all.map(each => getComputedStyle(each).textWrapStyle)"
    assert {*page.locator(".parts > li, .totals span").evaluate_all(wrap)} == {"balance"}
    page.close()


@pytest.fixture(scope="module")
def united_states(tmp_path_factory: pytest.TempPathFactory, pool: Any) -> str:
    """The page of the longest edition, in English, with few rows of each table."""
    page = published(tmp_path_factory, pool, "us-federal") / "annual.en.html"
    return with_short_tables(page, tmp_path_factory.mktemp("opening")).as_uri()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_three_findings_and_the_dots_of_a_small_register_are_whole_in_the_first_screen(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any, language: str
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 830})
    page.goto((published(tmp_path_factory, pool, "quebec") / f"annual.{language}.html").as_uri())
    third = page.locator(".opening ol > li").nth(2).bounding_box()
    assert third["y"] + third["height"] <= 830
    dots = [each.bounding_box() for each in page.locator(".opening .dot-block").all()]
    assert max(each["y"] + each["height"] for each in dots) <= 830
    page.close()


@needs_real_data
@pytest.mark.parametrize("width", [1280, 960])
def test_many_dots_are_beside_highlights_on_the_first_screen_and_fill_their_room(
    browser: Any, united_states: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(united_states)
    listed, figured = (page.locator(each).bounding_box() for each in ("main ol", "#fig-dots"))
    first = page.locator("#fig-dots .dot-block svg").first.bounding_box()
    assert first["y"] + first["height"] < 900
    assert figured["x"] > listed["x"] + listed["width"]
    assert abs(figured["y"] - page.locator(".opening .hint").bounding_box()["y"]) < 16
    ends: dict[int, float] = {}
    for each in page.locator("#fig-dots .dot-block svg").all():
        drawn = each.bounding_box()
        ends[round(drawn["y"])] = max(ends.get(round(drawn["y"]), 0), drawn["x"] + drawn["width"])
    assert len(ends) == 5
    assert min(ends.values()) > figured["x"] + 0.8 * figured["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@needs_real_data
@pytest.mark.parametrize("width", [320, 390])
def test_what_the_total_counts_breaks_into_lines_on_a_phone(
    browser: Any, united_states: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(united_states)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@needs_real_data
@pytest.mark.parametrize("width", [1280, 960])
def test_below_highlights_and_many_dots_two_caveats_are_equal_boxes_beside_each_other(
    browser: Any, united_states: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(united_states)
    parts = ("main ol", "#fig-dots", ".opening .caveat >> nth=0", ".opening .caveat >> nth=1")
    listed, figured, first, second = (page.locator(each).first.bounding_box() for each in parts)
    assert first["y"] >= max(each["y"] + each["height"] for each in (listed, figured))
    assert [first[of] for of in ("y", "width", "height")] == [second[of] for of in ("y", "width", "height")]
    assert first["x"] + first["width"] + 10 < second["x"]
    assert (
        page.locator(".opening .caveat").first.evaluate("each => getComputedStyle(each).columnWidth")
        == "auto"
    )
    page.close()


@needs_real_data
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_headings_of_chapters_are_as_large_as_the_finding_of_the_page(
    browser: Any, united_states: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(united_states)
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    first, second = page.locator("main h2:has(> .finding)").evaluate_all(size)[:2]
    assert second == first
    page.close()


@needs_real_data
def test_many_dots_are_large_enough(browser: Any, united_states: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(united_states)
    first = page.locator("#fig-dots .dot-block svg").first
    n_across = first.evaluate("each => each.viewBox.baseVal.width")
    assert 0.74 * first.bounding_box()["width"] / n_across >= 5  # of a distance, 0.74 is the dot
    page.close()


@needs_real_data
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_title_of_the_report_is_larger_than_its_first_finding_and_no_heading_is_larger(
    browser: Any, united_states: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(united_states)
    assert page.locator("h1").text_content().startswith("Portrait 2025 · Annual report. The adoption")
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    title, *findings = page.locator("h1, main h2, main h2 .finding").evaluate_all(size)
    assert title > max(findings)
    page.close()


@needs_real_data
def test_blocks_of_dots_of_a_row_begin_at_one_height_below_their_names(
    browser: Any, united_states: str
) -> None:
    page = browser.new_page()
    page.goto(united_states)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        rows: dict[int, list[int]] = {}
        sizes = set()
        for block in page.locator("#fig-dots .dot-block").all():
            drawn = block.locator("svg")
            name = block.locator("span").bounding_box()
            rows.setdefault(round(drawn.bounding_box()["y"]), []).append(round(name["y"] + name["height"]))
            n_across = drawn.evaluate("each => each.viewBox.baseVal.width")
            sizes.add(round(drawn.bounding_box()["width"] / n_across, 1))
        assert len(rows) < 12, width  # some are beside each other
        assert all(len(set(ends)) == 1 and ends[0] <= top for top, ends in rows.items()), width
        assert len(sizes) == 1, width  # a dot has one size
    page.close()


@pytest.mark.parametrize(
    ("width", "script", "seen"), [(390, True, False), (1280, True, True), (390, False, True)]
)
def test_caveats_of_tiles_are_folded_on_a_phone_unless_there_is_no_script(
    browser: Any, tmp_path: Path, width: int, script: bool, seen: bool
) -> None:
    path = tmp_path / "annual.fr.html"
    tiles = prose("- **8** initiatives. *Une réserve.*\n- **3** organismes.", cell="t", tags=("tiles",))
    path.write_text(render_html(document_of(notebook(prose("# L’essentiel"), tiles))), "utf-8")
    context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(path.as_uri())
    caveat = page.get_by_text("Une réserve.")
    assert caveat.is_visible() == seen
    button = page.get_by_role("button", name="Réserves sur ces nombres")
    assert button.is_visible() == (script and width == 390)
    if button.is_visible():
        button.click()
        assert caveat.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        button.click()
        assert not caveat.is_visible()
    page.emulate_media(media="print")
    assert caveat.evaluate("each => each.getBoundingClientRect().height > 0")  # paper has all
    context.close()


def test_on_a_phone_the_range_of_a_chapter_is_above_what_it_counts(browser: Any, tmp_path: Path) -> None:
    tile = prose("- **Entre 51 % et 55 %** des initiatives.", cell="t", tags=("tiles",))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# Stades"), tile))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    value, words = page.evaluate(
        """() => {
          const line = document.querySelector(".tiles li"), words = document.createRange();
          words.selectNodeContents([...line.childNodes].find(each => each.textContent.includes("des ini")));
          return [line.querySelector("strong"), words].map(each => each.getBoundingClientRect());
        }"""
    )
    assert value["bottom"] <= words["top"] + 4
    page.close()


@pytest.mark.parametrize("width", [1280, 640])
@pytest.mark.parametrize(("name", "most"), [("Santé", 0.1), ("École de la fonction publique " * 2, 0.345)])
def test_names_of_rows_take_what_they_need_up_to_a_third_of_the_width(
    browser: Any, tmp_path: Path, width: int, name: str, most: float
) -> None:
    path = tmp_path / "annual.fr.html"
    rows = Rows((Row(name, ("7", "9", "+2"), (bar("ink", 0, 1),)),), ("2024", "2025", "Écart"))
    path.write_text(render_html(document_of(notebook(shown(figure(marks=rows.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    whole, named, drawn = (
        page.locator(each).last.bounding_box()["width"]
        for each in (".row", ".row > span:first-child", ".row > svg")
    )
    assert named <= most * whole
    assert drawn > 0.3 * whole
    page.close()


def test_on_a_phone_the_name_and_the_values_of_a_row_are_above_a_drawing_as_wide_as_the_page(
    browser: Any, tmp_path: Path
) -> None:
    rows = (Row("Santé", ("7", "9", "+2"), (bar("ink", 0, 1),)),)
    path = tmp_path / "annual.fr.html"
    chart = Rows(rows, ("2024", "2025", "Écart"), scale=((0.02, "0"), (0.98, "1\u00a0000")))
    path.write_text(render_html(document_of(notebook(shown(figure(marks=chart.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(path.as_uri())
    name, drawn, values = (page.locator(f".row:last-child > {each}").bounding_box() for each in PARTS_OF_ROW)
    assert name["y"] + name["height"] <= drawn["y"] + 1 >= values["y"] + values["height"]
    assert drawn["width"] >= 340
    page.close()


def test_on_a_phone_rows_whose_values_have_headings_have_no_axis_and_no_line_through_them(
    browser: Any, tmp_path: Path
) -> None:
    headings = ("2024", "2025")
    rows = (Row("Santé", headings, (bar("ink", 0, 1),)),)
    path = tmp_path / "annual.fr.html"
    chart = Rows(rows, headings, scale=((0.02, "0"), (0.98, "1\u00a0000")))
    path.write_text(render_html(document_of(notebook(shown(figure(marks=chart.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(path.as_uri())
    assert [page.locator(each).is_visible() for each in (".head svg", ".through")] == [False] * 2
    page.set_viewport_size({"width": 768, "height": 640})
    assert page.locator(".head svg").is_visible()
    page.close()


@pytest.mark.parametrize(
    ("values", "tells_last", "rust"),
    [
        (["9"], False, ["9"]),
        (["5", "9"], False, ["5"]),
        (["7", "9", "+2"], False, ["9"]),
        (["7", "9", "+2"], True, ["+2"]),
    ],
)
def test_of_the_values_of_a_row_in_rust_that_of_the_finding_is(
    browser: Any, tmp_path: Path, values: list[str], tells_last: bool, rust: list[str]
) -> None:
    row = Row("Santé", tuple(values), (), is_strong=True)
    path = tmp_path / "annual.fr.html"
    drawn = figure(marks=Rows((row,), ("n",) * len(values), tells_last=tells_last).content())
    path.write_text(render_html(document_of(notebook(shown(drawn)))), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    accent = page.locator(".row.strong > span").first.evaluate("each => getComputedStyle(each).color")
    cells = page.locator(".row.strong b").all()
    coloured = [each for each in cells if each.evaluate("each => getComputedStyle(each).color") == accent]
    assert [each.inner_text() for each in coloured] == rust
    page.close()


def test_marks_of_what_is_not_known_have_thicker_outlines_on_a_dark_ground(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "annual.fr.html"
    drawn = dots([Block("Justice", "3", (("unknown", 3),))], []).content()
    shown_dots = shown({FIGURE: {**figure("fig-dots")[FIGURE], "marks": drawn}}, cell="d")
    path.write_text(render_html(document_of(notebook(prose("# Dès lors"), shown_dots))), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    outlines = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        widths = [
            float(page.locator(each).evaluate("each => getComputedStyle(each).strokeWidth").rstrip("px"))
            for each in (".dots .m-unknown", ".dots .hole")
        ]
        outlines.append((widths[0] - widths[1]) / 2)
    assert outlines == pytest.approx([0.17, 0.23])  # of the distance between two dots
    page.close()


def page_of_a_list(folder: Path, n: int) -> Path:
    """Write a page with a list of initiatives, the first twelve of them of Santé."""
    rows = [[f"Tri {place}", "Santé" if place < 12 else "Justice"] for place in range(n)]
    listed = table(columns=["Initiative", "Portefeuille"], align=[*"ll"], rows=rows)
    listed[TABLE] |= {"file_rows": [*range(n)], "sortable": True}
    path = folder / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# A"), shown(listed)))), "utf-8")
    return path


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_a_long_list_does_not_scroll_in_a_box_but_shows_ten_rows_then_all(
    browser: Any, tmp_path: Path, script: bool
) -> None:
    path = page_of_a_list(tmp_path, 30)
    context = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 640})
    page = context.new_page()
    page.goto(path.as_uri())
    seen, whole = page.locator("tbody tr:visible"), page.get_by_label("Tout montrer")
    assert seen.count() == 10
    assert page.locator(".all").inner_text() == "Tout montrer (30)"
    whole.check()
    assert seen.count() == 30
    assert page.locator(".tall").evaluate("each => each.scrollHeight <= each.clientHeight + 1")
    whole.uncheck()
    if script:
        place = page.locator(".seen")  # which rows are in sight: for a box that scrolls
        assert (
            place.evaluate("each => { each.hidden = false; return getComputedStyle(each).display }") == "none"
        )
        page.get_by_role("searchbox").fill("santé")
        assert (seen.count(), page.locator(".all").inner_text()) == (10, "Tout montrer (12)")
        page.get_by_role("searchbox").fill("tri 2")
        assert seen.count() == 10 and not page.locator("tbody tr").first.is_visible()
        page.get_by_role("searchbox").fill("tri 29")
        assert seen.count() == 1 and not page.locator(".all").is_visible()
    page.set_viewport_size({"width": 1280, "height": 640})
    assert not page.locator(".all").is_visible()
    context.close()


def test_on_a_phone_a_long_list_has_ten_rows_before_the_page_is_read_to_its_end(
    browser: Any, tmp_path: Path
) -> None:
    path = page_of_a_list(tmp_path, 30)
    path.write_text(path.read_text("utf-8").split("</table>")[0], "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 640})
    page.goto(path.as_uri())
    assert (page.locator("tbody tr").count(), page.locator("tbody tr:visible").count()) == (30, 10)
    page.emulate_media(media="print")
    assert page.locator("tbody tr:visible").count() == 30
    page.close()


@pytest.mark.parametrize(("n", "seen"), [(8, 8), (9, 5)])
def test_on_a_phone_a_long_table_of_cards_shows_five_then_all_and_a_screen_reader_has_them(
    browser: Any, tmp_path: Path, n: int, seen: int
) -> None:
    sentence = "Une phrase assez longue pour qu’une ligne soit une carte."
    rows = [[f"Thème {place}", sentence] for place in range(n)]
    page = on_a_phone(browser, tmp_path, table(columns=["Thème", "Contenu"], align=[*"ll"], rows=rows))
    heights = "rows => rows.filter(row => row.getBoundingClientRect().height > 9).length"
    if seen == n:
        page.get_by_text(f"Montrer les lignes ({n})").click()
    assert page.locator("tbody tr").evaluate_all(heights) == seen
    assert page.get_by_role("rowheader").count() == n
    assert page.locator(".all").is_visible() == (seen < n)
    assert page.locator(".scroll").evaluate("each => each.scrollHeight <= each.clientHeight + 1")
    if seen < n:
        page.get_by_label(f"Tout montrer ({n})").check()
        assert page.locator("tbody tr").evaluate_all(heights) == n
    page.set_viewport_size({"width": 1280, "height": 640})
    assert page.locator("tbody tr").evaluate_all(heights) == n
    page.close()


@pytest.mark.parametrize("width", [1280, 768])
def test_in_a_wide_window_a_long_table_of_a_chapter_shows_eight_rows_then_all_and_that_of_an_annex_all(
    browser: Any, tmp_path: Path, width: int
) -> None:
    sentence = "Une phrase assez longue pour qu’une ligne soit une carte."
    long, short = ([[f"Thème {place}", sentence] for place in range(n)] for n in (17, 16))
    look = {"columns": ["Thème", "Contenu"], "align": [*"ll"]}
    cells = (
        prose("# Besoins", cell="a"),
        shown(table("tab-long", long, **look), cell="b"),
        shown(table("tab-short", short, **look), cell="c"),
        prose("# Libellés", tags=("annex",), cell="d"),
        shown(table("tab-annex", long, **look), cell="e"),
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator("details.annex").evaluate_all("annexes => annexes.forEach(each => { each.open = true })")
    counted = [page.locator(f"#tab-{name} tbody tr:visible").count() for name in ("long", "short", "annex")]
    assert counted == [8, 16, 17]
    page.get_by_label("Tout montrer (17)").first.check()
    assert page.locator("#tab-long tbody tr:visible").count() == 17
    page.get_by_label("Tout montrer (17)").first.uncheck()
    page.emulate_media(media="print")
    assert page.locator("#tab-long tbody tr:visible").count() == 17
    context.close()


@pytest.mark.parametrize(("n", "are_striped"), [(7, False), (8, True)])
def test_a_line_is_between_a_few_rows_and_every_second_of_many_has_a_ground(
    browser: Any, tmp_path: Path, n: int, are_striped: bool
) -> None:
    path = tmp_path / "annual.fr.html"
    listed = shown(table(rows=[[f"Santé {place}", "1"] for place in range(n)]))
    path.write_text(render_html(document_of(notebook(listed))), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    look = "rows => rows.map(row => [getComputedStyle(row).backgroundColor, getComputedStyle(row.cells[0])"
    first, *others = page.locator("tbody tr").evaluate_all(f"{look}.borderTopWidth])")
    assert (first[0] != others[0][0]) == are_striped
    assert {line for _, line in others} == {"0px" if are_striped else "1px"}
    page.close()


def test_the_button_that_shows_all_rows_has_no_box_and_is_reached_by_key(
    browser: Any, tmp_path: Path
) -> None:
    rows = [
        [f"Thème {place}", "Une phrase assez longue pour qu’une ligne soit une carte."] for place in range(9)
    ]
    page = on_a_phone(browser, tmp_path, table(columns=["Thème", "Contenu"], align=[*"ll"], rows=rows))
    box = page.get_by_label("Tout montrer (9)")
    assert box.evaluate("each => getComputedStyle(each).opacity") == "0"
    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    assert page.locator(".all").evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_heading_of_a_folded_annex_is_smaller_than_that_of_a_chapter_and_larger_than_a_section(
    browser: Any, tmp_path: Path, width: int
) -> None:
    text = "Le texte. " * 30
    words = [f"# Qui déclare\n\n{text}", f"# Méthode\n\n{text}\n\n## Liens\n\n{text}"]
    cells = (prose(words[0]), prose(words[1], cell="annex", tags=["annex"]))
    document = document_of(notebook(*cells))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document, profiles=[("a.html", "A")]), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    chapter, annex = page.locator("main > h2").evaluate_all(size)[:2]
    (section,) = page.locator(".annex h3").evaluate_all(size)
    (profiles,) = page.locator("#profiles").evaluate_all(size)
    assert section < annex == profiles < chapter
    page.close()


CUT = """() => {
  const range = document.createRange(), cut = [];
  document.querySelectorAll("td, th").forEach(cell => {
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = text.nextNode(); node; node = text.nextNode())
      for (const word of node.data.matchAll(/\\p{L}+/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        if (range.getClientRects().length > 1) cut.push(word[0]);
      }
  });
  return cut;
}"""


def test_no_word_of_a_table_is_cut_in_a_narrow_window(browser: Any, tmp_path: Path) -> None:
    columns = ["Registre", "Ce qu’il compte", "Qui déclare", "Stades"]
    words = "des initiatives que les ministères et organismes déclarent, ou un nombre de projets " * 3
    row = ["Canada", words, words, "Initiation, développement/acquisition, exploitation"]
    page = on_a_phone(browser, tmp_path, table(columns=columns, align=[*"llll"], rows=[row]))
    page.set_viewport_size({"width": 768, "height": 640})
    assert page.evaluate(CUT) == []
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()


def test_tables_have_two_widths_in_a_wide_window(browser: Any, tmp_path: Path) -> None:
    small = [["Justice", "3"]]
    wide = [["Justice", "Une phrase plus longue que la moitié de la page, et même un peu plus."] * 2]
    cells = (
        shown(table("tab-a", columns=["Portefeuille", "2025"], align=[*"lr"], rows=small)),
        shown(table("tab-b", columns=["A", "B", "C", "D"], align=[*"llll"], rows=wide), cell="b"),
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# A\n\nUn texte."), *cells))), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 640})
    page.goto(path.as_uri())
    widths = [each.evaluate("each => each.offsetWidth") for each in page.locator("main table").all()]
    text, main = (
        page.locator(each).first.evaluate("each => each.offsetWidth") for each in ("main > p", "main")
    )
    assert (widths, text, main) == ([576, 912], 576, 912)
    page.close()


@pytest.mark.parametrize("width", [1280, 900])
def test_a_table_of_nine_columns_does_not_scroll_in_a_wide_window(
    browser: Any, tmp_path: Path, width: int
) -> None:
    columns = ["Palier", "Liens", "Retrouvées", "Pas en 2024", "Par décision", "Par règle", "Par score"]
    bounds = [each.replace("~", "\u00a0") for each in ("100~% (62~%~à~100~%)", "90~% (54~%~à~plus~de~99~%)")]
    row = ["probable", "1\u00a0358", "63,7\u00a0%", "62,4\u00a0%", "0", "1\u00a0138", "220", *bounds]
    listed = table(columns=[*columns, "Précision estimée", "Rappel estimé"], align=[*"lrrrrrrrr"], rows=[row])
    page = on_a_phone(browser, tmp_path, listed)
    page.set_viewport_size({"width": width, "height": 640})
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()


OPENER = (
    prose("# L’essentiel\n\nUn texte."),
    prose("# Stades\u00a0: la moitié", cell="b"),
    prose(
        "- **Entre 51 % et 55 %** des initiatives\u00a0: *132 sur 258, et bien d’autres mots.*",
        cell="t",
        tags=("tiles",),
    ),
    prose("Un sous-titre.\n\nUn texte.\n\n*Ce que ces données ne disent pas.* Rien.", cell="u"),
)


@pytest.mark.parametrize("width", [1600, 1280, 1120, 900, 768, 390])
def test_the_number_of_a_chapter_hangs_beside_its_deck_and_is_below_it_on_a_narrow_screen(
    browser: Any, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*OPENER))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    places = (".opener > p", ".opener .tiles li", ".opener > div > p >> nth=0", ".opener")
    deck, number, text, column = (page.locator(each).bounding_box() for each in places)
    assert number["x"] + number["width"] == pytest.approx(column["x"] + column["width"], abs=1)
    assert width < 1120 or number["width"] == pytest.approx({1120: 200, 1280: 296, 1600: 296}[width], abs=1)
    if width >= 900:
        assert number["x"] > deck["x"] + deck["width"]
        assert abs(number["y"] - deck["y"]) < 8
        assert text["y"] < number["y"] + number["height"]  # the text goes on under the deck
    else:
        assert number["width"] == pytest.approx(column["width"], abs=1)  # and so is the rule above it
        assert deck["y"] + deck["height"] <= number["y"] and number["y"] + number["height"] <= text["y"]
    page.close()


@pytest.mark.parametrize("width", [1600, 1280, 1120, 900, 768, 390])
def test_caveats_and_terms_are_in_the_margin_beside_their_text_in_a_wide_window(
    browser: Any, tmp_path: Path, width: int
) -> None:
    terms = [["Usage", "Use", "Une ligne du fichier."]]
    glossary = table("tab-glossary", terms, columns=["Français", "Anglais", "Sens"], align=[*"lll"])
    said = "On compte {eval}`n` usages. " + "Un texte sur des usages. " * 8
    text = prose(f"## Suite\n\n{said}\n\n*Ce que ces données ne disent pas.* Rien.", "12", cell="v")
    path = tmp_path / "annual.fr.html"
    cells = (*OPENER, text, prose("# A", cell="g", tags=("annex",)), shown(glossary, cell="h"))
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    for block in page.locator(".opener, .beside").all():
        text, caveat = (block.locator(each).bounding_box() for each in ("> div > p >> nth=0", ".caveat"))
        if width >= 900:
            assert caveat["x"] > text["x"] + text["width"]
        else:
            assert caveat["y"] >= text["y"] + text["height"]
    number, caveat = (page.locator(f".opener {each}").bounding_box() for each in (".tiles", ".caveat"))
    assert caveat["y"] >= number["y"] + number["height"]
    text, caveat = (page.locator(f".beside {each}").first.bounding_box() for each in ("p", ".caveat"))
    assert (caveat["y"] < text["y"] + text["height"]) == (width >= 900)
    # What a term means is in the glossary of a narrow screen, and of paper, alone.
    assert page.locator("dfn").is_visible() == (width >= 900)
    page.emulate_media(media="print")
    assert not page.locator("dfn").is_visible()
    page.close()


SPACES = """() => {
  const shown = "main :is(p, li, h2, h3, h4, figcaption, table, svg, summary, dl)";
  const boxes = [...document.querySelectorAll(shown)].filter(each => each.checkVisibility())
    .map(each => each.getBoundingClientRect()).filter(box => box.height > 1).sort((a, b) => a.top - b.top);
  let end = boxes[0].bottom;
  return boxes.map(box => { const space = box.top - end; end = Math.max(end, box.bottom); return space; });
}"""
"""What is blank between what is above and what is below, in pixels; less where both are beside each other."""


@pytest.mark.parametrize("width", [1600, 1280, 900, 768, 390])
def test_parts_of_a_report_are_one_of_three_spaces_apart(browser: Any, tmp_path: Path, width: int) -> None:
    cells = (
        *OPENER,
        shown(figure("fig-a", note="Une note."), cell="f"),
        prose("Un texte.\n\n## Section\n\nUn texte, et un autre.\n\n- Un point.", cell="s"),
        shown(figure("fig-b"), cell="g"),
        prose("## Suite\n\n### Détail\n\n*Des exemples*\n\n**Un.** A.\n\n**Deux.** B.", cell="x"),
        prose("# Organismes\u00a0: un seul", cell="y"),
        prose("- **27** initiatives.", cell="n", tags=("tiles",)),
        prose("Un sous-titre.", cell="d"),
        shown(table("tab-b"), cell="i"),
        prose("Un texte.\n\n| a | b |\n|---|---|\n| 1 | 2 |", cell="j"),
        prose("# Méthode\n\nUn texte.", cell="k", tags=("annex",)),
        shown(table("tab-c"), cell="l"),
        prose("# Registre", cell="m", tags=("annex",)),
        shown(table("tab-d"), cell="o"),
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('.annex').forEach(annex => { annex.open = true; })")
    steps = page.evaluate(
        "['block', 'section', 'chapter'].map(step =>"
        " parseFloat(getComputedStyle(document.body).getPropertyValue(`--${step}-apart`)) * 16)"
    )
    spaces = [space for space in page.evaluate(SPACES) if space > 24]
    assert {min(steps, key=lambda step: abs(step - space)) for space in spaces} == {*steps}
    assert [space for space in spaces if min(abs(step - space) for step in steps) > 1] == []
    page.close()


def test_the_title_of_a_figure_is_on_one_line_where_its_figure_has_room(browser: Any, tmp_path: Path) -> None:
    drawn = figure(
        caption="Le ministère des Ressources naturelles déclare plus d’initiatives que tout autre organisme"
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(shown(drawn)))), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    assert page.locator("figcaption").bounding_box()["height"] < 30
    page.close()


@pytest.mark.parametrize("width", [1600, 1280, 1120, 900])
def test_the_note_of_a_figure_is_below_it_and_its_source_below_that_as_wide_as_the_figure(
    browser: Any, tmp_path: Path, width: int
) -> None:
    drawn = figure("fig-a")
    noted = {**drawn, FIGURE: {**drawn[FIGURE], "note": "Une note."}}
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# A\n\nUn texte."), shown(noted)))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    places = (".picture", ".around p >> nth=0", ".around p >> nth=1", "details")
    drawing, note, source, data = (page.locator(f"#fig-a {each}").first.bounding_box() for each in places)
    assert source["y"] >= note["y"] + note["height"] and note["y"] >= drawing["y"] + drawing["height"]
    assert source["width"] == drawing["width"] and note["width"] <= 36 * 16
    assert source["y"] + source["height"] <= data["y"] < source["y"] + source["height"] + 24
    page.close()


def test_what_a_deck_says_first_is_no_bolder_than_the_rest_of_it(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "annual.fr.html"
    deck = prose("**Un sous-titre**, et la suite.\n\nUn texte.", cell="u")
    path.write_text(render_html(document_of(notebook(*OPENER[:3], deck))), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    looks = page.locator(".opener > p, .opener > p strong").evaluate_all(
        "all => all.map(each => [getComputedStyle(each).fontWeight, getComputedStyle(each).color])"
    )
    assert len(looks) == 2 and looks[0] == looks[1]
    page.close()


def opening(tmp_path: Path, n_highlights: int, n_dots: int = 3) -> str:
    """Return the address of a page that opens with a tile, highlights and dots."""
    path = tmp_path / "annual.fr.html"
    drawn = dots([Block("Justice", str(n_dots), (("production", n_dots),))], []).content()
    cells = (
        prose("# L’essentiel"),
        prose("- **8** initiatives.", cell="t", tags=("tiles",)),
        prose("\n".join(f"1. Point {place} ([](#fig-dots))." for place in range(n_highlights)), cell="h"),
        shown({FIGURE: {**figure("fig-dots")[FIGURE], "marks": drawn}}, cell="d"),
        prose(f"*À lire avec cette page.* {'Un mot. ' * 40}", cell="r"),
    )
    path.write_text(render_html(document_of(notebook(*cells))), "utf-8")
    return path.as_uri()


@pytest.mark.parametrize(("n_highlights", "is_beside"), [(3, False), (4, True)])
def test_dots_are_below_highlights_too_few_to_be_as_high(
    browser: Any, tmp_path: Path, n_highlights: int, is_beside: bool
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 640})
    page.goto(opening(tmp_path, n_highlights))
    listed, figured = (page.locator(each).bounding_box() for each in ("main ol", "#fig-dots .dot-block"))
    assert (figured["x"] > listed["x"] + listed["width"]) == is_beside
    assert (figured["y"] > listed["y"] + listed["height"]) != is_beside
    page.close()


@pytest.mark.parametrize(("n_highlights", "is_below"), [(5, False), (6, True)])
def test_what_is_read_with_the_page_is_below_six_highlights_and_a_few_dots(
    browser: Any, tmp_path: Path, n_highlights: int, is_below: bool
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 640})
    page.goto(opening(tmp_path, n_highlights))
    read, figured = (page.locator(each).bounding_box() for each in (".opening .caveat", "#fig-dots"))
    assert (read["y"] >= figured["y"] + figured["height"]) == is_below
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_highlights_are_between_the_tiles_and_the_dots(
    browser: Any, tmp_path: Path, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 640})
    page = context.new_page()
    page.goto(opening(tmp_path, 4))
    tiles, dots, listed = (page.locator(each).bounding_box() for each in (".tiles", "#fig-dots", "main ol"))
    assert tiles["y"] < listed["y"] < listed["y"] + listed["height"] <= dots["y"]
    context.close()


@pytest.mark.parametrize(("width", "are_beside"), [(1280, True), (768, False), (760, False), (390, False)])
def test_highlights_are_before_or_beside_many_dots_as_to_the_keyboard(
    browser: Any, tmp_path: Path, width: int, are_beside: bool
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(opening(tmp_path, 6, 1600))
    tiles, dots, listed = (page.locator(each).bounding_box() for each in (".tiles", "#fig-dots", "main ol"))
    assert tiles["y"] + tiles["height"] <= listed["y"] <= dots["y"]
    assert (dots["x"] > listed["x"] + listed["width"]) == are_beside
    assert (dots["y"] >= listed["y"] + listed["height"]) != are_beside
    places: list[float] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        places += page.evaluate(
            """() => {
              const place = document.activeElement.closest(".opening > *");
              return place ? [place.getBoundingClientRect().top + scrollY] : [];
            }"""
        )
    found = list(dict.fromkeys(places))
    assert len(found) > 1
    assert found == sorted(found)
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_list_that_scrolls_fades_at_its_foot_and_says_which_rows_are_in_sight(
    browser: Any, tmp_path: Path, script: bool
) -> None:
    path = page_of_a_list(tmp_path, 1500)
    context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 640})
    page = context.new_page()
    page.goto(path.as_uri())
    box, seen = page.locator(".tall"), page.locator(".seen")
    fade = "each => ['opacity', 'height'].map(part => getComputedStyle(each, '::after')[part])"
    assert box.evaluate(fade) == ["1", "24px"]
    if script:
        n_whole = box.evaluate(IN_SIGHT)
        assert 5 < n_whole < 20
        assert seen.inner_text() == f"Lignes 1 à {n_whole} sur 1\u00a0500"
        page.get_by_role("searchbox").fill("tri 14")
        expect(seen).to_have_text(f"Lignes 1 à {n_whole} sur 111")
        page.get_by_role("searchbox").fill("tri 1499")
        expect(seen).to_be_hidden()
        page.get_by_role("searchbox").fill("")
        box.evaluate("each => { each.scrollTop = each.scrollHeight; }")
        expect(seen).to_have_text(f"Lignes {1501 - n_whole:,} à 1,500 sur 1,500".replace(",", "\u00a0"))
    box.evaluate("each => { each.scrollTop = each.scrollHeight; }")
    page.wait_for_timeout(100)
    assert box.evaluate(fade) == ["0", "24px"]
    page.set_viewport_size({"width": 390, "height": 640})
    expect(seen).to_be_hidden()
    assert box.evaluate("each => getComputedStyle(each, '::after').display") == "none"
    context.close()


IN_SIGHT = """each => {
  const { bottom } = each.getBoundingClientRect(), head = each.querySelector("thead").getBoundingClientRect();
  return [...each.querySelectorAll("tbody tr")].map(row => row.getBoundingClientRect())
    .filter(row => row.top >= head.bottom - 1 && row.bottom <= bottom + 1).length;
}"""


def test_the_filters_of_a_table_are_on_one_line_in_a_wide_window(browser: Any, tmp_path: Path) -> None:
    rows = [
        [
            f"Initiative {n}",
            "Santé" if n % 2 else "Justice",
            "Autre" if n % 3 else "Science",
            "Retirée" if n % 5 else "En cours",
        ]
        for n in range(70)  # too many names for a facet
    ]
    columns = ["Initiative", "Portefeuille", "Catégorie", "Statut"]
    listed = table("tab-x", rows, columns=columns, align=["l"] * 4, file_rows=[*range(2, 72)], sortable=True)
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# A"), shown(listed)))), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 640})
    page.goto(path.as_uri())
    fields = page.locator(".filter :is(input, select), .filter button:visible").all()
    boxes = [field.bounding_box() for field in fields]
    assert len(boxes) == 5  # words, three facets, saving
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 12
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)
    page.get_by_label("Portefeuille", exact=True).select_option("Santé")
    assert page.locator(".filter output").inner_text() == "Lignes affichées : 35"
    assert page.get_by_role("button", name="Effacer les filtres").is_visible()
    assert fields[0].bounding_box()["y"] == boxes[0]["y"]  # nothing moves
    page.close()


SECTIONS = (
    prose("# Un\n\nA.\n\n## Un un\n\nB."),
    prose("# Deux\n\nC.\n\n## Deux un\n\n" + "D.\n\n" * 60, cell="b"),
)


@pytest.mark.parametrize(("script", "seen"), [(True, False), (False, True)])
def test_contents_show_the_sections_of_the_chapter_that_is_read_alone(
    browser: Any, tmp_path: Path, script: bool, seen: bool
) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*SECTIONS))), "utf-8")
    context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 640})
    page = context.new_page()
    page.goto(path.as_uri())
    first, second = (page.locator("#contents").get_by_text(each) for each in ("Un un", "Deux un"))
    assert (first.is_visible(), second.is_visible()) == (True, seen)
    if script:
        page.locator("#s-deux-un").scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.querySelector('#s-deux-un').offsetTop)")
        second.wait_for()
        assert not first.is_visible()
    context.close()


def test_contents_mark_on_arrival_the_first_chapter_that_is_in_sight(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "annual.fr.html"
    siblings = [("en", "annual.en.html")]
    path.write_text(render_html(document_of(notebook(*SECTIONS)), siblings=siblings), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 330})
    page.goto(path.as_uri())
    assert page.locator("main h2").first.bounding_box()["y"] > 330 / 3  # not passed yet
    assert "Un" in page.locator("#contents [aria-current]").inner_text()
    # The page in the other language opens at its title all the same.
    assert page.locator(".places [hreflang]").evaluate("each => each.hash") == ""
    page.close()


@pytest.mark.parametrize("width", [1120, 1280, 1600])
def test_what_is_below_the_text_has_its_edge(browser: Any, tmp_path: Path, width: int) -> None:
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(prose("# A\n\nTexte.")))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(path.as_uri())
    text, below = (page.locator(each).first.bounding_box()["x"] for each in ("main", "#colophon"))
    assert abs(text - below) < 1
    page.close()


def test_a_long_list_of_profiles_is_filtered_and_whole_without_a_script(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "annual.fr.html"
    profiles = [(f"portfolios/{n}.fr.html", f"Ministère {n}") for n in range(1, 21)] + [
        ("p/e.html", "Énergie")
    ]
    path.write_text(render_html(document_of(notebook(prose("# A"))), profiles=profiles), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    items = page.locator(".profiled li")
    page.get_by_label("Filtrer la liste").fill("energ")
    assert [item.inner_text() for item in items.all() if item.is_visible()] == ["Énergie"]
    page.get_by_label("Filtrer la liste").fill("")
    assert sum(item.is_visible() for item in items.all()) == 21
    page.close()
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(path.as_uri())
    names = phone.locator(".profiled li:visible")
    assert names.count() == 10
    phone.get_by_label("Filtrer la liste").fill("energ")
    assert names.all_inner_texts() == ["Énergie"]  # what is asked is never hidden
    phone.get_by_label("Filtrer la liste").fill("")
    phone.get_by_label("Tout montrer (21)").check()
    assert names.count() == 21
    phone.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(path.as_uri())
    assert not plain.get_by_label("Filtrer la liste").is_visible()
    assert plain.locator(".profiled li").last.is_visible()
    plain.context.close()


def test_a_row_of_several_names_together_has_the_edges_and_the_scale_of_the_others(
    browser: Any, tmp_path: Path
) -> None:
    marks = (bar("accent", 0.0, 1.0),)
    rows = (Row("Santé", ("9",), marks), Row("8 autres portefeuilles", ("7",), marks, is_apart=True))
    path = tmp_path / "annual.fr.html"
    path.write_text(
        render_html(document_of(notebook(shown(figure(marks=Rows(rows, ("n",)).content()))))), "utf-8"
    )
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    ends = "all => all.map(each => each.getBoundingClientRect()).map(box => [box.left, box.right])"
    for each in (".marks .row:not(.head)", ".marks .row:not(.head) svg"):
        first, other = page.locator(each).evaluate_all(ends)
        assert first == pytest.approx(other, abs=0.5)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_label_in_a_bar_stands_out_from_it(browser: Any, tmp_path: Path, scheme: str) -> None:
    roles = ("production", "development", "retired", "unknown", "ink", "accent", "context", "pale")
    rows = tuple(Row(role, ("9",), (Mark("bar", role, 0, 1, "9"),)) for role in roles)
    path = tmp_path / "annual.fr.html"
    path.write_text(
        render_html(document_of(notebook(shown(figure(marks=Rows(rows, ("n",), is_high=True).content()))))),
        "utf-8",
    )
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
    page.goto(path.as_uri())
    fills = page.locator(".marks text.in").evaluate_all(
        "texts => texts.map(text => [text.previousElementSibling, text]"
        ".map(each => getComputedStyle(each).fill.match(/[0-9]+/g).slice(0, 3).map(Number)))"
    )
    assert len(fills) == len(roles)
    assert min(contrast(*("#" + bytes(each).hex() for each in pair)) for pair in fills) >= 4.5
    page.close()


def test_on_a_dark_ground_the_bar_of_several_portfolios_is_seen_beside_that_of_one(
    browser: Any, tmp_path: Path
) -> None:
    rows = (
        Row("Santé", ("9",), (Mark("bar", "accent", 0, 0.5),)),
        Row("Travail", ("9",), (Mark("bar", "context", 0.5, 0.6),)),
        Row("Plusieurs", ("9",), (Mark("link", "context", 0.5, 0.5), Mark("thin", "pale", 0.5, 1))),
    )
    path = tmp_path / "annual.fr.html"
    drawn = notebook(shown(figure(marks=Rows(rows, ("n",)).content())))
    path.write_text(render_html(document_of(drawn)), "utf-8")
    page = browser.new_page(color_scheme="dark")
    page.goto(path.as_uri())
    several, one = (
        page.locator(f".marks rect.m-{role}").evaluate(
            "each => { const canvas = document.createElement('canvas').getContext('2d');"
            "canvas.fillStyle = getComputedStyle(each).fill; canvas.fillRect(0, 0, 1, 1);"
            "return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3) }"
        )
        for role in ("pale", "context")
    )
    assert contrast("#" + bytes(several).hex(), colours.DARK["paper"]) >= 3
    assert contrast("#" + bytes(several).hex(), "#" + bytes(one).hex()) >= 2
    page.close()


def test_a_silent_bar_is_hollow_and_has_its_outline_in_rust_where_the_finding_is_about_it(
    browser: Any, tmp_path: Path
) -> None:
    silent = (Mark("bar", "unknown", 0, 1, "9"),)
    rows = (Row("Santé", ("9",), silent, is_strong=True), Row("Justice", ("9",), silent))
    drawn = notebook(shown(figure(marks=Rows(rows, ("n",), is_high=True).content())))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(drawn)), "utf-8")
    page = browser.new_page(color_scheme="light")
    page.goto(path.as_uri())
    look = "all => all.map(each => ['fill', 'stroke'].map(part => getComputedStyle(each)[part]))"
    white, rust, grey = "rgb(255, 255, 255)", "rgb(154, 59, 27)", "rgb(115, 121, 132)"
    assert page.locator(".marks rect").evaluate_all(look) == [[white, rust], [white, grey]]
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_headings_of_values_end_where_their_values_end_and_are_no_labels_of_the_axis(
    browser: Any, tmp_path: Path, width: int
) -> None:
    values = (("758", "25,2 %"), ("1\u00a0430", "4,3 %"))
    rows = tuple(Row("Science", each, (Mark("dot", "ink", 0.98, 0.98),)) for each in values)
    chart = Rows(rows, ("2025", "Part des initiatives classées"), scale=((0.02, "0"), (0.98, "800")))
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(shown(figure(marks=chart.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    lines = [
        [each.bounding_box() for each in row.locator("b").all()] for row in page.locator(".marks .row").all()
    ]
    for column in zip(*lines, strict=True):
        assert len({round(box["x"] + box["width"]) for box in column}) == 1
    axis, words, last = page.evaluate(
        """() => {
          const range = document.createRange(), [head, last] = document.querySelectorAll(".head b");
          range.selectNodeContents(head);
          return [document.querySelector(".head svg"), range, last].map(each => each.getBoundingClientRect());
        }"""
    )
    assert words["left"] - axis["right"] >= 24 or words["bottom"] <= axis["top"]
    assert last["width"] < 110
    assert page.locator(".head b").first.evaluate("each => getComputedStyle(each).fontWeight") == "600"
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_no_word_of_a_heading_of_values_is_cut(browser: Any, tmp_path: Path, width: int) -> None:
    rows = (Row("NASA", ("53% to 63%", "3,611"), (bar("ink", 0, 1),)),)
    path = tmp_path / "annual.en.html"
    chart = Rows(rows, ("In development", "Responsabilités organisationnelles"))
    path.write_text(render_html(document_of(notebook(shown(figure(marks=chart.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    lines = page.locator(".head b").evaluate_all(
        """all => all.flatMap(each => {
          const range = document.createRange();
          return [...each.textContent.matchAll(/\\S+/g)].map(word => {
            range.setStart(each.firstChild, word.index);
            range.setEnd(each.firstChild, word.index + word[0].length);
            return range.getClientRects().length;
          });
        })"""
    )
    assert lines == [1] * 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [1280, 1120, 768, 390])
def test_a_label_in_a_bar_has_four_pixels_on_each_side_or_is_not_shown(
    browser: Any, tmp_path: Path, width: int
) -> None:
    of_each = {"Total": (1040, 1919, 314, 338), "Federal Deposit Insurance Corporation": (119, 206, 15)}
    roles = ("production", "development", "retired", "unknown")
    rows = []
    for name, numbers in (of_each | {f"Agency {n}": (20, n) for n in range(1, 20)}).items():
        bars = stacked([*zip(roles, numbers, strict=False)])
        marks = (replace(each, label=str(n)) for each, n in zip(bars, numbers, strict=True))
        rows.append(Row(name, ("53% to 63%", "3,611"), tuple(marks)))
    chart = Rows(tuple(rows), ("In development", "Use cases"), is_high=True)
    path = tmp_path / "annual.en.html"
    path.write_text(render_html(document_of(notebook(shown(figure(marks=chart.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    sides = page.locator(".marks text.in:visible").evaluate_all(
        """all => all.flatMap(each => {
          const label = each.getBoundingClientRect(), middle = (label.left + label.right) / 2;
          const bars = [...each.parentNode.querySelectorAll("rect")].map(bar => bar.getBoundingClientRect());
          const bar = bars.find(bar => bar.left < middle && middle < bar.right);
          return [label.left - bar.left, bar.right - label.right];
        })"""
    )
    assert len(sides) > 2 * len(rows)
    assert min(sides) >= 4
    page.close()


def test_on_a_phone_no_number_of_a_row_touches_another(browser: Any, tmp_path: Path) -> None:
    statuses = (("production", 1040), ("development", 1919), ("retired", 314), ("unknown", 338))
    bars = [replace(each, label=str(n)) for each, (_, n) in zip(stacked(statuses), statuses, strict=True)]
    rows = Rows((Row("Total", ("3611",), tuple(bars)),), ("n",), is_high=True)
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(shown(figure(marks=rows.content()))))), "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    shown_texts = page.locator(".marks .row:not(.head) svg text:visible")
    boxes = sorted((each.bounding_box() for each in shown_texts.all()), key=lambda box: box["x"])
    assert sorted(shown_texts.all_text_contents()) == ["1040", "1919", "314", "338"]
    assert all(each["x"] - box["x"] - box["width"] >= 5 for box, each in pairwise(boxes))  # grounds of 1
    page.close()


@pytest.mark.parametrize("width", [1280, 1120, 390])
def test_a_profile_opens_with_the_name_of_its_portfolio_in_larger_letters_than_its_finding(
    browser: Any, tmp_path: Path, width: int
) -> None:
    cells = (
        prose("# En bref : une hausse", cell="a"),
        prose("- **9** initiatives", cell="t", tags=("tiles",)),
    )
    document = document_of(notebook(*cells, brief=True, title="Portrait 2025. Justice"))
    path = tmp_path / "justice.fr.html"
    path.write_text(render_html(document, index="../../index.html"), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.locator("h1").text_content() == "Portrait 2025. Justice"
    assert page.locator("h1").bounding_box()["x"] == page.locator(".finding").bounding_box()["x"]
    sizes = [
        page.locator(each).evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        for each in ("h1", "h2 > .finding", ".series")
    ]
    assert sizes == sorted(sizes, reverse=True) and len({*sizes}) == 3
    places = [
        page.locator(each).bounding_box()["y"] for each in ("h1", ".finding", ".tiles", "section.notices")
    ]
    assert places == sorted(places)
    page.close()


@pytest.mark.parametrize(("width", "are_beside"), [(1280, True), (768, True), (390, False)])
def test_the_tiles_of_a_profile_are_one_row_where_there_is_room(
    browser: Any, tmp_path: Path, width: int, are_beside: bool
) -> None:
    cells = (
        prose("# En bref : une hausse", cell="a"),
        prose("- **95** initiatives déclarées", cell="l", tags=("tiles", "large")),
        prose("- **28** initiatives de plus", cell="t", tags=("tiles",)),
        prose("Une phrase.", cell="p"),
    )
    path = tmp_path / "sante.fr.html"
    path.write_text(
        render_html(document_of(notebook(*cells, brief=True, title="Portrait 2025. Santé"))), "utf-8"
    )
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    large, other = (page.locator(each).bounding_box() for each in (".tiles.large", ".tiles:not(.large)"))
    below = other["y"] - large["y"] - large["height"]
    assert (other["x"] >= large["x"] + large["width"]) if are_beside else (0 <= below < 40)
    if are_beside:  # below one line
        tops = "all => all.map(each => [each.getBoundingClientRect().y, getComputedStyle(each).borderTop])"
        first, second = page.locator(".tiles li").evaluate_all(tops)
        assert first == second and first[1].startswith("2px solid")
        assert round(large["width"]) == round(other["width"])  # a single one is half of the line
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_finding_of_a_profile_is_larger_than_its_other_headings(
    browser: Any, tmp_path: Path, width: int
) -> None:
    cells = (
        prose("# En bref : une hausse", cell="a"),
        prose("Une phrase.", cell="p"),
        prose("# Les initiatives\n\nUne phrase.", cell="b"),
    )
    path = tmp_path / "sante.fr.html"
    path.write_text(render_html(document_of(notebook(*cells, brief=True))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    finding, *others = page.locator(":is(main, footer) h2").evaluate_all(size)
    assert len(others) == 2 and finding > 1.15 * max(others)
    page.close()


def test_a_caveat_of_a_profile_is_beside_its_text_and_tinted(browser: Any, tmp_path: Path) -> None:
    for n_paragraphs in (1, 2):
        texts = [prose(f"Une phrase {n}.", cell=f"p{n}") for n in range(n_paragraphs)]
        caveat = prose("*Ce que ces données ne disent pas.* Rien de la taille.", cell="c")
        path = tmp_path / f"sante{n_paragraphs}.fr.html"
        path.write_text(
            render_html(document_of(notebook(prose("# En bref : une hausse"), *texts, caveat, brief=True))),
            "utf-8",
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri())
        text, said = (
            page.locator(each).last.bounding_box() for each in ("main .beside p >> nth=0", ".caveat")
        )
        assert said["x"] > text["x"] + text["width"] and said["y"] < text["y"] + text["height"]
        tint = "each => [each, document.body].map(of => getComputedStyle(of).backgroundColor)"
        assert len(set(page.locator(".caveat").evaluate(tint))) == 2
        page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_where_to_go_is_said_by_the_bar_of_a_wide_page_and_below_the_highlights_of_a_phone(
    browser: Any, tmp_path: Path, width: int
) -> None:
    cells = (
        prose("# L’essentiel", cell="h"),
        prose("- **9** initiatives", cell="t", tags=("tiles",)),
        prose("1. Un point.", cell="p"),
        prose("*À lire.* Une réserve.", cell="c"),
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(
        render_html(document_of(notebook(*cells)), index="../i.html", profiles=[("a", "A")]), "utf-8"
    )
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    doors = page.locator(".doors")
    assert doors.is_visible() == (width == 390)
    if width == 390:
        numbers, highlights, caveat = (page.locator(each) for each in (".tiles", "main ol", ".caveat"))
        places = [each.bounding_box()["y"] for each in (numbers, highlights, doors, caveat)]
        assert places == sorted(places)
    page.close()


@pytest.mark.parametrize(
    ("brief", "width", "scheme"), [(True, 1280, "light"), (True, 1280, "dark"), (False, 1280, "light")]
)
def test_in_a_profile_its_dots_are_larger_and_its_row_is_on_a_band(
    browser: Any, tmp_path: Path, brief: bool, width: int, scheme: str
) -> None:
    own = dots([Block("", "20", (("production", 20),))], []).content()
    rows = tuple(Row(name, ("9",), (), is_strong=name == "Santé") for name in ("Santé", "Justice"))
    cells = (
        prose("# En bref", cell="a"),
        shown(figure("fig-a", marks=own), cell="d"),
        shown(figure("fig-b", marks=Rows(rows, ("n",)).content()), cell="r"),
    )
    path = tmp_path / "annual.fr.html"
    path.write_text(render_html(document_of(notebook(*cells, brief=brief))), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(path.as_uri())
    sizes = [
        page.locator(each).first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        for each in (".dots svg", ".dots")
    ]
    assert sizes[0] == pytest.approx((1.3 if brief else 1) * sizes[1])
    grounds = page.locator(".rows .row:not(.head)").evaluate_all(
        "all => all.map(each => getComputedStyle(each).backgroundColor)"
    )
    assert (grounds[0] != grounds[1]) == brief
    page.close()
