"""Which question is meant, by sentence vectors: a linear reading of the pack's own wordings.

Each wording of a question is an example. A ridge regression from vectors to questions, solved
exactly, learns what tells the questions apart; the nearest wording alone mistakes the subject
they all share for a likeness (docs/search.md has the figures). Needs the part `vectors`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Encodes", "Sense"]

# How much the regression holds back; any value from 1 to 4 does as well.
_RIDGE: Final = 2.0


class Encodes(Protocol):
    """Turns texts into vectors of length 1, one row a text."""

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """The vectors of `texts`, shape (texts, width)."""
        ...


@dataclass(frozen=True)
class _Learnt:
    """`weights` (width, questions) reads a vector from which `mean` was taken away."""

    questions: tuple[str, ...]
    mean: "NDArray[np.float32]"
    weights: "NDArray[np.float32]"
    centres: "NDArray[np.float32]"


class Sense:
    """Reads questions by their meaning, for as many packs as it has learnt."""

    def __init__(self, encoder: Encodes) -> None:
        """`encoder` makes the vectors of questions."""
        self._encoder = encoder
        self._learnt: dict[str, _Learnt] = {}

    def learn(self, pack: str, names: Sequence[str], vectors: "NDArray[np.float32]") -> None:
        """Learn a pack from its wordings: the question's id and the vector of each."""
        import numpy as np

        questions = tuple(dict.fromkeys(names))
        place = {name: at for at, name in enumerate(questions)}
        mean = vectors.mean(axis=0)
        centred = _unit(vectors - mean)
        answers = np.zeros((len(names), len(questions)), np.float32)
        answers[np.arange(len(names)), [place[name] for name in names]] = 1
        gram = centred.T @ centred + _RIDGE * np.eye(centred.shape[1], dtype=np.float32)
        weights = np.linalg.solve(gram, centred.T @ (answers - answers.mean(axis=0)))
        centres = _unit((answers.T @ centred) / answers.sum(axis=0)[:, None])
        self._learnt[pack] = _Learnt(questions, mean, weights.astype(np.float32), centres)

    def save(self, file: Path) -> None:
        """Write all that was learnt to `file`, an .npz that `load` reads."""
        import numpy as np

        arrays = {}
        for pack, learnt in self._learnt.items():
            arrays[f"{pack}/questions"] = np.array(learnt.questions)
            arrays[f"{pack}/mean"] = learnt.mean
            arrays[f"{pack}/weights"] = learnt.weights
            arrays[f"{pack}/centres"] = learnt.centres
        np.savez(file, allow_pickle=False, **arrays)

    def load(self, file: Path) -> None:
        """Take over what `save` wrote; raises OSError, ValueError or KeyError for another file."""
        import numpy as np

        with np.load(file, allow_pickle=False) as held:
            for pack in (name.removesuffix("/mean") for name in held.files if "/mean" in name):
                self._learnt[pack] = _Learnt(
                    tuple(held[f"{pack}/questions"].tolist()),
                    held[f"{pack}/mean"],
                    held[f"{pack}/weights"],
                    held[f"{pack}/centres"],
                )

    def rank(self, pack: str, text: str) -> Mapping[str, float]:
        """How far `text` means each question: about 1 for a wording, 0 for something else."""
        learnt = self._learnt[pack]
        vector = _unit(self._encoder.encode([text]) - learnt.mean)[0]
        scores = vector @ learnt.weights
        return dict(zip(learnt.questions, map(float, scores), strict=True))

    def likeness(self, one: str, other: str) -> float:
        """How alike two texts are in meaning: the cosine of their vectors, 1 for the same."""
        first, second = self._encoder.encode([one, other])
        return float(first @ second)

    def near(self, pack: str, question: str) -> Sequence[str]:
        """The other questions, the closest in meaning first."""
        learnt = self._learnt[pack]
        own = learnt.centres[learnt.questions.index(question)]
        order = (-(learnt.centres @ own)).argsort(kind="stable")
        return [learnt.questions[at] for at in order if learnt.questions[at] != question]


def _unit(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    least: NDArray[np.float32] = np.maximum(lengths, np.float32(1e-9))
    return rows / least
