"""What holds for every test: no network, a home of its own, no silent skip in CI."""

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest

from tests.network import deny

deny()

hypothesis.settings.register_profile("fast", max_examples=50, deadline=None)
hypothesis.settings.register_profile("nightly", max_examples=5000, deadline=None, derandomize=False)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


@pytest.fixture(scope="session", autouse=True)
def rarepath_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nobody's real data is read or written by a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAREPATH_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs Chromium where there is none."""
    if chromium() is None:
        reason = pytest.mark.skip(reason="Chromium is not installed (Debian: apt install chromium)")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(reason)


def chromium() -> str | None:
    """The browser of the machine, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure: a check that CI leaves out is a check nobody makes."""
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Apply the rule to tests."""
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Apply the rule to whole modules."""
    report = yield
    fail_if_skipped(report)
    return report
