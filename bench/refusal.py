"""Answering what is in the pack and refusing the rest, on MedQuAD: 30 % of its rare diseases.

1,000 questions about the pack's diseases, called by a synonym where there is one; 1,000 about
other rare diseases; 600 of general health. The rule is that of `ask`: link the disease by the
longest name, keep to it, choose the section by cue words; refuse when no disease of the pack is
named, another one is, the section has no answer, or a word of the question is in none of the
pack's texts. Once with the names of the pack alone, once with those of the directory
`RAREPATH_DATA/orphapackets.jsonl.gz` beside them.

    RAREPATH_DATA=../shared/data .venv/bin/python bench/refusal.py [--failures]
"""

import hashlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import medquad_data as data

from rarepath.ask.linking import Directory, Links, Names
from rarepath.ask.matching import unseen
from rarepath.ask.words import words
from rarepath.knowledge.library import SHIPPED
from rarepath.search.directory import StoredDirectory, load
from rarepath.search.index import Document, LexicalIndex
from rarepath.services.knowledge import Knowledge

RARE = ("2_", "3_", "6_")
IN_PACK, NEAR, GENERAL = 1000, 1000, 600
ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Given:
    """An answer that was given: the diseases and the section that it is about."""

    conditions: Sequence[str]
    section: str


@dataclass(frozen=True)
class Rule:
    """What is refused beside questions that name no disease of the pack.

    `unknown`: a word that none of the pack's texts has; `strange`: one that no text about the
    linked disease has; `numbered`: a number, or the word type, right after the name.
    """

    name: str
    unknown: bool = False
    strange: bool = False
    numbered: bool = False


RULES = (
    Rule("disease and section alone"),
    Rule("and no word unknown to the pack", unknown=True),
    Rule("and no word unknown to the linked disease's texts", unknown=True, strange=True),
    Rule("no word unknown to the pack, no type or number beside the name", True, numbered=True),
    Rule("all of these", unknown=True, strange=True, numbered=True),
)
# What tells one kind of a disease from the others.
_KIND = re.compile(r"typ|form|variant|\d+\w?|ii|iii|iv|v|vi+|ix|x")


class MedQuadPack:
    """The answers about some diseases, with what the rule looks things up in."""

    def __init__(self, answers: Collection[data.Answer], directory: Directory | None) -> None:
        documents = list(data.documents(answers))
        self._by_id = {each.id: each for each in documents}
        self._index = LexicalIndex.build(documents)
        self._names = Names.of(data.names(answers), directory)
        # The words that are in any question; those of the shipped pack, as `ask` has them.
        self._stop = _stop_words() | {word for text in data.SECTIONS.values() for word in words(" ".join(text))}
        self._known = self._stop.union(*(_texts(each) for each in documents))
        self._of: dict[str, set[str]] = {}
        self._sections: dict[str, set[str]] = {}
        for each in documents:
            for condition in each.conditions:
                self._of.setdefault(condition, set()).update(_texts(each))
                self._sections.setdefault(condition, set()).add(each.section)

    def answer(self, question: str, rule: Rule) -> Given | None:
        said = words(question)
        links = self._names.find(said, question)
        section = data.section_of(said)
        linked = [name for name in links.packs() if section in self._sections[name]]
        if links.others() or not linked or self._refused(links, linked, rule):
            return None
        found = self._index.search(
            said, sections=[section], conditions=linked, only_conditions=True, limit=len(self._by_id)
        )
        ranked = (self._by_id[each.id] for each in found)
        best = next(each for each in ranked if each.section == section)
        return Given(best.conditions, best.section)

    def _refused(self, links: Links, linked: Iterable[str], rule: Rule) -> bool:
        if rule.unknown and unseen(links.rest, self._known):
            return True
        if rule.numbered and any(map(_KIND.fullmatch, links.rest)):
            return True
        told = self._stop.union(*(self._of[name] for name in linked))
        return rule.strange and bool(unseen(links.rest, told))


def _texts(document: Document) -> set[str]:
    return set(f"{document.title} {document.alias} {document.body}".split())


def _stop_words() -> frozenset[str]:
    from rarepath.ask.matching import PackWords

    return PackWords(Knowledge([SHIPPED]).conditions()[0]).stop


def is_rare(row: data.Row) -> bool:
    return row["source"].startswith(RARE)


def is_in_pack(row: data.Row) -> bool:
    number = int(hashlib.sha256(row["focus"].lower().encode()).hexdigest(), 16)
    return is_rare(row) and number % 10 < 3


def by_synonym(row: data.Row) -> data.Row:
    return data.called(row, row["synonyms"][0]) if row["synonyms"] else row


def report(pack: MedQuadPack, rule: Rule, sets: dict[str, list[data.Row]], failures: bool) -> None:
    shares = []
    rows = sets["in the pack"]
    given = [pack.answer(row["question"], rule) for row in rows]
    answered = [(row, found) for row, found in zip(rows, given, strict=True) if found]
    right = [
        found
        for row, found in answered
        if row["focus"].lower() in found.conditions and found.section == row["qtype"]
    ]
    shares = [len(answered) / len(rows), len(right) / len(answered)]
    for name in ("near", "general"):
        wrong = [row for row in sets[name] if pack.answer(row["question"], rule)]
        shares.append(len(wrong) / len(sets[name]))
        if failures:
            for row in wrong:
                found = pack.answer(row["question"], rule)
                print(f"    {name}: {row['question']} -> {found and found.conditions}")
    if failures:
        for row, found in zip(rows, given, strict=True):
            if found is None:
                print(f"    refused: {row['question']} [{row['qtype']}]")
    print(f"| {rule.name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |", flush=True)


def directory_in(folder: Path) -> StoredDirectory | None:
    file = data.data_file("orphapackets.jsonl.gz")
    if not file.is_file():
        return None
    contents = load(file, folder / "directory.sqlite", ON)
    print(f"directory: {contents.diseases} diseases, {contents.names} names")
    return StoredDirectory(folder / "directory.sqlite")


def main() -> None:
    if not data.medquad_file().is_file():
        print(f"MedQuAD is not there ({data.medquad_file()}); set RAREPATH_DATA to its folder.")
        return
    rows = list(data.rows())
    own = [row for row in rows if is_in_pack(row)]
    near = [row for row in rows if is_rare(row) and not is_in_pack(row)]
    sets = {
        "in the pack": [by_synonym(row) for row in data.by_hash(own)[:IN_PACK]],
        "near": data.by_hash(near)[:NEAR],
        "general": data.by_hash(row for row in rows if not is_rare(row))[:GENERAL],
    }
    answers = data.merged(own).values()
    sizes = Counter({name: len(found) for name, found in sets.items()})
    print(f"{len(data.names(answers))} diseases, {len(answers)} answers; questions: {dict(sizes)}")
    failures = "--failures" in sys.argv
    with tempfile.TemporaryDirectory() as made:
        for name, directory in (("the pack's names", None), ("with the directory", directory_in(Path(made)))):
            if name == "with the directory" and directory is None:
                print("The directory is not there (orphapackets.jsonl.gz).")
                continue
            pack = MedQuadPack(answers, directory)
            print(f"| {name} | coverage | right of these | near | general |")
            for rule in RULES:
                report(pack, rule, sets, failures)


if __name__ == "__main__":
    main()
