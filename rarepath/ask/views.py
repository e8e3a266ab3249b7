"""A pack's items as a reader sees them: nothing that was not written for that reader."""

from collections.abc import Iterable, Iterator

from rarepath.ask.marks import badge, directness_of, review_of
from rarepath.ask.reply import (
    CirculatingView,
    CitationView,
    ConflictView,
    PositionView,
    SourceView,
    StatementView,
    ValueView,
)
from rarepath.kernel.quantity import plain_decimal
from rarepath.knowledge.answers import CirculatingClaim, Conflict
from rarepath.knowledge.base import Reader
from rarepath.knowledge.evidence import Citation, Source, Statement, Value
from rarepath.knowledge.packs import Pack

__all__ = [
    "circulating_view",
    "conflict_view",
    "has_unread_dose",
    "source_view",
    "statement_view",
]


def has_unread_dose(statement: Statement) -> bool:
    """Whether the statement holds a dose that was not read in the source it names."""
    return any(not _was_read(v, statement) for v in statement.values if v.kind == "dose")


def _was_read(value: Value, statement: Statement) -> bool:
    cited = [c for c in statement.citations if value.source in (None, c.source)]
    return any(citation.read_in_source for citation in cited)


def statement_view(statement: Statement, pack: Pack, reader: Reader) -> StatementView | None:
    """The statement for `reader`, or None when it was not written for them."""
    text = statement.text.for_reader(reader)
    if text is None:
        return None
    strength = statement.strength
    return StatementView(
        id=statement.id,
        text=text,
        values=tuple(_values(statement.values, reader)),
        citations=tuple(_citation_view(c, pack, reader) for c in statement.citations),
        certainty=statement.certainty.value,
        strength=f"{strength.grade} ({strength.system})" if strength else None,
        directness=statement.directness.value,
        badge=badge(statement, reader),
        review=review_of(statement, pack).value,
    )


def _values(values: Iterable[Value], reader: Reader) -> Iterator[ValueView]:
    for value in values:
        if reader is Reader.CLINICIAN or value.kind != "dose":
            yield _value_view(value)


def _value_view(value: Value) -> ValueView:
    amount = plain_decimal(value.amount)
    upper = f" to {plain_decimal(value.upper)}" if value.upper is not None else ""
    cap = value.cap
    return ValueView(
        name=value.name,
        op=value.op,
        amount=amount + upper,
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
    parts = [
        f"from {plain_decimal(low)} years" if low is not None else "",
        f"below {plain_decimal(high)} years" if high is not None else "",
    ]
    return " ".join(filter(None, parts)) or None


def _citation_view(citation: Citation, pack: Pack, reader: Reader) -> CitationView:
    return CitationView(
        source=citation.source,
        locator=citation.locator,
        support=citation.support,
        directness=directness_of(pack.sources[citation.source], pack).value,
        verification=citation.verification,
        # A note is written for those who check; it may hold amounts and treatment.
        note=citation.note if reader is Reader.CLINICIAN else None,
    )


def source_view(source: Source) -> SourceView:
    """A source as it stands in the list below an answer."""
    return SourceView(
        id=source.id,
        label=source.label,
        citation=source.citation,
        doi=source.doi,
        pmid=source.pmid,
        about=source.population,
        status=source.status,
        read=source.read.what,
    )


def conflict_view(conflict: Conflict, reader: Reader) -> ConflictView | None:
    """The disagreement for `reader`, or None when any part of it was not written for them."""
    title, used = conflict.title.for_reader(reader), conflict.used.for_reader(reader)
    why = conflict.why.for_reader(reader)
    positions = [
        PositionView(text, tuple(position.sources), position.participants)
        for position in conflict.positions
        if (text := position.text.for_reader(reader)) is not None
    ]
    # One side alone would not be a disagreement.
    if title is None or used is None or why is None or len(positions) < len(conflict.positions):
        return None
    return ConflictView(conflict.id, title, tuple(positions), used, why)


def circulating_view(claim: CirculatingClaim, reader: Reader) -> CirculatingView | None:
    """The copied claim for `reader`, or None when it was not written for them."""
    text, rests_on = claim.claim.for_reader(reader), claim.rests_on.for_reader(reader)
    if text is None or rests_on is None:
        return None
    return CirculatingView(claim.id, text, claim.verdict, rests_on)
