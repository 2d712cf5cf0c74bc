"""The command line as its user meets it: exit statuses, one sentence, a suggestion, nothing left behind."""

from __future__ import annotations

import gc
import os
import signal

import pytest
import typer

from portrait.build import edition
from portrait.build.plan import Plan
from portrait.cli import main as cli
from portrait.cli.reference import verbs
from portrait.curation import new_year
from portrait.editions.opening import open_edition
from portrait.errors import NotebookFailed, WrongCall
from portrait.facts.fact import Questions
from portrait.lab import launching
from portrait.registers.schema import load_source
from tests import small
from tests.curation import test_proofreading
from tests.publish.verified import namespace, publish
from tests.small import PROJECT


@pytest.mark.parametrize(
    ("words", "named", "suggested"),
    [
        (["--source", "quebek"], "quebek", "quebec"),
        (["--year", "2019"], "2019", "2024, 2025"),
        (["--edition", "al"], "al", "all"),
        (["--edition", "2026-08", "--year", "2026"], "--year", "--edition alone"),
        (["--year", "2026-08"], "2026-08", "--edition 2026-08"),
        (["--report", "portfolio", "--portfolio", "Justise"], "Justise", "Justice"),
    ],
)
def test_a_wrong_call_exits_with_2_names_the_word_and_suggests_another(
    call, tmp_path, words, named, suggested
):
    status, _, said = call("build", *words, "--output", tmp_path / "out")
    assert status == 2
    assert named in said
    assert suggested in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["new-source", "vd", "--from", "2025.csv"],
            "The edition of the file is not given. Add --edition, as in --edition 2026-08.",
        ),
        (
            ["proofread", "--all-reviewed", "--reviewed", "a-en"],
            "--reviewed and --all-reviewed do not go together. Give one of them.",
        ),
        (["trace", "n_bodies"], "There are several editions in reports/. Name the folder of one."),
    ],
    ids=["no edition", "two ways to say it", "several editions"],
)
def test_what_a_call_lacks_or_has_twice_is_said_with_what_mends_it(call, project, words, said):
    for year in ("2024", "2025"):
        (project / "reports" / "quebec" / year).mkdir(parents=True)
        (project / "reports" / "quebec" / year / "manifest.json").write_text("{}")
    status, _, errors = call(*words, "--project", project)
    assert status == 2
    assert said in errors


def test_an_unknown_option_exits_with_2_and_suggests_the_right_one(call):
    status, _, said = call("build", "--langage", "fr")
    assert status == 2
    assert "--language" in said


def test_a_refused_file_exits_with_2_in_both_languages_and_leaves_nothing(call, tmp_path):
    data = tmp_path / "data"
    (data / "quebec").mkdir(parents=True)
    (data / "quebec" / "2025.csv").write_text(
        "Nom de l'initiative,Statut\nA,Solution en production\n", "utf-8"
    )
    status, _, said = call("build", "--data", data, "--output", tmp_path / "out")
    assert status == 2
    assert "colonne introuvable" in said
    assert "column not found" in said
    assert "Nom de l'initiative" in said
    assert not (tmp_path / "out").exists()


def test_a_failed_build_exits_with_1_and_says_where(call, monkeypatch, tmp_path):
    def fail(asked, pool, *, watcher, force):
        raise NotebookFailed(
            "annual.ipynb", "highlights-fr", 3, "NameError: name 'x' is not defined", expression="x"
        )

    monkeypatch.setattr(edition, "build", fail)
    status, _, said = call("build", "--output", tmp_path / "out")
    assert status == 1
    assert "annual.ipynb, cell highlights-fr, line 3: {eval}`x` raised NameError" in said


def test_editions_that_fail_are_all_named_and_the_worst_status_is_kept(call, monkeypatch, tmp_path):
    def fail(asked, pool, *, watcher, force):
        if asked.year == 2024:
            raise WrongCall("Nothing in 2024.", "Fix 2024.")
        raise NotebookFailed("annual.ipynb", "stop", None, "enough")

    monkeypatch.setattr(edition, "build", fail)
    words = ("--data", small.tiny_edition(tmp_path / "data"), "--output", tmp_path / "out")
    status, _, said = call("build", "--edition", "all", *words)
    assert status == 2
    assert "Nothing in 2024. Fix 2024.\nannual.ipynb, cellule stop : enough." in said
    assert "\nannual.ipynb, cell stop: enough." in said


