"""Pieces of a pack as views, for one reader: what `services.pages` puts pages together from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from rarepath.ask.compose import review_state, review_view, source_view, statement_view
from rarepath.ask.marks import about, directness_of
from rarepath.ask.reply import ReviewView, SourceView, StatementView
from rarepath.kernel.errors import NotFound
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.base import Reader, ReviewState, Tier
from rarepath.knowledge.condition import ExternalCode
from rarepath.knowledge.evidence import Source, Statement, content_hash
from rarepath.knowledge.packs import Pack
from rarepath.show import views

__all__ = [
    "about_pack",
    "anchor",
    "answered_with",
    "codes",
    "counts",
    "danger_signs",
    "links",
    "missing",
    "organisations",
    "own_statements",
    "review",
    "signature",
    "source_card",
    "sources_of",
    "statements",
    "top",
    "topic_titles",
    "topics",
    "weakest_state",
]

_LINK_IS_FRESH = timedelta(days=365)
_WEAKEST_FIRST = ("withdrawn", "submitted", "under_review", "approved")


def missing(pack: Pack, kind: str, name: str) -> NotFound:
    """The error for an id that the pack does not have, or has for another reader only."""
    return NotFound(
        f"There is no {kind} {name!r} in the pack {pack.id} for this reader.",
        "Check the id; the source list and the answers name every id there is.",
    )


def own_statements(pack: Pack) -> Iterable[Statement]:
    """The pack's statements without those of the packs it requires."""
    return pack.items["statements"].values()


def statements(pack: Pack, names: Iterable[str], reader: Reader) -> tuple[StatementView, ...]:
    """The named statements that are written for `reader`, in order."""
    found = (statement_view(pack, pack.statements[name], reader) for name in names)
    return tuple(view for view in found if view is not None)


def sources_of(
    pack: Pack, shown: Iterable[StatementView], named: Iterable[str] = ()
) -> tuple[SourceView, ...]:
    """The sources that `shown` cites and those `named`, each once, in order of appearance."""
    cited = [citation.source for view in shown for citation in view.citations]
    names = dict.fromkeys([*cited, *named])
    return tuple(source_view(pack, pack.sources[name]) for name in names)


def links(
    pack: Pack, questions: Iterable[CanonicalQuestion], reader: Reader
) -> tuple[views.QuestionLink, ...]:
    """The questions that are answered for `reader`, in this reader's wording."""
    pairs = ((question, question.for_reader(reader)) for question in questions)
    return tuple(
        views.QuestionLink(pack.id, question.id, answer.question)
        for question, answer in pairs
        if answer is not None
    )


def top(pack: Pack, reader: Reader) -> tuple[views.QuestionLink, ...]:
    """The questions offered first to `reader`."""
    names: Sequence[str] = getattr(pack.condition.top_questions, reader.value)
    return links(pack, (pack.questions[name] for name in names), reader)


def topic_titles(pack: Pack) -> dict[str, str]:
    """Titles by topic, in the phrasebook's order."""
    return {words.topic: words.title for words in pack.phrasebook.topics}


def topics(pack: Pack, reader: Reader) -> tuple[views.TopicQuestions, ...]:
    """Every question for `reader` by topic; a topic without a title comes last."""
    titles = topic_titles(pack)
    for question in pack.questions.values():
        titles.setdefault(question.topic, question.topic.replace("_", " ").capitalize())
    groups = (
        views.TopicQuestions(
            topic,
            title,
            links(pack, (q for q in pack.questions.values() if q.topic == topic), reader),
        )
        for topic, title in titles.items()
    )
    return tuple(group for group in groups if group.questions)


def answered_with(pack: Pack, statement: str, reader: Reader) -> list[CanonicalQuestion]:
    """The questions whose answer for `reader` holds the statement."""
    return [
        question
        for question in pack.questions.values()
        if (answer := question.for_reader(reader)) is not None
        and statement in {*answer.bottom_line, *(n for s in answer.sections for n in s.statements)}
    ]


def danger_signs(pack: Pack, reader: Reader) -> tuple[views.SignList, ...]:
    """The danger signs by tier, the most urgent first."""
    lists = []
    for tier in Tier:
        flags = (flag for flag in pack.red_flags.values() if flag.tier is tier)
        signs = tuple(sign for flag in flags if (sign := flag.sign.for_reader(reader)))
        if signs:
            lists.append(views.SignList(tier.value, signs))
    return tuple(lists)


