"""A version is recorded once, from a pack in order, and kept."""

from pathlib import Path

import pytest

from rarepath.kernel.errors import BadInput
from rarepath.knowledge.history import changes, release_of, versions
from rarepath.knowledge.library import open_pack
from rarepath.knowledge.packs import Pack
from rarepath.services.release import release

BOOK = """
phrasebook:
  {patient_reading_grade: 8, bottom_line_words: 110, hedges: [], avoid: [], dose_units: [mg],
   treatment_words: [drug], stop_words: [the],
   topics: [{topic: definition, title: What, words: [what]}]}
"""
BASE = """
condition:
  {format: rarepath/1, id: ground, version: 1.0.0, language: en, released: 2026-01-01,
   licence: CC0-1.0, name: Ground, overview: [B1]}
sources:
  - {id: VIEW, label: View, citation: Invented., kind: opinion, about: opinion, population: None.,
     read: {level: none, what: Nothing.}}
statements:
  - id: B1
    topic: definition
    text: {clinician: The ground is level.}
    citations: [{source: VIEW, verification: opinion, note: Level.}]
    directness: opinion
    certainty: very_low
    population: Everyone
"""
ABOVE = (
    BASE.replace("id: ground", "id: grass")
    .replace("overview: [B1]", "overview: [A1], requires: [ground]")
    .replace("B1", "A1")
    .replace("id: VIEW", "id: OWN")
    .replace("source: VIEW", "source: OWN")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two packs, one above the other, neither released."""
    for name, text in (("ground", BASE), ("grass", ABOVE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.yaml").write_text(text)
    (tmp_path / "ground" / "book.yaml").write_text(BOOK)
    release("ground", [tmp_path])
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "grass" / "all.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def grass(folder: Path) -> Pack:
    return open_pack("grass", [folder])


def test_a_version_is_written_and_read_back(folder: Path) -> None:
    file = release("grass", [folder])
    assert file == folder / "grass" / "history" / "1.0.0.yaml"
    assert grass(folder).releases == {"1.0.0": release_of(grass(folder))}
    assert "required:\n      ground: 1.0.0\n" in file.read_text()
    assert [each.name for each in file.parent.iterdir()] == ["1.0.0.yaml"], "no draft is left"


def test_a_pack_can_be_named_by_its_path(folder: Path) -> None:
    assert release(str(folder / "grass"), [folder]).is_file()


def test_again_changes_nothing(folder: Path) -> None:
    file = release("grass", [folder])
    written = file.stat().st_mtime_ns
    assert release("grass", [folder]) == file
    assert file.stat().st_mtime_ns == written


def test_a_pack_without_statements_can_be_released(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    header = BASE.partition("sources:")[0].replace("id: ground", "id: bare")
    text = header.replace(", overview: [B1]", "")
    (tmp_path / "bare" / "a.yaml").write_text(text)
    (tmp_path / "bare" / "book.yaml").write_text(BOOK)
    release("bare", [tmp_path])
    assert open_pack("bare", [tmp_path]).releases["1.0.0"].statements == {}


def test_a_released_version_keeps_its_content(folder: Path) -> None:
    before = release("grass", [folder]).read_text()
    edit(folder, "is level", "is green")
    with pytest.raises(BadInput, match=r"1\.0\.0 of grass was released with another content") as no:
        release("grass", [folder])
    assert "--amend" in no.value.what_to_do
    file = release("grass", [folder], amend=True)
    assert file.read_text() != before
    assert grass(folder).releases["1.0.0"] == release_of(grass(folder))


def test_a_new_version_stands_beside_the_old(folder: Path) -> None:
    release("grass", [folder])
    edit(folder, "is level", "is green")
    edit(folder, "version: 1.0.0", "version: 1.1.0")
    release("grass", [folder])
    pack = grass(folder)
    assert [each.version for each in versions(pack)] == ["1.0.0", "1.1.0"]
    found = changes(pack, "1.0.0")
    assert found is not None and found.reworded == ("A1",)


def test_only_the_newest_is_amended(folder: Path) -> None:
    for version in ("1.1.0", "1.2.0"):
        release("grass", [folder])
        now = grass(folder).condition.version
        edit(folder, f"version: {now}", f"version: {version}")
    edit(folder, "version: 1.2.0", "version: 1.0.0")
    edit(folder, "is level", "is green")
    with pytest.raises(BadInput, match=r"Version 1\.1\.0 of grass is newer than version 1\.0\.0"):
        release("grass", [folder], amend=True)
    edit(folder, "version: 1.0.0", "version: 0.9.0")
    with pytest.raises(BadInput, match="is newer"):
        release("grass", [folder])


def test_a_pack_with_an_error_is_not_released(folder: Path) -> None:
    edit(folder, "The ground is level.", "The ground must be level!")
    with pytest.raises(BadInput, match="The pack grass has an error, so it is not") as no:
        release("grass", [folder])
    edit(folder, "name: Ground", "name: Ground, top_questions: {patient: [none]}")
    with pytest.raises(BadInput, match="The pack grass has 2 errors, so it is not"):
        release("grass", [folder])
    assert no.value.where and no.value.where.startswith(str(folder / "grass" / "all.yaml"))


def test_what_is_required_is_released_first(folder: Path) -> None:
    file = folder / "ground" / "all.yaml"
    file.write_text(file.read_text().replace("is level", "is flat"))
    with pytest.raises(BadInput, match="The pack ground, which grass requires") as no:
        release("grass", [folder])
    assert no.value.what_to_do == "Release it first: rarepath release ground"
    (folder / "ground" / "history" / "1.0.0.yaml").unlink()
    with pytest.raises(BadInput, match="The pack ground, which grass requires"):
        release("grass", [folder])


@pytest.mark.parametrize("version", ["../1", "a/b", ".1", "''", "1 0", "x" * 65])
def test_a_version_that_is_no_file_name_is_refused(folder: Path, version: str) -> None:
    edit(folder, "version: 1.0.0", f'version: "{version}"')
    with pytest.raises(BadInput, match="cannot be the name of a file"):
        release("grass", [folder])
    assert not (folder / "grass" / "history").exists()


def test_an_entry_in_another_file_is_pointed_out(folder: Path) -> None:
    edit(folder, "sources:", "releases:\n  - {version: 1.0.0, digest: old}\nsources:")
    with pytest.raises(BadInput, match="is recorded in another file") as no:
        release("grass", [folder], amend=True)
    assert no.value.where == str(folder / "grass" / "all.yaml")


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / "grass" / "history").write_text("not a folder")
    with pytest.raises(BadInput, match="The record cannot be written"):
        release("grass", [folder])
