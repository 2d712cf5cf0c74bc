"""Names, sizes and shares that a person types beside a number: the number says whether they are true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.conditions import IN_PRODUCTION, KNOWN, WITHOUT_STATUS
from portrait.facts.fact import Questions
from portrait.facts.queries import absent, differs, equals
from portrait.publish.verify import is_of_chance
from tests import small
from tests.publish.verified import failures_of, is_judged, namespace, publish, readings, with_years

HEALTH, TRANSPORT = "Santé et Services sociaux", "Transports et Mobilité durable"
MINISTRY = "Ministère des Transports et de la Mobilité durable"
SAID = {
    "a name may be told by what it opens with": (
        "La santé déclare {0} initiatives.",
        "Health reported {0} initiatives.",
        ('portfolios, field="count0"',),
        ('portfolios, field="count1"',),
    ),
    "a number of a line of a list is of the name of this line": (
        "Justice a ajouté {0} initiatives.",
        "Justice added {0} initiatives.",
        ('rises, field="count1"',),
        ('rises, field="count0"',),
    ),
    "both ends of a rise show its direction": (
        "Les transports avaient {0} initiatives en 2024; ils ont maintenant {1} initiatives.",
        "Transport had {0} initiatives in 2024 and now has {1} initiatives.",
        ('falls, field="before0"', 'falls, field="after0"'),
        ('falls, field="after0"', 'falls, field="before0"'),
    ),
    "a name that is put aside may stand inside what puts it aside": (
        "Mettez la santé de côté : il reste {0} initiatives.",
        "Leave health out: {0} initiatives remain.",
        ("apart",),
        ("all",),
    ),
    "a share in words is about a number beside it": (
        "Plus de la moitié des initiatives, soit {0}, sont en production.",
        "More than half of initiatives ({0}) are in production.",
        ("production",),
        ("few",),
    ),
    "what a number is the triple of": (
        "Justice a triplé, de {0} initiative en 2024 à {1} en 2025.",
        "Justice has tripled, from {0} initiative in 2024 to {1} in 2025.",
        ('rises, field="before1"', 'rises, field="after1"'),
        ('rises, field="before0"', 'rises, field="after0"'),
    ),
    "the names of the first ones are theirs": (
        "La santé et les transports ont {0} initiatives.",
        "Health and Transport have {0} initiatives.",
        ('first_two, field="part"',),
        ('first_three, field="part"',),
    ),
    "names of what a number counts are no condition": (
        "{0} portefeuilles n’ont qu’une initiative, dont les Affaires municipales.",
        "{0} portfolios have only one initiative, such as Municipal Affairs.",
        ("single",),
        ("all",),
    ),
    "a rise without a name needs no noun": (
        "Si l’on met la santé de côté, la hausse est de {0}.",
        "Leaving Health aside, the increase is {0}.",
        ('others_growth, field="size"',),
        ('growth, field="size"',),
    ),
    "what the first ones added is a part of the net rise": (
        "La santé et Justice ont ajouté {0} initiatives, soit la majorité de la hausse nette.",
        "Health and Justice added {0} initiatives, which is most of the net increase.",
        ('rises, field="part"',),
        ('every_rise, field="part"',),
    ),
    "so many in ten is a share of the number beside it": (
        "Près de six initiatives sur dix, soit {0}, sont en production.",
        "Nearly six initiatives in ten ({0}) are in production.",
        ("production",),
        ("few",),
    ),
    "the others are counted without the first ones, by name": (
        "Hors santé et Justice, les portefeuilles qui gagnent sont {0}.",
        "Besides Health and Justice, {0} portfolios gained.",
        ('rises, field="others"',),
        ('rises, field="value"',),
    ),
    "a missing status is no absence": (
        "Le statut de {0} initiatives manque.",
        "The status of {0} initiatives is missing.",
        ("silent",),
        ("known",),
    ),
    "the ministry of a portfolio is a body, and the portfolio more than it": (
        "Le ministère des Transports déclare {0} initiatives.",
        "The transport ministry reported {0} initiatives.",
        ("ministry",),
        ("transport",),
    ),
    "a portfolio's own ministry is named by the portfolio": (
        "Les initiatives des transports viennent du ministère, qui en déclare {0}.",
        "Transport initiatives come from its ministry, which reported {0}.",
        ("ministry",),
        ("health",),
    ),
    "the names of those that entered say what they are": (
        "La famille et les Affaires municipales, absentes en 2024, déclarent ensemble {0} initiatives.",
        "Family and Municipal Affairs, absent in 2024, together reported {0} initiatives.",
        ("entered",),
        ("entered_family",),
    ),
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """2024 -> 2025: health 4 -> 7, transport 6 -> 5, justice 1 -> 3, family and municipal affairs 0 -> 1."""
    sizes = {
        HEALTH: (4, 7),
        TRANSPORT: (6, 5),
        "Justice": (1, 3),
        "Famille": (0, 1),
        "Affaires municipales et Habitation": (0, 1),
    }
    statuses = [small.PRODUCTION] * 10 + [small.DEVELOPMENT] * 4 + [small.SILENT] * 3
    years = []
    for place in (0, 1):
        portfolios = [portfolio for portfolio, size in sizes.items() for _ in range(size[place])]
        years.append(
            [
                small.row(
                    f"Tri {place}{n}",
                    body=MINISTRY if portfolio == TRANSPORT and n % 2 else f"Bureau {portfolio}",
                    portfolio=portfolio,
                    status=status,
                )
                for n, (portfolio, status) in enumerate(zip(portfolios, statuses, strict=False))
            ]
        )
    edition = small.edition_of(tmp_path_factory.mktemp("rows"), y2024=years[0], y2025=years[1])
    ask = Questions(edition)
    of_portfolios = {"after": ask.now, "before": ask.before, "by": "portfolio_folded"}
    in_portfolio = {name: equals("portfolio_folded", name) for name in sizes}
    others = differs("portfolio_folded", HEALTH)
    entered = absent("portfolio_folded", ask.previous)
    asked_facts = namespace(
        all=ask.fact("count", of=ask.now),
        growth=ask.fact("change", after=ask.now, before=ask.before),
        apart=ask.fact("count", of=ask.now(others)),
        production=ask.fact("count", of=ask.now(IN_PRODUCTION)),
        health=ask.fact("count", of=ask.now(in_portfolio[HEALTH])),
        health_before=ask.fact("count", of=ask.before(in_portfolio[HEALTH])),
        transport=ask.fact("count", of=ask.now(in_portfolio[TRANSPORT])),
        ministry=ask.fact("count", of=ask.now(equals("body", MINISTRY))),
        entered=ask.fact("count", of=ask.now(entered)),
        entered_family=ask.fact("count", of=ask.now(entered, in_portfolio["Famille"])),
        others_growth=ask.fact("change", after=ask.now(others), before=ask.before(others)),
        few=ask.fact("count", of=ask.now(IN_PRODUCTION, in_portfolio["Justice"])),
        silent=ask.fact("count", of=ask.now(WITHOUT_STATUS)),
        known=ask.fact("count", of=ask.now(KNOWN)),
        portfolios=ask.fact("top", of=ask.now, by="portfolio_folded", n=3),
        rises=ask.fact("movers", **of_portfolios, side="up", n=2),
        every_rise=ask.fact("movers", **of_portfolios, side="up", n=9),
        falls=ask.fact("movers", **of_portfolios, side="down", n=1),
        first_two=ask.fact("top_share", of=ask.now, by="portfolio_folded", n=2),
        first_three=ask.fact("top_share", of=ask.now, by="portfolio_folded", n=3),
        single=ask.fact("groups", of=ask.now, by="portfolio_folded", size=1),
    )
    return edition, asked_facts


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory, asked: tuple[Any, Any]) -> dict[str, list[str]]:
    edition, asked_facts = asked
    return failures_of(tmp_path_factory.mktemp("out"), edition, readings(SAID), g=asked_facts)


@pytest.mark.parametrize("reading", SAID)
def test_what_a_person_types_beside_a_number_is_true_of_it(typed: dict[str, list[str]], reading: str) -> None:
    is_judged(typed[reading], is_true=True)
    is_judged(typed[f"not {reading}"], is_true=False)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("On y compte {all} ministères.", "There are {all} ministries."),
        (
            "Plus de la moitié des organismes ({production}) sont en production.",
            "More than half of bodies ({production}) are in production.",
        ),
        ("L’ensemble des organismes connaît {growth}.", "The whole of the bodies saw {growth}."),
        (
            "Justice et la santé comptent {falls} initiatives de moins.",
            "Justice and Health have {falls} fewer initiatives.",
        ),
    ],
)
def test_what_a_person_types_beside_a_number_may_not_be_about_something_else(
    tmp_path: Path, asked: tuple[Any, Any], french: str, english: str
) -> None:
    edition, asked_facts = asked
    numbers = {
        "all": "{eval}`p.number(g.all)`",
        "production": "{eval}`p.number(g.production)`",
        "growth": "{eval}`p.change(g.growth)`",
        "falls": "{eval}`p.number(g.falls, field='count0')`",
    }
    cells = {"lie": (french.format(**numbers), english.format(**numbers))}
    failures = publish(tmp_path / "out", edition, cells, g=asked_facts).verify().failures
    is_judged(failures, is_true=False)


def test_what_a_named_body_added_is_of_the_two_editions_and_published(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    body = "{eval}`p.movers(g.told_body, with_changes=False).capitalised()`"
    added = "{eval}`p.count(g.told_body, field='count0')`"
    cells = {"body": (f"{body} ajoute {added}.", f"{body} added {added}.")}
    assert publish(tmp_path / "out", edition, cells, g=facts.change(edition)).verify().failures == []


@pytest.mark.parametrize(
    ("n_made", "n", "words", "is_true"),
    [
        (15, 28, ("près de", "almost"), True),  # 53.6%, printed 54%
        (15, 28, ("un peu plus de", "just over"), False),
        (15, 29, ("un peu plus de", "just over"), False),  # 51.7%, printed 52%
        (13, 24, ("un peu plus de", "just over"), True),  # 54.2%, printed 54%
        (13, 24, ("bien plus de", "well over"), False),
        (1, 25, ("environ", "about"), False),  # 4%
    ],
)
def test_a_percentage_is_near_what_it_was_rounded_to_on_its_side(
    tmp_path: Path, n_made: int, n: int, words: tuple[str, str], is_true: bool
) -> None:
    statuses = [small.PRODUCTION] * n_made + [small.DEVELOPMENT] * (n - n_made)
    rows = [small.row(status=status) for status in statuses]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    share = "{eval}`p.percent(g.part_in_production)`"
    french, english = words
    cells = {
        "share": (
            f"On compte {french} {share} des initiatives en production.",
            f"There are {english} {share} of initiatives in production.",
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.stages(edition)).verify().failures
    is_judged(failures, is_true=is_true)


@pytest.mark.parametrize(
    ("threshold", "is_true"), [("title_fewest_words", True), ("quoted_most_words", False)]
)
def test_a_threshold_is_of_what_it_limits(tmp_path: Path, threshold: str, is_true: bool) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    words = f"{{eval}}`p.number(g.{threshold})`"
    cells = {
        "title": (
            f"Son titre n’est pas trop court ({words} mots).",
            f"Its title is not short ({words} words).",
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.method(edition)).verify().failures
    is_judged(failures, is_true=is_true)


LIES = {
    "a ministry is a body, and no portfolio": (
        "Le ministère des Transports a déclaré {0}.",
        "The transport ministry reported {0}.",
        'count(g.portfolios, field="count1")',
    ),
    "names of the first ones are no names of the others": (
        "La santé et Justice gagnent {0} initiatives.",
        "Health and Justice gained {0} initiatives.",
        'number(g.rises, field="rest")',
    ),
    "a name is one of those that are counted": (
        "{0} portefeuilles n’ont qu’une initiative, dont Justice.",
        "{0} portfolios have only one initiative, such as Justice.",
        "number(g.single)",
    ),
    "no number is most of itself": (
        "La plupart des initiatives, soit {0}, ont un statut inconnu.",
        "Most of the initiatives, {0} in all, have an unknown status.",
        "number(g.silent)",
    ),
    "a whole is no part": (
        "La majorité des {0} initiatives viennent d’ailleurs.",
        "The majority of the {0} initiatives come from elsewhere.",
        "number(g.all)",
    ),
    "a share of what nothing counts": (
        "La majorité du budget va aux {0} initiatives en production.",
        "Most of the budget goes to the {0} initiatives in production.",
        "number(g.production)",
    ),
    "a multiple is of the name before it": (
        "La santé a triplé, Justice aussi, avec {0} initiatives.",
        "Health has tripled, and so has Justice, with {0} initiatives.",
        'number(g.rises, field="after1")',
    ),
    "the size of a list is of what it lists": (
        "Deux organismes ont {0} des initiatives.",
        "Two bodies have {0} of initiatives.",
        "percent(g.first_two)",
    ),
    "a bare number is of what the report is about": (
        "Les fonctionnaires formés sont maintenant {0}.",
        "The trained officials now number {0}.",
        "number(g.all)",
    ),
    "a total of all is no noun": (
        "Les robots sont {0} au total.",
        "The robots are {0} in total.",
        "number(g.all)",
    ),
    "a total of something else": (
        "Le total des dépenses connaît {0}.",
        "The total of the spending saw {0}.",
        "change(g.growth)",
    ),
    "a total is of no portfolio": (
        "La santé déclare {0} initiatives.",
        "Health reported {0} initiatives.",
        "number(g.all)",
    ),
    "what is of a smaller portfolio does not call it the first": (
        "Les transports sont premiers, avec {0} initiatives.",
        "Transport comes first, with {0} initiatives.",
        "number(g.transport)",
    ),
    "the second line of a list is no first": (
        "Les transports arrivent en tête avec {0} initiatives.",
        "Transport comes first with {0} initiatives.",
        'number(g.portfolios, field="count1")',
    ),
    "what is of the largest portfolio makes no other one the first": (
        "Justice, première, devance la santé et ses {0} initiatives.",
        "Justice comes first, ahead of Health and its {0} initiatives.",
        "number(g.health)",
    ),
    "the others are no large part of the rise": (
        "Les autres portefeuilles ont ajouté {0} initiatives, soit la majorité de la hausse nette.",
        "The other portfolios added {0} initiatives, which is most of the net increase.",
        'number(g.rises, field="rest")',
    ),
    "so many in ten are of what the number counts": (
        "Six organismes sur dix, soit {0} initiatives, sont en production.",
        "Six bodies in ten, or {0} initiatives, are in production.",
        "number(g.production)",
    ),
    "the others are not counted without another one": (
        "Hors transports, les portefeuilles qui gagnent sont {0}.",
        "Besides Transport, {0} portfolios gained.",
        'number(g.rises, field="others")',
    ),
    "who ranks first is not who acts first": (
        "La santé, première à adopter l’IA, compte {0} initiatives.",
        "Health, the first to adopt AI, has {0} initiatives.",
        "number(g.health)",
    ),
    "the first portfolio is not the first body": (
        "La santé est le premier organisme, avec {0} initiatives.",
        "Health is the first body, with {0} initiatives.",
        "number(g.health)",
    ),
    "the share of the first ones makes nothing else the first": (
        "Premier au pays, le registre donne {0} des initiatives aux deux premiers portefeuilles.",
        "First in the country, the register has {0} of initiatives in the first two portfolios.",
        "percent(g.first_two)",
    ),
    "what the first ones added is not most of all": (
        "La santé et Justice ont ajouté {0} initiatives, soit la majorité des initiatives.",
        "Health and Justice added {0} initiatives, which is most of the initiatives.",
        'number(g.rises, field="part")',
    ),
    "a number of portfolios does not rise by initiatives": (
        "Le nombre de portefeuilles autres que la santé a augmenté de {0}.",
        "The number of portfolios other than Health rose by {0}.",
        'number(g.others_growth, field="size")',
    ),
    "an unknown status is not said to be neither": (
        "Au total, {0} initiatives ne sont ni en production ni en développement.",
        "In all, {0} initiatives are neither in production nor in development.",
        "number(g.silent)",
    ),
    "where they stand is not told": (
        "Pour {0} initiatives, les organismes disent où elles en sont.",
        "For {0} initiatives, bodies say where they stand.",
        "number(g.silent)",
    ),
    "an end of a change is not of last year": (
        "Justice comptait {0} initiatives l’an dernier.",
        "Justice had {0} initiatives last year.",
        'number(g.rises, field="after1")',
    ),
    "an end of a change is no difference": (
        "La santé a {0} initiatives de plus qu’en 2024.",
        "Health has {0} more initiatives than in 2024.",
        'number(g.rises, field="after0")',
    ),
    "an end of a change is of its edition": (
        "En 2024, la santé comptait {0} initiatives.",
        "In 2024, Health had {0} initiatives.",
        'number(g.rises, field="after0")',
    ),
    "an end of the whole change is of its edition": (
        "L’administration avait {0} initiatives en 2024.",
        "The administration had {0} initiatives in 2024.",
        'number(g.growth, field="after")',
    ),
    "what some have together none has alone": (
        "La santé, comme les transports, a {0} initiatives.",
        "Health, like Transport, has {0} initiatives.",
        'number(g.first_three, field="part")',
    ),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory, asked: tuple[Any, Any]) -> dict[str, list[str]]:
    edition, asked_facts = asked
    cells = {}
    for lie, (*both, number) in LIES.items():
        marked = (f"{{eval}}`p.{number}`", "{eval}`p.number(g.rises)`")
        cells[lie] = tuple(with_years(text).format(*marked) for text in both)
    return failures_of(tmp_path_factory.mktemp("out"), edition, cells, g=asked_facts)


@pytest.mark.parametrize("lie", LIES)
def test_a_name_a_share_or_a_total_that_the_number_is_not_of_is_refused(
    refused: dict[str, list[str]], lie: str
) -> None:
    is_judged(refused[lie], is_true=False)


@pytest.mark.parametrize(
    ("share", "is_true"), [("bounds(g.ten_told)", True), ("percent(g.told_share)", False)]
)
def test_bounds_hold_the_bodies_whose_number_is_not_published(
    tmp_path: Path, share: str, is_true: bool
) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    n, found = "{eval}`p.number(g.ten_told, field='n')`", f"{{eval}}`p.{share}`"
    cells = {
        "ten": (
            f"Les {n} organismes qui déclarent le plus d’initiatives en réunissent {found}.",
            f"The {n} bodies with the most initiatives account for {found} of all initiatives.",
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    assert (failures == []) is is_true, failures


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (
            "entered",
            "Les portefeuilles absents de l’édition de 2025 déclarent {} initiatives.",
            "The portfolios absent from the 2025 edition reported {} initiatives.",
        ),
        (
            "ministry",
            "Le ministère de la Justice et des Transports déclare {} initiatives.",
            "The justice ministry reported {} initiatives.",
        ),
    ],
)
def test_absence_from_this_edition_and_the_ministry_of_another_portfolio_are_refused(
    tmp_path: Path, asked: tuple[Any, Any], number: str, french: str, english: str
) -> None:
    edition, asked_facts = asked
    marked = f"{{eval}}`p.number(g.{number})`"
    cells = {"lie": (with_years(french).format(marked), with_years(english).format(marked))}
    failures = publish(tmp_path / "out", edition, cells, g=asked_facts).verify().failures
    is_judged(failures, is_true=False)


def test_beside_an_interval_no_word_is_of_the_other_direction(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    between = "{eval}`p.interval(g.interval)`"
    cells = {"fall": (f"En {between}, le nombre a baissé.", f"Within {between}, the number fell.")}
    failures = publish(tmp_path / "out", edition, cells, g=facts.change(edition)).verify().failures
    assert len([each for each in failures if "expected direction up" in each]) == 2


@pytest.mark.parametrize(
    ("french", "english", "is_true"),
    [
        ("des déclarations", "of what was reported", True),
        ("du total", "of the total", True),
        ("des dépenses", "of the spending", False),
    ],
)
def test_a_share_of_the_total_is_one_of_initiatives(
    tmp_path: Path, french: str, english: str, is_true: bool
) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    n, share = "{eval}`p.few(g.main_share, field='n')`", "{eval}`p.percent(g.main_share)`"
    cells = {"share": (f"On voit que {n} font {share} {french}.", f"Just {n} make {share} {english}.")}
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    assert [("expected unit" in each) for each in failures] == ([] if is_true else [True, True]), failures


def test_beside_an_interval_of_dates_a_word_of_direction_needs_no_number(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    between = "{eval}`p.interval(g.interval)`"
    cells = {
        "interval": (
            f"De {between} séparent les deux collectes : la hausse n’a rien d’un rythme annuel.",
            f"The collections are {between} apart, so the increase is no yearly pace.",
        )
    }
    assert not publish(tmp_path / "out", edition, cells, g=facts.change(edition)).verify().failures


@pytest.mark.parametrize(
    ("year", "ranks", "is_true"),
    [
        (2024, "", True),
        (2024, ", au premier rang,| ranks first and", False),
        (2024, ", sans égal,|, which has no equal,", False),
        (2025, ", au premier rang,| ranks first and", True),
    ],
    ids=["told", "ranked", "without equal", "ranked for sure"],
)
def test_a_named_body_ranks_among_published_ones_unless_no_other_can_have_as_many(
    tmp_path: Path, year: int, ranks: str, is_true: bool
) -> None:
    # In 2025, 19 bodies share 42 initiatives, one each at least: none has more than 24, and this one 26.
    edition = open_edition("quebec", year, project=small.PROJECT)
    body, n = (
        "Ministère des Ressources naturelles et des Forêts",
        "{eval}`p.count(g.largest_told, field='count0')`",
    )
    in_french, _, in_english = ranks.partition("|")
    cells = {"body": (f"Le {body}{in_french} déclare {n}.", f"The {body}{in_english} reported {n}.")}
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    assert [("expected told" in each) for each in failures] == ([] if is_true else [True, True])


@pytest.mark.parametrize(("number", "n_refused"), [("health", 0), ("all", 2)])
def test_two_numbers_set_against_each_other_count_the_same(
    tmp_path: Path, asked: tuple[Any, Any], number: str, n_refused: int
) -> None:
    edition, asked_facts = asked
    marked = [f"{{eval}}`p.number(g.{name})`" for name in (number, "health_before")]
    both = (
        "La santé monte : {} initiatives, contre {} en 2024.",
        "Health is rising: {} initiatives, up from {} in 2024.",
    )
    cells = {"rise": tuple(with_years(text).format(*marked) for text in both)}
    failures = publish(tmp_path / "out", edition, cells, g=asked_facts).verify().failures
    assert sum("set against each other" in each for each in failures) == n_refused


def test_a_change_that_rounds_to_none_is_almost_none(tmp_path: Path) -> None:
    years = {f"y{year}": [small.row(f"Tri {n}") for n in range(year - 1724)] for year in (2024, 2025)}
    edition = small.edition_of(tmp_path / "rows", **years)  # 300, then 301: 0.3%
    ask = Questions(edition)
    asked_facts = namespace(growth=ask.fact("change", after=ask.now, before=ask.before))
    cells = {
        "level": (
            "Le nombre d’initiatives connaît {eval}`p.change(g.growth)`.",
            "The number of initiatives saw {eval}`p.change(g.growth)`.",
        )
    }
    assert (
        publish(tmp_path / "out", edition, cells, data=str(tmp_path / "rows"), g=asked_facts)
        .verify()
        .failures
        == []
    )


def test_bodies_are_not_set_against_initiatives(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    numbers = "{eval}`p.count(g.bodies)`", "{eval}`p.number(c.total_before)`", "{eval}`p.year(g.before.year)`"
    cells = {
        "both": (
            "Le registre compte {}, contre {} en {}.".format(*numbers),
            "The register has {}, compared with {} in {}.".format(*numbers),
        )
    }
    both = {"g": facts.declaring(edition), "c": facts.change(edition)}
    failures = publish(tmp_path / "out", edition, cells, **both).verify().failures
    assert sum("set against each other" in each for each in failures) == 2


def test_most_is_true_of_both_ends_of_bounds(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    ten = "{eval}`p.number(g.ten_told, field='n')`", "{eval}`p.bounds(g.ten_told)`"
    cells = {
        "ten": (
            "Les {} organismes en tête réunissent plus de la moitié des initiatives, {}.".format(*ten),
            "The {} leading bodies hold more than half of initiatives, {}.".format(*ten),
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    assert {("expected a number that is" in each) for each in failures} == {True}


@pytest.mark.parametrize(
    "conditions",
    [
        [["portfolio_folded", "=", HEALTH], ["status", "=", "development"]],
        [["benefits_stated", "=", "yes"]],
        [["body_strict", "absent in", "2024"]],
        [["portfolio_folded", "=", HEALTH], ["status", "!=", "unknown"]],
        [["body", "=", "Université Laval"], ["status", "=", "production"]],
        [["body", "=", "Organisme non publié 3"]],
    ],
    ids=["two fields", "benefits", "names", "known statuses", "a body's statuses", "an unnamed body"],
)
def test_what_no_published_total_says_is_not_asked_of_reconstructed_rows(
    tmp_path: Path, conditions: list[list[str]]
) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    change = facts.change(edition)
    crossed = change.leader_in_development
    assert (crossed.why, crossed.numbers) == ("reconstructed rows", {})
    cells = {
        "total": (
            "Le registre compte {eval}`p.count(g.total)`.",
            "The register has {eval}`p.count(g.total)`.",
        )
    }
    published = publish(tmp_path / "out", edition, cells, g=change)
    assert published.verify().failures == []
    published.edit_claims(lambda claim: claim["query"]["asks"]["of"]["where"].extend(conditions))
    assert any("reconstructed rows say it by chance" in each for each in published.verify().failures)


def test_a_body_has_a_number_where_it_was_published_and_links_are_of_chance() -> None:
    tables: Any = namespace(current={"reconstructed": "yes"}, told=lambda _: {("2025", "CHUM")})
    wheres = [[["edition", "=", year], ["body", "=", "CHUM"]] for year in ("2024", "2025")]
    queries = [{"table": "initiatives", "where": where} for where in wheres]
    links = {"table": "links", "where": [["edition_to", "=", "2025"]]}
    asked = [is_of_chance({"formula": "count", "asks": {"of": each}}, tables) for each in (*queries, links)]
    assert asked == [True, False, True]


@pytest.mark.parametrize("bound", ["lowest", "highest"])
def test_a_lower_bound_is_at_least_and_an_upper_one_at_most_and_neither_is_exact(
    tmp_path: Path, bound: str
) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    single = f"{{eval}}`p.number(g.single_told, field={bound!r})`"
    cells = {
        "least": (
            f"D’après les nombres publiés, au moins {single} organismes n’ont qu’une initiative.",
            f"By published counts, at least {single} bodies have only one initiative.",
        ),
        "most": (
            f"D’après les nombres publiés, au plus {single} organismes n’ont qu’une initiative.",
            f"By published counts, at most {single} bodies have only one initiative.",
        ),
        "exact": (
            f"D’après les nombres publiés, {single} organismes n’ont qu’une initiative.",
            f"By published counts, {single} bodies have only one initiative.",
        ),
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    wrong = {"lowest": "most", "highest": "least"}[bound]
    assert {each.partition(": expected")[0] for each in failures} == {
        f"annual.{language}: {cell}-1" for language in ("en", "fr") for cell in (wrong, "exact")
    }


LOWEST, HIGHEST = (f"{{eval}}`p.number(g.single_told, field={end!r})`" for end in ("lowest", "highest"))
MOST = "{eval}`p.number(g.ten_told, field='most')`"


@pytest.mark.parametrize(
    ("french", "english", "is_true"),
    [
        (
            f"Les organismes à une seule initiative sont entre {LOWEST} et {HIGHEST}.",
            f"Bodies with only one initiative number between {LOWEST} and {HIGHEST}.",
            True,
        ),
        (
            f"Le nombre d’organismes à une seule initiative est passé de {LOWEST} à {HIGHEST}.",
            f"The number of bodies with only one initiative went from {LOWEST} to {HIGHEST}.",
            False,
        ),
        (
            f"Jusqu’à maintenant, {HIGHEST} organismes n’ont qu’une initiative.",
            f"Up to now, {HIGHEST} bodies have only one initiative.",
            False,
        ),
        (
            f"Les organismes dont le nombre n’est pas publié ont déclaré {MOST} initiatives au plus.",
            f"Bodies whose count is not published reported {MOST} initiatives at most.",
            True,
        ),
        (
            f"Chaque organisme a déclaré au plus {MOST} initiatives.",
            f"Each body reported at most {MOST} initiatives.",
            False,
        ),
    ],
    ids=["between", "from and to", "up to now", "unpublished", "each"],
)
def test_a_bound_is_said_beside_its_number_and_of_what_it_bounds(
    tmp_path: Path, french: str, english: str, is_true: bool
) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    cells = {"bound": (french, english)}
    failures = publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures
    is_judged(failures, is_true=is_true)


def test_bounds_that_print_alike_are_one_number(tmp_path: Path) -> None:
    statuses = [small.PRODUCTION] * 70 + [small.DEVELOPMENT] * 179 + [small.SILENT]
    edition = small.edition_of(tmp_path / "rows", y2025=[small.row(status=each) for each in statuses])
    share = "{eval}`p.bounds(g.production_of_all)`"  # from 28.0 to 28.4
    cells = {
        "share": (
            f"{share} des initiatives sont en production.",
            f"{share} of initiatives are in production.",
        )
    }
    assert publish(tmp_path / "out", edition, cells, g=facts.stages(edition)).verify().failures == []


def test_a_share_of_all_is_the_same_where_only_the_earlier_one_has_bounds(tmp_path: Path) -> None:
    before = [small.PRODUCTION] * 10 + [small.DEVELOPMENT] * 8 + [small.SILENT] * 2
    now = [small.PRODUCTION] * 5 + [small.DEVELOPMENT] * 15
    rows = {f"y{year}": [small.row(status=each) for each in of] for year, of in ((2024, before), (2025, now))}
    edition = small.edition_of(tmp_path / "rows", **rows)
    share, bounds = "{eval}`p.percent(g.part_in_production)`", "{eval}`p.bounds(g.production_of_all_before)`"
    year = "{eval}`p.year(g.before.year)`"
    cells = {
        "share": (
            f"{share} des initiatives sont en production. En {year}, cette part était {bounds}.",
            f"{share} of initiatives are in production. In {year}, this share was {bounds}.",
        )
    }
    assert publish(tmp_path / "out", edition, cells, g=facts.stages(edition)).verify().failures == []


def test_bodies_are_tied_beside_the_number_of_those_that_name_none(tmp_path: Path) -> None:
    rows = [small.row(body=f"Bureau {place}") for place in (1, 2, 3, 4)] * 2
    edition = small.edition_of(tmp_path / "rows", y2025=[*rows, small.row(body="", portfolio="")])
    top, none = "{eval}`p.top(g.main_bodies, with_counts=True)`", "{eval}`p.few(g.without_body)`"
    cells = {
        "tied": (
            f"Les organismes qui déclarent le plus sont {top}; {none} ne nomme aucun organisme.",
            f"The bodies with the most initiatives are {top}; {none} names no body.",
        )
    }
    assert publish(tmp_path / "out", edition, cells, g=facts.declaring(edition)).verify().failures == []


def test_the_other_categories_are_counted_without_the_first_ones(tmp_path: Path) -> None:
    edition = open_edition("quebec", 2025, project=small.PROJECT)
    n, year = "{eval}`p.number(g.category_rises, field='others')`", "{eval}`p.year(g.before.year)`"
    cells = {
        "others": (
            "Hors assistants conversationnels, aide à la décision et traitement d’image, "
            f"{n} catégories ont progressé depuis {year}.",
            "Besides conversational assistants, decision support and image processing, "
            f"{n} categories grew since {year}.",
        )
    }
    assert publish(tmp_path / "out", edition, cells, g=facts.change(edition)).verify().failures == []


@pytest.mark.parametrize(
    ("french", "english", "is_true"),
    [
        ("n’apparaissent pas dans celle de {0}", "do not appear in that of {0}", True),
        ("ne sont plus dans le secteur public en {0}", "are not mentioned by name in {0}", False),
        ("n’apparaissaient pas dans l’édition", "did not appear in the edition", False),
    ],
    ids=["absent", "elsewhere", "before"],
)
def test_a_body_is_absent_from_an_edition_and_from_nothing_else(
    tmp_path: Path, french: str, english: str, is_true: bool
) -> None:
    rows = [small.row(f"Tri {n}", body=f"Régie {n}") for n in range(6)]
    edition = small.edition_of(tmp_path / "rows", y2024=rows, y2025=rows[:2])
    now, before = (f"{{eval}}`p.year({name})`" for name in ("g.edition.year", "g.before.year"))
    gone = "{eval}`p.count(g.bodies_gone)`"
    cells = {
        "gone": (
            f"De l’édition de {before}, {gone} {french.format(now)}.",
            f"Of the {before} edition, {gone} {english.format(now)}.",
        )
    }
    failures = publish(tmp_path / "out", edition, cells, g=facts.change(edition)).verify().failures
    is_judged(failures, is_true=is_true)
