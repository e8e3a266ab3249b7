"""How long one `ask` takes on the shipped packs, how much memory it needs, and a cold start.

By words alone and, with the part, with vectors, each in a process of its own. The searcher comes
from the cache, which is filled first: that takes some seconds once for each version of a pack.

    .venv/bin/python bench/ask_speed.py
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from knowing import with_vectors
from memory import peak_memory

from rarepath.ask.desk import Desk
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.search.model import COMMAND, part_present
from rarepath.search.shelf import Shelf, in_memory
from rarepath.services.ask import ask
from rarepath.services.home import find_home
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
QUESTION = "How should active Parry-Romberg syndrome be managed?"


def by_words() -> Knowledge:
    return Knowledge([SHIPPED], shelf=Shelf(find_home().where("cache")))


WAYS: dict[str, Callable[[], Knowledge]] = {"words": by_words, "vectors": with_vectors}


def each_wording(knowledge: Knowledge) -> tuple[list[float], list[float]]:
    """Wall and processor milliseconds of every wording of every pack, once for each reader."""
    wall, processor = [], []
    for pack in knowledge.conditions():
        for question in pack.questions.values():
            for reader in Reader:
                for text in question.phrasings:
                    begin, used = time.perf_counter(), time.process_time()
                    ask(knowledge, text, reader=reader, pack=pack.id, on=ON)
                    wall.append((time.perf_counter() - begin) * 1000)
                    processor.append((time.process_time() - used) * 1000)
    return wall, processor


def report(name: str, values: list[float]) -> None:
    p95 = statistics.quantiles(values, n=20)[-1]
    print(f"{name}: p50 {statistics.median(values):.1f} ms, p95 {p95:.1f} ms, n {len(values)}")


def one_way(name: str) -> None:
    """The figures of one way; run in a process of its own for the sake of the memory."""
    begin = time.perf_counter()
    knowledge = WAYS[name]()
    print(f"{name}: reading the packs {time.perf_counter() - begin:.2f} s")
    ask(knowledge, QUESTION, on=ON)
    print(f"{name}: first answer {time.perf_counter() - begin:.2f} s")
    wall, processor = each_wording(knowledge)
    report(f"{name}: ask, wall", wall)
    report(f"{name}: ask, processor", processor)
    print(f"{name}: resident memory at most {peak_memory():.0f} MB")


def index_of_the_packs() -> None:
    """Seconds to make the lexical searcher of the packs from nothing."""
    packs = Knowledge([SHIPPED]).conditions()
    desk = Desk(packs, in_memory)
    begin = time.perf_counter()
    questions = sum(len(pack.questions) for pack in packs)
    assert desk.searcher
    print(f"index of {questions} questions: {time.perf_counter() - begin:.2f} s")


def cold_starts(name: str, times: int = 5) -> None:
    """Seconds from starting Python to the first answer."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run([sys.executable, __file__, "once", name], check=True)
        seconds.append(time.perf_counter() - begin)
    print(f"{name}: from cold {min(seconds):.2f} to {max(seconds):.2f} s ({times} starts)")


def main() -> None:
    for name in WAYS:
        if name == "vectors" and not part_present():
            print(f"with vectors: the part is not installed: {COMMAND}")
            continue
        subprocess.run([sys.executable, __file__, "once", name], check=True)  # fills the cache
        cold_starts(name)
        subprocess.run([sys.executable, __file__, "way", name], check=True)
    index_of_the_packs()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["once", name]:
            ask(WAYS[name](), QUESTION, on=ON)
        case ["way", name]:
            one_way(name)
        case _:
            main()
