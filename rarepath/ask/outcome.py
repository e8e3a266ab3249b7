"""What a question comes to, as a small value: the reply follows from it and the packs alone.

That is why any reply can be opened again by its id, and why no question is ever stored. An
answer's id hashes the statements it shows, so it does not depend on how one asked. Any other
reply's id spells its outcome: `parry_romberg~patient~emergency~RF-seizure`. No part of it is
a word of the question.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rarepath.ask.reply import Status
from rarepath.knowledge.base import Reader

__all__ = ["JOINS_PARTS", "Outcome", "answer_id", "parse_id", "spelled_id"]

# Between the ids of answers that are given together.
JOINS_PARTS = "+"
_NO_PACK = "none"
_STATUSES: dict[str, Status] = {
    "needs_facts": "needs_facts",
    "declined": "declined",
    "emergency": "emergency",
}
_SPELLED = re.compile(
    rf"([\w.-]+)~(\w+)~({'|'.join(_STATUSES)})~([\w.-]+)(?:~([\w.-]+))?", re.ASCII
)


@dataclass(frozen=True)
class Outcome:
    """The kind of reply, for whom, from which pack, and what it is about.

    `reason` is `question`, `topic` or `comparison` for an answer, the red flag's id for an
    emergency, and else why there is no answer. `detail` is the id of the question, topic,
    comparison or name concerned.
    `sign` is the id of a red flag that an answer's question mentions. An answer to several
    questions at once has the reason `several`, and `parts` are the answers.
    """

    status: Status
    reader: Reader
    pack: str | None
    reason: str
    detail: str = ""
    sign: str | None = None
    parts: tuple["Outcome", ...] = ()


def answer_id(pack: str, reader: Reader, hashes: Iterable[str]) -> str:
    """16 hex digits of SHA-256 over the pack, the reader and the statements' content hashes."""
    return hashlib.sha256("\n".join([pack, reader.value, *hashes]).encode()).hexdigest()[:16]


def spelled_id(outcome: Outcome) -> str:
    """The id of a reply that is no answer; `parse_id` reads it back."""
    pack = outcome.pack or _NO_PACK
    parts = [pack, outcome.reader.value, outcome.status, outcome.reason]
    return "~".join([*parts, outcome.detail] if outcome.detail else parts)


def parse_id(text: str) -> Outcome | None:
    """The outcome that `spelled_id` wrote, or None; whether its names exist is not looked at."""
    found = _SPELLED.fullmatch(text)
    if not found or found[2] not in set(Reader):
        return None
    status = _STATUSES[found[3]]
    pack = None if found[1] == _NO_PACK else found[1]
    return Outcome(status, Reader(found[2]), pack, found[4], found[5] or "")
