"""Where rarepath keeps what belongs to its user, readable by nobody else on the machine.

``RAREPATH_HOME`` names the folder. Without it, it is ``rarepath`` in the data folder of the
XDG Base Directory Specification: ``$XDG_DATA_HOME``, or ``~/.local/share``.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rarepath.kernel.errors import ConfigBroken

__all__ = ["Folder", "Home", "find_home"]

Folder = Literal["record", "keys", "captures", "packs", "cache"]

_PRIVATE: Final = 0o700


@dataclass(frozen=True)
class Home:
    """The folder of one user's data. Finding it creates nothing."""

    root: Path

    @property
    def config_file(self) -> Path:
        """The settings, which need not exist."""
        return self.root / "config.toml"

    @property
    def directory_file(self) -> Path:
        """The names of other diseases, loaded by the user; the file need not exist."""
        return self.root / "directory.sqlite"

    def where(self, folder: Folder) -> Path:
        """Where a folder is, or would be."""
        return self.root / folder

    def make_root(self) -> Path:
        """The home itself, created if need be; raises ``ConfigBroken`` as ``make`` does."""
        return self._made(self.root)

    def make(self, folder: Folder) -> Path:
        """A folder, created if need be and closed to everybody else.

        Raises ``ConfigBroken`` when it cannot be made or closed.
        """
        return self._made(self.where(folder))

    def _made(self, path: Path) -> Path:
        try:
            self.root.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            path.mkdir(mode=_PRIVATE, exist_ok=True)
            if path.stat().st_mode & 0o077:  # made by another program, or copied here
                path.chmod(_PRIVATE)
        except OSError as error:
            raise ConfigBroken(
                f"This folder cannot be used: {error.strerror}.",
                "Set RAREPATH_HOME to a folder that belongs to you.",
                str(path),
            ) from error
        return path


def find_home(environment: Mapping[str, str] = os.environ) -> Home:
    """The home that the environment names; an empty variable counts as absent."""
    if named := environment.get("RAREPATH_HOME"):
        return Home(Path(named).expanduser().absolute())
    data = Path(environment.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():  # the specification has relative paths ignored
        data = Path("~/.local/share").expanduser()
    return Home(data / "rarepath")
