"""A pattern that cannot match would silence a danger sign, and nobody would notice."""

import re
from collections.abc import Iterator
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
            for at, pattern in enumerate(item.reported_as):
                for wrong in _unusable(pattern):
                    yield Fault(
                        kind,
                        name,
                        ("reported_as", at),
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
