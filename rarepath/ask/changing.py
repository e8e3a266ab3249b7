"""What would change an answer, and what has changed in it since an earlier version.

Evidence that is missing, sides that disagree, days that come: all of it follows from what the
pack records. That is the answer's own list of what it lacks, why the certainty of its main
statements was lowered, its conflicts, the days to look again, and the record of releases.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, zip_longest

from rarepath.ask.answered import BOTTOM_LINE, Answer
from rarepath.ask.reply import ChangeView, ConflictView, HistoryView
from rarepath.ask.texts import day_in_words, join
from rarepath.knowledge.base import Certainty, Directness, Reader
from rarepath.knowledge.evidence import Statement
from rarepath.knowledge.history import changes, earlier

__all__ = ["MAX_LINES", "has_changed", "would_change"]

MAX_LINES = 6
_NAMED = 2
_WEAK = (Certainty.LOW, Certainty.VERY_LOW)
# An authored text of what is missing that speaks of evidence, and not of facts or of scope.
_NOT_FOUND = re.compile(
    r"\b(?:no|none|nothing|nobody|not|only|too few)\b[^.;]*"
    r"\b(?:found|read|seen|searched|studied|counted|known|tested|validated|proven|compared|"
    r"source|study|studies|trial|figure)\b"
    r"|\b(?:found|read) (?:none|nothing)\b",
    re.IGNORECASE,
)
# What would help, and what the main statements rest on instead.
_CLOSENESS: Mapping[str, tuple[str, str]] = {
    Directness.SAME_FAMILY: ("A study of this disease itself", "rest on a close relative of it"),
    Directness.EXTRAPOLATED: ("A study of this disease itself", "rest on other diseases"),
    Directness.OPINION: ("Published evidence", "are the opinion of the authors"),
}
_QUALITY: Mapping[str, tuple[str, str]] = {
    "imprecision": ("A larger study", "rest on few people"),
    "bias": ("A study at lower risk of bias", "rest on studies that may be biased"),
    "inconsistency": ("Studies that agree", "rest on studies with different results"),
    "publication_bias": (
        "A study announced beforehand",
        "rest on reports that may have been chosen for what they found",
    ),
}
_PLAIN: Mapping[str, tuple[str, str]] = {
    Directness.SAME_FAMILY: ("A study of this disease itself", "come from a close relative of it"),
    Directness.EXTRAPOLATED: ("A study of this disease itself", "come from other diseases"),
    Directness.OPINION: ("A published study", "are only what the authors think"),
    "imprecision": ("A larger study", "rest on few people"),
    "bias": ("A study with fewer flaws", "rest on studies that may have flaws"),
    "inconsistency": ("Studies that agree", "rest on studies that do not agree"),
    "publication_bias": (
        "A study that was planned in the open",
        "rest on reports that may have been picked for what they found",
    ),
}
# A side that rests on these is settled by an edition, not by a study.
_EDITED = {"reference", "registry"}


def would_change(answer: Answer, on: date) -> tuple[ChangeView, ...]:
    """At most six lines, each kind in turn while there is room; `on` tells past from coming.

    A line taken from the authored list of what is missing keeps its very words.
    """
    kinds = (_missing_evidence(answer), _dissent(answer), _expiry(answer, on))
    in_turn = [line for line in chain.from_iterable(zip_longest(*kinds)) if line is not None]
    kept = in_turn[:MAX_LINES]
    return tuple(line for lines in kinds for line in lines if line in kept)


def has_changed(answer: Answer) -> HistoryView | None:
    """What is new or reworded among the statements shown since the version before this one.

    None when nothing is, or when no earlier version is on record with its day.
    """
    release = earlier(answer.pack)
    found = changes(answer.pack, release.version) if release else None
    if release is None or release.released is None or found is None:
        return None
    shown = tuple(dict.fromkeys(answer.shown))
    added = tuple(name for name in shown if name in found.added)
    reworded = tuple(name for name in shown if name in found.reworded)
    if not added and not reworded:
        return None
    return HistoryView(release.version, release.released, added, reworded)


def _missing_evidence(answer: Answer) -> list[ChangeView]:
    weak = [statement for statement in _main(answer) if statement.certainty in _WEAK]
    authored = answer.authored.missing if answer.authored else ()
    found = [ChangeView("missing_evidence", text) for text in authored if _NOT_FOUND.search(text)]
    studied = [each for each in weak if each.directness is not Directness.OPINION]
    close = [(each.directness.value, each.id) for each in weak]
    good = [(why, each.id) for each in studied for why in each.downgraded_for]
    return [*_most(answer, _CLOSENESS, close), *found, *_most(answer, _QUALITY, good)]


def _main(answer: Answer) -> list[Statement]:
    """The statements of the bottom line; of a comparison without one, all its arguments."""
    first = [section for section in answer.sections if section.id == BOTTOM_LINE]
    names = [view.id for section in first for view in section.statements]
    if not names and answer.options:
        names = list(dict.fromkeys(answer.shown))
    return [answer.pack.statements[name] for name in names]


def _most(
    answer: Answer, words: Mapping[str, tuple[str, str]], reasons: Iterable[tuple[str, str]]
) -> list[ChangeView]:
    """The reason given for most of the main statements, as a line; none if for less than half.

    `reasons` are pairs of a reason and a statement's id.
    """
    known = [(why, name) for why, name in reasons if why in words]
    why, n = next(iter(Counter(why for why, _ in known).most_common(1)), ("", 0))
    of = len(_main(answer))
    if not n or 2 * n < of:
        return []
    plain = answer.reader is Reader.PATIENT
    wanted, instead = (_PLAIN if plain else words)[why]
    share = _share(n, of, "main point" if plain else "main statement")
    verb, _, rest = instead.partition(" ")
    if n == 1:
        verb = {"are": "is"}.get(verb, f"{verb}s")
    begin = f"{wanted}. {share[0].upper()}{share[1:]}" if plain else f"{wanted}: {share}"
    refs = tuple(name for each, name in known if each == why)
    return [ChangeView("missing_evidence", f"{begin} {verb} {rest}.", refs)]


def _share(n: int, of: int, what: str) -> str:
    if n < of:
        return f"{n} of the {of} {what}s"
    return f"the {what}" if of == 1 else f"the {what}s"


def _dissent(answer: Answer) -> list[ChangeView]:
    return [
        ChangeView("dissent", _who_and_what(answer, view), (view.id,))
        for view in answer.conflicts()
        if view.central
    ]


def _who_and_what(answer: Answer, view: ConflictView) -> str:
    """What it is about, who disagrees, and what kind of evidence could settle it."""
    if answer.reader is Reader.PATIENT:
        title = view.title if view.title.endswith("?") else f"{view.title}."
        return f"{title} Sources disagree. {_settled_by(answer, view)}"
    sources = answer.pack.sources
    labels = list(dict.fromkeys(sources[side.sources[0]].label for side in view.positions))
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    who = f"ources disagree ({'; '.join(labels[:_NAMED])}{more})"
    title = f"{view.title} S" if view.title.endswith("?") else f"{view.title}: s"
    return f"{title}{who}. {_settled_by(answer, view)}"


def _settled_by(answer: Answer, view: ConflictView) -> str:
    sides = [{answer.pack.sources[name].kind for name in side.sources} for side in view.positions]
    if answer.reader is Reader.CODER or any(kinds <= _EDITED for kinds in sides):
        return "A new edition of these sources could settle it."
    counted = sorted(side.n for side in view.positions if side.n is not None)
    if not counted:
        return "No side gives a number of people; a study or a new edition could settle it."
    if len(counted) == 1:
        return f"Only one side gives a number of people ({counted[0]}); a second could settle it."
    which = "The sides" if len(counted) == len(sides) else "The sides that give a number"
    low, high = counted[0], counted[-1]
    people = f"{low} to {high} people" if low < high else f"{low} people each"
    return f"{which} studied {people}; a larger study could settle it."


def _expiry(answer: Answer, on: date) -> list[ChangeView]:
    """What was to be looked at again before `on`, and the next that comes."""
    cited = [answer.pack.sources[name] for name in answer.source_ids()]
    shown = [answer.pack.statements[name] for name in dict.fromkeys(answer.shown)]
    days = [(source.review_by, source.label, source.id) for source in cited]
    days += [(statement.expires, "", statement.id) for statement in shown]
    dated = [(day, label, name) for day, label, name in days if day is not None]
    past = [each for each in dated if each[0] < on]
    lines = []
    if past:
        first = day_in_words(min(past)[0])
        be = "has" if len(past) == 1 else "have"
        text = f"{_named(answer, past)} {be} been due to be looked at again since {first}."
        lines.append((text[:1].upper() + text[1:], past))
    coming = [each for each in dated if each[0] >= on]
    if coming:
        first_day = min(coming)[0]
        now = [each for each in coming if each[0] == first_day]
        be = "is" if len(now) == 1 else "are"
        begin = f"On {day_in_words(first_day)}, {_named(answer, now)}"
        text = f"{begin} {be} due to be looked at again."
        lines.append((text, now))
    return [ChangeView("expiry", text, tuple(name for *_, name in each)) for text, each in lines]


def _named(answer: Answer, due: Sequence[tuple[date, str, str]]) -> str:
    labels = [label for _, label, _ in due if label]
    statements = len(due) - len(labels)
    plain = answer.reader is Reader.PATIENT
    parts = []
    if plain and labels:
        parts.append("one source" if len(labels) == 1 else f"{len(labels)} sources")
    elif labels:
        many = f"{len(labels)} sources" if len(labels) > _NAMED else f"the sources {join(labels)}"
        parts.append(f"the source {labels[0]}" if len(labels) == 1 else many)
    what = "point" if plain else "statement"
    if statements:
        parts.append(f"one {what}" if statements == 1 else f"{statements} {what}s")
    return join(parts)
