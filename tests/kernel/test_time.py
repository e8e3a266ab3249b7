"""Dates and periods, against plain twins that walk the calendar day by day."""

import ast
from calendar import isleap
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rarepath import kernel
from rarepath.kernel.errors import AmbiguousDate, ImplausibleValue
from rarepath.kernel.time import (
    Age,
    PartialDate,
    Period,
    Span,
    add,
    after,
    age,
    before,
    due,
    elapsed_at_least,
    same,
    subtract,
    within,
)
from rarepath.kernel.truth import Truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
day = date.fromisoformat
known = PartialDate.parse


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-02-01", "2026-02-01", "2026-02-01"),
        ("1850", "1850-01-01", "1850-12-31"),
        ("2200-12-31", "2200-12-31", "2200-12-31"),
        ("2028-02-29", "2028-02-29", "2028-02-29"),
    ],
)
def test_reading(text: str, earliest: str, latest: str) -> None:
    found = known(text)
    assert (found.earliest, found.latest) == (day(earliest), day(latest))
    assert str(found) == found.as_json() == text


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("01/02/2026", "2026-02-01 or 2026-01-02"),
        ("1.2.2026", "2026-02-01 or 2026-01-02"),
        ("01-02-2026", "2026-02-01 or 2026-01-02"),
        ("13/02/2026", "2026-02-13"),
        ("02/13/2026", "2026-02-13"),
        ("02/02/2026", "2026-02-02"),
    ],
)
def test_dates_with_readings(text: str, readings: str) -> None:
    with pytest.raises(AmbiguousDate) as caught:
        known(text)
    assert caught.value.message == (
        f"{text!r} is not a date written as year-month-day. It could mean {readings}."
    )
    assert caught.value.what_to_do == (
        "Write 2026-02-01, or 2026-02 or 2026 when only that is known."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-W01-1",
        "2026-032",
        "20260201",
        "46054",
        "26-02-01",
        "2026-2-1",
        "2026-02-01T10:00",
        "2026-02-01Z",
        " 2026",
        "2026\n",
        "2026-",
        "-2026",
        "+2026",
        "\uff12\uff10\uff12\uff16",
        "2026/02/01",
        "01/02/26",
        "01/02-2026",
        "31/13/2026",
        "31/02/2026",
        "00/00/2026",
        "01/02/9999",
        "001/02/2026",
        "Feb 2026",
        2026,
        46054.0,
        None,
    ],
)
def test_dates_without_a_reading(text: str) -> None:
    with pytest.raises(AmbiguousDate) as caught:
        known(text)
    assert caught.value.message == f"{text!r} is not a date written as year-month-day."


@pytest.mark.parametrize(
    "text",
    [
        "1849",
        "2201",
        "0000",
        "2026-00",
        "2026-13",
        "2026-01-00",
        "2026-01-32",
        "2026-02-29",
        "2026-04-31",
    ],
)
def test_days_that_do_not_exist(text: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        known(text)
    assert caught.value.message == f"There is no date {str(text).replace('0000', '00')}."
    assert caught.value.what_to_do == "Give a date of the calendar, between 1850 and 2200."


@pytest.mark.parametrize(
    "parts",
    [
        (True,),
        (2026.0,),
        ("2026",),
        (2026, True),
        (2026, 2.0),
        (2026, "02"),
        (2026, 2, True),
        (2026, 2, 1.0),
        (2026, None, 1),
    ],
)
def test_parts_that_are_no_date(parts: tuple[int, ...]) -> None:
    with pytest.raises(ImplausibleValue):
        PartialDate(*parts)


def test_a_whole_date() -> None:
    assert PartialDate.of(day("2026-02-01")) == PartialDate(2026, 2, 1)


def test_a_span_begins_before_it_ends() -> None:
    assert Span(DAYS[0], DAYS[0]).earliest == DAYS[0]
    with pytest.raises(ImplausibleValue) as caught:
        Span(day("2026-02-02"), day("2026-02-01"))
    assert caught.value.message == ("The span ends on 2026-02-01, before it begins on 2026-02-02.")
    assert caught.value.what_to_do == "Give the earlier date first."


# Every span within five days, and the truth about two of them by trying every pair of days.
DAYS = [day("2026-02-26") + timedelta(days=step) for step in range(5)]
SPANS = [Span(first, last) for first, last in product(DAYS, DAYS) if first <= last]


def every_day(span: Span) -> Iterator[date]:
    return (at for at in DAYS if span.earliest <= at <= span.latest)


def plain(question: Callable[[date, date], bool], one: Span, other: Span) -> Truth:
    answers = {question(a, b) for a, b in product(every_day(one), every_day(other))}
    return U if len(answers) == 2 else Truth.of(answers.pop())


def test_every_pair_of_spans_against_every_pair_of_days() -> None:
    for one, other in product(SPANS, SPANS):
        assert before(one, other) is plain(date.__lt__, one, other)
        assert after(one, other) is plain(date.__gt__, one, other)
        assert same(one, other) is plain(date.__eq__, one, other)
        inside = {other.earliest <= at <= other.latest for at in every_day(one)}
        assert within(one, other) is (U if len(inside) == 2 else Truth.of(inside.pop()))


def test_dates_of_every_kind_compare() -> None:
    assert before(day("2026-01-31"), known("2026-02")) is T
    assert before(known("2026"), known("2026-02")) is U
    assert after(known("2026-03"), day("2026-02-28")) is T
    assert same(known("2026"), known("2026")) is U
    assert same(known("2026-02-01"), day("2026-02-01")) is T
    assert within(known("2026-02"), Span(day("2026-02-01"), day("2026-02-28"))) is T


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("P12M", Period(months=12), "12 months"),
        ("P8W", Period(weeks=8), "8 weeks"),
        ("P1M", Period(months=1), "1 month"),
        ("P2Y", Period(years=2), "2 years"),
        ("P10D", Period(days=10), "10 days"),
        ("P9999D", Period(days=9999), "9999 days"),
        ("P1Y6M", Period(1, 6), "1 year and 6 months"),
        ("P1Y2M3W4D", Period(1, 2, 3, 4), "1 year, 2 months, 3 weeks and 4 days"),
    ],
)
def test_periods(text: str, period: Period, words: str) -> None:
    assert Period.parse(text) == period
    assert period.as_json() == text
    assert period.text() == words


