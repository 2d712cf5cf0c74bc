"""Printed reports and profiles are laid out as a print designer asks; a fault is named by page and words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from portrait.document.model import document_of
from portrait.figures.marks import Block, Key, Mark, Row, Rows, dots
from portrait.publish.briefs import MOST_PAGES
from portrait.publish.grid import TOP_MARGIN
from portrait.publish.pdf import render_pdf
from portrait.storage.media_types import CLAIM
from portrait.style import colours
from tests.document.notebooks import figure, notebook, prose, shown, table
from tests.exhaustive import exhaustive
from tests.publish.layout import COVER_SIZE, PAGE_WIDTH, TEXT_BOTTOM, Layout, rgb
from tests.published import published
from tests.real_data import needs_real_data

MOST_BODY_PAGES = {"quebec": 15, "us-federal": 20, "ca-federal": 12, "nl": 8, "uk": 8}
EDITIONS = [
    pytest.param(("quebec", "fr"), id="quebec-fr", marks=pytest.mark.slow),
    pytest.param(("quebec", "en"), id="quebec-en", marks=pytest.mark.slow),
    pytest.param(("us-federal", "fr"), id="us-federal-fr", marks=[pytest.mark.slow, needs_real_data]),
    pytest.param(("us-federal", "en"), id="us-federal-en", marks=[pytest.mark.slow, needs_real_data]),
    pytest.param(
        ("ca-federal", "fr"), id="ca-federal-fr", marks=[pytest.mark.slow, needs_real_data, exhaustive]
    ),
    pytest.param(
        ("ca-federal", "en"), id="ca-federal-en", marks=[pytest.mark.slow, needs_real_data, exhaustive]
    ),
    pytest.param(("nl", "fr"), id="nl-fr", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
    pytest.param(("nl", "en"), id="nl-en", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
    pytest.param(("uk", "fr"), id="uk-fr", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
    pytest.param(("uk", "en"), id="uk-en", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
]


@pytest.fixture(scope="module", params=EDITIONS)
def annual(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool
) -> tuple[str, Layout]:
    """The source of an annual report, and its layout."""
    source, language = request.param
    folder = published(tmp_path_factory, pool, source)
    return source, Layout((folder / f"annual.{language}.pdf").read_bytes())


def test_no_text_is_too_small_to_read(annual):
    assert annual[1].small_texts() == []


def test_no_line_is_too_long_to_read(annual):
    assert annual[1].long_lines() == []


def test_no_heading_is_near_the_foot_of_a_page(annual):
    assert annual[1].headings_near_the_foot() == []


def test_each_heading_of_a_section_is_nearer_to_its_text_than_to_what_is_above_it(annual):
    around = annual[1].around_headings()
    assert around
    assert [name for name, (above, below) in around.items() if above < below + 4] == []


def test_no_blank_band_interrupts_a_chapter(annual):
    assert annual[1].blank_bands() == []


def test_pages_are_filled_and_the_last_one_too(annual):
    assert annual[1].thin_pages() == []


def test_chapters_that_open_at_the_head_of_a_page_have_their_names_at_one_height(annual):
    _, layout = annual
    opening = [each for each in layout.headings if each.text[0].isdigit() and each.level == 1]
    names = [
        min(
            mark.top for mark in layout.pages[each.page - 1] if "Serif" in mark.font and mark.top > TOP_MARGIN
        )
        for each in opening
        if each.top < TOP_MARGIN
    ]
    assert len(names) > 2 and max(names) - min(names) < 1


def test_a_table_that_goes_on_keeps_its_rows_together_and_is_named_again(annual):
    assert annual[1].ill_split_tables() == []


def test_the_comparison_of_registers_is_on_one_page(annual):
    pages = [annual[1].lines(number) for number in range(3, len(annual[1].pages) + 1)]
    named = [
        any(re.search("Ce que compte chaque registre|What each register counts", line) for line in lines)
        for lines in pages
    ]
    assert named.count(True) == 1  # a table that goes on repeats its caption
    [lines] = [lines for lines, is_named in zip(pages, named, strict=True) if is_named]
    assert any(re.match("En( développement)?$|In( development)?$", line) for line in lines)


def test_figures_and_tables_come_in_the_order_of_their_numbers(annual):
    for numbers in annual[1].captions().values():
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_figure_or_table_of_a_chapter_is_below_the_heading_of_the_next_section(annual):
    assert annual[1].displaced() == []


def test_nothing_is_between_the_rows_of_a_table(annual):
    assert annual[1].interrupted_tables() == []


def test_no_text_is_drawn_over_another(annual):
    assert annual[1].texts_over_texts() == []


def test_the_body_is_as_short_as_was_promised(annual):
    source, layout = annual
    assert layout.body_pages() <= MOST_BODY_PAGES[source]


@pytest.mark.slow
@needs_real_data
@exhaustive
def test_two_short_chapters_of_a_register_are_on_one_page_in_both_languages(tmp_path_factory, pool):
    folder = published(tmp_path_factory, pool, "uk")
    for path in folder.glob("annual.*.pdf"):
        _, uses, declaring, *_ = (h for h in Layout(path.read_bytes()).headings if h.level == 1)
        assert uses.page == declaring.page


PROFILES = [
    pytest.param("quebec", id="quebec", marks=pytest.mark.slow),
    pytest.param("us-federal", id="us-federal", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
    pytest.param("ca-federal", id="ca-federal", marks=[pytest.mark.slow, needs_real_data, exhaustive]),
]


@pytest.fixture(scope="module", params=PROFILES)
def profiles(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, pool
) -> dict[str, Layout]:
    """The layout of each profile of an edition, by the name of its file."""
    folder = published(tmp_path_factory, pool, request.param, report="portfolio", language="fr")
    return {path.name: Layout(path.read_bytes()) for path in (folder / "portfolios").glob("*.pdf")}


def test_a_profile_has_two_pages_at_most_of_which_none_is_nearly_empty(profiles):
    assert [name for name, layout in profiles.items() if len(layout.pages) > MOST_PAGES] == []
    blanks = {
        f"{name}, page {number}": round(layout.largest_blank(number), 2)
        for name, layout in profiles.items()
        for number in range(1, len(layout.pages) + 1)
    }
    assert {page: blank for page, blank in blanks.items() if blank > 0.5} == {}


def large_texts(layout: Layout) -> str:
    """Return what the first page says in the largest letters: the number of a profile, unless it is 1."""
    return "".join(mark.text for mark in layout.pages[0] if mark.size >= 40)


def test_a_profile_is_on_letter_paper_and_fills_it_unless_it_has_too_few_initiatives_for_a_figure(profiles):
    assert {layout.height for layout in profiles.values()} == {792.0}
    several = {name: layout for name, layout in profiles.items() if large_texts(layout)}
    drawn = {name: layout for name, layout in several.items() if "Figure 1" in "".join(layout.lines(1))}
    blanks = {name: round(layout.largest_blank(len(layout.pages)), 2) for name, layout in drawn.items()}
    assert {name: blank for name, blank in blanks.items() if blank > 0.4} == {}


def test_a_profile_opens_with_its_finding_and_its_number_and_draws_no_dots_without_statuses(profiles):
    assert {layout.headings[0].page for layout in profiles.values()} == {1}
    bare = [name for name, layout in profiles.items() if not layout.headings[0].text.partition(":")[2]]
    assert bare == []
    large = [*filter(None, map(large_texts, profiles.values()))]
    assert len(large) > len(profiles) / 2 and all(map(str.isdecimal, large))
    first = {name: "".join(layout.lines(1)) for name, layout in profiles.items()}
    status = re.compile(r"(En production|En développement|Hors service|Statut inconnu)(, [^()]+)? \(\d+\)")
    assert [name for name, text in first.items() if "Chaque point" in text and not status.search(text)] == []


def test_no_text_of_a_profile_is_too_small_or_line_too_long(profiles):
    assert [each for layout in profiles.values() for each in layout.small_texts()] == []
    assert [each for layout in profiles.values() for each in layout.long_lines()] == []


def test_a_list_of_a_profile_that_goes_on_keeps_its_rows_together(profiles):
    assert [each for layout in profiles.values() for each in layout.ill_split_tables()] == []


def long_table(n_lines: int) -> Layout:
    """Return a report in which a table of 60 rows starts under a number of lines."""
    rows = [(f"Bureau {i}", str(i)) for i in range(60)]
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    cells = (prose(f"# Volume\n\n{lines}"), shown(table("tab-long", rows=rows, align=["l", "l"])))
    return Layout(render_pdf(document_of(notebook(*cells))))


@pytest.mark.parametrize("n_lines", range(20, 26))
def test_a_long_table_never_leaves_fewer_rows_than_are_kept_together(n_lines):
    assert long_table(n_lines).ill_split_tables() == []


def test_a_long_table_is_continued_by_its_name_and_closed_once():
    layout = long_table(4)
    continued = [
        line for n in range(3, len(layout.pages) + 1) for line in layout.lines(n) if "(suite)" in line
    ]
    assert continued == ["Tableau 1 (suite)"]


WORDS = ("production", "rapport", "Corps", "statut")


def report(*cells: Any, **front: Any) -> Layout:
    return Layout(render_pdf(document_of(notebook(*cells, **front))))


def test_what_a_tile_counts_and_what_is_read_with_the_first_page_are_as_large_as_the_text():
    tile = prose("- **132** initiatives en production *Selon un statut inconnu*", cell="t", tags=("tiles",))
    first = "1. Une phrase.\n2. Une autre.\n\n*À lire avec cette page.* Un rapport."
    layout = report(prose("# L’essentiel"), tile, prose(f"{first}\n\nCorps.", cell="first"))
    sizes = {mark.text.strip(): round(mark.size, 1) for mark in layout.pages[2] if mark.text.strip()}
    of = {word: next(size for text, size in sizes.items() if word in text) for word in WORDS}
    assert of["production"] == of["rapport"] == of["Corps"] > of["statut"] > 8
    fonts = {word: next(m.font for m in layout.pages[2] if word in m.text) for word in ("rapport", "Corps")}
    assert fonts["rapport"] == fonts["Corps"]


@pytest.mark.parametrize(("front", "size"), [({}, (612, 792)), ({"paper": "a4"}, (595, 842))])
def test_a_report_has_the_paper_of_its_source_and_fills_it(front: dict[str, str], size: tuple[int, int]):
    layout = report(prose("# Volume\n\n" + "\n\n".join(f"Ligne {n}." for n in range(60))), **front)
    assert (round(layout.width), round(layout.height)) == size
    lowest = max(mark.bottom for mark in layout.pages[2] if "Ligne" in mark.text)
    assert 0 <= layout.height - 64 - lowest < 25
    left = min(mark.left for mark in layout.pages[2] if "Ligne" in mark.text)
    assert round(left - (layout.width - 484) / 2, 1) == 0


def test_a_heading_at_the_top_of_a_page_has_no_blank_above_it():
    text = "\n\n".join("Ligne." for _ in range(30))
    layout = report(prose(f"# Volume\n\n{text}\n\n## Partage\n\n{text}\n\n### Détail\n\n{text}"))
    assert [heading.page for heading in layout.headings] == [3, 4, 5]
    assert [heading.text for heading in layout.headings if heading.top > TOP_MARGIN] == []


def test_a_heading_has_twice_as_much_blank_above_as_below_where_two_paragraphs_have_that_between_them():
    text = "Ligne.\n\nPhrase."
    parts = f"{text}\n\n## Partage\n\n{text}\n\n### Détail\n\n{text}"
    layout = report(prose(f"# Volume\n\n{parts}"), prose(f"# Liste\n\n{text}", cell="a", tags=("annex",)))
    blanks = {"1.1 Partage": (24, 12), "1.1.1 Détail": (18, 9), "Annexe\xa0A Liste": (30, 15)}
    around = layout.around_headings()
    assert around.keys() == blanks.keys()
    assert all(around[name] == pytest.approx(blanks[name], abs=0.6) for name in blanks)
    *_, first, second = (mark for mark in layout.pages[2] if mark.text in ("Ligne.", "Phrase."))
    assert round(second.top - first.bottom) == 12


def test_the_running_head_names_the_chapter_that_is_open_at_the_top_of_the_page():
    lines = "\n\n".join("Ligne." for _ in range(37))
    layout = report(prose(f"# Volume\n\n{lines}\n\n# Partage\n\n{lines}\n\n# Confiance\n\nLigne."))
    assert [heading.page for heading in layout.headings[:3]] == [3, 4, 5]
    assert layout.headings[1].top > TOP_MARGIN  # under the last lines of the first chapter
    assert [layout.running_head(number) for number in (3, 4, 5)] == ["Volume", "Volume", "Partage"]


def test_a_running_head_too_long_for_one_line_leaves_out_the_subject():
    subject = "outils algorithmiques dans l’administration publique du Royaume-Uni"
    text = prose("# À quoi servent les outils algorithmiques des organismes\n\nLigne.")
    layout = report(text, title="Titre", short_title=f"Portrait d’août 2026 : {subject}")
    heads = [sorted((m.top, m.text) for m in page if 40 < m.top < TOP_MARGIN) for page in layout.pages[1:3]]
    assert [subject in "".join(text for _, text in head) for head in heads] == [False, False]
    assert len({round(top) for top, _ in heads[1]}) == 1
    short = report(text, title="Titre", short_title="Portrait d’août 2026 : outils algorithmiques")
    assert "outils" in "".join(mark.text for mark in short.pages[2] if 40 < mark.top < TOP_MARGIN)


def test_the_number_of_a_block_of_dots_is_on_the_line_of_its_last_word():
    blocks = [
        Block(name, "4", (("ink", 4),)) for name in ("Culture, Tourisme et grandes Communications", "Justice")
    ]
    layout = report(
        prose("# Volume\n\nVoir [](#fig-volume)."), shown(figure(marks=dots(blocks, []).content()))
    )
    lines = [line.replace("\xa0", " ") for line in layout.lines(1)]
    assert [line for line in lines if line.endswith(" 4")] == ["Communications 4", "Justice 4"]


def cover_of(sizes: dict[str, int]) -> Layout:
    blocks = [Block(name, str(n), (("ink", n),)) for name, n in sizes.items()]
    drawn = shown(figure(marks=dots(blocks, []).content()))
    return report(prose("# Volume\n\nVoir [](#fig-volume)."), drawn)


def blocks_of(layout: Layout) -> list[Mark]:
    """Return the dots of each block of the cover, of which those of one dot have no width."""
    return [mark for mark in layout.pages[0] if not mark.text and mark.right - mark.left < 483.9]


def pitch_of(layout: Layout) -> float:
    """Return the distance between two dots of a column of the cover, in points."""
    moves = [ends for ends, name in pikepdf.parse_content_stream(layout.pdf.pages[0]) if str(name) == "m"]
    heights = [abs(float(two[1]) - float(one[1])) for one, two in pairwise(moves) if one[0] == two[0]]
    return round(Counter(heights).most_common(1)[0][0], 2)


SIZES = [447, 425, 367, 340, 314, 247, 238, 223, 162, 129, 70, 649]
"""Of the blocks of a cover, of which the last is that of all others."""


@pytest.mark.parametrize("word", ["Santé", "Département de la réglementation des valeurs"])
def test_the_dots_of_a_cover_are_as_large_as_its_room_and_fill_its_width(word: str):
    layout = cover_of({f"{word} {n}": size for n, size in enumerate(SIZES)})
    assert pitch_of(layout) > 4.8  # 3.34, the root of 484 by 83 over 3,611, left a hole
    drawn = blocks_of(layout)
    rule = max(mark.top for mark in layout.pages[0] if not mark.text and mark.right - mark.left > 483.9)
    assert 25 < rule - max(mark.bottom for mark in drawn) < 55
    assert max(mark.right for mark in drawn) - min(mark.left for mark in drawn) >= 0.93 * 484
    lines = {round(mark.top) for mark in drawn}
    ends = [max(mark.right for mark in drawn if round(mark.top) == line) for line in lines]
    assert min(ends) >= 64 + 0.85 * 484


def test_names_on_a_cover_have_three_lines_at_most_and_are_clear_of_the_key():
    name = "Conseil national des arts et des lettres"
    blocks = [Block(f"{name} {n}", "30", (("production", 4), ("development", 2))) for n in range(12)]
    key = [Key("dot", "production", "Servies"), Key("dot", "development", "Autres")]
    drawn = shown(figure(marks=dots(blocks, key).content()))
    marks = [m for m in report(prose("# Volume\n\nVoir [](#fig-volume)."), drawn).pages[0] if m.text.strip()]
    [keyed] = [mark for mark in marks if "Servies" in mark.text]
    left = min(mark.left for mark in marks if "Conseil" in mark.text)
    dots_of_it = min(m.top for m in marks if m.text.strip() == "30")
    lines = [m for m in marks if abs(m.left - left) < 1 and keyed.bottom < m.top < dots_of_it + 5]
    assert len({round(mark.bottom) for mark in lines}) == 3
    assert min(mark.top for mark in lines) - keyed.bottom >= 12


def test_the_last_block_of_a_cover_has_a_line_of_its_own_where_it_fills_two_rows():
    *_, before, last = blocks_of(cover_of(dict(zip("ABCDEFGHIJKL", SIZES, strict=True))))
    assert last.top > before.bottom
    assert last.right - last.left > 0.85 * 484
    *_, before, last = blocks_of(cover_of({**dict.fromkeys("ABCDEFG", 50), "H": 12}))
    assert last.top == before.top


def test_dots_of_the_cover_are_no_farther_than_36_points_from_each_other():
    assert pitch_of(cover_of({"A": 12, "B": 8})) == 36.0


def test_a_block_of_a_few_dots_is_as_wide_as_its_name_on_two_rows_of_the_cover():
    drawn = blocks_of(cover_of({f"Ministère {n}": 6 for n in range(1, 6)} | {"Les autres": 180}))
    assert [round((mark.right - mark.left) / (mark.bottom - mark.top)) for mark in drawn[:5]] == [2] * 5


def test_a_section_begins_where_its_heading_and_three_lines_have_room():
    """It went to the next page with 120 points left, and its page ended early."""
    for n_lines, page in ((25, 3), (26, 4)):
        text = "\n\n".join(["Ligne."] * n_lines)
        layout = report(prose(f"# Volume\n\n{text}\n\n## Suite\n\n{'Une phrase de plus. ' * 40}"))
        assert next(each.page for each in layout.headings if "Suite" in each.text) == page


def test_blocks_of_a_cover_start_at_sixths_of_its_width():
    sizes = {f"Ministère {n}": 20 + 7 * n for n in range(4)} | {f"Bureau {n}": 4 for n in range(6)}
    first, *others = blocks_of(cover_of(sizes))
    starts = {0.0, *(round((mark.left - first.left) * 6 / 496, 2) for mark in others)}
    assert starts == {0, 1, 2, 3, 4, 5}


def test_the_number_of_all_is_beside_the_first_words_of_the_cover_above_its_dots():
    marks = cover_of({"Santé": 95, "Justice": 8}).pages[0]
    [total] = [mark for mark in marks if mark.text == "103" and mark.size == COVER_SIZE]
    [words] = [mark for mark in marks if "initiatives déclarées" in mark.text.replace("\xa0", " ")]
    assert round(total.left) == round(words.left) == 64 + 328 + 24
    assert total.bottom < words.bottom < min(mark.top for mark in marks if "Justice" in mark.text)


def test_the_source_and_the_notice_at_the_foot_of_the_cover_start_on_one_line():
    marks = cover_of({"Santé": 95, "Justice": 8}).pages[0]
    [source] = [mark for mark in marks if mark.text.startswith("Source")]
    [notice] = [mark for mark in marks if mark.text.startswith("Publication indépendante")]
    assert round(source.bottom, 1) == round(notice.bottom, 1)


def titled(said: str, caption: str = "Par agence") -> Layout:
    """Return a report with a figure of one bar under a title."""
    rows = Rows((Row("Justice", ("8",), (Mark("bar", "ink", 0.0, 1.0),)),))
    drawn = shown(figure("fig-growth", marks=rows.content(), caption=caption), cell="growth")
    title = prose(said, cell="t", tags=("title",))
    return report(prose("# Volume\n\nVoir [](#fig-growth)."), title, drawn)


def test_a_title_of_little_more_than_a_line_does_not_end_its_first_line_with_a_comma():
    said = (
        "Sur les 101 cas d’usage dits à fort impact qui sont en production et sans réponse sur l’évaluation, "
        "94 viennent de la Défense nationale"
    )
    [first] = [line for line in titled(said).lines(3) if line.startswith("Figure")]
    assert first.split()[-1] == "réponse"


def test_the_cover_breaks_no_hyphenated_name_and_has_its_date_on_one_line():
    place = "l’administration publique du Royaume-Uni"
    title = f"Portrait du 15 septembre 2026. L’adoption d’outils algorithmiques dans {place}"
    marks = [mark for mark in report(prose("# Volume"), title=title).pages[0] if mark.text]
    lines = {round(mark.bottom): "" for mark in marks}
    for mark in marks:
        lines[round(mark.bottom)] += mark.text
    assert [" ".join(line.split()) for line in [*lines.values()][:3]] == [
        "Portrait du 15 septembre 2026",
        "L’adoption d’outils algorithmiques dans",
        "l’administration publique du Royaume-Uni",
    ]


def test_what_a_figure_measures_is_on_one_line_where_its_width_has_room():
    measure = "Écart du nombre d’initiatives déclarées par portefeuille, de 2024 à 2025"
    assert measure in titled("Douze portefeuilles ajoutent 91 initiatives", measure).lines(3)


LONG = "La NASA ajoute 407 initiatives, plus que les baisses réunies"
"""A title that is wider than the text, of less than 75 letters with the name of its figure."""


@pytest.mark.parametrize(
    ("more", "n_lines"),
    [("", 1), (" depuis 2024", 1), (" de toutes les autres agences qui déclarent en 2024 et en 2025", 2)],
)
def test_a_title_is_on_one_line_where_its_figure_is_as_wide(more: str, n_lines: int):
    lines = titled(LONG + more).lines(3)
    start = next(place for place, line in enumerate(lines) if line.startswith("Figure"))
    parts = lines[start : start + n_lines]
    assert " ".join(parts).split(" : ")[1] == LONG + more
    assert lines[start + n_lines] == "Par agence"
    assert len(parts[-1]) <= len(parts[0])


def test_a_title_of_two_lines_takes_the_width_of_its_figure():
    said = (
        "Les baisses de quatre agences, de 230 initiatives en tout, n’effacent pas les 407 initiatives "
        "que la NASA ajoute"
    )
    lines = titled(said).lines(3)
    place = next(place for place, line in enumerate(lines) if line.startswith("Figure"))
    assert lines[place + 2] == "Par agence"
    assert len(lines[place]) > 80  # two halves would have 62


def test_the_last_line_of_a_title_of_two_lines_is_no_single_word():
    said = (
        "73 organismes déclarent 130 initiatives de toutes les sortes en tout : 46 d’entre eux n’en "
        "déclarent qu’une"
    )
    lines = titled(said).lines(3)
    place = lines.index("Par agence")
    assert lines[place - 2].startswith("Figure 1")
    assert len(lines[place - 2]) / 3 < len(lines[place - 1]) < len(lines[place - 2])


def test_the_first_paragraph_of_a_chapter_fills_its_lines_and_the_last_is_no_single_word():
    said = (
        "Les initiatives que les portefeuilles ont déclarées dans cette édition sont plus nombreuses que "
        "dans celle de l’an dernier, et elles viennent de {n} organismes"
    )
    for n, last in (("quelques-uns des plus grands", 40), ("dix", 18)):
        layout = report(prose(f"# Volume : une hausse\n\n{said.format(n=n)}.\n\n## Suite\n\nLigne."))
        deck = [line for line in layout.lines(3) if line in f"{said.format(n=n)}."]
        assert " ".join(deck) == f"{said.format(n=n)}."
        assert max(map(len, deck)) > 60 and len(deck[-1]) >= last  # even lines have 56


def test_the_lines_of_a_heading_are_about_as_long_as_each_other():
    finding = "deux portefeuilles ajoutent des initiatives nouvelles"
    layout = report(prose(f"# Volume : {finding}\n\nLigne."))
    lines = [len(line) for line in layout.lines(3) if line and line in finding.capitalize()]
    assert len(lines) == 2
    assert max(lines) - min(lines) < 12


def test_headings_of_chapters_have_one_size_and_clear_their_names():
    long = "une hausse de 54 % des initiatives depuis 2024; en 2025, plus de la moitié sont en production"
    layout = report(prose(f"# Volume : une hausse\n\nLigne.\n\n# Partage : {long}\n\nLigne."))
    marks = [mark for mark in layout.pages[2] if mark.text]
    found = [next(m for m in marks if words in m.text) for words in ("Une hausse", "Une hausse de 54")]
    assert [round(mark.size, 1) for mark in found] == [24.0, 24.0]
    names = [next(m for m in marks if m.text == name and m.size > 17) for name in ("Volume", "Partage")]
    assert [mark.top - name.bottom > 12 for mark, name in zip(found, names, strict=True)] == [True, True]


LARGE = [("28 %", COVER_SIZE), ("11,5 %", 40.0), ("72 sur 90", 28.0), ("deux sur trois", 18.0)]
"""Numbers of chapters, each with the size in which it is as wide as the side column at most."""


@pytest.mark.parametrize(("value", "size"), LARGE)
def test_the_number_of_a_chapter_is_large_beside_its_first_paragraph(value: str, size: float):
    tile = prose(f"- **{value}** de la hausse nette. *407 sur 1478.*", cell="tile", tags=("tiles",))
    text = "Une phrase assez longue pour sa ligne. " * 4
    first = prose("# L’essentiel\n\nLigne.\n\n# Volume : une hausse")
    page = report(first, tile, prose(f"{text}\n\nCorps.", cell="next")).pages[2]
    words = (value.split()[0], "Une phrase", "Corps")
    number, deck, after = (next(mark for mark in page if word in mark.text) for word in words)
    assert (number.left > PAGE_WIDTH * 2 / 3, round(number.size, 1)) == (True, size)
    assert deck.top - 8 < number.top < number.bottom < after.top


@pytest.mark.parametrize(("said", "goes_on"), [("en trop :", True), ("en trop.", False), ("en trop", False)])
def test_after_a_colon_the_caveat_of_a_number_goes_on_in_its_line(said: str, *, goes_on: bool):
    tile = prose(f"- **28 %** {said} *407.*", cell="tile", tags=("tiles",))
    first = prose("# L’essentiel\n\nLigne.\n\n# Volume : une hausse")
    page = report(first, tile, prose("Une phrase.", cell="next")).pages[2]
    counted, caveat = (next(mark for mark in page if word in mark.text) for word in ("trop", "407"))
    assert (abs(caveat.top - counted.top) < 1, caveat.left > counted.left) == (goes_on, goes_on)


@pytest.mark.parametrize("share", ["Entre {} et {}", "Between {} and {}"])
def test_the_numbers_of_a_range_are_large_one_below_the_other(share: str):
    tile = prose(
        f"- **{share.format('51 %', '55 %')}** des initiatives. *132 sur 258.*", cell="t", tags=("tiles",)
    )
    page = report(
        prose("# Essentiel\n\nLigne.\n\n# Stades : une part"), tile, prose("Phrase.", cell="n")
    ).pages[2]
    low, high, words, note = (
        next(mark for mark in page if text in mark.text) for text in ("51", "55", share.split()[0], "132")
    )
    assert (round(low.size), round(high.size), round(words.size, 1)) == (40, 40, 10.4)
    assert low.left == high.left > words.right > PAGE_WIDTH * 2 / 3
    assert low.bottom < high.top < high.bottom < note.top


def chapter_with_a_number(text: str) -> list[Mark]:
    """Return the page of a chapter whose number has a caption of more lines than its first paragraph."""
    tile = prose(f"- **28 %** {'de la hausse nette ' * 8}*407 sur 1478.*", cell="tile", tags=("tiles",))
    first = prose("# L’essentiel\n\nLigne.\n\n# Volume : une hausse")
    return report(first, tile, prose(f"Une phrase.\n\n{text}", cell="next")).pages[2]


def test_the_text_goes_on_beside_a_number_that_is_higher_than_the_first_paragraph():
    page = chapter_with_a_number(f"Premier. {'Un mot. ' * 40}\n\nSecond.\n\nDernier.")
    deck, first, second, last, note = (
        next(mark for mark in page if word in mark.text)
        for word in ("phrase", "Premier", "Second", "Dernier", "407")
    )
    assert 14 < first.top - deck.bottom < 22  # as without a number
    assert first.top < note.top < last.top
    ends = [mark.bottom for mark in page if "mot" in mark.text]
    assert second.top - max(ends) == pytest.approx(last.top - second.bottom, abs=1)


def test_what_takes_the_side_column_is_below_the_number_of_the_chapter():
    for text, n_limits, is_beside in ((f"Premier. {'Un mot. ' * 60}", 12, True), ("Premier.", 30, False)):
        page = chapter_with_a_number(f"{text}\n\n*Réserve.* {'Une limite. ' * n_limits}")
        caveat = [mark for mark in page if "limite" in mark.text]
        [note] = [mark for mark in page if "407" in mark.text]
        assert min(mark.top for mark in caveat) > note.bottom
        assert (min(mark.left for mark in caveat) > PAGE_WIDTH * 2 / 3) == is_beside


@pytest.mark.parametrize("n_lines", range(19, 22))
def test_the_number_of_a_chapter_is_on_the_page_of_what_it_counts(n_lines: int):
    tile = prose("- **28 %** de la hausse *407 sur 1478.*", cell="tile", tags=("tiles",))
    finding = "une hausse de beaucoup de mots " * 5
    first = prose(f"# Essentiel\n\n{one_page(n_lines)}\n\n# Volume : {finding}")
    text = prose("Une phrase assez longue pour sa ligne. " * 3, cell="text")
    pages = report(first, tile, text).pages
    [on] = [[n for n, marks in enumerate(pages) if any(m.text == "28" for m in marks)]]
    assert on == [n for n, marks in enumerate(pages) if any("407" in m.text for m in marks)]


@pytest.mark.parametrize("front", [{}, {"brief": True, "title": "Profil"}])
def test_no_label_of_an_opening_is_in_rust_which_marks_what_is_found(front: dict[str, Any]):
    layout = report(prose("# Volume : deux portefeuilles\n\nLigne."), **front)
    rust = rgb(colours.LIGHT["accent"])
    assert [mark.text for page in layout.pages for mark in page if mark.text and mark.fill == rust] == []


def test_a_heading_shows_no_colon_and_begins_its_finding_as_a_sentence():
    layout = report(prose("# Volume : deux portefeuilles\n\nLigne."))
    assert layout.headings[0].text == "1 Volume\xa0: deux portefeuilles"
    paper = rgb(colours.LIGHT["paper"])
    opening = sorted((m for m in layout.pages[2] if m.text and m.top > TOP_MARGIN), key=lambda m: m.top)
    seen = "".join(mark.text for mark in opening if mark.fill != paper)
    assert seen.startswith("1VolumeDeux portefeuillesLigne.")


def test_the_contents_set_the_name_of_a_chapter_apart_from_its_finding():
    contents = report(prose("# Volume : deux portefeuilles\n\nLigne.")).pages[1]
    name, finding = (next(m for m in contents if word in m.text) for word in ("Volume", "deux"))
    assert (name.font != finding.font, name.top) == (True, finding.top)


def lines_of_source(n_sentences: int) -> list[str]:
    """Return the lines of a source of so many sentences of 41 characters, alone below a wide table."""
    columns = ["Portefeuille", *(f"Une colonne numéro {n}, dont le nom est long" for n in range(1, 5))]
    wide = {"columns": columns, "align": ["l", *"rrrr"], "rows": [["Justice", *"1234"]]}
    sentence = "Les registres publics de plusieurs pays. "
    layout = report(prose("# Volume"), shown(table(source=(sentence * n_sentences).strip(), **wide)))
    lines = layout.lines(3)
    start = next(n for n, line in enumerate(lines) if line.startswith("Source"))
    return [line for line in lines[start:] if "registres" in line]


def test_a_source_is_on_one_line_if_that_is_as_wide_as_its_table_or_on_several_of_some_sixty_letters():
    assert len(lines_of_source(3)) == 1  # 130 characters, of the 140 that the full width has
    *full, _ = map(len, lines_of_source(5))
    assert full
    assert 55 < min(full) <= max(full) <= 75


@pytest.mark.parametrize(("n_chapters", "apart"), [(3, 17), (15, 17), (30, 13)])
def test_chapters_are_as_far_from_each_other_in_all_contents_that_a_page_holds(n_chapters: int, apart: int):
    parts = [f"# Partie {n}\n\nLigne." for n in range(n_chapters)]
    parts[-1] += "\n\nLigne." * 10  # the last page has no room for the colophon
    layout = report(*(prose(part, cell=f"c{n}") for n, part in enumerate(parts)))
    tops = sorted(mark.top for mark in layout.pages[1] if mark.text.startswith("Partie"))
    assert round(tops[1] - tops[0]) == apart


def test_the_lines_of_a_long_name_of_a_profile_are_about_as_long_as_each_other():
    title = "Portrait 2025. National Aeronautics and Space Administration"
    layout = report(prose("# En bref\n\nLigne."), brief=True, title=title)
    lines = [line for line in layout.lines(1) if "National" in line or "Administration" in line]
    assert lines == ["National Aeronautics and", "Space Administration"]


def test_the_name_of_many_rows_is_there_once_on_each_page():
    rows = [(field, f"Valeur {n}", str(n)) for field in ("Organisme", "Catégorie") for n in range(70)]
    columns = {"columns": ["Champ", "Valeur", "Lignes"], "align": ["l", "l", "r"]}
    layout = report(prose("# Volume\n\nVoir [](#tab-many)."), shown(table("tab-many", rows=rows, **columns)))
    pages = [n for n, marks in enumerate(layout.pages) if any("Valeur " in mark.text for mark in marks)]
    names = [[m.text for m in layout.pages[n] if m.text in ("Organisme", "Catégorie")] for n in pages]
    assert names == [["Organisme"], ["Organisme", "Catégorie"], ["Catégorie"]]


def test_what_several_rows_answer_is_there_once_in_bold():
    rows = [("Risque", "Haut"), ("Risque", "Bas"), ("Origine", "Achat"), ("Origine", "Autre")]
    asked = table(columns=["Question", "Réponse"], align=["l", "l"], rows=rows)
    marks = report(prose("# Volume"), shown(asked)).pages[2]
    found = {word: [m for m in marks if m.text == word] for word in ("Risque", "Haut", "Origine", "Achat")}
    assert [len(each) for each in found.values()] == [1, 1, 1, 1]
    for question, answer in (("Risque", "Haut"), ("Origine", "Achat")):
        assert round(found[question][0].bottom - found[answer][0].bottom, 1) == 0
        assert found[question][0].font != found[answer][0].font


@pytest.mark.parametrize(("n_each", "is_once"), [(3, True), (6, True), (7, False)])
def test_the_rows_of_an_answer_go_on_together_to_the_next_page_if_they_are_few(n_each: int, *, is_once: bool):
    rows = [(f"Question {n:02}", f"Réponse {at}") for n in range(84 // n_each) for at in range(n_each)]
    asked = table(columns=["Question", "Réponse"], align=["l", "l"], rows=rows)
    pages = report(prose("# Volume"), shown(asked)).pages[2:]
    names = [mark.text for marks in pages for mark in marks if mark.text.startswith("Question ")]
    assert len(names) == (84 // n_each if is_once else 84 // n_each + 1)  # again on the second page
    if is_once:
        firsts = [next(m.text for m in marks if m.text.startswith("Réponse ")) for marks in pages[:2]]
        assert firsts == ["Réponse 0", "Réponse 0"]


def test_a_value_that_rows_have_in_common_is_as_dark_on_each_of_them():
    rows = [("1", "Risque"), ("2", "Risque"), ("3", "Origine"), ("4", "Origine")]
    layout = report(
        prose("# Volume"), shown(table(columns=["Rang", "Question"], align=["l", "l"], rows=rows))
    )
    fills = [
        mark.fill
        for mark in sorted(layout.pages[2], key=lambda mark: mark.top)
        if mark.text in ("Risque", "Origine")
    ]
    assert fills == [rgb(colours.LIGHT["ink"])] * 4


def test_the_first_row_is_as_far_below_the_headings_on_each_page():
    layout = long_table(4)
    distances = []
    for marks in layout.pages[2:4]:
        [first, *_] = sorted((m.top, m.text) for m in marks if m.text.startswith("Bureau"))
        rule = max(m.bottom for m in marks if not m.text and m.bottom < first[0] and m.right - m.left > 60)
        distances.append(round(first[0] - rule, 1))
    specks = [
        mark for marks in layout.pages for mark in marks if not mark.text and mark.right - mark.left < 1
    ]
    assert specks == []  # of the cells without width that keep rows together
    assert len(distances) > 1
    assert len(set(distances)) == 1
    assert distances[0] > 3


def test_the_last_line_of_a_paragraph_is_no_short_word():
    said = "Les libellés des statuts ont changé et ces nombres ne se comparent donc "
    texts = [" ".join((said * 4).split()[: 20 + n]) + " pas." for n in range(20)]
    cells = prose("# Volume\n\nLigne.\n\n" + "\n\n".join(texts))
    lines = [line for page in (3, 4) for line in report(cells).lines(page)]
    assert sum(line.endswith("pas.") for line in lines) == len(texts)
    assert "pas." not in lines


def test_a_line_ends_only_where_its_next_word_does_not_fit():
    said = (
        "**Retired.** The use cases in development in 2024 and now retired come from 13 agencies; 30 are "
        "from Veterans Affairs. Examples: “Analytics on Securities Data” (Federal Deposit Insurance)."
    )
    lines = report(prose(f"# Volume\n\nLigne.\n\n{said}")).lines(3)
    assert "Retired. The use cases in development in 2024 and now retired" in lines


def test_a_word_beside_the_text_is_cut_at_the_end_of_a_line_but_no_name():
    said = "constitutionnellement Constitutionnellement " * 4
    lines = report(prose(f"# Volume\n\nLigne.\n\nTexte.\n\n*Limite.* {said}")).lines(3)
    assert "Constitutionnellement constitu-" in lines
    assert not any(re.search(r"Cons\w*-$", line) for line in lines)


def test_the_last_line_of_the_first_paragraph_of_a_chapter_is_not_a_single_word():
    tasks = "conversationnel ou assistant (16), Classement (6), Prévision (5), Détection (2), Recherche (2)"
    deck = (
        "En tout, 33 titres (24 %) nomment une tâche de notre dictionnaire public. Les tâches que nomment le "
        f"plus de titres sont Agent {tasks} et Résumé (2). Un titre peut en nommer plusieurs."
    )
    lines = report(prose(f"# Volume : une hausse\n\n{deck}")).lines(3)
    last = next(line for line in lines if line.endswith("plusieurs."))
    assert len(last.split()) > 1


@pytest.mark.parametrize("n_words", [4, 100])
def test_highlights_have_a_rule_between_two_whether_their_page_is_full_or_not(n_words):
    said = "mot " * n_words
    marks = report(prose(f"# L’essentiel\n\n1. Un {said}\n2. Deux {said}\n3. Trois {said}")).pages[2]
    tops = {mark.text.split()[0]: mark.top for mark in marks if mark.text[:4] in ("Un m", "Deux", "Troi")}
    rules = [mark.top for mark in marks if not mark.text and mark.right - mark.left > 400]
    for ends in ((tops["Un"], tops["Deux"]), (tops["Deux"], tops["Trois"])):
        assert sum(min(ends) < top < max(ends) for top in rules) == 1


def test_two_tiles_are_as_wide_as_those_of_five_and_have_numbers_of_the_same_size():
    tiles = prose("- **136** initiatives\n- **73** organismes", cell="t", tags=("tiles",))
    marks = report(prose("# L’essentiel"), tiles).pages[2]
    assert {mark.size for mark in marks if mark.text in ("136", "73")} == {34.0}
    rules = [mark for mark in marks if not mark.text and mark.right - mark.left < 300]
    assert {round(mark.right - mark.left) for mark in rules} == {84}


def test_a_name_that_the_text_of_the_cover_says_is_in_no_colour_of_its_own():
    blocks = [Block(name, "10", (("production", 10),)) for name in ("Finances", "Santé", "Sport")]
    cells = (
        prose("# L’essentiel"),
        prose("Santé en ajoute dix. Le transport, aucune.", cell="story"),
        prose("- **30** initiatives", cell="tile", tags=("tiles",)),
        prose("Voir [](#fig-volume).", cell="text"),
        shown(figure(marks=dots(blocks, []).content())),
    )
    accent = rgb(colours.LIGHT["accent"])
    assert [mark.text for mark in report(*cells).pages[0] if mark.text.strip() and mark.fill == accent] == []


def test_the_main_points_have_letters_of_one_size_and_a_larger_blank_between_them_where_they_are_few():
    for n_points, blank in ((4, 35), (20, 13)):
        points = "\n".join(f"{n}. Un point de plus." for n in range(1, n_points + 1))
        tiles = prose("- **409** initiatives\n- **28** retirées", cell="t", tags=("tiles",))
        rest = prose(f"{points}\n\n# Volume\n\nLigne.\n\nLigne.", cell="rest")
        layout = report(prose("# L’essentiel"), tiles, rest)
        assert {round(m.size) for m in layout.pages[2] if m.text == "409"} == {34}
        told = [mark for mark in layout.pages[2] if "point" in mark.text]
        assert {round(mark.size, 1) for mark in told} == {13.5}
        assert {round(after.top - before.bottom) for before, after in pairwise(told)} == {blank}
        assert [heading.page for heading in layout.headings[:2]] == [3, 4]


def test_the_rank_of_each_main_point_is_at_its_left_and_as_large_as_its_words():
    points = prose("1. Il y a {eval}`n` organismes.\n2. Ce sont {eval}`m` lignes.", "73", "46", cell="points")
    for expression, n in zip(points.metadata["user_expressions"], (73, 46), strict=True):
        expression["result"]["data"][CLAIM]["value"] = n
    page = report(prose("# L’essentiel"), points, prose("# Volume\n\nA.\n\nB.", cell="after")).pages[2]
    ranks = [(mark.text, round(mark.size)) for mark in page if mark.text in ("1", "2") and mark.size < 20]
    assert ranks == [("1", 14), ("2", 14)]


@pytest.mark.parametrize("n_more", [0, 12, 24])
def test_the_main_points_are_set_closer_where_a_few_words_more_would_spill_their_page(n_more: int):
    """At first, the last line of the caveat is at the foot of the page."""
    points = "\n".join(f"{n}. {'Un point de plus sur les portefeuilles. ' * 4}" for n in range(1, 7))
    reading = f"*À lire avec cette page.* {'Un mot qui dit ce que le registre ne compte pas. ' * 20}"
    tiles = prose("- **409** initiatives\n- **28** retirées", cell="t", tags=("tiles",))
    rest = prose(f"{points}\n\n{reading}{'mot ' * n_more}Fin.\n\n# Volume\n\nLigne.\n\nLigne.", cell="rest")
    layout = report(prose("# L’essentiel : une hausse de moitié depuis un an"), tiles, rest)
    assert [heading.page for heading in layout.headings[:2]] == [3, 4]
    [end] = [mark for mark in layout.pages[2] if "Fin." in mark.text]
    assert end.bottom < TEXT_BOTTOM


def test_statuses_that_add_up_to_the_first_number_are_a_bar_as_wide_as_the_page_above_their_labels():
    tiles = []
    for name, n in (("total", 8), ("bodies", 5), ("production", 6), ("silent", 2)):
        tags = ("tiles",) if name == "total" else ("tiles", "continued")
        tile = prose("- **{eval}`n`** initiatives", str(n), cell=f"tile-{name}", tags=tags)
        tile.metadata["user_expressions"][0]["result"]["data"][CLAIM]["value"] = n
        tiles.append(tile)
    page = report(prose("# L’essentiel"), *tiles, prose("# Volume\n\nA.\n\nB.", cell="after")).pages[2]
    made, silent = (mark for mark in page if not mark.text and round(mark.bottom - mark.top) == 13)
    first = next(mark for mark in page if mark.text == "8")
    assert first.bottom < min(made.top, silent.top)
    assert round((made.right - made.left) / (silent.right - silent.left), 1) == 3.0
    assert round(silent.right - made.left) == 484
    labels = [next(mark for mark in page if mark.text == n) for n in ("6", "2")]
    assert max(made.bottom, silent.bottom) < labels[0].top == labels[1].top
    squares = [mark for mark in page if not mark.text and round(mark.bottom - mark.top) == 8]
    for square, label, part in zip(squares, labels, (made, silent), strict=True):
        assert abs(square.left - part.left) < 2 and square.right < label.left < square.right + 9
    bodies = next(mark for mark in page if mark.text == "5")
    assert bodies.top > max(label.bottom for label in labels)  # they are no part of the bar


def test_two_caveats_of_the_first_page_are_side_by_side():
    points = prose(
        "1. Un.\n2. Deux.\n\n*À lire avec cette page.* Un.\n\n*D’une édition à l’autre.* Deux.", cell="p"
    )
    rest = prose("# Volume\n\nLigne.\n\nLigne.", cell="rest")
    page = report(prose("# L’essentiel"), points, rest).pages[2]
    one, other = (next(m for m in page if word in m.text) for word in ("À lire", "une édition"))
    assert round(one.top) == round(other.top)
    assert other.left > one.right


def test_the_caveat_of_a_figure_is_beside_the_first_lines_of_a_chapter_without_a_number():
    lead, text = "Une phrase assez longue. " * 8, "Une autre phrase. " * 20
    drawn = shown(figure("fig-a"), cell="f")
    cells = (
        prose(f"# Volume : une hausse\n\n{lead}\n\n{text}"),
        drawn,
        prose("*Réserve.* Un mot.", cell="r"),
    )
    page = report(*cells).pages[2]
    first, caveat = (next(m for m in page if m.text.startswith(word)) for word in ("Une phrase", "Réserve"))
    assert caveat.left > PAGE_WIDTH * 2 / 3
    assert abs(caveat.top - first.top) < 15


def test_the_heading_of_a_section_is_smaller_than_that_of_its_chapter_and_no_smaller_than_the_text():
    page = report(prose("# Volume : une hausse\n\nUn.\n\n## Partage\n\nDeux.\n\n### Détail\n\nTrois.")).pages[
        2
    ]
    sizes = [
        next(round(m.size, 1) for m in page if w in m.text)
        for w in ("ne hausse", "Partage", "Détail", "Trois")
    ]
    assert sizes == [24.0, 13.5, 10.4, 10.4]


def test_what_is_strong_in_the_first_paragraph_of_a_chapter_is_as_dark_and_no_bolder():
    layout = report(prose("# Volume : une hausse\n\nUn mot **plus fort** ici.\n\nUn **autre** mot."))
    plain, strong, bold = (
        next(m for m in layout.pages[2] if word in m.text) for word in ("Un mot", "plus fort", "autre")
    )
    assert (plain.font, plain.fill) == (strong.font, rgb(colours.LIGHT["muted"])) == (plain.font, strong.fill)
    assert bold.font != next(m for m in layout.pages[2] if m.text.strip() == "mot.").font


@pytest.mark.parametrize(
    "name", ["Un portefeuille dont le nom est assez long pour la pleine largeur", "Justice"]
)
def test_the_note_and_the_source_are_below_a_table_on_one_line_where_they_fit(name: str):
    cells, columns = (
        [[name, "1", "2", "3", "4"]] * 3,
        ["Portefeuille", *(f"Colonne {n}" for n in range(1, 5))],
    )
    for n_words, is_one_line in ((1, True), (24, False)):
        shape = {
            "columns": columns,
            "align": ["l", *"rrrr"],
            "note": "Court.",
            "source": "Un mot. " * n_words,
        }
        marks = report(prose("# Volume"), shown(table(rows=cells, **shape))).pages[2]
        note, source = (next(mark for mark in marks if word in mark.text) for word in ("Note", "Source"))
        last_row = max(mark.bottom for mark in marks if mark.text.strip() == "4")
        assert (round(note.left), last_row < note.top) == (64, True)
        assert (source.top > note.top + 8, round(source.left) == 64) == (not is_one_line, not is_one_line)


def test_cards_of_examples_are_read_down_two_columns():
    cards = "\n\n".join(f"**Tâche {n}.** Un mot de plus." for n in range(1, 7))
    marks = report(prose(f"# Volume\n\nUn mot.\n\n*Exemples*\n\n{cards}")).pages[2]
    placed = [next(mark for mark in marks if f"Tâche {n}." in mark.text) for n in range(1, 7)]
    assert [mark.left < 300 for mark in placed] == [True] * 3 + [False] * 3
    assert [round(mark.top) for mark in placed[:3]] == [round(mark.top) for mark in placed[3:]]
    assert placed[0].top < placed[1].top < placed[2].top


def test_a_source_right_of_its_note_is_18_points_from_it():
    wide = {"rows": [["Un nom assez long. " * 3] * 3] * 2, "columns": [*"ABC"], "align": [*"lll"]}
    marks = report(prose("# Volume"), shown(table(**wide, note="Un mot. " * 16))).pages[2]
    note, source = (next(mark for mark in marks if word in mark.text) for word in ("Note", "Source"))
    assert round(note.top) == round(source.top)
    assert source.left - note.left == pytest.approx(238 + 18, abs=0.5)


def test_a_long_note_and_its_short_source_are_in_two_columns_as_high_as_each_other():
    wide = {"rows": [["Un nom assez long. " * 3] * 3] * 2, "columns": [*"ABC"], "align": [*"lll"]}
    marks = report(prose("# Volume"), shown(table(**wide, note="Un mot. " * 49))).pages[2]
    note = [mark for mark in marks if "Un mot." in mark.text]
    [source] = [mark for mark in marks if "Source" in mark.text]
    left, right = (
        [each.bottom for each in note if (each.left < 300) == is_left] for is_left in (True, False)
    )
    assert (len({*left}), len({*right})) == (4, 3)
    assert (min(left), max(left)) == pytest.approx((min(right), source.bottom), abs=2)


@pytest.mark.parametrize(("n_words", "width"), [(1, 234), (6, 328), (16, 484)])
def test_a_table_takes_half_the_page_the_text_column_or_the_page(n_words: int, width: float):
    rows = [(" ".join(["mots"] * n_words), "1", "4"), ("Justice", "2", "3")]
    long = table(columns=["Portefeuille", "Nombre de 2024", "Nombre de 2025"], align=[*"lrr"], rows=rows)
    page = report(prose("# Volume"), shown(long)).pages[2]
    [first] = [mark for mark in page if mark.text.startswith("Portefeuille")]
    rules = [
        mark for mark in page if not mark.text and mark.bottom - mark.top < 1 and mark.top > first.top - 8
    ]
    assert all(abs(mark.right - mark.left - width) < 1 for mark in rules)


def one_page(n_lines: int) -> str:
    return "\n\n".join("Ligne." for _ in range(n_lines))


@pytest.mark.parametrize("lines", [24, 40])
def test_a_chapter_follows_one_that_leaves_a_quarter_of_its_page_though_it_has_one_page(lines):
    layout = report(prose(f"# Volume\n\n{one_page(17)}\n\n# Partage\n\n{one_page(lines)}"))
    assert [heading.page for heading in layout.headings[:2]] == [3, 3]


def test_cards_are_as_large_as_the_text_where_that_fills_a_blank():
    cards = "\n\n".join(f"**Exemple{n}.** {'Un mot. ' * 20}" for n in range(6))
    first = prose(f"# Volume\n\nLigne.\n\n*Des exemples*\n\n{cards}\n\nCorps.")
    sizes = []
    for n_lines in (14, 20):
        layout = report(first, prose(f"{one_page(n_lines)}\n\n# Partage\n\n{one_page(30)}", cell="next"))
        marks = [mark for mark in layout.pages[2] if mark.text]
        sizes.append([next(m.size for m in marks if word in m.text) for word in ("Exemple1", "Corps")])
    assert [round(card - text, 1) for card, text in sizes] == [0, -1.9]


@pytest.mark.parametrize(("n_lines", "spread"), [(12, 4.0), (19, 0.0)])
def test_the_rows_of_a_figure_take_part_of_a_large_blank_that_ends_its_chapter(n_lines, spread):
    rows = Rows(tuple(Row(f"Bureau {n}", ("8",), (Mark("bar", "ink", 0.0, 0.5),)) for n in range(10)))
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    layout = report(
        shown(figure("fig-dots", marks=dots([Block("Justice", "9", (("ink", 9),))], []).content())),
        prose(f"# Volume\n\n{lines}\n\nVoir [](#fig-growth)."),
        shown(figure("fig-growth", marks=rows.content()), cell="growth"),
        prose(f"# Partage\n\n{lines}", cell="next"),
    )
    assert [heading.page for heading in layout.headings[:2]] == [3, 4]
    names = [mark.bottom for mark in layout.pages[2] if mark.text.startswith("Bureau")]
    assert [round(after - before, 1) for before, after in pairwise(names)] == [14.6 + spread] * 9
    heights = [mark.bottom - mark.top for mark in layout.pages[2] if not mark.text]
    of_bar = 0.72 * (11 + spread / 2)  # half of what parts rows goes to bars
    assert sum(abs(height - of_bar) < 0.05 for height in heights) == 10


def test_a_few_bars_with_labels_are_no_higher_than_15_points_on_a_page_with_a_large_blank():
    bars = Rows(
        tuple(Row(year, ("8",), (Mark("bar", "ink", 0.0, 0.5),)) for year in ("2024", "2025")),
        headings=("Initiatives",),
        is_high=True,
    )
    layout = report(
        shown(figure("fig-dots", marks=dots([Block("Justice", "9", (("ink", 9),))], []).content())),
        prose(f"# Volume\n\n{one_page(15)}\n\nVoir [](#fig-growth)."),
        shown(figure("fig-growth", marks=bars.content()), cell="growth"),
        prose(f"# Partage\n\n{one_page(30)}", cell="next"),
    )
    heights = [round(mark.bottom - mark.top, 1) for mark in layout.pages[2] if not mark.text]
    assert heights.count(15.0) == 2


def test_no_line_of_the_contents_has_a_single_word():
    finding = "des lignes reconstituées à partir de 133 chiffres publiés; aucune ligne officielle lue"
    annex = prose("# Méthode\n\nLigne.", tags=("annex",), cell="annex")
    layout = report(prose(f"# Jusqu’où s’y fier : {finding}\n\nLigne."), annex)
    assert "ligne officielle lue" in layout.lines(2)


@pytest.mark.parametrize(("n_lines", "distance"), [(20, 12.4), (22, 11.0)])
def test_a_table_that_nearly_fits_on_a_page_is_set_tighter_there(n_lines, distance):
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    rows = [(f"Bureau {i}", str(i)) for i in range(12)]
    layout = report(prose(f"# Volume\n\n{lines}"), shown(table(rows=rows)))
    names = [mark.bottom for mark in layout.pages[2] if mark.text.startswith("Bureau")]
    assert [round(after - before, 1) for before, after in pairwise(names)] == [distance] * 11


@pytest.mark.parametrize(("n_lines", "distance"), [(12, 12.0), (17, 10.6)])
def test_a_figure_of_many_bars_that_nearly_fits_on_a_page_is_set_tighter_there(n_lines, distance):
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    bars = Rows(
        tuple(Row(f"Bureau {n}", ("8",), (Mark("bar", "ink", 0.0, 0.5),)) for n in range(20)), is_high=True
    )
    layout = report(prose(f"# Volume\n\n{lines}"), shown(figure(marks=bars.content())))
    names = [mark.bottom for mark in layout.pages[2] if mark.text.startswith("Bureau")]
    assert [round(after - before, 1) for before, after in pairwise(names)] == [distance] * 19


def test_the_rule_below_a_row_is_a_little_further_from_its_letters_than_the_one_above():
    rows = [(f"Bureau {i}", "1") for i in range(3)]
    marks = report(prose("# Volume\n\nLigne."), shown(table(rows=rows))).pages[2]
    first, second = [mark for mark in marks if mark.text.startswith("Bureau")][:2]
    rule = next(m for m in marks if not m.text and first.bottom - 4 <= m.top <= second.top + 4)
    assert 0.5 < (rule.top - first.bottom) - (second.top - rule.top) < 1


@pytest.mark.parametrize(("n_rows", "distance"), [(20, 12.4), (41, 11.0), (51, 11.0)])
def test_a_table_of_many_rows_is_set_tighter(n_rows, distance):
    rows = [(f"Bureau {i}", str(i)) for i in range(n_rows)]
    layout = report(prose("# Volume\n\nLigne."), shown(table(rows=rows, align=["l", "l"])))
    names = [mark.bottom for mark in layout.pages[2] if mark.text.startswith("Bureau")]
    assert {round(after - before, 1) for before, after in pairwise(names)} == {distance}


@pytest.mark.parametrize(
    ("n_figures", "n_tables", "said"),
    [
        (0, 1, "Le tableau S1, sur des lignes fictives, est dans la page du rapport."),
        (0, 2, "Les tableaux S1 à S2, sur des lignes fictives, sont dans la page du rapport."),
        (1, 1, "La figure S1 et le tableau S1, sur des lignes fictives, sont dans la page du rapport."),
        (2, 2, "Les figures S1 et S2 et les tableaux S1 à S2, sur des lignes fictives, sont dans la page"),
    ],
)
def test_a_sentence_says_where_specimens_are_that_only_the_page_has(n_figures: int, n_tables: int, said: str):
    only = {"print_limit": 0, "print_notice": {"text": "Ce spécimen est là", "url": "annual.fr.html"}}
    drawn = [
        shown(figure(f"fig-{n}", specimen=True, caption="Légende"), cell=f"f{n}") for n in range(n_figures)
    ]
    tables = [
        shown(table(f"tab-{n}", specimen=True, caption="Légende", **only), cell=f"t{n}")
        for n in range(n_tables)
    ]
    names = [*(f"fig-{n}" for n in range(n_figures)), *(f"tab-{n}" for n in range(n_tables))]
    calls = " et ".join(f"[](#{name})" for name in names)
    layout = report(prose(f"# Spécimens\n\nVoir {calls}."), *drawn, *tables)
    text = " ".join(layout.lines(3)).replace("\xa0", " ")
    assert said in text
    assert "Légende" not in text and "annual.fr.html" not in text
    links = [str(each.get("/A", {}).get("/URI", "")) for each in layout.pdf.pages[2].Annots]
    assert links.count("annual.fr.html") == 1
    assert links.count("") == len(names)  # those of the calls, to the sentence


def test_specimens_of_marks_are_drawn_where_their_tables_are_only_on_the_page():
    only = {"print_limit": 0, "print_notice": {"text": "Ce spécimen est là", "url": "annual.fr.html"}}
    drawn = []
    for name in "AB":
        rows = Rows((Row(f"Portefeuille {name}", ("8",), (Mark("bar", "ink", 0.0, 1.0),)),))
        specimen = figure(f"fig-{name.lower()}", specimen=True, marks=rows.content())
        drawn.append(shown(specimen, cell=name))
    listed = shown(table("tab-a", specimen=True, **only), cell="t")
    calls = prose("# Spécimens\n\n[](#fig-a), [](#fig-b), [](#tab-a).")
    text = " ".join(report(calls, *drawn, listed).lines(3)).replace("\xa0", " ")
    said = "Le tableau S1, sur des lignes fictives"
    assert 0 < text.index(said) < text.index("Portefeuille A") < text.index("Portefeuille B")


@pytest.mark.parametrize(("n_lines", "is_beside"), [(22, True), (23, False)])
def test_a_caveat_is_below_its_text_where_the_end_of_the_page_would_cut_it(n_lines, is_beside):
    lines, text = "\n\n".join("Ligne." for _ in range(n_lines)), "Une phrase assez longue. " * 40
    cells = prose(f"# Volume\n\n{lines}\n\n## Partage\n\n{text}\n\n*Réserve.* {'Un mot. ' * 40}")
    caveats = [[mark for mark in marks if "mot" in mark.text] for marks in report(cells).pages]
    [caveat] = filter(None, caveats)
    assert (min(mark.left for mark in caveat) > PAGE_WIDTH * 2 / 3) == is_beside


@pytest.mark.parametrize(
    ("number", "n_sentences", "n_limits", "is_beside"),
    [
        (False, 40, 12, True),
        (False, 1, 12, True),
        (False, 1, 48, False),
        (True, 40, 12, True),
        (True, 1, 30, False),  # the figure would be far below its text
    ],
)
def test_the_caveat_of_a_figure_is_in_the_margin_of_the_text_before_it_or_else_of_its_notes(
    *, number: bool, n_sentences: int, n_limits: int, is_beside: bool
):
    rows = Rows((Row("Justice", ("8",), (Mark("bar", "ink", 0.0, 1.0),)),))
    text = f"Voir [](#fig-growth). {'Une phrase assez longue. ' * n_sentences}"
    tile = [prose("- **28 %** de la hausse.", cell="tile", tags=("tiles",))] if number else []
    page = report(
        prose("# Essentiel\n\nLigne.\n\n# Volume : une hausse"),
        *tile,
        prose(f"Chapeau.\n\n{text}", cell="text"),
        shown(figure("fig-growth", marks=rows.content()), cell="growth"),
        prose(f"*Réserve.* {'Une limite. ' * n_limits}", cell="caveat"),
    ).pages[2]
    caveat = [mark for mark in page if "limite" in mark.text]
    [caption] = [mark for mark in page if mark.text.startswith("Figure")]
    left, top = min(mark.left for mark in caveat), min(mark.top for mark in caveat)
    assert (round(left), top < caption.top) == (425, is_beside)


def test_the_caveat_of_a_figure_is_below_the_number_of_a_chapter_of_one_long_paragraph():
    rows = Rows((Row("Justice", ("8",), (Mark("bar", "ink", 0.0, 1.0),)),))
    page = report(
        prose("# Essentiel\n\nLigne.\n\n# Volume : une hausse"),
        prose("- **28 %** de la hausse.", cell="tile", tags=("tiles",)),
        prose(f"Voir [](#fig-growth). {'Une phrase assez longue. ' * 12}", cell="text"),
        shown(figure("fig-growth", marks=rows.content()), cell="growth"),
        prose(f"*Réserve.* {'Une limite. ' * 3}", cell="caveat"),
    ).pages[2]
    [number] = [mark for mark in page if mark.text.startswith("28")]
    limits = [mark for mark in page if "limite" in mark.text]
    [caption] = [mark for mark in page if mark.text.startswith("Figure")]
    assert number.bottom < min(mark.top for mark in limits)
    assert max(mark.bottom for mark in limits) < caption.top


def test_a_caveat_higher_than_its_text_is_beside_the_narrow_table_that_follows_too():
    text = f"Une phrase.\n\n*Réserve.* {'Une limite. ' * 30}"
    page = report(
        prose(f"# Volume\n\nChapeau.\n\n{text}"), shown(table(rows=[("Justice", "1")] * 4), cell="t")
    ).pages[2]
    caveat = [mark for mark in page if "limite" in mark.text]
    [caption] = [mark for mark in page if mark.text.startswith("Tableau")]
    assert min(mark.left for mark in caveat) > PAGE_WIDTH * 2 / 3
    assert min(mark.top for mark in caveat) < caption.top < max(mark.bottom for mark in caveat)


def test_the_text_and_the_section_after_a_caveat_go_on_beside_it_where_it_is_higher_than_its_text():
    first = f"Une phrase.\n\n*Réserve.* {'Une limite. ' * 30}"
    second = f"Deuxième texte.\n\n*Autre réserve.* {'Un mot. ' * 12}"
    text = f"{first}\n\n## Partage\n\n{second}\n\n{'Une phrase assez longue. ' * 40}"
    page = report(prose(f"# Volume\n\nChapeau.\n\n{text}")).pages[2]
    [heading] = [mark for mark in page if "Partage" in mark.text]
    caveats = [[mark for mark in page if word in mark.text] for word in ("limite", "mot")]
    assert all(min(mark.left for mark in caveat) > PAGE_WIDTH * 2 / 3 for caveat in caveats)
    assert heading.top < max(mark.bottom for mark in caveats[0]) < min(mark.top for mark in caveats[1])


@pytest.mark.parametrize("n_lines", [24, 25])
def test_a_caveat_that_ends_a_text_at_the_foot_of_a_page_is_printed(n_lines: int):
    lines = "\n\n".join("Ligne." for _ in range(n_lines))
    caveat = f"*Réserve.* {'mot ' * 12}"
    pages = report(prose(f"# Volume\n\nChapeau.\n\n{lines}\n\n## Partage\n\nUne phrase.\n\n{caveat}")).pages
    assert sum("mot" in mark.text for page in pages for mark in page) > 0


@pytest.mark.parametrize(("n_words", "page"), [(4, 4), (40, 3)])
def test_a_caveat_that_goes_to_the_next_page_takes_a_short_last_paragraph_with_it(n_words: int, page: int):
    lines = "\n\n".join("Ligne." for _ in range(24))
    text = f"Une phrase.\n\n{'Dernière phrase assez longue. ' * n_words}"
    layout = report(prose(f"# Volume\n\n{lines}\n\n## Partage\n\n{text}\n\n*Réserve.* {'Un mot. ' * 40}"))
    starts = [n for n, marks in enumerate(layout.pages, 1) if any("Dernière" in mark.text for mark in marks)]
    assert starts[0] == page
    assert any("mot" in mark.text for mark in layout.pages[3])


@pytest.mark.parametrize(
    ("level", "n_headings", "n_lines", "n_listed", "page"),
    [("##", 19, 1, 19, 2), ("##", 20, 10, 0, 2), ("##", 22, 0, 22, -1), ("#", 45, 1, 36, -1)],
)
def test_the_colophon_is_below_the_contents_without_many_sections_or_ends_the_report(
    level: str, n_headings: int, n_lines: int, n_listed: int, page: int
):
    text = "\n\n".join(f"{level} Partie {n}\n\nTexte." for n in range(n_headings)) + "\n\nTexte." * n_lines
    layout = report(prose(f"# Volume\n\nTexte.\n\n{text}"))
    pages = [layout.lines(number) for number in range(1, len(layout.pages) + 1)]
    [about] = [number for number, lines in enumerate(pages, 1) if "À propos de ce document" in lines]
    assert about == (page if page > 0 else len(pages))
    assert len([line for line in pages[1] if re.search(r"Partie \d+", line)]) == n_listed
    assert "Comment citer" in pages[about - 1] and layout.texts_over_texts() == []
    at = {mark.text.strip(): mark for mark in layout.pages[about - 1] if mark.text}
    assert at["Comment citer"].top > at["Source"].bottom and at["Comment citer"].left > PAGE_WIDTH / 2


def test_the_colophon_is_at_the_foot_of_its_page():
    page = report(prose("# Volume\n\nLigne.")).pages[1]
    lowest = max(mark.bottom for mark in page if mark.text.strip() and not mark.text.startswith("Page"))
    assert 0 <= TEXT_BOTTOM - lowest < 12


def test_the_colophon_is_on_one_grid_of_two_halves():
    page = [mark for mark in report(prose("# Volume\n\nLigne.")).pages[1] if mark.text.strip()]
    [top] = [mark.bottom for mark in page if mark.text == "À propos de ce document"]
    told = [mark for mark in page if mark.top > top and not mark.text.startswith("Page")]
    left, right = (
        min(mark.left for mark in told if (mark.left > PAGE_WIDTH / 2) == is_right)
        for is_right in (False, True)
    )
    assert right - left == pytest.approx(250, abs=1)  # half of 484 points, and half of the gap
    [citing] = [mark for mark in told if mark.text == "Comment citer"]
    assert citing.left == pytest.approx(right, abs=1)
    assert {round(mark.size, 1) for mark in told if "SourceSans" in mark.font} == {9.2}


def test_the_colophon_shows_the_start_of_a_checksum():
    text = " ".join(report(prose("# Volume\n\nLigne.")).lines(2))
    assert "0123456789ab…" in text
    assert "0123456789abc" not in text


def test_a_page_that_figures_fill_is_no_hole_for_a_chapter_that_follows_another():
    lines = "\n\n".join("Ligne." for _ in range(10))
    layout = report(
        prose(f"# Volume\n\n{one_page(17)}"),
        prose("# Partage\n\nLigne.", cell="share"),
        shown(table("tab-first"), cell="first"),
        prose(one_page(6), cell="more"),
        *(shown(figure(name), cell=name) for name in ("fig-one", "fig-two")),
        prose(f"## Suite\n\n{lines}\n\n# Confiance\n\n{lines}", cell="rest"),
    )
    pages = {heading.text: heading.page for heading in layout.headings}
    assert (pages["2 Partage"], pages["2.1 Suite"]) == (3, 4)


def test_no_rule_is_below_the_one_that_closes_a_table_whose_last_rows_have_a_name_in_common():
    answers = ("Oui", "Non", f"Non donnée, {'comme celles de bien des registres ' * 2}")
    rows = [(f"Question {n} {'de ce registre ' * 2}", answer, "1") for n in range(24) for answer in answers]
    asked = table("tab-asked", columns=["Question", "Réponse", "Nombre"], rows=rows, align=["l", "l", "r"])
    [*_, page] = report(prose("# Volume\n\nLigne."), shown(asked)).pages
    last = max(mark.bottom for mark in page if "Non donnée" in mark.text)
    thin = [mark for mark in page if not mark.text and mark.bottom - mark.top < 1 and mark.top > last]
    assert len({round(mark.top, 1) for mark in thin}) == 1


@pytest.mark.parametrize("specimen", [False, True])
def test_the_rule_that_closes_a_table_is_as_wide_as_its_other_rules(specimen):
    layout = report(prose("# Volume"), shown(table(specimen=specimen)))
    name = next(mark for mark in layout.pages[2] if mark.text.startswith("Portefeuille"))
    below = (mark for mark in layout.pages[2] if not mark.text and mark.bottom > name.top - 8)
    drawn = [mark for mark in below if 100 < mark.right - mark.left < 300]
    rules = [mark for mark in sorted(drawn, key=lambda mark: mark.top) if mark.bottom - mark.top < 1]
    assert len(rules) == 4  # above and below the headings, between the rows, and below them
    for sides in ([mark.left for mark in rules], [mark.right for mark in rules]):
        assert max(sides) - min(sides) < 1


def profile(n_sentences: int, note: str = "") -> Layout:
    """Return a profile: its number, dots, tiles and text, and a figure of marks that follows it."""
    rows = [Row(name, ("8",), (Mark("dot", "ink", 0.5, 0.5),)) for name in ("Finances", "Justice", "Travail")]
    text = "\n\n".join(["Une phrase assez longue pour sa ligne. " * 6] * n_sentences)
    return report(
        prose("# En bref : huit initiatives"),
        prose("- **8** initiatives", cell="number", tags=("tiles", "large")),
        shown(figure("fig-dots", marks=dots([Block("", "8", (("ink", 8),))], []).content()), cell="dots"),
        prose("- **6,2 %** de toutes", cell="tile", tags=("tiles",)),
        prose(f"{text}\n\n*Réserve.* {'Un mot. ' * 40}", cell="text"),
        shown(
            figure("fig-place", marks=Rows(tuple(rows), (), ()).content(), caption="Diagramme", note=note),
            cell="place",
        ),
        brief=True,
    )


@pytest.mark.parametrize("n_sentences", [2, 6])
def test_the_numbers_of_a_profile_are_in_one_row_above_its_dots_the_first_of_them_larger(n_sentences):
    layout = profile(n_sentences)
    [page] = layout.pages
    first, second = (next(m for m in page if m.text.strip().startswith(word)) for word in ("8", "6,2"))
    [dots] = [mark for mark in page if "Initiatives déclarées" in mark.text]
    assert first.right < second.left and first.size > second.size
    assert max(first.bottom, second.bottom) < dots.top
    assert sum("Source" in line for line in layout.lines(1)) == 2  # each figure has its own


@pytest.mark.parametrize("n_sentences", [2, 3, 6])
def test_the_text_of_a_profile_is_in_two_columns_with_its_caveat_last_above_its_figure(n_sentences):
    [page] = profile(n_sentences).pages
    lefts = [round(mark.left) for mark in page if "phrase" in mark.text]
    assert lefts == sorted(lefts) and {*lefts} == ({64} if n_sentences == 2 else {64, 314})
    [title] = [mark for mark in page if "Diagramme" in mark.text]
    caveat = [mark for mark in page if "Un mot" in mark.text]
    assert {mark.left > PAGE_WIDTH / 2 for mark in caveat} == {True}
    assert title.left < PAGE_WIDTH / 2 and title.top > max(mark.bottom for mark in caveat)


def test_the_dots_of_a_profile_have_their_title_above_them_and_their_note_and_source_below():
    strip = dots([Block("", "8", (("ink", 8),))], []).content()
    dotted = shown(figure("fig-dots", marks=strip, note="Un mot."), cell="dots")
    [page] = report(prose("# En bref : huit initiatives"), dotted, brief=True).pages
    [title] = [mark for mark in page if "Initiatives déclarées" in mark.text]
    notes = [mark for mark in page if mark.text.strip() in ("Note\u00a0:", "Source\u00a0:")][:2]
    drawn = [m for m in page if not m.text and title.bottom < m.top < notes[0].top]
    assert drawn and len(notes) == 2 and round(notes[0].top) == round(notes[1].top)
    assert notes[0].top - max(mark.bottom for mark in drawn) > 3


@pytest.mark.parametrize("n_sentences", [2, 6])
def test_the_second_figure_of_a_profile_is_clear_of_its_text_and_has_its_note_below(n_sentences):
    [page] = profile(n_sentences, note="En gras.").pages
    [title] = [mark for mark in page if "Diagramme" in mark.text]
    [last] = [mark for mark in page if "Travail" in mark.text]
    [note] = [mark for mark in page if "En gras" in mark.text]
    assert title.top - max(mark.bottom for mark in page if "phrase" in mark.text) >= 9
    assert 0 < note.top - last.bottom < 30


def test_the_text_of_a_profile_is_clear_of_the_figure_above_it():
    rows = [Row(name, ("8",), (Mark("dot", "ink", 0.5, 0.5),)) for name in ("Justice", "Travail")]
    placed = figure("fig-place", marks=Rows(tuple(rows), (), ()).content(), note="En gras.")
    text = prose("Une phrase.\n\n*Réserve.* Un mot.", cell="text")
    [page] = report(prose("# En bref : huit initiatives"), shown(placed), text, brief=True).pages
    lowest = max(mark.bottom for mark in page if "En gras" in mark.text or "Source" in mark.text)
    assert min(mark.top for mark in page if "phrase" in mark.text) - lowest > 12


def test_the_text_of_a_profile_and_its_caveat_are_on_one_page_above_a_long_list():
    rows = [Row(f"Bureau {n}", ("8",), (Mark("dot", "ink", 0.5, 0.5),)) for n in range(18)]
    placed = shown(figure("fig-place", marks=Rows(tuple(rows), (), ()).content()))
    text = prose("\n\n".join([*["Une phrase. " * 30] * 4, f"*Réserve.* {'Un mot. ' * 40}"]), cell="text")
    rest = {"after": 4, "text": "Les autres sont ailleurs."}
    listed = shown(table(rows=[(f"Outil {n}", "1") for n in range(60)], print_rest=rest), cell="list")
    heading = prose("# Liste", cell="heading")
    pages = report(prose("# En bref : un fait"), placed, text, heading, listed, brief=True).pages
    found = [[any(word in m.text for m in marks) for marks in pages] for word in ("phrase", "Un mot")]
    assert found == [[True, False], [True, False]]


def test_a_text_that_the_page_of_a_profile_does_not_hold_is_whole_in_two_columns():
    text = "\n\n".join([*["Ligne."] * 110, "Fin.", "*Réserve.* Un mot."])
    layout = report(prose(f"# En bref : huit initiatives\n\n{text}"), shown(table()), brief=True)
    assert len(layout.pages) == 2
    lines = [[mark for mark in page if mark.text in ("Ligne.", "Fin.")] for page in layout.pages]
    assert {round(mark.left) for mark in lines[0]} == {64, 314}
    assert sum(map(len, lines)) == 111


def test_the_caveat_of_a_profile_without_text_is_at_the_left():
    tile = prose("- **6,2 %** de toutes", cell="tile", tags=("tiles",))
    caveat = prose(f"*Réserve.* {'Un mot. ' * 14}", cell="text")
    [page] = report(prose("# En bref : huit initiatives"), tile, caveat, brief=True).pages
    lines = [mark for mark in page if "Un mot" in mark.text]
    assert {round(mark.left) < PAGE_WIDTH / 4 for mark in lines} == {True}


def test_the_large_number_of_a_profile_is_clear_of_its_heading_and_of_the_key_of_its_dots():
    key = [Key("dot", "production", "En production")]
    large = prose("- **425** initiatives", cell="number", tags=("tiles", "large"))
    dotted = shown(
        figure("fig-dots", marks=dots([Block("", "8", (("ink", 8),))], key).content()), cell="dots"
    )
    page = report(prose("# En bref : huit initiatives"), large, dotted, brief=True).pages[0]
    heading, number, label = (
        next(m for m in page if word in m.text) for word in ("initiatives", "425", "En production")
    )
    assert number.top - heading.bottom > 13
    assert label.top - number.bottom > 12


def test_the_lines_of_the_colophon_of_a_profile_are_clear_of_its_underlines():
    layout = report(prose("# En bref\n\nLigne."), brief=True, notices=[{"markdown": "Un mot de trop. " * 20}])
    tops = sorted({round(m.top, 1) for m in layout.pages[0] if "mot de trop" in m.text})
    assert {round(after - before) for before, after in pairwise(tops)} == {10}


def test_the_colophon_of_a_profile_has_three_columns_of_eight_points():
    notices = [{"markdown": text} for text in ("Publication indépendante.", "Données ouvertes.")]
    marks = report(prose("# En bref\n\nLigne."), brief=True, notices=notices).pages[0]
    found = {
        word: next(m for m in marks if word in m.text) for word in ("indép", "ouvertes", "Comment citer")
    }
    assert [round(mark.left) for mark in found.values()] == [64, 206, 404]
    assert {mark.size for mark in found.values()} == {8}
    assert found["ouvertes"].top == found["Comment citer"].top


@pytest.mark.parametrize(("told", "n"), [(None, 1), (1, 0)])
def test_the_colophon_of_a_profile_says_no_name_of_a_file_nor_again_what_its_banner_says(told, n):
    texts = ("Publication indépendante.", "Lignes refaites.", "Données ouvertes.", "Version première.")
    notices = [{"markdown": text} for text in texts]
    marks = report(
        prose("# En bref\n\nLigne."), brief=True, notices=notices, banner="Ébauche", banner_notice=told
    ).pages[0]
    said = "".join(mark.text for mark in marks)
    assert [said.count(text) for text in texts] == [1, n, 1, 1]
    assert "portrait 0.1.0" not in said and "Empreinte" not in said


def test_the_large_number_of_a_profile_is_clear_of_what_is_above_and_below_it():
    large = prose("- **95** initiatives", cell="n", tags=("tiles", "large"))
    dotted = shown(figure(marks=dots([Block("", "", (("ink", 8),))], [Key("dot", "ink", "Clé")]).content()))
    marks = [m for m in report(prose("# En bref : un fait"), large, dotted, brief=True).pages[0] if m.text]
    [number] = [mark for mark in marks if mark.text.strip() == "95"]
    above = max(mark.bottom for mark in marks if "fait" in mark.text.lower())
    [key] = [mark for mark in marks if mark.text.strip() == "Clé"]
    assert number.top - above >= 26  # 20 before, where their rule seemed to be under the heading
    assert key.top - number.bottom >= 9


def test_the_description_of_the_one_initiative_of_a_profile_is_as_large_as_the_text():
    named = prose(
        "- **« Un assistant pour les dossiers »** Aide à choisir.", cell="n", tags=("tiles", "large")
    )
    text = prose("**Le tout.** Une phrase.", cell="t")
    marks = [m for m in report(prose("# En bref : un fait"), named, text, brief=True).pages[0] if m.text]
    [described] = {m.size for m in marks if m.text.startswith("Aide")}
    assert described == {m.size for m in marks if "phrase" in m.text}.pop()


def test_the_name_of_the_one_initiative_of_a_profile_is_smaller_than_its_finding():
    named = prose("- **« Un assistant »** Aide.", cell="n", tags=("tiles", "large"))
    marks = [m for m in report(prose("# En bref : un fait"), named, brief=True).pages[0] if m.text]
    [name] = {m.size for m in marks if "assistant" in m.text}
    assert name < {m.size for m in marks if "fait" in m.text.lower()}.pop()


def test_the_caveat_of_a_profile_without_text_is_as_wide_as_its_page():
    caveat = prose(f"*Réserve.* {'Un mot. ' * 30}", cell="c")
    large = prose("- **5** initiatives", cell="n", tags=("tiles", "large"))
    drawn = shown(figure(), cell="f")
    marks = report(prose("# En bref : un fait"), large, drawn, caveat, brief=True).pages[0]
    assert max(m.right for m in marks if "Un mot" in m.text) > 0.8 * PAGE_WIDTH


def test_the_rule_of_the_one_number_of_a_profile_is_as_wide_as_its_text():
    large = prose("- **5** initiatives", cell="n", tags=("tiles", "large"))
    marks = report(prose("# En bref : un fait"), large, brief=True).pages[0]
    [number] = [mark for mark in marks if mark.text.strip() == "5"]
    rules = [mark for mark in marks if not mark.text and 0 < number.top - mark.bottom < 20]
    assert [(round(rule.left), round(rule.right)) for rule in rules] == [(64, 548)]


@pytest.mark.parametrize(("language", "n"), [("fr-CA", 1), ("en-CA", 0)])
@pytest.mark.parametrize(("rank", "letters"), [("1er", "er"), ("4e", "e"), ("17e", "e")])
def test_the_letters_of_a_french_rank_are_raised_and_as_large(language: str, n: int, rank: str, letters: str):
    marks = report(prose(f"# Volume\n\nAu {rank} rang."), language=language).pages[2]
    assert rank in "".join(mark.text for mark in marks)
    raised = [mark.size for mark in marks if mark.text.strip() == letters]
    assert len(raised) == n and all(size >= 7.5 for size in raised)


def test_the_colophon_of_a_profile_is_at_the_foot_of_its_page():
    text = "\n\n".join(["Ligne."] * 66)
    for said in ("Ligne.", text):
        layout = report(prose(f"# En bref\n\n{said}"), brief=True)
        [page] = layout.pages
        lowest = max(mark.bottom for mark in page if mark.text and "Page" not in mark.text)
        assert lowest > layout.text_bottom


def test_the_second_page_of_a_profile_says_above_what_kind_of_document_it_is():
    text = "\n\n".join(["Ligne."] * 140)
    front = {"brief": True, "subtitle": "Profil d’un portefeuille"}
    layout = report(prose(f"# En bref : huit initiatives\n\n{text}"), **front)
    heads = [[mark.text for mark in page if mark.bottom < TOP_MARGIN] for page in layout.pages]
    assert "Profil d’un portefeuille" in heads[1] and "En bref" not in heads[1]


def test_the_decimals_of_a_tile_are_clear_of_what_it_counts():
    tile = prose("- **1,0 %** de toutes les initiatives", cell="tile", tags=("tiles",))
    marks = report(prose("# En bref : un fait"), tile, brief=True).pages[0]
    number, counted = (next(m for m in marks if word in m.text) for word in ("1,0", "toutes"))
    assert counted.top - number.bottom > 8  # 5 before, where a comma reached it


def test_a_list_of_one_column_has_no_line_too_long_to_read():
    names = [(f"Modèle {n} d’analyse de textes, " + "de rapports annuels et " * 4,) for n in range(4)]
    caption = "Initiatives déclarées, édition de 2025; sur chaque ligne, catégorie : Technologies"
    wide = {"columns": ["Initiative"], "align": ["l"], "rows": names, "caption": caption}
    layout = report(prose("# En bref\n\nLigne."), shown(table(**wide)), brief=True)
    assert layout.long_lines() == []
