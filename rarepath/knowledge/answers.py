"""How statements are put together: questions, conflicts, circulating claims, algorithm steps."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from rarepath.knowledge.base import Identifier, Many, Model, Reader, Text, Whole, Wording

__all__ = [
    "CanonicalQuestion",
    "CirculatingClaim",
    "Conflict",
    "Option",
    "Position",
    "ReaderAnswer",
    "Section",
    "Step",
]


class Section(Model):
    """A titled run of statements, in the order they are read.

    `title_parent` is the title as a parent reads it, where a patient's title says "you".
    """

    id: Identifier
    title: Text
    statements: Many[Identifier]
    title_parent: Text | None = None


class ReaderAnswer(Model):
    """One reader's answer to a canonical question.

    `question` is how this reader would ask it. `bottom_line` comes first: at most five
    statements. `missing` says what the answer lacks; `take_along` are questions for the team.
    `facts_needed` names the shared fact kinds a personal answer would need. `question_parent`
    and `take_along_parent` are the same as a parent asks it, the list item by item.
    """

    question: Text
    bottom_line: Many[Identifier]
    sections: Many[Section] = ()
    circulating: Many[Identifier] = ()
    missing: Many[Text] = ()
    take_along: Many[Text] = ()
    facts_needed: Many[Identifier] = ()
    question_parent: Text | None = None
    take_along_parent: Many[Text] = ()


class CanonicalQuestion(Model):
    """A question the pack answers, with the wordings that lead to it.

    `phrasings` are wordings any reader may use. `conflicts` adds conflicts beyond those that
    the statements themselves take part in. `related` are other questions' ids.
    """

    id: Identifier
    topic: Identifier
    phrasings: Many[Text]
    clinician: ReaderAnswer | None = None
    patient: ReaderAnswer | None = None
    coder: ReaderAnswer | None = None
    conflicts: Many[Identifier] = ()
    related: Many[Identifier] = ()

    def for_reader(self, reader: Reader) -> ReaderAnswer | None:
        """The answer written for `reader`, or None."""
        answer: ReaderAnswer | None = getattr(self, reader.value)
        return answer

    def each(self) -> list[tuple[Reader, ReaderAnswer]]:
        """The (reader, answer) pairs that exist."""
        pairs = [(reader, self.for_reader(reader)) for reader in Reader]
        return [(reader, answer) for reader, answer in pairs if answer is not None]


class Position(Model):
    """One side of a conflict: what it says, who says it, how many people were studied."""

    text: Wording
    sources: Many[Identifier]
    participants: Whole | None = None


class Conflict(Model):
    """Statements or sources that disagree: both sides, what we use, and why.

    `statements` are the statements it concerns; an answer that shows one shows the conflict.
    A conflict without a patient title is not shown to patients, and neither is one that does
    not change a choice of theirs (`changes_choice`).
    """

    id: Identifier
    title: Wording
    statements: Many[Identifier]
    positions: Many[Position]
    used: Wording
    why: Wording
    changes_choice: Literal["yes", "no"] | None = None


# Two of them with a point between are the name of a comparison, so neither has a point.
_OptionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]


class Option(Model):
    """Something that may be chosen, with the statements that speak for it and against it.

    `name` stands inside a sentence ("a free flap"); an option without one for a reader is not
    shown to that reader. `names` are further words of a question that name it; those of `drug`
    count too. Options of one `group` answer the same need. `weighed` are statements that set
    it beside others without speaking for one: a comparison begins with those that its options
    share. `nothing_found` says so where one side is empty.
    """

    id: _OptionId
    name: Wording
    group: Identifier
    names: Many[Text] = ()
    drug: Identifier | None = None
    arguments_for: Many[Identifier] = ()
    arguments_against: Many[Identifier] = ()
    weighed: Many[Identifier] = ()
    nothing_found: Wording = Wording()


class CirculatingClaim(Model):
    """A widely copied claim, its verdict and what it really rests on.

    `instead` are the statements to read in its place.
    """

    id: Identifier
    topic: Identifier
    claim: Wording
    seen_in: Many[Identifier]
    verdict: Literal[
        "supported",
        "partly_supported",
        "unsupported",
        "wrong_basis",
        "contradicted",
        "silent",
    ]
    rests_on: Wording
    instead: Many[Identifier] = ()


class Step(Model):
    """A step of the management algorithm as it is shown without a patient."""

    id: Identifier
    title: Text
    when: Text
    statements: Many[Identifier]
