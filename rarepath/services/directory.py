"""The directory of other diseases: load it from a file, say what is loaded, remove it."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path

from rarepath.kernel.errors import ConfigBroken
from rarepath.search.directory import StoredDirectory, load
from rarepath.services.home import Home
from rarepath.show.directory import DirectoryStatus, LoadedFile

__all__ = ["directory_of", "directory_status", "load_directory", "remove_directory"]


def directory_of(home: Home) -> StoredDirectory:
    """The directory in `home`, which need not exist yet."""
    return StoredDirectory(home.directory_file)


def directory_status(home: Home) -> DirectoryStatus:
    """What is loaded; it creates nothing."""
    stored = directory_of(home)
    contents, fault = stored.contents(), stored.fault
    return DirectoryStatus(
        path=str(home.directory_file),
        loaded=LoadedFile(**asdict(contents)) if contents else None,
        fault=f"{fault} {fault.what_to_do}" if fault else None,
    )


def load_directory(
    home: Home, source: Path, on: date, progress: Callable[[int], None] = lambda done: None
) -> DirectoryStatus:
    """Check the file `source` and put its names in place of what was loaded before.

    Raises DirectoryBroken for the file and ConfigBroken when the home cannot be written to;
    in both cases what was loaded before stays as it was.
    """
    home.make_root()
    try:
        load(source, home.directory_file, on, progress)
    except (OSError, sqlite3.Error) as error:
        raise _unwritable(home, error) from error
    return directory_status(home)


def remove_directory(home: Home) -> bool:
    """Remove what is loaded; whether there was anything. Raises ConfigBroken when it stays."""
    try:
        home.directory_file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unwritable(home, error) from error
    return True


def _unwritable(home: Home, error: Exception) -> ConfigBroken:
    why = getattr(error, "strerror", None) or "there may be no room left"
    return ConfigBroken(
        f"The disease directory cannot be written: {why}.",
        "Nothing was changed. Make room, or set RAREPATH_HOME to a folder that belongs to you.",
        str(home.directory_file),
    )
