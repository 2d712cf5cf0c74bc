"""An executed notebook becomes a document, or an error that names the cell to fix."""

from __future__ import annotations

import json
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output

from portrait.document.markdown import plain, without_claims
from portrait.document.model import document_of
from portrait.document.numbering import refuse_unmentioned
from portrait.document.refusal import PublicationError
from portrait.figures.marks import Block, dots
from portrait.storage.media_types import REGISTER, TABLE
from tests.document.notebooks import Notebook, figure, notebook, prose, shown, table

N = "\u00a0"
HOSTILE = (
    "[clic](https://exemple.org)",
    "*A*",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "{eval}`x`",
    "#eval",
    "=1+1",
    "a | b",
    "# Titre",
    "[^1]",
    "![i](http://e.org/x.png)",
    "[](#fig-volume)",
    "&lt;b&gt;",
)


def blocks(*cells: Notebook, language: str = "fr-CA") -> list[dict[str, Any]]:
    return document_of(notebook(*cells, language=language))["blocks"]


def content(markdown: str, *values: str) -> list[dict[str, Any]]:
    (paragraph,) = blocks(prose(markdown, *values))
    assert paragraph["type"] == "paragraph"
    return without_claims(paragraph["content"])


def refusal(*cells: Notebook) -> str:
    with pytest.raises(PublicationError) as refused:
        document_of(notebook(*cells))
    return str(refused.value)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_whatever_it_holds(value: str) -> None:
    assert content("Le nom {eval}`p.text(name)` ici.", value) == [
        {"type": "text", "text": f"Le nom {value} ici."}
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_in_a_heading_a_list_and_a_table(value: str) -> None:
    heading, items, cells = blocks(
        prose("# Le nom {eval}`a`\n\n- {eval}`b`\n\n| x | y |\n|---|---|\n| {eval}`c` | 2 |", *[value] * 3)
    )
    assert heading["text"] == f"Le nom {value}"
    assert without_claims(items["items"][0][0]["content"]) == [{"type": "text", "text": value}]
    [[first, second]] = cells["rows"]
    assert without_claims(first) == [{"type": "text", "text": value}]
    assert second == [{"type": "text", "text": "2"}]


def test_a_value_is_marked_with_its_claim() -> None:
    (paragraph,) = blocks(prose("Soit {eval}`n` en tout.", "258", cell="volume"))
    assert paragraph["content"] == [
        {"type": "text", "text": "Soit "},
        {
            "type": "claim",
            "text": "258",
            "quotes": False,
            "claim": "volume-1",
            "part": 0,
            "value": '"258"',
            "entry": "number-0",
            "is_date": False,
        },
        {"type": "text", "text": " en tout."},
    ]


def test_a_value_loses_marks_that_turn_the_text_around() -> None:
    assert content("{eval}`x`", "a\u202eb\nc") == [{"type": "text", "text": "ab c"}]


def test_a_value_keeps_its_apostrophe_and_prose_gets_the_typographic_one() -> None:
    assert content("C'est {eval}`x` %.", "d'ici 54")[0]["text"] == f"C’est d'ici 54{N}%."


def test_values_may_stand_in_emphasis_links_and_notes() -> None:
    found = content(
        "*{eval}`a`* [{eval}`b`]({eval}`url`)[^n]\n\n[^n]: Note {eval}`c`.",
        "un",
        "deux",
        "https://exemple.org/é",
        "trois",
    )
    assert found == [
        {"type": "emphasis", "content": [{"type": "text", "text": "un"}]},
        {"type": "text", "text": " "},
        {
            "type": "link",
            "url": "https://exemple.org/%C3%A9",
            "content": [{"type": "text", "text": "deux"}],
        },
        {"type": "footnote", "content": [{"type": "text", "text": "Note trois."}], "number": 1},
    ]


def test_a_value_cannot_make_a_link_run_code() -> None:
    cell = prose("[clic]({eval}`url`)", "javascript:alert(1)")
    assert "annual.ipynb, cell prose: it has a link to 'javascript:alert(1)'" in refusal(cell)


def test_raw_html_is_text() -> None:
    assert content("avant <b>gras</b> après") == [{"type": "text", "text": "avant <b>gras</b> après"}]
    (paragraph,) = blocks(prose("<div onclick='x'>bloc</div>"))
    assert paragraph["content"] == [{"type": "text", "text": "<div onclick='x'>bloc</div>"}]


def test_an_expression_inside_code_stays_as_typed() -> None:
    assert content("On écrit `` {eval}`x` ``.")[1] == {"type": "code", "text": "{eval}`x`"}


def test_lines_of_a_paragraph_are_joined_where_no_break_is_typed_and_a_rule_is_kept() -> None:
    paragraph, rule = blocks(prose("Un\ndeux  \ntrois\n\n---"))
    assert paragraph["content"] == [
        {"type": "text", "text": "Un deux"},
        {"type": "break"},
        {"type": "text", "text": "trois"},
    ]
    assert rule == {"type": "rule"}


def test_an_expression_that_was_not_evaluated_stops_the_publication() -> None:
    message = refusal(prose("On compte {eval}`n`.", cell="volume-fr"))
    assert "annual.ipynb, cell volume-fr" in message
    assert "--engine portrait" in message


def test_a_bare_number_is_refused_because_nobody_formatted_it() -> None:
    cell = prose("On compte {eval}`n`.", "1818")
    cell.metadata["user_expressions"][0]["result"]["data"] = {"text/plain": "1818"}
    assert "{eval}`n`" in refusal(cell)


def test_an_expression_that_failed_is_refused_with_its_cell() -> None:
    cell = prose("On compte {eval}`n`.", "1818", cell="volume-fr")
    cell.metadata["user_expressions"][0]["result"] = {"status": "error", "ename": "NameError"}
    assert "annual.ipynb, cell volume-fr: {eval}`n` gave no value. Fix the expression" in refusal(cell)


def test_an_expression_that_cannot_be_read_is_refused_with_its_line() -> None:
    cell = prose("On compte\n{eval}`n`.", "1818", cell="volume-fr")
    cell.metadata["portrait"]["source"] = "On compte\n{eval}`n +`."
    assert "annual.ipynb, cell volume-fr, line 2: " in refusal(cell)
    assert "Fix the expression and run the notebook again." in refusal(cell)


@pytest.mark.parametrize(
    ("markdown", "named"),
    [
        (":::{note}\nx\n:::", "directive"),
        ("```{note}\nx\n```", "directive"),
        ("{ref}`x`", "role {ref}"),
        ("![image](https://exemple.org/x.png)", "image"),
        ("#### trop profond", "level 4"),
        ("[x](données.csv)", "a link to"),
        ("[x](javascript:alert(1))", "a link to"),
        ("perdu[^1]", "[^1]"),
        ("a[^1]\n\n[^1]: Une note.\n\n    - x\n", "the footnote [^1] has a list"),
        ("a[^1]\n\n[^1]: Une note.\n\n    > x\n", "the footnote [^1] has a quote"),
        ("a[^1]\n\n[^1]: Une note[^2].\n\n[^2]: Une autre.\n", "the footnote [^2] is inside another"),
        ("a[^1], b[^1]\n\n[^1]: Une note.\n", "the footnote [^1] is referenced twice"),
        ("voir [](#fig-absente)", "#fig-absente"),
        ("voir [ici](#nulle-part)", "#nulle-part"),
        ("## sans chapitre", "skips"),
    ],
)
def test_what_cannot_be_carried_is_refused_with_its_cell(markdown: str, named: str) -> None:
    message = refusal(prose(markdown, cell="c7"))
    assert "cell c7" in message
    assert named in message


def test_headings_are_numbered_annexes_by_letters_and_some_not_at_all() -> None:
    found = document_of(
        notebook(
            prose("# Avant-propos\n\nTexte.", tags=("unnumbered",), cell="a"),
            prose("# Volume\n\n## Total\n\n## Par organisme", cell="b"),
            prose("# Maturité\n\n## Total\n\n## Par organisme", cell="c"),
            prose("# Initiatives\n\n## Liste\n\n## Noms", tags=("annex",), cell="d"),
            prose("# Méthode\n\nTexte.", tags=("annex",), cell="e"),
        )
    )["contents"]
    assert [(entry["number"], entry["text"]) for entry in found] == [
        (None, "Avant-propos"),
        ("1", "Volume"),
        ("1.1", "Total"),
        ("1.2", "Par organisme"),
        ("2", "Maturité"),
        ("2.1", "Total"),
        ("2.2", "Par organisme"),
        (f"Annexe{N}A", "Initiatives"),
        ("A.1", "Liste"),
        ("A.2", "Noms"),
        (f"Annexe{N}B", "Méthode"),
    ]
    assert [found[place]["id"] for place in (2, 5, 10)] == ["s-total", "s-total-2", "s-methode"]


def test_a_section_has_a_number_even_if_it_is_alone_in_its_chapter() -> None:
    found = document_of(
        notebook(
            prose("# Volume\n\n## Total\n\n### Par mois\n\n### Par jour", cell="a"),
            prose("# Maturité\n\n## Total\n\n### Par mois\n\n## Passages", cell="b"),
        )
    )["contents"]
    assert [(entry["number"], entry["text"]) for entry in found] == [
        ("1", "Volume"),
        ("1.1", "Total"),
        ("1.1.1", "Par mois"),
        ("1.1.2", "Par jour"),
        ("2", "Maturité"),
        ("2.1", "Total"),
        ("2.1.1", "Par mois"),
        ("2.2", "Passages"),
    ]


def test_a_chapter_has_the_first_of_its_headings_and_its_name_runs_without_the_finding() -> None:
    found = document_of(
        notebook(
            prose("# Ce qui a changé : une hausse", cell="a"),
            prose("# Ce qui a changé", cell="b"),
            prose("Texte.", cell="c"),
            prose("# Qui déclare", cell="d"),
            prose("Texte.", cell="e"),
        )
    )
    headings = [block for block in found["blocks"] if block["type"] == "heading"]
    shown = [("1", f"Ce qui a changé{N}: une hausse", "Ce qui a changé"), ("2", "Qui déclare", "Qui déclare")]
    assert [(each["number"], each["text"], each["name"]) for each in headings] == shown
    assert [each["id"] for each in headings] == ["s-ce-qui-a-change", "s-qui-declare"]


def test_a_continued_cell_goes_on_with_the_paragraph_before_it_and_with_nothing_else() -> None:
    found = blocks(
        prose("Un.", cell="a"),
        prose("Deux.", tags=("continued",), cell="b"),
        prose("- Trois.", cell="c"),
        prose("Quatre.", tags=("continued",), cell="d"),
        prose("1. Cinq.", cell="e"),
        prose("1. Six.", tags=("continued",), cell="f"),
    )
    assert [block["type"] for block in found] == ["paragraph", "list", "paragraph", "list"]
    assert [len(found[place]["items"]) for place in (1, 3)] == [1, 2]
    assert "".join(node["text"] for node in found[0]["content"]) == "Un. Deux."


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr-CA", f"Figure{N}1 et tableau{N}1."), ("en-CA", f"Figure{N}1 et Table{N}1.")],
)
def test_references_say_what_they_point_to(language: str, expected: str) -> None:
    paragraph = blocks(
        prose("[](#fig-volume) et [](#tab-status)."),
        shown(figure(), cell="f"),
        shown(table(), cell="t"),
        language=language,
    )[0]["content"]
    assert "".join(n.get("text") or n["content"][0]["text"] for n in paragraph) == expected
    assert [n["url"] for n in paragraph if n["type"] == "link"] == ["#fig-volume", "#tab-status"]


