"""Doses: complete where they may stand, and absent everywhere else."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from rarepath.kernel.errors import ImplausibleValue
from rarepath.kernel.frequency import Weekly, parse_frequency
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.defects import Fault, Found
from rarepath.knowledge.checks.numbers import DoseMention, doses_in, plain
from rarepath.knowledge.checks.texts import read_by
from rarepath.knowledge.checks.words import phrases
from rarepath.knowledge.evidence import Statement, Value
from rarepath.knowledge.packs import Pack

__all__ = ["coder_treatment", "dose_complete", "patient_doses"]

_NEEDED = ("drug", "basis", "frequency", "route", "source")
_PER = {"body_surface": "/m2", "weight": "/kg"}
_ADULT = 18


def dose_complete(pack: Pack, on: date) -> Iterator[Fault]:
    """A dose has drug, basis, cap, ages, route and frequency, and was read in its source."""
    for name, statement in pack.items["statements"].items():
        for at, value in enumerate(statement.values):
            if value.kind == "dose":
                for inside, message, what_to_do in _faults_of(pack, statement, value):
                    yield Fault("statements", name, ("values", at, *inside), message, what_to_do)
        for mention in doses_in(statement.text.clinician or "", pack.phrasebook):
            if not _typed(statement, mention):
                yield Fault(
                    "statements",
                    name,
                    ("text", "clinician"),
                    f"the dose “{mention.text}” is not among the values",
                    "Add it to values: with basis, cap, ages, route and source, or leave it out.",
                )


def _faults_of(pack: Pack, statement: Statement, value: Value) -> Found:
    for field in _NEEDED:
        if getattr(value, field) is None:
            yield (), f"the dose {value.name} has no {field}", f"Add {field}: as the source says."
    if (value.cap is None) == (value.no_cap is None):
        yield (
            (),
            f"the dose {value.name} needs either a cap or no_cap",
            "Give cap: with its source, or say in no_cap why there is none.",
        )
    if value.age_from is None and value.age_below is None:
        yield (), f"the dose {value.name} has no ages", "Add age_from: or age_below: in years."
    yield from _basis(value)
    yield from _frequency(pack, value)
    yield from _read(statement, value)


def _basis(value: Value) -> Found:
    per = {basis for basis, sign in _PER.items() if sign in plain(value.unit)}
    if value.basis is not None and per != {value.basis} - {"flat"}:
        yield (
            ("unit",),
            f"the unit {value.unit} does not fit the basis {value.basis}",
            "Use mg/m2 for body_surface, mg/kg for weight, and neither for flat.",
        )
    if value.basis == "flat" and (value.age_from is None or value.age_from < _ADULT):
        yield (
            ("basis",),
            f"the flat dose {value.name} is open to people under {_ADULT}",
            f"Give age_from: {_ADULT} or more, or the dose by weight or body surface.",
        )


def _frequency(pack: Pack, value: Value) -> Found:
    if value.frequency is None:
        return
    try:
        frequency = parse_frequency(value.frequency)
    except ImplausibleValue as error:
        yield ("frequency",), error.message, error.what_to_do
        return
    drug = pack.drugs.get(value.drug or "")
    if drug is not None and drug.only_frequency == "weekly" and not isinstance(frequency, Weekly):
        yield (
            ("frequency",),
            f"{drug.name} is given once weekly only, but here {frequency.text()}",
            "Correct the frequency; a daily dose of a weekly drug can be fatal.",
        )


def _read(statement: Statement, value: Value) -> Found:
    read = {c.source for c in statement.citations if c.read_in_source and c.support == "supports"}
    if value.source is not None and value.source not in read:
        yield (
            ("source",),
            f"the dose {value.name} was not read in {value.source}",
            "A dose is shown only when its citation was read: table, abstract or full_text.",
        )
    if value.cap is not None and value.cap.source not in read:
        yield (
            ("cap", "source"),
            f"the cap of {value.name} was not read in {value.cap.source}",
            "Cite the source of the cap as read, or give the cap that was read.",
        )


def _typed(statement: Statement, mention: DoseMention) -> bool:
    known: list[tuple[Decimal, str]] = []
    for value in statement.values:
        unit = plain(value.unit).lower()
        known += [(n, unit) for n in (value.amount, value.upper) if n is not None]
        if value.cap is not None:
            known.append((value.cap.amount, plain(value.cap.unit).lower()))
    return all(
        any(number == amount and unit.startswith(mention.unit.lower()) for amount, unit in known)
        for number in mention.values
    )


def patient_doses(pack: Pack, on: date) -> Iterator[Fault]:
    """No text that a patient may see holds a dose."""
    for text in read_by(pack, Reader.PATIENT):
        for mention in doses_in(text.text, pack.phrasebook):
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                f"the dose “{mention.text}” would be shown to patients",
                "Leave the amount out; say what the medicine does and whom to ask.",
            )


def coder_treatment(pack: Pack, on: date) -> Iterator[Fault]:
    """No text written for coders speaks of treatment."""
    drugs = [word for drug in pack.drugs.values() for word in (drug.name, *drug.aliases)]
    treatment = phrases((*pack.phrasebook.treatment_words, *drugs))
    for text in read_by(pack, Reader.CODER):
        if text.reader is not Reader.CODER:
            continue
        found = treatment.found_in(text.text)
        found += [mention.text for mention in doses_in(text.text, pack.phrasebook)]
        for words in found:
            yield Fault(
                text.kind,
                text.name,
                text.inside,
                f"“{words}” speaks of treatment to a coder",
                "Say only what is coded and how.",
            )
