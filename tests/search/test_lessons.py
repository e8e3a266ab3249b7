"""What is learnt of a pack's questions, on the invented packs."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from rarepath.ask.linking import Names
from rarepath.ask.matching import PackWords
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Shorthand
from rarepath.search.lessons import Lesson, Lessons, wordings
from rarepath.services.knowledge import Knowledge

PACKS = Path(__file__).parents[1] / "ask" / "packs"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return Knowledge([PACKS]).pack("moss")


@pytest.fixture(scope="module")
def known(pack: Pack) -> PackWords:
    return PackWords(pack)


@pytest.fixture(scope="module")
def lessons(pack: Pack, known: PackWords) -> Lessons:
    return Lessons.of(pack, known, Names([pack]))


def lesson(lessons: Lessons, name: str) -> Lesson:
    return next(each for each in lessons.questions if each.id == name)


def test_a_lesson_for_each_question(lessons: Lessons, pack: Pack) -> None:
    assert lessons.pack == "moss"
    assert [(each.id, each.topic) for each in lessons.questions] == [
        (question.id, question.topic) for question in pack.questions.values()
    ]


def test_wordings_are_folded_without_the_disease_and_with_one_name_for_a_drug(
    lessons: Lessons,
) -> None:
    treat = lesson(lessons, "treat")
    assert treat.titles == ("which treat of has been studi", "what can help")
    assert treat.wordings == ("how is treat", "doe sporalin help", "sporalin dos")
    assert frozenset({"sporalin", "dos"}) in treat.exact
    assert frozenset({"what", "can", "help"}) in treat.exact
    assert len(treat.exact) == 5


def test_what_is_told_is_for_all_readers_and_each_text_once(lessons: Lessons) -> None:
    told = lesson(lessons, "treat").told.split()
    assert "trial" in told  # the clinician's statement
    assert "team" in told  # the patient's
    assert {"later", "paper"} <= set(told)  # titles of sections
    code = lesson(lessons, "which_code").told.split()
    assert code.count("acquir") == 1
    assert "classificat" in code
    assert lesson(lessons, "treat").known >= {"trial", "team", "dos", "studi"}


def test_a_document_for_each_question(lessons: Lessons) -> None:
    documents = {document.id: document for document in lessons.documents()}
    assert len(documents) == len(lessons.questions)
    treat = documents["moss/treat"]
    assert (treat.conditions, treat.section) == (("moss",), "drug")
    assert treat.title == "which treat of has been studi what can help"
    assert treat.alias == "how is treat doe sporalin help sporalin dos"
    assert treat.body == lesson(lessons, "treat").told


def test_a_word_weighs_more_the_fewer_questions_ask_with_it(lessons: Lessons) -> None:
    """By hand: of 5 questions, `treat` asks one, `what` three, `zebra` none."""
    assert lessons.weight("treat") == pytest.approx(math.log(1 + 4.5 / 1.5))
    assert lessons.weight("what") == pytest.approx(math.log(1 + 2.5 / 3.5))
    assert lessons.weight("zebra") == pytest.approx(math.log(1 + 5.5 / 0.5))
    assert lessons.weighed("zebra") == lessons.weight("zebra")
    assert lessons.weighed("what") == 0.15


def test_they_are_read_back_as_they_were(lessons: Lessons, known: PackWords) -> None:
    assert Lessons.from_json(lessons.to_json(), known) == lessons


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "{",
        "[]",
        "7",
        '["moss", 7]',
        '["moss", [{}]]',
        '["moss", ["treat"]]',
        json.dumps(["moss", [{"id": "a", "topic": "b", "titles": 7, "wordings": [], "told": ""}]]),
    ],
)
def test_anything_else_is_refused(spoilt: str, known: PackWords) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        Lessons.from_json(spoilt, known)


def test_the_wordings_without_the_disease_each_once(pack: Pack) -> None:
    pairs = list(wordings(pack, Names([pack])))
    assert [text for name, text in pairs if name == "what_is_it"] == [
        "what is ?",
        "explain",
        "what do i have?",
    ]
    assert len(pairs) == len(set(pairs)) == 17
    spread = pack.questions["spread"]
    twice = spread.model_copy(update={"phrasings": ("Does it spread?", "does Moss ear spread?")})
    questions = dict(pack.questions) | {"spread": twice}
    changed = replace(pack, items={**pack.items, "questions": questions})
    texts = [text for name, text in wordings(changed, Names([pack])) if name == "spread"]
    assert texts == ["does it spread?", "does spread?", "does spread or return?"]


def test_shorthand_in_a_wording_is_written_out(pack: Pack) -> None:
    book = pack.phrasebook
    short = Shorthand(short=("tx",), means="treatment")
    condition = book.model_copy(update={"shorthand": (short,)})
    spread = pack.questions["spread"].model_copy(update={"phrasings": ("spread on TX",)})
    questions = dict(pack.questions) | {"spread": spread}
    changed = replace(pack, own_phrasebook=condition, items={**pack.items, "questions": questions})
    assert ("spread", "spread on treatment") in wordings(changed, Names([pack]))