def test_a_reference_to_a_table_leads_to_the_figure_of_its_name_where_it_is_alone() -> None:
    drawn = shown(figure("fig-status"), cell="f")
    paragraph = blocks(prose("Voir [](#tab-status)."), drawn)[0]["content"]
    assert "".join(n.get("text") or n["content"][0]["text"] for n in paragraph) == f"Voir figure{N}1."
    assert [n["url"] for n in paragraph if n["type"] == "link"] == ["#fig-status"]
    both = blocks(prose("Voir [](#tab-status) et [](#fig-status)."), drawn, shown(table(), cell="t"))
    assert [n["url"] for n in both[0]["content"] if n["type"] == "link"] == ["#tab-status", "#fig-status"]


@pytest.mark.parametrize("first", ["fig-maturity", "fig-lost"])
def test_a_reference_leads_to_the_first_of_its_targets_that_the_document_has(first: str) -> None:
    shown_both = (shown(figure("fig-maturity"), cell="f"), shown(table(), cell="t"))
    paragraph = blocks(prose(f"Voir [](#{first},tab-status)."), *shown_both)[0]["content"]
    found = {"fig-maturity": ("#fig-maturity", f"figure{N}1"), "fig-lost": ("#tab-status", f"tableau{N}1")}
    assert [(n["url"], n["content"][0]["text"]) for n in paragraph if n["type"] == "link"] == [found[first]]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr-CA", f"Tableau{N}tab-status et figure{N}1. Voir la figure{N}fig-maturity."),
        ("en-CA", f"Table{N}tab-status et Figure{N}1. Voir la Figure{N}fig-maturity."),
    ],
)
def test_a_chapter_alone_names_figures_of_other_chapters_by_identifier(language: str, expected: str) -> None:
    sentence = prose("[](#tab-status) et [](#fig-volume). Voir la [](#fig-maturity).")
    chapter = notebook(sentence, shown(figure(), cell="f"), language=language, name="annual/02-change.ipynb")
    content = document_of(chapter)["blocks"][0]["content"]
    assert "".join(n.get("text") or n["content"][0]["text"] for n in content) == expected
    assert [n["url"] for n in content if n["type"] == "link"] == ["#fig-volume"]


