"""A damaged question reaches the answer that it reaches whole: every title of the shipped pack.

bench/typos.py measures the same with the phrasings too.
"""

from pathlib import Path

import pytest

from bench.misspelling import letter_dropped, letters_swapped, rearranged
from rarepath.ask.matching import PackWords
from rarepath.knowledge.library import SHIPPED
from rarepath.search.model import COMMAND, part_present
from rarepath.services.ask import ask
from rarepath.services.build import open_shelf
from rarepath.services.home import Home
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

SAME = 0.95


def test_two_letters_change_places_in_the_longest_word() -> None:
    assert letters_swapped("What is a scan?") in {
        "hWat is a scan?",
        "Waht is a scan?",
        "Whta is a scan?",
    }
    assert letters_swapped("Is it bad?") in {"Is it abd?", "Is it bda?"}
    assert letters_swapped("A scan") != "A scan"
    assert letters_swapped("aaa b") == "aaa b"


def test_a_letter_of_the_name_is_dropped() -> None:
    found = letter_dropped("Is grey moss bad?", "Cobalt moss")
    assert found.endswith(" moss: Is grey moss bad?") and len(found) == len("Cobalt moss: ") + 16
    assert (
        len(letter_dropped("Is cobalt moss bad?", "Cobalt moss")) == len("Is cobalt moss bad?") - 1
    )


def test_clauses_change_places_or_stop_words_go() -> None:
    assert rearranged("If it spreads, what helps?", ()) == "what helps, If it spreads?"
    assert rearranged("Does it spread?", {"do", "doe", "it"}) == "spread?"
    assert rearranged("Is it?", {"is", "it"}) == "Is it?"


def test_every_title_reaches_its_answer_with_a_typing_error(shipped: Knowledge) -> None:
    _holds(shipped)


def test_with_vectors_too(tmp_path: Path) -> None:
    if not part_present():
        pytest.skip(f"the part 'vectors' is not installed: {COMMAND}")
    _holds(Knowledge([SHIPPED], shelf=open_shelf(Home(tmp_path))))


def _holds(knowledge: Knowledge) -> None:
    pack = knowledge.pack("parry_romberg")
    stop, name = PackWords(pack).stop, pack.condition.name
    failed, asked = [], 0
    for question in pack.questions.values():
        for reader, answer in question.each():
            text = answer.question
            whole = ask(knowledge, text, reader=reader, pack=pack.id, on=ON)
            variants = {
                letters_swapped(text): pack.id,
                letter_dropped(text, name): None,
                rearranged(text, stop): pack.id,
            }
            for variant, chosen in variants.items():
                asked += 1
                if ask(knowledge, variant, reader=reader, pack=chosen, on=ON).id != whole.id:
                    failed.append(variant)
    assert asked > 300
    assert 1 - len(failed) / asked >= SAME, failed
