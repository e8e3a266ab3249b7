"""Every comparison that the shipped packs can give, for clinicians and patients."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from rarepath.ask.compose import conflict_view
from rarepath.ask.options import comparison_answer, comparisons, open_options
from rarepath.ask.reply import OptionView, Reply, StatementView
from rarepath.knowledge.answers import Option
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import answer_by_id, answer_for, ask
from rarepath.services.knowledge import Knowledge
from tests.packs.test_shipped import DOSE

ON = date(2026, 11, 22)
PRS = "parry_romberg"
READERS = (Reader.CLINICIAN, Reader.PATIENT)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge([SHIPPED])


@pytest.fixture(scope="module")
def pack(knowledge: Knowledge) -> Pack:
    return knowledge.pack(PRS)


def statements(reply: Reply) -> Iterator[StatementView]:
    for section in reply.sections:
        yield from section.statements
    for option in reply.options:
        yield from (*option.arguments_for, *option.arguments_against)


def asked(knowledge: Knowledge, question: str, reader: Reader = Reader.CLINICIAN) -> Reply:
    return ask(knowledge, question, reader=reader, pack=PRS, on=ON)


def ids(views: tuple[OptionView, ...]) -> str:
    return " ".join(view.id for view in views)


def arguments(option: Option) -> set[str]:
    return {*option.arguments_for, *option.arguments_against}


def test_options_are_there_for_both_readers(pack: Pack) -> None:
    assert len(pack.options) >= 30
    assert len(open_options(pack, Reader.CLINICIAN)) == len(pack.options)
    hidden = pack.options.keys() - open_options(pack, Reader.PATIENT).keys()
    assert hidden == {"methotrexate_with_steroid_pulses"}  # no patient text speaks of it
    assert not open_options(pack, Reader.CODER)


def test_no_statement_is_on_both_sides(pack: Pack) -> None:
    for option in pack.options.values():
        assert not set(option.arguments_for) & set(option.arguments_against), option.id
        assert not arguments(option) & set(option.weighed), option.id
        assert arguments(option) | set(option.weighed) <= pack.statements.keys()


@pytest.mark.parametrize("reader", READERS)
def test_every_option_can_be_asked_for(knowledge: Knowledge, pack: Pack, reader: Reader) -> None:
    """By its own name, against each option of its group that has a name for the reader."""
    options = open_options(pack, reader)
    wrong = []
    for comparison in comparisons(pack, reader):
        one, other, *more = (options[name] for name in comparison.split("."))
        if not more and one.group == other.group:
            question = f"{one.name.for_reader(reader)} against {other.name.for_reader(reader)}?"
            if ids(asked(knowledge, question, reader).options) != f"{one.id} {other.id}":
                wrong.append(question)
    assert wrong == []


@pytest.mark.parametrize("reader", READERS)
def test_every_comparison_is_whole(knowledge: Knowledge, pack: Pack, reader: Reader) -> None:
    found = set()
    for comparison in comparisons(pack, reader):
        answer = comparison_answer(pack, comparison, reader)
        assert answer is not None
        found.add(answer.shown)
        assert ".".join(view.id for view in answer.options) == comparison
        for view in answer.options:
            empty = [s for s in (view.arguments_for, view.arguments_against) if not s]
            assert len(empty) == (view.nothing_found is not None), (comparison, view.id)
        cited = {c.source for view in answer.statements for c in view.citations}
        assert cited <= {source.id for source in answer.sources()} <= pack.sources.keys()
    # The id of an answer is made of what is shown.
    assert len(found) == len(list(comparisons(pack, reader)))


@pytest.mark.parametrize("reader", READERS)
def test_within_a_group_every_reply_is_shown_and_opened_again(
    knowledge: Knowledge, pack: Pack, reader: Reader
) -> None:
    """The whole reply: the guard has let it pass, and its id leads back to it."""
    options = list(open_options(pack, reader).values())
    for one, other in pairwise(options):
        question = f"{one.name.for_reader(reader)} versus {other.name.for_reader(reader)}?"
        reply = asked(knowledge, question, reader)
        if one.group != other.group and not reply.options:
            continue
        assert reply.options and reply.review and reply.review.state == "submitted"
        assert answer_by_id(knowledge, reply.id, on=ON).options == reply.options
        if reader is Reader.PATIENT:
            assert not [v.text for v in statements(reply) if DOSE.search(v.text)]
            assert all(c.note is None for v in statements(reply) for c in v.citations)
            assert re.search("[a-z]", reply.understood_as or "")


@pytest.mark.parametrize(
    ("question", "reader", "options", "central"),
    [
        ("Methotrexate or mycophenolate?", Reader.PATIENT, "methotrexate mycophenolate", ""),
        ("Is CellCept better than MTX?", Reader.PATIENT, "methotrexate mycophenolate", ""),
        ("fat graft vs free flap", Reader.CLINICIAN, "fat_grafting flap", "X16"),
        ("fat transfer or a flap", Reader.PATIENT, "fat_grafting flap", "X16"),
        ("operate now or wait", Reader.CLINICIAN, "operate_early operate_later", "X3 X14"),
        (
            "is the injection better than the tablets",
            Reader.PATIENT,
            "methotrexate_by_mouth methotrexate_under_the_skin",
            "",
        ),
        ("start medicine or wait and see?", Reader.PATIENT, "treat_now watch", ""),
        ("3D pictures or photos?", Reader.PATIENT, "photographs three_d", ""),
    ],
)
def test_what_people_compare(
    knowledge: Knowledge, question: str, reader: Reader, options: str, central: str
) -> None:
    reply = asked(knowledge, question, reader)
    assert ids(reply.options) == options
    assert [view.id for view in reply.conflicts if view.central] == central.split()


@pytest.mark.parametrize(
    "question",
    [
        "Can I drink beer on methotrexate or mycophenolate?",
        "Is methotrexate or mycophenolate allowed in pregnancy?",
        "Do I need blood tests on methotrexate or mycophenolate?",
        "methotrexate or mycophenolate for lupus nephritis?",
        "methotrexate or mycophenolate for systemic sclerosis?",
        "methotrexate or mycophenolate for rheumatoid arthritis?",
        "methotrexate or mycophenolate in Rasmussen syndrome?",
        "steroids or methotrexate in Bell's palsy?",
        "fat or flap after hemifacial microsomia?",
        "steroids or methotrexate in multiple sclerosis?",
        "Can I take ibuprofen or paracetamol with methotrexate?",
        "Should methotrexate be stopped or continued before surgery?",
        "Is it Parry-Romberg or scleroderma?",
        "Does the brain scan hurt, or only the needle?",
    ],
)
def test_what_is_asked_beside_two_options_is_no_comparison(
    knowledge: Knowledge, question: str
) -> None:
    assert asked(knowledge, question, Reader.PATIENT).options == ()


def test_no_wording_of_the_pack_is_taken_for_a_comparison(knowledge: Knowledge, pack: Pack) -> None:
    """The pack's own question goes first, whatever it names."""
    for question in pack.questions.values():
        for reader, answer in question.each():
            assert asked(knowledge, answer.question, reader).options == (), answer.question


