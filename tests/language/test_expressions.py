"""What counts as an expression in a Markdown cell, and how its value goes into the text."""

from __future__ import annotations

import mistune
import pytest

from portrait.language import expressions
from portrait.storage.media_types import CLAIM
from tests.hostile_strings import STRINGS


def sources(markdown: str) -> list[str]:
    return [found.source for found in expressions.find(markdown)]


def test_each_role_is_found_in_order_with_its_line() -> None:
    found = expressions.find("Un {eval}`p.number(1)`\n\net {eval}`p.number(2)`{eval}`p.text('x')`.")
    assert [(one.source, one.line) for one in found] == [
        ("p.number(1)", 1),
        ("p.number(2)", 3),
        ("p.text('x')", 3),
    ]


def test_more_backticks_let_an_expression_hold_one() -> None:
    assert sources("{eval}``p.text('`')`` et {eval}```x```") == ["p.text('`')", "x"]
    assert sources("{eval}`p.text('``')` et {eval}`x`") == ["p.text('``')", "x"]


def test_an_expression_may_run_over_two_lines() -> None:
    assert sources("Soit {eval}`p.count(n,\n'initiative')`.") == ["p.count(n, 'initiative')"]


@pytest.mark.parametrize(
    "markdown",
    [
        "```\n{eval}`x`\n```",
        "~~~python\n{eval}`x`\n~~~",
        "````\n```\n{eval}`x`\n```\n````",
        "- ```\n  {eval}`x`\n  ```",
        "> ```\n> {eval}`x`\n> ```",
        "```\n{eval}`never closed`",
        "Écrire ``{eval}`x` `` dans la cellule.",
        r"\{eval}`x`",
    ],
)
def test_code_and_escaped_roles_hold_no_expression(markdown: str) -> None:
    assert sources(markdown) == []


def test_text_after_fenced_code_is_read_again() -> None:
    assert sources("```\n{eval}`a`\n```\n{eval}`b`") == ["b"]


@pytest.mark.parametrize(
    ("markdown", "line", "reason"),
    [
        ("Ligne 1\n{eval}`p.number(n)\n\nsuite `", 2, "never closed"),
        ("Soit {eval}`p.number(n` initiatives", 1, "is not an expression"),
        ("{eval}`n = 1`", 1, "is not an expression"),
        ("{eval}` `", 1, "is not an expression"),
    ],
)
def test_a_broken_role_is_refused_with_its_line(markdown: str, line: int, reason: str) -> None:
    with pytest.raises(expressions.UnreadableExpression, match=reason) as caught:
        expressions.find(markdown)
    assert caught.value.line == line


def test_what_is_typed_is_left_once_code_and_expressions_are_gone() -> None:
    markdown = "Soit {eval}`p.number(12)` sur `34`.\n\n```\n56\n```\nFin 78."
    assert expressions.without_code(markdown).split() == ["Soit", "sur", ".", "Fin", "78."]


def test_a_phrase_gives_its_text_and_its_value() -> None:
    result = {"data": {CLAIM: {"value": 0.54, "text": "54\xa0%", "name": None}, "text/plain": "54\xa0%"}}
    assert expressions.said(result) == expressions.Said("54\xa0%", 0.54, None, True)


def test_a_word_that_agrees_is_no_claim() -> None:
    result = {"data": {CLAIM: {"value": None, "text": "sont", "name": "agreement"}, "text/plain": "sont"}}
    assert expressions.said(result) == expressions.Said("sont", None, None, False)


def test_a_plain_text_is_said_without_its_quotes() -> None:
    said = expressions.said({"data": {"text/plain": r"'L\xa0’école'"}})
    assert (said.text, said.value, said.is_claim) == ("L\xa0’école", "L\xa0’école", True)


