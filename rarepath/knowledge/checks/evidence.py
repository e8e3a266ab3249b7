"""What a statement rests on: how near, how faithfully copied, how current."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from rarepath.knowledge.base import Directness, Reader
from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.numbers import every_number, numbers_in
from rarepath.knowledge.evidence import Citation, Source, Statement, Value
from rarepath.knowledge.packs import Pack

__all__ = ["directness", "source_status", "transcription"]

_FARTHER = [
    Directness.THIS_DISEASE,
    Directness.SAME_FAMILY,
    Directness.EXTRAPOLATED,
    Directness.OPINION,
]
# A code of a classification (L94.1, EB61.1, 8B88.Y, C0015458): copied like a number.
_CODE = re.compile(r"\b(?!CD)(?:[A-Z]{1,2}\d{2,7}|\d[A-Z]\d\d)(?:\.[0-9A-Z]{1,4})?\b")


def directness(pack: Pack, on: date) -> Iterator[Fault]:
    """A statement is no closer to the disease than the closest source that supports it."""
    for name, statement in pack.items["statements"].items():
        supporting = [cited for cited in statement.citations if cited.support == "supports"]
        if not supporting:
            yield Fault(
                "statements",
                name,
                ("citations",),
                "no source supports it",
                "Cite one with support: supports; a judgement of the authors cites PACK-AUTHORS.",
            )
            continue
        allowed = min((_closeness(pack, cited) for cited in supporting), key=_FARTHER.index)
        if _FARTHER.index(statement.directness) < _FARTHER.index(allowed):
            yield Fault(
                "statements",
                name,
                ("directness",),
                f"directness is {statement.directness}, its closest source allows {allowed}",
                f"Write {allowed}, or cite a source about the disease itself.",
            )


def _closeness(pack: Pack, cited: Citation) -> Directness:
    source = pack.sources.get(cited.source)
    if source is None or source.kind == "opinion" or cited.verification == "opinion":
        return Directness.OPINION
    if source.about == pack.condition.id:
        return Directness.THIS_DISEASE
    family = {relative.about: relative.directness for relative in pack.condition.family}
    return family.get(source.about, Directness.EXTRAPOLATED)


def transcription(pack: Pack, on: date) -> Iterator[Fault]:
    """Every number and code of a statement stands in the note of one of its citations.

    The sides of a conflict and the danger signs take theirs from their statements.
    """
    for name, statement in pack.items["statements"].items():
        pool = _pool(pack, statement)
        for reader, text in statement.text.each():
            restated = _restated_spans(statement, reader, text, pool)
            for number in numbers_in(text):
                if number.value in pool or any(
                    start <= number.start < end for start, end in restated
                ):
                    continue
                yield _not_noted(name, ("text", reader.value), number.text)
            notes = " ".join(cited.note for cited in statement.citations)
            for code in sorted(set(_CODE.findall(text)) - set(_CODE.findall(notes))):
                yield _not_noted(name, ("text", reader.value), code)
        for at, value in enumerate(statement.values):
            for inside, number_of_value in _typed(value, statement):
                if abs(number_of_value) not in pool:
                    yield _not_noted(name, ("values", at, *inside), str(number_of_value))
    yield from _unfounded_sides(pack)
    yield from _unfounded_signs(pack)


def _unfounded_sides(pack: Pack) -> Iterator[Fault]:
    """Numbers in a conflict's positions that neither its statements nor its sources have."""
    by_source: dict[str, frozenset[Decimal]] = {}
    for statement in pack.statements.values():
        for cited in statement.citations:
            known = by_source.get(cited.source, frozenset())
            by_source[cited.source] = known | every_number(cited.note)
    claimed = [text for claim in pack.circulating.values() for _, text in claim.claim.each()]
    claims = frozenset[Decimal]().union(*map(every_number, claimed))
    for name, conflict in pack.items["conflicts"].items():
        shared = _told_by(pack, conflict.statements) | claims
        for at, position in enumerate(conflict.positions):
            said_by = [pack.sources[name] for name in position.sources if name in pack.sources]
            if all(source.kind == "web_page" for source in said_by):
                continue  # a page in circulation supports no statement, so no note holds it
            pool = shared.union(*(by_source.get(source, ()) for source in position.sources))
            for source in said_by:
                pool |= every_number(f"{source.label} {source.population} {source.participants}")
            for reader, number in _beyond(pool, position.text.each()):
                yield Fault(
                    "conflicts",
                    name,
                    ("positions", at, "text", reader.value),
                    f"{number} stands neither in its statements nor in its sources",
                    "Correct it, or list the statement that has it.",
                )


def _unfounded_signs(pack: Pack) -> Iterator[Fault]:
    for name, flag in pack.items["red_flags"].items():
        pool = _told_by(pack, flag.statements)
        for reader, number in _beyond(pool, flag.sign.each()):
            yield Fault(
                "red_flags",
                name,
                ("sign", reader.value),
                f"{number} stands in none of its statements",
                "Correct it, or list the statement that has it.",
            )


