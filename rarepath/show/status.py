"""What `rarepath status` reports, and how a terminal shows it."""

from dataclasses import dataclass
from datetime import date

from rarepath.show.directory import DirectoryStatus, directory_line
from rarepath.show.paper import Paper
from rarepath.show.words import REVIEW, date_in_words, word

__all__ = [
    "BrokenPack",
    "Built",
    "FolderStatus",
    "PackStatus",
    "PartStatus",
    "Status",
    "render_built",
    "render_status",
]


@dataclass(frozen=True)
class PackStatus:
    """A pack that can be asked; `folder` is where it was read from."""

    id: str
    name: str
    version: str
    released: date
    state: str
    statements: int
    sources: int
    questions: int
    folder: str


@dataclass(frozen=True)
class BrokenPack:
    """A pack that cannot be read: file and line, what is wrong, how to mend it."""

    where: str
    message: str
    what_to_do: str


@dataclass(frozen=True)
class FolderStatus:
    """A folder of the home; it is made when it is first needed."""

    name: str
    path: str
    exists: bool


@dataclass(frozen=True)
class PartStatus:
    """A part that can be installed, what it adds, and the command that installs it."""

    name: str
    installed: bool
    adds: str
    command: str


@dataclass(frozen=True)
class Status:
    """What is installed, which packs there are, where data lives and which settings hold."""

    version: str
    home: str
    folders: tuple[FolderStatus, ...]
    config_file: str
    config_exists: bool
    jurisdiction: str | None
    emergency_number: str
    default_reader: str
    packs: tuple[PackStatus, ...]
    broken: tuple[BrokenPack, ...]
    parts: tuple[PartStatus, ...]
    directory: DirectoryStatus


@dataclass(frozen=True)
class Built:
    """What is in the cache now: where, for how many questions, and with which parts.

    `vectors` is whether sentence vectors are used, `adds` what they would add and `command`
    what installs them; `removed` counts what was out of date.
    """

    folder: str
    packs: int
    questions: int
    vectors: bool
    adds: str
    command: str
    removed: int


def render_built(built: Built, width: int, colour: bool) -> str:
    """What was built, as text."""
    paper = Paper(width, colour)
    packs = "1 pack" if built.packs == 1 else f"{built.packs} packs"
    kind = "words and sentence vectors" if built.vectors else "words"
    paper.text(f"The index of {built.questions} questions in {packs} is ready, by {kind}.")
    paper.text(built.folder, style="quiet")
    if built.removed:
        paper.text(f"Removed what was out of date: {built.removed}.")
    if not built.vectors:
        paper.text(f"The part vectors {built.adds}. To add it, run {built.command}")
    return paper.done()


def render_status(status: Status, width: int, colour: bool) -> str:
    """The status as text."""
    paper = Paper(width, colour)
    paper.text(f"rarepath {status.version}", style="bold")
    paper.heading("Condition packs")
    for pack in status.packs:
        released = date_in_words(pack.released)
        paper.entry(
            f"{pack.name} ({pack.id} {pack.version}, {word(REVIEW, pack.state)}, "
            f"released {released}): {pack.questions} questions, {pack.statements} statements, "
            f"{pack.sources} sources"
        )
        paper.text(pack.folder, "    ", style="quiet")
    for fault in status.broken:
        paper.entry(f"Broken: {fault.where}: {fault.message}", style="caution")
        paper.text(fault.what_to_do, "    ")
    if not status.packs:
        paper.text("None can be read.", "  ", style="caution")
    paper.heading("Disease directory")
    paper.entry(
        directory_line(status.directory), style="caution" if status.directory.fault else "none"
    )
    paper.heading("Where data lives")
    paper.pairs([("home", status.home)] + [_folder(folder) for folder in status.folders])
    paper.heading("Settings")
    found = "" if status.config_exists else " (no such file; these are the defaults)"
    paper.pairs(
        [
            ("file", status.config_file + found),
            ("emergency number", status.emergency_number),
            ("reader", status.default_reader),
            ("jurisdiction", status.jurisdiction or "none, so nothing is left out"),
        ]
    )
    if status.parts:
        paper.heading("Parts")
        paper.pairs([_part(part) for part in status.parts])
    return paper.done()


def _folder(folder: FolderStatus) -> tuple[str, str]:
    return folder.name, folder.path if folder.exists else f"{folder.path} (not made yet)"


def _part(part: PartStatus) -> tuple[str, str]:
    state = "installed" if part.installed else f"not installed; run {part.command}"
    return part.name, f"{part.adds}: {state}" if part.adds else state
