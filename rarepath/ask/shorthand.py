"""What people type for short, read as the words it stands for: `ddx`, `w/o`, `ppl`."""

import re
from collections.abc import Iterable
from functools import cached_property

from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["Expander"]


class Expander:
    """Writes out the shorthand of a phrasebook; the text that is shown stays as it was typed."""

    def __init__(self, book: Phrasebook | None) -> None:
        """Without a phrasebook, every text stays as it is."""
        entries = book.shorthand if book else ()
        self._means = {short.casefold(): entry.means for entry in entries for short in entry.short}

    def expand(self, text: str) -> str:
        """`text` with each abbreviation that stands alone written out."""
        if not self._means:
            return text
        return self._pattern.sub(lambda found: self._meaning(found[0]), text)

    def _meaning(self, typed: str) -> str:
        # A letter such as a dotless i is found as its relative and does not fold to it.
        return self._means.get(typed.casefold(), typed)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w/.-])(?:{_any_of(self._means)})(?![\w/-])", re.IGNORECASE)


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: -len(text)))
