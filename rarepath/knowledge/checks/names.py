"""Names of the disease that also mean something else."""

import re
from collections.abc import Iterator
from datetime import date

from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.words import Phrases, tokens
from rarepath.knowledge.condition import Name
from rarepath.knowledge.packs import Pack

__all__ = ["guarded_names"]

_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9-]{0,3}")


def guarded_names(pack: Pack, on: date) -> Iterator[Fault]:
    """A name that also means something else is guarded and says what."""
    others = {disease.name: disease.names for disease in pack.other_conditions.values()}
    others |= {disease.name: disease.names for disease in pack.differential.values()}
    for at, name in enumerate(pack.condition.names):
        if name.kind == "guarded":
            if not name.means_also:
                yield _fault(at, f"{name.text} is guarded, but not against what")
            continue
        if name.means_also:
            yield _fault(at, f"{name.text} means something else and is not guarded")
        if _ABBREVIATION.fullmatch(name.text):
            yield _fault(at, f"{name.text} is an abbreviation with other meanings")
        for other, spellings in others.items():
            if any(_inside(name, spelling) for spelling in (other, *spellings)):
                yield _fault(at, f"{name.text} is also part of the name {other}")


def _inside(name: Name, spelling: str) -> bool:
    return bool(tokens(name.text)) and bool(
        Phrases([_bare(name.text)]).spans(tokens(_bare(spelling)))
    )


def _bare(text: str) -> str:
    return re.sub(r"['’]s\b", "", text)


def _fault(at: int, message: str) -> Fault:
    return Fault(
        "condition",
        "condition",
        ("names", at),
        message,
        "Set kind: guarded and list the other meanings in means_also.",
    )
