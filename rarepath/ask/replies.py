"""From an outcome to the reply, by the packs alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from rarepath.ask.answered import BOTTOM_LINE, MAX_RELATED, Answer, related, same_topic
from rarepath.ask.changing import has_changed, would_change
from rarepath.ask.compose import review_view
from rarepath.ask.desk import Desk
from rarepath.ask.guard import guarded
from rarepath.ask.linking import Meaning
from rarepath.ask.onward import follow_ups
from rarepath.ask.outcome import JOINS_PARTS, Outcome, spelled_id
from rarepath.ask.reply import (
    ChangeView,
    ConditionView,
    DangerView,
    Declined,
    FollowUp,
    Related,
    Reply,
)
from rarepath.ask.texts import (
    DISCLAIMER,
    NEEDS_PLAN,
    READERS,
    REASONS,
    danger_box,
    emergency,
    join,
)
from rarepath.kernel.errors import NotFound
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.base import Reader
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import FactKind

__all__ = ["Page", "reply_to"]

# What it costs to obtain a fact, the cheapest first.
_BURDENS = get_args(FactKind.model_fields["burden"].annotation)

# So many of the closest questions are offered; those further off have little to do with it.
_NEAREST = 4

# Reasons whose detail is the id of a question.
_ABOUT_A_QUESTION = ("no_evidence", "no_text_for_reader", "which_disease")


@dataclass(frozen=True)
class Page:
    """What a reply depends on beside its outcome: the packs, the day, the number to call."""

    desk: Desk
    on: date
    emergency_number: str


def reply_to(page: Page, outcome: Outcome, question: str | None = None) -> Reply:
    """The reply; without `question`, the pack's own wording stands for it.

    Raises NotFound when the packs do not hold what the outcome names.
    """
    packs = _packs(page, outcome)
    if outcome.parts:
        reply = _several(page, outcome, question)
    elif outcome.status == "answered":
        reply = _answered(page, outcome, question)
    elif outcome.status == "emergency":
        reply = _emergency(page, outcome, question)
    elif outcome.reason == "personal_dose":
        reply = _personal_dose(page, outcome, question)
    else:
        reply = _unanswered(page, outcome, question)
    return guarded(reply, packs[0].phrasebook) if packs else reply


def _answered(page: Page, outcome: Outcome, question: str | None) -> Reply:
    answer = page.desk.answer(outcome)
    if answer is None:
        raise _gone(outcome)
    authored = answer.authored
    changing = would_change(answer, page.on)
    onward = follow_ups(answer, page.desk.words[answer.pack.id])
    return replace(
        _blank(page, outcome, question or answer.title),
        id=page.desk.id_of(answer),
        understood_as=answer.title,
        review=review_view(answer.pack, answer.shown, outcome.reader, page.on),
        bottom_line=_bottom_line(answer),
        sections=answer.sections,
        options=answer.options,
        conflicts=answer.conflicts(),
        circulating=answer.circulating(),
        missing=_missing(answer, changing),
        would_change=changing,
        history=has_changed(answer),
        related=_after(page, answer, onward),
        follow_ups=onward,
        take_along=tuple(authored.take_along) if authored else (),
        sources=answer.sources(),
    )


def _several(page: Page, outcome: Outcome, question: str | None) -> Reply:
    """Several questions answered together, each in full, their sources once."""
    parts = [_answered(page, part, None) for part in outcome.parts]
    titles = [part.understood_as or part.question for part in parts]
    shown = [name for part in outcome.parts if (a := page.desk.answer(part)) for name in a.shown]
    asked = {part.detail for part in outcome.parts}
    related = dict.fromkeys(item for part in parts for item in part.related if item.id not in asked)
    return replace(
        _blank(page, outcome, question or " ".join(titles)),
        id=JOINS_PARTS.join(part.id for part in parts),
        review=review_view(_packs(page, outcome)[0], shown, outcome.reader, page.on),
        parts=tuple(parts),
        related=tuple(related)[:MAX_RELATED],
        take_along=tuple(dict.fromkeys(text for part in parts for text in part.take_along)),
        sources=tuple(dict.fromkeys(source for part in parts for source in part.sources)),
    )


def _missing(answer: Answer, changing: Iterable[ChangeView]) -> tuple[str, ...]:
    """What the answer lacks, but for the evidence that is said to be what would change it."""
    said = {line.text for line in changing}
    authored = answer.authored.missing if answer.authored else ()
    return (*(text for text in authored if text not in said), *answer.left_out)


def _personal_dose(page: Page, outcome: Outcome, question: str | None) -> Reply:
    """The rule with its source, and the facts that one person's dose would need."""
    rule = replace(outcome, status="answered", reason="question")
    reply = _answered(page, rule, question)
    answer = page.desk.answer(rule)
    names = answer.authored.facts_needed if answer and answer.authored else ()
    return replace(
        reply,
        status=outcome.status,
        id=spelled_id(outcome),
        declined=Declined(outcome.reason, NEEDS_PLAN[outcome.reader]),
        missing=tuple(_facts(page.desk.packs[outcome.pack or ""], names, outcome.reader)),
    )


