"""What `rarepath directory` reports, and how a terminal shows it."""

from dataclasses import dataclass
from datetime import date

from rarepath.show.paper import Paper
from rarepath.show.words import date_in_words

__all__ = ["DirectoryStatus", "LoadedFile", "directory_line", "render_directory"]

_NONE = "none; other rare diseases are recognised after: rarepath directory FILE"


@dataclass(frozen=True)
class LoadedFile:
    """The file a directory was loaded from, what it says of itself, and what it held."""

    file: str
    sha256: str
    release: str | None
    licence: str | None
    diseases: int
    names: int
    loaded_on: date


@dataclass(frozen=True)
class DirectoryStatus:
    """The directory of other diseases: where it is, what is loaded, why it cannot be used."""

    path: str
    loaded: LoadedFile | None
    fault: str | None


def directory_line(status: DirectoryStatus) -> str:
    """The directory in one sentence."""
    if status.fault:
        return status.fault
    if status.loaded is None:
        return _NONE
    held = status.loaded
    return (
        f"{held.diseases:,} diseases with {held.names:,} names, loaded from {held.file} on "
        f"{date_in_words(held.loaded_on)}"
    )


def render_directory(status: DirectoryStatus, width: int, colour: bool) -> str:
    """The directory as text."""
    paper = Paper(width, colour)
    paper.heading("Disease directory")
    paper.entry(directory_line(status), style="caution" if status.fault else "none")
    if status.loaded:
        held = status.loaded
        paper.pairs(
            [
                ("release", held.release or "not stated in the file"),
                ("licence", held.licence or "not stated in the file"),
                ("SHA-256", held.sha256),
                ("kept in", status.path),
            ]
        )
    return paper.done()
