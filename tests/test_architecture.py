"""The shape of the program: imports run one way, names say what they hold, nothing tells of a machine."""

from __future__ import annotations

import ast
import functools
import graphlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "portrait"

ROOMS = (
    "errors",
    "storage",
    "style",
    "language",
    "registers",
    "ingest",
    "fetch",
    "linkage",
    "editions",
    "indicators",
    "checks",
    "facts",
    "figures",
    "tables",
    "run",
    "proofread",
    "document",
    "publish",
    "build",
    "revisions",
    "curation",
    "lab",
    "preview",
    "handbook",
    "cli",
)
"""Rooms of the package: a module imports from its own room and from those before it in this list."""
STRANGERS = {("tables", "figures")}
"""Rooms that do not import each other, whatever their order."""

WHOLE = {"publish/verify.py": 3498}
"""Modules that must be one file, with the lines that they may have: strangers run this one alone."""

NAMES_FOR_LEFTOVERS = ("common", "helpers", "misc", "tools", "util", "utils")

# Each pattern is written so that it does not match itself.
OUT_OF_PLACE = {
    "a path of one machine": r"(?<![\w.~-])/(?:home|opt|root|tmp|Users|work)/",
    "the host of a package registry": (
        r"(?:pypi|npmjs|debian|anaconda|conda-forge)[.](?:org|com)\b(?!/(?:project|package)s?/)|pythonhosted[.]"
    ),
    "how the work was done rather than what it does": (
        r"(?i)farm[-]bench|\banthropi[c]\b|\bclaud[e]\b|\bsub-?agent[s]?\b|co-authored-b[y]"
        r"|\b(?:this|previous|next|by a) sessio[n]\b"
    ),
}


