"""What a reply holds for each reader, and that its id leads back to it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rarepath.ask.compose import has_unread_dose, review_view, source_view, statement_view
from rarepath.ask.guard import guarded
from rarepath.ask.outcome import Outcome, parse_id, spelled_id
from rarepath.ask.reply import Declined, Reply
from rarepath.kernel.errors import InternalError, NotFound
from rarepath.knowledge.base import Certainty, Reader
from rarepath.knowledge.condition import Review, Reviewer
from rarepath.knowledge.evidence import content_hash
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import answer_by_id, answer_for, as_json
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON

Ask = Callable[..., Reply]
CLINICIAN, PATIENT, CODER = Reader


@pytest.fixture(scope="module")
def clinicians(put: Ask) -> Reply:
    return put("How is moss ear treated?")


@pytest.fixture(scope="module")
def patients(put: Ask) -> Reply:
    return put("How is moss ear treated?", reader=PATIENT)


@pytest.fixture(scope="module")
def coders(put: Ask) -> Reply:
    return put("Which code does moss ear have?", reader=CODER)


def test_the_bottom_line_comes_first(clinicians: Reply, patients: Reply) -> None:
    first = clinicians.sections[0]
    assert (first.id, first.title) == ("bottom_line", "Bottom line")
    assert clinicians.bottom_line == tuple(view.id for view in first.statements) == ("M2",)
    assert patients.sections[0].title == "In short"
    assert [section.id for section in patients.sections] == ["bottom_line", "safe"]


def test_a_dose_has_everything_that_makes_it_one(clinicians: Reply) -> None:
    dose, weeks = clinicians.sections[0].statements[0].values
    assert (dose.amount, dose.unit, dose.basis, dose.cap) == (
        "5",
        "mg/kg",
        "weight",
        "100 mg (MOSS20)",
    )
    assert (dose.frequency, dose.route, dose.source) == ("once daily", "oral", "MOSS20")
    assert dose.ages == "from 18 years and below 90 years"
    assert (weeks.amount, weeks.cap, weeks.ages) == ("2 to 5", None, None)


def test_a_dose_not_read_in_its_source_is_left_out_and_said_to_be(clinicians: Reply) -> None:
    shown = [view.id for section in clinicians.sections for view in section.statements]
    assert shown == ["M2", "M4", "M8"]
    assert clinicians.missing == ("A dose that was not read in its own source is not shown.",)


def test_evidence_that_was_not_read_would_change_the_answer(clinicians: Reply) -> None:
    text = "Nothing was read about children."
    assert [line.text for line in clinicians.would_change if not line.refs] == [text]
    assert [line.kind for line in clinicians.would_change] == [
        "missing_evidence", "dissent", "expiry",
    ]  # fmt: skip
    assert clinicians.history is None, "no earlier version is on record"


def test_a_dose_without_a_named_source_needs_any_citation_read(invented: Knowledge) -> None:
    statement = invented.pack("moss").statements["M3"]
    dose = statement.values[0].model_copy(update={"source": None})
    assert has_unread_dose(statement.model_copy(update={"values": (dose,)}))
    assert not has_unread_dose(invented.pack("moss").statements["M2"])


def test_badges(clinicians: Reply, patients: Reply, put: Ask) -> None:
    assert clinicians.sections[0].statements[0].badge == "High certainty, this disease"
    assert clinicians.sections[1].statements[0].badge == "Low certainty, same family"
    first, second = patients.sections[0].statements
    assert first.badge == "Strong evidence, about this disease itself"
    assert second.badge == "Some evidence, from a close relative of this disease"
    alike = put("look alikes of moss ear", reader=PATIENT).sections[0].statements[0]
    assert alike.badge == "Weak evidence, an opinion of the authors"


def test_each_citation_has_its_own_directness(clinicians: Reply, put: Ask) -> None:
    own, knee = clinicians.sections[0].statements[0].citations
    assert (own.directness, knee.directness) == ("this_disease", "extrapolated")
    assert knee.support == "contradicts" and knee.note == "No medicine."
    family = clinicians.sections[1].statements[0].citations[0]
    assert family.directness == "same_family"
    opinion = put("look alikes of moss ear").sections[0].statements[0].citations[0]
    assert (opinion.directness, opinion.locator) == ("opinion", "not recorded")
    assert clinicians.sections[0].statements[0].strength == "strong (invented)"
    assert family.note


def test_every_source_named_is_listed_once(clinicians: Reply, patients: Reply) -> None:
    assert [source.id for source in clinicians.sources] == ["MOSS20", "KNEE99", "NOSE10"]
    nose = clinicians.sources[2]
    assert (nose.doi, nose.about, nose.read) == ("10.0000/nose", "Moss nose", "Its abstract.")
    assert clinicians.sources[0].about == "Moss ear"
    assert (clinicians.sources[1].about, clinicians.sources[1].status) == ("Knee", "superseded")
    for reply in (clinicians, patients):
        listed = {source.id for source in reply.sources}
        statements = [view for section in reply.sections for view in section.statements]
        named = {citation.source for view in statements for citation in view.citations}
        named |= {n for c in reply.conflicts for side in c.positions for n in side.sources}
        assert named == listed


def test_conflicts_are_those_listed_and_those_touched(clinicians: Reply, patients: Reply) -> None:
    assert [conflict.id for conflict in clinicians.conflicts] == ["X2", "X1"]
    assert clinicians.conflicts[1].positions[0].n == 65
    assert [conflict.central for conflict in clinicians.conflicts] == [True, False]
    assert [conflict.id for conflict in patients.conflicts] == ["X2"], "X1 has no patient text"


def test_circulating_claims_are_those_written_for_the_reader(
    clinicians: Reply, patients: Reply
) -> None:
    assert [claim.id for claim in clinicians.circulating] == ["A1", "A2"]
    assert [claim.id for claim in patients.circulating] == ["A1"]
    assert patients.circulating[0].claim == "Rain helps."


def test_related_questions_can_all_be_answered(clinicians: Reply, put: Ask) -> None:
    assert [item.id for item in clinicians.related] == ["spread"]
    assert clinicians.related[0].section == "How it goes on"
    coded = put("Which code does moss ear have?", reader=CODER)
    assert coded.related == coded.follow_ups == ()


def test_the_closest_questions_are_related_too_another_topic_first(put: Ask) -> None:
    spread = put("Does moss ear spread?")
    assert [item.id for item in spread.related] == ["alike", "what_is_it"]
    assert "spread" not in [item.id for item in spread.follow_ups]


def test_a_question_that_goes_on_is_not_offered_again_as_related(
    clinicians: Reply, patients: Reply
) -> None:
    assert [(item.because, item.id) for item in clinicians.follow_ups] == [
        ("next_section", "what_is_it"), ("next_section", "alike"),
    ]  # fmt: skip
    assert [item.question for item in patients.follow_ups] == [
        "What do I have?", "What looks like it?",
    ]  # fmt: skip
    assert patients.related == ()


def test_patients_get_questions_to_take_along(patients: Reply) -> None:
    assert patients.take_along == ("How long will I take it?",)
    assert patients.disclaimer != ""


def test_patients_get_no_dose_and_no_note(patients: Reply) -> None:
    statements = [view for section in patients.sections for view in section.statements]
    values = [value.name for view in statements for value in view.values]
    assert values == ["sporaline_weeks", "moss_again"]
    assert all(c.note is None for view in statements for c in view.citations)


def test_the_question_is_echoed_without_amounts_for_patients(put: Ask) -> None:
    asked = "Is 5 mg/kg or 2 tablets of sporaline right in moss ear?"
    assert put(asked).question == asked
    assert put(asked, reader=PATIENT).question == "Is … or … of sporaline right in moss ear?"


def test_coders_get_no_note_that_speaks_of_treatment(coders: Reply) -> None:
    first, second = coders.sections[0].statements[0].citations
    assert first.note == "R68.89 is what is left."
    assert second.note is None


def test_a_dose_in_a_patients_reply_is_refused(patients: Reply, invented: Knowledge) -> None:
    book = invented.pack("moss").phrasebook
    assert guarded(patients, book) == patients
    with pytest.raises(InternalError, match="a dose for a patient"):
        guarded(replace(patients, missing=("Take 5 mg today.",)), book)
    with pytest.raises(InternalError):
        guarded(replace(patients, declined=Declined("x", "Take two tablets.")), book)
    assert guarded(replace(patients, missing=("It was 5 mg/dL.", "In 5", "mg")), book)


def test_a_text_found_good_for_one_phrasebook_is_looked_at_for_another(
    patients: Reply, coders: Reply, invented: Knowledge
) -> None:
    book = invented.pack("moss").phrasebook
    told = replace(patients, missing=("Wear 5 hats.",))
    assert guarded(told, book) and guarded(told, book)
    with pytest.raises(InternalError):
        guarded(told, book.model_copy(update={"dose_units": ("hats",)}))
    # What was refused once is refused again, and a text good for a patient is not so for a coder.
    dosed = replace(patients, missing=("Take 6 mg today.",))
    for _ in range(2):
        with pytest.raises(InternalError):
            guarded(dosed, book)
    section = replace(coders.sections[0], title="Treatment")
    assert guarded(replace(patients, sections=(section,)), book)
    with pytest.raises(InternalError):
        guarded(replace(coders, sections=(section,)), book)


def test_treatment_in_a_coders_reply_is_refused(coders: Reply, invented: Knowledge) -> None:
    book = invented.pack("moss").phrasebook
    section = replace(coders.sections[0], title="Treatment")
    with pytest.raises(InternalError, match="treatment for a coder"):
        guarded(replace(coders, sections=(section,)), book)


# --- review --------------------------------------------------------------------------------


def reviewed(pack: Pack, **states: str) -> Pack:
    reviews = {
        name: Review(
            statement=name,
            state=state,  # type: ignore[arg-type]
            content_hash=content_hash(pack.statements[name]),
            reviewer=Reviewer(name="Dr Invented", role="physician"),
            signed_on=date(2027, 1, 5),
            reason="It was wrong.",
        )
        for name, state in states.items()
    }
    return replace(pack, items={**pack.items, "reviews": reviews})


def test_the_weakest_state_holds_for_the_whole(invented: Knowledge) -> None:
    pack = reviewed(invented.pack("moss"), M1="approved", M2="under_review")
    states = [review_view(pack, names, CLINICIAN).state for names in (["M1"], ["M1", "M2"])]
    assert states == ["approved", "under_review"]
    assert review_view(pack, ["M1", "M2", "M4"], PATIENT).state == "submitted"
    assert review_view(pack, ["M1"], CLINICIAN).updated == date(2027, 1, 5)
    assert review_view(invented.pack("moss"), ["M1"], CLINICIAN).updated == ON


def test_a_signature_under_other_words_counts_for_nothing(invented: Knowledge) -> None:
    pack = invented.pack("moss")
    signed = reviewed(pack, M1="approved")
    review = signed.reviews["M1"].model_copy(update={"content_hash": "0" * 64})
    forged = replace(signed, items={**signed.items, "reviews": {"M1": review}})
    assert review_view(forged, ["M1"], CLINICIAN).state == "submitted"


def test_notes_are_one_calm_sentence_for_the_reader(invented: Knowledge) -> None:
    pack = invented.pack("moss")
    assert "doctor" in review_view(pack, ["M1"], PATIENT).note
    assert "clinician" in review_view(pack, ["M1"], CODER).note


def test_the_note_says_how_the_sources_were_read(invented: Knowledge) -> None:
    pack = invented.pack("moss")
    cited = {c.source for c in pack.statements["M1"].citations}

    def note(level: str) -> str:
        read = {
            name: source.model_copy(
                update={"read": source.read.model_copy(update={"level": level}), "kind": "cohort"}
            )
            for name, source in pack.sources.items()
            if name in cited
        }
        changed = replace(pack, items={**pack.items, "sources": {**pack.items["sources"], **read}})
        return review_view(changed, ["M1"], CLINICIAN).note

    assert "most of them read as abstracts" in note("abstract")
    assert "abstracts" not in note("full_text")


def test_what_has_expired_is_said(invented: Knowledge) -> None:
    pack = invented.pack("moss")

    def note(on: date | None) -> str:
        return review_view(pack, ["M1"], CLINICIAN, on).note

    calm = note(None)
    assert note(ON) == calm
    assert note(date(2028, 1, 1)) == calm, "the day itself is not past"
    sources = f"{calm} The date to look again at some of its sources has passed."
    assert note(date(2028, 1, 2)) == sources
    assert "some of its statements and some of its sources" in note(date(2029, 1, 2))


def test_a_withdrawn_statement_is_not_shown(
    invented: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rarepath.ask.answered import question_answer

    pack = reviewed(invented.pack("moss"), M4="withdrawn", M1="withdrawn")
    answer = question_answer(pack, pack.questions["treat"], CLINICIAN)
    assert answer and answer.shown == ("M2", "M8")
    assert "A statement was withdrawn on 2027-01-05: It was wrong." in answer.left_out
    assert question_answer(pack, pack.questions["what_is_it"], CLINICIAN) is None


# --- ids -----------------------------------------------------------------------------------


def test_an_id_does_not_depend_on_the_wording(put: Ask, clinicians: Reply) -> None:
    assert put("Does sporaline help moss ear?").id == clinicians.id
    assert len(clinicians.id) == 16 and int(clinicians.id, 16)
    assert put("How is moss ear treated?", reader=PATIENT).id != clinicians.id


QUESTIONS = [
    "How is moss ear treated?",
    "Moss ear and hearing",
    "What dose of sporaline for a 20 kg child with moss ear?",
    "I fainted today",
    "I fainted today, moss ear",
    "What is MES?",
    "Will the moss come back",
    "How is lichen elbow treated?",
    "What is a mossel sign?",
    "How is lichen ear treated?",
    "Does acupuncture help moss ear?",
    "Where can I buy sporaline on the internet?",
    "Was ist das und wie wird moss ear behandelt?",
    "What is the moon?",
    "Which code describes moss ear?",
]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("reader", Reader)
def test_every_reply_is_found_again_by_its_id(
    put: Ask, invented: Knowledge, question: str, reader: Reader
) -> None:
    reply = put(question, reader=reader)
    again = answer_by_id(invented, reply.id, on=ON)
    assert replace(again, question="") == replace(reply, question="")
    assert json.dumps(as_json(reply, invented, ON))


def test_a_danger_box_is_found_again_too(put: Ask, invented: Knowledge) -> None:
    reply = put("Is there hearing in deaf people with moss ear?")
    assert reply.danger and reply.danger.id
    plain = answer_by_id(invented, reply.id, on=ON)
    boxed = answer_by_id(invented, reply.id, on=ON, sign=reply.danger.id)
    assert plain.danger is None
    assert boxed.danger == reply.danger
    emergency = put("I fainted today")
    assert answer_by_id(invented, emergency.id, on=ON, sign="RF-itch").danger == emergency.danger


@pytest.mark.parametrize(
    "unknown",
    [
        "",
        "0123456789abcdef",
        "none~clinician~declined",
        "none~robot~declined~out_of_scope",
        "none~clinician~answered~question~treat",
        "none~clinician~emergency~RF-none",
        "nowhere~clinician~emergency~RF-faint",
        "nowhere~clinician~declined~language",
        "moss~clinician~declined~nonsense",
        "moss~clinician~declined~no_evidence~nonsense",
        "none~clinician~declined~no_text_for_reader~treat",
        "moss~clinician~declined~another_disease~nonsense",
        "none~clinician~needs_facts~which_disease~nonsense",
        "none~clinician~needs_facts~which_disease~moss-ear-nonsense",
        "moss~clinician~needs_facts~which_disease~nonsense",
        "moss~clinician~needs_facts~personal_dose~nonsense",
        "moss~clinician~needs_facts~personal_dose~which_code",
        "a/../b~clinician~declined~language",
        "x" * 5000,
    ],
)
def test_an_id_nobody_gave_is_not_found(invented: Knowledge, unknown: str) -> None:
    with pytest.raises(NotFound):
        answer_by_id(invented, unknown, on=ON)


def test_an_unknown_sign_is_not_found(invented: Knowledge, clinicians: Reply) -> None:
    with pytest.raises(NotFound):
        answer_by_id(invented, clinicians.id, on=ON, sign="RF-none")


def test_spelled_ids() -> None:
    outcome = Outcome("declined", PATIENT, "moss", "no_evidence", "treat")
    assert spelled_id(outcome) == "moss~patient~declined~no_evidence~treat"
    assert parse_id(spelled_id(outcome)) == outcome
    bare = Outcome("emergency", CODER, None, "RF-faint")
    assert parse_id(spelled_id(bare)) == bare


# --- links and JSON ------------------------------------------------------------------------


def test_a_canonical_question_is_answered_by_its_id(invented: Knowledge, clinicians: Reply) -> None:
    reply = answer_for(invented, "moss", "treat", CLINICIAN, on=ON)
    assert reply.id == clinicians.id
    assert reply.question == reply.understood_as
    declined = answer_for(invented, "moss", "spread", PATIENT, on=ON)
    assert declined.declined and declined.declined.reason == "no_text_for_reader"
    with pytest.raises(NotFound):
        answer_for(invented, "moss", "nonsense", PATIENT, on=ON)


FIELDS = (
    "schema on pack status id question understood_as reader about condition review danger "
    "bottom_line sections options conflicts circulating missing would_change history declined "
    "related follow_ups take_along parts sources disclaimer"
)


def test_the_json_contract(invented: Knowledge, clinicians: Reply, put: Ask) -> None:
    found = as_json(clinicians, invented, ON)
    assert " ".join(found) == FIELDS
    assert found["schema"] == "rarepath/ask/1" and found["on"] == "2026-11-22"
    assert found["pack"] == {"id": "moss", "version": "1.2.0"}
    none = as_json(put("What is the moon?"), invented, ON)
    assert none["pack"] is None and none["sections"] == [] and none["danger"] is None


@pytest.mark.parametrize("question", QUESTIONS)
def test_only_the_echo_holds_words_of_the_question(put: Ask, question: str) -> None:
    reply = put(f"{question} My name is Zanzibar.")
    assert "Zanzibar" in reply.question
    assert "zanzibar" not in repr(replace(reply, question="")).lower()


def test_a_view_is_made_once_for_each_reader_and_item(invented: Knowledge) -> None:
    pack = invented.pack("moss")
    statement = pack.statements["M2"]
    view = statement_view(pack, statement, CLINICIAN)
    assert view is not None and view is statement_view(pack, statement, CLINICIAN)
    assert statement_view(pack, statement, PATIENT) != view
    other = statement.model_copy(update={"certainty": Certainty.VERY_LOW})
    seen = statement_view(pack, other, CLINICIAN)
    assert seen is not None and (seen.id, seen.certainty) == ("M2", "very_low")
    assert statement_view(pack, statement, CLINICIAN) == view
    source = next(iter(pack.sources.values()))
    assert source_view(pack, source) is source_view(pack, source)
