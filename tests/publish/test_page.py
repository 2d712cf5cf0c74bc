"""A page has its blocks in the order of reading, each figure below the text that calls it."""

from __future__ import annotations

from typing import Any

import pytest

from portrait.publish.page import after_calls, annexes, with_front, with_opening


def heading(level: int) -> dict[str, Any]:
    return {"type": "heading", "level": level, "finding": []}


def numbered() -> dict[str, Any]:
    return {"type": "list", "ordered": True, "items": [[], [], []]}


def paragraph_of(*kinds: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": kind} for kind in kinds]}


TILES = {"type": "list", "ordered": False, "tiles": True, "is_large": False, "items": [[]]}
DOTS = {"type": "figure", "id": "fig-dots", "marks": {"kind": "dots", "blocks": [], "key": [], "pitch": 7.0}}


def test_a_page_begins_with_its_lead_and_tiles_then_its_highlights_beside_its_dots():
    caveat, last = paragraph_of("emphasis", "text"), paragraph_of("text")
    blocks = [heading(1), TILES, paragraph_of("text"), numbered(), caveat, DOTS, last, heading(1), TILES]
    first = with_opening(blocks)
    assert [each["type"] for each in first] == [
        *("heading", "paragraph", "list", "opening", "paragraph"),
        *("heading", "list"),
    ]
    opening = first[3]
    assert [each["type"] for each in opening["first"]] == ["hint", "list", "doors"]
    assert opening["beside"] == [DOTS]
    assert opening["after"] == [caveat, {"type": "independence"}]
    assert first[4] is last


def test_a_profile_opens_with_its_tiles_and_a_figure_and_its_text_has_the_others_below_their_calls() -> None:
    def figure(name: str) -> dict[str, Any]:
        return {**DOTS, "id": f"fig-{name}"}

    def calling(name: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "link", "url": f"#fig-{name}", "content": []}]}

    large, text, hint = {**TILES, "is_large": True}, paragraph_of("text"), {"type": "hint"}
    front = {"type": "front", "blocks": [large, TILES]}
    uncalled, second, third = figure("uncalled"), figure("second"), figure("third")
    opens = [heading(1), large, TILES, DOTS, uncalled, second, third]
    assert with_front([*opens, text, calling("second"), calling("third"), text, heading(2)]) == [
        *(heading(1), front, DOTS, uncalled, hint, text),
        *(calling("second"), second, calling("third"), third, text, heading(2)),
    ]
    in_order = with_front([*opens, calling("third"), calling("second"), text])
    assert in_order[5:] == [calling("third"), calling("second"), second, third, text]
    assert with_front([heading(1)]) == [heading(1), hint]


def test_a_figure_of_a_page_and_its_caveat_follow_the_first_paragraph_that_refers_to_it():
    def calling(target: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "link", "url": f"#{target}", "content": []}]}

    figure, beside = ({"type": "figure", "id": each, "title": []} for each in ("fig-a", "fig-b"))
    caveat, text, bare = paragraph_of("emphasis", "text"), paragraph_of("text"), paragraph_of("text", "text")
    opens = {**heading(1), "number": "1"}
    chapter = [opens, calling("fig-a"), text, figure, caveat, bare, calling("fig-b"), beside]
    assert after_calls(chapter) == [
        *(chapter[0], chapter[1], figure, caveat, text),
        *(bare, chapter[6], beside),
    ]
    called_first = [opens, calling("fig-b"), calling("fig-a"), figure, text, beside]
    assert after_calls(called_first) == [opens, called_first[1], beside, called_first[2], figure, text]
    sections = [opens, calling("fig-b"), {**heading(2), "number": "1.1"}, text, beside]
    assert after_calls(sections) == sections
    uncalled = [opens, calling("fig-b"), text, figure]
    assert after_calls(uncalled) == uncalled
    annex = {**heading(1), "number": "A"}
    assert after_calls([annex, *chapter[1:]]) == [annex, *chapter[1:]]


