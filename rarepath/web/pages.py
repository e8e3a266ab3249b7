"""The pages that need no question: their addresses, templates, views and JSON twins.

One row a page. `docs/pages.md` describes each, and a test holds it to this table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.services import history, pages
from rarepath.show import versions, views

__all__ = ["PAGES", "PageKind", "Wanted"]


@dataclass(frozen=True)
class Wanted:
    """What an address asks for: the packs there are, the one it names, its item, the reader."""

    packs: tuple[Pack, ...]
    pack: Pack | None
    item: str
    reader: Reader
    on: date

    @property
    def chosen(self) -> Pack:
        """The pack that the address names."""
        assert self.pack is not None
        return self.pack


@dataclass(frozen=True)
class PageKind:
    """A kind of page: where it is, what it looks like, what it is made from."""

    address: str
    template: str
    view: type
    build: Callable[[Wanted], Any]
    title: Callable[[Any], str]

    @property
    def json_address(self) -> str:
        """The address of the JSON twin."""
        return f"{self.address}.json" if self.address != "/" else "/index.json"


_CONDITION = "/conditions/{pack}"

PAGES: tuple[PageKind, ...] = (
    PageKind(
        "/",
        "first.html",
        views.FirstPage,
        lambda wanted: pages.first_page(wanted.packs, wanted.reader),
        lambda view: "Ask about a rare disease",
    ),
    PageKind(
        "/about",
        "about.html",
        views.AboutPage,
        lambda wanted: pages.about_page(wanted.packs, wanted.reader),
        lambda view: "About",
    ),
    PageKind(
        _CONDITION,
        "condition.html",
        views.ConditionPage,
        lambda wanted: pages.condition_page(wanted.chosen, wanted.reader, wanted.on),
        lambda view: str(view.name),
    ),
    PageKind(
        f"{_CONDITION}/algorithm",
        "algorithm.html",
        views.AlgorithmPage,
        lambda wanted: pages.algorithm_page(wanted.chosen, wanted.reader, wanted.on),
        lambda view: f"Algorithm for {view.name}",
    ),
    PageKind(
        f"{_CONDITION}/sources",
        "sources.html",
        views.SourcesPage,
        lambda wanted: pages.sources_page(wanted.chosen, wanted.reader),
        lambda view: f"Sources on {view.name}",
    ),
    PageKind(
        f"{_CONDITION}/sources/{{item}}",
        "source.html",
        views.SourcePage,
        lambda wanted: pages.source_page(wanted.chosen, wanted.reader, wanted.item),
        lambda view: str(view.source.label),
    ),
    PageKind(
        f"{_CONDITION}/statements/{{item}}",
        "statement.html",
        views.StatementPage,
        lambda wanted: pages.statement_page(wanted.chosen, wanted.reader, wanted.item, wanted.on),
        lambda view: f"Statement {view.statement.id}",
    ),
    PageKind(
        f"{_CONDITION}/conflicts",
        "conflicts.html",
        views.ConflictsPage,
        lambda wanted: pages.conflicts_page(wanted.chosen, wanted.reader),
        lambda view: f"Where sources on {view.name} disagree",
    ),
    PageKind(
        f"{_CONDITION}/circulating",
        "circulating.html",
        views.CirculatingPage,
        lambda wanted: pages.circulating_page(wanted.chosen, wanted.reader),
        lambda view: f"Claims about {view.name} in circulation",
    ),
    PageKind(
        f"{_CONDITION}/glossary",
        "glossary.html",
        views.GlossaryPage,
        lambda wanted: pages.glossary_page(wanted.chosen, wanted.reader),
        lambda view: f"Glossary of {view.name}",
    ),
    PageKind(
        f"{_CONDITION}/differential",
        "differential.html",
        views.DifferentialPage,
        lambda wanted: pages.differential_page(wanted.chosen, wanted.reader),
        lambda view: f"What can look like {view.name}",
    ),
    PageKind(
        f"{_CONDITION}/history",
        "history.html",
        versions.HistoryPage,
        lambda wanted: history.history_page(wanted.chosen, wanted.reader),
        lambda view: f"What changed in the pack on {view.name}",
    ),
)
