"""Where initiatives stand: shares and bounds, and what became of those of the previous edition."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from portrait import facts
from tests import small
from tests.facts.editions import linked, opened, reconstructed, stand
from tests.reports import prose_of_chapter

P, D, S = small.PRODUCTION, small.DEVELOPMENT, small.SILENT
TIERS = ("strict", "probable", "possible")


def test_unknown_statuses_enter_the_bounds_and_not_the_share(tmp_path: Path) -> None:
    now, before = stand(*[P] * 6, *[D] * 2, *[S] * 2), stand(*[P] * 5, *[D] * 5)
    stages = facts.stages(opened(tmp_path, now, before))
    assert (stages.known, stages.known_before, stages.known_both) == (8, 10, 8)
    assert stages.status.production_share == 6 / 8
    assert (stages.status.lowest_share, stages.status.highest_share) == (6 / 10, 8 / 10)
    assert stages.status_before.production_share == 5 / 10
    assert stages.bounds_apart  # at least 60 %, against 50 %


def test_the_share_in_production_of_all_counts_the_retired(project: Path) -> None:
    stages = facts.stages(opened(project, stand(*[P] * 6, *[D] * 5, *["Arrêt"] * 4, *[S] * 5), (), project))
    numbers = stages.production_of_all.numbers
    assert [float(numbers[end]) for end in ("low", "high")] == [6 / 20, 11 / 20]


def test_a_file_before_that_gives_no_status_leaves_nothing_to_compare_with(tmp_path: Path) -> None:
    before = facts.stages(opened(tmp_path, stand(P), stand("", ""))).status_before
    assert before._repr_mimebundle_()["text/plain"].endswith("The file does not give this field.")


def test_bounds_that_touch_are_not_apart(tmp_path: Path) -> None:
    now, before = stand(*[P] * 6, *[D] * 4), stand(*[P] * 5, *[D] * 4, S)
    assert not facts.stages(opened(tmp_path, now, before)).bounds_apart  # 60 %, against 50 to 60 %


def test_statuses_of_this_year_are_crossed_and_drawn_from_ten_known(tmp_path: Path) -> None:
    justice = stand(*[P] * 7, *[D] * 3, portfolio="Justice")
    work = stand(*[D] * 9, S, portfolio="Travail", category=small.DECISION)
    stages = facts.stages(opened(tmp_path, [*justice, *work], stand(*[P] * 10, portfolio="Famille")))
    by_portfolio = stages.by_portfolio_maturity.set_index("portfolio_folded")
    assert set(by_portfolio.index) == {"Justice", "Travail"}
    assert by_portfolio.production_share["Justice"] == 0.7
    assert by_portfolio.highest_share["Travail"] == 0.1
    assert list(stages.charted_by_portfolio.portfolio_folded) == ["Justice"]
    assert not stages.draws_portfolios  # one alone is no comparison


@pytest.mark.parametrize(("n_before", "is_drawn"), [(50, True), (59, False)])
def test_statuses_of_both_editions_are_drawn_if_the_shares_in_production_differ(
    tmp_path: Path, n_before: int, is_drawn: bool
) -> None:
    now = stand(*[P] * 60, *[D] * 41, portfolio="")  # 59.4 %
    before = stand(*[P] * n_before, *[D] * (100 - n_before), portfolio="")
    stages = facts.stages(opened(tmp_path, now, before))
    assert (stages.draws_statuses, stages.lists_statuses) == (is_drawn, not is_drawn)


@pytest.mark.parametrize("has_previous", [True, False])
def test_statuses_have_no_table_of_their_own_where_portfolios_and_passages_are_drawn(
    tmp_path: Path, *, has_previous: bool
) -> None:
    rows = [row for name in ("Justice", "Travail") for row in stand(*[P] * 12, *[D] * 12, portfolio=name)]
    moved = [row for name in ("Justice", "Travail") for row in stand(*[D] * 12, *[P] * 12, portfolio=name)]
    stages = facts.stages(opened(tmp_path, rows, moved) if has_previous else opened(tmp_path, rows))
    assert stages.draws_portfolios
    assert stages.lists_statuses is not has_previous


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fr", "132 initiatives sont en production, entre 51 % et 55 % du total"),
        ("en", "132 initiatives are in production, between 51% and 55% of all"),
    ],
)
def test_the_title_of_the_figure_of_statuses_is_about_the_status_of_the_heading_and_the_large_number(
    language: str, title: str
) -> None:
    text = prose_of_chapter("05-stages", source="quebec", year=2025, language=language).replace("\u00a0", " ")
    assert title in text
    assert "**132** initiatives" in text


def test_a_portfolio_counts_its_statuses_with_those_of_its_network(tmp_path: Path) -> None:
    health = "Santé et Services sociaux"
    now = [*stand(P, portfolio=health), *stand(D, D, D, portfolio=f"{health} (Réseau)")]
    [row] = facts.stages(opened(tmp_path, now)).by_portfolio_maturity.itertuples()
    assert (row.portfolio_folded, row.n_initiatives, row.production_share) == (health, 4, 0.25)


def test_initiatives_found_are_counted_by_tier(tmp_path: Path) -> None:
    edition = opened(tmp_path, stand(P, P, D, D, D), stand(D, D, P, D))
    stages = facts.stages(linked(edition, (1, 1, "strict"), (3, 3, "probable"), (4, 4, "possible")))
    assert stages.found_by_tier.n_links.tolist() == [1, 2, 3]
    assert (stages.all_before.value, stages.found_again.value) == (4, 2)


def test_what_became_of_those_in_development_is_counted_at_each_tier(tmp_path: Path) -> None:
    before, now = stand(D, D, D, D, P, D), stand(P, D, S, P, D, P)
    links = [(1, 1, "strict"), (2, 2, "probable"), (3, 3, "strict"), (5, 5, "strict"), (6, 6, "possible")]
    stages = facts.stages(linked(opened(tmp_path, now, before), *links))
    # In development before: five, of whom three are found: one in production, one not, one silent.
    found = stages.outcomes
    assert (found.all.value, found.in_production.value, found.in_development.value) == (5, 1, 1)
    assert (found.silent.value, found.retired.value, found.lost.value) == (1, 0, 2)
    assert found.found.value == 3
    assert (stages.strict_outcomes.lost.value, stages.strict_outcomes.in_development.value) == (3, 0)
    assert (stages.possible_outcomes.lost.value, stages.possible_outcomes.in_production.value) == (1, 2)
    assert not found.are_told  # three found are too few for a finding
    assert stages.outcomes.told_passages == []
    assert (stages.doubtful.value, found.doubtful.value) == (0, 0)


def test_what_became_of_those_in_production_adds_up(tmp_path: Path) -> None:
    before, now = stand(*[P] * 13, D), stand(*[P] * 8, D, S, P)
    links = [(n, n, "strict") for n in range(1, 11)] + [(14, 11, "strict")]
    found = facts.stages(linked(opened(tmp_path, now, before), *links)).production_outcomes
    # In production before: thirteen, of whom eight still are, one is in development, one silent, three lost.
    assert (found.all.value, found.in_production.value, found.in_development.value) == (13, 8, 1)
    assert (found.silent.value, found.retired.value, found.lost.value) == (1, 0, 3)
    assert found.are_followed  # ten are found
    assert found.are_split and not found.are_silent


@pytest.mark.parametrize(("n_others", "named"), [(1, True), (3, False), (0, False)])
def test_the_two_portfolios_of_most_not_found_are_named_unless_tied_or_alone(
    tmp_path: Path, n_others: int, named: bool
) -> None:
    sizes = {"Justice": 7, "Travail": 3, "Famille": n_others}
    before = [small.row(portfolio=name, status=D) for name, n in sizes.items() for _ in range(n)]
    found = facts.stages(opened(tmp_path, stand(P), before)).outcomes
    assert found.names_lost == named
    assert found.portfolios_of_lost.numbers["count0"] == 7


@pytest.mark.parametrize(("n_gone", "named"), [(10, ("Culture", 10)), (9, None), (12, None)])
def test_the_portfolio_that_is_gone_is_named_for_those_not_found(
    tmp_path: Path, n_gone: int, named: tuple[str, int] | None
) -> None:
    # Nine are too few; twelve are more than Travail has, so that Culture is already among the two named.
    sizes = {"Justice": 12, "Travail": 11, "Culture": n_gone}
    before = [small.row(portfolio=name, status=D) for name, n in sizes.items() for _ in range(n)]
    now = [small.row("Autre", portfolio=name, status=P) for name in ("Justice", "Travail")]
    found = facts.stages(opened(tmp_path, now, before)).outcomes.gone_of_lost
    assert (found and (found.portfolio, found.initiatives.value)) == named


@pytest.mark.parametrize(("n_justice", "named"), [(2, ("Justice", 2)), (1, None)])
def test_the_portfolio_of_a_fifth_of_those_found_in_production_is_named(
    tmp_path: Path, n_justice: int, named: tuple[str, int] | None
) -> None:
    # Justice has two of ten, a fifth, or one of ten; the one in production before does not count.
    portfolios = ["Justice"] * n_justice + [f"Bureau {n}" for n in range(10 - n_justice)]
    now = [small.row(portfolio=each, status=P) for each in [*portfolios, "Bureau 0"]]
    before = [small.row(portfolio=each, status=D) for each in portfolios] + [small.row(status=P)]
    links = [(n, n, "strict") for n in range(1, 12)]
    stages = facts.stages(linked(opened(tmp_path, now, before), *links))
    outcomes = stages.outcomes
    assert stages.outcomes.told_passages == [("development", "production")]  # none is retired
    found = outcomes.leader_in_production
    assert (found and (found.portfolio, found.initiatives.value)) == named
    assert outcomes.leader_of_retired is None


def test_those_found_in_production_are_told_by_the_labels_that_they_bore(project: Path) -> None:
    """Two of three pass to production from "En développement", one from "En essai"; one stays."""
    before = stand("En développement", "En développement", "En essai", "En développement")
    edition = opened(project / "labels", stand(*["En exploitation"] * 3, "En développement"), before, project)
    found = facts.stages(linked(edition, *((n, n, "strict") for n in range(1, 5)))).outcomes
    labels = [(label.name, label.initiatives.value) for label in found.labels_in_production]
    assert labels == [("En développement", 2), ("En essai", 1)]


def test_those_found_are_silent_where_none_has_a_status(tmp_path: Path) -> None:
    edition = opened(tmp_path, stand(*[S] * 11), stand(*[P] * 12))
    stages = facts.stages(linked(edition, *[(n, n, "strict") for n in range(1, 12)]))
    assert stages.production_outcomes.are_silent and stages.production_outcomes.are_split
    assert not stages.finds_all  # eleven of twelve
    assert not stages.outcomes.are_silent  # none was in development


def test_outcomes_are_a_finding_from_ten_found_of_whom_some_moved(tmp_path: Path) -> None:
    links = [(n, n, "strict") for n in range(1, 11)]
    before = stand(*[D] * 12)
    moved = facts.stages(linked(opened(tmp_path / "moved", stand(P, *[D] * 9), before), *links))
    assert moved.outcomes.are_told
    still = facts.stages(linked(opened(tmp_path / "still", stand(*[D] * 10), before), *links))
    assert not still.outcomes.are_told
    assert not facts.stages(opened(tmp_path / "first", stand(*[D] * 10))).outcomes.are_told
    assert not facts.stages(reconstructed()).outcomes.are_told


def test_those_in_production_and_not_found_are_told_beside_those_in_development(tmp_path: Path) -> None:
    both = [*range(1, 11), *range(21, 31)]
    now, before = stand(P, *[D] * 19, *[P] * 10), stand(*[D] * 20, *[P] * 15)
    found = facts.stages(linked(opened(tmp_path, now, before), *((n, n, "strict") for n in both)))
    assert found.both_are_lost  # ten of twenty, and five of fifteen
    assert found.told_passages == [("production", "not_found"), ("development", "not_found")]
    assert (found.production_outcomes.lost.value, found.outcomes.lost.value) == (5, 10)
    every = [*both, *range(31, 36)]
    now = stand(P, *[D] * 19, *[P] * 15)
    kept = facts.stages(linked(opened(tmp_path / "kept", now, before), *((n, n, "strict") for n in every)))
    assert kept.told_passages == kept.outcomes.told_passages == [("development", "not_found")]


def test_those_not_found_are_told_from_ten_where_fewer_moved_than_stayed(tmp_path: Path) -> None:
    links = [(n, n, "strict") for n in range(1, 11)]
    before = stand(*[D] * 20)
    kept = facts.stages(linked(opened(tmp_path / "kept", stand(P, *[D] * 9), before), *links))
    assert kept.outcomes.told_passages == [("development", "not_found")]
    assert kept.outcomes.few_moved  # one of twenty: nine still are, ten are not found
    assert kept.outcomes.lost_share.value == Fraction(1, 2)  # as the heading says it
    moved = facts.stages(linked(opened(tmp_path / "moved", stand(*[P] * 6, *[D] * 4), before), *links))
    assert not moved.outcomes.few_moved
    nine = facts.stages(linked(opened(tmp_path / "nine", stand(P, *[D] * 9), before[:19]), *links))
    assert not nine.outcomes.few_moved


def test_examples_are_of_strict_links_one_a_portfolio_and_without_short_titles(tmp_path: Path) -> None:
    names = [
        "Tri du courrier reçu",
        "Tri du courrier entrant",
        "Tri",
        "Prévision des crues",
        "Tri des lettres",
    ]
    portfolios = ["Justice", "Justice", "Travail", "Santé", "Finances"]
    pairs = list(zip(names, portfolios, strict=True))
    before = [small.row(name, portfolio=each, status=D) for name, each in pairs]
    now = [small.row(name, portfolio=each, status=P) for name, each in pairs]
    links = [(n, n, "probable" if n == 5 else "strict") for n in range(1, 6)]
    outcomes = facts.stages(linked(opened(tmp_path, now, before), *links)).outcomes
    named = [(example.title, example.portfolio) for example in outcomes.production_examples]
    assert named == [("Tri du courrier reçu", "Justice"), ("Prévision des crues", "Santé")]
    assert outcomes.portfolios_in_production.value == 4
    assert list(outcomes.retired_examples) == []


def test_two_examples_at_most_are_named_of_an_outcome(tmp_path: Path) -> None:
    named = [("Tri du courrier reçu", "Justice"), ("Tri des plaintes", "Travail"), ("Tri du tabac", "Santé")]
    before = [small.row(name, portfolio=each, status=D) for name, each in named]
    now = [small.row(name, portfolio=each, status=P) for name, each in named]
    edition = linked(opened(tmp_path, now, before), *((n, n, "strict") for n in range(1, 4)))
    assert len(facts.stages(edition).outcomes.production_examples) == 2


def test_passages_account_for_every_initiative_of_both_files_at_each_tier(tmp_path: Path) -> None:
    edition = opened(tmp_path, stand(P, D, D), stand(D, P))
    passages = facts.stages(linked(edition, (1, 1, "strict"), (2, 2, "possible"))).passages
    for tier in TIERS:
        of_tier = passages[passages.tier == tier]
        assert of_tier[of_tier.status_previous != "not_before"].n_initiatives.sum() == 2
        assert of_tier[of_tier.status != "not_found"].n_initiatives.sum() == 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose statuses have other words in each year, and one that is retired."""
    small.copy_references(tmp_path)
    source = tmp_path / "data" / "reference" / "quebec"
    described = (source / "source.yml").read_text("utf-8")
    retired = "  - {name: retired, fr: Hors service, en: Retired}\n  category:\n"
    (source / "source.yml").write_text(described.replace("  category:\n", retired, 1), "utf-8")
    with (source / "labels.csv").open("a", encoding="utf-8") as stream:
        for recorded in ("En essai,development,,2024", "En exploitation,production,2025,", "Arrêt,retired,,"):
            stream.write(f"status,{recorded},test,Portrait\n")
    return tmp_path


