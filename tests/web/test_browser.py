"""The pages in a real browser: on a phone, in the dark, with a keyboard, on paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.web.app import create_app
from tests.web.conftest import served
from tests.web.paper import only_words, pages_of, text_of

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 360
PACK = "/conditions/parry_romberg"
FLAGSHIP = "/questions/parry_romberg/manage_active"
ADDRESSES = {
    "first": "/",
    "first for patients": "/?reader=patient",
    "answer": FLAGSHIP,
    "answer for patients": f"{FLAGSHIP}?reader=patient",
    "answer for parents": f"{FLAGSHIP}?reader=patient&about=child",
    "answer for coders": "/questions/parry_romberg/code_documentation?reader=coder",
    "page to print": f"{FLAGSHIP}?reader=patient",
    "overview": PACK,
    "algorithm": f"{PACK}/algorithm",
    "sources": f"{PACK}/sources",
    "source": f"{PACK}/sources/SHARE19",
    "statement": f"{PACK}/statements/K22a",
    "history": f"{PACK}/history",
    "conflicts": f"{PACK}/conflicts",
    "circulating": f"{PACK}/circulating",
    "glossary": f"{PACK}/glossary",
    "differential": f"{PACK}/differential",
    "about": "/about",
    "error": "/nothing",
}
# Reached through the form, because no link leads there; and the first heading there.
QUESTIONS = {
    "emergency": ("My son is having his first seizure right now", "Get help now"),
    "declined": ("How is asthma treated?", "This is not answered here"),
    "needs a fact": ("What is PRS?", "One more thing is needed"),
    "empty": (" ", "Ask about a rare disease"),
    "a dose": ("How much methotrexate for a girl of 8?", "What is known of methotrexate here"),
    "a comparison": ("Fat grafting or a free flap?", "Fat grafting or a free flap?"),
}
UNCHOSEN = ("emergency", "declined", "needs a fact")


@dataclass
class Visit:
    """A page that is open, and everything it asked for or complained about."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def go(self, name: str) -> None:
        if name in ADDRESSES:
            self.page.goto(self.base + ADDRESSES[name])
            if name == "page to print":
                self.page.get_by_role("link", name="Print one page").click()
                self.page.wait_for_url("**/sheet*")
        else:
            self.page.goto(self.base)
            question, heading = QUESTIONS[name]
            chosen = "" if name in UNCHOSEN else "parry_romberg"
            self.page.get_by_role("combobox").select_option(chosen)
            self.page.get_by_role("searchbox").fill(question)
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Ask").click()
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)


def visits(browser: Browser, base: str, **settings: object) -> Iterator[Visit]:
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), base)
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    yield visit
    context.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visits(browser, address, viewport={"width": WIDE, "height": 900})


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Knowledge([SHIPPED]).pack("parry_romberg")


