"""What a rule reports, and what a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rarepath.knowledge.packs import Pack

__all__ = ["Defect", "Fault", "Found", "Inside", "Rule", "RuleFunction", "Severity", "rule"]

Severity = Literal["error", "warning"]
# The path of a part inside an item, such as ("values", 0, "cap").
Inside = tuple[str | int, ...]
# Faults of one item: (inside, message, what_to_do) each.
Found = Iterator[tuple[Inside, str, str]]


@dataclass(frozen=True)
class Defect:
    """A fault of a pack at its file and line; `rule` names the rule that found it."""

    rule: str
    severity: Severity
    file: str
    line: int
    message: str
    what_to_do: str

    def __str__(self) -> str:
        """`file:line: rule: message`, as editors read it."""
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Fault:
    """What a rule found, named by list (`kind`), item (`name`) and the path inside the item."""

    kind: str
    name: str
    inside: Inside
    message: str
    what_to_do: str
    severity: Severity = "error"


RuleFunction = Callable[[Pack, date], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A named check; `summary` is one sentence, the same as in docs/rules.md."""

    name: str
    summary: str
    function: RuleFunction


def rule(function: RuleFunction) -> Rule:
    """The rule that `function` implements: its name, and its docstring's first line."""
    summary = (function.__doc__ or "").strip().splitlines()[0]
    return Rule(function.__name__, summary, function)
