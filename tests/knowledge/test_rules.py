from pathlib import Path

import pytest

from rarepath.knowledge.checks import RULES
from rarepath.knowledge.packs import read_pack
from tests.knowledge.cases import FIRES, SILENT, Fires, Silent
from tests.knowledge.tiny import ON, TINY, copy_with, defects, line_of, opened, shared


def test_every_rule_is_shown_firing_and_silent() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert {case.rule for case in FIRES} == set(names)
    assert {case.rule for case in SILENT} == set(names)


def test_the_tiny_pack_is_clean() -> None:
    assert defects(TINY) == ()


def test_a_library_of_statements_for_other_packs_has_no_unused_ones() -> None:
    reachable = next(rule for rule in RULES if rule.name == "reachable")
    assert list(reachable.function(shared(), ON)) == []


def test_what_a_required_pack_says_is_reported_in_that_pack(tmp_path: Path) -> None:
    follow_up = "{name: glimmer_follow_up, kind: duration"
    twice = (follow_up, follow_up.replace("follow_up", "duration"))
    base = opened(copy_with(tmp_path / "base", twice))
    above = tmp_path / "above"
    above.mkdir()
    header = "condition: {format: rarepath/1, id: x, version: '1', language: en, name: X,"
    (above / "x.yaml").write_text(f"{header} released: 2026-11-22, licence: CC0-1.0}}\n")
    values_agree = next(rule for rule in RULES if rule.name == "values_agree")
    assert len(list(values_agree.function(base, ON))) == 1
    assert list(values_agree.function(read_pack(above, base=[base, shared()]), ON)) == []


def test_a_defect_reads_as_editors_expect(tmp_path: Path) -> None:
    folder = copy_with(tmp_path / "tiny", ("    interests: none\n", ""))
    found = [str(defect) for defect in defects(folder)]
    file, line = line_of(folder, "- statement: G02")
    assert found == [f"{file}:{line}: signed: approved without a statement of interests"]


@pytest.mark.parametrize("case", FIRES, ids=lambda case: f"{case.rule}: {case.says}")
def test_a_seeded_defect_is_found_at_its_line(case: Fires, tmp_path: Path) -> None:
    folder = copy_with(tmp_path / "tiny", *case.edits)
    found = [defect for defect in defects(folder, case.on) if defect.rule == case.rule]
    assert len(found) == case.times, [str(defect) for defect in found]
    first = next(defect for defect in found if case.says in defect.message)
    assert (first.file, first.line) == line_of(folder, case.at), str(first)
    assert first.severity == case.severity
    assert first.what_to_do


@pytest.mark.parametrize("case", SILENT, ids=lambda case: f"{case.rule}: {case.edits}"[:80])
def test_a_near_miss_stays_silent(case: Silent, tmp_path: Path) -> None:
    folder = copy_with(tmp_path / "tiny", *case.edits)
    found = [str(defect) for defect in defects(folder, case.on) if defect.rule == case.rule]
    assert found == []


def test_a_pack_with_one_defect_of_each_kind_fails_on_each(tmp_path: Path) -> None:
    """Every rule finds its defect at its line although all the others stand there too."""
    folder = copy_with(tmp_path / "tiny")
    seeded: dict[str, Fires] = {}
    for case in FIRES:
        if case.rule not in seeded and case.severity == "error" and fits(folder, case):
            copy_with(folder, *case.edits, fresh=False)
            seeded[case.rule] = case
    assert set(seeded) == {rule.name for rule in RULES}
    found = {(defect.rule, defect.file, defect.line) for defect in defects(folder)}
    wanted = {(case.rule, *line_of(folder, case.at)) for case in seeded.values()}
    assert wanted - found == set()


def fits(folder: Path, case: Fires) -> bool:
    """Whether the edits of `case` can still be made in a pack that others have edited."""
    text = "".join(file.read_text() for file in sorted(folder.glob("*.yaml")))
    return all(text.count(old) == 1 for old, _ in case.edits)
