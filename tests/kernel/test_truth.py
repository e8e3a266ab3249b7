"""Kleene's tables, written out, and what could still change a result, by trying everything."""

from collections.abc import Callable, Iterable
from itertools import product

import pytest

from rarepath.kernel.truth import Truth, all_of, any_of, could_change_all, could_change_any

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

TABLE = [
    # one, other, both, either
    (T, T, T, T),
    (T, F, F, T),
    (T, U, U, T),
    (F, T, F, T),
    (F, F, F, F),
    (F, U, F, U),
    (U, T, U, T),
    (U, F, F, U),
    (U, U, U, U),
]


@pytest.mark.parametrize(("one", "other", "both", "either"), TABLE)
def test_the_table(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert one & other is both
    assert one | other is either


def test_values() -> None:
    assert [truth.value for truth in Truth] == ["true", "false", "unknown"]


def test_not() -> None:
    assert [~T, ~F, ~U] == [F, T, U]


def test_of_what_is_known() -> None:
    assert [Truth.of(True), Truth.of(False)] == [T, F]


@pytest.mark.parametrize("truth", Truth)
def test_truth_is_never_a_condition(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"^Truth has three values; compare with 'is Truth\.TRUE'$"):
        bool(truth)


def test_nothing_to_combine() -> None:
    assert all_of([]) is T
    assert any_of([]) is F


def worlds(operands: Iterable[Truth]) -> Iterable[tuple[bool, ...]]:
    """Every way in which the unknown operands could turn out."""
    return product(*((True, False) if truth is U else (truth is T,) for truth in operands))


def plain(decide: Callable[[Iterable[bool]], bool], operands: tuple[Truth, ...]) -> Truth:
    results = {decide(world) for world in worlds(operands)}
    return U if len(results) == 2 else Truth.of(results.pop())


def plain_could_change(
    decide: Callable[[Iterable[bool]], bool], operands: tuple[Truth, ...]
) -> tuple[int, ...]:
    """Positions where, in some world, turning that one operand over turns the result over."""
    return tuple(
        place
        for place, truth in enumerate(operands)
        if truth is U
        and any(
            decide(world) != decide((*world[:place], not world[place], *world[place + 1 :]))
            for world in worlds(operands)
        )
    )


@pytest.mark.parametrize("length", range(5))
def test_every_combination_against_every_world(length: int) -> None:
    for operands in product(Truth, repeat=length):
        assert all_of(iter(operands)) is plain(all, operands)
        assert any_of(iter(operands)) is plain(any, operands)
        assert could_change_all(iter(operands)) == plain_could_change(all, operands)
        assert could_change_any(iter(operands)) == plain_could_change(any, operands)
