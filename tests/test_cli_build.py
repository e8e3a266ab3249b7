"""`rarepath build` as a user meets it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rarepath.knowledge.library import SHIPPED
from rarepath.search.model import part_present
from rarepath.services import build as service
from tests.test_cli import TINY, data, run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose cache is not there yet, with the invented pack alone and without the part."""
    shutil.copytree(TINY, tmp_path / "home" / "packs" / "tiny")
    shipped = tmp_path / "shipped"
    shutil.copytree(SHIPPED / "shared", shipped / "shared")
    monkeypatch.setattr("rarepath.knowledge.library.SHIPPED", shipped)
    monkeypatch.setattr(service, "part_present", lambda: False)
    monkeypatch.setenv("RAREPATH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_it_says_what_is_there_and_what_would_be_more(home: Path) -> None:
    result = run("build", COLUMNS="88")
    assert result.exit_code == 0
    assert result.stderr == ""
    text = " ".join(result.stdout.split())
    assert "The index of 3 questions in 1 pack is ready, by words." in text
    assert "run scripts/setup vectors" in text
    assert "Removed" not in text
    assert str(home) in result.stdout.replace("\n", "").replace(" ", "")


def test_as_json(home: Path) -> None:
    found = data("build")
    folder = Path(str(found.pop("folder")))
    assert folder.parent == home / "cache" / "index"
    assert folder.is_dir()
    assert isinstance(found.pop("on"), str)
    assert found == {
        "schema": "rarepath/build/1",
        "pack": None,
        "packs": 1,
        "questions": 3,
        "vectors": False,
        "adds": "finds a question by its meaning when the words differ (133 MB)",
        "command": "scripts/setup vectors",
        "removed": 0,
    }


def test_what_was_out_of_date_is_counted(home: Path) -> None:
    assert run("build").exit_code == 0
    content = home / "packs" / "tiny" / "content.yaml"
    old = "How is glimmer toe treated?"
    assert old in content.read_text()
    content.write_text(content.read_text().replace(old, "How is a glimmer toe treated?"))
    assert "Removed what was out of date: 1." in run("build").stdout
    assert data("build")["removed"] == 0


def test_an_answer_makes_what_is_missing(home: Path) -> None:
    result = run("ask", "How is glimmer toe treated?", "--pack", "tiny")
    assert result.exit_code == 0
    (index,) = (home / "cache" / "index").iterdir()
    assert data("build")["folder"] == str(index)
    assert oct((home / "cache").stat().st_mode & 0o777) == "0o700"


def test_looking_makes_nothing(home: Path) -> None:
    assert run("status").exit_code == 0
    assert run("sources").exit_code == 0
    assert not (home / "cache").exists()


def test_a_cache_that_cannot_be_made_is_bad_input(home: Path) -> None:
    (home / "cache").touch()
    result = run("build", "--json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert '"ConfigBroken"' in result.stderr or "config" in result.stderr
    asked = run("ask", "How is glimmer toe treated?", "--pack", "tiny")
    assert asked.exit_code == 0  # from memory


@pytest.mark.skipif(not part_present(), reason="the part 'vectors' is not installed")
def test_with_the_part_progress_is_on_standard_error(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "packs" / "tiny")
    result = subprocess.run(
        [sys.executable, "-m", "rarepath", "build"],
        env={"RAREPATH_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "COLUMNS": "88"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "by words and sentence vectors." in " ".join(result.stdout.split())
    assert result.stderr.splitlines() == [
        "Building the sentence model (once, some seconds)",
        "Reading the packs' wordings (once for each version, some seconds)",
    ]
