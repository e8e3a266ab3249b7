"""One thing has one word, on every surface."""

from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from rarepath.ask.marks import badge
from rarepath.ask.reply import ChangeView, HistoryView, Status
from rarepath.knowledge.answers import CirculatingClaim
from rarepath.knowledge.base import Certainty, Directness, Reader, ReviewState, Tier
from rarepath.knowledge.evidence import Citation, Source, Statement
from rarepath.knowledge.packs import read_pack
from rarepath.show import words

TINY = Path(__file__).parents[1] / "packs" / "tiny"


@pytest.fixture(scope="module")
def statement() -> Statement:
    found: Statement = read_pack(TINY).statements["G01"]
    return found


@pytest.mark.parametrize("directness", list(Directness))
@pytest.mark.parametrize("certainty", list(Certainty))
def test_a_mark_and_a_badge_use_the_same_words(
    statement: Statement, certainty: Certainty, directness: Directness
) -> None:
    marked = statement.model_copy(update={"certainty": certainty, "directness": directness})
    clinician = f"{words.CERTAINTY[certainty]}, {words.DIRECTNESS[directness]}"
    patient = f"{words.CERTAINTY_PLAIN[certainty]}, {words.DIRECTNESS_PLAIN[directness]}"
    assert badge(marked, Reader.CLINICIAN) == words.capital(clinician)
    assert badge(marked, Reader.PATIENT) == words.capital(patient)


def literal(model: type, field: str) -> set[str]:
    return set(get_args(model.model_fields[field].annotation))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (words.CERTAINTY, set(Certainty)),
        (words.CERTAINTY_PLAIN, set(Certainty)),
        (words.DIRECTNESS, set(Directness)),
        (words.DIRECTNESS_PLAIN, set(Directness)),
        (words.READER, set(Reader)),
        (words.READERS, set(Reader)),
        (words.REVIEW, set(ReviewState)),
        (words.REVIEW_PLAIN, set(ReviewState)),
        (words.TIER, set(Tier)),
        (words.KIND, literal(Source, "kind")),
        (words.SOURCE_STATUS, literal(Source, "status")),
        (words.SUPPORT, literal(Citation, "support")),
        (words.VERIFICATION, literal(Citation, "verification")),
        (words.VERDICT, literal(CirculatingClaim, "verdict")),
        (words.CHANGE, set(get_args(get_type_hints(ChangeView)["kind"]))),
        (words.CHANGE_PLAIN, set(words.CHANGE)),
        (words.DECLINED, set(get_args(Status)) - {"answered", "emergency"}),
    ],
)
def test_every_value_has_a_word(table: dict[str, str], values: set[str]) -> None:
    assert set(table) == values


def test_a_value_without_a_word_loses_its_underscores() -> None:
    assert words.word(words.TIER, "some_day") == "some day"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("abc", "Abc."), ("Abc.", "Abc."), ("why?", "Why?"), ("", ""), ("x:", "X:"), ("É", "É.")],
)
def test_a_sentence(text: str, shown: str) -> None:
    assert words.sentence(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("15 mg/m2 once weekly", "15 mg/m² once weekly"),
        ("mg/m2/week", "mg/m²/week"),
        ("g/m2, mcg/m2", "g/m², mcg/m²"),
        ("kg/m2", "kg/m²"),
        ("mg/m25", "mg/m25"),
        ("the file m2", "the file m2"),
    ],
)
def test_surfaces_are_set_as_print_would(text: str, shown: str) -> None:
    assert words.typeset(text) == shown


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("2 to 20", "a", "2 to 20 years"),
        ("1", "mo", "1 month"),
        ("12", "mo", "12 months"),
        ("15", "mg/m2/wk", "15 mg/m²/week"),
        ("0.5 to 1.50", "mg/kg/d", "0.5 to 1.5 mg/kg/day"),
        ("65", "children", "65 children"),
        ("15.4", "%", "15.4%"),
    ],
)
def test_a_number_with_its_unit(amount: str, unit: str, shown: str) -> None:
    assert words.measured(amount, unit) == shown


def test_a_date_cannot_be_read_in_two_ways() -> None:
    assert words.date_in_words(date(2026, 2, 1)) == "1 February 2026"


@pytest.mark.parametrize(
    ("added", "reworded", "told"),
    [
        (("A",), (), "1 is new"),
        ((), ("A",), "1 was changed"),
        (("A", "B"), ("C", "D"), "2 are new and 2 were changed"),
    ],
)
def test_what_changed_is_one_sentence(
    added: tuple[str, ...], reworded: tuple[str, ...], told: str
) -> None:
    history = HistoryView("0.1.0", date(2026, 2, 1), added, reworded)
    since = "since version 0.1.0 of 1 February 2026."
    assert words.changed_since(history) == f"Of the statements here, {told} {since}"
