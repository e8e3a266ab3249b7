"""Mutants of what mutmut leaves alone: tables, constants, decorators and properties.

mutmut changes undecorated functions. The factor of a unit, the text of a regular expression
and the value of an enum stand outside of them, and are as dangerous when wrong.
"""

import ast
import difflib
import multiprocessing
import os
from collections.abc import Iterator
from importlib.abc import SourceLoader
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
KERNEL = ROOT / "rarepath" / "kernel"

SWAPPED: dict[type[ast.AST], ast.operator | ast.boolop] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.Pow: ast.Mult(),
    ast.Or: ast.And(),
}


class Mutant(NamedTuple):
    """A module's changed source and the lines that differ."""

    module: str
    source: str
    diff: str


def mutants() -> list[Mutant]:
    """Every mutant of the kernel outside mutmut's reach."""
    paths = [path for path in sorted(KERNEL.glob("*.py")) if path.stem != "__init__"]
    return [mutant for path in paths for mutant in mutants_of(path.stem, path.read_text())]


def mutants_of(module: str, text: str) -> Iterator[Mutant]:
    """Every mutant of one module: one change at a time, then back."""
    tree = ast.parse(text)
    original = ast.unparse(tree).splitlines()
    for node in nodes_outside(tree):
        for field, new in changes(node):
            old = getattr(node, field)
            setattr(node, field, new)
            source = ast.unparse(tree)
            setattr(node, field, old)
            lines = difflib.unified_diff(original, source.splitlines(), n=0, lineterm="")
            diff = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
            yield Mutant(module, source, "\n".join(diff))


def nodes_outside(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below ``node`` that run, but that mutmut does not change."""
    types = {getattr(node, "annotation", None), getattr(node, "returns", None)}
    for child in ast.iter_child_nodes(node):
        if not (child in types or is_documentation(child) or is_left_to_mutmut(child)):
            yield child
            yield from nodes_outside(child)


def is_documentation(node: ast.AST) -> bool:
    """A docstring, or the list of what a module offers."""
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_left_to_mutmut(node: ast.AST) -> bool:
    """A function that mutmut changes: one without a decorator, or a class method."""
    return isinstance(node, ast.FunctionDef) and all(
        isinstance(decorator, ast.Name) and decorator.id == "classmethod"
        for decorator in node.decorator_list
    )


def changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """The fields of a node that can be changed, each with its changed value."""
    match node:
        case ast.Constant(value=bool(value)):
            yield "value", not value
        case ast.Constant(value=int(value)):
            yield "value", value + 1
        case ast.Constant(value=str(value)):
            yield "value", value + "X"
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in SWAPPED:
            yield "op", SWAPPED[type(op)]


def import_changed(mutant: Mutant) -> None:
    """Let the next import of the mutant's module run its source in place of the file."""
    read = SourceFileLoader.get_code

    def get_code(loader: SourceLoader, fullname: str) -> CodeType | None:
        if fullname == f"rarepath.kernel.{mutant.module}":
            return compile(mutant.source, fullname, "exec")
        return read(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[assignment, method-assign]


def survives(mutant: Mutant) -> bool:
    """Whether all tests of the mutant's module pass; to be run in a process of its own."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    import_changed(mutant)
    tests = [f"tests/kernel/test_{name}.py" for name in (mutant.module, "kernel")]
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not hypothesis", *tests]) == 0


def survivors(all_of_them: list[Mutant]) -> list[Mutant]:
    """The mutants that no test notices; the unchanged modules must pass first."""
    unchanged = [Mutant(path.stem, path.read_text(), "") for path in KERNEL.glob("[!_]*.py")]
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        assert all(pool.map(survives, unchanged, chunksize=1)), "the tests fail without a change"
        alive = pool.map(survives, all_of_them, chunksize=1)
    return [mutant for mutant, lives in zip(all_of_them, alive, strict=True) if lives]