NO_PERIODS = [
    *("", "P", "12M", "p12M", "P12", "P-1M", "P1.5M", "P,5M", "PT72H", "P1M1Y", "P1D2W", "P10000D"),
    *(" P1M", "P1M ", "P1M\n", "P\uff11M"),
]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        Period.parse(text)
    assert caught.value.message == f"{text!r} is not a period of years, months, weeks or days."
    assert caught.value.what_to_do == "Write for example P12M or P8W."


def test_a_period_is_text() -> None:
    with pytest.raises(ImplausibleValue):
        Period.parse(12)  # type: ignore[arg-type]


@pytest.mark.parametrize("parts", [(), (-1, 13), (0, 1.0), (True,), (0, 0, 0, 10000), ("1",)])
def test_parts_that_are_no_period(parts: tuple[int, ...]) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        Period(*parts)
    assert caught.value.message == "A period has whole, positive parts."
    assert caught.value.what_to_do == "Write for example P12M or P8W."


def test_no_time_is_no_period() -> None:
    with pytest.raises(ImplausibleValue):
        Period.parse("P0D")


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2028-02-29", "P12M", "2029-02-28"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2026-11-30", "P1M", "2026-12-30"),
        ("2026-12-31", "P2M", "2027-02-28"),
        ("2026-12-31", "P1D", "2027-01-01"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-01-01", "P8W", "2026-02-26"),
        ("2026-01-01", "P1W1D", "2026-01-09"),
    ],
)
def test_adding(start: str, period: str, end: str) -> None:
    assert add(day(start), Period.parse(period)) == day(end)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-03-31", "P1M", "2026-02-28"),
        ("2026-01-15", "P1M", "2025-12-15"),
        ("2028-02-29", "P12M", "2027-02-28"),
        ("2026-12-31", "P13M", "2025-11-30"),
        ("2026-03-01", "P1M1D", "2026-01-31"),
        ("2026-01-01", "P1W1D", "2025-12-24"),
    ],
)
def test_subtracting(start: str, period: str, end: str) -> None:
    assert subtract(day(start), Period.parse(period)) == day(end)


@pytest.mark.parametrize(
    ("shift", "period", "words"),
    [
        (add, Period(years=9000), "9000 years"),
        (subtract, Period(years=9000), "9000 years"),
        (subtract, Period(years=2026), "2026 years"),
        (add, Period(years=7973, days=400), "7973 years and 400 days"),
    ],
)
def test_leaving_the_calendar(
    shift: Callable[[date, Period], date], period: Period, words: str
) -> None:
    with pytest.raises(ImplausibleValue) as caught:
        shift(day("2026-01-01"), period)
    assert caught.value.message == f"{words} from 2026-01-01 leaves the calendar."
    assert caught.value.what_to_do == "Give a shorter period."


