"""How many questions by five kinds of people reach an answer that fits, by words and by vectors.

The sets are tests/ask/paraphrases.yaml, which was written before anything was tuned, and
paraphrases_untouched.yaml, on which nothing was. They are asked with the disease chosen. A
question whose `expect` is empty is right when it is not answered.

    .venv/bin/python bench/paraphrases.py [--failures]
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from knowing import each_way

from rarepath.ask.outcome import JOINS_PARTS
from rarepath.knowledge.base import Reader
from rarepath.services.ask import answer_for, ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
SETS = ("paraphrases.yaml", "paraphrases_untouched.yaml")
FOLDER = Path(__file__).parents[1] / "tests" / "ask"


def right(knowledge: Knowledge, case: dict[str, Any]) -> str | None:
    """What is wrong with the reply to a case; None when nothing is."""
    pack, reader = knowledge.conditions()[0].id, Reader(case["reader"])
    reply = ask(knowledge, case["text"], reader=reader, pack=pack, on=ON)
    if reply.status != "answered":
        why = reply.declined.reason if reply.declined else reply.status
        return None if not case["expect"] else why
    fits = {answer_for(knowledge, pack, name, reader, on=ON).id for name in case["expect"]}
    given = (reply.id or "").split(JOINS_PARTS)
    return (reply.understood_as or "answered") if fits.isdisjoint(given) else None


def main() -> None:
    for name in SETS:
        cases = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
        asked = Counter(case["persona"] for case in cases)
        print(f"{name}\n| | " + " | ".join(f"{p} ({n})" for p, n in asked.items()) + " | all |")
        for way, knowledge in each_way():
            failed = Counter[str]()
            for case in cases:
                if wrong := right(knowledge, case):
                    failed[case["persona"]] += 1
                    if "--failures" in sys.argv:
                        print(f"    {case['persona']}: {case['text']} -> {wrong}")
            inside = [p for p in asked if p != "outside"]
            of = sum(asked[p] for p in inside)
            all_right = of - sum(failed[p] for p in inside)
            figures = " | ".join(str(asked[p] - failed[p]) for p in asked)
            print(f"| {way} | {figures} | {all_right} of {of} |", flush=True)


if __name__ == "__main__":
    main()