def test_the_command_hands_its_words_to_the_function_of_the_same_name(call, monkeypatch, tmp_path):
    data = small.tiny_edition(tmp_path / "data")
    asked = []

    def build(plan, pool, *, watcher, force):
        asked.append(plan)
        raise NotebookFailed("annual.ipynb", "stop", None, "enough")

    monkeypatch.setattr(edition, "build", build)
    call(
        "build",
        "--year",
        "2024",
        "--language",
        "en",
        "--format",
        "pdf",
        "--data",
        data,
        "--output",
        tmp_path,
        "--jobs",
        "3",
    )
    words = (PROJECT, "quebec", 2024, ("en",), "annual", ("pdf",), str(data), tmp_path, 3)
    assert asked == [Plan(*words, register=load_source("quebec", PROJECT))]


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_new_year_says_in_one_line_what_was_kept(call, monkeypatch, asked):
    monkeypatch.setattr(new_year, "draft_year", lambda *_, **__: os.kill(os.getpid(), asked))
    status, _, said = call("new-year", 2026)
    assert (status, said.count("\n")) == (130, 1)
    assert said.startswith("Interrupted. All files are as they were, or all")


def test_a_full_disk_is_one_sentence_though_it_names_no_file(call, monkeypatch):
    def fill(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_year, "draft_year", fill)
    status, _, said = call("new-year", 2026)
    assert (status, said) == (
        1,
        "No space left on device. What this command had begun is undone: fix the cause, then run it again.\n",
    )


def test_the_version_is_printed(call):
    from portrait import __version__

    assert call("--version")[:2] == (0, f"portrait {__version__}\n")


def test_the_help_gives_no_default_number_for_the_port(call):
    status, said, _ = call("preview", "--help")
    assert status == 0
    assert "by default a free one." in said
    assert "default: 0" not in said


def test_pairs_of_two_years_are_written_for_a_person_and_their_decisions_recorded(call, tmp_path):
    project = tmp_path / "project"
    small.copy_references(project)
    rows = [small.row("Usage d’une IA"), small.row("Usage d’une IA"), small.row("Tri du courrier")]
    for year, declared in ((2024, rows), (2025, [*rows, small.row("Prévision du gel")])):
        data = small.write_year(tmp_path / "data", year, declared)
    status, out, _ = call("review", "--links", "--data", data, "--project", project)
    place = project / "data" / "review" / "quebec" / "2025-links.csv"
    assert (status, out.splitlines()[-1]) == (0, place.as_posix())
    lines = place.read_text("utf-8-sig").splitlines()
    assert len(lines) == 5  # a header, and two rows of one name against two
    assert lines[1].endswith(",,,")
    place.write_text("\n".join([lines[0], lines[1][:-2] + "same,rapport annuel,Marie Essai"]), "utf-8")
    status, out, _ = call("review", "--links", "--record", place, "--project", project)
    assert status == 0
    recorded = (project / "data" / "reference" / "quebec" / "links.csv").read_text("utf-8")
    assert "Marie Essai" in recorded
    status, out, _ = call("review", "--links", "--data", data, "--project", project)
    assert "1 by decision" in out


def test_pairs_of_reconstructed_rows_are_not_proposed_and_the_reason_is_given(call, tmp_path):
    status, out, _ = call(
        "review", "--links", "--year", 2025, "--data", "data/sample", "--output", tmp_path / "pairs.csv"
    )
    assert status == 0
    assert "reconstituées" in out
    assert "cannot be known" in out
    assert not (tmp_path / "pairs.csv").exists()


