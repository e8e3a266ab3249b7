"""The body of a comparison: what speaks for each of two or three options, and what against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from rarepath.ask.answered import BOTTOM_LINE, Answer, first_title, shown_of
from rarepath.ask.reply import OptionView, SectionView, StatementView
from rarepath.ask.texts import join
from rarepath.knowledge.answers import Option
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = ["MOST_COMPARED", "comparison_answer", "comparison_id", "comparisons", "open_options"]

# More columns than this cannot be read side by side.
MOST_COMPARED = 3
_BETWEEN = "."


def open_options(pack: Pack, reader: Reader) -> Mapping[str, Option]:
    """The options that have a name and an argument for `reader`, in the order of the pack."""
    return {name: pack.options[name] for name in _views(pack, reader)}


def comparison_id(pack: Pack, names: set[str]) -> str:
    """What a comparison of these options is called: their ids in the order of the pack."""
    return _BETWEEN.join(name for name in pack.options if name in names)


def comparisons(pack: Pack, reader: Reader) -> Iterator[str]:
    """Every comparison there is for `reader`: all pairs, and threes that answer one need."""
    options = open_options(pack, reader)
    for count in range(2, MOST_COMPARED + 1):
        for names in combinations(options, count):
            if count == 2 or len({options[name].group for name in names}) == 1:
                yield _BETWEEN.join(names)


def comparison_answer(pack: Pack, comparison: str, reader: Reader) -> Answer | None:
    """The comparison with this id for `reader`; None when there is none."""
    views = _views(pack, reader)
    names = comparison.split(_BETWEEN)
    if not 2 <= len(names) <= MOST_COMPARED or not views.keys() >= set(names):
        return None
    compared = [pack.options[name] for name in names]
    shared = [
        name
        for name in compared[0].weighed
        if all(name in option.weighed for option in compared[1:])
    ]
    weighed, left_out = shown_of(pack, reader, shared)
    first = (SectionView(BOTTOM_LINE, first_title(reader), weighed),) if weighed else ()
    left_out += tuple(reason for name in names for reason in views[name].left_out)
    return Answer(
        pack=pack,
        reader=reader,
        title=f"{_capital(join([_name(option, reader) for option in compared], 'or'))}?",
        sections=first,
        authored=None,
        question=None,
        topic=pack.statements[_arguments(compared[0])[0]].topic,
        left_out=tuple(dict.fromkeys(left_out)),
        options=_said_once([views[name].view for name in names]),
        disputed=_disputed(pack, names),
    )


@dataclass(frozen=True)
class _Case:
    """An option as a reader sees it, and why some of its statements are left out."""

    view: OptionView
    left_out: tuple[str, ...]


@lru_cache(maxsize=8)
def _views(pack: Pack, reader: Reader) -> Mapping[str, _Case]:
    found = {}
    for option in pack.options.values() if reader is not Reader.CODER else ():
        if option.name.for_reader(reader) is None:
            continue
        said_for, missing = shown_of(pack, reader, option.arguments_for)
        against, more = shown_of(pack, reader, option.arguments_against)
        if said_for or against:
            nothing = None if said_for and against else option.nothing_found.for_reader(reader)
            name = _capital(_name(option, reader))
            view = OptionView(option.id, name, said_for, against, nothing)
            found[option.id] = _Case(view, (*missing, *more))
    return found


def _said_once(views: Sequence[OptionView]) -> tuple[OptionView, ...]:
    """The options without the arguments against one that stand there as arguments for another.

    A side that has nothing else keeps the first of them.
    """
    said = {view.id for option in views for view in option.arguments_for}
    return tuple(
        replace(option, arguments_against=_others(option.arguments_against, said))
        for option in views
    )


def _others(against: tuple[StatementView, ...], said: set[str]) -> tuple[StatementView, ...]:
    return tuple(view for view in against if view.id not in said) or against[:1]


def _disputed(pack: Pack, names: Sequence[str]) -> tuple[str, ...]:
    """The conflicts between an argument about one of the options and one about another."""
    touched = _touched(pack)
    found = {
        conflict
        for one, other in combinations(names, 2)
        for conflict in touched[one].keys() & touched[other].keys()
        if len(touched[one][conflict] | touched[other][conflict]) > 1
    }
    return tuple(conflict for conflict in pack.conflicts if conflict in found)


@lru_cache(maxsize=4)
def _touched(pack: Pack) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """For each option the conflicts that its arguments take part in, with those arguments."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for option in pack.options.values():
        arguments = frozenset(_arguments(option))
        shared = {c.id: arguments.intersection(c.statements) for c in pack.conflicts.values()}
        found[option.id] = {name: names for name, names in shared.items() if names}
    return found


def _arguments(option: Option) -> tuple[str, ...]:
    return (*option.arguments_for, *option.arguments_against)


def _name(option: Option, reader: Reader) -> str:
    return option.name.for_reader(reader) or option.id


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
