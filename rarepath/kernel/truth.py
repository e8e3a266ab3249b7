"""Three-valued truth (Kleene's strong logic): what is known, and what could still change it.

A missing finding is not a negative finding. ``Truth`` keeps the two apart and refuses to be
used as a condition, so that an unknown can never silently become "no".
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import reduce
from operator import and_, or_
from typing import NoReturn

__all__ = ["Truth", "all_of", "any_of", "could_change_all", "could_change_any"]


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN, with ``&``, ``|`` and ``~``.

    Ask with ``is Truth.TRUE``; ``bool()``, ``if``, ``and`` and ``not`` raise ``TypeError``.
    """

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, known: bool) -> Truth:
        """The truth of something that is certainly known."""
        return cls.TRUE if known else cls.FALSE

    def __and__(self, other: Truth) -> Truth:
        """Both: FALSE as soon as one is FALSE, even beside an UNKNOWN."""
        if self is Truth.FALSE or other is Truth.FALSE:
            return Truth.FALSE
        return self if other is Truth.TRUE else Truth.UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        """Either: TRUE as soon as one is TRUE, even beside an UNKNOWN."""
        return ~(~self & ~other)

    def __invert__(self) -> Truth:
        """Not: UNKNOWN stays UNKNOWN."""
        return self if self is Truth.UNKNOWN else Truth.of(self is Truth.FALSE)

    def __bool__(self) -> NoReturn:
        """Always raise ``TypeError``: an UNKNOWN has no right answer here."""
        raise TypeError("Truth has three values; compare with 'is Truth.TRUE'")


def all_of(operands: Iterable[Truth]) -> Truth:
    """The conjunction; TRUE when there are no operands."""
    return reduce(and_, operands, Truth.TRUE)


def any_of(operands: Iterable[Truth]) -> Truth:
    """The disjunction; FALSE when there are no operands."""
    return reduce(or_, operands, Truth.FALSE)


def could_change_all(operands: Iterable[Truth]) -> tuple[int, ...]:
    """Positions of the UNKNOWN operands that could still change the conjunction.

    Empty once one operand is FALSE: nothing that is still missing matters then.
    """
    return _open_positions(operands, decided_by=Truth.FALSE)


def could_change_any(operands: Iterable[Truth]) -> tuple[int, ...]:
    """Positions of the UNKNOWN operands that could still change the disjunction.

    Empty once one operand is TRUE: nothing that is still missing matters then.
    """
    return _open_positions(operands, decided_by=Truth.TRUE)


def _open_positions(operands: Iterable[Truth], decided_by: Truth) -> tuple[int, ...]:
    found = tuple(operands)
    if decided_by in found:
        return ()
    return tuple(place for place, truth in enumerate(found) if truth is Truth.UNKNOWN)
