"""Questions, answers and conflicts: everything said is reached, everything asked is answered."""

from collections.abc import Iterator
from datetime import date

from rarepath.knowledge.answers import CanonicalQuestion, ReaderAnswer
from rarepath.knowledge.base import Reader, Wording
from rarepath.knowledge.checks.defects import Fault, Found, Inside
from rarepath.knowledge.checks.words import tokens
from rarepath.knowledge.packs import Pack

__all__ = ["answers_fit", "conflict_shape", "documented", "reachable"]

_BOTTOM_LINE = 5
# The section of a coder answer that says what the chart must say.
_DOCUMENT = "document"


def reachable(pack: Pack, on: date) -> Iterator[Fault]:
    """Every answer is reached by its own question, and every statement is used somewhere."""
    for name, question in pack.questions.items():
        if not question.each():
            yield Fault(
                "questions", name, (), "the question has no answer", "Write one for some reader."
            )
        if not question.phrasings:
            yield Fault(
                "questions",
                name,
                ("phrasings",),
                "no phrasing leads to this answer",
                "Add the wordings by which people ask it.",
            )
    yield from _shared_phrasings(pack)
    yield from _top_questions(pack)
    if pack.questions:
        used = set(_used(pack))
        for name in pack.items["statements"]:
            if name not in used:
                yield Fault(
                    "statements",
                    name,
                    (),
                    "no answer or other part of the pack uses this statement",
                    "Use it in an answer, or delete it.",
                    "warning",
                )


def _shared_phrasings(pack: Pack) -> Iterator[Fault]:
    first: dict[tuple[str, ...], str] = {}
    for name, question in pack.questions.items():
        asked: list[tuple[Inside, str]] = [
            (("phrasings", at), text) for at, text in enumerate(question.phrasings)
        ]
        asked += [((who.value, "question"), answer.question) for who, answer in question.each()]
        for inside, text in asked:
            other = first.setdefault(tokens(text), name)
            if other != name:
                yield Fault(
                    "questions",
                    name,
                    inside,
                    f"“{text}” leads to {other} too",
                    "Keep the phrasing in one of the two questions.",
                )


def _top_questions(pack: Pack) -> Iterator[Fault]:
    for reader in Reader:
        for at, name in enumerate(getattr(pack.condition.top_questions, reader.value)):
            question = pack.questions.get(name)
            if question is not None and question.for_reader(reader) is None:
                yield Fault(
                    "condition",
                    "condition",
                    ("top_questions", reader.value, at),
                    f"{name} has no answer for the {reader.value}",
                    "Write that answer, or offer another question.",
                )


def _used(pack: Pack) -> Iterator[str]:
    yield from pack.condition.overview
    for question in pack.questions.values():
        for _, answer in question.each():
            yield from (statement for _, statement in _statements(answer))
    for conflict in pack.conflicts.values():
        yield from conflict.statements
    for option in pack.options.values():
        yield from (*option.arguments_for, *option.arguments_against, *option.weighed)
    for step in pack.steps.values():
        yield from step.statements
    for flag in pack.red_flags.values():
        yield from flag.statements
    for drug in pack.drugs.values():
        yield from drug.statements
    for claim in pack.circulating.values():
        yield from claim.instead
    for disease in pack.differential.values():
        yield disease.statement


def _statements(answer: ReaderAnswer) -> Iterator[tuple[Inside, str]]:
    for at, name in enumerate(answer.bottom_line):
        yield ("bottom_line", at), name
    for index, section in enumerate(answer.sections):
        for at, name in enumerate(section.statements):
            yield ("sections", index, "statements", at), name


def answers_fit(pack: Pack, on: date) -> Iterator[Fault]:
    """An answer has a short bottom line, and every statement of it is written for its reader."""
    for name, question in pack.questions.items():
        for reader, answer in question.each():
            for inside, message, what_to_do in _misfits(pack, reader, answer):
                yield Fault("questions", name, (reader.value, *inside), message, what_to_do)
        yield from _twice(name, question)


def _misfits(pack: Pack, reader: Reader, answer: ReaderAnswer) -> Found:
    count = len(answer.bottom_line)
    if not 1 <= count <= _BOTTOM_LINE:
        yield (
            ("bottom_line",),
            f"the bottom line has {count} statements",
            f"Give it one to {_BOTTOM_LINE}.",
        )
    texts = []
    for inside, name in _statements(answer):
        statement = pack.statements.get(name)
        text = statement.text.for_reader(reader) if statement else ""
        if text is None:
            yield (
                inside,
                f"{name} has no text for the {reader.value}",
                f"Write text.{reader.value}, or use another statement.",
            )
        elif inside[0] == "bottom_line":
            texts.append(text)
    length = sum(len(text.split()) for text in texts)
    if length > pack.phrasebook.bottom_line_words:
        yield (
            ("bottom_line",),
            f"the bottom line has {length} words, above {pack.phrasebook.bottom_line_words}",
            "Move a statement into a section, or shorten one.",
        )


def _twice(name: str, question: CanonicalQuestion) -> Iterator[Fault]:
    for reader, answer in question.each():
        seen: set[str] = set()
        for inside, statement in _statements(answer):
            if statement in seen:
                yield Fault(
                    "questions",
                    name,
                    (reader.value, *inside),
                    f"{statement} stands in this answer twice",
                    "Keep it where it is read first.",
                )
            seen.add(statement)


def documented(pack: Pack, on: date) -> Iterator[Fault]:
    """A coder answer says what the chart must say."""
    for name, question in pack.questions.items():
        answer = question.coder
        if answer and not any(s.id == _DOCUMENT and s.statements for s in answer.sections):
            yield Fault(
                "questions",
                name,
                (Reader.CODER.value,),
                "the coder is not told what the chart must say",
                f"Add a section {_DOCUMENT} with the statements that say so.",
            )


def conflict_shape(pack: Pack, on: date) -> Iterator[Fault]:
    """A conflict shows both sides, what is used and why, whole for each reader it is for."""
    for name, conflict in pack.items["conflicts"].items():
        if conflict.title.patient is not None and conflict.changes_choice is None:
            yield Fault(
                "conflicts",
                name,
                (),
                "it is not said whether this changes a choice of the patient",
                "Add changes_choice: yes or no. Patients see only those that do.",
            )
        if len(conflict.positions) < 2:
            yield Fault(
                "conflicts",
                name,
                ("positions",),
                "fewer than two sides",
                "Write each side as a position with its sources.",
            )
        parts: list[tuple[Inside, Wording]] = [
            ((field,), getattr(conflict, field)) for field in ("title", "used", "why")
        ]
        for at, position in enumerate(conflict.positions):
            parts.append((("positions", at, "text"), position.text))
            if not position.sources:
                yield Fault(
                    "conflicts",
                    name,
                    ("positions", at),
                    "nobody says this",
                    "Name the sources of this side.",
                )
        shown_to = {reader for reader, _ in conflict.title.each()} | {Reader.CLINICIAN}
        for inside, wording in parts:
            for reader in sorted(shown_to - {reader for reader, _ in wording.each()}):
                yield Fault(
                    "conflicts",
                    name,
                    inside,
                    f"no text for the {reader.value}",
                    "Write it, or take the title of that reader out.",
                )
