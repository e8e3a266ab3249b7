"""Exact amounts that always carry their unit.

Amounts are ``Decimal`` (never float), conversions are exact fractions, and two quantities
can be compared or added only when their units measure the same thing. Units are written in
UCUM (the Unified Code for Units of Measure, ucum.org), from which the factors are taken; a
few everyday spellings are read as aliases. What a factor alone cannot settle is refused:

* mass and amount of substance (``mg/dL``, ``mmol/L``) do not convert without a substance;
* a dose per day and a dose per week never convert: time below the line is a dosing interval;
* months and years are calendar units and do not convert to days;
* ``mg/kg`` is a mass per body weight, not a plain number.

Why this is not an external package: docs/decisions/0002-quantities.md.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import total_ordering
from typing import NamedTuple

from rarepath.kernel.errors import ImplausibleValue, UnitMismatch

__all__ = ["Quantity", "Unit", "plain_decimal"]


class _Atom(NamedTuple):
    """One unit symbol: ``factor`` turns it into the first unit of its kind, as listed below."""

    kind: str
    factor: Fraction
    offset: Fraction = Fraction(0)


_ATOMS = {
    "g": _Atom("mass", Fraction(1)),
    "kg": _Atom("mass", Fraction(1000)),
    "mg": _Atom("mass", Fraction(1, 10**3)),
    "ug": _Atom("mass", Fraction(1, 10**6)),
    "ng": _Atom("mass", Fraction(1, 10**9)),
    "[lb_av]": _Atom("mass", Fraction("453.59237")),
    "mol": _Atom("amount of substance", Fraction(1)),
    "mmol": _Atom("amount of substance", Fraction(1, 10**3)),
    "umol": _Atom("amount of substance", Fraction(1, 10**6)),
    "nmol": _Atom("amount of substance", Fraction(1, 10**9)),
    "U": _Atom("enzyme activity", Fraction(1)),
    "J": _Atom("energy", Fraction(1)),
    "m": _Atom("length", Fraction(1)),
    "cm": _Atom("length", Fraction(1, 100)),
    "mm": _Atom("length", Fraction(1, 1000)),
    "[in_i]": _Atom("length", Fraction("0.0254")),
    "m2": _Atom("area", Fraction(1)),
    "cm2": _Atom("area", Fraction(1, 10**4)),
    "mm2": _Atom("area", Fraction(1, 10**6)),
    "L": _Atom("volume", Fraction(1)),
    "dL": _Atom("volume", Fraction(1, 10)),
    "mL": _Atom("volume", Fraction(1, 10**3)),
    "uL": _Atom("volume", Fraction(1, 10**6)),
    "fL": _Atom("volume", Fraction(1, 10**15)),
    "kPa": _Atom("pressure", Fraction(1)),
    "mm[Hg]": _Atom("pressure", Fraction("0.133322")),
    "Cel": _Atom("temperature", Fraction(1)),
    "[degF]": _Atom("temperature", Fraction(5, 9), Fraction(-160, 9)),
    "1": _Atom("number", Fraction(1)),
    "%": _Atom("number", Fraction(1, 100)),
    "10*3": _Atom("number", Fraction(10**3)),
    "10*6": _Atom("number", Fraction(10**6)),
    "10*9": _Atom("number", Fraction(10**9)),
    "min": _Atom("time", Fraction(1, 1440)),
    "h": _Atom("time", Fraction(1, 24)),
    "d": _Atom("time", Fraction(1)),
    "wk": _Atom("time", Fraction(7)),
    "mo": _Atom("calendar time", Fraction(1)),
    "a": _Atom("calendar time", Fraction(12)),
    "{1.73_m2}": _Atom("standard body surface", Fraction(1)),
}
_ORDER = tuple(_ATOMS)
_INTERVALS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}

_ALIASES = {
    "mcg": "ug",
    "\N{MICRO SIGN}g": "ug",
    "\N{GREEK SMALL LETTER MU}g": "ug",
    "\N{MICRO SIGN}L": "uL",
    "\N{GREEK SMALL LETTER MU}L": "uL",
    "\N{MICRO SIGN}mol": "umol",
    "\N{GREEK SMALL LETTER MU}mol": "umol",
    "lb": "[lb_av]",
    "in": "[in_i]",
    "m²": "m2",
    "cm²": "cm2",
    "mm²": "mm2",
    "mmHg": "mm[Hg]",
    "degC": "Cel",
    "°C": "Cel",
    "degF": "[degF]",
    "°F": "[degF]",
    "10^3": "10*3",
    "10^6": "10*6",
    "10^9": "10*9",
    "1.73m2": "{1.73_m2}",
    **{word: code for code, word in _INTERVALS.items()},
}
_READABLE = {
    # "mcg", because a hurried reader takes "µg" for "mg" (ISMP list of error-prone abbreviations)
    "ug": "mcg",
    "uL": "µL",
    "umol": "µmol",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "m2": "m²",
    "cm2": "cm²",
    "mm2": "mm²",
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[degF]": "°F",
    "1": "",
    "10*3": "× 10³",
    "10*6": "× 10⁶",
    "10*9": "× 10⁹",
    "{1.73_m2}": "1.73 m²",
    **_INTERVALS,
}

_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True)
class Unit:
    """A unit by its UCUM code; ``Unit("mcg")``, ``Unit("µg")`` and ``Unit("ug")`` are equal.

    One symbol, then what it is per, each after a ``/``: ``mg``, ``mg/m2/wk``, ``10*9/L``,
    ``/uL``. Raises ``UnitMismatch`` for anything else.
    """

    code: str

    def __init__(self, text: str) -> None:
        """Read a UCUM code or an alias; the code that is kept is the canonical one."""
        object.__setattr__(self, "code", _canonical(text))

    @property
    def dimension(self) -> str:
        """What the unit measures: ``mass``, ``mass per area per week``."""
        return " per ".join((_ATOMS[self._above].kind, *map(_kind_below, self._below)))

    @property
    def factor(self) -> Fraction:
        """How many of the base unit of its dimension this unit is, exactly."""
        below = math.prod((_ATOMS[symbol].factor for symbol in self._below), start=Fraction(1))
        return _ATOMS[self._above].factor / below

    @property
    def offset(self) -> Fraction:
        """Where this unit's zero lies on the base scale; other than zero only for degF."""
        return _ATOMS[self._above].offset

    def text(self) -> str:
        """The unit for readers: ``mg/m²/week``, ``mmHg``, ``mcg``."""
        return "/".join(_READABLE.get(symbol, symbol) for symbol in (self._above, *self._below))

    @property
    def _above(self) -> str:
        return self.code.split("/")[0] or "1"

    @property
    def _below(self) -> list[str]:
        return self.code.split("/")[1:]


