"""Shares and stretches of time as texts state them, and whether two of them agree."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rarepath.knowledge.checks.numbers import numbers_in
from rarepath.knowledge.checks.words import NUMBER_WORDS

__all__ = ["Figure", "agree", "days", "figures", "percent_agrees"]

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|\b(?:{'|'.join(NUMBER_WORDS)})\b)"
_TO = r"\s*(?:-|–|to|and)\s*"
_PERCENT = re.compile(rf"({_NUMBER})(?:{_TO}({_NUMBER}))?\s*(?:%|per\s?cent\b)", re.IGNORECASE)
_SHARE = re.compile(
    rf"(?:({_NUMBER}){_TO})?({_NUMBER})\s*(?:/|\b(?:in|of|out\s+of)\s+(?:the\s+|every\s+)?)\s*"
    rf"({_NUMBER})",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:(a|one|two|three)\s+)?(half|thirds?|quarters?|all|none)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"({_NUMBER})(?:{_TO}({_NUMBER}))?[\s-]*(h|hours?|d|days?|wk|weeks?|mo|months?|y|a|yr|years?)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|close to|approximately)\b", re.IGNORECASE)
_BELOW = re.compile(r"\b(?:nearly|almost|just under|less than|fewer than|under)\b", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:just over|more than|over|at least)\b|\bor more\b", re.IGNORECASE)

_PARTS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "all": Fraction(1),
    "none": Fraction(0),
}
_DAYS = {"h": Fraction(1, 24), "d": Fraction(1), "w": Fraction(7)}
_MONTHS = {"m": 1, "y": 12, "a": 12}
_MONTH = Fraction(30)


@dataclass(frozen=True)
class Figure:
    """A share (0 to 1), a time (in days; months count 30), or a bare number.

    `off` is how far it may be from the exact value: half of its last digit, or more after
    a word such as "about". `side` is -1 where the exact value is below, 1 where above.
    """

    kind: Literal["share", "time", "number"]
    value: Fraction
    off: Fraction
    side: int = 0


def days(amount: Decimal, unit: str) -> Fraction | None:
    """A duration in days, months counting 30 and years 12 months; None for another unit."""
    known = re.fullmatch(r"(h|d|w|m|y|a)(?:ours?|ays?|k|eeks?|o|onths?|r|ears?)?", unit.strip())
    if known is None:
        return None
    letter = known[1]
    if letter in _DAYS:
        return Fraction(amount) * _DAYS[letter]
    return Fraction(amount) * _MONTHS[letter] * _MONTH


def agree(one: Figure, other: Figure) -> bool:
    """Whether the two can be the same figure, each within its own rounding."""
    if one.kind != other.kind:
        return False
    gap = other.value - one.value
    if (one.side and gap * one.side < 0) or (other.side and -gap * other.side < 0):
        return False
    return abs(gap) <= one.off + other.off


def percent_agrees(percent: Decimal, count: int, total: int) -> bool:
    """Whether `count` of `total` is `percent`, within the rounding of its last digit."""
    return total > 0 and abs(Fraction(100 * count, total) - Fraction(percent)) <= _rounding(percent)


def figures(text: str) -> list[Figure]:
    """The figures in `text`, a range as two; bare numbers are those that are nothing else."""
    side = -1 if _BELOW.search(text) else 1 if _ABOVE.search(text) else 0
    loose = bool(side or _ABOUT.search(text))
    found: list[Figure] = []
    for pattern, read in ((_SHARE, _share), (_PERCENT, _percent), (_PART, _part), (_TIME, _time)):
        for match in pattern.finditer(text):
            found += [Figure(f.kind, f.value, f.off, side) for f in read(match, loose)]
        text = pattern.sub(" ; ", text)
    bare = [Figure("number", Fraction(n.value), Fraction(0), side) for n in numbers_in(text)]
    return found + bare


def _number(text: str) -> Decimal:
    word = text.lower()
    return Decimal(NUMBER_WORDS.get(word) or word.replace(",", ""))


def _rounding(number: Decimal) -> Fraction:
    exponent = number.as_tuple().exponent
    return Fraction(1, 2) * Fraction(10) ** min(exponent if isinstance(exponent, int) else 0, 0)


def _share(match: re.Match[str], loose: bool) -> list[Figure]:
    total = _number(match[3])
    if not total:
        return []
    off = Fraction(1, 2) / Fraction(total) if loose else Fraction(0)
    counts = [_number(count) for count in (match[1], match[2]) if count]
    return [Figure("share", Fraction(count) / Fraction(total), off) for count in counts]


def _percent(match: re.Match[str], loose: bool) -> list[Figure]:
    numbers = [_number(number) for number in (match[1], match[2]) if number]
    return [
        Figure("share", Fraction(n) / 100, _rounding(n) / 100 * (2 if loose else 1))
        for n in numbers
    ]


def _part(match: re.Match[str], loose: bool) -> list[Figure]:
    times = {"two": 2, "three": 3}.get((match[1] or "").lower(), 1)
    share = times * _PARTS[match[2].lower().rstrip("s")]
    return [Figure("share", share, Fraction(7, 100) if loose else Fraction(1, 200))]


def _time(match: re.Match[str], loose: bool) -> list[Figure]:
    found = []
    for number in (match[1], match[2]):
        length = days(_number(number), match[3].lower()) if number else None
        if length is not None:
            off = length / 10 if loose else Fraction(0)
            found.append(Figure("time", length, off))
    return found
