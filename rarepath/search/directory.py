"""The directory of other diseases: loaded from a file into SQLite, looked up by whole names.

The file is written beside the old one and takes its place at the end, so that a directory is
never half loaded and those who read the old one go on undisturbed.
"""

import json
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rarepath.ask.linking import Known
from rarepath.ask.words import words
from rarepath.kernel.errors import DirectoryBroken
from rarepath.search.disease_file import Disease, opened

__all__ = ["Contents", "StoredDirectory", "load"]

# What a database file of ours says it is: "rpdi", and the version of these tables.
_OURS: Final = 0x72706469
_VERSION: Final = 1
_TABLES: Final = """
CREATE TABLE contents (key TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE names (
    run TEXT PRIMARY KEY, name TEXT NOT NULL, code TEXT, spelling TEXT NOT NULL,
    rank INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE starts (word TEXT PRIMARY KEY, longest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
# A disease's own name goes before another's synonym. A name that two diseases have alike
# stands for neither: it keeps its spelling and loses its code.
_ADD_NAME: Final = """
INSERT INTO names VALUES (:run, :name, :code, :spelling, :rank)
ON CONFLICT (run) DO UPDATE SET
    name = iif(excluded.rank > rank, excluded.name, spelling),
    code = iif(excluded.rank > rank, excluded.code, NULL),
    spelling = iif(excluded.rank > rank, excluded.spelling, spelling),
    rank = excluded.rank
WHERE excluded.rank > rank OR (excluded.rank = rank AND excluded.code IS NOT code)
"""
_ADD_START: Final = """
INSERT INTO starts VALUES (?, ?)
ON CONFLICT (word) DO UPDATE SET longest = max(longest, excluded.longest)
"""
_FIND: Final = """
SELECT run, name, code, spelling FROM json_each(?) CROSS JOIN names ON run = json_each.value
"""
_SYNONYM, _NAME = 0, 1


@dataclass(frozen=True)
class Contents:
    """What a directory was loaded from and holds.

    `release` and `licence` are what the file says of itself; `names` counts different ones.
    """

    file: str
    sha256: str
    release: str | None
    licence: str | None
    diseases: int
    names: int
    loaded_on: date


def load(
    source: Path, target: Path, on: date, progress: Callable[[int], None] = lambda done: None
) -> Contents:
    """Check the file `source` and put what it lists in place of `target`.

    `progress` is told now and then how many diseases were read. Raises DirectoryBroken for
    the file, and OSError or sqlite3.Error when `target` cannot be written; `target` then is as
    it was.
    """
    with _beside(target) as draft:
        with opened(source) as file, closing(sqlite3.connect(draft)) as database:
            # Nobody else sees the draft, so it is made safe on disk once, when it is whole.
            database.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN;"
            )
            diseases = 0
            for disease in file.diseases():
                diseases += 1
                database.executemany(_ADD_NAME, _rows(disease))
                if diseases % 1000 == 0:
                    progress(diseases)
            _add_starts(database)
            (names,) = database.execute("SELECT count(*) FROM names").fetchone()
            contents = Contents(
                file=source.name.encode(errors="replace").decode(),
                sha256=file.sha256,
                release=file.release,
                licence=file.licence,
                diseases=diseases,
                names=names,
                loaded_on=on,
            )
            values = {key: value for key, value in asdict(contents).items() if value is not None}
            rows = ((key, str(value)) for key, value in values.items())
            database.executemany("INSERT INTO contents VALUES (?, ?)", rows)
            database.commit()
            database.executescript(
                f"PRAGMA application_id = {_OURS}; PRAGMA user_version = {_VERSION};"
            )
        _settle(draft)
        os.replace(draft, target)
    return contents


class StoredDirectory:
    """A directory on disk, opened when it is first asked and again whenever it was replaced.

    One that is absent or cannot be read knows no name; `fault` says which. Any number of
    threads may ask.
    """

    def __init__(self, path: Path) -> None:
        """`path` need not exist."""
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._database: sqlite3.Connection | None = None
        self._starts: Mapping[str, int] = {}
        self._fault: DirectoryBroken | None = None

    @property
    def fault(self) -> DirectoryBroken | None:
        """Why the file that is there cannot be used; None without a file or a fault."""
        with self._lock:
            self._refresh()
            return self._fault

    def contents(self) -> Contents | None:
        """What it was loaded from; None when there is none that can be used."""
        with self._lock:
            database = self._refresh()
            return _contents(database) if database else None

    def starts(self) -> Mapping[str, int]:
        """See `Directory.starts`."""
        with self._lock:
            self._refresh()
            return self._starts

    def find(self, runs: Collection[str]) -> Mapping[str, Known]:
        """See `Directory.find`."""
        with self._lock:
            database = self._refresh()
            if database is None or not runs:
                return {}
            try:
                rows = database.execute(_FIND, (json.dumps(list(runs)),)).fetchall()
            except sqlite3.Error as error:
                self._close(error)
                return {}
        return {run: Known(name, code, spelling) for run, name, code, spelling in rows}

    def _refresh(self) -> sqlite3.Connection | None:
        """The database as it is now on disk."""
        seen = _signature(self._path)
        if seen != self._seen:
            self._close(None)
            self._seen = seen
            if seen is not None:
                try:
                    self._open()
                except (sqlite3.Error, OSError, KeyError, ValueError) as error:
                    self._close(error)
        return self._database

    def _open(self) -> None:
        # A copy in memory: a few megabytes, no locks, and nothing that happens to the file harms.
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        held = self._path.read_bytes()
        if not held:
            raise ValueError("empty")
        self._database.deserialize(held)
        marks = [self._database.execute(f"PRAGMA {mark}").fetchone() for mark in _MARKS]
        if marks != [(_OURS,), (_VERSION,)]:
            raise ValueError("another kind of database")
        _contents(self._database)
        self._starts = dict(self._database.execute("SELECT word, longest FROM starts"))

    def _close(self, error: Exception | None) -> None:
        if self._database is not None:
            self._database.close()
        self._database, self._starts, self._fault = None, {}, None
        if error is not None:
            self._fault = DirectoryBroken(
                "The disease directory cannot be read, so no other disease is recognised by it.",
                "Load it again: rarepath directory FILE",
                str(self._path),
            )


_MARKS: Final = ("application_id", "user_version")


def _contents(database: sqlite3.Connection) -> Contents:
    held: dict[str, str] = dict(database.execute("SELECT key, value FROM contents"))
    return Contents(
        file=held["file"],
        sha256=held["sha256"],
        release=held.get("release"),
        licence=held.get("licence"),
        diseases=int(held["diseases"]),
        names=int(held["names"]),
        loaded_on=date.fromisoformat(held["loaded_on"]),
    )


def _rows(disease: Disease) -> Iterator[dict[str, str | int]]:
    for rank, spelling in [(_NAME, disease.name), *((_SYNONYM, s) for s in disease.synonyms)]:
        run = " ".join(words(spelling))
        yield {
            "run": run,
            "name": disease.name,
            "code": disease.code,
            "spelling": spelling,
            "rank": rank,
        }


def _add_starts(database: sqlite3.Connection) -> None:
    runs = database.execute("SELECT run FROM names")
    starts = ((run.split(" ", 1)[0], run.count(" ") + 1) for (run,) in runs)
    database.executemany(_ADD_START, starts)


def _settle(draft: str) -> None:
    """Wait until the file is on the disk."""
    number = os.open(draft, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _beside(target: Path) -> Iterator[str]:
    """An empty private file in the same folder, gone afterwards unless it was moved."""
    number, draft = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(number)
    try:
        yield draft
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)
