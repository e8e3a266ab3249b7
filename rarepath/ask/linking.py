"""Which disease does a question name? The longest name wins, among all names of all packs."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, Protocol, Self

from rarepath.ask.matching import PackWords
from rarepath.ask.spelling import Match, NameTree
from rarepath.ask.words import without, words
from rarepath.knowledge.packs import Pack

__all__ = ["Directory", "Known", "Links", "Meaning", "Names"]

# What two words must come to before they may be written as one.
_LONG_ENOUGH_TO_JOIN: Final = 7
# A word that is no abbreviation is too short to be a name by itself: "pain".
_LONG_ENOUGH_ALONE: Final = 5
_ORPHA: Final = re.compile(r"(?:ORPHA(?:NET)?:?)?(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A disease of a directory: its name there, and the spelling of it that was met.

    `code` is its ORPHA number; None when the same name is listed for several diseases.
    """

    name: str
    code: str | None
    spelling: str


class Directory(Protocol):
    """Names of many diseases that no pack is about."""

    def starts(self) -> Mapping[str, int]:
        """Every folded word that a name starts with, and how many words the longest such has."""
        ...

    def find(self, runs: Collection[str]) -> Mapping[str, Known]:
        """Those of `runs` that are a name; a run is folded words with a space between them."""
        ...


@dataclass(frozen=True)
class Meaning:
    """What one name stands for.

    `pack` is the condition whose pack lists the name: as its `own`, as a `guarded` name that
    also means something else, or as the name of `other`, another disease (`differential` is
    its id when it is one of the pack's look-alikes). `also` are further conditions that own
    the same name. `code` is the ORPHA number of another disease, where it is known.
    """

    kind: Literal["own", "guarded", "other"]
    text: str
    pack: str | None = None
    means_also: tuple[str, ...] = ()
    differential: str | None = None
    also: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True)
class Links:
    """The names found in a question, in order, and its words without the packs' own names."""

    meanings: tuple[Meaning, ...]
    rest: tuple[str, ...]

    def packs(self) -> tuple[str, ...]:
        """The ids of the conditions named by a name of their own, each once."""
        own = (meaning for meaning in self.meanings if meaning.kind == "own" and meaning.pack)
        return tuple(dict.fromkeys(name for m in own for name in (m.pack, *m.also) if name))

    def guarded(self) -> tuple[Meaning, ...]:
        """The names that could mean something else."""
        return tuple(m for m in self.meanings if m.kind == "guarded")

    def others(self) -> tuple[Meaning, ...]:
        """The other diseases that are named."""
        return tuple(m for m in self.meanings if m.kind == "other")


