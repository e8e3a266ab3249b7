"""The words a pack knows, and what shows that a question is about another disease."""

import pytest

from rarepath.ask.decide import Asked, decide
from rarepath.ask.desk import Desk
from rarepath.ask.matching import Cues, Hit, PackWords, unseen
from rarepath.ask.words import words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.shelf import in_memory
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON


@pytest.fixture(scope="module")
def moss(invented: Knowledge) -> Pack:
    return invented.pack("moss")


@pytest.fixture(scope="module")
def known(moss: Pack) -> PackWords:
    return PackWords(moss)


def with_disease_words(pack: Pack, *listed: str) -> Pack:
    """`pack`, whose phrasebook (its base's) has these `disease_words`."""
    from dataclasses import replace

    base = pack.base[-1]
    book = base.phrasebook.model_copy(update={"disease_words": listed})
    return replace(pack, base=(*pack.base[:-1], replace(base, own_phrasebook=book)))


def test_misspelt_words_are_mended_and_a_drug_has_one_name(known: PackWords) -> None:
    assert known.plain(words("the SPL, sporaline forte, sporalime, sporalin forte")) == (
        "the",
        "sporalin",
        "sporalin",
        "sporalin",
        "sporalin",
    )
    assert known.drugs == {"sporalin"}


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("treatmetn", "treatment"),  # no ending to strip, and `treat` is far away
        ("rteatment", "treatment"),  # the first two letters
        ("clasification", "classification"),
        ("cuorse", "course"),
        ("knwo", "know"),  # a short word: letters swapped
        ("tihn", "thin"),
    ],
)
def test_a_misspelt_ending_start_or_short_word(known: PackWords, misspelt: str, meant: str) -> None:
    assert words(misspelt) != words(meant)
    assert known.plain(words(misspelt)) == words(meant)


@pytest.mark.parametrize("said", ["knox", "scab", "mosk", "tho", "2o"])
def test_a_short_word_with_another_letter_is_left_alone(known: PackWords, said: str) -> None:
    assert known.plain(words(said)) == words(said)


def test_words_that_stand_nowhere_in_the_pack(known: PackWords) -> None:
    assert known.unknown(words("moss of a zebra at 2000 zoo x G51.8 Q4")) == ("sebra", "soo")
    assert unseen(("moss", "ab", "7days", "sebra"), {"moss"}) == ("sebra",)


def test_topics_by_their_cue_words(known: PackWords) -> None:
    assert known.topics(words("what is the code")) == {"definition": 2 / 3, "codes": 1 / 3}
    assert known.topics(words("zebra")) == {}


def test_cues_of_anything() -> None:
    cues = Cues([("a", ("x",)), ("a", ("x",)), ("b", ("y", "z")), ("c", ())])
    assert list(cues.shares(("x", "y", "z"))) == ["b", "a"]
    assert cues.shares(("y",)) == {}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("what is zebrosis", True),
        ("what is a zebroma like", True),
        ("zebra syndrome", True),
        ("does zebra type disease hurt", True),
        ("zebra with moss disease", False),  # three words before it
        ("disease of a zebra", False),
        ("is it a disease", False),
        ("moss syndrome", False),  # a word of the pack
        ("zebra zebra syndrome", True),
        ("is a zebra with moss on it a zebra syndrome", True),  # the second time
        ("", False),
    ],
)
def test_a_word_that_names_a_disease(moss: Pack, said: str, names: bool) -> None:
    known = PackWords(with_disease_words(moss, "syndrome", "disease", "*osis", "*oma"))
    assert known.names_disease(words(said)) is names


def test_without_a_list_nothing_names_a_disease(known: PackWords) -> None:
    assert not known.names_disease(words("zebra syndrome zebrosis"))


@pytest.mark.parametrize("turns", [True, False, None])
def test_what_the_searcher_says_of_a_strange_word_decides(moss: Pack, turns: bool | None) -> None:
    """The best hit fits well but for one word nobody knows."""

    class Fixed:
        def search(self, said: object, pack: Pack, reader: Reader, text: str = "") -> list[Hit]:
            return [Hit("spread", 0.4, covered=0.8, missed=frozenset({"sebra"}))]

        def turns_on(self, text: str, unknown: object) -> bool | None:
            assert unknown == ("sebra",)
            asked.append(text)
            return turns

        def near(self, question: str, pack: Pack) -> list[str]:
            return []

    asked: list[str] = []
    desk = Desk([moss], lambda packs, names: Fixed())
    outcome = decide(desk, Asked("Spread to Zebras", Reader.CLINICIAN, "moss", None, ON))
    assert asked == ["spread to zebras"]
    assert outcome.status == ("answered" if turns is False else "declined")
    assert (outcome.reason == "no_evidence") is (turns is not False)


def test_a_named_disease_is_not_even_asked_about(moss: Pack) -> None:
    """`turns_on` could say that it does not matter; the name of a disease does."""
    desk = Desk([with_disease_words(moss, "syndrome")], in_memory)
    desk.searcher.turns_on = lambda text, unknown: pytest.fail("asked")  # type: ignore[method-assign]
    outcome = decide(
        desk, Asked("Does zebra syndrome spread or return?", Reader.CLINICIAN, "moss", None, ON)
    )
    assert (outcome.status, outcome.reason) == ("declined", "no_evidence")
