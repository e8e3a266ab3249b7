"""The words of the marks beside a statement: how sure, and about which disease."""

from rarepath.knowledge.base import Certainty, Directness, Reader
from rarepath.knowledge.evidence import Source, Statement
from rarepath.knowledge.packs import Pack

__all__ = ["about", "badge", "directness_of"]

_CERTAINTY = {
    Certainty.HIGH: "High",
    Certainty.MODERATE: "Moderate",
    Certainty.LOW: "Low",
    Certainty.VERY_LOW: "Very low",
}
_DIRECTNESS = {
    Directness.THIS_DISEASE: "this disease",
    Directness.SAME_FAMILY: "same family",
    Directness.EXTRAPOLATED: "extrapolated",
    Directness.OPINION: "opinion only",
}
_PATIENT_CERTAINTY = {
    Certainty.HIGH: "Strong",
    Certainty.MODERATE: "Good",
    Certainty.LOW: "Some",
    Certainty.VERY_LOW: "Weak",
}
_PATIENT_DIRECTNESS = {
    Directness.THIS_DISEASE: "about this disease itself",
    Directness.SAME_FAMILY: "from a close relative of this disease",
    Directness.EXTRAPOLATED: "from other diseases or general guidance",
    Directness.OPINION: "an opinion of the authors",
}


def badge(statement: Statement, reader: Reader) -> str:
    """Certainty and directness in words: `Low certainty, same family`."""
    if reader is Reader.PATIENT:
        sure = _PATIENT_CERTAINTY[statement.certainty]
        return f"{sure} evidence, {_PATIENT_DIRECTNESS[statement.directness]}"
    sure = _CERTAINTY[statement.certainty]
    return f"{sure} certainty, {_DIRECTNESS[statement.directness]}"


def directness_of(pack: Pack, source: Source) -> Directness:
    """How close one source is to the pack's disease, by what the source is about."""
    if source.about == pack.id:
        return Directness.THIS_DISEASE
    if source.about == Directness.OPINION:
        return Directness.OPINION
    family = {relative.about: relative.directness for relative in pack.condition.family}
    return family.get(source.about, Directness.EXTRAPOLATED)


def about(pack: Pack, source: Source) -> str:
    """What a source is about, in words."""
    names = {relative.about: relative.name for relative in pack.condition.family}
    names[pack.id] = pack.condition.name
    return names.get(source.about, source.about.replace("_", " ").capitalize())
