from pathlib import Path

import pytest

from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.reader import read_yaml


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "a.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


@pytest.mark.parametrize("text", ["015", "1e3", "NO", "0x1F", "698.30", "12:30:45", "~", "null"])
def test_every_scalar_stays_the_text_that_was_written(text: str, tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, f"a: {text}\n")).content == {"a": text}


def test_only_an_empty_plain_scalar_is_absent(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "a:\nb: ''\nc: \"\"\nd: |\n"))
    assert document.content == {"a": None, "b": "", "c": "", "d": ""}


@pytest.mark.parametrize("text", ["", "# a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(text: str, tmp_path: Path) -> None:
    assert not read_yaml(written(tmp_path, text)).content


def test_everything_has_its_line(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "\na:\n  - x\n  - b: 1\n    c:\n      d: 2\n"))
    assert document.content == {"a": ["x", {"b": "1", "c": {"d": "2"}}]}
    assert document.line(("a",)) == 2
    assert document.line(("a", 0)) == 3
    assert document.line(("a", 1, "c")) == 5
    assert document.line(("a", 1, "c", "d")) == 6


def test_what_has_no_line_has_that_of_what_encloses_it(tmp_path: Path) -> None:
    document = read_yaml(written(tmp_path, "\na:\n  - b: 1\n"))
    assert document.line(("a", 0, "missing", 7)) == 3
    assert document.line(("nowhere",)) == 2
    assert read_yaml(written(tmp_path, "")).line(("nowhere",)) == 1


BROKEN: list[tuple[str | bytes, int, str]] = [
    ("a: 1\nb: 2\na: 3\n", 3, "the key a stands twice"),
    ("a: &x 1\n", 1, "anchors and aliases"),
    ("a: &x [1]\n", 1, "anchors and aliases"),
    ("a: &x {b: 1}\n", 1, "anchors and aliases"),
    ("a: 1\nb: *x\n", 2, "anchors and aliases"),
    ("a: 1\nb: !!int 5\n", 2, "the tag tag:yaml.org,2002:int"),
    ("a: !!python/object:os.system {}\n", 1, "the tag"),
    ("a: 1\n? [b]\n: 2\n", 2, "a key must be a word"),
    ("a: 1\n---\nb: 2\n", 2, "a second document begins"),
    ("a: 1\nb: [1, 2\n", 3, "did not find expected"),
    ("a: 1\n\tb: 2\n", 2, ""),
    ("a: 1\nb: \x07\n", 2, "a control character"),
    (b"a: 1\nb: \xff\n", 2, "not UTF-8 text"),
    ("a: 1\nb: " + "[" * 31 + "]" * 31, 2, "nested too deeply"),
    ("a: 1\nb: " + "[" * 100_000 + "]" * 100_000, 2, "nested too deeply"),
    ("a: " + "x" * 2_000_000, 1, "larger than 2000000 bytes"),
]


@pytest.mark.parametrize(
    ("content", "line", "message"), BROKEN, ids=[message or "tab" for _, _, message in BROKEN]
)
def test_what_is_ambiguous_or_malformed_is_refused(
    content: str | bytes, line: int, message: str, tmp_path: Path
) -> None:
    file = written(tmp_path, content)
    with pytest.raises(PackBroken) as caught:
        read_yaml(file)
    assert (caught.value.file, caught.value.line) == (str(file), line)
    assert message in caught.value.message
    assert caught.value.what_to_do


def test_the_deepest_nesting_that_is_read(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "a: " + "[" * 30 + "]" * 30)).content


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(PackBroken, match=r"folder\.yaml:1: file: cannot be read"):
        read_yaml(tmp_path / "folder.yaml")
