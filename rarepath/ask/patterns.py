"""The small language in which packs say how something is reported: `reported_as`.

::

    shaking & whole body ? today|now ! cold + methotrexate|@mycophenolate

Parts joined by `&` stand in one sentence, near each other, the first of them the sign itself.
A part after `?` stands near it when the sign is new; without it the sign is only spoken of.
A part after `!` must not stand near, and one after `+` may stand anywhere. Alternatives are
joined by `|`: each is one or more words in a row, compared after folding (see `words`). `*` at
the end of the last word allows any ending, `38..43` is any number in that range, and `@name`
is a medicine by its id, with all its names, or one of the phrasebook's word groups.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rarepath.ask.words import Sentence, fold, spelled, words
from rarepath.knowledge.packs import Pack

__all__ = ["Groups", "Match", "Part", "Pattern", "Phrase", "groups_of", "parse"]

# Words further apart than this belong to different thoughts of one long sentence.
_NEAR = 15
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Groups = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Phrase:
    """Words in a row, each folded or a range such as `38..43`; `open_end` lets the last go on."""

    words: tuple[str, ...]
    open_end: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether every word is one word."""
        return not self.open_end and not any(".." in word for word in self.words)

    def stands(self, among: tuple[str, ...], at: int) -> bool:
        """Whether `among` goes on with this phrase from the word at `at`."""
        run = among[at : at + len(self.words)]
        return run == self.words or (
            len(run) == len(self.words) and all(map(self._fits, range(len(run)), run))
        )

    def _fits(self, place: int, word: str) -> bool:
        own = self.words[place]
        if found := _RANGE.fullmatch(own):
            in_digits = bool(_NUMBER.fullmatch(word))
            return in_digits and float(found[1]) <= float(word) <= float(found[2])
        if self.open_end and place == len(self.words) - 1:
            return word.startswith(own) or word == fold(own)
        return word == own


class Part:
    """Alternatives, by the word each starts with: most of them need never be looked at."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Sort the alternatives; one without words never stands anywhere."""
        self._by_start: dict[str, list[Phrase]] = {}
        self._loose: list[Phrase] = []
        for phrase in phrases:
            if phrase.words and phrase.is_exact:
                self._by_start.setdefault(phrase.words[0], []).append(phrase)
            elif phrase.words:
                self._loose.append(phrase)
        firsts = {phrase.words[0] for phrase in self._loose}
        self._has_range = any(map(_RANGE.fullmatch, firsts))
        self._begins = tuple(firsts | set(map(fold, firsts)))

    def places(self, among: tuple[str, ...]) -> Iterator[range]:
        """Every run of `among` that is one of the alternatives."""
        by_start, begins, has_range = self._by_start, self._begins, self._has_range
        for at, word in enumerate(among):
            candidates: Iterable[Phrase] = by_start.get(word, ())
            # Nearly no word can start a loose alternative, so most are passed over at once.
            if word.startswith(begins) or (has_range and word[:1].isdigit()):
                candidates = (*candidates, *self._loose)
            for phrase in candidates:
                if phrase.stands(among, at):
                    yield range(at, at + len(phrase.words))


@dataclass(frozen=True)
class Match:
    """Where a pattern stands in a sentence: one run of words for each part near the sign.

    `told` when every part after `?` is among them.
    """

    runs: tuple[range, ...]
    told: bool = True

    @property
    def start(self) -> int:
        """The first word of the first part, which is the sign itself."""
        return self.runs[0].start

    def covers(self, at: int) -> bool:
        """Whether the word at `at` is part of the match."""
        return any(at in run for run in self.runs)


@dataclass(frozen=True)
class Pattern:
    """One line of `reported_as`, ready to be compared."""

    near: tuple[Part, ...]
    telling: tuple[Part, ...] = ()
    absent: tuple[Part, ...] = ()
    anywhere: tuple[Part, ...] = ()

    def matches(self, sentence: Sentence) -> Iterator[Match]:
        """One match for each place of the sign that has the other near parts around it.

        The parts after `+` are the caller's to look for.
        """
        sign, *others = self.near
        signs = list(sign.places(sentence.words))
        if not signs:
            return
        wanted = [list(part.places(sentence.words)) for part in others]
        telling = [list(part.places(sentence.words)) for part in self.telling]
        unwanted = [run for part in self.absent for run in part.places(sentence.words)]
        for run in signs:
            around = [_nearest(runs, run) for runs in wanted]
            if all(around) and not _nearest(unwanted, run):
                news = [_nearest(runs, run) for runs in telling]
                yield Match((run, *filter(None, (*around, *news))), all(news))


def groups_of(pack: Pack) -> Groups:
    """What `@name` stands for in the patterns of `pack`."""
    drugs = {drug.id: [drug.name, *drug.aliases] for drug in pack.drugs.values()}
    return drugs | {group.id: group.words for group in pack.phrasebook.word_groups}


def parse(text: str, groups: Groups | None = None) -> Pattern:
    """The pattern that `text` writes; ValueError for a `@name` that stands for nothing."""
    parts: dict[str, list[Part]] = {"&": [], "?": [], "!": [], "+": []}
    for mark, written in re.findall(r"(^|[&?!+])([^&?!+]*)", text):
        parts[mark or "&"].append(Part(_phrases(written, groups or {})))
    return Pattern(*(tuple(parts[mark]) for mark in "&?!+"))


def _phrases(text: str, groups: Groups, inside: tuple[str, ...] = ()) -> Iterator[Phrase]:
    for alternative in map(str.strip, text.split("|")):
        if not alternative.startswith("@"):
            yield _phrase(alternative)
            continue
        name = alternative[1:]
        if name not in groups:
            raise ValueError(f"{alternative} is neither a medicine nor a word group")
        if name not in inside:  # a group within itself adds nothing
            for each in groups[name]:
                yield from _phrases(each, groups, (*inside, name))


@lru_cache(maxsize=20_000)
def _phrase(text: str) -> Phrase:
    open_end = text.endswith("*")
    folded: list[str] = []
    for word in text.removesuffix("*").split():
        folded.extend([word] if _RANGE.fullmatch(word) else words(word))
    if open_end and folded:
        # Not folded: an ending cut off here would let the word go on as quite another one.
        folded[-1] = spelled(text.removesuffix("*").split()[-1])
    return Phrase(tuple(folded), open_end)


def _nearest(runs: list[range], to: range) -> range | None:
    near = [run for run in runs if abs(run.start - to.start) <= _NEAR]
    return min(near, key=lambda run: abs(run.start - to.start), default=None)
