"""What a twin really sends is what its types say."""

import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from rarepath.ask.reply import Reply
from rarepath.show.sheet import SheetPage
from rarepath.web.pages import PAGES
from tests.web.test_pages import address


def wrong(value: Any, hint: Any, at: str) -> Iterator[str]:
    """Where `value` is not what `hint` promises."""
    parts = typing.get_args(hint)
    if type(None) in parts:
        if value is not None:
            yield from wrong(value, next(p for p in parts if p is not type(None)), at)
    elif typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            yield f"{at} is no list"
            return
        for each in value:
            yield from wrong(each, parts[0], f"{at}[]")
    elif is_dataclass(hint):
        yield from wrong_object(value, hint, at)
    elif typing.get_origin(hint) is typing.Literal:
        if value not in parts:
            yield f"{at} is {value!r}"
    elif hint is date:
        if not isinstance(value, str) or date.fromisoformat(value).isoformat() != value:
            yield f"{at} is no date"
    elif type(value) is not hint:
        yield f"{at} is {value!r}"


def wrong_object(value: Any, kind: Any, at: str) -> Iterator[str]:
    names = [field.name for field in fields(kind)]
    if not isinstance(value, dict) or list(value) != names:
        yield f"{at} has other fields than {kind.__name__}"
        return
    hints = typing.get_type_hints(kind)
    for name in names:
        yield from wrong(value[name], hints[name], f"{at}.{name}")


def body(sent: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if name not in ("schema", "on", "pack")}


@pytest.mark.parametrize("reader", ["clinician", "patient", "coder"])
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.template)
def test_a_twin_keeps_its_types(client: TestClient, kind: Any, reader: str) -> None:
    sent = client.get(address(kind, as_json=True), params={"reader": reader}).json()
    assert list(wrong(body(sent), kind.view, kind.template)) == []


@pytest.mark.parametrize(
    "question",
    [
        "How is glimmer toe treated?",
        "My toe is burning right now",
        "What is GTS?",
        "What is asthma?",
        "How much lumenol for a boy of 8 with glimmer toe?",
    ],
)
def test_a_reply_keeps_its_types(client: TestClient, question: str) -> None:
    location = client.post("/ask", data={"q": question}).headers["location"]
    sent = client.get(f"{location}.json").json()
    assert list(wrong(body(sent), Reply, "reply")) == []


def test_the_page_to_print_keeps_its_types(client: TestClient) -> None:
    place = client.get("/questions/tiny/slow_it?reader=patient").headers["location"]
    sent = client.get(f"{place}/sheet.json").json()
    assert list(wrong(body(sent), SheetPage, "sheet")) == []


def test_a_wrong_type_is_seen(client: TestClient) -> None:
    location = client.post("/ask", data={"q": "How is glimmer toe treated?"}).headers["location"]
    sent = body(client.get(f"{location}.json").json())
    sent["bottom_line"], sent["review"]["updated"] = None, "yesterday"
    with pytest.raises(ValueError, match="yesterday"):
        list(wrong(sent, Reply, "reply"))
    sent["review"]["updated"] = "2026-11-22"
    assert list(wrong(sent, Reply, "reply")) == ["reply.bottom_line is no list"]
