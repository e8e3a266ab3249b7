"""The plain searcher, on the invented packs."""

from pathlib import Path

import pytest

from rarepath.ask.linking import Names
from rarepath.ask.matching import Hit, PackWords
from rarepath.ask.words import words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.plain import PlainSearcher
from rarepath.services.knowledge import Knowledge

PACKS = Path(__file__).parents[1] / "ask" / "packs"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Knowledge([PACKS]).pack("moss")


@pytest.fixture(scope="module")
def known(pack: Pack) -> PackWords:
    return PackWords(pack)


@pytest.fixture(scope="module")
def searcher(pack: Pack, known: PackWords) -> PlainSearcher:
    return PlainSearcher({pack.id: (pack, known)}, Names([pack]))


def search(searcher: PlainSearcher, pack: Pack, text: str) -> list[Hit]:
    return list(searcher.search(words(text), pack, Reader.PATIENT))


def test_a_wording_of_the_pack_is_found_with_certainty(searcher: PlainSearcher, pack: Pack) -> None:
    hits = search(searcher, pack, "Which treatment of has been studied?")
    assert (hits[0].question, hits[0].score, hits[0].missed) == ("treat", 1.0, frozenset())
    assert hits[1].score < 1


def test_hits_are_ranked_and_in_bounds(searcher: PlainSearcher, pack: Pack) -> None:
    hits = search(searcher, pack, "does sporaline treatment spread or come back in the end")
    assert hits[0].question in {"treat", "spread"}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert all(0 <= hit.covered <= 1 for hit in hits)


def test_the_texts_of_the_answer_count(searcher: PlainSearcher, pack: Pack) -> None:
    """`year` stands in no wording; the answer to both questions says "after 2 years"."""
    hits = {hit.question: hit for hit in search(searcher, pack, "does it spread, two years")}
    assert "year" not in hits["spread"].missed
    assert "two" in hits["spread"].missed
    assert hits["spread"].covered < 1


def test_a_question_that_shares_no_word_is_no_hit(searcher: PlainSearcher, pack: Pack) -> None:
    assert search(searcher, pack, "zebra") == []
    assert search(searcher, pack, "") == []
    assert {hit.question for hit in search(searcher, pack, "elbow")} == {"alike"}


def test_questions_for_other_readers_are_ranked_too(searcher: PlainSearcher, pack: Pack) -> None:
    assert search(searcher, pack, "which code describes it")[0].question == "which_code"


def test_the_words_a_pack_knows(known: PackWords) -> None:
    assert known.plain(words("the SPL, sporaline forte, sporalime, sporalin forte")) == (
        "the",
        "sporalin",
        "sporalin",
        "sporalin",
        "sporalin",
    )
    assert known.unknown(words("moss of a zebra at 2000 zoo x")) == ("sebra", "soo")
    assert known.drugs == {"sporalin"}


def test_topics_by_their_cue_words(known: PackWords) -> None:
    assert known.topics(words("what is the code")) == {"definition": 2 / 3, "codes": 1 / 3}
    assert known.topics(words("zebra")) == {}
