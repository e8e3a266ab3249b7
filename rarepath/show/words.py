"""The words every surface uses for a value of the contract, so that they never differ.

A key is the value as it stands in the JSON; the word is what a person reads.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from rarepath.ask.reply import HistoryView
from rarepath.ask.texts import day_in_words
from rarepath.kernel.errors import UnitMismatch
from rarepath.kernel.quantity import Quantity, Unit

__all__ = [
    "CERTAINTY",
    "CERTAINTY_PLAIN",
    "CHANGE",
    "CHANGE_PLAIN",
    "DECLINED",
    "DIRECTNESS",
    "DIRECTNESS_PLAIN",
    "KIND",
    "READER",
    "READERS",
    "REVIEW",
    "REVIEW_PLAIN",
    "SOURCE_STATUS",
    "SUPPORT",
    "TIER",
    "VERDICT",
    "VERIFICATION",
    "capital",
    "changed_since",
    "date_in_words",
    "measured",
    "sentence",
    "typeset",
    "word",
]

CERTAINTY: Mapping[str, str] = {
    "high": "high certainty",
    "moderate": "moderate certainty",
    "low": "low certainty",
    "very_low": "very low certainty",
}
CERTAINTY_PLAIN: Mapping[str, str] = {
    "high": "strong evidence",
    "moderate": "good evidence",
    "low": "some evidence",
    "very_low": "weak evidence",
}
DIRECTNESS: Mapping[str, str] = {
    "this_disease": "this disease",
    "same_family": "same family",
    "extrapolated": "extrapolated",
    "opinion": "opinion only",
}
DIRECTNESS_PLAIN: Mapping[str, str] = {
    "this_disease": "about this disease itself",
    "same_family": "from a close relative of this disease",
    "extrapolated": "from other diseases or general guidance",
    "opinion": "an opinion of the authors",
}
CHANGE: Mapping[str, str] = {
    "expiry": "to be looked at again",
    "missing_evidence": "missing evidence",
    "dissent": "disagreement",
}
CHANGE_PLAIN: Mapping[str, str] = {
    "expiry": "time to look again",
    "missing_evidence": "what is not known yet",
    "dissent": "where studies disagree",
}
KIND: Mapping[str, str] = {
    "guideline": "guideline",
    "consensus": "consensus of experts",
    "trial": "trial",
    "cohort": "cohort",
    "case_series": "case series",
    "case_report": "case report",
    "review": "review",
    "survey": "survey",
    "label": "medicine label",
    "registry": "registry",
    "reference": "reference work",
    "web_page": "web page",
    "opinion": "opinion of the pack's authors",
}
READER: Mapping[str, str] = {
    "clinician": "clinician",
    "patient": "patient or parent",
    "coder": "coder",
}
READERS: Mapping[str, str] = {
    "clinician": "clinicians",
    "patient": "patients and parents",
    "coder": "coders",
}
REVIEW: Mapping[str, str] = {
    "submitted": "submitted",
    "under_review": "under review",
    "approved": "approved",
    "withdrawn": "withdrawn",
}
REVIEW_PLAIN: Mapping[str, str] = {
    "submitted": "not yet signed",
    "under_review": "being checked",
    "approved": "signed",
    "withdrawn": "taken back",
}
SOURCE_STATUS: Mapping[str, str] = {
    "current": "current",
    "superseded": "superseded by a newer version",
    "retracted": "retracted",
}
SUPPORT: Mapping[str, str] = {
    "supports": "supports the statement",
    "contradicts": "contradicts the statement",
    "qualifies": "qualifies the statement",
}
TIER: Mapping[str, str] = {
    "now": "get help now",
    "same_day": "be seen the same day",
    "within_days": "be seen within days",
}
VERDICT: Mapping[str, str] = {
    "supported": "supported",
    "partly_supported": "partly supported",
    "unsupported": "no support found",
    "wrong_basis": "rests on another disease",
    "contradicted": "contradicted",
    "silent": "no source speaks to it",
}
VERIFICATION: Mapping[str, str] = {
    "full_text": "read in the full text",
    "table": "read in a table of the source",
    "abstract": "read in the abstract",
    "secondary": "read elsewhere, not in the source itself",
    "recalled": "recalled, not verified",
    "opinion": "an opinion, labelled as one",
}
DECLINED: Mapping[str, str] = {
    "needs_facts": "One more thing is needed",
    "declined": "This is not answered here",
}

_PER_SURFACE = re.compile(r"\b(g|kg|mg|µg|mcg)/m2\b")


def word(words: Mapping[str, str], key: str) -> str:
    """The word for `key`; a value without a word of its own loses only its underscores."""
    return words.get(key, key.replace("_", " "))


def capital(text: str) -> str:
    """`text` with a capital letter first and the rest as it was."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """`text` as a sentence: a capital letter first and a full stop last."""
    text = capital(text.strip())
    return text if not text or text[-1] in ".?:" else f"{text}."


def measured(amount: str, unit: str) -> str:
    """An amount or a range with its unit in words: `2 to 20 years`, `15 mg/m²/week`."""
    low, to, high = amount.rpartition(" to ")
    try:
        return low + to + Quantity(Decimal(high), Unit(unit)).text()
    except UnitMismatch:  # what is counted: children, sessions
        return f"{amount} {unit}"


def changed_since(history: HistoryView) -> str:
    """What changed in an answer since an earlier version, as a sentence."""
    counts = [
        (len(history.added), "is new", "are new"),
        (len(history.reworded), "was changed", "were changed"),
    ]
    told = [f"{n} {one if n == 1 else several}" for n, one, several in counts if n]
    since = f"version {history.since} of {date_in_words(history.released)}"
    return f"Of the statements here, {' and '.join(told)} since {since}."


def typeset(text: str) -> str:
    """`text` as print would set it: `mg/m²` for `mg/m2`. Packs are typed on any keyboard."""
    # Few texts hold a surface, and every text of a page comes through here.
    return _PER_SURFACE.sub(r"\1/m²", text) if "/m2" in text else text


def date_in_words(day: date) -> str:
    """A date that cannot be read in two ways: `20 November 2026`."""
    return day_in_words(day)
