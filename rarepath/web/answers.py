"""A reply as a page: its view, and the links that only a page needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.show.views import ConditionCard, QuestionLink
from rarepath.web.frame import Link

__all__ = ["AnswerPage", "answer_page", "other_readers"]

_DANGER_TOPIC = "emergencies"


@dataclass(frozen=True)
class AnswerPage:
    """What `answer.html` gets.

    `contents` are the links to the page's own sections; `related` are questions that can be
    opened; `disputed` names, for a statement, the conflicts shown on this page that it is part
    of; `dangers` are the sections that hold danger signs; `source_directness` is how close each
    listed source is to the disease; `conditions` are the diseases to choose from when none was
    understood.
    """

    reply: Reply
    contents: tuple[Link, ...]
    related: tuple[QuestionLink, ...]
    disputed: Mapping[str, tuple[str, ...]]
    dangers: frozenset[str]
    source_directness: Mapping[str, str]
    conditions: tuple[ConditionCard, ...]


def answer_page(reply: Reply, pack: Pack | None, conditions: Iterable[ConditionCard]) -> AnswerPage:
    """The view of `reply`; `pack` is the one it was answered from, if any."""
    return AnswerPage(
        reply=reply,
        contents=_contents(reply),
        related=tuple(
            QuestionLink(item.pack, item.id, item.question) for item in reply.related if item.pack
        ),
        disputed=_disputed(reply, pack),
        dangers=_dangers(reply, pack),
        source_directness={
            citation.source: citation.directness
            for section in reply.sections
            for statement in section.statements
            for citation in statement.citations
        },
        conditions=tuple(conditions),
    )


def other_readers(reply: Reply, pack: Pack | None) -> Mapping[Reader, str]:
    """The canonical question of `reply` for each reader it is answered for, by its id."""
    if pack is None or reply.understood_as is None:
        return {}
    asked = Reader(reply.reader)
    for question in pack.questions.values():
        own = question.for_reader(asked)
        if own is not None and own.question == reply.understood_as:
            return {reader: question.id for reader, _ in question.each()}
    return {}


def _contents(reply: Reply) -> tuple[Link, ...]:
    patient = reply.reader == Reader.PATIENT.value
    links = [
        (section.title, f"s-{section.id}")
        for section in reply.sections
        if section.id != "bottom_line"
    ]
    if reply.conflicts:
        links.append(("Where sources disagree", reply.conflicts[0].id))
    if reply.circulating:
        links.append(("You may have read this" if patient else "Claims in circulation", "claims"))
    if reply.missing:
        links.append(("What is missing", "missing"))
    if reply.take_along:
        links.append(("Questions to take along", "team"))
    if reply.sources:
        links += [("Sources", "sources"), ("How to read the marks", "key")]
    return tuple(Link(label, place, current=False) for label, place in links)


def _disputed(reply: Reply, pack: Pack | None) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for view in reply.conflicts if pack is not None else ():
        for name in pack.conflicts[view.id].statements if pack is not None else ():
            found[name] = (*found.get(name, ()), view.id)
    return found


def _dangers(reply: Reply, pack: Pack | None) -> frozenset[str]:
    if pack is None:
        return frozenset()
    return frozenset(
        section.id
        for section in reply.sections
        if {pack.statements[view.id].topic for view in section.statements} == {_DANGER_TOPIC}
    )
