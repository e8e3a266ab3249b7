"""A pattern that cannot match would silence a danger sign, and nobody would notice."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.packs import Pack

__all__ = ["patterns"]

_MARKS = re.compile(r"[&?!+]")
_ALTERNATIVE = re.compile(r"@?[\w.'’%/ -]+\*?")


def patterns(pack: Pack, on: date) -> Iterator[Fault]:
    """Every part and alternative of a pattern is words that can be found."""
    for kind in ("red_flags", "declines"):
        for name, item in pack.items[kind].items():
            yield from _faults(kind, name, "reported_as", item.reported_as)
    if pack.own_phrasebook is not None:
        listened = pack.own_phrasebook.own_child
        yield from _faults("phrasebook", "phrasebook", "own_child", listened)


def _faults(kind: str, name: str, field: str, listened: Sequence[str]) -> Iterator[Fault]:
    for at, pattern in enumerate(listened):
        for wrong in _unusable(pattern):
            yield Fault(
                kind,
                name,
                (field, at),
                f"{wrong} in a pattern matches nothing",
                "Write words between the marks & ? ! + and |.",
            )


def _unusable(pattern: str) -> Iterator[str]:
    for part in _MARKS.split(pattern):
        for alternative in part.split("|"):
            text = alternative.strip()
            if not text:
                yield "an empty part"
            elif not _ALTERNATIVE.fullmatch(text):
                yield f"“{text}”"
