"""Reciprocal rank fusion against sums written out by hand."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from rarepath.search.fusion import fused


def names(*rankings: str, limit: int = 10) -> str:
    return "".join(ranked.id for ranked in fused(*rankings, limit=limit))


def test_the_sums_are_those_of_the_paper() -> None:
    found = {ranked.id: ranked.score for ranked in fused(["a", "b"], ["b", "c"])}
    assert found == {"a": approx(1 / 61), "b": approx(1 / 62 + 1 / 61), "c": approx(1 / 62)}


def test_found_twice_goes_before_found_first() -> None:
    assert names("ab", "cb") == "bac"


def test_equal_sums_keep_the_order_of_the_first_ranking() -> None:
    assert names("ab", "ba") == "ab"
    assert names("ba", "ab") == "ba"


def test_an_id_counts_once_in_a_ranking() -> None:
    assert names("ab", "caa") == "acb"
    assert fused(["a", "a"]) == fused(["a"])


def test_a_smaller_constant_prefers_the_first_places() -> None:
    high, low = ["x", "b", "c"], ["y", "d", "c"]
    assert fused(high, low)[0].id == "c"
    assert fused(high, low, constant=0)[0].id == "x"


def test_the_limit_holds() -> None:
    assert names("abcdef", limit=2) == "ab"
    assert fused() == fused([]) == []


@given(st.lists(st.text("abcdef", max_size=6), max_size=3))
def test_nothing_is_lost_or_invented(rankings: list[str]) -> None:
    assert set(names(*rankings)) == set("".join(rankings))


@given(st.text("abcdefgh", max_size=8))
def test_a_ranking_by_itself_keeps_its_order(ranking: str) -> None:
    assert names(ranking) == "".join(dict.fromkeys(ranking))
