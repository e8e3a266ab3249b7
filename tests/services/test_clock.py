from datetime import date

import pytest

from rarepath.kernel.errors import AmbiguousDate, ImplausibleValue
from rarepath.kernel.time import PartialDate
from rarepath.services import clock

TODAY = date(2026, 11, 22)


def test_today_is_a_day() -> None:
    before = date.today()
    assert before <= clock.today() <= date.today()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, TODAY),
        ("2026-11-22", TODAY),
        ("2024-02-29", date(2024, 2, 29)),
        ("2031-01-01", date(2031, 1, 1)),
    ],
)
def test_the_day_asked_about(text: str | None, day: date) -> None:
    assert clock.resolve_on(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "2026", "2026-11", "22.11.2026", "tomorrow", " 2026-11-22"])
def test_only_a_whole_date_is_a_day(text: str) -> None:
    with pytest.raises(AmbiguousDate) as caught:
        clock.resolve_on(text, TODAY)
    assert caught.value.what_to_do.startswith("Write")


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(ImplausibleValue):
        clock.resolve_on("2026-02-30", TODAY)


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11", "2026", "1990"])
def test_a_fact_that_may_have_happened_is_taken(text: str) -> None:
    clock.refuse_future(PartialDate.parse(text), TODAY, "weight")


@pytest.mark.parametrize("text", ["2026-11-23", "2026-12", "2027"])
def test_a_fact_to_come_is_refused(text: str) -> None:
    with pytest.raises(ImplausibleValue, match=r"weight: The date .* has not come yet"):
        clock.refuse_future(PartialDate.parse(text), TODAY, "weight")
