"""What leaves as JSON: the fixed order, the exact values, and what is refused."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rarepath.kernel.envelope import Envelope, PackVersion, dump_json, to_json
from rarepath.kernel.errors import InternalError
from rarepath.kernel.frequency import Weekly
from rarepath.kernel.quantity import Quantity
from rarepath.kernel.time import Age, PartialDate, Period, Span
from rarepath.kernel.truth import Truth

DAY = date(2026, 2, 1)
PACK = PackVersion("parry_romberg", "1.0.0")


class Tier(Enum):
    """As in a verb."""

    SAME_DAY = "same_day"


@dataclass(frozen=True)
class Finding:
    """As in a verb."""

    result: Tier
    because: tuple[str, ...]


def test_an_envelope_keeps_its_order() -> None:
    envelope = Envelope("answer", DAY, PACK, {"zebra": [], "aardvark": None})
    assert dump_json(envelope) == (
        "{\n"
        '  "schema": "answer",\n'
        '  "on": "2026-02-01",\n'
        '  "pack": {\n'
        '    "id": "parry_romberg",\n'
        '    "version": "1.0.0"\n'
        "  },\n"
        '  "zebra": [],\n'
        '  "aardvark": null\n'
        "}"
    )


def test_an_envelope_without_a_pack() -> None:
    assert Envelope("status", DAY, None, {}).to_json() == {
        "schema": "status",
        "on": "2026-02-01",
        "pack": None,
    }


@pytest.mark.parametrize("key", ["schema", "on", "pack", "camelCase", "_hidden", "a__b", "a-b", ""])
def test_a_body_cannot_break_the_contract(key: str) -> None:
    with pytest.raises(InternalError) as caught:
        Envelope("answer", DAY, PACK, {"fine": 1, key: 2})
    assert caught.value.message == (
        f"A result holds the key {key!r}, which cannot be written as JSON."
    )
    assert caught.value.what_to_do == (
        "Please report this; nothing is wrong with what you entered."
    )


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("Müller 中", "Müller 中"),
        (Decimal("15.90"), "15.9"),
        (Decimal("1E+3"), "1000"),
        (DAY, "2026-02-01"),
        (datetime(2026, 2, 1, 8, 30, tzinfo=UTC), "2026-02-01T08:30:00+00:00"),
        (Tier.SAME_DAY, "same_day"),
        (Truth.UNKNOWN, "unknown"),
        (PartialDate(2026, 2), "2026-02"),
        (Period(months=12), "P12M"),
        (Span(DAY, date(2026, 2, 3)), {"earliest": "2026-02-01", "latest": "2026-02-03"}),
        (Age(8, 9), {"lowest": 8, "highest": 9}),
        (Quantity.parse("15.90 mg/wk"), {"amount": "15.9", "unit": "mg/wk"}),
        (Weekly(), "once weekly"),
        ((2, 1), [2, 1]),
        ([], []),
        ({"b": 1, "a": ()}, {"b": 1, "a": []}),
        ({Tier.SAME_DAY: DAY}, {"same_day": "2026-02-01"}),
        (Finding(Tier.SAME_DAY, ("x",)), {"result": "same_day", "because": ["x"]}),
        ({"b", "a", "c"}, ["a", "b", "c"]),
        (frozenset({10, 9}), [10, 9]),
    ],
)
def test_a_value_as_json(value: object, plain: object) -> None:
    assert to_json(value) == plain
    assert type(to_json(value)) is type(plain)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (1.5, "a value of type float"),
        (float("nan"), "a value of type float"),
        (Decimal("NaN"), "a value of type Decimal"),
        (Decimal("Infinity"), "a value of type Decimal"),
        (object(), "a value of type object"),
        (Finding, "a value of type type"),
        (b"bytes", "a value of type bytes"),
        ({1: "a"}, "the key 1"),
    ],
)
def test_what_has_no_exact_form_is_refused(value: object, what: str) -> None:
    with pytest.raises(InternalError) as caught:
        dump_json({"deep": [value]})
    assert caught.value.message == f"A result holds {what}, which cannot be written as JSON."


def test_text_stays_readable() -> None:
    assert dump_json("Müller") == '"Müller"'


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(PLAIN)
def test_plain_data_comes_back(data: object) -> None:
    assert json.loads(dump_json(data)) == data
