"""From the form to the answer's page, and every state a reply can have."""

import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rarepath.knowledge.base import Reader
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.web.app import create_app
from tests.web.conftest import TINY, client_of


def asked(client: TestClient, question: str, **more: str) -> tuple[str, str]:
    """Where a question leads, and the text there."""
    response = client.post("/ask", data={"q": question} | more)
    assert response.status_code == 303, response.text
    location = response.headers["location"]
    page = client.get(location)
    assert page.status_code == 200
    return location, unescape(page.text)


def test_an_answer_has_its_parts_in_order(client: TestClient) -> None:
    location, page = asked(client, "How is glimmer toe treated?")
    assert location.startswith("/answers/") and "?" not in location
    parts = [
        "<h1>Which treatment of glimmer toe has been studied?</h1>",
        "Submitted",
        "The trial gave adults lumenol",
        ">Coming back</h2>",
        '<h2 id="X-socks">Lumenol or socks',
        "Moonlight cures glimmer toe.",
        "What would change this answer",
        "Go on from here",
        '<h2 id="sources">Sources</h2>',
        '<h2 id="key">How to read',
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_a_statement_wears_its_marks_in_words(client: TestClient) -> None:
    _, page = asked(client, "How is glimmer toe treated?")
    start = page.index("In glimmer foot, 15.4 %")
    statement = page[start : page.index("</section>", start)]
    assert "Low certainty," in statement and "same family" in statement
    assert "10/65 (15.4 %) relapsed" in statement  # the note, in the panel of the source
    assert "Abstract; read in the abstract." in statement


def test_a_disputed_statement_leads_to_both_sides(client: TestClient) -> None:
    _, page = asked(client, "How is glimmer toe treated?")
    assert page.count('href="#X-socks"') == 3  # two statements and the contents
    assert 'aria-label="40 dots: 40 people studied"' in page
    assert page.count("<circle cx=") - page.count("<symbol") > 40


def test_a_patient_is_answered_in_plain_words(client: TestClient) -> None:
    _, page = asked(client, "How is glimmer toe treated?", reader="patient")
    assert "What can slow it down?" in page
    assert "Good evidence, about this disease itself" in page
    assert "Questions for your team" in page
    assert "Strong evidence" in page and "High certainty" not in page  # the key, too
    assert "15 mg" not in page
    assert 'name="reader" value="patient"' in page


def test_the_switch_leads_to_the_same_question_for_another_reader(client: TestClient) -> None:
    _, page = asked(client, "How is glimmer toe treated?")
    assert 'href="/questions/tiny/slow_it?reader=patient"' in page
    assert "reader=coder" not in page  # it is not answered for them
    link = client.get("/questions/tiny/slow_it?reader=patient")
    assert link.status_code == 303
    assert "What can slow it down?" in client.get(link.headers["location"]).text


def test_a_follow_up_keeps_the_disease_and_the_reader(client: TestClient) -> None:
    location, page = asked(client, "How is glimmer toe treated?", reader="patient")
    name = location.removeprefix("/answers/")
    assert f'name="after" value="{name}"' in page
    _, after = asked(client, "What do I have?", reader="patient", pack="tiny", after=name)
    assert "one toe starts to shine" in after


def test_a_present_danger_is_the_box_alone(client: TestClient) -> None:
    location, page = asked(client, "My toe is burning right now", reader="patient")
    assert "~emergency~" in location
    assert "your local emergency number" in page
    assert '<h1 id="danger-box">' in page
    assert "<form" not in page and "Sources</h2>" not in page


def test_the_number_to_call_is_the_one_that_is_set(tiny: Knowledge) -> None:
    client = client_of(create_app(tiny, Config(emergency_number="112")))
    assert "Call 112" in asked(client, "My toe is burning right now")[1]


def test_a_danger_that_is_spoken_of_stands_above_the_answer(folder: Path) -> None:
    header = folder / "tiny" / "condition.yaml"
    header.write_text(header.read_text().replace("    statements: [G07]\n", ""))
    client = client_of(create_app(Knowledge([folder]), Config()))
    location, page = asked(client, "How is glimmer toe treated after a burning toe?")
    assert location.endswith("?sign=RF-toe-hot")
    assert page.index("danger-box") < page.index("<h1>")
    assert "A toe that burns or smokes" in page
    assert f"{location.replace('?', '.json?')}" in page


def test_a_sign_that_does_not_exist_is_no_box(client: TestClient) -> None:
    location, _ = asked(client, "How is glimmer toe treated?")
    assert client.get(f"{location}?sign=RF-nothing").status_code == 404


def test_a_name_with_two_meanings_is_asked_about(client: TestClient) -> None:
    _, page = asked(client, "What is GTS?")
    assert "One more thing is needed" in page
    assert "Gilles de la Tourette" in page
    assert 'href="/conditions/tiny"' in page


def test_a_declined_question_says_why_and_what_is_answered(client: TestClient) -> None:
    _, page = asked(client, "What is asthma?")
    assert "This is not answered here" in page
    assert "Which treatment of glimmer toe has been studied?" in page


def test_an_empty_question_is_told_so_at_the_field(client: TestClient) -> None:
    response = client.post("/ask", data={"q": "  ", "reader": "patient", "pack": "tiny"})
    assert response.status_code == 400
    page = unescape(response.text)
    assert 'aria-invalid="true" aria-describedby="question-error"' in page
    assert 'id="question-error"' in page
    assert '<option value="tiny" selected>' in page and 'name="reader" value="patient"' in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"q": "What is glimmer toe?", "reader": "nobody"}, 400),
        ({"q": "What is glimmer toe?", "pack": "nothing"}, 404),
        ({"q": "What is glimmer toe?", "after": "nothing"}, 404),
        ({"q": "What is glimmer toe?", "reader": "", "pack": "", "after": ""}, 303),
    ],
)
def test_a_form_that_is_not_ours(client: TestClient, form: dict[str, str], status: int) -> None:
    assert client.post("/ask", data=form).status_code == status


