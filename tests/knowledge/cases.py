"""For each rule: packs with one defect, and near misses that must stay silent.

`Fires(rule, at, edits)`: after the edits the rule reports the line where the words `at` stand,
and reports nothing else. `Silent(rule, edits)`: after the edits the rule reports nothing.
"""

from datetime import date
from typing import NamedTuple

from tests.knowledge.tiny import ON, Edit


class Fires(NamedTuple):
    rule: str
    at: str
    edits: tuple[Edit, ...]
    says: str
    severity: str = "error"
    on: date = ON
    times: int = 1


class Silent(NamedTuple):
    rule: str
    edits: tuple[Edit, ...]
    on: date = ON


def fires(rule: str, at: str, *edits: Edit, says: str, times: int = 1) -> Fires:
    return Fires(rule, at, edits, says, times=times)


def warns(rule: str, at: str, *edits: Edit, says: str, on: date = ON) -> Fires:
    return Fires(rule, at, edits, says, "warning", on)


def silent(rule: str, *edits: Edit, on: date = ON) -> Silent:
    return Silent(rule, edits, on)


G01 = "Glimmer toe is an acquired luminescence of one toe; its cause is unknown."
G01_PATIENT = "In glimmer toe, one toe starts to shine. Nobody knows why."
G02_PATIENT = "In one study the light usually went out by itself after 2 to 5 years."
G02_PARENT = "In one study your child's light usually went out by itself after 2 to 5 years."
G02_CLINICIAN = "In one trial the light usually went out by itself after 2 to 5 years."
G02_NOTE = "Untreated, the light usually went out after 2 to 5 years; seen again 8 years on."
G03_CLINICIAN = "In glimmer foot, 15.4 % of 65 children shone again by 24 months."
G03_PATIENT = (
    "In 65 children with a close relative of this illness, 10 of 65 shone again by 2 years."
)
G04_CLINICIAN = "The trial gave adults lumenol 15 mg/m2 once weekly, at most 25 mg."
G04_PATIENT = "Lumenol is taken once a week, never daily. Your team works out how much."
G05_PATIENT = "An old guide said to wear dark socks and to take no medicine."
G07_PATIENT = "If your toe burns, call for help at once. This is the view of the authors."
G07_PARENT = "If your child's toe burns, call for help at once. This is the view of the authors."
G08 = "No classification has a code for glimmer toe (invented); R68.89 is the nearest."
DURATION = "{name: glimmer_duration, kind: duration, amount: 2, upper: 5, unit: years}"
FOLLOW_UP = "{name: glimmer_follow_up, kind: duration, amount: 8, unit: years}"
OBSERVED = "{name: relapse_observed_for, kind: duration, amount: 24, unit: months}"
CAP = "cap: {amount: 25, unit: mg, source: GLIM20}"
SIGN = "      patient: A toe that burns or smokes, with or without fever."
PLAUSIBLE = "{age_from: 0, age_below: 120, low: 1, high: 900, source: GLIM20}"
REVIEWER = "reviewer: {name: Dr Invented, role: physician in a test}"
OLD_STATUS = "    status: superseded\n    superseded_by: GLIM20"
HASH = "39eeda5e1b67413043a6d08cfd5f27d0d04516d59c1bc71bb674e95d20cd8394"
HASH_OF_G06 = "544b515ae148f64edd52e286c0894d1a2fbbfe29f163dfdd9737aca4195b9582"
# A new statement, put before the questions.
BEFORE_QUESTIONS = "    population: Coders\n"


def statement(*lines: str, used: bool = True) -> tuple[Edit, ...]:
    """A further statement G09 made of `lines`, used in the overview so that it is reached."""
    text = "\n".join(f"    {line}" for line in lines)
    edits: tuple[Edit, ...] = (
        (BEFORE_QUESTIONS, f"{BEFORE_QUESTIONS}\n  - id: G09\n    topic: cause\n{text}\n"),
    )
    return (*edits, ("overview: [G01, G02]", "overview: [G01, G02, G09]")) if used else edits


def a_number(
    name: str, amount: str, unit: str, ages: str = "any", op: str = "=", more: str = ""
) -> tuple[Edit, ...]:
    return statement(
        "text:",
        f"  clinician: It took {amount} {unit}.",
        "citations:",
        f"  - {{source: GLIM20, verification: full_text, locator: page 5, note: '{amount}'}}",
        "directness: this_disease",
        "certainty: low",
        "population: Everyone",
        f"ages: {ages}",
        "values:",
        f"  - {{name: {name}, kind: duration, op: '{op}', amount: {amount},"
        f" unit: {unit}{more}}} # this value",
    )


def a_conflict(*statements: str) -> Edit:
    return (
        "circulating:\n  - id: A-moon",
        "\n".join(
            [
                "  - id: X-more",
                "    title: {clinician: Two readings}",
                f"    statements: [{', '.join(statements)}]",
                "    positions:",
                "      - {text: {clinician: The one.}, sources: [GLIM20]}",
                "      - {text: {clinician: The other.}, sources: [FOOT10]}",
                "    used: {clinician: Neither.}",
                "    why: {clinician: Both are invented.}",
                "",
                "circulating:\n  - id: A-moon",
            ]
        ),
    )


