"""Patients read "you", their parents "your child": each patient text with its parent text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.defects import Fault, Inside
from rarepath.knowledge.checks.texts import Spoken, spoken
from rarepath.knowledge.checks.words import phrases, tokens
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["Pair", "addressed", "pairs", "parent_forms"]

_TAKE_ALONG = "take_along"
# Fields in which the reader speaks, and is not spoken to.
_ASKED = {"question", _TAKE_ALONG}


@dataclass(frozen=True)
class Pair:
    """A patient text, and the parent text with the path where it stands or would stand.

    The path is None where no parent text can stand: such a text must suit both.
    """

    patient: Spoken
    inside: Inside | None
    parent: str | None


def pairs(pack: Pack) -> Iterator[Pair]:
    """Every text written for patients in the pack's own items, with its parent text if any."""
    found = {(text.kind, text.name, text.inside): text for text in spoken(pack)}
    for (kind, name, inside), text in found.items():
        if _is_for_patients(text) and not _is_parent(inside):
            place = _parent_place(inside)
            parent = found.get((kind, name, place)) if place else None
            yield Pair(text, place, parent.text if parent else None)


@lru_cache(maxsize=4)
def parent_forms(pack: Pack) -> Mapping[str, str]:
    """The parent text of each patient text that has one, those of the base included."""
    return {
        pair.patient.text: pair.parent
        for each in (*pack.base, pack)
        for pair in pairs(each)
        if pair.parent is not None
    }


def addressed(pack: Pack, on: date) -> Iterator[Fault]:
    """A text that speaks to the patient is written for a parent too, and no other text is."""
    forms: dict[str, str] = {}
    known = set()
    for pair in pairs(pack):
        text = pair.patient
        known.add((text.kind, text.name, pair.inside))
        if pair.parent is None:
            yield from _unspoken(pack.phrasebook, pair)
        elif pair.parent == text.text and _TAKE_ALONG not in text.inside:
            yield _fault(pair, "the parent text is the patient text", "Leave it out.")
        elif pair.parent != forms.setdefault(text.text, pair.parent):
            yield _fault(
                pair, f"“{text.text}” has another parent text elsewhere", "Make the two one."
            )
    for text in spoken(pack):
        if _is_parent(text.inside) and (text.kind, text.name, text.inside) not in known:
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                "there is no patient text that this is the parent text of",
                "Write the patient text first, or take this one out.",
            )


def _unspoken(book: Phrasebook, pair: Pair) -> Iterator[Fault]:
    text = pair.patient
    own = book.own_words if _ASKED.intersection(text.inside[-2:]) else book.addresses
    word = _word_of(own, book.addresses_both, text.text)
    if word is not None:
        there = ".".join(map(str, pair.inside)) if pair.inside else ""
        yield Fault(
            text.kind,
            text.name,
            text.inside,
            f"“{word}” speaks of the patient, and a parent reads it too",
            f"Add {there}, or word it for both." if there else "Word it for both.",
        )


def _word_of(own: tuple[str, ...], both: tuple[str, ...], text: str) -> str | None:
    """The first word of `own` in `text` that stands in none of the wordings for both."""
    words = tokens(text)
    covered = {at for start, end in phrases(both).spans(words) for at in range(start, end)}
    listened = {word.lower() for word in own}
    for at, word in enumerate(words):
        if at not in covered and word.split("'")[0] in listened:
            return word
    return None


def _fault(pair: Pair, message: str, what_to_do: str) -> Fault:
    return Fault(pair.patient.kind, pair.patient.name, pair.inside or (), message, what_to_do)


def _is_for_patients(text: Spoken) -> bool:
    # A name for patients stands beside one for clinicians, without a wording of its own.
    return text.reader is Reader.PATIENT or text.inside[-1] == "patient_name"


def _is_parent(inside: Inside) -> bool:
    return any(str(part) == "parent" or str(part).endswith("_parent") for part in inside)


def _parent_place(inside: Inside) -> Inside | None:
    *before, last = inside
    if last == Reader.PATIENT.value:
        return (*before, "parent")
    if last in {"question", "title"}:
        return (*before, f"{last}_parent")
    if before and before[-1] == _TAKE_ALONG:
        return (*before[:-1], f"{_TAKE_ALONG}_parent", last)
    return None
