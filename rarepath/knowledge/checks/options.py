"""Options: an honest case for each, and no words that could mean two of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from rarepath.knowledge.answers import Option
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.defects import Fault, Found
from rarepath.knowledge.checks.words import tokens
from rarepath.knowledge.packs import Pack

__all__ = ["options_fit"]

_FOR, _AGAINST = "arguments_for", "arguments_against"


def options_fit(pack: Pack, on: date) -> Iterator[Fault]:
    """An option is named, argued on both sides or says that it is not, and never for coders."""
    sizes = Counter(option.group for option in pack.options.values())
    for name, option in pack.options.items():
        found = [*_unnamed(option), *_argued_twice(option), *_empty_sides(pack, option)]
        if sizes[option.group] == 1:
            found.append(
                (
                    ("group",),
                    f"nothing else is in the group {option.group}",
                    "Correct the group, or add what it is weighed against.",
                )
            )
        for inside, message, what_to_do in found:
            yield Fault("options", name, inside, message, what_to_do)
    yield from _shared_names(pack)


def _unnamed(option: Option) -> Found:
    if option.name.clinician is None:
        yield ("name",), "no name for the clinician", "Write name.clinician."
    for field in ("name", "nothing_found"):
        if getattr(option, field).coder is not None:
            yield (field, "coder"), "a coder is never shown options", "Take it out."
    if not option.names and option.drug is None:
        yield (), "no words of a question name it", "Add names, or the id of a drug."


def _argued_twice(option: Option) -> Found:
    seen: set[str] = set()
    for field in (_FOR, _AGAINST, "weighed"):
        for at, name in enumerate(getattr(option, field)):
            if name in seen:
                yield (field, at), f"{name} stands in this option twice", "Keep it on one side."
            seen.add(name)


def _empty_sides(pack: Pack, option: Option) -> Found:
    for reader, _ in option.name.each():
        empty = [f for f in (_FOR, _AGAINST) if not _is_told(pack, getattr(option, f), reader)]
        said = option.nothing_found.for_reader(reader)
        if len(empty) == 2:
            yield (
                ("name", reader.value),
                f"no argument has a text for the {reader.value}",
                "Add one for either side, or take this name out.",
            )
        elif empty and said is None:
            yield (
                (),
                f"{empty[0]} is empty for the {reader.value}, and nothing says so",
                f"Write nothing_found.{reader.value}.",
            )
        elif said is not None and not empty:
            yield (
                ("nothing_found", reader.value),
                "both sides have an argument",
                "Take nothing_found out.",
            )


def _is_told(pack: Pack, names: tuple[str, ...], reader: Reader) -> bool:
    known = (pack.statements[name] for name in names if name in pack.statements)
    return any(statement.text.for_reader(reader) for statement in known)


def _shared_names(pack: Pack) -> Iterator[Fault]:
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    for name, option in pack.options.items():
        for at, text in enumerate(option.names):
            other = first.setdefault((option.group, tokens(text)), name)
            if other != name:
                yield Fault(
                    "options",
                    name,
                    ("names", at),
                    f"“{text}” names {other} too",
                    "Keep the words with one of the two.",
                )
