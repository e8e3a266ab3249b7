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


_Wordings = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Indexed:
    """A question's wordings as sets of words, each with its weight, and all words together."""

    question: str
    wordings: tuple[tuple[frozenset[str], float], ...]
    together: frozenset[str]


class PlainSearcher:
    """Ranks by the overlap of weighted words (Dice's coefficient), for packs of some hundreds."""

    def __init__(self, packs: Mapping[str, tuple[Pack, PackWords]], names: Names) -> None:
        """Index the questions of `packs`, by pack id."""
        self._names = names
        self._weights: dict[str, Mapping[str, float]] = {}
        self._indexed: dict[str, list[_Indexed]] = {}
        for name, (pack, known) in packs.items():
            wordings = {q.id: self._wordings(q, known) for q in pack.questions.values()}
            weights = self._weights[name] = _weights(wordings.values(), known.stop)
            self._indexed[name] = [_index(each, wordings[each], weights) for each in wordings]

    def search(self, said: Sequence[str], pack: Pack, reader: Reader) -> Sequence[Hit]:
        """See `Searcher.search`; this one gives every reader the same ranking."""
        weights = self._weights[pack.id]
        # A word no wording has weighs as much as the rarest one.
        unseen = max(weights.values(), default=1.0)
        asked = {word: weights.get(word, unseen) for word in said}
        whole = sum(asked.values())
        hits = [
            Hit(indexed.question, _score(asked, whole, indexed))
            for indexed in self._indexed[pack.id]
            if not indexed.together.isdisjoint(asked)
        ]
        return sorted(hits, key=lambda hit: -hit.score)

    def _wordings(self, question: CanonicalQuestion, known: PackWords) -> _Wordings:
        asked = [answer.question for _, answer in question.each()]
        texts = dict.fromkeys([*question.phrasings, *asked])
        return tuple(frozenset(known.plain(self._names.find(words(t)).rest)) for t in texts)


def _index(question: str, wordings: _Wordings, weights: Mapping[str, float]) -> _Indexed:
    weighed = tuple((wording, sum(weights[word] for word in wording)) for wording in wordings)
    return _Indexed(question, weighed, frozenset().union(*wordings))


def _score(asked: Mapping[str, float], whole: float, indexed: _Indexed) -> float:
    """The best single wording, with some regard to all of them together; from 0 to 1."""
    shared = indexed.together.intersection(asked)
    covered = sum(asked[word] for word in shared) / whole
    best = max(
        2 * sum(asked[word] for word in shared & wording) / (whole + weight)
        for wording, weight in indexed.wordings
    )
    return _BEST_WORDING * best + (1 - _BEST_WORDING) * covered


def _weights(wordings: Iterable[_Wordings], stop: frozenset[str]) -> Mapping[str, float]:
    """A word's weight: the rarer among questions, the heavier."""
    together = [frozenset().union(*each) for each in wordings]
    counts = Counter(word for words_of_one in together for word in words_of_one)
    return {
        word: _STOP_WORD_WEIGHT if word in stop else math.log(1 + len(together) / count)
        for word, count in counts.items()
    }
