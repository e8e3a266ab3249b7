"""The kernel as a package: what it offers and what it stands on."""

import ast
import sys
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

from rarepath import kernel

MODULES = sorted(path for path in Path(kernel.__file__).parent.glob("*.py"))


def test_the_package_offers_what_its_modules_offer() -> None:
    names = [
        name
        for path in MODULES
        if path.stem != "__init__"
        for name in import_module(f"rarepath.kernel.{path.stem}").__all__
    ]
    assert sorted(kernel.__all__) == sorted(names)
    assert all(hasattr(kernel, name) for name in names)


def test_only_the_standard_library_is_imported() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import | ast.ImportFrom):
                module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
                assert module is not None
                top = module.split(".")[0]
                assert top in sys.stdlib_module_names or module.startswith("rarepath.kernel")


def test_values_do_not_change() -> None:
    values = list(filter(is_dataclass, (getattr(kernel, name) for name in kernel.__all__)))
    assert len(values) == 15
    assert all(vars(value)["__dataclass_params__"].frozen for value in values)
