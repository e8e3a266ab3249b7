"""One figure said in two ways must stay one figure."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.figures import Figure, agree, figures, percent_agrees
from rarepath.knowledge.checks.numbers import every_number
from rarepath.knowledge.checks.texts import spoken
from rarepath.knowledge.evidence import Restatement, Statement, Value
from rarepath.knowledge.packs import Pack

__all__ = ["restatement"]

_COUNT = r"(?P<count>\d+)\s*(?:/|of|out\s+of)\s*(?P<total>\d+)"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s*(?:%|per\s?cent)"
_BOTH = [
    re.compile(rf"{_COUNT}\b[^.;,()\d]{{0,30}}\(\s*{_PERCENT}"),
    re.compile(rf"{_PERCENT}\s*\(\s*(?:n\s*=\s*)?{_COUNT}\b"),
    re.compile(rf"{_COUNT}\s*=\s*{_PERCENT}"),
]


def restatement(pack: Pack, on: date) -> Iterator[Fault]:
    """A percentage, its count and total, and its patient form are one and the same figure."""
    for name, statement in pack.items["statements"].items():
        for at, pair in enumerate(statement.restated):
            yield from _pair(name, at, statement, pair)
        for at, value in enumerate(statement.values):
            if _disagrees(value):
                yield Fault(
                    "statements",
                    name,
                    ("values", at, "amount"),
                    f"{value.amount} % is not {value.count} of {value.total}",
                    "Correct one of the three, or set op: about.",
                )
        for at, cited in enumerate(statement.citations):
            yield from _both("statements", name, ("citations", at, "note"), cited.note)
    for text in spoken(pack):
        yield from _both(text.kind, text.name, text.inside, text.text)


def _pair(name: str, at: int, statement: Statement, pair: Restatement) -> Iterator[Fault]:
    for side in ("clinician", "patient"):
        said = getattr(pair, side)
        if said not in (getattr(statement.text, side) or ""):
            yield Fault(
                "statements",
                name,
                ("restated", at, side),
                f"“{said}” does not stand in the {side} text",
                "Copy the words exactly as they stand in the text.",
            )
    alone = _unmatched(pair.clinician, pair.patient) + _unmatched(pair.patient, pair.clinician)
    if alone or not figures(pair.clinician):
        yield Fault(
            "statements",
            name,
            ("restated", at),
            f"“{pair.clinician}” and “{pair.patient}” are not the same figure",
            "Correct one; a rounded form says about, nearly or more than.",
        )


def _unmatched(text: str, other: str) -> list[Figure]:
    """The figures of `text` that `other` does not have; a bare number may be a total there."""
    theirs, numbers = figures(other), every_number(other)
    return [
        figure
        for figure in figures(text)
        if not any(agree(figure, another) for another in theirs)
        and not (figure.kind == "number" and figure.value in map(Fraction, numbers))
    ]


def _disagrees(value: Value) -> bool:
    if value.count is None or value.total is None or value.unit not in {"%", "percent"}:
        return False
    if value.total <= 0:
        return True
    share = Fraction(100 * value.count, value.total)
    amount = Fraction(value.amount)
    if value.op == "about":
        return abs(share - amount) > Fraction(50, value.total)
    holds = {
        "=": percent_agrees(value.amount, value.count, value.total),
        "<": share < amount,
        "<=": share <= amount,
        ">": share > amount,
        ">=": share >= amount,
    }
    return not holds[value.op]


def _both(kind: str, name: str, inside: tuple[str | int, ...], text: str) -> Iterator[Fault]:
    for pattern in _BOTH:
        for match in pattern.finditer(text):
            percent, count, total = match["percent"], int(match["count"]), int(match["total"])
            if not percent_agrees(Decimal(percent), count, total):
                yield Fault(
                    kind,
                    name,
                    inside,
                    f"{percent} % is not {count} of {total}",
                    "Correct one of the three; where the source itself is wrong, part the two.",
                )
