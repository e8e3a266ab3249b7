"""The shipped packs on every page: nothing breaks, and no patient meets a dose."""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from rarepath.kernel.envelope import dump_json
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.numbers import doses_in
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services import pages
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.show import views
from rarepath.show.terminal import render
from rarepath.web.app import create_app
from tests.web.conftest import client_of

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge([SHIPPED])


@pytest.fixture(scope="module")
def pack(knowledge: Knowledge) -> Pack:
    return knowledge.pack("parry_romberg")


@pytest.fixture(scope="module")
def shipped(knowledge: Knowledge) -> TestClient:
    return client_of(create_app(knowledge, Config()))


def everything(pack: Pack, reader: Reader) -> Iterator[object]:
    """Every view of the pack for `reader`, the answers left out."""
    yield pages.first_page([pack], reader)
    yield pages.about_page([pack], reader)
    yield pages.condition_page(pack, reader, ON)
    yield pages.algorithm_page(pack, reader, ON)
    yield pages.sources_page(pack, reader)
    yield pages.conflicts_page(pack, reader)
    yield pages.circulating_page(pack, reader)
    yield pages.glossary_page(pack, reader)
    yield pages.differential_page(pack, reader)
    for name in pack.sources:
        yield pages.source_page(pack, reader, name)
    for statement in pack.statements.values():
        if statement.text.for_reader(reader) is not None:
            yield pages.statement_page(pack, reader, statement.id, ON)


def test_every_view_of_a_patient_is_free_of_doses(pack: Pack) -> None:
    shown = list(everything(pack, Reader.PATIENT))
    assert len(shown) > 300
    found = {
        f"{type(view).__name__}: {text[dose.start - 60 : dose.end + 20]}"
        for view in shown
        for text in [dump_json(pages.envelope(view, pack, ON))]
        for dose in doses_in(text, pack.phrasebook)
    }
    assert found == set()


def test_the_same_look_finds_the_doses_of_a_clinician(pack: Pack) -> None:
    text = dump_json(pages.envelope(pages.conflicts_page(pack, Reader.CLINICIAN), pack, ON))
    assert doses_in(text, pack.phrasebook)


@pytest.mark.parametrize("reader", list(Reader))
def test_every_question_opens_for_every_reader_it_is_written_for(
    shipped: TestClient, pack: Pack, reader: Reader
) -> None:
    asked = [question.id for question in pack.questions.values() if question.for_reader(reader)]
    assert asked
    for name in asked:
        response = shipped.get(
            f"/questions/parry_romberg/{name}?reader={reader}", follow_redirects=True
        )
        assert response.status_code == 200
        assert f'name="reader" value="{reader}"' in response.text
        if reader is Reader.PATIENT:
            assert not doses_in(response.text, pack.phrasebook), name


def test_six_real_questions_begin_for_each_reader(pack: Pack) -> None:
    for reader in Reader:
        first: views.FirstPage = pages.first_page([pack], reader)
        assert len(first.questions) == pages.EXAMPLES
        assert len({link.id for link in first.questions}) == pages.EXAMPLES


def test_every_answer_fits_a_terminal(knowledge: Knowledge, pack: Pack) -> None:
    from rarepath.services.ask import answer_for

    for question in pack.questions.values():
        for reader, _ in question.each():
            reply = answer_for(knowledge, pack.id, question.id, reader, on=ON)
            lines = render(reply, 80, colour=False).splitlines()
            assert max(map(len, lines)) <= 80, question.id