@dataclass(frozen=True)
class Import:
    """One import of a module of the package by another."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"portrait/{self.importer.replace('.', '/')}, line {self.line}: imports {self.imported}"


def module_names(package: Path) -> dict[str, Path]:
    """Return each module under `package` by its dotted name, without the package's own."""
    names = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def is_type_checking(node: ast.AST) -> bool:
    """Tell whether `node` is `if TYPE_CHECKING:`, whose body never runs."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def statements_that_run(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of `tree` but those that only a type checker reads."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and is_type_checking(child):
            for alternative in child.orelse:
                yield alternative
                yield from statements_that_run(alternative)
            continue
        yield child
        yield from statements_that_run(child)


def named_in(node: ast.AST, importer: str, is_package: bool) -> list[str]:
    """Return the absolute dotted names that `node` imports; none if it imports nothing."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            here = ["portrait", *importer.split(".")] if importer else ["portrait"]
            parents = here[: len(here) - node.level + is_package]
            base = ".".join([*parents, node.module] if node.module else parents)
        return [f"{base}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call):
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called not in ("import_module", "__import__"):
            return []
        return [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
    return []


@functools.cache
def imports_within(package: Path) -> list[Import]:
    """Return every import of one module of `package` by another, those inside functions too."""
    modules = module_names(package)
    found = []
    for importer, path in modules.items():
        is_package = path.name == "__init__.py"
        for node in statements_that_run(ast.parse(path.read_text(encoding="utf-8"))):
            for name in named_in(node, importer, is_package):
                root, _, rest = name.partition(".")
                if root != "portrait":
                    continue
                # `from portrait.figures import bars` names a function of a module: drop it.
                imported = rest if rest in modules else rest.rpartition(".")[0]
                if imported and imported != importer:
                    found.append(Import(importer, imported, node.lineno))
    return found


def room_of(module: str) -> str:
    """Return the room of a module: the package that holds it, or the module itself at the top."""
    return module.split(".")[0]


def runs_upward(found: Import) -> bool:
    """Tell whether an import goes against the order of the rooms."""
    importer, imported = room_of(found.importer), room_of(found.imported)
    if importer not in ROOMS or imported not in ROOMS:
        return not found.importer
    return (importer, imported) in STRANGERS or ROOMS.index(imported) > ROOMS.index(importer)


def names_used_in(path: Path) -> tuple[set[str], set[str]]:
    """Return the modules of the package that a test imports, and the names it takes from modules."""
    imported: set[str] = set()
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "portrait":
            module = (node.module or "").partition(".")[2]
            taken = {alias.name for alias in node.names}
            imported |= {module} | {f"{module}.{name}".strip(".") for name in taken}
            names |= taken
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return imported, names


def public_names(path: Path) -> set[str]:
    """Return the public functions and classes that a module defines."""
    defined = (ast.FunctionDef, ast.ClassDef)
    return {
        node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, defined)
    }


def untested_modules(package: Path, tests: Path) -> list[str]:
    """Return the modules that no test of their room reaches.

    A test reaches a module that it imports, that defines a name it takes from the room's package, or that a
    module of the same room so reached imports.
    """
    modules = {name: path for name, path in module_names(package).items() if path.name != "__init__.py"}
    imports = imports_within(package)
    untested: set[str] = set()
    for room in {room_of(name) for name in modules}:
        used = [
            names_used_in(path) for path in [*(tests / room).rglob("*.py"), *tests.glob(f"test_{room}.py")]
        ]
        imported = set().union(*(modules_of for modules_of, _ in used))
        names = set().union(*(names_of for _, names_of in used))
        members = {name for name in modules if room_of(name) == room}
        waiting = [
            name
            for name in members
            if name in imported or (room in imported and public_names(modules[name]) & names)
        ]
        reached: set[str] = set()
        while waiting:
            module = waiting.pop()
            reached.add(module)
            below = {found.imported for found in imports if found.importer == module} & members
            waiting += below - reached
        untested |= members - reached
    return sorted(untested)


def files_of_the_repository() -> list[Path]:
    """Return every file that git tracks or would track."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    if listing.returncode:
        pytest.skip("this copy of the project is not a git checkout")
    names = listing.stdout.decode("utf-8").split("\0")
    return [PROJECT / name for name in names if name and (PROJECT / name).is_file()]


def write_package(folder: Path, **sources: str) -> Path:
    """Write a small package whose modules are `sources`, and return its folder."""
    package = folder / "portrait"
    package.mkdir()
    for name, source in {"__init__": "", **sources}.items():
        (package / f"{name}.py").write_text(source, encoding="utf-8")
    return package


def test_every_module_stands_in_a_room() -> None:
    elsewhere = {room_of(name) for name in module_names(PACKAGE) if name} - set(ROOMS)
    assert not elsewhere, (
        f"{', '.join(sorted(elsewhere))}: not a room. Move the module to the room of its subject; a new "
        f"room needs a place in ROOMS of {Path(__file__).name}."
    )


def test_every_module_stands_in_the_readme_of_the_package() -> None:
    named = set(re.findall(r"`(\w+)/?`", (PACKAGE / "README.md").read_text(encoding="utf-8")))
    absent = {name.split(".")[0] for name in module_names(PACKAGE) if name} - named
    assert not absent, f"Say in portrait/README.md what these take and give: {', '.join(sorted(absent))}"


def test_the_readme_of_the_package_lists_the_rooms_in_their_order() -> None:
    table = re.findall(
        r"^\| (`\w+`(?:, `\w+`)*) \|", (PACKAGE / "README.md").read_text(encoding="utf-8"), re.M
    )
    assert tuple(re.findall(r"\w+", " ".join(table))) == ROOMS


def test_every_file_that_the_readme_of_the_package_names_exists() -> None:
    named = re.findall(
        r"`([\w/.-]+\.(?:py|json|ipynb))`", (PACKAGE / "README.md").read_text(encoding="utf-8")
    )
    published = {"manifest.json"}
    absent = [
        name
        for name in named
        if name not in published and not (PACKAGE / name).is_file() and not (PROJECT / name).is_file()
    ]
    assert not absent


def test_imports_run_only_downward() -> None:
    upward = [str(found) for found in imports_within(PACKAGE) if runs_upward(found)]
    assert not upward, "These imports run up the layers:\n" + "\n".join(upward)


def test_no_module_imports_a_library_that_a_build_would_wait_for() -> None:
    slow = re.compile(r"^ *(?:from|import) scipy\.(?:optimize|stats)", re.MULTILINE)
    modules = module_names(PACKAGE).values()
    assert [path.name for path in modules if slow.search(path.read_text("utf-8"))] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for found in imports_within(PACKAGE):
        graph.setdefault(found.importer, set()).add(found.imported)
    tuple(graphlib.TopologicalSorter(graph).static_order())


def test_an_import_that_runs_up_is_seen_wherever_it_hides(tmp_path: Path) -> None:
    package = write_package(
        tmp_path,
        indicators="from portrait import figures",
        ingest="def late():\n    import portrait.cli",
        figures="from .tables import table",
        tables="import importlib\nimportlib.import_module('portrait.build.edition')",
        build="",
        cli="",
    )
    upward = {(found.importer, found.imported) for found in imports_within(package) if runs_upward(found)}
    assert upward == {
        ("indicators", "figures"),
        ("ingest", "cli"),
        ("figures", "tables"),
        ("tables", "build"),
    }


def test_an_import_for_the_type_checker_alone_may_run_up(tmp_path: Path) -> None:
    package = write_package(
        tmp_path,
        reading="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from portrait import edition",
        edition="class Edition: ...",
    )
    assert imports_within(package) == []


def test_no_module_is_without_a_test() -> None:
    untested = untested_modules(PACKAGE, PROJECT / "tests")
    assert not untested, f"Without a test in the folder of their room: {', '.join(untested)}"


def test_a_module_that_no_test_of_its_room_reaches_is_seen(tmp_path: Path) -> None:
    files = {
        "portrait/tables/__init__.py": "from portrait.tables.growth import growth, other",
        "portrait/tables/growth.py": "from portrait.tables.table import table\ndef growth(): ...",
        "portrait/tables/table.py": "def table(): ...",
        "portrait/tables/scope.py": "def scope(): ...",
        "portrait/style/colours.py": "",
        "tests/tables/test_growth.py": "from portrait import tables\ntables.growth()",
        "tests/figures/test_scope.py": "from portrait.tables.scope import scope",
        "tests/test_style.py": "import portrait",
    }
    for name, source in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    assert untested_modules(tmp_path / "portrait", tmp_path / "tests") == ["style.colours", "tables.scope"]


def test_a_module_can_be_read_in_one_sitting() -> None:
    long = [
        f"{path.relative_to(PROJECT)}: {n_lines} lines"
        for path in PACKAGE.rglob("*.py")
        if (n_lines := len(path.read_text(encoding="utf-8").splitlines()))
        > WHOLE.get(path.relative_to(PACKAGE).as_posix(), 400)
    ]
    assert not long, "Split by subject: " + ", ".join(long)


def test_no_module_is_named_for_its_leftovers() -> None:
    leftovers = [
        str(path.relative_to(PROJECT)) for path in PACKAGE.rglob("*") if path.stem in NAMES_FOR_LEFTOVERS
    ]
    assert not leftovers


def test_a_test_copies_reference_files_without_the_years_that_people_add_to_them() -> None:
    copying = re.compile(r"copytree\([^,]*(?:\breference\b|\bREFERENCE\b)")
    copies = [path for path in (PROJECT / "tests").rglob("*.py") if copying.search(path.read_text("utf-8"))]
    assert [path.name for path in copies] == ["small.py"], "Call small.copy_references instead."


@pytest.mark.parametrize("what", OUT_OF_PLACE)
def test_nothing_in_the_repository_holds(what: str) -> None:
    found = []
    for path in files_of_the_repository():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, start=1):
            if match := re.search(OUT_OF_PLACE[what], line):
                found.append(f"{path.relative_to(PROJECT)}, line {number}: {match[0]}")
    assert not found, f"{what} stands in\n" + "\n".join(found[:20])


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of one machine", "open('/" + "home/marie/portrait.csv')"),
        ("the host of a package registry", "--index-url https://pypi" + ".org/simple"),
        ("how the work was done rather than what it does", "Written by a " + "session"),
    ],
)
def test_what_is_out_of_place_is_recognised(what: str, line: str) -> None:
    assert re.search(OUT_OF_PLACE[what], line)
