"""Finds a pack's canonical questions for any wording: by its words and, where it can, its sense.

Words: a document for each question (its titles, its wordings, its answer) in the lexical
index, by BM25. Sense: sentence vectors of every wording (`search.sense`). The two are added up;
docs/search.md has what else was tried.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from rarepath.ask.matching import Hit
from rarepath.ask.words import without
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.index import LexicalIndex, Weights
from rarepath.search.lessons import Lesson, Lessons
from rarepath.search.sense import Sense

__all__ = ["QuestionSearcher"]

_WEIGHTS: Final = Weights(title=1.0, alias=2.0, body=0.3, condition=0.0)
# BM25's saturation: what a word's weight grows to however often it stands in a document.
_SATURATED: Final = 2.2
# What being like one of the wordings counts for beside sharing words with all of them.
_LIKE_A_WORDING: Final = 0.3
# What the words count for beside the sense.
_WORDS_BESIDE_SENSE: Final = 0.5
# From raw scores to the scale of `Hit`, alike for both: docs/search.md.
_BY_WORDS, _BY_SENSE = 1.15, 1.2
_ALMOST: Final = 0.9
# A question that means this much of the same without a word does not turn on that word.
_SAME: Final = 0.86


class QuestionSearcher:
    """Ranks the canonical questions of packs; see `ask.matching.Searcher`."""

    def __init__(
        self, lessons: Iterable[Lessons], index: LexicalIndex, sense: Sense | None = None
    ) -> None:
        """`index` holds the documents of `lessons`. Without `sense`, words alone decide."""
        self._lessons: Mapping[str, Lessons] = {each.pack: each for each in lessons}
        self._index = index
        self._sense = sense

    def search(
        self, said: Sequence[str], pack: Pack, reader: Reader, text: str = ""
    ) -> Sequence[Hit]:
        """See `Searcher.search`."""
        lessons = self._lessons[pack.id]
        weights = {word: lessons.weighed(word) for word in said}
        lexical = self._lexical(said, lessons)
        meant = self._sense.rank(pack.id, text) if self._sense and text else None
        alike = lessons.alike(weights)
        hits = [
            _hit(
                each,
                weights,
                lexical.get(each.id, 0.0) + _LIKE_A_WORDING * alike.get(each.id, 0.0),
                meant[each.id] if meant else None,
            )
            for each in lessons.questions
            if each.id in lexical or meant
        ]
        return sorted(hits, key=lambda hit: -hit.score)

    def turns_on(self, text: str, unknown: Collection[str]) -> bool | None:
        """See `Searcher.turns_on`."""
        if self._sense is None:
            return None
        return self._sense.likeness(text, without(text, unknown)) < _SAME

    def near(self, question: str, pack: Pack) -> Sequence[str]:
        """See `Searcher.near`."""
        if self._sense is not None:
            return self._sense.near(pack.id, question)
        lessons = self._lessons[pack.id]
        own = next(each for each in lessons.questions if each.id == question)
        found = self._lexical(sorted(set().union(*own.exact)), lessons)
        return [name for name in sorted(found, key=lambda name: -found[name]) if name != question]

    def _lexical(self, said: Sequence[str], lessons: Lessons) -> Mapping[str, float]:
        """How much of what the words could score at most each question scores, from 0 to 1."""
        found = self._index.search(
            said,
            weights=_WEIGHTS,
            conditions=[lessons.pack],
            only_conditions=True,
            limit=len(lessons.questions),
        )
        best = _SATURATED * sum(_WEIGHTS.fields()) * sum(map(lessons.weighed, set(said)))
        start = len(lessons.pack) + 1
        return {ranked.id[start:]: ranked.score / best for ranked in found if ranked.score > 0}


def _hit(lesson: Lesson, weights: Mapping[str, float], lexical: float, meant: float | None) -> Hit:
    missed = weights.keys() - lesson.known
    covered = 1 - sum(weights[word] for word in missed) / (sum(weights.values()) or 1.0)
    if frozenset(weights) in lesson.exact:
        return Hit(lesson.id, 1.0, covered, frozenset(missed))
    unasked = frozenset(weights.keys() - lesson.asked)
    if meant is None:
        score = _BY_WORDS * lexical
    else:
        score = _BY_SENSE * (_WORDS_BESIDE_SENSE * lexical + meant)
    return Hit(lesson.id, _below_one(score), covered, frozenset(missed), unasked, lesson.exact)


def _below_one(score: float) -> float:
    """`score` up to `_ALMOST`; above it the order is kept, and 1 never reached."""
    if score <= _ALMOST:
        return max(0.0, score)
    return 1 - (1 - _ALMOST) / (1 + score - _ALMOST)
