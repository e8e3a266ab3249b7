"""The pages in a real browser: on a phone, in the dark, with a keyboard, on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 360
PACK = "/conditions/parry_romberg"
FLAGSHIP = "/questions/parry_romberg/manage_active"
ADDRESSES = {
    "first": "/",
    "first for patients": "/?reader=patient",
    "answer": FLAGSHIP,
    "answer for patients": f"{FLAGSHIP}?reader=patient",
    "overview": PACK,
    "algorithm": f"{PACK}/algorithm",
    "sources": f"{PACK}/sources",
    "source": f"{PACK}/sources/SHARE19",
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
}


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
        else:
            self.page.goto(self.base)
            question, heading = QUESTIONS[name]
            self.page.get_by_role("combobox").select_option("")
            self.page.get_by_role("searchbox").fill(question)
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Ask").click()
            expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


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


SIDEWAYS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# Every page wide and light, and narrow and dark; the first four in all four looks.
LOOKS = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
FIRST = ["first", "answer", "emergency", "declined"]
REST = [name for name in [*ADDRESSES, *QUESTIONS] if name not in FIRST]
LOOKED_AT = [(n, *at) for n in FIRST for at in LOOKS] + [(n, *at) for n in REST for at in LOOKS[:2]]


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKED_AT)
def test_no_barrier_and_no_sideways_scroll(
    browser: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    for look in visits(browser, address, viewport=size, color_scheme=scheme):
        look.go(name)
        if name == "answer":
            look.page.locator("summary").first.click()
        scroll, room = look.page.evaluate(SIDEWAYS)
        assert scroll <= room
        found = Axe().run(look.page)
        assert found.violations_count == 0, found.generate_report()
        assert [url for url in look.asked if not url.startswith(look.base)] == []
        # The browser itself logs a refused page; nothing else may be logged.
        assert [text for text in look.said if "status of 40" not in text] == []


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


@pytest.mark.parametrize("name", ["first", "answer", "overview", "conflicts"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit, name: str) -> None:
    visit.go(name)
    everything = visit.page.evaluate(REACHABLE)
    assert everything > 10
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
    assert visit.page.url.endswith("#main")


def test_a_citation_opens_with_a_key(visit: Visit) -> None:
    visit.go("answer")
    first = visit.page.locator("summary").first
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
        visit.page.locator("summary").first.click()
        expect(visit.page.locator(".cited").first).to_be_visible()
        sent = [url for url in visit.asked if "cause" in url]
        assert sent == []


def test_the_reader_switch_keeps_the_question(visit: Visit) -> None:
    visit.go("answer")
    visit.page.get_by_role("link", name="Patient or parent").click()
    current = visit.page.locator(".switch [aria-current]")
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


def test_colour_is_never_alone(browser: Browser, address: str) -> None:
    for visit in visits(browser, address, forced_colors="active"):
        visit.go("answer")
        marks = visit.page.locator(".mk").all_text_contents()
        assert len(marks) > 10
        assert all(text.strip() for text in marks)
