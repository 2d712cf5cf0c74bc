"""What is read with the text of a page is in the margin beside it, where the margin has room."""

from __future__ import annotations

from typing import Any

from portrait.publish.margin import with_margins


def heading(number: str, level: int = 1) -> dict[str, Any]:
    return {"type": "heading", "level": level, "number": number, "content": []}


def paragraph(said: str, number: str = "") -> dict[str, Any]:
    counted = [{"type": "claim", "text": number}] if number else []
    return {"type": "paragraph", "content": [*counted, {"type": "text", "text": said}]}


def caveat(said: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "emphasis", "content": paragraph(said)["content"]}]}


def opener(*text: dict[str, Any]) -> dict[str, Any]:
    number = {"type": "list", "tiles": True, "items": [[paragraph("28 of 90.")]]}
    return {
        "type": "opener",
        "deck": paragraph("A deck."),
        "number": number,
        "is_long": False,
        "text": [*text],
    }


def glossary(*rows: list[str]) -> dict[str, Any]:
    return {"type": "table", "id": "tab-glossary", "rows": [*rows], "columns": []}


FIGURE = {"type": "figure", "id": "fig-a"}
FIRST, LAST = heading("1"), heading("A")
READ = caveat("What these data do not say.")


def beside(blocks: list[dict[str, Any]]) -> list[tuple[str, list[Any], list[Any], list[str]]]:
    """Return the kind, the text, the notes and the terms of each block that has a margin."""
    found = [block for block in blocks if "notes" in block]
    return [
        (each["type"], each["text"], each["notes"], [term for term, _ in each["terms"]]) for each in found
    ]


def test_a_caveat_is_beside_the_text_that_it_is_with_and_read_after_it():
    first, last = paragraph("One."), paragraph("Two.")
    blocks = with_margins([FIRST, heading("1.1", 2), FIGURE, READ, first, last])
    assert blocks[:3] == [FIRST, heading("1.1", 2), FIGURE]
    assert beside(blocks) == [("beside", [first, last], [READ], [])]


def test_a_caveat_of_a_figure_without_text_below_is_beside_the_text_above_in_the_same_section():
    said = paragraph("One.")
    [chapter, opened, figure] = with_margins([FIRST, opener(said), FIGURE, READ])
    assert (opened["type"], opened["text"], opened["notes"]) == ("opener", [said], [READ])
    assert [chapter, figure] == [FIRST, FIGURE]
    # Where the section has no text, it stays below the figure.
    section = [FIRST, said, heading("1.1", 2), FIGURE, READ]
    assert with_margins(section) == section


def test_a_text_without_notes_and_an_annex_stay_as_they_are():
    text = [FIRST, paragraph("One."), heading("2"), paragraph("A deck."), paragraph("Two.")]
    annex = [LAST, paragraph("Three."), READ]
    assert with_margins([*text, *annex]) == [*text, *annex]


def test_a_term_is_beside_the_first_text_after_the_highlights_that_uses_it_once():
    terms = [
        ["Active body", "Organisme actif", "One that reports."],
        ["Use case", "Usage", "One row."],
        ["Tier", "Palier", "Statut"],
    ]
    deck = paragraph(" use cases of active bodies, a tier.", "Ten")
    again = paragraph(" use cases, of an inactive body.", "Ten")
    blocks = [FIRST, paragraph("A use case."), heading("2"), deck, FIGURE, again, LAST, glossary(*terms)]
    ready = with_margins(blocks)
    # The first chapter has none; a term whose meaning is one word is told by its table alone.
    assert beside(ready) == [("opener", [], [], ["Use case", "Active body"])]
    assert (ready[3]["deck"], ready[3]["number"]) == (deck, None)
    assert ready[5] == again


def test_the_margin_has_as_many_terms_as_there_is_room_beside_the_text():
    long = "What it means, in many words. " * 12
    terms = glossary(["Body", "Organisme", long], ["Status", "Statut", "Where it stands."])
    said = paragraph(" bodies, and their status.", "Two")
    blocks = [FIRST, heading("2"), FIGURE, said, LAST, terms]
    assert [each[3] for each in beside(with_margins(blocks))] == [["Status"]]
    longer = paragraph(f" bodies, and their status. {'A word. ' * 100}", "Two")
    blocks[3] = longer
    assert [each[3] for each in beside(with_margins(blocks))] == [["Body", "Status"]]
    # The number of a chapter, and its caveats, are in the margin first.
    numbered = [FIRST, heading("2"), opener(said), LAST, terms]
    assert [each[3] for each in beside(with_margins(numbered))] == [[]]


def test_the_margin_has_three_terms_at_most():
    terms = glossary(*([f"T{place}", "", "One of them."] for place in range(5)))
    said = paragraph(f" of T4, T3, T2, T1 and T0. {'A word. ' * 200}", "One")
    blocks = with_margins([FIRST, heading("2"), FIGURE, said, LAST, terms])
    assert [each[3] for each in beside(blocks)] == [["T4", "T3", "T2"]]


def test_the_margin_has_the_terms_of_sentences_with_a_number_without_their_kind():
    terms = glossary(
        ["Benefit", "Bénéfice", "A gain that is stated."],
        ["In production", "En production", "Status: Implementation, operation."],
    )
    said = paragraph(" initiatives are in production. No total tells of their benefits.", "Ten")
    blocks = with_margins([FIRST, heading("2"), FIGURE, said, LAST, terms])
    [told] = [block["terms"] for block in blocks if "notes" in block]
    assert told == [("In production", "Implementation, operation.")]
