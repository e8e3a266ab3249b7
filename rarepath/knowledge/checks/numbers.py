"""Find the numbers and the doses that a text states.

A number that belongs to a name is none: `UVA1`, `IL-6`, `3D`, `T2`, `mg/m2`, `10*9/L`,
`Table 2`, `recommendation 7`, evidence level `2a`. Number words count: two to twelve and
above, `twice`, `once` before a period, and `one` and `half` only where they count people or
time (`one child`, `one in three`, `half of them`): elsewhere they mostly do not (`one side`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rarepath.knowledge.checks.words import NUMBER_WORDS
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = [
    "DoseMention",
    "Stated",
    "doses_in",
    "every_number",
    "numbers_in",
    "plain",
    "states_dose",
]

# Digits, with groups of three parted by a comma or a (narrow) space.
_DIGITS = r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?![\d.]*\d)|\d+(?:\.\d+)?"
_NOT_A_QUANTITY = re.compile(
    r"""
    10\*\d+ | 10\^\d+ | 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+                      # 10*9/L
    | (?<![A-Za-z0-9])(?:[A-Za-z]+\d|[A-Z]{2,}[-\u2011–]\d)[\w.]*\b  # UVA1, m2, IL-6
    | \b[1-4]-?[A-Da-d]\b                                    # 3D, 3-D, evidence level 2a
    | (?i:\b(?:tables?|figures?|recommendations?|chapters?|levels?|grades?|types?|groups?
         |phases?|stages?|arms?)\s\d+(?:(?:,|\sand|\sto)?\s\d+)*)\b
    """,
    re.VERBOSE,
)
_WORDS = "|".join(NUMBER_WORDS)
_NUMBER = re.compile(
    rf"(?P<digits>{_DIGITS})|\b(?P<word>{_WORDS}|once|twice|half)\b", re.IGNORECASE
)
_PERIOD = r"\s+(?:(?:a|an|per|every|each|in|in\s+every)\s|daily|weekly|monthly|yearly|annually)"
_PEOPLE = r"(?:patients?|child|children|adults?|boys?|girls?|wom[ae]n|m[ae]n|cases?)"
_PEOPLE_OR_TIME = rf"\s+(?:{_PEOPLE}|years?|months?|weeks?|days?|hours?|minutes?)\b"
_COUNTS = re.compile(
    rf"\bone(?:{_PEOPLE_OR_TIME}|\s+(?:in|of|out\s+of)\s+(?:every\s+)?(?:\d|(?:{_WORDS})\b))"
    rf"|\bonce{_PERIOD}"
    rf"|\bhalf\s+(?:of\s+)?(?:the\s+)?(?:them|these|those|\d|(?:{_WORDS})\b|{_PEOPLE}\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:the|these|those|both|between|think)\s+$", re.IGNORECASE)
_LISTS = re.compile(
    r"\s+(?:things?|ways?|kinds?|reasons?|questions?|sides?|halves|main|other|different)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-Z]{2,}[:\s]\s?$")
_MIDDLE = re.compile(r"\bmedian\b|\b50(?:\.0+)?\s*%", re.IGNORECASE)
_EVERY_PERIOD = re.compile(
    r"\b(?:daily|weekly|monthly|yearly|annual(?:ly)?|single|once)\b"
    r"|(?:\b(?:per|a|an|each|every)\s+|/\s*)(?:day|week|month|year|d|wk|w)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stated:
    """A number as a text states it: its value, its words and where they stand.

    `names` is true where it only names something: `OMIM 141300`, `SHARE 2019`.
    """

    value: Decimal
    text: str
    start: int
    names: bool


@dataclass(frozen=True)
class DoseMention:
    """A dose as a text states it: its numbers, its unit and where it stands."""

    values: tuple[Decimal, ...]
    unit: str
    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """`text` with the signs that have two spellings in one: µ and μ as u, ² as 2."""
    return text.translate(_ONE_SPELLING)


_WORD_VALUES: dict[str, int | str] = {**NUMBER_WORDS, "once": 1, "twice": 2, "half": "0.5"}
_ONE_SPELLING = str.maketrans({"µ": "u", "μ": "u", "²": "2", "\u00a0": " "})


def _value(text: str) -> Decimal:
    word = text.lower()
    if word in _WORD_VALUES:
        return Decimal(_WORD_VALUES[word])
    return Decimal(re.sub(r"[,\s]", "", text))


@lru_cache(maxsize=50_000)
def numbers_in(text: str) -> tuple[Stated, ...]:
    """The numbers that `text` states as quantities, in order."""
    skipped = [match.span() for match in _NOT_A_QUANTITY.finditer(text)]
    counted = {match.start() for match in _COUNTS.finditer(text)}
    found = []
    for match in _NUMBER.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        word = (match["word"] or "").lower()
        if word in {"one", "once", "half"}:
            if match.start() not in counted:
                continue
        elif word and _only_points(text, match):
            continue
        names = bool(_NAMED.search(text[: match.start()])) and len(match[0]) > 2
        found.append(Stated(_value(match[0]), match[0], match.start(), names))
    return tuple(found)


def _only_points(text: str, match: re.Match[str]) -> bool:
    # "the two", "two ways", "think twice": a pointer into the text, not a figure from a source.
    before = text[max(0, match.start() - 12) : match.start()]
    return bool(_POINTS_BACK.search(before) or _LISTS.match(text, match.end()))


@lru_cache(maxsize=50_000)
def every_number(text: str) -> frozenset[Decimal]:
    """All numbers in `text`, those in names too: what a number may be checked against."""
    values = {_value(match[0]) for match in _NUMBER.finditer(text)}
    values |= {Decimal(digits) for digits in re.findall(r"\d+(?:\.\d+)?", text)}
    if _EVERY_PERIOD.search(text):
        values.add(Decimal(1))
    if _MIDDLE.search(text):
        values.add(Decimal("0.5"))
    return frozenset(values)


def doses_in(text: str, book: Phrasebook) -> list[DoseMention]:
    """The doses that `text` states: a number, or a range, with one of the dose units."""
    pattern = _dose_pattern(book.dose_units, book.not_a_dose)
    found = []
    for match in pattern.finditer(plain(text)):
        unit = match["unit"]
        if unit.lower() not in _spared(book.not_a_dose):
            values = tuple(map(_value, filter(None, (match["low"], match["high"]))))
            words = text[match.start() : match.end()]
            found.append(DoseMention(values, unit, words, match.start(), match.end()))
    return found


def states_dose(text: str, book: Phrasebook) -> bool:
    """Whether `text` states a dose. Remembered by text, so only for texts of packs."""
    return _states_dose(text, book.dose_units, book.not_a_dose)


@lru_cache(maxsize=20_000)
def _states_dose(text: str, units: tuple[str, ...], others: tuple[str, ...]) -> bool:
    spared = _spared(others)
    found = _dose_pattern(units, others).finditer(plain(text))
    return any(match["unit"].lower() not in spared for match in found)


@lru_cache(maxsize=8)
def _spared(others: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(other).lower() for other in others)


@lru_cache(maxsize=8)
def _dose_pattern(units: tuple[str, ...], others: tuple[str, ...]) -> re.Pattern[str]:
    number = rf"(?:{_DIGITS}|\b(?:{_WORDS}|half)\b)"
    names = sorted({plain(unit) for unit in (*units, *others)}, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.])(?P<low>{number})(?:\s*(?:-|–|to|or|and)\s*(?P<high>{number}))?"
        rf"[\s-]*(?:(?:a|an|of|of\s+a)\s+)?(?P<unit>{_any_of(names)})(?![A-Za-z0-9])",
        re.IGNORECASE,
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
