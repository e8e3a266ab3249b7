"""The vectors of MedQuAD's documents: made once, in some minutes, and kept in a temporary folder.

RAREPATH_DATA=../shared/data .venv/bin/python bench/medquad_vectors.py
"""

import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import medquad_data as data

from rarepath.search.encoder import Encoder
from rarepath.search.model import model_id, part_present, prepare_model
from rarepath.search.passages import Passage, Passages, passage_text
from rarepath.search.vectors import KeptVectors
from rarepath.services.home import find_home

AT_ONCE = 500


class Telling:
    """An encoder that says how far it is."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Any:
        import numpy as np

        begin, made = time.perf_counter(), []
        for at in range(0, len(texts), AT_ONCE):
            made.append(self._encoder.encode(texts[at : at + AT_ONCE]))
            seconds = time.perf_counter() - begin
            print(f"{at + len(made[-1])} of {len(texts)} vectors, {seconds:.0f} s", file=sys.stderr)
        return np.concatenate(made)


def encoder() -> Encoder | None:
    """The product's encoder, from the cache of the home; None without the part."""
    if not part_present():
        return None
    folder = prepare_model(find_home().make("cache"))
    return Encoder(folder) if folder else None


def vectors_file() -> Path:
    return Path(tempfile.gettempdir()) / f"rarepath-medquad-{model_id()}.npz"


def passages(answers: Iterable[data.Answer], made_by: Encoder) -> Passages:
    """A passage for each disease of each answer."""
    pairs = [(answer, focus) for answer in answers for focus in answer.about]
    texts = [
        passage_text(focus, answer.about[focus], answer.section, answer.body)
        for answer, focus in pairs
    ]
    vectors = KeptVectors(Telling(made_by), vectors_file()).encode(texts)
    found = [Passage(answer.id, (focus.lower(),), answer.section) for answer, focus in pairs]
    return Passages(found, vectors, made_by)


if __name__ == "__main__":
    model = encoder()
    if model is None:
        raise SystemExit("The part 'vectors' is not installed: scripts/setup vectors")
    passages(data.answers().values(), model)
    print(vectors_file())
