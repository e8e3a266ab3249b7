"""What fits on one sheet, and what is said of the rest."""

from dataclasses import replace
from datetime import date

import pytest

from rarepath.ask.reply import DangerView, Reply
from rarepath.knowledge.base import Reader, Tier
from rarepath.knowledge.checks.numbers import doses_in
from rarepath.knowledge.checks.parents import parent_forms
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import answer_for
from rarepath.services.knowledge import Knowledge
from rarepath.show.sheet import MAX_QUESTIONS, SheetPage, has_sheet, sheet_page
from tests.show import sample_reply as sample

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge([SHIPPED])


@pytest.fixture(scope="module")
def pack(knowledge: Knowledge) -> Pack:
    return knowledge.pack("parry_romberg")


@pytest.fixture(scope="module")
def reply(knowledge: Knowledge) -> Reply:
    return answer_for(knowledge, "parry_romberg", "manage_active", Reader.PATIENT, on=ON)


def made(reply: Reply, pack: Pack) -> SheetPage:
    return sheet_page(reply, pack, {}, "112", ON)


def test_it_holds_the_short_answer_the_dangers_and_the_questions(reply: Reply, pack: Pack) -> None:
    sheet = made(reply, pack)
    assert [view.id for view in sheet.short] == list(reply.bottom_line)
    assert sheet.dangers[0].tier == "now" and "call 112" in sheet.dangers[0].what_to_do
    assert sheet.questions == reply.take_along[: len(sheet.questions)]
    assert 3 <= len(sheet.questions) <= MAX_QUESTIONS
    assert (sheet.title, sheet.answer, sheet.day) == (reply.understood_as, reply.id, ON)


def test_what_is_left_out_is_counted(reply: Reply, pack: Pack) -> None:
    sheet = made(reply, pack)
    asked = len(reply.take_along)
    assert f"{asked - len(sheet.questions)} of {asked} questions for the team" in sheet.left_out
    there = sum(1 for f in pack.red_flags.values() if f.tier is Tier.WITHIN_DAYS)
    shown = sum(len(box.signs) for box in sheet.dangers if box.tier == "within_days")
    assert f"{there - shown} of {there} signs to be seen for within days" in sheet.left_out
    bare = replace(pack, items={**pack.items, "red_flags": {}}, base=())
    assert not [text for text in made(reply, bare).left_out if "signs" in text]
    assert len(made(reply, bare).questions) == MAX_QUESTIONS
    assert made(reply, bare).dangers == ()


def test_nothing_left_out_is_not_mentioned(reply: Reply, pack: Pack) -> None:
    bare = replace(pack, items={**pack.items, "red_flags": {}}, base=())
    few = replace(reply, take_along=("Why?",))
    assert made(few, bare).left_out == ()


def test_the_signs_an_answer_is_about_come_first(reply: Reply, pack: Pack) -> None:
    plain = made(reply, pack).dangers[0].signs
    boxed = made(replace(reply, danger=DangerView("now", "", (), "RF-bleeding")), pack)
    sign = pack.red_flags["RF-bleeding"].sign.patient
    assert boxed.dangers[0].signs[0] == sign != plain[0]
    flag = pack.red_flags["RF-vision"]
    telling = replace(reply.sections[1].statements[0], id=flag.statements[0])
    section = replace(reply.sections[1], statements=(telling,))
    told = made(replace(reply, sections=(reply.sections[0], section)), pack)
    assert told.dangers[0].signs[0] == flag.sign.patient


def test_a_long_answer_still_keeps_to_the_sheet(reply: Reply, pack: Pack) -> None:
    wordy = tuple(
        replace(reply.sections[0].statements[0], id=f"L{n}", text="word " * 120) for n in range(6)
    )
    first = replace(reply.sections[0], statements=wordy)
    names = tuple(view.id for view in wordy)
    sheet = made(replace(reply, sections=(first,), bottom_line=names), pack)
    assert 0 < len(sheet.short) < 6
    assert f"{6 - len(sheet.short)} of 6 points of the answer in short" in sheet.left_out


def test_a_parent_reads_a_parents_words(knowledge: Knowledge, pack: Pack) -> None:
    child = answer_for(
        knowledge, "parry_romberg", "manage_active", Reader.PATIENT, about="child", on=ON
    )
    sheet = sheet_page(child, pack, parent_forms(pack), "112", ON)
    assert any("your child" in sign.lower() for box in sheet.dangers for sign in box.signs)
    mine = made(replace(child, about="me"), pack)
    assert not any("your child" in sign.lower() for box in mine.dangers for sign in box.signs)


def test_only_an_answer_for_patients_has_one(reply: Reply) -> None:
    assert has_sheet(reply)
    assert not has_sheet(replace(reply, reader="clinician"))
    assert not has_sheet(replace(reply, status="needs_facts"))
    assert not any(map(has_sheet, (sample.EMERGENCY, sample.DECLINED, sample.SEVERAL)))


def test_no_sheet_holds_a_dose(knowledge: Knowledge, pack: Pack) -> None:
    seen = 0
    for question in pack.questions.values():
        if question.for_reader(Reader.PATIENT) is not None:
            answer = answer_for(knowledge, pack.id, question.id, Reader.PATIENT, on=ON)
            assert not list(doses_in(repr(made(answer, pack)), pack.phrasebook)), question.id
            seen += 1
    assert seen > 50