def test_another_kind_of_body_is_no_question(client: TestClient) -> None:
    assert client.post("/ask", json={"q": "What is glimmer toe?"}).status_code == 400
    file = {"q": ("q.txt", b"What is glimmer toe?")}
    assert client.post("/ask", files=file).status_code == 400
    many = "&".join("a=b" for _ in range(20))
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/ask", content=many, headers=form).status_code == 400


def test_the_disease_is_chosen_by_going_to_its_pages(client: TestClient) -> None:
    hidden = 'name="pack" value="tiny"'
    assert '<option value="tiny" selected>' in client.get("/").text  # the only one there is
    assert hidden in client.get("/conditions/tiny").text
    assert hidden in asked(client, "How is glimmer toe treated?")[1]
    assert hidden not in asked(client, "What is GTS?")[1]


def test_markup_is_only_text(client: TestClient) -> None:
    _, page = asked(client, "What is glimmer toe <script>alert(1)</script>?")
    assert "<script" not in page


def test_the_usual_reader_is_the_one_that_is_set(tiny: Knowledge) -> None:
    client = client_of(create_app(tiny, Config(default_reader=Reader.PATIENT)))
    assert "Patients and parents ask" in client.get("/").text
    assert 'href="/?reader=clinician"' in client.get("/").text


def break_pack(folder: Path) -> None:
    content = folder / "tiny" / "content.yaml"
    content.write_text(content.read_text().replace("certainty: moderate", "certainty: great", 1))


def test_a_pack_that_breaks_keeps_answering_and_says_where(folder: Path) -> None:
    client = client_of(create_app(Knowledge([folder]), Config()))
    break_pack(folder)
    _, page = asked(client, "How is glimmer toe treated?")
    assert "A condition pack is broken." in page
    assert "tiny/content.yaml:18:" in page
    assert "The last version that could be read answers meanwhile." in page


def test_a_pack_that_never_worked_is_left_out(folder: Path) -> None:
    break_pack(folder)
    client = client_of(create_app(Knowledge([folder]), Config()))
    page = client.get("/").text
    assert "It is left out until this is mended." in page
    assert "there is nothing to ask yet" in page
    broken = client.get("/conditions/tiny")
    assert broken.status_code == 503
    assert "This pack cannot be read" in broken.text
    assert client.get("/conditions/tiny.json").json()["error"]["type"] == "pack_broken"


def test_a_second_pack_is_a_second_folder(folder: Path) -> None:
    shutil.copytree(TINY, folder / "second")
    for file in (folder / "second").glob("*.yaml"):
        text = (
            file.read_text()
            .replace("id: tiny", "id: second")
            .replace("about: tiny", "about: second")
        )
        file.write_text(text.replace("Glimmer toe", "Gleaming ear").replace("Lampyr", "Lucio"))
    client = client_of(create_app(Knowledge([folder]), Config()))
    first = client.get("/").text
    assert '<option value="" selected>' in first
    assert 'href="/conditions/second"' in first and 'href="/conditions/tiny"' in first
    assert "Gleaming ear" in client.get("/conditions/second").text


def test_several_questions_lead_to_a_page_of_several(client: TestClient) -> None:
    location, page = asked(client, "How is glimmer toe treated? And what is glimmer toe?")
    assert "<h1>2 questions, one after the other</h1>" in page
    links = re.findall(r'<a href="(/answers/[^"]+)">The whole answer<', page)
    assert len(links) == 2
    for link in links:
        assert client.get(unescape(link)).status_code == 200
    assert len(client.get(f"{location}.json").json()["parts"]) == 2
