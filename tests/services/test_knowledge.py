"""Packs are read once, again when they change, and the last good version keeps answering."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

PACKS = Path(__file__).parents[1] / "ask" / "packs"
ON = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(PACKS, tmp_path / "packs")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    # A copy made within the clock's grain has the same time; the file's size may be the same too.
    os.utime(file, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns + 1_000_000))


def ids(knowledge: Knowledge) -> list[str]:
    return [pack.id for pack in knowledge.conditions()]


def test_the_packs_that_answer_questions(folder: Path) -> None:
    knowledge = Knowledge([folder])
    assert ids(knowledge) == ["fern", "moss"]
    assert knowledge.broken == ()
    assert knowledge.pack("common").condition.name == "Shared part of invented packs"
    assert [pack.id for pack in knowledge.pack("moss").base] == ["common"]


def test_a_pack_that_is_not_there(folder: Path) -> None:
    with pytest.raises(UnknownPack, match="'fir'") as caught:
        Knowledge([folder]).pack("fir")
    assert "fern, moss" in caught.value.what_to_do
    with pytest.raises(UnknownPack) as caught:
        Knowledge([folder / "nowhere"]).pack("moss")
    assert "none is installed" in caught.value.what_to_do


def test_an_earlier_folder_wins(folder: Path, tmp_path: Path) -> None:
    own = shutil.copytree(PACKS, tmp_path / "own")
    edit(own / "moss" / "moss.yaml", "version: 1.2.0", "version: 9.9.9")
    assert Knowledge([own, folder]).pack("moss").condition.version == "9.9.9"
    assert Knowledge([folder, own]).pack("moss").condition.version == "1.2.0"


def test_an_edit_is_seen_at_the_next_refresh(folder: Path) -> None:
    knowledge = Knowledge([folder])
    first = ask(knowledge, "What is moss ear?", on=ON)
    before, fern = knowledge.pack("moss"), knowledge.pack("fern")
    knowledge.refresh()
    assert knowledge.pack("moss") is before, "nothing changed, so nothing is read"
    edit(folder / "moss" / "moss.yaml", "a green growth", "a blue growth")
    assert ask(knowledge, "What is moss ear?", on=ON) == first
    knowledge.refresh()
    second = ask(knowledge, "What is moss ear?", on=ON)
    assert "a blue growth" in second.sections[0].statements[0].text
    assert second.id != first.id
    assert knowledge.pack("fern").items is fern.items, "only what changed is read again"


def test_a_change_of_the_base_reaches_the_packs_that_need_it(folder: Path) -> None:
    knowledge = Knowledge([folder])
    edit(folder / "common" / "common.yaml", "title: Hearing", "title: Listening")
    knowledge.refresh()
    assert ask(knowledge, "Moss ear and hearing", on=ON).understood_as == "Listening"


def test_a_broken_pack_keeps_answering_in_its_last_good_version(folder: Path) -> None:
    knowledge = Knowledge([folder])
    first = ask(knowledge, "What is moss ear?", on=ON)
    file = folder / "moss" / "moss.yaml"
    edit(file, "certainty: moderate", "certainty: splendid")
    knowledge.refresh()
    (error,) = knowledge.broken
    line = 1 + file.read_text().splitlines().index("    certainty: splendid")
    assert error.where == f"{file}:{line}"
    assert ask(knowledge, "What is moss ear?", on=ON) == first
    knowledge.refresh()
    assert len(knowledge.broken) == 1, "it is still listed"
    edit(file, "certainty: splendid", "certainty: high")
    knowledge.refresh()
    assert knowledge.broken == ()
    assert ask(knowledge, "What is moss ear?", on=ON).id != first.id


def test_a_broken_base_breaks_nothing_that_runs(folder: Path) -> None:
    knowledge = Knowledge([folder])
    edit(folder / "common" / "common.yaml", "language: en", "language:")
    knowledge.refresh()
    assert {error.file for error in knowledge.broken} == {str(folder / "common" / "common.yaml")}
    assert ids(knowledge) == ["fern", "moss"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("related: [treat]\n  - id: treat", "related: [tread]\n  - id: treat", "related"),
        ("itch*", "'@itching'", "reported_as.0"),
        ("bottom_line: [M1]", "bottom_line: [M99]", "bottom_line.0"),
    ],
)
def test_what_leads_nowhere_is_broken(folder: Path, old: str, new: str, field: str) -> None:
    file = folder / "moss" / "moss.yaml"
    edit(file, old, new)
    knowledge = Knowledge([folder])
    (error,) = knowledge.broken
    assert field in error.field and error.file == str(file) and error.line > 100
    assert ids(knowledge) == ["fern"]
    with pytest.raises(PackBroken) as caught:
        knowledge.pack("moss")
    assert caught.value is error


def test_a_decline_that_leads_nowhere_is_broken_too(folder: Path) -> None:
    edit(folder / "common" / "common.yaml", "code & paid", "@code & paid")
    assert all("declines.payment" in error.field for error in Knowledge([folder]).broken)


def test_a_word_group_that_leads_nowhere_is_broken_too(folder: Path) -> None:
    edit(
        folder / "common" / "common.yaml",
        "  danger_now:",
        "  word_groups: [{id: hot, words: [warm, '@tea']}]\n  danger_now:",
    )
    assert all("word_groups.0.words.1" in error.field for error in Knowledge([folder]).broken)
    assert Knowledge([folder]).broken


def test_a_pack_that_is_taken_away_is_gone(folder: Path) -> None:
    knowledge = Knowledge([folder])
    shutil.rmtree(folder / "moss")
    knowledge.refresh()
    assert ids(knowledge) == ["fern"]
    shutil.copytree(PACKS / "moss", folder / "moss")
    knowledge.refresh()
    assert ids(knowledge) == ["fern", "moss"]


def test_what_is_made_of_the_packs_is_made_once(folder: Path) -> None:
    made: list[tuple[Pack, ...]] = []

    def build(packs: tuple[Pack, ...]) -> int:
        made.append(packs)
        return len(packs)

    knowledge = Knowledge([folder])
    assert [knowledge.derive(build), knowledge.derive(build)] == [2, 2]
    assert made == [knowledge.conditions()]
    edit(folder / "moss" / "moss.yaml", "a green growth", "a blue growth")
    knowledge.refresh()
    assert knowledge.derive(build) == 2 and len(made) == 2


def test_the_files_are_looked_at_no_oftener_than_wanted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr("rarepath.services.knowledge.time.monotonic", lambda: now)
    knowledge = Knowledge([folder], look_every=1)
    edit(folder / "moss" / "moss.yaml", "version: 1.2.0", "version: 9.9.9")
    now = 100.9
    knowledge.refresh()
    assert knowledge.pack("moss").condition.version == "1.2.0"
    now = 101.0
    knowledge.refresh()
    assert knowledge.pack("moss").condition.version == "9.9.9"
