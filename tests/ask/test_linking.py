import pytest

from rarepath.ask.linking import Names
from rarepath.ask.words import words
from rarepath.services.knowledge import Knowledge


@pytest.fixture(scope="module")
def names(invented: Knowledge) -> Names:
    return Names(invented.conditions())


@pytest.mark.parametrize(
    ("text", "kinds", "rest"),
    [
        ("What is moss ear?", ["own"], "what is"),
        ("What is moss ear syndrome", ["own"], "what is"),
        ("Bryson's disease, brysons disease", ["own", "own"], ""),
        ("brisson disease", [], "brisson diseas"),
        ("brysom disease", ["own"], ""),
        ("mes and MES", ["guarded", "guarded"], "and"),
        ("the Mossel sign", ["other"], "the mossel sign"),
        ("lichen ear or moss ear", ["other", "own"], "lichen ear or"),
        ("lichen elbow ear", ["other"], "lichen elbow ear"),
        ("moss on an ear", [], "moss on an ear"),
    ],
)
def test_names_are_found(names: Names, text: str, kinds: list[str], rest: str) -> None:
    links = names.find(words(text))
    assert [meaning.kind for meaning in links.meanings] == kinds
    assert " ".join(links.rest) == rest


def test_the_links_of_a_text(names: Names) -> None:
    links = names.find(words("moss ear, moss ear, MES, lichen ear, fern lip"))
    assert links.packs() == ("moss", "fern")
    assert [meaning.text for meaning in links.guarded()] == ["MES"]
    assert [meaning.differential for meaning in links.others()] == ["lichen_ear"]


def test_a_name_is_looked_up(names: Names) -> None:
    meaning = names.meaning(("me",))
    assert meaning is None
    guarded = names.meaning(words("MES"))
    assert guarded and guarded.means_also == ("medial epicondyle strain",)


def test_no_packs_no_names() -> None:
    assert Names([]).find(words("moss ear")).meanings == ()
