"""`rarepath history` and `rarepath release`, as an author and a reader meet them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rarepath.cli import main

TINY = Path(__file__).parent / "packs" / "tiny"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with the invented pack at version 1.1.0, above an earlier 1.0.0."""
    folder = tmp_path / "packs" / "tiny"
    shutil.copytree(TINY, folder)
    record = folder / "history" / "1.0.0.yaml"
    text = re.sub(r"G03: [0-9a-f]{16}", f"G03: {'0' * 16}", record.read_text())
    record.write_text(re.sub(r" *G05: .*\n", "      GONE: 1111111111111111\n", text))
    header = folder / "condition.yaml"
    text = header.read_text().replace("version: 1.0.0", "version: 1.1.0")
    header.write_text(text.replace("released: 2026-11-22", "released: 2027-01-01"))
    monkeypatch.setenv("RAREPATH_HOME", str(tmp_path))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "88"}).invoke(main, list(words))


def test_each_version_and_what_it_changed(home: Path) -> None:
    result = run("history", "tiny")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "Version 1.1.0",
        "Not released yet, 8 statements, compared with version 1.0.0.",
        "Added: 1",
        "  G05  The old guideline advised dark socks and no medicine.",
    ]
    assert "Changed in its text, sources or marks: 1" in lines
    assert "Removed: GONE" in lines
    assert lines[-5:] == [
        "",
        "Version 1.0.0",
        "Released 22 November 2026, 8 statements.",
        "",
        "The texts are those of today; old texts are not kept.",
    ]


def test_all_that_changed_since_a_version(home: Path) -> None:
    result = run("history", "tiny", "--since", "1.0.0", "--reader", "patient", "--json")
    data = json.loads(result.stdout)
    assert data["schema"] == "rarepath/history/1" and data["pack"]["version"] == "1.1.0"
    (entry,) = data["versions"]
    assert (entry["version"], entry["since"], entry["released"]) == ("1.1.0", "1.0.0", None)
    assert entry["added"] == [
        {"id": "G05", "text": "An old guide said to wear dark socks and to take no medicine."}
    ]
    assert [item["id"] for item in entry["reworded"]] == ["G03"]
    assert entry["removed"] == ["GONE"]


def test_a_version_nobody_released(home: Path) -> None:
    result = run("history", "tiny", "--since", "0.1")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "No version '0.1' of tiny was released.", "Use one of: 1.0.0.",
    ]  # fmt: skip


def test_a_release_is_refused_in_two_lines(home: Path) -> None:
    content = home / "packs" / "tiny" / "content.yaml"
    content.write_text(content.read_text().replace("after 2 to 5 years", "after 2 to 6 years"))
    result = run("release", "tiny")
    assert result.exit_code == 3 and result.stdout == ""
    assert "The pack tiny has" in result.stderr
    assert result.stderr.splitlines()[1] == "See them with: rarepath check tiny"


def test_a_release_tells_where_it_is_recorded(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def service(*words: object) -> Path:
        told.append(words)
        return Path("history") / "1.1.0.yaml"

    monkeypatch.setattr("rarepath.services.release.release", service)
    assert run("release", "tiny", "--amend").stdout == "Recorded in history/1.1.0.yaml\n"
    (words,) = told
    assert (words[0], words[2]) == ("tiny", True)
