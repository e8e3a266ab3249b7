import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.base import Certainty, Model, Number, Reader, Whole, Wording
from rarepath.knowledge.condition import Condition
from rarepath.knowledge.evidence import Citation, content_hash
from rarepath.knowledge.packs import pack_digest, read_pack
from rarepath.knowledge.vocabulary import FactKind
from tests.knowledge.tiny import TINY, copy_with, line_of, opened, shared

HEADER = """
condition:
  format: rarepath/1
  id: small
  version: "1"
  language: en
  released: 2026-11-22
  licence: CC0-1.0
  name: Small
"""


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def test_a_pack_is_read_by_id_whatever_its_files_are_called(tmp_path: Path) -> None:
    glossary = "glossary:\n  - {term: glow, meaning: Light.}\n"
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "z.yaml").write_text(glossary.replace("glow", "gleam"))
    pack = read_pack(folder_of(tmp_path, header=HEADER, words=glossary))
    assert pack.id == "small"
    assert pack.condition.released == date(2026, 11, 22)
    assert list(pack.glossary) == ["gleam", "glow"]
    assert pack.place("glossary", "glow").file == str(tmp_path / "words.yaml")
    assert pack.place("glossary", "glow").line() == 2
    assert pack.place("condition", "condition").line("version") == 5


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("sources:\n  - id: A\n    labl: x\n", 3, "sources.0.labl: Extra inputs"),
        ("glossary:\n  - term: glow\n", 2, "glossary.0.meaning: Field required"),
        ("- a list\n", 1, "file: Input should be"),
        ("stories: []\n", 1, "stories: Extra inputs"),
        (
            "windows:\n  - id: W\n    must_fit: []\n    why: Because.\n"
            "    window: {statement: 1x, value: y}\n",
            5,
            "windows.0.window.statement: String should match",
        ),
        ("releases:\n  - {version: '1', digest: ''}\n", 2, "releases.0.digest: String should"),
        (
            "statements:\n  - id: K\n    topic: t\n    text: {}\n    citations: []\n"
            "    directness: this_disease\n    certainty: sure\n    population: x\n",
            7,
            "statements.0.certainty: Input should be 'high', 'moderate', 'low' or 'very_low'",
        ),
        ("red_flags:\n  - {id: R, tier: soon, sign: {}}\n", 2, "red_flags.0.tier: Input should"),
    ],
)
def test_the_first_broken_line_is_named(text: str, line: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(PackBroken) as caught:
        read_pack(folder_of(tmp_path, a=text, header=HEADER))
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "a.yaml"), line)
    assert caught.value.message.startswith(message)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a": "glossary: []\n"}, "no file of this folder has a condition header"),
        ({"a": HEADER, "b": HEADER}, "b.yaml:2: condition: condition stands twice in the pack"),
        (
            {
                "a": HEADER,
                "b": "glossary:\n  - {term: glow, meaning: Light.}\n",
                "c": "\nglossary:\n  - {term: glow, meaning: Light.}\n",
            },
            "c.yaml:3: glossary: glow stands twice in the pack",
        ),
    ],
)
def test_what_stands_twice_or_nowhere_is_refused(
    files: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(PackBroken) as caught:
        read_pack(folder_of(tmp_path, **files))
    assert message in str(caught.value)


def test_a_file_that_would_be_passed_over_is_refused(tmp_path: Path) -> None:
    folder_of(tmp_path, header=HEADER)
    (tmp_path / "more.yml").write_text("glossary: []\n")
    with pytest.raises(PackBroken, match=r"more\.yml:1: file: .* is not read"):
        read_pack(tmp_path)


def test_look_ups_search_the_pack_and_then_its_base() -> None:
    pack = opened(TINY)
    for kind in (
        "sources", "statements", "red_flags", "glossary", "drugs", "fact_kinds", "reviews",
        "conflicts", "declines", "other_conditions",
    ):  # fmt: skip
        mine, base = list(pack.items[kind]), list(shared().items[kind])
        assert list(getattr(pack, kind)) == mine + base, kind
    for kind in (
        "releases", "questions", "circulating", "differential", "steps", "organisations", "windows",
    ):  # fmt: skip
        assert getattr(pack, kind) is pack.items[kind], kind
        assert pack.items[kind], kind
    assert pack.phrasebook is shared().phrasebook
    assert shared().phrasebook is shared().own_phrasebook
    source = next(iter(shared().sources))
    assert pack.place("sources", source) == shared().place("sources", source)
    with pytest.raises(KeyError):
        pack.place("sources", "NOBODY")


def test_a_pack_without_any_phrasebook_says_so(tmp_path: Path) -> None:
    pack = read_pack(folder_of(tmp_path, header=HEADER))
    with pytest.raises(PackBroken, match="no phrasebook in the pack or in what it requires"):
        _ = pack.phrasebook


def test_text_becomes_values_by_rule_and_never_by_guess() -> None:
    class Numbers(Model):
        number: Number = Decimal(0)
        whole: Whole = 0

    assert Numbers.model_validate({"number": "0.250", "whole": "65"}) == Numbers(
        number=Decimal("0.250"), whole=65
    )
    # What the program itself builds is taken as it is, as long as it is of the type.
    assert Numbers(number=Decimal(3), whole=4).whole == 4
    for broken in ("015", "1e3", "NaN", "1,5", "", " 5", "+5", "\uff10", "5."):
        with pytest.raises(ValidationError, match="plain decimal number"):
            Numbers.model_validate({"number": broken})
    for broken in ("6.5", "six", "1_000"):
        with pytest.raises(ValidationError, match="whole number"):
            Numbers.model_validate({"whole": broken})
    for wrong in (True, 1.5, None):
        with pytest.raises(ValidationError):
            Numbers.model_validate({"number": wrong})


def test_dates_and_flags_are_read_from_text(tmp_path: Path) -> None:
    released = read_pack(folder_of(tmp_path, header=HEADER)).condition.released
    assert released == date(2026, 11, 22)
    for broken in ("22.11.2026", "2026-13-01", "2026-02-30", "2026-11"):
        folder_of(tmp_path, header=HEADER.replace("2026-11-22", broken))
        with pytest.raises(PackBroken, match=r"condition\.released"):
            read_pack(tmp_path)
    built = read_pack(folder_of(tmp_path, header=HEADER)).condition.model_copy()
    assert Condition.model_validate(built.model_dump()).released == date(2026, 11, 22)


def test_a_wording_has_one_text_for_each_reader() -> None:
    wording = Wording.model_validate({"clinician": " a ", "coder": "c"})
    assert wording.for_reader(Reader.CLINICIAN) == "a"
    assert wording.for_reader(Reader.PATIENT) is None
    assert wording.each() == [(Reader.CLINICIAN, "a"), (Reader.CODER, "c")]


def test_a_question_has_one_answer_for_each_reader() -> None:
    question = opened(TINY).questions["what_is_it"]
    assert question.for_reader(Reader.CODER) is None
    assert [reader for reader, _ in question.each()] == [Reader.CLINICIAN, Reader.PATIENT]


@pytest.mark.parametrize(
    ("verification", "read"),
    [
        ("full_text", True),
        ("table", True),
        ("abstract", True),
        ("secondary", False),
        ("recalled", False),
        ("opinion", False),
    ],
)
def test_only_what_was_read_in_the_source_counts_as_read(verification: str, read: bool) -> None:
    cited = Citation.model_validate({"source": "A", "verification": verification, "note": "n"})
    assert cited.read_in_source is read
    assert cited.locator == "not recorded"


def test_any_edit_changes_the_content_hash(tmp_path: Path) -> None:
    before = opened(TINY).statements
    after = opened(copy_with(tmp_path, ("locator: page 3", "locator: page 4"))).statements
    changed = [name for name in before if content_hash(before[name]) != content_hash(after[name])]
    assert changed == ["G02"]


def test_a_default_that_is_written_out_changes_no_hash(tmp_path: Path) -> None:
    before = opened(TINY)
    after = opened(
        copy_with(tmp_path, ("locator: page 3", "locator: page 3\n        support: supports"))
    )
    assert content_hash(before.statements["G02"]) == content_hash(after.statements["G02"])
    assert pack_digest(before) == pack_digest(after)


def test_the_digest_is_of_the_content_alone(tmp_path: Path) -> None:
    before = pack_digest(opened(TINY))
    signed = opened(copy_with(tmp_path / "a", ("signed_on: 2026-11-22", "signed_on: 2026-11-20")))
    edited = opened(copy_with(tmp_path / "b", ("meaning: Giving", "meaning: The giving of")))
    header = opened(copy_with(tmp_path / "c", ("funding: None.", "funding: A lamp maker.")))
    assert pack_digest(signed) == before
    assert len({before, pack_digest(edited), pack_digest(header)}) == 3
    assert json.loads(f'"{before}"') and len(before) == 64


def test_the_line_of_a_part_is_the_line_it_stands_on() -> None:
    place = opened(TINY).place("statements", "G04")
    assert (place.file, place.line("values", 0, "basis")) == line_of(TINY, "basis: body_surface")


def test_choices_are_words_in_json() -> None:
    statement = opened(TINY).statements["G03"]
    assert statement.certainty is Certainty.LOW
    assert statement.model_dump(mode="json")["certainty"] == "low"
    with pytest.raises(ValidationError):
        statement.certainty = Certainty.HIGH  # type: ignore[misc]
    with pytest.raises(ValidationError):
        FactKind.model_validate({"id": "x"})
