"""The packs made ready for questions: names, words, danger signs, searcher, known answers.

Built once per version of the packs and then only read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from rarepath.ask.answered import Answer, question_answer, topic_answer
from rarepath.ask.danger import DangerListener
from rarepath.ask.linking import Directory, Names
from rarepath.ask.matching import PackWords, Searcher
from rarepath.ask.options import comparison_answer, comparisons
from rarepath.ask.outcome import Outcome, answer_id
from rarepath.ask.patterns import Groups, Pattern, groups_of, parse
from rarepath.ask.shorthand import Expander
from rarepath.knowledge.base import Reader
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.evidence import content_hash
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Decline

__all__ = ["Desk", "SearcherOf"]

SearcherOf = Callable[[Mapping[str, tuple[Pack, PackWords]], Names], Searcher]


class Desk:
    """What `decide` and `reply` look things up in. `packs` by id, in order of preference."""

    def __init__(
        self,
        packs: Iterable[Pack],
        searcher_of: SearcherOf,
        directory: Directory | None = None,
    ) -> None:
        """Prepare `packs`; what only some questions need is made when first asked for.

        `directory` holds the names of diseases that no pack is about.
        """
        self.packs: Mapping[str, Pack] = {pack.id: pack for pack in packs}
        self.words: Mapping[str, PackWords] = {
            name: PackWords(pack) for name, pack in self.packs.items()
        }
        self.names = Names(self.packs.values(), directory, self.words.values())
        self._searcher_of = searcher_of
        self._listeners: dict[str | None, DangerListener] = {}
        self._hashes: dict[tuple[str, str], str] = {}
        self._near: dict[tuple[str, str], Sequence[str]] = {}
        self._refusals: dict[str | None, Mapping[str, Sequence[Pattern]]] = {}

    @cached_property
    def expander(self) -> Expander:
        """What writes out shorthand, by the first pack's phrasebook."""
        return Expander(next((pack.phrasebook for pack in self.packs.values()), None))

    @cached_property
    def searcher(self) -> Searcher:
        """The searcher over all packs."""
        pairs = {name: (pack, self.words[name]) for name, pack in self.packs.items()}
        return self._searcher_of(pairs, self.names)

    def near(self, pack: Pack, question: str) -> Sequence[str]:
        """The ids of the other questions of `pack`, the closest to `question` first."""
        key = (pack.id, question)
        if key not in self._near:
            self._near[key] = self.searcher.near(question, pack)
        return self._near[key]

    def flags(self, pack: str | None) -> Mapping[str, RedFlag]:
        """The red flags of one pack and its base, or of all packs."""
        found: dict[str, RedFlag] = {}
        for each in self._of(pack):
            for name, flag in each.red_flags.items():
                found.setdefault(name, flag)
        return found

    def listener(self, pack: str | None) -> DangerListener | None:
        """What listens for the red flags of one pack, or of all; None without any pack."""
        if not self.packs:
            return None
        if pack not in self._listeners:
            first = self._of(pack)[0]
            flags = self.flags(pack).values()
            self._listeners[pack] = DangerListener(first.phrasebook, self._groups(pack), flags)
        return self._listeners[pack]

    def declines(self, pack: str | None) -> Mapping[str, Decline]:
        """The kinds of questions never answered, of one pack and its base or of all packs."""
        found: dict[str, Decline] = {}
        for each in self._of(pack):
            for name, decline in each.declines.items():
                found.setdefault(name, decline)
        return found

    def refusals(self, pack: str | None) -> Mapping[str, Sequence[Pattern]]:
        """The patterns by which each of `declines` is recognised."""
        if pack not in self._refusals:
            self._refusals[pack] = {
                name: [parse(text, self._groups(pack)) for text in decline.reported_as]
                for name, decline in self.declines(pack).items()
            }
        return self._refusals[pack]

    def answer(self, outcome: Outcome) -> Answer | None:
        """The body of an answer; None when the pack has no such text for the reader."""
        pack = self.packs.get(outcome.pack or "")
        if pack is None:
            return None
        if outcome.reason == "topic":
            return topic_answer(pack, outcome.detail, outcome.reader)
        if outcome.reason == "comparison":
            return comparison_answer(pack, outcome.detail, outcome.reader)
        question = pack.questions.get(outcome.detail)
        return question_answer(pack, question, outcome.reader) if question else None

    @cached_property
    def known_answers(self) -> Mapping[str, Outcome]:
        """Every answer the packs can give, by its id; a question goes before all else."""
        found: dict[str, Outcome] = {}
        for outcome in self._every_outcome():
            answer = self.answer(outcome)
            if answer is not None:
                found.setdefault(self.id_of(answer), outcome)
        return found

    def id_of(self, answer: Answer) -> str:
        """The answer's id."""
        hashes = (self._hash(answer.pack, name) for name in answer.shown)
        return answer_id(answer.pack.id, answer.reader, hashes)

    def _hash(self, pack: Pack, statement: str) -> str:
        key = (pack.id, statement)
        if key not in self._hashes:
            self._hashes[key] = content_hash(pack.statements[statement])
        return self._hashes[key]

    def _every_outcome(self) -> Iterable[Outcome]:
        for reason in ("question", "topic"):
            for pack in self.packs.values():
                topics = [topic.topic for topic in pack.phrasebook.topics]
                for name in pack.questions if reason == "question" else topics:
                    for reader in Reader:
                        yield Outcome("answered", reader, pack.id, reason, name)
        for pack in self.packs.values():
            for reader in Reader:
                for name in comparisons(pack, reader):
                    yield Outcome("answered", reader, pack.id, "comparison", name)

    def _groups(self, pack: str | None) -> Groups:
        return {name: words for each in self._of(pack) for name, words in groups_of(each).items()}

    def _of(self, pack: str | None) -> list[Pack]:
        return [self.packs[pack]] if pack else list(self.packs.values())
