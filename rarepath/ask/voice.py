"""Patients are told "you", their parents "your child": which it is, and a reply in those words.

Every word is an author's. A text that has a parent form in its pack is replaced whole; nothing
is reworded here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass, replace
from functools import lru_cache
from operator import is_not
from typing import Any, Literal

from rarepath.ask.guard import guarded
from rarepath.ask.patterns import Pattern, parse
from rarepath.ask.reply import Reply
from rarepath.ask.words import Sentence
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.parents import parent_forms
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["About", "about_whom", "in_the_words_of"]

About = Literal["me", "child"]


def about_whom(heard: Sequence[Sentence], book: Phrasebook) -> About:
    """`child` when a question speaks of the child of its asker, by `own_child`; else `me`."""
    listened = _own_child(book.own_child)
    spoken_of = any(
        True for pattern in listened for sentence in heard for _ in pattern.matches(sentence)
    )
    return "child" if spoken_of else "me"


def in_the_words_of(reply: Reply, pack: Pack, about: About) -> Reply:
    """A patient's `reply`, made to be read by the patient, in the words for `about`.

    Any other reader's is returned unchanged. `pack` is the one the reply was made from. What the
    reader asked is repeated as it was asked. Raises InternalError, as the guard does, for a text
    that must not be shown.
    """
    if reply.reader != Reader.PATIENT.value or about == "me":
        return reply
    said: Reply = _said(reply, parent_forms(pack))
    if reply.question != reply.understood_as:
        said = replace(said, question=reply.question)
    return guarded(said, pack.phrasebook)


def _said(value: Any, forms: Mapping[str, str]) -> Any:
    """`value` with every text that has a parent form in that form, replies within it too.

    What has none stays the very same object.
    """
    if isinstance(value, str):
        return forms.get(value, value)
    if isinstance(value, tuple):
        items = tuple([_said(item, forms) for item in value])
        return items if any(map(is_not, items, value)) else value
    if value is None or not is_dataclass(value) or isinstance(value, type):
        return value
    said = {name: _said(part, forms) for name, part in vars(value).items()}
    if isinstance(value, Reply):
        said["about"] = "child"
    changed = {name: part for name, part in said.items() if part is not vars(value)[name]}
    return replace(value, **changed) if changed else value


@lru_cache(maxsize=4)
def _own_child(listened: tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(map(parse, listened))
