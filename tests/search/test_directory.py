"""A directory of other diseases: what a file may hold, what is refused, what stays."""

import gzip
import io
import json
import os
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rarepath.ask.linking import Known
from rarepath.kernel.errors import DirectoryBroken
from rarepath.search import disease_file
from rarepath.search.directory import Contents, StoredDirectory, load
from rarepath.search.disease_file import Disease, opened

ON = date(2026, 11, 22)
CSV = "code,name,synonyms\n101,Fern lip syndrome,Hale disease|FLS\n102,Quill palsy,\n"


def packet(code: object, label: object, *synonyms: object, **more: object) -> str:
    row = {"ORPHAcode": code, "Label": label, **more}
    if synonyms:
        row["Synonyms"] = [{"Synonym": synonym} for synonym in synonyms]
    return json.dumps({"Orphapacket": row}) + "\n"


LINES = packet(
    "101", "Fern lip syndrome", "Hale disease", "FLS", version="7", copyright="Nobody 2026"
) + packet("102", "Quill palsy")


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write(held: str | bytes) -> Path:
        path = tmp_path / "brought"
        path.write_bytes(held.encode() if isinstance(held, str) else held)
        return path

    return write


Put = Callable[[str | bytes], Path]


def read(path: Path) -> list[Disease]:
    with opened(path) as file:
        return list(file.diseases())


def fault(path: Path) -> DirectoryBroken:
    with pytest.raises(DirectoryBroken) as caught:
        read(path)
    assert caught.value.exit_code == 3 and caught.value.what_to_do
    return caught.value


def loaded(put: Put, held: str | bytes, target: Path) -> StoredDirectory:
    load(put(held), target, ON)
    return StoredDirectory(target)


FERN = Disease("101", "Fern lip syndrome", ("Hale disease", "FLS"), 1)


@pytest.mark.parametrize(
    "held",
    [
        LINES,
        "\ufeff" + LINES,
        LINES.rstrip("\n"),
        LINES.replace("\n", "\r\n"),
        gzip.compress(LINES.encode()),
        gzip.compress(LINES.encode()[:40]) + gzip.compress(LINES.encode()[40:]),
        LINES.replace('"101"', "101").replace('"102"', '" 0102 "'),
        "".join(json.dumps(json.loads(line)["Orphapacket"]) + "\n" for line in LINES.splitlines()),
        LINES.replace('{"Synonym": "FLS"}', '" FLS "'),
    ],
)
def test_json_lines(put: Put, held: str | bytes) -> None:
    assert read(put(held)) == [FERN, Disease("102", "Quill palsy", (), 2)]


@pytest.mark.parametrize(
    "held",
    [
        CSV,
        "\ufeff" + CSV,
        CSV.replace("\n", "\r\n"),
        gzip.compress(CSV.encode()),
        CSV.replace("Quill palsy", '"Quill palsy"'),
    ],
)
def test_a_table(put: Put, held: str | bytes) -> None:
    diseases = read(put(held))
    assert [(d.code, d.name, d.synonyms) for d in diseases] == [
        ("101", "Fern lip syndrome", ("Hale disease", "FLS")),
        ("102", "Quill palsy", ()),
    ]
    assert [d.line for d in diseases] == [2, 3]


