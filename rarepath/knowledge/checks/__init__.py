"""The checks of a pack: named rules, each with what it found and where.

docs/rules.md describes every rule; `rarepath check` prints what they find.
"""

from datetime import date

from rarepath.knowledge.checks.answers import (
    answers_fit,
    conflict_shape,
    documented,
    reachable,
)
from rarepath.knowledge.checks.defects import Defect, Rule, rule
from rarepath.knowledge.checks.doses import coder_treatment, dose_complete, patient_doses
from rarepath.knowledge.checks.evidence import directness, source_status, transcription
from rarepath.knowledge.checks.names import guarded_names
from rarepath.knowledge.checks.options import options_fit
from rarepath.knowledge.checks.parents import addressed
from rarepath.knowledge.checks.patients import patient_keeps, patient_words, reading_level
from rarepath.knowledge.checks.patterns import patterns
from rarepath.knowledge.checks.references import resolves
from rarepath.knowledge.checks.restated import restatement
from rarepath.knowledge.checks.signatures import signed, versioned
from rarepath.knowledge.checks.values import arithmetic, values_agree
from rarepath.knowledge.checks.wording import wording
from rarepath.knowledge.packs import Pack

__all__ = ["RULES", "Defect", "Rule", "check_pack"]

RULES: tuple[Rule, ...] = tuple(
    map(
        rule,
        (
            resolves,
            directness,
            transcription,
            restatement,
            dose_complete,
            values_agree,
            arithmetic,
            source_status,
            signed,
            patient_doses,
            patient_keeps,
            addressed,
            patient_words,
            reading_level,
            coder_treatment,
            reachable,
            answers_fit,
            documented,
            conflict_shape,
            options_fit,
            guarded_names,
            patterns,
            wording,
            versioned,
        ),
    )
)


def check_pack(pack: Pack, on: date) -> tuple[Defect, ...]:
    """What every rule finds in the pack's own items on the day `on`, by file and line."""
    found = []
    for each in RULES:
        for fault in each.function(pack, on):
            place = pack.places[fault.kind, fault.name]
            line = place.line(*fault.inside)
            found.append(
                Defect(each.name, fault.severity, place.file, line, fault.message, fault.what_to_do)
            )
    return tuple(sorted(found, key=lambda defect: (defect.file, defect.line, defect.rule)))
