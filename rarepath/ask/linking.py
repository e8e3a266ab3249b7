"""Which disease does a question name? The longest name wins, among all names of all packs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rarepath.ask.words import one_edit_apart, words
from rarepath.knowledge.packs import Pack

__all__ = ["Links", "Meaning", "Names"]

# A shorter word has too many neighbours one letter away.
_LONG_ENOUGH_TO_MEND = 6


@dataclass(frozen=True)
class Meaning:
    """What one name stands for.

    `pack` is the condition whose pack lists the name: as its `own`, as a `guarded` name that
    also means something else, or as the name of `other`, another disease (`differential` is
    its id when it is one of the pack's look-alikes).
    """

    kind: Literal["own", "guarded", "other"]
    text: str
    pack: str | None = None
    means_also: tuple[str, ...] = ()
    differential: str | None = None


@dataclass(frozen=True)
class Links:
    """The names found in a question, in order, and its words without the packs' own names."""

    meanings: tuple[Meaning, ...]
    rest: tuple[str, ...]

    def packs(self) -> tuple[str, ...]:
        """The ids of the conditions named by a name of their own, each once."""
        return tuple(dict.fromkeys(m.pack for m in self.meanings if m.kind == "own" and m.pack))

    def guarded(self) -> tuple[Meaning, ...]:
        """The names that could mean something else."""
        return tuple(m for m in self.meanings if m.kind == "guarded")

    def others(self) -> tuple[Meaning, ...]:
        """The other diseases that are named."""
        return tuple(m for m in self.meanings if m.kind == "other")


class Names:
    """Every name of the packs' diseases, of their look-alikes and of other diseases."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Fold the names of `packs` once; an own name wins over another pack's look-alike."""
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        packs = tuple(packs)
        for pack in packs:
            self._add_own(pack)
        for pack in packs:
            self._add_others(pack)
        self._longest = max((len(name) for name in self._meanings), default=0)
        own = [name for name, meaning in self._meanings.items() if meaning.kind == "own"]
        parts = dict.fromkeys(word for name in own for word in name)
        self._parts = tuple(word for word in parts if len(word) >= _LONG_ENOUGH_TO_MEND)

    def find(self, said: Sequence[str]) -> Links:
        """The names in `said`; a long word may be one letter off a name's."""
        mended = [self._mended(word) for word in said]
        found: list[Meaning] = []
        rest: list[str] = []
        at = 0
        while at < len(mended):
            length, meaning = self._at(mended, at)
            if meaning is None:
                rest.append(said[at])
            else:
                found.append(meaning)
                if meaning.kind == "other":
                    rest.extend(said[at : at + length])
            at += length
        return Links(tuple(found), tuple(rest))

    def meaning(self, folded: tuple[str, ...]) -> Meaning | None:
        """What the name with these folded words stands for."""
        return self._meanings.get(folded)

    def _at(self, said: Sequence[str], at: int) -> tuple[int, Meaning | None]:
        for length in range(min(self._longest, len(said) - at), 0, -1):
            meaning = self._meanings.get(tuple(said[at : at + length]))
            if meaning is not None:
                return length, meaning
        return 1, None

    def _mended(self, word: str) -> str:
        if len(word) < _LONG_ENOUGH_TO_MEND or word in self._parts:
            return word
        return next((part for part in self._parts if one_edit_apart(word, part)), word)

    def _add_own(self, pack: Pack) -> None:
        self._add(pack.condition.name, Meaning("own", pack.condition.name, pack.id))
        for name in pack.condition.names:
            kind: Literal["own", "guarded"] = "guarded" if name.kind == "guarded" else "own"
            self._add(name.text, Meaning(kind, name.text, pack.id, tuple(name.means_also)))

    def _add_others(self, pack: Pack) -> None:
        for look_alike in pack.differential.values():
            meaning = Meaning("other", look_alike.name, pack.id, differential=look_alike.id)
            for text in (look_alike.name, *look_alike.names):
                self._add(text, meaning)
        for other in pack.other_conditions.values():
            for text in (other.name, *other.names):
                self._add(text, Meaning("other", other.name))
        for name in pack.condition.names:
            for text in name.means_also:
                plain = re.sub(r"\s*\(.*\)", "", text)
                self._add(plain, Meaning("other", plain))

    def _add(self, text: str, meaning: Meaning) -> None:
        folded = words(text)
        if folded:
            self._meanings.setdefault(folded, meaning)
