"""The searcher of a set of packs, kept in the cache: opened when it is there, else built.

A folder of the cache is named after everything that its content depends on, is written under
another name and moved to its place when it is whole. So there is never a half index, and a
program that is answering keeps the one it opened.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rarepath.ask.linking import Names
from rarepath.ask.matching import PackWords
from rarepath.knowledge.packs import Pack, pack_digest
from rarepath.search.index import LexicalIndex
from rarepath.search.lessons import Lessons, wordings
from rarepath.search.questions import QuestionSearcher
from rarepath.search.sense import Encodes, Sense
from rarepath.search.vectors import KeptVectors

__all__ = ["Model", "Shelf", "in_memory"]

_FOLDER: Final = "index"
_LESSONS, _SENSE, _WORDS, _SUMS = "lessons.json", "sense.npz", "words", "sums.json"
_UNFINISHED: Final = ".building-"
# A folder that is still being built after this many seconds was left by a crash.
_ABANDONED: Final = 3600
# What the content of a folder is made by: another recipe is another folder.
_RECIPE: Final = (
    *("index.py", "lessons.py", "sense.py", "shelf.py"),
    *("../ask/words.py", "../ask/linking.py", "../ask/spelling.py", "../ask/matching.py"),
    "../ask/shorthand.py",
)
_Packs = Mapping[str, tuple[Pack, PackWords]]


@dataclass(frozen=True)
class Model:
    """A sentence model: what names it, and what makes its vectors."""

    id: str
    encoder: Encodes


@dataclass(frozen=True)
class Shelf:
    """The searchers kept in `cache`, by words alone or with the sentence `model` too.

    `say` gets a line before what takes some seconds.
    """

    cache: Path
    model: Model | None = None
    say: Callable[[str], None] = lambda line: None

    def searcher(self, packs: _Packs, names: Names) -> QuestionSearcher:
        """The searcher of `packs`; in memory when the cache cannot be written."""
        folder = self.folder(packs)
        kept = self._open(folder, packs)
        if kept is not None:
            return kept
        lessons = _lessons(packs, names)
        sense = self._learn(packs, names)
        with suppress(OSError, ValueError):  # tantivy has a ValueError for a full disk
            self._keep(folder, lessons, sense)
            kept = self._open(folder, packs)
        return kept or QuestionSearcher(lessons, _index(lessons), sense)

    def folder(self, packs: _Packs) -> Path:
        """Where the searcher of `packs` is kept, or would be."""
        own = [part for pack, _ in packs.values() for part in (pack, *pack.base)]
        recipe = [Path(__file__).parent.joinpath(name).read_bytes() for name in _RECIPE]
        parts = [
            *(f"{part.id} {pack_digest(part)}" for part in own),
            *(hashlib.sha256(text).hexdigest() for text in recipe),
            self.model.id if self.model else "",
            version("tantivy"),
        ]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        return self.cache / _FOLDER / key

    def prune(self, packs: _Packs) -> int:
        """Remove the searchers of other packs and earlier versions; how many there were."""
        kept = self.folder(packs)
        others = [each for each in kept.parent.glob("*") if each != kept and not _growing(each)]
        for each in others:
            _remove(each)
        return len(others)

    def _open(self, folder: Path, packs: _Packs) -> QuestionSearcher | None:
        """What is kept in `folder`; None where it is absent, damaged or cannot be read."""
        if not _is_whole(folder):
            return None
        with suppress(OSError, ValueError):  # removed by another process a moment ago
            return self._opened(folder, packs)
        return None

    def _opened(self, folder: Path, packs: _Packs) -> QuestionSearcher:
        texts = json.loads((folder / _LESSONS).read_text(encoding="utf-8"))
        lessons = [Lessons.from_json(texts[name], known) for name, (_, known) in packs.items()]
        sense = Sense(self.model.encoder) if self.model else None
        if sense is not None:
            sense.load(folder / _SENSE)
        index = LexicalIndex.open(folder / _WORDS, _ids(lessons))
        return QuestionSearcher(lessons, index, sense)

    def _learn(self, packs: _Packs, names: Names) -> Sense | None:
        if self.model is None:
            return None
        self.say("Reading the packs' wordings (once for each version, some seconds)")
        kept = KeptVectors(self.model.encoder, self.cache / "vectors" / f"{self.model.id}.npz")
        pairs = {name: list(wordings(pack, names)) for name, (pack, _) in packs.items()}
        vectors = kept.encode([text for found in pairs.values() for _, text in found])
        sense, start = Sense(self.model.encoder), 0
        for name, found in pairs.items():
            end = start + len(found)
            sense.learn(name, [question for question, _ in found], vectors[start:end])
            start = end
        return sense

    def _keep(self, folder: Path, lessons: list[Lessons], sense: Sense | None) -> None:
        _make(folder.parent)
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=_UNFINISHED))
        try:
            (unfinished / _WORDS).mkdir()
            _index(lessons, unfinished / _WORDS)
            if sense is not None:
                sense.save(unfinished / _SENSE)
            texts = json.dumps({each.pack: each.to_json() for each in lessons})
            (unfinished / _LESSONS).write_text(texts, encoding="utf-8")
            (unfinished / _SUMS).write_text(json.dumps(_sums(unfinished)), encoding="utf-8")
            if not _is_whole(folder):  # another process may have put it there meanwhile
                _remove(folder)
                unfinished.rename(folder)
        finally:
            _remove(unfinished)


def _make(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for its owner alone."""
    for each in reversed((folder, *folder.parents)):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def _sums(folder: Path) -> dict[str, str]:
    """The digest of each file in `folder`, by its name; the locks of the index do not count."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("[!.]*")
        if file.is_file() and file.name != _SUMS
    }


def _is_whole(folder: Path) -> bool:
    with suppress(OSError, ValueError):
        return bool(json.loads((folder / _SUMS).read_bytes()) == _sums(folder))
    return False


def _growing(folder: Path) -> bool:
    """Whether another process seems to be at work on `folder`."""
    with suppress(OSError):
        old = time.time() - folder.stat().st_mtime > _ABANDONED
        return folder.name.startswith(_UNFINISHED) and not old
    return False


def _remove(path: Path) -> None:
    """Remove a folder, or a file that stands in its place, if it is there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def in_memory(packs: _Packs, names: Names) -> QuestionSearcher:
    """The searcher of `packs` by words alone; nothing is kept."""
    lessons = _lessons(packs, names)
    return QuestionSearcher(lessons, _index(lessons))


def _lessons(packs: _Packs, names: Names) -> list[Lessons]:
    return [Lessons.of(pack, known, names) for pack, known in packs.values()]


def _index(lessons: list[Lessons], folder: Path | None = None) -> LexicalIndex:
    return LexicalIndex.build((d for each in lessons for d in each.documents()), folder)


def _ids(lessons: list[Lessons]) -> list[str]:
    return [document.id for each in lessons for document in each.documents()]