@pytest.mark.parametrize(
    ("name", "tags", "numbers"),
    [
        ("annual/06-safeguards.ipynb", (), ["6", "6.1", "6.2"]),
        ("annual/13-definitions.ipynb", ("annex",), [f"Annexe{N}C", "C.1", "C.2"]),
        ("portfolio.ipynb", (), ["1", "1.1", "1.2"]),
    ],
)
def test_a_chapter_alone_is_numbered_by_its_file_name(
    name: str, tags: tuple[str, ...], numbers: list[str]
) -> None:
    chapter = notebook(prose("# Maturité\n\n## Total\n\n## Passages", tags=tags), name=name)
    assert [entry["number"] for entry in document_of(chapter)["contents"]] == numbers


def test_a_chapter_with_nothing_to_say_has_no_heading_and_no_number() -> None:
    found = document_of(
        notebook(
            prose("# Volume", cell="a"), prose("# Maturité\n\nTexte.", cell="b"), prose("# Fin", cell="c")
        )
    )["contents"]
    assert [(entry["number"], entry["text"]) for entry in found] == [("1", "Maturité")]


@pytest.mark.parametrize(
    ("language", "note"),
    [("fr-CA", "Le registre se remplit quand"), ("en-CA", "The register is filled when")],
)
def test_the_register_of_a_chapter_alone_says_when_it_is_filled(language: str, note: str) -> None:
    register = {REGISTER: table("tab-claims-register", rows=(), columns=[*"abcd"], align=[*"llll"])[TABLE]}
    alone = notebook(shown(register), language=language, name="annual/18-claims.ipynb")
    [empty] = document_of(alone)["blocks"]
    assert empty["note"].startswith(note)
    [filled] = [each for each in blocks(prose("{eval}`n`", "54"), shown(register)) if "id" in each]
    assert (len(filled["rows"]), filled["note"]) == (1, "")


