"""Whom a page is about: the patient who reads it, or the child of the one who reads it."""

import json
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient


def led_to(client: TestClient, question: str, **more: str) -> str:
    said = {"q": question, "reader": "patient", "pack": "tiny"} | more
    response = client.post("/ask", data=said)
    assert response.status_code == 303, response.text
    return response.headers["location"]


def about_of(address: str) -> list[str]:
    return parse_qs(urlsplit(address).query).get("about", [])


@pytest.mark.parametrize(
    ("question", "more", "about"),
    [
        ("What is glimmer toe?", {}, []),
        ("What is glimmer toe?", {"about": "child"}, ["child"]),
        ("My daughter has glimmer toe. What is it?", {}, ["child"]),
        ("My daughter has glimmer toe. What is it?", {"about": "me"}, []),
        ("My daughter has glimmer toe. What is it?", {"reader": "clinician"}, []),
    ],
)
def test_the_address_says_whom_it_is_about(
    client: TestClient, question: str, more: dict[str, str], about: list[str]
) -> None:
    assert about_of(led_to(client, question, **more)) == about


def test_page_and_data_speak_of_the_child(client: TestClient) -> None:
    address = led_to(client, "What is glimmer toe?", about="child")
    path = urlsplit(address).path
    assert "<h1>What does my child have?</h1>" in unescape(client.get(address).text)
    assert "<h1>What do I have?</h1>" in unescape(client.get(path).text)
    told = json.loads(client.get(f"{path}.json?about=child").text)
    assert (told["about"], told["understood_as"]) == ("child", "What does my child have?")
    mine = json.loads(client.get(f"{path}.json").text)
    assert (mine["about"], mine["understood_as"]) == ("me", "What do I have?")
    assert told["id"] == mine["id"]


def test_a_question_of_the_pack_keeps_whom_it_is_about(client: TestClient) -> None:
    response = client.get("/questions/tiny/what_is_it?reader=patient&about=child")
    assert about_of(response.headers["location"]) == ["child"]


def test_an_emergency_speaks_of_the_child(client: TestClient) -> None:
    address = led_to(client, "My son's toe is burning right now")
    assert about_of(address) == ["child"] and "emergency" in address


def test_anyone_else_is_refused(client: TestClient) -> None:
    response = client.get("/questions/tiny/what_is_it?reader=patient&about=dog")
    assert response.status_code == 400
    assert "not about" in unescape(response.text)
    assert "'dog'" in unescape(response.text)
