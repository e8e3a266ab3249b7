"""Read one YAML file strictly: text only, no duplicate keys, no aliases, a line for everything.

YAML guesses types: `015` would become 13, `NO` would become False, `698.30` would lose a
digit. A pack holds doses and codes, so here every scalar stays the text that was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rarepath.kernel.errors import PackBroken

__all__ = ["Document", "read_yaml"]

Where = tuple[str | int, ...]
MAX_BYTES = 2_000_000
MAX_DEPTH = 30


@dataclass(frozen=True)
class Document:
    """One file's content as nested dict, list and str, with the line of every part.

    `lines` maps a path such as ("statements", 3, "text") to a line number counted from 1.
    """

    file: Path
    content: Any
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """The line of `where`, or of the nearest part that encloses it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_yaml(file: Path) -> Document:
    """Read `file`; raise PackBroken (file and line) for anything ambiguous or malformed."""
    raw = file.read_bytes()
    if len(raw) > MAX_BYTES:
        raise _broken(file, 1, f"the file is larger than {MAX_BYTES} bytes", "Split it.")
    try:
        text = raw.decode("utf-8")
        _refuse_aliases(file, text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _broken(file, line, "not UTF-8 text", "Save the file as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not valid YAML"
        line = mark.line + 1 if mark else 1
        raise _broken(file, line, problem, "Mend the YAML at this line.") from error
    lines: dict[Where, int] = {}
    content = _plain(file, root, (), lines) if root is not None else {}
    return Document(file, content, lines)


def _refuse_aliases(file: Path, text: str) -> None:
    # Composing resolves aliases silently, and nested ones grow without bound, so the
    # events are looked at before anything is composed.
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            line = event.start_mark.line + 1
            raise _broken(file, line, "anchors and aliases are not allowed", "Write it out.")


def _plain(file: Path, node: yaml.Node, where: Where, lines: dict[Where, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(where, line)
    if len(where) > MAX_DEPTH:
        raise _broken(file, line, "nested too deeply", "Flatten it.")
    if isinstance(node, yaml.ScalarNode):
        # Only an empty plain scalar means "absent"; "null" and "~" stay words.
        return None if node.value == "" and node.style is None else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(file, item, (*where, at), lines) for at, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key, value in node.value:
        name = key.value
        key_line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _broken(file, key_line, "a key must be a word", "Use a plain key.")
        if name in result:
            raise _broken(file, key_line, f"the key {name} stands twice", "Keep one of them.")
        lines[(*where, name)] = key_line
        result[name] = _plain(file, value, (*where, name), lines)
    return result


def _broken(file: Path, line: int, message: str, what_to_do: str) -> PackBroken:
    return PackBroken(message, what_to_do, file=str(file), line=line, field="file")
