"""The settings of one user: ``config.toml`` in the home, every one optional.

A setting that is not understood stops the program: a mistyped ``emergency_number`` that is
passed over in silence would send someone to the wrong place.
"""

import re
import tomllib
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from rarepath.kernel.errors import ConfigBroken
from rarepath.knowledge.base import Reader
from rarepath.services.home import Home

__all__ = ["Config", "read_config"]

_LINE: Final = re.compile(r"\(at line ([0-9]+)")
_OneLine = Annotated[str, StringConstraints(pattern=r"^\S[^\r\n]{0,79}$")]


class Config(BaseModel):
    """What a user has set, or the default.

    ``jurisdiction``: the country whose rules and approvals apply, by its two letters of
    ISO 3166-1 (``"DE"``); by default none, so that nothing is left out.
    ``emergency_number``: what to dial, in quotes (``"112"``); by default in words.
    ``code_edition``: the edition of the code tables (``"2027"``); by default the one in
    force on the day asked about.
    ``actor_name``: who acts, as the audit trail names them.
    ``default_reader``: ``clinician``, ``patient`` or ``coder``, when a command names none.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    jurisdiction: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    emergency_number: _OneLine = "your local emergency number"
    code_edition: _OneLine | None = None
    actor_name: _OneLine = "local user"
    default_reader: Annotated[Reader, Field(strict=False)] = Reader.CLINICIAN


_EXAMPLES: Final = {
    "jurisdiction": 'jurisdiction = "DE"',
    "emergency_number": 'emergency_number = "112"',
    "code_edition": 'code_edition = "2027"',
    "actor_name": 'actor_name = "Dr Ana Lima"',
    "default_reader": 'default_reader = "patient"',
}


def read_config(home: Home) -> Config:
    """The settings in ``home``; all defaults when there is no file.

    Raises ``ConfigBroken`` with ``file:line`` for a file that is not TOML, a setting that
    does not exist and a value that a setting cannot have.
    """
    file = home.config_file
    try:
        text = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigBroken(
            f"The settings cannot be read: {error}.",
            "Make it a text file in UTF-8 that you may read, or remove it.",
            str(file),
        ) from error
    try:
        return Config.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))  # absent when the text ends too early
        line = found[1] if found else len(text.splitlines())
        raise ConfigBroken(
            f"The settings are not TOML: {error}.",
            f"Write one setting a line, such as: {_EXAMPLES['emergency_number']}",
            f"{file}:{line}",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise _wrong_setting(name, first["msg"], f"{file}:{_line_of(name, text)}") from error


def _wrong_setting(name: str, fault: str, where: str) -> ConfigBroken:
    if name not in _EXAMPLES:
        known = ", ".join(_EXAMPLES)
        return ConfigBroken(f"There is no setting {name!r}.", f"The settings are: {known}.", where)
    return ConfigBroken(f"{name}: {fault}.", f"Write for example: {_EXAMPLES[name]}", where)


def _line_of(name: str, text: str) -> int:
    """The line that sets ``name``, as a key or as a table; 1 when it is written otherwise."""
    written = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[\]=.]""")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if written.match(line)), 1)
