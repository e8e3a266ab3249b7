"""The disease itself: its header, names, look-alikes, danger signs, words and signatures."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import StringConstraints

from rarepath.knowledge.base import (
    Day,
    Directness,
    Identifier,
    Many,
    Model,
    ReviewState,
    Text,
    Tier,
    Wording,
)

__all__ = [
    "Condition",
    "Differential",
    "ExternalCode",
    "Fingerprint",
    "GlossaryTerm",
    "Name",
    "Organisation",
    "RedFlag",
    "Relative",
    "Release",
    "Review",
    "Reviewer",
    "TopQuestions",
    "Window",
    "WindowPart",
]

# The first digits of a content hash: enough to tell one wording of a statement from another.
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Name(Model):
    """A name of the disease.

    A `guarded` name also means something else (`means_also`): it links to this disease only
    where the reader has already chosen it.
    """

    text: Text
    kind: Literal["preferred", "synonym", "guarded"] = "synonym"
    means_also: Many[Text] = ()


class ExternalCode(Model):
    """The disease, drug or fact in somebody else's system; `verification` as in a citation."""

    system: Text
    code: Text
    source: Identifier | None = None
    verification: Literal["read", "recalled"] = "recalled"


class Relative(Model):
    """A scope key that sources may be about, and how close it is to this disease."""

    about: Identifier
    name: Text
    directness: Directness


class TopQuestions(Model):
    """The questions offered first, by reader: canonical question ids."""

    clinician: Many[Identifier] = ()
    patient: Many[Identifier] = ()
    coder: Many[Identifier] = ()


class Condition(Model):
    """The pack's header and the disease it is about."""

    format: Literal["rarepath/1"]
    id: Identifier
    version: Text
    language: Text
    released: Day
    licence: Text
    name: Text
    requires: Many[Identifier] = ()
    names: Many[Name] = ()
    identifiers: Many[ExternalCode] = ()
    family: Many[Relative] = ()
    summary: Wording = Wording()
    overview: Many[Identifier] = ()
    top_questions: TopQuestions = TopQuestions()
    scope: Text = "Not recorded."
    editorial_policy: Text = "Not recorded."
    authors: Text = "Not recorded."
    funding: Text = "Not recorded."
    search_strategy: Text = "Not recorded."


class RedFlag(Model):
    """A danger sign and how soon it needs help.

    `sign` is the line in the danger box. `reported_as` are the wordings by which a person
    reports it: parts joined by `&` stand near each other in one sentence, the first of them the
    sign itself; a part after `?` tells a sign that is new from one only spoken of, one after
    `!` must not stand there, one after `+` may stand anywhere;
    alternatives are joined by `|`; `*` allows any ending, `38..43` is any number in that range,
    `@name` is a medicine's id or a word group of the phrasebook. `statements` say why. Flags of
    the shared pack hold for every disease.
    """

    id: Identifier
    tier: Tier
    sign: Wording
    reported_as: Many[Text] = ()
    statements: Many[Identifier] = ()


class Differential(Model):
    """A look-alike: its names (so that a question about it is recognised) and its statement."""

    id: Identifier
    name: Text
    names: Many[Text] = ()
    identifiers: Many[ExternalCode] = ()
    statement: Identifier


class GlossaryTerm(Model):
    """A technical term, its other spellings, and what it means in plain words."""

    term: Text
    aliases: Many[Text] = ()
    meaning: Text


class Organisation(Model):
    """A group people can turn to; a link is shown only when a person checked it recently."""

    id: Identifier
    name: Text
    what: Text
    countries: Text
    url: Text | None = None
    checked_on: Day | None = None


class WindowPart(Model):
    """One thing that must fit into a window: a typed value, named by statement and value."""

    statement: Identifier
    value: Identifier


class Window(Model):
    """A stated stretch of time and the parts that must fit inside it, one after another."""

    id: Identifier
    window: WindowPart
    must_fit: Many[WindowPart]
    why: Text


class Release(Model):
    """A version that was given out: its day, and what the pack then held.

    `digest` is that of the whole content. `statements` holds the first 16 hex digits of each
    own statement's content hash, `required` the version of each pack that was required.
    `rarepath release` writes it, into a file for each version.
    """

    version: Text
    released: Day | None = None
    digest: Text
    required: Mapping[Identifier, Text] = {}
    statements: Mapping[Identifier, Fingerprint] | None = None


class Reviewer(Model):
    """A named person who signs."""

    name: Text
    role: Text
    registration: Text | None = None


class Review(Model):
    """A signature under one statement, bound to its content: an edit voids it."""

    statement: Identifier
    state: ReviewState
    content_hash: Text
    reviewer: Reviewer | None = None
    signed_on: Day | None = None
    interests: Text | None = None
    full_text_read: Many[Identifier] = ()
    reason: Text | None = None
