"""No reader is told less: the doubts, the danger signs and the numbers of the shipped packs.

A slow twin of `rarepath check`, with word lists of its own and none of the checker's functions,
so that both would have to be wrong. It looks at every statement, and at whole answers as the
service returns them, for clinicians, coders, patients and parents.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import pytest

from rarepath.ask.reply import Reply
from rarepath.knowledge.base import Reader
from rarepath.knowledge.evidence import Statement
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import About, answer_for
from rarepath.services.knowledge import Knowledge

ON = date(2026, 11, 22)
PRS = "parry_romberg"

# What a text for clinicians says, and what says the same in any other text; a number sign
# stands for digits.
HEDGES = {
    "may": (
        "may|might|could|possible|possibly|perhaps",
        "can|cannot|sometimes|some|need|likely|helps|risk|maybe",
    ),
    "usually": (
        "usually|often|generally|typically|mostly|mainly|commonly|largely|as a rule",
        "most|many|common|more than half|tend to|tends to|much of the time|rule",
    ),
    "rarely": (
        "rare|rarely|seldom|uncommon|uncommonly|occasionally|exceptionally",
        "few|not often|sometimes|unusual",
    ),
    "some": (
        "sometimes|in some|not all|not every|not always|varies",
        "some|may|can|few|not everyone|differ|differs|different|vary|various",
    ),
    "likely": (
        "likely|probably|suggest|suggests|suggested|seems|seem|thought|believed|presumably",
        "may|might|could|think|thinks|believe|appears",
    ),
    "unknown": (
        "not known|unknown|unclear|uncertain|not established|unproven|no evidence|no trial|"
        "not studied|not been studied|undecided|no source|not shown|no randomised",
        "not clear|not sure|not certain|nobody knows|not proven|no proof|no study|no studies|"
        "not been shown|cannot tell|cannot say|do not know|nobody has|not tested|hard to say|"
        "found no|no report|do not have a source",
    ),
    "disputed": (
        "disagree|disagrees|disputed|controversial|conflicting|contested|debated",
        "do not agree|not agreed|different|differ|not settled",
    ),
    "about": (
        "about #|around #|approximately|roughly|nearly #|almost #|estimated|estimate",
        "about|around|nearly|almost|close to|guess",
    ),
    "at least": (
        "at least|or more (?!than)|more than #|over #",
        "or more|more than|over|longer|above|and more|or older|not less than",
    ),
    "at most": (
        "up to #|at most|no more than|less than #|fewer than #",
        "up to|not more than|less than|fewer than|under|below|or less|younger|as late as",
    ),
    "opinion": (
        "opinion|opinions|expert consensus|expert view",
        "expert|experts|specialists|doctors|think|view|agreed|advice|advise",
    ),
}
DANGERS = {
    "seizure": ("seizure|seizures|epilepticus", "fit|fits"),
    "sight": (
        "vision loss|loss of vision|visual loss|blindness|double vision|loss of sight",
        "sight|see|sees|seeing|blind",
    ),
    "weakness": ("weakness|hemiparesis|facial droop", "weak|droop|drooping|droops|numb"),
    "wake": ("reduced consciousness|loss of consciousness|collapse", "wake|drowsy|faint|pass out"),
    "fever": ("fever|febrile", "temperature"),
    "bleeding": ("bleeding|bruising", "bleed|bruise|bruises"),
    "mouth": ("mouth ulcer|mouth ulcers|mucositis|stomatitis", "sore mouth|mouth sores"),
    "breath": (
        "dyspnoea|breathlessness|shortness of breath|dry cough|pneumonitis",
        "breath|breathe|breathing|cough|lung|lungs",
    ),
    "swallow": ("dysphagia|with swallowing", "swallow|swallowing"),
    "allergy": ("anaphylaxis|anaphylactic", "allergic|swollen|swelling"),
    "adrenal": (
        "adrenal",
        "own steroid|own steroids|body stops making|makes less|natural steroid|very weak",
    ),
    "suicide": (
        "suicide|suicidal",
        "ending your life|end your life|hurting yourself|cannot go on|not want to live",
    ),
    "daily": ("taken daily|daily instead|overdose", "daily|every day|too much"),
    "jaundice": ("jaundice", "yellow"),
    "clot": ("thrombosis|embolism|myocardial infarction|chest pain", "clot|clots|heart attack"),
    "unborn": ("teratogenic|miscarriage|malformations|pregnancy loss", "baby|pregnancy|unborn"),
}
# How soon, which a danger sign is nothing without.
SOON = {
    "soon": (
        "emergency|emergencies|urgent|urgently|same day",
        "now|at once|straight away|today|call",
    ),
}
CLASSES = {**HEDGES, **DANGERS, **SOON}
# What is to be done and left, which a parent is told in the same words.
TO_DO = "help|never|stop|early|first|avoided"
# A parent is told of the child in the third person.
THIRD_PERSON = {
    "their life": "your life",
    "themselves": "yourself",
    "thinks": "think",
    "sees": "see",
}
NUMBER_WORDS = re.findall(r"\w+", "two three four five six seven eight nine ten eleven twelve")
A_DOSE = re.compile(
    r"\d[\d.,]*(?:(?: to | or | and |-)\d[\d.,]*)?\s?(?:mg|mcg|µg|g|IU|J/cm2|tablets?)"
    r"(?!/(?:d?L|g|mmol|24))(?:/kg|/m2)?(?![A-Za-z])"
)


def plain(text: str) -> str:
    text = text.lower().replace("’", "'").replace("-", " ").replace("²", "2")
    for third, second in THIRD_PERSON.items():
        text = re.sub(rf"\b{third}\b", second, text)
    return text


def says(words: str, text: str) -> bool:
    return re.search(rf"\b(?:{words.replace('#', '(?=[0-9])')})(?!\w)", plain(text)) is not None


@cache
def said_in(text: str) -> frozenset[str]:
    """The doubts and danger signs that a text for clinicians speaks of."""
    return frozenset(name for name, (strict, _) in CLASSES.items() if says(strict, text))


@cache
def kept_in(text: str) -> frozenset[str]:
    """Those that any other text speaks of, in whatever words."""
    return frozenset(name for name, both in CLASSES.items() if says("|".join(both), text))


def numbers(text: str) -> list[str]:
    """The numbers of a text, but for doses and what only names something."""
    text = A_DOSE.sub(" ", text.replace("²", "2"))
    text = re.sub(r"\b[A-Z]{2,}[: ]\d{3,}\b|\b(?:the|two) two\b|\b[Tt]wo other\b", " ", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\b[Oo]nce (?=a |daily|weekly|every|per)", "1 ", text)
    text = re.sub(r"\b[Tt]wice\b", "2", text)
    for value, word in enumerate(NUMBER_WORDS, start=2):
        text = re.sub(rf"\b{word}\b", str(value), text, flags=re.IGNORECASE)
    return re.findall(r"(?<![\w.*/^-])\d+(?:\.\d+)?(?![\w]|\.\d)", text)


def lost_numbers(pack: Pack, statement: Statement, variant: str) -> list[str]:
    original = statement.text.clinician or ""
    for pair in statement.restated:
        if pair.patient in variant:
            original = original.replace(pair.clinician, " ")
    sources = [pack.sources[cited.source] for cited in statement.citations]
    names = {number for s in sources for number in re.findall(r"\d+", f"{s.label} {s.year}")}
    kept = set(numbers(variant)) | names
    return [number for number in numbers(original) if number not in kept]


def doubts_and_dangers(text: str) -> Counter[str]:
    """How often each word of a doubt or a danger stands in a text."""
    words = "|".join([*CLASSES_BOTH, TO_DO]).replace("#", "(?=[0-9])")
    return Counter(re.findall(rf"\b(?:{words})(?!\w)", plain(text)))


# The longest first, so that `not known` is not taken for its parts. What says little alone
# (an offer, a need) may be put differently to a parent.
CLASSES_BOTH = sorted(
    {word for both in CLASSES.values() for words in both for word in words.split("|")}
    - {"can", "need", "helps", "rule"},
    key=len,
    reverse=True,
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge([SHIPPED])


@pytest.fixture(scope="module")
def pack(knowledge: Knowledge) -> Pack:
    return knowledge.pack(PRS)


def variants(pack: Pack, *names: str) -> Iterator[tuple[str, Statement, str]]:
    for statement in pack.statements.values():
        for name in names:
            if text := getattr(statement.text, name):
                yield name, statement, text


def test_there_is_something_to_compare(pack: Pack) -> None:
    original = {s.id for s in pack.statements.values() if s.text.clinician}
    counted = Counter(name for name, s, _ in variants(pack, "patient", "parent", "coder"))
    both = Counter(
        name for name, s, _ in variants(pack, "patient", "parent", "coder") if s.id in original
    )
    assert counted["patient"] > 440 and counted["parent"] > 100
    assert both["patient"] > 330 and both["parent"] > 60 and both["coder"] > 25
    spoken_of = Counter(
        name for s in pack.statements.values() for name in said_in(s.text.clinician or "")
    )
    assert set(CLASSES) == set(spoken_of)


def test_no_doubt_and_no_danger_sign_is_lost(pack: Pack) -> None:
    lost = [
        (statement.id, name, missing)
        for name, statement, text in variants(pack, "patient", "parent", "coder")
        if (missing := said_in(statement.text.clinician or "") - kept_in(text))
    ]
    assert lost == []


def test_no_number_is_lost(pack: Pack) -> None:
    lost = [
        (statement.id, name, missing)
        for name, statement, text in variants(pack, "patient", "parent")
        if (missing := lost_numbers(pack, statement, text))
    ]
    assert lost == []


def test_a_parent_is_told_what_the_patient_is_told(pack: Pack) -> None:
    """The same numbers and the same words of doubt and danger, each as often."""
    for _, statement, text in variants(pack, "parent"):
        patient = statement.text.patient or ""
        assert sorted(numbers(text)) == sorted(numbers(patient)), statement.id
        assert doubts_and_dangers(text) == doubts_and_dangers(patient), statement.id


def test_a_parent_is_told_every_danger_sign_of_the_box(pack: Pack) -> None:
    for flag in pack.red_flags.values():
        assert flag.sign.patient, flag.id
        if flag.sign.clinician:
            assert said_in(flag.sign.clinician) <= kept_in(flag.sign.patient), flag.id
        if flag.sign.parent:
            assert numbers(flag.sign.parent) == numbers(flag.sign.patient), flag.id
            assert doubts_and_dangers(flag.sign.parent) == doubts_and_dangers(flag.sign.patient)


def test_nobody_is_told_you_where_a_parent_reads_your_child(pack: Pack) -> None:
    """No parent text still speaks of the reader's own body, disease or medicine."""
    own = (
        r"your (?:own )?(?:disease|body|skin|face|medicines?|eyes?|teeth|jaw|life|mood|papers)\b"
        r"|if you (?:feel|are being|take|have had|become)\b|you (?:take|feel)\b|\byourself\b"
    )
    found = [
        (statement.id, match[0])
        for _, statement, text in variants(pack, "parent")
        if (match := re.search(own, text)) and match[0] != "yourself"
    ]
    assert found == []


