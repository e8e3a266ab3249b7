"""Read a file of disease names that somebody brought: every line is checked, nothing guessed.

Two formats, told apart by what the file holds: Orphapacket JSON lines, plain or gzip, and a
table `code,name,synonyms` with `|` between synonyms. docs/directory.md describes both.
"""

import csv
import gzip
import hashlib
import json
import os
import re
import stat
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any, Final, NoReturn

from rarepath.ask.words import words
from rarepath.kernel.errors import DirectoryBroken

__all__ = [
    "MAX_BYTES",
    "MAX_COMPRESSED",
    "MAX_LINE",
    "MAX_NAME",
    "MAX_NAMES",
    "MAX_ROWS",
    "Disease",
    "DiseaseFile",
    "opened",
]

MAX_COMPRESSED: Final = 50_000_000
MAX_BYTES: Final = 200_000_000
MAX_LINE: Final = 1_000_000
MAX_ROWS: Final = 100_000
MAX_NAMES: Final = 500_000
MAX_NAME: Final = 300

_GZIP: Final = b"\x1f\x8b"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_HEADER: Final = ["code", "name", "synonyms"]
_CODE: Final = re.compile(r"[0-9]{1,10}", re.ASCII)
# What else a file may be, by how it begins; said so that the person knows which file they took.
_SOMETHING_ELSE: Final = {
    b"\x1f\x8b": "compressed twice",
    b"PK\x03\x04": "a ZIP archive or a spreadsheet",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "a database",
    b"<!": "a web page or an XML file with a document type",
    b"<html": "a web page",
    b"<?xml": "an XML file",
    b"<": "an XML file or a web page",
    b"{\\rtf": "a text document",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
    b"BZh": "compressed by bzip2",
    b"\xfd7zXZ": "compressed by xz",
    b"\x28\xb5\x2f\xfd": "compressed by zstd",
}
_FORMATS: Final = (
    "Use Orphapacket JSON lines (plain or gzip), or a CSV file with the header code,name,synonyms."
)


@dataclass(frozen=True)
class Disease:
    """A disease as the file lists it: the digits of its ORPHA code, its name, its synonyms."""

    code: str
    name: str
    synonyms: tuple[str, ...]
    line: int


