"""The outer shape of every JSON result, and the one way values become JSON.

``{"schema": ..., "on": ..., "pack": ..., ...}``: snake_case keys in a fixed order, decimals
as strings, dates in ISO 8601, enums by value, empty lists present and absent objects null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from rarepath.kernel.errors import InternalError
from rarepath.kernel.quantity import plain_decimal

__all__ = ["Envelope", "Json", "PackVersion", "dump_json", "to_json"]

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_OWN_KEYS = ("schema", "on", "pack")


@dataclass(frozen=True)
class PackVersion:
    """The condition pack a result rests on."""

    id: str
    version: str


@dataclass(frozen=True)
class Envelope:
    """A result with what it depends on: its schema's name, its date, its pack, if any.

    ``body`` holds the result's own fields. Its keys are snake_case and none of ``schema``,
    ``on`` and ``pack``; otherwise ``InternalError``.
    """

    schema: str
    on: date
    pack: PackVersion | None
    body: Mapping[str, object]

    def __post_init__(self) -> None:
        """Refuse a body whose keys break the contract."""
        for key in self.body:
            if key in _OWN_KEYS or not _SNAKE_CASE.fullmatch(key):
                raise _not_json(f"the key {key!r}")

    def to_json(self) -> dict[str, Json]:
        """``schema``, ``on``, ``pack``, then the body in its own order."""
        own: dict[str, object] = {"schema": self.schema, "on": self.on, "pack": self.pack}
        return {key: to_json(value) for key, value in (own | dict(self.body)).items()}


def to_json(value: object) -> Json:
    """A value as plain JSON data, exactly; ``InternalError`` for what has no exact form.

    A value may say how it looks with a method ``as_json()``; any other dataclass becomes an
    object of its fields. Sets are sorted; lists, tuples and mappings keep their order.
    """
    if hasattr(value, "as_json"):
        return to_json(value.as_json())
    if isinstance(value, Enum):
        return to_json(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return plain_decimal(value)
    return _container(value)


def dump_json(value: object) -> str:
    """The value as JSON text, two spaces a level, in UTF-8 characters, no line at the end.

    Raises ``InternalError`` for floats, NaN and anything else without an exact form.
    """
    plain = value.to_json() if isinstance(value, Envelope) else to_json(value)
    return json.dumps(plain, indent=2, ensure_ascii=False)


def _container(value: object) -> Json:
    if isinstance(value, Mapping):
        return {_key(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((to_json(item) for item in value), key=json.dumps)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    raise _not_json(f"a value of type {type(value).__name__}")


def _key(key: object) -> str:
    name = to_json(key)
    if not isinstance(name, str):
        raise _not_json(f"the key {key!r}")
    return name


def _not_json(what: str) -> InternalError:
    return InternalError(
        f"A result holds {what}, which cannot be written as JSON.",
        "Please report this; nothing is wrong with what you entered.",
    )
