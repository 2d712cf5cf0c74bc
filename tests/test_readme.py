"""The README says what one can do in both languages; ``--help`` is the reference of every verb and option."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from portrait.cli.main import app
from tests.small import PROJECT

FOLDERS = ("notebooks", "portrait", "data", "data/raw", "data/reference", "data/sample", "reports", "tests")
NAMES = ("README.md", "LISEZMOI.md")
in_both_languages = pytest.mark.parametrize("name", NAMES)
VERBS: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def readme(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def options(command: Any) -> dict[str, Any]:
    """Return the options of a command by their long name."""
    return {name: each for each in command.params for name in each.opts if name.startswith("--")}


def code_of(text: str) -> list[str]:
    """Return the lines of code blocks, and every piece of code within a sentence."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    outside = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", outside)


def targets() -> set[str]:
    """Return the targets that the Makefile explains."""
    makefile = readme("Makefile")
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == explained
    return explained


@in_both_languages
def test_the_readme_is_short(name: str) -> None:
    assert len(readme(name).splitlines()) <= 150


@in_both_languages
def test_every_command_of_the_readme_exists(name: str) -> None:
    for code in code_of(readme(name)):
        if match := re.match(r"make ([a-z-]+)", code):
            assert match[1] in targets(), code
        if match := re.match(r"portrait ([a-z-]+)(.*)", code):
            known = set(options(VERBS[match[1]])) | {"--help"} if match[1] in VERBS else {"--help"}
            assert match[1] in VERBS or match[1] == "--help", code
            assert set(re.findall(r"--[a-z-]+", match[2].partition("#")[0])) <= known, code


def test_the_workflow_installs_a_lock_and_runs_verbs_that_exist() -> None:
    workflow = yaml.safe_load(readme(".github/workflows/three-systems.yml"))
    commands = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert all((PROJECT / lock).is_file() for each in commands for lock in re.findall(r"-r (\S+)", each))
    verbs = [each.split()[1] for each in commands if each.startswith("portrait ")]
    assert verbs == ["format", "proofread", "build"]
    assert set(verbs) <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_describes_each_of_its_options(verb: str) -> None:
    command = VERBS[verb]
    assert command.help.strip().endswith((".", "Justice", "reports"))
    assert [name for name, option in options(command).items() if not (option.help or "").strip()] == []


@pytest.mark.parametrize("verb", ["build", "check", "fetch", "new-year", "proofread"])
def test_the_help_of_a_verb_gives_its_exit_status(verb: str) -> None:
    assert "Exit status: 0" in VERBS[verb].help


def test_the_list_of_verbs_shows_each_summary_whole(capsys: pytest.CaptureFixture[str]) -> None:
    app(["--help"], standalone_mode=False)
    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert "..." not in listed
    assert set(re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE)) == set(VERBS)


def test_both_languages_have_the_same_sections() -> None:
    counts = {len(re.findall(r"^## ", readme(name), re.MULTILINE)) for name in NAMES}
    assert len(counts) == 1


@in_both_languages
def test_every_folder_of_the_project_is_in_the_annotated_tree(name: str) -> None:
    tree = next(
        block for block in re.findall(r"```text\n(.*?)```", readme(name), re.DOTALL) if ".ci" in block
    )
    for folder in FOLDERS:
        assert f"{Path(folder).name}/" in tree, folder


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_on_one_screen_what_belongs_there(folder: str) -> None:
    lines = (PROJECT / folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 3 <= len(lines) <= 80


@in_both_languages
def test_every_link_of_the_readme_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", readme(name)):
        assert "://" in target or (PROJECT / target).exists(), target
