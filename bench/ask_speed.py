"""How long one `ask` takes on the shipped packs, how much memory it needs, and a cold start.

.venv/bin/python bench/ask_speed.py
"""

import resource
import statistics
import subprocess
import sys
import time
from datetime import date

from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
QUESTION = "How should active Parry-Romberg syndrome be managed?"
COLD = f"""
from datetime import date
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge
ask(Knowledge([SHIPPED]), {QUESTION!r}, on=date(2026, 11, 22))
"""


def cold_starts(times: int = 5) -> list[float]:
    """Seconds from starting Python to the first answer."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD], check=True)
        seconds.append(time.perf_counter() - begin)
    return seconds


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


def main() -> None:
    cold = cold_starts()
    print(f"first answer from cold: {min(cold):.2f} to {max(cold):.2f} s ({len(cold)} starts)")
    begin = time.perf_counter()
    knowledge = Knowledge([SHIPPED])
    print(f"reading the packs: {time.perf_counter() - begin:.2f} s")
    ask(knowledge, QUESTION, on=ON)
    wall, processor = each_wording(knowledge)
    report("ask, wall", wall)
    report("ask, processor", processor)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"resident memory, peak: {peak:.0f} MB")


if __name__ == "__main__":
    main()