def test_two_figures_of_one_name_are_refused() -> None:
    message = refusal(shown(figure(), cell="first"), shown(figure(), cell="second"))
    assert "cell second" in message
    assert "fig-volume" in message


@pytest.mark.parametrize("part", ["alt", "caption", "source"])
def test_a_figure_without_words_is_refused(part: str) -> None:
    assert f"cell shown, fig-volume: no {part}" in refusal(shown(figure(**{part: " "})))


@pytest.mark.parametrize(
    ("bundle", "named"),
    [
        (
            table(identifier="statuts"),
            "the identifier 'statuts' is not valid. Write it as fig-name or tab-name",
        ),
        (
            table(columns=[], align=[]),
            "tab-status: the table needs columns, each with an alignment of l, r or c",
        ),
        (table(align=["l", "x"]), "tab-status: the table needs columns, each with an alignment of l, r or c"),
    ],
    ids=["identifier", "no column", "alignment"],
)
def test_a_table_that_cannot_be_laid_out_is_refused_with_its_cell(bundle: dict[str, Any], named: str) -> None:
    message = refusal(shown(bundle))
    assert "annual.ipynb, cell shown" in message
    assert named in message


def test_a_report_in_a_language_without_typography_is_refused() -> None:
    with pytest.raises(PublicationError, match=r"cell front: the language 'de-CH' is unknown\. Use fr-CA"):
        document_of(notebook(language="de-CH"))


