"""Several questions asked in one: split, so that each gets its answer."""

from collections.abc import Iterator, Sequence
from typing import Final

from rarepath.ask.comparing import compared
from rarepath.ask.desk import Desk
from rarepath.ask.outcome import Outcome
from rarepath.ask.understand import best_reading, for_reader
from rarepath.ask.words import Sentence, questions_in, sentences
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["MOST_PARTS", "several"]

MOST_PARTS: Final = 4
# More questions than this are a flood, and are read as one.
_MOST_ASKED: Final = 6
# Each must fit this well by itself: what only leans on the rest is no question of its own.
_BY_ITSELF: Final = 0.5


def several(
    desk: Desk, pack: Pack, reader: Reader, heard: Sequence[Sentence]
) -> tuple[Outcome, ...]:
    """The answers to several questions asked in one; nothing when it is one question.

    Each must be a sentence, or a clause that starts as a question does, and have an answer of
    its own for the reader.
    """
    asked = [text for sentence in heard if sentence.asks for text in questions_in(sentence)]
    if not 1 < len(asked) <= _MOST_ASKED:
        return ()
    found = dict.fromkeys(_answers(desk, pack, reader, asked))
    return tuple(found)[:MOST_PARTS] if len(found) > 1 else ()


def _answers(desk: Desk, pack: Pack, reader: Reader, asked: Sequence[str]) -> Iterator[Outcome]:
    for text in asked:
        heard = sentences(text)
        links = desk.names.find(tuple(word for each in heard for word in each.words), text)
        reading = best_reading(desk, pack, reader, heard)
        if reading.score < 1 and (both := compared(desk, pack, reader, links, heard)):
            yield both
        elif reading.accepted and reading.score >= _BY_ITSELF and not reading.unknown:
            outcome = for_reader(pack, reader, reading)
            if outcome.status == "answered":
                yield outcome
