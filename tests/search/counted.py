"""A small encoder that is no model: hashed counts of folded words, the same on every machine."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rarepath.ask.words import words

WIDTH = 128


class Counted:
    """Texts that share words are alike. `read` is every text that it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        rows = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text) or ("",):
                row[zlib.crc32(word.encode()) % WIDTH] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
