"""What the page of a pack's history shows, ready for a template, a terminal or JSON."""

from dataclasses import dataclass
from datetime import date

__all__ = ["ChangedStatement", "HistoryPage", "VersionEntry"]


@dataclass(frozen=True)
class ChangedStatement:
    """A statement that changed, in its present text; `text` is None once it is gone again."""

    id: str
    text: str | None


@dataclass(frozen=True)
class VersionEntry:
    """What a version changed since the one named in `since`.

    The first version has no `since` and lists nothing. `released` is None while it is not
    given out, `statements` (how many it holds) when that was not recorded.
    """

    version: str
    released: date | None
    since: str | None
    statements: int | None
    added: tuple[ChangedStatement, ...]
    reworded: tuple[ChangedStatement, ...]
    withdrawn: tuple[ChangedStatement, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class HistoryPage:
    """Every version of a pack, the newest first. Old texts are not kept."""

    reader: str
    id: str
    name: str
    versions: tuple[VersionEntry, ...]
