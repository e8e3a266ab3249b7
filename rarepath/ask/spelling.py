"""Names as they are misspelt: a letter wrong, two words written as one, one as two."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rarepath.ask.words import one_edit_apart, words

__all__ = ["Match", "NameTree", "Neighbours"]

# A shorter word has too many neighbours one letter away.
_LONG_ENOUGH: Final = 6
# Unless it stands beside a long word of the same name: "pary romberg".
_LONG_ENOUGH_BESIDE: Final = 4
# What two words must come to before they are read as one: "hemi facial".
_LONG_ENOUGH_TO_JOIN: Final = 7
# Long words that say nothing about which disease it is.
_GENERIC: Final = frozenset(words("disease syndrome disorder deficiency anomaly familial"))

_Value = TypeVar("_Value")


class Neighbours:
    """Known words, to be found by a word with one letter wrong.

    Two words are one edit apart only if dropping at most one letter of either gives the same
    text. So the known words are filed under every such text, and a word is looked up by its
    own: the deletion neighbourhood of Garbe's SymSpell, for distance 1.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """File every one of `known`."""
        self._filed: dict[str, list[str]] = {}
        for word in dict.fromkeys(known):
            for short in _shortened(word):
                self._filed.setdefault(short, []).append(word)

    def near(self, word: str) -> tuple[str, ...]:
        """The known words one letter added, dropped, changed or swapped away, in their order."""
        found = (known for short in _shortened(word) for known in self._filed.get(short, ()))
        return tuple(known for known in dict.fromkeys(found) if one_edit_apart(word, known))


def _shortened(word: str) -> Iterator[str]:
    """The word, and each text that dropping one of its letters gives, once."""
    yield word
    for at, letter in enumerate(word):
        if at == 0 or letter != word[at - 1]:  # either of two equal letters gives the same
            yield word[:at] + word[at + 1 :]


class _Node(Generic[_Value]):
    """A place in the tree, reached word by word; a name ends where there is a value."""

    __slots__ = ("next", "value")

    def __init__(self) -> None:
        self.next: dict[str, _Node[_Value]] = {}
        self.value: _Value | None = None


@dataclass(frozen=True)
class _Path(Generic[_Value]):
    """A way into the tree: how far it has read, and what it had to forgive.

    A short word one letter off is `leaning`; the name counts if a telling word has `anchored`
    it.
    """

    node: _Node[_Value]
    at: int
    exact: bool = True
    anchored: bool = False
    leaning: int = 0


@dataclass(frozen=True)
class Match(Generic[_Value]):
    """A name that was found: how many words it takes, and whether they are spelt as it is."""

    length: int = 0
    value: _Value | None = None
    exact: bool = True


class NameTree(Generic[_Value]):
    """Names by their folded words; the longest one at a place is found in one walk."""

    def __init__(self) -> None:
        """Begin without names."""
        self._root = _Node[_Value]()
        self._parts: set[str] = set()
        self._neighbours: Neighbours | None = None

    def add(self, name: Sequence[str], value: _Value, *, over: bool = False) -> None:
        """Add a name; one that is there already stays as it is, unless `over`."""
        node = self._root
        for word in name:
            node = node.next.setdefault(word, _Node())
        if over or node.value is None:
            node.value = value

    def forgive(self, name: Sequence[str]) -> None:
        """Let long words of this name be one letter off, and be written as two."""
        self._parts.update(word for word in name if len(word) > _LONG_ENOUGH_BESIDE)
        self._neighbours = None

    def longest(self, said: Sequence[str], start: int) -> Match[_Value]:
        """The longest name that starts at `start`; as it is spelt goes before mended."""
        best: Match[_Value] = Match()
        paths = [_Path(self._root, start)]
        while paths:
            path = paths.pop()
            counts = path.anchored or not path.leaning
            if path.node.value is not None and path.at - start > best.length and counts:
                best = Match(path.at - start, path.node.value, path.exact)
            paths.extend(reversed(self._steps(path, said)))
        return best

    def _steps(self, path: _Path[_Value], said: Sequence[str]) -> list[_Path[_Value]]:
        children, at = path.node.next, path.at
        if not children or at >= len(said):
            return []
        word, steps = said[at], []
        if word in children:
            anchored = path.anchored or _tells(word)
            steps.append(_Path(children[word], at + 1, path.exact, anchored, path.leaning))
        joined = word + said[at + 1] if at + 1 < len(said) else ""
        if len(joined) >= _LONG_ENOUGH_TO_JOIN and joined in children and joined in self._parts:
            steps.append(_Path(children[joined], at + 2, path.exact, True, path.leaning))
        for part in self._near(word):
            short = min(len(word), len(part)) < _LONG_ENOUGH
            if part in children and path.leaning + short <= 1:
                anchored = path.anchored or (not short and _tells(part))
                leaning = path.leaning + short
                steps.append(_Path(children[part], at + 1, False, anchored, leaning))
        return steps

    def _near(self, word: str) -> tuple[str, ...]:
        """The words that `word` may be a misspelling of."""
        if len(word) < _LONG_ENOUGH_BESIDE or word in self._parts or not word.isalpha():
            return ()
        if self._neighbours is None:
            self._neighbours = Neighbours(sorted(self._parts))
        return self._neighbours.near(word)


def _tells(word: str) -> bool:
    """Whether a word is long and says which disease it is, so that others may lean on it."""
    return len(word) >= _LONG_ENOUGH and word not in _GENERIC
