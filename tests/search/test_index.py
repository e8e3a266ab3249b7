"""The lexical index, beside a plain BM25 that is written out."""

import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.search.index import Document, LexicalIndex, Weights

MOSS = Document("moss", ("d1",), "drug", "moss ear", "green growth", "sporalin was given daily")
FERN = Document("fern", ("d1",), "course", "fern lip", "", "a fern grow on lip and lip")
KNEE = Document("knee", ("d2", "d3"), "drug", "knee", "", "moss and fern were not seen by it")
ALL = (MOSS, FERN, KNEE)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(ALL)


def found(index: LexicalIndex, said: str, **more: object) -> list[str]:
    return [ranked.id for ranked in index.search(said.split(), **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["ear", "growth", "sporalin"])
def test_title_alias_and_body_are_searched(index: LexicalIndex, said: str) -> None:
    assert found(index, said) == ["moss"]


def test_a_word_counts_where_the_weights_say(index: LexicalIndex) -> None:
    assert found(index, "moss") == ["moss", "knee"]
    body = Weights(title=0.0, alias=0.0, body=1.0)
    assert [r.id for r in index.search(["moss"], weights=body) if r.score > 0] == ["knee"]


def test_what_is_not_there_finds_nothing(index: LexicalIndex) -> None:
    assert found(index, "zebra") == []
    assert found(index, "") == []


def test_a_word_said_twice_counts_once(index: LexicalIndex) -> None:
    assert index.search(["moss", "moss"]) == index.search(["moss"])


def test_the_best_come_first_and_no_more_than_asked_for(index: LexicalIndex) -> None:
    scores = [ranked.score for ranked in index.search(["moss", "fern", "lip"])]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert found(index, "moss fern lip", limit=1) == ["fern"]


def test_a_section_is_preferred(index: LexicalIndex) -> None:
    assert found(index, "fern")[0] == "fern"
    assert found(index, "fern", sections=["drug"])[0] == "knee"


def test_a_condition_is_preferred_or_the_only_one(index: LexicalIndex) -> None:
    assert found(index, "moss", conditions=["d3"])[0] == "knee"
    assert set(found(index, "moss", conditions=["d3"])) == {"knee", "moss"}
    assert found(index, "moss", conditions=["d2"], only_conditions=True) == ["knee"]
    assert found(index, "moss", conditions=["d9"], only_conditions=True) == []
    either = found(index, "moss", conditions=["d1", "d2"], only_conditions=True)
    assert set(either) == {"moss", "knee", "fern"}


@pytest.mark.parametrize("said", ["title:moss", "mos*", "moss~2", '"moss', "[a TO z]", "+moss"])
def test_nothing_said_is_a_query_grammar(index: LexicalIndex, said: str) -> None:
    assert index.search([said]) == []


@given(st.lists(st.text(), max_size=5))
def test_any_words_can_be_said(said: list[str]) -> None:
    index = LexicalIndex.build([MOSS])
    assert {ranked.id for ranked in index.search(said, sections=said, conditions=said)} <= {"moss"}


def test_opened_again_it_finds_the_same_even_when_its_folder_goes(
    index: LexicalIndex, tmp_path: Path
) -> None:
    LexicalIndex.build(ALL, tmp_path)
    opened = LexicalIndex.open(tmp_path, [document.id for document in ALL])
    shutil.rmtree(tmp_path)
    for said in ("moss", "fern lip", "knee sporalin", "zebra"):
        assert opened.search(said.split()) == index.search(said.split())


def test_what_is_no_index_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"does not exist|FileDoesNotExist|corrupt"):
        LexicalIndex.open(tmp_path, [])


def bm25(said: Sequence[str], texts: Sequence[Sequence[str]], at: int) -> float:
    """Robertson's formula with k1 = 1.2 and b = 0.75, for the text at index `at`."""
    mean = sum(map(len, texts)) / len(texts)
    score = 0.0
    for word in set(said):
        holds = sum(word in text for text in texts)
        rare = math.log(1 + (len(texts) - holds + 0.5) / (holds + 0.5))
        often = texts[at].count(word)
        score += rare * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * len(texts[at]) / mean))
    return score


# The engine keeps lengths up to 39 words exactly.
TEXTS = st.lists(
    st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), min_size=1, max_size=6
)


@given(TEXTS, st.lists(st.sampled_from("abcxyz"), min_size=1, max_size=4))
def test_the_score_is_bm25(texts: list[list[str]], said: list[str]) -> None:
    documents = [
        Document(str(at), (), "", "", body=" ".join(text)) for at, text in enumerate(texts)
    ]
    index = LexicalIndex.build(documents)
    ranked = {each.id: each.score for each in index.search(said)}
    expected = {str(at): bm25(said, texts, at) for at in range(len(texts))}
    assert ranked == pytest.approx({name: s for name, s in expected.items() if s}, rel=1e-4)
