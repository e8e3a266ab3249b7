"""The history of a pack as a view: what each version added, reworded, withdrew and removed."""

from collections.abc import Iterable
from itertools import pairwise

from rarepath.ask.compose import statement_view
from rarepath.kernel.errors import NotFound
from rarepath.knowledge.base import Reader
from rarepath.knowledge.condition import Release
from rarepath.knowledge.history import Changes, changes, release_of, versions
from rarepath.knowledge.packs import Pack
from rarepath.show.versions import ChangedStatement, HistoryPage, VersionEntry

__all__ = ["history_page"]


def history_page(pack: Pack, reader: Reader, since: str | None = None) -> HistoryPage:
    """Every version with what it changed, the newest first.

    With `since`, one entry: all that changed from that version until now. Raise NotFound when
    it was never released. Statements that are not written for `reader` are left out, and those
    of required packs that no answer shows.
    """
    known = [release for release in versions(pack) if release.version != pack.condition.version]
    if since is not None:
        if since not in pack.releases:
            names = ", ".join(release.version for release in versions(pack))
            raise NotFound(
                f"No version {since!r} of {pack.id} was released.",
                f"Use one of: {names}." if names else "This pack records no release.",
            )
        known = [pack.releases[since]]
    steps = [_entry(pack, reader, old, new) for old, new in pairwise(known)]
    first = [] if since or not known else [_entry(pack, reader, None, known[0])]
    last = _entry(pack, reader, known[-1] if known else None, None)
    entries = (last, *reversed([*first, *steps]))
    return HistoryPage(reader.value, pack.id, pack.condition.name, entries)


def _entry(pack: Pack, reader: Reader, old: Release | None, new: Release | None) -> VersionEntry:
    """What changed from `old` to `new`; without `new`, to the pack as it stands."""
    found = changes(pack, old.version, new.version if new else None) if old else None
    found = found or Changes()
    held = new or release_of(pack)
    recorded = pack.releases.get(held.version)
    own = {*((old and old.statements) or ()), *(held.statements or ())}
    concerned = own | _answered_with(pack)
    return VersionEntry(
        version=held.version,
        released=recorded.released if recorded else None,
        since=old.version if old else None,
        statements=len(held.statements) if held.statements is not None else None,
        added=_shown(pack, reader, found.added, concerned),
        reworded=_shown(pack, reader, found.reworded, concerned),
        withdrawn=_shown(pack, reader, found.withdrawn, concerned),
        removed=tuple(name for name in found.removed if name in own),
    )


def _answered_with(pack: Pack) -> set[str]:
    """The statements that answers show, wherever they stand; a required pack has many more."""
    answers = [answer for question in pack.questions.values() for _, answer in question.each()]
    below = [section for answer in answers for section in answer.sections]
    return {
        *pack.condition.overview,
        *(name for answer in answers for name in answer.bottom_line),
        *(name for section in below for name in section.statements),
    }


def _shown(
    pack: Pack, reader: Reader, names: Iterable[str], concerned: set[str]
) -> tuple[ChangedStatement, ...]:
    shown = []
    for name in names:
        statement = pack.statements.get(name)
        view = statement_view(pack, statement, reader) if statement else None
        if name in concerned and (view is not None or statement is None):
            shown.append(ChangedStatement(name, view.text if view else None))
    return tuple(shown)
