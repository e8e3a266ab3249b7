"""What must hold for the packs that are shipped, whatever their authors change."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from rarepath.ask.reply import Reply
from rarepath.kernel.quantity import Unit
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import answer_for, as_json
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
PRS = "parry_romberg"

# Written without the product's own finder of doses, so that both would have to be wrong.
DOSE = re.compile(
    r"\d[\d.,]*\s*(?:mg|mcg|µg|milligrams?|micrograms?|IU|tablets?|capsules?|pills?)"
    r"\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge([SHIPPED])


def _answers(knowledge: Knowledge, reader: Reader) -> Iterator[Reply]:
    for name, question in knowledge.pack(PRS).questions.items():
        if question.for_reader(reader):
            yield answer_for(knowledge, PRS, name, reader, on=ON)


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def test_the_pack_is_complete(knowledge: Knowledge) -> None:
    pack = knowledge.pack(PRS)
    assert len(pack.questions) >= 40
    assert len(pack.glossary) >= 100
    assert len(pack.sources) >= 90
    assert {f"A{n:02}" for n in range(1, 40)} <= pack.circulating.keys()
    assert {f"B{n:02}" for n in range(1, 6)} <= pack.circulating.keys()
    assert {f"X{n}" for n in range(1, 23)} <= {name.replace("X0", "X") for name in pack.conflicts}
    assert not pack.reviews  # nobody has signed: the shipped pack is submitted


def test_no_patient_payload_holds_a_dose(knowledge: Knowledge) -> None:
    for reply in _answers(knowledge, Reader.PATIENT):
        plain = as_json(reply, knowledge, ON)
        found = [text for text in _texts(plain) if DOSE.search(text)]
        assert found == [], reply.understood_as
        assert '"note": "' not in json.dumps(plain["sections"])


def test_the_dose_pattern_of_this_test_finds_doses() -> None:
    for text in ("15 mg/m2", "take 2 tablets", "0.25 mg/kg daily", "25mg", "100 micrograms"):
        assert DOSE.search(text), text
    for text in ("10 of 65 children, 12 months", "fever of 38 degrees", "once a week, not daily"):
        assert not DOSE.search(text), text


def test_units_of_facts_are_known_to_the_kernel(knowledge: Knowledge) -> None:
    for kind in knowledge.pack(PRS).fact_kinds.values():
        for unit in filter(None, (kind.unit, *kind.other_units)):
            assert Unit(unit).dimension, kind.id


def test_methotrexate_is_only_ever_weekly(knowledge: Knowledge) -> None:
    doses = [
        value
        for statement in knowledge.pack(PRS).statements.values()
        for value in statement.values
        if value.kind == "dose" and value.drug == "methotrexate"
    ]
    assert doses
    assert {value.frequency for value in doses} == {"weekly"}
