"""Shorthand is read as what it stands for."""

import pytest

from rarepath.ask.shorthand import Expander
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.knowledge.vocabulary import Phrasebook, Shorthand
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import Ask

ENTRIES = (
    Shorthand(short=("w/", "with/"), means="with"),
    Shorthand(short=("w/o",), means="without"),
    Shorthand(short=("ddx", "DD"), means="differential diagnosis"),
    Shorthand(short=("tx",), means="treatment"),
    Shorthand(short=("mini",), means="miniature"),
    Shorthand(short=("fh",), means="family history"),
    Shorthand(short=("fh neg",), means="nobody else has it"),
)


@pytest.fixture(scope="module")
def moss() -> Pack:
    from tests.ask.conftest import INVENTED

    return Knowledge([INVENTED]).pack("moss")


@pytest.fixture(scope="module")
def expander(moss: Pack) -> Expander:
    return Expander(book_of(moss, *ENTRIES))


def book_of(moss: Pack, *entries: Shorthand) -> Phrasebook:
    return moss.phrasebook.model_copy(update={"shorthand": entries})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ddx?", "differential diagnosis?"),
        ("DDx of it", "differential diagnosis of it"),
        ("dd", "differential diagnosis"),
        ("moss w/o itch", "moss without itch"),
        ("moss w/ itch", "moss with itch"),
        ("(tx)", "(treatment)"),
        ("tx, then tx", "treatment, then treatment"),
        ("tx.", "treatment."),
        ("fh neg, fh", "nobody else has it, family history"),
        ("a\ntx", "a\ntreatment"),
    ],
)
def test_it_is_written_out_where_it_stands_alone(expander: Expander, text: str, read: str) -> None:
    assert expander.expand(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "addx",
        "ddxs",
        "tx-ray",
        "pre-tx",
        "a/tx",
        "tx/a",
        "x.tx",
        "tx1",
        "_tx",
        "étx",
        "How is it?",
        "",
    ],
)
def test_inside_another_word_it_is_left(expander: Expander, text: str) -> None:
    assert expander.expand(text) == text


def test_a_letter_that_only_looks_like_one_of_it_breaks_nothing(expander: Expander) -> None:
    assert expander.expand("MINI") == "miniature"
    assert expander.expand("m\u0131n\u0131") == "m\u0131n\u0131"
    assert expander.expand("M\u0130NI") == "M\u0130NI"


def test_without_any_shorthand_a_text_stays(moss: Pack) -> None:
    assert moss.phrasebook.shorthand == ()
    assert Expander(moss.phrasebook).expand("ddx w/o tx") == "ddx w/o tx"
    assert Expander(None).expand("ddx w/o tx") == "ddx w/o tx"


def test_it_is_read_in_a_question_and_shown_as_it_was_typed(put_real: Ask) -> None:
    short = put_real("ddx?", reader=Reader.CLINICIAN)
    assert short.status == "answered"
    assert short.question == "ddx?"
    assert short.id == put_real("differential diagnosis?", reader=Reader.CLINICIAN).id
