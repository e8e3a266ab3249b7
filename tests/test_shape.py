"""The shape of the code: limits are tests, not promises. Each check is seen to fail once."""

import ast
import re
import statistics
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "rarepath"
MODULES = sorted(PACKAGE.rglob("*.py"))

MODULE_LINES = 400
FUNCTION_LINES = 60
FUNCTION_MEDIAN = 9
FUNCTION_P90 = 30

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


def functions(tree: ast.AST) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def length(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


def long_module(text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield f"1: {lines} lines; the limit is {MODULE_LINES}"


def long_functions(text: str) -> Iterator[str]:
    for function in functions(ast.parse(text)):
        if length(function) > FUNCTION_LINES:
            yield f"{function.lineno}: {function.name} has {length(function)} lines"


def defined_names(tree: ast.Module) -> set[str]:
    names = set()
    for node in tree.body:
        if isinstance(node, Definition):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            leaves = [leaf for target in targets for leaf in ast.walk(target)]
            names |= {leaf.id for leaf in leaves if isinstance(leaf, ast.Name)}
    return names


def imported_names(tree: ast.Module) -> set[str]:
    nodes = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def exported_names(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id == "__all__":
                return list(ast.literal_eval(node.value))
    return None


def wrong_exports(text: str, *, reexports: bool = False) -> Iterator[str]:
    """``__all__`` names what the module defines; a package may add what it re-exports."""
    tree = ast.parse(text)
    exported = exported_names(tree)
    if exported is None:
        yield "1: no __all__"
        return
    defined = defined_names(tree) - {"__all__"}
    public = {name for name in defined if not name.startswith("_")}
    allowed = defined | (imported_names(tree) if reexports else set())
    for name in sorted(public - set(exported)):
        yield f"1: {name} is public but not in __all__: add it, or start it with an underscore"
    for name in sorted(set(exported) - allowed):
        yield f"1: {name} is in __all__ but not defined here"
    if len(exported) != len(set(exported)):
        yield "1: __all__ names something twice"


def missing_docstrings(text: str) -> Iterator[str]:
    """Module, public classes and functions, public methods of public classes."""
    tree = ast.parse(text)
    if not ast.get_docstring(tree):
        yield "1: no docstring"
    pending = [(node, node.name) for node in tree.body if isinstance(node, Definition)]
    while pending:
        node, name = pending.pop(0)
        if node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{node.lineno}: {name} has no docstring"
        if isinstance(node, ast.ClassDef):
            inner = [child for child in node.body if isinstance(child, Definition)]
            pending += [(child, f"{name}.{child.name}") for child in inner]


def missing_annotations(text: str) -> Iterator[str]:
    for function in functions(ast.parse(text)):
        takes = function.args
        named = [*takes.posonlyargs, *takes.args, *takes.kwonlyargs, takes.vararg, takes.kwarg]
        for argument in named:
            if argument and not argument.annotation and argument.arg not in {"self", "cls"}:
                yield f"{function.lineno}: {function.name} does not type {argument.arg}"
        if function.returns is None:
            yield f"{function.lineno}: {function.name} does not say what it returns"


def code_among_knowledge(package: Path) -> Iterator[str]:
    for path in sorted((package / "conditions").rglob("*.py*")):
        yield f"{path.relative_to(package)}: conditions/ is knowledge and holds no Python"


def folders_without_init(package: Path) -> Iterator[str]:
    for folder in sorted({path.parent for path in package.rglob("*.py")}):
        if not (folder / "__init__.py").exists():
            yield f"{folder.relative_to(package)}: no __init__.py, so no check sees this folder"


# Spelled in pieces, so that this file holds none of them.
PLACES = re.compile(
    "|".join(
        [
            r"(?<![\w.~-])/(?:tmp|root|work)/",
            r"\bpypi\." + "org",
            r"\bfiles\.pythonhosted\." + "org",
            r"\bregistry\." + "npmjs",
            r"\bdeb\." + "debian",
        ]
    )
)


def places(text: str) -> Iterator[str]:
    """A path of one machine or the address of a registry, in any file we ship."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := PLACES.search(line):
            yield f"{number}: names {found[0]}"


def long_on_the_whole(lengths: list[int]) -> Iterator[str]:
    median, p90 = (
        statistics.median(lengths),
        statistics.quantiles(lengths, n=10, method="inclusive")[-1],
    )
    report = f"{len(lengths)} functions: median {median}, p90 {p90:.0f}, longest {max(lengths)}"
    if median > FUNCTION_MEDIAN:
        yield f"{report}; the median should be at most {FUNCTION_MEDIAN}"
    if p90 > FUNCTION_P90:
        yield f"{report}; p90 should be at most {FUNCTION_P90}"


def faults(check: Callable[[str], Iterator[str]], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{fault}" for path in paths for fault in check(path.read_text())
    ]


def our_files() -> list[Path]:
    """Every text file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]
    return [path for path in paths if b"\0" not in path.read_bytes()]


CHECKS = [long_module, long_functions, missing_docstrings, missing_annotations]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_module_keeps(check: Callable[[str], Iterator[str]]) -> None:
    assert MODULES
    assert faults(check, MODULES) == []


def test_exports_are_exact() -> None:
    """Ruff keeps them sorted (RUF022)."""
    packages = [path for path in MODULES if path.name == "__init__.py"]
    modules = [path for path in MODULES if not path.name.startswith("_")]
    assert faults(wrong_exports, modules) == []
    assert faults(lambda text: wrong_exports(text, reexports=True), packages) == []


def test_functions_are_short_on_the_whole() -> None:
    trees = [ast.parse(path.read_text()) for path in MODULES]
    lengths = [length(function) for tree in trees for function in functions(tree)]
    assert list(long_on_the_whole(lengths)) == []


def test_knowledge_and_code_stay_apart() -> None:
    assert list(code_among_knowledge(PACKAGE)) == []


def test_every_folder_is_seen() -> None:
    assert list(folders_without_init(PACKAGE)) == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    paths = our_files()
    assert ROOT / "LICENSE" in paths
    assert faults(places, paths) == []


SMALL = '"""A module."""\n\n__all__: list[str] = []\n'

BROKEN: list[tuple[Callable[[str], Iterator[str]], str, str]] = [
    (long_module, "x\n" * 401, "1: 401 lines; the limit is 400"),
    (long_functions, "def f():\n" + "    x\n" * 60, "1: f has 61 lines"),
    (wrong_exports, "x = 1", "1: no __all__"),
    (wrong_exports, SMALL + "A, b = 1, 2\n_c: int = 3", "1: A is public but not in __all__: .*"),
    (wrong_exports, SMALL + "class K: ...", "1: K is public but not in __all__: .*"),
    (wrong_exports, "from x import y\n__all__ = ['y']", "1: y is in __all__ but not defined here"),
    (wrong_exports, "__all__ = ['f', 'f']\ndef f(): ...", "1: __all__ names something twice"),
    (missing_docstrings, "x = 1", "1: no docstring"),
    (missing_docstrings, SMALL + "def f(): ...", "4: f has no docstring"),
    (
        missing_docstrings,
        SMALL + "class K:\n '''K.'''\n def f(self): ...",
        "6: K.f has no docstring",
    ),
    (missing_annotations, "def f(a, *, b: int) -> None: ...", "1: f does not type a"),
    (missing_annotations, "class K:\n def f(self, *a) -> None: ...", "2: f does not type a"),
    (missing_annotations, "async def f(): ...", "1: f does not say what it returns"),
    (places, "\nread " + "/tmp" + "/x", "2: names /t.p/"),
    (places, "https://" + "pypi" + ".org/simple", r"1: names pypi\Worg"),
]


@pytest.mark.parametrize(("check", "text", "fault"), BROKEN)
def test_a_fault_is_found(check: Callable[[str], Iterator[str]], text: str, fault: str) -> None:
    found = list(check(text))
    assert found and re.fullmatch(fault, found[0]), found


@pytest.mark.parametrize("check", [*CHECKS, wrong_exports, places], ids=lambda c: c.__name__)
def test_a_sound_module_passes(check: Callable[[str], Iterator[str]]) -> None:
    assert (
        list(check(SMALL + "class _K:\n def _f(self) -> None: ...  # x.org/tmp/ is elsewhere"))
        == []
    )


def test_a_package_may_reexport() -> None:
    assert list(wrong_exports("from x import y\n__all__ = ['y']", reexports=True)) == []


def test_long_functions_on_the_whole_are_found() -> None:
    assert list(long_on_the_whole([9, 9, 30])) == []
    assert "the median should be" in " ".join(long_on_the_whole([10, 10, 10]))
    assert "p90 should be" in " ".join(long_on_the_whole([1] * 7 + [40] * 3))


def test_misplaced_code_is_found(tmp_path: Path) -> None:
    (tmp_path / "conditions" / "one").mkdir(parents=True)
    (tmp_path / "conditions" / "one" / "dose.py").touch()
    assert len(list(code_among_knowledge(tmp_path))) == 1
    assert len(list(folders_without_init(tmp_path))) == 1
