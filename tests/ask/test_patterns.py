import time

import pytest

from rarepath.ask.patterns import _phrases, groups_of, parse
from rarepath.ask.words import sentences
from rarepath.services.knowledge import Knowledge

GROUPS = {"tea": ["camomile", "green tea", "@herb"], "herb": ["sage*", "@tea"]}


def matches(pattern: str, text: str) -> bool:
    return any(True for each in sentences(text) for _ in parse(pattern, GROUPS).matches(each))


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("seizure", "Two seizures today", True),
        ("seizure", "Caesura today", False),
        ("seizure|fit", "a fit", True),
        ("first & seizure", "the seizure was her first", True),
        ("first & seizure", "her first. A seizure", False),
        ("can not see", "I can't see", True),
        ("can not see", "I can see, not much", False),
        ("droop*", "it is drooping", True),
        ("choke*", "she is choking", True),
        ("wheez*", "when will it stop", False),
        ("infusion*", "after two infusions", True),
        ("38..43 & fever", "fever of 38.7", True),
        ("38..43 & fever", "fever of 37.9", False),
        ("38..43 degrees", "it is 39 degrees", True),
        ("0..99 month", "she is nine month old", False),
        ("fit ! well", "she had a fit", True),
        ("fit ! well", "it does not fit well", False),
        ("@tea & hot", "hot camomile", True),
        ("@tea & hot", "a hot green tea", True),
        ("@tea & hot", "sages are hot", True),
        ("@tea & hot", "a hot cup of tea", False),
        ("| ", "anything at all", False),
    ],
)
def test_a_pattern(pattern: str, text: str, found: bool) -> None:
    assert matches(pattern, text) is found


@pytest.mark.parametrize(
    "texts",
    [
        ["drool*", "droop*", "38..43", "38..43 degrees", "high temperature*", "sage"],
        ["wheez*"],
        ["0..99 month", "0..99.5"],
        ["green tea", "camomile"],
    ],
)
def test_passing_over_loses_no_alternative(texts: list[str]) -> None:
    (part,) = parse("|".join(texts)).near
    each = [phrase for text in texts for phrase in _phrases(text, {})]
    said = "a green tea droop drooping drool 39 degrees 38.7 month high temperature sages wheez"
    found = set()
    for (sentence,) in (sentences(said), sentences("camomile 99 wheezed 37 99.5 months")):
        words = sentence.words
        slow = {
            range(at, at + len(phrase.words))
            for at in range(len(words))
            for phrase in each
            if phrase.stands(words, at)
        }
        assert set(part.places(words)) == slow
        found |= slow
    assert found


def test_words_far_apart_do_not_belong_together() -> None:
    between = "word " * 13
    assert matches("eye & lost", f"eye {between} lost")
    assert not matches("eye & lost", f"eye {between} and and lost")


def test_the_sign_is_the_first_part() -> None:
    (sentence,) = sentences("today a fever came")
    (match,) = parse("fever & today").matches(sentence)
    assert match.start == 2
    assert match.covers(0) and not match.covers(1)


def test_a_group_must_exist() -> None:
    with pytest.raises(ValueError, match="@coffee"):
        parse("hot|@coffee", GROUPS)


def test_medicines_are_groups(invented: Knowledge) -> None:
    assert groups_of(invented.pack("moss"))["sporaline"] == [
        "Sporaline",
        "SPL",
        "Sporalin forte",
    ]


def test_a_repetitive_text_is_quick() -> None:
    (sentence,) = sentences("fever today pain " * 120)
    begin = time.process_time()
    assert len(list(parse("fever & today & pain ! rain").matches(sentence))) == 120
    assert time.process_time() - begin < 1
