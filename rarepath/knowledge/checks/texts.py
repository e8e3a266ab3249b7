"""All texts of a pack's own items, with where they stand and who reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from rarepath.knowledge.answers import Option
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["Spoken", "own_items", "read_by", "spoken"]

# Records for reviewers, wordings to listen for and typed numbers: not shown as they stand.
_RECORDS = {"note", "values", "restated", "reported_as", "phrasings", "no_code_because"}
_IDS = {
    "about", "arguments_against", "arguments_for", "bottom_line", "circulating", "conflicts",
    "drug", "facts_needed", "group", "id", "instead", "overview", "related",
    "seen_in", "source", "sources", "statement", "statements", "superseded_by",
    "top_questions", "topic", "weighed",
}  # fmt: skip
_UNSPOKEN = _RECORDS | _IDS
_UNSPOKEN_LISTS = {"reviews", "releases", "windows"}
# The words of a question that name an option; its name for readers is another field.
_LISTENED_FOR = (Option, "names")
_READERS = {reader.value: reader for reader in Reader} | {"parent": Reader.PATIENT}


@dataclass(frozen=True)
class Spoken:
    """One text: the item it stands in, the path inside, and its reader (None: everyone)."""

    kind: str
    name: str
    inside: tuple[str | int, ...]
    reader: Reader | None
    text: str


def own_items(pack: Pack) -> Iterator[tuple[str, str, BaseModel]]:
    """(list, name, item) of everything the pack itself says, its header first."""
    yield "condition", "condition", pack.condition
    for kind, items in pack.items.items():
        for name, item in items.items():
            yield kind, name, item


@lru_cache(maxsize=4)
def spoken(pack: Pack) -> tuple[Spoken, ...]:
    """Every text that some reader may be shown, in the order of the files."""
    return tuple(
        Spoken(kind, name, inside, reader, text)
        for kind, name, item in own_items(pack)
        if kind not in _UNSPOKEN_LISTS
        for inside, reader, text in _texts(item, (), None)
    )


def read_by(pack: Pack, reader: Reader) -> Iterator[Spoken]:
    """The texts that `reader` may be shown: their own and those for everyone."""
    return (text for text in spoken(pack) if text.reader in {reader, None})


def _texts(
    thing: object, inside: tuple[str | int, ...], reader: Reader | None
) -> Iterator[tuple[tuple[str | int, ...], Reader | None, str]]:
    if isinstance(thing, BaseModel):
        for field in type(thing).model_fields:
            if field not in _UNSPOKEN and (type(thing), field) != _LISTENED_FOR:
                who = _READERS.get(field, reader)
                yield from _texts(getattr(thing, field), (*inside, field), who)
    elif isinstance(thing, tuple):
        for at, part in enumerate(thing):
            yield from _texts(part, (*inside, at), reader)
    elif type(thing) is str:
        yield inside, reader, thing
