"""Vectors of sentences: near the plain model, the same whoever is beside them, for any text."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rarepath.kernel.errors import MissingPart, PartBroken
from rarepath.search.encoder import MAX_TOKENS, WIDTH, Encoder
from rarepath.search.model import MODEL_FILE, TOKENIZER_FILE

ROOT = Path(__file__).parents[2]
ODD = [
    "",
    " \t\n",
    "\0",
    "\ud800 half a character",
    "😀" * 40,
    "e\u0301te\u0301 \u202eright to left\u202c עברית العربية ไทย",
    "x" * 5_000,
    "\u0300" * 300,
    "[CLS] [SEP] [MASK] [PAD] </s>",
]


@pytest.fixture(scope="module")
def encoder(model_folder: Path) -> Encoder:
    return Encoder(model_folder)


def test_it_is_near_the_plain_model(encoder: Encoder, plain_vectors: dict[str, Any]) -> None:
    """The 8-bit model, against the 32-bit one written out in numpy."""
    found = encoder.encode(list(plain_vectors))
    cosines = [float(row @ plain) for row, plain in zip(found, plain_vectors.values(), strict=True)]
    assert len(cosines) == 50
    assert sum(cosines) / len(cosines) >= 0.99
    assert min(cosines) >= 0.98


def test_what_means_the_same_lies_closer(encoder: Encoder) -> None:
    rows = encoder.encode(
        ["How much does it cost?", "What is the price?", "Where does the river end?"]
    )
    cost, price, river = rows
    assert cost @ price > 0.6 > 0.3 > cost @ river


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_has_a_vector_of_length_one(encoder: Encoder, text: str) -> None:
    row = encoder.encode([text])
    assert row.shape == (1, WIDTH)
    assert row.dtype == "float32"
    assert float((row**2).sum()) == pytest.approx(1, abs=1e-5)


def test_no_text_has_no_vector(encoder: Encoder) -> None:
    empty = encoder.encode([])
    assert empty.shape == (0, WIDTH)
    assert empty.dtype == "float32"


def test_a_vector_depends_on_its_text_alone(encoder: Encoder) -> None:
    """Bit for bit: alone, among others, in another order, from several threads at once."""
    texts = [*ODD, "one short text", "a text " * 60, "one short text"]
    alone = [encoder.encode([text])[0].tobytes() for text in texts]
    assert len(set(alone)) > len(ODD) - 3  # else the next lines would say little
    assert [row.tobytes() for row in encoder.encode(texts)] == alone
    assert [row.tobytes() for row in encoder.encode(texts[::-1])] == alone[::-1]
    with ThreadPoolExecutor(4) as threads:
        at_once = threads.map(lambda text: encoder.encode([text])[0].tobytes(), texts * 3)
    assert list(at_once) == alone * 3


def test_a_long_text_is_read_to_its_limit(encoder: Encoder) -> None:
    assert MAX_TOKENS == 128
    words = ["word"] * 126  # the model puts a mark on either side
    full, longer, much_longer, shorter = encoder.encode(
        [" ".join(each) for each in (words, [*words, "end"], words * 500, words[:-1])]
    )
    assert full.tobytes() == longer.tobytes() == much_longer.tobytes()
    assert full.tobytes() != shorter.tobytes()


def test_the_fingerprint_is_of_model_and_tokenizer(model_folder: Path, tmp_path: Path) -> None:
    whole = Encoder(model_folder).fingerprint
    for name in (MODEL_FILE, TOKENIZER_FILE):
        (tmp_path / name).write_bytes((model_folder / name).read_bytes())
    assert Encoder(tmp_path).fingerprint == whole
    with (tmp_path / TOKENIZER_FILE).open("a") as file:
        file.write("\n")
    assert Encoder(tmp_path).fingerprint != whole


@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE])
@pytest.mark.parametrize("kept", [None, 0, 1_000, -1], ids=["none", "empty", "start", "last byte"])
def test_a_damaged_model_is_refused(
    model_folder: Path, tmp_path: Path, name: str, kept: int | None
) -> None:
    for each in (MODEL_FILE, TOKENIZER_FILE):
        (tmp_path / each).write_bytes((model_folder / each).read_bytes())
    if kept is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:kept])
    with pytest.raises(PartBroken) as raised:
        Encoder(tmp_path)
    assert raised.value.where == str(tmp_path)
    assert raised.value.what_to_do == "Delete that folder, then run: rarepath build"


@pytest.mark.parametrize("library", ["onnxruntime", "tokenizers"])
def test_without_the_part_the_command_is_named(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # makes its import fail
    with pytest.raises(MissingPart) as raised:
        Encoder(tmp_path)
    assert raised.value.what_to_do == "Run: scripts/setup vectors"


def test_importing_it_imports_nothing_heavy() -> None:
    program = "import sys, rarepath.search.encoder; print(*sorted(sys.modules))"
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "rarepath.search.model" in loaded
    assert loaded & {"numpy", "onnx", "onnxruntime", "tokenizers"} == set()