def organisations(pack: Pack, on: date) -> tuple[views.OrganisationEntry, ...]:
    """The organisations; a link only where a person checked it in the year before `on`."""
    return tuple(
        views.OrganisationEntry(
            id=group.id,
            name=group.name,
            what=group.what,
            countries=group.countries,
            url=group.url
            if group.checked_on and on - _LINK_IS_FRESH <= group.checked_on <= on
            else None,
            checked_on=group.checked_on,
        )
        for group in pack.organisations.values()
    )


def codes(identifiers: Iterable[ExternalCode]) -> tuple[views.CodeEntry, ...]:
    """Codes of other systems."""
    return tuple(views.CodeEntry(code.system, code.code, code.verification) for code in identifiers)


def counts(pack: Pack) -> views.Counts:
    """How much the pack itself holds."""
    return views.Counts(
        **{
            kind: len(pack.items[kind])
            for kind in (
                "sources",
                "statements",
                "questions",
                "conflicts",
                "circulating",
                "differential",
                "glossary",
                "steps",
            )
        }
    )


def source_card(pack: Pack, source: Source) -> views.SourceCard:
    """Everything recorded of a source."""
    return views.SourceCard(
        id=source.id,
        label=source.label,
        citation=source.citation,
        kind=source.kind,
        year=source.year,
        about=about(pack, source),
        directness=directness_of(pack, source).value,
        population=source.population,
        participants=source.participants,
        read=source.read.what,
        read_level=source.read.level,
        doi=source.doi,
        pmid=source.pmid,
        pmcid=source.pmcid,
        url=source.url,
        licence=source.licence,
        jurisdiction=source.jurisdiction,
        status=source.status,
        status_note=source.status_note,
        superseded_by=source.superseded_by,
        checked_on=source.checked_on,
        review_by=source.review_by,
    )


def signature(pack: Pack, statement: str) -> views.Signature | None:
    """What reviews.yaml records of the statement as it stands today; None when nothing does."""
    review = pack.reviews.get(statement)
    if review is None or review.content_hash != content_hash(pack.statements[statement]):
        return None
    return views.Signature(
        state=review.state.value,
        reviewer=review.reviewer.name if review.reviewer else None,
        role=review.reviewer.role if review.reviewer else None,
        signed_on=review.signed_on,
        interests=review.interests,
        reason=review.reason,
    )


def review(pack: Pack, shown: Iterable[StatementView], reader: Reader, on: date) -> ReviewView:
    """How far what is shown is vouched for; where nothing is shown, the pack's own statements."""
    names = [view.id for view in shown] or [statement.id for statement in own_statements(pack)]
    if not names:
        return ReviewView("submitted", "This pack holds no statement.", pack.condition.released)
    return review_view(pack, names, reader, on)


@lru_cache(maxsize=32)  # it hashes every statement, and stands at the foot of every page
def weakest_state(pack: Pack) -> str:
    """The review state that holds for the whole pack: that of its least vouched-for statement."""
    states = {review_state(pack, statement) for statement in own_statements(pack)}
    return next((state for state in _WEAKEST_FIRST if state in states), "submitted")


def about_pack(pack: Pack) -> views.AboutPack:
    """The editorial record of a pack."""
    header = pack.condition
    states = Counter(review_state(pack, statement) for statement in own_statements(pack))
    return views.AboutPack(
        id=pack.id,
        name=header.name,
        version=header.version,
        released=header.released,
        language=header.language,
        licence=header.licence,
        scope=header.scope,
        editorial_policy=header.editorial_policy,
        authors=header.authors,
        funding=header.funding,
        search_strategy=header.search_strategy,
        states=tuple(
            views.StateCount(state, states[state]) for state in _WEAKEST_FIRST if states[state]
        ),
        reviewers=_reviewers(pack),
    )


def anchor(term: str) -> str:
    """The place of a term on the glossary page."""
    return "term-" + re.sub(r"[^a-z0-9]+", "-", term.casefold()).strip("-")


def _reviewers(pack: Pack) -> tuple[views.ReviewerEntry, ...]:
    found = (signature(pack, statement.id) for statement in own_statements(pack))
    signed = Counter(
        (entry.reviewer, entry.role or "")
        for entry in found
        if entry is not None and entry.reviewer and entry.state == ReviewState.APPROVED.value
    )
    return tuple(views.ReviewerEntry(name, role, n) for (name, role), n in signed.items())
