"""Frequencies: every one there is, their words, and the hard stop for weekly drugs."""

import pytest

from rarepath.kernel.errors import ImplausibleValue
from rarepath.kernel.frequency import (
    Daily,
    EveryMonths,
    EveryWeeks,
    Frequency,
    Once,
    OnDays,
    TimesWeekly,
    Weekday,
    Weekly,
    parse_frequency,
    require_weekly,
)

WORDS: list[tuple[Frequency, str]] = [
    (Once(), "once"),
    (Daily(), "once daily"),
    (Daily(2), "twice daily"),
    (Daily(3), "three times daily"),
    (Daily(4), "four times daily"),
    (Daily(5), "five times daily"),
    (Daily(6), "six times daily"),
    (Weekly(), "once weekly"),
    (Weekly(Weekday.MONDAY), "once weekly on Monday"),
    (TimesWeekly(2), "twice weekly"),
    (TimesWeekly(6), "six times weekly"),
    (EveryWeeks(2), "every 2 weeks"),
    (EveryWeeks(52), "every 52 weeks"),
    (EveryMonths(), "every month"),
    (EveryMonths(2), "every 2 months"),
    (EveryMonths(24), "every 24 months"),
    (OnDays((1,)), "on day 1"),
    (OnDays((1, 15)), "on days 1 and 15"),
    (OnDays((1, 2, 365)), "on days 1, 2 and 365"),
]
DAYS = {
    Weekday.MONDAY: "Monday",
    Weekday.TUESDAY: "Tuesday",
    Weekday.WEDNESDAY: "Wednesday",
    Weekday.THURSDAY: "Thursday",
    Weekday.FRIDAY: "Friday",
    Weekday.SATURDAY: "Saturday",
    Weekday.SUNDAY: "Sunday",
}


@pytest.mark.parametrize(("frequency", "words"), WORDS)
def test_words(frequency: Frequency, words: str) -> None:
    assert frequency.text() == words
    assert frequency.as_json() == words
    assert parse_frequency(words) == frequency


@pytest.mark.parametrize("day", Weekday)
def test_every_weekday(day: Weekday) -> None:
    assert parse_frequency(f"once weekly on {DAYS[day]}") == Weekly(day)


@pytest.mark.parametrize(
    ("short", "frequency"),
    [("daily", Daily(1)), ("weekly", Weekly()), ("monthly", EveryMonths(1))],
)
def test_short_forms(short: str, frequency: Frequency) -> None:
    assert parse_frequency(short) == frequency


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Weekly",
        "weekly ",
        "every 7 days",
        "every 1 weeks",
        "every 53 weeks",
        "every 25 months",
        "once weekly on monday",
        "seven times daily",
        "QD",
        "on days",
        "on days 1, 15",
        "on days 1 and 15 ",
        "on day 1 and 15",
        "on days 1 and 2 of 3",
        "days 1 and 15",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        parse_frequency(text)
    assert caught.value.message == f"{text!r} is not a frequency known here."
    assert caught.value.what_to_do == (
        "Write for example: once weekly on Monday, twice daily, every 2 weeks."
    )


@pytest.mark.parametrize("text", ["on days 15 and 1", "on days 0 and 1", "on day 366"])
def test_a_course_has_real_days(text: str) -> None:
    with pytest.raises(ImplausibleValue):
        parse_frequency(text)


@pytest.mark.parametrize(
    ("kind", "number", "limits"),
    [
        (Daily, 0, "1 to 6"),
        (Daily, 7, "1 to 6"),
        (Daily, True, "1 to 6"),
        (Daily, 2.0, "1 to 6"),
        (TimesWeekly, 1, "2 to 6"),
        (TimesWeekly, 7, "2 to 6"),
        (EveryWeeks, 1, "2 to 52"),
        (EveryWeeks, 53, "2 to 52"),
        (EveryMonths, 0, "1 to 24"),
        (EveryMonths, 25, "1 to 24"),
    ],
)
def test_numbers_out_of_range(kind: type[Daily], number: int, limits: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        kind(number)
    assert caught.value.message == f"{number!r} is not a whole number from {limits}."
    assert caught.value.what_to_do == "Correct the frequency."


@pytest.mark.parametrize("days", [(), (2, 1), (1, 1), (0, 1), (1, 366)])
def test_days_out_of_order(days: tuple[int, ...]) -> None:
    with pytest.raises(ImplausibleValue):
        OnDays(days)


def test_days_out_of_order_say_what_to_do() -> None:
    with pytest.raises(ImplausibleValue) as caught:
        OnDays((15, 1))
    assert caught.value.message == "The days of a course are numbered and rising."
    assert caught.value.what_to_do == "Write for example 1 and 15."


@pytest.mark.parametrize("day", ["monday", 1, False, 7])
def test_weekly_has_no_other_period(day: object) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        Weekly(day)  # type: ignore[arg-type]
    assert caught.value.message == f"{day!r} is not a weekday."
    assert caught.value.what_to_do == "Name a day of the week."


EVERY = [parse_frequency(words) for _, words in WORDS] + [
    *map(Daily, range(1, 7)),
    *map(TimesWeekly, range(2, 7)),
    *map(EveryWeeks, range(2, 53)),
    *map(EveryMonths, range(1, 25)),
    *(OnDays((1, day)) for day in range(2, 32)),
]


@pytest.mark.parametrize("frequency", EVERY, ids=lambda frequency: frequency.text())
def test_a_weekly_drug_is_weekly(frequency: Frequency) -> None:
    """The hard stop: whatever the frequency, only the type Weekly comes out."""
    assert parse_frequency(frequency.text()) == frequency
    if isinstance(frequency, Weekly):
        assert require_weekly(frequency) is frequency
        return
    with pytest.raises(ImplausibleValue) as caught:
        require_weekly(frequency)
    assert caught.value.message == (
        f"This drug is given once weekly only, but the frequency is {frequency.text()}."
    )
    assert caught.value.what_to_do == (
        "Correct the frequency; a daily dose of a weekly drug can be fatal."
    )
