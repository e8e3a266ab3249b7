"""What the first pages promise is there: the answer shown is the one given, every link leads."""

import re
from datetime import date
from pathlib import Path

import pytest

from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge
from rarepath.show.terminal import render

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "GLOSSARY.md", *sorted((ROOT / "docs").glob("*.md"))]


def shown_answer() -> tuple[str, str]:
    """The question in the README, and the answer below it."""
    found = re.search(
        r'scripts/run ask "(.+)" --pack parry_romberg\n\n```text\n(.*?)```', README, re.S
    )
    assert found
    return found[1], found[2]


def test_the_answer_shown_is_the_answer_given() -> None:
    question, shown = shown_answer()
    reply = ask(
        Knowledge([SHIPPED]),
        question,
        reader=Reader.CLINICIAN,
        pack="parry_romberg",
        on=date(2026, 11, 22),
    )
    given = render(reply, 80, colour=False)
    start, ellipsis, end = shown.partition("  [...]\n")
    assert ellipsis
    assert start.count("\n") > 20
    assert given.startswith(start), f"Replace the start of the answer in README.md by:\n{given}"
    assert given.endswith(end), f"Replace the end of the answer in README.md by:\n{given}"


def test_the_readme_fits_about_one_screen() -> None:
    _, shown = shown_answer()
    assert len(README.splitlines()) - len(shown.splitlines()) <= 50


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if not re.match(r"https?://", target):
            assert (page.parent / target).exists(), target


def test_the_index_names_every_document() -> None:
    index = (ROOT / "docs" / "index.md").read_text()
    for page in PAGES[2:]:
        assert page.name == "index.md" or f"]({page.name})" in index, page.name


def test_the_glossary_has_a_paragraph_for_each_word() -> None:
    text = (ROOT / "GLOSSARY.md").read_text()
    terms = re.findall(r"^\*\*(.+?)\*\*", text, re.M)
    words = (
        "Source Statement Directness Certainty Strength Badge Review Conflict Fact Record "
        "Criterion Finding Gate Ledger Option Verdict Assertion"
    )
    assert set(words.split()) <= set(terms)
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("name", ["first.png", "answer.png"])
def test_the_screenshots_are_small_pictures(name: str) -> None:
    content = (ROOT / "docs" / "images" / name).read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 300_000
