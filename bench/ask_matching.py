"""How often `ask` understands a wording it has never seen, and answers what it should not.

Leaves out one phrasing of the shipped pack at a time and asks it; then asks 500 questions of
MedQuAD, which are about other things, with the pack's disease chosen. MedQuAD is read as in
false_emergencies.py.

    RAREPATH_DATA=../shared/data .venv/bin/python bench/ask_matching.py
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

from false_emergencies import medquad, medquad_file

from rarepath.ask.desk import Desk
from rarepath.ask.outcome import Outcome
from rarepath.ask.understand import ACCEPTED, COVERED, best_reading, understood
from rarepath.ask.words import sentences
from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.search.plain import PlainSearcher
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
LEFT_OUT = 600


def without(pack: Pack, question: str, phrasing: str) -> Pack:
    old = pack.questions[question]
    phrasings = tuple(text for text in old.phrasings if text != phrasing)
    questions = dict(pack.questions) | {question: old.model_copy(update={"phrasings": phrasings})}
    return replace(pack, items={**pack.items, "questions": questions})


def outcome_of(pack: Pack, text: str, reader: Reader) -> Outcome:
    desk = Desk([pack], PlainSearcher)
    reading = best_reading(desk, pack, reader, sentences(text))
    return understood(desk, pack, reader, reading)


def leave_one_out(pack: Pack) -> Counter[str]:
    cases = [(q.id, text) for q in pack.questions.values() for text in q.phrasings]
    random.Random(2).shuffle(cases)
    found: Counter[str] = Counter()
    for question, text in cases[:LEFT_OUT]:
        reader = pack.questions[question].each()[0][0]
        outcome = outcome_of(without(pack, question, text), text, reader)
        if outcome.status != "answered":
            found["not answered"] += 1
        elif outcome.detail == question:
            found["its own question"] += 1
        else:
            found["another question"] += 1
    return found


def report(name: str, found: Counter[str]) -> None:
    shares = (f"{what} {100 * n / found.total():.1f} %" for what, n in found.most_common())
    print(f"{name} ({found.total()}): {', '.join(shares)}")


def main() -> None:
    knowledge = Knowledge([SHIPPED])
    pack = knowledge.conditions()[0]
    print(f"accepted from {ACCEPTED}, covering {COVERED}")
    report("phrasings left out", leave_one_out(pack))
    file: Path = medquad_file()
    if not file.is_file():
        print(f"MedQuAD is not there ({file}); set RAREPATH_DATA to its folder.")
        return
    replies = [ask(knowledge, text, pack=pack.id, on=ON) for text in medquad(file)]
    reasons = (r.declined.reason if r.declined else r.status for r in replies)
    report("MedQuAD, disease chosen", Counter(reasons))


if __name__ == "__main__":
    main()
