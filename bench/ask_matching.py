"""How often `ask` understands a wording it has never seen, and answers what it should not.

The phrasings of the shipped pack are dealt into five parts, and each part is asked of a pack
that has only the others. Then 500 questions of MedQuAD, which are about other things, are asked
with the pack's disease chosen, and with none. By words alone and, with the part, with vectors.

    RAREPATH_DATA=../shared/data .venv/bin/python bench/ask_matching.py
"""

import random
import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import medquad_data as data
from knowing import each_way

from rarepath.ask.decide import Asked, decide
from rarepath.ask.desk import Desk
from rarepath.ask.words import clean
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search.shelf import Model, Shelf
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
PARTS = 5
# About other diseases, and yet these words make one of the pack's own subjects of it.
OWN_SUBJECT = ("romberg", "hemifacial")

_Wordings = Collection[tuple[str, str]]


def dealt(pack: Pack) -> list[_Wordings]:
    """The phrasings of a pack with their questions' ids, in five parts."""
    found = [(q.id, text) for q in pack.questions.values() for text in q.phrasings]
    random.Random(2).shuffle(found)
    return [found[part::PARTS] for part in range(PARTS)]


def without(pack: Pack, left_out: _Wordings) -> Pack:
    """The pack without some phrasings; it keeps the titles of its answers."""
    gone = set(left_out)
    questions = {
        name: question.model_copy(
            update={"phrasings": tuple(t for t in question.phrasings if (name, t) not in gone)}
        )
        for name, question in pack.questions.items()
    }
    return replace(pack, items={**pack.items, "questions": questions})


def asked_unseen(pack: Pack, model: Model | None) -> Counter[str]:
    found = Counter[str]()
    for part in dealt(pack):
        with tempfile.TemporaryDirectory() as cache:
            desk = Desk([without(pack, part)], Shelf(Path(cache), model).searcher)
            for question, text in part:
                found[outcome_of(desk, pack, question, text)] += 1
    return found


def outcome_of(desk: Desk, pack: Pack, question: str, text: str) -> str:
    reader = pack.questions[question].each()[0][0]
    outcome = decide(desk, Asked(clean(text), reader, pack.id, None, ON))
    if outcome.status != "answered":
        return "not answered"
    given = [each.detail for each in outcome.parts] or [outcome.detail]
    return "its own question" if question in given else "another question"


def other_things(knowledge: Knowledge, pack: str | None) -> Counter[str]:
    texts = [row["question"] for row in data.by_hash(data.rows(), "own")]
    texts = [text for text in texts if not any(own in text.lower() for own in OWN_SUBJECT)]
    replies = (
        ask(knowledge, text, reader=Reader.PATIENT, pack=pack, on=ON)
        for text in texts[: data.GENERAL]
    )
    return Counter(r.declined.reason if r.declined else r.status for r in replies)


def report(name: str, found: Counter[str]) -> None:
    shares = (f"{what} {100 * n / found.total():.1f} %" for what, n in found.most_common())
    print(f"{name} ({found.total()}): {', '.join(shares)}", flush=True)


def main() -> None:
    for name, knowledge in each_way():
        model = knowledge.shelf.model if knowledge.shelf else None
        pack = knowledge.conditions()[0]
        report(f"{name}: phrasings left out", asked_unseen(pack, model))
        if data.medquad_file().is_file():
            report(f"{name}: MedQuAD, disease chosen", other_things(knowledge, pack.id))
            report(f"{name}: MedQuAD, none chosen", other_things(knowledge, None))
        else:
            print(f"MedQuAD is not there ({data.medquad_file()}); set RAREPATH_DATA.")


if __name__ == "__main__":
    main()
