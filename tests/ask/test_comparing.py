"""Questions that set one option against another, on invented packs: sporaline, shade, cutting."""

from collections.abc import Callable

import pytest

from rarepath.ask.options import comparison_answer, comparisons, open_options
from rarepath.ask.reply import OptionView, Reply
from rarepath.knowledge.base import Reader
from rarepath.services.ask import answer_by_id
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

Ask = Callable[..., Reply]
PATIENT, CODER = Reader.PATIENT, Reader.CODER


def compared(reply: Reply) -> list[str]:
    return [option.id for option in reply.options]


def sides(option: OptionView) -> tuple[list[str], list[str]]:
    return [v.id for v in option.arguments_for], [v.id for v in option.arguments_against]


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("Sporaline or no medicine for moss ear?", ["sporaline", "nothing"]),
        ("Is no medicine in moss ear better, or SPL?", ["sporaline", "nothing"]),
        ("What is the difference between sporaline and shade in moss ear?", ["sporaline", "shade"]),
        ("Moss ear: sporaline, shade or no medicine?", ["sporaline", "nothing", "shade"]),
        # A name that two options have goes with the other one named.
        ("Moss ear: cut now or wait?", ["cut_now", "cut_later"]),
        ("Moss ear: sporaline or wait?", ["sporaline", "nothing"]),
        # The longest name counts, once.
        ("Moss ear: cut now or cut later?", ["cut_now", "cut_later"]),
        # Two sentences, and the story around them.
        ("It has shade for moss ear. Is sporaline better?", ["sporaline", "shade"]),
        # Circumstances ask for nothing else.
        ("Sporaline or shade first this summer in moss ear?", ["sporaline", "shade"]),
        # Options of different groups, near each other and with the word between them.
        ("Sporaline or cut now in moss ear?", ["sporaline", "cut_now"]),
        # The third one is not set against the others.
        ("Sporaline or shade in moss ear, if no medicine was first?", ["sporaline", "shade"]),
    ],
)
def test_a_comparison(put: Ask, question: str, options: list[str]) -> None:
    reply = put(question)
    assert (reply.status, compared(reply)) == ("answered", options)


@pytest.mark.parametrize(
    "question",
    [
        "Does moss ear spread on sporaline and shade?",
        "Is moss ear treated with sporaline or what?",
        # What is left is a question of its own, or has a word nobody knows.
        "Does moss ear spread on sporaline or shade?",
        "Does moss ear with sporaline or shade need acupuncture?",
        # Different groups, and nothing that compares between them.
        "Sporaline before cut now, better in moss ear?",
        "Moss ear: sporaline for all of it, or not that with the cut?",
        # Another disease.
        "Sporaline or no medicine for lichen elbow?",
        "Explain moss ear",
    ],
)
def test_no_comparison(put: Ask, question: str) -> None:
    assert compared(put(question)) == []


def test_a_wording_of_the_pack_goes_first(put: Ask) -> None:
    reply = put("Is it moss ear or lichen elbow?")
    assert (reply.understood_as, reply.options) == ("What looks like moss ear?", ())


def test_what_it_shows(put: Ask) -> None:
    reply = put("Sporaline or no medicine for moss ear?")
    assert reply.understood_as == "Sporaline or no medicine?"
    assert reply.question == "Sporaline or no medicine for moss ear?"
    sporaline, nothing = reply.options
    assert (sporaline.name, nothing.name) == ("Sporaline", "No medicine")
    # M3 holds a dose that nobody read. M2 speaks for sporaline, so not against the other too.
    assert sides(sporaline) == (["M2"], ["Z01"])
    assert sides(nothing) == (["M8"], ["M4"])
    assert "A dose that was not read in its own source is not shown." in reply.missing
    # Only what both weigh.
    assert [(s.id, [v.id for v in s.statements]) for s in reply.sections] == [
        ("bottom_line", ["M1"])
    ]
    assert reply.bottom_line == ("M1",)
    assert reply.review and reply.review.state == "submitted"
    cited = {c.source for o in reply.options for v in o.arguments_for for c in v.citations}
    assert cited <= {source.id for source in reply.sources}


def test_conflicts_between_the_options_are_central(put: Ask) -> None:
    reply = put("Sporaline or no medicine for moss ear?")
    # X2 joins Z01, of sporaline, and M8, of no medicine; both of X1 are of no medicine.
    assert {view.id: view.central for view in reply.conflicts} == {"X2": True, "X1": False}


def test_an_empty_side_says_so(put: Ask) -> None:
    reply = put("Moss ear: cut now or cut later?")
    now, later = reply.options
    assert sides(now) == (["M7"], [])
    assert now.nothing_found == "No argument against it was found in what was read."
    assert later.nothing_found is None
    assert (reply.sections, reply.bottom_line) == ((), ())


def test_a_side_is_not_emptied_by_what_the_other_says(put: Ask, invented: Knowledge) -> None:
    answer = comparison_answer(invented.pack("moss"), "nothing.shade", Reader.CLINICIAN)
    assert answer is not None
    assert [sides(option) for option in answer.options] == [(["M8"], ["M4", "M2"]), ([], ["M4"])]
    both = comparison_answer(invented.pack("moss"), "nothing.cut_later", Reader.CLINICIAN)
    assert both is not None
    assert [sides(option)[1] for option in both.options] == [["M4", "M2"], ["M4"]]


def test_patients_see_their_own_texts_and_no_dose(put: Ask) -> None:
    reply = put("Sporaline or no medicine for moss ear?", reader=PATIENT)
    assert compared(reply) == ["sporaline", "nothing"]
    assert reply.options[0].arguments_for[0].text.startswith("Sporaline is taken once a day.")
    values = reply.options[0].arguments_for[0].values
    assert [value.name for value in values] == ["sporaline_weeks"]


def test_an_option_without_a_name_for_patients_is_not_offered_to_them(put: Ask) -> None:
    assert compared(put("Sporaline or shade for moss ear?", reader=PATIENT)) == []


def test_coders_get_no_options(put: Ask, invented: Knowledge) -> None:
    assert compared(put("Sporaline or no medicine for moss ear?", reader=CODER)) == []
    assert open_options(invented.pack("moss"), CODER) == {}
    assert list(comparisons(invented.pack("moss"), CODER)) == []


def test_it_is_opened_again_by_its_id(put: Ask, invented: Knowledge) -> None:
    for reader in (Reader.CLINICIAN, PATIENT):
        reply = put("Is no medicine in moss ear better, or SPL?", reader=reader)
        again = answer_by_id(invented, reply.id, on=ON)
        assert again.options == reply.options
        assert again.question == again.understood_as == "Sporaline or no medicine?"
        assert reply.id == put("Sporaline or no medicine for moss ear?", reader=reader).id


def test_every_comparison_that_can_be_asked_is_listed(invented: Knowledge) -> None:
    moss = invented.pack("moss")
    listed = list(comparisons(moss, Reader.CLINICIAN))
    assert len(listed) == len(set(listed)) == 5 * 4 // 2 + 1
    assert "sporaline.nothing.shade" in listed
    assert "sporaline.nothing.cut_now" not in listed
    for name in ("sporaline", "sporaline.no", "sporaline.nothing.shade.cut_now"):
        assert comparison_answer(moss, name, Reader.CLINICIAN) is None


def test_a_pack_without_options_compares_nothing(put: Ask) -> None:
    assert compared(put("Sporaline or no medicine?", pack="fern")) == []
