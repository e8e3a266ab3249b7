"""A reply as text for a terminal, in the order a tired reader needs it.

Danger, then the answer in short, its sections, the sides of a comparison, what is disputed, what
is widely copied, what is missing or would change it, where to go on, the sources, who vouches
for it, what it is not.
"""

import re
from collections.abc import Iterable

from rarepath.ask.reply import (
    CirculatingView,
    CitationView,
    ConflictView,
    DangerView,
    OptionView,
    Reply,
    SectionView,
    SourceView,
    StatementView,
)
from rarepath.show.paper import Paper
from rarepath.show.words import (
    CHANGE,
    CHANGE_PLAIN,
    DECLINED,
    READERS,
    REVIEW,
    REVIEW_PLAIN,
    SOURCE_STATUS,
    TIER,
    VERDICT,
    capital,
    changed_since,
    sentence,
    word,
)

__all__ = ["chips", "conflict", "render", "source", "statement"]

_Labels = dict[str, str]


def render(reply: Reply, width: int, colour: bool) -> str:
    """The whole reply, wrapped to `width`; `colour` adds style and never a fact."""
    paper = Paper(width, colour)
    sources = {view.id: view for part in (reply, *reply.parts) for view in part.sources}
    labels = {view.id: view.label for view in sources.values()}
    for box in _dangers(reply):
        _danger(paper, box)
    if reply.status != "emergency":
        _head(paper, reply)
    for part in reply.parts:
        _part(paper, part, labels)
    for section in _in_order(reply.sections):
        _section(paper, section, labels)
    _options(paper, reply.options, labels)
    _conflicts(paper, reply, labels)
    _circulating(paper, reply.circulating)
    if reply.status != "needs_facts":
        _missing(paper, "What this answer lacks", reply.missing)
    _changes(paper, reply)
    _history(paper, reply)
    _list(paper, _title_of_take_along(reply), reply.take_along)
    _list(paper, "Following on", (item.question for item in reply.follow_ups))
    _list(paper, _title_of_related(reply), (item.question for item in reply.related))
    if sources:
        paper.heading("Sources")
        for view in sources.values():
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


def _dangers(reply: Reply) -> Iterable[DangerView]:
    """Each danger once: that of the reply, then those of its parts."""
    boxes = (part.danger for part in (reply, *reply.parts))
    return dict.fromkeys(box for box in boxes if box is not None)


def _danger(paper: Paper, danger: DangerView) -> None:
    paper.box(capital(word(TIER, danger.tier)), [danger.text], danger.signs)


def _head(paper: Paper, reply: Reply) -> None:
    several = f"{len(reply.parts)} questions, one after the other" if reply.parts else None
    title = several or reply.understood_as or DECLINED.get(reply.status) or reply.question
    paper.heading(title)
    about = [reply.condition.name] if reply.condition else []
    about.append(f"for {word(READERS, reply.reader)}")
    paper.text(" · ".join(about), style="quiet")
    if reply.declined is not None:
        paper.gap()
        paper.text(reply.declined.text)
        if reply.declined.code:
            code = reply.declined.code.removeprefix("ORPHA:")
            paper.text(f"It is listed in Orphanet as ORPHA:{code}.")
        if reply.condition and reply.declined.reason == "which_disease":
            paper.text(f"On the command line: --pack {reply.condition.id}")
    if reply.status == "needs_facts":
        _missing(paper, "What is needed", reply.missing)


def _part(paper: Paper, part: Reply, labels: _Labels) -> None:
    """One of several questions: its answer in short, and how to read the whole of it."""
    paper.heading(part.understood_as or DECLINED.get(part.status) or part.question)
    if part.declined is not None:
        paper.text(part.declined.text, "  ")
    for section in part.sections:
        if section.id == "bottom_line":
            for view in section.statements:
                statement(paper, view, labels)
    if part.sections:
        paper.text("Ask it alone for the whole answer.", "  ", style="quiet")


def _in_order(sections: Iterable[SectionView]) -> list[SectionView]:
    """What the record has to state comes right after the answer in short."""
    return sorted(
        sections, key=lambda section: (section.id != "bottom_line", section.id != "document")
    )


def _section(paper: Paper, section: SectionView, labels: _Labels) -> None:
    paper.heading(section.title)
    if section.id != "document":
        for view in section.statements:
            statement(paper, view, labels)
        return
    paper.text("What the record leaves open is a query to the provider.", "  ", style="caution")
    for view in section.statements:
        paper.text(view.text, "  ", "[ ] ")
        paper.chips(view.badge, chips(view.citations, labels), "      ")


def _options(paper: Paper, options: Iterable[OptionView], labels: _Labels) -> None:
    for option in options:
        paper.heading(capital(option.name))
        sides = (("For", option.arguments_for), ("Against", option.arguments_against))
        for side, views in sides:
            paper.text(side, "  ", style="bold")
            for view in views:
                statement(paper, view, labels)
            if not views:
                nothing = option.nothing_found or "No source collected here speaks to it."
                paper.text(nothing, "  ", "? ", style="unknown")


def _conflicts(paper: Paper, reply: Reply, labels: _Labels) -> None:
    """Those the question turns on in full; the others by their titles."""
    for at, view in enumerate(view for view in reply.conflicts if view.central):
        if at == 0:
            paper.heading("Where sources disagree", "caution")
        else:
            paper.gap()
        conflict(paper, view, labels)
    others = [view for view in reply.conflicts if not view.central]
    if others:
        paper.heading("Sources also disagree on these", "caution")
        for view in others:
            paper.text(view.title, "  ", "• ")
        pack = f" {reply.condition.id}" if reply.condition else ""
        paper.text(f"Both sides of each: rarepath conflicts{pack}", "  ", style="quiet")


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


def _changes(paper: Paper, reply: Reply) -> None:
    kinds = CHANGE_PLAIN if reply.reader == "patient" else CHANGE
    for at, view in enumerate(reply.would_change):
        if at == 0:
            paper.heading("What would change this answer")
        paper.text(f"{capital(word(kinds, view.kind))}: {view.text}", "  ", "• ")


def _history(paper: Paper, reply: Reply) -> None:
    if reply.history is not None:
        paper.gap()
        paper.text(changed_since(reply.history), style="quiet")


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
    # Parts of one pack are vouched for alike; the first tells it for all.
    review = reply.review or next((part.review for part in reply.parts if part.review), None)
    if review is not None:
        states = REVIEW_PLAIN if reply.reader == "patient" else REVIEW
        paper.text(f"{capital(word(states, review.state))}. {review.note}", style="caution")
    paper.text(reply.disclaimer, style="quiet")
