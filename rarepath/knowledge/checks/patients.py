"""What a patient text must keep, must not say, and how plainly it must say it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.defects import Fault
from rarepath.knowledge.checks.numbers import doses_in, every_number, numbers_in
from rarepath.knowledge.checks.parents import Pair, pairs
from rarepath.knowledge.checks.reading import grade
from rarepath.knowledge.checks.texts import read_by
from rarepath.knowledge.checks.words import Phrases, phrases, tokens
from rarepath.knowledge.evidence import Statement
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import HedgeClass

__all__ = ["patient_keeps", "patient_words", "reading_level"]

# A text of fewer words is one short sentence, whose grade leaps with a single long word.
_SHORT_TEXT = 8
_ALLOWANCE = 4
_PERCENT = re.compile(r"\d\s*(?:%|per\s?cent\b)", re.IGNORECASE)


def patient_keeps(pack: Pack, on: date) -> Iterator[Fault]:
    """A patient text keeps every hedge, danger sign and number (but no dose) of the original."""
    for name, statement in pack.items["statements"].items():
        if statement.text.clinician and statement.text.patient:
            original, variant = statement.text.clinician, statement.text.patient
            unsaid = _unsaid(pack, statement)
            yield from _lost("statements", name, "text", pack, original, variant, unsaid)
    for name, flag in pack.items["red_flags"].items():
        if flag.sign.clinician and flag.sign.patient:
            yield from _lost(
                "red_flags", name, "sign", pack, flag.sign.clinician, flag.sign.patient, set()
            )
        elif flag.sign.clinician:
            yield Fault(
                "red_flags",
                name,
                ("sign",),
                "the danger sign has no text for patients",
                "Add sign.patient: a danger sign is for everyone.",
            )
    for pair in pairs(pack):
        yield from _parent_differs(pack, pair)


def _parent_differs(pack: Pack, pair: Pair) -> Iterator[Fault]:
    """What a parent text loses of its patient text, or adds to its numbers."""
    if pair.parent is None or pair.inside is None:
        return
    text = pair.patient
    for wrong in _other_words(pack, text.text, pair.parent):
        yield Fault(
            text.kind,
            text.name,
            pair.inside,
            wrong,
            "A parent text says the same as the patient text, of the child.",
        )


def _other_words(pack: Pack, patient: str, parent: str) -> Iterator[str]:
    said, kept = every_number(patient), every_number(parent)
    for number in numbers_in(patient):
        if number.value not in kept:
            yield f"the number {number.text} of the patient text is lost"
    for number in numbers_in(parent):
        if number.value not in said:
            yield f"the number {number.text} is not in the patient text"
    for what, classes in _classes(pack):
        for hedge in classes:
            words = phrases((*hedge.patient_words, *hedge.words))
            if (found := words.found_in(patient)) and not words.found_in(parent):
                yield f"the {what} “{found[0]}” of the patient text is lost"


def _unsaid(pack: Pack, statement: Statement) -> set[str]:
    """Numbers a patient need not read: restated ones, and those that only name a source."""
    unsaid = {
        number.text
        for pair in statement.restated
        if pair.patient in (statement.text.patient or "")
        for number in numbers_in(pair.clinician)
    }
    for cited in statement.citations:
        source = pack.sources.get(cited.source)
        if source is not None:
            named = numbers_in(f"{source.label} ; {source.year or ''}")
            unsaid |= {number.text for number in named}
    return unsaid


def _lost(
    kind: str, name: str, field: str, pack: Pack, original: str, variant: str, unsaid: set[str]
) -> Iterator[Fault]:
    for dose in doses_in(original, pack.phrasebook):
        original = original.replace(dose.text, " ; ")
    kept = every_number(variant)
    for number in numbers_in(original):
        if not (number.value in kept or number.names or number.text in unsaid):
            yield Fault(
                kind,
                name,
                (field, Reader.PATIENT.value),
                f"the number {number.text} of the clinician text is lost",
                "Keep it, or declare the two forms in restated: clinician, patient.",
            )
    for what, classes in _classes(pack):
        for hedge, words in _missing(classes, original, variant):
            yield Fault(
                kind,
                name,
                (field, Reader.PATIENT.value),
                f"the {what} “{words}” of the clinician text is lost",
                f"Say it with one of: {', '.join(hedge.patient_words[:8])}.",
            )


def _classes(pack: Pack) -> tuple[tuple[str, tuple[HedgeClass, ...]], ...]:
    book = pack.phrasebook
    return ("hedge", book.hedges), ("danger sign", book.danger_signs)


def _missing(
    classes: Iterable[HedgeClass], original: str, variant: str
) -> Iterator[tuple[HedgeClass, str]]:
    for hedge in classes:
        found = phrases(hedge.words).found_in(original)
        if found and not phrases((*hedge.patient_words, *hedge.words)).found_in(variant):
            yield hedge, found[0]


def patient_words(pack: Pack, on: date) -> Iterator[Fault]:
    """No text written for patients uses a word of the avoid list, or a bare percentage."""
    avoid = phrases(pack.phrasebook.avoid)
    for text in read_by(pack, Reader.PATIENT):
        if text.reader is not Reader.PATIENT:
            continue
        for words in avoid.found_in(text.text):
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                f"“{words}” is a word to avoid",
                "Say it kindly: quiet, lasting change, unaffected side, was not enough.",
            )
        for match in _PERCENT.finditer(text.text):
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                f"“{match[0]}” does not say of how many people",
                "Write 3 of 10 children, say, and pair the two in restated.",
            )


def reading_level(pack: Pack, on: date) -> Iterator[Fault]:
    """A text written for patients reads at or below the pack's Flesch-Kincaid grade."""
    easy = [phrases(pack.phrasebook.plain_words), _names_and_terms(pack)]
    limit = float(pack.phrasebook.patient_reading_grade)
    for text in read_by(pack, Reader.PATIENT):
        if text.reader is not Reader.PATIENT:
            continue
        allowed = limit + (_ALLOWANCE if len(tokens(text.text)) < _SHORT_TEXT else 0)
        reached = grade(text.text, easy)
        if round(reached, 1) > allowed:
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                f"reads at grade {reached:.1f}, above {allowed:g}",
                "Use shorter sentences and shorter words.",
            )


def _names_and_terms(pack: Pack) -> Phrases:
    """Names of diseases, drugs and groups, and glossary terms: they cannot be made shorter."""
    words = [pack.condition.name, *(name.text for name in pack.condition.names)]
    words += [relative.name for relative in pack.condition.family]
    for disease in pack.differential.values():
        words += [disease.name, *disease.names]
    for other in pack.other_conditions.values():
        words += [other.name, *other.names]
    for drug in pack.drugs.values():
        words += [drug.name, *drug.aliases, *filter(None, [drug.patient_name])]
    for term in pack.glossary.values():
        words += [term.term, *term.aliases]
    words += [organisation.name for organisation in pack.organisations.values()]
    return phrases(tuple(word for word in words if tokens(word)))
