"""Sentences to try the sentence model on, and the model itself, written out plainly in numpy."""

import json
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

_SUBJECTS = [
    "the weather on the coast",
    "my grandmother's bicycle",
    "a fever that does not go away after five days",
    "localized scleroderma",
    "the price of bread, of 1.5 kg of rice and of two dozen eggs",
    "an operation under general anaesthesia",
    "the second violin",
    "0.3 mg/kg once a week",
    "Straße, naïveté and 東京",
    "a letter from the school about a child who could not hold a pencil, was too tired to run "
    "and had been asked three times by three different doctors to draw the same clock",
]
_FRAMES = [
    "{}",
    "What is known about {}?",
    "Nobody had told us that {} would matter so much.",
    "Compare {} with what was measured before, and write down the difference.",
    "is {} dangerous",
]
SENTENCES = [frame.format(subject) for frame in _FRAMES for subject in _SUBJECTS]


class PlainModel:
    """all-MiniLM-L6-v2 as its paper has it, one token sequence at a time, in 32-bit floats."""

    def __init__(self, folder: Path) -> None:
        content = (folder / "model.safetensors").read_bytes()
        length = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + length])
        numbers = content[8 + length :]
        self.weights = {
            name: np.frombuffer(numbers[slice(*entry["data_offsets"])], "<f4").reshape(
                entry["shape"]
            )
            for name, entry in header.items()
            if name != "__metadata__" and entry["dtype"] == "F32"
        }
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()

    def dense(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        x = x - x.mean(axis=1, keepdims=True)
        x = x / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-12)
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def attention(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        query, key, value = (self.dense(x, f"{name}.{part}") for part in ("query", "key", "value"))
        heads = []
        for at in range(0, 384, 32):
            scores = query[:, at : at + 32] @ key[:, at : at + 32].T / math.sqrt(32)
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            heads.append(shares @ value[:, at : at + 32])
        return np.hstack(heads)

    def layer(self, x: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        seen = self.dense(
            self.attention(x, f"{name}.attention.self"), f"{name}.attention.output.dense"
        )
        x = self.norm(x + seen, f"{name}.attention.output.LayerNorm")
        inner = self.dense(x, f"{name}.intermediate.dense")
        erf = np.array([math.erf(number) for number in (inner / math.sqrt(2)).ravel().tolist()])
        inner = (inner * (1 + erf.reshape(inner.shape)) / 2).astype(np.float32)
        return self.norm(x + self.dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def vector(self, text: str) -> NDArray[np.float32]:
        tokens = self.tokenizer.encode(text).ids
        kinds = ("word", "position", "token_type")
        words, places, types = (self.weights[f"embeddings.{k}_embeddings.weight"] for k in kinds)
        x = words[tokens] + places[: len(tokens)] + types[0]
        x = self.norm(x, "embeddings.LayerNorm")
        for number in range(6):
            x = self.layer(x, f"encoder.layer.{number}")
        mean = x.mean(axis=0)
        return mean / np.linalg.norm(mean)
