"""MedQuAD as documents and questions, as the benchmarks use it; none of it is in the repository.

Read from `RAREPATH_DATA/medquad-dev.jsonl.gz` (by default ../shared/data beside a checkout):
one answered question a line, with id, source, focus, synonyms, qtype, question, answer.
A document is an answer, once: the same answer given for several diseases is about all of them.
The text of a question is asked and never indexed.
"""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rarepath.ask.matching import Cues
from rarepath.ask.words import Folding, words
from rarepath.search.index import Document

PLAIN, SYNONYM, GENERAL = 1500, 1000, 500

# Words that show which section a question asks for. They were written knowing how MedQuAD words
# its questions, most of which come from a few templates: free text is harder.
SECTIONS = {
    "symptoms": ("symptom", "signs"),
    "treatment": ("treatment", "treat", "manage", "therapy"),
    "inheritance": ("inherited", "hereditary", "run in families"),
    "frequency": ("how many people", "how common", "affected by"),
    "genetic changes": ("genetic changes", "gene", "mutation"),
    "causes": ("causes", "why"),
    "exams and tests": ("diagnose", "diagnosis", "test"),
    "research": ("research", "clinical trials", "studies"),
    "outlook": ("outlook", "prognosis", "expectancy"),
    "susceptibility": ("at risk", "who is at risk", "risk"),
    "considerations": ("what to do for", "eat", "diet", "nutrition"),
    "prevention": ("prevent", "prevention"),
    "stages": ("stages", "staging"),
    "complications": ("complications",),
    "support groups": ("support", "help and support"),
}
# What a question asks for that shows none of these: "What is (are) ... ?"
OTHERWISE = "information"
CUES = Cues((section, words(text)) for section, texts in SECTIONS.items() for text in texts)

Row = dict[str, Any]


@dataclass
class Answer:
    """A document: its text, its section, the diseases it is about with their synonyms."""

    id: str
    section: str
    body: str
    about: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(focus.lower() for focus in self.about))


def data_file(name: str) -> Path:
    """Where a file of the data is, or would be."""
    return Path(os.environ.get("RAREPATH_DATA", "../shared/data")) / name


def medquad_file() -> Path:
    return data_file("medquad-dev.jsonl.gz")


def rows() -> Iterator[Row]:
    with gzip.open(medquad_file(), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def by_hash(found: Iterable[Row], salt: str = "") -> list[Row]:
    """Rows in an order that nobody chose: by the SHA-256 of their id, salted."""
    return sorted(found, key=lambda r: hashlib.sha256((salt + r["id"]).encode()).hexdigest())


def general_questions() -> list[str]:
    """500 questions of MedQuAD, about anything."""
    return [row["question"] for row in by_hash(rows())[:GENERAL]]


def answers() -> dict[str, Answer]:
    """Every answer of MedQuAD by its text."""
    return merged(rows())


def merged(found: Iterable[Row]) -> dict[str, Answer]:
    """The answers of some rows by their text, each once."""
    made: dict[str, Answer] = {}
    for row in found:
        text = row["answer"]
        answer = made.setdefault(text, Answer(str(len(made)), row["qtype"], text))
        answer.about.setdefault(row["focus"], tuple(row["synonyms"]))
    return made


def documents(found: Iterable[Answer]) -> Iterator[Document]:
    """Answers as the index takes them."""
    folding = Folding()
    for answer in found:
        synonyms = [text for texts in answer.about.values() for text in texts]
        yield Document(
            answer.id,
            answer.conditions,
            answer.section,
            folding.joined(" ; ".join(answer.about)),
            folding.joined(" ; ".join(synonyms)),
            folding.joined(answer.body),
        )


def names(found: Iterable[Answer]) -> dict[str, list[str]]:
    """What each disease is called, by its own name in lower case."""
    named: dict[str, dict[str, None]] = {}
    for answer in found:
        for focus, synonyms in answer.about.items():
            named.setdefault(focus.lower(), {}).update(dict.fromkeys((focus, *synonyms)))
    return {condition: list(texts) for condition, texts in named.items()}


def section_of(said: tuple[str, ...]) -> str:
    """The section that a question asks for."""
    return next(iter(CUES.shares(said)), OTHERWISE)


def plain_queries(found: list[Row]) -> list[Row]:
    return by_hash(found)[:PLAIN]


def synonym_queries(found: list[Row]) -> list[Row]:
    """Rows with the disease called by a synonym that does not stand in the answer."""
    renamed = ((row, _synonym(row)) for row in found)
    chosen = by_hash((row for row, name in renamed if name), "syn")[:SYNONYM]
    return [called(row, _synonym(row)) for row in chosen]


def called(row: Row, name: str) -> Row:
    """`row` with the disease called `name` in its question."""
    question = re.sub(re.escape(row["focus"]), lambda _: name, row["question"], flags=re.I)
    return {**row, "question": question}


def _synonym(row: Row) -> str:
    """The first synonym that does not stand in the answer; nothing without one."""
    if row["focus"].lower() not in row["question"].lower():
        return ""
    answer = row["answer"].lower()
    return next((name for name in row["synonyms"] if name.lower() not in answer), "")
