"""What a page or a look-up shows, ready for a template, a terminal or JSON.

Each view is the contract of one page and of its JSON twin: a template gets nothing else, and
`docs/json.md` describes every field. `reader` is who the page is written for; texts that were
not written for them are left out. Views for patients hold no amount of any medicine.
"""

from dataclasses import dataclass
from datetime import date

from rarepath.ask.reply import (
    CirculatingView,
    ConflictView,
    ReviewView,
    SourceView,
    StatementView,
)
from rarepath.show.status import PartStatus

__all__ = [
    "AboutPack",
    "AboutPage",
    "AlgorithmPage",
    "CirculatingPage",
    "ClaimEntry",
    "CodeEntry",
    "ConditionCard",
    "ConditionPage",
    "ConflictsPage",
    "Counts",
    "DifferentialPage",
    "ErrorPage",
    "FirstPage",
    "GlossaryPage",
    "Lookalike",
    "OrganisationEntry",
    "QuestionLink",
    "ReviewerEntry",
    "SignList",
    "Signature",
    "SourceCard",
    "SourcePage",
    "SourcesPage",
    "StateCount",
    "StatementPage",
    "StepView",
    "Term",
    "TopicQuestions",
]


@dataclass(frozen=True)
class QuestionLink:
    """A canonical question: its pack, its id in the pack, and its wording for this reader."""

    pack: str
    id: str
    question: str


@dataclass(frozen=True)
class TopicQuestions:
    """The questions of one topic, in the pack's order."""

    id: str
    title: str
    questions: tuple[QuestionLink, ...]


@dataclass(frozen=True)
class ConditionCard:
    """A disease there is a pack for; `state` is the weakest review state in it."""

    id: str
    name: str
    version: str
    state: str
    summary: str | None


@dataclass(frozen=True)
class FirstPage:
    """The first page: the diseases, and six questions to begin with."""

    reader: str
    conditions: tuple[ConditionCard, ...]
    questions: tuple[QuestionLink, ...]


@dataclass(frozen=True)
class CodeEntry:
    """A code of somebody else's system; `verification` is `read` or `recalled`."""

    system: str
    code: str
    verification: str


@dataclass(frozen=True)
class SignList:
    """The danger signs of one tier."""

    tier: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationEntry:
    """A group to turn to; `url` only when a person checked it within the last 12 months."""

    id: str
    name: str
    what: str
    countries: str
    url: str | None
    checked_on: date | None


@dataclass(frozen=True)
class Counts:
    """How much a pack holds, that of the shared pack not counted."""

    sources: int
    statements: int
    questions: int
    conflicts: int
    circulating: int
    differential: int
    glossary: int
    steps: int


@dataclass(frozen=True)
class ConditionPage:
    """The overview of a disease."""

    reader: str
    id: str
    name: str
    names: tuple[str, ...]
    summary: str | None
    identifiers: tuple[CodeEntry, ...]
    review: ReviewView
    overview: tuple[StatementView, ...]
    top: tuple[QuestionLink, ...]
    topics: tuple[TopicQuestions, ...]
    danger: tuple[SignList, ...]
    organisations: tuple[OrganisationEntry, ...]
    counts: Counts
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class StepView:
    """A step of the algorithm without a patient."""

    id: str
    title: str
    when: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class AlgorithmPage:
    """The algorithm without a patient; no steps for readers it is not written for."""

    reader: str
    id: str
    name: str
    review: ReviewView
    steps: tuple[StepView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class SourceCard:
    """Everything a pack records of a source; `directness` is how close it is to the disease."""

    id: str
    label: str
    citation: str
    kind: str
    year: int | None
    about: str
    directness: str
    population: str
    participants: int | None
    read: str
    read_level: str
    doi: str | None
    pmid: str | None
    pmcid: str | None
    url: str | None
    licence: str | None
    jurisdiction: str | None
    status: str
    status_note: str | None
    superseded_by: str | None
    checked_on: date | None
    review_by: date | None


@dataclass(frozen=True)
class SourcesPage:
    """Every source of a pack and of what it requires."""

    reader: str
    id: str
    name: str
    sources: tuple[SourceCard, ...]


@dataclass(frozen=True)
class SourcePage:
    """One source and the statements that cite it."""

    reader: str
    id: str
    name: str
    source: SourceCard
    statements: tuple[StatementView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class Signature:
    """What is recorded of a review, whatever its state."""

    state: str
    reviewer: str | None
    role: str | None
    signed_on: date | None
    interests: str | None
    reason: str | None


@dataclass(frozen=True)
class StatementPage:
    """One statement with all that is recorded of it; `place` is its file and line."""

    reader: str
    readers: tuple[str, ...]
    id: str
    name: str
    topic: str
    statement: StatementView
    review_note: str
    population: str
    ages: str
    jurisdiction: str | None
    downgraded_for: tuple[str, ...]
    expires: date | None
    signature: Signature | None
    conflicts: tuple[ConflictView, ...]
    questions: tuple[QuestionLink, ...]
    place: str
    content_hash: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class ConflictsPage:
    """Every disagreement written for this reader."""

    reader: str
    id: str
    name: str
    conflicts: tuple[ConflictView, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class ClaimEntry(CirculatingView):
    """A circulating claim with where it was seen and what to read instead."""

    seen_in: tuple[str, ...]
    instead: tuple[StatementView, ...]


@dataclass(frozen=True)
class CirculatingPage:
    """Every circulating claim written for this reader."""

    reader: str
    id: str
    name: str
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True)
class Term:
    """A technical term in plain words; `anchor` is its place on the page."""

    term: str
    anchor: str
    aliases: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class GlossaryPage:
    """The terms of a pack and of what it requires, in alphabetical order."""

    reader: str
    id: str
    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Lookalike:
    """A disease that can look like this one, and the statement that tells them apart."""

    id: str
    name: str
    names: tuple[str, ...]
    identifiers: tuple[CodeEntry, ...]
    statement: StatementView


@dataclass(frozen=True)
class DifferentialPage:
    """The look-alikes written for this reader."""

    reader: str
    id: str
    name: str
    lookalikes: tuple[Lookalike, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class StateCount:
    """How many statements of a pack are in a review state."""

    state: str
    n: int


@dataclass(frozen=True)
class ReviewerEntry:
    """A named person and how many statements they signed as they stand today."""

    name: str
    role: str
    signed: int


@dataclass(frozen=True)
class AboutPack:
    """The editorial record of a pack."""

    id: str
    name: str
    version: str
    released: date
    language: str
    licence: str
    scope: str
    editorial_policy: str
    authors: str
    funding: str
    search_strategy: str
    states: tuple[StateCount, ...]
    reviewers: tuple[ReviewerEntry, ...]


@dataclass(frozen=True)
class AboutPage:
    """What rarepath is for, who stands behind each pack, and the parts that could be added."""

    reader: str
    version: str
    intended_use: tuple[str, ...]
    packs: tuple[AboutPack, ...]
    missing_parts: tuple[PartStatus, ...]


@dataclass(frozen=True)
class ErrorPage:
    """Why there is no page: the HTTP status, what is wrong, what to do, where."""

    status: int
    title: str
    message: str
    what_to_do: str
    where: str | None
