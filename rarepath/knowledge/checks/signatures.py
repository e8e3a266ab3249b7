"""Signatures and releases: what a person or a version number vouches for."""

from collections.abc import Iterator
from datetime import date

from rarepath.knowledge.base import ReviewState
from rarepath.knowledge.checks.defects import Fault, Found
from rarepath.knowledge.condition import Review
from rarepath.knowledge.evidence import NOT_RECORDED, Statement, content_hash
from rarepath.knowledge.history import release_of
from rarepath.knowledge.packs import Pack

__all__ = ["signed", "versioned"]


def signed(pack: Pack, on: date) -> Iterator[Fault]:
    """Approved means a named person read every source in full and signed this very content."""
    for name, review in pack.items["reviews"].items():
        statement = pack.statements.get(name)
        if statement is None:
            continue
        valid = review.content_hash == content_hash(statement)
        if review.state is ReviewState.APPROVED:
            for inside, message, what_to_do in _unfounded(pack, review, statement, valid, on):
                yield Fault("reviews", name, inside, message, what_to_do)
        elif not valid:
            yield Fault(
                "reviews",
                name,
                ("content_hash",),
                f"{name} was edited after this entry, which is void",
                f"Read the statement again; its hash is now {content_hash(statement)}.",
                "warning",
            )


def _unfounded(pack: Pack, review: Review, statement: Statement, valid: bool, on: date) -> Found:
    if not valid:
        yield (
            ("content_hash",),
            "the signature is void: the statement is not the one that was signed",
            f"Have it signed again; its hash is now {content_hash(statement)}.",
        )
    if review.reviewer is None:
        yield (), "approved by nobody", "Add reviewer: with name and role."
    if review.signed_on is None or review.signed_on > on:
        yield (), "approved without a date that has come", "Add signed_on: the day of signing."
    if review.interests is None:
        yield (), "approved without a statement of interests", "Add interests:, or `none`."
    for cited in statement.citations:
        source = pack.sources.get(cited.source)
        if source is None or source.kind == "opinion":
            continue
        if cited.support == "supports" and cited.source not in review.full_text_read:
            yield (
                ("full_text_read",),
                f"approved although {cited.source} was not read in full",
                "Read it and add it to full_text_read.",
            )
        if cited.verification in {"recalled", "secondary"} or cited.locator == NOT_RECORDED:
            yield (
                (),
                f"approved although {cited.source} is {cited.verification}, at {cited.locator}",
                "Check the statement at its place in the source and record both.",
            )


def versioned(pack: Pack, on: date) -> Iterator[Fault]:
    """A released version keeps its content: a change needs a new version."""
    version, now = pack.condition.version, release_of(pack)
    release = pack.releases.get(version)
    write = f"rarepath release {pack.id}"
    if release is None:
        yield Fault(
            "condition",
            "condition",
            ("version",),
            f"version {version} is not recorded as released",
            f"When it is given out: {write}",
            "warning",
        )
    elif release.digest != now.digest:
        yield Fault(
            "releases",
            version,
            ("digest",),
            f"the pack changed after version {version} was released",
            f"Raise condition.version; or, while nobody has it, {write} --amend",
        )
    elif release.statements is not None and release.statements != now.statements:
        yield Fault(
            "releases",
            version,
            ("statements",),
            f"the statements recorded for version {version} are not those it holds",
            f"Write them again: {write} --amend",
        )
    for name, each in pack.releases.items():
        if each.statements is None or each.released is None:
            yield Fault(
                "releases",
                name,
                (),
                f"version {name} does not record its day and its statements",
                f"Delete this entry and run {write} on the pack as it was then.",
            )
