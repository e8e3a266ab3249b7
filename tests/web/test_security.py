"""Who may ask, what every response carries, and what never leaves."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

import rarepath.web.app
from rarepath.web.security import MAX_BODY, refusal

HOST = "127.0.0.1:8000"


def scope(method: str = "GET", port: int = 8000, **headers: str) -> dict[str, Any]:
    named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    return {
        "type": "http",
        "method": method,
        "server": ("127.0.0.1", port),
        "headers": [(k.encode(), v.encode()) for k, v in named.items() if v != "absent"],
    }


@pytest.mark.parametrize("host", [HOST, "localhost:8000", "[::1]:8000"])
def test_the_loopback_by_any_of_its_names(host: str) -> None:
    assert refusal(scope(host=host)) is None


@pytest.mark.parametrize(
    "host",
    [
        "absent",
        "",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:9000",
        "127.0.0.1:8000.evil",
        "::1",
    ],
)
def test_no_other_name_of_this_machine(host: str) -> None:
    assert refusal(scope(host=host)) == 400


def test_two_names_are_none() -> None:
    twice = scope()
    twice["headers"] *= 2
    assert refusal(twice) == 400


def test_the_standard_port_may_be_left_out() -> None:
    assert refusal(scope(port=80, host="127.0.0.1")) is None
    assert refusal(scope(port=80, host="127.0.0.1:8000")) == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "same-origin"},
        {"sec_fetch_site": "same-origin", "origin": "null"},
        {"sec_fetch_site": "none"},
        {"origin": f"http://{HOST}"},
        {},
    ],
)
def test_our_own_form_may_ask(headers: dict[str, str]) -> None:
    assert refusal(scope("POST", **headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": f"http://{HOST}"},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": f"https://{HOST}"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_another_website_may_not(headers: dict[str, str], method: str) -> None:
    assert refusal(scope(method, **headers)) == 403


def test_another_website_may_link_to_us() -> None:
    assert refusal(scope(sec_fetch_site="cross-site", origin="http://evil.example")) is None


@pytest.mark.parametrize("length", [str(MAX_BODY + 1), "9" * 30, "-1", "a"])
def test_a_long_body_is_refused_before_it_is_read(length: str) -> None:
    assert refusal(scope("POST", content_length=length)) == 413


def test_a_long_body_without_a_length_is_refused_while_it_is_read(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"q="
        yield from (b"a" * 10_000 for _ in range(10))

    form = {"content-type": "application/x-www-form-urlencoded"}
    response = client.post("/ask", content=chunks(), headers=form)
    assert response.status_code == 413
    assert "This is too long" in response.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/index.json", 200),
        ("GET", "/static/rarepath.css", 200),
        ("GET", "/nothing", 404),
        ("GET", "/nothing.json", 404),
        ("POST", "/", 405),
        ("POST", "/ask", 400),
    ],
)
def test_every_response_is_locked_down(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    policy = response.headers["content-security-policy"].split("; ")
    assert set(policy) == {
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    kept = "no-cache" if path.startswith("/static") else "no-store"
    assert response.headers["cache-control"] == kept


@pytest.mark.parametrize(("path", "json"), [("/", False), ("/about.json", True)])
def test_a_refused_request_gets_a_page_too(client: TestClient, path: str, json: bool) -> None:
    response = client.get(path, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert response.headers["referrer-policy"] == "no-referrer"
    if json:
        assert response.json()["error"]["type"] == "usage_error"
    else:
        assert "This request cannot be answered" in response.text


SECRET = "wombat quokka numbat 1 mg"


def test_a_fault_of_ours_is_a_page_and_its_log_quotes_nobody(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: object, **more: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(rarepath.web.app, "ask", fail)
    with caplog.at_level(logging.DEBUG):
        response = client.post("/ask", data={"q": SECRET})
    assert response.status_code == 500
    assert "Something went wrong here" in response.text
    assert "wombat" not in response.text + caplog.text
    assert "RuntimeError at" in caplog.text


@pytest.mark.parametrize("question", [SECRET, SECRET * 200, f"\x00{SECRET}", "w\u0301" * 9000])
def test_a_question_is_in_no_address_log_title_or_page(
    client: TestClient, caplog: pytest.LogCaptureFixture, question: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/ask", data={"q": question, "reader": "patient"})
        # Where it was refused it stays in the field, to be mended, and nowhere else.
        mended = re.sub(r'(name="q"[^>]*? value=")[^"]*', r"\1", response.text)
        seen = [mended, str(response.headers)]
        if response.status_code == 303:
            seen.append(client.get(response.headers["location"]).text)
    assert response.status_code in {303, 400, 413}
    ours = [record.getMessage() for record in caplog.records if record.name != "httpx2"]
    assert not [text for text in (*seen, *ours) if "wombat" in text.lower()]


def test_nothing_of_a_question_reaches_the_page_to_print(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        form = {"q": f"How is glimmer toe treated? {SECRET}", "reader": "patient"}
        found = client.post("/ask", data=form).headers["location"]
        address, _, query = found.partition("?")
        seen = [found]
        for ending in ("", ".json", "/sheet", "/sheet.json"):
            page = client.get(f"{address}{ending}?{query}")
            assert page.status_code == 200, ending
            seen.append(page.text + str(page.headers))
    ours = [record.getMessage() for record in caplog.records if record.name != "httpx2"]
    assert not [text for text in (*seen, *ours) if "wombat" in text.lower()]