def walk(start: date, months: int, step: int) -> date:
    """Walk day by day, counting the month borders; then forward in the month, if it has the day."""
    at, borders = start, 0
    while borders < months:
        at += timedelta(days=step)
        borders += at.month != (at - timedelta(days=step)).month
    at = at.replace(day=1)
    while at.day < start.day and (at + timedelta(days=1)).month == at.month:
        at += timedelta(days=1)
    return at


STARTS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
PERIODS = st.builds(
    Period, st.integers(0, 3), st.integers(0, 14), st.integers(0, 9), st.integers(1, 40)
)


@given(STARTS, PERIODS)
@example(date(2028, 2, 29), Period(years=1, days=1))
def test_shifting_against_a_walk(start: date, period: Period) -> None:
    months, days = period.years * 12 + period.months, period.weeks * 7 + period.days
    assert add(start, period) == walk(start, months, 1) + timedelta(days=days)
    assert subtract(start, period) == walk(start, months, -1) - timedelta(days=days)


@given(STARTS, PERIODS)
def test_a_later_start_is_never_due_earlier(start: date, period: Period) -> None:
    assert add(start, period) <= add(start + timedelta(days=1), period)


@given(STARTS, PERIODS)
def test_json_reads_back(start: date, period: Period) -> None:
    assert Period.parse(period.as_json()) == period
    assert known(start.isoformat()) == PartialDate.of(start)


def test_due() -> None:
    assert due(known("2026-02"), Period(months=12)) == Span(day("2027-02-01"), day("2027-02-28"))


@pytest.mark.parametrize(
    ("start", "on", "truth"),
    [
        ("2026-02-01", "2027-01-31", F),
        ("2026-02-01", "2027-02-01", T),
        ("2028-02-29", "2029-02-27", F),
        ("2028-02-29", "2029-02-28", T),
        ("2026-02", "2027-01-31", F),
        ("2026-02", "2027-02-01", U),
        ("2026-02", "2027-02-27", U),
        ("2026-02", "2027-02-28", T),
        ("2026-02-01", "2025-01-01", F),
    ],
)
def test_twelve_full_months(start: str, on: str, truth: Truth) -> None:
    assert elapsed_at_least(known(start), Period(months=12), day(on)) is truth


@pytest.mark.parametrize(
    ("born", "on", "lowest", "highest"),
    [
        ("2018-05-10", "2026-05-09", 7, 7),
        ("2018-05-10", "2026-05-10", 8, 8),
        ("2018-05-10", "2018-05-10", 0, 0),
        ("2008-02-29", "2026-02-28", 17, 17),
        ("2008-02-29", "2026-03-01", 18, 18),
        ("2008-02-29", "2028-02-28", 19, 19),
        ("2008-02-29", "2028-02-29", 20, 20),
        ("2018-05", "2026-05-15", 7, 8),
        ("2018", "2026-05-15", 7, 8),
        ("2018", "2026-12-31", 8, 8),
        ("2026", "2026-05-15", 0, 0),
    ],
)
def test_age(born: str, on: str, lowest: int, highest: int) -> None:
    assert age(known(born), day(on)) == Age(lowest, highest)


def test_nobody_is_born_later() -> None:
    with pytest.raises(ImplausibleValue) as caught:
        age(known("2026-06"), day("2026-05-31"))
    assert caught.value.message == "The date of birth 2026-06 lies after 2026-05-31."
    assert caught.value.what_to_do == "Correct the date of birth."


@given(STARTS, st.integers(0, 40_000))
@example(date(2008, 2, 29), 365)
def test_age_against_a_count_of_birthdays(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    leapling = (born.month, born.day) == (2, 29)
    birthdays = [
        date(year, 3, 1) if leapling and not isleap(year) else born.replace(year=year)
        for year in range(born.year + 1, on.year + 1)
    ]
    completed = sum(birthday <= on for birthday in birthdays)
    assert age(PartialDate.of(born), on) == Age(completed, completed)


def test_at_least() -> None:
    assert [Age(17, 18).at_least(years) for years in (17, 18, 19)] == [T, U, F]
    assert [Age(18, 18).at_least(years) for years in (18, 19)] == [T, F]


def test_the_clock_is_never_read() -> None:
    for path in Path(kernel.__file__).parent.glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert names.isdisjoint({"today", "now", "utcnow", "time", "localtime"})
