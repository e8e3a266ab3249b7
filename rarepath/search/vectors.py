"""The vectors of texts that are asked again and again, kept in one file of the cache.

Only the packs' own wordings are kept; a user's question never is.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from rarepath.search.sense import Encodes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["KeptVectors"]


class KeptVectors:
    """Encodes texts, each once; what is new is added to the file when all are there."""

    def __init__(self, encoder: Encodes, file: Path) -> None:
        """`file` need not exist; one that cannot be read is made anew, where that can be."""
        self._encoder = encoder
        self._file = file

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """The vectors of `texts`, shape (texts, width); keeps those of these texts only."""
        import numpy as np

        kept = self._read()
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
        if new:
            made = self._encoder.encode(list(new.values()))
            kept.update(zip(new, made, strict=True))
            with suppress(OSError):
                self._write({key: kept[key] for key in dict.fromkeys(keys)})
        return np.stack([kept[key] for key in keys]) if keys else self._encoder.encode([])

    def _read(self) -> "dict[str, NDArray[np.float32]]":
        import numpy as np

        try:
            # numpy leaves a file open that it cannot read.
            with np.load(BytesIO(self._file.read_bytes()), allow_pickle=False) as held:
                keys, rows = held["keys"].tolist(), held["rows"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}
        return dict(zip(keys, rows, strict=True)) if rows.shape[:-1] == (len(keys),) else {}

    def _write(self, kept: "dict[str, NDArray[np.float32]]") -> None:
        import numpy as np

        self._file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._file.parent) as folder:
            unfinished = Path(folder) / self._file.name
            np.savez(unfinished, keys=np.array(list(kept)), rows=np.stack(list(kept.values())))
            os.replace(unfinished, self._file)
