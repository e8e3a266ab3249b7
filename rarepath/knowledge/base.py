"""The few types every pack model is built from.

A pack is YAML read with every scalar as text (see `reader`), so numbers and dates are
converted here, by explicit rules, and never guessed.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
)

__all__ = [
    "Ages",
    "Certainty",
    "Day",
    "Directness",
    "Identifier",
    "Many",
    "Model",
    "Number",
    "Reader",
    "ReviewState",
    "Text",
    "Tier",
    "Whole",
    "Wording",
]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


def _number(raw: Any) -> Any:
    if isinstance(raw, str):
        if not _NUMBER.fullmatch(raw):
            raise ValueError("a plain decimal number such as 15 or 0.25 is needed")
        return Decimal(raw)
    return raw


def _whole(raw: Any) -> Any:
    if isinstance(raw, str):
        if not _NUMBER.fullmatch(raw) or "." in raw:
            raise ValueError("a whole number such as 65 is needed")
        return int(raw)
    return raw


def _day(raw: Any) -> Any:
    if isinstance(raw, str):
        if not _DAY.fullmatch(raw):
            raise ValueError("a date such as 2026-11-22 is needed")
        return date.fromisoformat(raw)
    return raw


_Item = TypeVar("_Item")

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_day)]
# A YAML list becomes a tuple, so that what was read cannot be changed afterwards.
Many = Annotated[tuple[_Item, ...], Field(strict=False)]


class Model(BaseModel):
    """Base of everything read from a pack: strict, frozen, no unknown field."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class _Choice(StrEnum):
    """A fixed set of words, read from text although the models are strict."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """The usual schema of an enumeration, made to accept its values as text."""
        return {**handler(source), "strict": False}


class Reader(_Choice):
    """Who an answer is written for."""

    CLINICIAN = "clinician"
    PATIENT = "patient"
    CODER = "coder"


class Directness(_Choice):
    """How close the evidence is to the disease asked about."""

    THIS_DISEASE = "this_disease"
    SAME_FAMILY = "same_family"
    EXTRAPOLATED = "extrapolated"
    OPINION = "opinion"


class Certainty(_Choice):
    """How sure the evidence makes us, in the four grades of GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class ReviewState(_Choice):
    """How far a named person has vouched for a statement."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Tier(_Choice):
    """How soon a danger sign needs help."""

    NOW = "now"
    SAME_DAY = "same_day"
    WITHIN_DAYS = "within_days"


Ages = Literal["any", "child", "adult"]


class Wording(Model):
    """One text for each reader it is written for; a missing reader is not shown it.

    `parent` is the patient text as a parent reads it, where the patient text says "you".
    """

    clinician: Text | None = None
    patient: Text | None = None
    coder: Text | None = None
    parent: Text | None = None

    def for_reader(self, reader: Reader) -> str | None:
        """The text for `reader`, or None when it was not written for them."""
        text: str | None = getattr(self, reader.value)
        return text

    def each(self) -> list[tuple[Reader, str]]:
        """The (reader, text) pairs that exist."""
        pairs = [(reader, self.for_reader(reader)) for reader in Reader]
        return [(reader, text) for reader, text in pairs if text is not None]
