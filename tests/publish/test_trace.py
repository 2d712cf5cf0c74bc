"""A number of a published edition, traced to its rows in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portrait.errors import WrongCall
from portrait.facts.conditions import IN_PRODUCTION, KNOWN
from portrait.facts.fact import Questions
from portrait.publish.trace import trace
from tests import small
from tests.facts.editions import reconstructed
from tests.publish.verified import namespace, publish


def published(folder: Path, edition, sentence: str, **facts) -> Path:
    sentences = {"said": (sentence, sentence)}
    return publish(folder / "out", edition, sentences, g=namespace(**facts)).folder


def production(edition):
    ask = Questions(edition)
    return ask.fact("count", of=ask.now(IN_PRODUCTION))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [small.row(f"Initiative {n}", status=small.PRODUCTION) for n in range(30)]
    edition = small.edition_of(tmp_path, y2025=rows)
    sentence = "Soit {eval}`p.count(g.n).named('n_production')` en production, en {eval}`p.year(2025)`."
    return published(tmp_path, edition, sentence, n=production(edition))


def test_a_number_is_printed_with_its_sentence_definition_formula_and_first_rows(folder: Path) -> None:
    lines = [line.replace("\u00a0", " ") for line in trace(folder, "n_production", "fr")]
    assert lines[:6] == [
        "annual.fr: n_production",
        "Phrase : Soit 30 initiatives en production, en 2025.",
        "Texte imprimé : 30 initiatives",
        "Définition : Nombre de lignes (initiatives) "
        "où l’édition est « 2025 », le statut est « en production »",
        "Formule : nombre de lignes",
        "l’édition est « 2025 », le statut est « en production » : 30 lignes, data/initiatives.csv",
    ]
    assert lines[6] == "  2 · Initiative 0 · Bureau des essais"
    assert (len(lines), lines[-1]) == (27, "  … 10 lignes (--all)")
    assert len([*trace(folder, "n_production", "fr", all_rows=True)]) == 36


def test_the_sum_of_a_number_is_written_out_before_its_definition(tmp_path: Path) -> None:
    rows = [small.row(f"Initiative {n}", body=f"Bureau {n % 5}") for n in range(30)]
    edition = small.edition_of(tmp_path, y2024=rows[:3], y2025=rows)
    ask = Questions(edition)
    facts = {
        "n": ask.fact("change", after=ask.now, before=ask.before),
        "of": ask.fact("difference", unit="bodies", of=ask.now, less=ask.before, by="body"),
    }
    sentence = "Soit {eval}`p.change_size(g.n).named('more')` et {eval}`p.count(g.of).named('bodies')`."
    folder = published(tmp_path, edition, sentence, **facts)
    for claim, line in (("more", "Calcul : 30 − 3 = 27"), ("bodies", "Calcul : 5 − 3 = 2")):
        lines = [line.replace("\u00a0", " ") for line in trace(folder, claim, "fr")]
        assert lines[3] == line
        assert lines[4].startswith("Définition : ")


def test_a_document_may_be_named_as_the_verifier_prints_it(folder: Path) -> None:
    assert next(trace(folder, "annual.en: n_production", "fr")) == "annual.en: n_production"
    with pytest.raises(WrongCall, match=r"Did you mean “annual\.en”"):
        next(trace(folder, "anual.en: n_production", "fr"))


def test_the_number_of_an_edition_has_no_row(folder: Path) -> None:
    assert [*trace(folder, "said-2", "en")][-1] == "Definition: Edition 2025"


def test_an_unknown_identifier_suggests_another(folder: Path) -> None:
    with pytest.raises(WrongCall, match="Did you mean “n_production”"):
        next(trace(folder, "n_prodution", "fr"))


def only(folder: Path, *documents: str) -> Path:
    """Leave these documents alone in the manifest of an edition."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["documents"] = {name: manifest["documents"][name] for name in documents}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_an_unknown_identifier_names_a_register_that_was_built(folder: Path) -> None:
    with pytest.raises(WrongCall, match=r"The claims of annual\.en are in claims\.en\.json"):
        next(trace(only(folder, "annual.en"), "zzz", "en"))


def test_a_language_that_was_not_built_is_named_with_the_documents_that_were(folder: Path) -> None:
    with pytest.raises(WrongCall, match=r"no document in the language “fr” .* Known: annual\.en\."):
        next(trace(only(folder, "annual.en"), "n_production", "fr"))


def test_reconstructed_rows_give_the_published_total_and_its_source_instead(tmp_path: Path) -> None:
    edition = reconstructed()
    ask = Questions(edition)
    share = ask.fact("share", part=ask.now(IN_PRODUCTION), whole=ask.now(KNOWN))
    out = published(tmp_path, edition, "{eval}`p.percent(g.s).named('share')` sont en production.", s=share)
    text = "\n".join(trace(out, "share", "en"))
    assert text.count("The rows were reconstructed from published totals; none is shown.") == 2
    assert (
        "Published total: 2025, In development: 115 (third-party dashboard, March\u00a04, 2026) https" in text
    )
    assert "initiatives.csv" not in text


def test_each_name_of_a_list_is_traced_to_its_rows_and_a_number_of_the_program_to_none(
    tmp_path: Path,
) -> None:
    rows = [small.row("Tri"), small.row("Lecture"), small.row("Aide", portfolio="Travail")]
    edition = small.edition_of(tmp_path, y2025=rows)
    ask = Questions(edition)
    leaders = ask.fact("top", of=ask.now, by="portfolio", n=1)
    sentence = "{eval}`p.top(g.t).named('most')`, {eval}`p.number(5).named('five')`."
    out = published(tmp_path, edition, sentence, t=leaders)
    text = "\n".join(trace(out, "most", "en"))
    assert "Justice: 2 rows, data/initiatives.csv\n  2 · Tri · Bureau des essais\n  3 · Lecture" in text
    assert [*trace(out, "five", "en")][-1].startswith("This name or number comes from the program")


def test_a_claim_in_a_language_that_is_not_known_here_is_traced_in_english(folder: Path) -> None:
    path = folder / "claims.en.json"
    path.write_text(path.read_text("utf-8").replace('"language": "en"', '"language": "nl"'), "utf-8")
    lines = [*trace(folder, "annual.en: n_production", "fr")]
    assert lines[1].startswith("Sentence: Soit 30 initiatives")
    assert lines[4] == "Formula: number of rows"