SIDEWAYS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# Every page wide and light, and narrow and dark; the first four in all four looks.
LOOKS = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
FIRST = ["first", "answer", "answer for patients", "emergency", "declined", "page to print"]
REST = [name for name in [*ADDRESSES, *QUESTIONS] if name not in FIRST]
LOOKED_AT = [(n, *at) for n in FIRST for at in LOOKS] + [(n, *at) for n in REST for at in LOOKS[:2]]


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKED_AT)
def test_no_barrier_and_no_sideways_scroll(
    browser: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    for look in visits(browser, address, viewport=size, color_scheme=scheme):
        look.go(name)
        for shut in (
            "summary:visible >> nth=0",
            ".cites summary >> nth=0",
            ".folded summary >> nth=0",
        ):
            if look.page.locator(shut).count():
                look.page.locator(shut).click()
        scroll, room = look.page.evaluate(SIDEWAYS)
        assert scroll <= room
        found = Axe().run(look.page)
        assert found.violations_count == 0, found.generate_report()
        assert [url for url in look.asked if not url.startswith(look.base)] == []
        # The browser itself logs a refused page; nothing else may be logged.
        assert [text for text in look.said if "status of 40" not in text] == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_broken_pack_and_a_withdrawn_statement_raise_no_barrier(
    browser: Browser, folder: Path, width: int, scheme: str
) -> None:
    content = folder / "tiny" / "content.yaml"
    text = content.read_text()
    content.write_text(text.replace("state: approved", "state: withdrawn\n    reason: Wrong."))
    size = {"width": width, "height": 800}
    with served(create_app(Knowledge([folder]), Config())) as base:
        for look in visits(browser, base, viewport=size, color_scheme=scheme):
            look.page.goto(f"{base}/conditions/tiny/sources/GLIM20")
            expect(look.page.locator(".struck").first).to_contain_text("Withdrawn")
            assert Axe().run(look.page).violations_count == 0
            content.write_text(text.replace("certainty: moderate", "certainty: great", 1))
            look.page.goto(f"{base}/questions/tiny/slow_it?reader=patient")
            expect(look.page.locator(".notice")).to_contain_text("content.yaml:18")
            scroll, room = look.page.evaluate(SIDEWAYS)
            assert scroll <= room
            found = Axe().run(look.page)
            assert found.violations_count == 0, found.generate_report()
            look.page.get_by_role("link", name="Print one page").click()
            look.page.emulate_media(media="print")
            expect(look.page.locator(".notice")).to_be_hidden()


def test_the_checks_see_a_barrier_and_a_scroll(visit: Visit) -> None:
    visit.page.set_content("<p style='width:2000px;color:#eee;background:#fff'>x</p><img>")
    assert Axe().run(visit.page).violations_count > 1
    assert visit.page.evaluate("document.documentElement.scrollWidth") > WIDE


REACHABLE = """
[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(e => e.checkVisibility()).length
"""
MARK = """
e => { e = document.activeElement; if (e === document.body) return null;
       e.dataset.seen = 'yes';
       const s = getComputedStyle(e); return s.outlineStyle + ' ' + s.outlineWidth; }
"""


@pytest.mark.parametrize("name", ["first", "answer", "page to print", "overview", "conflicts"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit, name: str) -> None:
    visit.go(name)
    everything = visit.page.evaluate(REACHABLE)
    assert everything > 6
    for _ in range(everything):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(f"({MARK})()") == "solid 3px"
    assert visit.page.locator("[data-seen]").count() == everything


def test_the_first_key_skips_to_the_content(visit: Visit) -> None:
    visit.go("answer")
    visit.page.keyboard.press("Tab")
    skip = visit.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**#main")


def test_a_citation_opens_with_a_key(visit: Visit) -> None:
    visit.go("answer")
    first = visit.page.locator(".cites summary").first
    panel = visit.page.locator(".cited").first
    expect(panel).to_be_hidden()
    first.focus()
    visit.page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Read")


def test_a_question_is_answered_without_a_script(browser: Browser, address: str) -> None:
    for visit in visits(browser, address, java_script_enabled=False):
        visit.page.goto(f"{address}/?reader=patient")
        visit.page.get_by_role("searchbox").fill("Did I cause this?")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/answers/*")
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        visit.page.locator(".cites summary").first.click()
        expect(visit.page.locator(".cited").first).to_be_visible()
        sent = [url for url in visit.asked if "cause" in url]
        assert sent == []


def test_the_reader_switch_keeps_the_question(visit: Visit) -> None:
    visit.go("answer")
    visit.page.get_by_role("link", name="Patient or parent").click()
    current = visit.page.get_by_role("navigation", name="Written for").locator("[aria-current]")
    expect(current).to_have_text("Patient or parent")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("treated")


def test_a_danger_is_seen_without_scrolling(browser: Browser, address: str) -> None:
    for visit in visits(browser, address, viewport={"width": NARROW, "height": 640}):
        visit.go("emergency")
        expect(visit.page.get_by_role("heading", level=1)).to_be_in_viewport()
        expect(visit.page.locator(".danger .say")).to_be_in_viewport(ratio=1)


def test_paper_keeps_the_marks_and_the_sources_and_drops_the_controls(visit: Visit) -> None:
    visit.page.emulate_media(media="print", color_scheme="dark")
    visit.go("answer")
    for gone in ("nav", "form", ".skip", ".onpage"):
        for part in visit.page.locator(gone).all():
            expect(part).to_be_hidden()
    for kept in (".st .marks", ".refs", ".sides", ".foot", ".review"):
        expect(visit.page.locator(kept).first).to_be_visible()
    ink = "getComputedStyle(document.body)"
    assert visit.page.evaluate(f"{ink}.backgroundColor") == "rgb(255, 255, 255)"
    assert visit.page.evaluate(f"{ink}.color") == "rgb(0, 0, 0)"


def test_paper_holds_both_sides_of_every_disagreement_and_every_source(visit: Visit) -> None:
    visit.go("answer")
    twin = visit.page.request.get(f"{visit.page.url}.json").json()
    assert {view["central"] for view in twin["conflicts"]} == {True, False}
    assert len(twin["sources"]) > 16
    text = text_of(visit.page.pdf(prefer_css_page_size=True))
    for view in twin["conflicts"]:
        for said in (view["title"], view["used"], *(side["text"] for side in view["positions"])):
            assert only_words(said) in text, view["id"]
    for source in twin["sources"]:
        assert only_words(source["citation"]) in text, source["id"]
    first = twin["sections"][0]["statements"][0]["citations"][0]["note"]
    assert first and only_words(first) not in text  # the panels stay shut; the check can miss


def test_a_fold_opens_at_the_place_that_is_linked_to(visit: Visit) -> None:
    visit.go("answer")
    folded = visit.page.locator(".folded > div[id]").first
    expect(folded).to_be_hidden()
    name = folded.get_attribute("id")
    visit.page.goto(f"{visit.page.url}#{name}")
    expect(folded).to_be_visible()


def test_every_sheet_is_one_page(browser: Browser, address: str, pack: Pack) -> None:
    names = [q.id for q in pack.questions.values() if q.for_reader(Reader.PATIENT) is not None]
    assert len(names) > 50
    for visit in visits(browser, address):
        for at, name in enumerate(names):
            about = ("me", "child")[at % 2]
            visit.page.goto(f"{address}/questions/{pack.id}/{name}?reader=patient&about={about}")
            link = visit.page.get_by_role("link", name="Print one page")
            visit.page.goto(address + str(link.get_attribute("href")))
            assert pages_of(visit.page.pdf(prefer_css_page_size=True)) == 1, name


def test_a_sheet_that_is_too_full_is_seen(visit: Visit) -> None:
    visit.go("page to print")
    visit.page.evaluate(
        "document.querySelector('.ruled').append(...Array(4).fill().map(() => "
        "document.querySelector('.ruled li').cloneNode(true)))"
    )
    assert pages_of(visit.page.pdf(prefer_css_page_size=True)) == 2


def test_the_page_to_print_tells_what_it_leaves_out_and_names_no_machine(visit: Visit) -> None:
    visit.go("page to print")
    text = text_of(visit.page.pdf(prefer_css_page_size=True))
    twin = visit.page.request.get(f"{visit.page.url}.json").json()
    for told in (*twin["left_out"], *twin["questions"], *twin["dangers"][0]["signs"]):
        assert only_words(told) in text
    assert only_words(f"/answers/{twin['answer']}") in text
    assert "127" not in text and "localhost" not in text
    assert only_words("This page as JSON") not in text


PRESSED = "button, input:not([type=hidden]), select, summary, .switch a, nav li a, .questions a"
TOO_SMALL = f"""
[...document.querySelectorAll('{PRESSED}')].filter(
  e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML)
"""


@pytest.mark.parametrize("name", ["first", "answer", "answer for parents", "a comparison"])
def test_what_is_pressed_is_as_tall_as_a_finger(browser: Browser, address: str, name: str) -> None:
    for visit in visits(browser, address, viewport={"width": NARROW, "height": 640}):
        visit.go(name)
        visit.page.get_by_text("Menu", exact=True).click()
        assert visit.page.evaluate(TOO_SMALL) == []


def test_the_contents_open_on_a_phone_and_lead_on(browser: Browser, address: str) -> None:
    for visit in visits(browser, address, viewport={"width": NARROW, "height": 640}):
        visit.go("answer")
        link = visit.page.locator(".onpage").get_by_role("link", name="Sources", exact=True)
        expect(link).to_be_hidden()
        visit.page.get_by_text("On this page").click()
        link.click()
        expect(visit.page.get_by_role("heading", name="Sources", exact=True)).to_be_in_viewport()


def test_the_contents_lie_open_where_there_is_room(visit: Visit) -> None:
    visit.go("answer")
    expect(visit.page.get_by_text("On this page")).to_be_hidden()
    expect(visit.page.locator(".onpage a").first).to_be_visible()
    expect(visit.page.get_by_role("link", name="Glossary")).to_be_visible()


def test_a_parent_and_a_patient_each_read_their_own_words(visit: Visit) -> None:
    visit.go("answer for patients")
    visit.page.get_by_role("link", name="About my child").click()
    visit.page.wait_for_url("**about=child")
    current = visit.page.get_by_role("navigation", name="Who it is about").locator("[aria-current]")
    expect(current).to_have_text("About my child")
    expect(visit.page.locator("article")).to_contain_text("your child")
    visit.page.get_by_role("link", name="Print one page").click()
    expect(visit.page.locator(".ruled")).to_contain_text("my child")
    visit.page.get_by_role("link", name="Back to the whole answer").click()
    expect(current).to_have_text("About my child")
    visit.page.locator(".questions a").first.click()
    expect(current).to_have_text("About my child")


def test_a_refused_question_can_be_mended_in_its_field(visit: Visit) -> None:
    visit.page.goto(visit.base)
    visit.page.get_by_role("searchbox").fill("?!")
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Ask").click()
    field = visit.page.get_by_role("searchbox")
    expect(field).to_have_value("?!")
    expect(field).to_have_accessible_description(re.compile("holds no words"))
    assert "?!" not in visit.page.title() + visit.page.url


def test_colour_is_never_alone(browser: Browser, address: str) -> None:
    for visit in visits(browser, address, forced_colors="active"):
        visit.go("answer")
        marks = visit.page.locator(".mk").all_text_contents()
        assert len(marks) > 10
        assert all(text.strip() for text in marks)
