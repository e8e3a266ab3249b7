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
from rarepath.ask.matching import PackWords, unseen
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
    """What is refused beside questions that name no disease of the pack, or another one too.

    `unknown`: a word that none of the pack's texts has; `strange`: one that no text about the
    linked disease has; `kind`: a type or a number beside the name; `several`: a name that more
    than one disease of the pack has.
    """

    name: str
    unknown: bool = False
    strange: bool = False
    kind: bool = False
    several: bool = False


RULES = (
    Rule("1: the disease and the section"),
    Rule("2: no word unknown to the pack", unknown=True),
    Rule("3: no word unknown to the disease's texts", strange=True),
    Rule("4: 2, no type or number left over", unknown=True, kind=True),
    Rule("5: 4, one disease only", unknown=True, kind=True, several=True),
    Rule("6: 3, 4 and 5", unknown=True, strange=True, kind=True, several=True),
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
        cues = (words(cue) for texts in data.SECTIONS.values() for cue in texts)
        self._stop = _stop_words().union(*cues)
        self._known = self._stop.union(*(_texts(each) for each in documents))
        self._of: dict[str, set[str]] = {}
        self._sections: dict[str, set[str]] = {}
        for each in documents:
            for condition in each.conditions:
                self._of.setdefault(condition, set()).update(_texts(each))
                self._sections.setdefault(condition, set()).add(each.section)

    def has(self, name: str) -> bool:
        """Whether `name` is, word for word, what the pack calls one of its diseases."""
        meaning = self._names.meaning(words(name))
        return meaning is not None and meaning.kind == "own"

    def answer(self, question: str, rule: Rule) -> Given | None:
        said = words(question)
        links = self._names.find(said, question)
        section = data.section_of(said)
        linked = [name for name in links.packs() if section in self._sections[name]]
        if links.others() or not linked or self._refused(links, linked, rule):
            return None
        found = self._index.search(
            said,
            sections=[section],
            conditions=linked,
            only_conditions=True,
            limit=len(self._by_id),
        )
        ranked = (self._by_id[each.id] for each in found)
        best = next(each for each in ranked if each.section == section)
        return Given(best.conditions, best.section)

    def _refused(self, links: Links, linked: Iterable[str], rule: Rule) -> bool:
        if rule.unknown and unseen(links.rest, self._known):
            return True
        if rule.kind and any(map(_KIND.fullmatch, links.rest)):
            return True
        if rule.several and len(links.packs()) > 1:
            return True
        told = self._stop.union(*(self._of[name] for name in linked))
        return rule.strange and bool(unseen(links.rest, told))


def _texts(document: Document) -> set[str]:
    return set(f"{document.title} {document.alias} {document.body}".split())


def _stop_words() -> frozenset[str]:
    return PackWords(Knowledge([SHIPPED]).conditions()[0]).stop


def is_rare(row: data.Row) -> bool:
    return row["source"].startswith(RARE)


def is_in_pack(row: data.Row) -> bool:
    number = int(hashlib.sha256(row["focus"].lower().encode()).hexdigest(), 16)
    return is_rare(row) and number % 10 < 3


def by_synonym(row: data.Row) -> data.Row:
    return data.called(row, row["synonyms"][0]) if row["synonyms"] else row


def report(pack: MedQuadPack, rule: Rule, sets: dict[str, list[data.Row]], failures: bool) -> None:
    shares: list[float] = []
    for kind, rows in sets.items():
        given = [(row, pack.answer(row["question"], rule)) for row in rows]
        answered = [(row, found) for row, found in given if found]
        shares.append(len(answered) / len(rows))
        if kind == "in the pack":
            right = sum(_is_right(row, found) for row, found in answered)
            shares.append(right / len(answered))
        else:
            shares.append(sum(not pack.has(row["focus"]) for row, _ in answered) / len(rows))
        for row, found in given if failures else ():
            if (found is None) if kind == "in the pack" else found:
                print(f"    {kind}: {row['question']} -> {found and found.conditions}")
    print(f"| {rule.name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |", flush=True)


def _is_right(row: data.Row, found: Given) -> bool:
    return row["focus"].lower() in found.conditions and row["qtype"] == found.section


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
    with tempfile.TemporaryDirectory() as made:
        _both(answers, sets, directory_in(Path(made)), "--failures" in sys.argv)


def _both(
    answers: Collection[data.Answer],
    sets: dict[str, list[data.Row]],
    directory: Directory | None,
    failures: bool,
) -> None:
    for name, known in (("the pack's names alone", None), ("and the directory's", directory)):
        if known is None and name.startswith("and"):
            print("The directory is not there (orphapackets.jsonl.gz).")
            continue
        pack = MedQuadPack(answers, known)
        print(f"| {name} | coverage | right of these ", end="")
        print("| near | by a name not the pack's | general | by a name not the pack's |")
        for rule in RULES:
            report(pack, rule, sets, failures)


if __name__ == "__main__":
    main()
