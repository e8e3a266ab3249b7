"""Every answer the shipped packs can give, for every reader: what must hold in each of them."""

from collections.abc import Callable, Iterator

import pytest

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.numbers import doses_in
from rarepath.knowledge.checks.words import phrases
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import answer_by_id, answer_for, as_json, ask
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON
from tests.ask.test_bad_input import strings

Ask = Callable[..., Reply]


@pytest.fixture(scope="module")
def pack(shipped: Knowledge) -> Pack:
    assert shipped.broken == ()
    return shipped.pack("parry_romberg")


@pytest.fixture(scope="module")
def replies(shipped: Knowledge, pack: Pack) -> list[Reply]:
    found = [
        answer_for(shipped, pack.id, question.id, reader, on=ON)
        for question in pack.questions.values()
        for reader, _ in question.each()
    ]
    assert len(found) > 100
    return found


def for_reader(replies: list[Reply], reader: Reader) -> Iterator[Reply]:
    return (reply for reply in replies if reply.reader == reader)


def test_every_question_is_answered(replies: list[Reply]) -> None:
    assert {reply.status for reply in replies} == {"answered"}
    for reply in replies:
        assert 1 <= len(reply.bottom_line) <= 5, reply.understood_as
        assert reply.sections[0].id == "bottom_line"
        assert reply.review and reply.review.state == "submitted"


def test_no_two_answers_share_an_id(replies: list[Reply]) -> None:
    ids = [reply.id for reply in replies]
    assert len(set(ids)) == len(ids)


def test_every_citation_resolves(replies: list[Reply], pack: Pack) -> None:
    for reply in replies:
        listed = {source.id for source in reply.sources}
        statements = [view for section in reply.sections for view in section.statements]
        cited = {citation.source for view in statements for citation in view.citations}
        assert cited and cited <= listed <= set(pack.sources), reply.understood_as
        assert all(view.citations for view in statements)


def test_no_dose_for_patients(replies: list[Reply], shipped: Knowledge, pack: Pack) -> None:
    for reply in for_reader(replies, Reader.PATIENT):
        for text in strings(as_json(reply, shipped, ON)):
            assert not doses_in(text, pack.phrasebook), (reply.understood_as, text)
        for section in reply.sections:
            for view in section.statements:
                assert all(citation.note is None for citation in view.citations)


def test_no_treatment_for_coders(replies: list[Reply], pack: Pack) -> None:
    matcher = phrases(pack.phrasebook.treatment_words)
    for reply in for_reader(replies, Reader.CODER):
        for text in strings([as_section.title for as_section in reply.sections]):
            assert not matcher.found_in(text)
        for section in reply.sections:
            for view in section.statements:
                notes = [citation.note for citation in view.citations if citation.note]
                for text in [view.text, *notes]:
                    assert not matcher.found_in(text), (reply.understood_as, text)


def test_clinicians_see_a_dose_only_as_it_was_read(replies: list[Reply], pack: Pack) -> None:
    doses = 0
    for reply in for_reader(replies, Reader.CLINICIAN):
        for section in reply.sections:
            for view in section.statements:
                values = {value.name: value for value in pack.statements[view.id].values}
                for shown in view.values:
                    if values[shown.name].kind == "dose":
                        doses += 1
                        assert shown.basis and shown.cap and shown.frequency and shown.source
                        read = [c for c in view.citations if c.source == shown.source]
                        assert any(
                            c.verification in ("full_text", "table", "abstract") for c in read
                        )
    assert doses


def test_what_is_related_can_be_answered(replies: list[Reply], pack: Pack) -> None:
    for reply in replies:
        for item in reply.related:
            assert pack.questions[item.id].for_reader(Reader(reply.reader))


def test_every_answer_is_found_by_its_id(replies: list[Reply], shipped: Knowledge) -> None:
    assert [answer_by_id(shipped, reply.id, on=ON) for reply in replies] == replies


FLAGSHIP = [
    "How should active Parry-Romberg syndrome be managed?",
    "What is the treatment of active progressive hemifacial atrophy?",
    "management of active Romberg disease",
    "How do you treat Parry Romberg that is still active?",
    "My patient has active Parry-Romberg syndrome. How is it managed?",
]


@pytest.mark.parametrize("reader", [Reader.CLINICIAN, Reader.PATIENT])
def test_the_flagship_in_five_wordings_has_one_id(shipped: Knowledge, reader: Reader) -> None:
    replies = [ask(shipped, wording, reader=reader, on=ON) for wording in FLAGSHIP]
    assert {reply.status for reply in replies} == {"answered"}
    assert len({reply.id for reply in replies}) == 1
    asked = answer_for(shipped, "parry_romberg", "manage_active", reader, on=ON)
    assert replies[0].id == asked.id


def test_every_phrasing_leads_to_its_own_question(shipped: Knowledge, pack: Pack) -> None:
    """Or is refused by name: some phrasings name no disease, or only a look-alike."""
    astray = []
    for question in pack.questions.values():
        for reader, answer in question.each():
            for text in [*question.phrasings, answer.question]:
                reply = ask(shipped, text, reader=reader, pack=pack.id, on=ON)
                if reply.understood_as not in (answer.question, answer.question_parent):
                    astray.append((text, reply.understood_as or reply.declined))
    assert astray == []


@pytest.mark.parametrize(
    ("reader", "question", "understood_as"),
    [
        (Reader.PATIENT, "did I cause my daughter's parry-romberg?", "did_i_cause"),
        (Reader.PATIENT, "will parry romberg reach the brain", "brain_involvement"),
        (Reader.PATIENT, "my kid with Parry Romberg is bullied at school", "school_bullying"),
        (Reader.PATIENT, "can my Parry-Romberg come back after treatment", "relapse"),
        (Reader.PATIENT, "can I get pregnant with parry rhomberg", "pregnancy_contraception"),
        (Reader.CLINICIAN, "uveitis screening interval PHA Parry-Romberg", "eye_care"),
        (Reader.CLINICIAN, "vaccines under MTX in Parry-Romberg", "vaccines"),
        (Reader.CLINICIAN, "Parry-Romberg vs Rasmussen", "differential"),
        (Reader.CODER, "is Q87.89 right for Parry-Romberg", "which_code_not"),
        (Reader.CODER, "why has Parry-Romberg no own code", "why_no_code"),
    ],
)
def test_questions_nobody_authored_for(
    shipped: Knowledge, pack: Pack, reader: Reader, question: str, understood_as: str
) -> None:
    reply = ask(shipped, question, reader=reader, on=ON)
    answer = pack.questions[understood_as].for_reader(reader)
    assert answer and reply.understood_as == answer.question


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Does acupuncture cure Parry-Romberg?", "no_evidence"),
        ("Which code gets paid for Parry-Romberg?", "code_for_payment"),
        ("Where can I buy methotrexate online without a prescription?", "buying_medicine"),
        ("How is lupus treated?", "another_disease"),
        ("What is Pierre Robin sequence?", "another_disease"),
        ("How rare is PRS?", "which_disease"),
        ("How is a broken leg set?", "out_of_scope"),
        ("What dose of methotrexate for a 20 kg child with Parry-Romberg?", "personal_dose"),
    ],
)
def test_questions_that_are_not_answered(shipped: Knowledge, question: str, reason: str) -> None:
    reply = ask(shipped, question, on=ON)
    assert reply.declined and reply.declined.reason == reason