def _beyond(
    pool: frozenset[Decimal], texts: Iterable[tuple[Reader, str]]
) -> Iterator[tuple[Reader, str]]:
    """The numbers in `texts` that `pool` lacks, as written, after the reader of the text."""
    for reader, text in texts:
        for number in numbers_in(text):
            if number.value not in pool:
                yield reader, number.text


def _told_by(pack: Pack, statements: Iterable[str]) -> frozenset[Decimal]:
    told: frozenset[Decimal] = frozenset()
    for statement in filter(None, map(pack.statements.get, statements)):
        told |= _pool(pack, statement)
        told = told.union(*(every_number(text) for _, text in statement.text.each()))
    return told


def _pool(pack: Pack, statement: Statement) -> frozenset[Decimal]:
    """What the notes hold, and the numbers by which a source is named: its label and year."""
    pool: frozenset[Decimal] = frozenset()
    for cited in statement.citations:
        pool |= every_number(cited.note)
        source = pack.sources.get(cited.source)
        if source is not None:
            pool |= every_number(f"{source.label} {source.year or ''}")
    return pool


def _restated_spans(
    statement: Statement, reader: Reader, text: str, pool: frozenset[Decimal]
) -> list[tuple[int, int]]:
    """Where `text` holds one side of a restated pair whose other side is in the notes."""
    spans = []
    for pair in statement.restated:
        mine, other = pair.patient, pair.clinician
        if reader is Reader.CLINICIAN:
            mine, other = other, mine
        start = text.find(mine)
        if start >= 0 and all(number.value in pool for number in numbers_in(other)):
            spans.append((start, start + len(mine)))
    return spans


def _typed(value: Value, statement: Statement) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for field in ("amount", "upper", "count", "total"):
        number = getattr(value, field)
        if number is not None:
            yield (field,), Decimal(number)
    if value.cap is not None:
        yield ("cap", "amount"), value.cap.amount
    # 18 is what "child" and "adult" mean, and 0 is no limit.
    understood = {Decimal(0)} if statement.ages == "any" else {Decimal(0), Decimal(18)}
    for field in ("age_from", "age_below"):
        age = getattr(value, field)
        if age is not None and age not in understood:
            yield (field,), age


def _not_noted(name: str, inside: tuple[str | int, ...], number: str) -> Fault:
    return Fault(
        "statements",
        name,
        inside,
        f"{number} stands in no note of its citations",
        "Correct it, or record in the note what the source says.",
    )


def source_status(pack: Pack, on: date) -> Iterator[Fault]:
    """Superseded, retracted and expired sources are marked and not leaned on."""
    for name, source in pack.items["sources"].items():
        yield from _marks(name, source, on)
    for name, statement in pack.items["statements"].items():
        for at, cited in enumerate(statement.citations):
            source = pack.sources.get(cited.source)
            if source is not None and cited.support == "supports":
                yield from _leaning(name, statement, at, source)
        if statement.expires is not None and statement.expires < on:
            yield Fault(
                "statements",
                name,
                ("expires",),
                f"expired on {statement.expires}",
                "Read the sources again and set a new date.",
                "warning",
            )


def _marks(name: str, source: Source, on: date) -> Iterator[Fault]:
    explained = source.superseded_by or source.status_note
    if source.status == "superseded" and not explained:
        yield Fault(
            "sources",
            name,
            ("status",),
            "superseded, but not by what",
            "Name its successor in superseded_by, or explain in status_note.",
        )
    if source.status == "retracted" and not source.status_note:
        yield Fault(
            "sources",
            name,
            ("status",),
            "retracted, but not why",
            "Say when and why in status_note.",
        )
    if source.status == "current" and source.superseded_by:
        yield Fault(
            "sources",
            name,
            ("superseded_by",),
            f"has the successor {source.superseded_by} but the status current",
            "Set status: superseded.",
        )
    if source.review_by is not None and source.review_by < on:
        yield Fault(
            "sources",
            name,
            ("review_by",),
            f"was to be looked at again by {source.review_by}",
            "Check that it still holds and set a new date.",
            "warning",
        )


def _leaning(name: str, statement: Statement, at: int, source: Source) -> Iterator[Fault]:
    inside = ("citations", at, "source")
    if source.status == "retracted":
        yield Fault(
            "statements",
            name,
            inside,
            f"{source.id} is retracted and cannot support anything",
            "Cite another source, or set support: contradicts or qualifies.",
        )
    cited = {citation.source for citation in statement.citations}
    followed = source.superseded_by in cited or source.status_note is not None
    if source.status == "superseded" and not followed:
        yield Fault(
            "statements",
            name,
            inside,
            f"{source.id} is superseded and its successor is not cited",
            "Cite the successor too, or say in the source's status_note why it still serves.",
        )
