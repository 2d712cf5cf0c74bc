"""The verifier: a true edition passes, and what a forger changes is found though all checksums are new.

Each forgery writes page, register, notebook and manifest alike, so that only recomputing can see it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from portrait import facts
from portrait.editions.opening import open_edition
from portrait.facts.cells import csv_bytes
from portrait.facts.conditions import IN_DEVELOPMENT, IN_PRODUCTION, KNOWN, WITHOUT_STATUS
from portrait.facts.fact import Questions
from portrait.facts.published import published_tables
from portrait.facts.queries import absent, equals, linked
from portrait.facts.queries import published as told
from portrait.ingest.json_records import json_tables
from portrait.language.periods import edition_period, printed
from portrait.language.phrases.sayable import GROUPS, OF_GROUPS
from portrait.language.proof import FILE, proof_words
from portrait.publish import verify as verifier
from portrait.publish.verifier import SCRIPT
from tests import small
from tests.agencies import GSA, write_agencies, write_project
from tests.publish.verified import Published, namespace, publish
from tests.workbooks import cells, workbook

PROJECT = Path(__file__).parents[2]
SENTENCES = {
    "total": (
        "# Volume\n\nEn {eval}`p.year(2025)`, {eval}`p.count(g.all)` sont déclarées, contre "
        "{eval}`p.number(g.before)` en {eval}`p.year(2024)` : {eval}`p.change(g.growth)`.",
        "# Volume\n\nIn {eval}`p.year(2025)`, {eval}`p.count(g.all)` are declared, against "
        "{eval}`p.number(g.before)` in {eval}`p.year(2024)`: {eval}`p.change(g.growth)`.",
    ),
    "stages": (
        "{eval}`p.count(g.production)` sont en production et {eval}`p.number(g.development)` en "
        "développement, soit une part en production de {eval}`p.percent(g.share)`, {eval}`p.bounds(g.share)` "
        "selon les autres.",
        "{eval}`p.count(g.production)` are in production and {eval}`p.number(g.development)` in "
        "development, a share in production of {eval}`p.percent(g.share)`, {eval}`p.bounds(g.share)` "
        "depending on the others.",
    ),
    "found": (
        "Des {eval}`p.count(g.before)` de {eval}`p.year(2024)`, {eval}`p.number(g.found)` sont retrouvées "
        "en {eval}`p.year(2025)`.",
        "Of the {eval}`p.count(g.before)` of {eval}`p.year(2024)`, {eval}`p.number(g.found)` are found "
        "again in {eval}`p.year(2025)`.",
    ),
}


def two_years(folder: Path):
    """Twelve initiatives, then 16 with the same first names: 8 in production, 6 in development, 2 silent."""
    statuses = [small.PRODUCTION] * 8 + [small.DEVELOPMENT] * 6 + [small.SILENT] * 2
    names = [f"Outil numéro {letter}" for letter in "abcdefghijklmnop"]
    return small.edition_of(
        folder,
        y2024=[small.row(name) for name in names[:12]],
        y2025=[small.row(n, status=s) for n, s in zip(names, statuses, strict=True)],
    )


def facts_of(edition):
    ask = Questions(edition)
    now, before = ask.now, ask.before
    return namespace(
        all=ask.fact("count", of=now),
        before=ask.fact("count", of=before),
        growth=ask.fact("change", after=now, before=before),
        production=ask.fact("count", of=now(IN_PRODUCTION)),
        development=ask.fact("count", of=now(IN_DEVELOPMENT)),
        share=ask.fact("share", part=now(IN_PRODUCTION), whole=now(KNOWN), unknown=now(WITHOUT_STATUS)),
        found=ask.fact("count", of=before(linked(ask.edition, "probable"))),
    )


@pytest.fixture(scope="module")
def true_edition(tmp_path_factory) -> Path:
    """A folder with official files in `rows` and their edition in `out`."""
    folder = tmp_path_factory.mktemp("true")
    edition = two_years(folder / "rows")
    publish(folder / "out", edition, SENTENCES, g=facts_of(edition))
    return folder


@pytest.fixture
def published(true_edition, tmp_path) -> Published:
    """A copy of the edition to forge."""
    shutil.copytree(true_edition, tmp_path, dirs_exist_ok=True)
    return Published(tmp_path / "out")


def test_a_true_edition_has_no_failure(published):
    assert published.verify().failures == []
    page = (published.folder / "annual.fr.html").read_text("utf-8")
    assert re.search(
        r'<data[^>]* value="16" data-claim="total-\d" data-part="0">16</data></a> initiatives sont', page
    )


def test_the_sentences_say_the_numbers_worked_out_by_hand(published):
    page = (published.folder / "annual.en.html").read_text("utf-8")
    said = " ".join(verifier.sentence_text(pieces) for _, pieces in verifier.Page(page).blocks)
    assert "In 2025, 16 initiatives are declared, against 12 in 2024: an increase of 33%." in said
    assert "a share in production of 57%, between 50% and 63% depending on the others." in said


def test_the_official_file_is_compared_cell_by_cell(published, tmp_path):
    assert published.verify(tmp_path / "rows").failures == []
    published.edit_table("initiatives", 3, benefits="Autre gain")
    assert published.verify().failures == []
    [failure] = published.verify(tmp_path / "rows").failures
    assert failure.startswith("initiatives.csv, edition 2024, row 5, benefits")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("57 %", "58 %", "printed"),
        ("33 %", "34 %", "printed"),
        ("hausse", "baisse", "direction"),
        (
            "initiatives sont en production et",
            "initiatives sont en développement et",
            "said as ['en production', 'en service'",
        ),
        (
            "sont déclarées, contre",
            "sont en production, contre",
            "no status: the query has none",
        ),
        ("sont retrouvées en", "ne sont pas retrouvées en", "link said as"),
        ("sont déclarées, contre", "sont premières, contre", "no superlative"),
        ("contre", "contre au moins", "no comparator"),
        ("en développement, soit", "en développement au plus, soit", "no comparator"),
        ("sont déclarées, contre", "sont déclarées, le double de 3, contre", "every number marked"),
    ],
)
def test_a_word_or_a_digit_changed_everywhere_is_found(published, old, new, said):
    old, new = (text.replace(" %", "\u00a0%") for text in (old, new))
    published.reword(old, new, "fr")
    assert any(said in failure for failure in published.verify().failures), published.verify().failures


@pytest.fixture
def third(published) -> Published:
    """The edition with a third document, whose language is none that the verifier knows."""
    manifest = json.loads((published.folder / "manifest.json").read_text("utf-8"))
    for name in ("annual.en.html", "annual.en.ipynb", "claims.en.json"):
        shutil.copy(published.folder / name, published.folder / name.replace(".en.", ".nl."))
    manifest["documents"]["annual.nl"] = {"stem": "annual", "language": "nl"}
    (published.folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    published.reword("are declared, against", "zijn verklaard, tegen", "nl")
    return published


def test_the_numbers_of_a_language_without_known_words_are_asked_again_and_that_is_said(third):
    report = third.verify()

    assert report.failures == []
    assert "annual.nl: words of nl are not known to this verifier; numbers are" in report.notes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("57%", "75%", "printed"),
        ("33%", "36%", "printed"),
        ("zijn verklaard", "zijn 3 keer verklaard", "every number marked"),
    ],
)
def test_a_digit_changed_everywhere_in_a_language_without_known_words_is_found(third, old, new, said):
    third.reword(old, new, "nl")
    assert any(said in failure for failure in third.verify().failures), third.verify().failures


def test_a_document_of_each_language_asks_the_same_questions(third):
    path = third.folder / "claims.nl.json"
    register = json.loads(path.read_text("utf-8"))
    register["claims"] = register["claims"][:-1]
    path.write_text(json.dumps(register), "utf-8")
    third.seal()
    assert any("in two languages" in failure for failure in third.verify().failures)


@pytest.mark.parametrize(
    ("table", "place", "cells"),
    [
        ("initiatives", 12, {"status": "development"}),
        ("initiatives", 12, {"edition": "2024"}),
        ("initiatives", 12, {"name": "Tout autre chose"}),
        ("initiatives", 12, {"body": "Régie"}),
        ("initiatives", 12, {"title_tells": "task"}),
        ("links", 0, {"tier": "possible"}),
        ("links", 0, {"overlap": "yes"}),
        ("recodings", 0, {"value": "Régie"}),
        ("recoded-cells", 0, {"before": "Solution"}),
        ("recoded-cells", 0, {"row": "4"}),
        ("editions", 1, {"previous": ""}),
        ("editions", 1, {"rows_read": "15"}),
    ],
)
def test_a_cell_changed_is_found(published, table, place, cells):
    published.edit_table(table, place, **cells)
    assert published.verify().failures


def test_a_version_in_use_that_is_not_the_file_read_is_found(published):
    path = published.folder / "data" / "versions.csv"
    row = f"2025,2025.csv,{'0' * 64},in use,,2026-03-01,,16,,,"
    path.write_text(f"{path.read_text('utf-8').rstrip()}\n{row}\n", "utf-8")
    published.seal()
    assert any("versions.csv, 2025.csv" in failure for failure in published.verify().failures)


def test_a_value_changed_everywhere_is_found(published):
    def change(claim):
        if claim["expression"] == "p.count(g.all)":
            claim["value"] = claim["parts"][0]["value"] = 17

    published.edit_claims(change)
    assert any("expected 16; found 17" in failure for failure in published.verify().failures)


def test_a_query_moved_to_another_status_or_edition_is_found(published):
    def change(claim):
        if claim["id"].startswith("stages"):
            for query in claim["query"]["asks"].values():
                query["where"] = [[*c[:2], "2024"] if c[0] == "edition" else c for c in query["where"]]

    published.edit_claims(change)
    assert any("stages" in failure for failure in published.verify().failures)


def ask_otherwise(claim):
    claim["query"]["formula"] = "guess"


def write_otherwise(claim):
    claim["parts"][0]["form"] = "roman"


def count_otherwise(claim):
    claim["query"]["asks"]["of"]["where"] += [["status", "about", "2025"]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ask_otherwise, "formula 'guess' is not one that this verifier knows"),
        (write_otherwise, "form 'roman' is not one that this verifier knows"),
        (count_otherwise, "condition 'about' is not one that this verifier knows"),
    ],
)
def test_what_another_verifier_may_know_is_a_failure_that_names_it(published, change, said):
    def of_a_count(claim):
        if claim["expression"] == "p.count(g.all)":
            change(claim)

    published.edit_claims(of_a_count)
    assert published.verify().failures == [f"cannot be read: ValueError: {said}"]


AGAIN = {
    "stages": SENTENCES["stages"],
    "again": (
        "Cette part était de {eval}`p.percent(g.share_before)` en {eval}`p.year(2024)`.",
        "This share was {eval}`p.percent(g.share_before)` in {eval}`p.year(2024)`.",
    ),
}


@pytest.mark.parametrize(("part", "is_true"), [(IN_PRODUCTION, True), (IN_DEVELOPMENT, False)])
def test_this_share_is_the_last_one_said_of_another_edition(tmp_path, part, is_true):
    edition = two_years(tmp_path / "rows")
    ask, g = Questions(edition), facts_of(edition)
    before = ask.before
    g.share_before = ask.fact("share", part=before(part), whole=before(KNOWN), unknown=before(WITHOUT_STATUS))
    report = publish(tmp_path / "out", edition, AGAIN, g=g).verify()
    assert (report.failures == []) == is_true


def test_a_wording_added_by_the_cell_is_allowed_and_printed_for_the_reviewer(tmp_path):
    edition = two_years(tmp_path / "rows")
    reworded = {
        "stages": (
            'Servent déjà {eval}`p.count(g.production).says_as("status", "servent déjà")`.',
            'Already of use: {eval}`p.count(g.production).says_as("status", "already of use")`.',
        )
    }
    report = publish(tmp_path / "out", edition, reworded, g=facts_of(edition)).verify()
    assert report.failures == []
    assert "annual.fr: stages-1 (8): its cell adds 'servent déjà' to the words of status" in report.notes


def test_an_added_wording_that_says_another_status_is_refused(tmp_path):
    edition = two_years(tmp_path / "rows")
    lie = {
        "stages": (
            'En développement, {eval}`p.count(g.production).says_as("status", "en développement")`.',
            'In development, {eval}`p.count(g.production).says_as("status", "in development")`.',
        )
    }
    report = publish(tmp_path / "out", edition, lie, g=facts_of(edition)).verify()
    assert any("an added wording for 'production'" in failure for failure in report.failures)


def test_two_numbers_exchanged_between_their_editions_are_found(tmp_path):
    edition = two_years(tmp_path / "rows")
    exchanged = {
        "total": (
            "De {eval}`p.year(2024)` à {eval}`p.year(2025)`, les initiatives passent de "
            "{eval}`p.number(g.all)` à {eval}`p.number(g.before)`.",
            "From {eval}`p.year(2024)` to {eval}`p.year(2025)`, initiatives go from "
            "{eval}`p.number(g.all)` to {eval}`p.number(g.before)`.",
        )
    }
    report = publish(tmp_path / "out", edition, exchanged, g=facts_of(edition)).verify()
    assert any("from the earlier edition to the later" in failure for failure in report.failures)


def test_a_fact_may_be_absent_only_for_a_reason_that_holds(tmp_path):
    edition = two_years(tmp_path / "rows")
    query = facts_of(edition).share.record()
    for why in ("denominator too small", "reconstructed rows", "field not published"):
        unsaid = [{"fact": "g.share", "query": query, "why": why}]
        folder = tmp_path / why.replace(" ", "-")
        report = publish(folder, edition, SENTENCES, unsaid, g=facts_of(edition)).verify()
        assert any("a reason that holds" in failure for failure in report.failures)


def test_a_change_of_a_share_of_too_few_is_absent_for_that_reason(tmp_path):
    now, then = ([small.row(f"Outil {letter}") for letter in letters] for letters in ("abcde", "abcd"))
    edition = small.edition_of(tmp_path / "rows", y2024=then, y2025=now)
    ask = Questions(edition)
    parts = {"part_after": ask.now(IN_PRODUCTION), "part_before": ask.before(IN_PRODUCTION)}
    wholes = {"whole_after": ask.now(KNOWN), "whole_before": ask.before(KNOWN)}
    fact = ask.fact("share_change", **parts, **wholes)
    unsaid = [{"fact": "g.fact", "query": fact.record(), "why": fact.why}]
    sentences = {"case": ("Rien à dire.", "Nothing to say.")}
    report = publish(tmp_path / "out", edition, sentences, unsaid, g=namespace()).verify()
    assert (fact.why, report.failures) == ("denominator too small", [])


def test_bodies_that_must_declare_are_not_counted_where_no_list_names_them(tmp_path):
    edition = two_years(tmp_path / "rows")
    missing = facts.declaring(edition).missing
    unsaid = [{"fact": "g.missing", "query": missing.record(), "why": missing.why}]
    report = publish(tmp_path / "out", edition, SENTENCES, unsaid, g=facts_of(edition)).verify()
    assert (missing.why, report.failures) == ("nothing to count", [])


@pytest.mark.parametrize(("portfolio", "holds"), [("Enfance", True), ("Famille", False)])
def test_nothing_is_compared_by_portfolio_only_where_a_link_shows_a_new_name(tmp_path, portfolio, holds):
    now = [small.row("Tri des lettres reçues", portfolio=portfolio, benefits="Moins d’erreurs")]
    edition = small.edition_of(
        tmp_path / "rows", y2024=[small.row("Tri des lettres reçues", portfolio="Famille")], y2025=now
    )
    ask = Questions(edition)
    entered = ask.now(absent("portfolio_folded", ask.previous))
    query = ask.fact("distinct", of=entered, by="portfolio_folded").record()
    unsaid = [{"fact": "g.entered", "query": query, "why": "new names"}]
    sentences = {"case": ("Rien à dire.", "Nothing to say.")}
    report = publish(tmp_path / "out", edition, sentences, unsaid, g=namespace()).verify()
    assert (report.failures == []) is holds, report.failures


def test_the_verifier_needs_python_alone_and_names_what_fails(published):
    script = published.folder / "verify.py"
    assert script.read_bytes() == SCRIPT.read_bytes()
    run = [sys.executable, "-I", "-S", str(script)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 failures" in done.stdout.splitlines()[-1]
    published.edit_table("initiatives", 12, status="development")
    assert subprocess.run(run, capture_output=True).returncode == 1
    (published.folder / "claims.fr.json").write_text("{", "utf-8")
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, "")


def test_the_words_are_those_that_the_verifier_was_made_for(published):
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == verifier.TERMS_SHA256
    words = published.folder / "terms.json"
    words.write_text(words.read_text("utf-8").replace("hausse*", "repli"), "utf-8")
    published.seal()
    assert any(failure.startswith("terms.json") for failure in published.verify().failures)


def test_a_missing_or_changed_file_is_named(published):
    (published.folder / "annual.fr.html").write_text("x", "utf-8")
    assert any(failure.startswith("manifest: annual.fr.html") for failure in published.verify().failures)


def test_what_a_release_adds_is_under_the_checksum_of_its_own_list(published):
    note = published.folder / "revisions.en.md"
    note.write_text("10 bodies.", "utf-8")
    listed = hashlib.sha256(b"10 bodies.").hexdigest()
    (published.folder / "release.json").write_text(json.dumps({"files": {note.name: listed}}), "utf-8")
    report = published.verify()
    assert report.failures == []
    assert not any("not listed" in said for said in report.notes)
    note.write_text("11 bodies.", "utf-8")
    [failure] = published.verify().failures
    assert failure.startswith(f"manifest: revisions.en.md: expected {listed[:12]}; found ")


def test_a_change_of_a_share_must_say_what_the_share_is_of():
    def rows(edition, *statuses):
        where = [["edition", "=", edition], ["status", "in", [*statuses]]]
        return {"table": "initiatives", "where": where}

    asks = {
        "part_after": rows("2025", "production"),
        "whole_after": rows("2025", "development", "production"),
        "part_before": rows("2024", "production"),
        "whole_before": rows("2024", "development", "production"),
    }
    ask = {"formula": "share_change", "unit": "initiatives", "asks": asks}
    must, editions = verifier.needs(ask, proof_words())
    assert must["whole status"] == "development+production"
    assert editions == {"2024", "2025"}


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [("Trois paires sont retenues au-dessous.", True), ("Trois paires sont retenues au-dessus.", False)],
)
def test_pairs_are_on_the_side_of_their_expected_count_that_is_said(sentence, holds):
    query = {"table": "initiatives", "where": [["edition", "=", "2025"]]}
    asks = {"of": query, "by": "portfolio_folded", "across": "category", "side": "below"}
    must, _ = verifier.needs({"formula": "associated", "unit": "pairs", "asks": asks}, proof_words())
    words = proof_words()["families"]["side"][must["side"]]["fr"]
    assert bool(verifier.spoken(words, verifier.flat(sentence))) == holds


@pytest.mark.parametrize("edition", ["2025", "2026-t1", "2026-t2", "2026-08", "2026-08-01", "2026-08-15"])
def test_the_verifier_names_an_edition_as_the_report_does(edition):
    names = [verifier.edition_name(edition, language, proof_words()) for language in ("fr", "en")]
    assert names == [printed(edition_period(edition), language) for language in ("fr", "en")]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [("2024", "2025", True), ("2023", "2025", False), ("2026-06-15", "2026-07-15", False)],
)
def test_a_year_earlier_is_the_previous_edition_only_where_their_years_follow(before, now, expected):
    editions = {before: {"edition": before, "previous": ""}, now: {"edition": now, "previous": before}}
    given = {"labels": {}, "of": {"initiatives": []}, "rows": lambda query: [], "by_edition": {}}
    tables = SimpleNamespace(editions=editions, current=editions[now], **given)
    words = verifier.Words(proof_words(), "fr", tables, None).of["edition"][before]
    assert ("un an plus tôt" in words, "l'édition précédente" in words) == (expected, True)


BESIDE = {
    "the edition after a number is not its own": (
        "{eval}`p.count(g.found)` de {eval}`p.year(2025)` sont retrouvées en {eval}`p.year(2024)`.",
        "{eval}`p.count(g.found)` of {eval}`p.year(2025)` are found again in {eval}`p.year(2024)`.",
        "edition 2024",
    ),
    "the edition after what a mover had is the one before": (
        "L’organisme en hausse depuis {eval}`p.year(2024)` compte {eval}`p.number(g.moved, field='after0')` "
        "initiatives, contre {eval}`p.number(g.moved, field='before0')` en {eval}`p.year(2025)`.",
        "The body on the rise since {eval}`p.year(2024)` has {eval}`p.number(g.moved, field='after0')` "
        "initiatives, up from {eval}`p.number(g.moved, field='before0')` in {eval}`p.year(2025)`.",
        "edition 2024",
    ),
    "a count beside a change is not what changes": (
        "Le total passe de {eval}`p.number(g.before)` en {eval}`p.year(2024)` à "
        "{eval}`p.count(g.production)` en production : {eval}`p.change(g.growth)`.",
        "The total goes from {eval}`p.number(g.before)` in {eval}`p.year(2024)` to "
        "{eval}`p.count(g.production)` in production: {eval}`p.change(g.growth)`.",
        "the 2025 that changes",
    ),
    "initiatives that categories add are called categories": (
        "La hausse, depuis {eval}`p.year(2024)`, est de "
        "{eval}`p.count(g.rises, 'catégorie', 'catégories', field='total')`.",
        "The rise since {eval}`p.year(2024)` is of "
        "{eval}`p.count(g.rises, 'category', 'categories', field='total')`.",
        "unit initiatives beside it",
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_stands_beside_a_number_must_belong_to_it(tmp_path, case):
    edition = two_years(tmp_path / "rows")
    g = facts_of(edition)
    ask = Questions(edition)
    g.categories = ask.fact("top", of=ask.now, by="category", n=1)
    moved = {"after": ask.now, "before": ask.before, "side": "up", "n": 1}
    g.moved, g.rises = (ask.fact("movers", by=field, **moved) for field in ("body", "category"))
    french, english, expected = BESIDE[case]
    failures = publish(tmp_path / "out", edition, {"case": (french, english)}, g=g).verify().failures
    assert any(f"expected {expected}" in failure for failure in failures), failures


@pytest.mark.parametrize(
    ("text", "holds"), [("au statut longtemps inconnu", True), ("le statut, hélas, inconnu", False)]
)
def test_a_wording_may_have_words_in_between_but_no_comma(text, holds):
    assert bool(verifier.spoken(["statut … inconnu*"], text)) == holds


def test_an_empty_wording_is_found_nowhere():
    assert verifier.spoken(["", "deux"], "une, deux") == ["deux"]
    assert verifier.hide([""], "une, deux") == "une, deux"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("this institution reported four tools whose status is not given", []),
        ("for four tools, the institution is not given", ["institution is not given"]),
    ],
)
def test_a_status_that_is_not_given_leaves_no_portfolio_unnamed(text, found):
    terms = json.loads(json.dumps(proof_words()).replace("|", verifier.OR))
    words = verifier.Words(terms, "en", _tables_of_one_year(), None)
    assert verifier.spoken(words.of["portfolio"]["unknown"], text) == found


def _tables_of_one_year():
    editions = {"2025": {"edition": "2025", "previous": ""}}
    given = {"labels": {}, "of": {"initiatives": []}, "rows": lambda query: [], "by_edition": {}}
    return SimpleNamespace(editions=editions, current=editions["2025"], **given)


def test_a_wording_is_hidden_whole_wherever_a_shorter_one_stands_alone():
    text = "63 are found again and 12 are not found again"
    assert verifier.hide(["found again", "not found again"], text) == "63 are \u00a4 and 12 are \u00a4"


@pytest.mark.parametrize(
    ("of", "unit", "holds"),
    [
        ({"formula": "count", "table": "initiatives"}, "initiatives", True),
        ({"formula": "count", "table": "initiatives"}, "bodies", False),
        ({"formula": "distinct", "table": "initiatives", "by": "body_lenient"}, "bodies", True),
        ({"formula": "distinct", "table": "initiatives", "by": "body"}, "initiatives", False),
        ({"formula": "distinct", "table": "obliged", "by": "body"}, "obliged", True),
        ({"formula": "top", "table": "tasks", "by": "task"}, "titles", True),
    ],
)
def test_what_is_counted_follows_from_the_question(of, unit, holds):
    asks = {"of": {"table": of["table"], "where": []}, "by": of.get("by", "")}
    wrong = verifier.badly_formed({"formula": of["formula"], "unit": unit, "asks": asks})
    assert wrong == ("" if holds else "the unit is not what is counted")


def test_the_verifier_takes_the_same_numbers_for_groups_as_the_package():
    assert verifier.GROUPS == GROUPS
    assert {name: tuple(fields.split()) for name, fields in verifier.OF_GROUPS.items()} == OF_GROUPS


def test_an_edition_is_not_compared_with_itself(published):
    def change(claim):
        if "found" in claim["expression"] or "growth" in claim["expression"]:
            for query in claim["query"]["asks"].values():
                query["where"] = [
                    [*c[:2], "2025", *c[3:]] if "edition" in c[0] else c for c in query["where"]
                ]

    published.edit_claims(change)
    failures = published.verify().failures
    assert any("after and before are the same" in failure for failure in failures)
    assert any("an edition is compared with itself" in failure for failure in failures)


@pytest.mark.parametrize(("word", "is_true"), [("en production", True), ("en développement", False)])
def test_the_finding_above_a_figure_is_read_as_a_sentence(published, word, is_true):
    path = published.folder / "annual.fr.html"
    page = path.read_text("utf-8")
    start = page.rindex("<p>", 0, page.index("sont en production"))
    stop = page.index("</p>", start)
    finding = f'<figcaption>{page[start + 3 : stop]}<a class="anchor">#</a> Statuts en 2025</figcaption>'
    page = f"{page[:start]}<figure>{finding}</figure>{page[stop + 4 :]}"
    path.write_text(page, "utf-8")
    published.reword("sont en production et", f"sont {word} et", "fr")
    failures = published.verify().failures
    assert (not failures) == is_true, failures


@pytest.mark.parametrize(
    ("tag", "word", "found"),
    [
        ("details", "en production", ""),  # an annex that is folded
        ("details", "en développement", "expected"),
        ("aside", "en production", "in what readers read"),
    ],
)
def test_a_sentence_is_read_where_it_can_be_folded_and_is_nowhere_out_of_reading(published, tag, word, found):
    path = published.folder / "annual.fr.html"
    page = path.read_text("utf-8")
    start = page.rindex("<p>", 0, page.index("sont en production"))
    stop = page.index("</p>", start) + 4
    path.write_text(f"{page[:start]}<{tag}>{page[start:stop]}</{tag}>{page[stop:]}", "utf-8")
    published.reword("sont en production et", f"sont {word} et", "fr")
    failures = published.verify().failures
    assert any(found in failure for failure in failures) if found else not failures, failures


@pytest.mark.parametrize("again", [0, 2])
def test_a_number_that_a_page_shows_twice_or_not_at_all_is_found(published, again):
    path = published.folder / "annual.fr.html"
    page = path.read_text("utf-8")
    shown = re.search("<data[^>]*>[^<]*</data>", page)[0]
    path.write_text(page.replace(shown, shown * again, 1), "utf-8")
    published.seal()
    failures = published.verify().failures
    assert any("annual.fr: page: expected" in each and "each once" in each for each in failures), failures


def test_a_name_moved_out_of_the_list_of_its_sentence_is_found(tmp_path):
    rows = [small.row(f"Tri {n}", portfolio="Justice" if n < 3 else "Travail") for n in range(5)]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    ask = Questions(edition)
    top = ask.fact("top", of=ask.now, by="portfolio_folded", n=2)
    sentence = "Les portefeuilles qui comptent le plus d’initiatives sont {eval}`p.top(g.top)`."
    said = {"top": (f"# Portefeuilles\n\n{sentence}", f"# Portefeuilles\n\n{sentence}")}
    out = publish(tmp_path / "out", edition, said, g=namespace(top=top))
    path = out.folder / "annual.fr.html"
    page = path.read_text("utf-8")
    last = re.findall("<data[^>]*>[^<]*</data>", page)[-1]
    forged = page.replace(last, "Travail").replace("Portefeuilles</h", f"Portefeuilles {last}</h", 1)
    assert "Travail" in last and forged.count(last) == 1
    path.write_text(forged, "utf-8")
    out.seal()
    failures = [each for each in out.verify().failures if each.startswith("annual.fr")]
    assert any(f"expected {sentence[:40]!r}"[:-1] in each for each in failures), failures


def test_a_share_without_a_label_must_say_the_label_and_the_reading():
    where = [["edition", "=", "2024"], ["status", "=", "production"], ["status_published", "!=", "Essai"]]
    said = verifier.scopes({"table": "initiatives", "where": where})
    assert (said["status_published"], said["reading"], said["status"]) == ("Essai", "other", "production")


def test_a_passage_must_say_that_the_initiatives_were_found_again():
    ends = [["edition_from", "=", "2024"], ["edition_to", "=", "2025"], ["overlap", "=", "yes"]]
    rows = [{"table": "initiatives", "where": [["edition", "=", year]]} for year in ("2024", "2025")]
    asks = {"links": {"table": "links", "where": ends}, "of_from": rows[0], "of_to": rows[1]}
    must, editions = verifier.needs(
        {"formula": "transition", "unit": "initiatives", "asks": asks}, proof_words()
    )
    assert (must["link"], must["overlap"], editions) == ("linked", "yes", {"2024", "2025"})


@pytest.mark.parametrize("end", ["of_from", "of_to"])
def test_a_passage_of_one_portfolio_must_name_it_at_whichever_end_it_is_asked(end):
    asks = {
        name: {"table": "initiatives", "where": [["edition", "=", year], ["status", "=", status]]}
        for name, year, status in (("of_from", "2024", "development"), ("of_to", "2025", "retired"))
    }
    asks[end]["where"].append(["portfolio_folded", "=", "Justice"])
    asks["links"] = {"table": "links", "where": []}
    ask = {"formula": "transition", "unit": "initiatives", "asks": asks}
    must, _ = verifier.needs(ask, proof_words())
    assert (must["portfolio"], must["from"], must["to"]) == ("Justice", "development", "retired")
    assert "status" not in must


def test_the_number_of_a_heading_is_no_part_of_its_sentence():
    page = verifier.Page(
        '<main><h3><span class="number">3.2</span> <data data-claim="a">Trois</data> tâches</h3></main>'
    )
    (heading,) = page.blocks
    assert verifier.sentence_text(heading[1]) == "Trois tâches"


def test_the_words_of_a_name_that_a_list_prints_are_no_words_of_its_sentence(tmp_path):
    # Two bodies whose names hold words of a condition, of a unit and of a direction.
    rows = [small.row(body="Bureau sans portefeuille")] * 2 + [small.row(body="Office for Inclusive Growth")]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    ask = Questions(edition)
    g = namespace(bodies=ask.fact("top", of=ask.now, by="body", n=2))
    both = (
        "Les organismes qui déclarent des initiatives sont {eval}`p.top(g.bodies, with_counts=True)`.",
        "The bodies that reported initiatives are {eval}`p.top(g.bodies, with_counts=True)`.",
    )
    assert publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures == []


def test_a_name_that_holds_without_leaves_out_no_name_after_it(tmp_path):
    bodies = ("Bureau sans portefeuille", "Santé et Services sociaux")
    rows = [small.row(body=each, portfolio="Santé et Services sociaux", status="") for each in bodies]
    edition = small.edition_of(tmp_path / "rows", y2025=[*rows, small.row()])
    ask = Questions(edition)
    silent = ask.now(WITHOUT_STATUS)
    g = namespace(n=ask.fact("count", of=silent), bodies=ask.fact("top", of=silent, by="body", n=2))
    both = (
        "Les {eval}`p.count(g.n)` sans statut sont déclarées par {eval}`p.top(g.bodies)`.",
        "The {eval}`p.count(g.n)` without a status come from {eval}`p.top(g.bodies)`.",
    )
    assert publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures == []


def test_an_acronym_in_brackets_is_part_of_the_name_that_ranks_first(tmp_path):
    # The name without it is another body, of the edition before.
    rows = [small.row(f"Outil {n}", body="Internal Revenue Service (IRS)") for n in range(2)]
    old = [small.row("Vieil outil", body="Internal Revenue Service")]
    edition = small.edition_of(tmp_path / "rows", y2024=old, y2025=[*rows, small.row("Essai", body="Mint")])
    ask = Questions(edition)
    g = namespace(first=ask.fact("top", of=ask.now, by="body", n=1))
    both = (
        "Le plus grand nombre d’initiatives vient {eval}`p.top(g.first, with_counts=True, of=True)`.",
        "The most initiatives come from {eval}`p.top(g.first, with_counts=True, of=True)`.",
    )
    assert publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures == []


def test_a_share_of_more_than_ninety_nine_percent_is_no_rise(tmp_path):
    rows = [small.row(f"Outil {n}") for n in range(239)] + [small.row(portfolio="Travail")]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    ask = Questions(edition)
    of_justice = ask.now(equals("portfolio_folded", "Justice"))
    g = namespace(share=ask.fact("share", part=of_justice, whole=ask.now))
    share = "{eval}`p.percent(g.share)`"
    both = f"La Justice déclare {share} des initiatives.", f"Justice reported {share} of initiatives."
    assert publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures == []


@pytest.mark.parametrize(("named", "is_true"), [("Santé|Health", True), ("Santé", False), ("Justice", False)])
def test_a_bar_in_a_published_name_is_no_choice_of_words(tmp_path, named, is_true):
    rows = [small.row(f"Outil {n}", portfolio="Santé|Health") for n in range(12)] + [small.row()]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    ask = Questions(edition)
    g = namespace(own=ask.fact("count", of=ask.now(equals("portfolio_folded", "Santé|Health"))))
    own = "{eval}`p.count(g.own)`"
    both = f"Le portefeuille {named} déclare {own}.", f"The {named} portfolio reported {own}."
    failures = publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures
    assert (failures == []) is is_true, failures


def test_a_list_of_statuses_holds_one_that_nobody_classified(tmp_path):
    edition = small.edition_of(tmp_path / "rows", y2025=[small.row(), small.row(status="Étape inconnue")])
    ask = Questions(edition)
    g = namespace(statuses=ask.fact("top", of=ask.now, by="status", n=5))
    both = (
        "Les initiatives ont ces statuts : {eval}`p.top(g.statuses, with_counts=True)`.",
        "The initiatives have these statuses: {eval}`p.top(g.statuses, with_counts=True)`.",
    )
    assert publish(tmp_path / "out", edition, {"case": both}, g=g).verify().failures == []


def test_a_title_is_told_with_the_portfolio_that_its_network_is_counted_with(tmp_path):
    network = "Santé et Services sociaux (Réseau)"
    edition = small.edition_of(tmp_path / "rows", y2025=[small.row("Tri", portfolio=network)])
    home = "{eval}`p.examples([('Tri', 'Santé et Services sociaux')], 'portfolio')`"
    both = f"Par exemple {home}.", f"For example {home}."
    assert publish(tmp_path / "out", edition, {"case": both}).verify().failures == []


NAMES = {
    "label": (
        "Le portefeuille {eval}`p.label('portfolio', 'Justice')`.",
        "Portfolio {eval}`p.label('portfolio', 'Justice')`.",
    ),
    "sentence": (
        "Rien {eval}`p.label('portfolio_folded', 'Famille', after='de')`.",
        "Nothing of {eval}`p.label('portfolio_folded', 'Famille')`.",
    ),
    "titles": (
        "Par exemple {eval}`p.examples([('Tri', 'Justice'), ('Aide', 'Famille')], 'portfolio')`.",
        "For example {eval}`p.examples([('Tri', 'Justice'), ('Aide', 'Famille')], 'portfolio')`.",
    ),
    "list": ("Dont {eval}`p.quotes(['Tri', 'Aide'])`.", "Such as {eval}`p.quotes(['Tri', 'Aide'])`."),
    "whole": (
        "{eval}`p.quote('Tri')` : {eval}`p.quote('Moins de retards', value='Tri')`.",
        "{eval}`p.quote('Tri')`: {eval}`p.quote('Moins de retards', value='Tri')`.",
    ),
    "cut": (
        "{eval}`p.quote('Aide')` : {eval}`p.quote('Des réponses plus…', value='Aide')`.",
        "{eval}`p.quote('Aide')`: {eval}`p.quote('Des réponses plus…', value='Aide')`.",
    ),
}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the department of energy", "energy"),
        ("les anciens combattants", "anciens combattants"),
        ("des transports", "transports"),
        ("du commerce", "commerce"),
        ("de l'énergie", "énergie"),
        ("la justice", "justice"),
        ("leader", "leader"),
    ],
)
def test_a_name_is_said_with_its_article(said, name):
    shapes = [proof_words()["shapes"][language]["of a portfolio"] for language in ("fr", "en")]
    assert name in [re.sub(shape, "", said) for shape in shapes]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Justice", "Santé"),
        ("du portefeuille Famille", "du reste du portefeuille Famille"),
        ("«\u00a0Tri\u00a0» (Justice)", "«\u00a0Tri\u00a0» (Famille)"),
        ("«\u00a0Tri\u00a0»", "«\u00a0Autre\u00a0»"),
        ("«\u00a0Aide\u00a0» (Famille)", "Aide à 9 (Famille)"),
        ("«\u00a0Tri\u00a0» et", "«\u00a0Courrier\u00a0» et"),
        ("Moins de retards", "Plus de retards"),
        ("Moins de retards", "Moins de"),
        ("réponses plus…", "réponses plus"),
        ("réponses plus…", "réponses moins…"),
        ("réponses plus…", "réponses plu…"),
    ],
)
def test_a_name_or_a_quotation_that_the_tables_do_not_hold_is_found(tmp_path, old, new):
    rows = [
        small.row("Tri", portfolio="Justice", benefits="Moins de  retards."),
        small.row("Aide", portfolio="Famille", benefits="Des réponses plus rapides."),
    ]
    edition = small.edition_of(tmp_path / "rows", y2025=rows)
    published = publish(tmp_path / "out", edition, NAMES, g=namespace())
    assert published.verify().failures == []
    published.reword(old, new, "fr")
    failures = published.verify().failures
    assert any("titles and labels of the tables" in failure for failure in failures), failures


def test_a_quotation_of_an_initiative_that_its_sentence_does_not_name_is_found(tmp_path):
    rows = [small.row("Tri", benefits="Moins de retards"), small.row("Aide", benefits="Gain de temps")]
    edition = small.edition_of(tmp_path, y2025=rows)
    said = "{eval}`p.quote('Tri')` : {eval}`p.quote('Gain de temps', value='Aide')`."
    failures = publish(tmp_path / "out", edition, {"case": (said, said)}, g=namespace()).verify().failures
    places = [each.partition(": expected ")[0] for each in failures]
    assert places == ["annual.en: case-2", "annual.fr: case-2"]


def test_a_number_of_published_totals_must_say_that_it_is_of_those(tmp_path):
    edition = open_edition("quebec", 2025, data=PROJECT / "data" / "sample", project=PROJECT)
    ask = Questions(edition)
    g = namespace(told=ask.fact("distinct", of=ask.now(told("body")), by="body"))
    both = (
        "{eval}`p.count(g.told)` déclarent des initiatives.",
        "{eval}`p.count(g.told)` reported initiatives.",
    )
    failures = publish(tmp_path / "silent", edition, {"case": both}, g=g).verify().failures
    assert any("told said as" in failure for failure in failures)
    named = (
        "Le nombre d’initiatives est publié pour {eval}`p.count(g.told)`.",
        "A count is published for {eval}`p.count(g.told)`.",
    )
    assert publish(tmp_path / "said", edition, {"case": named}, g=g).verify().failures == []


# The profile of a portfolio


def profile_of(folder: Path, french: str, english: str, title: str = "Justice") -> list[str]:
    """Return the failures of a page about Justice with one sentence, beside a portfolio of ten others."""
    rows = [small.row(f"Outil {n}") for n in range(12)]
    rows += [small.row(f"Autre {n}", portfolio="Affaires municipales") for n in range(10)]
    edition = small.edition_of(folder / "rows", y2025=rows)
    ask = Questions(edition)
    g = namespace(
        own=ask.fact("count", of=ask.now(equals("portfolio_folded", "Justice"))),
        other=ask.fact("count", of=ask.now(equals("portfolio_folded", "Affaires municipales"))),
        all=ask.fact("count", of=ask.now),
    )
    published = publish(folder / "out", edition, {"case": (french, english)}, g=g)
    for language in ("fr", "en"):
        page = published.folder / f"annual.{language}.html"
        text = re.sub("<title>.*?</title>", f"<title>{title}</title>", page.read_text("utf-8"))
        page.write_text(text, "utf-8")
    path = published.folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    for about in manifest["documents"].values():
        about["subject"] = "Justice"
    path.write_text(json.dumps(manifest), "utf-8")
    published.seal()
    return published.verify().failures


OWN = "Il y a {eval}`p.count(g.own)`.", "There are {eval}`p.count(g.own)`."


def test_a_number_in_a_profile_is_of_the_portfolio_in_its_title(tmp_path):
    assert profile_of(tmp_path / "true", *OWN) == []
    failures = profile_of(tmp_path / "forged", *OWN, title="Travail")
    assert any("expected the portfolio 'Justice' named" in failure for failure in failures)


@pytest.mark.parametrize(
    ("french", "english", "expected"),
    [
        ("Il y a {}.", "There are {}.", "a number of all portfolios said to be so"),
        ("Tous les portefeuilles en ont {}.", "In all portfolios, there are {}.", ""),
    ],
)
def test_a_number_of_all_portfolios_says_so_in_a_profile(tmp_path, french, english, expected):
    failures = profile_of(tmp_path, *(text.format("{eval}`p.count(g.all)`") for text in (french, english)))
    assert [failure for failure in failures if expected not in failure] == []
    assert bool(failures) is bool(expected)


def test_a_number_of_another_portfolio_names_it_in_a_profile(tmp_path):
    failures = profile_of(tmp_path, "Il y a {eval}`p.count(g.other)`.", "There are {eval}`p.count(g.other)`.")
    assert any("portfolio said as" in failure for failure in failures)


def test_the_verifier_reads_records_as_the_report_does(tmp_path):
    records = [{"a": 1.50, "b": {"c": None, "d": True}}, {"e": [{"f": "x"}, {"f": "y"}], "a": "é"}]
    for name, text in (
        ("2026.json", json.dumps({"n": 2, "data": {"items": records}})),
        ("2026.jsonl", "\n".join(map(json.dumps, records))),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (table,) = json_tables(path.read_bytes(), path)
        cells = [dict(zip(table.header, row, strict=True)) for row in table.rows]
        read = verifier.read_json(path, table.name)
        assert [{key: each.get(key, "") for key in table.header} for each in read] == cells


def compared(project, folder, *, of_file=None):
    """Return what the verifier finds between the tables of an edition of agencies and its files."""
    edition = open_edition("agencies", 2023, project=project)
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    for name, table in published_tables(edition).items():
        (tables / f"{name}.csv").write_bytes(csv_bytes(table))
    for path, content in (of_file or {}).items():
        (project / "data" / "raw" / "agencies" / path).write_bytes(content)
    report = verifier.Report()
    verifier.check_source(verifier.Tables(tables), project / "data" / "raw", report)
    return report


def test_that_the_cells_of_a_workbook_are_not_compared_is_said(tmp_path):
    project = write_project(tmp_path, {}, "field,2023\nname,Name\nstatus,Stage\n")
    path = project / "data" / "raw" / "agencies" / "2023.xlsx"
    path.parent.mkdir(parents=True)
    workbook(path, List=cells(("Name", "Stage"), ("Tri", "Initiation")))
    report = compared(project, tmp_path)
    assert report.failures == []
    assert report.notes == ["source 2023.xlsx: its checksum is compared, the cells of a workbook are not"]


def test_the_verifier_compares_each_file_of_an_edition(tmp_path):
    project = write_agencies(tmp_path)
    assert compared(project, tmp_path).failures == []
    other = {"2023/gsa_2023.csv": GSA.replace("Search", "Find").encode("cp1252")}
    assert [failure.split(":")[0] for failure in compared(project, tmp_path, of_file=other).failures] == [
        "source gsa_2023.csv",
        "initiatives.csv, edition 2023, row 2000004, name",
    ]


def test_the_verifier_reads_columns_by_position_and_bytes_that_do_not_fit(tmp_path):
    columns = "field,2023\nname,[2]\nstatus,[1]\nbody,[3]\n"
    edition = {"encoding": "cp1252", "header_row": 0, "constant": {"portfolio": "Labor"}}
    project = write_project(tmp_path, edition, columns)
    path = project / "data" / "raw" / "agencies" / "2023.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"Initiation,Tri,R\x81gie\nImplementation,Veille,Bureau\n")
    assert compared(project, tmp_path).failures == []
    other = {"2023.csv": b"Initiation,Tri,R\x81gie\nImplementation,Veille,Office\n"}
    assert "row 2, body: expected 'Office'" in compared(project, tmp_path, of_file=other).failures[-1]
