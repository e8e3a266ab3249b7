"""The reading of questions by vectors: with counted words, and once with the real model."""

from pathlib import Path

import numpy as np
import pytest

from rarepath.search.encoder import Encoder
from rarepath.search.sense import Sense
from tests.search.counted import Counted

TAUGHT = {
    "treat": ["how is it treated", "which treatment helps", "what helps against it"],
    "spread": ["will it spread", "does it get bigger", "how far does it go"],
    "cause": ["what causes it", "why did it start", "where does it come from"],
    "alone": ["who else has it"],
}
NAMES = [name for name, texts in TAUGHT.items() for _ in texts]
TEXTS = [text for texts in TAUGHT.values() for text in texts]


@pytest.fixture
def sense() -> Sense:
    encoder = Counted()
    sense = Sense(encoder)
    sense.learn("moss", NAMES, encoder.encode(TEXTS))
    return sense


@pytest.mark.parametrize(("name", "text"), [*zip(NAMES, TEXTS, strict=True)])
def test_a_wording_means_its_own_question(sense: Sense, name: str, text: str) -> None:
    ranked = sense.rank("moss", text)
    assert list(ranked) == list(TAUGHT)
    assert max(ranked, key=lambda name: ranked[name]) == name


def test_words_that_no_question_has_mean_none_of_them(sense: Sense) -> None:
    own = sense.rank("moss", "which treatment helps")["treat"]
    other = sense.rank("moss", "zebra crossing")
    assert own > 0.2
    assert max(other.values()) < own / 2


def test_the_weights_solve_the_regression_that_is_written_out(sense: Sense) -> None:
    """The gradient of the squared error and the ridge is zero at the solution."""
    vectors = Counted().encode(TEXTS)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    answers = np.array([[name == each for each in TAUGHT] for name in NAMES], float)
    answers -= answers.mean(axis=0)
    weights = sense._learnt["moss"].weights
    gradient = centred.T @ (centred @ weights - answers) + 2.0 * weights
    assert np.abs(gradient).max() < 1e-5


def test_a_question_is_read_as_its_wordings_were(sense: Sense) -> None:
    """Centred and of length 1, then weighed."""
    learnt = sense._learnt["moss"]
    vector = Counted().encode(["will it ever spread"])[0] - Counted().encode(TEXTS).mean(axis=0)
    expected = vector / np.linalg.norm(vector) @ learnt.weights
    assert list(sense.rank("moss", "will it ever spread").values()) == pytest.approx(
        expected.tolist(), abs=1e-6
    )


def test_likeness_is_one_for_the_same_and_none_for_nothing_shared(sense: Sense) -> None:
    assert sense.likeness("will it spread", "spread it will") == pytest.approx(1)
    assert sense.likeness("will it spread", "zebra crossing") == pytest.approx(0)
    assert 0 < sense.likeness("will it spread", "will it grow") < 1


def test_the_nearest_questions_are_others_and_all_of_them(sense: Sense) -> None:
    near = sense.near("moss", "cause")
    assert sorted(near) == ["alone", "spread", "treat"]
    centres = sense._learnt["moss"].centres
    cosines = [float(centres[list(TAUGHT).index(n)] @ centres[2]) for n in near]
    assert cosines == sorted(cosines, reverse=True)


def test_packs_are_read_apart(sense: Sense) -> None:
    before = sense.rank("moss", "will it spread")
    sense.learn("fern", ["a", "b"], Counted().encode(["green", "will it spread"]))
    assert list(sense.rank("fern", "will it spread")) == ["a", "b"]
    assert sense.rank("moss", "will it spread") == before


def test_one_question_alone_can_be_learnt() -> None:
    sense = Sense(Counted())
    sense.learn("fern", ["only"], Counted().encode(["what is it"]))
    assert sense.rank("fern", "what is it") == {"only": 0.0}
    assert list(sense.near("fern", "only")) == []


def test_what_was_learnt_is_read_back(sense: Sense, tmp_path: Path) -> None:
    sense.learn("fern", ["a", "b"], Counted().encode(["green", "blue"]))
    sense.save(tmp_path / "sense.npz")
    again = Sense(Counted())
    again.load(tmp_path / "sense.npz")
    for pack in ("moss", "fern"):
        assert again.rank(pack, "will it spread") == sense.rank(pack, "will it spread")
    assert again.near("moss", "cause") == sense.near("moss", "cause")


def test_a_file_without_its_arrays_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "sense.npz", **{"moss/mean": np.zeros(3)})
    with pytest.raises(KeyError):
        Sense(Counted()).load(tmp_path / "sense.npz")
    with pytest.raises(OSError, match="No such file"):
        Sense(Counted()).load(tmp_path / "absent.npz")


def test_the_real_model_reads_what_shares_no_word(model_folder: Path) -> None:
    encoder = Encoder(model_folder)
    sense = Sense(encoder)
    sense.learn("moss", NAMES, encoder.encode(TEXTS))
    for text, name in {
        "is there any medicine or remedy": "treat",
        "is it going to grow larger": "spread",
        "the reason for its origin": "cause",
    }.items():
        ranked = sense.rank("moss", text)
        assert max(ranked, key=lambda each: ranked[each]) == name
    assert sense.likeness("is a tumour likely", "is cancer likely") > sense.likeness(
        "is a tumour likely", "is it Tuesday"
    )