def _facts(pack: Pack, names: Iterable[str], reader: Reader) -> Iterator[str]:
    """The facts by name, the cheapest to obtain first."""
    kinds = [pack.fact_kinds[name] for name in names]
    for kind in sorted(kinds, key=lambda kind: _BURDENS.index(kind.burden)):
        yield kind.patient_name if reader is Reader.PATIENT else kind.name


def _emergency(page: Page, outcome: Outcome, question: str | None) -> Reply:
    flag = page.desk.flags(outcome.pack).get(outcome.reason)
    if flag is None:
        raise _gone(outcome)
    text = emergency(flag.tier, page.emergency_number)
    return replace(_blank(page, outcome, question or ""), danger=_box(flag, outcome.reader, text))


def _unanswered(page: Page, outcome: Outcome, question: str | None) -> Reply:
    return replace(
        _blank(page, outcome, question or ""),
        missing=("The name of the disease.",) if outcome.status == "needs_facts" else (),
        declined=Declined(outcome.reason, _why(page, outcome), _other_code(page, outcome)),
        related=_instead(page, outcome),
    )


def _why(page: Page, outcome: Outcome) -> str:
    """The sentence that says why there is no answer."""
    decline = page.desk.declines(outcome.pack).get(outcome.reason)
    if decline is not None:
        return decline.text.for_reader(outcome.reader) or "This is not answered here."
    if outcome.reason not in REASONS:
        raise _gone(outcome)
    packs = join([pack.condition.name for pack in _packs(page, outcome)] or ["no disease"])
    return REASONS[outcome.reason].format(
        packs=packs,
        number=page.emergency_number,
        name=_other_name(page, outcome),
        meanings=_meanings(page, outcome),
        reader=READERS[outcome.reader],
        readers=_readers(page, outcome),
    )


def _other(page: Page, outcome: Outcome) -> Meaning | None:
    """The other disease that the question is about, if that is why there is no answer."""
    if outcome.reason != "another_disease":
        return None
    meaning = page.desk.names.meaning(tuple(outcome.detail.split("-")))
    if meaning is None or meaning.kind != "other":
        raise _gone(outcome)
    return meaning


def _other_code(page: Page, outcome: Outcome) -> str | None:
    other = _other(page, outcome)
    return f"ORPHA:{other.code}" if other and other.code else None


def _other_name(page: Page, outcome: Outcome) -> str:
    other, code = _other(page, outcome), _other_code(page, outcome)
    if other is None:
        return ""
    return f"{other.text} ({code})" if code else other.text


def _meanings(page: Page, outcome: Outcome) -> str:
    if outcome.reason != "which_disease":
        return ""
    if outcome.pack:
        name = page.desk.packs[outcome.pack].condition.name
        return f"If it is {name}, this is answered: choose that disease, or name it."
    meaning = page.desk.names.meaning(tuple(outcome.detail.split("-")))
    if meaning is None or meaning.pack is None:
        raise _gone(outcome)
    names = [page.desk.packs[meaning.pack].condition.name, *meaning.means_also]
    return f"“{meaning.text}” can mean {join(names, 'or')}."


