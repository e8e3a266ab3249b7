"""What a question comes to, on invented packs: moss ear, fern lip, and what both require."""

from collections.abc import Callable

import pytest

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import find_packs
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import INVENTED, ON

Ask = Callable[..., Reply]
PATIENT, CODER = Reader.PATIENT, Reader.CODER


def result(reply: Reply) -> tuple[str, str | None]:
    """The status with the reason, the question answered or the red flag."""
    if reply.danger is not None and reply.status == "emergency":
        return reply.status, reply.danger.id
    if reply.declined is not None:
        return reply.status, reply.declined.reason
    return reply.status, reply.understood_as


@pytest.mark.parametrize(
    ("question", "answered_as"),
    [
        ("What is moss ear?", "What is moss ear?"),
        ("what is MOSS EAR syndrome", "What is moss ear?"),
        ("Explain Bryson's disease", "What is moss ear?"),
        ("explain brysom disease", "What is moss ear?"),
        ("How is moss ear treated?", "Which treatment of moss ear has been studied?"),
        ("SPL for moss ear", "Which treatment of moss ear has been studied?"),
        ("Does moss ear spread?", "Does moss ear spread or return?"),
        ("Is it moss ear or lichen ear?", "What looks like moss ear?"),
        (
            "My ear is green. We live by a lake. Does moss ear spread?",
            "Does moss ear spread or return?",
        ),
        ("Moss ear and hearing", "Hearing"),
    ],
)
def test_a_question_that_is_answered(put: Ask, question: str, answered_as: str) -> None:
    assert result(put(question)) == ("answered", answered_as)


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("What is the moon?", "declined", "out_of_scope"),
        ("How is lichen elbow treated?", "declined", "another_disease"),
        ("What is a mossel sign?", "declined", "another_disease"),
        ("How is MES treated?", "needs_facts", "which_disease"),
        ("Will the moss come back", "needs_facts", "which_disease"),
        ("Does acupuncture help moss ear?", "declined", "no_evidence"),
        ("Does sporaline change hearing of moss ear in astronauts?", "declined", "no_evidence"),
        ("Where can I buy sporaline on the internet?", "declined", "buying"),
        ("Was ist das und wie wird moss ear behandelt?", "declined", "language"),
        ("Что такое moss ear болезнь вообще", "declined", "language"),
        ("Which code describes moss ear?", "declined", "no_text_for_reader"),
    ],
)
def test_a_question_that_is_not(put: Ask, question: str, status: str, reason: str) -> None:
    assert result(put(question)) == (status, reason)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("How is MES treated?", ("answered", "Which treatment of moss ear has been studied?")),
        ("Will the moss come back", ("answered", "Does moss ear spread or return?")),
        ("How is lichen elbow treated?", ("declined", "another_disease")),
        ("How is it different, lichen ear or this?", ("answered", "What looks like moss ear?")),
        ("look alikes lichen elbow", ("answered", "What looks like moss ear?")),
        ("What is fern lip?", ("answered", "What is fern lip?")),
        ("acupuncture", ("declined", "no_evidence")),
        ("what?", ("declined", "no_evidence")),
        ("x", ("declined", "no_evidence")),
    ],
)
def test_inside_a_chosen_disease(put: Ask, question: str, outcome: tuple[str, str]) -> None:
    assert result(put(question, pack="moss")) == outcome


def test_a_look_alike_that_the_pack_is_asked_about_by_its_own_question(put: Ask) -> None:
    reply = put("Is it moss ear or lichen elbow?", reader=PATIENT)
    assert result(reply) == ("answered", "What looks like it?")


def test_the_meanings_of_a_guarded_name_are_told(put: Ask) -> None:
    reply = put("What is MES?")
    assert reply.declined and "Fern lip" in reply.declined.text
    assert "medial epicondyle strain" in reply.declined.text
    assert reply.missing == ("The name of the disease.",)
    assert reply.related


def test_a_question_without_a_disease_offers_the_one_that_answers_it(put: Ask) -> None:
    reply = put("Will the moss come back")
    assert reply.condition and reply.condition.id == "moss"
    assert reply.declined and "Moss ear" in reply.declined.text
    assert (reply.related[0].pack, reply.related[0].id) == ("moss", "spread")


def test_another_disease_is_named_kindly(put: Ask) -> None:
    reply = put("How is elbow lichen treated?", pack="moss")
    assert reply.declined and reply.declined.text.startswith("This question is about Lichen elbow.")
    assert reply.related


@pytest.mark.parametrize("question", ["What is the moon?", "Does acupuncture help moss ear?"])
def test_what_is_not_understood_still_names_the_number_to_call(put: Ask, question: str) -> None:
    reply = put(question, emergency_number="112")
    assert reply.declined and "call 112" in reply.declined.text


def test_who_has_an_answer_is_told(put: Ask) -> None:
    reply = put("Does moss ear spread?", reader=PATIENT)
    assert result(reply) == ("declined", "no_text_for_reader")
    assert reply.declined and reply.declined.text == (
        "This is answered here for clinicians, and not for patients and parents."
    )
    assert all(item.id != "spread" for item in reply.related)


def test_a_near_question_for_the_reader_is_taken(put: Ask) -> None:
    assert result(put("sporaline", pack="moss", reader=PATIENT)) == ("answered", "What can help?")


