"""Find packs: in the package, in the home folder, or by path."""

from collections.abc import Iterable
from pathlib import Path

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.packs import Pack, read_pack

__all__ = ["SHIPPED", "find_packs", "open_pack"]

SHIPPED = Path(__file__).parent.parent / "conditions"


def find_packs(folders: Iterable[Path]) -> dict[str, Path]:
    """Pack folders by name, below each of `folders`; an earlier folder wins."""
    found: dict[str, Path] = {}
    for parent in folders:
        if not parent.is_dir():
            continue
        for folder in sorted(parent.iterdir()):
            if folder.is_dir() and any(folder.glob("*.yaml")):
                found.setdefault(folder.name, folder)
    return found


def open_pack(name: str, folders: Iterable[Path]) -> Pack:
    """Read the pack `name` (an id or a path) and the packs it requires.

    Raise UnknownPack when there is none, PackBroken (file and line) when it cannot be used.
    """
    known = find_packs(folders)
    folder = known.get(name) or Path(name)
    if not folder.is_dir():
        raise UnknownPack(
            f"There is no condition pack called {name!r}.",
            f"Use one of: {', '.join(sorted(known))}; or give a folder.",
        )
    return _open(folder, known, ())


def _open(folder: Path, known: dict[str, Path], opening: tuple[str, ...]) -> Pack:
    alone = read_pack(folder)
    if alone.id in opening:
        raise _bad_require(alone, f"{alone.id} requires itself")
    base: list[Pack] = []
    for name in alone.condition.requires:
        if name not in known:
            raise _bad_require(alone, f"the required pack {name} was not found")
        base.append(_open(known[name], known, (*opening, alone.id)))
    return Pack(
        alone.folder,
        alone.condition,
        alone.items,
        alone.places,
        alone.own_phrasebook,
        tuple(base),
    )


def _bad_require(pack: Pack, message: str) -> PackBroken:
    place = pack.place("condition", "condition")
    return PackBroken(
        message,
        "Mend requires: in the condition header.",
        file=place.file,
        line=place.line("requires"),
        field="condition.requires",
    )
