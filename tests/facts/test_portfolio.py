"""The profile of a portfolio: its name, its files, its rows, and how little may be told of few."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from portrait.document.claims import claims_of
from portrait.document.model import document_of
from portrait.document.numbering import refuse_unmentioned
from portrait.editions.edition import Edition
from portrait.errors import WrongCall
from portrait.facts import portfolio
from tests import small
from tests.facts.editions import linked
from tests.hostile_strings import STRINGS
from tests.inventories import UseCase, write_inventory
from tests.reports import executed, executed_all, prose_of, shown

SIZES = {"Travail": 3, "Justice": 7, "Santé et Services sociaux": 12}
LANGUAGES = ("fr", "en")


def opened(folder: Path, *rows: small.Row) -> Edition:
    return small.edition_of(folder, y2025=rows)


# Names of files


def test_a_slug_is_ascii_and_reads_like_the_label():
    labels = {"a": "Santé et Services sociaux", "b": "L’Œuvre — Éducation & Arts", "c": "HEC 2"}
    assert portfolio.slugs_of(labels) == {
        "a": "sante-et-services-sociaux",
        "b": "l-oeuvre-education-arts",
        "c": "hec-2",
    }


def test_two_labels_of_one_slug_each_bear_a_mark_whatever_their_order():
    labels = {"Éte": "Été", "Ete": "Ete", "Justice": "Justice"}
    slugs = portfolio.slugs_of(labels)
    assert slugs["Justice"] == "justice"
    assert {slugs["Éte"][:4], slugs["Ete"][:4]} == {"ete-"}
    assert slugs["Éte"] != slugs["Ete"]
    assert portfolio.slugs_of(dict(reversed(labels.items()))) == slugs


@pytest.mark.parametrize("label", ["Affaires " * 30, "A" * 300, "💠", "../../etc", "."])
def test_a_label_that_is_long_or_strange_still_names_one_file(label):
    (slug,) = portfolio.slugs_of({label: label}).values()
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= portfolio.LONGEST_SLUG


def test_a_slug_of_eighty_letters_is_whole_and_a_longer_one_is_cut_to_eighty():
    slugs = portfolio.slugs_of({"whole": "a" * 80, "cut": "b" * 81})
    assert slugs["whole"] == "a" * 80
    assert re.fullmatch(r"b{71}-[0-9a-f]{8}", slugs["cut"])


@pytest.mark.parametrize("label", ["con", "Aux", "LPT1", "COM¹", "nul"])
def test_the_name_of_a_windows_device_names_no_file(label):
    (slug,) = portfolio.slugs_of({label: label}).values()
    assert re.fullmatch(r"(con|aux|lpt1|com1|nul)-[0-9a-f]{8}", slug)


def test_hostile_names_have_plain_slugs_of_their_own():
    slugs = portfolio.slugs_of({each: each for each in STRINGS})
    assert len(set(slugs.values())) == len(STRINGS)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs.values())


def test_long_labels_that_begin_alike_have_slugs_of_their_own():
    slugs = portfolio.slugs_of({name: "Affaires " * 30 + name for name in ("nordiques", "sudistes")})
    assert len(set(slugs.values())) == 2


# Finding a portfolio


@pytest.fixture
def split(tmp_path: Path) -> Edition:
    return opened(
        tmp_path,
        small.row(portfolio="Santé et Services sociaux"),
        small.row("Lecture", portfolio="Santé et Services sociaux (Réseau)"),
        small.row("Aide", portfolio="Justice"),
    )


@pytest.mark.parametrize(
    "called",
    [
        "Santé et Services sociaux",
        "sante ET services sociaux",
        "sante-et-services-sociaux",
        "Santé et Services sociaux (Réseau)",
    ],
)
def test_a_portfolio_answers_to_its_name_its_slug_and_its_network(split, called):
    found = portfolio.open_profile(split, called)
    assert found.portfolio == "Santé et Services sociaux"
    assert found.n_initiatives == 2
    assert found.n_before == 0


def test_the_profile_of_no_name_is_that_of_the_portfolio_that_declares_most(split):
    assert portfolio.open_profile(split).portfolio == "Santé et Services sociaux"


def test_a_portfolio_that_does_not_exist_is_refused_with_the_nearest_name(split):
    with pytest.raises(WrongCall, match="Did you mean “Justice”"):
        portfolio.find(split, "Justise")


def test_an_edition_that_names_no_portfolio_has_no_profile(tmp_path):
    edition = opened(tmp_path, small.row(portfolio=""))
    assert portfolio.names(edition) == []
    with pytest.raises(WrongCall, match="names its portfolio"):
        portfolio.open_profile(edition)


# What it holds of the others


def two_years(folder: Path, **of_travail: str) -> Edition:
    """Three initiatives of Justice a year, of which two last, and one of Travail."""
    then, now = small.DEVELOPMENT, small.PRODUCTION
    small.write_year(
        folder,
        2024,
        [
            small.row("Tri du courrier reçu", status=now),
            small.row("Lecture de plans anciens", status=then),
            small.row("Résumé de longs dossiers", status=then),
            small.row("Prévision des absences", portfolio="Travail"),
        ],
    )
    return opened(
        folder,
        small.row("Tri du courrier reçu", status=now),
        small.row("Lecture de plans anciens", status=now),
        small.row("Traduction de vieilles lois", benefits="Accès à la loi", status=then),
        small.row(**{"name": "Prévision des absences", "portfolio": "Travail", **of_travail}),
    )


def test_a_profile_holds_the_rows_of_its_portfolio_whole_and_of_others_what_compares_them(tmp_path):
    profile = portfolio.open_profile(two_years(tmp_path), "Justice")
    assert set(profile.edition.initiatives["name"]) == {
        *("Tri du courrier reçu", "Lecture de plans anciens", "Traduction de vieilles lois")
    }
    whole = profile.whole.initiatives
    assert whole["portfolio_folded"].tolist() == ["Justice"] * 3 + ["Travail"]
    held = whole.drop(columns=[*portfolio.COMPARED, "row"])
    assert (held == "").all(axis=None)
    assert profile.whole.file.sha256 == ""
    assert profile.whole.part and not profile.whole.part.reproduces_totals


def test_a_profile_holds_the_link_of_an_initiative_that_came_from_another_portfolio(tmp_path):
    small.write_year(tmp_path, 2024, [small.row("Tri du courrier reçu", portfolio="Travail")])
    now = small.row("Tri du courrier reçu"), small.row("Autre", portfolio="Travail")
    edition = linked(opened(tmp_path, *now), (1, 1, "strict"))
    assert len(portfolio.open_profile(edition, "Justice").edition.links.table) == 1


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"name": "Autre"}, True),
        ({"body": "Autre"}, True),
        ({"status": small.SILENT}, False),
        ({"benefits": "Autre"}, True),
        ({"category": small.DECISION}, False),
        ({"portfolio": "Tourisme"}, False),
    ],
    ids=lambda value: "" if isinstance(value, bool) else next(iter(value)),
)
def test_a_profile_is_another_when_what_it_compares_by_changes_elsewhere_and_else_the_same(
    tmp_path, changed, same
):
    before = portfolio.checksums(two_years(tmp_path / "before"))
    after = portfolio.checksums(two_years(tmp_path / "after", **changed))
    assert (before["Justice"] == after["Justice"]) is same
    assert before["Travail"] != after.get("Travail")


def test_a_link_between_two_portfolios_is_in_the_checksums_of_both_and_of_no_third(tmp_path):
    before = [small.row("Tri du courrier reçu", portfolio="Travail"), small.row("C", portfolio="Tourisme")]
    now = [("A", "Justice"), ("B", "Travail"), ("D", "Tourisme")]
    found = []
    for links in ((), ((1, 1, "strict"),)):
        small.write_year(tmp_path, 2024, before)
        edition = opened(tmp_path, *(small.row(name, portfolio=each) for name, each in now))
        found.append(portfolio.checksums(linked(edition, *links)))
    assert [name for name in found[0] if found[0][name] != found[1][name]] == ["Justice", "Travail"]


def test_what_all_profiles_share_is_found_once_an_edition_and_anew_for_another(tmp_path, monkeypatch):
    found: list[Edition] = []
    abridged = portfolio.abridged
    monkeypatch.setattr(portfolio, "abridged", lambda edition: found.append(edition) or abridged(edition))
    first = opened(tmp_path / "first", small.row(portfolio="Justice"), small.row(portfolio="Travail"))
    second = opened(tmp_path / "second", small.row(portfolio="Justice"))
    whole = [portfolio.open_profile(first, name).whole for name in ("Justice", "Travail")]
    assert len(portfolio.open_profile(second, "Justice").whole.initiatives) == 1
    assert found == [first, second]
    assert [len(each.initiatives) for each in whole] == [2, 2]


@pytest.mark.slow
def test_a_profile_tells_what_lasts_what_is_new_what_moved_on_and_what_is_not_found_again(tmp_path):
    two_years(tmp_path)
    french, english = (prose_of(run(language, "Justice", tmp_path)) for language in LANGUAGES)
    lost = "une n’a pas été retrouvée : «\u00a0Résumé de longs dossiers\u00a0»."
    assert f"Des initiatives de 2024, deux se retrouvent en 2025; {lost}" in french
    assert "une initiative retrouvée est passée du développement à la production" in french
    assert "Parmi les initiatives de 2025, une reste sans correspondance en 2024" in french
    lost = "one has no match: “Résumé de longs dossiers”."
    assert f"Of the initiatives of 2024, two can be found in 2025; {lost}" in english
    assert "one initiative moved from development to production" in english
    assert "Of the initiatives of 2025, one has no match in 2024" in english


# What it tells


def run(language: str, portfolio: str, data: Path | str, source: str = "quebec") -> Any:
    return executed("portfolio", language=language, portfolio=portfolio, data=str(data), source=source)


@pytest.mark.slow
def test_the_title_of_the_dots_says_that_it_counts_others_than_the_heading(tmp_path):
    rows = [
        small.row(str(number), status=status)
        for status, n in ((small.DEVELOPMENT, 9), (small.PRODUCTION, 3))
        for number in range(n)
    ]
    data = small.write_year(tmp_path, 2025, [*rows, small.row(portfolio="Travail")])
    text = prose_of(run("fr", "Justice", data))
    assert "En bref : 9 des 12 initiatives déclarées sont en développement" in text
    assert "\n3 autres initiatives sont en production" in text.replace("Trois", "3")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Any]:
    """The profiles of portfolios of 3, 7 and 12 initiatives, the last one of each of unknown status."""
    folder = tmp_path_factory.mktemp("profiles")
    rows = [
        small.row(
            f"{name} {number}",
            portfolio=name,
            body=f"Bureau {number % 2}",
            category=small.ASSISTANT if number % 3 else small.DECISION,
            status=small.SILENT if number == size - 1 else small.PRODUCTION,
        )
        for name, size in SIZES.items()
        for number in range(size)
    ]
    small.write_year(folder, 2024, [small.row("Avant", portfolio="Travail")])
    data = small.write_year(folder, 2025, rows)
    jobs = [(language, name) for name in SIZES for language in LANGUAGES]
    notebooks = executed_all(
        ("portfolio", {"language": language, "data": str(data), "portfolio": name}) for language, name in jobs
    )
    return dict(zip(jobs, notebooks, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", SIZES)
def test_every_number_of_a_profile_is_a_fact(told, name):
    for language in LANGUAGES:
        unasked = [each for each in claims_of(told[language, name]) if not each.get("query")]
        assert all(each["expression"].startswith(("p.label", "p.quotes")) for each in unasked)


@pytest.mark.slow
@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_profile_refers_to_all_that_it_shows(told, language, name):
    refuse_unmentioned(document_of(told[language, name]))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_three_initiatives_are_told_in_words_without_a_percentage(told, language):
    executed = told[language, "Travail"]
    assert set(shown(executed)) == {"tab-initiatives"}
    assert "%" not in prose_of(executed)
    title = {
        "fr": "# En bref : deux des trois initiatives déclarées sont en production",
        "en": "# In brief: two of the three initiatives reported are in production",
    }
    assert title[language] in prose_of(executed)
    total = {
        "fr": "**3** initiatives déclarées *22 initiatives dans l’ensemble des portefeuilles*",
        "en": "**3** initiatives reported *22 initiatives across all portfolios*",
    }
    assert total[language] in prose_of(executed)
    more = {
        "fr": "**2** initiatives de plus qu’en 2024 (1)",
        "en": "**2** more initiatives than in 2024 (1)",
    }
    assert more[language] in prose_of(executed)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_seven_initiatives_are_told_in_counts_without_a_percentage_or_a_rank(told, language):
    executed = told[language, "Justice"]
    assert "%" not in prose_of(executed)
    assert set(shown(executed)) == {"tab-initiatives"}
    # Every third of seven decides; the last is silent.
    counts = {"fr": "conversationnel (4) et", "en": "agent (4) and"}
    assert counts[language] in prose_of(executed)
    silent = {
        "fr": "**1** initiative dont le statut n’est pas renseigné",
        "en": "**1** initiative whose status is",
    }
    assert silent[language] in prose_of(executed)
    rank = {"fr": "Par le nombre d’initiatives", "en": "By number of initiatives"}
    assert rank[language] not in prose_of(executed)


@pytest.mark.slow
def test_twelve_initiatives_are_told_in_shares_beside_the_whole(told):
    executed = told["fr", "Santé et Services sociaux"]
    # 11 in production of the 11 whose status is known, or of 12; 12 of 22 initiatives, the most.
    text = prose_of(executed)
    assert "En bref : 11 des 12 initiatives déclarées sont en production" in text
    assert "au 1er rang sur 3" in text
    assert "**54,5\u00a0%** des initiatives de tous les portefeuilles" in text
    assert "en développement, 100\u00a0% sont en production." in text
    assert "entre 92\u00a0% et 100\u00a0%" in text
    assert [row[1:] for row in shown(executed)["fig-profile-categories"]["data"]["rows"]] == [
        ["8", "66,7\u00a0%", "63,6\u00a0%"],
        ["4", "33,3\u00a0%", "36,4\u00a0%"],
    ]


@pytest.mark.slow
def test_a_profile_shows_what_its_portfolio_declares_and_counts_the_rest(tmp_path):
    rows = [small.row(f"Tri {n}", body="Cour", portfolio="Justice") for n in range(10)]
    rows.append(small.row("Aide", body="Cour", portfolio="Justice", category=small.DECISION))
    rows.append(small.row("Autre", portfolio="Travail", category="Reconnaissance vocale"))
    content = shown(run("fr", "Justice", small.write_year(tmp_path, 2025, rows)))
    assert content["tab-initiatives"]["columns"] == ["Initiative", "Catégorie"]  # one status alone
    assert len(content["tab-initiatives"]["rows"]) == 11
    # Shares of 11 and of 12 initiatives.
    assert content["fig-profile-categories"]["data"]["rows"] == [
        ["Assistant/agent conversationnel", "10", "90,9\u00a0%", "83,3\u00a0%"],
        ["Aide à la décision", "1", "9,1\u00a0%", "8,3\u00a0%"],
    ]


@pytest.mark.slow
def test_a_portfolio_too_small_for_a_rank_is_told_as_a_part_of_all():
    text = prose_of(run("en", "Travail", ""))
    assert "Of the 258 initiatives across all portfolios, four come from this portfolio" in text
    assert "By number of initiatives" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "name", "figures"),
    [("fr", "Santé et Services sociaux", {"fig-place", "fig-bodies"}), ("en", "Famille", {"fig-place"})],
)
def test_a_profile_of_reconstructed_rows_tells_published_totals_and_no_specimen(name, language, figures):
    profile = run(language, name, "")
    content = shown(profile)
    assert set(content) == figures
    assert not any(each["specimen"] for each in content.values())
    assert "reconstituée" not in prose_of(profile)
    assert "Organisme non publié" not in prose_of(profile)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_on_assessments_without_an_answer_has_a_paragraph_and_rows_that_show_it(tmp_path, language):
    marked = UseCase("Tri", "Deployed", risk="High-impact", agency="Department of Justice")
    plan = marked._replace(name="Essai", stage="Pilot")
    others = marked._replace(name="Autre", risk="Not High-impact")
    rows = [case._replace(name=f"{case.name} {n}") for case in (others, plan, marked) for n in range(10)]
    assessed = marked._replace(agency="Department of Labor", assessment="Yes")
    data = write_inventory(tmp_path, 2025, [*rows, assessed])
    profile = run(language, "Department of Justice", data, "us-federal")
    told = {
        "fr": ("20 initiatives portent la mention", "Les 30 initiatives de cette agence, quel que soit"),
        "en": ("20 use cases are marked “High-impact”", "All 30 use cases of this agency, whatever"),
    }
    text = prose_of(profile)
    assert [words for words in told[language] if words not in text] == []
    assert shown(profile)["tab-initiatives"]["rows"][0][0] == "Tri 0"


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_tiles_go_from_the_number_to_its_part_and_its_change_and_dots_have_the_statuses(tmp_path, language):
    def rows(n: int, **told: str) -> list[small.Row]:
        return [small.row(f"{told} {place}", **told) for place in range(n)]

    produced = rows(10, category=small.ASSISTANT)
    others = rows(20, portfolio="Travail", category=small.DECISION)
    small.write_year(tmp_path, 2024, [*produced, *others[:1]])
    tried = rows(9, category=small.ASSISTANT, status=small.DEVELOPMENT)
    tried += rows(1, category=small.DECISION, status=small.DEVELOPMENT)
    data = small.write_year(tmp_path, 2025, [*produced, *tried, *others])
    text = prose_of(run(language, "Justice", data))
    told = {
        "fr": (
            "**20** initiatives déclarées",
            "**50,0\u00a0%**",
            "de plus qu",
        ),
        "en": (
            "**20** initiatives reported",
            "**50.0%**",
            "more initiatives",
        ),
    }
    places = [text.find(words) for words in told[language]]
    assert -1 not in places and places == sorted(places)
    assert not any(f"{status} *" in text for status in ("production", "développement", "development"))
    title = {
        "fr": "Des 20 initiatives en production ou en développement, 50\u00a0% sont en production",
        "en": "Of the 20 initiatives in production or in development, 50% are in production",
    }
    assert title[language] in text
