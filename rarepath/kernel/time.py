"""Dates as people know them: whole or partial, always as what is possible, never guessed.

A date known only to its month or year is every day it could be, from ``earliest`` to
``latest``; questions about it answer TRUE, FALSE or UNKNOWN. Months and years are counted by
the calendar: 12 months after 29 February is 28 February, and never 365 days.

The clock is never read here. ``on`` is always an argument and means the end of that local
day, so what happens on that day has happened.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rarepath.kernel.errors import AmbiguousDate, ImplausibleValue
from rarepath.kernel.truth import Truth

__all__ = [
    "Age",
    "PartialDate",
    "Period",
    "Span",
    "add",
    "after",
    "age",
    "before",
    "due",
    "elapsed_at_least",
    "same",
    "subtract",
    "within",
]

_FIRST_YEAR: Final = 1850
_LAST_YEAR: Final = 2200
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_DURATION = re.compile(
    r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?"
)


@dataclass(frozen=True)
class Span:
    """All days from ``earliest`` to ``latest``, both included.

    Stands for a window, or for one day of which only this much is known.
    """

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins, with ``ImplausibleValue``."""
        if self.latest < self.earliest:
            raise ImplausibleValue(
                f"The span ends on {self.latest}, before it begins on {self.earliest}.",
                "Give the earlier date first.",
            )

    def as_json(self) -> dict[str, str]:
        """``{"earliest": "2026-02-01", "latest": "2026-02-28"}``."""
        return {"earliest": self.earliest.isoformat(), "latest": self.latest.isoformat()}


@dataclass(frozen=True)
class PartialDate:
    """A year, a month of a year, or a day, between 1850 and 2200.

    Raises ``ImplausibleValue`` for a date that the calendar or this range does not have.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse dates that do not exist."""
        if not _exists(self.year, self.month, self.day):
            raise ImplausibleValue(
                f"There is no date {self}.",
                f"Give a date of the calendar, between {_FIRST_YEAR} and {_LAST_YEAR}.",
            )

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2026``, ``2026-02`` or ``2026-02-01``, and nothing else.

        Raises ``AmbiguousDate`` for every other form (``01/02/2026`` with its readings, week
        dates, spreadsheet day numbers), ``ImplausibleValue`` for a day that does not exist.
        """
        found = _ISO.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise AmbiguousDate(
                f"{text!r} is not a date written as year-month-day.{_readings(text)}",
                "Write 2026-02-01, or 2026-02 or 2026 when only that is known.",
            )
        return cls(*(None if part is None else int(part) for part in found.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The whole date ``day``."""
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """The first day it could be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it could be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """The ISO text, as precise as what is known: ``2026-02``."""
        parts = (self.year, self.month, self.day)
        return "-".join(str(part).zfill(2) for part in parts if part is not None)

    def as_json(self) -> str:
        """The ISO text."""
        return str(self)


@dataclass(frozen=True)
class Period:
    """A length of calendar time; each part a whole number from 0 to 9999, not all zero."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        """Refuse negative, oversized and empty periods with ``ImplausibleValue``."""
        parts = (self.years, self.months, self.weeks, self.days)
        if not any(parts) or not all(type(part) is int and 0 <= part <= 9999 for part in parts):
            raise ImplausibleValue(
                "A period has whole, positive parts.", "Write for example P12M or P8W."
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 duration of years, months, weeks and days: ``P12M``, ``P8W``.

        Raises ``ImplausibleValue`` for anything else; hours are not calendar time.
        """
        found = _DURATION.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise ImplausibleValue(
                f"{text!r} is not a period of years, months, weeks or days.",
                "Write for example P12M or P8W.",
            )
        return cls(*(int(part or 0) for part in found.groups()))

    def text(self) -> str:
        """The period for readers: ``12 months``, ``1 year and 6 months``."""
        names = {"year": self.years, "month": self.months, "week": self.weeks, "day": self.days}
        parts = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in names.items() if n]
        return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))

    def as_json(self) -> str:
        """The ISO 8601 duration."""
        parts = {"Y": self.years, "M": self.months, "W": self.weeks, "D": self.days}
        return "P" + "".join(f"{number}{letter}" for letter, number in parts.items() if number)