@pytest.mark.parametrize(
    ("held", "line", "what"),
    [
        ("", 1, "neither"),
        ("\n" + CSV, 1, "neither"),
        ("code,name\n1,Fern\n", 1, "neither"),
        ("code;name;synonyms\n", 1, "neither"),
        ("code,name,synonyms\n", 1, "lists no disease"),
        ("code,name,synonyms", 1, "cut off"),
        (CSV.rstrip("\n"), 3, "cut off"),
        (CSV + "103,Moor knee", 4, "cut off"),
        (CSV + "103,Moor knee\n", 4, "three fields"),
        (CSV + "103,Moor knee,a,b\n", 4, "three fields"),
        (CSV + "\n", 4, "three fields"),
        (CSV + '103,"Moor knee,\n', 4, "three fields"),
        (CSV + ",Moor knee,\n", 4, "digits"),
        (CSV + "ORPHA103,Moor knee,\n", 4, "digits"),
        (CSV + "\uff11\uff10\uff13,Moor knee,\n", 4, "digits"),
        (CSV + "12345678901,Moor knee,\n", 4, "digits"),
        (CSV + "103,,\n", 4, "The name is missing"),
        (CSV + "103,  ,\n", 4, "The name is missing"),
        (CSV + "103,Moor knee,a||b\n", 4, "A synonym is missing"),
        (CSV + f"103,{'x' * 301},\n", 4, "more than 300"),
        (CSV + "103,Moor\x1bknee,\n", 4, "control"),
        (CSV + "103,Moor\u202eknee,\n", 4, "control"),
        (CSV + "103,Moor\u2028knee,\n", 4, "control"),
        (CSV + "103,Болезнь,\n", 4, "Latin"),
        (CSV + "103,17,\n", 4, "Latin"),
        (CSV + "101,Moor knee,\n", 4, "stands in line 2"),
        (CSV + "00101,Moor knee,\n", 4, "stands in line 2"),
        (CSV.encode() + b"103,Moor\xff,\n", 4, "UTF-8"),
        (LINES + "\n", 3, "one JSON object"),
        (LINES + packet("103", "Moor knee")[:-5], 3, "one JSON object"),
        (LINES + "[1]\n", 3, "one JSON object"),
        (LINES + '{"a": NaN}\n', 3, "NaN"),
        (LINES + '{"Orphapacket": {"ORPHAcode": "1", "ORPHAcode": "2"}}\n', 3, "twice"),
        (LINES + '{"Orphapacket": 3}\n', 3, "no object"),
        (LINES + '{"a": ' + "[" * 100_000 + "\n", 3, "one JSON object"),
        (LINES + '{"a": ' + "1" * 5000 + "}\n", 3, "one JSON object"),
        (LINES + packet(None, "Moor knee"), 3, "digits"),
        (LINES + packet(True, "Moor knee"), 3, "digits"),
        (LINES + packet(-3, "Moor knee"), 3, "digits"),
        (LINES + packet("103", None), 3, "The name is missing"),
        (LINES + packet("103", 7), 3, "The name is missing"),
        (LINES + packet("103", "Moor knee", None), 3, "A synonym is missing"),
        (LINES + packet("103", "Moor knee", Synonyms="Moor"), 3, "Synonyms is no list"),
        (LINES + packet("103", "Moor \ud800"), 3, "control"),
        (LINES + packet("101", "Moor knee"), 3, "stands in line 1"),
        (packet("101", "Fern lip", version="x\0"), 1, "control"),
        ('{\n "Orphapacket": {}}\n', 1, "one JSON object"),
        ("{\\rtf1}", 1, "text document"),
        (gzip.compress(LINES.encode())[:-9], 3, "cut off"),
        (gzip.compress(LINES.encode())[:40], 1, "cut off"),
        (gzip.compress(LINES.encode()) + b"more", 3, "damaged"),
        (b"\x1f\x8b", 1, "cut off"),
        (b"\x1f\x8bnonsense that is no gzip", 1, "damaged"),
        (gzip.compress(gzip.compress(LINES.encode())), 1, "compressed twice"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), 1, "a picture"),
        (b"\x7fELF\x02\x01\x01" + bytes(50), 1, "a program"),
        (b"<!DOCTYPE html>\n<html>", 1, "a web page"),
        (b'<?xml version="1.0"?>\n<JDBOR>', 1, "an XML file"),
        ("code,name,synonyms\n1,Fern,\n".encode("utf-16"), 1, "UTF-16"),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, str | bytes) else None,
)
def test_what_is_refused(put: Put, held: str | bytes, line: int, what: str) -> None:
    path = put(held)
    error = fault(path)
    assert what in error.message and error.where == f"{path}:{line}"


