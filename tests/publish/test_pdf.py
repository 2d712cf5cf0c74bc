"""The PDF has every text of the document, is tagged and accessible, and is reproducible."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest

from portrait.document.markdown import plain
from portrait.document.model import document_of
from portrait.document.refusal import PublicationError
from portrait.figures.marks import Block, dots
from portrait.publish import pdf as pdf_module
from portrait.publish.columns import column_widths
from portrait.publish.filling import END
from portrait.publish.grid import TEXT_WIDTH
from portrait.publish.pdf import fit_to_pages, render_pdf
from portrait.publish.placing import AFTER_CALL, AT_FOOT, IN_TEXT, laid_out
from portrait.publish.typst import print_model
from tests.document.notebooks import Notebook, figure, notebook, prose, shown, table
from tests.document.test_model import HOSTILE
from tests.publish.extraction import Tagged, missing, pages_of, squeezed, untagged
from tests.publish.layout import Layout

BANNER = "Lignes reconstituées à partir des totaux publiés : ce ne sont pas les lignes officielles."
NO_FONT_HAS = "🔒 人工 Ĳ"
OTHER_SCRIPTS = "الذكاء ᐃᓄᒃ Ελλάδα → ≥"
SENTENCE = "Les organismes publics déclarent leurs initiatives d’intelligence artificielle. "


def report(**front: Any) -> dict[str, Any]:
    """Return a document with one block of each kind."""
    rows = [
        (f"Initiative {i} {name}", str(i)) for i, name in enumerate((*HOSTILE, "y" * 200, *["nom"] * 120))
    ]
    return document_of(
        notebook(
            prose(
                "# Volume\n\nOn compte {eval}`n` % ; [](#fig-volume), [](#tab-status)[^1].\n\n"
                f"{SENTENCE * 40}\n\n[^1]: Une note {{eval}}`y`.\n\n- un\n- deux\n\n1. trois\n\n> cité\n\n"
                "| a | b |\n|---|--:|\n| x | 2 |\n\n`code` ~~non~~\n\n```\npas évalué\n```\n",
                "54",
                "fin",
                cell="p1",
            ),
            shown(figure(specimen=True, label="Étiquette &lt;b&gt; ≥"), cell="f1"),
            shown(table(), cell="t1"),
            prose("## Détail\n\n{eval}`x` et *{eval}`y`* **{eval}`z`**", *[OTHER_SCRIPTS] * 3, cell="p2"),
            prose("### Plus fin\n\n{eval}`x`", "z" * 200, cell="p3"),
            shown(table("tab-long", rows=rows, sortable=True, specimen=True), cell="t2"),
            prose("# Annexe\n\nfin", tags=("annex",), cell="p4"),
            shown(
                table(
                    "tab-absent",
                    rows=[("jamais imprimé", "1")] * 3,
                    print_limit=2,
                    print_notice={"text": "Voir la page", "url": "https://exemple.org/annexe"},
                ),
                cell="t3",
            ),
            **front,
        )
    )


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return report(banner=BANNER)


@pytest.fixture(scope="module")
def pdf(document: dict[str, Any]) -> bytes:
    return render_pdf(document)


@pytest.fixture(scope="module")
def tagged(pdf: bytes) -> Tagged:
    return Tagged(pdf)


def of(*cells: Notebook, **front: Any) -> bytes:
    return render_pdf(document_of(notebook(*cells, **front)))


def test_every_text_of_the_document_is_extracted(document: dict[str, Any], pdf: bytes) -> None:
    assert missing(document, pdf) == []


def test_every_text_of_the_document_is_in_the_tags(document: dict[str, Any], pdf: bytes) -> None:
    assert untagged(document, pdf) == []


def test_print_says_that_a_table_that_it_leaves_out_is_on_the_page_and_the_page_gives_its_number() -> None:
    notice = {"text": "Voir la page", "url": "https://exemple.org"}
    document = document_of(
        notebook(prose("Voir [](#tab-long)."), shown(table("tab-long", print_limit=1, print_notice=notice)))
    )
    said = [
        [plain(link["content"]) for link in model["blocks"][0]["content"] if link["type"] == "link"]
        for model in (document, print_model(document))
    ]
    assert said == [["tableau\u00a01"], ["page\u00a0HTML"]]


def test_a_missing_text_is_found(document: dict[str, Any], pdf: bytes) -> None:
    block = {"type": "paragraph", "content": [{"type": "text", "text": "Jamais écrit."}]}
    longer = {**document, "blocks": [*document["blocks"], block]}
    assert missing(longer, pdf) == untagged(longer, pdf) == ["Jamais écrit."]


def test_a_list_that_is_shortened_in_print_says_below_its_title_where_the_rest_is() -> None:
    rows = [(f"Bureau {i}", "1") for i in range(9)]
    document = document_of(
        notebook(shown(table(rows=rows, print_rest={"after": 3, "text": "6 autres ailleurs."})))
    )
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    text = "".join(pages_of(pdf))
    assert re.search(r"\(3\ssur\s9\)\s+6 autres ailleurs\.", text)
    assert "Bureau 2" in text
    assert "Bureau 3" not in text


def test_a_table_cut_in_print_has_the_bars_of_its_rows_and_leads_to_the_page() -> None:
    rows = [(f"Bureau {i}", "1") for i in range(4)]
    rest = {"after": 2, "text": "Les 4 sont dans la", "url": "annual.fr.html#tab-x", "order": [3, 1, 0, 2]}
    document = document_of(notebook(shown(table(rows=rows, bars=[4, 3, 2, 1], n_hollow=1, print_rest=rest))))
    [block] = print_model(document)["blocks"]
    assert (block["bars"], block["n_hollow"]) == ([0.75, 0.25], 1)
    [link] = [each for each in block["caption"] if each["type"] == "link"]
    assert link["url"] == "annual.fr.html#tab-x"
    assert "dans la page HTML." in " ".join("".join(pages_of(render_pdf(document))).split())


def test_the_rows_that_print_has_of_a_list_stand_in_the_order_of_the_list() -> None:
    rest = {"after": 3, "text": "3 autres.", "order": [4, 0, 2, 1, 3, 5]}
    document = document_of(
        notebook(shown(table(rows=[(f"Bureau {i}", "1") for i in range(6)], print_rest=rest)))
    )
    text = "".join(pages_of(render_pdf(document)))
    assert re.findall(r"Bureau \d", text) == ["Bureau 0", "Bureau 2", "Bureau 4"]


@pytest.mark.parametrize(("is_brief", "is_long"), [(True, True), (False, False)])
def test_a_table_of_twelve_rows_may_break_across_pages_only_in_a_brief_document(
    is_brief: bool, is_long: bool
) -> None:
    rows = [(f"Initiative {i}", "1") for i in range(12)]
    [block] = print_model(document_of(notebook(shown(table(rows=rows)), brief=is_brief)))["blocks"]
    assert block["is_long"] is is_long


@pytest.mark.parametrize(("n_rows", "may_break"), [(12, False), (13, True)])
def test_a_table_of_twelve_rows_never_breaks_even_where_that_would_fill_a_hole(
    n_rows: int, may_break: bool
) -> None:
    rows = [(f"Initiative {i}", "1") for i in range(n_rows)]
    [block] = print_model(document_of(notebook(shown(table(rows=rows)))))["blocks"]
    assert (n_rows >= sum(block["rows_kept"])) is may_break


@pytest.mark.slow
def test_the_source_of_a_table_that_fits_a_page_stays_with_it() -> None:
    # It did not in a profile of 17 initiatives whose list of bodies filled its first page.
    rows = [(f"Bureau {i}", "1") for i in range(14)]
    for n_lines in range(10, 26):
        before = prose("# Début\n\n" + "\n".join(f"- ligne {i}" for i in range(n_lines)))
        pages = pages_of(of(before, shown(table(rows=rows)), brief=True))
        [page] = [page for page in pages if "Source : Données" in page.replace("\u00a0", " ")]
        assert "Bureau 13" in page, n_lines


def test_the_colophon_of_a_brief_document_is_on_one_page() -> None:
    # With 32 to 34 rows before it, its citation moved alone to another page.
    for n_rows in range(31, 36):
        rows = [(f"Initiative {i}", "1") for i in range(n_rows)]
        last = pages_of(of(shown(table(rows=rows)), brief=True))[-1]
        assert "Comment citer" in last
        assert "À propos de ce document" in last.replace("\u00a0", " ")


def test_letters_are_drawn_even_if_the_kept_font_files_are_deleted(
    document: dict[str, Any], pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Typst does not report a missing font file: the page had no letters, and nothing failed.
    monkeypatch.setattr(pdf_module, "LOADED", [])
    pdf_module.loaded_fonts()
    for path in Path(pdf_module.LOADED[0][0].name).iterdir():
        path.unlink()
    assert render_pdf(document) == pdf


def test_the_pdf_has_no_pdfua_finding(pdf: bytes, tmp_path: Any) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf)
    assert list(pdfua.validate(str(tmp_path / "report.pdf")).findings) == []


def test_headings_are_never_empty_and_skip_no_level(tagged: Tagged) -> None:
    headings = [(role, text) for role, text in tagged if re.fullmatch(r"H\d", role)]
    assert all(text.strip() for _, text in headings)
    levels = [int(role[1]) for role, _ in headings]
    assert all(deeper <= level + 1 for level, deeper in zip([0, *levels], levels, strict=False))


def test_the_same_document_gives_the_same_bytes(document: dict[str, Any], pdf: bytes) -> None:
    assert render_pdf(document) == pdf


def test_the_pdf_has_its_metadata_and_embedded_fonts(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang) == "fr-CA"
        assert metadata["dc:title"].startswith("Portrait 2025. L’adoption")
        assert metadata["dc:description"].startswith(BANNER.replace(" :", "\u00a0:"))
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["xmp:CreateDate"].startswith("2026-01-27")
        fonts = [font for page in opened.pages for font in page.resources.get("/Font", {}).values()]
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)


def test_chapters_are_bookmarks_with_their_numbers(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        titles = [item.title.replace("\u00a0", " ") for item in outline.root]
    assert "1 Volume" in titles
    assert "Annexe A Annexe" in titles


def test_the_banner_is_on_every_page_and_is_read_aloud_once_at_the_start(pdf: bytes, tagged: Tagged) -> None:
    pages = pages_of(pdf)
    wanted = squeezed(BANNER)
    assert all(squeezed(page).count(wanted) >= 1 for page in pages)
    assert [squeezed(text) for text in tagged.roles("P")].count(wanted) == 1
    first_role, first_text = next((role, text) for role, text in tagged if role != "Document")
    assert (first_role, squeezed(first_text)) == ("P", wanted)


def test_marked_content_and_parent_tree_agree_once_the_banner_is_tagged(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tree = pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree)
        for page in opened.pages:
            marks = {int(m) for m in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())}
            parents = tree[int(page.StructParents)]
            assert marks == set(range(len(parents)))
        banner = tree[int(opened.pages[0].StructParents)][-1]
        assert (str(banner.S), banner.Pg.objgen) == ("/P", opened.pages[0].obj.objgen)


def test_official_rows_have_no_banner() -> None:
    assert "reconstitu" not in "".join(pages_of(of(prose("# Volume\n\nTexte."))))


def test_first_cells_are_row_headings(tagged: Tagged) -> None:
    assert "Santé" in tagged.roles("TH")
    assert "95" in tagged.roles("TD")


def test_the_caption_of_a_table_is_its_first_element_and_that_of_a_figure_is_beside_it() -> None:
    cells = prose("# Volume\n\nVoir [](#fig-volume) et [](#tab-status)."), shown(figure()), shown(table())
    with pikepdf.open(io.BytesIO(of(*cells))) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        parents = [str(each.P.S) for each in elements if each.S == "/Caption"]
        [first] = [each.K[0].S for each in elements if each.S == "/Table"]
    assert sorted(parents) == ["/Div", "/Table"]
    assert first == "/Caption"


def test_a_table_without_row_headings_has_none_in_the_pdf() -> None:
    tags = Tagged(of(shown(table(row_header=False))))
    assert "Santé" in tags.roles("TD")
    assert "Santé" not in tags.roles("TH")


def test_figures_have_their_alternative_text(pdf: bytes) -> None:
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [
            str(item.Alt)
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert "Un rectangle qui montre 27 initiatives." in found


def test_headings_are_repeated_on_each_page_of_a_long_table(pdf: bytes) -> None:
    pages = [page for page in pages_of(pdf) if re.search(r"Initiative \d+ nom", page)]
    assert len(pages) >= 3
    assert all("Portefeuille" in page for page in pages)


def test_a_table_over_its_print_limit_is_replaced_by_its_notice(pdf: bytes) -> None:
    text = "".join(pages_of(pdf))
    assert "jamais imprimé" not in text
    assert "https://exemple.org/annexe" in text


def test_pages_have_their_number_and_the_number_of_pages(pdf: bytes) -> None:
    pages = pages_of(pdf)
    for position, page in enumerate(pages[1:], start=2):
        assert f"Page {position} de {len(pages)}" in page.replace("\u00a0", " ")


def test_the_notice_is_printed_once_and_each_page_repeats_only_title_number_and_banner() -> None:
    notice = "Ni approuvée ni revue par le ministère."
    pages = pages_of(of(prose("# Volume\n\nTexte.\n\n# Statuts\n\nTexte.\n"), notices=[{"markdown": notice}]))
    assert squeezed("".join(pages)).count(squeezed(notice)) == 1
    assert all(squeezed("Portrait 2025") in squeezed(page) for page in pages[1:])


def test_no_line_runs_past_the_margin(pdf: bytes) -> None:
    margin = (612 + TEXT_WIDTH) / 2
    ends = [(mark.right, mark.text) for page in Layout(pdf).pages for mark in page if mark.text]
    assert max(end for end, _ in ends) > margin - 60
    assert [text for end, text in ends if end > margin + 1] == []


def test_an_address_breaks_across_lines_and_is_copied_letter_by_letter() -> None:
    address = f"https://exemple.org/{'jeu-de-donnees-constitutionnellement/' * 8}"
    checksum = "0123456789abcdef" * 8
    citation = {"markdown": f"PROJET PORTRAIT, [{address}]({address})."}
    pdf = of(prose(f"Voir {address} ici."), colophon=[["Empreinte", checksum]], citation=citation)
    text = "".join(pages_of(pdf))
    assert not {"\u200b", "\u00ad", "\u2010"} & set(text)
    unbroken = text.replace("\n", "")
    assert unbroken.count(address) >= 2
    assert checksum in unbroken
    assert checksum not in text  # it is broken
    assert any(address in spoken for _, spoken in Tagged(pdf))


def test_a_character_that_no_font_has_is_written_as_its_code_point_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        text = " ".join(
            pages_of(of(prose("{eval}`x`", f"{NO_FONT_HAS}\u202ez"), shown(table(rows=[("人", "1")]))))
        )
    assert "[U+1F512]" in text
    assert text.count("[U+4EBA]") == 2
    assert "U+1F512 (LOCK)" in caplog.text


def test_a_character_of_a_picture_that_no_font_has_is_written_as_its_code_point() -> None:
    bundle = figure(label="clé 🔒")
    assert "[U+1F512]" in " ".join(pages_of(of(shown(bundle))))


def test_a_warning_of_typst_stops_the_publication(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = pdf_module.print_model

    def with_unknown_face(document: dict[str, Any]) -> dict[str, Any]:
        return {**model(document), "sans": ["No Such Face"]}

    monkeypatch.setattr(pdf_module, "print_model", with_unknown_face)
    with pytest.raises(PublicationError, match="no such face"):
        render_pdf(document)


def test_a_picture_that_typst_cannot_read_stops_the_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    model = pdf_module.print_model

    def with_broken_picture(document: dict[str, Any]) -> dict[str, Any]:
        made = model(document)
        [drawn] = [each for each in made["blocks"] if each["type"] == "figure"]
        drawn["svg"] = "<svg"
        return made

    monkeypatch.setattr(pdf_module, "print_model", with_broken_picture)
    with pytest.raises(PublicationError, match=r"Typst could not compile the document: .*SVG .*Report it"):
        of(shown(figure()))


@pytest.mark.parametrize("language", ["fr-CA", "en-CA"])
def test_a_report_with_only_front_matter_is_published(language: str) -> None:
    assert pages_of(of(language=language))


def page_with(text: str, pages: list[str]) -> str:
    return next(page for page in pages if text in page)


def filling(n_lines: int) -> str:
    return "# Volume\n\n" + "\n\n".join("Ligne." for _ in range(n_lines))


@pytest.mark.parametrize("n_lines", range(31, 38))
def test_no_heading_is_alone_at_the_end_of_a_page(n_lines: int) -> None:
    pages = pages_of(of(prose(f"{filling(n_lines)}\n\n## Sous-titre\n\nDébut du texte.")))[2:]
    assert "Début du texte" in page_with("Sous-titre", pages)


@pytest.mark.parametrize("n_lines", range(31, 38))
def test_no_caption_is_alone_at_the_end_of_a_page(n_lines: int) -> None:
    rows = [(f"Rangée {i}", str(i)) for i in range(60)]
    long_table = shown(table("tab-long", rows=rows, caption="Longue légende"))
    pages = pages_of(of(prose(filling(n_lines)), long_table))[2:]
    assert "Rangée 0" in page_with("Longue légende", pages)


def test_a_chapter_follows_another_where_the_page_has_room_for_its_opening() -> None:
    chapter = "# Croissance\n\nRien à mesurer.\n\nRien non plus à suivre."
    begun_with = [
        "Croissance" in page_with("Ligne.", pages_of(of(prose(filling(n)), prose(chapter, cell="last")))[2:])
        for n in (12, 22)
    ]
    assert begun_with == [True, False]


def test_cells_that_keep_rows_together_are_not_in_the_tags(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        rows = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TR"
        ]
        assert {len(row.K) for row in rows} == {2}


def test_a_chapter_with_a_finding_sets_it_apart_from_its_name_and_keeps_it_whole_in_the_tags() -> None:
    document = document_of(notebook(prose("# Volume : {eval}`x`\n\nTexte.", "54 de plus")))
    [heading, _] = print_model(document)["blocks"]
    assert [node["text"] for node in heading["opening"]] == ["Volume\u00a0:"]
    assert "".join(node["text"] for node in heading["finding"]) == "54\u00a0de plus"
    assert squeezed("1Volume:54deplus") in [
        squeezed(text) for text in Tagged(render_pdf(document)).roles("H1")
    ]


def test_no_line_of_print_ends_between_a_day_and_its_month() -> None:
    document = document_of(
        notebook(prose("# Volume\n\nLe {eval}`p.year(day)`, puis le 1er mai.", "15 juin 2026"))
    )
    _, paragraph = print_model(document)["blocks"]
    assert plain(paragraph["content"]) == "Le 15\xa0juin 2026, puis le 1er\xa0mai."


def test_no_line_ends_between_a_part_and_its_whole() -> None:
    document = document_of(notebook(prose("Sans statut : 42 sur 409, une sur 9; 42 of 409.")))
    [paragraph] = print_model(document)["blocks"]
    assert plain(paragraph["content"]).endswith("42\xa0sur\xa0409, une sur 9; 42\xa0of\xa0409.")


def test_no_line_of_prose_ends_between_a_number_and_its_noun_or_in_a_short_bracket() -> None:
    document = document_of(
        notebook(prose("En 2025 aussi, **26** initiatives, 1 478 de plus (12 % du tout)."))
    )
    [paragraph] = print_model(document)["blocks"]
    said = "En 2025 aussi, 26\xa0initiatives, 1\xa0478\xa0de plus (12\xa0%\xa0du\xa0tout)."
    assert plain(paragraph["content"]) == said


def test_no_line_of_print_ends_within_a_pair_of_acronyms() -> None:
    said = (f"{'m' * n} pesés selon leur rareté dans les textes (TF-IDF)." for n in range(1, 25))
    lines = "\n".join(pages_of(of(prose("\n\n".join(said))))).splitlines()
    assert not [line for line in lines if line.rstrip().endswith("TF-")]


def test_the_cover_says_its_source_and_first_notice_and_the_colophon_the_rest() -> None:
    notices = [{"markdown": "Ni approuvée ni revue."}, {"markdown": "Données ouvertes."}]
    written = of(prose("# Volume\n\nTexte."), notices=notices, updated="Mise à jour : 3 mai 2026")
    pages = [squeezed(page) for page in pages_of(written)]
    assert squeezed("Projet Portrait · Mise à jour : 3 mai 2026") in pages[0]
    assert squeezed("Ni approuvée ni revue.") in pages[0]
    assert squeezed("Données Québec") in pages[0]
    assert squeezed("Données ouvertes.") not in pages[0]
    assert squeezed("Données ouvertes.") in pages[1]


def test_the_dots_of_all_initiatives_are_the_figure_of_the_cover_and_of_no_other_page() -> None:
    marks = dots([Block("Santé", "9", (("ink", 9),))], []).content()
    document = document_of(
        notebook(
            prose("# Volume\n\nVoir [](#fig-volume)."),
            shown(figure(marks=marks, note="Un point par ligne.")),
        )
    )
    pdf = render_pdf(document)
    cover, *others = [squeezed(page) for page in pages_of(pdf)]
    for words in ("Figure1:Initiativesdéclarées", "Santé9", "Unpointparligne.", "DonnéesQuébec."):
        assert squeezed(words) in cover
    assert not any(squeezed("Santé9") in page for page in others)
    [caption] = Tagged(pdf).roles("Caption")
    assert squeezed(caption) == squeezed("Figure1:Initiativesdéclarées")


def test_the_paragraph_above_the_tiles_is_on_the_cover_in_the_place_of_the_finding() -> None:
    tiles = prose("- **8** initiatives", cell="tile", tags=("tiles",))
    title, story = prose("# Volume : on compte", cell="title"), prose("Deux organismes en déclarent huit.")
    for cells, (on_cover, inside) in (
        ((title, story, tiles), (True, False)),
        ((title, story), (False, True)),
    ):
        cover, *others = [squeezed(page) for page in pages_of(of(*cells))]
        told = squeezed("Deux organismes en déclarent huit.")
        assert (told in cover, any(told in page for page in others)) == (on_cover, inside)
        assert (squeezed("On compte") in cover) != on_cover


def test_the_cover_sets_name_and_subject_on_lines_of_their_own_without_a_period() -> None:
    model = print_model(document_of(notebook(prose("# Volume"), title="Portrait 2025. L’IA à l’œuvre")))
    assert [line["text"] for [line] in model["title_lines"]] == ["Portrait 2025", "L’IA à l’œuvre"]
    assert model["title"] == "Portrait 2025. L’IA à l’œuvre"


def test_columns_share_what_their_cells_leave_of_half_the_page_and_take_the_full_width_at_most() -> None:
    document = document_of(
        notebook(
            shown(table(rows=[("Santé", "95")]), cell="t1"),
            shown(table("tab-wide", rows=[["Bureau " * 12 + "x" * 40] * 2], align=["l", "l"]), cell="t2"),
        )
    )
    narrow, full = print_model(document)["blocks"]
    cells = [narrow["columns"], *narrow["rows"]]
    asked = column_widths(cells, narrow["align"], available=484, most=250, em=8.5, inset=6)
    assert narrow["is_narrow"]
    more = (234 - sum(asked)) / 2
    assert [round(width) for width in narrow["widths"]] == [round(width + more) for width in asked]
    assert (full["is_narrow"], round(sum(full["widths"]))) == (False, 484)


@pytest.mark.parametrize(("brief", "width"), [(True, 484), (False, 234)])
def test_the_list_of_a_profile_is_as_wide_as_the_page(brief: bool, width: float) -> None:
    rows = [("Aide à la rédaction des réponses", "Bureau des essais"), ("Tri", "Régie")]
    listed = table("tab-initiatives", rows=rows, align=["l", "l"], file_rows=[2, 3])
    made = document_of(notebook(prose("# Volume"), shown(listed, cell="t"), brief=brief))
    [shown_list] = (block for block in print_model(made)["blocks"] if block["type"] == "table")
    assert round(sum(shown_list["widths"])) == width


def test_a_model_is_measured_the_same_after_another_one(tmp_path: Path) -> None:
    short, long = (
        print_model(document_of(notebook(prose("# Volume\n\n{eval}`x`\n\n## Suite", SENTENCE * n, cell="a"))))
        for n in (1, 40)
    )
    (tmp_path / "kept").mkdir()
    kept = pdf_module.Press(tmp_path / "kept")
    first, second, again = (kept.places(model) for model in (short, long, short))
    (tmp_path / "fresh").mkdir()
    assert second == pdf_module.Press(tmp_path / "fresh").places(long)
    assert again == first
    assert second[END].y > first[END].y


def test_a_blank_above_a_table_at_the_foot_of_a_page_is_measured(tmp_path: Path) -> None:
    cells = (prose("# Volume\n\n[](#tab-status)"), shown(table(rows=[("Initiative", "1")] * 9)))
    model = print_model(document_of(notebook(*cells)))
    keyed = [{**block, "key": str(n)} for n, block in enumerate(model["blocks"])]
    in_text, at_foot = (
        pdf_module.Press(tmp_path).places({**model, "blocks": laid_out(keyed, {"tab-status": choice})})[END]
        for choice in (IN_TEXT, AT_FOOT)
    )
    assert (in_text.last_page, in_text.height) == (0, 0)
    assert at_foot.last_page == 1
    assert 350 < at_foot.height < 450  # of 650, without an opening and a table of ten lines


@pytest.mark.parametrize("is_close", [False, True])
@pytest.mark.parametrize("choice", [IN_TEXT, AFTER_CALL, AT_FOOT])
def test_a_box_of_the_height_of_a_figure_or_table_has_the_same_places(
    choice: int, is_close: bool, tmp_path: Path
) -> None:
    model = print_model(
        document_of(
            notebook(
                prose("# Volume\n\n{eval}`n`\n\n[](#fig-volume), [](#tab-status)", SENTENCE * 20, cell="a"),
                shown(figure(), cell="f"),
                prose(SENTENCE * 9, cell="b"),
                shown(table(rows=[("Initiative", "1")] * 9), cell="t"),
                prose("*{eval}`y`* " + SENTENCE, SENTENCE * 20, cell="c"),
            )
        )
    )
    keyed = [{**block, "key": str(n)} for n, block in enumerate(model["blocks"])]
    ready = [{**block, "is_close": is_close} for block in keyed]
    chosen = {**model, "blocks": laid_out(ready, dict.fromkeys(("fig-volume", "tab-status"), choice))}
    (tmp_path / "kept").mkdir()
    kept = pdf_module.Press(tmp_path / "kept")
    kept.places({**model, "blocks": laid_out(keyed, {})})
    (tmp_path / "fresh").mkdir()
    drawn = pdf_module.Press(tmp_path / "fresh").places(chosen)
    kept.places(chosen)  # in which a table has its caveat for the first time
    boxed = kept.places(chosen)
    names = sorted(drawn.keys() & {END, *(block.get("id", block["key"]) for block in keyed)})
    assert {"fig-volume", "tab-status", END} < {*names}
    assert [boxed[name] for name in names] == [pytest.approx(drawn[name]) for name in names]


def test_a_narrow_table_is_measured_again_below_a_caveat_that_takes_the_place_of_its_notes(
    tmp_path: Path,
) -> None:
    def model(caveat: str) -> dict[str, Any]:
        text = prose(f"# Volume\n\nChapeau.\n\nUne phrase.{caveat}")
        noted = shown(table(rows=[("Initiative", "1")] * 9, note="Une note. " * 9))
        made = print_model(document_of(notebook(text, noted, prose("## Suite\n\nCorps.", cell="b"))))
        return {**made, "blocks": laid_out(made["blocks"], {})}

    (tmp_path / "kept").mkdir()
    kept = pdf_module.Press(tmp_path / "kept")
    kept.places(model(""))
    measured = kept.places(model(f"\n\n*Réserve.* {'Une limite. ' * 30}"))
    (tmp_path / "fresh").mkdir()
    drawn = pdf_module.Press(tmp_path / "fresh").places(model(f"\n\n*Réserve.* {'Une limite. ' * 30}"))
    assert measured["s-suite"].y == pytest.approx(drawn["s-suite"].y)


def test_a_sheet_has_every_cell_of_its_list_in_a_table() -> None:
    listed = table(
        "tab-t",
        columns=["Initiative", "Statut", "Description", "Bénéfices"],
        align=["l"] * 4,
        rows=[
            (f"Outil {n}", "En production", f"Trier {n} demandes.", f"Gain {n}.")
            for n in ("A", "B", "W" * 17)
        ],
        n_texts=2,
    )
    document = document_of(notebook(prose("# Volume"), shown(listed, cell="t"), brief=True))
    fitted = fit_to_pages(document)
    assert [block.get("is_sheet", False) for block in fitted["blocks"]] == [False, True]
    pdf = render_pdf(document)
    assert missing(document, pdf) == untagged(document, pdf) == []
    assert len(Tagged(pdf).roles("Table")) == 1
    assert Layout(pdf).long_lines() == []
