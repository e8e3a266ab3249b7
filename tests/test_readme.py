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


SHOWN = re.compile(r'(scripts/run ask "(.+)" --pack (\w+)\n\n```text\n)(.*?)(?=```)', re.S)


def current(question: str, pack: str) -> str:
    """The answer as a terminal shows it, without the questions and sources below it."""
    knowledge = Knowledge([SHIPPED])
    reply = ask(knowledge, question, reader=Reader.CLINICIAN, pack=pack, on=date(2026, 11, 22))
    text = render(reply, 80, colour=False)
    start, _, rest = text.partition("\nRelated questions\n")
    return f"{start}\n  [...]\n\n{rest.split(chr(10) * 2)[-1]}"


def renewed(page: str) -> str:
    """The page with the answer that is given today."""
    return SHOWN.sub(lambda found: found[1] + current(found[2], found[3]), page)


def test_the_answer_shown_is_the_answer_given() -> None:
    shown = SHOWN.search(README)
    assert shown and len(shown[4].splitlines()) > 20
    assert renewed(README) == README, "Renew it: python -m tests.test_readme"
    stale = README.replace("Bottom line", "Top line")
    assert renewed(stale) == README


def test_the_readme_fits_about_one_screen() -> None:
    assert len(SHOWN.sub("", README).splitlines()) <= 50


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


if __name__ == "__main__":
    (ROOT / "README.md").write_text(renewed(README))
