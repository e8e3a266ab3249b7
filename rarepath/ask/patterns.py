"""The small language in which packs say how something is reported: `reported_as`.

::

    seizure|fit & first|new + methotrexate|mycophenolat*

Parts joined by `&` stand in one sentence, near each other; parts after `+` may stand anywhere
in the question. Alternatives are joined by `|`. An alternative is one or more words in a row,
compared after folding (see `words`); `*` at the end of its last word allows any ending, and
`38..43` is any number in that range.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rarepath.ask.words import Sentence, words

__all__ = ["Match", "Part", "Pattern", "Phrase", "parse", "places"]

# Words further apart than this belong to different thoughts of one long sentence.
_NEAR = 12
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Phrase:
    """Words in a row; `open_end` when the last may go on, `between` when it is a number."""

    words: tuple[str, ...]
    open_end: bool = False
    between: tuple[float, float] | None = None

    def places(self, among: tuple[str, ...]) -> Iterator[range]:
        """Every run of `among` that is this phrase."""
        plain = not self.open_end and not self.between
        if not self.words or (plain and self.words[0] not in among):
            return
        length = len(self.words)
        for at in range(len(among) - length + 1):
            if self._fits(among[at : at + length]):
                yield range(at, at + length)

    def _fits(self, run: tuple[str, ...]) -> bool:
        if self.between:
            low, high = self.between
            return bool(_NUMBER.fullmatch(run[0])) and low <= float(run[0]) <= high
        if self.open_end:
            return run[:-1] == self.words[:-1] and run[-1].startswith(self.words[-1])
        return run == self.words


Part = tuple[Phrase, ...]


@dataclass(frozen=True)
class Match:
    """Where a pattern stands in a sentence: one run of words for each of its near parts."""

    runs: tuple[range, ...]

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
    anywhere: tuple[Part, ...]

    def matches(self, sentence: Sentence) -> Iterator[Match]:
        """One match for each place of the sign that has the other near parts around it.

        The parts after `+` are the caller's to look for.
        """
        sign, *others = self.near
        for run in places(sign, sentence.words):
            around = [_nearest(part, run, sentence.words) for part in others]
            if all(around):
                yield Match((run, *(found for found in around if found)))


def places(part: Part, among: tuple[str, ...]) -> Iterator[range]:
    """Every run of `among` that is one of the part's alternatives."""
    return (run for phrase in part for run in phrase.places(among))


def _nearest(part: Part, to: range, among: tuple[str, ...]) -> range | None:
    runs = [run for run in places(part, among) if abs(run.start - to.start) <= _NEAR]
    return min(runs, key=lambda run: abs(run.start - to.start), default=None)


def parse(text: str) -> Pattern:
    """The pattern that `text` writes."""
    near, *anywhere = text.split("+")
    return Pattern(
        tuple(_part(part) for part in near.split("&")),
        tuple(_part(part) for part in anywhere),
    )


def _part(text: str) -> Part:
    return tuple(_phrase(alternative.strip()) for alternative in text.split("|"))


def _phrase(text: str) -> Phrase:
    if found := _RANGE.fullmatch(text):
        return Phrase((text,), between=(float(found[1]), float(found[2])))
    folded = words(text.removesuffix("*"))
    return Phrase(folded, open_end=text.endswith("*"))
