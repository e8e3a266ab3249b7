"""What `rarepath check` found, as a terminal shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from rarepath.knowledge.checks import Defect
from rarepath.show.paper import Paper
from rarepath.show.views import Counts

__all__ = ["Checked", "render_defects"]


@dataclass(frozen=True)
class Checked:
    """A pack that was checked, the day it was checked on, and how much it holds.

    `version`, `on` and `counts` are absent when it could not be read.
    """

    pack: str
    version: str | None
    on: date | None
    counts: Counts | None


def render_defects(
    defects: Sequence[Defect], checked: Sequence[Checked], width: int, colour: bool
) -> str:
    """Errors by file and line, then warnings, then one line that sums up."""
    paper = Paper(width, colour)
    errors = [defect for defect in defects if defect.severity == "error"]
    warnings = [defect for defect in defects if defect.severity != "error"]
    _listed(paper, errors)
    if warnings:
        paper.heading("Warnings", "caution")
        paper.gap()
        _listed(paper, warnings)
    paper.gap()
    paper.text(_sum(len(errors), len(warnings), checked), style="bold")
    return paper.done()


def _listed(paper: Paper, defects: Iterable[Defect]) -> None:
    for file, found in groupby(defects, key=lambda defect: defect.file):
        paper.gap()
        paper.text(_near(file), style="bold")
        for defect in found:
            paper.text(f"{defect.rule}: {defect.message}", "  ", f"{defect.line:>5}  ")
            paper.text(defect.what_to_do, " " * 9, style="quiet")


def _near(file: str) -> str:
    """The path as seen from where one stands, if it is below."""
    path = Path(file)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def _sum(errors: int, warnings: int, checked: Sequence[Checked]) -> str:
    found = "No defects" if not errors else _many(errors, "defect")
    found += f", {_many(warnings, 'warning')}" if warnings else ""
    held = [one.counts for one in checked if one.counts is not None]
    parts = (
        _many(len(checked), "pack"),
        _many(sum(counts.sources for counts in held), "source"),
        _many(sum(counts.statements for counts in held), "statement"),
        _many(sum(counts.questions for counts in held), "question"),
    )
    return f"{found} in {', '.join(parts)}."


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
