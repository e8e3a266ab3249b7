"""The tiny invented pack, and copies of it with one thing changed."""

import shutil
from datetime import date
from functools import lru_cache
from pathlib import Path

from rarepath.knowledge.checks import Defect, check_pack
from rarepath.knowledge.library import SHIPPED, open_pack
from rarepath.knowledge.packs import Pack, read_pack

TINY = Path(__file__).parents[1] / "packs" / "tiny"
ON = date(2026, 11, 22)

Edit = tuple[str, str]


@lru_cache(maxsize=1)
def shared() -> Pack:
    return open_pack("shared", [SHIPPED])


def copy_with(folder: Path, *edits: Edit, fresh: bool = True) -> Path:
    """A copy of the pack in `folder`; each edit replaces words that stand in it once.

    With `fresh` false the pack that is already there is edited further.
    """
    if fresh:
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
    for old, new in edits:
        holders = [file for file in sorted(folder.rglob("*.yaml")) if old in file.read_text()]
        assert len(holders) == 1, f"{old!r} stands in {len(holders)} files"
        text = holders[0].read_text()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        holders[0].write_text(text.replace(old, new))
    return folder


def opened(folder: Path) -> Pack:
    return read_pack(folder, base=[shared()])


def defects(folder: Path, on: date = ON) -> tuple[Defect, ...]:
    return check_pack(opened(folder), on)


def line_of(folder: Path, words: str) -> tuple[str, int]:
    """The file and line where `words` stand, which they do once."""
    places = [
        (str(file), number)
        for file in sorted(folder.rglob("*.yaml"))
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if words in line
    ]
    assert len(places) == 1, f"{words!r} stands on {len(places)} lines"
    return places[0]
