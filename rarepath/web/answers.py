"""A reply as a page: its view, and the links that only a page needs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rarepath.ask.reply import (
    ChangeView,
    ConflictView,
    Reply,
    SectionView,
    SourceView,
    StatementView,
)
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.show.views import ConditionCard, QuestionLink
from rarepath.show.words import DECLINED, TIER, capital, word
from rarepath.web.frame import Link

__all__ = ["AnswerPage", "PartOfPage", "answer_page", "answer_title", "other_readers"]

_DANGER_TOPIC = "emergencies"
_TO_DOCUMENT = "document"
# A longer list of sources shows the most used and opens for the others.
_ALL_SOURCES, _MOST_USED = 16, 12
# The parts of a reply by how soon they must be read.
_BY_URGENCY = ("emergency", "answered", "needs_facts", "declined")


@dataclass(frozen=True)
class PartOfPage:
    """The answer to one of several questions: in short, and where the whole of it is."""

    reply: Reply
    href: str
    anchor: str


@dataclass(frozen=True)
class AnswerPage:
    """What `answer.html` gets.

    `lead` is the bottom line and `sections` the rest, in the order they are shown; `dangers` are
    those that hold danger signs. `contents` are the links to the page's own sections; `related`
    and `follow_ups` are questions that can be opened. `central` are the disagreements the
    question turns on, `others` those that only touch a statement; `disputed` names, for a
    statement, those it is part of. `changes` are grouped by their kind. `labels` are the sources
    of the page by id, `source_directness` how close each is to the disease. `conditions` are the
    diseases to choose from when none was understood, `parts` the answers to several questions
    asked in one, `sheet` the address of the printable page. The sources are listed as the
    `most_used` and the `further` ones.
    """

    reply: Reply
    lead: SectionView | None
    sections: tuple[SectionView, ...]
    dangers: frozenset[str]
    contents: tuple[Link, ...]
    related: tuple[QuestionLink, ...]
    follow_ups: tuple[QuestionLink, ...]
    central: tuple[ConflictView, ...]
    others: tuple[ConflictView, ...]
    disputed: Mapping[str, tuple[str, ...]]
    changes: tuple[tuple[str, tuple[ChangeView, ...]], ...]
    labels: Mapping[str, SourceView]
    most_used: tuple[SourceView, ...]
    further: tuple[SourceView, ...]
    source_directness: Mapping[str, str]
    conditions: tuple[ConditionCard, ...]
    parts: tuple[PartOfPage, ...]
    sheet: str | None


def answer_page(
    reply: Reply,
    pack: Pack | None,
    conditions: Iterable[ConditionCard],
    parts: Iterable[PartOfPage] = (),
    sheet: str | None = None,
) -> AnswerPage:
    """The view of `reply`; `pack` is the one it was answered from, if any."""
    lead = next((section for section in reply.sections if section.id == "bottom_line"), None)
    rest = [section for section in reply.sections if section is not lead]
    # What the record has to state is what a coder came for.
    rest.sort(key=lambda section: section.id != _TO_DOCUMENT)
    central = tuple(view for view in reply.conflicts if view.central)
    others = tuple(view for view in reply.conflicts if not view.central)
    listed = {source.id: source for part in (reply, *reply.parts) for source in part.sources}
    used = Counter(c.source for view in _statements(reply) for c in view.citations)
    ranked = sorted(listed.values(), key=lambda source: -used[source.id])
    most = len(ranked) if len(ranked) <= _ALL_SOURCES else _MOST_USED
    return AnswerPage(
        reply=reply,
        lead=lead,
        sections=tuple(rest),
        dangers=_dangers(rest, pack),
        contents=_contents(reply, rest, central, others),
        related=tuple(
            QuestionLink(item.pack, item.id, item.question) for item in reply.related if item.pack
        ),
        follow_ups=tuple(
            QuestionLink(item.pack, item.id, item.question) for item in reply.follow_ups
        ),
        central=central,
        others=others,
        disputed=_disputed(reply, pack),
        changes=_by_kind(reply.would_change),
        labels=listed,
        most_used=tuple(ranked[:most]),
        further=tuple(ranked[most:]),
        source_directness={
            citation.source: citation.directness
            for statement in _statements(reply)
            for citation in statement.citations
        },
        conditions=tuple(conditions),
        parts=tuple(sorted(parts, key=_urgency)),
        sheet=sheet,
    )


def answer_title(reply: Reply) -> str:
    """The page's heading: never what was asked, which stands in no address and no history."""
    if reply.parts:
        return f"{len(reply.parts)} questions, one after the other"
    if reply.status == "emergency" and reply.danger is not None:
        return capital(word(TIER, reply.danger.tier))
    return reply.understood_as or word(DECLINED, reply.status)


