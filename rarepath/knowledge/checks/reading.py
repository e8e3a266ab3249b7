"""How hard a text is to read: the Flesch-Kincaid grade, with an own count of syllables.

Why this measure and no library: docs/decisions/0003-reading-level.md.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rarepath.knowledge.checks.words import Phrases, tokens

__all__ = ["grade", "syllables"]

# The parts of a list are read one at a time, so a semicolon or colon ends one too.
_SENTENCE_END = re.compile(r"[.!?;:]+(?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
# Written, not spoken: a final e, and the e of many endings.
_SILENT = re.compile(
    r"(?<=[aeiouy])[^aeiouy]+(?<!l)e$|(?<=[aeiouy])le$"
    r"|(?<=[aeiouy])[^aeiouy]+(?<![sxzcg])(?<![sc]h)(?<![^aeiouy]l)es$"
    r"|(?<=[aeiouy])[^aeiouy]+(?<![td])ed$"
    r"|(?<=[aeiouy])[^aeiouyl]e(?:ly|less|ness|ful|ment)"
)
# Two vowels side by side that are spoken apart.
_APART = re.compile(
    r"i(?:a(?!ge|l)|o(?!n|us)|u)|ia(?=l[^l]*[aeiouy])|(?<![tcsxg])io(?=us)|eo(?!u|p)|[bcdlnrs]ea(?=s?$)"
    r"|(?<![qg])ua|uo|[aeiouy]ing|ism|ier|iet"
)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """The syllables of an English word, by its spelling; at least one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters)) - len(_SILENT.findall(letters))
    return max(count + len(_APART.findall(letters)), 1)


def grade(text: str, easy: Sequence[Phrases] = ()) -> float:
    """The Flesch-Kincaid grade of `text`: the school year that reads it with ease.

    Each phrase of `easy` counts as one word of one syllable, and so does a number.
    """
    sentences = [words for part in _SENTENCE_END.split(text) if (words := tokens(part))]
    counts = [count for words in sentences for count in _counts(words, easy)]
    if not counts:
        return 0.0
    return 0.39 * len(counts) / len(sentences) + 11.8 * sum(counts) / len(counts) - 15.59


def _counts(words: Sequence[str], easy: Sequence[Phrases]) -> list[int]:
    known = {span for phrases in easy for span in phrases.spans(words)}
    covered = {at for start, end in known for at in range(start, end)}
    plain = [syllables(word) for at, word in enumerate(words) if at not in covered]
    return plain + [1] * len(_separate(known))


def _separate(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
