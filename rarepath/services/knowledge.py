"""The packs of this process: opened once, read again when their files change.

A pack that breaks while we run keeps answering in its last good version, and the break is
listed with its file and line.
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.references import resolves
from rarepath.knowledge.library import find_packs, open_pack
from rarepath.knowledge.packs import Pack, read_pack
from rarepath.search.directory import StoredDirectory
from rarepath.search.shelf import Shelf

__all__ = ["Knowledge"]

_Derived = TypeVar("_Derived")
_Signature = frozenset[tuple[str, int, int]]


class Knowledge:
    """Every pack below some folders, usable or not; an earlier folder wins."""

    def __init__(
        self,
        folders: Sequence[Path],
        directory: StoredDirectory | None = None,
        shelf: Shelf | None = None,
        look_every: float = 0,
    ) -> None:
        """Open what is there. A pack that cannot be used is listed in `broken`.

        `directory` holds the names of other diseases; it need not exist yet. `shelf` keeps the
        searchers; without it they live in memory and go by words alone. `look_every` is the
        time in seconds for which `refresh` takes the files to be as they were.
        """
        self.directory = directory
        self.shelf = shelf
        self._folders = tuple(folders)
        self._look_every = look_every
        self._looked = float("-inf")
        self._lock = threading.RLock()
        self._seen: dict[Path, _Signature] = {}
        self._alone: dict[Path, Pack] = {}
        self._good: dict[str, Pack] = {}
        self._broken: dict[str, PackBroken] = {}
        self._derived: dict[Any, Any] = {}
        self.refresh()

    @property
    def broken(self) -> tuple[PackBroken, ...]:
        """Why packs cannot be used as they stand on disk; each names its file and line."""
        return tuple(self._broken.values())

    def conditions(self) -> tuple[Pack, ...]:
        """The packs that answer questions."""
        return tuple(pack for pack in self._good.values() if pack.questions)

    def pack(self, name: str) -> Pack:
        """The pack with the id `name`.

        Raises UnknownPack, or PackBroken when it is there and has never been usable.
        """
        if name in self._good:
            return self._good[name]
        if name in self._broken:
            raise self._broken[name]
        known = ", ".join(pack.id for pack in self.conditions()) or "none is installed"
        raise UnknownPack(f"There is no condition pack called {name!r}.", f"Use one of: {known}.")

    def refresh(self) -> None:
        """Read again the packs whose files changed since the last time."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked < self._look_every:
                return
            self._looked = now
            found = find_packs(self._folders)
            seen = {folder: _signature(folder) for folder in found.values()}
            if seen == self._seen:
                return
            for folder in {*seen, *self._seen}:
                if seen.get(folder) != self._seen.get(folder):
                    self._alone.pop(folder, None)
            self._seen = seen
            self._good, self._broken = self._opened(found)
            self._derived = {}

    def derive(self, build: Callable[[tuple[Pack, ...]], _Derived]) -> _Derived:
        """What `build` makes of the packs that answer questions, made once until they change."""
        with self._lock:
            if build not in self._derived:
                self._derived[build] = build(self.conditions())
            return cast(_Derived, self._derived[build])

    def _opened(self, found: dict[str, Path]) -> tuple[dict[str, Pack], dict[str, PackBroken]]:
        good: dict[str, Pack] = {}
        broken: dict[str, PackBroken] = {}
        for name in found:
            try:
                good[name] = self._usable(name)
            except PackBroken as error:
                broken[name] = error
                if name in self._good:
                    good[name] = self._good[name]
        return good, broken

    def _usable(self, name: str) -> Pack:
        pack = open_pack(name, self._folders, self._read)
        for each in (*pack.base, pack):
            for fault in resolves(each, date.max):
                raise _broken(each, fault)
        return pack

    def _read(self, folder: Path) -> Pack:
        """The pack in `folder` without its base; read anew only when its files changed."""
        if folder not in self._alone:
            self._alone[folder] = read_pack(folder)
        return self._alone[folder]


def _broken(pack: Pack, fault: Fault) -> PackBroken:
    place = pack.places[fault.kind, fault.name]
    return PackBroken(
        fault.message,
        fault.what_to_do,
        file=place.file,
        line=place.line(*fault.inside),
        field=".".join(map(str, (fault.kind, fault.name, *fault.inside))),
    )


def _signature(folder: Path) -> _Signature:
    """What changes when a file below `folder` is edited, added or removed."""
    found = set()
    for file in folder.rglob("*.yaml"):
        with suppress(OSError):  # an editor may have taken it away since it was listed
            stat = file.stat()
            found.add((str(file), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
