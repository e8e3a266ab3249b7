"""The only place that reads the clock; everything below gets the day as an argument."""

from datetime import date

from rarepath.kernel.errors import AmbiguousDate, ImplausibleValue
from rarepath.kernel.time import PartialDate

__all__ = ["refuse_future", "resolve_on", "today"]


def today() -> date:
    """The local date; a service reads it once and hands it on."""
    return date.today()


def resolve_on(text: str | None, today: date) -> date:
    """The day a question is about: ``text`` as ``--on`` takes it, else ``today``.

    It means the end of that local day. A day to come is accepted: it is how one asks what
    will have expired by then. Raises ``AmbiguousDate`` for anything but a whole date, and
    ``ImplausibleValue`` for a day that does not exist.
    """
    if text is None:
        return today
    day = PartialDate.parse(text)
    if day.earliest != day.latest:
        raise AmbiguousDate(
            f"{text!r} is more than one day.", f"Write a whole date such as {today}."
        )
    return day.earliest


def refuse_future(day: PartialDate, today: date, where: str) -> None:
    """Refuse, with ``ImplausibleValue``, a fact that can only lie after the real clock."""
    if day.earliest > today:
        raise ImplausibleValue(
            f"The date {day} has not come yet; today is {today}.",
            "Enter what has happened, with the day it happened.",
            where,
        )
