"""What changed between versions of an invented pack, by the hashes its releases keep."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.base import ReviewState
from rarepath.knowledge.condition import Release, Review
from rarepath.knowledge.evidence import content_hash
from rarepath.knowledge.history import (
    Changes,
    changes,
    earlier,
    fingerprints,
    release_of,
    versions,
)
from rarepath.knowledge.library import SHIPPED, open_pack
from rarepath.knowledge.packs import Pack, read_pack
from tests.knowledge.tiny import TINY, copy_with, defects, opened, shared

FIRST, SECOND = date(2026, 1, 1), date(2026, 6, 1)


def released(pack: Pack, *releases: Release) -> Pack:
    return replace(pack, items={**pack.items, "releases": {r.version: r for r in releases}})


def record(
    version: str,
    day: date | None,
    statements: Mapping[str, str] | None,
    required: Mapping[str, str] | None = None,
) -> Release:
    return Release(
        version=version, released=day, digest="x", statements=statements, required=required or {}
    )


def with_withdrawal(pack: Pack, name: str, day: date | None, mark: str | None = None) -> Pack:
    review = Review(
        statement=name,
        state=ReviewState.WITHDRAWN,
        content_hash=mark or content_hash(pack.statements[name]),
        signed_on=day,
        reason="It was wrong.",
    )
    return replace(pack, items={**pack.items, "reviews": {name: review}})


@pytest.fixture
def tiny() -> Pack:
    """The tiny pack as version 1.0.0, above an earlier 0.9.0 that lacked one statement of today,
    worded another and had one more."""
    pack = opened(TINY)
    marks = fingerprints(pack)
    old = {**marks, "G03": "0" * 16, "GONE": "1" * 16}
    del old["G05"]
    return released(pack, record("0.9.0", FIRST, old), record("1.0.0", SECOND, marks))


def test_a_fingerprint_begins_the_content_hash() -> None:
    marks = fingerprints(opened(TINY))
    assert list(marks) == list(opened(TINY).items["statements"])
    assert all(
        len(mark) == 16 and content_hash(opened(TINY).statements[name]).startswith(mark)
        for name, mark in marks.items()
    )


def test_a_release_records_day_digest_statements_and_what_was_required() -> None:
    pack = opened(TINY)
    now = release_of(pack)
    assert (now.version, now.released) == ("1.0.0", pack.condition.released)
    assert now.required == {"shared": shared().condition.version}
    assert now.statements == fingerprints(pack)
    assert len(now.digest) == 64


def test_what_was_added_reworded_and_removed(tiny: Pack) -> None:
    expected = Changes(added=("G05",), reworded=("G03",), removed=("GONE",))
    assert changes(tiny, "0.9.0") == expected
    assert changes(tiny, "0.9.0", "1.0.0") == expected
    assert changes(tiny, "1.0.0") == Changes()


def test_an_edit_after_the_release_counts_in_the_pack_as_it_stands(tmp_path: Path) -> None:
    edited = opened(
        copy_with(tmp_path / "tiny", ("Lumenol is taken once a week", "Lumenol is a weekly"))
    )
    marks = fingerprints(opened(TINY))
    pack = released(edited, record("1.0.0", SECOND, marks), record("0.9.0", FIRST, marks))
    assert changes(pack, "1.0.0") == Changes(reworded=("G04",))
    assert changes(pack, "0.9.0", "1.0.0") == Changes()


def test_no_record_no_claim(tiny: Pack) -> None:
    assert changes(tiny, "0.1.0") is None
    assert changes(tiny, "0.9.0", "7") is None
    bare = released(tiny, record("0.9.0", FIRST, None), record("1.0.0", SECOND, {}))
    assert changes(bare, "0.9.0") is None
    assert changes(bare, "1.0.0", "0.9.0") is None


def test_required_packs_count_as_far_as_their_version_is_known(tiny: Pack) -> None:
    own = fingerprints(tiny)
    name = next(iter(shared().items["statements"]))
    marks = {**fingerprints(shared()), name: "2" * 16}
    below = released(shared(), record("0.1", FIRST, marks), record("0.2", SECOND, marks))
    pack = replace(tiny, base=(below,))

    def since(required: Mapping[str, str], later: Mapping[str, str]) -> Pack:
        first = record("0.9.0", FIRST, own, required)
        return released(pack, first, record("0.9.5", SECOND, own, later))

    known = since({"shared": "0.1"}, {"shared": "0.2"})
    assert changes(known, "0.9.0") == Changes(reworded=(name,))
    assert changes(known, "0.9.0", "0.9.5") == Changes()
    for unknown in ({}, {"shared": "9"}):
        assert changes(since(unknown, {}), "0.9.0") == Changes()
    assert changes(since({"shared": "0.1"}, {}), "0.9.0", "0.9.5") == Changes()


def test_a_statement_that_moves_to_a_required_pack_is_not_gone(tiny: Pack) -> None:
    name, mark = next(iter(fingerprints(shared()).items()))
    below = released(shared(), record("0.1", FIRST, fingerprints(shared())))
    first = record("0.9.0", FIRST, {**fingerprints(tiny), name: mark}, {"shared": "0.1"})
    assert changes(released(replace(tiny, base=(below,)), first), "0.9.0") == Changes()


@pytest.mark.parametrize(
    ("day", "in_between", "now"),
    [
        (FIRST, False, False),
        (date(2026, 1, 2), True, True),
        (SECOND, True, True),
        (date(2026, 6, 2), False, True),
        (None, False, True),
    ],
)
def test_a_withdrawal_belongs_to_the_version_it_fell_into(
    tiny: Pack, day: date | None, in_between: bool, now: bool
) -> None:
    pack = with_withdrawal(tiny, "G02", day)
    for until, expected in (("1.0.0", in_between), (None, now)):
        found = changes(pack, "0.9.0", until)
        assert found is not None
        assert found.withdrawn == (("G02",) if expected else ())


def test_only_a_withdrawal_of_these_very_words_counts(tiny: Pack) -> None:
    void = with_withdrawal(tiny, "G02", SECOND, mark="3" * 64)
    found = changes(void, "0.9.0")
    assert found is not None and found.withdrawn == ()
    approved = changes(tiny, "0.9.0")
    assert approved is not None and approved.withdrawn == ()


def test_versions_stand_in_the_order_of_days_and_then_of_numbers(tiny: Pack) -> None:
    pack = released(
        tiny,
        record("0.10.0", FIRST, {}),
        record("1.0.0", SECOND, {}),
        record("0.9.0", FIRST, {}),
        record("0.1.0", None, {}),
    )
    assert [release.version for release in versions(pack)] == ["0.1.0", "0.9.0", "0.10.0", "1.0.0"]


def test_the_version_before_this_one(tiny: Pack) -> None:
    def before(*releases: Release) -> str | None:
        found = earlier(released(tiny, *releases))
        return found.version if found else None

    assert earlier(tiny) is not None and before() is None
    assert before(record("1.0.0", SECOND, {})) is None
    assert before(record("1.0.0", SECOND, {}), record("0.9.0", FIRST, {})) == "0.9.0"
    assert before(record("0.8.0", FIRST, {}), record("0.9.0", FIRST, {})) == "0.9.0", "not released"
    assert before(record("1.0.0", FIRST, {}), record("2.0.0", SECOND, {})) is None


@pytest.mark.parametrize("mark", ["abc", "0" * 17, "G" * 16, "A" * 16])
def test_a_hash_that_is_none_is_refused(tmp_path: Path, mark: str) -> None:
    folder = copy_with(tmp_path / "tiny")
    file = folder / "history" / "1.0.0.yaml"
    file.write_text(re.sub(r"G01: [0-9a-f]{16}", f"G01: {mark}", file.read_text()))
    with pytest.raises(PackBroken, match=r"releases\.0\.statements\.G01: String should match"):
        read_pack(folder)


def test_a_record_of_the_present_version_that_does_not_hold_is_a_defect(tmp_path: Path) -> None:
    folder = copy_with(tmp_path / "tiny")
    file = folder / "history" / "1.0.0.yaml"
    file.write_text(re.sub(r"G01: [0-9a-f]{16}", f"G01: {'0' * 16}", file.read_text()))
    found = [defect for defect in defects(folder) if defect.rule == "versioned"]
    assert [defect.message for defect in found] == [
        "the statements recorded for version 1.0.0 are not those it holds"
    ]
    assert found[0].what_to_do == "Write them again: rarepath release tiny --amend"
    assert (found[0].file, found[0].severity) == (str(file), "error")


@pytest.mark.parametrize(("name", "statements"), [("parry_romberg", 479), ("shared", 130)])
def test_the_first_version_of_the_shipped_packs_is_on_record(name: str, statements: int) -> None:
    pack = open_pack(name, [SHIPPED])
    first = versions(pack)[0]
    assert (first.version, first.released) == ("0.1.0", date(2026, 11, 22))
    assert first.statements is not None and len(first.statements) == statements
    assert changes(pack, "0.1.0") is not None