# --- one person's dose ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "What dose of sporaline for a 20 kg child with moss ear?",
        "How much SPL for my 8-year-old with moss ear?",
        "moss ear, sporaline dose, weight 30 kilos",
    ],
)
@pytest.mark.parametrize("reader", [Reader.CLINICIAN, PATIENT])
def test_the_dose_of_one_person_is_not_worked_out(put: Ask, question: str, reader: Reader) -> None:
    reply = put(question, reader=reader)
    assert result(reply) == ("needs_facts", "personal_dose")
    ages = {"clinician": "Age", "patient": "how old you are"}
    assert reply.missing[0] == ages[reader], "the cheapest fact to obtain comes first"
    assert reply.sections and reply.sources and reply.review
    assert ("rarepath plan" in str(reply.declined)) is (reader is Reader.CLINICIAN)
    assert ("5 mg/kg" in str(reply.sections)) is (reader is Reader.CLINICIAN)


@pytest.mark.parametrize(
    "question",
    [
        "What is the dose of sporaline in moss ear?",
        "What dose of water for a 20 kg child with moss ear?",
        "Is sporaline given to a 20 kg child with moss ear?",
    ],
)
def test_a_general_question_is_no_personal_dose(put: Ask, question: str) -> None:
    assert put(question).status != "needs_facts"


def test_a_dose_question_without_a_dose_answer_is_read_as_usual(put: Ask) -> None:
    reply = put("What dose of sporaline for a 20 kg child?", pack="fern")
    assert result(reply) == ("declined", "no_evidence")


def test_coders_have_no_doses(put: Ask) -> None:
    reply = put("What dose of sporaline for a 20 kg child with moss ear?", reader=CODER)
    assert reply.status == "declined" and not reply.sections


# --- danger --------------------------------------------------------------------------------


def test_a_present_danger_is_all_that_is_shown(put: Ask) -> None:
    reply = put("My patient with moss ear fainted an hour ago. How is moss ear treated?")
    assert result(reply) == ("emergency", "RF-faint")
    assert reply.danger and reply.danger.tier == "now"
    assert reply.danger.signs == ("Loss of consciousness",)
    assert "your local emergency number" in reply.danger.text
    assert not (reply.sections or reply.related or reply.sources or reply.declined)
    assert reply.condition and reply.condition.id == "moss"


def test_the_number_to_call_is_the_one_set(put: Ask) -> None:
    reply = put("I fainted today", emergency_number="112", reader=PATIENT)
    assert reply.danger and "112" in reply.danger.text
    assert reply.condition is None


def test_danger_goes_before_everything_else(put: Ask) -> None:
    assert put("I fainted today. Can I buy sporaline online?").status == "emergency"
    assert put("I fainted today, 20 kg, what dose of sporaline in moss ear?").status == "emergency"
    assert put("I fainted today, was ist das und wie").status == "emergency"


@pytest.mark.parametrize(
    ("question", "tier"),
    [
        ("I take sporaline and there is blood in my ear today", "same_day"),
        ("My itch is new today, moss ear", "within_days"),
    ],
)
def test_the_other_tiers(put: Ask, question: str, tier: str) -> None:
    reply = put(question)
    assert reply.status == "emergency" and reply.danger and reply.danger.tier == tier


def test_a_danger_that_is_only_spoken_of_stands_above_the_answer(put: Ask) -> None:
    reply = put("Is there hearing in deaf people with moss ear?")
    assert reply.status == "answered"
    assert reply.danger and (reply.danger.id, reply.danger.tier) == ("RF-deaf", "now")
    assert reply.danger.text.startswith("If this happens")


def test_a_sign_without_words_for_the_reader_shows_none(put: Ask) -> None:
    reply = put("I am deaf since yesterday, moss ear", reader=PATIENT)
    assert reply.danger and reply.danger.signs == ()
    reply = put("I fainted today, moss ear", reader=CODER)
    assert reply.danger and reply.danger.signs == ("Fainting",)


def test_a_flag_that_the_answer_is_not_about_gives_no_box(put: Ask) -> None:
    reply = put("Does sporaline help moss ear? Some people are deaf.")
    assert reply.status == "answered" and reply.danger is None


def test_a_general_flag_without_statements_always_gives_a_box(put: Ask) -> None:
    reply = put("Does sporaline help moss ear? Some people faint.")
    assert reply.danger and reply.danger.id == "RF-faint"


def test_a_danger_that_may_be_there_stands_above_any_reply(put: Ask) -> None:
    declined = put("Fainting after acupuncture, moss ear")
    assert declined.status == "declined"
    assert declined.danger and declined.danger.id == "RF-faint"
    assert declined.danger.text.startswith("If this happens")
    outside = put("Fainting after acupuncture")
    assert outside.condition is None and outside.danger == declined.danger


# --- going on from an answer ---------------------------------------------------------------


def test_after_an_answer_the_disease_and_the_question_are_known(put: Ask) -> None:
    first = put("How is moss ear treated?")
    assert result(put("And MES later?", after=first.id))[0] == "answered"
    assert result(put("and in astronauts", after=first.id)) == (
        "declined",
        "no_evidence",
    ), "a word that the pack does not know stays unknown"
    assert result(put("what else?", after=first.id))[0] == "answered"
    declined = put("Does acupuncture help moss ear?")
    assert result(put("How is MES treated?", after=declined.id))[0] == "answered"


def test_after_a_topic(put: Ask) -> None:
    first = put("Moss ear and hearing")
    assert result(put("what else?", after=first.id)) == ("declined", "no_evidence")


# --- no packs at all -----------------------------------------------------------------------


def test_without_packs_there_is_a_clear_answer() -> None:
    reply = ask(Knowledge([]), "I had a seizure today", on=ON)
    assert result(reply) == ("declined", "out_of_scope")


def test_the_packs_of_these_tests_are_found() -> None:
    assert set(find_packs([INVENTED])) == {"common", "moss", "fern"}


def test_the_name_alone_asks_what_it_is(put_real: Ask) -> None:
    for reader in Reader:
        reply = put_real("Parry-Romberg", reader=reader)
        assert reply.status == "answered"
        assert reply.understood_as is not None and reply.understood_as.startswith("What is")
