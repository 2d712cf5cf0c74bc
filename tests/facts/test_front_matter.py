"""What the report says of itself: front matter, marks of reconstruction, sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portrait.document.markdown import MarkdownCell, plain
from portrait.editions.opening import open_edition
from portrait.facts import front_matter, notices
from portrait.language.periods import edition_period
from tests import small
from tests.facts.editions import PROJECT, opened, reconstructed
from tests.inventories import UseCase, write_inventory


def read(prose, language="fr"):
    """Return the text of a notice or of the citation, and the addresses it links to."""
    inlines = MarkdownCell(prose["markdown"], language, "", prose["values"]).inlines()
    return plain(inlines), [node["url"] for node in inlines if node["type"] == "link"]


@pytest.fixture
def official(tmp_path):
    edition = small.edition_of(tmp_path, y2025=[small.row()])
    return with_facts(edition, catalogue=edition.source.facts["catalogue"] | {"consulted": "2026-02-27"})


@pytest.fixture
def rebuilt(tmp_path):
    rows = [small.row("Initiative reconstituée 2025-001")]
    return small.edition_of(tmp_path, y2025=rows)


def test_titles_published_in_french_are_quoted_in_another_language_only_in_english(official):
    assert front_matter.cover(official, "fr").content["quoted_language"] == ""
    assert front_matter.cover(official, "en").content["quoted_language"] == "fr"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_reconstructed_rows_mark_the_banner_the_keywords_the_description_and_each_source(rebuilt, language):
    content = front_matter.cover(rebuilt, language).content
    word = "reconstitu" if language == "fr" else "econstructed"
    assert word in content["banner"]
    assert word in content["description"]
    assert any(word in keyword for keyword in content["keywords"])
    assert any(word in read(notice)[0] for notice in content["notices"])
    rows = "lignes reconstituées" if language == "fr" else "reconstructed rows"
    assert notices.source_line(rebuilt, language).endswith(f"; {rows}.")  # the banner says the rest


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("2025", ("Portrait 2025.", "édition 2025."), ("Portrait 2025.", ", 2025.")),
        (
            "2026-08",
            ("Portrait d’août 2026.", "édition d’août 2026."),
            ("Portrait of August 2026.", "August 2026."),
        ),
        (
            "2026-08-15",
            ("Portrait du 15 août 2026.", "édition du 15 août 2026."),
            ("Portrait of August 15, 2026.", "15, 2026."),
        ),
    ],
)
def test_the_title_and_the_source_line_name_the_edition_by_its_date(official, name, french, english):
    dated = replace(official, year=edition_period(name))
    for language, (title, source) in (("fr", french), ("en", english)):
        assert front_matter.report_title(dated, language).startswith(title)
        assert notices.source_line(dated, language).endswith(source)


def test_a_report_that_is_not_of_a_year_is_called_by_its_interval(official):
    days = [edition_period(name) for name in ("2026-08-08", "2026-08-15")]
    [before, now] = [
        replace(with_facts(official, editions={day: {} for day in days}), year=day) for day in days
    ]
    called = {
        each["language"]: each["subtitle"]
        for language in ("fr", "en")
        for each in [front_matter.cover(replace(now, earlier=(before,)), language).content]
    }
    assert called == {"fr-CA": "Rapport sur 7 jours", "en-CA": "7-day update"}
    assert front_matter.cover(now, "en").content["subtitle"] == "Report"
    assert front_matter.cover(official, "en").content["subtitle"] == "Annual report"


def test_a_register_of_more_than_ai_is_not_called_one_of_ai(official):
    tools = with_facts(official, subject={"fr": "outils algorithmiques", "en": "algorithmic tools"})
    french, english = (front_matter.cover(tools, language).content for language in ("fr", "en"))
    assert french["title"].startswith("Portrait 2025. L’adoption d’outils algorithmiques dans ")
    assert french["description"].startswith("Déclarations d’outils algorithmiques, édition de 2025, d’après ")
    assert english["keywords"][0] == "algorithmic tools"
    heads = {
        "a kingdom": "Portrait 2025: algorithmic tools in a kingdom",
        "the public sector of the kingdom": "Portrait 2025: the public sector of the kingdom",
    }
    for scope, head in heads.items():
        named = with_facts(tools, scope_name={"fr": scope, "en": scope})
        assert front_matter.cover(named, "en").content["short_title"] == head


def test_the_paper_is_that_of_the_source_and_letter_where_it_names_none(official):
    on_a4 = with_facts(official, paper="a4")
    assert [front_matter.cover(each, "en").content["paper"] for each in (official, on_a4)] == ["letter", "a4"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_official_rows_bear_no_mark_of_reconstruction(official, language):
    content = front_matter.cover(official, language).content
    assert content["banner"] is None
    assert "econstr" not in str(content) and "econstit" not in str(content)


def test_the_front_matter_names_the_checksum_the_dates_and_the_independence(official):
    content = front_matter.cover(official, "fr").content
    assert ["Somme de contrôle SHA-256 (2025)", official.file.sha256] in content["colophon"]
    assert ["Date de la collecte", "juin 2025"] in content["cover"]
    assert ["Mise à jour des données", "27 janvier 2026"] in content["cover"]
    assert any("n’a ni approuvé ni examiné" in read(notice)[0] for notice in content["notices"])
    assert content["date"] == "2026-01-27"


def test_the_citation_is_in_the_form_that_the_catalogue_recommends(official):
    citation, links = read(front_matter.cover(official, "en").content["citation"], "en")
    report, data = citation.split(" The data: ")
    assert links == [official.source.facts["catalogue"]["url"]]
    assert report.startswith("This report: PORTRAIT PROJECT. Portrait 2025.")
    assert data == (
        "MINISTÈRE DE LA CYBERSÉCURITÉ ET DU NUMÉRIQUE. Portrait public des utilisations de l’IA dans "
        "l’administration publique québécoise, [Jeu de données], dans Données Québec, 2024, mis à jour le "
        "27 janvier 2026, https://www.donneesquebec.ca/recherche/dataset/portrait-public-des-utilisations-de-"
        "l-ia-dans-l-administration-publique-quebecoise, (consulté le 27 février 2026)."
    )


def with_facts(edition, **facts):
    return replace(edition, source=replace(edition.source, facts=edition.source.facts | facts))


def test_data_with_a_citation_in_each_language_are_cited_in_that_of_the_report(official):
    forms = {
        "fr": "Registre, [Jeu de données], (consulté le {consulted}).",
        "en": "Register, [Data set], (consulted {consulted}).",
    }
    bilingual = with_facts(official, citation=forms)
    assert (
        front_matter.citation_of_data(bilingual, "fr")
        == "Registre, [Jeu de données], (consulté le 27 février 2026)."
    )
    assert (
        front_matter.citation_of_data(bilingual, "en")
        == "Register, [Data set], (consulted February 27, 2026)."
    )


@pytest.mark.parametrize(
    ("modified", "language", "words"),
    [
        ("2026-01-27", "fr", "données du 27 janvier 2026."),
        ("", "fr", "données consultées le 27 février 2026."),
        ("2026-01", "en", "data consulted on February 27, 2026."),
    ],
)
def test_data_without_a_day_of_update_are_cited_by_the_day_they_were_consulted(
    official, modified, language, words
):
    dates = {2025: {"collected": "2025-06"} | ({"modified": modified} if modified else {})}
    cited = front_matter.citation_of_report(with_facts(official, editions=dates), "Portrait", language)
    assert cited.endswith(f", {words}")


@pytest.mark.parametrize(
    ("modified", "language", "words"),
    [
        ("2026-01-27", "fr", "Mise à jour des données : 27 janvier 2026"),
        ("", "fr", "Données lues le 27 février 2026"),
        ("", "en", "Data read on February 27, 2026"),
    ],
)
def test_a_cover_says_when_the_data_were_updated_or_else_read(official, modified, language, words):
    dates = {2025: {"collected": "2025-06"} | ({"modified": modified} if modified else {})}
    content = front_matter.cover(with_facts(official, editions=dates), language).content
    assert content["updated"].replace("\xa0", " ") == words


def test_a_specimen_says_that_its_rows_are_fictional_and_names_no_source(rebuilt):
    line = notices.source_line(rebuilt.specimen, "en")
    assert line == "fictional rows named by letters; no real data."


def test_a_year_left_out_for_the_kind_of_its_rows_is_named_in_the_notices(tmp_path):
    before = [small.row("Initiative reconstituée 2024-001")]
    edition = small.edition_of(tmp_path, y2024=before, y2025=[small.row()])
    content = front_matter.cover(edition, "fr").content
    assert any("Laissé de côté\u00a0: 2024" in read(notice)[0] for notice in content["notices"])


def test_names_in_a_citation_or_a_notice_are_never_read_as_markdown(official):
    link, role = "*A* [clic](https://evil.example)", "{eval}`1/0` et {eval}`"
    hostile = with_facts(official, producer={"fr": link, "en": link}, citation=f"{link} {{url}}")
    content = front_matter.cover(hostile, "en", "portfolio", portfolio=role).content
    citation, links = read(content["citation"], "en")
    assert role in citation and link in citation
    assert links == [official.source.facts["catalogue"]["url"]]
    assert any(link in read(notice, "en")[0] for notice in content["notices"])


def test_the_colophon_says_of_reconstructed_rows_that_they_are_no_published_file():
    labels = [label for label, _ in front_matter.cover(reconstructed(), "fr").content["colophon"]]
    assert "Lignes reconstituées de 2025" in labels
    assert "Fichier de 2025" not in labels


def test_totals_that_are_reproduced_are_cited_by_an_address_even_if_portfolios_have_none():
    edition = reconstructed()
    figures = {
        year: {"initiatives": n, "origins": {"initiatives": ["said", "press"]}}
        for year, n in ((2024, 168), (2025, 258))
    }
    origin = [{"id": "said"}, {"id": "press", "url": "https://example.org/press"}]
    cited = replace(edition, published={"editions": figures, "origin": origin})
    shown = front_matter.cover(cited, "en").content["notices"]
    assert any("https://example.org/press" in read(notice, "en")[1] for notice in shown)


@pytest.mark.parametrize(
    ("source", "year", "language", "says_so"),
    [
        ("us-federal", 2025, "fr", "sont des gloses non officielles."),
        ("quebec", 2025, "en", "glosses of official names are unofficial."),
        ("quebec", 2025, "fr", ""),
    ],
)
def test_names_that_we_translated_are_said_to_be_unofficial(tmp_path, source, year, language, says_so):
    if source == "quebec":
        edition = opened(tmp_path, [small.row()])
    else:
        data = write_inventory(tmp_path, year, [UseCase("Tri", "Pilot")])
        edition = open_edition(source, year, data=data, project=PROJECT)
    last = read(front_matter.cover(edition, language).content["notices"][-1])[0]
    assert last.endswith(says_so or "La version française fait foi.")
