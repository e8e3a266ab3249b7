"""What a question comes to. The order of the decisions is docs/how-ask-decides.md."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rarepath.ask.answered import Answer, question_answer
from rarepath.ask.comparing import compared, is_relative
from rarepath.ask.danger import Alarm
from rarepath.ask.desk import Desk
from rarepath.ask.linking import Links, Meaning
from rarepath.ask.outcome import Outcome
from rarepath.ask.patterns import Pattern, parse
from rarepath.ask.several import several
from rarepath.ask.understand import OWN_WORDING, SURE, Reading, best_reading, understood
from rarepath.ask.words import Sentence, find, foreign_script, sentences, words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.condition import RedFlag
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Drug

__all__ = ["Asked", "decide"]

_SILENCE: Final = Alarm(None)
_COMPARES = frozenset(
    words("or vs versus same instead mistaken difference different differ rather misdiagnosed")
)
_ASKS_DOSE = parse("dos*|how much|how many mg|how many milligram|how many tablet|milligram|mg")
_MEASURES_A_PERSON = parse(
    "year old|month old|aged 0..99|age 0..99|2..300 kg|2..300 kilo*|5..600 lb|5..600 pound|weigh*"
    "|bsa of|bsa 0..3"
)
# Frequent words that no English sentence has: enough of them, and it is another language.
_OTHER_LANGUAGES = frozenset(
    words(
        "der die das und ist wie wird nicht mit ein eine bei gibt kann ich mein was fur auf zu "
        "le la les des est une que qui pour avec dans sur mon quels comment quel du et "
        "el los las es una como para con por mi cual puede "
        "il che per come sono della una mio di gli os um uma nao com qual meu da "
        "het een van niet met hoe zijn voor mijn ik "
        "jest nie czy och hur jag ar det som"
    )
)


@dataclass(frozen=True)
class Asked:
    """A cleaned question, who asks, and what is already known: the pack, the answer before."""

    text: str
    reader: Reader
    pack: str | None
    before: Outcome | None
    on: date


def decide(desk: Desk, asked: Asked) -> Outcome:
    """The outcome of a question. Danger goes before everything else."""
    heard = sentences(desk.expander.expand(asked.text))
    said = tuple(word for sentence in heard for word in sentence.words)
    links = desk.names.find(said, asked.text)
    pack = _pack(desk, asked, links)
    name = pack.id if pack else None
    alarm = _alarm(desk, name, heard, asked.on)
    if alarm.present:
        return Outcome("emergency", asked.reader, name, alarm.present.id)
    outcome = _quietly(desk, asked, pack, links, heard)
    return replace(outcome, sign=_sign(desk, outcome, alarm))


def _quietly(
    desk: Desk, asked: Asked, pack: Pack | None, links: Links, heard: tuple[Sentence, ...]
) -> Outcome:
    """The outcome of a question that reports no danger."""
    name = pack.id if pack else None
    if pack and asked.reader is not Reader.CODER and (drug := _own_dose_of(pack, heard)):
        reading = best_reading(desk, pack, asked.reader, sentences(f"{drug.name} dose"))
        dose = understood(desk, pack, asked.reader, reading)
        if dose.status == "answered" and dose.reason == "question":
            return replace(dose, status="needs_facts", reason="personal_dose")
    if refused := _refused(desk, asked.reader, name, heard):
        return refused
    if _is_foreign(desk, asked.text, links):
        return Outcome("declined", asked.reader, name, "language")
    if pack is None:
        return _without_pack(desk, asked, links, heard)
    return _answer_in(desk, asked, pack, links, heard)


def _pack(desk: Desk, asked: Asked, links: Links) -> Pack | None:
    """The pack that is named, or the one already chosen."""
    chosen = asked.pack or (asked.before.pack if asked.before else None)
    named = links.packs()
    name = chosen if chosen in named or not named else named[0]
    return desk.packs[name] if name else None


def _alarm(desk: Desk, pack: str | None, heard: tuple[Sentence, ...], on: date) -> Alarm:
    listener = desk.listener(pack)
    return listener.hear(heard, on.year) if listener else _SILENCE


def _sign(desk: Desk, outcome: Outcome, alarm: Alarm) -> str | None:
    """The danger to put above the reply: one that may be there, else one the answer is about."""
    if alarm.possible:
        return alarm.possible[0].id
    if outcome.status != "answered":
        return None
    for each in outcome.parts or (outcome,):
        answer = desk.answer(each)
        for flag in alarm.mentioned if answer else ():
            if answer and _concerns(answer, flag):
                return flag.id
    return None


def _concerns(answer: Answer, flag: RedFlag) -> bool:
    """Whether the answer shows what the flag says, or is about the same topic."""
    topics = {answer.pack.statements[name].topic for name in flag.statements}
    shown = set(answer.shown)
    return not flag.statements or not shown.isdisjoint(flag.statements) or answer.topic in topics


def _refused(
    desk: Desk, reader: Reader, pack: str | None, heard: tuple[Sentence, ...]
) -> Outcome | None:
    for name, patterns in desk.refusals(pack).items():
        if any(_says(pattern, heard) for pattern in patterns):
            return Outcome("declined", reader, pack, name)
    return None


def _says(pattern: Pattern, heard: tuple[Sentence, ...]) -> bool:
    """Whether the pattern stands in the question, in whatever mood."""
    near = any(True for sentence in heard for _ in pattern.matches(sentence))
    return near and all(
        any(True for sentence in heard for _ in part.places(sentence.words))
        for part in pattern.anywhere
    )


def _own_dose_of(pack: Pack, heard: tuple[Sentence, ...]) -> Drug | None:
    """The medicine whose dose is asked for a person whose age or size is told."""
    if not (_says(_ASKS_DOSE, heard) and _says(_MEASURES_A_PERSON, heard)):
        return None
    said = tuple(word for sentence in heard for word in sentence.words)
    for drug in pack.drugs.values():
        if any(find(words(text), said) >= 0 for text in (drug.name, *drug.aliases)):
            return drug
    return None


def _is_foreign(desk: Desk, text: str, links: Links) -> bool:
    if foreign_script(text):
        return True
    if _OTHER_LANGUAGES.isdisjoint(links.rest):
        return False
    known = frozenset[str]().union(*(words.known for words in desk.words.values()))
    unknown = [word for word in links.rest if word not in known]
    foreign = not _OTHER_LANGUAGES.isdisjoint(unknown)
    return foreign and 2 * len(unknown) >= len(links.rest)


def _without_pack(desk: Desk, asked: Asked, links: Links, heard: tuple[Sentence, ...]) -> Outcome:
    """No disease with a pack is named, and none was chosen."""
    others = links.others()
    if links.guarded() and not others:
        name = _slug(links.guarded()[0].text)
        return Outcome("needs_facts", asked.reader, None, "which_disease", name)
    for pack in desk.packs.values():
        reading = best_reading(desk, pack, asked.reader, heard)
        sure = reading.score >= SURE and not reading.strange
        if others:
            sure = reading.score >= OWN_WORDING and _asks_of_them_too(desk, pack, reading, others)
        if sure:
            question = reading.hits[0].question
            return Outcome("needs_facts", asked.reader, pack.id, "which_disease", question)
    if others:
        return _another(asked.reader, None, others[0])
    return Outcome("declined", asked.reader, None, "out_of_scope")


def _answer_in(
    desk: Desk, asked: Asked, pack: Pack, links: Links, heard: tuple[Sentence, ...]
) -> Outcome:
    reading = best_reading(desk, pack, asked.reader, heard)
    others = links.others()
    if others and pack.id not in links.packs() and not _may_answer(desk, pack, reading, links):
        return _another(asked.reader, pack.id, others[0])
    # A wording of the pack is one question, if it is all that was asked.
    whole = reading.said == desk.words[pack.id].plain(links.rest)
    one = whole and reading.score == 1
    if not one and (parts := several(desk, pack, asked.reader, heard)):
        return Outcome("answered", asked.reader, pack.id, "several", parts=parts)
    if reading.score < 1 and (found := compared(desk, pack, asked.reader, links, heard)):
        return found
    outcome = understood(desk, pack, asked.reader, reading, asked.before)
    if outcome.reason == "no_evidence" and _compares(links):
        return _told_apart(pack, asked.reader, others) or outcome
    return outcome


def _told_apart(pack: Pack, reader: Reader, others: tuple[Meaning, ...]) -> Outcome | None:
    """The question whose answer tells a look-alike from the pack's disease."""
    names = {other.differential for other in others} & set(pack.differential)
    telling = {pack.differential[name].statement for name in names if name}
    for question in pack.questions.values():
        answer = question_answer(pack, question, reader)
        if answer is not None and not telling.isdisjoint(answer.shown):
            return Outcome("answered", reader, pack.id, "question", question.id)
    return None


