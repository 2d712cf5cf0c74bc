"""The alluvial diagram: thickness of bands and nodes, vocabulary, tiers, labels of thin nodes."""

from __future__ import annotations

import dataclasses
import itertools

import pandas as pd
import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import PathPatch, Rectangle

from portrait import figures
from portrait.style import colours
from tests import small
from tests.figures.overlaps import beyond, overlaps, smallest


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return small.edition_of(tmp_path_factory.mktemp("data"), y2024=[small.row("Avant")], y2025=[small.row()])


def passages(*rows, tier="probable"):
    """Return transitions, each (status before, status now, initiatives, of which by vocabulary)."""
    columns = ["status_previous", "status", "n_initiatives", "n_by_vocabulary"]
    return pd.DataFrame(rows, columns=columns).assign(tier=tier)


def shapes(canvas, kind):
    return [patch for patch in canvas.axes[0].patches if isinstance(patch, kind)]


def ends_of(band):
    """Return the bottom and the top of a band at its left and at its right end."""
    heights = {x: sorted(y for at, y in band.get_path().vertices if at == x) for x in (0, 1)}
    return [(heights[x][0], heights[x][-1]) for x in (0, 1)]


def looks_of(canvas, look):
    """Return how thick each band is at its left end, and its look."""
    bands = shapes(canvas, PathPatch)
    return [(round(top - bottom), look(band)) for band in bands for bottom, top in ends_of(band)[:1]]


def test_a_band_is_as_thick_as_its_count_and_bands_fill_their_nodes_without_overlap(edition, canvases):
    figures.trajectories(
        passages(
            ("production", "production", 5, 0),
            ("development", "production", 3, 0),
            ("development", "not_found", 2, 0),
            ("production", "development", 4, 0),
        ),
        "probable",
        edition,
        "en",
    )
    nodes = [(node.get_x() < 0.5, node.get_height()) for node in shapes(canvases[0], Rectangle)]
    # In production 9, in development 5; then in production 8, in development 4, not found 2.
    assert nodes == [(True, 9), (True, 5), (False, 8), (False, 4), (False, 2)]
    bands = [ends_of(band) for band in shapes(canvases[0], PathPatch)]
    for side in (0, 1):
        spans = sorted(ends[side] for ends in bands)
        assert sorted(round(top - bottom) for bottom, top in spans) == [2, 3, 4, 5]
        assert all(one[1] <= other[0] + 1e-9 for one, other in itertools.pairwise(spans))


def test_new_initiatives_are_counted_in_the_note_and_not_drawn(edition, canvases):
    figure = figures.trajectories(
        passages(("production", "production", 5, 0), ("not_before", "retired", 1200, 0)),
        "probable",
        edition,
        "en",
    )
    assert [node.get_height() for node in shapes(canvases[0], Rectangle)] == [5, 5]
    assert figure.rows == (("In production, then In production", "5"),)
    assert figure.note == ("Without a match in 2024: 1,200 initiatives of 2025. Tier of links: probable.")


@pytest.mark.parametrize(("status", "says"), [("not_found", True), ("retired", False)])
def test_what_is_counted_says_that_not_found_is_not_stopped_where_some_are_not_found(
    edition, canvases, status, says
):
    figure = figures.trajectories(passages(("development", status, 2, 0)), "probable", edition, "en")
    assert ("“not found” does not mean “stopped”" in figure.caption) is says


def test_a_node_at_the_right_says_that_its_number_is_of_those_found_again(edition, canvases):
    rows = [("production", "production", 573, 0), ("production", "not_found", 9, 0)]
    figures.trajectories(passages(*rows, ("not_before", "production", 467, 0)), "probable", edition, "fr")
    labels = {text.get_text() for text in canvases[0].axes[0].texts}
    assert {"En production (573 retrouvées)", "En production (582)", "Non retrouvées (9)"} <= labels


def test_the_node_of_a_few_initiatives_is_high_enough_to_be_seen_around_its_middle(edition, canvases):
    rows = passages(("production", "production", 991, 0), ("unknown", "production", 9, 0))
    figures.trajectories(rows, "probable", edition, "en", told=[("unknown", "production")])
    first, small = (node for node in shapes(canvases[0], Rectangle) if node.get_x() < 0)
    assert (first.get_height(), small.get_height()) == (991, 15)  # 1.5% of 1,000
    [band] = [
        each
        for each in shapes(canvases[0], PathPatch)
        if round(ends_of(each)[0][1] - ends_of(each)[0][0]) == 9
    ]
    low, high = ends_of(band)[0]
    assert small.get_y() == pytest.approx((low + high) / 2 - 7.5)


