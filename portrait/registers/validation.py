"""Validate reference files against their schema, and read their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from portrait.errors import Place, RefusedInput, Sentence, did_you_mean
from portrait.language.locales import LANGUAGES, is_known, is_own
from portrait.registers.declared import KEYS, RELEASE, Entry, entries
from portrait.registers.kinds import MARK, TEXT, Both, ByName, Free, Group, Kind, ListOf, OneOf, Shape
from portrait.registers.parsing import (
    Faults,
    NumberedRow,
    read_json,
    read_table,
    read_tree,
    repeated,
    shown,
    shown_path,
)
from portrait.registers.patterns import Unfit

_EMPTY = Sentence("cette valeur est vide.", "this value is empty.")
_EMPTY_CELL = (
    Sentence("cette cellule est vide.", "this cell is empty."),
    Sentence("Remplissez-la.", "Fill it in."),
)
_NULL = "tag:yaml.org,2002:null"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_UNQUOTED = Sentence(
    "sans guillemets, YAML y lit une date et non un nom.",
    "without quotes, YAML reads it as a date and not as a name.",
)


# YAML


@dataclass
class _Level:
    """The keys of one level of a YAML file, or the items of a list (`[]`)."""

    entry: Entry | None = None
    below: dict[str, _Level] = field(default_factory=dict)


@cache
def _levels(file: str) -> _Level:
    root = _Level()
    for entry in entries(file):
        level = root
        for part in entry.key.replace("[]", ".[]").split("."):
            level = level.below.setdefault(part, _Level())
        level.entry = entry
    return root


def read_mapping(path: Path, faults: Faults, file: str = "") -> dict[str, Any]:
    """Return the values of a YAML reference file; what has a fault is left out, and added to the faults.

    `file` is its name in the schema, where that is not its own.
    """
    root = read_tree(path, faults)
    if root is None:
        return {}
    return _Walk(shown_path(path), faults).group(root, _levels(file or path.name), "")


def read_release(path: Path, faults: Faults) -> dict[str, Any]:
    """Return what a kept manifest says of the years that it was published with, with its faults added."""
    content = read_json(path, faults)
    if content is None:
        return {}
    read = {key: content[key] for key in _levels(RELEASE).below if key in content}
    root = yaml.representer.SafeRepresenter().represent_data(read)
    return _Walk(shown_path(path), faults).group(root, _levels(RELEASE), "")


@dataclass(frozen=True)
class _Walk:
    """One reading of a YAML file."""

    file: str
    faults: Faults

    def _add(self, node: yaml.Node, key: str, found: Sentence, mend: Sentence) -> None:
        value = shown(node.value) if isinstance(node, yaml.ScalarNode) and node.value else None
        self.faults.add(Place(self.file, line=_line(node), key=shown(key) or None, value=value), found, mend)

    def _pairs(self, node: yaml.MappingNode, key: str) -> Iterable[tuple[str, yaml.Node, yaml.Node, str]]:
        """Yield the keys of a mapping, each once, with their nodes and path."""
        seen: dict[str, int] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode) or not name.value:
                self._add(
                    name,
                    key,
                    Sentence("une clé n’est pas un mot.", "a key is not a word."),
                    Sentence("Mettez la valeur entre guillemets.", "Put the value between quotes."),
                )
                continue
            path = f"{key}.{name.value}" if key else name.value
            if name.value in seen:
                first = seen[name.value]
                self._add(
                    name,
                    path,
                    Sentence(
                        f"cette clé est déjà à la ligne {first}.", f"this key is already at line {first}."
                    ),
                    Sentence("Gardez l’une des deux.", "Keep one of the two."),
                )
                continue
            seen[name.value] = _line(name) or 0
            yield name.value, name, value, path

    def group(self, node: yaml.Node, level: _Level, key: str) -> dict[Any, Any]:
        """Return the values of a mapping whose keys are in the schema."""
        needed = {
            name: below
            for name, below in level.below.items()
            if below.entry and below.entry.needed == "yes" and name not in KEYS
        }
        if _is_null(node) and not needed and not (level.entry and level.entry.needed == "yes"):
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._expected(node, key, Sentence("une suite de clés", "a mapping of keys"), level.below)
            return {}
        values: dict[Any, Any] = {}
        for name, name_node, value, path in self._pairs(node, key):
            found = self._below(name, name_node, level, path)
            if found is not None:
                own, below = found
                values[own] = self._value(value, below, path)
        for name in needed:
            if name not in values:
                missing = f"{key}.{name}" if key else name
                self.faults.add(
                    Place(self.file, line=_line(node), key=key or None),
                    Sentence(f"la clé « {name} » manque.", f"the key “{name}” is missing."),
                    Sentence(f"Ajoutez « {missing} ».", f"Add “{missing}”."),
                )
        return values

    def _below(self, name: str, node: yaml.Node, level: _Level, path: str) -> tuple[Any, _Level] | None:
        """Return the value of a key and what the schema has below it; ``None`` if it is not in the schema."""
        own = name if name in level.below else _in_english(name)
        if own in level.below and own not in KEYS:
            return name, level.below[own]
        for kind_name, below in level.below.items():
            if kind_name in KEYS:
                value = self.scalar(node, KEYS[kind_name], path)
                return None if value is None else (value, below)
        known = ", ".join(level.below)
        self._add(
            node,
            path,
            Sentence(
                f"cette clé est inconnue; clés connues : {known}.",
                f"this key is unknown; known keys: {known}.",
            ),
            Sentence(
                "Corrigez-la, ou retirez-la.", f"{did_you_mean(name, level.below)}Fix it, or remove it."
            ),
        )
        return None

    def _value(self, node: yaml.Node, level: _Level, key: str) -> Any:
        if "[]" in level.below:
            return self._items(node, level.below["[]"], key)
        shape = level.entry.shape if level.entry else Group()
        if (
            isinstance(shape, OneOf)
            and isinstance(shape.other, Group)
            and not isinstance(node, yaml.ScalarNode)
        ):
            shape = shape.other
        return self.group(node, level, key) if isinstance(shape, Group) else self.shaped(node, shape, key)

    def _items(self, node: yaml.Node, level: _Level, key: str) -> list[Any]:
        if _is_null(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._expected(node, key, Sentence("une liste", "a list"), ("- …",))
            return []
        return [
            self._value(each, level, f"{key}[{number}]") for number, each in enumerate(node.value, start=1)
        ]

    def shaped(self, node: yaml.Node, shape: Shape, key: str) -> Any:
        """Return the value of a node whose shape has no keys in the schema."""
        if isinstance(shape, Kind):
            return self.scalar(node, shape, key)
        if isinstance(shape, OneOf):
            is_scalar = isinstance(node, yaml.ScalarNode)
            return self.shaped(node, shape.scalar if is_scalar else shape.other, key)
        if isinstance(shape, Free):
            return _plain(node)
        if isinstance(shape, ListOf):
            if not isinstance(node, yaml.SequenceNode):
                return self._expected(node, key, Sentence("une liste", "a list"), ("[…]",))
            return [
                self.shaped(each, shape.each, f"{key}[{n}]") for n, each in enumerate(node.value, start=1)
            ]
        if not isinstance(node, yaml.MappingNode):
            names = LANGUAGES if isinstance(shape, Both) else ()
            return self._expected(node, key, Sentence("une suite de clés", "a mapping of keys"), names)
        if isinstance(shape, ByName):
            return {
                name: self.shaped(value, shape.each, path) for name, _, value, path in self._pairs(node, key)
            }
        assert isinstance(shape, Both)
        wanted = Entry("", "", shape.each, "yes", "")
        level = _Level(below={language: _Level(entry=wanted) for language in LANGUAGES})
        return self.group(node, level, key)

    def scalar(self, node: yaml.Node, kind: Kind, key: str) -> Any:
        """Return the value of a scalar; ``None``, with a fault, if it is not of its kind."""
        if not isinstance(node, yaml.ScalarNode):
            self._add(node, key, kind.wrong, kind.mend)
            return None
        text = "" if _is_null(node) else node.value
        if not text:
            if not kind.may_be_empty:
                self._add(node, key, _EMPTY, kind.mend)
            return kind.empty
        problem = fault_of(text, kind)
        if problem is None and kind.is_text and node.tag == _TIMESTAMP:
            problem = _UNQUOTED, Sentence(f"Écrivez '{text}'.", f"Write '{text}'.")
        if problem is not None:
            self._add(node, key, *problem)
            return None
        return kind.value(text)

    def _expected(self, node: yaml.Node, key: str, what: Sentence, names: Iterable[str]) -> None:
        listed = ", ".join(names)
        self._add(
            node,
            key,
            Sentence(f"ce n’est pas {what.fr}.", f"this is not {what.en}."),
            Sentence(f"Écrivez {what.fr} : {listed}.", f"Write {what.en}: {listed}."),
        )


def _in_english(name: str) -> str:
    """Return the key or column that holds in English what this one holds in a language of the project.

    An empty text for a name that is of no such language.
    """
    own, _, language = name.rpartition("_")
    if is_own(language) or not is_known(language):
        return ""
    return f"{own}_en" if own else "en"


def _line(node: yaml.Node) -> int | None:
    """Return the line of a node; ``None`` where it was read from JSON."""
    return node.start_mark.line + 1 if node.start_mark else None


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def _plain(node: yaml.Node) -> Any:
    """Return a node as texts, lists and mappings."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(name.value): _plain(value) for name, value in node.value}
    return node.value


