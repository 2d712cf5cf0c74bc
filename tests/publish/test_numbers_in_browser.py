"""In a real browser a number of the text leads to its rows, or to the published total behind it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portrait.publish.accessibility import axe_script
from tests.exhaustive import exhaustive
from tests.published import published, with_short_tables
from tests.real_data import needs_real_data
from tests.style.test_theme import contrast

pytest.importorskip("axe_playwright_python", reason="axe-core finds what hinders readers")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def quebec(tmp_path_factory: pytest.TempPathFactory, pool: Any) -> Path:
    """An edition of reconstructed rows, in French."""
    return published(tmp_path_factory, pool, "quebec") / "annual.fr.html"


@pytest.fixture(scope="module")
def united_states(tmp_path_factory: pytest.TempPathFactory, pool: Any) -> Path:
    """An edition of official rows, in English."""
    return published(tmp_path_factory, pool, "us-federal") / "annual.en.html"


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory, united_states: Path) -> Path:
    """The same with few rows of each table, for what is above them."""
    return with_short_tables(united_states, tmp_path_factory.mktemp("opening"))


def press_tab_until(page: Any, condition: str) -> None:
    """Press Tab until the element with the focus, `e`, meets a condition."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {condition})(document.activeElement)"):
            return
    raise AssertionError(f"Tab does not reach {condition}")


def choose(page: Any, claim: str) -> Any:
    """Choose a number by its claim, with the keyboard alone; return the open dialog."""
    press_tab_until(page, f"e.matches('.number-of') && e.firstChild.dataset.claim === '{claim}'")
    page.keyboard.press("Enter")
    return page.get_by_role("dialog")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def text_of(dialog: Any) -> str:
    return " ".join(dialog.inner_text().replace("\u00a0", " ").split())


def test_three_numbers_of_reconstructed_rows_lead_to_published_totals(browser: Any, quebec: Path) -> None:
    page = browser.new_page()
    page.goto(quebec.as_uri())
    for claim, printed, totals in (
        ("growth", "54 %", ["2025, initiatives : 258 (", "2024, initiatives : 168 ("]),
        ("n_bodies", "82", ["2025, organismes : 82 (tableau de bord tiers, 4 mars 2026)"]),
        ("production_share", "51 %", ["2025, En production : 132 (", "2025, En développement : 115 ("]),
    ):
        dialog = choose(page, claim)
        assert focused(page).replace("\u00a0", " ") == printed
        assert [total for total in totals if total not in text_of(dialog)] == [], text_of(dialog)
        assert "aucune n’est montrée" in text_of(dialog)
        assert dialog.get_by_role("link").first.get_attribute("href").startswith("https://")
        assert dialog.get_by_role("button").count() == 1  # it closes the dialog
        address = dialog.locator(".claim a")
        assert re.fullmatch(rf"quebec/2025@[0-9a-f]{{12}}#claim-{claim}", address.inner_text())
        assert address.get_attribute("href") == f"#claim-{claim}"
        assert page.locator(f"#claim-{claim}").count() == 1
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert focused(page).replace("\u00a0", " ") == printed
    assert page.locator("button[data-rows]").count() == 0
    page.close()


def test_a_number_chosen_with_a_held_key_is_left_to_the_browser(browser: Any, quebec: Path) -> None:
    page = browser.new_context().new_page()
    page.goto(quebec.as_uri())
    page.evaluate("addEventListener('click', event => { window.isTaken = event.defaultPrevented; })")
    for key in ("Alt", "Control", "Meta", "Shift"):
        page.evaluate("window.isTaken = null")
        page.locator("a.number-of").first.click(modifiers=[key])
        assert page.evaluate("isTaken") is False, key
    page.context.close()