FIRES = [
    # resolves
    fires(
        "resolves",
        "source: FOOT11",
        ("- source: FOOT10", "- source: FOOT11"),
        says="FOOT11 is not among the sources",
    ),
    fires(
        "resolves",
        "statements: [G77]",
        (
            "title: If it comes back, statements: [G03]",
            "title: If it comes back, statements: [G77]",
        ),
        says="G77 is not among the statements",
    ),
    fires(
        "resolves",
        "conflicts: [X-none]",
        ("conflicts: [X-socks]", "conflicts: [X-none]"),
        says="X-none is not among the conflicts",
    ),
    fires(
        "resolves",
        "circulating: [A-sun]",
        ("circulating: [A-moon]", "circulating: [A-sun]"),
        says="A-sun is not among the circulating",
    ),
    fires(
        "resolves",
        "facts_needed: [toe_size]",
        ("facts_needed: [toe_brightness]", "facts_needed: [toe_size]"),
        says="toe_size is not among the fact kinds",
    ),
    fires(
        "resolves",
        "drug: lumen # x",
        ("drug: lumenol", "drug: lumen # x"),
        says="lumen is not among the drugs",
    ),
    fires(
        "resolves",
        "topic: moonlight",
        ("topic: natural_history", "topic: moonlight"),
        says="moonlight is not among the topics",
    ),
    fires(
        "resolves",
        "coder: [which_one]",
        ("coder: [which_code]", "coder: [which_one]"),
        says="which_one is not among the questions",
    ),
    fires(
        "resolves",
        "superseded_by: GLIM21",
        ("superseded_by: GLIM20", "superseded_by: GLIM21"),
        says="GLIM21 is not among the sources",
    ),
    fires(
        "resolves",
        "value: glimmer_years",
        ("value: glimmer_duration", "value: glimmer_years"),
        says="G02 has no value called glimmer_years",
    ),
    fires(
        "resolves",
        "- id: methotrexate",
        ("  - id: lumenol\n", "  - id: methotrexate\n"),
        ("drug: lumenol", "drug: methotrexate"),
        ('drug: "lumenol"', 'drug: "methotrexate"'),
        says="methotrexate stands in the pack shared too",
    ),
    fires(
        "resolves",
        "- toe & @no_such_group",
        ("reported_as: [toe & burning|smoking]", "reported_as:\n      - toe & @no_such_group"),
        says="@no_such_group is neither a drug nor a word group",
    ),
    # directness
    fires(
        "directness",
        "directness: this_disease # too close",
        ("directness: same_family\n", "directness: this_disease # too close\n"),
        says="directness is this_disease, its closest source allows same_family",
    ),
    fires(
        "directness",
        "directness: same_family\n".strip(),
        ("about: glimmer_foot\n", "about: bells_palsy\n"),
        (
            "{about: glimmer_foot, name: glimmer foot, directness: same_family}",
            "{about: x, name: y, directness: extrapolated}",
        ),
        says="its closest source allows extrapolated",
    ),
    fires(
        "directness",
        "directness: extrapolated # by nobody",
        (
            "directness: opinion\n    certainty: very_low\n    population: Coders",
            "directness: extrapolated # by nobody\n    certainty: very_low\n    population: Coders",
        ),
        says="its closest source allows opinion",
    ),
    fires(
        "directness",
        "citations: [] # none",
        *statement(
            "text: {clinician: It shines.}",
            "citations: [] # none",
            "directness: opinion",
            "certainty: low",
            "population: Everyone",
        ),
        says="no source supports it",
    ),
    # transcription
    fires(
        "transcription",
        "clinician: In one trial the light",
        (G02_CLINICIAN, G02_CLINICIAN.replace("5", "6")),
        says="6 stands in no note",
    ),
    fires(
        "transcription",
        "patient: In one study the light",
        (G02_PATIENT, G02_PATIENT.replace("5 years", "seven years")),
        says="seven stands in no note",
    ),
    fires(
        "transcription",
        "clinician: Once a day after",
        ("clinician: After a firefly bite", "clinician: Once a day after a firefly bite"),
        says="Once stands in no note",
    ),
    fires(
        "transcription",
        "amount: 2.5",
        (DURATION, DURATION.replace("2,", "2.5,")),
        says="2.5 stands in no note",
    ),
    fires(
        "transcription",
        "cap: {amount: 20",
        (CAP, CAP.replace("25", "20")),
        says="20 stands in no note",
    ),
    fires(
        "transcription",
        "age_from: 21",
        ("age_from: 18", "age_from: 21"),
        says="21 stands in no note",
    ),
    fires(
        "transcription",
        "coder: No classification",
        (G08, G08.replace("R68.89", "R68.98")),
        says="R68.98 stands in no note",
    ),
    fires(
        "transcription",
        "clinician: A trial with 40 adults",
        (
            "A trial with 40 adults gave lumenol.",
            "A trial with 40 adults and 7 controls gave lumenol.",
        ),
        says="7 stands neither in its statements nor in its sources",
    ),
    fires(
        "transcription",
        "clinician: A toe that burns",
        (
            "clinician: A toe that burns or smokes,",
            "clinician: A toe that burns or smokes for 9 minutes,",
        ),
        says="9 stands in none of its statements",
    ),
    # restatement
    fires(
        "restatement",
        "patient: 11 of 65",
        (G03_PATIENT, G03_PATIENT.replace("10 of", "11 of")),
        ("patient: 10 of 65}", "patient: 11 of 65}"),
        says="are not the same figure",
    ),
    fires(
        "restatement",
        "patient: 3 years",
        (G03_PATIENT, G03_PATIENT.replace("2 years", "3 years")),
        ("patient: 2 years}", "patient: 3 years}"),
        says="“24 months” and “3 years” are not the same figure",
    ),
    fires(
        "restatement",
        "patient: two years",
        ("patient: 2 years}", "patient: two years}"),
        says="“two years” does not stand in the patient text",
    ),
    fires(
        "restatement",
        "clinician: children, patient: children",
        ("{clinician: 24 months, patient: 2 years}", "{clinician: children, patient: children}"),
        says="“children” and “children” are not the same figure",
    ),
    fires(
        "restatement",
        "amount: 15.4",
        ("count: 10", "count: 11"),
        says="15.4 % is not 11 of 65",
    ),
    *(
        fires(
            "restatement",
            f"amount: {amount}",
            ("amount: 15.4\n", f"op: '{op}'\n        amount: {amount}\n"),
            says=f"{amount} % is not 10 of 65",
        )
        for op, amount in (
            ("about", "17"),
            ("<", "15.3"),
            ("<=", "15.3"),
            (">", "15.5"),
            (">=", "15.5"),
        )
    ),
    fires("restatement", "amount: 15.4", ("total: 65", "total: 0"), says="is not 10 of 0"),
    fires(
        "restatement",
        "note: 10/65 (16.4 %)",
        ("note: 10/65 (15.4 %)", "note: 10/65 (16.4 %) 15.4"),
        says="16.4 % is not 10 of 65",
    ),
    fires(
        "restatement",
        "why: {clinician: 50 % (3 of 4)",
        (
            "      clinician: It is newer and counted its patients.\n",
            "      clinician: It is newer and counted its patients.\n",
        ),
        a_conflict("G01"),
        (
            "    why: {clinician: Both are invented.}",
            "    why: {clinician: 50 % (3 of 4) said so.}",
        ),
        says="50 % is not 3 of 4",
    ),
    # dose_complete
    *(
        fires("dose_complete", "name: lumenol_weekly", (f"        {line}\n", ""), says=says)
        for line, says in (
            ("drug: lumenol", "has no drug"),
            ("basis: body_surface", "has no basis"),
            ("frequency: once weekly", "has no frequency"),
            ("route: oral", "has no route"),
            ("source: GLIM20", "has no source"),
            ("age_from: 18", "has no ages"),
        )
    ),
    fires(
        "dose_complete",
        "name: lumenol_weekly",
        (f"        {CAP}\n", ""),
        (G04_CLINICIAN, G04_CLINICIAN.replace(", at most 25 mg", "")),
        says="lumenol_weekly needs either a cap or no_cap",
    ),
    fires(
        "dose_complete",
        "name: lumenol_weekly",
        (f"        {CAP}\n", f"        {CAP}\n        no_cap: None is needed.\n"),
        says="needs either a cap or no_cap",
    ),
    fires(
        "dose_complete",
        "unit: mg/kg",
        ("unit: mg/m2", "unit: mg/kg"),
        (G04_CLINICIAN, G04_CLINICIAN.replace("mg/m2", "mg/kg")),
        says="the unit mg/kg does not fit the basis body_surface",
    ),
    fires(
        "dose_complete",
        "basis: flat",
        ("basis: body_surface", "basis: flat"),
        ("unit: mg/m2", "unit: mg"),
        (G04_CLINICIAN, G04_CLINICIAN.replace("mg/m2", "mg")),
        ("age_from: 18", "age_from: 12"),
        says="open to people under 18",
    ),
    fires(
        "dose_complete",
        "basis: flat",
        ("basis: body_surface", "basis: flat"),
        ("unit: mg/m2", "unit: mg"),
        (G04_CLINICIAN, G04_CLINICIAN.replace("mg/m2", "mg")),
        ("age_from: 18", "age_below: 60"),
        says="open to people under 18",
    ),
    fires(
        "dose_complete",
        "frequency: once daily",
        ("frequency: once weekly", "frequency: once daily"),
        says="Lumenol is given once weekly only, but here once daily",
    ),
    fires(
        "dose_complete",
        "frequency: now and then",
        ("frequency: once weekly", "frequency: now and then"),
        says="'now and then' is not a frequency known here",
    ),
    fires(
        "dose_complete",
        "source: FOOT10\n".strip() + " # dose",
        ("        source: GLIM20\n", "        source: FOOT10 # dose\n"),
        says="the dose lumenol_weekly was not read in FOOT10",
    ),
    fires(
        "dose_complete",
        "source: OLDGLIM}",
        (CAP, CAP.replace("GLIM20", "OLDGLIM")),
        says="the cap of lumenol_weekly was not read in OLDGLIM",
    ),
    fires(
        "dose_complete",
        "clinician: The trial gave adults",
        (G04_CLINICIAN, G04_CLINICIAN.replace("15 mg/m2", "10 to 15 mg/m2")),
        says="the dose “10 to 15 mg/m2” is not among the values",
    ),
    # values_agree
    fires(
        "values_agree",
        "# this value",
        *a_number("glimmer_follow_up", "9", "years"),
        says="glimmer_follow_up is 9 years here and 8 years in G02",
    ),
    fires(
        "values_agree",
        "# this value",
        *a_number("glimmer_follow_up", "8", "months"),
        says="8 months here and 8 years in G02",
    ),
    fires(
        "values_agree",
        "{name: glimmer_duration, kind: duration, amount: 8, unit: years}",
        (FOLLOW_UP, FOLLOW_UP.replace("glimmer_follow_up", "glimmer_duration")),
        ("value: glimmer_follow_up", "value: glimmer_duration"),
        a_conflict("G02"),
        says="glimmer_duration is 8 years here and 2 to 5 years in G02",
    ),
    *(
        fires(
            "values_agree",
            "# this value",
            *a_number("glimmer_follow_up", amount, "years", op=op),
            says=f"{op} {amount} years here and 8 years in G02",
        )
        for op, amount in (("<", "8"), ("<=", "7"), (">", "8"), (">=", "9"), ("about", "9"))
    ),
    # Two ranges that overlap are still two claims.
    fires(
        "values_agree",
        "# this value",
        *a_number("glimmer_duration", "2", "years", more=", upper: 8"),
        says="glimmer_duration is 2 to 8 years here and 2 to 5 years in G02",
    ),
    fires(
        "values_agree",
        "name: morning_cortisol_may_stop # here",
        (
            FOLLOW_UP,
            "name: morning_cortisol_may_stop # here\n"
            "        kind: duration\n        amount: 8\n        unit: years",
        ),
        ("value: glimmer_follow_up", "value: morning_cortisol_may_stop"),
        says="morning_cortisol_may_stop is 8 years here and",
    ),
    fires(
        "values_agree",
        "- name: lumenol_weekly # twin",
        *statement(
            "text: {clinician: 'It took 15 mg/m2, at most 30 mg.'}",
            "citations:",
            "  - {source: GLIM20, verification: full_text, note: 15 and 30}",
            "directness: this_disease",
            "certainty: low",
            "population: Everyone",
            "values:",
            "  - name: lumenol_weekly # twin",
            "    kind: dose",
            "    amount: 15",
            "    unit: mg/m2",
            "    basis: body_surface",
            "    cap: {amount: 30, unit: mg, source: GLIM20}",
            "    frequency: once weekly",
            "    route: oral",
            "    age_from: 18",
        ),
        says="15 mg/m2, cap 30 mg here and 15 mg/m2, cap 25 mg in G04",
    ),
    # arithmetic
    fires(
        "arithmetic",
        "amount: 5, upper: 2",
        (DURATION, DURATION.replace("2, upper: 5", "5, upper: 2")),
        says="the range 5 to 2 runs downwards",
    ),
    fires(
        "arithmetic",
        "amount: 5, upper: 5",
        (DURATION, DURATION.replace("2, upper: 5", "5, upper: 5")),
        says="the range 5 to 5 runs downwards",
    ),
    fires(
        "arithmetic",
        "count: 66",
        ("count: 10", "count: 66"),
        says="66 of 65 people",
    ),
    fires(
        "arithmetic",
        "amount: 154",
        ("amount: 15.4", "amount: 154"),
        says="154 % is no share of a whole",
    ),
    fires(
        "arithmetic",
        "amount: -8",
        (FOLLOW_UP, FOLLOW_UP.replace("8", "-8")),
        (OBSERVED, OBSERVED.replace("24", "0")),
        ("amount: 2, upper: 5", "amount: -9, upper: 5"),
        ("value: glimmer_duration", "value: glimmer_follow_up"),
        says="a duration of -8",
        times=2,
    ),
    fires(
        "arithmetic",
        "cap: {amount: 2.5",
        (CAP, CAP.replace("25", "2.5")),
        says="the cap 2.5 is lower than 15",
    ),
    fires(
        "arithmetic",
        "unit: mg/m2, source",
        (CAP, CAP.replace("mg", "mg/m2")),
        says="the cap depends on body size: mg/m2",
    ),
    fires(
        "arithmetic",
        "age_below: 12 # years",
        ("        age_from: 18\n", "        age_from: 18\n        age_below: 12 # years\n"),
        says="the ages 18 to below 12 cannot be",
    ),
    fires(
        "arithmetic",
        "age_from: 180",
        ("age_from: 18", "age_from: 180"),
        says="the ages 180 to below 130 cannot be",
    ),
    fires(
        "arithmetic",
        "low: 1000",
        (PLAUSIBLE, PLAUSIBLE.replace("low: 1,", "low: 1000,")),
        says="a plausible range runs downwards",
    ),
    fires(
        "arithmetic",
        "year: 2027",
        ("    year: 2020", "    year: 2027"),
        says="2027 cannot be",
    ),
    fires(
        "arithmetic",
        "window: {statement: G02",
        (OBSERVED, OBSERVED.replace("24", "84")),
        says="3240 days must fit into 2880",
    ),
    fires(
        "arithmetic",
        "window: {statement: G02",
        (OBSERVED, OBSERVED.replace("kind: duration", "kind: count")),
        says="a window and its parts must be durations",
    ),
    fires(
        "arithmetic",
        "window: {statement: G02",
        (FOLLOW_UP, FOLLOW_UP.replace("unit: years", "unit: moons")),
        says="a window and its parts must be durations",
    ),
    # source_status
    fires(
        "source_status",
        "status: superseded",
        (OLD_STATUS, "    status: superseded"),
        (
            "      - source: GLIM20\n        support: contradicts\n",
            "      - source: FOOT10\n        support: contradicts\n",
        ),
        says="superseded, but not by what",
        times=2,
    ),
    fires(
        "source_status",
        "status: retracted",
        (OLD_STATUS, "    status: retracted"),
        says="retracted, but not why",
        times=2,
    ),
    fires(
        "source_status",
        "superseded_by: GLIM20",
        (OLD_STATUS, "    superseded_by: GLIM20"),
        says="has the successor GLIM20 but the status current",
    ),
    fires(
        "source_status",
        "- source: OLDGLIM # leaned on",
        (
            "      - source: OLDGLIM\n        verification",
            "      - source: OLDGLIM # leaned on\n        verification",
        ),
        (
            "      - source: GLIM20\n        support: contradicts\n",
            "      - source: FOOT10\n        support: contradicts\n",
        ),
        says="OLDGLIM is superseded and its successor is not cited",
    ),
    fires(
        "source_status",
        "- source: OLDGLIM # leaned on",
        (OLD_STATUS, "    status: retracted\n    status_note: Its figures were invented."),
        (
            "      - source: OLDGLIM\n        verification",
            "      - source: OLDGLIM # leaned on\n        verification",
        ),
        says="OLDGLIM is retracted and cannot support anything",
    ),
    warns(
        "source_status",
        "review_by: 2026-11-21",
        ("    year: 2010\n", "    year: 2010\n    review_by: 2026-11-21\n"),
        says="was to be looked at again by 2026-11-21",
    ),
    warns(
        "source_status",
        "expires: 2026-11-21",
        ("    population: Coders\n", "    population: Coders\n    expires: 2026-11-21\n"),
        says="expired on 2026-11-21",
    ),
    # signed
    fires(
        "signed",
        "content_hash:",
        (G02_PATIENT, G02_PATIENT.replace("went out", "was gone")),
        says="the signature is void",
    ),
    fires("signed", "- statement: G02", (f"    {REVIEWER}\n", ""), says="approved by nobody"),
    fires(
        "signed",
        "- statement: G02",
        ("    signed_on: 2026-11-22\n", ""),
        says="approved without a date that has come",
    ),
    fires(
        "signed",
        "- statement: G02",
        ("signed_on: 2026-11-22", "signed_on: 2026-11-23"),
        says="approved without a date that has come",
    ),
    fires(
        "signed",
        "- statement: G02",
        ("    interests: none\n", ""),
        says="approved without a statement of interests",
    ),
    fires(
        "signed",
        "full_text_read: []",
        ("full_text_read: [GLIM20]", "full_text_read: []"),
        says="approved although GLIM20 was not read in full",
    ),
    fires(
        "signed",
        "- statement: G02",
        ("        locator: page 3\n", ""),
        says="approved although GLIM20 is full_text, at not recorded",
        times=2,
    ),
    warns(
        "signed",
        "content_hash:",
        ("state: approved", "state: under_review"),
        (G02_PATIENT, G02_PATIENT.replace("went out", "was gone")),
        says="G02 was edited after this entry, which is void",
    ),
    # patient_doses
    fires(
        "patient_doses",
        "patient: Lumenol is taken",
        (G04_PATIENT, G04_PATIENT + " Most take 15 mg."),
        says="the dose “15 mg” would be shown to patients",
    ),
    *(
        fires("patient_doses", at, (old, new), says="would be shown to patients")
        for at, old, new in (
            (
                "question: Can two tablets",
                "question: What can slow it down?",
                "question: Can two tablets slow it down?",
            ),
            ("title: What 5 mg does", "title: What looks like it", "title: What 5 mg does"),
            (
                "patient: A medicine at 1-2 g",
                "patient: A medicine or socks",
                "patient: A medicine at 1-2 g or socks",
            ),
            (
                "patient: Moonlight and half a tablet",
                "patient: Moonlight makes",
                "patient: Moonlight and half a tablet makes",
            ),
            (
                "patient: A toe that burns or 30 mg/kg",
                SIGN,
                "      patient: A toe that burns or 30 mg/kg, fever.",
            ),
            ("meaning: 100 µg", "meaning: Giving", "meaning: 100 µg of giving"),
            (
                "population: 40 invented adults on 3 mg",
                "population: 40 invented adults",
                "population: 40 invented adults on 3 mg",
            ),
            ("what: All of it, 3 mg", "what: All of it;", "what: All of it, 3 mg;"),
            ("when: 4 tablets", "when: It is glimmer toe", "when: 4 tablets were taken"),
        )
    ),
    # patient_keeps
    fires(
        "patient_keeps",
        "patient: In one study the light went",
        (G02_PATIENT, G02_PATIENT.replace("usually ", "")),
        says="the hedge “usually” of the clinician text is lost",
    ),
    fires(
        "patient_keeps",
        "patient: In one study the light usually went out by itself after years",
        (G02_PATIENT, G02_PATIENT.replace("2 to 5 ", "")),
        says="of the clinician text is lost",
        times=2,
    ),
    fires(
        "patient_keeps",
        "patient: In 65 children",
        ("      - {clinician: 24 months, patient: 2 years}\n", ""),
        says="the number 24 of the clinician text is lost",
    ),
    fires(
        "patient_keeps",
        "patient: Lumenol is taken",
        (G04_PATIENT, "Lumenol is taken as your team says."),
        says="the number once of the clinician text is lost",
    ),
    fires(
        "patient_keeps",
        "patient: A toe that burns or smokes.",
        (SIGN, "      patient: A toe that burns or smokes."),
        says="the danger sign “fever” of the clinician text is lost",
    ),
    fires(
        "patient_keeps",
        "sign:",
        (f"{SIGN}\n", ""),
        says="the danger sign has no text for patients",
    ),
    # A parent text is held to its patient text.
    fires(
        "patient_keeps",
        "parent: If your child's toe burns, call for help at once, within 5 minutes.",
        (G07_PARENT, G07_PARENT.replace("once.", "once, within 5 minutes.")),
        says="the number 5 is not in the patient text",
    ),
    fires(
        "patient_keeps",
        "parent: If your child's toe burns, call for help at once.",
        (G07_PARENT, "If your child's toe burns, call for help at once."),
        says="the hedge “view” of the patient text is lost",
    ),
    fires(
        "patient_keeps",
        "parent: A burning toe of your child.",
        (SIGN, f"{SIGN}\n      parent: A burning toe of your child."),
        says="the danger sign “fever” of the patient text is lost",
    ),
    fires(
        "patient_keeps",
        "parent: In one study your child's light usually went out by itself after years.",
        (G02_PATIENT, f"{G02_PATIENT}\n      parent: {G02_PARENT.replace('2 to 5 ', '')}"),
        says="the number 2 of the patient text is lost",
        times=2,
    ),
    # addressed
    fires(
        "addressed",
        "patient: If your toe burns",
        (f"      parent: {G07_PARENT}\n", ""),
        says="“your” speaks of the patient, and a parent reads it too",
    ),
    fires(
        "addressed",
        "question: What do I have?",
        ("      question_parent: What does my child have?\n", ""),
        says="“i” speaks of the patient, and a parent reads it too",
    ),
    fires(
        "addressed",
        "- What do I know?",
        ("- How will we know that it is going out?", "- What do I know?"),
        says="“i” speaks of the patient, and a parent reads it too",
    ),
    fires(
        "addressed",
        "title: How you look",
        ("title: What looks like it, statements: [G06]", "title: How you look, statements: [G06]"),
        says="“you” speaks of the patient, and a parent reads it too",
    ),
    fires(
        "addressed",
        "patient_name: how bright you're shining",
        ("patient_name: how bright the toe is", "patient_name: how bright you're shining"),
        says="“you're” speaks of the patient, and a parent reads it too",
    ),
    fires(
        "addressed",
        "parent: If your toe burns",
        (G07_PARENT, G07_PATIENT),
        (f"patient: {G07_PATIENT}", f"patient: >-\n        {G07_PATIENT}"),
        says="the parent text is the patient text",
    ),
    fires(
        "addressed",
        "parent: If your child's toe burns",
        (f"      patient: {G07_PATIENT}\n", ""),
        says="there is no patient text that this is the parent text of",
    ),
    fires(
        "addressed",
        "question_parent: Why does it shine?",
        (
            "      question: What is glimmer toe and what resembles it?\n",
            "      question: What is glimmer toe and what resembles it?\n"
            "      question_parent: Why does it shine?\n",
        ),
        says="there is no patient text that this is the parent text of",
    ),
    fires(
        "addressed",
        "parent: If your child's toe burns",
        (G01_PATIENT, f"{G07_PATIENT}\n      parent: In your child, one toe glows."),
        says="has another parent text elsewhere",
    ),
    # patient_words
    fires(
        "patient_words",
        "no medicine that failed",
        (G05_PATIENT, G05_PATIENT.replace("medicine", "medicine that failed")),
        says="“failed” is a word to avoid",
    ),
    fires(
        "patient_words",
        "title: Burnt-out toes",
        ("title: If it comes back", "title: Burnt-out toes"),
        says="“burnt out” is a word to avoid",
    ),
    fires(
        "patient_words",
        "or 15 %, of 65",
        (G03_PATIENT, G03_PATIENT.replace("10 of 65", "10, or 15 %, of 65")),
        says="“5 %” does not say of how many people",
    ),
    # reading_level
    fires(
        "reading_level",
        "administer considerable",
        (
            G05_PATIENT,
            G05_PATIENT.replace(
                "wear dark socks", "administer considerable pharmaceutical interventions"
            ),
        ),
        says="above 8",
    ),
    fires(
        "reading_level",
        "title: Multidisciplinary rehabilitation",
        ("title: If it comes back", "title: Multidisciplinary rehabilitation"),
        says="above 12",
    ),
    # Eight words are no short text any more.
    fires(
        "reading_level",
        "title: It may come back after several",
        ("title: If it comes back", "title: It may come back after several considerable years"),
        says="above 8",
    ),
    # coder_treatment
    fires(
        "coder_treatment",
        "coder: No classification",
        (G08, G08.replace("(invented)", "or for its treatment")),
        says="“treatment” speaks of treatment to a coder",
    ),
    fires(
        "coder_treatment",
        "coder: No classification",
        (G08, G08.replace("(invented)", "on lumenolum")),
        says="“lumenolum” speaks of treatment to a coder",
    ),
    fires(
        "coder_treatment",
        "question: Which code describes 5 mg",
        ("question: Which code describes glimmer toe?", "question: Which code describes 5 mg?"),
        says="“5 mg” speaks of treatment to a coder",
    ),
    # documented
    fires(
        "documented",
        "coder: # bare",
        ("    coder:\n      question: Which code", "    coder: # bare\n      question: Which code"),
        ("{id: document, title: What the chart", "{id: chart, title: What the chart"),
        says="the coder is not told what the chart must say",
    ),
    fires(
        "documented",
        "coder: # empty",
        (
            "    coder:\n      question: Which code",
            "    coder: # empty\n      question: Which code",
        ),
        ("must say, statements: [G01]}", "must say, statements: []}"),
        says="the coder is not told what the chart must say",
    ),
    # reachable
    fires(
        "reachable",
        "- id: which_code",
        (
            "    coder:\n      question: Which code describes glimmer toe?\n"
            "      bottom_line: [G08]\n"
            "      sections:\n"
            "        - {id: document, title: What the chart must say, statements: [G01]}\n",
            "",
        ),
        ("coder: [which_code]", "coder: []"),
        ("    population: Coders\n", "    population: Coders\n"),
        ("overview: [G01, G02]", "overview: [G01, G02, G08]"),
        says="the question has no answer",
    ),
    fires(
        "reachable",
        "phrasings: []",
        ("phrasings:\n      - Which code does glimmer toe have?\n", "phrasings: []\n"),
        says="no phrasing leads to this answer",
    ),
    fires(
        "reachable",
        "- How is GLIMMER-TOE treated",
        (
            "      - Which code does glimmer toe have?\n",
            "      - Which code does glimmer toe have?\n      - How is GLIMMER-TOE treated\n",
        ),
        says="leads to slow_it too",
    ),
    fires(
        "reachable",
        "coder: [what_is_it]",
        ("coder: [which_code]", "coder: [what_is_it]"),
        says="what_is_it has no answer for the coder",
    ),
    warns(
        "reachable",
        "- id: G09",
        *statement(
            "text: {clinician: It shines.}",
            "citations:",
            "  - {source: GLIM20, verification: full_text, note: It shines.}",
            "directness: this_disease",
            "certainty: low",
            "population: Everyone",
            used=False,
        ),
        says="no answer or other part of the pack uses this statement",
    ),
    # answers_fit
    fires(
        "answers_fit",
        "bottom_line: []",
        ("      bottom_line: [G08]\n", "      bottom_line: []\n"),
        says="the bottom line has 0 statements",
    ),
    fires(
        "answers_fit",
        "bottom_line: [G01, G02, G03, G04, G05, G06]",
        ("      bottom_line: [G01, G06]\n", "      bottom_line: [G01, G02, G03, G04, G05, G06]\n"),
        says="the bottom line has 6 statements",
    ),
    fires(
        "answers_fit",
        "bottom_line: [G01, G06] # long",
        ("      bottom_line: [G01, G06]\n", "      bottom_line: [G01, G06] # long\n"),
        (G01, "It shines because " + "and because it shines " * 25 + "of one unknown cause."),
        says="words, above 110",
    ),
    fires(
        "answers_fit",
        "bottom_line: [G01, G06] # long",
        ("      bottom_line: [G01, G06]\n", "      bottom_line: [G01, G06] # long\n"),
        (G01, "It " + "shines " * 99 + "always."),
        says="the bottom line has 111 words, above 110",
    ),
    fires(
        "answers_fit",
        "statements: [G08]",
        (
            "title: What looks like it, statements: [G06]",
            "title: What looks like it, statements: [G08]",
        ),
        says="G08 has no text for the patient",
    ),
    fires(
        "answers_fit",
        "statements: [G02]",
        (
            "title: If it comes back, statements: [G03]",
            "title: If it comes back, statements: [G02]",
        ),
        says="G02 stands in this answer twice",
    ),
    # options_fit
    fires(
        "options_fit",
        "name: {patient: lumenol}",
        ("name: {clinician: lumenol, patient: lumenol}", "name: {patient: lumenol}"),
        says="no name for the clinician",
    ),
    fires(
        "options_fit",
        "{clinician: lumenol, coder: lumenol, patient: lumenol}",
        (
            "{clinician: lumenol, patient: lumenol}",
            "{clinician: lumenol, coder: lumenol, patient: lumenol}",
        ),
        says="a coder is never shown options",
        times=2,
    ),
    fires(
        "options_fit",
        "- id: socks",
        ("    names: [dark socks, socks]\n", ""),
        says="no words of a question name it",
    ),
    fires(
        "options_fit",
        "arguments_against: [G04]",
        ("arguments_against: [G03]", "arguments_against: [G04]"),
        says="G04 stands in this option twice",
    ),
    fires(
        "options_fit",
        "- id: socks",
        ("      patient: Nothing that speaks against them was found.\n", ""),
        says="arguments_against is empty for the patient, and nothing says so",
    ),
    fires(
        "options_fit",
        "clinician: No argument against them",
        ("    nothing_found:\n", "    arguments_against: [G04]\n    nothing_found:\n"),
        says="both sides have an argument",
        times=2,
    ),
    fires(
        "options_fit",
        "{clinician: dark socks, patient: dark socks}",
        ("arguments_for: [G05]", "arguments_for: [G08]"),
        says="no argument has a text for the clinician",
        times=2,
    ),
    fires(
        "options_fit",
        "group: toe_of_light",
        (
            "    group: dark_toe\n    name: {clinician: lumenol",
            "    group: toe_of_light\n    name: {clinician: lumenol",
        ),
        says="nothing else is in the group toe_of_light",
        times=2,
    ),
    fires(
        "options_fit",
        "names: [Dark-socks, socks]",
        ("names: [dark socks, socks]", "names: [Dark-socks, socks]"),
        ("    arguments_for: [G04]", "    arguments_for: [G04]\n    names: [dark socks]"),
        says="names use_lumenol too",
    ),
    # conflict_shape
    fires(
        "conflict_shape",
        "positions: # one",
        a_conflict("G01"),
        ("      - {text: {clinician: The other.}, sources: [FOOT10]}\n", ""),
        (
            "    positions:\n      - {text: {clinician: The one.}",
            "    positions: # one\n      - {text: {clinician: The one.}",
        ),
        says="fewer than two sides",
    ),
    fires(
        "conflict_shape",
        "The one.}, sources: []}",
        a_conflict("G01"),
        ("{clinician: The one.}, sources: [GLIM20]", "{clinician: The one.}, sources: []"),
        says="nobody says this",
    ),
    fires(
        "conflict_shape",
        "used: {}",
        a_conflict("G01"),
        ("used: {clinician: Neither.}", "used: {}"),
        says="no text for the clinician",
    ),
    fires(
        "conflict_shape",
        "- id: X-socks",
        ("    changes_choice: yes\n", ""),
        says="it is not said whether this changes a choice of the patient",
    ),
    fires(
        "conflict_shape",
        "why: # half",
        ("    why:\n      clinician: It is newer", "    why: # half\n      clinician: It is newer"),
        ("      patient: It is newer, and it counted.\n", ""),
        says="no text for the patient",
    ),
    # guarded_names
    fires(
        "guarded_names",
        "{text: GLT}",
        ("{text: Glimmer toe syndrome}", "{text: GLT}"),
        says="GLT is an abbreviation with other meanings",
    ),
    fires(
        "guarded_names",
        "{text: firefly}",
        ("{text: Glimmer toe syndrome}", "{text: firefly}"),
        says="firefly is also part of the name Firefly bite",
    ),
    fires(
        "guarded_names",
        "text: GTS",
        ("      means_also: [Gilles de la Tourette syndrome]\n", ""),
        says="GTS is guarded, but not against what",
    ),
    fires(
        "guarded_names",
        "means_also: [a lamp]",
        ("{text: Glimmer toe syndrome}", "{text: Glimmer toe syndrome, means_also: [a lamp]}"),
        says="Glimmer toe syndrome means something else and is not guarded",
    ),
    # patterns
    fires(
        "patterns",
        "[toe & & burning]",
        ("[toe & burning|smoking]", "[toe & & burning]"),
        says="an empty part in a pattern matches nothing",
    ),
    fires(
        "patterns",
        "[toe & burning(smoking]",
        ("[toe & burning|smoking]", "[toe & burning(smoking]"),
        says="“burning(smoking” in a pattern matches nothing",
    ),
    # wording
    fires(
        "wording",
        "clinician: Wear socks. Avoid",
        (
            "clinician: The old guideline advised dark socks",
            "clinician: Wear socks. Avoid dark socks",
        ),
        says="“avoid” is an order",
    ),
    fires(
        "wording",
        "clinician: The old guideline said one must",
        ("clinician: The old guideline advised", "clinician: The old guideline said one must wear"),
        says="“must” is an order",
    ),
    fires(
        "wording",
        "what: An invented group!",
        ("what: An invented group.", "what: An invented group!"),
        says="“!” is not our tone",
    ),
    fires(
        "wording",
        "clinician: Please note it is newer",
        ("clinician: It is newer", "clinician: Please note it is newer"),
        says="“Please” is not our tone",
    ),
    # versioned
    fires(
        "versioned",
        "digest:",
        ("funding: None.", "funding: A lamp maker."),
        says="the pack changed after version 1.0.0 was released",
    ),
    fires(
        "versioned",
        "digest:",
        (G05_PATIENT, G05_PATIENT.replace("dark", "black")),
        says="the pack changed after version 1.0.0 was released",
    ),
    warns(
        "versioned",
        "version: 1.1.0",
        ("  version: 1.0.0\n  language", "  version: 1.1.0\n  language"),
        says="version 1.1.0 is not recorded as released",
    ),
    # A record from before there were days and hashes.
    fires(
        "versioned",
        "- version: 1.0.0",
        ("    released: 2026-11-22\n    digest", "    digest"),
        says="version 1.0.0 does not record its day and its statements",
    ),
]

