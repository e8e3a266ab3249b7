"""Pieces of a page that many pages share, written out once and kept while they stay the same.

A statement looks the same in every answer that shows it, and so do a disagreement and an entry
of the source list. Their markup is most of a page. What is kept is compared with what is to be
shown before it is used again, so a pack that was edited shows at once; nothing of a question is
in any of them.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from rarepath.ask.reply import ConflictView, SourceView, StatementView

if TYPE_CHECKING:
    from rarepath.web.frame import Frame

__all__ = ["Fragments"]

_TEMPLATE = "fragments.html"


class Fragments:
    """What templates call `made`: each method is the macro of that name in `fragments.html`."""

    def __init__(self, templates: jinja2.Environment) -> None:
        """Nothing is kept at first."""
        self._templates = templates
        self._kept: dict[Hashable, tuple[tuple[object, ...], Markup]] = {}

    def statement(
        self,
        frame: "Frame",
        view: StatementView,
        labels: Mapping[str, SourceView],
        page_state: str | None = None,
        disputed: tuple[str, ...] = (),
    ) -> Markup:
        """A statement, its badge, and its sources one click away.

        Its review state is said where it differs from the page's; `disputed` are the ids of the
        disagreements on this page that it is part of.
        """
        sources = {cited.source: labels.get(cited.source) for cited in view.citations}
        differs = view.review != (page_state or view.review)
        # A line through a text says nothing by itself.
        state = view.review if differs or view.review == "withdrawn" else None
        return self._once(frame, "statement", view.id, (view, sources), (state, disputed))

    def conflict(
        self,
        frame: "Frame",
        view: ConflictView,
        labels: Mapping[str, SourceView],
        folded: bool = False,
    ) -> Markup:
        """A disagreement with both its sides; `folded` shows its title and opens on a click."""
        names = {name: labels.get(name) for side in view.positions for name in side.sources}
        return self._once(frame, "conflict", view.id, (view, names), (folded,))

    def source(self, frame: "Frame", view: SourceView, directness: str | None) -> Markup:
        """An entry of the source list."""
        return self._once(frame, "source", view.id, (view,), (directness,))

    def key(self, frame: "Frame") -> Markup:
        """What the marks mean."""
        return self._once(frame, "key", "", (), ())

    def _once(
        self,
        frame: "Frame",
        macro: str,
        name: str,
        views: tuple[object, ...],
        how: tuple[Hashable, ...],
    ) -> Markup:
        pack = frame.pack.id if frame.pack is not None else None
        key = (macro, name, how, pack, frame.reader, frame.about)
        kept = self._kept.get(key)
        if kept is not None and kept[0] == views:
            return kept[1]
        module = self._templates.get_template(_TEMPLATE).make_module({"frame": frame})
        write: Callable[..., Markup] = getattr(module, macro)
        markup = write(*views, *how)
        self._kept[key] = (views, markup)
        return markup
