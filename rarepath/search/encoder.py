"""Vectors of sentences: texts that mean the same lie close, whatever words they use.

Importing this module needs nothing; an `Encoder` needs the part `vectors`.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rarepath.kernel.errors import MissingPart, PartBroken
from rarepath.search.model import COMMAND, MODEL_FILE, PART, TOKENIZER_FILE, load_onnxruntime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["MAX_TOKENS", "WIDTH", "Encoder"]

WIDTH: Final = 384
MAX_TOKENS: Final = 128  # about 90 words; what follows is not read, as in the original model


class Encoder:
    """Turns texts into vectors with the model in a folder; any thread may use it.

    Every text goes through the model alone. Its 8-bit arithmetic scales each number by the
    largest beside it, so in a batch a vector would depend on its neighbours (cosine .98), and a
    batch is no faster. One text runs on one core; many texts share the cores.
    """

    def __init__(self, folder: Path) -> None:
        """Load what `search.model.build_model` wrote to ``folder``.

        Raises ``MissingPart`` without the part, ``PartBroken`` when the files cannot be used.
        """
        try:
            onnxruntime = load_onnxruntime()
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingPart(PART, COMMAND) from error
        self._folder = folder
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._session: Any = _session(onnxruntime, folder / MODEL_FILE)
        except Exception as error:  # both libraries raise bare exceptions of their own
            raise PartBroken(
                "The sentence model cannot be read.",
                "Delete that folder, then run: rarepath build",
                str(folder),
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the model and its tokenizer: part of the key of whatever is cached."""
        names = (MODEL_FILE, TOKENIZER_FILE)
        digests = (hashlib.sha256((self._folder / name).read_bytes()).digest() for name in names)
        return hashlib.sha256(b"".join(digests)).hexdigest()

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """The vectors of ``texts``: shape (texts, 384), in their order, each of length 1.

        A vector depends on its text alone, bit for bit. Of a text, 128 tokens are read.
        """
        import numpy as np

        if len(texts) < 2:
            rows = [self._vector(text) for text in texts]
        else:
            with ThreadPoolExecutor(min(len(texts), os.cpu_count() or 1)) as cores:
                rows = list(cores.map(self._vector, texts))
        return np.array(rows, np.float32).reshape(len(rows), WIDTH)

    def _vector(self, text: str) -> "NDArray[np.float32]":
        import numpy as np

        readable = text.encode(errors="replace").decode()  # half a character is none
        tokens = np.array([self._tokenizer.encode(readable).ids], np.int64)
        vector: NDArray[np.float32] = self._session.run(None, {"tokens": tokens})[0][0]
        return vector


def _session(onnxruntime: Any, model: Path) -> Any:
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
