"""The rules that tell a present danger from one only spoken of, on a phrasebook of their own."""

import pytest

from rarepath.ask.danger import Alarm, DangerListener
from rarepath.ask.words import sentences
from rarepath.knowledge.base import Tier, Wording
from rarepath.knowledge.condition import RedFlag
from rarepath.services.knowledge import Knowledge

YEAR = 2026


def flag(name: str, tier: Tier, *reported_as: str) -> RedFlag:
    return RedFlag(id=name, tier=tier, sign=Wording(clinician=name), reported_as=reported_as)


FLAGS = [
    flag("RF-days", Tier.WITHIN_DAYS, "cough"),
    flag("RF-seizure", Tier.NOW, "seizure"),
    flag("RF-wake", Tier.NOW, "not wake"),
    flag("RF-fever", Tier.SAME_DAY, "fever + sporaline"),
    flag("RF-stop", Tier.SAME_DAY, "stopped & at once"),
]


@pytest.fixture(scope="module")
def listener(invented: Knowledge) -> DangerListener:
    return DangerListener(invented.pack("moss").phrasebook, {}, FLAGS)


def present(alarm: Alarm) -> str | None:
    return alarm.present.id if alarm.present else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She had a seizure today", "RF-seizure"),
        ("Seizure an hour ago", "RF-seizure"),
        ("Seizures are common", None),
        # denied
        ("She had no seizure today", None),
        ("No fever, no rash or seizure today", None),
        ("I do not know why she had a seizure", "RF-seizure"),
        ("She cannot wake my sister", "RF-wake"),
        ("I have no money and a seizure now", "RF-seizure"),
        # past
        ("She had a seizure last year", None),
        ("Last year, she had a seizure", None),
        ("She had a seizure in 2019", None),
        ("She had a seizure in 2026", "RF-seizure"),
        ("She had a seizure, that was years ago, in spring", None),
        ("She had a seizure last year and today another", "RF-seizure"),
        ("She was diagnosed last year, and she has a seizure now", "RF-seizure"),
        ("Over the last year she had a seizure", "RF-seizure"),
        # supposed
        ("If she has a seizure, what then?", None),
        ("If she falls and has a seizure", None),
        ("What if she falls, shaken, seizure", None),
        ("I am worried that it is bad, she has a seizure now", "RF-seizure"),
        ("She has a seizure now, what if it lasts?", "RF-seizure"),
        ("If it will not stop", None),
        # asked
        ("Does she have a seizure risk?", None),
        ("Why did she have a seizure today?", "RF-seizure"),
        ("Can a seizure come today?", None),
        ("Could she be ill? My seizure goes on", "RF-seizure"),
        # a short report after the person was named
        ("My son is five. Seizure again. Help.", "RF-seizure"),
        ("My son is five. The chance of a first seizure is said to be small.", None),
        # context anywhere
        ("My son takes sporaline. He has a fever", "RF-fever"),
        ("My son takes no sporaline. He has a fever", None),
        ("My son has a fever", None),
        # the tiers
        ("I cough today and had a seizure today", "RF-seizure"),
        ("I cough today", "RF-days"),
        ("I have not stopped it at once", None),
        ("I stopped it at once", "RF-stop"),
    ],
)
def test_present_or_not(listener: DangerListener, text: str, found: str | None) -> None:
    assert present(listener.hear(sentences(text), YEAR)) == found


def test_what_is_only_mentioned_is_told(listener: DangerListener) -> None:
    alarm = listener.hear(sentences("I cough today. Can a seizure follow?"), YEAR)
    assert present(alarm) == "RF-days"
    assert [each.id for each in alarm.mentioned] == ["RF-seizure"]
    assert listener.hear(sentences("What is it?"), YEAR) == Alarm(None)


def test_what_is_stated_of_nobody_may_be_there(listener: DangerListener) -> None:
    alarm = listener.hear(sentences("Cough and a long seizure after sporaline."), YEAR)
    assert present(alarm) is None
    assert [each.id for each in alarm.possible] == ["RF-seizure", "RF-days"]
    assert alarm.mentioned == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A rash came up today", "present"),
        ("My old rash is itchy", "mentioned"),
        ("Rash, new", "possible"),
    ],
)
def test_a_part_that_tells_what_is_new(invented: Knowledge, text: str, found: str) -> None:
    flags = [flag("RF-rash", Tier.NOW, "rash ? new|today ! gone")]
    alarm = DangerListener(invented.pack("moss").phrasebook, {}, flags).hear(sentences(text), YEAR)
    moods = {"present": alarm.present, "possible": alarm.possible, "mentioned": alarm.mentioned}
    assert [mood for mood, heard in moods.items() if heard] == [found]
