"""docs/json.md says what every JSON holds: each type, each field, what may be null."""

import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rarepath.ask.reply import Reply
from rarepath.knowledge.checks import Defect
from rarepath.services.pages import SCHEMAS
from rarepath.show.defects import Checked
from rarepath.show.directory import DirectoryStatus
from rarepath.show.status import Built, Status

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text()
ROOTS: list[type] = [Reply, *SCHEMAS, Status, Built, DirectoryStatus, Checked, Defect]
PLAIN = {str: "text", int: "number", bool: "true or false", date: "date"}
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+) \|$", re.M)


def inside(kind: Any) -> Iterator[type]:
    if is_dataclass(kind):
        yield typing.cast(type, kind)
    for part in typing.get_args(kind):
        yield from inside(part)


def reachable(roots: list[type]) -> list[type]:
    found: list[type] = []
    waiting = list(reversed(roots))
    while waiting:
        kind = waiting.pop()
        if kind not in found:
            found.append(kind)
            hints = typing.get_type_hints(kind)
            waiting += reversed([each for hint in hints.values() for each in inside(hint)])
    return found


def in_words(hint: Any) -> str:
    """A type as the page writes it."""
    parts = typing.get_args(hint)
    if type(None) in parts:
        return f"{in_words(next(part for part in parts if part is not type(None)))} or null"
    if typing.get_origin(hint) is tuple:
        return f"list of {in_words(parts[0]) if is_dataclass(parts[0]) else 'texts'}"
    if typing.get_origin(hint) is typing.Literal:
        return "text"
    return f"`{hint.__name__}`" if is_dataclass(hint) else PLAIN[hint]


def faults(page: str, kind: type) -> Iterator[str]:
    """What the section on `kind` does not say as it is."""
    sections = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    if kind.__name__ not in sections:
        yield f"{kind.__name__} has no section"
        return
    written = [(name, said) for name, said, _ in ROW.findall(sections[kind.__name__])]
    hints = typing.get_type_hints(kind)
    real = [(field.name, in_words(hints[field.name])) for field in fields(kind)]
    if written != real:
        yield f"{kind.__name__}: {sorted(set(written) ^ set(real)) or 'another order'}"


@pytest.mark.parametrize("kind", reachable(ROOTS), ids=lambda kind: kind.__name__)
def test_every_type_is_described_field_by_field(kind: type) -> None:
    assert list(faults(PAGE, kind)) == []


def test_nothing_else_is_described() -> None:
    written = re.findall(r"^## `(\w+)`", PAGE, re.M)
    assert sorted(written) == sorted(kind.__name__ for kind in reachable(ROOTS))


def test_every_schema_is_listed_with_its_type() -> None:
    listed = re.findall(r"^\| `(rarepath/\w+/1)` \| .* \| (.*) \|$", PAGE, re.M)
    expected = {name: f"`{view.__name__}`" for view, name in SCHEMAS.items()}
    expected["rarepath/ask/1"] = "`Reply`"
    expected["rarepath/status/1"] = "`Status`"
    expected["rarepath/build/1"] = "`Built`"
    expected["rarepath/directory/1"] = "`DirectoryStatus`"
    expected["rarepath/check/1"] = "`checked`: list of `Checked`; `defects`: list of `Defect`"
    assert dict(listed) == expected


@dataclass(frozen=True)
class Small:
    a: str | None
    b: tuple[str, ...]


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("## `Other`\n", "Small has no section"),
        ("## `Small`\n| `a` | text or null | x |\n", r"Small: \[\('b', 'list of texts'\)\]"),
        ("## `Small`\n| `a` | text | x |\n| `b` | list of texts | x |\n", r"Small: \[\('a'.*"),
        (
            "## `Small`\n| `b` | list of texts | x |\n| `a` | text or null | x |\n",
            ".*another order",
        ),
    ],
)
def test_a_gap_is_found(page: str, fault: str) -> None:
    found = list(faults(page, Small))
    assert len(found) == 1 and re.fullmatch(fault, found[0])
