"""Single things of a pack, as a terminal shows them: sources, a statement, terms, conflicts."""

from collections.abc import Iterable

from rarepath.ask.reply import SourceView
from rarepath.show.paper import Paper
from rarepath.show.terminal import conflict, statement
from rarepath.show.versions import HistoryPage, VersionEntry
from rarepath.show.views import (
    ConflictsPage,
    GlossaryPage,
    SourceCard,
    SourcePage,
    SourcesPage,
    StatementPage,
)
from rarepath.show.words import (
    DIRECTNESS,
    KIND,
    SOURCE_STATUS,
    SUPPORT,
    VERIFICATION,
    capital,
    date_in_words,
    sentence,
    word,
)

__all__ = [
    "render_conflicts",
    "render_glossary",
    "render_history",
    "render_source",
    "render_sources",
    "render_statement",
]


def render_sources(page: SourcesPage, width: int, colour: bool) -> str:
    """One entry a source: id, label, how close it is to the disease, what was read."""
    paper = Paper(width, colour)
    for card in page.sources:
        close = word(DIRECTNESS, card.directness)
        paper.entry(f"{card.id}  {card.label}. {capital(close)}. Read: {sentence(card.read)}", "")
    paper.gap()
    paper.text(f"{len(page.sources)} sources on {page.name}.", style="bold")
    return paper.done()


def render_source(page: SourcePage, width: int, colour: bool) -> str:
    """One source with everything recorded of it, and what cites it."""
    paper = Paper(width, colour)
    card = page.source
    paper.text(card.label, style="bold")
    paper.text(card.citation)
    paper.gap()
    paper.pairs([(name, text) for name, text in _facts(card) if text])
    labels = _labels(page.sources)
    for at, view in enumerate(page.statements):
        if at == 0:
            paper.heading("What rests on it")
        statement(paper, view, labels)
    return paper.done()


def render_statement(page: StatementPage, width: int, colour: bool) -> str:
    """One statement, what it rests on, who disagrees, and who vouches for it."""
    paper = Paper(width, colour)
    labels = _labels(page.sources)
    view = page.statement
    paper.text(view.text, style="bold")
    paper.text(f"{view.badge}. Population: {sentence(page.population)}", style="quiet")
    paper.heading("What it rests on")
    for cited in view.citations:
        label = labels.get(cited.source, cited.source)
        parts = [word(SUPPORT, cited.support), word(VERIFICATION, cited.verification)]
        parts.append(f"where: {cited.locator}")
        paper.entry(f"[{label}] {' '.join(sentence(part) for part in parts)}")
        if cited.note:
            paper.text(cited.note, "    ")
    for at, side in enumerate(page.conflicts):
        if at == 0:
            paper.heading("Where sources disagree", "caution")
        else:
            paper.gap()
        conflict(paper, side, labels)
    paper.heading("Record")
    paper.text(page.review_note, "  ")
    paper.text(f"{page.place}, content hash {page.content_hash[:16]}", "  ", style="quiet")
    return paper.done()


def render_glossary(page: GlossaryPage, width: int, colour: bool) -> str:
    """Terms with their meanings."""
    paper = Paper(width, colour)
    for term in page.terms:
        also = f" (also: {', '.join(term.aliases)})" if term.aliases else ""
        paper.gap()
        paper.text(term.term + also, style="bold")
        paper.text(term.meaning, "  ")
    return paper.done()


def render_conflicts(page: ConflictsPage, width: int, colour: bool) -> str:
    """Every disagreement, both sides."""
    paper = Paper(width, colour)
    labels = _labels(page.sources)
    for view in page.conflicts:
        paper.gap()
        conflict(paper, view, labels)
    return paper.done()


def render_history(page: HistoryPage, width: int, colour: bool) -> str:
    """Every version, the newest first, with what it changed."""
    paper = Paper(width, colour)
    for entry in page.versions:
        paper.heading(f"Version {entry.version}")
        paper.text(_circumstances(entry), style="quiet")
        for title, items in (
            ("Added", entry.added),
            ("Changed in its text, sources or marks", entry.reworded),
            ("Withdrawn", entry.withdrawn),
        ):
            if items:
                paper.text(f"{title}: {len(items)}")
            for item in items:
                paper.entry(f"{item.id}  {item.text or 'is gone again'}")
        if entry.removed:
            paper.text(f"Removed: {', '.join(entry.removed)}")
    paper.gap()
    paper.text("The texts are those of today; old texts are not kept.", style="quiet")
    return paper.done()


def _circumstances(entry: VersionEntry) -> str:
    day = f"released {date_in_words(entry.released)}" if entry.released else "not released yet"
    held = "" if entry.statements is None else f", {entry.statements} statements"
    since = f", compared with version {entry.since}" if entry.since else ""
    return sentence(f"{day}{held}{since}")


def _labels(sources: Iterable[SourceView]) -> dict[str, str]:
    return {source.id: source.label for source in sources}


def _facts(card: SourceCard) -> list[tuple[str, str]]:
    status = word(SOURCE_STATUS, card.status)
    return [
        ("id", card.id),
        ("kind", word(KIND, card.kind)),
        ("about", f"{card.about} ({word(DIRECTNESS, card.directness)})"),
        ("population", card.population),
        ("people studied", "" if card.participants is None else str(card.participants)),
        ("read", card.read),
        ("doi", card.doi or ""),
        ("PMID", card.pmid or ""),
        ("status", f"{status}. {card.status_note}" if card.status_note else status),
    ]