def test_a_band_is_in_rust_where_the_title_counts_it_and_else_in_grey_pale_where_it_stays(edition, canvases):
    rows = passages(
        ("development", "production", 76, 0),
        ("production", "retired", 40, 0),
        ("development", "retired", 12, 2),
        ("development", "development", 300, 0),
    )
    told = [("development", "retired"), ("development", "production")]
    figure = figures.trajectories(rows, "probable", edition, "en", told=told)
    looks = looks_of(canvases[0], lambda band: (to_hex(band.get_facecolor()), band.get_facecolor()[3]))
    told_ones = dict.fromkeys((76, 10, 2), (colours.ACCENT, 0.85))
    assert dict(looks) == {**told_ones, 300: (colours.MUTED, 0.15), 40: (colours.MUTED, 0.45)}
    page = (small.PROJECT / "portrait/publish/templates/report.css").read_text("utf-8")
    assert f'[fill-opacity="{dict(looks)[300][1]}"]' in page  # it is lighter there on a dark ground
    assert figure.note == ("Hatched: the definitions of the two labels overlap. Tier of links: probable.")
    numbers = {text.get_text(): text.get_fontweight() for text in canvases[0].axes[0].texts}
    assert (numbers["76"], numbers["12"], numbers["300"]) == ("bold", "bold", "normal")


def test_a_band_that_the_title_counts_has_its_name_in_it_where_it_is_thick_enough(edition, canvases):
    rows = passages(
        ("development", "production", 5, 0),
        ("development", "not_found", 76, 0),
        ("retired", "retired", 90, 0),
    )
    told = [("development", "production"), ("development", "not_found")]
    figures.trajectories(rows, "probable", edition, "en", told=told)
    for canvas in canvases:  # on paper, and on a phone
        named = [text for text in canvas.axes[0].texts if to_hex(text.get_color()) == colours.PAPER]
        assert [text.get_text() for text in named] == ["Not found"]
        box = named[0].get_window_extent(canvas._get_renderer())
        [band] = [each for n, each in looks_of(canvas, lambda band: band) if n == 76]
        inside = canvas.axes[0].transData.transform_path(band.get_path())
        assert inside.contains_points(box.corners()).all()


def test_where_the_title_names_bands_each_node_keeps_the_colour_of_its_status(edition, canvases):
    rows = passages(
        ("development", "production", 76, 0), ("production", "production", 5, 0), ("retired", "retired", 9, 0)
    )
    figures.trajectories(rows, "probable", edition, "en", told=[("development", "production")])
    faces = [to_hex(node.get_facecolor()) for node in shapes(canvases[0], Rectangle)]
    status = colours.STATUS_COLOURS
    left, right = ("production", "development", "retired"), ("production", "retired")
    assert faces == [status[each] for each in (*left, *right)]
    drawn = {text.get_text(): to_hex(text.get_color()) for text in canvases[0].axes[0].texts}
    assert (drawn["76"], drawn["9"]) == (colours.ACCENT, colours.LIGHT["muted"])


def test_a_pale_band_has_edges_as_dark_as_the_marks_of_other_figures(edition, canvases):
    rows = passages(("development", "production", 76, 0), ("development", "development", 300, 0))
    figures.trajectories(rows, "probable", edition, "en")
    figures.trajectories(rows, "probable", edition, "en", told=[("development", "production")])
    edges = [dict(looks_of(canvas, lambda band: band.get_edgecolor()))[300] for canvas in canvases]
    assert to_rgba(colours.STATUS_COLOURS["development"]) in edges and to_rgba(colours.MUTED) in edges


def test_only_the_part_of_a_passage_that_the_vocabulary_may_explain_is_hatched(edition, canvases):
    figure = figures.trajectories(
        passages(("development", "production", 7, 2), ("production", "production", 1, 0)),
        "probable",
        edition,
        "en",
    )
    found = looks_of(canvases[0], lambda band: bool(band.get_hatch()))
    assert sorted(found) == [(1, False), (2, True), (5, False)]
    assert figure.rows[0] == ("In development, then In production", "7", "2")
    assert figure.alt.startswith("Alluvial diagram. In development, then In production: 7; ")