ReplyTo = Callable[..., Reply]


@pytest.fixture(scope="module")
def reply_to(knowledge: Knowledge) -> ReplyTo:
    """A question's answer as the service returns it, made once."""

    @cache
    def made(question: str, reader: Reader, about: About = "me") -> Reply:
        return answer_for(knowledge, PRS, question, reader, about=about, on=ON)

    return made


def statements_of(reply: Reply) -> dict[str, str]:
    return {view.id: view.text for section in reply.sections for view in section.statements}


def for_both(pack: Pack) -> list[str]:
    return [q.id for q in pack.questions.values() if q.clinician and q.patient]


@cache
def of_danger(pack: Pack) -> set[str]:
    """The statements that tell of a danger: their topic, or a danger sign that rests on them."""
    resting = {name for flag in pack.red_flags.values() for name in flag.statements}
    return resting | {s.id for s in pack.statements.values() if s.topic == "emergencies"}


def uncovered(
    pack: Pack, shown: dict[str, str], other: dict[str, str]
) -> dict[str, frozenset[str]]:
    """The danger signs of the danger statements in `shown` that `other` has nowhere."""
    told = frozenset[str]().union(*(kept_in(text) for text in other.values()))
    return {
        name: missing
        for name, text in shown.items()
        if name in of_danger(pack) and name not in other
        if (missing := (kept_in(text) & DANGERS.keys()) - told)
    }