def test_a_lead_does_not_repeat_the_numbers_of_the_heading_the_tiles_or_the_first_highlight():
    def sentence(text: str, *values: str) -> list[dict[str, Any]]:
        claims = [{"type": "claim", "claim": f"a-{each}", "value": each, "text": each} for each in values]
        return [{"type": "text", "text": text}, *claims]

    join = {"type": "text", "text": " "}
    known = [{"content": sentence("Up", "0.69", "2024")}, {"content": sentence("More", '"NASA"', "0.28")}]
    tiles = {**TILES, "items": [[{"type": "paragraph", "content": sentence("All", "3611", "41")}]]}
    lead = [*sentence("In", "2025", "41", "3611"), join, *sentence("Up", "0.69", "2024"), join]
    lead += [*sentence("From", '"NASA"', "0.28"), join, *sentence("Only in", "2024", '"NASA"')]
    numbers = {"type": "list", "ordered": True, "items": [[{"type": "paragraph", **known[1]}]]}

    def shown(content: list[dict[str, Any]], tiles: dict[str, Any]) -> dict[str, Any]:
        heading_of = {**heading(1), **known[0]}
        return with_opening([heading_of, {"type": "paragraph", "content": content}, tiles, numbers])[1]

    first = shown(lead, TILES)["content"]
    assert [each.get("text") for each in first if each["type"] != "repeat"] == ["In", "2025", "41", "3611"]
    repeated = [each["content"][1]["text"] for each in first if each["type"] == "repeat"]
    assert repeated == ["Up", "From", "Only in"]  # the last, a caution, is about the one before it
    most = [join, *sentence("The most", "447")]
    told, *own = shown([*lead, *most], tiles)["content"]
    assert (told["type"], own[-3:]) == ("repeat", most)  # a year is no number of its own
    whole = {"type": "paragraph", "content": lead, "is_repeat": True}
    assert shown(lead, tiles) == whole


def test_a_lead_that_only_gives_the_largest_of_the_dots_or_their_title_is_left_out():
    lead = {"type": "paragraph", "content": [{"type": "claim", "value": "95", "entry": "a"}]}
    drawn = [{"runs": [["production", 90], ["unknown", 5]]}, {"runs": [["production", 7]]}]
    dots = {**DOTS, "marks": {**DOTS["marks"], "blocks": drawn}}
    assert with_opening([heading(1), lead, TILES, dots])[1].get("is_repeat")
    other = {"type": "paragraph", "content": [{"type": "claim", "value": "7", "entry": "a"}]}
    assert not with_opening([heading(1), other, TILES, dots])[1].get("is_repeat")
    titled = {**dots, "title": other["content"]}
    assert with_opening([heading(1), other, TILES, titled])[1].get("is_repeat")


def test_a_page_without_highlights_says_that_numbers_can_be_chosen_and_where_to_go():
    first = with_opening([heading(1), paragraph_of("text"), TILES])
    opening = next(each for each in first if each["type"] == "opening")
    assert (opening["first"], opening["beside"]) == ([{"type": "hint"}, {"type": "doors"}], [])


@pytest.mark.parametrize("tiles", [[], [{**TILES, "is_large": True}]], ids=["no tile", "one large number"])
def test_a_page_without_small_tiles_keeps_its_order(tiles: list[dict[str, Any]]):
    blocks = [heading(1), paragraph_of("text"), *tiles, numbered(), DOTS]
    assert with_opening(blocks) == blocks
    assert with_opening([]) == []


def test_what_is_below_the_heading_of_an_annex_can_be_folded_but_the_list_of_initiatives():
    listed = {"type": "table", "file_rows": [2]}
    chapter = {**heading(1), "number": "1"}
    blocks = [
        chapter,
        paragraph_of("text"),
        {**heading(1), "number": "Annexe A"},
        listed,
        {**heading(1), "number": "Annexe B"},
        heading(2),
        paragraph_of("text"),
    ]
    *kept, folded = annexes(blocks)
    assert kept == blocks[:5]
    assert folded == {"type": "annex", "number": "Annexe B", "blocks": blocks[5:]}
