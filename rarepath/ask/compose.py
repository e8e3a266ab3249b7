"""A pack's items as a reader sees them: nothing that was not written for that reader.

How an item looks depends on the pack and the reader alone, and a pack that was opened never
changes. So each view is made once and is then the same object in every answer.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from rarepath.ask.guard import mentions_treatment
from rarepath.ask.marks import about, badge, directness_of
from rarepath.ask.reply import (
    CirculatingView,
    CitationView,
    ConflictView,
    PositionView,
    ReviewView,
    SourceView,
    StatementView,
    ValueView,
)
from rarepath.kernel.quantity import plain_decimal
from rarepath.knowledge.answers import CirculatingClaim, Conflict
from rarepath.knowledge.base import Reader
from rarepath.knowledge.evidence import Citation, Source, Statement, Value, content_hash
from rarepath.knowledge.packs import Pack

__all__ = [
    "circulating_view",
    "conflict_view",
    "has_unread_dose",
    "review_state",
    "review_view",
    "source_view",
    "statement_view",
]

_View = TypeVar("_View")

_WEAKEST_FIRST = ("withdrawn", "submitted", "under_review", "approved")
_NOTES = {
    "withdrawn": "Part of this was withdrawn.",
    "submitted": "Written from the sources named{read}; no clinician has signed it yet.",
    "under_review": "A named clinician is reviewing this; it is not signed yet.",
    "approved": "Every statement here is signed by a named reviewer.",
}
_PATIENT_NOTES = {
    "withdrawn": "Part of this was withdrawn.",
    "submitted": "No doctor has signed this yet. It helps you to talk with your team.",
    "under_review": "A doctor is checking this and has not signed it yet.",
    "approved": "A named doctor has signed every part of this.",
}


def has_unread_dose(statement: Statement) -> bool:
    """Whether the statement holds a dose that was not read in the source it names."""
    return any(not _was_read(v, statement) for v in statement.values if v.kind == "dose")


def _was_read(value: Value, statement: Statement) -> bool:
    cited = [c for c in statement.citations if value.source in (None, c.source)]
    return any(citation.read_in_source for citation in cited)


def statement_view(pack: Pack, statement: Statement, reader: Reader) -> StatementView | None:
    """The statement for `reader`, or None when it may not be shown to them.

    It may not when it was not written for them, or holds a dose that nobody read in its source.
    """
    return _once(_statement_view, pack, statement, reader)


def _statement_view(pack: Pack, statement: Statement, reader: Reader) -> StatementView | None:
    text = statement.text.for_reader(reader)
    if text is None or has_unread_dose(statement):
        return None
    strength = statement.strength
    return StatementView(
        id=statement.id,
        text=text,
        values=tuple(_values(statement.values, reader)),
        citations=tuple(_citation_view(pack, c, reader) for c in statement.citations),
        certainty=statement.certainty.value,
        strength=f"{strength.grade} ({strength.system})" if strength else None,
        directness=statement.directness.value,
        badge=badge(statement, reader),
        review=review_state(pack, statement),
    )


def _values(values: Iterable[Value], reader: Reader) -> Iterator[ValueView]:
    for value in values:
        if reader is Reader.CLINICIAN or value.kind != "dose":
            yield _value_view(value)


def _value_view(value: Value) -> ValueView:
    upper = f" to {plain_decimal(value.upper)}" if value.upper is not None else ""
    cap = value.cap
    return ValueView(
        name=value.name,
        op=value.op,
        amount=plain_decimal(value.amount) + upper,
        unit=value.unit,
        basis=value.basis,
        cap=f"{plain_decimal(cap.amount)} {cap.unit} ({cap.source})" if cap else value.no_cap,
        frequency=value.frequency,
        route=value.route,
        ages=_ages(value),
        source=value.source,
    )


def _ages(value: Value) -> str | None:
    low, high = value.age_from, value.age_below
    bounds = [
        f"from {plain_decimal(low)} years" if low is not None else "",
        f"below {plain_decimal(high)} years" if high is not None else "",
    ]
    return " and ".join(filter(None, bounds)) or None


def _citation_view(pack: Pack, citation: Citation, reader: Reader) -> CitationView:
    # A note is written for those who check: it may hold amounts, or speak of treatment.
    shown = reader is Reader.CLINICIAN or (
        reader is Reader.CODER and not mentions_treatment(citation.note, pack.phrasebook)
    )
    return CitationView(
        source=citation.source,
        locator=citation.locator,
        support=citation.support,
        directness=directness_of(pack, pack.sources[citation.source]).value,
        verification=citation.verification,
        note=citation.note if shown else None,
    )


def source_view(pack: Pack, source: Source) -> SourceView:
    """A source as it stands in the list below an answer."""
    return _once(_source_view, pack, source)


def _source_view(pack: Pack, source: Source) -> SourceView:
    return SourceView(
        id=source.id,
        label=source.label,
        citation=source.citation,
        doi=source.doi,
        pmid=source.pmid,
        about=about(pack, source),
        status=source.status,
        read=source.read.what,
    )


def conflict_view(
    pack: Pack, conflict: Conflict, reader: Reader, central: bool = True
) -> ConflictView | None:
    """The disagreement for `reader`, or None when any part of it was not written for them.

    It is `central` when the question itself turns on it. Patients are spared one that changes
    no choice of theirs.
    """
    return _once(_conflict_view, pack, conflict, reader, central)


def _conflict_view(
    pack: Pack, conflict: Conflict, reader: Reader, central: bool
) -> ConflictView | None:
    if reader is Reader.PATIENT and conflict.changes_choice != "yes":
        return None
    title, used = conflict.title.for_reader(reader), conflict.used.for_reader(reader)
    why = conflict.why.for_reader(reader)
    positions = [
        PositionView(text, tuple(position.sources), position.participants)
        for position in conflict.positions
        if (text := position.text.for_reader(reader)) is not None
    ]
    # A disagreement with a side missing would be an opinion.
    if title is None or used is None or why is None or len(positions) < len(conflict.positions):
        return None
    return ConflictView(conflict.id, title, tuple(positions), used, why, central)


def circulating_view(pack: Pack, claim: CirculatingClaim, reader: Reader) -> CirculatingView | None:
    """The copied claim for `reader`, or None when it was not written for them."""
    text, rests_on = claim.claim.for_reader(reader), claim.rests_on.for_reader(reader)
    if text is None or rests_on is None:
        return None
    return CirculatingView(claim.id, text, claim.verdict, rests_on)


def review_state(pack: Pack, statement: Statement) -> str:
    """The state a signature gives the statement; one bound to other content counts for nothing."""
    return _once(_review_state, pack, statement)


def _review_state(pack: Pack, statement: Statement) -> str:
    review = pack.reviews.get(statement.id)
    if review is None or review.content_hash != content_hash(statement):
        return "submitted"
    return review.state.value


def review_view(
    pack: Pack, names: Iterable[str], reader: Reader, on: date | None = None
) -> ReviewView:
    """The weakest state among the named statements, and what has expired by the day `on`."""
    shown = [pack.statements[name] for name in names]
    state = min((review_state(pack, s) for s in shown), key=_WEAKEST_FIRST.index)
    note = (_PATIENT_NOTES if reader is Reader.PATIENT else _NOTES)[state]
    note = note.format(read=_how_read(pack, shown))
    late = _overdue(pack, shown, on) if on else ""
    signed = [review.signed_on for review in pack.reviews.values() if review.signed_on]
    updated = max([pack.condition.released, *signed])
    return ReviewView(state, f"{note} {late}".strip(), updated)


def _how_read(pack: Pack, shown: Iterable[Statement]) -> str:
    """What was read of most of the publications cited; opinion is not something read."""
    cited = {citation.source for statement in shown for citation in statement.citations}
    levels = [s.read.level for s in (pack.sources[name] for name in cited) if s.kind != "opinion"]
    in_part = sum(level != "full_text" for level in levels)
    if in_part * 2 <= len(levels):
        return ""
    return ", most of them read as abstracts, tables or excerpts"


def _overdue(pack: Pack, shown: Iterable[Statement], on: date) -> str:
    """What was to be looked at again before `on`, as a sentence; empty when nothing was."""
    shown = tuple(shown)
    expired = any(statement.expires and statement.expires < on for statement in shown)
    cited = {citation.source for statement in shown for citation in statement.citations}
    days = [pack.sources[name].review_by for name in cited]
    due = any(day < on for day in days if day)
    late = ["some of its statements"] * expired + ["some of its sources"] * due
    if not late:
        return ""
    return f"The date to look again at {' and '.join(late)} has passed."


def _once(make: Callable[..., _View], pack: Pack, item: Any, *how: object) -> _View:
    """What `make` makes of an item of the pack, made when it is first asked for."""
    made = _made(make, pack)
    key = (item.id, *how)
    found = made.get(key)
    # A test or a check may hold another item by the same name.
    if found is None or found[0] is not item:
        found = made[key] = (item, make(pack, item, *how))
    view: _View = found[1]
    return view


@lru_cache(maxsize=16)
def _made(make: Callable[..., Any], pack: Pack) -> dict[tuple[object, ...], tuple[Any, Any]]:
    return {}