def other_readers(reply: Reply, pack: Pack | None) -> Mapping[Reader, str]:
    """The canonical question of `reply` for each reader it is answered for, by its id."""
    if pack is None or reply.understood_as is None:
        return {}
    # A parent's wording of a title is the patient's question too.
    return _readers_by_title(pack).get((reply.reader, reply.understood_as), {})


@lru_cache(maxsize=32)
def _readers_by_title(pack: Pack) -> Mapping[tuple[str, str], Mapping[Reader, str]]:
    found: dict[tuple[str, str], Mapping[Reader, str]] = {}
    for question in pack.questions.values():
        addresses = {reader: question.id for reader, _ in question.each()}
        for reader, answer in question.each():
            for title in {answer.question, answer.question_parent or answer.question}:
                found.setdefault((reader.value, title), addresses)
    return found


def _by_kind(changes: Iterable[ChangeView]) -> tuple[tuple[str, tuple[ChangeView, ...]], ...]:
    found: dict[str, tuple[ChangeView, ...]] = {}
    for view in changes:
        found[view.kind] = (*found.get(view.kind, ()), view)
    return tuple(found.items())


def _statements(reply: Reply) -> Iterable[StatementView]:
    return chain(
        (view for section in reply.sections for view in section.statements),
        (
            view
            for option in reply.options
            for view in (*option.arguments_for, *option.arguments_against)
        ),
        (view for part in reply.parts for view in _statements(part)),
    )


def _urgency(part: PartOfPage) -> tuple[bool, int]:
    return part.reply.danger is None, _BY_URGENCY.index(part.reply.status)


def _contents(
    reply: Reply,
    sections: Iterable[SectionView],
    central: tuple[ConflictView, ...],
    others: tuple[ConflictView, ...],
) -> tuple[Link, ...]:
    patient = reply.reader == Reader.PATIENT.value
    links = [(section.title, f"s-{section.id}") for section in sections]
    if reply.options:
        links.append(("For and against", "options"))
    if central:
        links.append(("Where sources disagree", central[0].id))
    elif others:
        links.append(("Where sources disagree", "others"))
    if reply.circulating:
        links.append(("You may have read this" if patient else "Claims in circulation", "claims"))
    if reply.missing:
        links.append(("What is missing", "missing"))
    if reply.would_change:
        links.append(("What would change it", "changes"))
    if reply.take_along:
        links.append(("Questions for your team" if patient else "Questions to take along", "team"))
    if reply.sources:
        links += [("Sources", "sources"), ("How to read the marks", "key")]
    return tuple(Link(label, place, current=False) for label, place in links)


def _disputed(reply: Reply, pack: Pack | None) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for view in reply.conflicts if pack is not None else ():
        for name in pack.conflicts[view.id].statements if pack is not None else ():
            found[name] = (*found.get(name, ()), view.id)
    return found


def _dangers(sections: Iterable[SectionView], pack: Pack | None) -> frozenset[str]:
    if pack is None:
        return frozenset()
    return frozenset(
        section.id
        for section in sections
        if {pack.statements[view.id].topic for view in section.statements} == {_DANGER_TOPIC}
    )
