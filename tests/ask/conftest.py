"""Two sets of packs: three invented small ones that every rule can be tried on, and the shipped."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
INVENTED = Path(__file__).parent / "packs"

Ask = Callable[..., Reply]


def asker(knowledge: Knowledge, **usual: object) -> Ask:
    def put(question: str, **more: object) -> Reply:
        return ask(knowledge, question, **{"on": ON, **usual, **more})  # type: ignore[arg-type]

    return put


@pytest.fixture(scope="session")
def invented() -> Knowledge:
    return Knowledge([INVENTED])


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    knowledge = Knowledge([SHIPPED])
    # What is made at the first question is made here, not in whichever test comes first.
    ask(knowledge, "What is Parry-Romberg syndrome?", on=ON)
    return knowledge


@pytest.fixture(scope="session")
def put(invented: Knowledge) -> Ask:
    """Ask the invented packs as a clinician."""
    return asker(invented)


@pytest.fixture(scope="session")
def put_real(shipped: Knowledge) -> Ask:
    """Ask the shipped pack as a patient who has chosen the disease."""
    return asker(shipped, reader=Reader.PATIENT, pack="parry_romberg")
