"""The searcher of questions on the invented packs: by words alone, and with a sense of them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.ask.linking import Names
from rarepath.ask.matching import Hit, PackWords
from rarepath.ask.words import words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search import questions
from rarepath.search.index import LexicalIndex
from rarepath.search.lessons import Lessons, wordings
from rarepath.search.questions import QuestionSearcher, _below_one
from rarepath.search.sense import Sense
from rarepath.services.knowledge import Knowledge
from tests.search.counted import Counted

PACKS = Path(__file__).parents[1] / "ask" / "packs"


@pytest.fixture(scope="module")
def packs() -> tuple[Pack, ...]:
    return Knowledge([PACKS]).conditions()


@pytest.fixture(scope="module")
def pack(packs: Sequence[Pack]) -> Pack:
    return next(pack for pack in packs if pack.id == "moss")


def made(packs: Sequence[Pack], sense: Sense | None = None) -> QuestionSearcher:
    names = Names(packs)
    lessons = [Lessons.of(pack, PackWords(pack), names) for pack in packs]
    index = LexicalIndex.build([document for each in lessons for document in each.documents()])
    return QuestionSearcher(lessons, index, sense)


@pytest.fixture(scope="module")
def by_words(packs: Sequence[Pack]) -> QuestionSearcher:
    return made(packs)


@pytest.fixture(scope="module")
def by_sense(packs: Sequence[Pack]) -> QuestionSearcher:
    sense = Sense(Counted())
    for pack in packs:
        pairs = list(wordings(pack, Names(packs)))
        vectors = Counted().encode([text for _, text in pairs])
        sense.learn(pack.id, [name for name, _ in pairs], vectors)
    return made(packs, sense)


@pytest.fixture(params=["by_words", "by_sense"])
def searcher(request: pytest.FixtureRequest) -> QuestionSearcher:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, QuestionSearcher)
    return found


def search(searcher: QuestionSearcher, pack: Pack, text: str) -> list[Hit]:
    return list(searcher.search(words(text), pack, Reader.PATIENT, text))


def test_a_wording_of_the_pack_is_found_with_certainty(
    searcher: QuestionSearcher, pack: Pack
) -> None:
    hits = search(searcher, pack, "Which treatment of has been studied?")
    assert hits[0] == Hit("treat", 1.0)
    assert all(hit.score < 1 for hit in hits[1:])


def test_every_word_of_a_wording_in_any_order_is_that_wording(
    searcher: QuestionSearcher, pack: Pack
) -> None:
    assert search(searcher, pack, "dose sporalin")[0].score == 1
    assert search(searcher, pack, "dose sporalin sporalin")[0].score == 1
    assert search(searcher, pack, "dose of sporalin")[0].score < 1


def test_hits_are_ranked_and_in_bounds(searcher: QuestionSearcher, pack: Pack) -> None:
    hits = search(searcher, pack, "does sporaline treatment spread or come back in the end")
    assert {hit.question for hit in hits[:2]} == {"treat", "spread"}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(0 <= hit.covered <= 1 for hit in hits)


def test_however_often_a_word_is_said_it_is_not_certain(
    searcher: QuestionSearcher, pack: Pack
) -> None:
    """Only a wording of the pack scores 1, and the order of the best stays as it is."""
    assert max(hit.score for hit in search(searcher, pack, "spread " * 9 + "return")) < 1


@given(st.floats(-5, 50), st.floats(-5, 50))
def test_scores_keep_their_order_below_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= _below_one(low) <= _below_one(high) < 1
    if low > 0 and high - low > 1e-3:
        assert _below_one(low) < _below_one(high)


def test_likeness_is_dice_s_coefficient_with_the_likest_wording(pack: Pack) -> None:
    lessons = Lessons.of(pack, PackWords(pack), Names([pack]))

    def dice(said: dict[str, float], wording: frozenset[str]) -> float:
        common = sum(weight for word, weight in said.items() if word in wording)
        return 2 * common / (sum(said.values()) + sum(map(lessons.weighed, wording)) or 1)

    for text in ("does it spread", "which treatment has been studied", "zebra", ""):
        said = {word: lessons.weighed(word) for word in words(text)}
        found = lessons.alike(said)
        for lesson in lessons.questions:
            expected = max((dice(said, wording) for wording in lesson.exact), default=0)
            assert found.get(lesson.id, 0) == pytest.approx(expected)


def test_being_like_one_wording_counts_beside_all_of_them(
    by_words: QuestionSearcher, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = search(by_words, pack, "does zebra spread")[0]
    monkeypatch.setattr(questions, "_LIKE_A_WORDING", 0.0)
    without_it = search(by_words, pack, "does zebra spread")[0]
    assert with_it.question == without_it.question == "spread"
    assert with_it.score > without_it.score > 0


def test_the_texts_of_the_answer_count(searcher: QuestionSearcher, pack: Pack) -> None:
    """`year` stands in no wording; the answer to the question says "after 2 years"."""
    hits = {hit.question: hit for hit in search(searcher, pack, "does spread, zebra years")}
    spread = hits["spread"]
    assert spread.missed == {"sebra"}
    assert spread.unasked == {"sebra", "year"}
    assert 0 < spread.covered < 1


def test_words_without_content_weigh_little(searcher: QuestionSearcher, pack: Pack) -> None:
    hits = {hit.question: hit for hit in search(searcher, pack, "spread so much people zebra")}
    unknown_too = hits["spread"].covered
    hits = {hit.question: hit for hit in search(searcher, pack, "spread so much people")}
    assert unknown_too < 0.5 < hits["spread"].covered


def test_a_question_that_shares_no_word_is_no_hit(by_words: QuestionSearcher, pack: Pack) -> None:
    assert search(by_words, pack, "zebra") == []
    assert search(by_words, pack, "") == []
    assert {hit.question for hit in search(by_words, pack, "elbow")} == {"alike"}


def test_nothing_but_the_name_is_the_wording_that_is_nothing_but_the_name(
    by_sense: QuestionSearcher, pack: Pack
) -> None:
    hits = by_sense.search((), pack, Reader.PATIENT, "moss ear")
    assert {hit.question for hit in hits} == set(pack.questions)
    assert all(hit.score < 1 for hit in hits)


def test_questions_for_other_readers_are_ranked_too(searcher: QuestionSearcher, pack: Pack) -> None:
    assert search(searcher, pack, "which code describes it")[0].question == "which_code"


def test_packs_are_searched_apart(searcher: QuestionSearcher, packs: Sequence[Pack]) -> None:
    fern = next(pack for pack in packs if pack.id == "fern")
    assert {hit.question for hit in search(searcher, fern, "what is it, a fern that grows")} == {
        "what_is_it"
    }
    assert {hit.question for hit in search(searcher, fern, "which code")} <= {"what_is_it"}


def test_words_of_another_pack_find_nothing(by_words: QuestionSearcher, pack: Pack) -> None:
    """`lip` stands in a question of the same id in the other pack."""
    assert search(by_words, pack, "lip") == []


def test_the_sense_ranks_what_shares_no_word(by_sense: QuestionSearcher, pack: Pack) -> None:
    """Words and text may differ: what the text means counts beside the words."""
    hits = by_sense.search(("zebra",), pack, Reader.PATIENT, "will the moss come back")
    assert hits[0].question == "spread"
    assert hits[0].score > hits[1].score
    assert {hit.question for hit in hits} == set(pack.questions)
    assert by_sense.search(("zebra",), pack, Reader.PATIENT) == []


def test_words_and_sense_are_added_up(by_sense: QuestionSearcher, pack: Pack) -> None:
    def score(said: str, text: str) -> float:
        hits = by_sense.search(words(said), pack, Reader.PATIENT, text)
        return next(hit.score for hit in hits if hit.question == "spread")

    both = score("moss return", "the moss returns")
    assert both > score("zebra", "the moss returns") > 0
    assert both > score("moss return", "zebra")


def test_what_a_question_turns_on(by_words: QuestionSearcher, by_sense: QuestionSearcher) -> None:
    assert by_words.turns_on("does it spread to zebras", ["sebra"]) is None
    assert by_sense.turns_on("zebras", ["sebra"]) is True
    assert by_sense.turns_on("does it spread to a zebra", ["spread", "sebra"]) is True
    long = "does the moss on the ear of my old aunt spread to the other ear, asks a zebra"
    assert by_sense.turns_on(long, ["sebra"]) is False


def test_the_nearest_questions(searcher: QuestionSearcher, pack: Pack) -> None:
    near = list(searcher.near("treat", pack))
    assert "treat" not in near
    assert len(near) == len(set(near))
    assert set(near) <= set(pack.questions)


def test_the_nearest_by_words_share_the_most(by_words: QuestionSearcher, pack: Pack) -> None:
    said = "what is explain what do i have"
    others = [hit.question for hit in search(by_words, pack, said) if hit.question != "what_is_it"]
    assert list(by_words.near("what_is_it", pack)) == others
    assert others


def test_the_nearest_by_sense_are_all_others(by_sense: QuestionSearcher, pack: Pack) -> None:
    assert set(by_sense.near("treat", pack)) == set(pack.questions) - {"treat"}