def rows_where(page: Path, condition: Callable[[dict[str, str]], bool]) -> Counter[str]:
    """Count the names of the initiatives of the edition that meet a condition, from the published table."""
    with (page.parent / "data" / "initiatives.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["edition"] == "2025" and condition(row)]
    return Counter(squeezed(row["name"]) for row in rows)


def squeezed(name: str) -> str:
    """Return the plain letters and digits of a name: page and table write other signs differently."""
    return re.sub(r"[^A-Za-z0-9]|\\u[0-9a-f]{4}", "", name.replace("(no name)", ""))


@needs_real_data
def test_three_numbers_of_official_rows_show_the_rows_that_they_count(
    browser: Any, united_states: Path
) -> None:
    page = browser.new_page()
    page.goto(united_states.as_uri())
    with (united_states.parent / "data" / "links.csv").open(encoding="utf-8", newline="") as stream:
        links = [row for row in csv.DictReader(stream) if row["tier"] in ("strict", "probable")]
    linked = {row["row_to"] for row in links if row["edition_to"] == "2025"}
    back = page.get_by_role("button", name="Back to the number")
    assert not back.is_visible()
    for claim, button, condition in (
        ("change-links-left-3", "Show the 2,253 use cases", lambda row: row["row"] not in linked),
        ("uses-number-classified-1", "Show the 758 use cases", lambda row: row["category"] == "Science"),
        ("production_share", "Show the 1,040 use cases", lambda row: row["status"] == "production"),
    ):
        dialog = choose(page, claim)
        press_tab_until(page, f"e.textContent === '{button}'")
        page.keyboard.press("Enter")
        assert not dialog.is_visible()
        shown = page.evaluate(
            "[...document.querySelectorAll('#tab-initiatives tbody tr')].filter(row => !row.hidden)"
            ".map(row => row.cells[0].textContent)"
        )
        assert Counter(map(squeezed, shown)) == rows_where(united_states, condition)
        assert f"{len(shown):,}" in button
        assert focused(page).startswith("Rows chosen")
        press_tab_until(page, "e.textContent === 'Back to the number'")
        page.keyboard.press("Enter")
        assert page.evaluate(f"document.activeElement.firstChild.dataset.claim === '{claim}'")
    page.get_by_role("button", name="Show all", exact=True).click()
    assert page.locator("#tab-initiatives tbody tr:visible").count() == 3611
    assert not back.is_visible()
    for width in (1280, 320):  # no table is wider, however many rows it has
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@needs_real_data
def test_initiatives_are_chosen_by_portfolio_and_status_and_the_address_keeps_what_was_asked(
    browser: Any, united_states: Path
) -> None:
    page = browser.new_page()
    page.goto(united_states.as_uri())
    table = page.locator("#tab-initiatives")
    table.get_by_label("Agency", exact=True).select_option("National Aeronautics and Space Administration")
    assert table.locator("tbody tr:visible").count() == 425
    table.get_by_label("Status", exact=True).select_option("In production")
    n = table.locator("tbody tr:visible").count()
    rows = rows_where(
        united_states,
        lambda row: (
            (row["status"], row["portfolio"])
            == ("production", "National Aeronautics and Space Administration")
        ),
    )
    assert n == rows.total() > 0
    assert page.url.endswith("&status=In+production")
    with page.expect_download() as saved:
        table.get_by_role("button", name="Save these rows (CSV)").click()
    with Path(saved.value.path()).open(encoding="utf-8-sig", newline="") as stream:
        kept = list(csv.DictReader(stream))
    assert (len(kept), {row["Status"] for row in kept}) == (n, {"In production"})
    again = browser.new_page()
    again.goto(page.url)
    assert again.locator("#tab-initiatives tbody tr:visible").count() == n
    portfolio = again.locator("#tab-initiatives").get_by_label("Agency", exact=True)
    assert portfolio.input_value() == "National Aeronautics and Space Administration"
    again.goto(page.url.replace("In+production", "Sold"))
    again.reload()
    assert again.locator("#tab-initiatives tbody tr:visible").count() == 425
    again.close()
    page.locator("a.number-of").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Show the 3,611 use cases").click()
    assert page.url.endswith("#tab-initiatives")
    page.close()


@needs_real_data
def test_what_shows_the_rows_of_a_number_hinders_nobody(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, pool: Any
) -> None:
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto((published(tmp_path_factory, pool, "ca-federal") / "annual.en.html").as_uri())
    page.add_script_tag(content=axe_script())
    page.locator("a.number-of").first.click()
    assert violations(page, "dialog") == []
    page.get_by_role("dialog").get_by_role("button", name="Show the ").click()
    assert violations(page, ".filter") == []
    page.context.close()


def violations(page: Any, place: str) -> list[tuple[str, str]]:
    found = page.evaluate(f"axe.run('{place}', {{ resultTypes: ['violations'] }})")["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_without_a_script_each_number_is_a_link_to_how_it_is_counted(browser: Any, quebec: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(quebec.as_uri())
    link = page.locator("a.number-of", has=page.locator("[data-claim=n_bodies]"))
    link.click()
    entry = page.locator(str(link.get_attribute("href")))
    assert entry.is_visible()
    assert page.url.endswith(str(link.get_attribute("href")))
    assert "Nombre de valeurs que prend l’organisme" in text_of(entry)
    missing = """links => links.filter(link => !document.getElementById(link.hash.slice(1))).length"""
    page.context.close()
    page = browser.new_page()
    page.goto(quebec.as_uri())
    assert page.locator("a.number-of").evaluate_all(missing) == 0
    page.close()


@pytest.mark.parametrize(("scheme", "width"), [pytest.param("light", 1280, marks=exhaustive), ("dark", 390)])
def test_an_open_number_fits_the_screen_requests_nothing_and_hinders_nobody(
    browser: Any, quebec: Path, scheme: str, width: int
) -> None:
    viewport = {"width": width, "height": 844}
    page = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=viewport).new_page()
    requested, logged = [], []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: logged.append(message.text))
    page.goto(quebec.as_uri())
    page.add_script_tag(content=axe_script())
    page.locator("a.number-of", has_text="53\u00a0%").last.click()
    box = page.get_by_role("dialog").bounding_box()
    assert 0 <= box["x"] <= width - box["width"]
    assert violations(page, "dialog") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in requested if not url.startswith("data:")] == [quebec.as_uri()]
    assert logged == []
    page.context.close()