def _readers(page: Page, outcome: Outcome) -> str:
    if outcome.reason != "no_text_for_reader":
        return ""
    return join([READERS[reader] for reader, _ in _question(page, outcome).each()])


def _instead(page: Page, outcome: Outcome) -> tuple[Related, ...]:
    """What can be answered: near the question when it was understood, else what is asked most."""
    if outcome.reason in _ABOUT_A_QUESTION and outcome.pack and outcome.detail:
        near = _question(page, outcome)
        pack = page.desk.packs[outcome.pack]
        names = [near.id, *near.related, *same_topic(pack, near.topic)]
        if found := related(pack, outcome.reader, names):
            return found
    top = [
        item
        for pack in _packs(page, outcome)
        for item in related(pack, outcome.reader, _asked_most(pack, outcome.reader))
    ]
    return tuple(top[:MAX_RELATED])


def _question(page: Page, outcome: Outcome) -> CanonicalQuestion:
    pack = page.desk.packs.get(outcome.pack or "")
    if pack is None or outcome.detail not in pack.questions:
        raise _gone(outcome)
    return pack.questions[outcome.detail]


def _asked_most(pack: Pack, reader: Reader) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(pack.condition.top_questions, reader.value)
    return names


def _after(page: Page, answer: Answer, onward: Iterable[FollowUp]) -> tuple[Related, ...]:
    """Where to go on: what the authors name, then the closest; another topic leads further.

    What stands among the follow-ups is not offered twice.
    """
    pack, question = answer.pack, answer.question
    if question is None:
        near: Sequence[str] = same_topic(pack, answer.topic)
    else:
        near = page.desk.near(pack, question.id)[:_NEAREST]

    def stays(name: str) -> bool:
        return pack.questions[name].topic == answer.topic

    named = sorted(question.related if question else (), key=stays)
    offered = {follow_up.id for follow_up in onward}
    names = [name for name in (*named, *sorted(near, key=stays)) if name not in offered]
    return related(pack, answer.reader, names, question.id if question else None)


def _bottom_line(answer: Answer) -> tuple[str, ...]:
    first = [section for section in answer.sections[:1] if section.id == BOTTOM_LINE]
    return tuple(view.id for section in first for view in section.statements)


def _box(flag: RedFlag, reader: Reader, text: str) -> DangerView:
    sign = flag.sign.for_reader(reader) or flag.sign.patient
    return DangerView(flag.tier.value, text, (sign,) if sign else (), flag.id)


def _packs(page: Page, outcome: Outcome) -> list[Pack]:
    if outcome.pack is None:
        return list(page.desk.packs.values())
    if outcome.pack not in page.desk.packs:
        raise _gone(outcome)
    return [page.desk.packs[outcome.pack]]


def _blank(page: Page, outcome: Outcome, question: str) -> Reply:
    condition = page.desk.packs[outcome.pack].condition if outcome.pack else None
    flag = page.desk.flags(outcome.pack).get(outcome.sign) if outcome.sign else None
    if outcome.sign and flag is None:
        raise _gone(outcome)
    box = _box(flag, outcome.reader, danger_box(flag.tier, page.emergency_number)) if flag else None
    return Reply(
        status=outcome.status,
        id=spelled_id(outcome),
        question=question,
        understood_as=None,
        reader=outcome.reader.value,
        about="me" if outcome.reader is Reader.PATIENT else None,
        condition=ConditionView(condition.id, condition.name) if condition else None,
        review=None,
        danger=box,
        bottom_line=(),
        sections=(),
        options=(),
        conflicts=(),
        circulating=(),
        missing=(),
        would_change=(),
        history=None,
        declined=None,
        related=(),
        follow_ups=(),
        take_along=(),
        parts=(),
        sources=(),
        disclaimer=DISCLAIMER[outcome.reader],
    )


def _gone(outcome: Outcome) -> NotFound:
    return NotFound(
        "There is no such answer in the packs that are installed.",
        "The pack may have changed since; ask the question again.",
        spelled_id(outcome),
    )