def test_a_spreadsheet_called_csv(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    (tmp_path / "names.csv").write_bytes(held.getvalue())
    assert "spreadsheet" in fault(tmp_path / "names.csv").message


def test_a_name_of_300_characters_is_read(put: Put) -> None:
    assert read(put(f"code,name,synonyms\n1,{'x' * 300},\n"))[0].name == "x" * 300


@pytest.mark.parametrize(
    ("limit", "value", "held", "line", "what"),
    [
        ("MAX_LINE", 60, CSV + "103," + "x" * 60 + ",\n", 4, "more than 60 bytes"),
        ("MAX_BYTES", 60, gzip.compress(CSV.encode()), 3, "60 bytes unpacked"),
        ("MAX_ROWS", 1, CSV, 3, "more than 1 diseases"),
        ("MAX_NAMES", 3, CSV, 3, "more than 3 names"),
    ],
)
def test_too_much(
    put: Put,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
    value: int,
    held: str | bytes,
    line: int,
    what: str,
) -> None:
    assert read(put(held))
    monkeypatch.setattr(disease_file, limit, value)
    path = put(held)
    error = fault(path)
    assert what in error.message and error.where == f"{path}:{line}"


@pytest.mark.parametrize(
    ("limit", "held"), [("MAX_BYTES", CSV.encode()), ("MAX_COMPRESSED", gzip.compress(b"x" * 99))]
)
def test_a_file_that_is_too_large_is_not_read(
    put: Put, monkeypatch: pytest.MonkeyPatch, limit: str, held: bytes
) -> None:
    path = put(held)
    monkeypatch.setattr(disease_file, limit, len(held) - 1)
    assert fault(path).where == str(path)
    assert f"has {len(held)} bytes" in fault(path).message


def test_a_bomb_is_given_up_early(put: Put) -> None:
    path = put(gzip.compress(b"code,name,synonyms\n" + b"0" * 60_000_000))
    assert path.stat().st_size < 100_000
    assert "more than 1,000,000 bytes" in fault(path).message


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "No such file" in fault(tmp_path / "nowhere").message
    assert "not a file" in fault(tmp_path).message
    assert "no such file" in fault(Path("a\0b")).message
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in fault(tmp_path / "pipe").message
    assert "not a file" in fault(Path("/dev/zero")).message


def test_what_is_kept(put: Put, tmp_path: Path) -> None:
    target = tmp_path / "directory.sqlite"
    contents = load(put(gzip.compress(LINES.encode(), mtime=0)), target, ON)
    assert contents == Contents(
        file="brought",
        sha256=contents.sha256,
        release="7",
        licence="Nobody 2026",
        diseases=2,
        names=4,
        loaded_on=ON,
    )
    assert len(contents.sha256) == 64
    assert StoredDirectory(target).contents() == contents
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    plain = load(put(CSV), target, ON)
    assert (plain.release, plain.licence) == (None, None)
    assert StoredDirectory(target).contents() == plain


def test_names_are_found(put: Put, tmp_path: Path) -> None:
    directory = loaded(put, CSV, tmp_path / "d.sqlite")
    assert directory.starts() == {"fern": 3, "hal": 2, "fls": 1, "quill": 2}
    runs = ["fern lip syndrom", "fls", "fern", "quill palsi", "'; DROP TABLE names"]
    assert directory.find(runs) == {
        "fern lip syndrom": Known("Fern lip syndrome", "101", "Fern lip syndrome"),
        "fls": Known("Fern lip syndrome", "101", "FLS"),
        "quill palsi": Known("Quill palsy", "102", "Quill palsy"),
    }
    assert directory.find([]) == {}


def test_a_name_of_two_diseases_stands_for_neither(put: Put, tmp_path: Path) -> None:
    held = "code,name,synonyms\n1,Moor knee,RK|Bent moor|Stalk\n2,Rush knee,RK|Moor knee|Bent moors"
    directory = loaded(
        put, held + "\n3,Stalk,\n4,Stalks,\n5,Straw,STRAW|Rush knee\n", tmp_path / "d"
    )
    found = directory.find(["rk", "bent moor", "moor kne", "rush kne", "stalk", "straw"])
    assert {run: (known.name, known.code) for run, known in found.items()} == {
        "rk": ("RK", None),
        "bent moor": ("Bent moor", None),
        "moor kne": ("Moor knee", "1"),  # a disease's own name goes before a synonym
        "rush kne": ("Rush knee", "2"),
        "stalk": ("Stalk", None),  # two own names that fold alike
        "straw": ("Straw", "5"),
    }


def test_a_new_file_takes_the_place_of_the_old(put: Put, tmp_path: Path) -> None:
    target = tmp_path / "home" / "d.sqlite"
    target.parent.mkdir()
    directory = StoredDirectory(target)
    assert directory.starts() == {} and directory.find(["fls"]) == {}
    assert directory.contents() is None and directory.fault is None
    load(put(CSV), target, ON)
    assert set(directory.find(["fls", "moor kne"])) == {"fls"}
    load(put("code,name,synonyms\n1,Moor knee,\n"), target, ON)
    assert set(directory.find(["fls", "moor kne"])) == {"moor kne"}
    assert set(directory.starts()) == {"moor"}
    target.unlink()
    assert directory.find(["moor kne"]) == {} and directory.contents() is None
    assert list(target.parent.iterdir()) == []


def test_a_bad_file_leaves_the_old_one_and_nothing_else(put: Put, tmp_path: Path) -> None:
    target = tmp_path / "home" / "d.sqlite"
    target.parent.mkdir()
    load(put(CSV), target, ON)
    before = target.read_bytes()
    with pytest.raises(DirectoryBroken):
        load(put(LINES + LINES), target, ON)
    assert target.read_bytes() == before
    assert list(target.parent.iterdir()) == [target]


def test_progress_is_told(put: Put, tmp_path: Path) -> None:
    rows = "".join(f"{n},Moor knee type {n},\n" for n in range(2500))
    told: list[int] = []
    load(put("code,name,synonyms\n" + rows), tmp_path / "d", ON, told.append)
    assert told == [1000, 2000]


def test_a_folder_that_cannot_be_written(put: Put, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        load(put(CSV), tmp_path / "nowhere" / "d", ON)


def another_database(path: Path) -> None:
    path.unlink()
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE names (run); PRAGMA user_version = 1;")
    database.close()


def without(table: str) -> Callable[[Path], None]:
    def drop(path: Path) -> None:
        database = sqlite3.connect(path)
        database.executescript(f"DROP TABLE {table}")
        database.close()

    return drop


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"not a database at all, but long enough to be read as one"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:200]),
        another_database,
        without("contents"),
        without("starts"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_damaged_directory_knows_no_name_and_says_so(
    put: Put, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    target = tmp_path / "d.sqlite"
    directory = loaded(put, CSV, target)
    assert directory.fault is None
    harm(target)
    assert directory.find(["fls"]) == {}
    assert directory.starts() == {} and directory.contents() is None
    assert directory.fault is not None and directory.fault.where == str(target)
    assert "rarepath directory FILE" in directory.fault.what_to_do


def test_damage_that_shows_only_when_asked(put: Put, tmp_path: Path) -> None:
    target = tmp_path / "d.sqlite"
    load(put(CSV), target, ON)
    without("names")(target)
    directory = StoredDirectory(target)
    assert directory.starts()
    assert directory.find(["fls"]) == {}
    assert directory.fault is not None and directory.starts() == {}


def test_many_threads_may_ask(put: Put, tmp_path: Path) -> None:
    directory = loaded(put, CSV, tmp_path / "d")
    found: list[int] = []

    def ask() -> None:
        for _ in range(50):
            found.append(len(directory.find(["fls", "quill palsi", "moor"])))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 200


@settings(max_examples=300, deadline=None)
@given(
    held=st.binary(max_size=300)
    | st.text(max_size=100).map(lambda text: ("code,name,synonyms\n" + text).encode())
    | st.text(max_size=100).map(lambda text: (LINES + text).encode())
    | st.binary(max_size=100).map(gzip.compress),
    cut=st.integers(0, 300) | st.none(),
)
@example(held=gzip.compress(LINES.encode()), cut=None)
@example(held=gzip.compress(LINES.encode()), cut=60)
@example(held=CSV.encode(), cut=None)
def test_any_bytes_are_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, held: bytes, cut: int | None
) -> None:
    folder = tmp_path_factory.mktemp("any")
    source, target = folder / "source", folder / "home" / "d.sqlite"
    target.parent.mkdir()
    source.write_bytes(CSV.encode())
    old = load(source, target, ON)
    source.write_bytes(held[:cut])
    try:
        new = load(source, target, ON)
    except DirectoryBroken:
        assert StoredDirectory(target).contents() == old
    else:
        assert StoredDirectory(target).contents() == new
        assert len(read(source)) == new.diseases > 0
    assert list(target.parent.iterdir()) == [target]
