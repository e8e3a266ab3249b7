"""Whether a damaged question of the shipped pack reaches the answer that it reaches whole.

Every question of every pack: its title for each reader and its first five phrasings, in three
seeded variants (bench/misspelling.py). The misspelt disease name has to be recognised, so that
variant is asked without a disease chosen. By words alone and, with the part, with vectors.

    .venv/bin/python bench/typos.py [--failures]
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowing import each_way
from misspelling import letter_dropped, letters_swapped, rearranged

from rarepath.ask.matching import PackWords
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
PHRASINGS = 5


@dataclass(frozen=True)
class Damaged:
    """A question as it is, and in one variant; `chosen` is the disease chosen for the latter."""

    reader: Reader
    whole: str
    variant: str
    kind: str
    chosen: str | None


def damaged(pack: Pack, phrasings: int = PHRASINGS) -> Iterator[Damaged]:
    """Three variants of each title and of the first phrasings of each question."""
    stop, name = PackWords(pack).stop, pack.condition.name
    for question in pack.questions.values():
        titles = [(reader, answer.question) for reader, answer in question.each()]
        others = [(titles[0][0], text) for text in question.phrasings[:phrasings]]
        for reader, text in dict.fromkeys([*titles, *others]):
            yield Damaged(reader, text, letters_swapped(text), "letters swapped", pack.id)
            yield Damaged(reader, text, letter_dropped(text, name), "letter dropped", None)
            yield Damaged(reader, text, rearranged(text, stop), "rearranged", pack.id)


def lost(knowledge: Knowledge, each: Damaged) -> str | None:
    """What the variant reaches instead of the question's answer; None when it is the same."""
    pack = knowledge.conditions()[0].id
    whole = ask(knowledge, each.whole, reader=each.reader, pack=pack, on=ON)
    got = ask(knowledge, each.variant, reader=each.reader, pack=each.chosen, on=ON)
    if got.id == whole.id:
        return None
    why = got.declined.reason if got.declined else (got.understood_as or "")
    return f"{got.status}: {why}"


def main() -> None:
    print("| | " + " | ".join(("letters swapped", "letter dropped", "rearranged", "all")) + " |")
    for name, knowledge in each_way():
        asked, failed = Counter[str](), Counter[str]()
        for pack in knowledge.conditions():
            for each in damaged(pack):
                asked[each.kind] += 1
                if (instead := lost(knowledge, each)) is not None:
                    failed[each.kind] += 1
                    if "--failures" in sys.argv:
                        print(f"    {each.kind}, {each.reader}: {each.variant} -> {instead}")
        shares = [1 - failed[kind] / asked[kind] for kind in asked]
        shares.append(1 - failed.total() / asked.total())
        figures = " | ".join(f"{100 * share:.1f} %" for share in shares)
        print(f"| {name}, {asked.total()} variants | {figures} |", flush=True)


if __name__ == "__main__":
    main()
