import shutil
from datetime import date
from pathlib import Path

import pytest

from rarepath.kernel.errors import UnknownPack
from rarepath.knowledge.library import SHIPPED
from rarepath.services.check import run
from tests.knowledge.tiny import TINY, copy_with, line_of


def test_a_sound_pack_has_no_defect(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    assert run("tiny", [tmp_path, SHIPPED]) == ()
    assert run(str(TINY), [SHIPPED]) == ()


def test_every_pack_is_checked_when_none_is_named(tmp_path: Path) -> None:
    copy_with(tmp_path / "tiny", ("    interests: none\n", ""))
    for name in ("shared", "other"):
        shutil.copytree(SHIPPED / "shared", tmp_path / name)
    header = tmp_path / "other" / "condition.yaml"
    header.write_text(header.read_text().replace("id: shared", "id: other"))
    found = {(defect.rule, Path(defect.file).parent.name) for defect in run(None, [tmp_path])}
    assert ("signed", "tiny") in found
    assert not {name for rule, name in found if rule == "readable"}


def test_a_pack_that_cannot_be_read_is_one_defect(tmp_path: Path) -> None:
    folder = copy_with(
        tmp_path / "tiny", ("certainty: moderate\n    strength", "certainty: sure\n    strength")
    )
    (defect,) = run("tiny", [tmp_path, SHIPPED])
    assert (defect.rule, defect.severity) == ("readable", "error")
    assert (defect.file, defect.line) == line_of(folder, "certainty: sure")
    assert defect.message.startswith("statements.3.certainty: Input should be")
    assert str(defect).count("statements.3.certainty") == 1


def test_what_two_packs_share_is_reported_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = copy_with(tmp_path / name, ("requires: [shared]", "requires: [base]"))
        header = folder / "condition.yaml"
        header.write_text(header.read_text().replace("  id: tiny\n", f"  id: {name}\n"))
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "a.yaml").write_text("broken: 1\n")
    assert [defect.rule for defect in run(None, [tmp_path])] == ["readable"]


def test_a_pack_is_judged_on_its_day_of_release_or_on_another(tmp_path: Path) -> None:
    copy_with(
        tmp_path / "tiny", ("    year: 2010\n", "    year: 2010\n    review_by: 2027-01-01\n")
    )
    rules = [defect.rule for defect in run("tiny", [tmp_path, SHIPPED])]
    assert rules == ["versioned"]
    later = run("tiny", [tmp_path, SHIPPED], date(2027, 1, 2))
    assert [(d.rule, d.severity) for d in later] == [
        ("source_status", "warning"), ("versioned", "error"),
    ]  # fmt: skip


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(UnknownPack):
        run("nothing", [SHIPPED])


def test_the_shipped_packs_are_clean() -> None:
    assert [str(defect) for defect in run(None, [SHIPPED])] == []
