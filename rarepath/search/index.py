"""A lexical index of documents: tantivy, with fields, asked by our own tokens.

The text of a question never reaches a query grammar: it arrives as folded words, and each word
becomes a term. The same folding (`ask.words`) made the terms that are stored.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy
from tantivy import Occur, Query

from rarepath.ask.words import Folding

__all__ = ["Document", "LexicalIndex", "Ranked"]

# What a word is worth in each field: chosen on MedQuAD and on the shipped pack (docs/search.md).
_BOOSTS: Final = {"title": 2.0, "alias": 1.0, "body": 1.0}
_SECTION_BOOST: Final = 24.0
_CONDITION_BOOST: Final = 12.0
_HEAP_BYTES: Final = 64_000_000


@dataclass(frozen=True)
class Document:
    """Something that can be found: its text by field.

    `conditions` are the ids of the diseases it is about and `section` what part of them; both
    are matched whole. `aliases` are other names of the title.
    """

    id: str
    conditions: tuple[str, ...]
    section: str
    title: str
    aliases: tuple[str, ...] = ()
    body: str = ""


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
        folding, ids = Folding(), []
        for document in documents:
            writer.add_document(_stored(len(ids), document, folding))
            ids.append(document.id)
        writer.commit()
        writer.wait_merging_threads()
        return cls(index, ids)

    @classmethod
    def open(cls, folder: Path, ids: Sequence[str]) -> "LexicalIndex":
        """The index that `build` left in `folder`; raises ValueError when there is none."""
        return cls(tantivy.Index.open(str(folder)), ids)

    def search(
        self,
        said: Iterable[str],
        *,
        sections: Collection[str] = (),
        conditions: Collection[str] = (),
        only_conditions: bool = False,
        limit: int = 10,
    ) -> list[Ranked]:
        """The best documents for the folded words `said`, best first.

        Documents of `sections` and `conditions` are preferred; with `only_conditions`, no
        others are found.
        """
        parts = [(Occur.Should, self._anywhere(word)) for word in dict.fromkeys(said)]
        parts += [(Occur.Should, self._whole("section", name, _SECTION_BOOST)) for name in sections]
        occur = Occur.Must if only_conditions else Occur.Should
        if conditions:
            about = [(Occur.Should, self._whole("condition", name, 1.0)) for name in conditions]
            parts.append((occur, Query.boost_query(Query.boolean_query(about), _CONDITION_BOOST)))
        found = self._searcher.search(Query.boolean_query(parts), limit, count=False).hits
        return [Ranked(self._id(address), score) for score, address in found]

    def _anywhere(self, word: str) -> Query:
        fields = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, name, word), boost))
            for name, boost in _BOOSTS.items()
        ]
        return Query.boolean_query(fields)

    def _whole(self, field: str, name: str, boost: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, field, name), boost)

    def _id(self, address: tantivy.DocAddress) -> str:
        return self._ids[self._searcher.doc(address)["number"][0]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", stored=True)
    for name in _BOOSTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("section", "condition"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _stored(number: int, document: Document, folding: Folding) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("number", number)
    made.add_text("title", folding.joined(document.title))
    made.add_text("alias", " ".join(map(folding.joined, document.aliases)))
    made.add_text("body", folding.joined(document.body))
    made.add_text("section", document.section)
    for name in document.conditions:
        made.add_text("condition", name)
    return made