def fault_of(text: str, kind: Kind) -> tuple[Sentence, Sentence] | None:
    """Return what is wrong with a text that should be of a kind, and its fix; ``None`` if nothing is."""
    try:
        kind.value(text)
    except Unfit as error:
        return error.found, error.mend
    except ValueError:
        return kind.wrong, kind.mend
    return None


# CSV


def read_rows(path: Path, faults: Faults) -> list[NumberedRow]:
    """Return the rows of a CSV reference file whose cells are valid; the others are added to the faults.

    Each has its number, as a spreadsheet counts; a declared column that the table lacks is empty.
    """
    if not path.exists():
        return []
    table = read_table(path, faults)
    if table is None:
        return []
    header, rows = table
    declared = {entry.key: entry for entry in entries(path.name)}
    columns = _columns(header, declared, shown_path(path), faults)
    absent = dict.fromkeys((name for name in declared if name not in KEYS and name not in header), "")
    problems = {name: _problems({row[name] for _, row in rows}, entry) for name, entry in columns}
    wrong = {name: found for name, found in problems.items() if found}
    as_written = {name for name, entry in columns if entry.shape in (TEXT, MARK)}
    valid = []
    for number, row in rows:
        at_fault = [name for name, found in wrong.items() if row[name] in found]
        for name in at_fault:
            place = Place(shown_path(path), number, name, shown(row[name]) or None)
            faults.add(place, *wrong[name][row[name]])
        if not at_fault:
            cells = {name: row[name] if name in as_written else row[name].strip() for name, _ in columns}
            valid.append((number, {**absent, **cells}))
    return valid


