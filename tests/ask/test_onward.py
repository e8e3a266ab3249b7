"""Questions that go on from an answer, and why each is offered."""

from dataclasses import replace
from typing import Any

import pytest

from rarepath.ask.answered import question_answer, topic_answer
from rarepath.ask.matching import PackWords
from rarepath.ask.onward import MAX_FOLLOW_UPS, follow_ups
from rarepath.ask.reply import FollowUp
from rarepath.knowledge.answers import CanonicalQuestion, ReaderAnswer
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import FactKind, TopicWords
from rarepath.services.ask import answer_for
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON
from tests.ask.test_changing import changed

CLINICIAN, PATIENT, CODER = Reader


def question(name: str, topic: str, wording: str, **more: Any) -> CanonicalQuestion:
    written = ReaderAnswer(question=wording, bottom_line=("M1",))
    return CanonicalQuestion(
        id=name, topic=topic, phrasings=(wording,), **{"clinician": written, **more}
    )


def kind(name: str, clinician: str, patient: str) -> FactKind:
    return FactKind(id=name, name=clinician, patient_name=patient, value="presence", burden="ask")


@pytest.fixture
def moss(invented: Knowledge) -> Pack:
    """The invented pack with the course: what it is, the drug, growth, hearing, codes."""
    pack = changed(invented.pack("moss"), "questions", "treat", conflicts=())
    topics = tuple(
        TopicWords(topic=topic, title=topic, words=(word,))
        for topic, word in (
            ("definition", "meaning"),
            ("drug", "sporaline"),
            ("course", "spread"),
            ("hearing", "hear"),
            ("growth", "growing"),
            ("codes", "code"),
        )
    )
    book = pack.phrasebook.model_copy(update={"topics": topics})
    more = [
        question("loud", "hearing", "Is loud noise harmful?"),
        question("deaf", "hearing", "Does the ear go deaf?"),
        question("child", "growth", "What about a growing ear?"),
    ]
    kinds = [
        kind("can_hear", "Deaf ear, does not hear", "Deaf, does not hear"),
        kind("two_topics", "Deaf while growing, does not hear", "Deaf, does not hear"),
        kind("both_twice", "Deaf while growing, does not hear", "Growing deaf, does not hear"),
        kind("not_agreed", "Deaf, does not hear", "Deaf while growing"),
        kind("grown", "Ear that is growing", "Growing, does not hear"),
        kind("one_name", "Deafness", "Deaf, does not hear"),
        kind("other_words", "Hear well", "Hear well"),
    ]
    items = {
        **pack.items,
        "questions": {**pack.items["questions"], **{each.id: each for each in more}},
        "fact_kinds": {**pack.items["fact_kinds"], **{each.id: each for each in kinds}},
    }
    return replace(pack, items=items, own_phrasebook=book)


def onward(pack: Pack, name: str = "spread", reader: Reader = CLINICIAN) -> list[tuple[str, str]]:
    answer = question_answer(pack, pack.questions[name], reader)
    assert answer is not None
    return [(each.because, each.id) for each in follow_ups(answer, PackWords(pack))]


def asking(pack: Pack, *facts: str, name: str = "spread") -> Pack:
    written = pack.questions[name].clinician
    assert written is not None
    return changed(
        pack, "questions", name, clinician=written.model_copy(update={"facts_needed": facts})
    )


def test_what_the_authors_name_and_what_comes_next(moss: Pack) -> None:
    assert onward(moss) == [("next_section", "treat"), ("next_section", "loud")]


def test_a_topic_without_a_question_for_the_reader_is_passed_over(moss: Pack) -> None:
    pack = moss
    for name in ("loud", "deaf"):
        pack = changed(pack, "questions", name, clinician=None)
    assert onward(pack)[1] == ("next_section", "child")
    pack = changed(pack, "questions", "child", clinician=None)
    assert onward(pack) == [("next_section", "treat")], "the codes are for coders"


def test_at_most_two_for_one_reason_and_own_topic_is_no_other(moss: Pack) -> None:
    pack = changed(moss, "questions", "spread", related=("alike", "treat", "child", "spread"))
    assert onward(pack) == [("next_section", "alike"), ("next_section", "loud")]
    same = changed(moss, "questions", "loud", related=("deaf",))
    assert onward(same, "loud") == [("next_section", "child")]


def test_the_last_topic_and_one_without_a_place_lead_nowhere(moss: Pack) -> None:
    assert onward(moss, "which_code", CODER) == []
    assert onward(moss, "alike") == [], "its topic is not in the phrasebook"