class DiseaseFile:
    """An opened file. `release` and `licence` are known once the first disease was read."""

    def __init__(self, file: BufferedReader, name: str) -> None:
        """Read from `file`, which is called `name` in errors; raises DirectoryBroken."""
        self.name = name
        self.release: str | None = None
        self.licence: str | None = None
        packed = file.read(len(_GZIP)) == _GZIP
        size = os.fstat(file.fileno()).st_size
        most = MAX_COMPRESSED if packed else MAX_BYTES
        if size > most:
            self._fault(0, f"the file has {size:,} bytes; at most {most:,} are read")
        file.seek(0)
        self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        self._file = gzip.GzipFile(fileobj=file) if packed else file
        self._line = 0
        self._read = 0

    def diseases(self) -> Iterator[Disease]:
        """The diseases, one line at a time; raises DirectoryBroken at the first fault."""
        codes: dict[str, int] = {}
        names = 0
        for disease in self._diseases():
            if disease.code in codes:
                first = codes[disease.code]
                self._fault(disease.line, f"code {disease.code} stands in line {first} already")
            codes[disease.code] = disease.line
            names += 1 + len(disease.synonyms)
            if len(codes) > MAX_ROWS:
                self._fault(disease.line, f"there are more than {MAX_ROWS:,} diseases")
            if names > MAX_NAMES:
                self._fault(disease.line, f"there are more than {MAX_NAMES:,} names")
            yield disease
        if not codes:
            self._fault(self._line, "the file lists no disease")

    def _diseases(self) -> Iterator[Disease]:
        lines = self._lines()
        first = next(lines, b"").removeprefix(_BYTE_ORDER_MARK)
        if first.startswith(b"{") and not first.startswith(b"{\\rtf"):
            yield self._packet(first)
            yield from map(self._packet, lines)
        elif self._fields(first) == _HEADER:
            self._whole(first)
            yield from map(self._row, lines)
        else:
            self._fault(1, f"the file is {_what_it_is(first)}")

    def _lines(self) -> Iterator[bytes]:
        """Each line with its end, read no further than the limits allow."""
        while True:
            try:
                line = self._file.readline(MAX_LINE + 1)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                self._fault(self._line + 1, "the compressed file is cut off or damaged", error)
            except OSError as error:
                self._fault(self._line + 1, "the file cannot be read to its end", error)
            if not line:
                return
            self._line += 1
            self._read += len(line)
            if self._line == 1 and (what := _what_it_is(line, "")):
                self._fault(1, f"the file is {what}")
            if len(line) > MAX_LINE:
                self._fault(self._line, f"the line has more than {MAX_LINE:,} bytes")
            if self._read > MAX_BYTES:
                self._fault(self._line, f"the file has more than {MAX_BYTES:,} bytes unpacked")
            yield line

    def _text(self, line: bytes) -> str:
        try:
            return line.decode("utf-8").removesuffix("\n").removesuffix("\r")
        except UnicodeDecodeError as error:
            self._fault(self._line, "the line is not UTF-8", error)

    # JSON lines.

    def _packet(self, line: bytes) -> Disease:
        row = self._object(line)
        packet = row.get("Orphapacket", row)
        if not isinstance(packet, dict):
            self._fault(self._line, "Orphapacket is no object")
        code = packet.get("ORPHAcode")
        if isinstance(code, int) and not isinstance(code, bool):
            code = str(code)
        if self.release is None and isinstance(packet.get("version"), str):
            self.release = self._said(packet["version"], "version")
        if self.licence is None and isinstance(packet.get("copyright"), str):
            self.licence = self._said(packet["copyright"], "copyright")
        listed = packet.get("Synonyms")
        if listed is not None and not isinstance(listed, list):
            self._fault(self._line, "Synonyms is no list")
        synonyms = [s.get("Synonym") if isinstance(s, dict) else s for s in listed or ()]
        return self._disease(code, packet.get("Label"), synonyms)

    def _object(self, line: bytes) -> dict[str, Any]:
        try:
            row = json.loads(
                self._text(line), object_pairs_hook=_once, parse_constant=_no_such_number
            )
        except (ValueError, RecursionError) as error:
            found = str(error) if isinstance(error, _Refused) else "the line is not one JSON object"
            self._fault(self._line, found, error)
        if not isinstance(row, dict):
            self._fault(self._line, "the line is not one JSON object")
        return row

    # The table.

    def _row(self, line: bytes) -> Disease:
        self._whole(line)
        fields = self._fields(line)
        if fields is None or len(fields) != len(_HEADER):
            self._fault(self._line, "the line does not have the three fields code,name,synonyms")
        code, name, synonyms = fields
        return self._disease(code, name, synonyms.split("|") if synonyms else [])

    def _fields(self, line: bytes) -> list[str] | None:
        text = self._text(line)
        try:
            rows = list(csv.reader([text], strict=True)) if text else []
        except csv.Error:
            return None
        return rows[0] if rows else None

    def _whole(self, line: bytes) -> None:
        # Half a name is a name too, so only the end of the line shows that a row is whole.
        if not line.endswith(b"\n"):
            self._fault(self._line, "the last line does not end: the file may be cut off")

    # Both.

    def _disease(self, code: object, name: object, synonyms: list[Any]) -> Disease:
        if not isinstance(code, str) or not _CODE.fullmatch(code.strip()):
            self._fault(self._line, "the code is missing or is not made of digits")
        found = [self._name(synonym, "a synonym") for synonym in synonyms]
        label = self._name(name, "the name")
        return Disease(code.strip().lstrip("0") or "0", label, tuple(found), self._line)

    def _name(self, name: object, what: str) -> str:
        name = self._said(name, what)
        if not any(word[0].isalpha() for word in words(name)):
            self._fault(self._line, f"{what} holds no word in Latin letters")
        return name

    def _said(self, name: object, what: str) -> str:
        if not isinstance(name, str) or not name.strip():
            self._fault(self._line, f"{what} is missing or empty")
        name = name.strip()
        if len(name) > MAX_NAME:
            self._fault(self._line, f"{what} has more than {MAX_NAME} characters")
        if any(
            unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in name
        ):
            self._fault(self._line, f"{what} holds a control character")
        return name

    def _fault(self, line: int, what: str, cause: BaseException | None = None) -> NoReturn:
        where = f"{self.name}:{line}" if line else self.name
        raise DirectoryBroken(
            f"{what[0].upper()}{what[1:]}.",
            f"Nothing was loaded. {_FORMATS}",
            where,
        ) from cause


@contextmanager
def opened(path: Path) -> Iterator[DiseaseFile]:
    """The file at `path`, opened; raises DirectoryBroken when it is no file that can be read."""
    try:
        # Without O_NONBLOCK a named pipe would keep us waiting for somebody to write.
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or "no such file") from error
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise _unreadable(path, "it is not a file")
    with os.fdopen(number, "rb") as file:
        try:
            found = DiseaseFile(file, str(path))
        except OSError as error:
            raise _unreadable(path, error.strerror or "it cannot be read to its end") from error
        yield found


def _unreadable(path: Path, why: str) -> DirectoryBroken:
    name = str(path).replace("\0", "?")
    return DirectoryBroken(f"The file cannot be read: {why}.", "Name a file with diseases.", name)


class _Refused(ValueError):
    """What JSON allows and this file may not hold."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("a key stands twice in one object")
    return found


def _no_such_number(text: str) -> NoReturn:
    raise _Refused(f"{text} is no number")


def _what_it_is(line: bytes, otherwise: str = "neither of the formats that are read") -> str:
    """What a file that starts with `line` seems to be."""
    start = line.removeprefix(_BYTE_ORDER_MARK).lower()
    for magic, what in _SOMETHING_ELSE.items():
        if start.startswith(magic.lower()):
            return what
    return otherwise