@total_ordering
@dataclass(frozen=True)
class Quantity:
    """An exact amount with its unit, as ``Quantity(Decimal("15.9"), Unit("mg"))``.

    Equality and order are physical: 1 g equals 1000 mg. Quantities of different dimensions
    are unequal; ordering or adding them raises ``UnitMismatch``. A result that has no finite
    decimal form (kg to lb) is rounded half-even at 34 significant digits, whatever the
    caller's decimal context; comparisons use exact fractions and are never rounded.
    """

    amount: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse floats, booleans, NaN, infinities and 10**31 with ``ImplausibleValue``."""
        _require_finite_decimal(self.amount)

    @classmethod
    def of(cls, amount: str, unit: str) -> Quantity:
        """Read an amount (``15.9``: plain ASCII digits, at most 15 each side) and a unit.

        Raises ``ImplausibleValue`` for the amount and ``UnitMismatch`` for the unit.
        """
        if not isinstance(amount, str) or not _AMOUNT.fullmatch(amount):
            raise ImplausibleValue(
                f"{amount!r} is not a plain decimal number.",
                "Write digits with a point if needed, such as 0.5 or 15.9.",
            )
        return cls(Decimal(amount), Unit(unit))

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Read ``amount unit`` with one space between, such as ``15 mg/m2/wk``.

        Raises ``ImplausibleValue`` or ``UnitMismatch``; the unit can never be left out.
        """
        if not isinstance(text, str) or " " not in text:
            raise ImplausibleValue(
                f"{text!r} is not an amount with a unit.",
                "Write the amount, a space and the unit, such as 15 mg.",
            )
        return cls.of(*text.split(" ", 1))

    @property
    def value(self) -> Fraction:
        """The exact amount in the base unit of the dimension."""
        return Fraction(self.amount) * self.unit.factor + self.unit.offset

    def to(self, unit: Unit) -> Quantity:
        """The same quantity in another unit of the same dimension; else ``UnitMismatch``."""
        _require_same_dimension(self.unit, unit)
        return _quantity(self.value - unit.offset, unit)

    def times(self, number: Decimal) -> Quantity:
        """This quantity ``number`` times; ``UnitMismatch`` for temperatures."""
        _require_finite_decimal(number)
        _refuse_temperature(self.unit)
        return _quantity(self.value * Fraction(number), self.unit)

    def applied_to(self, measure: Quantity) -> Quantity:
        """Multiply out one "per": 15 mg/m2/wk applied to 1.06 m2 is 15.9 mg/wk.

        Raises ``UnitMismatch`` when this quantity is not per something that ``measure`` is.
        """
        symbols = self.unit.code.split("/")
        for place, symbol in enumerate(symbols[1:], start=1):
            if _kind_below(symbol) == measure.unit.dimension:
                del symbols[place]
                return _quantity(self.value * measure.value, Unit("/".join(symbols) or "1"))
        raise UnitMismatch(
            f"{self.unit.code} is not an amount per {measure.unit.dimension}.",
            "Give the measure that the amount is per, such as a weight in kg for mg/kg.",
        )

    def rounded_to(self, step: Quantity) -> Quantity:
        """The nearest whole number of steps, in the step's unit; a tie goes towards zero.

        Ties go down, and not to the even step, because rounding must not be what makes a
        dose larger. Whether and to which step a dose is rounded depends on the product, so
        it is never done unasked; any cap is applied after it.
        """
        if step.amount <= 0:
            raise ImplausibleValue("A rounding step is above zero.", "Give a step such as 2.5 mg.")
        _require_same_dimension(self.unit, step.unit)
        steps = self.value / step.value
        whole = math.ceil(abs(steps) - Fraction(1, 2))
        return step.times(Decimal(whole).copy_sign(self.amount))

    def text(self) -> str:
        """The quantity for readers: ``15.9 mg``, ``12 months``, ``250 × 10⁹/L``.

        Never a trailing zero, which a hurried reader takes for a tenfold amount (ISMP).
        """
        amount, unit = plain_decimal(self.amount), self.unit.text()
        if self.unit.code in _INTERVALS:
            unit += "" if self.amount == 1 else "s"
        joined = unit in ("", "%") or unit.startswith("/")
        return f"{amount}{unit}" if joined else f"{amount} {unit}"

    def as_json(self) -> dict[str, str]:
        """``{"amount": "15.9", "unit": "mg"}``, with the unit in UCUM."""
        return {"amount": plain_decimal(self.amount), "unit": self.unit.code}

    def __eq__(self, other: object) -> bool:
        """The same amount of the same dimension, in whatever unit."""
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._identity == other._identity

    def __hash__(self) -> int:
        """Equal quantities have equal hashes, in whatever unit."""
        return hash(self._identity)

    def __lt__(self, other: Quantity) -> bool:
        """Exactly less; ``UnitMismatch`` when the dimensions differ."""
        _require_same_dimension(self.unit, other.unit)
        return self.value < other.value

    def __add__(self, other: Quantity) -> Quantity:
        """The sum in this quantity's unit; ``UnitMismatch`` when the dimensions differ."""
        _require_same_dimension(self.unit, other.unit)
        _refuse_temperature(self.unit)
        return _quantity(self.value + other.value, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        """The difference in this quantity's unit, under the rules of addition."""
        return self + other.times(Decimal(-1))

    @property
    def _identity(self) -> tuple[Fraction, str]:
        return self.value, self.unit.dimension


def plain_decimal(number: Decimal) -> str:
    """A finite decimal without exponent, trailing zeros or negative zero; never rounded."""
    digits = f"{number:f}" if number else "0"
    return digits.rstrip("0").removesuffix(".") if "." in digits else digits


def _canonical(text: str) -> str:
    if not isinstance(text, str):
        raise _unknown_unit(text)
    above, *below = (_ALIASES.get(piece, piece) for piece in text.split("/"))
    if below and not above:
        above = "1"
    if not {above, *below}.issubset(_ATOMS):
        raise _unknown_unit(text)
    kinds = [_ATOMS[symbol].kind for symbol in (above, *below)]
    if "number" in kinds[1:] or (below and "temperature" in kinds):
        raise _unknown_unit(text)
    above = "" if below and above == "1" else above
    return "/".join((above, *sorted(below, key=_ORDER.index)))


def _unknown_unit(text: object) -> UnitMismatch:
    return UnitMismatch(
        f"{text!r} is not a unit known here.",
        f"Use a UCUM code built from: {', '.join(_ORDER)}.",
    )


def _kind_below(symbol: str) -> str:
    """Below the line a time unit is a dosing interval, which stands for itself only."""
    return _INTERVALS.get(symbol, _ATOMS[symbol].kind)


def _quantity(value: Fraction, unit: Unit) -> Quantity:
    """The quantity whose base value is ``value``, counted from the unit's own zero."""
    amount = value / unit.factor
    decimal = _ARITHMETIC.divide(Decimal(amount.numerator), Decimal(amount.denominator))
    return Quantity(decimal, unit)


def _require_finite_decimal(number: Decimal) -> None:
    ordinary = isinstance(number, Decimal) and number.is_finite() and abs(number.adjusted()) <= 30
    if not ordinary:
        raise ImplausibleValue(
            f"{number!r} is not a finite decimal number of ordinary size.",
            "Give a Decimal; a float, NaN or infinity is never an amount.",
        )


def _require_same_dimension(one: Unit, other: Unit) -> None:
    if one.dimension != other.dimension:
        raise UnitMismatch(
            f"{one.code} is {one.dimension}, but {other.code} is {other.dimension}.",
            "Give both in units that measure the same thing.",
        )


def _refuse_temperature(unit: Unit) -> None:
    if unit.dimension == "temperature":
        raise UnitMismatch(
            "A temperature is a point on a scale; it has no sums or multiples.",
            "Compare temperatures instead.",
        )