def test_a_passage_is_doubtful_only_between_labels_recorded_as_overlapping(project: Path) -> None:
    before, now = stand("En essai", "En essai", D), stand("En exploitation", P, "En exploitation")
    links = [(n, n, "strict") for n in (1, 2, 3)]
    stages = facts.stages(linked(opened(project, now, before, project), *links))
    assert (stages.doubtful.value, stages.outcomes.in_production.value) == (0, 3)
    (project / "data" / "reference" / "quebec" / "overlaps.csv").write_text(
        "year_from,label_from,year_to,label_to,reason_fr,reason_en,evidence,recorded_by\n"
        "2024,En essai,2025,En exploitation,mots vagues,vague words,test,Portrait\n",
        "utf-8",
    )
    stages = facts.stages(linked(opened(project, now, before, project), *links))
    assert (stages.doubtful.value, stages.outcomes.doubtful.value) == (1, 1)
    assert stages.outcomes.in_production.value == 3
    assert stages.overlaps.n_initiatives.tolist() == [1, 1, 1]


def test_those_not_followed_that_were_retired_already_are_told_apart(project: Path) -> None:
    before, now = stand(P, "Arrêt", "Arrêt", D), stand(P, D, D)
    change = facts.change(linked(opened(project, now, before, project), (1, 1, "strict"), (3, 2, "strict")))
    assert (change.not_followed.value, change.retired_not_followed.value) == (2, 1)
    assert change.developing_not_found.value == 1  # the last row of 2025


