"""Ask the packs a question, and open an answer again by its id."""

from dataclasses import replace
from datetime import date

from rarepath.ask.decide import Asked, decide
from rarepath.ask.desk import Desk
from rarepath.ask.outcome import Outcome, parse_id
from rarepath.ask.replies import Page, reply_to
from rarepath.ask.reply import Reply
from rarepath.ask.words import clean
from rarepath.kernel.envelope import Envelope, Json, PackVersion
from rarepath.kernel.errors import NotFound, UnknownPack
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.plain import PlainSearcher
from rarepath.services.knowledge import Knowledge

__all__ = ["answer_by_id", "answer_for", "as_json", "ask"]

_SCHEMA = "rarepath/ask/1"
_NUMBER = "your local emergency number"


def ask(
    knowledge: Knowledge,
    question: str,
    *,
    reader: Reader = Reader.CLINICIAN,
    pack: str | None = None,
    after: str | None = None,
    on: date,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The reply to `question`.

    `pack` is the disease already chosen, `after` the id of the answer gone on from. Raises
    QuestionRejected for a text that cannot be read as a question, UnknownPack, NotFound for
    an `after` that no pack can give, and PackBroken when no pack at all can be used.
    """
    text = clean(question)
    if knowledge.broken and not knowledge.conditions():
        raise knowledge.broken[0]
    desk = knowledge.derive(_desk)
    chosen = _condition(knowledge, pack) if pack else None
    before = _outcome(desk, after) if after else None
    asked = Asked(text, reader, chosen, before, on)
    return reply_to(Page(desk, on, emergency_number), decide(desk, asked), text)


def answer_by_id(
    knowledge: Knowledge,
    answer_id: str,
    *,
    on: date,
    sign: str | None = None,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The reply with this id, made from the packs; `sign` is a red flag to put above it.

    Raises NotFound when no pack gives such a reply.
    """
    desk = knowledge.derive(_desk)
    outcome = _outcome(desk, answer_id)
    return reply_to(Page(desk, on, emergency_number), replace(outcome, sign=sign))


def answer_for(
    knowledge: Knowledge,
    pack: str,
    question_id: str,
    reader: Reader,
    *,
    on: date,
    emergency_number: str = _NUMBER,
) -> Reply:
    """The answer to one of the pack's own questions; UnknownPack or NotFound without it.

    A question with no text for `reader` is declined, with the readers that have one.
    """
    desk = knowledge.derive(_desk)
    name = _condition(knowledge, pack)
    outcome = Outcome("answered", reader, name, "question", question_id)
    page = Page(desk, on, emergency_number)
    if desk.answer(outcome) is None:
        outcome = Outcome("declined", reader, name, "no_text_for_reader", question_id)
    return reply_to(page, outcome)


def as_json(reply: Reply, knowledge: Knowledge, on: date) -> dict[str, Json]:
    """The reply in its envelope: `schema`, `on`, `pack`, then the reply's own fields."""
    pack = None
    if reply.condition is not None:
        version = knowledge.pack(reply.condition.id).condition.version
        pack = PackVersion(reply.condition.id, version)
    return Envelope(_SCHEMA, on, pack, vars(reply)).to_json()


def _desk(packs: tuple[Pack, ...]) -> Desk:
    return Desk(packs, PlainSearcher)


def _condition(knowledge: Knowledge, name: str) -> str:
    """`name`, if it is a pack that answers questions; else UnknownPack or PackBroken."""
    if not knowledge.pack(name).questions:
        raise UnknownPack(
            f"The pack {name!r} answers no questions.", "Choose the pack of a disease."
        )
    return name


def _outcome(desk: Desk, answer_id: str) -> Outcome:
    outcome = parse_id(answer_id) or desk.known_answers.get(answer_id)
    if outcome is None:
        raise NotFound(
            "There is no answer with that id in the packs that are installed.",
            "The pack may have changed since; ask the question again.",
            answer_id[:200],
        )
    return outcome
