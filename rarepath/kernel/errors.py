"""Every error rarepath raises on purpose: what went wrong, what to do, and where.

::

    RarepathError
    ├── UsageError              exit 2   the command or the address was wrong
    │   ├── UnknownPack                  no condition pack has that id
    │   └── UnknownReader                the reader is not clinician, patient or coder
    ├── BadInput                exit 3   the command was right, what it was given is not
    │   ├── AmbiguousDate                a date that can be read in two ways, or not at all
    │   ├── ConfigBroken                 config.toml cannot be used as it stands
    │   ├── DirectoryBroken              a file of disease names is not what it should be
    │   ├── ImplausibleValue             a value no patient or treatment can have
    │   ├── NotFound                     nothing is stored under that name
    │   ├── PackBroken                   a condition pack breaks its rules: file, line, field
    │   ├── PartBroken                   a file of an optional part is damaged, or another one
    │   ├── QuestionRejected             a question that cannot be processed as text
    │   └── UnitMismatch                 quantities that cannot be compared, added or converted
    ├── MissingPart             exit 3   an optional part is not installed; carries the command
    └── InternalError           exit 4   a fault of rarepath itself

A surface prints ``str(error)`` or ``error.as_json()`` and exits with ``error.exit_code``.
An error holds no patient value beyond what its caller put into ``message``, so a caller
that logs errors must not put one there.
"""

from __future__ import annotations

import copyreg
from typing import ClassVar

__all__ = [
    "AmbiguousDate",
    "BadInput",
    "ConfigBroken",
    "DirectoryBroken",
    "ImplausibleValue",
    "InternalError",
    "MissingPart",
    "NotFound",
    "PackBroken",
    "PartBroken",
    "QuestionRejected",
    "RarepathError",
    "UnitMismatch",
    "UnknownPack",
    "UnknownReader",
    "UsageError",
]


class RarepathError(Exception):
    """The root of the tree; raise one of its subclasses.

    ``message`` says what is wrong and ``what_to_do`` what the person can do about it, each
    as a full sentence. ``where`` is a place they can go to (``file:line``, a field, an id).
    """

    type: ClassVar[str]
    exit_code: ClassVar[int]

    def __init__(self, message: str, what_to_do: str, where: str | None = None) -> None:
        """Keep the three texts; nothing else is stored."""
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do
        self.where = where

    def __str__(self) -> str:
        """``where: message``, or the message alone."""
        return self.message if self.where is None else f"{self.where}: {self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by attributes: an untrusted file is read in a worker, whose error must return."""
        return (copyreg.__newobj__, (self.__class__,), self.__dict__)  # type: ignore[attr-defined]

    def as_json(self) -> dict[str, dict[str, str | None]]:
        """The error in its JSON shape: ``{"error": {type, message, what_to_do, where}}``."""
        return {
            "error": {
                "type": self.type,
                "message": self.message,
                "what_to_do": self.what_to_do,
                "where": self.where,
            }
        }


class UsageError(RarepathError):
    """The command line or the address asks for something that does not exist."""

    type = "usage_error"
    exit_code = 2


class UnknownPack(UsageError):
    """No condition pack has the id that was asked for."""

    type = "unknown_pack"


class UnknownReader(UsageError):
    """The reader is none of clinician, patient, coder."""

    type = "unknown_reader"


class BadInput(RarepathError):
    """The command is right, but a file, a value or a question it was given is not."""

    type = "bad_input"
    exit_code = 3


class AmbiguousDate(BadInput):
    """A date with two readings, or with none; the message names the readings there are."""

    type = "ambiguous_date"


class ConfigBroken(BadInput):
    """The configuration file cannot be used as it stands."""

    type = "config_broken"


class DirectoryBroken(BadInput):
    """A file of disease names is truncated, too large, or not what it should be."""

    type = "directory_broken"


class ImplausibleValue(BadInput):
    """A value that no patient or treatment can have."""

    type = "implausible_value"


class NotFound(BadInput):
    """Nothing is stored under the name that was given."""

    type = "not_found"


class PackBroken(BadInput):
    """A condition pack breaks its rules; reads ``file:line: field: what``."""

    type = "pack_broken"

    def __init__(self, message: str, what_to_do: str, *, file: str, line: int, field: str) -> None:
        """``line`` counts from 1; ``field`` is the dotted path inside the file."""
        super().__init__(f"{field}: {message}", what_to_do, where=f"{file}:{line}")
        self.file = file
        self.line = line
        self.field = field


class PartBroken(BadInput):
    """A file of an optional part is damaged, or is not the one that was pinned."""

    type = "part_broken"


class QuestionRejected(BadInput):
    """A question that cannot be processed as text (empty, too long, not text)."""

    type = "question_rejected"


class UnitMismatch(BadInput):
    """Quantities whose units do not allow them to be compared, added or converted."""

    type = "unit_mismatch"


class MissingPart(RarepathError):
    """An optional part is not installed; ``command`` installs it."""

    type = "missing_part"
    exit_code = 3

    def __init__(self, part: str, command: str) -> None:
        """Name the part and the exact command, ready to be copied."""
        super().__init__(f"The part '{part}' is not installed.", f"Run: {command}")
        self.part = part
        self.command = command


class InternalError(RarepathError):
    """A fault of rarepath itself, never of the person who uses it."""

    type = "internal_error"
    exit_code = 4
