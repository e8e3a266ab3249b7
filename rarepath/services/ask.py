"""Ask the packs a question, and open an answer again by its id."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast, get_args

from rarepath.ask.decide import Asked, decide
from rarepath.ask.desk import Desk
from rarepath.ask.linking import Directory
from rarepath.ask.outcome import JOINS_PARTS, Outcome, parse_id
from rarepath.ask.replies import Page, reply_to
from rarepath.ask.reply import Reply
from rarepath.ask.several import MOST_PARTS
from rarepath.ask.voice import About, about_whom, in_the_words_of
from rarepath.ask.words import clean, sentences
from rarepath.kernel.envelope import Envelope, Json, PackVersion
from rarepath.kernel.errors import NotFound, UnknownPack, UsageError
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.shelf import Shelf, in_memory
from rarepath.services.knowledge import Knowledge

__all__ = ["about_named", "answer_by_id", "answer_for", "as_json", "ask"]

_SCHEMA = "rarepath/ask/1"
_NUMBER = "your local emergency number"


def ask(
    knowledge: Knowledge,
    question: str,
    *,
    reader: Reader = Reader.CLINICIAN,
    pack: str | None = None,
    after: str | None = None,
    about: About | None = None,
    on: date,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The reply to `question`.

    `pack` is the disease already chosen, `after` the id of the answer gone on from. A patient
    is told about `me` or `child`: by the words of the question where `about` is None. Raises
    QuestionRejected for a text that cannot be read as a question, UnknownPack, NotFound for
    an `after` that no pack can give, and PackBroken when no pack at all can be used.
    """
    text = clean(question)
    if knowledge.broken and not knowledge.conditions():
        raise knowledge.broken[0]
    desk = _desk(knowledge)
    chosen = _condition(knowledge, pack) if pack else None
    before = _outcome(desk, after) if after else None
    asked = Asked(text, reader, chosen, before, on)
    reply = reply_to(Page(desk, on, emergency_number), decide(desk, asked), text)
    return _told(desk, reply, about or _asked_about(desk, text))


def answer_by_id(
    knowledge: Knowledge,
    answer_id: str,
    *,
    on: date,
    sign: str | None = None,
    about: About | None = None,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The reply with this id, made from the packs; `sign` is a red flag to put above it.

    Raises NotFound when no pack gives such a reply.
    """
    desk = _desk(knowledge)
    outcome = _outcome(desk, answer_id)
    reply = reply_to(Page(desk, on, emergency_number), replace(outcome, sign=sign))
    return _told(desk, reply, about or "me")


def answer_for(
    knowledge: Knowledge,
    pack: str,
    question_id: str,
    reader: Reader,
    *,
    about: About | None = None,
    on: date,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The answer to one of the pack's own questions; UnknownPack or NotFound without it.

    A question with no text for `reader` is declined, with the readers that have one.
    """
    desk = _desk(knowledge)
    name = _condition(knowledge, pack)
    outcome = Outcome("answered", reader, name, "question", question_id)
    page = Page(desk, on, emergency_number)
    if desk.answer(outcome) is None:
        outcome = Outcome("declined", reader, name, "no_text_for_reader", question_id)
    return _told(desk, reply_to(page, outcome), about or "me")


def as_json(reply: Reply, knowledge: Knowledge, on: date) -> dict[str, Json]:
    """The reply in its envelope: `schema`, `on`, `pack`, then the reply's own fields."""
    pack = None
    if reply.condition is not None:
        version = knowledge.pack(reply.condition.id).condition.version
        pack = PackVersion(reply.condition.id, version)
    return Envelope(_SCHEMA, on, pack, vars(reply)).to_json()


def about_named(name: str | None) -> About | None:
    """`me` or `child` by its name, None without a name; raise UsageError for any other."""
    if not name:
        return None
    if name not in get_args(About):
        raise UsageError(
            f"An answer is not about {name[:40]!r}.", f"Use one of: {', '.join(get_args(About))}."
        )
    return cast(About, name)


def _asked_about(desk: Desk, question: str) -> About:
    books = [pack.phrasebook for pack in desk.packs.values()]
    return about_whom(sentences(question), books[0]) if books else "me"


def _told(desk: Desk, reply: Reply, about: About) -> Reply:
    """A patient's reply in the words for `about`; without a disease, those of the first pack."""
    name = reply.condition.id if reply.condition else next(iter(desk.packs), None)
    return in_the_words_of(reply, desk.packs[name], about) if name else reply


def _desk(knowledge: Knowledge) -> Desk:
    return knowledge.derive(_Prepare(knowledge.directory, knowledge.shelf))


@dataclass(frozen=True)
class _Prepare:
    """What makes a desk of packs; equal for equal parts, so that the desk is made once."""

    directory: Directory | None
    shelf: Shelf | None

    def __call__(self, packs: tuple[Pack, ...]) -> Desk:
        searcher_of = self.shelf.searcher if self.shelf else in_memory
        return Desk(packs, searcher_of, self.directory)


def _condition(knowledge: Knowledge, name: str) -> str:
    """`name`, if it is a pack that answers questions; else UnknownPack or PackBroken."""
    if not knowledge.pack(name).questions:
        raise UnknownPack(
            f"The pack {name!r} answers no questions.", "Choose the pack of a disease."
        )
    return name


def _outcome(desk: Desk, answer_id: str) -> Outcome:
    parts = answer_id.split(JOINS_PARTS)
    if 1 < len(parts) <= MOST_PARTS:
        return _together([_outcome(desk, part) for part in parts], answer_id)
    outcome = parse_id(answer_id) or desk.known_answers.get(answer_id)
    if outcome is None:
        raise _no_such_answer(answer_id)
    return outcome


def _together(parts: list[Outcome], answer_id: str) -> Outcome:
    """Answers from one pack to one reader as one; NotFound for anything else."""
    first = parts[0]
    alike = {(part.status, part.reader, part.pack) for part in parts}
    if alike != {("answered", first.reader, first.pack)}:
        raise _no_such_answer(answer_id)
    return Outcome("answered", first.reader, first.pack, "several", parts=tuple(parts))


def _no_such_answer(answer_id: str) -> NotFound:
    return NotFound(
        "There is no answer with that id in the packs that are installed.",
        "The pack may have changed since; ask the question again.",
        answer_id[:200],
    )
