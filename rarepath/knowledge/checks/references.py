"""Ids that must lead somewhere."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from rarepath.knowledge.checks.defects import Fault, Inside
from rarepath.knowledge.checks.texts import own_items
from rarepath.knowledge.condition import WindowPart
from rarepath.knowledge.packs import Pack

__all__ = ["LINKS", "resolves"]

_GROUP = re.compile(r"@([A-Za-z0-9_.-]+)")

# Where an id stands in an item (`*`: in each of a list), and the list it points into.
_ANSWER = {
    "bottom_line.*": "statements",
    "sections.*.statements.*": "statements",
    "circulating.*": "circulating",
    "facts_needed.*": "fact_kinds",
}
LINKS: dict[str, dict[str, str]] = {
    "condition": {
        "identifiers.*.source": "sources",
        "overview.*": "statements",
        "top_questions.clinician.*": "questions",
        "top_questions.patient.*": "questions",
        "top_questions.coder.*": "questions",
    },
    "sources": {"superseded_by": "sources"},
    "statements": {
        "topic": "topics",
        "citations.*.source": "sources",
        "values.*.drug": "drugs",
        "values.*.source": "sources",
        "values.*.cap.source": "sources",
    },
    "questions": {
        "topic": "topics",
        **{f"clinician.{path}": target for path, target in _ANSWER.items()},
        **{f"patient.{path}": target for path, target in _ANSWER.items()},
        **{f"coder.{path}": target for path, target in _ANSWER.items()},
        "conflicts.*": "conflicts",
        "related.*": "questions",
    },
    "conflicts": {"statements.*": "statements", "positions.*.sources.*": "sources"},
    "options": {
        "drug": "drugs",
        "arguments_for.*": "statements",
        "arguments_against.*": "statements",
        "weighed.*": "statements",
    },
    "circulating": {"topic": "topics", "seen_in.*": "sources", "instead.*": "statements"},
    "steps": {"statements.*": "statements"},
    "red_flags": {"statements.*": "statements"},
    "differential": {"statement": "statements", "identifiers.*.source": "sources"},
    "windows": {"window.statement": "statements", "must_fit.*.statement": "statements"},
    "reviews": {"statement": "statements", "full_text_read.*": "sources"},
    "drugs": {"statements.*": "statements", "codes.*.source": "sources"},
    "fact_kinds": {"codes.*.source": "sources", "plausible.*.source": "sources"},
}


def resolves(pack: Pack, on: date) -> Iterator[Fault]:
    """Every id leads to something, and to one thing only."""
    topics = {topic.topic for topic in pack.phrasebook.topics}
    for kind, name, item in own_items(pack):
        for path, target in LINKS.get(kind, {}).items():
            known = topics if target == "topics" else getattr(pack, target)
            for inside, found in _at(item, path.split("."), ()):
                if found not in known:
                    yield Fault(
                        kind,
                        name,
                        inside,
                        f"{found} is not among the {target.replace('_', ' ')}",
                        "Correct the id, or add what it names.",
                    )
    yield from _groups_of_patterns(pack)
    yield from _values_of_windows(pack)
    yield from _said_twice(pack)


def _at(thing: Any, path: list[str], inside: Inside) -> Iterator[tuple[Inside, str]]:
    if thing is None:
        return
    if not path:
        yield inside, thing
        return
    step, *rest = path
    if step == "*":
        for at, part in enumerate(thing):
            yield from _at(part, rest, (*inside, at))
    else:
        yield from _at(getattr(thing, step), rest, (*inside, step))


def _groups_of_patterns(pack: Pack) -> Iterator[Fault]:
    """`@name` in a pattern, or in a group of words, is a drug or a group of words."""
    known = {group.id for group in pack.phrasebook.word_groups} | set(pack.drugs)
    for kind, name, inside, text in _texts_with_groups(pack):
        for group in sorted(set(_GROUP.findall(text)) - known):
            yield Fault(
                kind,
                name,
                inside,
                f"@{group} is neither a drug nor a word group",
                "Correct the name, or add the group to the phrasebook.",
            )


def _texts_with_groups(pack: Pack) -> Iterator[tuple[str, str, Inside, str]]:
    for kind in ("red_flags", "declines"):
        for name, item in pack.items[kind].items():
            for at, pattern in enumerate(item.reported_as):
                yield kind, name, ("reported_as", at), pattern
    if pack.own_phrasebook is not None:
        for number, group in enumerate(pack.own_phrasebook.word_groups):
            for at, word in enumerate(group.words):
                yield "phrasebook", "phrasebook", ("word_groups", number, "words", at), word


def _values_of_windows(pack: Pack) -> Iterator[Fault]:
    for name, window in pack.windows.items():
        parts: list[tuple[Inside, WindowPart]] = [(("window",), window.window)]
        parts += [(("must_fit", at), part) for at, part in enumerate(window.must_fit)]
        for inside, part in parts:
            statement = pack.statements.get(part.statement)
            names = {value.name for value in statement.values} if statement else {part.value}
            if part.value not in names:
                yield Fault(
                    "windows",
                    name,
                    (*inside, "value"),
                    f"{part.statement} has no value called {part.value}",
                    "Correct the value's name, or add the value to the statement.",
                )


def _said_twice(pack: Pack) -> Iterator[Fault]:
    for base in pack.base:
        for kind, items in base.items.items():
            for name in items:
                if name in pack.items[kind] and kind != "releases":
                    yield Fault(
                        kind,
                        name,
                        (),
                        f"{name} stands in the pack {base.id} too, which this pack requires",
                        "Use that one, or choose another id.",
                    )
