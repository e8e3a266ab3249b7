"""A lexical index of documents: tantivy, with fields, asked by our own tokens.

The text of a question never reaches a query grammar: it arrives as folded words (`ask.words`),
and each word becomes a term. What is stored went through the same folding.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy
from tantivy import Occur, Query

__all__ = ["Document", "LexicalIndex", "Ranked", "Weights"]

_FIELDS: Final = ("title", "alias", "body")
_HEAP_BYTES: Final = 64_000_000


@dataclass(frozen=True)
class Document:
    """Something that can be found: its text by field, as folded words with blanks between.

    `conditions` are the ids of the diseases it is about and `section` what part of them; both
    are matched whole. `alias` holds other names of the title.
    """

    id: str
    conditions: tuple[str, ...]
    section: str
    title: str
    alias: str = ""
    body: str = ""


@dataclass(frozen=True)
class Weights:
    """What a word is worth in each field, and what the right section and disease are worth.

    The defaults were chosen on documents about many diseases (docs/search.md).
    """

    title: float = 2.0
    alias: float = 1.0
    body: float = 1.0
    section: float = 24.0
    condition: float = 12.0

    def fields(self) -> tuple[float, float, float]:
        """The weights of the fields of text, in the order of `_FIELDS`."""
        return (self.title, self.alias, self.body)


@dataclass(frozen=True)
class Ranked:
    """A document found, by its id, and its score; scores of one search can be compared."""

    id: str
    score: float


class LexicalIndex:
    """Finds documents by their words, rare words and short texts counting most (BM25)."""

    def __init__(self, index: tantivy.Index, ids: Sequence[str]) -> None:
        """Wrap a filled index; `ids` are its documents' ids by their number."""
        index.reload()
        self._searcher = index.searcher()
        self._schema = index.schema
        self._ids = ids

    @classmethod
    def build(cls, documents: Iterable[Document], folder: Path | None = None) -> "LexicalIndex":
        """Index `documents`, in memory or in an empty `folder`."""
        schema = _schema()
        index = tantivy.Index(schema, str(folder) if folder else None)
        writer = index.writer(_HEAP_BYTES, 1)
        ids: list[str] = []
        for document in documents:
            writer.add_document(_stored(len(ids), document))
            ids.append(document.id)
        writer.commit()
        writer.wait_merging_threads()
        return cls(index, ids)

    @classmethod
    def open(cls, folder: Path, ids: Sequence[str]) -> "LexicalIndex":
        """The index that `build` left in `folder`, whose documents had these `ids`."""
        return cls(tantivy.Index.open(str(folder)), ids)

    def search(
        self,
        said: Iterable[str],
        *,
        weights: Weights = Weights(),
        sections: Collection[str] = (),
        conditions: Collection[str] = (),
        only_conditions: bool = False,
        limit: int = 10,
    ) -> list[Ranked]:
        """The best documents for the folded words `said`, best first.

        Documents of `sections` and `conditions` are preferred; with `only_conditions`, no
        others are found.
        """
        parts = [(Occur.Should, self._anywhere(word, weights)) for word in dict.fromkeys(said)]
        parts += [
            (Occur.Should, self._whole("section", name, weights.section)) for name in sections
        ]
        occur = Occur.Must if only_conditions else Occur.Should
        if conditions:
            about = [(Occur.Should, self._whole("condition", name, 1.0)) for name in conditions]
            parts.append((occur, Query.boost_query(Query.boolean_query(about), weights.condition)))
        found = self._searcher.search(Query.boolean_query(parts), limit, count=False).hits
        return [Ranked(self._id(address), score) for score, address in found]

    def _anywhere(self, word: str, weights: Weights) -> Query:
        fields = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, name, word), boost))
            for name, boost in zip(_FIELDS, weights.fields(), strict=True)
        ]
        return Query.boolean_query(fields)

    def _whole(self, field: str, name: str, boost: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, field, name), boost)

    def _id(self, address: tantivy.DocAddress) -> str:
        number: int = self._searcher.doc(address)["number"][0]
        return self._ids[number]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("section", "condition"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _stored(number: int, document: Document) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("number", number)
    made.add_text("title", document.title)
    made.add_text("alias", document.alias)
    made.add_text("body", document.body)
    made.add_text("section", document.section)
    for name in document.conditions:
        made.add_text("condition", name)
    return made
