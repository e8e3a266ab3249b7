"""What a terminal shows: the order, the words, the width; style adds nothing but style."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.ask.reply import Declined, Reply
from rarepath.show.paper import MAX_WIDTH, Paper, plain
from rarepath.show.terminal import render
from tests.show import sample_reply as sample

REFER, DOSE = "• Referral is prompt.", "• SHARE 2019 recommends methotrexate 15"
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def order(text: str, *words: str) -> list[int]:
    places = [text.index(word) for word in words]
    assert all(place >= 0 for place in places)
    return places


def test_danger_comes_first_and_the_disclaimer_last() -> None:
    text = render(sample.WITH_DANGER, 80, False)
    assert text.startswith("┌─ Be seen the same day")
    places = order(
        text,
        "Call the team",
        "How should active",
        "Bottom line",
        "First line",
        "Where sources disagree",
        "Claims in circulation",
        "What this answer lacks",
        "Questions to take along",
        "Following on",
        "Related questions",
        "\nSources\n",
        "Submitted. Not yet signed",
        "Options, never orders.",
    )
    assert places == sorted(places)
    assert text.rstrip().endswith("Options, never orders.")


def test_a_statement_carries_its_badge_and_its_sources() -> None:
    text = render(sample.ANSWERED, 88, False)
    assert "    low certainty, same family  [SHARE 2019]  [Zulian 2012]\n" in text
    assert "    moderate certainty, same family  [SHARE 2019]  [against: TOR12]\n" in text


def test_the_review_state_stands_once() -> None:
    assert render(sample.ANSWERED, 80, False).count("Not yet signed") == 1


def test_an_emergency_is_the_box_and_the_disclaimer() -> None:
    blocks = render(sample.EMERGENCY, 80, False).strip().split("\n\n")
    assert len(blocks) == 2
    assert "Call 112 now." in blocks[0]
    assert blocks[1] == sample.EMERGENCY.disclaimer


def test_a_declined_question_says_why_and_what_is_answered() -> None:
    text = render(sample.DECLINED, 80, False)
    places = order(text, "This is not answered here", "no answer about lupus", "What else can")
    assert places == sorted(places)


def test_a_missing_fact_is_asked_for() -> None:
    text = render(sample.NEEDS_FACTS, 80, False)
    places = order(text, "One more thing is needed", "? Which disease")
    assert places == sorted(places)


def test_the_facts_for_one_person_come_before_the_rule() -> None:
    personal = replace(
        sample.ANSWERED,
        status="needs_facts",
        declined=Declined("personal_dose", "The dose for one person is not worked out."),
        missing=("Body weight",),
    )
    text = render(personal, 80, False)
    places = order(text, "not worked out", "What is needed", "? Body weight", "Bottom line")
    assert places == sorted(places)
    assert "What this answer lacks" not in text


def test_a_disease_is_chosen_with_an_option() -> None:
    which = Declined("which_disease", "Which disease is meant?")
    text = render(replace(sample.DECLINED, declined=which), 80, False)
    assert "On the command line: --pack parry_romberg\n" in text
    assert "--pack" not in render(sample.DECLINED, 80, False)


def test_what_the_question_turns_on_is_whole_and_the_rest_is_a_title() -> None:
    text = render(sample.FULL, 80, False)
    assert text.count("What is used here: Neither side.") == 1
    places = order(
        text,
        "Does an early flap stop the disease?",
        "Sources also disagree on these",
        "• How often is the brain scanned?",
        "rarepath conflicts parry_romberg",
        "Claims in circulation",
        "What would change this answer",
        "• Missing evidence: A trial in this disease.",
        "• Disagreement: A larger study of early flaps.",
        "1 is new and 2 were changed since",
        "Questions to take along",
    )
    assert places == sorted(places)
    assert "also disagree" not in render(sample.ANSWERED, 80, False)


def test_a_comparison_says_what_speaks_for_and_against_each_side() -> None:
    text = render(sample.COMPARED, 88, False)
    first, _, second = text.partition("\nMethotrexate\n")[2].partition("\nMycophenolate\n")
    places = order(first, "  For\n", REFER, "  Against\n", DOSE)
    assert places == sorted(places)
    assert "  Against\n  ? No source collected here speaks to it." in second


def test_what_the_record_must_state_comes_second_as_boxes() -> None:
    text = render(sample.CODED, 88, False)
    places = order(text, "Bottom line", "What the chart must say", "query", "[ ] Referral", "First")
    assert places == sorted(places)


def test_another_disease_is_named_with_its_code() -> None:
    assert "Orphanet as ORPHA:1929." in render(sample.ELSEWHERE, 80, False)


def test_several_questions_are_answered_in_turn_and_a_danger_is_first() -> None:
    text = render(sample.SEVERAL, 80, False)
    assert text.startswith("┌─ Be seen the same day")
    places = order(
        text,
        "2 questions, one after the other",
        "This is not answered here",
        "How should active",
        REFER,
        "Ask it alone for the whole answer.",
        "\nSources\n",
        "Not yet signed. Not yet signed",
    )
    assert places == sorted(places)
    assert text.count("[Zulian 2012] Zulian") == 1


def test_both_sides_of_a_conflict_and_what_is_used() -> None:
    text = render(sample.ANSWERED, 88, False)
    assert "Operated early, no recurrence reported. (25 people studied)\n    [ASPS14]" in text
    assert "Disease returned after surgery.\n    [UTSW]" in text
    assert "What is used here: Neither side." in text


def test_a_number_of_people_is_said_once() -> None:
    conflict = sample.ANSWERED.conflicts[0]
    side = replace(conflict.positions[0], text="Operated early (25 children).")
    told = replace(conflict, positions=(side, replace(side, n=2)))
    text = render(replace(sample.ANSWERED, conflicts=(told,)), 88, False)
    assert "• Operated early (25 children).\n" in text
    assert "• Operated early (25 children). (2 people studied)\n" in text


def test_a_source_says_what_it_is_about_and_its_state() -> None:
    text = " ".join(render(sample.ANSWERED, 88, False).split())
    assert "doi 10.1136/annrheumdis-2018-214697" in text
    assert "About: Juvenile localised scleroderma. Read: Abstract. Superseded by" in text


@pytest.mark.parametrize("reply", sample.ALL, ids=range(len(sample.ALL)))
def test_colour_adds_style_and_no_word(reply: Reply) -> None:
    coloured = render(reply, 80, True)
    assert "\x1b[" in coloured
    assert STYLE.sub("", coloured) == render(reply, 80, False)


@pytest.mark.parametrize("reply", sample.ALL, ids=range(len(sample.ALL)))
@given(width=st.integers(0, 400))
def test_no_line_is_wider_than_the_terminal(reply: Reply, width: int) -> None:
    room = max(28, min(width, MAX_WIDTH))
    assert max(map(len, render(reply, width, False).splitlines())) <= room


def test_no_two_empty_lines_follow_one_another() -> None:
    assert "\n\n\n" not in "".join(render(reply, 80, False) for reply in sample.ALL)


def test_a_text_cannot_steer_the_terminal() -> None:
    wicked = replace(sample.DECLINED.declined, text="a\x1b[2Jb\x9b31mc\rd\ne")  # type: ignore[type-var]
    text = render(replace(sample.DECLINED, declined=wicked), 80, False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@given(st.text())
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", plain(text))


def test_two_columns() -> None:
    paper = Paper(30)
    paper.pairs([("home", "/a"), ("packs", "one two three four five")])
    assert paper.lines == ["  home   /a", "  packs  one two three four", "         five"]
