"""How well danger is told from talk of danger, on the shipped pack. The figures are in the docs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

Ask = Callable[..., Reply]
HERE = Path(__file__).parent


Case = dict[str, str]


def read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text())


SET: list[Case] = read("danger_set.yaml")
HELD_OUT: dict[str, dict[str, list[Any]]] = read("danger_held_out.yaml")
UNTOUCHED: dict[str, dict[str, list[Any]]] = read("danger_untouched.yaml")
GENERAL: list[str] = read("general_questions.yaml")
TWINS = ("past", "negated", "hypothetical", "general")


def tier(reply: Reply) -> str | None:
    """The tier of an emergency; None for any other reply."""
    return reply.danger.tier if reply.status == "emergency" and reply.danger else None


def test_the_sets_are_what_they_say() -> None:
    assert len(SET) == 60
    assert all({"present", *TWINS} < set(case) for case in SET)
    assert {case["tier"] for case in SET} == {"now", "same_day", "within_days"}
    assert [len(part["present"]) for part in HELD_OUT.values()] == [40, 40, 40, 80]
    assert [len(part["present"]) for part in UNTOUCHED.values()] == [40, 40]
    assert len(GENERAL) >= 60


@pytest.mark.parametrize("pack", ["parry_romberg", None])
def test_present_dangers_get_their_tier(shipped: Knowledge, pack: str | None) -> None:
    """The gate: 97 of 100, with the disease chosen and without."""
    wrong = [
        case["present"]
        for case in SET
        if tier(ask(shipped, case["present"], reader=Reader(case["reader"]), pack=pack, on=ON))
        != case["tier"]
    ]
    assert len(wrong) <= 0.03 * len(SET), wrong


@pytest.mark.parametrize("twin", TWINS)
@pytest.mark.parametrize("pack", ["parry_romberg", None])
def test_twins_are_no_emergency(shipped: Knowledge, twin: str, pack: str | None) -> None:
    triggered = [
        case[twin]
        for case in SET
        if tier(ask(shipped, case[twin], reader=Reader(case["reader"]), pack=pack, on=ON))
    ]
    assert triggered == []


def wrong_tiers(put_real: Ask, cases: list[Case]) -> list[str]:
    return [case["text"] for case in cases if tier(put_real(case["text"])) != case["tier"]]


def test_wordings_of_other_people(put_real: Ask) -> None:
    """Mended for, so they keep what was won; how well new wordings do is measured below."""
    cases = [case for part in HELD_OUT.values() for case in part["present"]]
    wrong = wrong_tiers(put_real, cases)
    assert len(wrong) <= 0.03 * len(cases), wrong
    near = [text for part in HELD_OUT.values() for text in part["near_misses"]]
    assert [text for text in near if tier(put_real(text))] == []


@pytest.mark.parametrize(("part", "right"), [("first", 32), ("second", 10)])
def test_wordings_never_tuned_on(put_real: Ask, part: str, right: int) -> None:
    """The honest figures, and a floor under them: `right` of 40 when measured, 2 of 20 false."""
    wrong = wrong_tiers(put_real, UNTOUCHED[part]["present"])
    assert len(wrong) <= 40 - right, wrong
    assert sum(1 for text in UNTOUCHED[part]["near_misses"] if tier(put_real(text))) <= 2


def test_general_questions_are_no_emergency(shipped: Knowledge, put_real: Ask) -> None:
    """The gate is 2 of 100; bench/false_emergencies.py measures it on 500 more questions."""
    triggered = [text for text in GENERAL if tier(put_real(text))]
    triggered += [text for text in GENERAL if tier(ask(shipped, text, on=ON))]
    assert len(triggered) <= 0.02 * 2 * len(GENERAL), triggered


def test_the_packs_own_wordings_are_no_emergency(shipped: Knowledge, put_real: Ask) -> None:
    """Those of the first person too: a question about a sign is not the sign."""
    questions = shipped.pack("parry_romberg").questions.values()
    wordings = [text for question in questions for text in question.phrasings]
    wordings += [answer.question for question in questions for _, answer in question.each()]
    triggered = [text for text in wordings if tier(put_real(text))]
    assert len(triggered) <= 0.02 * len(wordings), triggered


def test_an_emergency_is_fixed_text_only(put_real: Ask) -> None:
    first, second = (put_real(text) for text in ("I had a seizure today", "first fit just now"))
    assert first.danger == second.danger and first.id == second.id
    assert first.sections == () and first.sources == () and first.related == ()


def test_a_danger_spoken_of_is_answered_with_a_box(put_real: Ask) -> None:
    reply = put_real("How often do seizures occur?")
    assert reply.status == "answered"
    assert reply.danger and reply.danger.id == "RF-seizure"
    assert reply.danger.text.startswith("If this happens")