@pytest.mark.parametrize("shown", ["258", "0.54", "None", "   year  n\n0  2025  1", "[1, 2]"])
def test_a_bare_number_or_table_cannot_be_said(shown: str) -> None:
    with pytest.raises(expressions.UnsayableResult, match="not a phrase"):
        expressions.said({"data": {"text/plain": shown}})


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{{ config }} {% x %}",
        "{eval}`x` et {eval}`` y ``",
        "#eval(1)",
        "# titre",
        "=1+1",
        "===",
        "---",
        "a | b",
        "*A* _b_ **c** ~~d~~",
        "[clic](https://exemple.org)",
        "![i](x.png)",
        "[^1]",
        "1. un",
        "2) deux",
        "- tiret",
        "+ plus",
        "> citation",
        "&amp; & &#160;",
        r"\* \\",
        "$x$ et $$y$$",
        "A_B_C",
        "Santé (Réseau) – 54\xa0%, l’été",
        "www.evil.example",
        *(" ".join(each.split()) for each in STRINGS),
    ],
)
@pytest.mark.parametrize("before", ["", "Soit "])
def test_a_baked_value_is_shown_as_it_is(text: str, before: str) -> None:
    cell = expressions.baked(f"{before}{{eval}}`x`", [text])
    tokens = mistune.create_markdown(renderer="ast", plugins=["strikethrough", "table", "footnotes", "url"])(
        cell
    )
    assert [token["type"] for token in tokens] == ["paragraph"]
    children = tokens[0]["children"]
    assert {child["type"] for child in children} == {"text"}
    assert "".join(child["raw"] for child in children) == before + text
    assert not expressions.find(cell)


def test_a_value_of_several_lines_stays_in_its_sentence() -> None:
    assert expressions.baked("Soit {eval}`x`.", ["A\nB"]) == "Soit A B."


def test_numbers_are_baked_without_a_backslash() -> None:
    assert expressions.baked("{eval}`x` et {eval}`y`", ["1\xa0818,5", "−3\xa0%"]) == "1\xa0818,5 et −3\xa0%"
    assert expressions.baked("{eval}`x`", ["3.1 initiatives"]) == "3.1 initiatives"


@pytest.mark.parametrize(
    ("expression", "claim"),
    [
        ('p.count(n, "organisme", "organismes")', "number(n)"),
        ('p.count(n, "initiative", decimals=1)', "number(n, decimals=1)"),
        ('p.percent(part, whole, singular="initiative")', "percent(part, whole)"),
        ('p.quote(label, value="justice")', "text(value='justice')"),
        ('p.label("body", body, after="de")', "label('body', body)"),
        ('p.count(n).named("n_all").capitalised()', "n_all = number(n)"),
        ('p.agree(n, "est", "sont")', ""),
        ("n + 1", "n + 1"),
        ("round(n)", "round(n)"),
    ],
)
def test_the_claim_of_an_expression_leaves_out_the_words_of_one_language(expression: str, claim: str) -> None:
    assert expressions.claim_of(expression) == claim


def test_the_preposition_of_an_edition_fits_what_names_it() -> None:
    markdown = (
        "L’édition de {eval}`p.year(year)` en compte {eval}`p.number(n)` de plus qu’en {eval}`p.year(2025)`."
    )
    saids = [named("2026-08-15"), expressions.Said("3", 3, None, True), named("2026-t1")]
    assert expressions.fitted(markdown, saids, "fr") == (
        "L’édition du {eval}`p.year(year)` en compte {eval}`p.number(n)` de plus qu’au {eval}`p.year(2025)`."
    )


def test_a_sentence_about_years_is_left_as_it_is() -> None:
    markdown = "In {eval}`p.year(year)`, more than in {eval}`p.year(2024)`."
    assert expressions.fitted(markdown, [named("2025"), named("2024")], "en") is markdown


def named(edition: str) -> expressions.Said:
    return expressions.Said(
        edition, edition, None, True, {"formula": "edition", "asks": {"edition": edition}}
    )
