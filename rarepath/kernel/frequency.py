"""How often a treatment is given, as types, so that a weekly drug cannot become a daily one.

Methotrexate taken daily instead of weekly has killed people (ISMP, Targeted Medication
Safety Best Practice 2). A frequency is therefore never a number that a slip could change:
``Weekly`` has no period to set, and ``require_weekly`` lets nothing else through.

``parse_frequency`` reads exactly what ``text()`` writes, plus ``daily``, ``weekly`` and
``monthly``, the short forms used in packs.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from rarepath.kernel.errors import ImplausibleValue

__all__ = [
    "Daily",
    "EveryMonths",
    "EveryWeeks",
    "Frequency",
    "OnDays",
    "Once",
    "TimesWeekly",
    "Weekday",
    "Weekly",
    "parse_frequency",
    "require_weekly",
]

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}


class Weekday(Enum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class _Worded(ABC):
    """Every frequency stands in JSON as its words."""

    @abstractmethod
    def text(self) -> str:
        """The frequency for readers."""

    def as_json(self) -> str:
        """The same words."""
        return self.text()


@dataclass(frozen=True)
class Once(_Worded):
    """A single time."""

    def text(self) -> str:
        """``once``."""
        return "once"


@dataclass(frozen=True)
class Daily(_Worded):
    """Every day, one to six times."""

    times: int = 1

    def __post_init__(self) -> None:
        """Refuse other counts with ``ImplausibleValue``."""
        _require_whole(self.times, 1, 6)

    def text(self) -> str:
        """``once daily``, ``twice daily``."""
        return f"{_TIMES[self.times]} daily"


@dataclass(frozen=True)
class Weekly(_Worded):
    """Once every seven days, and nothing else; on a named day if one is chosen."""

    day: Weekday | None = None

    def __post_init__(self) -> None:
        """Refuse anything but a ``Weekday`` with ``ImplausibleValue``."""
        if not (self.day is None or isinstance(self.day, Weekday)):
            raise ImplausibleValue(f"{self.day!r} is not a weekday.", "Name a day of the week.")

    def text(self) -> str:
        """``once weekly``, ``once weekly on Monday``."""
        return "once weekly" + (f" on {self.day.value.capitalize()}" if self.day else "")


@dataclass(frozen=True)
class TimesWeekly(_Worded):
    """Two to six times in every week."""

    times: int

    def __post_init__(self) -> None:
        """Refuse other counts with ``ImplausibleValue``."""
        _require_whole(self.times, 2, 6)

    def text(self) -> str:
        """``three times weekly``."""
        return f"{_TIMES[self.times]} weekly"


@dataclass(frozen=True)
class EveryWeeks(_Worded):
    """Once every two to 52 weeks; every single week is ``Weekly``."""

    weeks: int

    def __post_init__(self) -> None:
        """Refuse other counts with ``ImplausibleValue``."""
        _require_whole(self.weeks, 2, 52)

    def text(self) -> str:
        """``every 2 weeks``."""
        return f"every {self.weeks} weeks"


@dataclass(frozen=True)
class EveryMonths(_Worded):
    """Once every one to 24 calendar months."""

    months: int = 1

    def __post_init__(self) -> None:
        """Refuse other counts with ``ImplausibleValue``."""
        _require_whole(self.months, 1, 24)

    def text(self) -> str:
        """``every month``, ``every 6 months``."""
        return "every month" if self.months == 1 else f"every {self.months} months"


@dataclass(frozen=True)
class OnDays(_Worded):
    """On numbered days of a course, the first being day 1; rising, up to day 365."""

    days: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse empty, repeated or unordered days with ``ImplausibleValue``."""
        for day in self.days:
            _require_whole(day, 1, 365)
        if not self.days or any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ImplausibleValue(
                "The days of a course are numbered and rising.", "Write for example 1 and 15."
            )

    def text(self) -> str:
        """``on day 1``, ``on days 1 and 15``, ``on days 1, 2 and 3``."""
        *first, last = map(str, self.days)
        return f"on days {', '.join(first)} and {last}" if first else f"on day {last}"


Frequency = Once | Daily | Weekly | TimesWeekly | EveryWeeks | EveryMonths | OnDays


def parse_frequency(text: str) -> Frequency:
    """Read a frequency exactly as ``text()`` writes it, or one of the short forms.

    Raises ``ImplausibleValue`` for everything else; nothing is guessed.
    """
    known = _BY_TEXT.get(text) or _parse_days(text)
    if known is None:
        raise ImplausibleValue(
            f"{text!r} is not a frequency known here.",
            "Write for example: once weekly on Monday, twice daily, every 2 weeks.",
        )
    return known


def require_weekly(frequency: Frequency) -> Weekly:
    """The frequency, if it is weekly; ``ImplausibleValue`` otherwise, without exception.

    The hard stop for a drug that may only be given once a week.
    """
    if not isinstance(frequency, Weekly):
        raise ImplausibleValue(
            f"This drug is given once weekly only, but the frequency is {frequency.text()}.",
            "Correct the frequency; a daily dose of a weekly drug can be fatal.",
        )
    return frequency


def _parse_days(text: str) -> OnDays | None:
    """The course whose words are ``text``: read the numbers, then insist on the words."""
    numbers = re.findall(r"[0-9]{1,3}", text)
    course = OnDays(tuple(map(int, numbers))) if text.startswith("on day") and numbers else None
    return course if course and course.text() == text else None


def _require_whole(number: int, least: int, most: int) -> None:
    if type(number) is not int or not least <= number <= most:
        raise ImplausibleValue(
            f"{number!r} is not a whole number from {least} to {most}.",
            "Correct the frequency.",
        )


_WITHOUT_DAYS: tuple[Frequency, ...] = (
    Once(),
    *map(Daily, range(1, 7)),
    *map(Weekly, (None, *Weekday)),
    *map(TimesWeekly, range(2, 7)),
    *map(EveryWeeks, range(2, 53)),
    *map(EveryMonths, range(1, 25)),
)
_SHORT: dict[str, Frequency] = {"daily": Daily(), "weekly": Weekly(), "monthly": EveryMonths()}
_BY_TEXT = {frequency.text(): frequency for frequency in _WITHOUT_DAYS} | _SHORT
