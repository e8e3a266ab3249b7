"""Finds documents by their sense: sentence vectors of all of them, compared one by one.

The text that is turned into a vector begins with what the document is about and what part of
it, because the model reads no more than the start of a long text and a body seldom names its
subject. Needs the part `vectors`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rarepath.search.index import Ranked
from rarepath.search.sense import Encodes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Passage", "Passages", "passage_text"]


@dataclass(frozen=True)
class Passage:
    """What is known of a document beside its vector. A document may have several passages."""

    id: str
    conditions: tuple[str, ...]
    section: str


def passage_text(title: str, aliases: Sequence[str], section: str, body: str) -> str:
    """The text of a document as it is turned into a vector."""
    named = f"{title} ({', '.join(aliases)})" if aliases else title
    return f"{named}. {section}. {body}"


class Passages:
    """Ranks documents by the cosine of their vectors and the question's; exact, no index."""

    def __init__(
        self, passages: Sequence[Passage], vectors: "NDArray[np.float32]", encoder: Encodes
    ) -> None:
        """`vectors` (passages, width) has a row of length 1 for each of `passages`."""
        self._passages = passages
        self._vectors = vectors
        self._encoder = encoder
        self._about: dict[str, list[int]] = {}
        for row, passage in enumerate(passages):
            for condition in passage.conditions:
                self._about.setdefault(condition, []).append(row)

    def search(
        self,
        text: str,
        *,
        sections: Collection[str] = (),
        conditions: Collection[str] = (),
        limit: int = 10,
    ) -> list[Ranked]:
        """The documents whose sense is closest to that of `text`, best first.

        With `conditions` or `sections`, only documents of these are found. The score is the
        cosine; that of a document is its best passage's.
        """
        rows = self._rows(sections, conditions)
        vectors = self._vectors if rows is None else self._vectors[rows]
        likeness = vectors @ self._encoder.encode([text])[0]
        found: dict[str, float] = {}
        for at in (-likeness).argsort(kind="stable"):
            passage = self._passages[at if rows is None else rows[at]]
            found.setdefault(passage.id, float(likeness[at]))
            if len(found) == limit:
                break
        return [Ranked(name, score) for name, score in found.items()]

    def _rows(self, sections: Collection[str], conditions: Collection[str]) -> "list[int] | None":
        """The rows that may be found; None for all."""
        if not (sections or conditions):
            return None
        about = sorted({row for name in conditions for row in self._about.get(name, ())})
        rows = about if conditions else range(len(self._passages))
        return [row for row in rows if not sections or self._passages[row].section in sections]
