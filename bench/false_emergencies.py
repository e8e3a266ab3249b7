"""How often a question in which nobody is in danger is taken for an emergency.

Asks every wording of the shipped packs and 500 general questions of MedQuAD, the latter with
no disease chosen and with one. MedQuAD is read from `RAREPATH_DATA/medquad-dev.jsonl.gz`; it is
not part of this repository, and without it only the packs' own wordings are asked.

    RAREPATH_DATA=../shared/data .venv/bin/python bench/false_emergencies.py
"""

from collections.abc import Iterable
from datetime import date

from medquad_data import general_questions, medquad_file

from rarepath.knowledge.base import Reader
from rarepath.knowledge.library import SHIPPED
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)


def own_wordings(knowledge: Knowledge) -> list[str]:
    questions = [q for pack in knowledge.conditions() for q in pack.questions.values()]
    texts = [text for question in questions for text in question.phrasings]
    texts += [answer.question for question in questions for _, answer in question.each()]
    return list(dict.fromkeys(texts))


def emergencies(knowledge: Knowledge, texts: Iterable[str], pack: str | None) -> list[str]:
    replies = ((t, ask(knowledge, t, reader=Reader.PATIENT, pack=pack, on=ON)) for t in texts)
    return [text for text, reply in replies if reply.status == "emergency"]


def report(name: str, found: list[str], of: int) -> None:
    print(f"{name}: {len(found)} of {of} ({100 * len(found) / of:.2f} %)")
    for text in found:
        print(f"    {text}")


def main() -> None:
    knowledge = Knowledge([SHIPPED])
    chosen = knowledge.conditions()[0].id
    texts = own_wordings(knowledge)
    report(
        "wordings of the packs, disease chosen", emergencies(knowledge, texts, chosen), len(texts)
    )
    report("wordings of the packs, none chosen", emergencies(knowledge, texts, None), len(texts))
    file = medquad_file()
    if not file.is_file():
        print(f"MedQuAD is not there ({file}); set RAREPATH_DATA to its folder.")
        return
    texts = general_questions()
    report("MedQuAD, none chosen", emergencies(knowledge, texts, None), len(texts))
    report("MedQuAD, disease chosen", emergencies(knowledge, texts, chosen), len(texts))


if __name__ == "__main__":
    main()
