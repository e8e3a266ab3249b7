"""`rarepath build`: what is missing is made, what is out of date goes, and it says what it did."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from rarepath.kernel.errors import ConfigBroken, MissingPart
from rarepath.knowledge.base import Reader
from rarepath.search import shelf as shelves
from rarepath.search.shelf import Model, Shelf
from rarepath.services import build as service
from rarepath.services.ask import ask
from rarepath.services.build import build, open_shelf
from rarepath.services.home import Home
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import INVENTED, ON
from tests.search.counted import Counted


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def without_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "part_present", lambda: False)
    monkeypatch.setattr(service, "prepare_model", lambda cache, say: None)


@pytest.fixture
def with_part(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The part is there; its model is counted words. Returns where models were prepared."""
    prepared: list[Path] = []

    def prepare(cache: Path, say: Any) -> Path:
        say("Building")
        prepared.append(cache)
        return cache / "model"

    monkeypatch.setattr(service, "part_present", lambda: True)
    monkeypatch.setattr(service, "model_id", lambda: "counted")
    monkeypatch.setattr(service, "prepare_model", prepare)
    monkeypatch.setattr(service, "Encoder", lambda folder: Counted())
    service._load.cache_clear()
    return prepared


def knowledge(home: Home, **more: Any) -> Knowledge:
    return Knowledge([INVENTED], shelf=open_shelf(home, **more))


def test_opening_a_shelf_makes_nothing(home: Home) -> None:
    shelf = open_shelf(home)
    assert shelf.cache == home.where("cache")
    assert not home.root.exists()


@pytest.mark.usefixtures("without_part")
def test_without_the_part_it_is_by_words_and_says_what_the_part_adds(home: Home) -> None:
    built = build(home, knowledge(home))
    assert (built.packs, built.questions, built.vectors, built.removed) == (2, 6, False, 0)
    assert built.adds == "finds a question by its meaning when the words differ (133 MB)"
    assert built.command == "scripts/setup vectors"
    assert Path(built.folder).parent == home.where("cache") / "index"
    assert not (Path(built.folder) / "sense.npz").exists()
    assert not (home.where("cache") / "vectors").exists()


def test_with_the_part_it_is_by_sense_too(home: Home, with_part: list[Path]) -> None:
    said: list[str] = []
    built = build(home, knowledge(home, say=said.append))
    assert built.vectors
    assert (Path(built.folder) / "sense.npz").exists()
    assert set(with_part) == {home.where("cache")}
    assert said[0] == "Building"
    assert [line for line in said if line.startswith("Reading the packs' wordings")] == said[1:2]
    assert (home.where("cache") / "vectors" / "counted.npz").exists()


def test_a_question_finds_what_was_built(home: Home, with_part: list[Path]) -> None:
    build(home, knowledge(home))
    said: list[str] = []
    later = knowledge(home, say=said.append)
    assert ask(later, "moss ear treatment", reader=Reader.PATIENT, on=ON).status == "answered"
    assert [line for line in said if line.startswith("Reading")] == []


def test_the_model_is_loaded_once_and_only_for_a_text(home: Home, with_part: list[Path]) -> None:
    shelf = open_shelf(home)
    assert with_part == []
    assert shelf.model is not None
    shelf.model.encoder.encode(["a"])
    shelf.model.encoder.encode(["b"])
    assert with_part == [home.where("cache")]
    assert oct(home.root.stat().st_mode & 0o777) == "0o700"


def test_a_part_that_went_away_is_named(
    home: Home, with_part: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = open_shelf(home)
    assert shelf.model is not None
    monkeypatch.setattr(service, "prepare_model", lambda cache, say: None)
    with pytest.raises(MissingPart) as raised:
        shelf.model.encoder.encode(["a"])
    assert raised.value.command == "scripts/setup vectors"


@pytest.mark.usefixtures("without_part")
def test_what_is_out_of_date_is_counted_and_removed(home: Home, tmp_path: Path) -> None:
    first = build(home, knowledge(home))
    assert build(home, knowledge(home)) == first
    shutil.copytree(INVENTED, tmp_path / "packs")
    moss = tmp_path / "packs" / "moss" / "moss.yaml"
    moss.write_text(moss.read_text().replace("Explain moss ear", "Explain moss ear to me"))
    changed = Knowledge([tmp_path / "packs"], shelf=open_shelf(home))
    second = build(home, changed)
    assert second.removed == 1
    assert second.folder != first.folder
    assert not Path(first.folder).exists()


@pytest.mark.usefixtures("without_part")
def test_a_pack_that_is_broken_is_left_out(home: Home, tmp_path: Path) -> None:
    shutil.copytree(INVENTED, tmp_path / "packs")
    (tmp_path / "packs" / "fern" / "fern.yaml").write_text("nonsense: 1")
    broken = Knowledge([tmp_path / "packs"], shelf=open_shelf(home))
    assert build(home, broken).packs == 1


def test_with_no_pack_there_is_nothing_to_read(
    home: Home, tmp_path: Path, with_part: list[Path]
) -> None:
    built = build(home, Knowledge([tmp_path / "none"], shelf=open_shelf(home)))
    assert (built.packs, built.questions) == (0, 0)


def test_knowledge_without_a_shelf_gets_one_by_words(home: Home) -> None:
    built = build(home, Knowledge([INVENTED]))
    assert not built.vectors
    assert Path(built.folder).is_dir()


def test_a_cache_that_cannot_be_written_is_said(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelves.Shelf, "_keep", full)
    with pytest.raises(ConfigBroken) as raised:
        build(home, Knowledge([INVENTED], shelf=Shelf(home.where("cache"))))
    assert raised.value.where == str(home.where("cache"))
    assert "RAREPATH_HOME" in raised.value.what_to_do


def test_a_file_in_place_of_the_cache_is_said(home: Home) -> None:
    home.make_root()
    home.where("cache").touch()
    with pytest.raises(ConfigBroken):
        build(home, Knowledge([INVENTED]))


def test_shelves_of_one_home_are_equal(home: Home, with_part: list[Path]) -> None:
    say = print
    assert open_shelf(home, say) == open_shelf(home, say)
    assert isinstance(open_shelf(home, say).model, Model)
