"""Several questions asked in one: split, answered together, opened again by their ids."""

import pytest

from rarepath.ask.reply import Reply
from rarepath.ask.words import questions_in, sentences
from rarepath.kernel.errors import NotFound
from rarepath.knowledge.base import Reader
from rarepath.services.ask import answer_by_id, answer_for
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON, Ask

TWO = "What is moss ear? Does sporaline help moss ear?"


def parts_of(reply: Reply) -> list[str | None]:
    return [part.understood_as for part in reply.parts]


def split(text: str) -> list[str]:
    return [part for sentence in sentences(text) for part in questions_in(sentence)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is it? How is it treated?", ["what is it", "how is it treated"]),
        ("What causes it and is it inherited?", ["what causes it", "is it inherited"]),
        ("What is it, and how is it treated?", ["what is it", "how is it treated"]),
        ("Will it spread or can it stop?", ["will it spread", "can it stop"]),
        ("Is it bad, what can I do?", ["is it bad, what can i do"]),
        ("Can I swim and dive?", ["can i swim and dive"]),
        ("Does it hurt and where and when", ["does it hurt", "where", "when"]),
        ("and what is it?", ["what is it"]),
    ],
)
def test_a_sentence_is_cut_before_a_word_that_asks(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_two_questions_have_an_answer_each(put: Ask) -> None:
    reply = put(TWO)
    assert reply.status == "answered"
    assert reply.question == TWO
    assert reply.understood_as is None
    assert parts_of(reply) == ["What is moss ear?", "Which treatment of moss ear has been studied?"]
    assert reply.id == "+".join(part.id for part in reply.parts)
    assert reply.sections == reply.conflicts == ()
    assert all(part.sections and part.sources for part in reply.parts)


def test_what_they_share_stands_once(put: Ask) -> None:
    reply = put("What is moss ear? Does sporaline help moss ear?", reader=Reader.PATIENT)
    assert len(reply.parts) == 2
    sources = [source.id for source in reply.sources]
    assert len(sources) == len(set(sources))
    assert set(sources) == {source.id for part in reply.parts for source in part.sources}
    assert reply.take_along == ("How long will I take it?",)
    assert reply.review is not None


def test_what_was_asked_too_is_not_offered(put: Ask) -> None:
    reply = put("Does sporaline help moss ear? Does moss ear spread?")
    offered = [[link.id for link in part.related] for part in reply.parts]
    assert offered == [["spread"], ["alike", "what_is_it"]]
    assert [link.id for link in reply.related] == ["alike", "what_is_it"]


def test_one_sentence_may_ask_twice(put: Ask) -> None:
    reply = put("What is moss ear and does sporaline help moss ear?")
    assert parts_of(reply) == ["What is moss ear?", "Which treatment of moss ear has been studied?"]


def test_each_part_is_the_answer_it_is_alone(put: Ask, invented: Knowledge) -> None:
    for part, name in zip(put(TWO).parts, ("what_is_it", "treat"), strict=True):
        assert part == answer_for(invented, "moss", name, Reader.CLINICIAN, on=ON)


def test_the_same_question_twice_is_one(put: Ask) -> None:
    reply = put("What is moss ear? Explain moss ear? What is moss ear?")
    assert reply.parts == ()
    assert reply.understood_as == "What is moss ear?"


def test_one_that_is_a_wording_of_the_pack_does_not_hide_the_others(put: Ask) -> None:
    """By itself it fits far better than all that was said together."""
    reply = put("What is moss ear? Does sporaline help moss ear? Can it be had with blood?")
    assert parts_of(reply) == ["What is moss ear?", "Which treatment of moss ear has been studied?"]


def test_a_comparison_may_be_one_of_them(put: Ask, invented: Knowledge) -> None:
    reply = put("What is moss ear? Sporaline or no medicine?")
    assert [bool(part.options) for part in reply.parts] == [False, True]
    assert answer_by_id(invented, reply.id, on=ON).parts == reply.parts


def test_what_is_written_for_others_only_is_no_part(put: Ask) -> None:
    text = "Which code describes moss ear? Does sporaline help moss ear?"
    assert put(text, reader=Reader.CODER).parts == ()
    assert put("Does sporaline help moss ear?", reader=Reader.CODER).status == "declined"


def test_one_that_alone_has_an_answer_is_no_several(put: Ask) -> None:
    assert put("Does sporaline help moss ear? Is a zebra one?").parts == ()


def test_a_story_before_one_question_is_no_second_one(put: Ask) -> None:
    reply = put("I read about sporaline. What is moss ear?")
    assert reply.parts == ()


def test_at_most_four_are_answered(put_real: Ask) -> None:
    asked = [
        "What causes it?",
        "Is it inherited?",
        "Will it stop?",
        "How common is it?",
        "How is it treated?",
    ]
    reply = put_real(" ".join(asked[:4]))
    assert len(reply.parts) == 4
    assert [part.id for part in put_real(" ".join(asked)).parts] == [
        part.id for part in reply.parts
    ]


def test_a_flood_of_questions_is_read_as_one(put: Ask) -> None:
    assert put("What is moss ear? Does sporaline help moss ear? " * 4).parts == ()


def test_it_is_opened_again_by_its_id(put: Ask, invented: Knowledge) -> None:
    reply = put(TWO)
    again = answer_by_id(invented, reply.id, on=ON)
    assert again.id == reply.id
    assert again.parts == reply.parts
    assert again.sources == reply.sources
    assert again.question == "What is moss ear? Which treatment of moss ear has been studied?"


@pytest.fixture(scope="module")
def ids(invented: Knowledge) -> dict[str, str]:
    def name(pack: str, question: str, reader: Reader) -> str:
        return answer_for(invented, pack, question, reader, on=ON).id

    return {
        "a": name("moss", "what_is_it", Reader.CLINICIAN),
        "b": name("moss", "treat", Reader.CLINICIAN),
        "c": name("moss", "spread", Reader.CLINICIAN),
        "d": name("moss", "alike", Reader.CLINICIAN),
        "patient": name("moss", "treat", Reader.PATIENT),
        "fern": name("fern", "what_is_it", Reader.CLINICIAN),
        "danger": "moss~clinician~emergency~RF-deaf",
        "declined": "moss~clinician~declined~no_evidence",
        "absent": "0" * 16,
    }


@pytest.mark.parametrize("joined", ["a+b", "b+a", "a+b+c+d"])
def test_ids_of_one_pack_and_reader_can_be_joined(
    joined: str, ids: dict[str, str], invented: Knowledge
) -> None:
    name = "+".join(ids[part] for part in joined.split("+"))
    reply = answer_by_id(invented, name, on=ON)
    assert reply.id == name
    assert [part.id for part in reply.parts] == name.split("+")


@pytest.mark.parametrize(
    "joined",
    [
        "a+patient",
        "a+fern",
        "fern+a",
        "a+danger",
        "danger+a",
        "danger+danger",
        "declined+declined",
        "a+absent",
        "a+b+c+d+a",
    ],
)
def test_other_ids_cannot(joined: str, ids: dict[str, str], invented: Knowledge) -> None:
    with pytest.raises(NotFound):
        answer_by_id(invented, "+".join(ids[part] for part in joined.split("+")), on=ON)


@pytest.mark.parametrize("name", ["+", "a+", "+a", "++", "a++b", "+" * 10_000])
def test_what_is_no_id_is_not_found(name: str, ids: dict[str, str], invented: Knowledge) -> None:
    known = "".join(ids.get(letter, letter) for letter in name)
    with pytest.raises(NotFound) as raised:
        answer_by_id(invented, known, on=ON)
    assert len(raised.value.where or "") <= 200


@pytest.mark.parametrize(
    "text",
    [
        "What is moss ear? My son is suddenly deaf. Does sporaline help moss ear?",
        "Does sporaline help moss ear and why is my son deaf since this morning?",
    ],
)
@pytest.mark.parametrize("reader", list(Reader))
def test_a_danger_in_any_part_is_an_emergency(put: Ask, text: str, reader: Reader) -> None:
    reply = put(text, reader=reader, pack="moss")
    assert (reply.status, reply.parts) == ("emergency", ())
    assert reply.danger is not None and reply.danger.id == "RF-deaf"


def test_a_danger_that_is_spoken_of_stands_above_all_parts(put: Ask, invented: Knowledge) -> None:
    """Bleeding is spoken of; the answer on the medicine is about it."""
    reply = put(
        "What is moss ear? Does sporaline help moss ear? Can blood come with sporaline?",
        reader=Reader.PATIENT,
    )
    assert len(reply.parts) == 2
    assert reply.danger is not None and reply.danger.id == "RF-bleed"
    assert all(part.danger is None for part in reply.parts)
    again = answer_by_id(invented, reply.id, sign="RF-bleed", on=ON)
    assert again.danger == reply.danger


@pytest.mark.parametrize("reader", [Reader.CLINICIAN, Reader.PATIENT])
def test_what_is_never_answered_is_not_answered_beside_others(put: Ask, reader: Reader) -> None:
    reply = put("What is moss ear? Where can I buy sporaline online?", reader=reader)
    assert (reply.status, reply.parts) == ("declined", ())
    assert reply.declined is not None and reply.declined.reason == "buying"


def test_a_patient_sees_no_dose_in_any_part(put: Ask) -> None:
    reply = put(f"{TWO} Is 5 mg/kg much?", reader=Reader.PATIENT)
    assert "mg/kg" not in repr(reply)


def test_a_follow_up_of_several_keeps_their_disease(put: Ask) -> None:
    reply = put(TWO)
    later = put("Does it spread?", after=reply.id)
    assert later.condition == reply.condition
    assert later.understood_as == "Does moss ear spread or return?"


def test_a_parent_is_told_of_the_child_in_every_part(put: Ask) -> None:
    reply = put(TWO, reader=Reader.PATIENT, about="child")
    assert {part.about for part in reply.parts} == {reply.about} == {"child"}
