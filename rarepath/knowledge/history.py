"""What changed in a pack from one released version to another, by its statements' hashes.

A release keeps no text, only the hash of each statement, so that a change is known for sure
and its old wording is not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rarepath.knowledge.base import ReviewState
from rarepath.knowledge.condition import Release
from rarepath.knowledge.evidence import content_hash
from rarepath.knowledge.packs import Pack, pack_digest

__all__ = ["Changes", "changes", "earlier", "fingerprints", "release_of", "versions"]

_DIGITS = 16


@dataclass(frozen=True)
class Changes:
    """Ids of the statements that are new, reworded (their content differs), withdrawn or gone."""

    added: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def versions(pack: Pack) -> tuple[Release, ...]:
    """The released versions, the oldest first: by day, and on one day by number."""
    return tuple(sorted(pack.releases.values(), key=_order))


def earlier(pack: Pack) -> Release | None:
    """The version released before the present one; None when there is none."""
    others = [release for release in versions(pack) if release.version != pack.condition.version]
    present = pack.releases.get(pack.condition.version)
    before = [release for release in others if present is None or _order(release) < _order(present)]
    return before[-1] if before else None


def fingerprints(pack: Pack) -> dict[str, str]:
    """The start of the content hash of each statement of the pack itself, as a release keeps it."""
    own = pack.items["statements"].values()
    return {statement.id: content_hash(statement)[:_DIGITS] for statement in own}


def release_of(pack: Pack) -> Release:
    """What a release of the pack as it stands would record."""
    return Release(
        version=pack.condition.version,
        released=pack.condition.released,
        digest=pack_digest(pack),
        required={base.id: base.condition.version for base in pack.base},
        statements=fingerprints(pack),
    )


@lru_cache(maxsize=64)
def changes(pack: Pack, since: str, until: str | None = None) -> Changes | None:
    """What changed from version `since` to version `until`, or to the pack as it stands.

    Required packs count as far as their versions of then are known. None when the pack keeps
    no record of one of the two versions.
    """
    states = _states(pack, since, until)
    if states is None:
        return None
    old, new = states
    return Changes(
        added=tuple(name for name in new if name not in old),
        reworded=tuple(name for name in new if name in old and old[name] != new[name]),
        withdrawn=tuple(name for name in new if _withdrawn_between(pack, name, since, until)),
        removed=tuple(name for name in old if name not in new),
    )


_States = tuple[Mapping[str, str], Mapping[str, str]]


def _states(pack: Pack, since: str, until: str | None) -> _States | None:
    """The statements' hashes then and later, those of the required packs included."""
    first, last = pack.releases.get(since), pack.releases.get(until or "")
    then = first.statements if first else None
    later = fingerprints(pack) if until is None else last.statements if last else None
    if first is None or then is None or later is None:
        return None
    old, new = dict(then), dict(later)
    for base in pack.base:
        inside = _states_of_base(base, first, last)
        if inside is not None:
            old = {**inside[0], **old}
            new = {**inside[1], **new}
    return old, new


def _states_of_base(base: Pack, first: Release, last: Release | None) -> _States | None:
    since = first.required.get(base.id)
    if since is None:
        return None
    if last is None:
        return _states(base, since, None)
    until = last.required.get(base.id)
    return _states(base, since, until) if until else None


def _withdrawn_between(pack: Pack, name: str, since: str, until: str | None) -> bool:
    review = pack.reviews.get(name)
    if review is None or review.state is not ReviewState.WITHDRAWN:
        return False
    statement = pack.statements.get(name)
    if statement is None or review.content_hash != content_hash(statement):
        return False
    # A withdrawal without a day belongs to the pack as it stands.
    signed = review.signed_on or date.max
    end = (pack.releases[until].released if until else None) or date.max
    return (pack.releases[since].released or date.min) < signed <= end


def _order(release: Release) -> tuple[date, list[str | int]]:
    # Numbers by their value: 0.10 comes after 0.9. Text and numbers alternate in both.
    parts = re.split(r"([0-9]+)", release.version)
    number: list[str | int] = [int(part) if part.isdecimal() else part for part in parts]
    return release.released or date.min, number
