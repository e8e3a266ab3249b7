"""A plain searcher for packs of some hundred questions: shared words, rare ones counting most."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rarepath.ask.linking import Names
from rarepath.ask.matching import Hit, PackWords
from rarepath.ask.words import vocabulary, words
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["PlainSearcher"]

# "What is" still has to find "What is ...", but weighs little beside a content word.
_STOP_WORD_WEIGHT = 0.15
# What a score is made of; chosen by leaving out one phrasing of the shipped pack at a time
# (docs/how-ask-decides.md has the figures).
_BEST_WORDING, _ALL_WORDINGS, _ANSWER, _TOPIC = 0.3, 0.35, 0.25, 0.1

_Words = frozenset[str]


@dataclass(frozen=True)
class _Indexed:
    """A question: the words of each wording, and how much each word counts for it.

    `asked` is by all wordings together, `told` by the texts of its answers; both from 0 to 1.
    """

    question: str
    topic: str
    wordings: tuple[tuple[_Words, float], ...]
    asked: Mapping[str, float]
    told: Mapping[str, float]


@dataclass(frozen=True)
class _PackIndex:
    """The questions of a pack, and the weight of each word."""

    questions: tuple[_Indexed, ...]
    weights: Mapping[str, float]
    unseen: float


class PlainSearcher:
    """Adds up how far the best wording, all wordings, the answer and the topic fit."""

    def __init__(self, packs: Mapping[str, tuple[Pack, PackWords]], names: Names) -> None:
        """Index the questions of `packs`, by pack id."""
        self._names = names
        self._known = {name: known for name, (_, known) in packs.items()}
        self._packs = {name: self._index(pack) for name, (pack, _) in packs.items()}

    def search(self, said: Sequence[str], pack: Pack, reader: Reader) -> Sequence[Hit]:
        """See `Searcher.search`; this one gives every reader the same ranking."""
        index = self._packs[pack.id]
        weights = {word: index.weights.get(word, index.unseen) for word in said}
        topics = self._known[pack.id].topics(tuple(said))
        hits = [
            _hit(weights, each, topics.get(each.topic, 0.0))
            for each in index.questions
            if not weights.keys().isdisjoint(each.asked)
        ]
        return sorted(hits, key=lambda hit: -hit.score)

    def _index(self, pack: Pack) -> _PackIndex:
        wordings = {q.id: self._wordings(pack, q) for q in pack.questions.values()}
        stop = self._known[pack.id].stop
        weights = _weights((_Words().union(*each) for each in wordings.values()), stop)
        questions = tuple(
            _Indexed(
                question.id,
                question.topic,
                tuple((each, sum(map(weights.__getitem__, each))) for each in wordings[name]),
                _shares(wordings[name], 1.0),
                _shares(_told(pack, question), 1.5),
            )
            for name, question in pack.questions.items()
        )
        return _PackIndex(questions, weights, max(weights.values(), default=1.0))

    def _wordings(self, pack: Pack, question: CanonicalQuestion) -> list[_Words]:
        known = self._known[pack.id]
        asked = [answer.question for _, answer in question.each()]
        texts = dict.fromkeys([*question.phrasings, *asked])
        return [_Words(known.plain(self._names.rest(words(text)))) for text in texts]


def _told(pack: Pack, question: CanonicalQuestion) -> list[_Words]:
    """The words of every statement and section title of the question's answers."""
    texts: dict[str, None] = {}
    for reader, answer in question.each():
        texts.update(dict.fromkeys(section.title for section in answer.sections))
        told = [*answer.bottom_line, *(n for s in answer.sections for n in s.statements)]
        shown = (pack.statements[name].text.for_reader(reader) for name in told)
        texts.update(dict.fromkeys(text for text in shown if text))
    return [_words_of(text) for text in texts]


@lru_cache(maxsize=5_000)
def _words_of(text: str) -> _Words:
    # The same statement stands in several answers.
    return vocabulary([text])


def _hit(weights: Mapping[str, float], indexed: _Indexed, topic: float) -> Hit:
    """How well the weighted words of a question fit an indexed one."""
    whole = sum(weights.values())
    asked = sum(weight * indexed.asked.get(word, 0.0) for word, weight in weights.items())
    told = sum(weight * indexed.told.get(word, 0.0) for word, weight in weights.items())
    # Dice's coefficient: shared words against those of either side.
    best = max(
        2 * sum(weights[word] for word in weights.keys() & wording) / (whole + weight)
        for wording, weight in indexed.wordings
    )
    if any(weights.keys() == wording for wording, _ in indexed.wordings):
        return Hit(indexed.question, 1.0)
    score = _ALL_WORDINGS * asked / whole + _ANSWER * told / whole
    score += _BEST_WORDING * best + _TOPIC * topic
    missed = frozenset(weights.keys() - indexed.asked.keys() - indexed.told.keys())
    covered = 1 - sum(weights[word] for word in missed) / whole
    return Hit(indexed.question, score, covered, missed)


def _shares(texts: Iterable[_Words], half: float) -> Mapping[str, float]:
    """How much a word says: 0 when it is in no text, a half when in `half` of them, then less."""
    counts = Counter(word for each in texts for word in each)
    return {word: count / (count + half) for word, count in counts.items()}


def _weights(questions: Iterable[_Words], stop: frozenset[str]) -> Mapping[str, float]:
    """A word's weight: the fewer questions use it, the heavier."""
    together = list(questions)
    counts = Counter(word for each in together for word in each)
    return {
        word: _STOP_WORD_WEIGHT if word in stop else math.log(1 + len(together) / count)
        for word, count in counts.items()
    }
