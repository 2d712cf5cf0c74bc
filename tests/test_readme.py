"""The README says what one can do, all of it, in both languages, and nothing that one cannot."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
FOLDERS = ("notebooks", "portrait", "data", "data/raw", "data/reference", "data/sample", "reports", "tests")

README = (PROJECT / "README.md").read_text(encoding="utf-8")
ENGLISH, FRENCH = README.split("\n## En français\n")
in_both_languages = pytest.mark.parametrize("section", [ENGLISH, FRENCH], ids=["en", "fr"])


def verbs() -> dict[str, Any]:
    """Return each verb of the command line."""
    typer = pytest.importorskip("typer")
    cli = pytest.importorskip("portrait.cli")
    group = typer.main.get_command(cli.app)
    return dict(group.commands)


def options(command: Any) -> set[str]:
    """Return the long names of a command's options, without those every command has."""
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")}


def code_of(section: str) -> list[str]:
    """Return the lines of code blocks, and every piece of code within a sentence."""
    blocks = re.findall(r"^```sh\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    outside = re.sub(r"^```.*?^```", "", section, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", outside)


def targets_of_the_makefile() -> set[str]:
    """Return the targets that the Makefile explains."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == explained
    return explained


@in_both_languages
def test_every_target_of_the_makefile_stands_in_the_readme_and_the_other_way_round(section: str) -> None:
    named = {match[1] for code in code_of(section) if (match := re.match(r"make ([a-z-]+)", code))}
    assert named == targets_of_the_makefile()


@in_both_languages
def test_every_variable_one_may_give_to_make_stands_in_the_readme(section: str) -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    variables = set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE))
    named = {match[1] for code in code_of(section) if (match := re.match(r"([A-Z]+)=", code))}
    assert named == variables


@in_both_languages
def test_every_verb_of_the_program_stands_in_the_readme_and_the_other_way_round(section: str) -> None:
    named = {match[1] for code in code_of(section) if (match := re.match(r"portrait ([a-z-]+)", code))}
    assert named - {"--version"} == set(verbs())


@in_both_languages
def test_every_option_of_the_program_stands_in_the_readme_and_the_other_way_round(section: str) -> None:
    known = {name for command in verbs().values() for name in options(command)}
    explained = set(re.findall(r"^\| `(--[a-z-]+)` \|", section, re.MULTILINE))
    assert explained == known


@in_both_languages
def test_every_example_of_the_readme_uses_options_that_exist(section: str) -> None:
    for example in (code for code in code_of(section) if code.startswith("portrait ")):
        verb = example.split()[1]
        known = options(verbs()[verb]) if verb in verbs() else {"--version"}
        assert set(re.findall(r"--[a-z-]+", example)) <= known, example


def test_every_folder_of_the_project_stands_in_the_annotated_tree() -> None:
    (tree,) = re.findall(r"## What is where\n\n```text\n(.*?)```", ENGLISH, re.DOTALL)
    for folder in FOLDERS:
        assert f"{Path(folder).name}/ " in tree or f"{Path(folder).name}/\n" in tree, folder


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_says_on_one_screen_what_belongs_there(folder: str) -> None:
    lines = (PROJECT / folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 3 <= len(lines) <= 45


def test_every_link_of_the_readme_leads_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for target in re.findall(r"\]\(([^)]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (PROJECT / target).exists(), target
