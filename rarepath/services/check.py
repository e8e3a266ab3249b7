"""Check condition packs: every rule, over every pack asked for."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.checks import Defect, check_pack
from rarepath.knowledge.library import find_packs, open_pack
from rarepath.knowledge.packs import Pack, read_pack

__all__ = ["run"]


def run(name: str | None, folders: Iterable[Path], on: date | None = None) -> tuple[Defect, ...]:
    """The defects of the pack `name` (an id or a path), or of every pack in `folders`.

    Without `on` each pack is checked on the day it was released, so that the outcome depends
    on its content alone. A pack that cannot be read is one defect of the rule `readable`.
    Raise UnknownPack when there is no such pack.
    """
    parents = tuple(folders)
    read = lru_cache(read_pack)
    names = sorted(find_packs(parents)) if name is None else [name]
    found: dict[Defect, None] = {}
    for each in names:
        found |= dict.fromkeys(_defects(each, parents, on, read))
    return tuple(found)


def _defects(
    name: str, folders: tuple[Path, ...], on: date | None, read: Callable[[Path], Pack]
) -> tuple[Defect, ...]:
    try:
        pack = open_pack(name, folders, read)
        return check_pack(pack, on or pack.condition.released)
    except PackBroken as error:
        return (
            Defect("readable", "error", error.file, error.line, error.message, error.what_to_do),
        )
