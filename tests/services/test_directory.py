"""The directory of other diseases as a user meets it: loaded, shown, asked, removed."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rarepath.services.directory as service
from rarepath.ask.reply import Declined
from rarepath.cli import main
from rarepath.kernel.errors import ConfigBroken, NotFound
from rarepath.knowledge.base import Reader
from rarepath.services.ask import answer_by_id, ask
from rarepath.services.directory import (
    directory_of,
    directory_status,
    load_directory,
    remove_directory,
)
from rarepath.services.home import Home
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import INVENTED, ON

NAMES = (
    "code,name,synonyms\n101,Hoarel palsy,Quillon disease\n102,Lichen elbow,\n"
    '103,"Moss ear, juvenile type",JME\n'
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("RAREPATH_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture
def names(tmp_path: Path) -> Path:
    (tmp_path / "names.csv").write_text(NAMES)
    return tmp_path / "names.csv"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_it_is_loaded_shown_and_removed(home: Home, names: Path) -> None:
    assert "none; other rare diseases" in run("directory").stdout
    assert not home.root.exists()
    shown = run("directory", str(names))
    assert shown.exit_code == 0 and shown.stderr == ""
    assert "3 diseases with 5 names, loaded from names.csv" in " ".join(shown.stdout.split())
    assert "not stated in the file" in shown.stdout
    assert run("directory").stdout == shown.stdout
    assert stat.S_IMODE(home.directory_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700
    assert [path.name for path in home.root.iterdir()] == ["directory.sqlite"]
    assert "3 diseases with 5 names" in run("status").stdout
    assert "none; other" in run("directory", "--remove", "--yes").stdout
    assert not home.directory_file.exists()
    assert run("directory", "--remove", "--yes").exit_code == 0


def test_as_json(home: Home, names: Path) -> None:
    found = json.loads(run("directory", str(names), "--json").stdout)
    assert found["schema"] == "rarepath/directory/1"
    assert found["path"] == str(home.directory_file) and found["fault"] is None
    assert found["loaded"].items() >= {"diseases": 3, "names": 5, "file": "names.csv"}.items()
    assert json.loads(run("status", "--json").stdout)["directory"]["loaded"] == found["loaded"]
    run("directory", "--remove", "--yes")
    assert json.loads(run("directory", "--json").stdout)["loaded"] is None


def test_a_bad_file_is_told_and_changes_nothing(home: Home, names: Path) -> None:
    run("directory", str(names))
    before = home.directory_file.read_bytes()
    names.write_text(NAMES + "104,,\n")
    refused = run("directory", str(names))
    assert refused.exit_code == 3 and refused.stdout == ""
    assert refused.stderr.startswith(
        f"{names}:5: The name is missing or empty.\nNothing was loaded"
    )
    assert json.loads(run("directory", str(names), "--json").stderr)["error"] == {
        "type": "directory_broken",
        "message": "The name is missing or empty.",
        "what_to_do": refused.stderr.splitlines()[1],
        "where": f"{names}:5",
    }
    assert home.directory_file.read_bytes() == before
    assert [path.name for path in home.root.iterdir()] == ["directory.sqlite"]


@pytest.mark.parametrize("words", [("--yes",), ("names.csv", "--remove"), ("names.csv", "--yes")])
def test_words_that_do_not_go_together(home: Home, words: tuple[str, ...]) -> None:
    refused = run("directory", *words)
    assert refused.exit_code == 2 and "--remove" in refused.stderr


def test_removing_asks_first(home: Home, names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("directory", str(names))
    refused = run("directory", "--remove")
    assert refused.exit_code == 2 and "--yes" in refused.stderr
    assert home.directory_file.exists()
    asked: list[str] = []

    def confirm(answer: bool) -> Callable[..., bool]:
        return lambda text, **more: (asked.append(text), answer)[1]

    monkeypatch.setattr("rarepath.cli.upkeep._asks_a_person", lambda: True)
    monkeypatch.setattr("click.confirm", confirm(False))
    assert run("directory", "--remove").exit_code == 0
    assert home.directory_file.exists()
    monkeypatch.setattr("click.confirm", confirm(True))
    assert run("directory", "--remove").exit_code == 0
    assert not home.directory_file.exists()
    assert asked == ["Remove the disease directory?"] * 2


def test_progress_is_told_when_it_takes_long(
    home: Home, names: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{n},Hoarel palsy type {n},\n" for n in range(2000))
    names.write_text("code,name,synonyms\n" + rows)
    assert run("directory", str(names)).stderr == ""
    times = iter(range(0, 100, 3))
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    slow = run("directory", str(names))
    assert slow.stderr.splitlines() == ["1,000 diseases read", "2,000 diseases read"]


def test_a_damaged_one_is_told_and_stops_no_answer(home: Home, names: Path) -> None:
    load_directory(home, names, ON)
    home.directory_file.write_bytes(b"damaged")
    for command in (["directory"], ["status"]):
        shown = run(*command)
        assert shown.exit_code == 0
        assert "cannot be read" in " ".join(shown.stdout.split())
    assert directory_status(home).loaded is None
    knowledge = Knowledge([INVENTED], directory_of(home))
    assert ask(knowledge, "What is moss ear?", on=ON).status == "answered"
    assert ask(knowledge, "What is Hoarel palsy?", on=ON).status == "declined"


def test_a_home_that_cannot_be_written(tmp_path: Path, names: Path) -> None:
    home = Home(tmp_path / "home")
    home.directory_file.mkdir(parents=True)
    with pytest.raises(ConfigBroken, match="cannot be written"):
        load_directory(home, names, ON)
    with pytest.raises(ConfigBroken, match="cannot be written"):
        remove_directory(home)
    assert [path.name for path in home.root.iterdir()] == ["directory.sqlite"]
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigBroken, match="cannot be used"):
        load_directory(Home(tmp_path / "file"), names, ON)


def test_no_room(home: Home, names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise service.sqlite3.OperationalError("disk is full")

    monkeypatch.setattr(service, "load", full)
    with pytest.raises(ConfigBroken, match="no room"):
        load_directory(home, names, ON)


def test_a_file_name_of_strange_bytes(home: Home, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff\x1b.csv"))
    path.write_text(NAMES)
    assert run("directory", os.fspath(path)).exit_code == 0
    assert "\x1b" not in run("directory").stdout


@pytest.fixture
def knowledge(home: Home) -> Knowledge:
    return Knowledge([INVENTED], directory_of(home))


def test_another_disease_is_declined_by_name_with_its_code(
    knowledge: Knowledge, home: Home, names: Path
) -> None:
    question = "How is quillon disease treated in my SECRETWORD child?"
    assert ask(knowledge, question, on=ON).id == "none~clinician~declined~out_of_scope"
    load_directory(home, names, ON)  # noticed without opening the packs again
    for pack in (None, "moss"):
        reply = ask(knowledge, question, on=ON, pack=pack, reader=Reader.PATIENT)
        assert reply.status == "declined" and reply.declined
        assert reply.id == f"{pack or 'none'}~patient~declined~another_disease~hoarel-palsi"
        assert (reply.declined.reason, reply.declined.code) == ("another_disease", "ORPHA:101")
        assert reply.declined.text.startswith("This question is about Hoarel palsy (ORPHA:101). ")
        again = answer_by_id(knowledge, reply.id, on=ON)
        assert again.declined == reply.declined and again.question == ""
    remove_directory(home)
    with pytest.raises(NotFound):
        answer_by_id(knowledge, reply.id, on=ON)
    assert ask(knowledge, question, on=ON).id == "none~clinician~declined~out_of_scope"


def declined(knowledge: Knowledge, question: str) -> Declined:
    reply = ask(knowledge, question, on=ON)
    assert reply.declined is not None
    return reply.declined


def test_a_condition_that_packs_list_gets_its_code_from_the_directory(
    knowledge: Knowledge, home: Home, names: Path
) -> None:
    assert declined(knowledge, "What is elbow lichen?").code is None
    load_directory(home, names, ON)
    assert declined(knowledge, "What is elbow lichen?").code == "ORPHA:102"
    assert declined(knowledge, "What is lichen ear?").code == "ORPHA:90002"
    assert "Lichen ear (ORPHA:90002)" in declined(knowledge, "What is lichen ear?").text


def test_a_subtype_is_another_disease_and_an_abbreviation_needs_its_capitals(
    knowledge: Knowledge, home: Home, names: Path
) -> None:
    load_directory(home, names, ON)
    assert declined(knowledge, "What is moss ear, juvenile type?").code == "ORPHA:103"
    assert declined(knowledge, "What is JME?").code == "ORPHA:103"
    assert declined(knowledge, "What is jme?").code is None
    assert ask(knowledge, "What is moss ear?", on=ON).status == "answered"


def test_an_id_names_no_disease_but_another_one(knowledge: Knowledge) -> None:
    for name in ("moss-ear", "me", "hoarel-palsi", "lichen"):
        with pytest.raises(NotFound):
            answer_by_id(knowledge, f"none~patient~declined~another_disease~{name}", on=ON)