def test_retired_initiatives_are_found_and_left_out_of_the_known(project: Path) -> None:
    before, now = stand(D, D, "Arrêt"), stand("Arrêt", "Arrêt", P)
    edition = opened(project, now, before, project)
    stages = facts.stages(linked(edition, (1, 1, "probable"), (2, 3, "possible")))
    assert (stages.outcomes.retired.value, stages.possible_outcomes.in_production.value) == (1, 1)
    assert (stages.known, stages.silent, stages.retired_now.value) == (1, 0, 2)


@pytest.mark.parametrize(
    ("before", "is_drawn"),
    [
        ([P, P, P, "Arrêt", "Arrêt"], True),
        ([P, P, "Arrêt", "Arrêt"], False),  # four initiatives
        ([P] * 6 + ["Arrêt"] * 2, True),  # six passages of eight are one; the new initiative is not drawn
        ([P] * 7 + ["Arrêt"] * 2, False),  # seven of nine
    ],
)
def test_passages_are_drawn_of_five_initiatives_in_each_file_if_not_nearly_all_alike(
    tmp_path: Path, before: list[str], is_drawn: bool
) -> None:
    edition = opened(tmp_path, stand(*before, P), stand(*before))
    assert facts.stages(edition).can_draw_passages == is_drawn


def test_no_reconstructed_row_is_crossed_or_followed() -> None:
    stages = facts.stages(reconstructed())
    assert stages.detail.is_specimen
    assert stages.followed.is_specimen
    assert not set(stages.by_portfolio_maturity.portfolio_folded) & set(stages.portfolio_counts)
    # The shares themselves are those of the published totals.
    assert stages.status.n_initiatives == len(stages.edition.initiatives)


