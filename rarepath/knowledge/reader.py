"""Read one YAML file strictly: text only, no duplicate keys, no aliases, a line for everything.

YAML guesses types: `015` would become 13, `NO` would become False, `698.30` would lose a
digit. A pack holds doses and codes, so here every scalar stays the text that was written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rarepath.kernel.errors import PackBroken

__all__ = ["Document", "read_yaml"]

_Where = tuple[str | int, ...]
_MAX_BYTES = 2_000_000
_MAX_DEPTH = 30


@dataclass(frozen=True)
class Document:
    """One file's content as nested dict, list and str, with the line of every part.

    `lines` maps a path such as ("statements", 3, "text") to a line number counted from 1.
    """

    file: Path
    content: Any
    lines: Mapping[_Where, int]

    def line(self, where: _Where) -> int:
        """The line of `where`, or of the nearest part that encloses it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_yaml(file: Path) -> Document:
    """Read `file`; raise PackBroken (file and line) for anything ambiguous or malformed."""
    raw = _bytes(file)
    try:
        composer = _Composer(file, yaml.parse(raw.decode("utf-8"), Loader=yaml.CSafeLoader))
        content = composer.document()
    except UnicodeDecodeError as error:
        raise _broken(
            file, _line_at(raw, error.start), "not UTF-8 text", "Save it as UTF-8."
        ) from None
    except yaml.reader.ReaderError as error:
        line = _line_at(raw, error.position)
        raise _broken(file, line, "a control character", "Delete this character.") from None
    except yaml.MarkedYAMLError as error:
        assert error.problem_mark is not None, "libyaml marks every problem of a parser"
        line = error.problem_mark.line + 1
        raise _broken(file, line, str(error.problem), "Mend the YAML at this line.") from None
    return Document(file, content, composer.lines)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise _broken(file, 1, f"the file is larger than {_MAX_BYTES} bytes", "Split it.")
        return file.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise _broken(file, 1, message, "Check the file and its permissions.") from None


def _line_at(raw: bytes, position: int) -> int:
    return raw[:position].count(b"\n") + 1


@dataclass
class _Composer:
    """Builds dict, list and str from parser events.

    Not `yaml.compose`: it resolves aliases silently (nested ones grow without bound), ignores
    tags, and its recursion in C ends the whole process on deeply nested brackets.
    """

    file: Path
    events: Iterator[Any]
    lines: dict[_Where, int] = field(default_factory=dict)

    def document(self) -> Any:
        """The content of the only document; an empty file is an empty mapping."""
        next(self.events)  # the stream begins
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return {}
        content = self._node(next(self.events), ())
        next(self.events)  # the document ends
        rest = next(self.events)
        if not isinstance(rest, yaml.StreamEndEvent):
            raise self._refuse(rest, "a second document begins", "Give it a file of its own.")
        return content

    def _node(self, event: Any, where: _Where) -> Any:
        self.lines.setdefault(where, _line_of(event))
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refuse(event, "anchors and aliases are not allowed", "Write it out.")
        if event.tag is not None:
            raise self._refuse(event, f"the tag {event.tag} is not allowed", "Delete the tag.")
        if len(where) > _MAX_DEPTH:
            raise self._refuse(event, "nested too deeply", "Flatten it.")
        if isinstance(event, yaml.ScalarEvent):
            # Only an empty plain scalar means "absent"; "null", "~" and "" stay words.
            return event.value if event.value or event.style else None
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(where)
        return self._mapping(where)

    def _sequence(self, where: _Where) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._node(event, (*where, len(result))))
        return result

    def _mapping(self, where: _Where) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "a key must be a word", "Use a plain key.")
            name = event.value
            if name in result:
                raise self._refuse(event, f"the key {name} stands twice", "Keep one of them.")
            self.lines[(*where, name)] = _line_of(event)
            result[name] = self._node(next(self.events), (*where, name))
        return result

    def _refuse(self, event: Any, message: str, what_to_do: str) -> PackBroken:
        return _broken(self.file, _line_of(event), message, what_to_do)


def _line_of(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _broken(file: Path, line: int, message: str, what_to_do: str) -> PackBroken:
    return PackBroken(message, what_to_do, file=str(file), line=line, field="file")