def test_a_topic_alone_goes_on_too(moss: Pack) -> None:
    answer = topic_answer(moss, "hearing", CLINICIAN)
    assert answer is not None
    found = follow_ups(answer, PackWords(moss))
    assert found == (FollowUp("child", "What about a growing ear?", "next_section", "moss"),)


def test_a_fact_leads_to_the_question_about_it(moss: Pack) -> None:
    assert onward(asking(moss, "can_hear"))[0] == ("missing_fact", "deaf")


@pytest.mark.parametrize(
    "fact", ["both_twice", "not_agreed", "one_name", "other_words", "body_weight"]
)
def test_a_fact_that_could_mean_something_else_leads_nowhere(moss: Pack, fact: str) -> None:
    assert [because for because, _ in onward(asking(moss, fact))] == ["next_section"] * 2


@pytest.mark.parametrize(("fact", "name"), [("two_topics", "deaf"), ("grown", "child")])
def test_what_both_names_agree_on_counts(moss: Pack, fact: str, name: str) -> None:
    assert onward(asking(moss, fact))[0] == ("missing_fact", name)


def test_a_word_that_many_questions_have_does_not_tell(moss: Pack) -> None:
    crowd = {
        f"crowd{n}": question(f"crowd{n}", "drug", "Can it make someone deaf?") for n in range(5)
    }
    crowded = replace(moss, items={**moss.items, "questions": {**moss.items["questions"], **crowd}})
    assert ("missing_fact", "deaf") not in onward(asking(crowded, "can_hear"))


def test_a_conflict_leads_to_the_other_question_that_turns_on_it(moss: Pack) -> None:
    pack = changed(moss, "questions", "child", conflicts=("X1",))
    pack = changed(pack, "questions", "spread", conflicts=("X1",))
    assert onward(pack) == [
        ("conflict", "child"),
        ("next_section", "treat"),
        ("next_section", "loud"),
    ]


def test_every_reason_has_its_turn_and_five_are_enough(moss: Pack) -> None:
    pack = asking(moss, "can_hear", "grown")
    for name in ("what_is_it", "alike"):
        pack = changed(pack, "questions", name, conflicts=("X1",))
    assert onward(pack) == [
        ("missing_fact", "deaf"),
        ("conflict", "what_is_it"),
        ("next_section", "treat"),
        ("missing_fact", "child"),
        ("conflict", "alike"),
    ]
    assert onward(asking(pack, "can_hear"))[3:] == [
        ("conflict", "alike"),
        ("next_section", "loud"),
    ]


def test_only_what_this_reader_is_answered_in_their_wording(invented: Knowledge) -> None:
    reply = answer_for(invented, "moss", "treat", PATIENT, on=ON)
    assert [(each.id, each.question) for each in reply.follow_ups] == [
        ("what_is_it", "What do I have?"),
        ("alike", "What looks like it?"),
    ]


def test_of_the_shipped_pack_each_can_be_answered_and_is_offered_once(shipped: Knowledge) -> None:
    pack = shipped.pack("parry_romberg")
    reasons = set()
    for canonical in pack.questions.values():
        for reader, _ in canonical.each():
            reply = answer_for(shipped, pack.id, canonical.id, reader, on=ON)
            offered = [each.id for each in reply.follow_ups]
            assert len(offered) <= MAX_FOLLOW_UPS
            assert canonical.id not in offered
            assert not set(offered) & {each.id for each in reply.related}
            assert len(offered) == len(set(offered))
            for each in reply.follow_ups:
                reasons.add(each.because)
                assert each.pack == pack.id
                assert question_answer(pack, pack.questions[each.id], reader) is not None
    assert reasons == {"missing_fact", "next_section", "conflict"}


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("clinician_judges_active", "is_it_active"),
        ("mri_head_done", "brain_mri"),
        ("uveitis", "eye_care"),
        ("dental_exam_date", "teeth_jaw"),
        ("seizure", "seizures"),
        ("pregnancy_status", "pregnancy_contraception"),
        ("weight", None),
        ("losdi", None),
        ("warmth", None),
    ],
)
def test_where_the_shipped_facts_lead(shipped: Knowledge, fact: str, name: str | None) -> None:
    from rarepath.ask.onward import _leads

    pack = shipped.pack("parry_romberg")
    assert _leads(pack, PackWords(pack)).get(fact) == ((name,) if name else None)