def test_only_the_given_tier_is_drawn_and_the_most_frequent_passage_comes_first(edition):
    strict = passages(("production", "not_found", 9, 0), tier="strict")
    probable = passages(
        ("production", "not_found", 2, 0),
        ("production", "production", 7, 0),
        ("unknown", "production", 0, 0),
    )
    figure = figures.trajectories(pd.concat([strict, probable], ignore_index=True), "probable", edition, "fr")
    assert figure.rows == (
        ("En production, puis En production", "7"),
        ("En production, puis Non retrouvées", "2"),
    )
    assert figure.note.endswith("Palier des liens : probable.")


def test_every_node_has_its_label_and_those_of_thin_nodes_do_not_overlap(edition, canvases):
    thin = ("development", "retired", "unknown", "unclassified")
    figures.trajectories(
        passages(
            ("production", "production", 400, 0),
            *((status, status, 1, 0) for status in thin),
            ("production", "not_found", 1, 0),
        ),
        "probable",
        edition,
        "fr",
    )
    for canvas in canvases:  # for the page, and for a phone
        [axes] = canvas.axes
        renderer = canvas._get_renderer()
        boxes = [text.get_window_extent(renderer) for text in axes.texts]
        assert len(boxes) == 14  # two years, five and six nodes, the thick band
        assert all(box.width > 5 for box in boxes)  # matplotlib leaves out a label outside of the axes
        assert overlaps(canvas) == beyond(canvas) == []
        assert all(box.y0 >= 0 for box in boxes)
    assert smallest(canvases[1]) >= 8.5


def test_a_band_has_its_number_where_it_is_thick_enough(edition, canvases):
    rows = passages(
        ("production", "production", 96, 0), ("production", "not_found", 4, 0), ("retired", "retired", 1, 0)
    )
    figures.trajectories(rows, "probable", edition, "en")
    numbers = [text.get_text() for text in canvases[0].axes[0].texts if text.get_text() in ("96", "4", "1")]
    assert numbers == ["96", "4"]


def test_numbers_are_right_of_the_bands_those_of_the_finding_and_of_thick_ones_first(edition, canvases):
    rows = passages(
        ("production", "production", 494, 0),
        ("development", "production", 20, 0),  # two hundredths, between two thick bands
        ("unknown", "production", 467, 0),
        ("production", "retired", 19, 5),  # one number for both parts of the passage
        ("development", "retired", 18, 0),  # beside the 19
        ("retired", "retired", 9, 0),
    )

    def right_of(canvas):
        [axes] = canvas.axes
        return axes.transData.transform((1, 0))[0]

    for told, third in (((), "19"), ([("development", "retired")], "18")):
        figure = figures.trajectories(rows, "probable", edition, "en", told=told)
        for canvas in canvases[-2:]:
            shown = [t for t in canvas.axes[0].texts if hasattr(t, "xy") and t.get_text().isdigit()]
            assert {text.get_text() for text in shown} >= {"494", "20", "467", third}
            assert all(
                text.get_window_extent(canvas._get_renderer()).x0 >= right_of(canvas) for text in shown
            )
            assert overlaps(canvas) == []
    assert "Not drawn: a band of 9 initiatives." in figure.note


def test_a_band_has_its_number_on_a_phone_if_it_has_it_on_paper(edition, canvases):
    rows = passages(
        ("production", "production", 3979, 0),
        ("production", "development", 81, 0),  # its middle is at 203.5 of 4,386 from that of the 326
        ("development", "development", 326, 0),
    )
    figures.trajectories(rows, "probable", edition, "en")
    for canvas in canvases:
        texts = [text.get_text() for text in canvas.axes[0].texts]
        assert {"3,979", "81", "326"} <= set(texts)
        assert overlaps(canvas) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_number_is_apart_from_the_end_of_its_band_on_a_phone_too(edition, canvases, language):
    figures.trajectories(passages(*INVENTORY), "probable", edition, language)
    for canvas in canvases:
        [axes] = canvas.axes
        end = axes.transData.transform((1, 0))[0]
        boxes = [each.get_window_extent(canvas._get_renderer()) for each in axes.texts]
        numbers = [
            box for box, each in zip(boxes, axes.texts, strict=True) if each.get_text() in ("405", "494")
        ]
        assert len(numbers) == 2
        assert min(box.x0 for box in numbers) > end + 1 / 72 * canvas.dpi


