"""Texts that are similar across portfolios, and the words that they share."""

from __future__ import annotations

from dataclasses import replace

from portrait import facts
from portrait.facts import portfolio
from portrait.facts.needs import Needs
from portrait.facts.published import published_tables
from tests import small
from tests.facts.editions import opened, reconstructed


def test_similar_texts_are_counted_by_group_initiative_and_portfolio(tmp_path):
    titles = ("Lecture de plans anciens", "Triage de plaintes reçues", "Autre chose")
    rows = [
        small.row(title, portfolio=portfolio, benefits=f"{title} pour tous")
        for title in titles
        for portfolio in (("Justice", "Travail") if title != "Autre chose" else ("Famille",))
    ]
    needs = facts.needs(opened(tmp_path, rows))
    assert (needs.groups.value, needs.alike.value, needs.sharing.value) == (2, 4, 2)
    assert needs.has_groups
    assert not facts.needs(opened(tmp_path / "one", rows[:1])).has_groups


def test_portfolios_are_named_where_a_few_have_the_most_initiatives_with_similar_texts(tmp_path):
    def needs(*homes: str) -> Needs:
        rows = [small.row("Lecture de plans anciens", portfolio=home, benefits="Lire") for home in homes]
        return facts.needs(opened(tmp_path / str(len(homes)), rows))

    led = needs("Justice", "Justice", "Travail")
    assert led.a_few_lead
    assert [led.main.numbers[name] for name in ("name0", "count0", "name1", "count1")] == [
        "Justice",
        2,
        "Travail",
        1,
    ]
    assert not needs("Justice", "Travail", "Famille", "Santé").a_few_lead


def test_reconstructed_rows_have_no_text_to_compare():
    needs = facts.needs(reconstructed())
    assert needs.groups.why == "reconstructed rows"
    assert not needs.has_groups
    assert len(needs.similar) == 0


def test_english_words_are_the_label_of_the_words_that_a_profile_claims(tmp_path):
    rows = [small.row("Lecture de plans", portfolio=home) for home in ("Justice", "Travail")]
    edition = opened(tmp_path, rows)
    named = replace(edition, initiatives=edition.initiatives.assign(name_en="Reading of plans"))
    own = facts.profile(facts.open_profile(named, "Justice"))
    assert (own.shared_words, own.shared_words_en) == (["Lecture plans"], ["Reading plans"])
    said = facts.phrases(named, "en").quotes(own.shared_words_en, value=own.shared_words)
    assert (said, said.value) == ("“Reading plans”", ["Lecture plans"])
    labels = published_tables(named)["labels"]
    found = labels.loc[labels["field"] == "words", ["value", "fr", "en"]]
    assert found.to_numpy().tolist() == [["Lecture plans", "Lecture plans", "Reading plans"]]


def test_a_profile_names_the_words_that_it_shares_and_depends_on_the_texts_of_others(tmp_path):
    def profiled(folder: str, theirs: str) -> tuple[portfolio.Profile, str]:
        rows = [
            small.row("Lecture de plans anciens", portfolio="Justice", benefits="Lire"),
            small.row(theirs, portfolio="Travail", benefits="Lire mieux"),
        ]
        edition = opened(tmp_path / folder, rows)
        return facts.open_profile(edition, "Justice"), portfolio.checksums(edition)["Justice"]

    (shared, one), (alone, other) = profiled("a", "Lecture de plans anciens"), profiled("b", "Triage")
    assert facts.profile(shared).alike.value == 1
    assert facts.profile(shared).shared_words == ["Lecture plans anciens"]
    assert (facts.profile(alone).alike.value, facts.profile(alone).shared_words) == (0, [])
    assert one != other