def test_patients_see_only_conflicts_that_change_a_choice(pack: Pack) -> None:
    judged = {name: conflict.changes_choice for name, conflict in pack.conflicts.items()}
    assert set(judged.values()) == {"yes", "no"}
    for name, conflict in pack.conflicts.items():
        assert judged[name] == "no" or conflict.title.patient, name


def test_a_conflict_that_changes_no_choice_is_for_clinicians_only(pack: Pack) -> None:
    conflict = pack.conflicts["X16"]
    assert conflict_view(pack, conflict, Reader.PATIENT)
    spared = conflict.model_copy(update={"changes_choice": "no"})
    assert conflict_view(pack, spared, Reader.PATIENT) is None
    assert conflict_view(pack, spared, Reader.CLINICIAN)


def test_what_patients_are_shown_of_conflicts(knowledge: Knowledge, pack: Pack) -> None:
    shown = {
        view.id
        for name, question in pack.questions.items()
        if question.patient
        for view in answer_for(knowledge, PRS, name, Reader.PATIENT, on=ON).conflicts
    }
    changing = {n for n, conflict in pack.conflicts.items() if conflict.changes_choice == "yes"}
    assert shown <= changing
    assert {"X1", "X3", "X16", "X18"} <= shown


def test_every_coder_answer_says_what_the_chart_must_say(pack: Pack) -> None:
    told = [q.coder for q in pack.questions.values() if q.coder]
    assert len(told) >= 9
    for answer in told:
        section = next(s for s in answer.sections if s.id == "document")
        assert section.title == "What the chart must say"
        assert section.statements
