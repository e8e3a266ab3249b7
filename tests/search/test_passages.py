"""Documents found by their sense: against a ranking written out, with counted words."""

import pytest

from rarepath.search.passages import Passage, Passages, passage_text
from tests.search.counted import Counted

TEXTS = {
    ("moss-treatment", ("moss",), "treatment"): "moss (green rot). treatment. scrape and dry it",
    ("moss-cause", ("moss",), "causes"): "moss (green rot). causes. damp and shade bring it",
    ("fern-treatment", ("fern",), "treatment"): "fern. treatment. water it and wait",
    ("both-outlook", ("fern",), "outlook"): "fern. outlook. it comes back",
    ("both-outlook", ("moss",), "outlook"): "moss (green rot). outlook. it comes back",
}


@pytest.fixture
def passages() -> Passages:
    encoder = Counted()
    found = [Passage(*each) for each in TEXTS]
    return Passages(found, encoder.encode(list(TEXTS.values())), encoder)


def ids(passages: Passages, text: str, **more: object) -> list[str]:
    return [ranked.id for ranked in passages.search(text, **more)]  # type: ignore[arg-type]


def test_the_text_says_what_it_is_about_first() -> None:
    assert (
        passage_text("Moss", ["green rot"], "causes", "Damp.") == "Moss (green rot). causes. Damp."
    )
    assert passage_text("Fern", [], "causes", "Wind.") == "Fern. causes. Wind."


@pytest.mark.parametrize("at", range(len(TEXTS)))
def test_a_documents_own_text_finds_it_with_a_score_of_one(passages: Passages, at: int) -> None:
    best = passages.search(list(TEXTS.values())[at])[0]
    assert (best.id, best.score) == (list(TEXTS)[at][0], pytest.approx(1))


def test_the_ranking_is_that_of_every_cosine(passages: Passages) -> None:
    asked = "why does damp bring green rot"
    encoder = Counted()
    [vector] = encoder.encode([asked])
    best: dict[str, float] = {}
    for (name, _, _), text in TEXTS.items():
        best[name] = max(best.get(name, -1.0), float(encoder.encode([text])[0] @ vector))
    found = {ranked.id: ranked.score for ranked in passages.search(asked)}
    assert found == pytest.approx(best)
    assert list(found) == sorted(best, key=lambda name: -best[name])


def test_a_document_with_two_passages_is_found_once(passages: Passages) -> None:
    found = ids(passages, "it comes back")
    assert found[0] == "both-outlook"
    assert len(found) == len(set(found)) == 4


def test_only_what_is_about_the_condition_and_section(passages: Passages) -> None:
    asked = "fern treatment water"
    assert set(ids(passages, asked, conditions=["moss"])) == {
        "moss-treatment",
        "moss-cause",
        "both-outlook",
    }
    assert set(ids(passages, asked, sections=["treatment"])) == {"moss-treatment", "fern-treatment"}
    both = {"conditions": ["moss"], "sections": ["treatment", "outlook"]}
    assert set(ids(passages, asked, **both)) == {"moss-treatment", "both-outlook"}


def test_nothing_is_about_another_condition(passages: Passages) -> None:
    assert ids(passages, "moss", conditions=["lichen"]) == []
    assert ids(passages, "moss", conditions=["fern"], sections=["causes"]) == []


def test_the_limit_holds(passages: Passages) -> None:
    assert ids(passages, "moss", limit=2) == ids(passages, "moss")[:2]
