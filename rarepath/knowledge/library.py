"""Find packs: in the package, in the home folder, or by path."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.packs import Pack, read_pack

__all__ = ["SHIPPED", "find_packs", "open_pack"]

SHIPPED = Path(__file__).parent.parent / "conditions"


def find_packs(folders: Iterable[Path]) -> dict[str, Path]:
    """Pack folders by name, below each of `folders`; an earlier folder wins.

    A pack folder has at least one `*.yaml` file at its top.
    """
    found: dict[str, Path] = {}
    for parent in folders:
        if parent.is_dir():
            for folder in sorted(parent.iterdir()):
                if _is_pack(folder):
                    found.setdefault(folder.name, folder)
    return found


def open_pack(name: str, folders: Iterable[Path], read: Callable[[Path], Pack] = read_pack) -> Pack:
    """Read the pack `name` (an id or a path) and the packs it requires.

    `read` reads one folder alone; whoever opens many packs gives one that remembers. Raise
    UnknownPack when there is none, PackBroken (file and line) when it cannot be used.
    """
    known = find_packs(folders)
    folder = known.get(name) or Path(name)
    if not name or not _is_pack(folder):
        raise UnknownPack(
            f"There is no condition pack called {name!r}.",
            f"Use one of: {', '.join(sorted(known))}; or give a folder of YAML files.",
        )
    return _open(folder, known, (), read)


def _is_pack(folder: Path) -> bool:
    return folder.is_dir() and any(folder.glob("*.yaml"))


def _open(
    folder: Path,
    known: Mapping[str, Path],
    opening: tuple[str, ...],
    read: Callable[[Path], Pack],
) -> Pack:
    alone = read(folder)
    if known.get(folder.name) == folder and alone.id != folder.name:
        raise _bad_header(alone, "id", f"the pack is {alone.id} but its folder {folder.name}")
    if alone.id in opening:
        raise _bad_header(alone, "requires", f"{alone.id} requires itself")
    base: list[Pack] = []
    for name in alone.condition.requires:
        if name not in known:
            raise _bad_header(alone, "requires", f"the required pack {name} was not found")
        base.append(_open(known[name], known, (*opening, alone.id), read))
    return replace(alone, base=tuple(base))


def _bad_header(pack: Pack, field: str, message: str) -> PackBroken:
    place = pack.place("condition", "condition")
    return PackBroken(
        message,
        f"Mend {field}: in the condition header.",
        file=place.file,
        line=place.line(field),
        field=f"condition.{field}",
    )
