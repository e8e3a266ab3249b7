"""Three ways in which a question arrives damaged, from a seeded generator."""

import random
import re
from collections.abc import Collection

from rarepath.ask.words import words

__all__ = ["letter_dropped", "letters_swapped", "rearranged"]

# Shorter words of a disease's name are not what is misspelt.
_LONG = 5


def letters_swapped(text: str) -> str:
    """Two neighbouring letters of the longest word in the wrong order."""
    longest = max(re.finditer(r"[A-Za-z]+", text), key=lambda found: len(found[0]))
    word = longest[0]
    places = [at for at in range(len(word) - 1) if word[at].lower() != word[at + 1].lower()]
    if not places:
        return text
    at = random.Random(text).choice(places)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return text[: longest.start()] + swapped + text[longest.end() :]


def letter_dropped(text: str, name: str) -> str:
    """The disease's `name` with one letter missing; put before a question without it."""
    found = re.search(re.escape(name), text, re.IGNORECASE)
    if found is None:
        text = f"{name}: {text}"
    start = found.start() if found else 0
    long = [each for each in re.finditer(r"[^\W\d_]+", name) if len(each[0]) >= _LONG]
    places = [start + at for each in long for at in range(each.start(), each.end())]
    at = random.Random(text).choice(places)
    return text[:at] + text[at + 1 :]


def rearranged(text: str, stop: Collection[str]) -> str:
    """The question's clauses in another order; without its `stop` words when it has but one."""
    asked = text.rstrip("?.! ")
    clauses = [part.strip() for part in re.split(r"[,;:]\s|\s[–—-]\s", asked) if part.strip()]
    if len(clauses) > 1:
        random.Random(text).shuffle(clauses)
        if ", ".join(clauses) != asked:
            return ", ".join(clauses) + "?"
        return ", ".join(reversed(clauses)) + "?"
    kept = [word for word in asked.split() if not set(words(word)) <= set(stop)]
    return " ".join(kept) + "?" if kept else text