def test_a_row_that_does_not_fit_is_refused() -> None:
    assert "row 2" in refusal(shown(table(rows=[("a", "1"), ("b",)])))


@pytest.mark.parametrize("rest", [{"after": 2, "text": "x"}, {"after": 1, "text": ""}])
def test_a_note_about_no_row_left_out_and_none_about_some_are_refused(rest: dict[str, Any]) -> None:
    assert "does not say where" in refusal(shown(table(rows=[("a", "1"), ("b", "1")], print_rest=rest)))


def test_a_note_about_the_rows_in_print_has_the_spaces_of_its_language() -> None:
    rest = {"after": 1, "text": "Une ligne est imprimée", "note": "Les autres : une."}
    [block] = blocks(shown(table(rows=[("a", "1"), ("b", "1")], print_rest=rest)))
    assert block["print_rest"]["note"] == f"Les autres{N}: une."


def test_a_table_above_its_print_limit_must_say_what_takes_its_place() -> None:
    assert "no notice" in refusal(shown(table(print_limit=1)))
    notice = {"text": "Voir la page : ", "url": "https://exemple.org"}
    block = blocks(shown(table(print_limit=1, print_notice=notice)))[0]
    assert block["print_notice"] == {"text": f"Voir la page{N}:", "url": "https://exemple.org"}
    assert blocks(shown(table(print_limit=2, print_notice=notice)))[0]["print_notice"] is None


def test_a_table_that_print_leaves_out_is_numbered_after_the_others_and_print_says_where_it_is() -> None:
    notice = {"text": "Voir la page", "url": "https://exemple.org"}
    found = blocks(
        prose("Voir ([](#tab-long)) et [](#tab-short)."),
        shown(table("tab-long", print_limit=1, print_notice=notice), cell="long"),
        shown(table("tab-short"), cell="short"),
    )
    assert [(block["id"], block["number"]) for block in found[1:]] == [("tab-long", 2), ("tab-short", 1)]
    links = [node for node in found[0]["content"] if node["type"] == "link"]
    assert [(node["url"], node["content"][0]["text"]) for node in links] == [
        ("#tab-long", f"tableau{N}2"),
        ("#tab-short", f"tableau{N}1"),
    ]
    assert [node["printed"][0]["text"] for node in links if "printed" in node] == [f"page{N}HTML"]


def test_names_in_cells_keep_their_letters_and_captions_are_set() -> None:
    block = blocks(shown(table(rows=[("Traitement d'image : x", "1")], caption="L'image : x")))[0]
    assert block["rows"][0][0] == f"Traitement d'image{N}: x"
    assert block["caption"] == f"L’image{N}: x"


