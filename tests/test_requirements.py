"""The locks hold what is declared, by hash, without an address; each choice is explained."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements"
PARTS = {"vectors": "0005-sentence-vectors.md"}  # and where its choices are explained
LOCKS = sorted(REQUIREMENTS.glob("*.txt"))
PINNED = re.compile(
    r"^([a-z0-9-]+)==([^ ]+)(?: ;[^\\]*)? \\\n(    --hash=sha256:[0-9a-f]{64}.*\n)+", re.M
)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> set[tuple[str, str]]:
    return {(found[1], found[2]) for found in PINNED.finditer(lock)}


def unpinned(lock: str) -> list[str]:
    """Lines that are neither a pin with its hashes nor a comment."""
    return [line for line in PINNED.sub("", lock).splitlines() if not re.match(r" *#|$", line)]


def declared(name: str) -> list[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return [canonical(found[0]) for line in lines if (found := re.match(r"[\w-]+", line))]


def direct() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run = [canonical(re.split("[<>]", each)[0]) for each in project["dependencies"]]
    run += declared("run")
    optional = project["optional-dependencies"]
    parts = {
        name: [canonical(re.split("<", each)[0]) for each in optional[name]] + declared(name)
        for name in PARTS
    }
    return {"run": run, "dev": run + declared("dev")} | parts


@pytest.mark.parametrize("name", ["run", "dev", *PARTS])
def test_the_lock_holds_what_is_declared(name: str) -> None:
    locked = {package for package, _ in pinned((REQUIREMENTS / f"{name}.txt").read_text())}
    assert set(direct()[name]) - locked == set(), "run scripts/lock"


def test_developers_run_what_users_run() -> None:
    run, dev = (pinned((REQUIREMENTS / f"{name}.txt").read_text()) for name in ("run", "dev"))
    assert run <= dev


@pytest.mark.parametrize("part", PARTS)
def test_a_part_agrees_with_what_developers_run(part: str) -> None:
    locks = (pinned((REQUIREMENTS / f"{name}.txt").read_text()) for name in (part, "dev"))
    ours, dev = map(dict, locks)
    shared = ours.keys() & dev.keys()
    assert shared
    assert {name: ours[name] for name in shared} == {name: dev[name] for name in shared}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_holds_only_what_it_names(part: str) -> None:
    """It is installed without dependencies, so a lock with more was not made that way."""
    locked = {package for package, _ in pinned((REQUIREMENTS / f"{part}.txt").read_text())}
    assert locked == set(declared(part))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_is_only_pins_and_hashes(lock: Path) -> None:
    assert unpinned(lock.read_text()) == []
    assert "://" not in lock.read_text()


@pytest.mark.parametrize(
    ("name", "record"), [("dev", "0001-dependencies.md"), *PARTS.items()], ids=["dev", *PARTS]
)
def test_every_choice_is_explained(name: str, record: str) -> None:
    text = (ROOT / "docs" / "decisions" / record).read_text()
    explained = {canonical(package) for package in re.findall(r"^\| ([\w-]+) \|", text, re.M)}
    assert set(direct()[name]) - explained == set()


def test_a_loose_line_is_found() -> None:
    sound = (
        "one==1.0 ; python_version < '3.12' \\\n    --hash=sha256:" + "0" * 64 + "\n    # via two\n"
    )
    assert unpinned(sound) == []
    assert pinned(sound) == {("one", "1.0")}
    assert unpinned(sound + "two==2\n") == ["two==2"]
    assert unpinned("--index-url x\n") == ["--index-url x"]
