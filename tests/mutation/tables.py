"""Mutants of what mutmut leaves alone: tables, constants, decorators and properties.

mutmut changes undecorated functions. The factor of a unit, the text of a regular expression
and the value of an enum stand outside of them, and are as dangerous when wrong.
"""

import ast
import difflib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
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


class Changed(MetaPathFinder, SourceFileLoader):
    """Imports the mutant in place of the module on disk."""

    def __init__(self, mutant: Mutant) -> None:
        super().__init__(f"rarepath.kernel.{mutant.module}", str(KERNEL / f"{mutant.module}.py"))
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == self.name:
            return spec_from_file_location(fullname, self.path, loader=self)
        return None

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.source, self.path, "exec")


def survives(mutant: Mutant) -> bool:
    """Whether all tests of the mutant's module pass; to be run in a process of its own."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.meta_path.insert(0, Changed(mutant))
    tests = [f"tests/kernel/test_{name}.py" for name in (mutant.module, "kernel")]
    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", "not hypothesis", *tests]) == 0


def survivors(all_of_them: list[Mutant]) -> list[Mutant]:
    """The mutants that no test notices; the unchanged modules must pass first."""
    unchanged = [Mutant(path.stem, path.read_text(), "") for path in KERNEL.glob("[!_]*.py")]
    with multiprocessing.get_context("fork").Pool(maxtasksperchild=1) as pool:
        assert all(pool.map(survives, unchanged, chunksize=1)), "the tests fail without a change"
        alive = pool.map(survives, all_of_them, chunksize=1)
    return [mutant for mutant, lives in zip(all_of_them, alive, strict=True) if lives]