def test_a_column_shown_letter_by_letter_keeps_its_spaces_too() -> None:
    block = blocks(shown(table(rows=[("Traitement d'image : x", "1")], verbatim=[0])))[0]
    assert block["rows"][0][0] == "Traitement d'image : x"


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", name="stderr", text="FutureWarning: x"),
        new_output("display_data", data={"text/html": "<script>1</script>"}),
        new_output("display_data", data={"application/javascript": "alert(1)"}),
        new_output("execute_result", data={"text/plain": "3"}, execution_count=1),
        new_output("error", ename="NameError", evalue="x", traceback=[]),
    ],
    ids=["printed", "html", "javascript", "plain", "error"],
)
def test_any_other_output_is_refused_and_an_internal_cell_left_out(output: Any) -> None:
    cell = new_code_cell("x", id="odd", outputs=[output])
    assert "annual.ipynb, cell odd" in refusal(cell)
    cell.metadata["tags"] = ["internal"]
    assert blocks(cell) == []


def test_a_cell_that_printed_only_blanks_shows_nothing() -> None:
    assert (
        blocks(new_code_cell("x", id="quiet", outputs=[new_output("stream", name="stdout", text=" \n")]))
        == []
    )


def test_a_notebook_that_was_not_run_is_refused() -> None:
    raw = notebook()
    raw.cells[0].outputs = []
    with pytest.raises(PublicationError, match="has no front matter"):
        document_of(raw)


def test_chapters_whose_front_matters_differ_are_refused() -> None:
    joined = notebook()
    joined.cells.append(notebook(title="Un autre titre").cells[0])
    with pytest.raises(PublicationError, match=r"its front matters differ\. Show the same"):
        document_of(joined)


def test_the_banner_is_in_the_description_once() -> None:
    assert document_of(notebook(banner="Reconstitué."))["description"].startswith("Reconstitué. Ce que")
    told = document_of(notebook(banner="Reconstitué.", description="Reconstitué. Oui."))
    assert told["description"] == "Reconstitué. Oui."


def test_the_document_is_json() -> None:
    document = document_of(notebook(prose("# A\n\nx"), shown(figure())))
    assert json.loads(json.dumps(document)) == document


def test_a_figure_or_a_table_that_no_sentence_refers_to_is_named() -> None:
    both = shown(figure()), shown(table(), cell="table")
    mentioned = prose("# Volume\n\nVoir la [](#fig-volume).[^a]\n\n[^a]: Et le [](#tab-status).")
    refuse_unmentioned(document_of(notebook(mentioned, *both)))
    with pytest.raises(PublicationError, match="refers to tab-status"):
        refuse_unmentioned(document_of(notebook(prose("Voir la [](#fig-volume)."), *both)))


def test_the_dots_of_the_cover_need_no_sentence_and_those_of_a_brief_document_do() -> None:
    marks = dots([Block("", "8", (("ink", 8),))], []).content()
    cells = prose("# Volume"), shown(figure("fig-dots", marks=marks), cell="dots")
    refuse_unmentioned(document_of(notebook(*cells)))
    with pytest.raises(PublicationError, match="refers to fig-dots"):
        refuse_unmentioned(document_of(notebook(*cells, brief=True)))


def test_a_list_tagged_tiles_is_drawn_as_tiles_and_goes_on_in_the_next_cell() -> None:
    written = "- **{eval}`n`** initiatives. *Un recensement.*"
    one, other = prose(written, "258", cell="total"), prose(written, "82", cell="bodies")
    one.metadata["tags"], other.metadata["tags"] = ["tiles"], ["tiles", "continued"]
    (tiles,) = blocks(one, other)
    assert tiles["tiles"] is True
    assert [without_claims(item[0]["content"])[0]["content"][0]["text"] for item in tiles["items"]] == [
        "258",
        "82",
    ]


def test_tiles_do_not_go_on_with_the_large_number_of_a_document() -> None:
    large = prose("- **{eval}`n`** initiatives", "258", cell="total", tags=("tiles", "large"))
    tile = prose("- **{eval}`n`** initiatives", "82", cell="bodies", tags=("tiles", "continued"))
    assert [(each["is_large"], len(each["items"])) for each in blocks(large, tile)] == [(True, 1), (False, 1)]


