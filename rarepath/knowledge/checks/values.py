"""Typed values: at one with each other, and possible."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.figures import days
from rarepath.knowledge.checks.numbers import plain
from rarepath.knowledge.condition import WindowPart
from rarepath.knowledge.evidence import Statement, Value
from rarepath.knowledge.packs import Pack

__all__ = ["arithmetic", "values_agree"]

_OLDEST = Decimal(130)
_ABOUT = Decimal("0.1")


class _Told(NamedTuple):
    """A value, and where it stands."""

    name: str
    at: int
    statement: Statement
    value: Value


def values_agree(pack: Pack, on: date) -> Iterator[Fault]:
    """Values of one name and overlapping ages agree, unless a conflict names both statements."""
    by_name: dict[str, list[_Told]] = {}
    for name, statement in pack.statements.items():
        for at, value in enumerate(statement.values):
            by_name.setdefault(value.name, []).append(_Told(name, at, statement, value))
    declared = [set(conflict.statements) for conflict in pack.conflicts.values()]
    own = pack.items["statements"]
    for told in by_name.values():
        for one, two in combinations(told, 2):
            if not _same_people(one, two) or _compatible(one.value, two.value):
                continue
            if one.name != two.name and any({one.name, two.name} <= both for both in declared):
                continue
            # The later of the two is reported, unless only the other is this pack's own.
            here, there = (two, one) if two.name in own else (one, two)
            if here.name in own:
                yield Fault(
                    "statements",
                    here.name,
                    ("values", here.at),
                    f"{here.value.name} is {_shown(here.value)} here and {_shown(there.value)}"
                    f" in {there.name}",
                    "Declare a conflict that names both statements, or give one another name.",
                )


def _same_people(one: _Told, two: _Told) -> bool:
    if {one.statement.ages, two.statement.ages} == {"child", "adult"}:
        return False
    low = max(one.value.age_from or Decimal(0), two.value.age_from or Decimal(0))
    return low < min(one.value.age_below or _OLDEST, two.value.age_below or _OLDEST)


def _compatible(one: Value, other: Value) -> bool:
    if one.unit != other.unit:
        return False
    if one.kind == "dose" and (one.cap, one.basis, one.frequency, one.route) != (
        other.cap,
        other.basis,
        other.frequency,
        other.route,
    ):
        return False
    if one.op == other.op == "=":
        return (one.amount, one.upper) == (other.amount, other.upper)
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    if low == other_high or other_low == high:
        return not {"<", ">"} & {one.op, other.op}
    return low < other_high and other_low < high


def _bounds(value: Value) -> tuple[Decimal, Decimal]:
    low, high = value.amount, value.upper or value.amount
    if value.op in {"<", "<="}:
        low = Decimal("-Infinity")
    elif value.op in {">", ">="}:
        high = Decimal("Infinity")
    elif value.op == "about":
        low, high = low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    return low, high


def _shown(value: Value) -> str:
    sign = "" if value.op == "=" else f"{value.op} "
    upper = f" to {value.upper}" if value.upper is not None else ""
    cap = f", cap {value.cap.amount} {value.cap.unit}" if value.cap else ""
    return f"{sign}{value.amount}{upper} {value.unit}{cap}"


def arithmetic(pack: Pack, on: date) -> Iterator[Fault]:
    """Ranges run upwards, counts fit their totals, and a window holds what must fit in it."""
    for name, statement in pack.items["statements"].items():
        for at, value in enumerate(statement.values):
            for field, message in _impossible(value):
                yield Fault(
                    "statements", name, ("values", at, field), message, "Correct the numbers."
                )
    for name, kind in pack.items["fact_kinds"].items():
        for at, range_ in enumerate(kind.plausible):
            if range_.low >= range_.high or range_.age_from >= range_.age_below:
                yield Fault(
                    "fact_kinds",
                    name,
                    ("plausible", at),
                    "a plausible range runs downwards",
                    "Write the lower number first.",
                )
    for name, source in pack.items["sources"].items():
        if source.year is not None and not 1800 <= source.year <= on.year:
            yield Fault("sources", name, ("year",), f"{source.year} cannot be", "Correct the year.")
    yield from _windows(pack)


def _impossible(value: Value) -> Iterator[tuple[str, str]]:
    if value.upper is not None and value.upper <= value.amount:
        yield "upper", f"the range {value.amount} to {value.upper} runs downwards"
    if value.count is not None and value.total is not None and value.count > value.total:
        yield "count", f"{value.count} of {value.total} people"
    share = value.kind == "proportion" and value.unit in {"%", "percent"}
    if share and (value.amount < 0 or (value.upper or value.amount) > 100):
        yield "amount", f"{_shown(value)} is no share of a whole"
    if value.amount < 0 and value.kind in {"dose", "duration", "count"}:
        yield "amount", f"a {value.kind} of {value.amount}"
    if value.cap is not None and value.cap.amount < (value.upper or value.amount):
        yield "cap", f"the cap {value.cap.amount} is lower than {value.upper or value.amount}"
    if value.cap is not None and any(per in plain(value.cap.unit) for per in ("/m2", "/kg")):
        yield "cap", f"the cap depends on body size: {value.cap.unit}"
    low, high = value.age_from or Decimal(0), value.age_below or _OLDEST
    if not 0 <= low < high <= _OLDEST:
        yield (
            ("age_below" if value.age_below is not None else "age_from"),
            (f"the ages {low} to below {high} cannot be"),
        )


def _windows(pack: Pack) -> Iterator[Fault]:
    for name, window in pack.windows.items():
        room = _shortest(pack, window.window)
        parts = [_shortest(pack, part) for part in window.must_fit]
        lengths = [part for part in parts if part is not None]
        if room is None or len(lengths) < len(parts):
            yield Fault(
                "windows",
                name,
                ("window",),
                "a window and its parts must be durations in days, weeks, months or years",
                "Give the values kind: duration and such a unit.",
            )
        elif sum(lengths) > room:
            yield Fault(
                "windows",
                name,
                ("window",),
                f"{float(sum(lengths)):.0f} days must fit into {float(room):.0f}",
                "Correct the window or its parts; months count 30 days.",
            )


def _shortest(pack: Pack, part: WindowPart) -> Fraction | None:
    statement = pack.statements.get(part.statement)
    for value in statement.values if statement else ():
        if value.name == part.value and value.kind == "duration":
            return days(value.amount, value.unit)
    return None
