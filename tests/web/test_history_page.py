"""The page of a pack's history: what changed, and where that leads."""

import re
from pathlib import Path

from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.web.app import create_app
from tests.web.conftest import client_of

PATH = "/conditions/tiny/history"


def test_the_first_version_lists_nothing(folder: Path) -> None:
    page = client_of(create_app(Knowledge([folder]), Config())).get(PATH).text
    assert "Version 1.0.0" in page and "Released 22 November 2026" in page
    assert "The first version on record." in page


def test_a_second_version_tells_what_changed(folder: Path) -> None:
    record = folder / "tiny" / "history" / "1.0.0.yaml"
    text = re.sub(r"G03: [0-9a-f]{16}", f"G03: {'0' * 16}", record.read_text())
    record.write_text(re.sub(r" *G05: .*\n", "      GONE: 1111111111111111\n", text))
    header = folder / "tiny" / "condition.yaml"
    header.write_text(header.read_text().replace("version: 1.0.0", "version: 1.1.0"))
    client = client_of(create_app(Knowledge([folder]), Config()))
    page = client.get(PATH, params={"reader": "patient"}).text
    assert re.search(r"Not released yet · 8 statements · compared with version 1\.0\.0", page)
    assert "Added: 1" in page and "Removed: 1" in page and ">GONE<" in page
    assert "Changed in its text, sources or marks: 1" in page
    link = '<a href="/conditions/tiny/statements/G05?reader=patient">An old guide said to wear'
    assert link in page
    answer = client.get("/questions/tiny/slow_it", follow_redirects=True)
    history = client.get(f"{answer.url.path}.json").json()["history"]
    assert (history["since"], history["added"], history["reworded"]) == (
        "1.0.0", ["G05"], ["G03"],
    )  # fmt: skip


def test_a_statement_that_came_and_went_is_named_without_a_link(folder: Path) -> None:
    first = folder / "tiny" / "history" / "1.0.0.yaml"
    between = (
        first.read_text()
        .replace("1.0.0", "1.0.1")
        .replace("G01:", "GONE: " + "1" * 16 + "\n      G01:")
    )
    first.with_name("1.0.1.yaml").write_text(between)
    header = folder / "tiny" / "condition.yaml"
    header.write_text(header.read_text().replace("version: 1.0.0", "version: 1.1.0"))
    page = client_of(create_app(Knowledge([folder]), Config())).get(PATH).text
    assert "is gone again" in page and "statements/GONE" not in page
    assert "No statement for this reader changed." not in page
