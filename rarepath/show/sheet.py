"""One page of a patient's answer, to print and take along: what fits on it, by a fixed rule.

What a person takes to a visit has to be one sheet of A4. The height of each piece is estimated
from its length, generously, and pieces are put on in the order of their weight until the sheet
is full: the answer in short; the danger signs that need help now, those this answer is about
first; up to six questions to ask; then the other danger signs. What does not fit is counted on
the sheet itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeVar

from rarepath.ask.reply import ConditionView, Reply, ReviewView, StatementView
from rarepath.ask.texts import danger_box
from rarepath.knowledge.base import Reader, Tier
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.packs import Pack

__all__ = ["MAX_QUESTIONS", "SheetPage", "SheetSigns", "has_sheet", "sheet_page"]

MAX_QUESTIONS = 6

_Piece = TypeVar("_Piece")

# Millimetres on an A4 sheet with the margins and type sizes of the stylesheet.
_ROOM = 263.0  # of 269: other machines have other fonts
_FIXED = 74.0  # name of the disease, review, headings, frame, who wrote it, where the rest is
_TITLE_LINE, _TITLE_CHARS = 8.5, 60
_TEXT_LINE, _TEXT_CHARS, _TEXT_GAP = 4.9, 96, 1.5
_SIGN_LINE, _SIGN_CHARS, _SIGN_GAP = 3.7, 59, 0.4
_TIER_HEAD = 7.5
_QUESTION_LINE, _QUESTION_CHARS, _QUESTION_RULES = 4.9, 92, 9.7

_WORDS = {
    Tier.NOW: "danger signs that need help now",
    Tier.SAME_DAY: "signs to be seen for on the same day",
    Tier.WITHIN_DAYS: "signs to be seen for within days",
}


@dataclass(frozen=True)
class SheetSigns:
    """The danger signs of one tier that are on the sheet, and what to do about any of them."""

    tier: str
    what_to_do: str
    signs: tuple[str, ...]


@dataclass(frozen=True)
class SheetPage:
    """The twin of `/answers/{item}/sheet`; `left_out` says what had no room, and how much."""

    reader: str
    about: str | None
    answer: str
    condition: ConditionView
    title: str
    short: tuple[StatementView, ...]
    dangers: tuple[SheetSigns, ...]
    questions: tuple[str, ...]
    left_out: tuple[str, ...]
    authors: str
    review: ReviewView
    day: date
    disclaimer: str


def has_sheet(reply: Reply) -> bool:
    """Whether the reply can be put on a sheet: an answer, written for patients."""
    patient = reply.reader == Reader.PATIENT.value
    return patient and reply.status == "answered" and bool(reply.bottom_line)


def sheet_page(
    reply: Reply, pack: Pack, forms: Mapping[str, str], number: str, on: date
) -> SheetPage:
    """The sheet of `reply`, which `has_sheet`, made from `pack` on the day `on`.

    `forms` are the texts that a parent reads in other words; `number` is the one to call.
    """
    assert reply.condition is not None and reply.review is not None
    title = reply.understood_as or reply.question
    short = [view for view in reply.sections[0].statements if view.id in reply.bottom_line]
    signs = _signs(reply, pack, forms)
    asked = reply.take_along[:MAX_QUESTIONS]

    room = _Room(_ROOM - _FIXED - _TITLE_LINE * ceil(len(title) / _TITLE_CHARS))
    said = room.fill(short, lambda view: _text(view.text + view.badge))
    first = room.fill(signs[Tier.NOW], _sign, _TIER_HEAD, keep=sum(map(_question, asked[:3])))
    questions = room.fill(asked, _question)
    on_it = {Tier.NOW: first}
    for tier in (Tier.SAME_DAY, Tier.WITHIN_DAYS):
        on_it[tier] = room.fill(signs[tier], _sign, _TIER_HEAD)
    counts = [("points of the answer in short", len(said), len(short))]
    counts += [(_WORDS[tier], len(on_it[tier]), len(signs[tier])) for tier in Tier]
    counts.append(("questions for the team", len(questions), len(reply.take_along)))
    return SheetPage(
        reader=reply.reader,
        about=reply.about,
        answer=reply.id,
        condition=reply.condition,
        title=title,
        short=said,
        dangers=tuple(
            SheetSigns(tier.value, danger_box(tier, number), on_it[tier])
            for tier in Tier
            if on_it[tier]
        ),
        questions=questions,
        left_out=tuple(
            f"{there - shown} of {there} {what}" for what, shown, there in counts if there > shown
        ),
        authors=pack.condition.authors,
        review=reply.review,
        day=on,
        disclaimer=reply.disclaimer,
    )


class _Room:
    """What is left of the sheet, in millimetres."""

    def __init__(self, left: float) -> None:
        self.left = left

    def fill(
        self,
        pieces: Iterable[_Piece],
        height: Callable[[_Piece], float],
        head: float = 0.0,
        keep: float = 0.0,
    ) -> tuple[_Piece, ...]:
        """The first of `pieces` that fit below a `head`, leaving room to `keep`."""
        taken: list[_Piece] = []
        for piece in pieces:
            cost = height(piece) + (0.0 if taken else head)
            if cost > self.left - keep:
                break
            self.left -= cost
            taken.append(piece)
        return tuple(taken)


def _text(text: str) -> float:
    return _TEXT_LINE * ceil(len(text) / _TEXT_CHARS) + _TEXT_GAP


def _sign(text: str) -> float:
    return (_SIGN_LINE * ceil(len(text) / _SIGN_CHARS) + _SIGN_GAP) / 2  # they stand in two columns


def _question(text: str) -> float:
    return _QUESTION_LINE * ceil(len(text) / _QUESTION_CHARS) + _QUESTION_RULES


def _signs(reply: Reply, pack: Pack, forms: Mapping[str, str]) -> dict[Tier, list[str]]:
    """The danger signs of each tier, those that the answer is about first."""
    told = {view.id for section in reply.sections for view in section.statements}
    box = reply.danger.id if reply.danger is not None else None

    def further(flag: RedFlag) -> tuple[bool, bool]:
        return flag.id != box, not told & set(flag.statements)

    def texts(tier: Tier) -> Iterator[str]:
        for flag in sorted((f for f in pack.red_flags.values() if f.tier is tier), key=further):
            sign = flag.sign.for_reader(Reader.PATIENT)
            if sign is not None:
                yield forms.get(sign, sign)

    return {tier: list(dict.fromkeys(texts(tier))) for tier in Tier}
