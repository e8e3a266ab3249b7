"""The words of the marks beside a statement: how sure, about which disease, who vouches."""

from collections.abc import Iterable
from datetime import date

from rarepath.ask.reply import ReviewView
from rarepath.knowledge.base import Certainty, Directness, Reader, ReviewState
from rarepath.knowledge.evidence import Source, Statement, content_hash
from rarepath.knowledge.packs import Pack

__all__ = ["badge", "directness_of", "review_of", "review_view"]

_CERTAINTY = {
    Certainty.HIGH: "High",
    Certainty.MODERATE: "Moderate",
    Certainty.LOW: "Low",
    Certainty.VERY_LOW: "Very low",
}
_DIRECTNESS = {
    Directness.THIS_DISEASE: "this disease",
    Directness.SAME_FAMILY: "same family",
    Directness.EXTRAPOLATED: "another disease",
    Directness.OPINION: "opinion only",
}
_PATIENT_CERTAINTY = {
    Certainty.HIGH: "Strong",
    Certainty.MODERATE: "Good",
    Certainty.LOW: "Some",
    Certainty.VERY_LOW: "Weak",
}
_PATIENT_DIRECTNESS = {
    Directness.THIS_DISEASE: "about this disease itself",
    Directness.SAME_FAMILY: "from a close relative of this disease",
    Directness.EXTRAPOLATED: "from other diseases",
    Directness.OPINION: "the opinion of experts",
}
# From the weakest to the strongest.
_STATES = (
    ReviewState.WITHDRAWN,
    ReviewState.SUBMITTED,
    ReviewState.UNDER_REVIEW,
    ReviewState.APPROVED,
)
_NOTES = {
    ReviewState.WITHDRAWN: "Part of this page was withdrawn.",
    ReviewState.SUBMITTED: (
        "Written from the sources named, most of them read as abstracts and tables; "
        "no clinician has signed it yet."
    ),
    ReviewState.UNDER_REVIEW: "A named clinician is reviewing this page; it is not signed yet.",
    ReviewState.APPROVED: "Every statement on this page is signed by a named reviewer.",
}
_PATIENT_NOTES = {
    **_NOTES,
    ReviewState.SUBMITTED: (
        "No doctor has signed this page yet. It helps you to talk with your team."
    ),
    ReviewState.UNDER_REVIEW: "A doctor is checking this page and has not signed it yet.",
    ReviewState.APPROVED: "A named doctor has signed every part of this page.",
}


def badge(statement: Statement, reader: Reader) -> str:
    """Certainty and directness in words: `Low certainty, same family`."""
    if reader is Reader.PATIENT:
        sure = _PATIENT_CERTAINTY[statement.certainty]
        return f"{sure} evidence, {_PATIENT_DIRECTNESS[statement.directness]}"
    sure = _CERTAINTY[statement.certainty]
    return f"{sure} certainty, {_DIRECTNESS[statement.directness]}"


def directness_of(source: Source, pack: Pack) -> Directness:
    """How close one source is to the pack's disease, by what the source is about."""
    if source.about == pack.id:
        return Directness.THIS_DISEASE
    if source.about == Directness.OPINION:
        return Directness.OPINION
    family = {relative.about: relative.directness for relative in pack.condition.family}
    return family.get(source.about, Directness.EXTRAPOLATED)


def review_of(statement: Statement, pack: Pack) -> ReviewState:
    """The state a signature gives the statement; one over other content counts for nothing."""
    review = pack.reviews.get(statement.id)
    if review is None or review.content_hash != content_hash(statement):
        return ReviewState.SUBMITTED
    return review.state


def review_view(
    shown: Iterable[Statement], pack: Pack, reader: Reader, on: date
) -> ReviewView:
    """The weakest state among the statements, with what has expired by `on`."""
    shown = tuple(shown)
    state = min((review_of(statement, pack) for statement in shown), key=_STATES.index)
    notes = _PATIENT_NOTES if reader is Reader.PATIENT else _NOTES
    late = _expiry(shown, pack, on)
    return ReviewView(state.value, " ".join(filter(None, [notes[state], late])), _updated(pack))


def _updated(pack: Pack) -> date:
    signed = [review.signed_on for review in pack.reviews.values() if review.signed_on]
    return max([pack.condition.released, *signed])


def _expiry(shown: tuple[Statement, ...], pack: Pack, on: date) -> str:
    old = sum(1 for statement in shown if statement.expires and statement.expires < on)
    cited = {citation.source for statement in shown for citation in statement.citations}
    due = [pack.sources[name].review_by for name in cited]
    unchecked = sum(1 for day in due if day and day < on)
    parts = [f"{old} of its statements" if old else "", f"{unchecked} of its sources" * (unchecked > 0)]
    late = " and ".join(filter(None, parts))
    return f"Past the date by which it was to be looked at again: {late}." if late else ""