NODES = ("production", "development", "retired", "unknown", "not_found")
SIZES = {  # those of the federal inventory of 2025
    "production": (494, 101, 107, 72, 405),
    "development": (76, 326, 128, 20, 253),
    "retired": (1, 1, 21, 2, 117),
    "unknown": (2, 7, 0, 0, 0),
    "not_before": (467, 1484, 58, 244, 0),
}
INVENTORY = [
    (before, after, n, 0) for before, ns in SIZES.items() for after, n in zip(NODES, ns, strict=True)
]


def test_very_thin_bands_are_not_drawn_and_the_note_counts_them_and_the_initiatives_in_them(
    edition, canvases
):
    figure = figures.trajectories(passages(*INVENTORY), "probable", edition, "en")
    assert "Not drawn: 7 bands of at most 21 initiatives (54 in all)." in figure.note
    for canvas in canvases:
        thicknesses = [n for n, _ in looks_of(canvas, lambda band: None)]
        assert sorted(thicknesses) == [72, 76, 101, 107, 117, 128, 253, 326, 405, 494]
        heights = [round(node.get_height()) for node in shapes(canvas, Rectangle)]
        assert heights[:3] == [1179, 803, 142]  # the nodes hold the initiatives of all bands
    figures.trajectories(passages(*INVENTORY), "probable", edition, "en", told=[("unknown", "development")])
    assert 7 in [n for n, _ in looks_of(canvases[-1], lambda band: None)]  # the title is about it


def test_the_numbers_of_two_thin_bands_side_by_side_have_room_between_them(edition, canvases):
    figures.trajectories(passages(*INVENTORY), "probable", edition, "en")
    canvas = canvases[0]
    renderer = canvas._get_renderer()
    boxes = {text.get_text(): text.get_window_extent(renderer) for text in canvas.axes[0].texts}
    one, other = sorted((boxes["72"], boxes["107"]), key=lambda box: box.x0)
    apart = max(one.y0, other.y0) - min(one.y1, other.y1)
    assert other.x0 - one.x1 > 2 * one.width or apart > one.height


def test_the_numbers_at_the_right_are_nine_points_apart(edition, canvases):
    figures.trajectories(passages(*INVENTORY), "probable", edition, "en")
    canvas = canvases[0]
    renderer = canvas._get_renderer()
    numbers = [text for text in canvas.axes[0].texts if hasattr(text, "xy") and text.get_text().isdigit()]
    boxes = [text.get_window_extent(renderer) for text in numbers]
    middles = sorted((box.y0 + box.y1) / 2 * 72 / canvas.dpi for box in boxes)
    assert len(middles) == 10  # all but 1, 1, 20, 21, 2, 2 and 7
    assert min(after - before for before, after in itertools.pairwise(middles)) > 9


@pytest.mark.parametrize("language", ["fr", "en"])
def test_on_a_phone_no_line_of_a_label_ends_within_its_parenthesis(edition, canvases, language):
    figures.trajectories(passages(*INVENTORY), "probable", edition, language)
    texts = [text.get_text() for text in canvases[1].axes[0].texts]
    labels = [text for text in texts if "(" in text]
    assert len(labels) == 9
    assert all("\n" not in label.partition("(")[2] for label in labels)
    assert overlaps(canvases[1]) == beyond(canvases[1]) == []


@pytest.mark.parametrize(
    ("rows", "inches"),
    [
        # One thick band and three thin ones.
        ([("production", "production", 1331, 0), ("development", "development", 71, 0),
          ("retired", "retired", 62, 0), ("unknown", "production", 43, 0)], 2.1),
        ([("production", "production", 9, 0), ("production", "development", 9, 0)], 2.1),
        # Four and five nodes, and thin bands between thick ones.
        (INVENTORY, 3.3),
    ],
)  # fmt: skip
def test_a_figure_is_as_low_as_leaves_each_number_and_each_label_beside_its_node(
    edition, canvases, rows, inches
):
    terms = [
        dataclasses.replace(each, labels={"en": "Information unavailable"})
        if each.name == "unknown"
        else each
        for each in edition.source.terms("status", edition.year)
    ]
    source = dataclasses.replace(edition.source, vocabulary={"status": terms})
    figures.trajectories(passages(*rows), "probable", dataclasses.replace(edition, source=source), "en")
    assert [canvas.get_figheight() for canvas in canvases] == [pytest.approx(inches), pytest.approx(6.2)]
    assert overlaps(canvases[0]) == beyond(canvases[0]) == []
