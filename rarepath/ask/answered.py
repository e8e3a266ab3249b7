"""The body of an answer: an authored question, or what the pack says about a topic."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rarepath.ask.compose import (
    circulating_view,
    conflict_view,
    has_unread_dose,
    source_view,
    statement_view,
)
from rarepath.ask.reply import (
    CirculatingView,
    ConflictView,
    OptionView,
    Related,
    SectionView,
    SourceView,
    StatementView,
)
from rarepath.knowledge.answers import CanonicalQuestion, ReaderAnswer
from rarepath.knowledge.base import Reader
from rarepath.knowledge.evidence import Statement
from rarepath.knowledge.packs import Pack

__all__ = [
    "BOTTOM_LINE",
    "MAX_RELATED",
    "Answer",
    "first_title",
    "question_answer",
    "related",
    "same_topic",
    "shown_of",
    "topic_answer",
    "topic_titles",
]

MAX_RELATED = 6
BOTTOM_LINE = "bottom_line"
# What a topic shows when no question asks for it: a bottom line, then some more.
_TOPIC_FIRST, _TOPIC_MORE = 3, 12


@dataclass(frozen=True)
class Answer:
    """Everything an answered reply shows but its question, its box and its state of review.

    A comparison has `options`, and sections only where a statement weighs them together.
    `disputed` are the conflicts that concern more than one of them.
    """

    pack: Pack
    reader: Reader
    title: str
    sections: tuple[SectionView, ...]
    authored: ReaderAnswer | None
    question: CanonicalQuestion | None
    topic: str
    left_out: tuple[str, ...]
    options: tuple[OptionView, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def statements(self) -> Iterator[StatementView]:
        """The statements in the order they are read."""
        for section in self.sections:
            yield from section.statements
        for option in self.options:
            yield from (*option.arguments_for, *option.arguments_against)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The statements' ids, in order, each as often as it stands there."""
        return tuple(statement.id for statement in self.statements)

    def conflicts(self) -> tuple[ConflictView, ...]:
        """The conflicts the question lists, which are central, then those of what is shown."""
        return self._conflicts

    @cached_property
    def _conflicts(self) -> tuple[ConflictView, ...]:
        listed = self.question.conflicts if self.question else self.disputed
        conflicts = self.pack.conflicts
        part_of = _part_of(self.pack)
        touched = {name for shown in self.shown for name in part_of.get(shown, ())}
        names = dict.fromkeys([*listed, *(name for name in conflicts if name in touched)])
        views = (
            conflict_view(self.pack, conflicts[name], self.reader, central=name in listed)
            for name in names
        )
        return tuple(view for view in views if view)

    def circulating(self) -> tuple[CirculatingView, ...]:
        """The circulating claims the authors put beside this answer."""
        names = self.authored.circulating if self.authored else ()
        found = (self.pack.circulating[name] for name in names)
        views = (circulating_view(self.pack, claim, self.reader) for claim in found)
        return tuple(view for view in views if view)

    def sources(self) -> tuple[SourceView, ...]:
        """Every source cited by a statement or a side of a conflict, in order of appearance."""
        return tuple(source_view(self.pack, self.pack.sources[name]) for name in self.source_ids())

    def source_ids(self) -> tuple[str, ...]:
        """The ids of `sources`."""
        return self._source_ids

    @cached_property
    def _source_ids(self) -> tuple[str, ...]:
        cited = [c.source for statement in self.statements for c in statement.citations]
        sides = [n for view in self.conflicts() for side in view.positions for n in side.sources]
        return tuple(dict.fromkeys([*cited, *sides]))


@lru_cache(maxsize=4)
def _part_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """For each statement the conflicts it is part of."""
    found: dict[str, tuple[str, ...]] = {}
    for conflict in pack.conflicts.values():
        for name in conflict.statements:
            found[name] = (*found.get(name, ()), conflict.id)
    return found


def question_answer(pack: Pack, question: CanonicalQuestion, reader: Reader) -> Answer | None:
    """The authored answer for `reader`; None when there is none, or nothing of it can be shown."""
    authored = question.for_reader(reader)
    if authored is None:
        return None
    plan = [(BOTTOM_LINE, first_title(reader), authored.bottom_line)]
    plan += [(section.id, section.title, section.statements) for section in authored.sections]
    sections, left_out = _sections(pack, reader, plan)
    if not sections:
        return None
    return Answer(
        pack, reader, authored.question, sections, authored, question, question.topic, left_out
    )


def topic_answer(pack: Pack, topic: str, reader: Reader) -> Answer | None:
    """What the pack itself says about a topic, when no question asks for it; None when nothing."""
    names = [
        statement.id
        for statement in pack.items["statements"].values()
        if statement.topic == topic and statement_view(pack, statement, reader)
    ][: _TOPIC_FIRST + _TOPIC_MORE]
    title = topic_titles(pack).get(topic, topic)
    plan = [
        (BOTTOM_LINE, first_title(reader), tuple(names[:_TOPIC_FIRST])),
        ("more", title, tuple(names[_TOPIC_FIRST:])),
    ]
    sections, left_out = _sections(pack, reader, plan)
    if not sections:
        return None
    return Answer(pack, reader, title, sections, None, None, topic, left_out)


def topic_titles(pack: Pack) -> Mapping[str, str]:
    """The title of each topic."""
    return {topic.topic: topic.title for topic in pack.phrasebook.topics}


def related(
    pack: Pack, reader: Reader, names: Iterable[str], without: str | None = None
) -> tuple[Related, ...]:
    """The named questions as links, in order, those that are answered for `reader`."""
    titles = topic_titles(pack)
    found = []
    for question in (pack.questions[name] for name in dict.fromkeys(names)):
        answer = question.for_reader(reader)
        if answer is not None and question.id != without:
            section = titles.get(question.topic, question.topic)
            found.append(Related(question.id, answer.question, section, pack.id))
    return tuple(found[:MAX_RELATED])


def same_topic(pack: Pack, topic: str) -> list[str]:
    """The pack's questions about a topic."""
    return [question.id for question in pack.questions.values() if question.topic == topic]


def first_title(reader: Reader) -> str:
    """The title of what is read first."""
    return "In short" if reader is Reader.PATIENT else "Bottom line"


def _sections(
    pack: Pack, reader: Reader, plan: Iterable[tuple[str, str, Iterable[str]]]
) -> tuple[tuple[SectionView, ...], tuple[str, ...]]:
    """The sections that hold something, and why statements were left out."""
    sections: list[SectionView] = []
    left_out: dict[str, None] = {}
    for name, title, names in plan:
        views, reasons = shown_of(pack, reader, names)
        left_out.update(dict.fromkeys(reasons))
        if views:
            sections.append(SectionView(name, title, views))
    return tuple(sections), tuple(left_out)


def shown_of(
    pack: Pack, reader: Reader, names: Iterable[str]
) -> tuple[tuple[StatementView, ...], tuple[str, ...]]:
    """The named statements that `reader` may be shown, and why others were left out."""
    views: list[StatementView] = []
    left_out: list[str] = []
    for statement in (pack.statements[each] for each in names):
        view = statement_view(pack, statement, reader)
        if view is None or view.review == "withdrawn":
            left_out += _why_left_out(pack, statement, view)
        else:
            views.append(view)
    return tuple(views), tuple(left_out)


def _why_left_out(pack: Pack, statement: Statement, view: StatementView | None) -> list[str]:
    if view is not None:
        review = pack.reviews[statement.id]
        return [f"A statement was withdrawn on {review.signed_on}: {review.reason}"]
    if has_unread_dose(statement):
        return ["A dose that was not read in its own source is not shown."]
    return []
