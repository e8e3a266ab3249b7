"""Views of a pack for pages, look-ups and their JSON: one function for each.

They take an open pack, the reader and the day, and return what `rarepath.show.views`
describes. What is not written for the reader is left out, never shown in another's words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import chain, zip_longest
from typing import Any

from rarepath import __version__
from rarepath.ask.compose import circulating_view, conflict_view, statement_view
from rarepath.kernel.envelope import Envelope, PackVersion
from rarepath.kernel.errors import NotFound, UnknownPack, UnknownReader
from rarepath.knowledge.base import Directness, Reader
from rarepath.knowledge.evidence import content_hash
from rarepath.knowledge.packs import Pack
from rarepath.services.status import parts
from rarepath.show import excerpts, versions, views
from rarepath.show.sheet import SheetPage

__all__ = [
    "EXAMPLES",
    "SCHEMAS",
    "about_page",
    "algorithm_page",
    "card",
    "circulating_page",
    "condition_page",
    "conflicts_page",
    "differential_page",
    "envelope",
    "first_page",
    "glossary_page",
    "narrowed",
    "only_condition",
    "reader_named",
    "source_page",
    "sources_page",
    "statement_page",
]

EXAMPLES = 6
_NO_PART = ("dev", "run")
SCHEMAS: Mapping[type, str] = {
    views.FirstPage: "rarepath/first/1",
    views.AboutPage: "rarepath/about/1",
    views.ConditionPage: "rarepath/condition/1",
    views.AlgorithmPage: "rarepath/algorithm/1",
    views.SourcesPage: "rarepath/sources/1",
    views.SourcePage: "rarepath/source/1",
    views.StatementPage: "rarepath/statement/1",
    views.ConflictsPage: "rarepath/conflicts/1",
    views.CirculatingPage: "rarepath/circulating/1",
    views.GlossaryPage: "rarepath/glossary/1",
    views.DifferentialPage: "rarepath/differential/1",
    versions.HistoryPage: "rarepath/history/1",
    SheetPage: "rarepath/sheet/1",
}
_INTENDED_USE = (
    "rarepath supports decisions that a health professional can check: it shows reasons, "
    "sources and what is missing. For patients and parents it is for learning, and for "
    "preparing a talk with their team.",
    "It offers options, never orders. It makes no diagnosis and does not replace a clinician. "
    "Patients are never given a dose.",
    "Nothing in a pack counts as approved until a named person has signed it.",
)


def envelope(view: Any, pack: Pack | None, on: date) -> Envelope:
    """A view as the JSON result it is documented as; the schema follows from its type."""
    version = PackVersion(pack.id, pack.condition.version) if pack is not None else None
    body = {field.name: getattr(view, field.name) for field in fields(view)}
    return Envelope(SCHEMAS[type(view)], on, version, body)


def only_condition(packs: Sequence[Pack]) -> Pack:
    """The one pack there is; raise UnknownPack when there are several, or none."""
    if len(packs) == 1:
        return packs[0]
    names = ", ".join(pack.id for pack in packs)
    raise UnknownPack(
        "It is not clear which disease is meant." if packs else "There is no condition pack.",
        f"Name one with --pack: {names}." if packs else "See what rarepath status says of packs.",
    )


def narrowed(page: views.GlossaryPage, term: str) -> views.GlossaryPage:
    """The glossary with the entries called `term` only; raise NotFound when there is none."""
    wanted = term.casefold()
    found = tuple(
        entry
        for entry in page.terms
        if wanted in {name.casefold() for name in (entry.term, *entry.aliases)}
    )
    if not found:
        near = [entry.term for entry in page.terms if wanted in entry.term.casefold()]
        raise NotFound(
            f"The glossary has no term {term!r}.",
            f"Near it: {', '.join(near[:5])}." if near else "See all terms: rarepath glossary",
        )
    return replace(page, terms=found)


def reader_named(name: str | None, usual: Reader) -> Reader:
    """The reader called `name`, or the `usual` one without a name; raise UnknownReader."""
    if not name:
        return usual
    if name not in set(Reader):
        raise UnknownReader(
            f"There is no reader called {name[:40]!r}.", f"Use one of: {', '.join(Reader)}."
        )
    return Reader(name)


def first_page(packs: Sequence[Pack], reader: Reader) -> views.FirstPage:
    """The diseases there are, and the questions this reader asks first, each pack in turn."""
    asked = [excerpts.top(pack, reader) for pack in packs]
    in_turn = [link for link in chain.from_iterable(zip_longest(*asked)) if link is not None]
    cards = tuple(card(pack, reader) for pack in packs)
    return views.FirstPage(reader.value, cards, tuple(in_turn[:EXAMPLES]))


def card(pack: Pack, reader: Reader) -> views.ConditionCard:
    """A pack in one line."""
    return views.ConditionCard(
        id=pack.id,
        name=pack.condition.name,
        version=pack.condition.version,
        state=excerpts.weakest_state(pack),
        summary=pack.condition.summary.for_reader(reader),
    )


def condition_page(pack: Pack, reader: Reader, on: date) -> views.ConditionPage:
    """The overview of a disease; links to organisations are judged by the day `on`."""
    header = pack.condition
    overview = excerpts.statements(pack, header.overview, reader)
    return views.ConditionPage(
        reader=reader.value,
        id=pack.id,
        name=header.name,
        names=tuple(name.text for name in header.names if name.kind == "synonym"),
        summary=header.summary.for_reader(reader),
        identifiers=excerpts.codes(header.identifiers),
        review=excerpts.review(pack, overview, reader, on),
        overview=overview,
        top=excerpts.top(pack, reader),
        topics=excerpts.topics(pack, reader),
        danger=excerpts.danger_signs(pack, reader),
        organisations=excerpts.organisations(pack, on),
        counts=excerpts.counts(pack),
        sources=excerpts.sources_of(pack, overview),
    )


def algorithm_page(pack: Pack, reader: Reader, on: date) -> views.AlgorithmPage:
    """The steps without a patient. Their titles are written for clinicians, so others get none."""
    steps = tuple(
        views.StepView(
            step.id, step.title, step.when, excerpts.statements(pack, step.statements, reader)
        )
        for step in (pack.steps.values() if reader is Reader.CLINICIAN else ())
    )
    shown = [view for step in steps for view in step.statements]
    return views.AlgorithmPage(
        reader=reader.value,
        id=pack.id,
        name=pack.condition.name,
        review=excerpts.review(pack, shown, reader, on),
        steps=steps,
        sources=excerpts.sources_of(pack, shown),
    )


def sources_page(pack: Pack, reader: Reader) -> views.SourcesPage:
    """Every source, the closest to the disease first, then by its label."""
    closeness = list(Directness)
    cards = [excerpts.source_card(pack, source) for source in pack.sources.values()]
    cards.sort(key=lambda card: (closeness.index(Directness(card.directness)), card.label))
    return views.SourcesPage(reader.value, pack.id, pack.condition.name, tuple(cards))


def source_page(pack: Pack, reader: Reader, name: str) -> views.SourcePage:
    """One source and what cites it; raise NotFound."""
    if name not in pack.sources:
        raise excerpts.missing(pack, "source", name)
    citing = excerpts.statements(
        pack,
        (s.id for s in pack.statements.values() if name in {c.source for c in s.citations}),
        reader,
    )
    return views.SourcePage(
        reader=reader.value,
        id=pack.id,
        name=pack.condition.name,
        source=excerpts.source_card(pack, pack.sources[name]),
        statements=citing,
        sources=excerpts.sources_of(pack, citing),
    )


def statement_page(pack: Pack, reader: Reader, name: str, on: date) -> views.StatementPage:
    """All that is recorded of a statement; raise NotFound, also when not for this reader."""
    statement = pack.statements.get(name)
    view = statement_view(pack, statement, reader) if statement is not None else None
    if statement is None or view is None:
        raise excerpts.missing(pack, "statement", name)
    place = pack.place("statements", name)
    found = [c for c in pack.conflicts.values() if name in c.statements]
    conflicts = tuple(v for c in found if (v := conflict_view(pack, c, reader)) is not None)
    named = [
        source for conflict in conflicts for side in conflict.positions for source in side.sources
    ]
    return views.StatementPage(
        reader=reader.value,
        readers=tuple(r.value for r in Reader if statement_view(pack, statement, r) is not None),
        id=pack.id,
        name=pack.condition.name,
        topic=excerpts.topic_titles(pack).get(statement.topic, statement.topic),
        statement=view,
        review_note=excerpts.review(pack, [view], reader, on).note,
        population=statement.population,
        ages=statement.ages,
        jurisdiction=statement.jurisdiction,
        downgraded_for=tuple(reason.replace("_", " ") for reason in statement.downgraded_for),
        expires=statement.expires,
        signature=excerpts.signature(pack, name),
        conflicts=conflicts,
        questions=excerpts.links(pack, excerpts.answered_with(pack, name, reader), reader),
        place=f"{place.document.file.name}:{place.line()}",
        content_hash=content_hash(statement),
        sources=excerpts.sources_of(pack, [view], named),
    )


def conflicts_page(pack: Pack, reader: Reader) -> views.ConflictsPage:
    """Every disagreement written for this reader."""
    shown = tuple(view for c in pack.conflicts.values() if (view := conflict_view(pack, c, reader)))
    named = [name for view in shown for side in view.positions for name in side.sources]
    return views.ConflictsPage(
        reader.value, pack.id, pack.condition.name, shown, excerpts.sources_of(pack, (), named)
    )


def circulating_page(pack: Pack, reader: Reader) -> views.CirculatingPage:
    """Every circulating claim written for this reader, with what to read instead."""
    claims = []
    for claim in pack.circulating.values():
        view = circulating_view(pack, claim, reader)
        if view is not None:
            seen = tuple(pack.sources[name].label for name in claim.seen_in)
            instead = excerpts.statements(pack, claim.instead, reader)
            claims.append(
                views.ClaimEntry(view.id, view.claim, view.verdict, view.rests_on, seen, instead)
            )
    return views.CirculatingPage(reader.value, pack.id, pack.condition.name, tuple(claims))


def glossary_page(pack: Pack, reader: Reader) -> views.GlossaryPage:
    """Every term in alphabetical order."""
    terms = sorted(pack.glossary.values(), key=lambda entry: entry.term.casefold())
    return views.GlossaryPage(
        reader.value,
        pack.id,
        pack.condition.name,
        tuple(views.Term(t.term, excerpts.anchor(t.term), t.aliases, t.meaning) for t in terms),
    )


def differential_page(pack: Pack, reader: Reader) -> views.DifferentialPage:
    """Every look-alike whose statement is written for this reader."""
    shown = []
    for entry in pack.differential.values():
        for view in excerpts.statements(pack, [entry.statement], reader):
            codes = excerpts.codes(entry.identifiers)
            shown.append(views.Lookalike(entry.id, entry.name, entry.names, codes, view))
    return views.DifferentialPage(
        reader.value,
        pack.id,
        pack.condition.name,
        tuple(shown),
        excerpts.sources_of(pack, [entry.statement for entry in shown]),
    )


def about_page(packs: Iterable[Pack], reader: Reader) -> views.AboutPage:
    """What rarepath is for, and the editorial record of each pack."""
    records = tuple(excerpts.about_pack(pack) for pack in packs)
    absent = tuple(p for p in parts() if not p.installed and p.name not in _NO_PART)
    return views.AboutPage(reader.value, __version__, _INTENDED_USE, records, absent)
