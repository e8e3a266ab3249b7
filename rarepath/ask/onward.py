"""Questions that go on from an answer: what it asks of the reader, what comes next, who differs.

None is written for one answer. A fact that a personal answer would need leads to the question
about it, a topic to the next along the course of the disease, a conflict to the question that
turns on it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Literal

from rarepath.ask.answered import Answer
from rarepath.ask.matching import PackWords
from rarepath.ask.reply import FollowUp
from rarepath.ask.words import Folding, words
from rarepath.knowledge.answers import CanonicalQuestion
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import FactKind

__all__ = ["MAX_FOLLOW_UPS", "follow_ups"]

MAX_FOLLOW_UPS = 5
_FOR_ONE_REASON = 2
# A word in the wordings of more than this share of the questions tells none of them apart.
_COMMON = 0.1

_Because = Literal["missing_fact", "next_section", "conflict"]


def follow_ups(answer: Answer, known: PackWords) -> tuple[FollowUp, ...]:
    """At most five questions, each reason in turn and for at most two, none twice.

    Each has an answer for this reader. `known` are the words of the answer's pack.
    """
    reasons: tuple[tuple[_Because, Iterable[str]], ...] = (
        ("missing_fact", _by_fact(answer, known)),
        ("conflict", _by_conflict(answer)),
        ("next_section", _by_section(answer)),
    )
    lists = [list(_offered(answer, because, names)) for because, names in reasons]
    found: dict[str, FollowUp] = {}
    counts = Counter[str]()
    for each in chain.from_iterable(zip_longest(*lists)):
        if each and each.id not in found and counts[each.because] < _FOR_ONE_REASON:
            found[each.id] = each
            counts[each.because] += 1
    return tuple(found.values())[:MAX_FOLLOW_UPS]


def _offered(answer: Answer, because: _Because, names: Iterable[str]) -> Iterator[FollowUp]:
    """The named questions that this reader has an answer to, but for the one answered."""
    own = answer.question.id if answer.question else None
    for name in dict.fromkeys(names):
        written = answer.pack.questions[name].for_reader(answer.reader)
        if written is not None and name != own:
            yield FollowUp(name, written.question, because, answer.pack.id)


def _by_fact(answer: Answer, known: PackWords) -> Iterator[str]:
    """The questions about the facts that a personal answer would need."""
    leads = _leads(answer.pack, known)
    for name in answer.authored.facts_needed if answer.authored else ():
        yield from leads.get(name, ())


@lru_cache(maxsize=16)
def _leads(pack: Pack, known: PackWords) -> Mapping[str, tuple[str, ...]]:
    """For each kind of fact, the question about it: all that its names point to, or nothing.

    Both names, the clinician's and the patient's, must speak of one topic and no other, and
    the question must be of that topic and share a word with them that few questions have.
    """
    folding = Folding()
    wordings = {each.id: _worded(each, known, folding) for each in pack.questions.values()}
    counts = Counter(word for said in wordings.values() for word in said)
    telling = {word for word, n in counts.items() if n <= max(1, _COMMON * len(wordings))}
    found = {}
    for kind in pack.fact_kinds.values():
        topic = _only_topic(kind, known)
        named = telling & {*words(kind.name), *words(kind.patient_name)}
        shared = {
            question.id: len(named & wordings[question.id])
            for question in pack.questions.values()
            if question.topic == topic
        }
        best = max(shared, key=shared.__getitem__, default=None)
        if best is not None and shared[best]:
            found[kind.id] = (best,)
    return found


def _worded(question: CanonicalQuestion, known: PackWords, folding: Folding) -> set[str]:
    texts = [*question.phrasings, *(answer.question for _, answer in question.each())]
    return {*folding.joined("\n".join(texts)).split()} - known.stop


def _only_topic(kind: FactKind, known: PackWords) -> str | None:
    for_clinicians = known.topics(words(kind.name))
    both = [topic for topic in known.topics(words(kind.patient_name)) if topic in for_clinicians]
    return both[0] if len(both) == 1 else None


def _by_conflict(answer: Answer) -> Iterator[str]:
    """The other questions that turn on a conflict shown, in the pack's order for each."""
    for view in answer.conflicts():
        for question in answer.pack.questions.values():
            if view.id in question.conflicts:
                yield question.id


def _by_section(answer: Answer) -> Iterator[str]:
    """What the authors name from another topic, and what comes next along the course."""
    questions = answer.pack.questions
    named = answer.question.related if answer.question else ()
    elsewhere = [name for name in named if questions[name].topic != answer.topic]
    return iter([*elsewhere[:1], *_next_topic(answer), *elsewhere[1:]])


def _next_topic(answer: Answer) -> list[str]:
    """The first question of the next topic, in the phrasebook's order, that has one."""
    topics = [topic.topic for topic in answer.pack.phrasebook.topics]
    later = topics[topics.index(answer.topic) + 1 :] if answer.topic in topics else []
    for topic in later:
        for question in answer.pack.questions.values():
            if question.topic == topic and question.for_reader(answer.reader):
                return [question.id]
    return []
