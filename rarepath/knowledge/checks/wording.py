"""The tone of a text: it offers and explains, and does not command."""

import re
from collections.abc import Iterator
from datetime import date

from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.texts import spoken
from rarepath.knowledge.checks.words import phrases, tokens
from rarepath.knowledge.packs import Pack

__all__ = ["wording"]

_SENTENCE = re.compile(r"[^.;:!?]+")
_LOUD = re.compile(r"!|\bplease\b", re.IGNORECASE)


def wording(pack: Pack, on: date) -> Iterator[Fault]:
    """A text for clinicians offers options instead of orders, and no text exclaims or begs."""
    orders = phrases(pack.phrasebook.orders)
    for name, statement in pack.items["statements"].items():
        if statement.topic == "emergencies":
            continue  # a danger sign may say what to do
        for sentence in _SENTENCE.findall(statement.text.clinician or ""):
            words = tokens(sentence)
            for start, end in orders.spans(words):
                if start == 0 or words[start] == "must":
                    yield Fault(
                        "statements",
                        name,
                        ("text", "clinician"),
                        f"“{' '.join(words[start:end])}” is an order",
                        "Say who recommends it, or that it is usual.",
                    )
    for text in spoken(pack):
        if loud := _LOUD.search(text.text):
            yield Fault(
                text.kind, text.name, text.inside, f"“{loud[0]}” is not our tone", "Take it out."
            )
