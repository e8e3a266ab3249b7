"""Find words and phrases in a text, by whole words, whatever their case or hyphens."""

import re
from collections.abc import Sequence
from functools import lru_cache

__all__ = ["NUMBER_WORDS", "Phrases", "phrases", "tokens"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")

NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
}
_ANY_NUMBER = frozenset(NUMBER_WORDS) | {"half", "third", "quarter"}


@lru_cache(maxsize=50_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words and numbers of `text`, in lower case; hyphens and slashes separate."""
    return tuple(_TOKEN.findall(text.lower().replace("’", "'")))


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token in _ANY_NUMBER


class Phrases:
    """A set of phrases to look for.

    A phrase matches whole words; `*` ends a phrase whose last word may go on, and NUMBER
    stands for any number.
    """

    def __init__(self, words: Sequence[str]) -> None:
        """Index the phrases by their first word."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._open: list[tuple[str, ...]] = []
        for phrase in words:
            parts = tuple(self._parts(phrase))
            if not parts:
                continue
            if parts[0] == "NUMBER" or parts[0].endswith("*"):
                self._open.append(parts)
            else:
                self._by_first.setdefault(parts[0], []).append(parts)

    @staticmethod
    def _parts(phrase: str) -> list[str]:
        parts = list(tokens(phrase))
        parts = ["NUMBER" if part == "number" else part for part in parts]
        if parts and phrase.endswith("*"):
            parts[-1] += "*"
        return parts

    def spans(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where phrases stand in `words`: (start, end) pairs, the longest at each place."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            length = self._longest(words, at)
            if length:
                found.append((at, at + length))
            at += max(length, 1)
        return found

    def found_in(self, text: str) -> list[str]:
        """The phrases found in `text`, as they stand there."""
        words = tokens(text)
        return [" ".join(words[start:end]) for start, end in self.spans(words)]

    def _longest(self, words: Sequence[str], at: int) -> int:
        candidates = [*self._by_first.get(words[at], ()), *self._open]
        fitting = [len(parts) for parts in candidates if _fits(parts, words, at)]
        return max(fitting, default=0)


def _fits(parts: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(parts) > len(words):
        return False
    return all(_same(part, words[at + i]) for i, part in enumerate(parts))


def _same(part: str, word: str) -> bool:
    if part == "NUMBER":
        return _is_number(word)
    return word.startswith(part[:-1]) if part.endswith("*") else part == word


@lru_cache(maxsize=200)
def phrases(words: tuple[str, ...]) -> Phrases:
    """The matcher for `words`, built once."""
    return Phrases(words)