def test_the_list_of_how_numbers_are_counted_is_folded_unless_the_address_names_one(
    browser: Any, quebec: Path
) -> None:
    page = browser.new_page()
    page.goto(quebec.as_uri())
    entries = page.locator("section.counted li[id]")
    assert not entries.first.is_visible()
    page.goto(f"{quebec.as_uri()}#{entries.last.get_attribute('id')}")
    page.reload()
    assert entries.last.is_visible()
    page.close()


def test_print_shows_numbers_as_text_and_no_list_of_how_they_are_counted(browser: Any, quebec: Path) -> None:
    page = browser.new_page()
    page.goto(quebec.as_uri())
    page.emulate_media(media="print")
    number = page.locator("main > p > a.number-of").first
    for each in (number, number.locator("data")):
        assert each.evaluate("each => getComputedStyle(each).textDecorationLine") == "none"
    assert not page.locator("#counted").is_visible()
    page.close()


def line_of(number: Any) -> tuple[str, float]:
    """Return the style of the line below a number, and its contrast with the page; 0 where none is seen."""
    drawn, style, *colours = number.locator("data").evaluate(
        "each => { const canvas = new OffscreenCanvas(1, 1).getContext('2d');"
        " const { textDecorationLine, textDecorationStyle, textDecorationColor } = getComputedStyle(each);"
        " return [textDecorationLine, textDecorationStyle,"
        " ...[getComputedStyle(document.body).backgroundColor, textDecorationColor].map(colour => {"
        " canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);"
        " return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); })]; }"
    )
    paper, line = ("#" + bytes(each).hex() for each in colours)
    return style, contrast(line, paper) if drawn == "underline" and line != paper else 0


def test_a_number_has_faint_dots_at_rest_and_a_line_in_a_highlight_and_where_its_sentences_are_pointed_at(
    browser: Any, opening: Path
) -> None:
    page = browser.new_page()
    page.goto(opening.as_uri())
    item = page.locator("main ol > li").first
    first, second = (item.locator(".number-of", has_text=re.compile(r"^\d")).nth(place) for place in (0, 1))
    assert page.locator(".hint ~ ol").first.locator(".number-of").count()  # a sentence says what to do
    assert all(line_of(each)[1] >= 3 for each in (first, second))
    text = page.locator(".opener > div p", has=page.locator(".number-of")).first
    of_text = text.locator(".number-of:not(:has(data[value^='\"']))").first
    style, faint = line_of(of_text)
    assert (style, line_of(first)[0]) == ("dotted", "solid") and 1.5 < faint < 3
    text.hover(position={"x": 2, "y": 2})
    assert line_of(of_text)[1] >= 3 and line_of(of_text)[0] == "solid"
    page.mouse.move(0, 0)
    assert line_of(of_text)[1] == faint
    press_tab_until(page, "e.matches('main ol > li .number-of')")
    assert all(line_of(each)[1] >= 3 for each in (first, second))
    for place in ("h2", ".tiles", "figcaption"):
        assert line_of(page.locator(f"{place} .number-of").first)[1] == 0, place
    page.close()


def test_a_number_keeps_its_line_on_a_touch_screen_with_more_contrast_and_in_forced_colours(
    browser: Any, opening: Path
) -> None:
    touch = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    for page, media in (
        (touch.new_page(), {}),
        (browser.new_page(), {"contrast": "more"}),
        (browser.new_page(), {"forced_colors": "active"}),
    ):
        page.emulate_media(**media)
        page.goto(opening.as_uri())
        assert line_of(page.locator("main ol > li .number-of").first)[1] >= 3, media
        assert line_of(page.locator(".opening ol > li + li .number-of").first)[1] >= 3, media
        of_text = ".opener > div .number-of:not(:has(data[value^='\"']))"
        style, drawn = line_of(page.locator(of_text).first)
        assert (style, drawn >= 3) == (("solid", True) if media else ("dotted", False)), media
        assert line_of(page.locator("main ol > li .number-of").first)[0] == "solid"
        page.close()
    touch.close()


def test_a_name_has_a_line_only_where_it_is_pointed_at_or_has_the_focus(browser: Any, opening: Path) -> None:
    page = browser.new_page()
    page.goto(opening.as_uri())
    name = page.locator("main ol .number-of:has(data[value^='\"'])").first
    name.locator("xpath=ancestor::li").hover(position={"x": 2, "y": 2})
    assert line_of(name)[1] == 0
    name.hover()
    assert line_of(name)[1] >= 3
    page.keyboard.press("Tab")  # the focus that the keyboard gives is seen
    name.focus()
    page.mouse.move(0, 0)
    assert line_of(name)[1] >= 3
    page.close()
