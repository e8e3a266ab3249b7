"""The fixed sentences of replies, in one place so that a person can read and correct them."""

from collections.abc import Mapping, Sequence
from datetime import date

from rarepath.knowledge.base import Reader, Tier

__all__ = [
    "DISCLAIMER",
    "NEEDS_PLAN",
    "READERS",
    "REASONS",
    "danger_box",
    "day_in_words",
    "emergency",
    "join",
]

DISCLAIMER: Mapping[Reader, str] = {
    Reader.CLINICIAN: (
        "Decision support for a health professional to check. It offers options and gives no "
        "orders; the team that knows the patient decides. It is not for emergencies."
    ),
    Reader.PATIENT: (
        "For learning and for talking with your team. This page never tells you how much "
        "medicine to take. If you are worried today, call your team."
    ),
    Reader.CODER: (
        "Coding information with who says so. It decides no payment and gives no advice on care."
    ),
}

READERS: Mapping[Reader, str] = {
    Reader.CLINICIAN: "clinicians",
    Reader.PATIENT: "patients and parents",
    Reader.CODER: "coders",
}

# Why there is no answer. {name} is a disease, {packs} the diseases there are packs for, and
# {number} the emergency number: a danger told in words that were not understood ends up here.
REASONS: Mapping[str, str] = {
    "which_disease": "Which disease is meant? {meanings}",
    "another_disease": (
        "This question is about {name}. What is known here is about {packs} only. An answer "
        "borrowed from one disease for another could mislead, so none is given. A team that knows "
        "that disease can answer."
    ),
    "out_of_scope": (
        "The question names no disease that is known here. What is known here is about {packs}. "
        "If something sudden is happening to someone, call {number}."
    ),
    "no_evidence": (
        "Nothing in the evidence on {packs} collected here answers this, so it is left "
        "unanswered. That does not mean the answer is no. If something sudden is happening to "
        "someone, do not wait for an answer here: call {number}."
    ),
    "no_text_for_reader": "This is answered here for {readers}, and not for {reader}.",
    "language": (
        "Questions are read in English only. Someone who knows both languages could put the "
        "question into English."
    ),
}

NEEDS_PLAN: Mapping[Reader, str] = {
    Reader.CLINICIAN: (
        "The dose for one person is not worked out from a question. Below is the rule with its "
        "source. It is the work of the command `rarepath plan`, from a patient record that holds "
        "the facts listed; this version does not have that command yet."
    ),
    Reader.PATIENT: (
        "How much medicine one person takes is worked out by the team that prescribes it. They "
        "need the facts listed. Below is what is known about the medicine."
    ),
}

_EMERGENCY: Mapping[Tier, str] = {
    Tier.NOW: (
        "This needs help now. Call {number}, or go to the nearest emergency department. "
        "Do not wait for an answer here."
    ),
    Tier.SAME_DAY: (
        "This needs a doctor today. Call the treating team or an out-of-hours doctor now. "
        "If it gets worse, or nobody can be reached, call {number}."
    ),
    Tier.WITHIN_DAYS: (
        "This needs to be seen within days. Call the treating team for an early appointment. "
        "If it gets worse quickly, call {number}."
    ),
}
_BOX: Mapping[Tier, str] = {
    Tier.NOW: "If this happens: call {number}, or go to the nearest emergency department.",
    Tier.SAME_DAY: "If this happens: speak to a doctor on the same day.",
    Tier.WITHIN_DAYS: "If this happens: call the treating team within days.",
}

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def emergency(tier: Tier, number: str) -> str:
    """What to do about a danger that is present."""
    return _EMERGENCY[tier].format(number=number)


def danger_box(tier: Tier, number: str) -> str:
    """What to do should a danger arise that was only spoken of."""
    return _BOX[tier].format(number=number)


def day_in_words(day: date) -> str:
    """A date that cannot be read in two ways: `20 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def join(names: Sequence[str], word: str = "and") -> str:
    """`A, B and C`."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last