@dataclass(frozen=True)
class Age:
    """Completed years of life, from ``lowest`` to ``highest`` possible."""

    lowest: int
    highest: int

    def at_least(self, years: int) -> Truth:
        """Whether that many years are completed."""
        if self.lowest >= years:
            return Truth.TRUE
        return Truth.FALSE if self.highest < years else Truth.UNKNOWN

    def as_json(self) -> dict[str, int]:
        """``{"lowest": 8, "highest": 9}``."""
        return {"lowest": self.lowest, "highest": self.highest}


def before(one: date | PartialDate | Span, other: date | PartialDate | Span) -> Truth:
    """Whether ``one`` lies on an earlier day than ``other``."""
    first, second = _span(one), _span(other)
    if first.latest < second.earliest:
        return Truth.TRUE
    return Truth.FALSE if first.earliest >= second.latest else Truth.UNKNOWN


def after(one: date | PartialDate | Span, other: date | PartialDate | Span) -> Truth:
    """Whether ``one`` lies on a later day than ``other``."""
    return before(other, one)


def same(one: date | PartialDate | Span, other: date | PartialDate | Span) -> Truth:
    """Whether both are the same day; two equal partial dates may still be different days."""
    return ~before(one, other) & ~after(one, other)


def within(one: date | PartialDate | Span, window: Span) -> Truth:
    """Whether ``one`` lies in the window, whose first and last day count."""
    return ~before(one, window.earliest) & ~after(one, window.latest)


def add(day: date, period: Period) -> date:
    """The day a period later: months first, by the calendar, then weeks and days.

    A day that the month does not have becomes its last day: 31 January and one month is
    28 or 29 February. Raises ``ImplausibleValue`` when it leaves the calendar.
    """
    return _shift(day, period, 1)


def subtract(day: date, period: Period) -> date:
    """The day a period earlier, under the same rules; for the opening of a window.

    It does not undo ``add`` at the end of a month (31 March less one month is 28 February).
    Whether a period has passed is asked with ``elapsed_at_least``, which only adds.
    """
    return _shift(day, period, -1)


def due(start: PartialDate, period: Period) -> Span:
    """The days on which a period that began on ``start`` can be completed."""
    return Span(add(start.earliest, period), add(start.latest, period))


def elapsed_at_least(start: PartialDate, period: Period, on: date) -> Truth:
    """Whether a period that began on ``start`` is complete at the end of the day ``on``."""
    return ~before(on, due(start, period))


def age(born: PartialDate, on: date) -> Age:
    """The completed years of life at the end of the day ``on``.

    Someone born on 29 February completes a year on 1 March of a common year: of the two
    customs the later one, so that nobody is counted as adult a day early. Raises
    ``ImplausibleValue`` for a birth that can only lie after ``on``.
    """
    if on < born.earliest:
        raise ImplausibleValue(
            f"The date of birth {born} lies after {on}.", "Correct the date of birth."
        )
    return Age(_completed_years(min(born.latest, on), on), _completed_years(born.earliest, on))


def _completed_years(born: date, on: date) -> int:
    birthday_to_come = (on.month, on.day) < (born.month, born.day)
    return on.year - born.year - birthday_to_come


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return False
    if month is None:
        return day is None
    if type(month) is not int or not 1 <= month <= 12:
        return False
    return day is None or (type(day) is int and 1 <= day <= monthrange(year, month)[1])


def _readings(text: object) -> str:
    """The dates that a text such as 01/02/2026 could mean, as a sentence; else nothing."""
    found = _DAY_AND_MONTH.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return ""
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    readings = {(one, other): None, (other, one): None}
    dates = [str(PartialDate(year, m, d)) for d, m in readings if _exists(year, m, d)]
    return f" It could mean {' or '.join(dates)}." if dates else ""


def _span(value: date | PartialDate | Span) -> Span:
    return Span(value, value) if isinstance(value, date) else Span(value.earliest, value.latest)


def _shift(day: date, period: Period, sign: int) -> date:
    months = day.year * 12 + day.month - 1 + sign * (period.years * 12 + period.months)
    year, month = divmod(months, 12)
    try:
        last = monthrange(year, month + 1)[1]
        moved = date(year, month + 1, min(day.day, last))
        return moved + sign * timedelta(weeks=period.weeks, days=period.days)
    except (ValueError, OverflowError):
        raise ImplausibleValue(
            f"{period.text()} from {day} leaves the calendar.", "Give a shorter period."
        ) from None
