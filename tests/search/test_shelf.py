"""The shelf: whole or absent, made anew when anything it depends on changed, nobody's question."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from rarepath.ask.desk import Desk
from rarepath.ask.linking import Names
from rarepath.ask.matching import PackWords
from rarepath.ask.words import words
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.search import shelf
from rarepath.search.index import LexicalIndex
from rarepath.search.lessons import Lessons, wordings
from rarepath.search.questions import QuestionSearcher
from rarepath.search.sense import Sense
from rarepath.search.shelf import Model, Shelf, in_memory
from rarepath.services.ask import ask
from rarepath.services.knowledge import Knowledge
from tests.ask.conftest import ON
from tests.search.counted import Counted

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "tests" / "ask" / "packs"
CANARY = "quokkalike"

_Packs = Mapping[str, tuple[Pack, PackWords]]


def packs_in(folder: Path) -> _Packs:
    return {pack.id: (pack, PackWords(pack)) for pack in Knowledge([folder]).conditions()}


@pytest.fixture(scope="module")
def packs() -> _Packs:
    return packs_in(PACKS)


@pytest.fixture(scope="module")
def names(packs: _Packs) -> Names:
    return Names([pack for pack, _ in packs.values()])


@pytest.fixture(params=[False, True], ids=["words", "sense"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """A shelf that is made, by words alone or with a model."""
    return Shelf(tmp_path / "cache", Model("counted", Counted()) if request.param else None)


def answers(searcher: QuestionSearcher, packs: _Packs) -> object:
    """What a searcher says to some questions."""
    asked = ("does sporalin help", "which code", "will it come back", "zebra")
    return [
        searcher.search(words(text), pack, Reader.PATIENT, text)
        for pack, _ in packs.values()
        for text in asked
    ]


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be built from now on."""

    def built(*more: object) -> None:
        raise AssertionError("built anew")

    monkeypatch.setattr(shelf, "_lessons", built)


def test_it_is_built_once_and_then_opened(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answers(kept.searcher(packs, names), packs)
    assert kept.folder(packs).is_dir()
    assert [path.name for path in kept.folder(packs).parent.iterdir()] == [
        kept.folder(packs).name  # nothing half-built stays
    ]
    forbid(monkeypatch)
    assert answers(kept.searcher(packs, names), packs) == first


def test_what_is_kept_answers_as_what_is_not(tmp_path: Path, packs: _Packs, names: Names) -> None:
    by_words = Shelf(tmp_path).searcher(packs, names)
    assert answers(by_words, packs) == answers(in_memory(packs, names), packs)
    assert by_words.turns_on("a zebra", ["sebra"]) is None


def test_the_index_is_made_once_where_it_can_be_kept(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path | None] = []
    index = shelf._index

    def counted(lessons: list[Lessons], folder: Path | None = None) -> LexicalIndex:
        made.append(folder)
        return index(lessons, folder)

    monkeypatch.setattr(shelf, "_index", counted)
    kept.searcher(packs, names)
    assert [folder is not None for folder in made] == [True]


def test_each_pack_is_learnt_from_its_own_wordings(
    tmp_path: Path, packs: _Packs, names: Names
) -> None:
    sense = Shelf(tmp_path, Model("counted", Counted())).searcher(packs, names)._sense
    assert sense is not None
    for name, (pack, _) in packs.items():
        pairs = list(wordings(pack, names))
        alone = Sense(Counted())
        alone.learn(name, [n for n, _ in pairs], Counted().encode([text for _, text in pairs]))
        for _, text in pairs:
            assert sense.rank(name, text) == pytest.approx(alone.rank(name, text), abs=1e-6)


def test_it_says_what_takes_long_and_only_that(tmp_path: Path, packs: _Packs, names: Names) -> None:
    said: list[str] = []
    made = Shelf(tmp_path, Model("counted", Counted()), said.append)
    made.searcher(packs, names)
    made.searcher(packs, names)
    assert len(said) == 1
    Shelf(tmp_path, None, said.append).searcher(packs, names)
    assert len(said) == 1


def test_no_text_is_encoded_twice(tmp_path: Path, packs: _Packs, names: Names) -> None:
    encoder = Counted()
    made = Shelf(tmp_path, Model("counted", encoder))
    made.searcher(packs, names)
    assert len(encoder.read) == len(set(encoder.read)) > 10
    encoder.read.clear()
    made.searcher(packs, names)
    shutil.rmtree(made.folder(packs))
    made.searcher(packs, names)
    assert encoder.read == []


# Its name.


def edited(packs: _Packs, tmp_path: Path, file: str, old: str, new: str) -> _Packs:
    shutil.copytree(PACKS, tmp_path / "edited")
    path = tmp_path / "edited" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return packs_in(tmp_path / "edited")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("moss/moss.yaml", "Explain moss ear", "Explain moss ears to us"),  # a wording
        ("moss/moss.yaml", "green growth", "red growth"),  # a statement
        ("moss/moss.yaml", "Bryson's disease", "Brysson's disease"),  # a name
        ("common/common.yaml", "[SPL, Sporalin forte]", "[SPL]"),  # a pack that it requires
        ("common/common.yaml", "stop_words: [a, ", "stop_words: ["),
    ],
)
def test_another_pack_has_another_folder(
    kept: Shelf, packs: _Packs, tmp_path: Path, file: str, old: str, new: str
) -> None:
    assert kept.folder(edited(packs, tmp_path, file, old, new)) != kept.folder(packs)