def test_the_heading_says_a_majority_of_all_initiatives_and_else_a_share(tmp_path: Path) -> None:
    def finding(name: str, *statuses: str) -> str:
        return facts.stages(opened(tmp_path / name, stand(*statuses))).finding

    assert finding("production", *[P] * 6, *[D] * 4) == "production"
    assert finding("development", *[P] * 4, *[D] * 6) == "development"
    # Six of eleven known, and of fourteen in all: no majority whatever the silent are.
    assert finding("share", *[P] * 6, *[D] * 5, *[S] * 3) == "share"
    assert finding("half", *[P] * 5, *[D] * 5) == "share"
    assert finding("few", *[P] * 9) == ""
    assert finding("silent", *[P] * 5, *[S] * 9) == ""


def test_an_edition_compares_shares_in_production_of_all_its_initiatives(project: Path) -> None:
    now = opened(project, stand(*[P] * 9, D, *["Arrêt"] * 10), stand(*[P] * 9, D, *["Arrêt"] * 8), project)
    stages = facts.stages(now)
    assert (stages.part_in_production.value, stages.part_in_production_before.value) == (
        Fraction(9, 20),
        Fraction(9, 18),
    )
    assert stages.production_of_all_change.value == -5  # 45 %, after 50 %: the same of those not retired
    assert (stages.shares_are_exact, stages.bounds_apart, stages.share_moves) == (True, True, True)


def test_shares_are_exact_where_no_status_of_either_edition_is_unknown(tmp_path: Path) -> None:
    known, unknown = stand(*[P] * 6, *[D] * 4), stand(*[P] * 5, *[D] * 4, S)
    assert facts.stages(opened(tmp_path / "known", known, known[:-1])).shares_are_exact
    assert not facts.stages(opened(tmp_path / "before", known, unknown)).shares_are_exact
    assert not facts.stages(opened(tmp_path / "now", unknown, known)).shares_are_exact
