import shutil
from pathlib import Path

import pytest

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.library import SHIPPED, find_packs, open_pack
from rarepath.knowledge.packs import Pack, read_pack
from tests.knowledge.tiny import TINY

HEADER = """
condition:
  format: rarepath/1
  id: {id}
  version: "1"
  language: en
  released: 2026-11-22
  licence: CC0-1.0
  name: {id}
  requires: [{requires}]
"""


def pack(folder: Path, name: str, requires: str = "", known_as: str = "") -> Path:
    (folder / (known_as or name)).mkdir(parents=True)
    header = folder / (known_as or name) / "condition.yaml"
    header.write_text(HEADER.format(id=name, requires=requires))
    return folder / (known_as or name)


def test_packs_are_found_by_the_name_of_their_folder(tmp_path: Path) -> None:
    mine = pack(tmp_path / "mine", "one")
    pack(tmp_path / "theirs", "one")
    two = pack(tmp_path / "theirs", "two")
    (tmp_path / "theirs" / "empty").mkdir()
    (tmp_path / "theirs" / "file.yaml").touch()
    folders = [tmp_path / "mine", tmp_path / "missing", tmp_path / "theirs"]
    assert find_packs(folders) == {"one": mine, "two": two}


def test_the_shipped_packs_are_found() -> None:
    assert set(find_packs([SHIPPED])) >= {"shared", "parry_romberg"}


def test_a_second_disease_is_a_second_folder(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    opened = open_pack("tiny", [tmp_path, SHIPPED])
    assert opened.id == "tiny"
    assert [base.id for base in opened.base] == ["shared"]


def test_a_pack_is_opened_by_path_too() -> None:
    assert open_pack(str(TINY), [SHIPPED]).id == "tiny"


@pytest.mark.parametrize("name", ["", "nothing", ".", "/", "../..", "tests"])
def test_what_is_no_pack_is_refused(name: str, tmp_path: Path) -> None:
    pack(tmp_path, "one")
    with pytest.raises(UnknownPack) as caught:
        open_pack(name, [tmp_path])
    assert repr(name) in caught.value.message
    assert "Use one of: one; or give" in caught.value.what_to_do


@pytest.mark.parametrize(
    ("name", "requires", "message"),
    [
        ("one", "none", "condition.requires: the required pack none was not found"),
        ("one", "one", "condition.requires: one requires itself"),
        ("one", "two", "condition.requires: one requires itself"),
    ],
)
def test_a_pack_that_cannot_have_what_it_requires_is_refused(
    name: str, requires: str, message: str, tmp_path: Path
) -> None:
    folder = pack(tmp_path, name, requires)
    pack(tmp_path, "two", "one")
    with pytest.raises(PackBroken) as caught:
        open_pack(name, [tmp_path])
    assert str(caught.value) == f"{folder / 'condition.yaml'}:10: {message}"


def test_a_pack_is_called_what_its_folder_is_called(tmp_path: Path) -> None:
    folder = pack(tmp_path, "one", known_as="other")
    with pytest.raises(PackBroken, match="the pack is one but its folder other"):
        open_pack("other", [tmp_path])
    # A copy elsewhere, given by path, may be called anything.
    assert open_pack(str(folder), []).id == "one"


def test_what_is_required_is_read_by_whoever_remembers(tmp_path: Path) -> None:
    pack(tmp_path, "one", "two, three")
    pack(tmp_path, "two", "three")
    pack(tmp_path, "three")
    read: list[str] = []

    def reading(folder: Path) -> Pack:
        read.append(folder.name)
        return read_pack(folder)

    opened = open_pack("one", [tmp_path], reading)
    assert [base.id for base in opened.base] == ["two", "three"]
    assert read == ["one", "two", "three", "three"]
