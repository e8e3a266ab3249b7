"""From words to one of a pack's questions, or to the reason why none of them fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rarepath.ask.answered import topic_answer
from rarepath.ask.desk import Desk
from rarepath.ask.linking import Links
from rarepath.ask.matching import Hit, PackWords
from rarepath.ask.outcome import Outcome
from rarepath.ask.words import ASKING, Sentence, words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack

__all__ = [
    "ACCEPTED",
    "OWN_WORDING",
    "SURE",
    "Reading",
    "best_reading",
    "for_reader",
    "understood",
]

# A hit is taken for the question from this fit on: its score, and what it covers of what was
# asked. Measured with wordings that were left out, and with questions about other things
# (docs/search.md).
ACCEPTED, _COVERED_COUNTS = 0.55, 0.7
# A hit too weak for that is still taken for its topic's sake, if it covers this much.
_COVERED_FOR_TOPIC = 0.7
# From here on, even though the question holds a word the pack has never seen.
_WITH_UNKNOWN = 0.7
# From here on, it is what the pack asks too.
SURE = 0.45
# From here on, even though nothing that it is about is ever asked of the hit.
_ELSEWHERE = 0.4
# Words that lead back to the disease or to somebody who has it.
_OWN = frozenset(
    words("it this that these my our i we she he her his him they them you your me us")
)
# A question of no more words than this has nothing else to be recognised by.
_SHORT = 8
# What it counts that a question is of the topic whose cue words were said.
_INTENT = 0.1
# A question with no more words of its own than this leans on the one before it.
_BRIEF = 1
# From here on, the question is as good as one of the pack's own wordings.
OWN_WORDING = 0.9
_EXACT = 1.0
# A hit for the reader is taken before one for others that is better, down to this share of it.
_FOR_READER = 0.35
# A hit this close to the best of all is as good.
_CLOSE = 0.85
# A sentence is read without the others if it fits this much better than all of them together.
_CLEARER = 2.0
# More sentences that ask than this are not looked at one by one.
_SENTENCES = 6


@dataclass(frozen=True)
class Reading:
    """One way to read what was asked: its words, the words nobody knows, the ranked hits.

    `text` is how it was written. `thin` when no word of it has a content of its own ("What is
    it?"); `turns` when the question turns on the words nobody knows, None when that cannot be
    told; `elsewhere` is the score it needs where the disease is not named and it seems to be about
    something else ("What causes heart attacks?").
    """

    said: tuple[str, ...]
    unknown: tuple[str, ...]
    hits: tuple[Hit, ...]
    thin: bool = False
    turns: bool | None = None
    elsewhere: float = 0.0
    text: str = ""

    @property
    def score(self) -> float:
        """The best hit's score, 0 without any."""
        return self.hits[0].score if self.hits else 0.0

    @property
    def strange(self) -> bool:
        """Whether it holds words nobody knows that may be what it is about."""
        return bool(self.unknown) and self.turns is not False

    @property
    def accepted(self) -> bool:
        """Whether the best hit is good enough to answer with."""
        return bool(self.hits) and _fit(self.hits[0]) >= ACCEPTED and self.score >= self._needed

    @property
    def _needed(self) -> float:
        if self.thin or self.turns:
            return _EXACT
        if self.elsewhere:
            return self.elsewhere
        return _WITH_UNKNOWN if self.unknown and self.turns is None else 0.0


def _fit(hit: Hit) -> float:
    return hit.score + _COVERED_COUNTS * hit.covered


def best_reading(desk: Desk, pack: Pack, reader: Reader, heard: Sequence[Sentence]) -> Reading:
    """The whole of what was asked, or the one of its questions that fits best.

    People tell their story before they ask; the story should not hide the question.
    """
    text = ". ".join(sentence.text for sentence in heard)
    links = _links(desk, heard)
    asked = [sentence for sentence in heard if sentence.asks][:_SENTENCES]
    parts = dict.fromkeys((_links(desk, [e]).rest, e.text) for e in asked if len(heard) > 1)
    whole, *readings = (
        _reading(desk, pack, reader, *part) for part in ((links.rest, text), *parts)
    )
    if any(meaning.kind != "other" and meaning.pack == pack.id for meaning in links.meanings):
        whole, *readings = (replace(each, elsewhere=0.0) for each in (whole, *readings))
    better = [part for part in readings if part.accepted and part.score >= _CLEARER * whole.score]
    best = max(better, key=lambda reading: reading.score, default=whole)
    return best if best.accepted else whole


def _links(desk: Desk, heard: Sequence[Sentence]) -> Links:
    return desk.names.find(tuple(word for each in heard for word in each.words))


def understood(
    desk: Desk, pack: Pack, reader: Reader, reading: Reading, before: Outcome | None = None
) -> Outcome:
    """The answer that `reading` asks for, or why there is none.

    `before` is the answer this question goes on from ("and for children?").
    """
    if before is not None and not reading.strange:
        reading = _gone_on(desk, pack, reader, reading, before)
    if reading.accepted:
        return for_reader(pack, reader, reading)
    if not reading.said and (first := _by_name_alone(pack, reader)):
        return first
    if not reading.strange and reading.elsewhere < _EXACT:
        for topic in desk.words[pack.id].topics(reading.said):
            outcome = _by_topic(pack, reader, topic, reading)
            if outcome is not None:
                return outcome
    nearest = reading.hits[0].question if reading.hits else ""
    return Outcome("declined", reader, pack.id, "no_evidence", nearest)


def _by_name_alone(pack: Pack, reader: Reader) -> Outcome | None:
    """Only the disease was named: what it is, if the pack says so to this reader."""
    for question in pack.questions.values():
        if question.topic == "definition" and question.for_reader(reader):
            return Outcome("answered", reader, pack.id, "question", question.id)
    return None


def _reading(desk: Desk, pack: Pack, reader: Reader, said: tuple[str, ...], text: str) -> Reading:
    known = desk.words[pack.id]
    plain = known.plain(said)
    text = desk.names.unnamed(text)
    found = desk.searcher.search(plain, pack, reader, text)
    # An answer that never mentions the medicine asked about is about something else.
    hits = [hit for hit in found if known.drugs.isdisjoint(hit.missed)]
    thin = all(len(word) == 1 or word.isdigit() or word in known.stop for word in plain)
    unknown = known.unknown(plain)
    if not unknown:
        turns: bool | None = False
    elif known.names_disease(plain):
        turns = True
    else:
        turns = desk.searcher.turns_on(text, unknown)
    ranked = _by_intent(pack, hits, known.topics(plain))
    elsewhere = _elsewhere(known, plain, ranked[0]) if ranked else 0.0
    return Reading(plain, unknown, ranked, thin, turns, elsewhere, text)


def _elsewhere(known: PackWords, said: tuple[str, ...], hit: Hit) -> float:
    """The score that `hit` needs because `said` seems to be about something else, 0 if not."""
    if known.names_another(said):
        return _EXACT
    subject = known.subject(said)
    if not subject:
        return 0.0
    if said[0] in ASKING and _OWN.isdisjoint(said) and hit.wordings:
        # "What causes heart attacks?" speaks of nobody and nothing but its subject.
        return 0.0 if any(subject <= wording for wording in hit.wordings) else OWN_WORDING
    if not subject <= hit.unasked:
        return 0.0
    return OWN_WORDING if len(said) <= _SHORT else _ELSEWHERE


def _by_intent(pack: Pack, hits: Sequence[Hit], topics: Mapping[str, float]) -> tuple[Hit, ...]:
    """The hits ranked anew: those of the topics whose cue words were said a little higher."""

    def score(hit: Hit) -> float:
        share = topics.get(pack.questions[hit.question].topic, 0.0)
        return hit.score + _INTENT * share * (1 - hit.score)

    return tuple(sorted(hits, key=score, reverse=True))


def for_reader(pack: Pack, reader: Reader, reading: Reading) -> Outcome:
    """The best hit written for the reader, unless what nobody wrote for them is far better."""
    least = reading.score * _FOR_READER
    for hit in reading.hits:
        if hit.score >= least and pack.questions[hit.question].for_reader(reader):
            return Outcome("answered", reader, pack.id, "question", hit.question)
    return Outcome("declined", reader, pack.id, "no_text_for_reader", reading.hits[0].question)


def _by_topic(pack: Pack, reader: Reader, topic: str, reading: Reading) -> Outcome | None:
    """The topic's question that fits best; what its statements say when it has no question."""
    if reading.thin:  # no word tells the topic's questions apart: the first is the general one
        names = [question.id for question in pack.questions.values()]
    else:
        names = [hit.question for hit in reading.hits if hit.covered >= _COVERED_FOR_TOPIC]
    for question in (pack.questions[name] for name in names):
        if question.topic == topic and question.for_reader(reader):
            return Outcome("answered", reader, pack.id, "question", question.id)
    if any(question.topic == topic for question in pack.questions.values()):
        return None
    if topic_answer(pack, topic, reader):
        return Outcome("answered", reader, pack.id, "topic", topic)
    return None


def _gone_on(desk: Desk, pack: Pack, reader: Reader, reading: Reading, before: Outcome) -> Reading:
    """The words read together with those of the question before; unchanged when that fails.

    A question that says enough by itself is left alone. What has just been answered comes
    first again if it fits about as well as any ("and for children?").
    """
    earlier = pack.questions.get(before.detail)
    wording = earlier.for_reader(reader) if earlier else None
    stop = desk.words[pack.id].stop
    new = {word for word in reading.said if len(word) > 1 and word not in stop}
    own = reading.score >= (_EXACT if reading.thin else OWN_WORDING)
    if wording is None or len(new) > _BRIEF or own:
        return reading
    joined = (*desk.names.find(words(wording.question)).rest, *reading.said)
    text = f"{wording.question} {reading.text}"
    together = replace(_reading(desk, pack, reader, joined, text), elsewhere=0.0)
    hits = [hit for hit in together.hits if new.isdisjoint(hit.missed)]
    near = [hit for hit in hits if hit.score >= _CLOSE * hits[0].score]
    hits.sort(key=lambda hit: hit not in near or hit.question != before.detail)
    return replace(together, hits=tuple(hits)) if hits else reading