def test_a_danger_told_to_one_is_told_to_the_other(reply_to: ReplyTo, pack: Pack) -> None:
    questions = for_both(pack)
    assert len(questions) > 50
    for question in questions:
        clinician = statements_of(reply_to(question, Reader.CLINICIAN))
        for about in ("me", "child"):
            patient = statements_of(reply_to(question, Reader.PATIENT, about))
            assert uncovered(pack, clinician, patient) == {}, question
            assert uncovered(pack, patient, clinician) == {}, question


@pytest.mark.parametrize("about", ["me", "child"])
def test_what_is_sent_keeps_the_doubts(reply_to: ReplyTo, pack: Pack, about: About) -> None:
    """Of every statement in every answer for patients: its doubts, danger signs and badge."""
    seen = set()
    for question in pack.questions.values():
        if question.patient:
            reply = reply_to(question.id, Reader.PATIENT, about)
            assert reply.about == about
            views = [view for section in reply.sections for view in section.statements]
            for view in views:
                statement = pack.statements[view.id]
                assert said_in(statement.text.clinician or "") <= kept_in(view.text), view.id
                assert lost_numbers(pack, statement, view.text) == [], view.id
                assert view.badge and view.certainty == statement.certainty.value
                seen.add(view.id)
    assert len(seen) > 350


