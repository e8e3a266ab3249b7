"""Vectors that are kept: each text is encoded once, whatever happens to the file."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rarepath.search import vectors
from rarepath.search.vectors import KeptVectors
from tests.search.counted import WIDTH, Counted


@pytest.fixture
def encoder() -> Counted:
    return Counted()


@pytest.fixture
def kept(encoder: Counted, tmp_path: Path) -> KeptVectors:
    return KeptVectors(encoder, tmp_path / "cache" / "vectors" / "model.npz")


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors" / "model.npz"


def test_each_text_is_encoded_once(kept: KeptVectors, encoder: Counted, tmp_path: Path) -> None:
    first = kept.encode(["a moss", "a fern"])
    assert encoder.read == ["a moss", "a fern"]
    again = KeptVectors(encoder, file_of(tmp_path)).encode(["a fern", "a knee", "a moss"])
    assert encoder.read == ["a moss", "a fern", "a knee"]
    assert (again == Counted().encode(["a fern", "a knee", "a moss"])).all()
    assert (again[2] == first[0]).all()
    assert again.dtype == np.float32


def test_the_same_text_twice_is_one(kept: KeptVectors, encoder: Counted) -> None:
    rows = kept.encode(["a moss", "a moss"])
    assert encoder.read == ["a moss"]
    assert rows.shape == (2, WIDTH)
    assert (rows[0] == rows[1]).all()


def test_texts_that_are_gone_are_not_kept(kept: KeptVectors, encoder: Counted) -> None:
    kept.encode(["a moss"])
    kept.encode(["a fern"])
    encoder.read.clear()
    kept.encode(["a fern"])
    assert encoder.read == []
    kept.encode(["a moss"])
    assert encoder.read == ["a moss"]


def test_no_text_at_all(kept: KeptVectors, tmp_path: Path) -> None:
    assert kept.encode([]).shape == (0, WIDTH)
    assert not file_of(tmp_path).exists()


def test_the_texts_themselves_are_not_in_the_file(kept: KeptVectors, tmp_path: Path) -> None:
    kept.encode(["canaryword"])
    content = file_of(tmp_path).read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):  # numpy keeps texts as the last
        assert "canaryword".encode(encoding) not in content
    assert [path.name for path in file_of(tmp_path).parent.iterdir()] == ["model.npz"]


def spoil(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def other_rows(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]), rows=np.zeros((2, WIDTH)))


def a_flat_row(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]), rows=np.zeros(WIDTH))


def without_rows(path: Path) -> None:
    np.savez(path, keys=np.array(["a"]))


@pytest.mark.parametrize(
    "damage",
    [
        spoil(b""),
        spoil(b"junk"),
        spoil(b"PK\x03\x04 is how a zip file starts"),
        half,
        flip_a_bit,
        other_rows,
        a_flat_row,
        without_rows,
    ],
)
def test_a_damaged_file_is_made_anew(
    kept: KeptVectors, encoder: Counted, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    right = kept.encode(["a moss", "a fern"])
    damage(file_of(tmp_path))
    encoder.read.clear()
    assert (kept.encode(["a moss", "a fern"]) == right).all()
    assert encoder.read == ["a moss", "a fern"]
    encoder.read.clear()
    kept.encode(["a moss", "a fern"])
    assert encoder.read == []


def test_a_place_that_cannot_be_written_costs_time_only(encoder: Counted, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = KeptVectors(encoder, tmp_path / "file" / "model.npz")
    assert kept.encode(["a moss"]).shape == (1, WIDTH)


def test_a_full_disk_leaves_the_old_file(
    kept: KeptVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.encode(["a moss"])
    before = file_of(tmp_path).read_bytes()

    def full(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vectors.os, "replace", full)
    assert kept.encode(["a fern"]).shape == (1, WIDTH)
    assert file_of(tmp_path).read_bytes() == before
    assert [path.name for path in file_of(tmp_path).parent.iterdir()] == ["model.npz"]
