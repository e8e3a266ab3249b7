"""What is installed, which packs can be asked, and where data lives."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import get_args

from rarepath import __version__
from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.library import find_packs, open_pack
from rarepath.search.model import PART, part_present
from rarepath.services.config import Config
from rarepath.services.directory import directory_status
from rarepath.services.home import Folder, Home
from rarepath.services.knowledge import Knowledge
from rarepath.show.defects import Checked
from rarepath.show.excerpts import counts, weakest_state
from rarepath.show.status import BrokenPack, FolderStatus, PackStatus, PartStatus, Status

__all__ = ["ADDS", "checked", "parts", "status"]

_CHECKOUT = Path(__file__).parents[2]
ADDS = {
    "dev": "tests and checks",
    "run": "rarepath itself",
    PART: "finds a question by its meaning when the words differ (133 MB)",
}


def status(knowledge: Knowledge, home: Home, config: Config, checkout: Path = _CHECKOUT) -> Status:
    """The status of this machine; it creates nothing. `checkout` holds the locks of the parts."""
    return Status(
        version=__version__,
        home=str(home.root),
        folders=tuple(_folders(home)),
        config_file=str(home.config_file),
        config_exists=home.config_file.exists(),
        jurisdiction=config.jurisdiction,
        emergency_number=config.emergency_number,
        default_reader=config.default_reader.value,
        packs=tuple(_packs(knowledge)),
        broken=tuple(
            BrokenPack(error.where or error.file, error.message, error.what_to_do)
            for error in knowledge.broken
        ),
        parts=tuple(parts(checkout)),
        directory=directory_status(home),
    )


def _folders(home: Home) -> Iterator[FolderStatus]:
    for name in get_args(Folder):
        path = home.where(name)
        yield FolderStatus(name, str(path), path.is_dir())


def _packs(knowledge: Knowledge) -> Iterator[PackStatus]:
    for pack in knowledge.conditions():
        header, held = pack.condition, counts(pack)
        yield PackStatus(
            id=pack.id,
            name=header.name,
            version=header.version,
            released=header.released,
            state=weakest_state(pack),
            statements=held.statements,
            sources=held.sources,
            questions=held.questions,
            folder=str(pack.folder),
        )


def parts(checkout: Path = _CHECKOUT) -> Iterator[PartStatus]:
    """Everything that scripts/setup can install, and whether it is there."""
    # scripts/setup leaves a stamp in the environment for each part that it installed.
    for lock in sorted((checkout / "requirements").glob("*.txt")):
        # A new development lock removes all stamps, but not what is installed.
        stamped = any(Path(sys.prefix).glob(f"{lock.stem}-*.ready"))
        installed = part_present() if lock.stem == PART else stamped
        adds = ADDS.get(lock.stem, "")
        yield PartStatus(lock.stem, installed, adds, f"scripts/setup {lock.stem}")


def checked(names: Sequence[str], folders: Iterable[Path], on: date | None) -> tuple[Checked, ...]:
    """What a check of `names`, or of every pack there is, looked at; none of it is judged here."""
    parents = tuple(folders)
    return tuple(_checked(name, parents, on) for name in names or sorted(find_packs(parents)))


def _checked(name: str, folders: tuple[Path, ...], on: date | None) -> Checked:
    try:
        pack = open_pack(name, folders)
    except PackBroken:
        return Checked(name, None, None, None)
    return Checked(pack.id, pack.condition.version, on or pack.condition.released, counts(pack))
