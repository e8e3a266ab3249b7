"""The searcher of a set of packs, kept in the cache: opened when it is there, else built.

A folder of the cache is named after everything that its content depends on, is written under
another name and moved to its place when it is whole. So there is never a half index, and a
program that is answering keeps the one it opened.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
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
_LESSONS, _SENSE, _WORDS = "lessons.json", "sense.npz", "words"
# What the content of a folder is made by: another recipe is another folder.
_RECIPE: Final = (
    *("index.py", "lessons.py", "sense.py", "shelf.py"),
    *("../ask/words.py", "../ask/linking.py", "../ask/matching.py"),
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
        with suppress(OSError, ValueError, KeyError, TypeError):  # absent, or damaged
            return self._open(folder, packs)
        lessons = _lessons(packs, names)
        sense = self._learn(packs)
        try:
            self._keep(folder, lessons, sense)
        except OSError:
            return QuestionSearcher(lessons, _index(lessons), sense)
        return self._open(folder, packs)

    def folder(self, packs: _Packs) -> Path:
        """Where the searcher of `packs` is kept, or would be."""
        own = [part for pack, _ in packs.values() for part in (pack, *pack.base)]
        recipe = [Path(__file__).parent.joinpath(name).read_bytes() for name in _RECIPE]
        parts = [
            *(f"{part.id} {pack_digest(part)}" for part in own),
            *(hashlib.sha256(text).hexdigest() for text in recipe),
            self.model.id if self.model else "",
        ]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
        return self.cache / _FOLDER / key

    def prune(self, packs: _Packs) -> int:
        """Remove the searchers of other packs and earlier versions; how many there were."""
        kept = self.folder(packs)
        others = [each for each in kept.parent.glob("*") if each != kept]
        for each in others:
            shutil.rmtree(each, ignore_errors=True)
        return len(others)

    def _open(self, folder: Path, packs: _Packs) -> QuestionSearcher:
        texts = json.loads((folder / _LESSONS).read_text(encoding="utf-8"))
        lessons = [Lessons.from_json(texts[name], known) for name, (_, known) in packs.items()]
        sense = Sense(self.model.encoder) if self.model else None
        if sense is not None:
            sense.load(folder / _SENSE)
        index = LexicalIndex.open(folder / _WORDS, _ids(lessons))
        return QuestionSearcher(lessons, index, sense)

    def _learn(self, packs: _Packs) -> Sense | None:
        if self.model is None:
            return None
        self.say("Reading the packs' wordings (once for each version, some seconds)")
        kept = KeptVectors(self.model.encoder, self.cache / "vectors" / f"{self.model.id}.npz")
        pairs = {name: list(wordings(pack)) for name, (pack, _) in packs.items()}
        vectors = kept.encode([text for found in pairs.values() for _, text in found])
        sense, start = Sense(self.model.encoder), 0
        for name, found in pairs.items():
            end = start + len(found)
            sense.learn(name, [question for question, _ in found], vectors[start:end])
            start = end
        return sense

    def _keep(self, folder: Path, lessons: list[Lessons], sense: Sense | None) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".building-"))
        try:
            (unfinished / _WORDS).mkdir()
            _index(lessons, unfinished / _WORDS)
            if sense is not None:
                sense.save(unfinished / _SENSE)
            texts = json.dumps({each.pack: each.to_json() for each in lessons})
            (unfinished / _LESSONS).write_text(texts, encoding="utf-8")
            if folder.is_dir():  # what could not be opened
                shutil.rmtree(folder, ignore_errors=True)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


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
