"""A question that sets options against each other ("fat or a flap?"): which ones it names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rarepath.ask.desk import Desk
from rarepath.ask.linking import Links, Meaning
from rarepath.ask.matching import PackWords
from rarepath.ask.options import MOST_COMPARED, comparison_id, open_options
from rarepath.ask.outcome import Outcome
from rarepath.ask.words import Sentence, find, words
from rarepath.knowledge.base import Directness, Reader
from rarepath.knowledge.packs import Pack

__all__ = ["compared", "is_relative"]

_Words = tuple[str, ...]

# What is left of a question without its options is a question of its own from this score on.
_ANOTHER_QUESTION: Final = 0.45
# Options of different needs are compared only when no more words than this stand between them.
_NEAR: Final = 3
# What may stand between two items of a list.
_IN_A_LIST: Final = frozenset(words("a an and the"))


@dataclass(frozen=True)
class _Named:
    """An option, and the words `start` to `end` that name it."""

    option: str
    group: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """How many words name it."""
        return self.end - self.start


def compared(
    desk: Desk, pack: Pack, reader: Reader, links: Links, heard: Sequence[Sentence]
) -> Outcome | None:
    """The comparison that the question asks for; None when it asks for something else.

    Each sentence is tried, then all together: "They offered a flap. Is fat better?"
    """
    if not open_options(pack, reader) or _is_of_another(pack, links):
        return None
    known = desk.words[pack.id]
    whole = tuple(word for sentence in heard for word in sentence.words)
    tried = dict.fromkeys((*(sentence.words for sentence in heard), whole))
    for said in tried:
        plain = known.plain(desk.names.find(said).rest)
        named = _set_against(pack, reader, known, plain)
        if named and not _asks_more(desk, pack, reader, _left(pack, known, plain, named)):
            detail = comparison_id(pack, {each.option for each in named})
            return Outcome("answered", reader, pack.id, "comparison", detail)
    return None


def _is_of_another(pack: Pack, links: Links) -> bool:
    """Whether another disease is named, one that is no close relative."""
    others = any(not is_relative(pack, other) for other in links.others())
    return others and pack.id not in links.packs()


def is_relative(pack: Pack, other: Meaning) -> bool:
    """Whether `other` is so close a relative of the pack's disease that its evidence counts."""
    return words(other.text) in _close_relatives(pack)


def _set_against(pack: Pack, reader: Reader, known: PackWords, plain: _Words) -> tuple[_Named, ...]:
    """The options set against each other, at most three; empty when it is not a comparison."""
    marks = _marks(pack)
    marked = [at for mark in marks for at in _places(mark, plain)]
    if not marked:
        return ()
    named = list(_named(pack, reader, known, plain))
    groups = dict.fromkeys(each.group for each in named)
    sides = [_apart([each for each in named if each.group == group]) for group in groups]
    best = max(sides, key=lambda s: (len(s), sum(each.length for each in s)), default=())
    if len(best) > 2:
        best = _linked(best, plain, marked)
    if len(best) > 1:
        return best[:MOST_COMPARED]
    pair = _apart(named)[:2]
    if len(pair) < 2:
        return ()
    between = range(pair[0].end, pair[1].start)
    return pair if len(between) <= _NEAR and any(at in between for at in marked) else ()


def _named(pack: Pack, reader: Reader, known: PackWords, plain: _Words) -> Iterator[_Named]:
    options = open_options(pack, reader)
    for name, phrase in _phrases(pack, known):
        if name in options:
            for at in _places(phrase, plain):
                yield _Named(name, options[name].group, at, at + len(phrase))


def _apart(named: list[_Named]) -> tuple[_Named, ...]:
    """One naming for each option, in order; the longer one where two overlap."""
    kept: list[_Named] = []
    for each in sorted(named, key=lambda each: (-each.length, each.start)):
        free = all(each.end <= other.start or other.end <= each.start for other in kept)
        if free and all(each.option != other.option for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))


def _linked(named: tuple[_Named, ...], plain: _Words, marked: list[int]) -> tuple[_Named, ...]:
    """The longest run of options with a word that compares, or none at all, between each two.

    That leaves out the third of "the one or the other, when a third is not enough".
    """
    runs = [[named[0]]]
    for before, each in pairwise(named):
        between = range(before.end, each.start)
        near = all(plain[at] in _IN_A_LIST for at in between)
        if near or any(at in between for at in marked):
            runs[-1].append(each)
        else:
            runs.append([each])
    longest = max(runs, key=len)
    return tuple(longest) if len(longest) > 1 else named


def _left(pack: Pack, known: PackWords, plain: _Words, named: Sequence[_Named]) -> _Words:
    """The words that stand in no name of these options or their groups, nor of a relative."""
    taken = {at for each in named for at in range(each.start, each.end)}
    groups = {each.group for each in named}
    phrases = [
        phrase for name, phrase in _phrases(pack, known) if pack.options[name].group in groups
    ]
    phrases += _close_relatives(pack)
    own = {word for phrase in phrases for word in phrase} - known.stop
    return tuple(word for at, word in enumerate(plain) if at not in taken and word not in own)


def _asks_more(desk: Desk, pack: Pack, reader: Reader, left: _Words) -> bool:
    """Whether the words beside the options are a question of their own, or nobody's words."""
    known = desk.words[pack.id]
    for phrase in (*_marks(pack), *_circumstances(pack)):
        while (at := find(phrase, left)) >= 0:
            left = (*left[:at], *left[at + len(phrase) :])
    if known.unknown(left):
        return True
    left = tuple(word for word in left if not word[0].isdigit())
    if all(len(word) == 1 or word in known.stop for word in left):
        return False
    hits = desk.searcher.search(left, pack, reader)
    return bool(hits) and hits[0].score >= _ANOTHER_QUESTION


def _places(phrase: _Words, among: _Words) -> Iterator[int]:
    at = find(phrase, among)
    while at >= 0:
        yield at
        at = find(phrase, among, at + 1)


def _close_relatives(pack: Pack) -> list[_Words]:
    """The names of what is the same disease or of its family; not of what is further away."""
    close = (Directness.THIS_DISEASE, Directness.SAME_FAMILY)
    family = pack.condition.family
    return [words(relative.name) for relative in family if relative.directness in close]


@lru_cache(maxsize=8)
def _marks(pack: Pack) -> tuple[_Words, ...]:
    """The words that compare, the longest first."""
    return _longest_first(pack.phrasebook.compares)


@lru_cache(maxsize=8)
def _circumstances(pack: Pack) -> tuple[_Words, ...]:
    """The words that only say when the choice is made, the longest first."""
    return _longest_first(pack.phrasebook.circumstances)


def _longest_first(texts: Sequence[str]) -> tuple[_Words, ...]:
    folded = {words(text) for text in texts}
    return tuple(sorted(folded, key=lambda phrase: (-len(phrase), phrase)))


@lru_cache(maxsize=8)
def _phrases(pack: Pack, known: PackWords) -> tuple[tuple[str, _Words], ...]:
    """The words that name each option, folded as a question is."""
    found: dict[tuple[str, _Words], None] = {}
    for option in pack.options.values():
        drug = pack.drugs.get(option.drug or "")
        own = (drug.name, *drug.aliases) if drug else ()
        shown = (text for _, text in option.name.each())
        for text in (*option.names, *own, *shown):
            found[option.id, known.plain(words(text))] = None
    return tuple(found)
