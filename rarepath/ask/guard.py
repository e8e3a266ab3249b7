"""The last look at a reply: no dose for a patient, no treatment for a coder.

The pack's checks should have seen to it; what slips through is a fault of ours and is refused.
"""

from collections.abc import Callable
from dataclasses import is_dataclass, replace
from functools import lru_cache

from rarepath.ask.reply import Reply
from rarepath.kernel.errors import InternalError
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.numbers import doses_in, states_dose
from rarepath.knowledge.checks.words import phrases
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["guarded", "mentions_treatment"]

# More texts than a few packs have.
_MOST_KEPT = 50_000


def mentions_treatment(text: str, book: Phrasebook) -> bool:
    """Whether `text` has a word of treatment."""
    return bool(phrases(book.treatment_words).found_in(text))


def guarded(reply: Reply, book: Phrasebook) -> Reply:
    """The reply, its echo of the question without amounts for a patient.

    Raises InternalError when a patient's reply states a dose, or a coder's speaks of treatment.
    """
    parts = tuple(guarded(part, book) for part in reply.parts)
    if reply.reader == Reader.PATIENT:
        question = _without_amounts(reply.question, book)
        reply = replace(reply, question="", parts=())  # an echo, and what was looked at already
        good = _found_good("dose", book.dose_units, book.not_a_dose)
        if _any_bad(reply, lambda text: states_dose(text, book), good):
            raise _refused("a dose for a patient", reply.id)
        return replace(reply, question=question, parts=parts)
    if reply.reader == Reader.CODER:
        good = _found_good("treatment", book.treatment_words)
        if _any_bad(reply.sections, lambda text: mentions_treatment(text, book), good):
            raise _refused("treatment for a coder", reply.id)
    return replace(reply, parts=parts)


def _without_amounts(text: str, book: Phrasebook) -> str:
    for dose in reversed(doses_in(text, book)):
        text = f"{text[: dose.start]}…{text[dose.end :]}"
    return text


def _any_bad(value: object, is_bad: Callable[[str], bool], good: set[str]) -> bool:
    """Whether any text in `value` is bad. Those of a pack come again and are looked at once."""
    new = _texts(value) - good
    if any(map(is_bad, new)):
        return True
    if len(good) > _MOST_KEPT:
        good.clear()
    good |= new
    return False


@lru_cache(maxsize=8)
def _found_good(what: str, *listened: tuple[str, ...]) -> set[str]:
    """The texts that were looked at for `what`, listening for these words, and found good."""
    return set()


def _texts(value: object) -> set[str]:
    """Every text in `value`, however deep."""
    waiting: list[object] = [value]
    for each in waiting:  # grows while it is read
        if isinstance(each, tuple):
            waiting.extend(each)
        elif not isinstance(each, str) and is_dataclass(each):
            waiting.extend(vars(each).values())
    return {each for each in waiting if isinstance(each, str)}


def _refused(what: str, where: str) -> InternalError:
    return InternalError(
        f"This reply holds {what}, so it is not shown.",
        "Please report the id of the reply.",
        where,
    )
