"""Finding the one answer among 12,677: engines side by side on MedQuAD, in one run.

The protocol: 1,500 questions as they are, and 1,000 in which the disease is called by a synonym
that does not stand in the answer. Our own searches link the disease with the product's linker,
choose the section by cue words (bench/medquad_data.py) and ask the product's index; `fused` adds
sentence vectors. The other engines have the text of the answers alone, as they come.

    RAREPATH_DATA=../shared/data .venv/bin/python bench/medquad.py

bm25s is not in the project's locks; install it with PyStemmer beside, and put it on PYTHONPATH.
With `memory lexical` or `memory fused` it only builds and asks that search, and says what memory
the process took at most.
"""

import math
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import medquad_data as data
from medquad_vectors import encoder, passages
from memory import peak_memory

from rarepath.ask.linking import Names
from rarepath.ask.words import words
from rarepath.search.fusion import fused
from rarepath.search.index import Document, LexicalIndex
from rarepath.search.passages import Passages

BEST = 10
# How many of each search are fused; of these, ten count.
FROM_EACH = 50

Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    text: str
    gold: str


def body_only(answers: Sequence[data.Answer]) -> Search:
    documents = (Document(each.id, (), "", "", "", each.body) for each in data.documents(answers))
    index = LexicalIndex.build(documents)
    return lambda text: [ranked.id for ranked in index.search(words(text))]


def fts5(answers: Sequence[data.Answer]) -> Search:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE answers USING fts5(body, tokenize = 'porter')")
    rows = ((int(answer.id), answer.body) for answer in answers)
    database.executemany("INSERT INTO answers (rowid, body) VALUES (?, ?)", rows)
    ask = "SELECT rowid FROM answers WHERE answers MATCH ? ORDER BY rank LIMIT 10"

    def search(text: str) -> Sequence[str]:
        terms = " OR ".join(f'"{word}"' for word in re.findall(r"[a-z0-9]+", text.lower()))
        return [str(number) for (number,) in database.execute(ask, [terms])]

    return search


def bm25s_engine(answers: Sequence[data.Answer]) -> Search:
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    engine = bm25s.BM25()
    bodies = [answer.body for answer in answers]
    engine.index(
        bm25s.tokenize(bodies, stopwords="en", stemmer=stemmer, show_progress=False),
        show_progress=False,
    )

    def search(text: str) -> Sequence[str]:
        asked = bm25s.tokenize(text, stopwords="en", stemmer=stemmer, show_progress=False)
        found, _ = engine.retrieve(asked, k=BEST, show_progress=False)
        return [answers[at].id for at in found[0]]

    return search


class Ours:
    """The product's searches."""

    def __init__(self, answers: Sequence[data.Answer]) -> None:
        self.index = LexicalIndex.build(data.documents(answers))
        self.names = Names.of(data.names(answers))
        self.passages: Passages | None = None

    def without_linking(self, text: str) -> Sequence[str]:
        said = words(text)
        found = self.index.search(said, sections=[data.section_of(said)])
        return [ranked.id for ranked in found]

    def lexical(self, text: str, limit: int = BEST) -> Sequence[str]:
        said = words(text)
        linked = self.names.find(said, text).packs()
        found = self.index.search(
            said,
            sections=[data.section_of(said)],
            conditions=linked,
            only_conditions=bool(linked),
            limit=limit,
        )
        return [ranked.id for ranked in found]

    def dense(self, text: str) -> Sequence[str]:
        return self._meant(text, (), ())

    def fused_in_section(self, text: str) -> Sequence[str]:
        """Ranks of both; the sense only among the section's answers for the linked disease."""
        said = words(text)
        linked = self.names.find(said, text).packs()
        meant = self._meant(text, linked, [data.section_of(said)] if linked else ())
        return _together(self.lexical(text, FROM_EACH), meant)

    def fused_in_disease(self, text: str) -> Sequence[str]:
        """Ranks of both; the sense among all answers for the linked disease."""
        linked = self.names.find(words(text), text).packs()
        return _together(self.lexical(text, FROM_EACH), self._meant(text, linked, ()))

    def fused_anywhere(self, text: str) -> Sequence[str]:
        """Ranks of both; the sense among all answers there are."""
        return _together(self.lexical(text, FROM_EACH), self._meant(text, (), ()))

    def summed(self, text: str) -> Sequence[str]:
        """Scores added up: the words' as a share of the best, and the cosine."""
        said = words(text)
        linked = self.names.find(said, text).packs()
        by_words = self.index.search(
            said,
            sections=[data.section_of(said)],
            conditions=linked,
            only_conditions=bool(linked),
            limit=FROM_EACH,
        )
        best = by_words[0].score if by_words else 1.0
        assert self.passages
        meant = self.passages.search(text, conditions=linked, limit=FROM_EACH)
        sums = {ranked.id: ranked.score / best for ranked in by_words}
        for ranked in meant:
            sums[ranked.id] = sums.get(ranked.id, 0.0) + ranked.score
        return sorted(sums, key=lambda name: -sums[name])[:BEST]

    def _meant(
        self, text: str, conditions: Sequence[str], sections: Sequence[str]
    ) -> Sequence[str]:
        assert self.passages
        found = self.passages.search(
            text, conditions=conditions, sections=sections, limit=FROM_EACH
        )
        return [ranked.id for ranked in found]


