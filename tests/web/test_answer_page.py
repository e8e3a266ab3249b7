"""The answer's page drawn from replies made by hand: every part a reply can have."""

import re
from dataclasses import replace
from html import unescape

import pytest

from rarepath.ask.reply import ConflictView, Reply, SourceView
from rarepath.knowledge.base import Reader
from rarepath.show.views import ConditionCard
from rarepath.web.answers import PartOfPage, answer_page, answer_title
from rarepath.web.frame import Frame, environment
from tests.show import sample_reply as sample
from tests.web.test_pages import Page

TEMPLATES = environment()
CARD = ConditionCard("parry_romberg", "Parry-Romberg syndrome", "0.1.0", "submitted", None)


def drawn(reply: Reply, **more: str) -> str:
    """The page as the application draws it, but for what needs a pack."""
    frame = Frame(
        title=answer_title(reply),
        path=f"/answers/{reply.id}",
        reader=Reader(reply.reader),
        usual_reader=Reader.CLINICIAN,
        disclaimer=reply.disclaimer,
        pack=CARD,
        about=reply.about,
    )
    parts = [PartOfPage(p, f"/answers/{p.id}", f"part-{p.id}") for p in reply.parts]
    view = answer_page(reply, None, [CARD], parts, **more)
    page = TEMPLATES.get_template("answer.html").render(frame=frame, page=view, refused=None)
    return unescape(page)


def in_order(page: str, *words: str) -> None:
    at = 0
    for word in words:
        assert word in page, word
        assert word in page[at:], f"{word} comes too early"
        at = page.index(word, at) + len(word)


@pytest.mark.parametrize("reply", sample.ALL, ids=range(len(sample.ALL)))
def test_every_page_holds_together(reply: Reply) -> None:
    page = Page(drawn(reply))
    places = page.all("id")
    assert len(places) == len(set(places))
    wanted = [link[1:] for link in page.all("href") if link.startswith("#")]
    wanted += [name for text in page.all("aria-labelledby") for name in text.split()]
    assert set(wanted) <= set(places)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert "None" not in drawn(reply)


def test_everything_an_answer_holds_is_in_order() -> None:
    in_order(
        drawn(sample.FULL),
        "<h1>How should active",
        "Not yet signed",
        "Referral is prompt.",
        "On this page",
        "SHARE 2019 recommends methotrexate 15",
        '<h2 id="X01">',
        "Sources also disagree on these",
        '<div id="X02">',
        "Claims in circulation",
        "What this answer lacks",
        "What would change this answer",
        "1 is new and 2 were changed",
        'href="/conditions/parry_romberg/history"',
        "Which measurements exist so far?",
        "And in children?",
        "How is active disease told from quiet disease?",
        ">Sources</h2>",
        "How to read the marks",
    )


def test_the_review_state_stands_once() -> None:
    page = drawn(sample.FULL)
    before_key = page[: page.index('id="key"')]
    assert before_key.count("#rev-submitted") == 1


def test_a_disagreement_that_is_not_central_is_folded_and_holds_both_sides() -> None:
    page = drawn(sample.FULL)
    fold = page[page.index('<details class="folded">') :]
    fold = fold[: fold.index("</details>")]
    in_order(fold, "<summary><h3>How often is the brain", "Operated early", "Disease returned")
    assert "25 dots: 25 people studied" in fold and "What is used here." in fold
    assert '<details class="folded">' not in drawn(sample.ANSWERED)


def test_what_would_change_it_is_grouped_by_kind() -> None:
    page = drawn(sample.FULL)
    in_order(page, "Missing evidence", "A trial in this disease.", "Adult doses.", "Disagreement")
    assert page.count("<dt>Missing evidence</dt>") == 1


def test_a_comparison_stands_side_by_side() -> None:
    page = drawn(sample.COMPARED)
    options = page[page.index('<div class="options">') :]
    in_order(options, "<h3>Methotrexate</h3>", "For<", "Against<", "<h3>Mycophenolate</h3>", "For<")
    assert "No source collected here speaks to it." in options
    told = replace(sample.COMPARED.options[1], nothing_found="Nobody looked.")
    assert "Nobody looked." in drawn(replace(sample.COMPARED, options=(told,)))


def test_what_the_record_must_state_follows_the_bottom_line() -> None:
    page = drawn(sample.CODED)
    in_order(page, "Referral is prompt.", "What the chart must say", "query", ">First line</h2>")
    assert 'class="record"' in page


def test_several_questions_have_a_heading_each_and_danger_is_first() -> None:
    page = drawn(sample.SEVERAL)
    in_order(
        page,
        "<h1>2 questions, one after the other</h1>",
        "How should active Parry-Romberg syndrome be managed?</h2>",
        "Be seen the same day",
        "Referral is prompt.",
        'href="/answers/first"',
        "This is not answered here</h2>",
        'href="/answers/second"',
        ">Sources</h2>",
    )
    assert page.count("Zulian F, et al. J Am Acad Dermatol 2012") == 2  # one panel, one list
    assert sample.SEVERAL.question not in page


def test_another_disease_is_named_with_its_code() -> None:
    page = drawn(sample.ELSEWHERE)
    in_order(page, "This is not answered here", "Rasmussen syndrome", "ORPHA:1929")
    in_order(page, "Questions that are answered", "What else can look like this?")


def test_a_long_list_of_sources_opens_for_the_less_used() -> None:
    first = sample.ANSWERED.sources[0]
    many = tuple(replace(first, id=f"S{n}", label=f"Source {n}") for n in range(20))
    page = drawn(replace(sample.ANSWERED, sources=(*many, *sample.ANSWERED.sources)))
    in_order(page, '<ul class="refs">', "SHARE 2019", "Source 0", "10 further sources", "Source 19")
    assert "further source" not in drawn(sample.ANSWERED)


def test_a_page_to_print_is_offered_where_there_is_one() -> None:
    page = drawn(sample.ANSWERED, sheet="/answers/0123456789abcdef/sheet")
    assert page.count('href="/answers/0123456789abcdef/sheet"') == 2
    assert "Print one page" not in drawn(sample.ANSWERED)


def test_a_statement_in_many_disagreements_links_to_each() -> None:
    made = TEMPLATES.globals["made"]
    frame = Frame("", "/", Reader.CLINICIAN, Reader.CLINICIAN, "", CARD)
    shown = made.statement(frame, sample.REFER, {}, "submitted", ("X01", "X02"))  # type: ignore[attr-defined]
    assert 'href="#X01"' in shown and 'href="#X02"' in shown


def test_a_kept_piece_follows_what_it_shows() -> None:
    made = environment().globals["made"]
    frame = Frame("", "/", Reader.CLINICIAN, Reader.CLINICIAN, "", CARD)
    share: SourceView = sample.ANSWERED.sources[0]

    def shown(view: ConflictView, about: Frame = frame, **labels: SourceView) -> str:
        return str(made.conflict(about, view, labels))  # type: ignore[attr-defined]

    view = sample.ANSWERED.conflicts[0]
    assert shown(view) == shown(replace(view))
    assert "Both sides." in shown(replace(view, used="Both sides."))
    assert "Neither side." in shown(view)
    assert ">ASPS14<" in shown(view) and ">SHARE 2019<" in shown(view, ASPS14=share)
    patient = replace(frame, reader=Reader.PATIENT)
    assert "?reader=patient" in shown(view, patient) and "?reader" not in shown(view)
    child = replace(patient, about="child")
    assert "about=child" in shown(view, child) and "about=" not in shown(view, patient)
