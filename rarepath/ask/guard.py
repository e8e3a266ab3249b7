"""The last look at a reply: no dose for a patient, no treatment for a coder.

The pack's checks should have seen to it; what slips through is a fault of ours and is refused.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from rarepath.ask.reply import Reply
from rarepath.kernel.errors import InternalError
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.numbers import doses_in, states_dose
from rarepath.knowledge.checks.words import phrases
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["guarded", "mentions_treatment"]


def mentions_treatment(text: str, book: Phrasebook) -> bool:
    """Whether `text` has a word of treatment."""
    return bool(phrases(book.treatment_words).found_in(text))


def guarded(reply: Reply, book: Phrasebook) -> Reply:
    """The reply, its echo of the question without amounts for a patient.

    Raises InternalError when a patient's reply states a dose, or a coder's speaks of treatment.
    """
    reply = replace(reply, parts=tuple(guarded(part, book) for part in reply.parts))
    if reply.reader == Reader.PATIENT:
        reply = replace(reply, question=_without_amounts(reply.question, book))
        told = _texts(replace(reply, question="", parts=()))
        if any(states_dose(text, book) for text in told):
            raise _refused("a dose for a patient", reply.id)
    elif reply.reader == Reader.CODER and mentions_treatment(_joined(reply.sections), book):
        raise _refused("treatment for a coder", reply.id)
    return reply


def _without_amounts(text: str, book: Phrasebook) -> str:
    for dose in reversed(doses_in(text, book)):
        text = f"{text[: dose.start]}…{text[dose.end :]}"
    return text


def _joined(value: object) -> str:
    # A bar between texts, so that a number that ends one is not read with a unit of the next.
    return " | ".join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _refused(what: str, where: str) -> InternalError:
    return InternalError(
        f"This reply holds {what}, so it is not shown.",
        "Please report the id of the reply.",
        where,
    )
