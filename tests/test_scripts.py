"""Setting up: what it says when something is missing, and that a failure leaves no trace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files set-up needs, in a folder whose name has a space."""
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / "requirements").mkdir()
    (folder / "requirements" / "run.txt").write_text("no-such-package==1.0 --hash=sha256:00\n")
    (folder / "pyproject.toml").touch()
    return folder


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def setup(clone: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {"PATH": os.defpath, "PIP_NO_INDEX": "1"}
    command = [str(clone / "scripts" / "setup"), *words]
    run = subprocess.run(
        command, cwd="/", env=kept | environment, capture_output=True, text=True, check=False
    )
    assert run.stdout == ""  # it belongs to the program's result
    return run


def stamps(clone: Path) -> list[Path]:
    return list((clone / ".venv").glob("*.ready"))


def test_an_unknown_part_is_told_which_there_are(clone: Path) -> None:
    run = setup(clone, "vektors")
    assert run.returncode == 2
    assert run.stderr == "There is no part 'vektors'. These exist: run\n"


def test_no_python(clone: Path) -> None:
    """Every name that set-up tries is there, and too old."""
    for name in ["python3", "python3.14", "python3.13", "python3.12", "python3.11"]:
        program(clone / "bin" / name, "exit 1")
    run = setup(clone, PATH=f"{clone / 'bin'}:{os.defpath}")
    assert run.returncode == 2
    assert run.stderr.startswith("rarepath needs Python 3.11 or newer and found none.\n")
    assert not (clone / ".venv").exists()


def test_no_venv_module(clone: Path) -> None:
    program(clone / "python", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    run = setup(clone, PYTHON=str(clone / "python"))
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1] == "sudo apt install python3-venv"
    assert not (clone / ".venv").exists()


def test_a_failed_install_shows_why_and_leaves_no_stamp(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')
    run = setup(clone)
    assert run.returncode == 2
    assert "No matching distribution found for no-such-package" in run.stderr
    assert "run the same command again" in run.stderr
    assert stamps(clone) == []


def test_a_second_run_does_nothing_until_the_lock_changes(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", 'echo "$*" >> .venv/calls')
    calls = clone / ".venv" / "calls"
    first = setup(clone)
    assert first.returncode == 0
    assert first.stderr.startswith("Setting up rarepath (first run only")
    assert first.stderr.endswith(" s\n")
    assert len(first.stderr.splitlines()) == 1
    assert len(stamps(clone)) == 1
    assert calls.read_text().splitlines()[-1] == "-P -m rarepath build"
    calls.unlink()
    assert setup(clone).stderr == ""
    assert not calls.exists()
    (clone / "pyproject.toml").write_text("# changed\n")
    assert setup(clone).stderr != ""
    assert calls.exists()
    assert len(stamps(clone)) == 1  # going back to the old lock installs again


def test_without_its_cache_rarepath_runs_all_the_same(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", 'case "$*" in *build) echo no room; exit 3 ;; esac')
    run = setup(clone)
    assert run.returncode == 0
    assert [line.split(" in ")[0] for line in run.stderr.splitlines()[1:]] == ["no room", "done"]
    assert len(stamps(clone)) == 1


def test_a_moved_clone_is_set_up_again(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", "exit 0")
    setup(clone)
    moved = clone.rename(clone.parent / "moved")
    assert setup(moved).stderr.startswith("Setting up rarepath")


def test_a_part_takes_no_package_it_does_not_name(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", 'echo "$*" >> .venv/calls')
    (clone / "requirements" / "vectors.txt").touch()
    assert setup(clone, "vectors").stderr.count("Setting up rarepath") == 2  # run comes first
    calls = (clone / ".venv" / "calls").read_text().splitlines()
    installs = [call for call in calls if "requirements/" in call]
    assert ["--no-deps" in call for call in installs] == [False, True]
    assert all("--require-hashes --only-binary :all:" in call for call in installs)
    builds = [at for at, call in enumerate(calls) if call == "-P -m rarepath build"]
    last = calls.index(installs[-1])
    assert len(builds) == 2 and builds[0] < last < builds[1] == len(calls) - 1
    assert {path.name.split("-")[0] for path in stamps(clone)} == {"run", "vectors"}


def test_a_part_whose_build_fails_is_tried_again(clone: Path) -> None:
    program(clone / ".venv" / "bin" / "python", 'case "$*" in *build) echo no room; exit 3 ;; esac')
    (clone / "requirements" / "vectors.txt").touch()
    run = setup(clone, "vectors")
    assert run.returncode == 3
    assert "Setting up rarepath vectors" in run.stderr and run.stderr.endswith("no room\n")
    assert {path.name.split("-")[0] for path in stamps(clone)} == {"run"}
