"""What pages are made from, on packs edited to bring out one thing each."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rarepath.kernel.errors import UnknownPack
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.services import pages
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.web.app import create_app
from tests.web.conftest import client_of

ON = date(2026, 11, 22)


def edited(folder: Path, file: str, old: str, new: str) -> Pack:
    path = folder / "tiny" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return Knowledge([folder]).pack("tiny")


def test_an_edit_voids_a_signature(folder: Path) -> None:
    before = Knowledge([folder]).pack("tiny")
    assert pages.statement_page(before, Reader.CLINICIAN, "G02", ON).signature is not None
    after = edited(folder, "content.yaml", "light usually went out by itself", "light went out")
    page = pages.statement_page(after, Reader.CLINICIAN, "G02", ON)
    assert page.signature is None
    assert page.statement.review == "submitted"
    assert pages.about_page([after], Reader.CLINICIAN).packs[0].reviewers == ()


def test_a_withdrawn_statement_is_struck_and_says_why(folder: Path) -> None:
    edited(folder, "content.yaml", "state: approved", "state: withdrawn\n    reason: It was wrong.")
    client = client_of(create_app(Knowledge([folder]), Config()))
    page = client.get("/conditions/tiny/statements/G02").text
    assert "Withdrawn" in page and "It was wrong." in page
    assert 'class="st struck"' in client.get("/conditions/tiny/sources/GLIM20").text


@pytest.mark.parametrize(
    ("checked", "shown"),
    [("2026-11-22", True), ("2025-11-23", True), ("2025-11-20", False), ("2026-11-23", False)],
)
def test_a_link_to_an_organisation_is_shown_while_somebody_has_looked(
    folder: Path, checked: str, shown: bool
) -> None:
    link = f"countries: None.\n    url: https://glimmer.invalid/\n    checked_on: {checked}"
    pack = edited(folder, "condition.yaml", "countries: None.", link)
    group = pages.condition_page(pack, Reader.PATIENT, ON).organisations[0]
    assert group.url == ("https://glimmer.invalid/" if shown else None)
    assert group.checked_on == date.fromisoformat(checked)


def test_a_link_nobody_has_looked_at_is_not_shown(folder: Path) -> None:
    link = "countries: None.\n    url: https://glimmer.invalid/"
    pack = edited(folder, "condition.yaml", "countries: None.", link)
    assert pages.condition_page(pack, Reader.PATIENT, ON).organisations[0].url is None


def test_the_algorithm_is_for_clinicians(folder: Path) -> None:
    pack = Knowledge([folder]).pack("tiny")
    steps = pages.algorithm_page(pack, Reader.CLINICIAN, ON).steps
    assert [(step.title, [view.id for view in step.statements]) for step in steps] == [
        ("Look", ["G01", "G06"]),
        ("Treat", ["G04"]),
    ]
    for reader in (Reader.PATIENT, Reader.CODER):
        assert pages.algorithm_page(pack, reader, ON).steps == ()


def test_markup_in_a_pack_is_only_text(folder: Path) -> None:
    edited(folder, "content.yaml", "an acquired luminescence", "<b onclick=x()>&amp; an acquired")
    client = client_of(create_app(Knowledge([folder]), Config()))
    page = client.get("/conditions/tiny/statements/G01").text
    assert "&lt;b onclick=x()&gt;&amp;amp; an acquired" in page
    assert "<b onclick" not in page


def test_expiry_is_said_where_it_has_passed(folder: Path) -> None:
    pack = edited(folder, "content.yaml", "ages: adult", "ages: adult\n    expires: 2026-11-21")
    review = pages.condition_page(pack, Reader.CLINICIAN, ON).review
    assert "has passed" in review.note
    assert (
        "has passed"
        not in pages.condition_page(pack, Reader.CLINICIAN, date(2026, 1, 1)).review.note
    )


def test_a_pack_without_statements_can_still_be_looked_at(folder: Path) -> None:
    pack = Knowledge([folder]).pack("tiny")
    empty = replace(
        pack,
        condition=pack.condition.model_copy(update={"overview": ()}),
        items={**pack.items, "statements": {}},
    )
    page = pages.condition_page(empty, Reader.CLINICIAN, ON)
    assert page.review.note == "This pack holds no statement."
    assert pages.card(empty, Reader.CLINICIAN).state == "submitted"


def test_sources_of_this_disease_come_first(folder: Path) -> None:
    cards = pages.sources_page(Knowledge([folder]).pack("tiny"), Reader.CLINICIAN).sources
    order = ["this_disease", "same_family", "extrapolated", "opinion"]
    places = [order.index(card.directness) for card in cards]
    assert places == sorted(places) and len(set(places)) == 4
    assert [card.id for card in cards[:3]] == ["OLDGLIM", "GLIM20", "FOOT10"]


def test_the_only_condition_and_what_to_do_without(folder: Path) -> None:
    pack = Knowledge([folder]).pack("tiny")
    assert pages.only_condition([pack]) is pack
    with pytest.raises(UnknownPack, match="not clear which") as several:
        pages.only_condition([pack, pack])
    assert several.value.what_to_do == "Name one with --pack: tiny, tiny."
    with pytest.raises(UnknownPack, match="no condition pack"):
        pages.only_condition([])


def test_the_first_questions_of_two_packs_take_turns(folder: Path) -> None:
    pack = Knowledge([folder]).pack("tiny")
    other = replace(pack, condition=pack.condition.model_copy(update={"id": "other"}))
    links = pages.first_page([pack, other], Reader.PATIENT).questions
    assert [(link.pack, link.id) for link in links] == [
        ("tiny", "slow_it"),
        ("other", "slow_it"),
        ("tiny", "what_is_it"),
        ("other", "what_is_it"),
    ]
