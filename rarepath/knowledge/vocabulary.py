"""What every disease shares: drugs, kinds of facts, and the words the checks listen for."""

from typing import Literal

from rarepath.knowledge.base import Identifier, Many, Model, Number, Text, Whole, Wording
from rarepath.knowledge.condition import ExternalCode

__all__ = [
    "Decline",
    "Drug",
    "FactKind",
    "HedgeClass",
    "OtherCondition",
    "Phrasebook",
    "Plausible",
    "Shorthand",
    "TopicWords",
    "WordGroup",
]


class Drug(Model):
    """A medicine: its names, codes, the only frequency it may have, its safety statements."""

    id: Identifier
    name: Text
    aliases: Many[Text] = ()
    patient_name: Text | None = None
    drug_class: Text
    only_frequency: Literal["weekly"] | None = None
    codes: Many[ExternalCode] = ()
    statements: Many[Identifier] = ()


class Plausible(Model):
    """The believable range of a quantity for an age band (years), for entry checks."""

    age_from: Number
    age_below: Number
    low: Number
    high: Number
    source: Identifier


class FactKind(Model):
    """A kind of fact about a patient.

    `burden` says what it costs the patient to obtain it, from `ask` (a question) to
    `imaging_sedated`; missing data are listed cheapest first.
    """

    id: Identifier
    name: Text
    patient_name: Text
    value: Literal["quantity", "presence", "date", "choice", "text", "list"]
    unit: Text | None = None
    other_units: Many[Text] = ()
    choices: Many[Text] = ()
    laterality: Literal["none", "side"] = "none"
    burden: Literal[
        "ask",
        "examine",
        "questionnaire",
        "photograph",
        "blood_or_urine",
        "specialist_visit",
        "imaging",
        "procedure",
    ]
    codes: Many[ExternalCode] = ()
    no_code_because: Text | None = None
    plausible: Many[Plausible] = ()


class HedgeClass(Model):
    """Words that say the same kind of doubt (or name the same danger sign).

    One of `words` in the clinician text asks for one of `patient_words` in the patient text.
    """

    id: Identifier
    words: Many[Text]
    patient_words: Many[Text]


class TopicWords(Model):
    """A topic and the words of a question that ask for it."""

    topic: Identifier
    title: Text
    words: Many[Text]


class WordGroup(Model):
    """Words that patterns may use together, as `@id`; one may itself be a medicine's `@id`."""

    id: Identifier
    words: Many[Text]


class Decline(Model):
    """A kind of question that is never answered, how it is recognised, and what is said."""

    id: Identifier
    reported_as: Many[Text]
    text: Wording


class OtherCondition(Model):
    """Another disease that people ask about by name; a question about it is declined."""

    name: Text
    names: Many[Text] = ()


class Shorthand(Model):
    """Abbreviations of one meaning, as people type them, and the words they stand for."""

    short: Many[Text]
    means: Text


class Phrasebook(Model):
    """The language the checks and the reader of questions listen for.

    `patient_reading_grade` is the highest Flesch-Kincaid grade a patient text may have;
    `plain_words` are long words that it counts as easy. `avoid` are words no patient text has,
    `orders` words by which a text for clinicians would command instead of offering.
    `dose_units` are units whose number is a dose; `not_a_dose` are wordings that look like
    one and are not (a laboratory value). The `danger_` lists, `negations` and `own_person` tell
    a danger that is present from one only spoken of; `not_negations` are wordings that hold a
    negation and deny nothing (`do not know`). `shorthand` is read as the words it stands for.
    `disease_words` are words that name a disease together with those before them, and, after a
    `*`, endings of words that do.

    `addresses` are the words by which a text speaks to the patient (you, your), `own_words` those
    by which a question speaks for the patient (I, my); `addresses_both` are wordings with such a
    word that suit a parent as well (`your team`). `own_child` are patterns, as in `reported_as`,
    of a question that somebody asks about their child. `compares` are words of a question
    that sets one option against another (`or`, `versus`), and `circumstances` words of such a
    question that say when the choice is made and ask for nothing else (`active`, `first line`).
    """

    patient_reading_grade: Number
    hedges: Many[HedgeClass]
    danger_signs: Many[HedgeClass] = ()
    avoid: Many[Text]
    orders: Many[Text] = ()
    plain_words: Many[Text] = ()
    dose_units: Many[Text]
    not_a_dose: Many[Text] = ()
    treatment_words: Many[Text]
    stop_words: Many[Text]
    topics: Many[TopicWords]
    word_groups: Many[WordGroup] = ()
    danger_now: Many[Text] = ()
    danger_past: Many[Text] = ()
    danger_hypothetical: Many[Text] = ()
    negations: Many[Text] = ()
    not_negations: Many[Text] = ()
    own_person: Many[Text] = ()
    addresses: Many[Text] = ()
    own_words: Many[Text] = ()
    addresses_both: Many[Text] = ()
    own_child: Many[Text] = ()
    compares: Many[Text] = ()
    circumstances: Many[Text] = ()
    shorthand: Many[Shorthand] = ()
    disease_words: Many[Text] = ()
    bottom_line_words: Whole
