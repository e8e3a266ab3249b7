"""What a searcher of questions does, and the words a pack knows."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from rarepath.ask.words import Folding, find, one_edit_apart, spellings, vocabulary, words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["Cues", "Hit", "PackWords", "Searcher", "unseen"]

# A shorter word has too many neighbours one letter away; two letters that changed places are
# fewer, so they are put right in shorter words too.
_LONG_ENOUGH_TO_MEND, _LONG_ENOUGH_TO_SWAP = 6, 4
_READ = (
    "statements",
    "questions",
    "conflicts",
    "circulating",
    "steps",
    "red_flags",
    "differential",
    "glossary",
    "organisations",
    "drugs",
    "fact_kinds",
)
# What is not in the words of the pack: notes on sources, ids, codes, the patterns of flags.
_UNREAD = {"citations", "id", "statement", "statements", "source", "reported_as", "codes"}


_Words = tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A canonical question and how well it fits, from 0 to 1, where 1 is a wording of the pack.

    `missed` are the words asked that stand neither in its wordings nor in its answer, and
    `covered` is the weight of the others. `unasked` are those that stand in none of its
    wordings, which `wordings` holds as sets of words.
    """

    question: str
    score: float
    covered: float = 1.0
    missed: frozenset[str] = frozenset()
    unasked: frozenset[str] = frozenset()
    wordings: frozenset[frozenset[str]] = frozenset()


class Searcher(Protocol):
    """Ranks a pack's canonical questions for a question."""

    def search(
        self, said: Sequence[str], pack: Pack, reader: Reader, text: str = ""
    ) -> Sequence[Hit]:
        """The questions of `pack` that may be meant, best first.

        `said` are folded words without the disease's names, `text` the question as it was
        written, but for those names: a searcher may go by either. Questions with no text for
        `reader` are ranked too: the caller says that they exist.
        """
        ...

    def turns_on(self, text: str, unknown: Collection[str]) -> bool | None:
        """Whether `text` means something else without its folded words `unknown`.

        None when the searcher cannot tell.
        """
        ...

    def near(self, question: str, pack: Pack) -> Sequence[str]:
        """The ids of the other questions of `pack`, the closest to `question` first."""
        ...