def _together(*rankings: Sequence[str]) -> Sequence[str]:
    return [ranked.id for ranked in fused(*rankings, limit=BEST)]


def measured(search: Search, queries: Sequence[Query]) -> str:
    gained, found, first, seconds = 0.0, 0, 0, []
    for query in queries:
        begin = time.perf_counter()
        ids = search(query.text)[:BEST]
        seconds.append(time.perf_counter() - begin)
        if query.gold in ids:
            place = list(ids).index(query.gold)
            gained += 1 / math.log2(place + 2)
            found += 1
            first += place == 0
    n = len(queries)
    p95 = statistics.quantiles(seconds, n=20)[-1] * 1000
    figures = f"{gained / n:.3f} | {found / n:.3f} | {first / n:.3f}"
    return f"{figures} | {statistics.median(seconds) * 1000:.2f} / {p95:.2f}"


def print_row(name: str, search: Search, sets: Sequence[Sequence[Query]]) -> None:
    print(f"| {name} | {' | '.join(measured(search, queries) for queries in sets)} |", flush=True)


def query_sets(answers: dict[str, data.Answer]) -> Iterator[list[Query]]:
    rows = list(data.rows())
    for found in (data.plain_queries(rows), data.synonym_queries(rows)):
        yield [Query(row["question"], answers[row["answer"]].id) for row in found]


def memory(kind: str) -> None:
    """Build and ask one search, and print the most memory this process took."""
    answers = list(data.answers().values())
    texts = [row["question"] for row in data.by_hash(data.rows())[:200]]
    ours = Ours(answers)
    search: Search = ours.lexical
    if kind == "fused":
        model = encoder()
        assert model
        ours.passages, search = passages(answers, model), ours.fused_in_section
    for text in texts:
        search(text)
    print(f"{peak_memory():.0f}")


def main() -> None:
    if not data.medquad_file().is_file():
        print(f"MedQuAD is not there ({data.medquad_file()}); set RAREPATH_DATA to its folder.")
        return
    by_text = data.answers()
    answers = list(by_text.values())
    sets = list(query_sets(by_text))
    print(f"{len(answers)} documents; {' and '.join(str(len(s)) for s in sets)} questions")
    print("| engine | plain: nDCG@10 | recall@10 | P@1 | p50 / p95 ms |", end="")
    print(" synonym: nDCG@10 | recall@10 | P@1 | p50 / p95 ms |\n" + "|---" * 9 + "|")
    engines = {"tantivy": body_only, "SQLite FTS5": fts5, "bm25s": bm25s_engine}
    built = {}
    for name, build in engines.items():
        begin = time.perf_counter()
        try:
            search = build(answers)
        except ImportError:
            print(f"| {name}, text only | not installed" + " |" * 8)
            continue
        built[name] = time.perf_counter() - begin
        print_row(f"{name}, text only", search, sets)
    begin = time.perf_counter()
    LexicalIndex.build(data.documents(answers))
    built["our index"] = time.perf_counter() - begin
    begin = time.perf_counter()
    Names.of(data.names(answers))
    built["our names"] = time.perf_counter() - begin
    ours = Ours(answers)
    print_row("ours, no linking", ours.without_linking, sets)
    print_row("ours, lexical", ours.lexical, sets)
    model = encoder()
    if model:
        ours.passages = passages(answers, model)
        print_row("vectors alone", ours.dense, sets)
        print_row("ours, fused: ranks, in disease and section", ours.fused_in_section, sets)
        print_row("ours, fused: ranks, in disease", ours.fused_in_disease, sets)
        print_row("ours, fused: ranks, anywhere", ours.fused_anywhere, sets)
        print_row("ours, fused: sums, in disease", ours.summed, sets)
    else:
        print("ours, fused: the part is not installed: scripts/setup vectors")
    print("seconds to build:", ", ".join(f"{name} {took:.1f}" for name, took in built.items()))
    for kind in ("lexical", "fused") if model else ("lexical",):
        child = [sys.executable, __file__, "memory", kind]
        peak = subprocess.run(child, check=True, capture_output=True, text=True).stdout
        print(f"memory at most, {kind}: {peak.strip()} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        memory(sys.argv[2])
    else:
        main()
