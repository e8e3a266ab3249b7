"""What the searcher knows of one pack's questions: their wordings and answers as folded words.

Taken from a pack once; kept in the cache as JSON, because folding every wording takes longer
than answering.
"""

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Final, Self

from rarepath.ask.linking import Names
from rarepath.ask.matching import PackWords
from rarepath.ask.shorthand import Expander
from rarepath.ask.words import Folding, words
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.packs import Pack
from rarepath.search.index import Document

__all__ = ["Lesson", "Lessons", "wordings"]

# What one of the words of any question ("what", "is", "for") weighs beside one with content.
_STOP_WORD: Final = 0.15

_Words = frozenset[str]


@dataclass(frozen=True)
class Lesson:
    """One question: its topic, its titles and wordings, and what its answer tells.

    Texts are folded words with blanks between, without the disease's names, each drug under
    one name.
    """

    id: str
    topic: str
    titles: tuple[str, ...]
    wordings: tuple[str, ...]
    told: str

    @cached_property
    def exact(self) -> frozenset[_Words]:
        """The words of each wording: a question of just these words is that wording."""
        return frozenset(_Words(text.split()) for text in (*self.titles, *self.wordings))

    @cached_property
    def asked(self) -> _Words:
        """Every word of its wordings."""
        return _Words().union(*self.exact)

    @cached_property
    def known(self) -> _Words:
        """Every word of its wordings and its answer."""
        return self.asked.union(self.told.split())


@dataclass(frozen=True)
class Lessons:
    """The questions of one pack, and what each word weighs among them."""

    pack: str
    questions: tuple[Lesson, ...]
    stop: frozenset[str]

    @classmethod
    def of(cls, pack: Pack, known: PackWords, names: Names) -> Self:
        """The lessons of `pack`; `names` are taken out of its wordings."""
        folding = Folding()

        expand = Expander(pack.phrasebook).expand

        def plain(text: str) -> str:
            return " ".join(known.plain(names.rest(words(expand(text)))))

        questions = tuple(
            Lesson(
                question.id,
                question.topic,
                tuple(plain(answer.question) for _, answer in question.each()),
                tuple(plain(text) for text in question.phrasings),
                folding.joined("\n".join(_told(pack, question))),
            )
            for question in pack.questions.values()
        )
        return cls(pack.id, questions, known.stop)

    def documents(self) -> Iterator[Document]:
        """One document for each question; its id is that of the pack, a slash, its own."""
        for each in self.questions:
            titles, alias = " ".join(each.titles), " ".join(each.wordings)
            name = f"{self.pack}/{each.id}"
            yield Document(name, (self.pack,), each.topic, titles, alias, each.told)

    def weight(self, word: str) -> float:
        """The weight of a word, as in BM25: the fewer questions ask with it, the heavier."""
        return self._weights.get(word, self._unseen)

    def weighed(self, word: str) -> float:
        """The weight of a word, where one that stands in any question counts little."""
        return _STOP_WORD if word in self.stop else self.weight(word)

    def alike(self, said: Mapping[str, float]) -> Mapping[str, float]:
        """How much of `said`, words with their weights, is common to it and a question's wording.

        Dice's coefficient with the likest wording, for each question that shares a word.
        """
        common: dict[int, float] = {}
        for word, weight in said.items():
            for wording in self._holding.get(word, ()):
                common[wording] = common.get(wording, 0.0) + weight
        asked = sum(said.values())
        found: dict[str, float] = {}
        for wording, shared in common.items():
            question, weight = self._wordings[wording]
            like = 2 * shared / (asked + weight)
            if like > found.get(question, 0.0):
                found[question] = like
        return found

    @cached_property
    def _wordings(self) -> Sequence[tuple[str, float]]:
        """The question and the weight of each wording."""
        return [
            (each.id, sum(map(self.weighed, found)))
            for each in self.questions
            for found in each.exact
        ]

    @cached_property
    def _holding(self) -> Mapping[str, Sequence[int]]:
        """For each word the wordings that hold it, by their place in `_wordings`."""
        holding: dict[str, list[int]] = {}
        for place, found in enumerate(found for each in self.questions for found in each.exact):
            for word in found:
                holding.setdefault(word, []).append(place)
        return holding

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        asked = (_Words().union(*each.exact) for each in self.questions)
        counts = Counter(word for found in asked for word in found)
        return {word: _idf(len(self.questions), count) for word, count in counts.items()}

    @cached_property
    def _unseen(self) -> float:
        return _idf(len(self.questions), 0)

    def to_json(self) -> str:
        """The lessons as text; `from_json` reads it back."""
        return json.dumps([self.pack, [asdict(each) for each in self.questions]])

    @classmethod
    def from_json(cls, text: str, known: PackWords) -> Self:
        """The lessons that `to_json` wrote; raises ValueError, TypeError or KeyError for others."""
        pack, questions = json.loads(text)
        return cls(
            pack,
            tuple(
                Lesson(
                    each["id"],
                    each["topic"],
                    tuple(each["titles"]),
                    tuple(each["wordings"]),
                    each["told"],
                )
                for each in questions
            ),
            known.stop,
        )


def wordings(pack: Pack, names: Names) -> Iterator[tuple[str, str]]:
    """Every wording of every question of `pack`, once, without the names, after its id."""
    expand = Expander(pack.phrasebook).expand
    for question in pack.questions.values():
        titles = [answer.question for _, answer in question.each()]
        texts = (names.unnamed(expand(text)) for text in (*question.phrasings, *titles))
        for text in dict.fromkeys(texts):
            yield question.id, text


def _told(pack: Pack, question: CanonicalQuestion) -> list[str]:
    """Every statement and section title of the question's answers, for all readers."""
    texts: dict[str, None] = {}
    for reader, answer in question.each():
        texts.update(dict.fromkeys(section.title for section in answer.sections))
        told = [*answer.bottom_line, *(n for s in answer.sections for n in s.statements)]
        shown = (pack.statements[name].text.for_reader(reader) for name in told)
        texts.update(dict.fromkeys(text for text in shown if text))
    return list(texts)


def _idf(total: int, count: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
