"""Patients are told "you", their parents "your child", in authored words only."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from rarepath.ask.guard import guarded
from rarepath.ask.reply import ConflictView, DangerView, PositionView, Reply
from rarepath.ask.voice import about_whom, in_the_words_of
from rarepath.ask.words import sentences
from rarepath.kernel.errors import InternalError, UsageError
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.parents import parent_forms
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import about_named, answer_by_id, answer_for
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

Ask = Callable[..., Reply]
PRS = "parry_romberg"


@pytest.fixture(scope="module")
def pack(shipped: Knowledge) -> Pack:
    return shipped.pack(PRS)


def answer(shipped: Knowledge, question: str, about: str | None = None) -> Reply:
    return answer_for(shipped, PRS, question, Reader.PATIENT, about=about_named(about), on=ON)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


# Written for this test; no wording of the pack, and none of the sets that measure it.
CHILD = [
    "My daughter's cheek has sunk in. What is it?",
    "our 9-year-old has a line on his forehead",
    "Should my 6yo boy have a brain scan?",
    "I am the mother of a girl with this, how long does it last",
    "daughter diagnosed last week, what now",
    "What can we do? Our little girl is teased.",
    "As a parent I would like to know which tests she needs.",
    "my youngest has seizures from it",
    "son 12 methotrexate vomiting",
    "Our teenagers eye will not close",
]
ME = [
    "What is Parry-Romberg syndrome?",
    "my cheek has sunk in since I was a child",
    "Will my daughter inherit it?",
    "Can I pass it on to a son?",
    "May I breastfeed my baby on methotrexate?",
    "My wife has it. What helps?",
    "I was 8 years old when it began",
    "my mother asks if it is dangerous",
    "Is it dangerous for children?",
    "can my child catch it from me",
    "What does a sunken cheek mean?",
]


@pytest.mark.parametrize("question", CHILD)
def test_a_question_about_the_askers_child_is_heard(question: str, pack: Pack) -> None:
    assert about_whom(sentences(question), pack.phrasebook) == "child"


@pytest.mark.parametrize("question", ME)
def test_any_other_question_is_about_the_asker(question: str, pack: Pack) -> None:
    assert about_whom(sentences(question), pack.phrasebook) == "me"


def test_the_question_decides_unless_it_is_told(put_real: Ask) -> None:
    question = "Which eye checks does my daughter need?"
    assert put_real(question).about == "child"
    assert put_real(question, about="me").about == "me"
    assert put_real("Which eye checks are needed?").about == "me"
    assert put_real("Which eye checks are needed?", about="child").about == "child"


def test_the_id_does_not_depend_on_it(put_real: Ask, shipped: Knowledge) -> None:
    mine, theirs = (put_real("Can it come back?", about=about) for about in ("me", "child"))
    assert mine.id == theirs.id
    assert answer_by_id(shipped, mine.id, on=ON).about == "me"
    again = answer_by_id(shipped, mine.id, about="child", on=ON)
    assert replace(again, question=theirs.question) == theirs


def test_clinicians_and_coders_are_told_nothing_of_it(put_real: Ask) -> None:
    for reader in (Reader.CLINICIAN, Reader.CODER):
        plain = put_real("Which code is used?", reader=reader)
        assert put_real("Which code is used?", reader=reader, about="child") == plain
        assert plain.about is None


def test_what_was_asked_is_repeated_as_it_was_asked(put_real: Ask, shipped: Knowledge) -> None:
    asked = put_real("which eye checks do I need, and why", about="child")
    assert asked.question == "which eye checks do I need, and why"
    assert asked.understood_as == "Which eye checks does my child need, and why?"
    typed = put_real("Which eye checks do I need, and why?", about="child")
    opened = answer(shipped, "eye_care", "child")
    assert typed.understood_as == opened.question == opened.understood_as


def test_every_part_of_an_answer_is_put_in_the_parents_words(shipped: Knowledge) -> None:
    reply = answer(shipped, "emergencies", "child")
    said = [view.text for section in reply.sections for view in section.statements]
    assert any("even if your child feels well" in text for text in said)
    assert "If your child does not want to live" in {s.title for s in reply.sections}
    assert "Does my child need a steroid card?" in reply.take_along
    assert reply.understood_as == "When does my child need help straight away?"
    links = {link.question for link in answer(shipped, "sun", "child").related}
    assert any("my child" in question for question in links)
    claims = [view.rests_on for view in answer(shipped, "surgery_when", "child").circulating]
    assert any("If the face weighs on your child, say so" in text for text in claims)


def test_a_conflict_is_put_in_the_parents_words(shipped: Knowledge, pack: Pack) -> None:
    used = pack.conflicts["X16"].used.patient
    assert used and "what each would give you." in used
    shown = ConflictView("X16", "A title", (PositionView("A side", (), None),), used, "A reason")
    told = in_the_words_of(replace(answer(shipped, "sun"), conflicts=(shown,)), pack, "child")
    assert told.conflicts == (replace(shown, used=used.replace("give you.", "give your child.")),)


def test_a_danger_sign_is_put_in_the_parents_words(shipped: Knowledge, put_real: Ask) -> None:
    reply = put_real("My daughter has a new rash after contact with chickenpox today")
    spelled = f"{PRS}~patient~emergency~RF-chickenpox"
    told = answer_by_id(shipped, spelled, about="child", on=ON)
    assert told.danger and "if your child never had it" in told.danger.signs[0]
    mine = answer_by_id(shipped, spelled, on=ON)
    assert mine.danger and "if you never had it" in mine.danger.signs[0]
    assert reply.about == "child"


def test_without_a_disease_the_general_words_are_used(shipped: Knowledge) -> None:
    reply = answer_by_id(shipped, "none~patient~emergency~RF-suicidal", about="child", on=ON)
    assert reply.danger
    assert reply.danger.signs == ("Thoughts of ending their life or of hurting themselves",)


def test_replies_within_a_reply_are_put_in_the_same_words(shipped: Knowledge, pack: Pack) -> None:
    inner = answer(shipped, "eye_care")
    outer = replace(answer(shipped, "sun"), sections=(), bottom_line=(), parts=(inner,))
    told = in_the_words_of(outer, pack, "child")
    assert told.about == told.parts[0].about == "child"
    assert told.parts[0] == answer(shipped, "eye_care", "child")


def test_no_word_is_anybodys_but_an_authors(shipped: Knowledge, pack: Pack) -> None:
    """A parent reads the patient's texts or their authored parent texts, and nothing else."""
    forms = parent_forms(pack)
    changed = 0
    for name, question in pack.questions.items():
        if question.patient:
            mine, theirs = (list(texts(answer(shipped, name, who))) for who in ("me", "child"))
            for one, other in zip(mine, theirs, strict=True):
                assert other == ("child" if one == "me" else forms.get(one, one))
                changed += one != other
    assert changed > 300


def test_a_dose_in_a_parent_text_is_refused(shipped: Knowledge, pack: Pack) -> None:
    reply = answer(shipped, "eye_care")
    forged = replace(reply, danger=DangerView("now", "Take 15 mg now.", ()))
    with pytest.raises(InternalError):
        in_the_words_of(forged, pack, "child")


def test_the_last_look_reaches_replies_within_a_reply(shipped: Knowledge, pack: Pack) -> None:
    inner = replace(answer(shipped, "eye_care"), question="Is 15 mg a lot?")
    outer = replace(answer(shipped, "sun"), sections=(), bottom_line=(), parts=(inner,))
    assert guarded(outer, pack.phrasebook).parts[0].question == "Is … a lot?"
    forged = replace(outer, parts=(replace(inner, missing=("Take 15 mg now.",)),))
    with pytest.raises(InternalError):
        guarded(forged, pack.phrasebook)


def test_a_name_that_is_neither_is_told(shipped: Knowledge) -> None:
    assert about_named(None) is None
    assert about_named("") is None
    with pytest.raises(UsageError, match="not about 'wife'"):
        about_named("wife")
