"""The tree of errors: its picture is true, its JSON is the contract, it survives a worker."""

import pickle
import re
from collections.abc import Callable

import pytest

from rarepath.kernel import errors
from rarepath.kernel.errors import (
    BadInput,
    InternalError,
    MissingPart,
    NotFound,
    PackBroken,
    RarepathError,
    UnitMismatch,
    UsageError,
)

EXIT_CODES = {UsageError: 2, BadInput: 3, MissingPart: 3, InternalError: 4}
CLASSES = [getattr(errors, name) for name in errors.__all__]


def broken() -> PackBroken:
    place = {"file": "pathway.yaml", "field": "dose.cap"}
    return PackBroken("is no number", "Correct it.", line=7, **place)


def drawn(kind: type[RarepathError], depth: int = 0) -> list[tuple[int, str]]:
    """The tree below ``kind`` as (depth, name), in the order of the picture."""
    branches = [kind for kind in CLASSES if kind in EXIT_CODES] if depth == 0 else []
    children = (branches and list(EXIT_CODES)) or sorted(kind.__subclasses__(), key=str)
    return [(depth, kind.__name__)] + [x for child in children for x in drawn(child, depth + 1)]


def test_the_picture_shows_the_tree() -> None:
    assert errors.__doc__ is not None
    picture = re.findall(r"^ {4}((?:│   |    )*(?:[├└]── )?)(\w+)", errors.__doc__, re.MULTILINE)
    assert [(len(lead) // 4, name) for lead, name in picture] == drawn(RarepathError)


def test_the_picture_names_the_exit_codes() -> None:
    assert errors.__doc__ is not None
    found = dict(re.findall(r"── (\w+) +exit (\d)", errors.__doc__))
    assert found == {kind.__name__: str(code) for kind, code in EXIT_CODES.items()}


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if kind is not RarepathError])
def test_type_and_exit_code(kind: type[RarepathError]) -> None:
    assert kind.type == re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    assert kind.exit_code == next(EXIT_CODES[base] for base in kind.__mro__ if base in EXIT_CODES)


def test_an_error_as_json() -> None:
    assert NotFound("No answer a1.", "Ask again.", where="a1").as_json() == {
        "error": {
            "type": "not_found",
            "message": "No answer a1.",
            "what_to_do": "Ask again.",
            "where": "a1",
        }
    }


def test_an_error_as_text() -> None:
    assert str(NotFound("No answer.", "Ask again.")) == "No answer."
    assert NotFound("No answer.", "Ask again.").args == ("No answer.",)
    assert NotFound("No answer.", "Ask again.").as_json()["error"]["where"] is None
    assert str(broken()) == "pathway.yaml:7: dose.cap: is no number"


def test_a_broken_pack_says_where() -> None:
    error = broken()
    assert (error.file, error.line, error.field) == ("pathway.yaml", 7, "dose.cap")
    assert (error.where, error.what_to_do) == ("pathway.yaml:7", "Correct it.")


def test_a_missing_part_carries_the_command() -> None:
    error = MissingPart("measure", "scripts/setup measure")
    assert (error.part, error.command) == ("measure", "scripts/setup measure")
    assert str(error) == "The part 'measure' is not installed."
    assert error.what_to_do == "Run: scripts/setup measure"


@pytest.mark.parametrize(
    "make", [lambda: UnitMismatch("a", "b", "c"), broken, lambda: MissingPart("a", "b")]
)
def test_an_error_returns_from_a_worker(make: Callable[[], RarepathError]) -> None:
    error = make()
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)
