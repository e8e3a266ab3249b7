"""Danger: does the question report a sign that is present in a person, or only mention it?

No model. A red flag's patterns find the sign; the words around it (the phrasebook's lists)
say whether it is denied, past, supposed or asked about in general. docs/how-ask-decides.md
explains the rules with examples.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rarepath.ask.patterns import Groups, Match, Part, Pattern, parse
from rarepath.ask.words import ASKING, Clause, Sentence, words
from rarepath.knowledge.base import Tier
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["Alarm", "DangerListener"]

_Mood = Literal["present", "possible", "mentioned"]
_MOODS: tuple[_Mood, ...] = ("present", "possible", "mentioned")
_URGENCY = tuple(Tier)
# A negation reaches this many words forward.
_NEGATION_REACH = 5
# A clause this short continues the one before it: "no fever, cough or rash".
_SHORT = 4
_GENERAL = frozenset(words("are is can may do does occur happen"))
_SKIPPED = frozenset(words("and or but so then also hello hi"))
_AGAIN = frozenset(words("again another back more return returned"))
_POINTS_BACK = ("that", "it", "this")
_OLDEST_YEAR = 1930


@dataclass(frozen=True)
class Alarm:
    """The most urgent flag present in a person, if any, and those only spoken of.

    `possible` are stated plainly, with nobody named who has them: "Fever on methotrexate."
    """

    present: RedFlag | None
    possible: tuple[RedFlag, ...] = ()
    mentioned: tuple[RedFlag, ...] = ()


class DangerListener:
    """The red flags of one or more packs, ready to be listened for."""

    def __init__(self, phrasebook: Phrasebook, groups: Groups, flags: Iterable[RedFlag]) -> None:
        """Prepare the patterns and the lists of `phrasebook` once."""
        self._flags = [(flag, [parse(text, groups) for text in flag.reported_as]) for flag in flags]
        self._now = _any_of(phrasebook.danger_now)
        self._past = _any_of(phrasebook.danger_past)
        self._supposed = _any_of(phrasebook.danger_hypothetical)
        self._negations = _any_of(phrasebook.negations)
        self._not_negations = _any_of(phrasebook.not_negations)
        self._own = _any_of(phrasebook.own_person)

    def hear(self, heard: Sequence[Sentence], year: int) -> Alarm:
        """What `heard` says about danger; a calendar year before `year` is the past."""
        told = [self._told(sentence, year) for sentence in heard]
        personal = any(each.own for each in told)
        heard_as: dict[_Mood, list[RedFlag]] = {mood: [] for mood in _MOODS}
        for flag, patterns in self._flags:
            found = [pair for pattern in patterns for pair in _found(pattern, told)]
            if found:
                moods = {each.mood(match, personal) for each, match in found}
                heard_as[min(moods, key=_MOODS.index)].append(flag)
        for flags in heard_as.values():
            flags.sort(key=lambda flag: _URGENCY.index(flag.tier))
        present, possible, mentioned = (tuple(heard_as[mood]) for mood in _MOODS)
        return Alarm(present[0] if present else None, possible, mentioned)

    def _told(self, sentence: Sentence, year: int) -> "_Told":
        said = sentence.words
        excused = {at for run in self._not_negations.places(said) for at in run}
        years = [range(at, at + 1) for at, word in enumerate(said) if _is_before(word, year)]
        return _Told(
            sentence,
            own=[run.start for run in self._own.places(said)],
            now=[run.start for run in self._now.places(said)],
            # "Last year" is over; "over the last year" is not.
            past=[
                run.start
                for run in [*self._past.places(said), *years]
                if said[run.start - 1 : run.start] != ("the",)
            ],
            # "Will not stop" supposes nothing.
            supposed=[
                run.start
                for run in self._supposed.places(said)
                if said[run.stop : run.stop + 1] != ("not",)
            ],
            negations=[run for run in self._negations.places(said) if run.start not in excused],
        )


@dataclass(frozen=True)
class _Told:
    """A sentence with the places of the words that say how a sign in it is meant."""

    sentence: Sentence
    own: list[int]
    now: list[int]
    past: list[int]
    supposed: list[int]
    negations: list[range]

    def mood(self, match: Match, personal: bool) -> _Mood:
        """How the sign is meant; `personal` when the question speaks of a person anywhere."""
        if not match.told or self.is_denied(match):
            return "mentioned"
        if self._is_past(match) or self._is_supposed(match):
            return "mentioned"
        clause = self.sentence.clause(match.start)
        if self._asks(clause):
            asked = _within(self.own, clause) and _within(self.now, clause)
            return "present" if asked else "mentioned"
        # "My son is five. High fever. What now?"
        said = self.sentence.words
        brief = personal and len(said) <= _SHORT and _GENERAL.isdisjoint(said)
        return "present" if self.own or self.now or brief else "possible"

    def is_denied(self, match: Match) -> bool:
        """`no fever`, `has not stopped her tablets`; not `I do not know why my face droops`."""
        return any(
            self._reaches(negation, run)
            for negation in self.negations
            if not any(map(match.covers, negation))
            for run in match.runs
        )

    def _reaches(self, negation: range, run: range) -> bool:
        if not 0 <= run.start - negation.stop <= _NEGATION_REACH:
            return False
        said_in = self.sentence.clause(run.start)
        listed = _length(said_in) < _SHORT and not _within(self.own, said_in)
        return listed or _within([negation.start], said_in)

    def _is_past(self, match: Match) -> bool:
        """`had a seizure last year`; not `had one last year and today another`."""
        said = self.sentence.words
        cues = [at for at in self.past if not match.covers(at)]
        own_clauses = {self.sentence.clause(run.start) for run in match.runs}
        if any(_within(cues, clause) for clause in own_clauses):
            later = range(match.start, len(said))
            again = any(said[at] in _AGAIN for at in later)
            return not (again and any(at in later for at in self.now))
        # "In spring, she had it for two days": how long is not when.
        dated = [at for at in self.now if said[at] != "for"]
        beside = any(_within(cues, clause) for clause in self._beside(match))
        return beside and not any(_within(dated, clause) for clause in own_clauses)

    def _beside(self, match: Match) -> Iterator[Clause]:
        """The clauses before and after that say when: `two years ago,`, `that was in spring`."""
        clauses = self.sentence.clauses
        at = clauses.index(self.sentence.clause(match.start))
        for clause in (*clauses[max(at - 1, 0) : at], *clauses[at + 1 : at + 2]):
            first = self.sentence.words[clause.start]
            if clause.joined or _length(clause) <= _SHORT or first in _POINTS_BACK:
                yield clause

    def _is_supposed(self, match: Match) -> bool:
        """`if she has a seizure and falls`; not `I worry because she has a seizure`."""
        clauses = self.sentence.clauses
        target = clauses.index(self.sentence.clause(match.start))
        for cue in self.supposed:
            if cue < match.start and not match.covers(cue):
                first = clauses.index(self.sentence.clause(cue))
                if all(self._goes_on(clause) for clause in clauses[first + 1 : target + 1]):
                    return True
        return False

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a clause goes on with what the one before it supposed."""
        return clause.joined or (_length(clause) <= _SHORT and not _within(self.own, clause))

    def _asks(self, clause: Clause) -> bool:
        said = self.sentence.words[clause.start : clause.end]
        return next((word in ASKING for word in said if word not in _SKIPPED), False)


def _found(pattern: Pattern, told: Sequence[_Told]) -> list[tuple[_Told, Match]]:
    """Where the pattern stands, provided its parts after `+` stand somewhere undenied."""
    found = [(each, match) for each in told for match in pattern.matches(each.sentence)]
    if found and all(_stands(part, told) for part in pattern.anywhere):
        return found
    return []


def _stands(part: Part, told: Sequence[_Told]) -> bool:
    return any(
        not each.is_denied(Match((run,)))
        for each in told
        for run in part.places(each.sentence.words)
    )


def _any_of(texts: Iterable[str]) -> Part:
    return parse("|".join(texts)).near[0]


def _is_before(word: str, year: int) -> bool:
    return len(word) == 4 and word.isdigit() and _OLDEST_YEAR <= int(word) < year


def _within(found: Iterable[int], clause: Clause) -> bool:
    return any(clause.start <= at < clause.end for at in found)


def _length(clause: Clause) -> int:
    return clause.end - clause.start
