"""Danger: does the question report a sign that is present in a person, or only mention it?

No model. A red flag's patterns find the sign; the words around it (the phrasebook's lists)
say whether it is denied, past, supposed or asked about in general. docs/how-ask-decides.md
explains the rules with examples.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rarepath.ask.patterns import Groups, Match, Part, Pattern, parse
from rarepath.ask.words import Clause, Sentence, words
from rarepath.knowledge.base import Tier
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.vocabulary import Phrasebook

__all__ = ["Alarm", "DangerListener"]

_URGENCY = tuple(Tier)
# A negation reaches this many words forward.
_NEGATION_REACH = 5
# A clause this short continues the one before it: "no fever, cough or rash".
_SHORT = 4
_ASKING = frozenset(
    words(
        "how what why when which who where whose can could do does did is are am was were will "
        "would should may might"
    )
)
_SKIPPED = frozenset(words("and or but so then also hello hi"))
_AGAIN = frozenset(words("again another back more return returned"))
_OLDEST_YEAR = 1930


@dataclass(frozen=True)
class Alarm:
    """The most urgent flag that is present in a person, if any, and those only mentioned."""

    present: RedFlag | None
    mentioned: tuple[RedFlag, ...]


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
        present, mentioned = [], []
        for flag, patterns in self._flags:
            found = [
                self._is_present(sentence, match, heard, year)
                for pattern in patterns
                for sentence, match in self._found(pattern, heard)
            ]
            if any(found):
                present.append(flag)
            elif found:
                mentioned.append(flag)
        present.sort(key=lambda flag: _URGENCY.index(flag.tier))
        return Alarm(present[0] if present else None, tuple(mentioned))

    def _found(
        self, pattern: Pattern, heard: Sequence[Sentence]
    ) -> Iterator[tuple[Sentence, Match]]:
        for sentence in heard:
            for match in pattern.matches(sentence):
                if all(self._stands(part, heard) for part in pattern.anywhere):
                    yield sentence, match

    def _stands(self, part: Part, heard: Sequence[Sentence]) -> bool:
        """Whether a part stands anywhere without being denied."""
        return any(
            not self._denied(sentence, Match((run,)))
            for sentence in heard
            for run in part.places(sentence.words)
        )

    def _is_present(
        self, sentence: Sentence, match: Match, heard: Sequence[Sentence], year: int
    ) -> bool:
        if (
            self._denied(sentence, match)
            or self._is_past(sentence, match, year)
            or self._is_supposed(sentence, match)
        ):
            return False
        clause = sentence.clause(match.start)
        own = [run.start for run in self._own.places(sentence.words)]
        now = [run.start for run in self._now.places(sentence.words)]
        if _asks(sentence, clause):
            return _within(own, clause) and _within(now, clause)
        if own or now:
            return True
        return len(sentence.words) <= _SHORT + 2 and any(
            True for other in heard for _ in self._own.places(other.words)
        )

    def _denied(self, sentence: Sentence, match: Match) -> bool:
        """`no fever`, `has not stopped her tablets`; not `I do not know why my face droops`."""
        excused = {at for run in self._not_negations.places(sentence.words) for at in run}
        for negation in self._negations.places(sentence.words):
            if negation.start in excused or match.covers(negation.start):
                continue
            if any(_reaches(sentence, negation, run) for run in match.runs):
                return True
        return False

    def _is_past(self, sentence: Sentence, match: Match, year: int) -> bool:
        """`had a seizure last year`; not `had one last year and today another`."""
        # "Last year" is over; "over the last year" is not.
        cues = [
            run.start
            for run in self._past.places(sentence.words)
            if not (run.start and sentence.words[run.start - 1] == "the")
        ]
        cues += [at for at, word in enumerate(sentence.words) if _is_year_before(word, year)]
        cues = [at for at in cues if not match.covers(at)]
        now = [run.start for run in self._now.places(sentence.words)]
        own_clauses = {sentence.clause(run.start) for run in match.runs}
        if any(_within(cues, clause) for clause in own_clauses):
            later = range(match.start, len(sentence.words))
            again = any(sentence.words[at] in _AGAIN for at in later)
            return not (again and any(at in later for at in now))
        beside = [c for c in _beside(sentence, match) if _tells_when(sentence, c)]
        return any(_within(cues, clause) for clause in beside) and not any(
            _within(now, clause) for clause in own_clauses
        )

    def _is_supposed(self, sentence: Sentence, match: Match) -> bool:
        """`if she has a seizure and falls`; not `I worry because she has a seizure`."""
        target = sentence.clauses.index(sentence.clause(match.start))
        for cue in self._supposed.places(sentence.words):
            if cue.start >= match.start or match.covers(cue.start):
                continue
            if sentence.words[cue.stop] == "not":  # "will not stop" is no supposition
                continue
            first = sentence.clauses.index(sentence.clause(cue.start))
            between = sentence.clauses[first + 1 : target + 1]
            if all(self._continues(sentence, clause) for clause in between):
                return True
        return False

    def _continues(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether a clause goes on with what the one before it supposed."""
        said = sentence.words[clause.start : clause.end]
        own = any(True for _ in self._own.places(said))
        return clause.joined or (len(said) <= _SHORT and not own)


def _any_of(texts: Iterable[str]) -> Part:
    return parse("|".join(texts)).near[0]


def _reaches(sentence: Sentence, negation: range, run: range) -> bool:
    if not 0 <= run.start - negation.stop <= _NEGATION_REACH:
        return False
    denied_in, said_in = sentence.clause(negation.start), sentence.clause(run.start)
    return denied_in == said_in or _length(said_in) <= _SHORT - 1


def _is_year_before(word: str, year: int) -> bool:
    return len(word) == 4 and word.isdigit() and _OLDEST_YEAR <= int(word) < year


def _asks(sentence: Sentence, clause: Clause) -> bool:
    said = sentence.words[clause.start : clause.end]
    return next((word in _ASKING for word in said if word not in _SKIPPED), False)


def _beside(sentence: Sentence, match: Match) -> list[Clause]:
    at = sentence.clauses.index(sentence.clause(match.start))
    return [*sentence.clauses[max(at - 1, 0) : at], *sentence.clauses[at + 1 : at + 2]]


def _tells_when(sentence: Sentence, clause: Clause) -> bool:
    """`and a stiff neck last year`, `two years ago,`, `that was in spring`."""
    first = sentence.words[clause.start]
    return clause.joined or _length(clause) <= _SHORT or first in ("that", "it", "this")


def _within(places_found: Iterable[int], clause: Clause) -> bool:
    return any(clause.start <= at < clause.end for at in places_found)


def _length(clause: Clause) -> int:
    return clause.end - clause.start
