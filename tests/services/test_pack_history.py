"""The history of a pack as a view, for each reader."""

from dataclasses import replace
from datetime import date

import pytest

from rarepath.kernel.errors import NotFound
from rarepath.knowledge.base import Reader
from rarepath.knowledge.condition import Release
from rarepath.knowledge.history import fingerprints
from rarepath.knowledge.packs import Pack
from rarepath.services.history import history_page
from rarepath.show.versions import ChangedStatement, VersionEntry
from tests.knowledge.test_history import released, with_withdrawal
from tests.knowledge.tiny import TINY, opened, shared

CLINICIAN, PATIENT, CODER = Reader
DAYS = date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1)


def record(version: str, day: date, **marks: str | None) -> Release:
    old = {**fingerprints(opened(TINY)), **{n: m for n, m in marks.items() if m}}
    old = {name: mark for name, mark in old.items() if marks.get(name, mark) is not None}
    return Release(version=version, released=day, digest="x", statements=old)


@pytest.fixture
def pack() -> Pack:
    """Three versions: 0.8.0 lacks G05, 0.9.0 words G03 in another way and has GONE."""
    return released(
        opened(TINY),
        record("0.8.0", DAYS[0], G05=None),
        record("0.9.0", DAYS[1], G03="0" * 16, GONE="1" * 16),
        record("1.0.0", DAYS[2]),
    )


def ids(items: tuple[ChangedStatement, ...]) -> list[str]:
    return [item.id for item in items]


def steps(pack: Pack, reader: Reader = CLINICIAN) -> list[tuple[str, list[str], list[str]]]:
    page = history_page(pack, reader)
    return [(entry.version, ids(entry.added), ids(entry.reworded)) for entry in page.versions]


def test_the_newest_first_each_against_the_one_before(pack: Pack) -> None:
    assert steps(pack) == [
        ("1.0.0", [], ["G03"]),
        ("0.9.0", ["G05", "GONE"], ["G03"]),
        ("0.8.0", [], []),
    ]
    newest, middle, first = history_page(pack, CLINICIAN).versions
    assert (newest.since, middle.since, first.since) == ("0.9.0", "0.8.0", None)
    assert (newest.released, first.released) == (DAYS[2], DAYS[0])
    assert (newest.statements, middle.statements, first.statements) == (8, 9, 7)
    assert newest.removed == ("GONE",)


def test_a_text_is_the_present_one_or_none(pack: Pack) -> None:
    _, middle, _ = history_page(pack, PATIENT).versions
    shown, gone = middle.added
    assert shown.text == "An old guide said to wear dark socks and to take no medicine."
    assert gone == ChangedStatement("GONE", None)


def test_what_is_not_written_for_the_reader_is_left_out(pack: Pack) -> None:
    assert steps(pack, CODER)[0] == ("1.0.0", [], []), "G03 has no text for coders"


def test_a_version_that_is_not_released_yet_comes_first(pack: Pack) -> None:
    header = pack.condition.model_copy(update={"version": "1.1.0"})
    newest = history_page(replace(pack, condition=header), CLINICIAN).versions[0]
    assert newest == VersionEntry("1.1.0", None, "1.0.0", 8, (), (), (), ())


def test_the_only_version_lists_nothing(pack: Pack) -> None:
    (only,) = history_page(released(pack, record("1.0.0", DAYS[2])), CLINICIAN).versions
    assert only == VersionEntry("1.0.0", DAYS[2], None, 8, (), (), (), ())
    (only,) = history_page(released(pack), CLINICIAN).versions
    assert only == VersionEntry("1.0.0", None, None, 8, (), (), (), ())


def test_a_version_without_a_record_claims_nothing(pack: Pack) -> None:
    bare = Release(version="0.8.0", digest="x")
    newest, first = history_page(released(pack, bare, record("1.0.0", DAYS[2])), CLINICIAN).versions
    assert newest == VersionEntry("1.0.0", DAYS[2], "0.8.0", 8, (), (), (), ())
    assert first == VersionEntry("0.8.0", None, None, None, (), (), (), ())


def test_of_required_packs_only_what_an_answer_shows(pack: Pack) -> None:
    used, other = list(shared().items["statements"])[:2]
    marks = {**fingerprints(shared()), used: "0" * 16, other: "0" * 16, "OLD": "0" * 16}
    below = released(shared(), Release(version="0.1", digest="x", statements=marks))
    first = record("0.9.0", DAYS[1]).model_copy(update={"required": {"shared": "0.1"}})
    above = replace(released(pack, first, record("1.0.0", DAYS[2])), base=(below,))
    header = pack.condition.model_copy(update={"overview": (used,)})
    newest = history_page(replace(above, condition=header), CLINICIAN).versions[0]
    assert (ids(newest.reworded), newest.removed) == ([used], ())
    asked = pack.questions["slow_it"]
    assert asked.clinician is not None
    answer = asked.clinician.model_copy(update={"bottom_line": (used, other)})
    questions = {"slow_it": asked.model_copy(update={"clinician": answer})}
    asking = replace(above, items={**above.items, "questions": questions})
    assert ids(history_page(asking, CLINICIAN).versions[0].reworded) == [used, other]


def test_a_withdrawal_is_listed(pack: Pack) -> None:
    withdrawn = with_withdrawal(pack, "G02", date(2025, 12, 1))
    assert [ids(entry.withdrawn) for entry in history_page(withdrawn, CLINICIAN).versions] == [
        ["G02"], [], [],
    ]  # fmt: skip


def test_since_any_version_until_now(pack: Pack) -> None:
    (entry,) = history_page(pack, CLINICIAN, since="0.8.0").versions
    assert (entry.version, entry.since, ids(entry.added), entry.removed) == (
        "1.0.0", "0.8.0", ["G05"], (),
    )  # fmt: skip
    (now,) = history_page(pack, CLINICIAN, since="1.0.0").versions
    assert (now.since, now.added, now.reworded) == ("1.0.0", (), ())


def test_an_unknown_version_names_those_there_are(pack: Pack) -> None:
    with pytest.raises(NotFound, match="No version '7' of tiny") as caught:
        history_page(pack, CLINICIAN, since="7")
    assert caught.value.what_to_do == "Use one of: 0.8.0, 0.9.0, 1.0.0."
    with pytest.raises(NotFound) as caught:
        history_page(released(pack), CLINICIAN, since="7")
    assert caught.value.what_to_do == "This pack records no release."