@pytest.mark.parametrize(("value", "is_long"), [("3 611", False), ("“Westlaw”", True)])
def test_a_name_in_a_tile_is_longer_than_a_number(value: str, is_long: bool) -> None:
    tile = prose("- **{eval}`n`** initiatives", value, cell="total", tags=("tiles", "large"))
    assert [each["has_long_value"] for each in blocks(tile)] == [is_long]


@pytest.mark.parametrize(("tags", "is_large"), [(["tiles", "large"], True), (["tiles"], False)])
def test_tiles_tagged_large_are_the_large_number_of_a_document(tags: list[str], is_large: bool) -> None:
    cell = prose("- **{eval}`n`** initiatives", "258")
    cell.metadata["tags"] = tags
    (tiles,) = blocks(cell)
    assert tiles["is_large"] is is_large


@pytest.mark.parametrize("source", ["Un paragraphe.", "- 258 initiatives", "- **258** a\n- b"])
def test_tiles_that_do_not_begin_with_a_value_in_bold_are_refused(source: str) -> None:
    cell = prose(source)
    cell.metadata["tags"] = ["tiles"]
    assert "tiles are a list whose items begin with a value in bold" in refusal(cell)


def test_a_paragraph_tagged_title_is_the_title_of_the_figure_after_it() -> None:
    title = prose("Il y en a {eval}`n`", "258")
    title.metadata["tags"] = ["title"]
    document = document_of(notebook(title, shown(figure())))
    (block,) = document["blocks"]
    assert without_claims(block["title"]) == [{"type": "text", "text": "Il y en a 258"}]
    assert block["caption"] == "Initiatives déclarées"
    assert document["figures"] == [{"id": "fig-volume", "number": 1, "text": "Il y en a 258"}]


def test_specimens_are_numbered_apart_and_are_in_no_list() -> None:
    cells = [shown(figure(f"fig-{n}", specimen=n == 1), cell=f"f{n}") for n in range(3)]
    document = document_of(notebook(prose("# Volume\n\nVoir [](#fig-1) et [](#fig-2)."), *cells))
    numbers = [block["number"] for block in document["blocks"] if block["type"] == "figure"]
    assert numbers == [1, "S1", 2]
    assert [each["id"] for each in document["figures"]] == ["fig-0", "fig-2"]
    assert "figure\u00a0S1" in plain(document["blocks"][1]["content"])


@pytest.mark.parametrize("after", [[], [prose("Un paragraphe.")]], ids=["nothing", "a paragraph"])
def test_a_title_without_its_figure_is_refused(after: list[Notebook]) -> None:
    title = prose("Un titre", cell="titre")
    title.metadata["tags"] = ["title"]
    assert "cell titre: this title is not followed by a figure or table" in refusal(title, *after)


def test_the_bars_of_a_table_are_parts_of_the_longest_one() -> None:
    (block,) = blocks(shown(table(rows=[("Santé", "95"), ("Éducation", "19")], bars=[95, 19])))
    assert block["bars"] == [1.0, 0.2]


def test_a_table_names_the_bars_of_the_rows_that_its_title_or_else_the_nearest_heading_names() -> None:
    rows = [("Santé", "95"), ("Éducation", "19"), ("Éducation physique", "9"), ("Justice", "2"), ("Art", "1")]
    texts = ("# Art : un titre", "Voir [](#tab-status).", "# Volume : la Santé en tête", "# Volume")
    texts = (*texts, "## Justice\n\n## Éducation physique")
    cells = [prose(text, cell=f"cell-{n}") for n, text in enumerate(texts)]
    title = prose("La « Santé Québec » en tête", cell="title", tags=("title",))
    bars = shown(table(rows=rows, bars=[95, 19, 9, 2, 1]))
    assert blocks(*cells, title, bars)[-1]["named"] == [0]
    assert blocks(*cells, bars)[-1]["named"] == [1, 2]
    assert blocks(*cells[:3], bars)[-1]["named"] == [0]


def test_bars_that_are_not_one_a_row_are_refused() -> None:
    assert "its bars are not one number a row" in refusal(shown(table(bars=[95])))