class Names:
    """Every name of the packs' diseases, of their look-alikes and of other diseases."""

    def __init__(
        self,
        packs: Iterable[Pack],
        directory: Directory | None = None,
        known: Iterable[PackWords] = (),
    ) -> None:
        """Fold the names of `packs` once; an own name wins over another pack's look-alike.

        `known` are the words of the packs, so that an ordinary word is never taken for one of
        the names in `directory`.
        """
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._tree = NameTree[Meaning]()
        self._packs = tuple(packs)
        self._directory = directory
        self._known = tuple(known)
        self._codes: dict[str, Meaning] = {}
        for pack in self._packs:
            self._add_own(pack)
        for pack in self._packs:
            self._add_others(pack)
        self._add_joined()

    @classmethod
    def of(cls, own: Mapping[str, Sequence[str]], directory: Directory | None = None) -> Self:
        """The names of conditions that are no packs: the id of each, and what it is called.

        A name that several conditions have means all of them (`Meaning.also`).
        """
        names = cls((), directory)
        for condition, texts in own.items():
            for text in texts:
                names._add_shared(condition, text)
        names._add_joined()
        return names

    def find(self, said: Sequence[str], text: str = "") -> Links:
        """The names in `said`; long words of a pack's names may be one letter off.

        `text` is the question as it was written: an abbreviation of the directory counts only
        where it stands in it in the same capitals.
        """
        return self._linked(said, self._listed(said, text))

    def rest(self, said: Sequence[str]) -> tuple[str, ...]:
        """`said` without the packs' own names; for texts of packs, as no directory is asked."""
        return self._linked(said, {}).rest

    def unnamed(self, text: str) -> str:
        """`text` in lower case without the words of the packs' own names that stand in it.

        What is left says what is asked; texts that share a name would otherwise seem alike.
        A text of names alone is left as it is.
        """
        said = words(text)
        named = set(said).difference(self.rest(said))
        return without(text, named) or text

    def _linked(self, said: Sequence[str], listed: Mapping[int, tuple[int, Meaning]]) -> Links:
        found: list[Meaning] = []
        rest: list[str] = []
        at = 0
        while at < len(said):
            match = self._tree.longest(said, at)
            length, meaning = match.length, match.value
            if at in listed and self._is_longer(said, at, listed[at][0], match):
                length, meaning = listed[at]
            if meaning is None:
                rest.append(said[at])
            else:
                found.append(meaning)
                if meaning.kind == "other":
                    rest.extend(said[at : at + length])
            at += max(length, 1)
        return Links(tuple(found), tuple(rest))

    def meaning(self, folded: tuple[str, ...]) -> Meaning | None:
        """What the name with these folded words stands for, its code added where one is known."""
        meaning = self._meanings.get(folded)
        if meaning is not None and (meaning.kind != "other" or meaning.code):
            return meaning
        run = " ".join(folded)
        known = self._directory.find([run]).get(run) if self._directory else None
        if known is None:
            return meaning
        return replace(meaning, code=known.code) if meaning else _another(known)

    # The directory.

    def _listed(self, said: Sequence[str], text: str) -> dict[int, tuple[int, Meaning]]:
        """The longest name of the directory at each place that has one, and its length."""
        if self._directory is None:
            return {}
        starts = self._directory.starts()
        places: dict[str, list[tuple[int, int]]] = {}
        for at, word in enumerate(said):
            for length in range(1, min(starts.get(word, 0), len(said) - at) + 1):
                places.setdefault(" ".join(said[at : at + length]), []).append((at, length))
        found: dict[int, tuple[int, Meaning]] = {}
        for run, known in (self._directory.find(places) if places else {}).items():
            meaning = self._counted(run, known, text)
            for at, length in places[run] if meaning else ():
                if meaning and length > found.get(at, (0,))[0]:
                    found[at] = (length, meaning)
        return found

    def _counted(self, run: str, known: Known, text: str) -> Meaning | None:
        """What a name of the directory stands for; None where it is no name but usual words."""
        abbreviated = _is_abbreviation(known.spelling)
        meaning = self._codes.get(known.code or "") or self._meanings.get(words(known.name))
        if meaning is not None and meaning.kind != "other":
            return None if abbreviated or meaning.kind == "guarded" else meaning
        if abbreviated:
            counts = _stands_in(known.spelling, text)
        else:
            counts = " " in run or len(known.spelling) >= _LONG_ENOUGH_ALONE
        usual = run in self._ordinary or f" {run} " in self._wordings
        return (meaning or _another(known)) if counts and not usual else None

    def _is_longer(self, said: Sequence[str], at: int, length: int, own: Match[Meaning]) -> bool:
        """Whether a name of the directory goes before what the packs list at the same place.

        It does not cut a pack's own name in two that starts later and goes on beyond it.
        """
        if length < own.length or (length == own.length and own.exact):
            return False
        for inside in range(at + 1, at + length):
            match = self._tree.longest(said, inside)
            beyond = inside + match.length > at + length
            if beyond and match.value and match.value.kind != "other":
                return False
        return True

    @cached_property
    def _ordinary(self) -> frozenset[str]:
        """The words the packs know; none of them is another disease's name by itself."""
        return frozenset[str]().union(*(words.known for words in self._known))

    @cached_property
    def _wordings(self) -> str:
        """What the packs themselves ask about and explain: their subject, nobody else's."""
        texts = dict.fromkeys(text for pack in self._packs for text in _subject(pack))
        return "|".join(f" {' '.join(words(text))} " for text in texts)

    # What packs list.

    def _add_own(self, pack: Pack) -> None:
        own = Meaning("own", pack.condition.name, pack.id)
        self._add(own.text, own)
        for name in pack.condition.names:
            kind: Literal["own", "guarded"] = "guarded" if name.kind == "guarded" else "own"
            self._add(name.text, Meaning(kind, name.text, pack.id, tuple(name.means_also)))
        for code in pack.condition.identifiers:
            if number := _orpha(code.system, code.code):
                self._codes[number] = own

    def _add_others(self, pack: Pack) -> None:
        for look_alike in pack.differential.values():
            codes = [_orpha(code.system, code.code) for code in look_alike.identifiers]
            code = next(filter(None, codes), None)
            name = look_alike.name
            meaning = Meaning("other", name, pack.id, differential=look_alike.id, code=code)
            if code:
                self._codes.setdefault(code, meaning)
            for text in (look_alike.name, *look_alike.names):
                self._add(text, meaning)
        for other in pack.other_conditions.values():
            for text in (other.name, *other.names):
                self._add(text, Meaning("other", other.name))
        for own in pack.condition.names:
            for text in own.means_also:
                plain = re.sub(r"\s*\(.*\)", "", text)
                self._add(plain, Meaning("other", plain))

    def _add(self, text: str, meaning: Meaning) -> None:
        folded = words(text)
        if folded and folded not in self._meanings:
            self._meanings[folded] = meaning
            self._tree.add(folded, meaning)
            if meaning.kind == "own":
                self._tree.forgive(folded)

    def _add_joined(self) -> None:
        """Let two neighbouring words of an own name be written as one: `parryromberg`."""
        for meaning in [m for m in self._meanings.values() if m.kind == "own"]:
            for folded in _joined(meaning.text):
                self._tree.add(folded, meaning)
                self._tree.forgive(folded)

    def _add_shared(self, condition: str, text: str) -> None:
        folded = words(text)
        there = self._meanings.get(folded)
        if there is None:
            self._add(text, Meaning("own", text, condition))
        elif condition not in (there.pack, *there.also):
            self._meanings[folded] = replace(there, also=(*there.also, condition))
            self._tree.add(folded, self._meanings[folded], over=True)