def _columns(
    header: Sequence[str], declared: Mapping[str, Entry], file: str, faults: Faults
) -> list[tuple[str, Entry]]:
    """Return the schema of each column of a header; add to the faults what is missing, unknown, repeated."""
    missing = [
        name for name, each in declared.items() if each.needed != "no" and name not in (*header, *KEYS)
    ]
    if missing:
        listed = ", ".join(missing)
        semicolons = len(header) == 1 and ";" in header[0]
        faults.add(
            Place(file, row=1),
            Sentence(f"il manque les colonnes {listed}.", f"the columns {listed} are missing."),
            Sentence("Séparez les cellules par des virgules.", "Separate the cells with commas.")
            if semicolons
            else Sentence("Ajoutez-les à l’en-tête.", "Add them to the header."),
        )
    for name in repeated(list(header)):
        faults.add(
            Place(file, 1, name),
            Sentence("cette colonne est répétée.", "this column is repeated."),
            Sentence("Gardez l’une d’elles.", "Keep one of them."),
        )
    found = []
    for name in dict.fromkeys(header):
        entry = declared.get(name) or _of_kind(name, declared)
        if entry is None and (twin := declared.get(_in_english(name))):
            entry = replace(twin, needed="blank")
        if entry is not None:
            found.append((name, entry))
            continue
        known = ", ".join(declared)
        faults.add(
            Place(file, 1, shown(name)),
            Sentence(
                f"cette colonne est inconnue; colonnes connues : {known}.",
                f"this column is unknown; known columns: {known}.",
            ),
            Sentence(
                "Renommez ou retirez cette colonne.",
                f"{did_you_mean(name, declared)}Rename or remove this column.",
            ),
        )
    return found


def _of_kind(name: str, declared: Mapping[str, Entry]) -> Entry | None:
    for kind_name, entry in declared.items():
        if kind_name in KEYS and fault_of(name, KEYS[kind_name]) is None:
            return entry
    return None


def _problems(texts: Iterable[str], entry: Entry) -> dict[str, tuple[Sentence, Sentence]]:
    """Return what is wrong with each cell of a column at fault, and its fix."""
    found = {text: _problem(text.strip(), entry) for text in texts}
    return {text: problem for text, problem in found.items() if problem is not None}


def refuse_cells(row: Mapping[str, str], file: str, place: Place) -> None:
    """Refuse a row that may be added to a table, if one of its cells does not fit its column.

    Raises
    ------
    RefusedInput
        The first cell that does not.
    """
    for entry in entries(file):
        text = row[entry.key].strip()
        if problem := _problem(text, entry):
            raise RefusedInput(replace(place, column=entry.key, value=text or None), *problem)


def _problem(text: str, entry: Entry) -> tuple[Sentence, Sentence] | None:
    assert isinstance(entry.shape, Kind)
    if text:
        return fault_of(text, entry.shape)
    return _EMPTY_CELL if entry.needed == "yes" else None
