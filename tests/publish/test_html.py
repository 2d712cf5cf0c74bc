"""The page is one self-contained file that shows data as text and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from portrait.document.model import document_of
from portrait.figures.marks import Row, Rows, bar
from portrait.publish.html import render_html
from portrait.storage.media_types import CLAIM, TABLE
from tests.document.notebooks import Notebook, figure, notebook, prose, shown, table

BANNER = "Lignes reconstituées : ce ne sont pas les lignes officielles."


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "wbr"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts).replace("\u00a0", " "))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.elements if found == tag]


def source_of(*cells: Notebook, **front: Any) -> str:
    return render_html(document_of(notebook(*cells, **front)))


def page_of(*cells: Notebook, **front: Any) -> Page:
    return Page(source_of(*cells, **front))


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(
        prose(
            "# Volume\n\nVoir [](#fig-volume).[^1]\n\n[^1]: Une note.\n\n## Détail\n\n- un\n\n> cité",
            cell="a",
        ),
        shown(figure(specimen=True), cell="f"),
        shown(table(sortable=True), cell="t"),
        banner=BANNER,
    )


def test_elements_are_closed_in_order_and_identifiers_are_unique(page: Page) -> None:
    assert page.open == []
    identifiers = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    targets = {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")}
    assert targets <= set(identifiers)


def test_the_policy_allows_only_our_style_and_script() -> None:
    source = source_of(prose("# A\n\nb"), shown(figure()))
    policy = next(m["content"] for m in Page(source).all("meta") if m.get("http-equiv"))
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r'(?:src|href)="(?!#|data:|https://creativecommons)', source)
    assert " style=" not in source


def test_what_is_said_to_machines_is_data_that_no_text_ends_and_no_policy_need_allow() -> None:
    said = {"@type": "Report", "name": "</script><script>alert(1)</script>"}
    source = source_of(prose("# A\n\nb"), linked_data=said)
    (inside,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    assert json.loads(inside) == said
    (script,) = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    policy = next(m["content"] for m in Page(source).all("meta") if m.get("http-equiv"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy


def test_a_number_can_be_addressed_by_its_claim() -> None:
    page = page_of(prose("{eval}`a` puis {eval}`b`", "54", "27", cell="n"), address="quebec/2025@0123")
    numbers = page.all("data")
    assert [each["id"] for each in numbers] == [f"claim-{each['data-claim']}" for each in numbers]
    assert "quebec/2025@0123#" in page.text


def test_the_page_has_landmarks_one_title_and_contents(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert tags.count("h1") == tags.count("main") == tags.count("nav") == 1
    assert page.all("html") == [{"lang": "fr-CA"}]
    assert page.all("a")[0]["href"] == "#content"
    links = [a["href"] for a in page.all("a")]
    for target in ("#s-volume", "#s-detail", "#fig-volume", "#tab-status", "#note-1", "#call-1", "#colophon"):
        assert target in links


def test_the_page_has_the_banner_the_notices_and_the_citation(page: Page) -> None:
    assert [a["class"] for a in page.all("aside")] == ["banner"]
    for words in (BANNER, "n’a ni approuvé ni examiné", "PROJET PORTRAIT. Portrait 2025", "0123456789abcdef"):
        assert words in page.text
    description = next(m["content"] for m in page.all("meta") if m.get("name") == "description")
    assert description.replace("\u00a0", " ").startswith(BANNER)


def test_a_figure_has_its_alternative_text_and_its_data(page: Page) -> None:
    (image,) = page.all("svg")
    assert (image["role"], image["aria-label"]) == ("img", "Un rectangle qui montre 27 initiatives.")
    assert (image["width"], image["height"]) == ("400", "160")
    assert "Données de la figure S1" in page.text
    assert "specimen" in next(f["class"] for f in page.all("figure") if f["id"] == "fig-volume")


def test_heading_cells_have_a_scope(page: Page) -> None:
    scopes = [th["scope"] for th in page.all("th")]
    assert scopes.count("col") == 4
    assert scopes.count("row") == 3


def test_the_page_has_every_row_of_a_table_over_its_print_limit() -> None:
    notice = {"text": "Voir", "url": "https://exemple.org"}
    rows = [(f"Initiative {i}", "1") for i in range(30)]
    page = page_of(shown(table(rows=rows, print_limit=5, print_notice=notice)))
    assert all(f"Initiative {i}" in page.text for i in range(30))


@pytest.mark.parametrize(("url", "is_hidden"), [("data.csv", True), ("annual.fr.html#tab-volume", False)])
def test_a_page_printed_hides_a_table_that_is_elsewhere_and_none_that_it_leads_to(
    url: str, is_hidden: bool
) -> None:
    page = render_html(
        document_of(notebook(shown(table(print_limit=0, print_notice={"text": "V", "url": url}))))
    )
    assert (f'<p class="on-paper">V {url}</p>' in page, "scroll on-screen" in page) == (is_hidden, is_hidden)


def test_a_table_typed_in_prose_is_on_the_page() -> None:
    page = page_of(prose("# Essai\n\n| Cadre | Date |\n|---|---|\n| Arrêté | 2024 |"))
    assert "Arrêté" in page.texts and len(page.all("table")) == 1


def test_the_page_has_every_row_of_a_list_that_is_shortened_in_print() -> None:
    rest = {"after": 5, "text": "25 autres."}
    page = page_of(shown(table(rows=[(f"Initiative {i}", "1") for i in range(30)], print_rest=rest)))
    assert all(f"Initiative {i}" in page.text for i in range(30))
    assert "25 autres" not in page.text


@pytest.mark.parametrize(
    ("row", "sides", "are_cards"),
    [
        (["Justice", "Une phrase que personne ne lirait dans une colonne étroite."], "ll", True),
        (["Un nom très long, que personne ne lirait dans une colonne étroite", "3"], "lr", False),
        (["Justice", *["3"] * 3], "lrrr", False),  # 112 pixels, and three times 64 for “Colonne 3”
        (["Justice", *["3"] * 4], "lrrrr", True),
        (["Justice", *["Oui"] * 3], "llll", True),
    ],
)
def test_rows_are_cards_on_a_phone_if_they_have_sentences_or_columns_too_wide_for_it(
    row: list[str], sides: str, are_cards: bool
) -> None:
    columns = [f"Colonne {place}" for place in range(len(row))]
    source = source_of(shown(table(columns=columns, align=list(sides), rows=[row])))
    page = Page(source)
    assert ["cards" in each.get("class", "") for each in page.all("table")] == [are_cards]
    labels = re.findall(r'\[id="tab-status"\] td:nth-child\((\d)\)\{--label:"(.*?)"\}', source)
    said = [(f"{place}", f"Colonne {place - 1}\u00a0: ") for place in range(2, len(row) + 1)]
    assert labels == (said if are_cards else [])


@pytest.mark.parametrize(
    ("heading", "row", "sides", "is_full"),
    [
        # In pixels, 131 at least for a name, and about 30 for a number beneath “2025”.
        ("2025", ["Justice", "3"], "lr", False),
        ("2025", ["Justice", *["3"] * 6], "lrrrrrr", False),
        ("2025", ["Justice", *["Oui"] * 4], "lllll", True),  # five times 131, more than 576
        (
            "2025",
            ["Justice", *["Une ligne de quarante lettres, pas plus"] * 2],
            "lll",
            True,
        ),  # twice about 270
        # A heading of numbers is on two lines, of which the longer one is about 90.
        ("Complétude, 2025", ["Justice", *["3"] * 3], "lrrr", False),
        ("Complétude, 2025", ["Justice", *["3"] * 4], "lrrrr", True),
    ],
)
def test_a_table_is_as_wide_as_its_text_or_as_the_page_has_room(
    heading: str, row: list[str], sides: str, is_full: bool
) -> None:
    page = page_of(shown(table(columns=[heading] * len(row), align=list(sides), rows=[row])))
    assert ["full" in each.get("class", "") for each in page.all("table")] == [is_full]


@pytest.mark.parametrize(("n_tables", "is_listed"), [(2, False), (3, True)])
def test_figures_and_tables_are_listed_if_they_are_more_than_three(n_tables: int, is_listed: bool) -> None:
    tables = [shown(table(f"tab-{n}"), cell=f"t{n}") for n in range(n_tables)]
    page = page_of(shown(figure(), cell="f"), *tables)
    assert ["Figures et tableaux" in page.text, "#figures-and-tables" in str(page.all("a"))] == [
        is_listed
    ] * 2


@pytest.mark.parametrize(
    ("n_registers", "side", "are_stacked"), [(3, "l", False), (4, "l", True), (4, "r", False)]
)
def test_prose_of_more_than_three_registers_is_stacked_at_every_width(
    n_registers: int, side: str, are_stacked: bool
) -> None:
    columns = ["Élément", *(f"Registre {n}" for n in range(n_registers))]
    row = ["Fondement", *["Une phrase que personne ne lirait dans une colonne étroite."] * n_registers]
    page = page_of(shown(table(columns=columns, align=["l", *"l" * (n_registers - 1), side], rows=[row])))
    assert ["stacked" in each.get("class", "") for each in page.all("table")] == [are_stacked]


def test_two_columns_of_prose_among_five_are_beside_each_other() -> None:
    said = "Une phrase que personne ne lirait dans une colonne étroite."
    columns = ["Verdict", "Affirmation", "Nos lignes", "Explication", "Origine"]
    rows = [["diffère", said, "95", said, "presse"]]
    page = page_of(shown(table(columns=columns, align=list("lllll"), rows=rows)))
    assert [each.get("class") for each in page.all("table")] == ["cards lined full few"]


def test_a_number_whose_label_is_long_has_a_line_of_a_card_for_itself() -> None:
    columns = ["Champ", "Texte", "Registre d’une administration lointaine", "Total"]
    row = ["Nom", "Une phrase qui est assez longue pour que sa ligne soit une carte", "409", "12"]
    page = page_of(shown(table(columns=columns, align=list("llrr"), rows=[row])))
    assert [cell.get("class") for cell in page.all("td")] == [None, "r long", "r"]


@pytest.mark.parametrize(("n_rows", "are_cards"), [(100, True), (101, False)])
def test_the_rows_of_a_list_that_the_page_sorts_are_cards_unless_it_is_long(
    n_rows: int, are_cards: bool
) -> None:
    rows = [["Justice", *["Oui"] * 3]] * n_rows
    columns = [f"Colonne {place}" for place in range(4)]
    page = page_of(shown(table(columns=columns, align=["l"] * 4, rows=rows, sortable=True)))
    assert ["cards" in each.get("class", "") for each in page.all("table")] == [are_cards]


@pytest.mark.parametrize(("language", "raised"), [("fr-CA", "<1>er</1>"), ("en-CA", "er")])
def test_letters_of_a_rank_in_french_are_raised_in_text_numbers_titles_and_cells(
    language: str, raised: str
) -> None:
    said = "Le 1er <b>, et non 12er"
    source = source_of(
        prose("# Le 1er {eval}`x`", "1er rang", cell="a"),
        shown(table("tab-a", caption=said, rows=[["Le 1er, état/essai", "1"]]), cell="t"),
        language=language,
    )
    body = source.partition("<body")[2].replace('<span class="raised">er</span>', "<1>er</1>")
    words = [
        f"Le 1{raised} <a",
        f">1{raised} rang</data>",
        f"> Le 1{raised} &lt;b&gt;, et non 12er",
        f"Le 1{raised}, état/<wbr>essai",
    ]
    assert [each for each in words if each not in body] == []


def test_a_line_of_a_cell_or_of_a_name_may_break_after_a_slash_between_two_words() -> None:
    columns = ["Création/mise à jour", "Type"]
    row = ["Conception/développement", "l’un et/ou l’autre/aucun <b>, 2024/2025"]
    source = source_of(shown(table(columns=columns, align=[*"ll"], rows=[row])))
    for said in (
        "Création/<wbr>mise à jour",
        "Conception/<wbr>développement",
        "l’autre/<wbr>aucun &lt;b&gt;",
    ):
        assert said in source
    assert "l’un et/ou" in source and "2024/2025" in source  # no line ends there
    drawn = Rows((Row("Santé/Services", ("3",), (bar("accent", 0, 1),)),), ("Nombre",))
    assert "Santé/<wbr>Services" in source_of(shown(figure(marks=drawn.content()), cell="f"))


def test_a_table_whose_long_names_break_after_a_slash_is_no_card_on_a_phone() -> None:
    columns, row = ["Catégorie", "2024", "2025", "Écart", "Part du total 2025"], ["3", "6", "+3", "2,3 %"]
    name = "Analyse des comportements/sentiments"
    page = page_of(shown(table(columns=columns, align=[*"lrrrr"], rows=[[name, *row]])))
    assert [each.get("class") for each in page.all("table")] == ["few"]


def test_a_date_in_a_column_of_numbers_does_not_break_at_its_hyphens() -> None:
    rows = [("Collecte 2024-2025", "2024-06-15"), ("Initiatives-projets", "entre 51-1 et 2"), ("Autre", "3")]
    page = page_of(shown(table(rows=rows)))
    assert [cell["class"] for cell in page.all("td")] == ["r whole", "r", "r"]


def test_totals_have_a_class_that_sets_them_apart() -> None:
    totals = {"total_row": 1, "has_total_column": True}
    page = page_of(shown(table(rows=[("Bureau", "2"), ("Total", "2")], **totals)))
    assert [row.get("class") for row in page.all("tr")] == [None, None, "total"]
    assert [each.get("class") for each in page.all("table")] == ["summed few"]


def test_the_page_links_to_the_accessibility_statement_in_the_page_of_editions() -> None:
    model = document_of(notebook(prose("# Volume")))
    assert 'href="../../index.html#accessibility"' in render_html(model, index="../../index.html")
    assert "#accessibility" not in render_html(model)


def test_a_profile_links_to_the_annual_report_from_its_bar() -> None:
    document = document_of(notebook(prose("# A")))
    page = render_html(document, index="../../../index.html", annual="../annual.fr.html")
    assert (
        '<a class="to-door" href="../annual.fr.html"><span class="long">Rapport de l’édition</span>' in page
    )
    assert "../annual.fr.html" not in render_html(document, index="../../../index.html")


def test_the_page_links_to_its_edition_in_the_page_of_editions() -> None:
    model = document_of(notebook(prose("# Volume"), address="uk/2026-08@0a1b"))
    assert 'href="../../index.html#uk-2026-08"' in render_html(model, index="../../index.html")


def test_the_page_links_to_the_other_language_if_there_is_one() -> None:
    document = document_of(notebook())
    link = {"href": "annual.en.html", "lang": "en-CA", "hreflang": "en-CA"}
    assert link in Page(render_html(document, siblings=[("en", "annual.en.html")])).all("a")
    assert "English" not in Page(render_html(document)).text


def test_the_page_links_to_its_pdf_if_there_is_one() -> None:
    document = document_of(notebook())
    link = {"href": "annual.fr.pdf", "type": "application/pdf"}
    assert link in Page(render_html(document, pdf="annual.fr.pdf")).all("a")
    assert "PDF" not in Page(render_html(document)).text


def test_the_page_links_to_the_profiles_beside_it_by_name_and_has_no_section_without_any() -> None:
    document = document_of(notebook())
    page = Page(render_html(document, profiles=[("portfolios/sante.fr.html", "Santé <b>")]))
    assert {"href": "portfolios/sante.fr.html"} in page.all("a")
    assert "Santé <b>" in page.text
    assert {"href": "#profiles"} in page.all("a")
    assert "Profils des portefeuilles" not in Page(render_html(document)).text


def test_english_pages_use_english_terms() -> None:
    page = page_of(shown(figure()), language="en-CA")
    assert page.all("html") == [{"lang": "en-CA"}]
    for words in ("Contents", "Data of Figure 1", "Source: ", "How to cite"):
        assert words in page.text


def test_a_highlight_has_its_first_number_in_bold_as_in_print() -> None:
    document = document_of(notebook(prose("# L’essentiel\n\n1. Soit {eval}`a`, contre {eval}`b`.", "3", "4")))
    [item] = document["blocks"][-1]["items"]
    for claim in (node for node in item[0]["content"] if node["type"] == "claim"):
        claim["value"] = claim["value"].strip('"')
    source = render_html(document)
    [bold] = re.findall(r"Soit <strong>(.*?)</strong>", source)
    assert re.sub("<[^>]*>", "", bold) == "3"


def test_the_same_document_gives_the_same_page() -> None:
    assert source_of(shown(figure())) == source_of(shown(figure()))


def test_a_number_is_a_link_to_how_it_is_counted_except_within_another_link() -> None:
    page = page_of(prose("# T\n\nSoit {eval}`a`, et [encore {eval}`b`](https://exemple.org).", "3", "4"))
    assert [a for a in page.all("a") if a.get("class") == "number-of"] == [
        {"class": "number-of", "href": "#number-0"}
    ]
    assert len(page.all("data")) == 2
    assert [li for li in page.all("li") if li.get("id") == "number-0"]
    assert "aucune question posée aux tables publiées ne le recompte" in page.text


def test_a_page_has_each_set_of_rows_that_numbers_show_once() -> None:
    document = dict(document_of(notebook(prose("# T\n\nSoit {eval}`a`.", "3"))))
    sets = ["BQ==", "bQ==", "BQ==", ""]
    selection = {"words": "", "count": "2 initiatives", "table": "", "show": "Voir"}
    asked = {"sums": [], "definition": "Lignes", "calculation": "nombre", "caveat": "", "totals": []}
    document["counted"] = [
        {**asked, "id": f"number-{n}", "is_reconstructed": False, "selections": [{**selection, "rows": rows}]}
        for n, rows in enumerate(sets)
    ]
    page = Page(render_html(document))
    assert [each["data-sets"] for each in page.all("section") if "data-sets" in each] == ["BQ== bQ=="]
    assert [each["data-rows"] for each in page.all("button") if "data-rows" in each] == ["0", "1", "0"]


def test_the_name_of_an_edition_is_on_one_line_of_the_page() -> None:
    page = render_html(
        document_of(notebook(prose("# Volume\n\nLe {eval}`a`, {eval}`b`.", "2026-08-15", "258")))
    )
    assert re.findall(r"<data[^>]*?( class=\"whole\")? value=[^>]*>([^<]*)", page) == [
        (' class="whole"', "2026-08-15"),
        ("", "258"),
    ]


def test_a_heading_sets_the_name_of_a_chapter_and_its_finding_apart_and_reads_as_written() -> None:
    source = source_of(prose("# Volume : **deux** de plus\n\nTexte.\n\n## Partage : un de moins"))
    heading, section = re.findall(r"<h[23] id=\"s-.*?</h[23]>", source)
    name, colon, finding = ('<span class="name">', '<span class="colon">', '<span class="finding">')
    assert f"{name}Volume{colon}\u00a0: </span></span>{finding}<strong>deux" in heading
    assert Page(heading).text == "1 Volume : deux de plus"
    assert finding not in section


def test_caveats_and_examples_have_a_style_of_their_own() -> None:
    examples = "*Exemples*\n\n**Tri.** Un tri.\n\n**Aide.** Une aide.\n\nUne fin."
    source = source_of(prose(f"# Volume\n\nUn *mot*.\n\n*Réserve.* Un mot.\n\n{examples}"))
    assert re.findall(r'<p class="(.*?)">(.*?)</p>', source)[-2:] == [
        ("caveat", "<em>Réserve.</em> Un mot."),
        ("lead", "<em>Exemples</em>"),
    ]
    [cards] = re.findall(r'<div class="examples">(.*?)</div>', source, re.DOTALL)
    assert re.findall("<p>(.*?)</p>", cards) == [
        "<strong>Tri.</strong> Un tri.",
        "<strong>Aide.</strong> Une aide.",
    ]


def test_the_number_of_a_chapter_is_read_before_its_deck_and_its_text() -> None:
    number = prose("- **28 %** vient de la NASA.", cell="t", tags=("tiles",))
    said = prose("Un sous-titre.\n\nUn texte.\n\n- Un point.\n\n## Suite\n\nPlus loin.", cell="u")
    first, heading = prose("# L’essentiel\n\nUn texte."), prose("# Ce qui a changé", cell="b")
    source = source_of(first, heading, number, said)
    opener = source[source.index('<div class="opener">') : source.index("Suite</h3>")]
    places = [opener.index(each) for each in ("<strong>28", "Un sous-titre.", "Un texte.", "Un point.")]
    assert places == sorted(places)
    assert "Plus loin" not in opener
    # Without a deck, the number stays where it is.
    assert 'class="opener"' not in source_of(first, heading, number, prose("## Suite", cell="v"))


def test_what_a_number_counts_announces_its_caveat_after_a_colon() -> None:
    tiles = prose(
        "- **28 %** vient de la NASA : *407 sur 1478.*\n- **8** en tout. *Sans date.*",
        cell="t",
        tags=("tiles",),
    )
    source = source_of(prose("# L’essentiel\n\nUn texte."), tiles)
    assert [("<em>407" in each) for each in re.findall(r'<li class="goes-on">.*?</li>', source)] == [True]


def test_the_bar_of_the_statuses_is_hidden_once_from_a_screen_reader_that_reads_its_numbers() -> None:
    counted = (("total", "8"), ("tile-production", "6"), ("tile-silent", "2"))
    tiles = [
        prose("- **{eval}`n`** initiatives", n, cell=cell, tags=("tiles", *["continued"] * (place > 0)))
        for place, (cell, n) in enumerate(counted)
    ]
    for tile, (_, n) in zip(tiles, counted, strict=True):
        tile.metadata["user_expressions"][0]["result"]["data"][CLAIM]["value"] = int(n)
    source = source_of(prose("# L’essentiel\n\nUn texte."), *tiles, prose("# Suite", cell="s"))
    [opened] = re.findall(r'<(\w+) class="shares"><div class="marks" aria-hidden="true">', source)
    assert opened == "div"


def test_the_link_of_a_figure_is_on_the_line_of_the_last_word_of_its_title() -> None:
    assert re.search(r"\S&nbsp;<a class=\"anchor\"", source_of(prose("# Volume"), shown(table())))


def listed(n: int) -> dict[str, Any]:
    rows = [(f"Tri {place}", "Santé") for place in range(n)]
    return table("tab-initiatives", rows, align=["l", "l"], file_rows=list(range(2, n + 2)), sortable=True)


TILES = prose("- **1 001** initiatives", cell="t", tags=("tiles",))


def test_the_first_screen_leads_to_the_table_of_initiatives_and_to_the_profiles() -> None:
    cells = (prose("# L’essentiel"), TILES, prose("Une phrase.", cell="p"), shown(listed(1_001)))
    document = document_of(notebook(*cells, nouns={"portfolio": "une agence, agences"}))
    source = render_html(document, profiles=[("portfolios/a.fr.html", "A")])
    [doors] = re.findall(r'<p class="doors">(.*?)</p>', source)
    assert re.findall(r'href="([^"]+)">([^<]+)<', doors) == [
        ("#tab-initiatives", "Explorer les 1\u00a0001 initiatives"),
        ("#profiles", "Trouver une agence"),
    ]
    assert source.index("Une phrase.") < source.index('class="tiles"') < source.index('class="doors"')
    told = render_html(document, workbook="tables.fr.xlsx").partition('<p class="doors">')[2]
    assert '</a> <a href="tables.fr.xlsx">Télécharger les tableaux (XLSX)</a></p>' in told


def test_a_page_without_a_list_or_profiles_leads_nowhere_from_its_first_screen() -> None:
    assert 'class="doors"' not in source_of(prose("# L’essentiel"), TILES)


def profiles_of(*rows: tuple[str, ...], columns: tuple[str, ...] = ("Agence", "2024", "2025")) -> list[str]:
    """Return the items of the list of profiles of an edition of 2025, without their markup."""
    sized = table("tab-portfolios", rows, columns=list(columns), align=["l", "r", "r"])
    document = document_of(notebook(prose("# A"), shown(sized), address="a/2025@5bda"))
    profiles = [(f"portfolios/{name}.fr.html", name) for name in ("Énergie", "Justice", "Trésor", "Zones")]
    source = render_html(document, profiles=profiles)
    [listed] = re.findall(r'<ul class="profiled">(.*?)</ul>', source, re.DOTALL)
    return [re.sub("<[^>]+>", "", item) for item in re.findall(r"<li>(.*?)</li>", listed)]


def test_profiles_are_listed_with_their_numbers_in_this_edition_the_largest_first() -> None:
    rows = [
        ("Justice", "5", "9"),
        ("Énergie (ADE)", "90", "1\u00a0012"),
        ("Trésor †", "7", "9"),
        ("Absente", "8", "—"),
    ]
    # Zones has no row, and Justice and Trésor are tied.
    assert profiles_of(*rows) == ["Énergie, 1\u00a0012", "Justice, 9", "Trésor, 9", "Zones"]


def listed_in(columns: list[str], row: list[str], *, is_brief: bool = False, **changes: Any) -> str:
    """Return the row of the page that lists one initiative, beside the profile of one portfolio."""
    listed = table("tab-initiatives", [row], columns=columns, align=["l"] * len(columns), **changes)
    listed[TABLE] |= {"file_rows": [12]}
    document = document_of(notebook(prose("# A"), shown(listed), brief=is_brief))
    source = render_html(document, profiles=[("portfolios/sante.fr.html", "Santé")])
    [found] = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</th>", source)
    return str(found)


def test_the_name_of_an_initiative_leads_to_its_line_in_the_profile_of_its_portfolio() -> None:
    columns = ["Initiative", "Portefeuille", "Statut"]
    link = '<tr><th scope="row"><a href="portfolios/sante.fr.html#r12">Tri</a></th>'
    assert listed_in(columns, ["Tri", "Santé (MSSS)", "En production"]) == link
    assert listed_in(columns, ["Tri", "Justice", "En production"]) == '<tr><th scope="row">Tri</th>'


@pytest.mark.parametrize(
    ("is_brief", "n", "is_first"), [(False, 2, True), (False, 1, False), (True, 2, False)]
)
def test_the_contents_of_a_report_begin_with_the_list_to_explore(
    is_brief: bool, n: int, is_first: bool
) -> None:
    listed = table("tab-initiatives", [["Tri", "95"]] * n, file_rows=[*range(n)])
    page = page_of(prose("# A"), shown(listed), brief=is_brief)
    contents = [each["href"] for each in page.all("a") if each.get("class") == "explores"]
    assert contents == (["#tab-initiatives"] if is_first else [])


@pytest.mark.parametrize("is_brief", [True, False])
def test_a_profile_folds_its_files_and_checksum_and_keeps_its_first_notice_in_sight(is_brief: bool) -> None:
    document = document_of(notebook(prose("# A"), brief=is_brief))
    footer = render_html(document).partition("<footer>")[2]
    seen, folds, folded = footer.partition("<details")
    assert ("0123456789abcdef" in folded) == is_brief == bool(folds)
    assert "approuv" in seen and '<h3 id="cite">' in seen


def test_a_profile_of_reconstructed_rows_says_so_above_its_fold() -> None:
    notices = [{"markdown": each} for each in ("Indépendante.", "Lignes reconstituées.", "Licence.")]
    document = document_of(notebook(prose("# A"), brief=True, notices=notices, banner_notice=1))
    seen, _, folded = render_html(document).partition("<footer>")[2].partition("<details")
    assert [each in seen for each in ("Indépendante", "reconstituées", "Licence")] == [True, True, False]
    assert [each in folded for each in ("Indépendante", "reconstituées", "Licence")] == [False, False, True]


@pytest.mark.parametrize(
    ("is_brief", "n", "is_explored"), [(False, 2, True), (False, 1, False), (True, 2, False)]
)
def test_the_title_of_the_list_of_a_report_says_that_it_is_explored_above_its_caption(
    is_brief: bool, n: int, is_explored: bool
) -> None:
    listed = table("tab-initiatives", [["Tri", "95"]] * n, file_rows=[*range(n)])
    page = page_of(prose("# A"), shown(listed), brief=is_brief)
    assert ("Explorer les initiatives" in page.text) == is_explored
    assert ("measure" in [each.get("class") for each in page.all("span")]) == is_explored


def test_the_line_of_an_initiative_in_a_profile_has_what_the_register_says_of_it_below_its_name() -> None:
    details = [["Description", ["Trie <b>."]], ["Bénéfices", [""]]]
    bare = listed_in(["Initiative", "Statut"], ["Tri", "X"], is_brief=True)
    assert bare == '<tr id="r12"><th scope="row">Tri</th>'
    assert listed_in(["Initiative", "Statut"], ["Tri", "X"], is_brief=True, details=details) == (
        '<tr><th scope="row"><details><summary>Tri</summary>'
        '<p id="r12"><b>Description</b> Trie &lt;b&gt;.</p></details></th>'
    )


def test_profiles_keep_their_order_where_no_table_gives_their_numbers_in_this_edition() -> None:
    columns = ("Agence", "2023", "2024")
    assert profiles_of(("Zones", "5", "9"), columns=columns) == ["Énergie", "Justice", "Trésor", "Zones"]


def test_the_independence_of_a_page_is_said_at_the_foot_of_its_opening_or_below_its_title() -> None:
    said = '<p class="independence">'
    opened, plain = source_of(prose("# L’essentiel"), TILES), source_of(prose("# Constats\n\nUne phrase."))
    assert opened.count(said) == plain.count(said) == 1
    assert opened.index('class="tiles"') < opened.index(said)
    assert plain.index(said) < plain.index("<main")


def test_contents_have_the_names_of_chapters_without_their_findings() -> None:
    source = source_of(prose("# Ce qui a changé : une hausse\n\nUne phrase."))
    [contents] = re.findall(r'<ul id="contents">.*?</ul>', source, re.DOTALL)
    assert "Ce qui a changé</a>" in contents
    assert "une hausse" not in contents


def test_cells_on_the_left_have_no_class_for_there_are_thousands() -> None:
    source = source_of(prose("# A"), shown(listed(2)))
    assert "<td>Santé</td>" in source
    assert '<td class="r">95</td>' in source_of(prose("# A"), shown(table()))


@pytest.mark.parametrize(("n_rows", "scrolls"), [(24, False), (25, True)])
def test_only_a_long_list_that_a_reader_can_sort_scrolls_within_the_page(n_rows: int, scrolls: bool) -> None:
    listed = table(rows=[("Nord", str(n)) for n in range(n_rows)], sortable=True)
    page = render_html(document_of(notebook(shown(listed))))
    assert ('<div class="scroll tall"' in page) is scrolls


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Initiatives déclarées, selon leur statut (lignes), par palier", None),
        ("Bénéfices annoncés, par thème, 2025", "Bénéfices annoncés, par thème"),
        ("Initiatives déclarées, édition de 2025", "Initiatives déclarées"),
        ("Algorithms reported, July 15, 2026 edition", "Algorithms reported"),
        ("Initiatives par mois, 15 juin 2026", "Initiatives par mois"),
        ("Initiatives par catégorie, 2024 et 2025", "Initiatives par catégorie"),
    ],
)
@pytest.mark.parametrize("specimen", [False, True])
def test_a_folded_annex_says_what_its_table_shows_without_its_final_date_alone(
    caption: str, said: str | None, specimen: bool
) -> None:
    annex = prose("# Libellés\n\nVoir [](#tab-status).", cell="b", tags=("annex",))
    mark = "SPÉCIMEN — " if specimen else ""
    source = source_of(annex, shown(table(caption=mark + caption, specimen=specimen), cell="t"))
    [folded] = re.findall(r'<details class="annex.*?<summary>(.*?)</summary>', source, re.DOTALL)
    assert folded.replace("\u00a0", " ").strip() == (said or caption)
