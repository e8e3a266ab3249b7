"""What is said and what it rests on: sources, citations, typed values, statements."""

import hashlib
import json
from typing import Literal

from rarepath.knowledge.base import (
    Ages,
    Certainty,
    Day,
    Directness,
    Identifier,
    Many,
    Model,
    Number,
    Text,
    Whole,
    Wording,
)

__all__ = [
    "NOT_RECORDED",
    "Cap",
    "Citation",
    "ReadOf",
    "Restatement",
    "Source",
    "Statement",
    "Strength",
    "Value",
    "content_hash",
]

NOT_RECORDED = "not recorded"


class ReadOf(Model):
    """What was read of a source: `level` for the machine, `what` for people."""

    level: Literal[
        "full_text", "table", "abstract", "summary", "opening", "secondary", "citation", "none"
    ]
    what: Text


class Source(Model):
    """A publication (or a labelled opinion), once.

    `about` is a scope key: the condition's own id, a key of its `family`, or anything else,
    which makes the evidence extrapolated. `participants` is the number of people studied.
    """

    id: Identifier
    label: Text
    citation: Text
    kind: Literal[
        "guideline",
        "consensus",
        "trial",
        "cohort",
        "case_series",
        "case_report",
        "review",
        "survey",
        "label",
        "registry",
        "reference",
        "web_page",
        "opinion",
    ]
    about: Identifier
    population: Text
    read: ReadOf
    year: Whole | None = None
    participants: Whole | None = None
    doi: Text | None = None
    pmid: Text | None = None
    pmcid: Text | None = None
    url: Text | None = None
    licence: Text | None = None
    jurisdiction: Text | None = None
    status: Literal["current", "superseded", "retracted"] = "current"
    status_note: Text | None = None
    superseded_by: Identifier | None = None
    checked_on: Day | None = None
    review_by: Day | None = None


class Citation(Model):
    """A statement's link to a source.

    `note` is our own-words record of what the source says, with every number the statement
    uses. `verification` is how that was read: `recalled` and `secondary` block approval and
    hide a dose. A locator that was not written down is `not recorded`, never invented.
    """

    source: Identifier
    support: Literal["supports", "contradicts", "qualifies"] = "supports"
    verification: Literal["full_text", "table", "abstract", "secondary", "recalled", "opinion"]
    locator: Text = NOT_RECORDED
    note: Text

    @property
    def read_in_source(self) -> bool:
        """Whether the note was read in the source itself."""
        return self.verification in {"full_text", "table", "abstract"}


class Cap(Model):
    """The most that may be given, whatever the body size says."""

    amount: Number
    unit: Text
    source: Identifier


class Value(Model):
    """A typed number inside a statement.

    `amount` to `upper` is a range when both stand. A `dose` names its drug, basis, cap,
    frequency, route, ages (in years) and the source it was read in. A `proportion` may give
    `count` of `total` people beside its percentage; the two must agree.
    """

    name: Identifier
    kind: Literal["dose", "duration", "proportion", "count", "threshold", "measure"]
    op: Literal["=", "<", "<=", ">", ">=", "about"] = "="
    amount: Number
    upper: Number | None = None
    unit: Text
    count: Whole | None = None
    total: Whole | None = None
    drug: Identifier | None = None
    basis: Literal["flat", "weight", "body_surface"] | None = None
    cap: Cap | None = None
    no_cap: Text | None = None
    frequency: Text | None = None
    route: Text | None = None
    age_from: Number | None = None
    age_below: Number | None = None
    source: Identifier | None = None


class Strength(Model):
    """A recommendation's strength in its issuer's own system; not the same as certainty."""

    system: Text
    grade: Text


class Restatement(Model):
    """One figure in its clinician form and its patient form (`15.4 %` and `10 of 65`)."""

    clinician: Text
    patient: Text


class Statement(Model):
    """One atomic claim in our own words, per reader, with what it rests on."""

    id: Identifier
    topic: Identifier
    text: Wording
    citations: Many[Citation]
    directness: Directness
    certainty: Certainty
    population: Text
    ages: Ages = "any"
    values: Many[Value] = ()
    restated: Many[Restatement] = ()
    downgraded_for: Many[
        Literal["indirectness", "imprecision", "bias", "inconsistency", "publication_bias"]
    ] = ()
    strength: Strength | None = None
    jurisdiction: Text | None = None
    expires: Day | None = None


def content_hash(statement: Statement) -> str:
    """SHA-256 (hex) of the statement's whole content; any edit changes it.

    Signatures and answer ids are bound to this value. Fields left at their default do not
    count, so that a field added to the model later voids nothing.
    """
    plain = statement.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
