"""Check the form of cells: tags, conditions, marks of a run or of a conflict, and code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portrait.errors import Sentence, did_you_mean, did_you_mean_in_french
from portrait.language.conditions import split_condition, stray_condition
from portrait.language.locales import known_languages
from portrait.proofread.notebook import Cell
from portrait.run.content import conflict_in

LONGEST_CELL_LINES = 5
KNOWN_TAGS = (
    "parameters",
    "annex",
    "unnumbered",
    "internal",
    "continued",
    "tiles",
    "large",
    "title",
)
"""Tags of cells beside those of languages."""
TRACES_OF_A_RUN = ("user_expressions", "papermill", "execution")
TRACES_OF_A_MERGE = "nbdime-conflicts"
"""Key of the metadata in which nbdime keeps what it could not merge."""


def conflicts(cell: Cell) -> Iterator[Sentence]:
    """Yield the mark that a conflict left in a cell or in its metadata."""
    if found := conflict_in(cell.source):
        yield found
    elif TRACES_OF_A_MERGE in cell.metadata:
        yield MERGE_LEFT


MERGE_LEFT = Sentence(
    "ses métadonnées gardent un conflit de nbdime : décidez, puis enlevez « nbdime-conflicts »",
    "its metadata hold a conflict of nbdime: decide, then remove “nbdime-conflicts”",
)


def of_any(cell: Cell) -> Iterator[Sentence]:
    """Yield what must be fixed in the tags, the condition and the metadata of a cell."""
    for tag in cell.tags:
        tags = (*KNOWN_TAGS, *known_languages())
        if tag not in tags:
            known = ", ".join(tags)
            yield Sentence(
                f"l’étiquette {tag} est inconnue. {did_you_mean_in_french(tag, tags)}Connues : {known}",
                f"the tag {tag} is unknown. {did_you_mean(tag, tags)}Known tags: {known}",
            )
    yield from _of_its_condition(cell)
    for trace in TRACES_OF_A_RUN:
        if trace in cell.metadata:
            yield Sentence(
                f"ses métadonnées gardent « {trace} » d’une exécution : faites portrait format",
                f"its metadata have “{trace}” from a run: run portrait format",
            )
    if cell.cell_type not in ("markdown", "code"):
        yield Sentence(
            f"elle est de type {cell.cell_type} : faites-en une cellule de code ou de texte",
            f"its type is {cell.cell_type}: make it a code or Markdown cell",
        )


def _of_its_condition(cell: Cell) -> Iterator[Sentence]:
    condition, text = cell.condition, cell.text
    if condition and not _parses(condition):
        yield Sentence(
            f"la condition « {condition} » n’est pas une expression de Python : corrigez-la",
            f"the condition `{condition}` is not a Python expression: fix it",
        )
    if "--" in condition:
        yield Sentence(
            f"la condition « {condition} » contient --, qui termine un commentaire HTML : écrivez-la "
            "autrement",
            f"the condition `{condition}` has --, which ends an HTML comment: rewrite it",
        )
    if split_condition(text, cell.cell_type)[0]:
        yield Sentence(
            "elle a deux conditions : joignez-les par « and »", "it has two conditions: join them with `and`"
        )
    elif stray := stray_condition(cell.source, cell.cell_type):
        yield stray


def _parses(expression: str) -> bool:
    try:
        ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError):
        return False
    return True


def of_code(cell: Cell) -> Iterator[Sentence]:
    """Yield what must be fixed in a code cell."""
    n_lines = sum(1 for line in cell.source.splitlines() if line.strip())
    if n_lines == 0:
        yield Sentence("elle est vide : supprimez-la", "it is empty: delete it")
    elif n_lines > LONGEST_CELL_LINES:
        yield Sentence(
            f"elle a {n_lines} lignes au lieu d’une à {LONGEST_CELL_LINES} : déplacez dans portrait/ un code "
            "plus long",
            f"it has {n_lines} lines instead of 1 to {LONGEST_CELL_LINES}: move longer code to portrait/",
        )
    if cell.was_run:
        yield Sentence(
            "elle garde des sorties ou un numéro d’exécution : faites portrait format",
            "it has outputs or an execution count from a run: run portrait format",
        )
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        why = getattr(error, "msg", str(error))
        yield Sentence(
            f"la ligne {line} n’est pas du Python ({why}) : corrigez-la",
            f"line {line} is not Python ({why}): fix it",
        )
        return
    if "internal" not in cell.tags:  # what it prints or draws is left out of the report
        yield from _of_what_is_not_published(tree)
    yield from _of_tree(tree)


def _of_what_is_not_published(tree: ast.Module) -> Iterator[Sentence]:
    """Yield what shows in JupyterLab and stops a build: other libraries, and text that is printed."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (_other_library(node.lineno, each.name) for each in names if _is_other(each.name))
            case ast.ImportFrom(module=str(module)) if _is_other(module):
                yield _other_library(node.lineno, module)
            case ast.Call(func=ast.Name(id="print")):
                yield _printed(node.lineno)


def _is_other(module: str) -> bool:
    return module.partition(".")[0] != "portrait"


def _other_library(line: int, module: str) -> Sentence:
    return Sentence(
        f"la ligne {line} importe {module} : un carnet du rapport n’appelle que portrait; déplacez dans "
        "portrait/ ce qui calcule ou dessine, ou essayez dans notebooks/explore/",
        f"line {line} imports {module}: a notebook of the report only calls portrait; move to portrait/ what "
        "computes or draws, or try it in notebooks/explore/",
    )


def _printed(line: int) -> Sentence:
    return Sentence(
        f"la ligne {line} affiche un texte avec print, qui n’est pas publié : mettez-le dans une cellule de "
        "texte, ou donnez à la cellule l’étiquette internal",
        f"line {line} prints a text, which is not published: move it to a prose cell, or tag the cell "
        "internal",
    )


def _of_tree(tree: ast.Module) -> Iterator[Sentence]:
    for statement in tree.body[:-1]:
        if isinstance(statement, ast.Expr):
            yield Sentence(
                f"la ligne {statement.lineno} n’affiche rien : seule la dernière ligne d’une cellule est "
                "affichée; mettez l’autre dans une cellule à elle",
                f"line {statement.lineno} displays nothing: only the last line of a cell is displayed; give "
                "the other a cell of its own",
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield Sentence(
                f"la ligne {node.lineno} définit {node.name} : déplacez-le dans portrait/",
                f"line {node.lineno} defines {node.name}: move it to portrait/",
            )
        if isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Store):
            yield Sentence(
                f"la ligne {node.lineno} défait une valeur en plusieurs : rendez un objet dont les attributs "
                "ont un nom",
                f"line {node.lineno} unpacks a value: return an object with named attributes instead",
            )