def test_a_comment_changes_nothing(kept: Shelf, packs: _Packs, tmp_path: Path) -> None:
    same = edited(packs, tmp_path, "moss/moss.yaml", "# INVENTED", "# Invented")
    assert kept.folder(same) == kept.folder(packs)


def test_fewer_packs_have_another_folder(kept: Shelf, packs: _Packs) -> None:
    assert kept.folder({"moss": packs["moss"]}) != kept.folder(packs)


@pytest.mark.parametrize("name", shelf._RECIPE)
def test_another_recipe_has_another_folder(
    kept: Shelf, packs: _Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    copy = tmp_path / "search"
    for each in shelf._RECIPE:
        (copy / each).parent.mkdir(parents=True, exist_ok=True)
        (copy / each).write_bytes((Path(shelf.__file__).parent / each).read_bytes())
    monkeypatch.setattr(shelf, "__file__", str(copy / "shelf.py"))
    before = kept.folder(packs)
    with (copy / name).open("a") as file:
        file.write("\n# changed\n")
    assert kept.folder(packs) != before


def test_another_model_or_engine_has_another_folder(
    packs: _Packs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        Shelf(tmp_path, model) for model in (None, Model("a", Counted()), Model("b", Counted()))
    ]
    folders = {each.folder(packs) for each in made}
    assert len(folders) == 3
    monkeypatch.setattr(shelf, "version", lambda name: "99")
    assert folders.isdisjoint(each.folder(packs) for each in made)


# Damage.


def empty(file: Path) -> None:
    file.write_bytes(b"")


def half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def a_folder_in_its_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [empty, half, flip_a_bit, Path.unlink, a_folder_in_its_place])
def test_every_damaged_file_is_noticed_and_made_anew(
    kept: Shelf,
    packs: _Packs,
    names: Names,
    damage: Callable[[Path], object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = answers(kept.searcher(packs, names), packs)
    folder = kept.folder(packs)
    # The engine's own locks and notes hold nothing that an answer depends on.
    listed = [file for file in files_below(folder) if not file.name.startswith(".")]
    assert len(listed) > 5
    spare = folder.parents[1] / "spare"
    shutil.copytree(folder, spare)
    for file in listed:
        shutil.rmtree(folder)
        shutil.copytree(spare, folder)
        damage(file)
        assert not shelf._is_whole(folder)
        assert answers(kept.searcher(packs, names), packs) == right
        assert shelf._is_whole(folder), file
        listed_again = files_below(folder)
        assert len(listed_again) >= len(listed)


def test_a_file_in_place_of_the_folder_gives_way(kept: Shelf, packs: _Packs, names: Names) -> None:
    folder = kept.folder(packs)
    folder.parent.mkdir(parents=True)
    folder.write_text("a stranger")
    kept.searcher(packs, names)
    assert shelf._is_whole(folder)


def test_sums_that_agree_with_an_empty_folder_open_nothing(
    kept: Shelf, packs: _Packs, names: Names
) -> None:
    folder = kept.folder(packs)
    folder.mkdir(parents=True)
    (folder / "sums.json").write_text("{}")
    assert answers(kept.searcher(packs, names), packs)


# Crashes, and others who write.


@pytest.mark.parametrize("step", ["_index", "_sums"])
def test_a_crash_in_the_middle_leaves_the_old_one(
    kept: Shelf, packs: _Packs, names: Names, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens while a new version is built, the other one stays whole."""
    kept.searcher(packs, names)
    old = kept.folder(packs)
    fewer = {"moss": packs["moss"]}

    def crash(*more: object) -> None:
        raise KeyboardInterrupt

    known = getattr(shelf, step)
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_is_whole", lambda folder: False)
        patch.setattr(shelf, step, crash)
        with pytest.raises(KeyboardInterrupt):
            kept.searcher(fewer, names)
    assert getattr(shelf, step) is known
    assert list(old.parent.iterdir()) == [old]
    assert shelf._is_whole(old)
    assert answers(kept.searcher(fewer, names), fewer)


def test_a_killed_build_leaves_nothing_that_is_taken_for_whole(
    tmp_path: Path, packs: _Packs, names: Names
) -> None:
    program = (
        "import os, sys; from pathlib import Path; from rarepath.search import shelf;"
        "from tests.search.test_shelf import PACKS, packs_in;"
        "from rarepath.ask.linking import Names;"
        "shelf._sums = lambda folder: os._exit(9);"
        "packs = packs_in(PACKS);"
        "shelf.Shelf(Path(sys.argv[1])).searcher(packs, Names([p for p, _ in packs.values()]))"
    )
    run = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert run.returncode == 9
    made = Shelf(tmp_path)
    left = list(made.folder(packs).parent.iterdir())
    assert [path.name.startswith(".building-") for path in left] == [True]
    assert answers(made.searcher(packs, names), packs)
    assert made.prune(packs) == 0  # it may still be at work
    os.utime(left[0], (time.time() - 7200,) * 2)
    assert made.prune(packs) == 1
    assert list(made.folder(packs).parent.iterdir()) == [made.folder(packs)]


def test_a_cache_that_cannot_be_written_answers_from_memory(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = answers(kept.searcher(packs, names), packs)
    shutil.rmtree(kept.cache)

    def refuse(*more: object, **options: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(shelf.tempfile, "mkdtemp", refuse)
        patch.setattr(Path, "mkdir", refuse)
        assert answers(kept.searcher(packs, names), packs) == expected
    assert not kept.folder(packs).exists()
    assert answers(kept.searcher(packs, names), packs) == expected
    assert kept.folder(packs).is_dir()


def test_a_disk_that_is_full_for_the_index_leaves_nothing(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine tells it as a ValueError."""
    index = shelf._index

    def full(lessons: list[Lessons], folder: Path | None = None) -> LexicalIndex:
        if folder:
            raise ValueError("No space left on device (os error 28)")
        return index(lessons)

    monkeypatch.setattr(shelf, "_index", full)
    assert answers(kept.searcher(packs, names), packs)
    assert list(kept.folder(packs).parent.iterdir()) == []


def test_a_file_in_place_of_the_cache_costs_time_only(
    tmp_path: Path, packs: _Packs, names: Names
) -> None:
    (tmp_path / "cache").write_text("")
    made = Shelf(tmp_path / "cache", Model("counted", Counted()))
    assert answers(made.searcher(packs, names), packs)
    assert (tmp_path / "cache").read_text() == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_somebody_who_may_only_read_is_answered(
    tmp_path: Path, packs: _Packs, names: Names
) -> None:
    made = Shelf(tmp_path, Model("counted", Counted()))
    expected = answers(made.searcher(packs, names), packs)
    before = files_below(tmp_path)
    tmp_path.chmod(0o755)
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.seteuid(65534)
    try:
        found = answers(made.searcher(packs, names), packs)
    finally:
        os.seteuid(0)
    assert found == expected
    assert files_below(tmp_path) == before


def test_one_that_another_process_put_there_meanwhile_is_kept(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*more: object) -> object:
        with monkeypatch.context() as patch:
            patch.setattr(shelf, "_index", index)
            Shelf(kept.cache, kept.model).searcher(packs, names)
        (kept.folder(packs) / ".theirs").touch()
        return index(*more)  # type: ignore[arg-type]

    index = shelf._index
    monkeypatch.setattr(shelf, "_index", meanwhile)
    assert answers(kept.searcher(packs, names), packs)
    assert (kept.folder(packs) / ".theirs").exists()
    assert list(kept.folder(packs).parent.iterdir()) == [kept.folder(packs)]


def test_one_that_is_removed_while_it_is_opened_is_made_in_memory(
    kept: Shelf, packs: _Packs, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(folder: Path) -> bool:
        shutil.rmtree(folder, ignore_errors=True)
        return True

    monkeypatch.setattr(shelf, "_is_whole", gone)
    assert answers(kept.searcher(packs, names), packs)


def test_two_processes_that_build_at_once_both_answer(tmp_path: Path, packs: _Packs) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from tests.search.test_shelf import PACKS, Counted, Model, Names, Shelf;"
        "from tests.search.test_shelf import answers, packs_in;"
        "packs = packs_in(PACKS); names = Names([p for p, _ in packs.values()]);"
        "made = Shelf(Path(sys.argv[1]), Model('counted', Counted()));"
        "print('ready', flush=True); sys.stdin.readline();"
        "print(repr(answers(made.searcher(packs, names), packs)))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in running:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert told[0] == told[1] != ""
    made = Shelf(tmp_path, Model("counted", Counted()))
    assert list(made.folder(packs).parent.iterdir()) == [made.folder(packs)]
    assert shelf._is_whole(made.folder(packs))


def test_one_that_was_opened_answers_when_its_folder_goes(
    kept: Shelf, packs: _Packs, names: Names
) -> None:
    kept.searcher(packs, names)
    opened = kept.searcher(packs, names)
    expected = answers(opened, packs)
    shutil.rmtree(kept.cache)
    assert answers(opened, packs) == expected


# Housekeeping.


def test_what_is_out_of_date_is_removed(kept: Shelf, packs: _Packs, names: Names) -> None:
    fewer = {"moss": packs["moss"]}
    kept.searcher(fewer, names)
    kept.searcher(packs, names)
    (kept.folder(packs).parent / "stray").touch()
    assert kept.prune(packs) == 2
    assert list(kept.folder(packs).parent.iterdir()) == [kept.folder(packs)]
    assert kept.prune(packs) == 0


def test_nothing_is_removed_where_nothing_is(kept: Shelf, packs: _Packs) -> None:
    assert kept.prune(packs) == 0
    assert not kept.cache.exists()


def test_one_that_another_process_finishes_meanwhile_is_not_growing(tmp_path: Path) -> None:
    assert not shelf._growing(tmp_path / ".building-gone")
    (tmp_path / ".building-on").mkdir()
    assert shelf._growing(tmp_path / ".building-on")


def test_what_it_makes_is_for_its_owner_alone(tmp_path: Path, packs: _Packs, names: Names) -> None:
    made = Shelf(tmp_path / "home" / "cache")
    made.searcher(packs, names)
    folders = (made.cache.parent, made.cache, made.folder(packs).parent, made.folder(packs))
    assert [oct(path.stat().st_mode & 0o777) for path in folders] == ["0o700"] * 4


def test_no_question_is_written_below_the_cache(tmp_path: Path) -> None:
    """Not even in part: its words, each of them, stand nowhere afterwards."""
    cache = tmp_path / "cache"
    made = Shelf(cache, Model("counted", Counted()))
    knowledge = Knowledge([PACKS], shelf=made)
    ask(knowledge, "What is moss ear?", on=ON)
    before = {path: path.read_bytes() for path in files_below(cache)}
    assert before
    first = ask(knowledge, f"Does moss ear spread to a {CANARY}? And does it {CANARY}?", on=ON)
    ask(knowledge, f"Why {CANARY}?", pack="moss", after=first.id, on=ON)
    fresh = Knowledge([PACKS], shelf=made)
    ask(fresh, f"moss ear {CANARY}", reader=Reader.PATIENT, on=ON)
    assert {path: path.read_bytes() for path in files_below(cache)} == before
    shutil.rmtree(cache)
    ask(Knowledge([PACKS], shelf=made), f"moss ear {CANARY}", on=ON)
    after = files_below(cache)
    assert after
    for path in after:
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):  # numpy keeps texts as the last
            assert CANARY[:6].encode(encoding) not in path.read_bytes()
        assert CANARY not in path.name


def test_a_desk_uses_it(kept: Shelf, packs: _Packs) -> None:
    desk = Desk([pack for pack, _ in packs.values()], kept.searcher)
    assert isinstance(desk.searcher, QuestionSearcher)
    assert kept.folder(packs).is_dir()
    sums = json.loads((kept.folder(packs) / "sums.json").read_text())
    assert "lessons.json" in sums
    assert ("sense.npz" in sums) is (kept.model is not None)


def test_no_packs_at_all(kept: Shelf) -> None:
    kept.searcher({}, Names([]))
    assert kept.folder({}).is_dir()


def test_equal_parts_make_equal_shelves(tmp_path: Path) -> None:
    """So that a desk is made once (`services.ask`)."""
    model = Model("counted", Counted())
    assert Shelf(tmp_path, model) == Shelf(tmp_path, model)
    assert Shelf(tmp_path, model) != replace(Shelf(tmp_path, model), model=None)
