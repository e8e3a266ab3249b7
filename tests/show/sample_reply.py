"""Replies made by hand, one of each status; their medicine is the shipped pack's, shortened."""

from dataclasses import replace
from datetime import date

from rarepath.ask.reply import (
    ChangeView,
    CirculatingView,
    CitationView,
    ConditionView,
    ConflictView,
    DangerView,
    Declined,
    FollowUp,
    HistoryView,
    OptionView,
    PositionView,
    Related,
    Reply,
    ReviewView,
    SectionView,
    SourceView,
    StatementView,
    ValueView,
)


def cite(source: str, locator: str = "not recorded", support: str = "supports") -> CitationView:
    return CitationView(
        source=source,
        locator=locator,
        support=support,
        directness="same_family",
        verification="table",
        note="What the source says, in our own words.",
    )


REFER = StatementView(
    id="K40",
    text=(
        "Referral is prompt. Once activity is established, SHARE 2019 recommends methotrexate "
        "and a corticosteroid together."
    ),
    values=(),
    citations=(cite("SHARE19", "Table 2"), cite("ZUL12", support="qualifies")),
    certainty="low",
    strength="A (SHARE)",
    directness="same_family",
    badge="low certainty, same family",
    review="submitted",
)
DOSE = StatementView(
    id="K22",
    text="SHARE 2019 recommends methotrexate 15 mg/m² once weekly, by mouth or under the skin.",
    values=(
        ValueView(
            name="methotrexate_dose",
            op="=",
            amount="15",
            unit="mg/m2/week",
            basis="body surface",
            cap="25 mg/week",
        ),
    ),
    citations=(cite("SHARE19", "Table 2"), cite("TOR12", support="contradicts")),
    certainty="moderate",
    strength=None,
    directness="same_family",
    badge="moderate certainty, same family",
    review="submitted",
)

ANSWERED = Reply(
    status="answered",
    id="0123456789abcdef",
    question="how do I treat active PRS",
    understood_as="How should active Parry-Romberg syndrome be managed?",
    reader="clinician",
    about=None,
    condition=ConditionView("parry_romberg", "Parry-Romberg syndrome"),
    review=ReviewView("submitted", "Not yet signed by a clinician.", date(2026, 11, 22)),
    danger=None,
    bottom_line=("K40",),
    sections=(
        SectionView("bottom_line", "Bottom line", (REFER,)),
        SectionView("first", "First line", (DOSE,)),
    ),
    options=(),
    conflicts=(
        ConflictView(
            id="X01",
            title="Does an early flap stop the disease?",
            positions=(
                PositionView("Operated early, no recurrence reported.", ("ASPS14",), 25),
                PositionView("Disease returned after surgery.", ("UTSW",), None),
            ),
            used="Neither side.",
            why="Two later papers state that the best timing is unknown.",
        ),
    ),
    circulating=(
        CirculatingView(
            id="A01",
            claim="Start prednisolone within 72 hours",
            verdict="wrong_basis",
            rests_on="72 hours is the window of trials in Bell’s palsy.",
        ),
    ),
    missing=("Adult doses: only abstracts of the German guideline were read.",),
    would_change=(),
    history=None,
    declined=None,
    related=(
        Related("activity", "How is active disease told from quiet disease?", "activity", "prs"),
    ),
    follow_ups=(FollowUp("prs_child", "And in children?", "next_section", "prs"),),
    take_along=("Which measurements exist so far?",),
    parts=(),
    sources=(
        SourceView(
            id="SHARE19",
            label="SHARE 2019",
            citation="Zulian F, et al. Ann Rheum Dis 2019;78:1019-24",
            doi="10.1136/annrheumdis-2018-214697",
            pmid=None,
            about="juvenile localised scleroderma",
            status="current",
            read="Tables 1 and 2 whole and the abstract",
        ),
        SourceView(
            id="ZUL12",
            label="Zulian 2012",
            citation="Zulian F, et al. J Am Acad Dermatol 2012",
            doi=None,
            pmid="22657157",
            about="juvenile localised scleroderma",
            status="superseded",
            read="abstract",
        ),
    ),
    disclaimer="Decision support that a health professional can check. Options, never orders.",
)

DANGER = DangerView(
    tier="same_day",
    text="Call the team that looks after you today.",
    signs=("fever of 38 °C or more on medicine that calms the immune system",),
)
WITH_DANGER = replace(ANSWERED, danger=DANGER)

EMERGENCY = Reply(
    status="emergency",
    id="fedcba9876543210",
    question="my daughter has her first seizure right now",
    understood_as=None,
    reader="patient",
    about="me",
    condition=ConditionView("parry_romberg", "Parry-Romberg syndrome"),
    review=None,
    danger=DangerView("now", "Call 112 now.", ("a first seizure, or a long one",)),
    bottom_line=(),
    sections=(),
    options=(),
    conflicts=(),
    circulating=(),
    missing=(),
    would_change=(),
    history=None,
    declined=None,
    related=(),
    follow_ups=(),
    take_along=(),
    parts=(),
    sources=(),
    disclaimer="This page never tells you how much medicine to take.",
)

DECLINED = replace(
    EMERGENCY,
    status="declined",
    question="is this lupus",
    danger=None,
    declined=Declined("other_condition", "This pack holds no answer about lupus."),
    related=(Related("lookalikes", "What else can look like this?", "differential", "prs"),),
)

NEEDS_FACTS = replace(
    EMERGENCY,
    status="needs_facts",
    question="what is PRS",
    condition=None,
    danger=None,
    missing=("Which disease: PRS stands for more than one.",),
)

# Everything an answer can hold.
ASIDE = replace(
    ANSWERED.conflicts[0], id="X02", title="How often is the brain scanned?", central=False
)
FULL = replace(
    ANSWERED,
    conflicts=(*ANSWERED.conflicts, ASIDE),
    would_change=(
        ChangeView("missing_evidence", "A trial in this disease.", ("K40",)),
        ChangeView("dissent", "A larger study of early flaps.", ("X01",)),
        ChangeView("missing_evidence", "Adult doses.", ()),
    ),
    history=HistoryView("0.1.0", date(2026, 2, 1), ("K22",), ("K40", "K41")),
)
COMPARED = replace(
    ANSWERED,
    understood_as="Methotrexate or mycophenolate?",
    sections=ANSWERED.sections[:1],
    options=(
        OptionView("mtx", "methotrexate", (REFER,), (DOSE,)),
        OptionView("mmf", "mycophenolate", (DOSE,), ()),
    ),
)
CODED = replace(
    ANSWERED,
    reader="coder",
    sections=(
        ANSWERED.sections[0],
        ANSWERED.sections[1],
        SectionView("document", "What the chart must say", (REFER,)),
    ),
)
ELSEWHERE = replace(
    DECLINED,
    condition=None,
    declined=Declined("another_disease", "This question is about Rasmussen syndrome.", "1929"),
)
SEVERAL = replace(
    EMERGENCY,
    status="answered",
    danger=None,
    parts=(replace(DECLINED, id="second"), replace(WITH_DANGER, id="first")),
)

ALL = (
    ANSWERED,
    WITH_DANGER,
    EMERGENCY,
    DECLINED,
    NEEDS_FACTS,
    FULL,
    COMPARED,
    CODED,
    ELSEWHERE,
    SEVERAL,
)
