"""What is declared, locked and offered to conda is one and the same set of releases."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import portrait
from tests.small import PROJECT

BUILD = "requirements.lock"
DEV = "requirements-dev.lock"
LAB = "requirements-lab.lock"
PIP = "requirements-pip.lock"
LOCKS = (BUILD, DEV, LAB, PIP)

# Where conda-forge names a package otherwise, or offers it without what is not needed here.
CONDA_NAMES = {
    "jupyter-client": "jupyter_client",
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "seaborn": "seaborn-base",
    "typst": "typst-py",
}
NOT_ON_CONDA_FORGE = {"font-source-sans-pro", "font-source-serif-pro"}

IMPORT_NAMES = {"pyyaml": "yaml", "fonttools": "fontTools", "ipython": "IPython"}


def declared() -> dict[str, Any]:
    """Return what pyproject.toml says."""
    with (PROJECT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def requirements(*extras: str) -> list[Requirement]:
    """Return the requirements of the extras, or of the package itself where none is named."""
    project = declared()["project"]
    lines = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [Requirement(line) for line in lines or project["dependencies"]]


def entries(lock: str) -> list[str]:
    """Return the entries of a lock: a release, its marker and its hashes, on one line each."""
    text = (PROJECT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def releases(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    pins = (Requirement(re.split(r"\s+--hash", entry)[0]) for entry in entries(lock))
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}


def conda_environment() -> tuple[list[str], list[str]]:
    """Return the lines of environment.yml for conda, and those for pip."""
    lines = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (for_pip,) = (line["pip"] for line in lines if isinstance(line, dict))
    return [line for line in lines if isinstance(line, str)], for_pip


@pytest.mark.parametrize(
    ("extra", "lock"),
    [(None, BUILD), (None, DEV), ("dask", DEV), ("release", DEV), ("dev", DEV), ("lab", LAB)],
    ids=lambda value: str(value),
)
def test_every_declared_requirement_is_locked_at_a_version_it_allows(extra: str | None, lock: str) -> None:
    locked = releases(lock)
    for requirement in requirements(extra) if extra else requirements():
        version = locked.get(canonicalize_name(requirement.name), "none")
        assert version != "none", f"{requirement} is not in {lock}: make lock"
        assert requirement.specifier.contains(version), f"{lock} has {version}, not {requirement}: make lock"


def test_what_builds_the_package_itself_is_locked_with_it() -> None:
    for line in declared()["build-system"]["requires"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(releases(BUILD)[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_release_of_a_lock_bears_its_hashes(lock: str) -> None:
    bare = [entry for entry in entries(lock) if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)]
    assert not bare


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_what_to_install_and_never_where_from(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-(?!-hash=)|\s@\s", "\n".join(entries(lock)), re.MULTILINE)
    assert "://" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_one_release_of_a_package_for_every_python_and_system(lock: str) -> None:
    assert len(releases(lock)) == len(entries(lock))


def test_the_three_locks_agree_on_what_they_share() -> None:
    build, dev, lab = (releases(lock) for lock in (BUILD, DEV, LAB))
    assert build.items() <= dev.items()
    shared = dev.keys() & lab.keys()
    assert {name: lab[name] for name in shared} == {name: dev[name] for name in shared}


def test_jupyterlab_stays_out_of_the_environment_that_builds() -> None:
    assert not {"jupyterlab", "jupyter-server", "rfc3987-syntax"} & (
        releases(BUILD).keys() | releases(DEV).keys()
    )


def test_conda_installs_the_locked_releases() -> None:
    for_conda, _ = conda_environment()
    locked = {**releases(LAB), **releases(BUILD)}
    expected = {"python >=3.11", "pip"}
    for requirement in requirements() + requirements("lab"):
        name = canonicalize_name(requirement.name)
        if name not in NOT_ON_CONDA_FORGE:
            expected.add(f"{CONDA_NAMES.get(name, name)}={locked[name]}")
    assert set(for_conda) == expected
    assert declared()["project"]["requires-python"] == ">=3.11"


def test_under_conda_pip_installs_the_project_and_only_what_conda_forge_lacks() -> None:
    _, for_pip = conda_environment()
    assert for_pip == [*(f"{name}=={releases(BUILD)[name]}" for name in sorted(NOT_ON_CONDA_FORGE)), "-e ."]


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == portrait.__version__
    changes = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest, *_ = re.findall(r"^## \[(\d[^\]]*)\]", changes, re.MULTILINE)
    assert newest == portrait.__version__


def test_citation_says_what_a_reader_needs_to_cite_the_program() -> None:
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "type", "license", "date-released", "abstract"} <= citation.keys()
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])
    assert citation["license"] == declared()["project"]["license"]


def run_as_a_program(arguments: ast.List) -> str:
    """Return the module that these arguments of a command run, or nothing."""
    words = [str(word.value) if isinstance(word, ast.Constant) else "" for word in arguments.elts]
    return words[words.index("-m") + 1] if "-m" in words else ""


def imported_libraries() -> set[str]:
    """Return the libraries that the package imports or runs, and those whose fonts or backend it names."""
    libraries = set()
    for path in (PROJECT / "portrait").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                libraries |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                libraries.add((node.module or "").split(".")[0])
            elif isinstance(node, ast.List) and (module := run_as_a_program(node)):
                libraries.add(module)
            elif isinstance(node, ast.Constant) and str(node.value).startswith(("font_source", "module://")):
                libraries.add(str(node.value).removeprefix("module://").split(".")[0])
    return libraries - sys.stdlib_module_names - {"portrait"}


def test_each_declared_library_is_used_and_each_used_one_is_declared() -> None:
    # One that an extra brings is imported by who asks for it.
    declared_ones = requirements() + requirements("dask", "release")
    named = {canonicalize_name(requirement.name) for requirement in declared_ones}
    expected = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in named}
    assert imported_libraries() == expected