def _may_answer(desk: Desk, pack: Pack, reading: Reading, links: Links) -> bool:
    """Whether a pack may answer a question that names another disease and not its own.

    It may for the closest relatives, where its look-alikes are compared with it and no medicine
    is asked about, and where it has that very question.
    """
    others = links.others()
    if all(is_relative(pack, other) for other in others):
        return True
    if _compares(links) and all(other.pack == pack.id for other in others):
        return desk.words[pack.id].drugs.isdisjoint(reading.said)
    sure = reading.score >= SURE and not reading.strange
    return sure and _asks_of_them_too(desk, pack, reading, others)


def _asks_of_them_too(
    desk: Desk, pack: Pack, reading: Reading, others: tuple[Meaning, ...]
) -> bool:
    """Whether the pack's best question names the other diseases as well, in a wording of it.

    The words of another's name may all be known, so a score alone does not tell.
    """
    question = pack.questions[reading.hits[0].question]
    texts = (*question.phrasings, *(answer.question for _, answer in question.each()))
    named = {other.text for text in texts for other in desk.names.find(words(text)).others()}
    return all(other.text in named for other in others)


def _compares(links: Links) -> bool:
    return not _COMPARES.isdisjoint(links.rest)


def _another(reader: Reader, pack: str | None, other: Meaning) -> Outcome:
    return Outcome("declined", reader, pack, "another_disease", _slug(other.text))


def _slug(text: str) -> str:
    """A name as it stands in an id."""
    return "-".join(words(text))
