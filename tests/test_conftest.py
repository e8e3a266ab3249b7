"""The rules of the suite itself, seen at work on a small suite of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

@pytest.mark.skip(reason="left out")
def test_skipped(): ...

@pytest.mark.xfail(reason="known", strict=True)
def test_known(): assert False

def test_passes(): ...
"""
WHOLE_MODULE = "import pytest; pytest.skip('left out', allow_module_level=True)"


def run_suite(folder: Path, text: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_small.py").write_text(text)
    (folder / "conftest.py").write_text("from tests.conftest import *")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", folder],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
    )


def test_a_skip_is_only_a_skip_outside_ci(tmp_path: Path) -> None:
    run = run_suite(tmp_path, SUITE, ci="")
    assert "1 passed, 1 skipped, 1 xfailed" in run.stdout
    assert run.returncode == 0


def test_a_skipped_test_fails_in_ci(tmp_path: Path) -> None:
    run = run_suite(tmp_path, SUITE, ci="true")
    assert "skipped, which CI does not allow" in run.stdout
    assert "1 passed, 1 xfailed, 1 error" in run.stdout
    assert run.returncode == 1


def test_a_skipped_module_fails_in_ci(tmp_path: Path) -> None:
    run = run_suite(tmp_path, WHOLE_MODULE, ci="true")
    assert "skipped, which CI does not allow" in run.stdout
    assert run.returncode not in {0, 5}  # 5 would be: there was no test to run


def test_tests_have_a_home_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = Path(os.environ["RAREPATH_HOME"])
    assert home.is_relative_to(tmp_path_factory.getbasetemp())
