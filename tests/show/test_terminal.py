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


@pytest.mark.parametrize("reply", sample.ALL, ids=lambda reply: reply.status)
def test_colour_adds_style_and_no_word(reply: Reply) -> None:
    coloured = render(reply, 80, True)
    assert "\x1b[" in coloured
    assert STYLE.sub("", coloured) == render(reply, 80, False)


@pytest.mark.parametrize("reply", sample.ALL, ids=lambda reply: reply.status)
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