def test_verify_recounts_an_edition_and_refuses_a_folder_without_one(call, tmp_path):
    status, _, said = call("verify", tmp_path)
    assert status == 2
    assert "There is no edition in" in said
    published = publish(
        tmp_path / "out", open_edition("quebec", 2025, data=small.tiny_edition(tmp_path), project=PROJECT), {}
    )
    assert call("verify", published.folder)[0] == 0
    published.edit_table("initiatives", 0, status="retired")
    status, printed, _ = call("verify", published.folder, "--from", tmp_path)
    assert status == 1
    assert "initiatives.csv, edition 2024, row 2, status" in printed


def test_trace_prints_a_claim_and_suggests_another_for_one_that_is_unknown(call, tmp_path):
    edition = open_edition("quebec", 2025, data=small.tiny_edition(tmp_path), project=PROJECT)
    ask = Questions(edition)
    sentence = "Soit {eval}`p.count(g.n).named('n_initiatives')`."
    facts = namespace(n=ask.fact("count", of=ask.now))
    folder = publish(tmp_path / "out", edition, {"said": (sentence, sentence)}, g=facts).folder
    status, printed, _ = call("trace", "n_initiatives", folder, "--language", "en")
    assert status == 0
    rows = "the edition is “2025”: 3 rows, data/initiatives.csv\n  2 · Tri du courrier · Bureau des essais"
    assert rows in printed
    status, _, said = call("trace", "n_initiative", folder)
    assert (status, "Did you mean “n_initiatives”?" in said) == (2, True)
    assert call("trace", "n_initiatives", tmp_path)[0] == 2


def test_new_source_says_what_to_do_next_with_one_file_and_with_several(call, project):
    header = "Nom,Organisme,Statut\n"
    for name in ("justice", "travail"):
        (project / f"{name}.csv").write_text(f"{header}Tri {name},Bureau {name},En production\n", "utf-8")
    one, other = project / "justice.csv", project / "travail.csv"
    words = ("--edition", 2026, "--project", project)
    status, said, _ = call("new-source", "un", "--from", one, *words)
    assert (status, "Then / puis : portrait check --source un" in said) == (1, True)
    assert f"portrait fetch --source un --edition 2026 --from {one.as_posix()}" in said
    status, said, _ = call("new-source", "deux", "--from", one, "--from", other, *words)
    assert (status, "placer les fichiers dans : data/raw/deux/2026/" in said) == (1, True)


def test_sources_lists_the_editions_of_each_register_with_what_is_at_hand(call, project):
    status, said, _ = call("sources", "--project", project)
    assert status == 0
    assert "\n  2025: no file: portrait fetch --source quebec --edition 2025\n" in said
    path = project / "data" / "sample" / "quebec" / "2025.csv"
    path.parent.mkdir(parents=True)
    path.touch()
    said = call("sources", "--project", project)[1]
    assert "\n  2025: data/sample/quebec/2025.csv, embedded; not built\n" in said


def test_proofread_prints_what_it_finds_and_records_a_review(call, tmp_path):
    path = test_proofreading.write(tmp_path)
    status, said, _ = call("proofread", path, "--language", "en")
    assert (status, "annual.ipynb, cell a-en" in said) == (1, True)
    assert call("proofread", path, "--all-reviewed") == (0, "Recorded as reviewed: a-en, b-en.\n", "")


def test_lab_ends_with_the_status_of_jupyterlab(call, monkeypatch, project):
    monkeypatch.setattr(launching, "merge_by_cells", lambda folder: None)
    monkeypatch.setattr(launching, "command", lambda folder, options: ["jupyter-lab", *options, str(folder)])
    monkeypatch.setattr("subprocess.call", lambda words: 3 if words == ["jupyter-lab", str(project)] else 0)
    assert call("lab", "--project", project)[0] == 3


def test_a_check_collects_garbage_again_once_its_libraries_are_imported(call):
    call("check", "--year", 2025)
    assert gc.isenabled()


def test_a_notebook_shows_the_help_of_verbs_from_the_command_line_itself() -> None:
    known = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    assert {each.name for each in verbs("fr").entries} == {f"portrait {name}" for name in known}
    [site] = verbs("en", "site").entries
    assert "--address" in site.description
    with pytest.raises(WrongCall, match="publish"):
        verbs("en", "publish")
