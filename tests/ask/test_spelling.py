import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.ask.spelling import NameTree, Neighbours
from rarepath.ask.words import one_edit_apart, words

FEW = st.text("abc", min_size=1, max_size=5)


@given(known=st.lists(FEW, max_size=6), word=FEW)
def test_neighbours_are_those_a_plain_scan_finds(known: list[str], word: str) -> None:
    plain = {each for each in known if one_edit_apart(word, each)}
    assert set(Neighbours(known).near(word)) == plain


def tree(*names: str) -> NameTree[str]:
    found = NameTree[str]()
    for name in names:
        found.add(words(name), name)
        found.forgive(words(name))
    return found


@pytest.mark.parametrize(
    ("said", "length", "name", "exact"),
    [
        ("parry romberg syndrome", 3, "Parry Romberg syndrome", True),
        ("pary romberg syndrome", 3, "Parry Romberg syndrome", False),
        ("arry romberg syndrome", 3, "Parry Romberg syndrome", False),
        ("parry rombreg sindrome now", 3, "Parry Romberg syndrome", False),
        ("parry rom berg syndrome", 4, "Parry Romberg syndrome", True),
        ("romberg", 1, "Romberg", True),
        ("omberg", 1, "Romberg", False),
        ("rom berg", 2, "Romberg", True),
        ("parry syndrome", 0, None, True),
        ("pary rombergg syndrome", 3, "Parry Romberg syndrome", False),
        ("pay romberg syndrome", 0, None, True),  # three letters are too few
        ("best disease", 2, "Best disease", True),
        ("rest disease", 0, None, True),
        ("tset syndrome", 0, None, True),
        ("brown disease", 0, None, True),  # nothing long but a word any disease may have
        ("crown disease", 2, "Crown disease", True),
        ("kuru", 1, "Kuru", True),
        ("kurru", 0, None, True),
    ],
)
def test_what_is_forgiven(said: str, length: int, name: str | None, exact: bool) -> None:
    names = tree("Parry Romberg syndrome", "Romberg", "Best disease", "Crown disease", "Kuru")
    match = names.longest(words(said), 0)
    assert (match.length, match.value, match.exact) == (length, name, exact)


def test_what_is_spelt_as_it_is_goes_before_what_is_mended() -> None:
    names = tree("Hypermossy ear", "Hypomossy ear", "Hypermossy")
    for name in ("Hypermossy ear", "Hypomossy ear"):
        assert names.longest(words(name), 0).value == name
    assert names.longest(words("hypermosy ear"), 0).value == "Hypermossy ear"


def test_two_short_words_are_not_both_forgiven() -> None:
    names = tree("Mossy Ferny lichenosis")
    assert names.longest(words("mosy ferny lichenosis"), 0).length == 3
    assert names.longest(words("mosy fern lichenosis"), 0).length == 0


def test_only_words_that_may_be_forgiven_are() -> None:
    names = NameTree[int]()
    names.add(("lichenosis",), 1)
    assert names.longest(("lichenosi",), 0).length == 0
    names.forgive(("lichenosis",))
    assert names.longest(("lichenosi",), 0).length == 1
    names.add(("lichenosis",), 2)
    assert names.longest(("lichenosis",), 0).value == 1
    names.add(("lichenosis",), 2, over=True)
    assert names.longest(("lichenosis",), 0).value == 2