def test_the_same_is_shown_to_patients_and_parents(reply_to: ReplyTo, pack: Pack) -> None:
    for question in pack.questions.values():
        if question.patient:
            mine, theirs = (
                reply_to(question.id, Reader.PATIENT, about) for about in ("me", "child")
            )
            assert list(statements_of(mine)) == list(statements_of(theirs))
            assert mine.id == theirs.id
            assert [c.id for c in mine.conflicts] == [c.id for c in theirs.conflicts]
            assert [c.id for c in mine.circulating] == [c.id for c in theirs.circulating]
            assert len(mine.take_along) == len(theirs.take_along)


DAMAGED = [
    ("PT08", "suddenly after more than 3 weeks", "suddenly after some weeks"),
    ("DL-fever", "38 °C", "a high °C"),
    ("DL-mtx-nausea", "quite common", "there"),
    ("D-M9a", "as late as 2 months", "as late as 3 months"),
    ("PT20", "ending their life", "giving up"),
    ("PT08", "get help now if", "rest if"),
    ("D-M1a", "never daily", "not daily"),
    ("DL-pred-vomited", "perhaps a stay", "a stay"),
]


@pytest.mark.parametrize(("name", "words", "worse"), DAMAGED)
def test_the_proof_notices_a_damaged_text(pack: Pack, name: str, words: str, worse: str) -> None:
    parent, patient = pack.statements[name].text.parent, pack.statements[name].text.patient
    assert parent and patient and words in parent
    damaged = parent.replace(words, worse)
    same_numbers = sorted(numbers(damaged)) == sorted(numbers(patient))
    assert not (same_numbers and doubts_and_dangers(damaged) == doubts_and_dangers(patient))


def test_the_proof_notices_a_danger_that_one_reader_is_not_told(pack: Pack) -> None:
    """Each of the two lists of danger signs, without one that the other has."""
    name = "RFS-list-now"
    wording = pack.statements[name].text
    assert wording.clinician and wording.patient
    told, told_other = {name: wording.clinician}, {"other": wording.patient}
    assert uncovered(pack, told, told_other) == {}
    told_other["other"] = wording.patient.replace("seizure (fit)", "turn")
    assert uncovered(pack, told, told_other) == {name: {"seizure"}}
