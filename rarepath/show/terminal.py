"""A reply as text for a terminal, in the order a tired reader needs it.

Danger, then the answer in short, its sections, what is disputed, what is widely copied, what
is missing, the sources, who vouches for it, what it is not.
"""

import re
from collections.abc import Iterable

from rarepath.ask.reply import (
    CirculatingView,
    CitationView,
    ConflictView,
    Reply,
    SectionView,
    SourceView,
    StatementView,
)
from rarepath.show.paper import Paper
from rarepath.show.words import (
    DECLINED,
    READERS,
    REVIEW,
    REVIEW_PLAIN,
    SOURCE_STATUS,
    TIER,
    VERDICT,
    capital,
    sentence,
    word,
)

__all__ = ["chips", "conflict", "render", "source", "statement"]

_Labels = dict[str, str]


def render(reply: Reply, width: int, colour: bool) -> str:
    """The whole reply, wrapped to `width`; `colour` adds style and never a fact."""
    paper = Paper(width, colour)
    labels = {view.id: view.label for view in reply.sources}
    _danger(paper, reply)
    if reply.status != "emergency":
        _head(paper, reply)
    for section in reply.sections:
        _section(paper, section, labels)
    _conflicts(paper, reply.conflicts, labels)
    _circulating(paper, reply.circulating)
    if reply.status != "needs_facts":
        _missing(paper, "What this answer lacks", reply.missing)
    _list(paper, _title_of_take_along(reply), reply.take_along)
    _list(paper, _title_of_related(reply), (item.question for item in reply.related))
    if reply.sources:
        paper.heading("Sources")
        for view in reply.sources:
            source(paper, view)
    _foot(paper, reply)
    return paper.done()


def statement(paper: Paper, view: StatementView, labels: _Labels) -> None:
    """One statement, with its badge and its sources as short labels below it."""
    paper.text(view.text, "  ", "• ")
    paper.chips(view.badge, chips(view.citations, labels), "    ")


def chips(citations: Iterable[CitationView], labels: _Labels) -> list[str]:
    """The short labels of the cited sources, each once; one that disagrees says so."""
    shown: dict[str, None] = {}
    for citation in citations:
        label = labels.get(citation.source, citation.source)
        shown[label if citation.support != "contradicts" else f"against: {label}"] = None
    return list(shown)


def conflict(paper: Paper, view: ConflictView, labels: _Labels) -> None:
    """Both sides of a disagreement, what is used, and why."""
    paper.text(view.title, "  ", style="bold")
    for position in view.positions:
        told = position.n is None or re.search(rf"\b{position.n}\b", position.text)
        people = "" if told else f" ({position.n} people studied)"
        paper.text(position.text + people, "  ", "• ")
        paper.chips("", (labels.get(name, name) for name in position.sources), "    ")
    paper.text(f"What is used here: {view.used}", "  ")
    paper.text(f"Why: {view.why}", "  ")


def source(paper: Paper, view: SourceView) -> None:
    """One entry of the source list: what it is, what it is about, what was read of it."""
    ids = [f"doi {view.doi}" if view.doi else "", f"PMID {view.pmid}" if view.pmid else ""]
    cited = " ".join([sentence(view.citation), ". ".join(part for part in ids if part)])
    paper.entry(f"[{view.label}] {cited}")
    status = "" if view.status == "current" else f" {sentence(word(SOURCE_STATUS, view.status))}"
    paper.text(
        f"About: {sentence(view.about)} Read: {sentence(view.read)}{status}",
        "    ",
        style="quiet",
    )


def _danger(paper: Paper, reply: Reply) -> None:
    if reply.danger is not None:
        title = capital(word(TIER, reply.danger.tier))
        paper.box(title, [reply.danger.text], reply.danger.signs)


def _head(paper: Paper, reply: Reply) -> None:
    paper.heading(reply.understood_as or DECLINED.get(reply.status) or reply.question)
    about = [reply.condition.name] if reply.condition else []
    about.append(f"for {word(READERS, reply.reader)}")
    paper.text(" · ".join(about), style="quiet")
    if reply.declined is not None:
        paper.gap()
        paper.text(reply.declined.text)
        if reply.condition and reply.declined.reason == "which_disease":
            paper.text(f"On the command line: --pack {reply.condition.id}")
    if reply.status == "needs_facts":
        _missing(paper, "What is needed", reply.missing)


def _section(paper: Paper, section: SectionView, labels: _Labels) -> None:
    paper.heading(section.title)
    for view in section.statements:
        statement(paper, view, labels)


def _conflicts(paper: Paper, conflicts: Iterable[ConflictView], labels: _Labels) -> None:
    for at, view in enumerate(conflicts):
        if at == 0:
            paper.heading("Where sources disagree", "caution")
        else:
            paper.gap()
        conflict(paper, view, labels)


def _circulating(paper: Paper, claims: Iterable[CirculatingView]) -> None:
    for at, claim in enumerate(claims):
        if at == 0:
            paper.heading("Claims in circulation", "caution")
        paper.text(f"“{claim.claim}”", "  ", "• ")
        paper.text(f"{sentence(word(VERDICT, claim.verdict))} {claim.rests_on}", "    ")


def _missing(paper: Paper, title: str, missing: Iterable[str]) -> None:
    for at, text in enumerate(missing):
        if at == 0:
            paper.heading(title, "unknown")
        paper.text(text, "  ", "? ")


def _title_of_take_along(reply: Reply) -> str:
    return "Questions for your team" if reply.reader == "patient" else "Questions to take along"


def _title_of_related(reply: Reply) -> str:
    return "Related questions" if reply.status == "answered" else "Questions that are answered"


def _list(paper: Paper, title: str, items: Iterable[str]) -> None:
    for at, item in enumerate(items):
        if at == 0:
            paper.heading(title)
        paper.text(item, "  ", "• ")


def _foot(paper: Paper, reply: Reply) -> None:
    paper.gap()
    if reply.review is not None:
        states = REVIEW_PLAIN if reply.reader == "patient" else REVIEW
        state = capital(word(states, reply.review.state))
        paper.text(f"{state}. {reply.review.note}", style="caution")
    paper.text(reply.disclaimer, style="quiet")