def _joined(text: str) -> Iterable[tuple[str, ...]]:
    """The name's folded words with two neighbours made one, for each two that come to enough."""
    tokens = re.findall(r"[^\W_]+", text)
    for at in range(len(tokens) - 1):
        joined = tokens[at] + tokens[at + 1]
        if len(joined) >= _LONG_ENOUGH_TO_JOIN:
            yield words(" ".join([*tokens[:at], joined, *tokens[at + 2 :]]))


def _another(known: Known) -> Meaning:
    return Meaning("other", known.name, code=known.code)


def _is_abbreviation(spelling: str) -> bool:
    """Whether it is made of capitals and short words: `SHORT`, `HAE 1`, `ChAc`."""
    tokens = re.findall(r"[^\W\d_]+", spelling)
    capitals = [token for token in tokens if sum(map(str.isupper, token)) > 1]
    others = (token for token in tokens if token not in capitals)
    return bool(capitals) and all(len(token) < _LONG_ENOUGH_ALONE for token in others)


def _stands_in(spelling: str, text: str) -> bool:
    """Whether the abbreviation stands in `text` as it is, in a text not all in capitals."""
    return not text.isupper() and bool(re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", text))


def _orpha(system: str, code: str) -> str | None:
    found = _ORPHA.fullmatch(code.strip()) if system.upper() in ("ORPHA", "ORPHANET") else None
    return found[1] if found else None


def _subject(pack: Pack) -> Iterable[str]:
    """The wordings of a pack's questions, and what it explains or listens for."""
    for question in pack.questions.values():
        yield from question.phrasings
        yield from (answer.question for _, answer in question.each())
    for term in pack.glossary.values():
        yield from (term.term, *term.aliases)
    for topic in pack.phrasebook.topics:
        yield from topic.words
    for kind in pack.fact_kinds.values():
        yield kind.name
    for relative in pack.condition.family:
        yield relative.name
