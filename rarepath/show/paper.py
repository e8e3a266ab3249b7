"""Lines of plain text for a terminal: wrapping, indenting, and style where there is colour.

Style never carries a fact: without it every word is still there.
"""

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rarepath.show.words import typeset

__all__ = ["MAX_WIDTH", "Paper", "Style", "plain"]

Style = Literal["bold", "quiet", "danger", "caution", "unknown", "none"]

MAX_WIDTH = 88
_MIN_WIDTH = 28
_CODES: dict[Style, str] = {
    "bold": "1",
    "quiet": "2",
    "danger": "1;31",
    "caution": "33",
    "unknown": "35",
}


def plain(text: str) -> str:
    """`text` on one line, without the control characters that could steer a terminal."""
    shown = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return typeset(" ".join(shown.split(" ")).strip())


@dataclass
class Paper:
    """A page of lines, at most `width` wide (and never wider than `MAX_WIDTH`)."""

    width: int = MAX_WIDTH
    colour: bool = False
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keep the width where lines can still be read."""
        self.width = max(_MIN_WIDTH, min(self.width, MAX_WIDTH))

    def gap(self) -> None:
        """One empty line, never two, and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def heading(self, text: str, style: Style = "bold") -> None:
        """A section's title, after an empty line."""
        self.gap()
        self.text(text, style=style)

    def text(self, text: str, indent: str = "", mark: str = "", style: Style = "none") -> None:
        """A paragraph; `mark` stands before its first line and the rest hangs below it."""
        wrapped = textwrap.wrap(
            plain(text),
            self.width,
            initial_indent=indent + mark,
            subsequent_indent=indent + " " * len(mark),
            break_on_hyphens=False,
        )
        self.lines += [self._styled(line, style) for line in wrapped]

    def entry(self, text: str, indent: str = "  ", style: Style = "none") -> None:
        """A paragraph whose later lines stand two places further in, as in a reference list."""
        self.text(text[2:], indent, text[:2], style)

    def chips(self, words: str, chips: Iterable[str], indent: str) -> None:
        """Words followed by `[short labels]`, which are kept whole where a line has room."""
        lines = textwrap.wrap(plain(words), self.width - len(indent)) or [""]
        self.lines += [self._styled(indent + line, "quiet") for line in lines[:-1]]
        line = indent + lines[-1]
        for chip in (f"[{plain(chip)}]" for chip in chips):
            if len(line) + 2 + len(chip) > self.width and line.strip():
                self.lines.append(self._styled(line, "quiet"))
                line = indent + chip
            else:
                line = f"{line}  {chip}" if line.strip() else indent + chip
        if line.strip():
            self.lines.append(self._styled(line, "quiet"))

    def pairs(self, rows: Sequence[tuple[str, str]], indent: str = "  ") -> None:
        """Two columns: a name, and its text hanging beside it."""
        column = min(max((len(name) for name, _ in rows), default=0), self.width // 3)
        for name, text in rows:
            self.text(text, indent, f"{plain(name):<{column}}  ")

    def box(self, title: str, paragraphs: Iterable[str], items: Iterable[str]) -> None:
        """The danger box: the only frame there is."""
        inside = Paper(self.width)
        inside.width = room = self.width - 4
        for paragraph in paragraphs:
            inside.text(paragraph)
        for item in items:
            inside.text(item, mark="• ")
        self.gap()
        head = f"┌─ {plain(title)} "
        frame = [head + "─" * (self.width - len(head) - 1) + "┐"]
        frame += [f"│ {line:<{room}} │" for line in inside.lines]
        frame += ["└" + "─" * (self.width - 2) + "┘"]
        self.lines += [self._styled(line, "danger") for line in frame]

    def done(self) -> str:
        """The page as text that ends with one line feed."""
        return "\n".join(self.lines).strip("\n") + "\n"

    def _styled(self, line: str, style: Style) -> str:
        if not self.colour or style == "none":
            return line
        # The indent stays bare, so that no style runs into the margin.
        body = line.lstrip(" ")
        margin = line[: len(line) - len(body)]
        return f"{margin}\x1b[{_CODES[style]}m{body}\x1b[0m"