SILENT = [
    silent("resolves"),
    # A reference to what only the required pack has.
    silent("resolves", ("seen_in: [TINY-AUTHORS]", "seen_in: [PACK-AUTHORS]")),
    silent(
        "resolves",
        (
            "reported_as: [toe & burning|smoking]",
            "reported_as:\n      - toe & @lumenol|@methotrexate",
        ),
    ),
    silent("directness", ("directness: same_family\n", "directness: extrapolated\n")),
    # Numbers that name something, or that the source's own name holds.
    silent(
        "transcription",
        (G01, "The 2020 trial (Table 7, level 1b) saw a 3D glow in one toe of unknown cause."),
    ),
    silent("transcription", (G01, G01.replace("of one toe", "of one of the two sides"))),
    silent(
        "transcription",
        (G03_CLINICIAN, G03_CLINICIAN.replace("24 months", "two years")),
        (
            G03_PATIENT,
            G03_PATIENT.replace("2 years", "24 months"),
        ),
        ("{clinician: 24 months, patient: 2 years}", "{clinician: two years, patient: 24 months}"),
    ),
    silent("transcription", a_conflict("G01")),
    silent(
        "transcription",
        (
            "clinician: A toe that burns or smokes,",
            "clinician: A toe that burns or smokes for 3 days,",
        ),
        ("    statements: [G07]\n", "    statements: [G06]\n"),
    ),
    silent(
        "restatement",
        (G03_PATIENT, G03_PATIENT.replace("10 of 65", "about 3 of every 20")),
        ("15.4 % of 65, patient: 10 of 65}", "15.4 %, patient: about 3 of every 20}"),
    ),
    *(
        silent("restatement", ("amount: 15.4\n", f"op: '{op}'\n        amount: {amount}\n"))
        for op, amount in (
            ("about", "16"),
            ("<", "15.5"),
            ("<=", "15.5"),
            (">", "15.3"),
            (">=", "15.3"),
        )
    ),
    silent("restatement", ("note: 10/65 (15.4 %)", "note: 10/65 (15 %), 15.4")),
    silent(
        "dose_complete",
        (f"        {CAP}\n", "        no_cap: The trial names none.\n"),
        (G04_CLINICIAN, G04_CLINICIAN.replace(", at most 25 mg", "")),
    ),
    silent(
        "dose_complete",
        ("basis: body_surface", "basis: flat"),
        ("unit: mg/m2", "unit: mg"),
        (G04_CLINICIAN, G04_CLINICIAN.replace("mg/m2", "mg")),
    ),
    # A laboratory value is no dose.
    silent("dose_complete", (G01, G01.replace("unknown", "unknown, at 5 mg/dL"))),
    silent(
        "values_agree",
        *a_number("glimmer_follow_up", "9", "years"),
        a_conflict("G02", "G09"),
    ),
    silent("values_agree", *a_number("glimmer_follow_up", "9", "years", ages="child")),
    silent("values_agree", *a_number("glimmer_follow_up", "8", "years")),
    *(
        silent("values_agree", *a_number("glimmer_follow_up", amount, "years", op=op))
        for op, amount in (("<", "9"), ("<=", "8"), (">", "7"), (">=", "8"), ("about", "8.5"))
    ),
    # Different ages, given by the value itself.
    silent(
        "values_agree",
        (FOLLOW_UP, FOLLOW_UP.replace("}", ", age_from: 18}")),
        *a_number("glimmer_follow_up", "9", "years", more=", age_below: 18"),
    ),
    silent("arithmetic", ("amount: 15.4", "amount: 100")),
    silent("arithmetic", ("    year: 2020", "    year: 2026")),
    # The cap may be what one unit of body size gives.
    silent("arithmetic", (CAP, CAP.replace("25", "15"))),
    silent("arithmetic", (OBSERVED, OBSERVED.replace("24", "72"))),
    silent(
        "source_status",
        ("    population: Coders\n", "    population: Coders\n    expires: 2026-11-22\n"),
    ),
    silent("source_status", ("    year: 2010\n", "    year: 2010\n    review_by: 2026-11-22\n")),
    silent(
        "source_status",
        (OLD_STATUS, f"{OLD_STATUS}\n    status_note: Its advice on socks was not repeated."),
        (
            "      - source: GLIM20\n        support: contradicts\n",
            "      - source: FOOT10\n        support: contradicts\n",
        ),
    ),
    silent("signed"),
    # A judgement has no full text to read and no page.
    silent(
        "signed",
        ("  - statement: G02", "  - statement: G06"),
        ("full_text_read: [GLIM20]", "full_text_read: []"),
        (HASH, HASH_OF_G06),
    ),
    silent("signed", ("  - statement: G02", "  - statement: G77")),
    silent("signed", ("state: approved", "state: submitted"), (f"    {REVIEWER}\n", "")),
    silent("patient_doses", (G05_PATIENT, G05_PATIENT + " Less than 5 mg/dL of light is left.")),
    silent(
        "patient_keeps",
        (G02_PATIENT, "In 1 study, most lights went out by themselves after two to five years."),
    ),
    # A sign that only patients are told.
    silent(
        "patient_keeps",
        ("      clinician: A toe that burns or smokes, with or without fever.\n", ""),
    ),
    # The year of a source names it, and a patient need not read it.
    silent("patient_keeps", (G01, "In 2020, " + G01)),
    silent(
        "patient_keeps",
        (G01, "In 2020, " + G01),
        ("label: Invented glimmer toe trial, 2020", "label: A trial"),
    ),
    silent("patient_keeps", (G02_PATIENT, f"{G02_PATIENT}\n      parent: {G02_PARENT}")),
    # What suits both, and what is not for patients.
    silent("addressed", (G05_PATIENT, f"{G05_PATIENT} Your team can tell you more.")),
    silent("addressed", (G08, f"{G08} Your book may differ.")),
    silent("addressed", ("meaning: Giving light", "meaning: What gives you light")),
    silent("addressed", ("- How will we know", "- Do you think that we will know")),
    silent(
        "addressed",
        ("take_along:\n", "take_along_parent: [How will we know?]\n      take_along:\n"),
    ),
    silent("addressed", (G05_PATIENT, f"{G05_PATIENT} Young people know.")),
    silent("patient_words", (G05_PATIENT, G05_PATIENT.replace("dark", "undamaged"))),
    # Words of the avoid list are the clinician's business.
    silent("patient_words", (G01, G01.replace("acquired", "refractory"))),
    silent("reading_level", (G05_PATIENT, "Gilles de la Tourette has no luminescence of Lumenol.")),
    silent(
        "reading_level",
        ("title: If it comes back", "title: It may come after several considerable years"),
    ),
    silent("coder_treatment", (G01, G01.replace("unknown", "unknown and has no treatment"))),
    silent("reachable"),
    silent("reachable", ("coder: [which_code]", "coder: [which_one]")),
    silent("answers_fit"),
    # As long as it may be: G06 has ten words.
    silent("answers_fit", (G01, "It " + "shines " * 98 + "always.")),
    silent("documented", ("[G08]\n      sections:", "[G08] # the bottom line\n      sections:")),
    silent("conflict_shape", a_conflict("G01")),
    silent("conflict_shape", ("changes_choice: yes", "changes_choice: no")),
    silent("options_fit", ("arguments_against: [G03]", "arguments_against: [G05]")),
    silent(
        "options_fit",
        ("    arguments_for: [G04]", "    arguments_for: [G04]\n    names: [socks off]"),
    ),
    silent(
        "guarded_names",
        ("{text: Glimmer toe syndrome}", "{text: GLT, kind: guarded, means_also: [a lamp]}"),
    ),
    silent(
        "patterns", ("[toe & burning|smoking]", '["toe|38..43 & it\'s burn* ? now ! not + shoe"]')
    ),
    silent("wording", (G01, G01.replace("acquired", "use it to avoid an acquired"))),
    silent(
        "wording",
        (
            "clinician: A burning toe needs",
            "clinician: Do not wait, and refer; a burning toe needs",
        ),
    ),
    # Comments, line breaks and signatures are not content.
    silent(
        "versioned",
        ("  overview: [G01, G02]", "  overview:\n    # first things\n    - G01\n    - G02"),
        ("interests: none", "interests: shares in a lamp"),
    ),
]
