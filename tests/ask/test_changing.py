"""What would change an answer, from what the invented pack records; and what has changed in it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rarepath.ask.answered import Answer, question_answer, topic_answer
from rarepath.ask.changing import MAX_LINES, has_changed, would_change
from rarepath.ask.options import comparison_answer, comparisons
from rarepath.ask.reply import ChangeView
from rarepath.knowledge.answers import Section
from rarepath.knowledge.base import Certainty, Directness, Reader, Wording
from rarepath.knowledge.checks.reading import grade
from rarepath.knowledge.condition import Release
from rarepath.knowledge.history import fingerprints
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import answer_for
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

CLINICIAN, PATIENT, CODER = Reader
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def moss(invented: Knowledge) -> Pack:
    """The invented pack with nothing that would change the answer `spread`."""
    pack = invented.pack("moss")
    pack = changed(pack, "statements", "M4", certainty=Certainty.HIGH)
    pack = changed(pack, "statements", "M8", certainty=Certainty.HIGH)
    return changed(pack, "sources", "MOSS20", review_by=None)


def changed(pack: Pack, listed: str, name: str, /, **update: Any) -> Pack:
    item = pack.items[listed][name].model_copy(update=update)
    return replace(pack, items={**pack.items, listed: {**pack.items[listed], name: item}})


def rewritten(pack: Pack, question: str, reader: Reader, **update: Any) -> Pack:
    written = pack.questions[question].for_reader(reader)
    assert written is not None
    return changed(pack, "questions", question, **{reader.value: written.model_copy(update=update)})


def lines(pack: Pack, question: str = "spread", reader: Reader = CLINICIAN) -> list[str]:
    return [line.text for line in views(pack, question, reader)]


def views(
    pack: Pack, question: str = "spread", reader: Reader = CLINICIAN, on: date = ON
) -> tuple[ChangeView, ...]:
    return would_change(answer(pack, question, reader), on)


def answer(pack: Pack, question: str, reader: Reader) -> Answer:
    found = question_answer(pack, pack.questions[question], reader)
    assert found is not None
    return found


def weak(pack: Pack, name: str, directness: Directness, *reasons: str) -> Pack:
    return changed(
        pack,
        "statements",
        name,
        certainty=Certainty.VERY_LOW,
        directness=directness,
        downgraded_for=reasons,
    )


def test_nothing_recorded_nothing_said(moss: Pack) -> None:
    assert lines(moss) == []


# --- missing evidence ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("directness", "clinician"),
    [
        (
            Directness.SAME_FAMILY,
            "A study of this disease itself: the main statements rest on a close relative of it.",
        ),
        (
            Directness.EXTRAPOLATED,
            "A study of this disease itself: the main statements rest on other diseases.",
        ),
        (
            Directness.OPINION,
            "Published evidence: the main statements are the opinion of the authors.",
        ),
    ],
)
def test_main_statements_that_rest_on_something_else(
    moss: Pack, directness: Directness, clinician: str
) -> None:
    pack = weak(weak(moss, "M4", directness), "M8", directness)
    assert views(pack) == (ChangeView("missing_evidence", clinician, ("M4", "M8")),)


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        ("imprecision", "A larger study: the main statements rest on few people."),
        (
            "bias",
            "A study at lower risk of bias: the main statements rest on studies that may be "
            "biased.",
        ),
        (
            "inconsistency",
            "Studies that agree: the main statements rest on studies with different results.",
        ),
        (
            "publication_bias",
            "A study announced beforehand: the main statements rest on reports that may have "
            "been chosen for what they found.",
        ),
    ],
)
def test_why_the_certainty_was_lowered(moss: Pack, reason: str, says: str) -> None:
    here = Directness.THIS_DISEASE
    pack = weak(weak(moss, "M4", here, reason, "indirectness"), "M8", here, reason)
    assert lines(pack) == [says]
    # An opinion rests on no study that could be better.
    pack = weak(weak(moss, "M4", Directness.OPINION, reason), "M8", Directness.OPINION, reason)
    assert len(lines(pack)) == 1 and "opinion" in lines(pack)[0]


def test_the_share_is_told_from_the_half_on(moss: Pack) -> None:
    pack = weak(moss, "M4", Directness.OPINION)
    assert lines(pack) == [
        "Published evidence: 1 of the 2 main statements is the opinion of the authors."
    ]
    pack = weak(moss, "M4", Directness.SAME_FAMILY)
    assert lines(pack) == [
        "A study of this disease itself: 1 of the 2 main statements rests on a close relative of "
        "it."
    ]
    wide = rewritten(pack, "spread", CLINICIAN, bottom_line=("M4", "M8", "M2"))
    assert lines(wide) == [], "one of three"
    alone = rewritten(pack, "spread", CLINICIAN, bottom_line=("M4",))
    assert lines(alone) == [
        "A study of this disease itself: the main statement rests on a close relative of it."
    ]


def test_only_low_certainty_and_the_bottom_line_count(moss: Pack) -> None:
    pack = weak(moss, "M4", Directness.OPINION)
    for certainty, expected in zip(Certainty, (0, 0, 1, 1), strict=True):
        graded = changed(pack, "statements", "M4", certainty=certainty)
        assert len(lines(graded)) == expected, certainty
    below = rewritten(pack, "spread", CLINICIAN, bottom_line=("M8",))
    assert lines(below) == []
    section = Section(id="more", title="More", statements=("M4",))
    hidden = rewritten(pack, "spread", CLINICIAN, bottom_line=("M6",), sections=(section,))
    assert answer(hidden, "spread", CLINICIAN).shown == ("M4",), "M6 is for coders"
    assert lines(hidden) == []
    assert not [line for line in views(pack, "treat") if "M4" in line.refs], "M4 stands further on"


def test_plain_words_for_patients(moss: Pack) -> None:
    pack = moss
    for name in ("M2", "M4"):
        pack = weak(pack, name, Directness.SAME_FAMILY, "imprecision")
    assert lines(pack, "treat", PATIENT)[0] == (
        "A study of this disease itself. The main points come from a close relative of it."
    )
    pack = weak(moss, "M2", Directness.OPINION)
    assert lines(pack, "treat", PATIENT)[0] == (
        "A published study. 1 of the 2 main points is only what the authors think."
    )


FOUND_OUT = [
    "A head-to-head comparison. None was found.",
    "A case definition: none was read.",
    "Alcohol with this medicine. We have no source.",
    "Adult doses: only abstracts were read.",
    "The final release. It was not read.",
    "The full list. They were not seen.",
    "A study of photos. We read none.",
    "How often it comes back. Too few people were studied.",
    "An exact count. Nobody has counted everyone.",
    "Trials that are still running. No trial register was searched.",
]
STAYS = [
    "Your patient: weight, height, kidney tests.",
    "Driving rules; they are national.",
    "Doses for children: no verified dose in this pack.",
    "A checked list of centres. We do not have one yet.",
    "Guidance for adults: the recommendations read are for children.",
]


@pytest.mark.parametrize("text", FOUND_OUT)
def test_evidence_not_found_or_not_read_would_change_it(moss: Pack, text: str) -> None:
    pack = rewritten(moss, "spread", CLINICIAN, missing=(text,))
    assert views(pack) == (ChangeView("missing_evidence", text),)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_evidence_is_merely_missing(moss: Pack, text: str) -> None:
    assert lines(rewritten(moss, "spread", CLINICIAN, missing=(text,))) == []


# --- dissent -------------------------------------------------------------------------------


def disputed(pack: Pack, *counts: int | None) -> Pack:
    """`spread` turns on X1, whose sides studied these many people."""
    sides = pack.conflicts["X1"].positions
    several = (*sides, *[sides[0]] * (len(counts) - 2))
    positions = tuple(
        side.model_copy(update={"participants": n}) for side, n in zip(several, counts, strict=True)
    )
    pack = changed(pack, "conflicts", "X1", positions=positions)
    return changed(pack, "questions", "spread", conflicts=("X1",))


START = "Spread or not: sources disagree (Nose cohort 2010; Moss trial 2020). "


@pytest.mark.parametrize(
    ("counts", "settled"),
    [
        ((65, 40), "The sides studied 40 to 65 people; a larger study could settle it."),
        ((65, 65), "The sides studied 65 people each; a larger study could settle it."),
        (
            (65, 40, None),
            "The sides that give a number studied 40 to 65 people; a larger study could settle it.",
        ),
        ((65, None), "Only one side gives a number of people (65); a second could settle it."),
        (
            (None, None),
            "No side gives a number of people; a study or a new edition could settle it.",
        ),
    ],
)
def test_who_disagrees_and_what_could_settle_it(
    moss: Pack, counts: Sequence[int | None], settled: str
) -> None:
    assert views(disputed(moss, *counts)) == (ChangeView("dissent", START + settled, ("X1",)),)


def test_a_conflict_that_is_only_touched_changes_nothing(moss: Pack) -> None:
    assert "X1" in {view.id for view in answer(moss, "spread", CLINICIAN).conflicts()}
    assert lines(moss) == []
    found = topic_answer(moss, "course", CLINICIAN)
    assert found and found.conflicts() and would_change(found, ON) == ()


def test_many_sides_are_counted_and_a_title_may_ask(moss: Pack) -> None:
    pack = disputed(moss, 65, 40, None)
    sides = pack.conflicts["X1"].positions
    third = sides[2].model_copy(update={"sources": ("KNEE99",)})
    title = Wording(clinician="Does it spread?")
    pack = changed(pack, "conflicts", "X1", positions=(*sides[:2], third), title=title)
    assert lines(pack)[0].startswith(
        "Does it spread? Sources disagree (Nose cohort 2010; Moss trial 2020 and 1 more). "
    )


def test_what_an_edition_settles(moss: Pack) -> None:
    pack = changed(disputed(moss, 65, 40), "sources", "NOSE10", kind="reference")
    assert lines(pack) == [START + "A new edition of these sources could settle it."]
    both = {"clinician": "Spread or not", "coder": "Spread or not"}
    sides = tuple(
        side.model_copy(update={"text": Wording(clinician="So.", coder="So.")})
        for side in moss.conflicts["X1"].positions
    )
    wording = Wording(**both)
    pack = changed(
        moss, "conflicts", "X1", title=wording, used=wording, why=wording, positions=sides
    )
    pack = changed(pack, "questions", "which_code", conflicts=("X1",))
    assert START + "A new edition of these sources could settle it." in lines(
        pack, "which_code", CODER
    )


@pytest.mark.parametrize(("title", "start"), [("It or not", "It or not."), ("Is it?", "Is it?")])
def test_dissent_in_plain_words(moss: Pack, title: str, start: str) -> None:
    wording = Wording(clinician=title, patient=title)
    pack = changed(moss, "conflicts", "X2", title=wording, changes_choice="yes")
    expected = (
        f"{start} Sources disagree. Only one side gives a number of people (40); a second could "
        "settle it."
    )
    assert expected in lines(pack, "treat", PATIENT)


# --- expiry --------------------------------------------------------------------------------


def test_the_next_day_to_look_again(moss: Pack) -> None:
    pack = changed(moss, "sources", "NOSE10", review_by=date(2027, 3, 1))
    text = "On 1 March 2027, the source Nose cohort 2010 is due to be looked at again."
    assert views(pack) == (ChangeView("expiry", text, ("NOSE10",)),)
    assert views(pack, on=date(2027, 3, 1))[0].text == text, "the day itself is not past"
    past = "The source Nose cohort 2010 has been due to be looked at again since 1 March 2027."
    assert views(pack, on=date(2027, 3, 2)) == (ChangeView("expiry", past, ("NOSE10",)),)


def test_only_the_earliest_of_what_comes_but_all_that_is_past(moss: Pack) -> None:
    pack = changed(moss, "sources", "NOSE10", review_by=date(2027, 3, 1))
    pack = changed(pack, "sources", "MOSS20", review_by=date(2027, 5, 1))
    pack = changed(pack, "statements", "M8", expires=date(2027, 3, 1))
    (first,) = views(pack)
    assert first.text == (
        "On 1 March 2027, the source Nose cohort 2010 and one statement are due to be looked at "
        "again."
    )
    assert first.refs == ("NOSE10", "M8")
    (past, coming) = views(pack, on=date(2027, 4, 1))
    assert past.text.endswith("have been due to be looked at again since 1 March 2027.")
    assert coming.refs == ("MOSS20",)
    (past,) = views(pack, on=date(2028, 1, 1))
    assert past.text.startswith("The sources Nose cohort 2010 and Moss trial 2020 and one state")
    assert past.refs == ("NOSE10", "MOSS20", "M8")


def test_many_are_counted(moss: Pack) -> None:
    pack = moss
    for name in ("MOSS20", "NOSE10", "KNEE99"):
        pack = changed(pack, "sources", name, review_by=LONG_AGO)
    for name in ("M4", "M8"):
        pack = changed(pack, "statements", name, expires=LONG_AGO)
    assert next(line for line in views(pack, "treat") if line.kind == "expiry").text == (
        "3 sources and 2 statements have been due to be looked at again since 1 January 2020."
    )


def test_expiry_in_plain_words(moss: Pack) -> None:
    pack = changed(moss, "sources", "NOSE10", review_by=LONG_AGO)
    assert lines(pack, "treat", PATIENT)[-1] == (
        "One source has been due to be looked at again since 1 January 2020."
    )
    pack = changed(pack, "sources", "MOSS20", review_by=LONG_AGO)
    pack = changed(pack, "statements", "M4", expires=LONG_AGO)
    assert lines(pack, "treat", PATIENT)[-1] == (
        "2 sources and one point have been due to be looked at again since 1 January 2020."
    )


# --- together ------------------------------------------------------------------------------


def test_six_lines_of_every_kind(moss: Pack) -> None:
    pack = weak(moss, "M4", Directness.SAME_FAMILY, "bias")
    pack = rewritten(pack, "spread", CLINICIAN, missing=tuple(FOUND_OUT))
    pack = changed(disputed(pack, 65, 40), "sources", "NOSE10", review_by=LONG_AGO)
    found = views(changed(pack, "sources", "MOSS20", review_by=date(2030, 1, 1)))
    kinds = [line.kind for line in found]
    assert kinds == ["missing_evidence"] * 3 + ["dissent"] + ["expiry"] * 2
    assert len(found) == MAX_LINES
    assert found[0].text.startswith("A study of this disease itself")
    assert [line.text for line in found[1:3]] == FOUND_OUT[:2]


def test_nothing_is_said_twice_and_nothing_is_lost(shipped: Knowledge) -> None:
    pack = shipped.pack("parry_romberg")
    for question in pack.questions.values():
        for reader, written in question.each():
            reply = answer_for(shipped, pack.id, question.id, reader, on=ON)
            said = [line.text for line in reply.would_change]
            assert set(said).isdisjoint(reply.missing)
            assert {*said, *reply.missing} >= set(written.missing)
            assert len(said) == len(set(said)) <= MAX_LINES


def test_the_fixed_words_for_patients_are_easy_to_read() -> None:
    from rarepath.ask import changing

    for wanted, instead in changing._PLAIN.values():
        assert grade(f"{wanted}. The main points {instead}.") <= 8, instead


def test_no_treatment_for_coders(shipped: Knowledge) -> None:
    from rarepath.ask.guard import mentions_treatment

    pack = shipped.pack("parry_romberg")
    coded = [q for q in pack.questions.values() if q.for_reader(CODER)]
    assert len(coded) > 5
    for question in coded:
        reply = answer_for(shipped, pack.id, question.id, CODER, on=ON)
        for line in reply.would_change:
            assert not mentions_treatment(line.text, pack.phrasebook), line.text


# --- history -------------------------------------------------------------------------------


def with_earlier(pack: Pack, day: date | None = LONG_AGO, **marks: str | None) -> Pack:
    """`pack` above an earlier version in which some statements were others, or were not."""
    old = {**fingerprints(pack), **{name: mark for name, mark in marks.items() if mark}}
    old = {name: mark for name, mark in old.items() if marks.get(name, mark) is not None}
    release = Release(version="1.1.0", released=day, digest="x", statements=old)
    return replace(pack, items={**pack.items, "releases": {"1.1.0": release}})


def test_what_changed_among_the_statements_shown(moss: Pack) -> None:
    pack = with_earlier(moss, M4=None, M8="0" * 16, M1="0" * 16)
    history = has_changed(answer(pack, "spread", CLINICIAN))
    assert history is not None
    assert (history.since, history.released) == ("1.1.0", LONG_AGO)
    assert (history.added, history.reworded) == (("M4",), ("M8",))


def test_no_history_where_nothing_changed_or_nothing_is_known(moss: Pack) -> None:
    assert has_changed(answer(moss, "spread", CLINICIAN)) is None
    assert has_changed(answer(with_earlier(moss), "spread", CLINICIAN)) is None
    elsewhere = with_earlier(moss, M1="0" * 16)
    assert has_changed(answer(elsewhere, "spread", CLINICIAN)) is None
    undated = with_earlier(moss, None, M4=None)
    assert has_changed(answer(undated, "spread", CLINICIAN)) is None
    bare = with_earlier(moss).releases["1.1.0"].model_copy(update={"statements": None})
    bare_pack = replace(moss, items={**moss.items, "releases": {"1.1.0": bare}})
    assert has_changed(answer(bare_pack, "spread", CLINICIAN)) is None


def test_a_line_is_a_sentence(shipped: Knowledge) -> None:
    pack = shipped.pack("parry_romberg")
    for question in pack.questions.values():
        for reader, _ in question.each():
            for line in answer_for(shipped, pack.id, question.id, reader, on=ON).would_change:
                assert re.match(r"[A-Z0-9].*\.$", line.text, re.S), line.text


def test_a_comparison_is_judged_by_its_bottom_line_or_else_by_all_its_arguments(
    shipped: Knowledge,
) -> None:
    pack = shipped.pack("parry_romberg")
    weighed, bare = 0, 0
    for name in comparisons(pack, CLINICIAN):
        found = comparison_answer(pack, name, CLINICIAN)
        assert found is not None
        main = found.sections[0].statements if found.sections else None
        weighed, bare = weighed + (main is not None), bare + (main is None)
        allowed = {view.id for view in main} if main is not None else set(found.shown)
        for line in would_change(found, ON):
            if line.kind == "missing_evidence":
                assert set(line.refs) <= allowed, name
    assert weighed and bare
