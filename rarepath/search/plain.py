"""A plain searcher: words shared with a question's wordings, rare words counting most."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rarepath.ask.linking import Names
from rarepath.ask.matching import Hit, PackWords
from rarepath.ask.words import words
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["PlainSearcher"]

# "What is" still has to find "What is ...", but weighs little beside a content word.
_STOP_WORD_WEIGHT = 0.15
# The share of the best single wording in a score; the rest is all wordings together.
_BEST_WORDING = 0.75


@dataclass(frozen=True)
class _Indexed:
    """A question's wordings as sets of words, and all of them together."""

    question: str
    wordings: tuple[frozenset[str], ...]
    together: frozenset[str]


class PlainSearcher:
    """Ranks by the overlap of weighted words (Dice's coefficient), for packs of some hundreds."""

    def __init__(self, packs: Mapping[str, tuple[Pack, PackWords]], names: Names) -> None:
        """Index the questions of `packs`, by pack id."""
        self._names = names
        self._indexed: dict[str, list[_Indexed]] = {}
        self._weights: dict[str, dict[str, float]] = {}
        for name, (pack, known) in packs.items():
            self._indexed[name] = [self._index(q, known) for q in pack.questions.values()]
            self._weights[name] = _weights(self._indexed[name], known.stop)

    def search(self, said: Sequence[str], pack: Pack, reader: Reader) -> Sequence[Hit]:
        """See `Searcher.search`; this one gives every reader the same ranking."""
        weights, asked = self._weights[pack.id], frozenset(said)
        unseen = max(weights.values(), default=1.0)

        def weigh(found: Iterable[str]) -> float:
            return sum(weights.get(word, unseen) for word in found)

        hits = []
        for indexed in self._indexed[pack.id]:
            if asked.isdisjoint(indexed.together):
                continue
            best = max(
                2 * weigh(asked & wording) / (weigh(asked) + weigh(wording))
                for wording in indexed.wordings
            )
            covered = weigh(asked & indexed.together) / weigh(asked)
            score = _BEST_WORDING * best + (1 - _BEST_WORDING) * covered
            hits.append(Hit(indexed.question, score))
        return sorted(hits, key=lambda hit: -hit.score)

    def _index(self, question: CanonicalQuestion, known: PackWords) -> _Indexed:
        asked = [answer.question for _, answer in question.each()]
        wordings = tuple(
            frozenset(known.plain(self._names.find(words(text)).rest))
            for text in (*question.phrasings, *asked)
        )
        return _Indexed(question.id, wordings, frozenset().union(*wordings))


def _weights(indexed: Iterable[_Indexed], stop: frozenset[str]) -> dict[str, float]:
    """A word's weight: the rarer among questions, the heavier."""
    indexed = list(indexed)
    counts = Counter(word for item in indexed for word in item.together)
    return {
        word: _STOP_WORD_WEIGHT if word in stop else math.log(1 + len(indexed) / count)
        for word, count in counts.items()
    }
