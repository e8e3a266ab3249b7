from pathlib import Path

import pytest

from rarepath.knowledge.checks import RULES
from tests.knowledge.cases import FIRES, SILENT, Fires, Silent
from tests.knowledge.tiny import TINY, copy_with, defects, line_of


def test_every_rule_is_shown_firing_and_silent() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert {case.rule for case in FIRES} == set(names)
    assert {case.rule for case in SILENT} == set(names)


def test_the_tiny_pack_is_clean() -> None:
    assert defects(TINY) == ()


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
