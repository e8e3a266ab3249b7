import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.ask.words import (
    MAX_CHARACTERS,
    Folding,
    clean,
    find,
    fold,
    foreign_script,
    one_edit_apart,
    sentences,
    vocabulary,
    without,
    words,
)
from rarepath.kernel.errors import QuestionRejected


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  What   is it? ", "What is it?"),
        ("What\tis\x00 it?", "What is it?"),
        ("Line one\r\n\r\n  line two", "Line one\nline two"),
        ("one\u2028two", "one\ntwo"),
        ("zero\u200bwidth \u202eturned", "zerowidth turned"),
        ("\ufb01ne \uff34ext", "fine Text"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
    ],
)
def test_a_question_is_cleaned(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_a_flood_of_marks_is_cut() -> None:
    assert len(clean("o" + "\u0301\u0316" * 900 + " what is it")) < 20
    assert words("ó̖ what") == ("o", "what")


@pytest.mark.parametrize("raw", ["", "   ", "\x00\x01", "?!", "🙂🙂", "\u0301" * 100])
def test_a_text_without_words_is_rejected(raw: str) -> None:
    with pytest.raises(QuestionRejected, match="no words"):
        clean(raw)


def test_a_long_text_is_rejected_without_repeating_it() -> None:
    clean("a" * MAX_CHARACTERS)
    with pytest.raises(QuestionRejected) as caught:
        clean("secret " * MAX_CHARACTERS)
    assert "secret" not in str(caught.value.as_json())


@given(st.text(max_size=2500))
def test_any_text_is_cleaned_or_rejected(raw: str) -> None:
    try:
        shown = clean(raw)
    except QuestionRejected:
        return
    shown.encode()
    assert shown == shown.strip()
    assert all(sentence.words for sentence in sentences(shown))


@pytest.mark.parametrize(
    "same",
    [
        "seizure seizures",
        "take takes taking",
        "stop stops stopped stopping",
        "treat treats treated treatment treatments",
        "colour color colours",
        "stabilise stabilized stabilising",
        "sudden suddenly",
        "worry worries worried worrying",
        "progress progression progressive progresses",
        "swell swelling swells",
        "active activity",
        "baby babies",
        "recur recurred recurrence",
        "haemorrhage hemorrhage",
    ],
)
def test_forms_of_a_word_fold_into_one(same: str) -> None:
    assert len({fold(word) for word in same.split()}) == 1


@pytest.mark.parametrize("pair", ["active inactive", "eye eyelid", "this the", "sing sin"])
def test_different_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("can't won't don't isn't", "can not will not do not is not"),
        ("cant wont dont isnt cannot", "can not will not do not is not can not"),
        ("I'm I've we're she'd he'll", "i am i hav we are she would he will"),
        ("Im ive", "i am i hav"),
        ("Romberg's disease", "romberg diseas"),
        ("what’s up", "what up"),
        ("38.5 38,5 9:30 20kg 8yo", "38.5 38.5 9.30 20 kg 8 year old"),
        ("G51.8 and l94.1", "g51.8 and l94.1"),
        ("en-coup-de-sabre", "en coup de sabr"),
        ("Sjögren naïve", "sjogren naiv"),
    ],
)
def test_words(text: str, found: str) -> None:
    assert " ".join(words(text)) == found


def test_sentences_and_clauses() -> None:
    first, second = sentences("She fell, and her eye hurts: badly. What now?")
    assert first.words == ("she", "fell", "and", "her", "eye", "hurt", "badli")
    assert [first.words[clause.start] for clause in first.clauses] == ["she", "and", "badli"]
    assert [clause.joined for clause in first.clauses] == [False, True, False]
    assert (first.asks, second.asks) == (False, True)
    assert first.clause(3) == first.clauses[1]
    assert sentences("... ?!") == ()


def test_find() -> None:
    among = ("a", "b", "a", "b", "c")
    assert find(("a", "b"), among) == 0
    assert find(("b", "c"), among) == 3
    assert find(("c", "d"), among) == -1


def test_a_vocabulary_is_folded() -> None:
    assert vocabulary(["Seizures, doesn't", "seizure"]) == {fold("seizure"), "doe", "not"}


def test_scripts() -> None:
    assert foreign_script("Что такое болезнь?")
    assert foreign_script("什么是 PRS 病呢啊")
    assert not foreign_script("What is Sjögren?")
    assert not foreign_script("123")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("romberg", "rombreg", True),
        ("romberg", "rhomberg", True),
        ("romberg", "romburg", True),
        ("romberg", "rombergs", True),
        ("romberg", "omberg", True),
        ("romberg", "romburgs", False),
        ("romberg", "remborg", False),
        ("ab", "abcd", False),
    ],
)
def test_one_edit_apart(one: str, other: str, near: bool) -> None:
    assert one_edit_apart(one, other) is near
    assert one_edit_apart(other, one) is near


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_one_edit_apart_agrees_with_a_slow_twin(one: str, other: str) -> None:
    edits = {one}
    for at in range(len(one) + 1):
        edits |= {one[:at] + letter + one[at:] for letter in "abc"}
        edits |= {one[:at] + letter + one[at + 1 :] for letter in "abc"} if at < len(one) else set()
        edits |= {one[:at] + one[at + 1 :]}
        edits |= {one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]}
    assert one_edit_apart(one, other) == (other in edits)


@given(st.text() | st.text("ab1.,:;-?! \n'\u2019\u00e9A"))
def test_folding_many_texts_gives_the_same_words(text: str) -> None:
    folding = Folding()
    assert tuple(folding.joined(text).split()) == words(text)
    assert folding.joined(text) == folding.joined(text)  # each is folded once


def test_a_sentence_keeps_how_it_was_written() -> None:
    first, second = sentences("She has S\u00e9izures, I'm TOLD. What now?")
    assert first.text == "she has seizures, i'm told"
    assert (second.text, second.asks) == ("what now", True)


@pytest.mark.parametrize(
    ("text", "folded", "left"),
    [
        ("Does it spread to Zebras?", ["sebra"], "does it spread to ?"),
        ("zebras", ["sebra"], ""),
        ("Zebra, zebras: ZEBRA", ["sebra"], ", :"),
        ("I can't swim", ["can"], "i swim"),
        ("I can't swim", ["swim", "sebra"], "i can't"),
        ("no change", [], "no change"),
        ("a (b) - c", [",", "(", "-"], "a (b) - c"),
    ],
)
def test_a_text_without_some_words(text: str, folded: list[str], left: str) -> None:
    assert without(text, folded) == left


@given(st.text(), st.lists(st.sampled_from(["a", "b", "is"])))
def test_what_is_left_has_none_of_them(text: str, folded: list[str]) -> None:
    assert set(folded).isdisjoint(words(without(text, folded)))
