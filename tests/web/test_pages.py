"""Every page and its JSON twin: what it shows, to whom, and what it links to."""

import re
from collections import Counter
from dataclasses import fields
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.testclient import TestClient

import rarepath.services.pages
from rarepath.knowledge.checks.numbers import doses_in
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.services.pages import SCHEMAS
from rarepath.show.sheet import SheetPage
from rarepath.show.status import PartStatus
from rarepath.web.app import create_app
from rarepath.web.pages import PAGES, PageKind
from tests.web.conftest import BASE, client_of

READERS = ["clinician", "patient", "coder"]
ITEMS = {"source.html": "GLIM20", "statement.html": "G01"}
OUTSIDE = ("https://doi.org/", "https://pubmed.ncbi.nlm.nih.gov/")


class Page(HTMLParser):
    """The parts of a page that the tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for _, attrs in self.tags if attribute in attrs]


def address(kind: PageKind, as_json: bool = False) -> str:
    path = kind.json_address if as_json else kind.address
    return path.format(pack="tiny", item=ITEMS.get(kind.template, ""))


def crawl(client: TestClient) -> dict[str, str]:
    """Every page that can be reached from the first by links, and its text."""
    found: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        response = client.get(path, follow_redirects=True)
        assert response.status_code == 200, path
        found[path] = response.text
        if response.headers["content-type"].startswith("text/html"):
            for link in Page(response.text).all("href"):
                target = urljoin(str(response.url), link)
                if target.startswith(BASE):
                    waiting.append(target.removeprefix(BASE).partition("#")[0])
    return found


@pytest.fixture(scope="module")
def site(tiny: Knowledge) -> dict[str, str]:
    return crawl(client_of(create_app(tiny, Config())))


@pytest.fixture(scope="module")
def pages(site: dict[str, str]) -> dict[str, Page]:
    return {path: Page(text) for path, text in site.items() if text.startswith("<!doctype")}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.template)
def test_a_page_and_its_twin_say_the_same(client: TestClient, kind: PageKind, reader: str) -> None:
    page = client.get(address(kind), params={"reader": reader})
    twin = client.get(address(kind, as_json=True), params={"reader": reader})
    assert page.status_code == twin.status_code == 200
    data = twin.json()
    assert list(data)[:3] == ["schema", "on", "pack"]
    assert set(data) == {"schema", "on", "pack"} | {field.name for field in fields(kind.view)}
    assert data["schema"] == SCHEMAS[kind.view]
    assert data["reader"] == reader
    assert address(kind, as_json=True) in page.text


def test_every_page_can_be_reached_by_links(site: dict[str, str]) -> None:
    reached = {urlsplit(path).path for path in site}
    for kind in PAGES:
        assert address(kind) in reached
        assert address(kind, as_json=True) in reached


def test_no_page_sends_anything_anywhere(pages: dict[str, Page]) -> None:
    assert len(pages) > 30
    for path, page in pages.items():
        for tag, attrs in page.tags:
            for name in ("src", "srcset", "href", "action", "data", "poster", "formaction"):
                value = attrs.get(name) or ""
                if re.match(r"([a-z]+:|//)", value):
                    assert tag == "a" and value.startswith(OUTSIDE), (path, value)
                    assert "noreferrer" in str(attrs.get("rel")), (path, value)


def test_no_page_has_a_script_or_a_style_of_its_own(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert not {"script", "style", "iframe", "object"} & {tag for tag, _ in page.tags}, path
        names = {name for _, attrs in page.tags for name in attrs}
        assert not [name for name in names if name == "style" or name.startswith("on")], path


def test_the_stylesheet_fetches_nothing() -> None:
    import rarepath.web

    static = Path(str(rarepath.web.__file__)).parent / "static"
    for file in static.iterdir():
        assert not re.search(r"url\(|@import|https?:(?!//www\.w3\.org)", file.read_text()), file


def test_places_on_a_page_are_unique_and_exist(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        places = page.all("id")
        assert not [name for name, n in Counter(places).items() if n > 1], path
        wanted = [link[1:] for link in page.all("href") if link.startswith("#")]
        wanted += [name for text in page.all("aria-labelledby") for name in text.split()]
        wanted += page.all("for")
        assert set(wanted) <= set(places), path


def test_every_page_has_one_first_heading_and_skips_no_level(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1, path
        steps = [after - before for before, after in pairwise(levels)]
        assert max([*steps, 0]) <= 1, path


def test_a_patient_never_reads_a_dose(site: dict[str, str], tiny: Knowledge) -> None:
    book = tiny.pack("tiny").phrasebook
    patient = {path: text for path, text in site.items() if "reader=patient" in path}
    assert len(patient) > 10
    for path, text in patient.items():
        assert not doses_in(text, book), path
    assert doses_in(site["/conditions/tiny/statements/G04"], book)  # the check can see one


def test_a_patients_links_stay_with_patient_pages(pages: dict[str, Page]) -> None:
    for path in [path for path in pages if "reader=patient" in path]:
        links = [(tag, attrs) for tag, attrs in pages[path].tags if tag == "a"]
        for _, attrs in links:
            link = str(attrs.get("href"))
            ours = link.startswith(("/conditions", "/questions", "/about"))
            if ours and "aria-current" not in attrs:
                switch = link.partition("?")[0] == urlsplit(path).path
                assert switch or "reader=patient" in link, (path, link)


def test_a_reader_gets_only_what_is_written_for_them(client: TestClient) -> None:
    path = "/conditions/tiny/statements/G04"
    assert "15 mg/m² once weekly" in client.get(path).text
    assert "once a week, never daily" in client.get(f"{path}?reader=patient").text
    missing = client.get(f"{path}?reader=coder")
    assert missing.status_code == 404
    assert "for this reader" in missing.text


def test_a_signature_is_shown_where_it_holds(client: TestClient) -> None:
    page = client.get("/conditions/tiny/statements/G02").text
    assert "Dr Invented, physician in a test" in page
    assert "22 November 2026" in page
    assert "No one has signed it." in client.get("/conditions/tiny/statements/G01").text
    record = client.get("/about.json").json()["packs"][0]
    assert record["reviewers"] == [
        {"name": "Dr Invented", "role": "physician in a test", "signed": 1}
    ]
    assert {entry["state"]: entry["n"] for entry in record["states"]} == {
        "submitted": 7,
        "approved": 1,
    }


def test_a_part_that_is_not_there_is_one_quiet_line(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = PartStatus("vectors", False, "finds more", "scripts/setup vectors")
    there = PartStatus("measure", True, "measures", "scripts/setup measure")
    monkeypatch.setattr(rarepath.services.pages, "parts", lambda: [absent, there])
    page = client.get("/about").text
    assert page.count("is not installed; questions are answered without it") == 1
    assert "It finds more." in page and "scripts/setup vectors" in page
    assert "scripts/setup measure" not in page
    assert [part["name"] for part in client.get("/about.json").json()["missing_parts"]] == [
        "vectors"
    ]


def test_an_answer_for_patients_has_a_page_to_print_and_its_twin(client: TestClient) -> None:
    found = client.get("/questions/tiny/slow_it?reader=patient&about=child").headers["location"]
    address, _, query = found.partition("?")
    assert query == "about=child"
    page, twin = (client.get(f"{address}/sheet{end}?{query}") for end in ("", ".json"))
    data = twin.json()
    assert list(data) == ["schema", "on", "pack", *(f.name for f in fields(SheetPage))]
    assert (data["schema"], data["about"]) == ("rarepath/sheet/1", "child")
    assert data["title"] in page.text and f"{address}/sheet.json?about=child" in page.text
    assert BASE not in page.text


@pytest.mark.parametrize("reader", ["clinician", "coder"])
def test_no_other_reply_has_a_page_to_print(client: TestClient, reader: str) -> None:
    place = client.get(f"/questions/tiny/slow_it?reader={reader}").headers["location"]
    assert "Print one page" not in client.get(place).text
    for ending in ("", ".json"):
        refused = client.get(f"{place}/sheet{ending}")
        assert refused.status_code == 404
        assert "no page to print" in refused.text
    form = {"q": "My toe is burning right now", "reader": "patient"}
    danger = client.post("/ask", data=form).headers["location"]
    assert client.get(f"{danger}/sheet").status_code == 404


def test_where_a_statement_is_written(client: TestClient) -> None:
    place = client.get("/conditions/tiny/statements/G02.json").json()["place"]
    file, _, line = place.partition(":")
    source = (Path(__file__).parents[1] / "packs" / "tiny" / file).read_text().splitlines()
    assert "G02" in source[int(line) - 1]


def test_an_item_with_a_point_in_its_name(folder: Path) -> None:
    content = folder / "tiny" / "content.yaml"
    for file in (content, folder / "tiny" / "condition.yaml"):
        file.write_text(file.read_text().replace("GLIM20", "glim.20.json"))
    client = client_of(create_app(Knowledge([folder]), Config()))
    page = client.get("/conditions/tiny/sources/glim.20.json.json")
    assert page.json()["source"]["id"] == "glim.20.json"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/conditions/nothing", 404, "no condition pack called"),
        ("/conditions/shared", 404, "is not a disease"),
        ("/conditions/tiny/sources/NOTHING", 404, "no source"),
        ("/conditions/tiny/statements/NOTHING", 404, "no statement"),
        ("/answers/0000000000000000", 404, "no answer with that id"),
        ("/questions/tiny/nothing", 404, "no such answer"),
        ("/?reader=nobody", 400, "no reader called"),
        ("/ask", 405, "only be read"),
    ],
)
def test_what_goes_wrong_has_a_page_and_a_twin(
    client: TestClient, path: str, status: int, words: str
) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in response.text
    assert "Traceback" not in response.text
    assert "This page as JSON" not in response.text
    if path.startswith(("/nothing", "/conditions", "/answers")):
        twin = client.get(f"{path}.json")
        assert twin.status_code == status
        assert set(twin.json()["error"]) == {"type", "message", "what_to_do", "where"}
