"""The page that lists editions and documents, rendered from plain values."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portrait.facts import notices
from portrait.language.terms import terms_of
from portrait.publish.html import digest
from portrait.publish.index import accessibility_checks, render_index


def file(address: str) -> dict[str, Any]:
    return {
        "address": address,
        "name": address.rpartition("/")[2],
        "size": {"fr": "12\u00a0ko", "en": "12\u00a0kB"},
    }


def document(french: str, english: str = "", **changes: Any) -> dict[str, Any]:
    files = {"fr": {"html": file("a/2025/annual.fr.html")}, "en": {}}
    name = {"fr": french, "en": english or french}
    current = {
        "is_profile": False,
        "is_annual": False,
        "out_of_date": {"fr": "", "en": ""},
        "draft": {"fr": "", "en": ""},
    }
    number = {"n": {"fr": "", "en": ""}, "share": 0}
    return {"name": name, **current, **number, "files": files, "others": [], **changes}


def edition(source: str, year: int, *documents: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "source": source,
        "id": str(year),
        "name": {"fr": str(year), "en": str(year)},
        "title": {"fr": f"Registre {source}", "en": f"Register {source}"},
        "place": {"fr": f"Lieu {source}", "en": f"Place {source}"},
        "is_of_project": False,
        "are_statuses": True,
        "counts": {"fr": "", "en": ""},
        "dated": {key: {"of": "", "read": "", "other": ""} for key in ("fr", "en")},
        "reconstructed": None,
        "total": None,
        "finding": {"fr": "", "en": ""},
        "has_portfolios": True,
        "words": {each: terms_of(each) for each in ("fr", "en")},
        "one": {"fr": "initiative", "en": "use case"},
        "parts": {"fr": [], "en": []},
        "documents": list(documents),
        "files": [],
        **changes,
    }


def both(french: str, english: str) -> str:
    """Return what the page has for a text in two languages."""
    return (
        f'<span class="in-fr" lang="fr-CA">{french}</span><span class="in-en" lang="en-CA">{english}</span>'
    )


def test_the_title_names_the_publication_and_says_what_it_is_about_in_both_languages() -> None:
    page = render_index([])
    said = (
        "Portrait\u00a0: l’IA dans les administrations publiques",
        "Portrait: AI in public administrations",
    )
    assert f"<title>{' — '.join(said)}</title>" in page
    assert f"<h1>{both(*said)}</h1>" in page


def test_an_edition_gives_its_number_and_its_report_before_any_file_which_are_folded() -> None:
    before = {"n": "2\u00a0133", "when": "en 2024", "elapsed": "1\u00a0an"}
    count = {"n": "3\u00a0611", "noun": "initiatives", "is_plural": True, "before": before}
    total = {"fr": count, "en": {"n": "1", "noun": "use case", "is_plural": False, "before": None}}
    files = [file("a/2025/claims.fr.json")]
    first = edition("a", 2025, document("Rapport", is_annual=True), total=total, files=files)
    page = render_index([first, edition("b", 2025)])
    body = page.partition("<main")[2]
    texts = re.sub(r"<[^>]+>", " ", body).split()
    assert "3 611 initiatives déclarées, contre 2 133 en 2024, 1 an plus tôt" in " ".join(texts)
    assert "1 use case reported. No earlier edition: no change is known. Lire le rapport" in " ".join(texts)
    places = [body.index(each) for each in ("3\u00a0611", ">Lire le rapport", "<details>", "claims.fr.json")]
    assert places == sorted(places)


def test_a_register_is_headed_by_its_place_with_its_name_below() -> None:
    place, title = {"fr": "Pays-Bas", "en": "Netherlands"}, {"fr": "Registre", "en": "Register"}
    page = render_index([edition("nl", 2025, place=place, title=title)])
    assert f'<h2 id="nl">{both("Pays-Bas", "Netherlands")}</h2>' in page
    assert f'<p class="register">{both("Registre", "Register")}</p>' in page
    # One that gives no place is headed by its title, which is said once.
    assert 'class="register"' not in render_index([edition("nl", 2025, place=title, title=title)])


def links_of(page: str, language: str) -> list[tuple[str, str]]:
    """Return the address and the words of each link that leads to a report, in a language of the page."""
    [shown] = re.findall(rf'<div class="read">.*?<p class="in-{language}"(.*?)</p>', page, re.DOTALL)
    return re.findall(r'<a[^>]* href="([^"]+)"[^>]*>([^<]+)</a>', shown)


def annual(*languages: str) -> dict[str, Any]:
    kinds = ("html", "pdf")
    files = {
        each: {kind: file(f"a/2025/annual.{each}.{kind}") for kind in kinds} if each in languages else {}
        for each in ("fr", "en")
    }
    return document("Rapport", "Report", is_annual=True, files=files)


def test_the_first_link_leads_to_the_report_in_the_language_of_the_page_and_others_to_the_rest() -> None:
    page = render_index([edition("a", 2025, annual("fr", "en"))])
    at = "a/2025/annual."
    assert links_of(page, "fr") == [
        (f"{at}fr.html", "Lire le rapport"),
        (f"{at}fr.pdf", "PDF"),
        (f"{at}en.html", "English"),
    ]
    assert links_of(page, "en") == [
        (f"{at}en.html", "Read the report"),
        (f"{at}en.pdf", "PDF"),
        (f"{at}fr.html", "Français"),
    ]
    assert page.count('class="door"') == 2
    assert 'aria-label="Read the report, Place a, 2025"' in page
    assert 'hreflang="fr-CA" lang="fr-CA" aria-label="Français, Lieu a, 2025"' in page


def test_a_report_in_the_other_language_alone_has_its_page_and_its_pdf_as_links() -> None:
    page = render_index([edition("a", 2025, annual("fr"))])
    at = "a/2025/annual.fr."
    assert links_of(page, "en") == [(f"{at}html", "Français"), (f"{at}pdf", "Français, PDF")]
    assert links_of(page, "fr") == [(f"{at}html", "Lire le rapport"), (f"{at}pdf", "PDF")]


def test_profiles_can_be_searched_where_they_are_more_than_five_and_the_label_names_their_registers() -> None:
    other = edition("b", 2025)
    assert 'id="find"' not in render_index([profiles_of(5), other])
    assert 'id="find"' not in render_index([profiles_of(6)])  # its list is in sight, and filtered
    page = render_index([profiles_of(5), edition("b", 2025, document("Essai", is_profile=True))])
    said = both("Trouver un profil\u00a0: Lieu a (5), Lieu b (1)", "Find a profile: Place a (5), Place b (1)")
    assert f'<label for="find">{said}</label>' in page
    assert "No profiles" not in page
    assert 'class="filter"' not in render_index([profiles_of(6), edition("b", 2025)])  # one search is enough
    without = edition("nl", 2025, place={"fr": "Pays-Bas", "en": "Netherlands"}, has_portfolios=False)
    said_why = "No profiles, because their files name bodies alone: Netherlands."
    assert said_why in render_index([profiles_of(6), without])
    unmade = edition("ca", 2025, place={"fr": "Canada", "en": "Canada"}, has_portfolios=True)
    page = render_index([profiles_of(6), without, unmade])
    assert "Profiles not published here: Canada." in page and said_why in page


def test_a_line_at_the_head_leads_to_each_of_several_registers_without_their_totals() -> None:
    count = {"n": "3611", "noun": "use cases", "is_plural": True, "before": None}
    us = edition("us", 2025, place=dict.fromkeys(("fr", "en"), "US"), total={"fr": count, "en": count})
    head = render_index([edition("a", 2025), us]).partition("<main")[0]
    assert '<li><a href="#us">US</a></li>' in head and "3611" not in head
    assert '<ul class="strip">' not in render_index([us])


def test_the_search_says_that_the_shortest_name_of_each_register_is_an_example() -> None:
    other = document("Travail", "Travail (Labour)", is_profile=True)
    page = render_index([profiles_of(5), edition("b", 2025, other), edition("c", 2025)])
    french, english = "p.\u00a0ex. Énergie, Travail", "e.g. Énergie, Travail"
    assert f'placeholder="{french}" data-fr="{french}" data-en="{english}"' in page


def opened(browser: Any, folder: Path, editions: list[dict[str, Any]], width: int) -> Any:
    """Return the page of editions in a window of a width."""
    path = folder / "index.html"
    path.write_text(render_index(editions), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 640})
    page.goto(path.as_uri())
    return page


@pytest.mark.slow
def test_a_search_lists_profiles_of_all_registers_each_once(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    ours = document("Énergie et climat", "Energy and climate", is_profile=True)
    ours["files"] = {each: {"html": file(f"c/2025/energie.{each}.html")} for each in ("fr", "en")}
    path.write_text(
        render_index([profiles_of(6), edition("c", 2025, ours), edition("c", 2024, ours)]), "utf-8"
    )
    page = browser.new_context(locale="fr-CA").new_page()
    page.goto(path.as_uri())
    asked, listed = page.get_by_label("Trouver un profil"), page.locator(".find li")
    asked.fill("energ")
    assert listed.all_inner_texts() == ["Énergie, Lieu a 2025", "Énergie et climat, Lieu c 2025"]
    assert page.locator(".find output").inner_text() == "Profils trouvés\u00a0: 2"
    page.get_by_label("English").check()
    assert page.locator("#find").get_attribute("placeholder") == "e.g. Énergie, Energy and climate"
    assert listed.all_inner_texts() == ["Énergie, Place a 2025", "Energy and climate, Place c 2025"]
    assert listed.last.locator("a:visible").get_attribute("href").endswith("c/2025/energie.en.html")
    asked = page.get_by_label("Find a profile")
    asked.fill("climat energ")  # all words, wherever they are
    assert listed.count() == 1
    for nothing in ("e", "zzz", ""):
        asked.fill(nothing)
        assert listed.count() == 0
    page.context.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(path.as_uri())
    assert not plain.locator(".find").is_visible()
    plain.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 768, 1280])
def test_dots_are_beside_the_finding_and_its_report_or_below_them_and_the_notice_is_above_their_key(
    browser: Any, tmp_path: Path, width: int
) -> None:
    said = {"label": "En production", "n": "132", "share": "100\u00a0%"}
    part = {"shape": "dot", "role": "production", **said, "count": 132}
    warning = dict.fromkeys(("fr", "en"), notices.banner("fr"))
    found = {"finding": {"fr": "Une hausse de 3\u00a0%", "en": "An increase of 3%"}}
    told = {"parts": {"fr": [part], "en": [part]}, "reconstructed": warning, **found}
    page = opened(browser, tmp_path, [edition("a", 2025, annual("fr", "en"), **told)], width)
    parts = (".head", ".when", ".finding", ".door", ".warning", ".key", ".dots")
    head, when, finding, door, notice, key, dots = (
        page.locator(f"{each}:visible").first.bounding_box() for each in parts
    )
    assert 0 <= when["y"] - head["y"] - head["height"] < 12
    assert 0 <= finding["y"] - when["y"] - when["height"] < 12
    assert finding["y"] < door["y"] and notice["y"] < key["y"] < dots["y"]
    assert dots["y"] + dots["height"] < (844 if width == 390 else 800)
    assert notice["x"] > door["x"] + door["width"] if width == 1280 else door["y"] < notice["y"]
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_the_finding_of_an_edition_is_larger_than_its_number_and_right_above_it(
    browser: Any, tmp_path: Path, width: int
) -> None:
    count = {"n": "5", "noun": "initiatives", "is_plural": True, "before": None}
    found = {"finding": {"fr": "Une hausse de 3\u00a0%", "en": "An increase of 3%"}}
    page = opened(browser, tmp_path, [edition("a", 2025, total={"fr": count, "en": count}, **found)], width)
    size = "each => parseFloat(getComputedStyle(each).fontSize)"
    finding, number = (page.locator(f"{each}:visible") for each in (".finding", ".total strong"))
    assert finding.evaluate(size) > 1.15 * number.evaluate(size)
    above, below = (page.locator(f"{each}:visible").bounding_box() for each in (".finding", ".total"))
    assert 0 <= below["y"] - above["y"] - above["height"] < 8 and below["x"] == above["x"]
    border = "each => getComputedStyle(each).borderTopWidth"
    assert page.locator(".total > span:visible").evaluate(border) == "0px"
    page.close()


@pytest.mark.slow
def test_an_earlier_edition_is_apart_from_the_newest_whose_finding_is_larger(
    browser: Any, tmp_path: Path
) -> None:
    found = {"finding": {"fr": "Une hausse de 3\u00a0%", "en": "An increase of 3%"}}
    page = opened(browser, tmp_path, [edition("a", year, **found) for year in (2025, 2024)], 1280)
    size = "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    newest, earlier = page.locator(".finding").evaluate_all(size)
    assert newest > 1.3 * earlier
    above, below = (each.bounding_box() for each in page.locator(".edition").all())
    assert below["y"] - above["y"] - above["height"] >= 32
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_first_screen_leads_to_the_first_report(browser: Any, tmp_path: Path, width: int) -> None:
    before = {"n": "168", "when": "en 2024", "elapsed": ""}
    count = {"n": "258", "noun": "initiatives", "is_plural": True, "before": before}
    part = {"shape": "dot", "share": "51\u00a0% à 55\u00a0%", "count": 1, "n": "132"}
    statuses = {"production": "En production", "development": "En développement", "unknown": "Statut inconnu"}
    parts = [part | {"role": role, "label": said} for role, said in statuses.items()]
    finding = "Une hausse de 54\u00a0% depuis 2024; plus de la moitié des initiatives sont en production"
    counts = (
        "Les initiatives en développement ou en production que les organismes publics visés ont déclarées."
    )
    day = {"of": "27\u00a0janvier\u00a02026", "read": "", "other": ""}
    told = {
        "total": {"fr": count, "en": count},
        "parts": {"fr": parts, "en": parts},
        "finding": {"fr": finding, "en": finding},
        "counts": {"fr": counts, "en": counts},
        "counts_heading": {"fr": "Ce qui est compté", "en": "What is counted"},
        "reconstructed": dict.fromkeys(("fr", "en"), notices.banner("fr")),
        "dated": {"fr": day, "en": day},
        "place": {"fr": "Québec", "en": "Québec"},
        "title": dict.fromkeys(
            ("fr", "en"),
            "Portrait public des utilisations de l’IA dans l’administration publique québécoise",
        ),
    }
    first = edition("a", 2025, annual("fr", "en"), *profiles_of(6)["documents"], **told)
    page = opened(browser, tmp_path, [first, edition("b", 2025)], width)
    page.locator("#in-fr").check(force=True)  # whose words are longer
    door = page.locator(".door:visible").first.bounding_box()
    assert door["y"] + door["height"] <= (800 if width == 390 else 640)
    page.close()


@pytest.mark.parametrize(
    ("is_reconstructed", "said"),
    [
        (True, ("Lignes reconstituées (CSV)", "Reconstructed rows (CSV)")),
        (False, ("Lignes comptées (CSV)", "Rows counted (CSV)")),
    ],
)
def test_rows_that_were_reconstructed_are_offered_as_such(
    is_reconstructed: bool, said: tuple[str, str]
) -> None:
    rows = {"name": "initiatives.csv", "address": "initiatives.csv", "size": {"fr": "1 ko", "en": "1 kB"}}
    warning = dict.fromkeys(("fr", "en"), notices.banner("fr")) if is_reconstructed else None
    page = render_index([edition("a", 2025, annual("fr", "en"), files=[rows], reconstructed=warning)])
    assert [f">{each}</a>" in page for each in said] == [True, True]


def test_only_a_page_of_more_than_one_register_warns_against_comparing_their_totals() -> None:
    warning = "Les totaux de registres différents ne se comparent pas"
    assert warning not in render_index([edition("a", 2025), edition("a", 2024)])
    assert warning in render_index([edition("a", 2025), edition("b", 2025)])


def test_the_dots_of_an_edition_have_a_key_in_each_language_and_no_name_of_their_own() -> None:
    parts = {
        language: [
            {"shape": "dot", "role": "production", "label": label, "n": "3", "share": share, "count": 3}
        ]
        for language, label, share in (("fr", "En production", "100\u00a0%"), ("en", "In production", "100%"))
    }
    page = render_index([edition("a", 2025, parts=parts)])
    assert "gives no status" not in page and "One dot for each use case." in page
    assert render_index([edition("a", 2025, parts=parts, are_statuses=False)]).count("gives no status") == 1
    keys = re.findall(
        r'<ul class="key in-(..)" lang.*?</svg><span>([^<]+) <span class="whole"><b>3</b> (.*?)</span>',
        page,
        re.DOTALL,
    )
    assert keys == [("fr", "En production", "(100\u00a0%)"), ("en", "In production", "(100%)")]
    assert page.count('<div class="marks" aria-hidden="true"><div class="dots">') == 1  # for both languages
    assert page.count("5h0") == 3


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_what_a_register_counts_is_below_its_dots(browser: Any, tmp_path: Path, width: int) -> None:
    counts = {"fr": "Des usages.", "en": "Uses."}
    headed = {"counts": counts, "counts_heading": {"fr": "Ce qui est compté", "en": "What is counted"}}
    part = {"shape": "dot", "role": "ink", "label": "Usages", "n": "9", "share": "", "count": 9}
    dotted = {"parts": {"fr": [part], "en": [part]}, **headed}
    page = opened(browser, tmp_path, [edition("a", 2025, annual("fr", "en"), **dotted)], width)
    counted, dots = (page.locator(f"{each}:visible").bounding_box() for each in (".counts", ".dots"))
    assert counted["x"] == dots["x"] and 0 < counted["y"] - dots["y"] - dots["height"] < 20
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
def test_the_data_of_an_edition_are_right_below_the_way_into_its_report(
    browser: Any, tmp_path: Path, width: int
) -> None:
    files = [file("a/2025/initiatives.csv")]
    first = edition("a", 2025, annual("fr", "en"), *profiles_of(12)["documents"], files=files)
    page = opened(browser, tmp_path, [first], width)
    data, door = (page.locator(f"{each}:visible").first.bounding_box() for each in (".data a", ".door"))
    assert data["x"] == door["x"] and 0 < data["y"] - door["y"] - door["height"] < 20
    assert data["height"] >= 24
    page.close()


@pytest.mark.slow
def test_the_number_of_a_profile_is_on_the_first_line_of_its_name(browser: Any, tmp_path: Path) -> None:
    number = {"fr": "12", "en": "12"}
    profile = document("Énergie (Energy)", is_profile=True, n=number, share=1)
    page = opened(browser, tmp_path, [edition("a", 2025, profile)], 390)
    shown = page.locator(".profiled span:visible")
    name, of, n = (shown.locator(each).bounding_box() for each in ("a", "small", "b"))
    assert n["y"] - name["y"] < 8 and of["y"] > n["y"] + 8 and of["x"] == name["x"]
    page.close()


@pytest.mark.slow
def test_on_a_phone_the_numbers_of_a_key_stay_on_one_line_and_its_label_breaks(
    browser: Any, tmp_path: Path
) -> None:
    label = "Algorithmic tools that are their body’s only one, whatever it does"
    part = {"shape": "dot", "role": "ink", "label": label, "n": "46", "share": "34% to 38%", "count": 46}
    told = {"fr": [part], "en": [part]}
    page = opened(browser, tmp_path, [edition("a", 2025, parts=told, are_statuses=False)], 390)
    item, numbers = (page.locator(f".key {each}:visible").first.bounding_box() for each in ("li", ".whole"))
    assert item["height"] > 1.5 * numbers["height"] and numbers["height"] < 24
    page.close()


def test_bars_of_profiles_say_what_they_are_in_proportion_to() -> None:
    said = "Each bar is in proportion to the largest number."
    names = ("Justice", "Travail")
    counted, bare = ([document(name, is_profile=True, share=n) for name in names] for n in (0.5, 0))
    assert said in render_index([edition("a", 2025, *counted)])
    assert said not in render_index([edition("a", 2025, *bare)])


def test_an_edition_tells_its_finding_before_its_number() -> None:
    finding = {"fr": "Une hausse de 3\u00a0%", "en": "An increase of 3%"}
    count = {"n": "5", "noun": "initiatives", "is_plural": True, "before": None}
    page = render_index([edition("a", 2025, finding=finding, total={"fr": count, "en": count})])
    told = f'<p class="finding">{both(*finding.values())}</p>'
    assert page.index(told) < page.index("<strong>5</strong>")
    assert 'class="finding"' not in render_index([edition("a", 2025)])


def test_an_edition_the_date_of_its_data_and_that_of_their_reading_have_one_form() -> None:
    known = {
        "fr": {"of": "juin 2026", "read": "8 juillet 2026", "other": ""},
        "en": {"of": "June 2026", "read": "July 8, 2026", "other": ""},
    }
    page = render_index([edition("a", 2025, dated=known)])
    of = both("Données\u00a0: juin\u00a02026", "Data: June\u00a02026")
    read = both("Lecture\u00a0: 8\u00a0juillet\u00a02026", "Read: July\u00a08,\u00a02026")
    named = both("Édition\u00a0:", "Edition:")
    places = [page.index(f"<p>{each}</p>") for each in (named, of, read)]
    assert places == sorted(places)
    other = {key: {"of": "", "read": "", "other": "2026"} for key in ("fr", "en")}
    page = render_index([edition("a", 2025, dated=other)])
    assert both("Date\u00a0: 2026", "Date: 2026") in page
    assert "Données\u00a0: " not in page and "Lecture\u00a0: " not in page


def test_the_order_of_registers_is_said_at_the_head() -> None:
    rule = "(date des données ou de leur lecture)"
    first = edition("a", 2025, is_of_project=True)
    head = render_index([first, edition("b", 2025)]).partition("<main")[0]
    assert f"Le registre de ce projet vient d’abord, puis les plus récents {rule}." in head
    others = render_index([edition("b", 2025), edition("c", 2025)])
    assert f"Les registres les plus récents viennent d’abord {rule}." in others
    assert rule not in render_index([first, edition("a", 2024)])  # one register


def profiles_of(n: int) -> dict[str, Any]:
    names = ["Énergie", *(f"Ministère {place}" for place in range(1, n))]
    return edition("a", 2025, *(document(name, is_profile=True) for name in names))


def test_profiles_of_the_newest_edition_are_in_sight_with_their_numbers_and_earlier_ones_are_folded() -> None:
    energy = document("Énergie", is_profile=True, n={"fr": "1\u00a0040", "en": "1,040"}, share=0.5)
    page = render_index([edition("a", 2025, energy), edition("a", 2024, energy)])
    newest, earlier = re.findall(r'<div class="profiles">(.*?)</ul>', page, re.DOTALL)
    assert "<h4>" in newest and "<summary>" not in newest and "<summary>" in earlier
    link = '<a href="a/2025/annual.fr.html" hreflang="fr-CA">Énergie</a>'
    assert f'lang="fr-CA">{link} <b>1\u00a0040</b>' in newest
    assert f'lang="en-CA">{link} <b>1,040</b>' in newest  # in the only language that it has
    assert '<rect width="50.0%"' in newest
    assert "Trouver un portefeuille" not in newest
    plain = render_index([edition("a", 2025, document("Énergie", is_profile=True))])
    assert "<rect" not in plain.partition('<div class="profiles">')[2]


def test_the_tables_the_rows_and_the_citation_are_in_sight_in_the_language_of_the_page() -> None:
    names = ("citation.md", "data/initiatives.csv", "data/labels.csv", "tables.en.xlsx", "tables.fr.xlsx")
    page = render_index([edition("a", 2025, files=[file(f"a/2025/{name}") for name in names])])
    shown = page.partition('<div class="data">')[2].partition("</div>")[0]
    french, english = re.findall(r'<p class="in-.*?</p>', shown, re.DOTALL)
    for said, tables in ((french, "tables.fr.xlsx"), (english, "tables.en.xlsx")):
        of = [f"a/2025/{name}" for name in (tables, "data/initiatives.csv", "citation.md")]
        assert re.findall('href="(.*?)"', said) == of
    assert "<details open><summary>" in page  # nothing else is below the dots
    assert "<details open>" not in render_index([profiles_of(6)])


@pytest.mark.slow
def test_more_than_five_profiles_are_filtered_and_whole_without_a_script(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([profiles_of(6)]), "utf-8")
    page = browser.new_context(locale="fr-CA").new_page()
    page.goto(path.as_uri())
    sought, items = page.get_by_label("Trouver un portefeuille"), page.locator(".profiled li:visible")
    sought.fill("energ")
    assert items.all_inner_texts() == ["Énergie"]
    sought.fill("")
    assert items.count() == 6
    page.context.close()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(path.as_uri())
    assert not plain.get_by_label("Trouver un portefeuille").is_visible()
    assert plain.locator(".profiled li:visible").count() == 6
    plain.context.close()


@pytest.mark.slow
def test_a_profile_reads_as_a_link_and_what_is_in_parentheses_is_quiet(browser: Any, tmp_path: Path) -> None:
    profile = document("Finances (Finance)", is_profile=True)
    page = opened(browser, tmp_path, [edition("a", 2025, profile)], 1280)
    link = page.locator(".profiled a:visible").first
    assert link.text_content() == "Finances (Finance)"
    assert link.evaluate("each => getComputedStyle(each).textDecorationLine") == "underline"
    colours = [
        each.evaluate("each => getComputedStyle(each).color") for each in (link, link.locator("small"))
    ]
    assert colours[0] != colours[1]
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "n_shown"), [(390, 10), (1280, 12)])
def test_on_a_phone_the_ten_largest_profiles_are_shown_then_all(
    browser: Any, tmp_path: Path, width: int, n_shown: int
) -> None:
    page = opened(browser, tmp_path, [profiles_of(12)], width)
    items = page.locator(".profiled li:visible")
    assert items.count() == n_shown
    assert min(each.bounding_box()["height"] for each in items.all()) >= 24
    if n_shown < 12:
        page.get_by_label("(12)").check()
        assert items.count() == 12
    page.close()


@pytest.mark.slow
def test_the_accessibility_statement_is_one_line_that_its_address_unfolds(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([edition("a", 2025)]), "utf-8")
    page = browser.new_context(locale="fr-CA").new_page()
    page.goto(path.as_uri())
    statement = page.locator(".statement")
    assert statement.bounding_box()["height"] < 60
    assert statement.locator("h2").evaluate("each => getComputedStyle(each).fontSize") == "16px"
    page.goto(path.as_uri() + "#accessibility")
    assert statement.get_by_text("Les pages visent le standard SGQRI 008 3.0").is_visible()
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_the_dots_of_editions_have_one_width_whatever_their_totals(
    browser: Any, tmp_path: Path, width: int
) -> None:
    part = {"shape": "dot", "role": "production", "label": "En production", "share": "100\u00a0%", "n": "9"}
    editions = [
        edition(source, 2025, parts={each: [{**part, "count": n}] for each in ("fr", "en")})
        for source, n in (("a", 3611), ("b", 12))
    ]
    page = opened(browser, tmp_path, editions, width)
    many, few = (each.bounding_box() for each in page.locator("main .dots .dot-block").all())
    assert many["width"] == few["width"] > 340 and 90 < many["height"] < 450
    assert page.locator("main .dots svg").count() == 2  # one block each, on a phone too
    assert many["width"] / 110 > (5.9 if width == 1280 else 3.2)
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoken", "from_page", "chosen"),
    [
        ("fr-CA", "", "fr"),
        ("en-GB", "", "en"),
        ("de-DE", "", "fr"),
        ("en-GB", "?page=annual.fr.html&section=x", "fr"),
    ],
)
def test_the_page_is_in_one_language_that_of_the_reader_at_first(
    browser: Any, tmp_path: Path, spoken: str, from_page: str, chosen: str
) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([edition("a", 2025, document("Rapport", "Report"))]), "utf-8")
    page = browser.new_context(locale=spoken).new_page()
    page.goto(path.as_uri() + from_page)
    seen = {"fr": ["Lieu a"], "en": ["Place a"]}
    assert page.locator("main h2 span:visible").all_inner_texts()[:1] == seen[chosen]
    page.get_by_label("English").check()
    assert page.locator("main h2 span:visible").all_inner_texts()[:1] == seen["en"]
    assert page.evaluate("document.documentElement.lang") == "en-CA"
    page.context.close()


@pytest.mark.slow
def test_without_a_script_a_reader_chooses_a_language_too(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([edition("a", 2025)]), "utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert page.locator("main h2 span:visible").first.inner_text() == "Lieu a"
    page.get_by_label("English").check()
    assert page.locator("main h2 span:visible").first.inner_text() == "Place a"
    page.context.close()


@pytest.mark.slow
def test_a_language_that_is_not_chosen_looks_like_a_link_and_the_report_like_a_button(
    browser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "index.html"
    path.write_text(render_index([edition("a", 2025, document("Rapport", is_annual=True))]), "utf-8")
    page = browser.new_context(locale="fr-CA").new_page()
    page.goto(path.as_uri())
    look = "each => [getComputedStyle(each).textDecorationLine, getComputedStyle(each).backgroundColor]"
    languages, no_fill = page.locator(".language label"), "rgba(0, 0, 0, 0)"
    assert languages.evaluate_all(f"all => all.map({look})") == [["none", no_fill], ["underline", no_fill]]
    edge = "each => [getComputedStyle(each).textDecorationLine, getComputedStyle(each).borderTopStyle]"
    assert page.locator(".door:visible").evaluate(edge) == ["none", "solid"]
    assert (
        min(each.bounding_box()["height"] for each in (*languages.all(), page.locator(".door:visible"))) >= 24
    )
    assert page.get_by_role("radio").count() == 2 and page.get_by_role("group").count() >= 1
    page.get_by_role("radio", name="Français").focus()
    page.keyboard.press("ArrowRight")
    assert languages.evaluate_all(f"all => all.map({look})") == [["underline", no_fill], ["none", no_fill]]
    outlines = languages.evaluate_all("all => all.map(each => getComputedStyle(each).outlineStyle)")
    assert outlines == ["none", "solid"]
    page.context.close()


def test_a_folder_without_an_edition_says_so_in_both_languages() -> None:
    page = render_index([])
    assert "Aucune édition." in page
    assert "No edition." in page
    assert "<table" not in page


def test_editions_of_a_register_share_one_heading() -> None:
    page = render_index([edition("a", 2025), edition("b", 2025), edition("a", 2024)])
    assert re.findall(r"<h2 id=.*?(Lieu .)", page) == ["Lieu a", "Lieu b"]
    assert re.findall(r'<h3 id="([^"]+)"', page) == ["a-2025", "a-2024", "b-2025"]


def test_reports_and_profiles_have_a_table_each_and_a_missing_language_is_a_dash() -> None:
    page = render_index(
        [edition("a", 2025, document("Rapport", "Report"), document("Justice", is_profile=True))]
    )
    reports, profiles = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert 'aria-labelledby="reports-a-2025 a a-2025"' in reports and "Justice" not in reports
    assert 'aria-labelledby="profiles-a-2025 a a-2025"' in profiles and "Rapport" not in profiles
    french, english = re.findall(r"<td[^>]*>(.*?)</td>", reports, re.DOTALL)
    assert "HTML</a>, " + both("12\u00a0ko", "12\u00a0kB") in french and 'hreflang="fr-CA"' in french
    assert english.strip() == "—"
    # A name that is the same in both languages is written once.
    assert re.findall(r'<th scope="row">(.*?)</th>', profiles) == ["Justice"]


def test_an_address_with_spaces_signs_or_accents_leads_to_its_file() -> None:
    data = file("a/2025/liste n° 1#2?.csv")
    page = render_index([edition("a", 2025, files=[data])])
    assert 'href="a/2025/liste%20n%C2%B0%201%232%3F.csv"' in page
    assert ">liste n° 1#2?.csv</a>" in page


def test_a_name_with_markup_is_text_in_the_page_and_in_its_attributes() -> None:
    hostile = '"><script>alert(1)</script>'
    title = {"fr": hostile, "en": hostile}
    page = render_index([edition("a", 2025, document(hostile, is_annual=True), title=title)])
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") == 1  # the title of the register
    page = render_index([edition("a", 2025, document(hostile, is_annual=True), place=title)])
    assert "<script>alert" not in page
    assert (
        page.count("&lt;script&gt;") == 3
    )  # the heading, the name of the button, that of the other language


def test_the_policy_allows_the_style_and_the_script_of_the_page_alone() -> None:
    page = render_index([])
    [sheet] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert f"style-src &#39;{digest(sheet)}&#39;" in policy
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert f"script-src &#39;{digest(script)}&#39;;" in policy


TESTS = Path(__file__).parents[1]


def test_each_point_of_the_accessibility_statement_is_a_test_and_is_said_in_both_languages() -> None:
    checks = accessibility_checks()
    assert {check["of"] for check in checks} == {"page", "pdf"}
    page = render_index([])
    for check in checks:
        file, _, name = check["test"].partition("::")
        assert f"def {name}(" in (TESTS / file).read_text("utf-8"), check["test"]
        assert f"<li>{both(check['french'], check['english'])}</li>" in page


@pytest.mark.slow
def test_on_a_phone_no_rule_is_below_the_links_of_a_document(browser: Any, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, [edition("a", 2025, document("Rapport", "Report"))], 390)
    widths = "each => getComputedStyle(each).borderBottomWidth"
    assert {cell.evaluate(widths) for cell in page.locator(".documents tbody tr > *").all()} == {"0px"}
    page.close()