def unseen(said: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """The words of `said` that are not `known`; numbers, codes and short words do not count."""
    return tuple(
        word
        for word in said
        if word not in known
        and len(word) > 2
        and not word[0].isdigit()
        and not (word[0].isalpha() and word[1].isdigit())
    )


class Cues:
    """Words that show what part of a subject is asked about."""

    def __init__(self, cues: Iterable[tuple[str, _Words]]) -> None:
        """`cues` are topics, each with the folded words of one of its cues."""
        self._cues = dict.fromkeys(cues)

    def shares(self, said: _Words) -> Mapping[str, float]:
        """The share of each topic among the cue words in `said`, the largest first."""
        counts = Counter[str]()
        for topic, cue in self._cues:
            if cue and cue[0] in said and find(cue, said) >= 0:
                counts[topic] += len(cue)
        return {topic: count / counts.total() for topic, count in counts.most_common()}


class PackWords:
    """The words a pack knows: to notice one it has never seen, and to mend a misspelt one."""

    def __init__(self, pack: Pack) -> None:
        """Fold the stop words, topic cues and drug names of `pack`; its texts are read later.

        `stop` are words without a content of their own, `drugs` the words of drugs' names.
        """
        self._pack = pack
        book = pack.phrasebook
        persons = [text for text in book.own_person if len(words(text)) == 1]
        self.stop = vocabulary([*book.stop_words, *persons])
        self._cues = Cues(
            (topic.topic, words(text)) for topic in book.topics for text in topic.words
        )
        self.drugs = vocabulary(drug.name for drug in pack.drugs.values()) - self.stop
        kinds = [text for text in book.disease_words if not text.startswith("*")]
        endings = [text.strip("*") for text in book.disease_words if text.startswith("*")]
        self._disease_words = vocabulary(kinds)
        self._disease_endings = tuple(words(f"x{ending}")[0][1:] for ending in endings)
        self._aliases: dict[str, list[tuple[_Words, _Words]]] = {}
        for drug in pack.drugs.values():
            for alias in filter(None, map(words, drug.aliases)):
                self._aliases.setdefault(alias[0], []).append((alias, words(drug.name)))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every folded word of the pack and its base."""
        return frozenset(self._spellings.values()) | self.stop

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        items = (item for kind in _READ for item in self._all(kind))
        texts = (text for item in items for text in _texts(item.model_dump()))
        cues = (text for topic in self._pack.phrasebook.topics for text in topic.words)
        return spellings([*cues, *self._pack.phrasebook.stop_words, *texts])

    def _all(self, kind: str) -> Iterator[Any]:
        for pack in (self._pack, *self._pack.base):
            yield from pack.items[kind].values()

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[str]]:
        """What a misspelt word may have been, by its first letter: as it is spelt, and folded.

        A misspelt ending is not stripped (`treatmetn`), so both are needed.
        """
        found: dict[str, list[str]] = {}
        for word in sorted(self.known | self._spellings.keys()):
            found.setdefault(word[:1], []).append(word)
        return found

    def plain(self, said: Iterable[str]) -> tuple[str, ...]:
        """`said` with misspelt words mended and each drug under one name."""
        plain = tuple(self._mended(word) for word in said)
        for start in dict.fromkeys(plain):
            for alias, name in self._aliases.get(start, ()):
                at = find(alias, plain)
                while at >= 0:
                    plain = (*plain[:at], *name, *plain[at + len(alias) :])
                    at = find(alias, plain, at + len(name))
        return plain

    def unknown(self, said: Iterable[str]) -> tuple[str, ...]:
        """The words of `said` that stand nowhere in the pack; numbers and codes do not count."""
        return unseen(said, self.known)

    def names_disease(self, said: Sequence[str]) -> bool:
        """Whether a word of `said` that the pack has never seen is, or names, a disease.

        It is when it ends as names of diseases do (`-plasia`), or stands up to two words before
        a word such as `syndrome`.
        """
        unknown = frozenset(self.unknown(said))
        for at, word in enumerate(said):
            if word not in unknown:
                continue
            after = said[at + 1 : at + 3]
            if word.endswith(self._disease_endings) or not self._disease_words.isdisjoint(after):
                return True
        return False

    def names_another(self, said: Sequence[str]) -> bool:
        """Whether a word such as `syndrome` follows one that it never follows in the pack.

        The words may all be known ("panic disorder") and still name a disease that is not. With
        an article they tell a kind of disease ("is it a skin disorder").
        """
        return any(
            word in self._disease_words
            and before not in self.stop
            and article not in ("a", "an")
            and f" {before} {word} " not in self._told
            for article, before, word in zip(("", *said), said, said[1:], strict=False)
        )

    @cached_property
    def _told(self) -> str:
        """Every text of the pack, and of what it requires, as folded words."""
        items = (item for kind in _READ for item in self._all(kind))
        texts = (text for item in items for text in _texts(item.model_dump()))
        return f" {Folding().joined(' '.join(texts))} "

    def subject(self, said: Iterable[str]) -> frozenset[str]:
        """The words of `said` that say what it is about: no stop words, no cues of a topic."""
        return frozenset(
            word
            for word in said
            if len(word) > 2
            and word not in self.stop
            and word not in self._cue_words
            and word not in self._disease_words
            and not word[0].isdigit()
        )

    @cached_property
    def _cue_words(self) -> frozenset[str]:
        return vocabulary(t for topic in self._pack.phrasebook.topics for t in topic.words)

    def topics(self, said: tuple[str, ...]) -> Mapping[str, float]:
        """The share of each topic among the cue words in `said`, the largest first."""
        return self._cues.shares(said)

    def _mended(self, word: str) -> str:
        if len(word) < _LONG_ENOUGH_TO_SWAP or word in self.known or word[0].isdigit():
            return word
        near = [
            known
            for start in dict.fromkeys(word[:2])
            for known in self._by_start.get(start, ())
            if one_edit_apart(word, known)
        ]
        swapped = (known for known in near if sorted(known) == sorted(word))
        best = next(swapped, near[0] if near and len(word) >= _LONG_ENOUGH_TO_MEND else word)
        return self._spellings.get(best, best)


def _texts(dumped: Any) -> Iterator[str]:
    if isinstance(dumped, str):
        yield dumped
    elif isinstance(dumped, Mapping):
        for key, value in dumped.items():
            if key not in _UNREAD:
                yield from _texts(value)
    elif isinstance(dumped, Sequence):
        for value in dumped:
            yield from _texts(value)
