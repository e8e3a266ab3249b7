"""What `ask` returns: frozen, free of wording choices of any surface, ready for JSON.

Field names are the JSON contract. Every id in it resolves inside the same reply or in the pack.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = [
    "ChangeView",
    "CirculatingView",
    "CitationView",
    "ConditionView",
    "ConflictView",
    "DangerView",
    "Declined",
    "FollowUp",
    "HistoryView",
    "OptionView",
    "PositionView",
    "Related",
    "Reply",
    "ReviewView",
    "SectionView",
    "SourceView",
    "StatementView",
    "Status",
    "ValueView",
]

Status = Literal["answered", "needs_facts", "declined", "emergency"]


@dataclass(frozen=True)
class ConditionView:
    """The disease the question was understood to be about."""

    id: str
    name: str


@dataclass(frozen=True)
class ReviewView:
    """How far the answer is vouched for: the weakest state among its statements."""

    state: str
    note: str
    updated: date


@dataclass(frozen=True)
class DangerView:
    """The danger box: how soon, what to do, and the signs; `id` is the red flag it is about.

    A reply whose status is `emergency` has nothing else; any other answers below the box.
    """

    tier: str
    text: str
    signs: tuple[str, ...]
    id: str | None = None


@dataclass(frozen=True)
class ValueView:
    """A typed number as it is shown; `amount` may be a range such as `2 to 20`.

    A dose has a basis, a cap (or why there is none), a frequency, a route, ages and a source.
    """

    name: str
    op: str
    amount: str
    unit: str
    basis: str | None
    cap: str | None
    frequency: str | None = None
    route: str | None = None
    ages: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class CitationView:
    """One source of one statement. Only clinicians see the `note`."""

    source: str
    locator: str
    support: str
    directness: str
    verification: str
    note: str | None


@dataclass(frozen=True)
class StatementView:
    """One statement as this reader sees it; `badge` is its certainty and directness in words."""

    id: str
    text: str
    values: tuple[ValueView, ...]
    citations: tuple[CitationView, ...]
    certainty: str
    strength: str | None
    directness: str
    badge: str
    review: str


@dataclass(frozen=True)
class SectionView:
    """A titled run of statements. The first section is `bottom_line`."""

    id: str
    title: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True)
class PositionView:
    """One side of a conflict; `n` people were studied, when that is known."""

    text: str
    sources: tuple[str, ...]
    n: int | None


@dataclass(frozen=True)
class ConflictView:
    """Where sources disagree: both sides, what is used, why.

    `central` when the question itself turns on it; else it only concerns a statement shown.
    """

    id: str
    title: str
    positions: tuple[PositionView, ...]
    used: str
    why: str
    central: bool = True


@dataclass(frozen=True)
class OptionView:
    """One side of a comparison: what speaks for it and what against it.

    `nothing_found` says so when one of the two is empty.
    """

    id: str
    name: str
    arguments_for: tuple[StatementView, ...]
    arguments_against: tuple[StatementView, ...]
    nothing_found: str | None = None


@dataclass(frozen=True)
class ChangeView:
    """Something that would change this answer.

    `kind` is `expiry` (a date to look again), `missing_evidence` or `dissent`; `refs` are the
    ids of the statements, sources or conflicts it concerns.
    """

    kind: Literal["expiry", "missing_evidence", "dissent"]
    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class HistoryView:
    """What changed in the statements shown since an earlier version of the pack.

    `added` and `reworded` are ids of statements shown here. One counts as reworded when anything
    in it changed: a text for any reader, a source, a mark.
    """

    since: str
    released: date
    added: tuple[str, ...]
    reworded: tuple[str, ...]


@dataclass(frozen=True)
class CirculatingView:
    """A widely copied claim and what it rests on."""

    id: str
    claim: str
    verdict: str
    rests_on: str


@dataclass(frozen=True)
class Declined:
    """Why there is no answer, or no full one: set for `declined` and `needs_facts`.

    `code` is the ORPHA code of another disease that was named, when a directory knows it.
    """

    reason: str
    text: str
    code: str | None = None


@dataclass(frozen=True)
class Related:
    """Another question that can be answered, by its canonical id and its pack's."""

    id: str
    question: str
    section: str
    pack: str | None = None


@dataclass(frozen=True)
class FollowUp:
    """A question that goes on from this answer, asked with its context, and can be answered.

    `because` is `missing_fact`, `next_section` or `conflict`.
    """

    id: str
    question: str
    because: Literal["missing_fact", "next_section", "conflict"]
    pack: str


@dataclass(frozen=True)
class SourceView:
    """A source named in the reply."""

    id: str
    label: str
    citation: str
    doi: str | None
    pmid: str | None
    about: str
    status: str
    read: str


@dataclass(frozen=True)
class Reply:
    """The whole answer, or the reason there is none.

    `question` is what was asked; `understood_as` is the pack's own question that answers it.
    Patients are addressed as themselves or as a parent: `about` is `me` or `child`, for other
    readers None. Several questions asked in one are answered in `parts`, each a whole reply;
    then the outer reply has no sections of its own.
    """

    status: Status
    id: str
    question: str
    understood_as: str | None
    reader: str
    about: Literal["me", "child"] | None
    condition: ConditionView | None
    review: ReviewView | None
    danger: DangerView | None
    bottom_line: tuple[str, ...]
    sections: tuple[SectionView, ...]
    options: tuple[OptionView, ...]
    conflicts: tuple[ConflictView, ...]
    circulating: tuple[CirculatingView, ...]
    missing: tuple[str, ...]
    would_change: tuple[ChangeView, ...]
    history: HistoryView | None
    declined: Declined | None
    related: tuple[Related, ...]
    follow_ups: tuple[FollowUp, ...]
    take_along: tuple[str, ...]
    parts: tuple["Reply", ...]
    sources: tuple[SourceView, ...]
    disclaimer: str
