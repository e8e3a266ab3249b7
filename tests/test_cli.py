"""The command line as a user meets it: what is printed where, and the exit codes."""

import importlib
import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import uvicorn
from click.testing import CliRunner, Result

import rarepath.cli
import rarepath.services.ask
from rarepath import __version__
from rarepath.cli import main
from rarepath.kernel.errors import UsageError
from rarepath.services.listen import address_of, listen

TINY = Path(__file__).parent / "packs" / "tiny"
QUESTION = "How is glimmer toe treated?"
ASK = ["ask", QUESTION, "--pack", "tiny"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What set-up leaves in a home with the invented pack; made once, because it takes seconds."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(TINY, folder / "packs" / "tiny")
    assert run("build", RAREPATH_HOME=str(folder)).exit_code == 0
    return folder / "cache"


@pytest.fixture
def home(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that holds the invented pack beside the shipped ones."""
    shutil.copytree(TINY, tmp_path / "packs" / "tiny")
    (tmp_path / "cache").symlink_to(cache, target_is_directory=True)
    monkeypatch.setenv("RAREPATH_HOME", str(tmp_path))
    return tmp_path


def run(*words: str, text: str | bytes | None = None, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, list(words), input=text)


def data(*words: str) -> dict[str, object]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_alone_it_shows_help() -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: rarepath")
    assert result.stdout == run("--help").stdout


@pytest.mark.parametrize("command", sorted(main.commands))  # type: ignore[attr-defined]
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4
    short = main.commands[command].get_short_help_str(80)  # type: ignore[attr-defined]
    assert short.endswith(".") and not short.endswith("...")


def test_no_command_is_forgotten() -> None:
    names = [each.name for each in pkgutil.iter_modules(rarepath.cli.__path__, "rarepath.cli.")]
    held = [value for name in names for value in vars(importlib.import_module(name)).values()]
    commands = {each.name for each in held if isinstance(each, click.Command)}
    assert commands == set(main.commands)  # type: ignore[attr-defined]


def test_help_waits_for_nothing_but_click() -> None:
    code = "import sys, rarepath.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "click" in loaded
    heavy = {"pydantic", "yaml", "fastapi", "starlette", "jinja2", "uvicorn", "decimal", "tantivy"}
    assert heavy.isdisjoint(loaded)
    ours = [name for name in loaded if name.startswith("rarepath.")]
    assert [name for name in ours if not name.startswith("rarepath.cli")] == []


def test_the_version() -> None:
    assert run("--version").stdout == f"rarepath {__version__}\n"


def test_an_answer(home: Path) -> None:
    result = run(*ASK)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Which treatment of glimmer toe has been studied?\n")
    assert "Moderate certainty, this disease  [Invented glimmer toe trial, 2020]" in result.stdout
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_an_answer_as_json(home: Path) -> None:
    found = data(*ASK, "--on", "2026-12-01")
    assert found["schema"] == "rarepath/ask/1"
    assert found["on"] == "2026-12-01"
    assert found["pack"] == {"id": "tiny", "version": "1.0.0"}
    assert found["status"] == "answered"


def test_the_quotes_may_be_left_out(home: Path) -> None:
    assert run("ask", "--pack", "tiny", *QUESTION.split()).stdout == run(*ASK).stdout


def test_a_question_from_standard_input(home: Path) -> None:
    assert run("ask", "-", "--pack", "tiny", text=QUESTION).stdout == run(*ASK).stdout


def test_for_another_reader(home: Path) -> None:
    assert "What can slow it down?" in run(*ASK, "--reader", "patient").stdout
    (home / "config.toml").write_text('default_reader = "patient"')
    assert run(*ASK).stdout == run(*ASK, "--reader", "patient").stdout
    assert "What can slow it down?" in run(*ASK).stdout


def test_a_follow_up(home: Path) -> None:
    answer = data(*ASK)
    again = run("ask", "what resembles it?", "--after", str(answer["id"]))
    assert "What is glimmer toe and what resembles it?" in again.stdout


def test_a_parent_is_told_of_the_child(home: Path) -> None:
    patient = ["ask", "What is glimmer toe?", "--pack", "tiny", "--reader", "patient"]
    assert "What do I have?" in run(*patient).stdout
    told = run(*patient, "--about", "child").stdout
    assert "What does my child have?" in told and "What do I have?" not in told
    refused = run(*patient, "--about", "dog")
    assert refused.exit_code == 2 and "not about 'dog'" in refused.stderr


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("My toe is burning right now", "Call 112"),
        ("What is GTS?", "One more thing is needed"),
        ("What is asthma?", "This is not answered here"),
    ],
)
def test_every_outcome_is_a_result(home: Path, question: str, words: str) -> None:
    (home / "config.toml").write_text('emergency_number = "112"')
    result = run("ask", question)
    assert result.exit_code == 0
    assert words in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (["nonsense"], 2, "usage_error"),
        (["ask"], 2, "usage_error"),
        (["ask", "x", "--nonsense"], 2, "usage_error"),
        ([*ASK, "--reader", "nobody"], 2, "unknown_reader"),
        (["ask", "x", "--pack", "nothing"], 2, "unknown_pack"),
        (["check", "nothing"], 2, "unknown_pack"),
        (["serve", "--port", "70000"], 2, "usage_error"),
        (["ask", ""], 3, "question_rejected"),
        (["ask", "x" * 5000], 3, "question_rejected"),
        ([*ASK, "--on", "11/12/2026"], 3, "ambiguous_date"),
        ([*ASK, "--after", "nothing"], 3, "not_found"),
        (["source", "NOTHING", "--pack", "tiny"], 3, "not_found"),
        (["statement", "NOTHING", "--pack", "tiny"], 3, "not_found"),
        (["glossary", "nothing", "--pack", "tiny"], 3, "not_found"),
    ],
)
def test_an_error_is_two_lines_or_json(home: Path, words: list[str], code: int, kind: str) -> None:
    result = run(*words)
    assert result.exit_code == code
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2
    as_json = run(*words, "--json")
    assert as_json.exit_code == code
    assert as_json.stdout == ""
    error = json.loads(as_json.stderr)["error"]
    assert error["type"] == kind
    assert result.stderr.splitlines()[1] == error["what_to_do"]


def test_a_broken_setting_is_bad_input(home: Path) -> None:
    (home / "config.toml").write_text("emergency_nummer = 1")
    result = run(*ASK)
    assert result.exit_code == 3
    assert "config.toml:1" in result.stderr


def test_a_fault_of_ours_quotes_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise RuntimeError(QUESTION)

    monkeypatch.setattr(rarepath.services.ask, "ask", fail)
    result = run(*ASK)
    assert result.exit_code == 4
    assert re.match(r"rarepath failed \(RuntimeError at test_cli\.py:\d+\)\.\n", result.stderr)
    assert "glimmer" not in result.output


def test_an_interrupt_is_quiet(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rarepath.services.ask, "ask", interrupt)
    result = run(*ASK)
    assert (result.exit_code, result.output.strip()) == (130, "")


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, colour: bool
) -> None:
    from rarepath.cli.common import terminal_shape

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", _Terminal(terminal))
    monkeypatch.setenv("COLUMNS", "61")
    assert terminal_shape() == (61, colour)


class _Terminal:
    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal


def test_a_sign_that_cannot_be_shown_stops_nothing(home: Path) -> None:
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii", "RAREPATH_HOME": str(home)}
    shown = subprocess.run(
        [sys.executable, "-m", "rarepath", "ask", "My toe is burning right now"],
        capture_output=True,
        env=ascii_only,
        check=True,
    )
    assert b"Call your local emergency number" in shown.stdout


def test_a_reader_that_has_seen_enough(home: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m rarepath sources --pack tiny | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_clean_pack(home: Path) -> None:
    result = run("check", "tiny")
    assert result.exit_code == 0, result.output
    assert result.stdout == "No defects in 1 pack, 4 sources, 8 statements, 3 questions.\n"
    found = data("check", "tiny")
    assert found["defects"] == []
    assert found["checked"] == [
        {
            "pack": "tiny",
            "version": "1.0.0",
            "on": "2026-11-22",
            "counts": {
                "sources": 4,
                "statements": 8,
                "questions": 3,
                "conflicts": 1,
                "circulating": 1,
                "differential": 1,
                "glossary": 1,
                "steps": 2,
            },
        }
    ]


def test_a_pack_with_defects(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = home / "packs" / "tiny" / "content.yaml"
    content.write_text(content.read_text().replace("after 2 to 5 years", "after 2 to 6 years"))
    monkeypatch.chdir(home)
    result = run("check", "tiny")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "packs/tiny/content.yaml"
    assert re.match(r" {2,}\d+  transcription: ", lines[1])
    assert re.match(r"\d+ defects?,? .*in 1 pack", lines[-1])
    as_json = run("check", "tiny", "--json")
    assert as_json.exit_code == 1
    rules = {defect["rule"] for defect in json.loads(as_json.stdout)["defects"]}
    assert "transcription" in rules


def test_a_pack_that_cannot_be_read_is_a_defect(home: Path) -> None:
    content = home / "packs" / "tiny" / "content.yaml"
    content.write_text("statements: [")
    result = run("check", "tiny")
    assert result.exit_code == 1
    assert "readable:" in result.stdout
    assert run("ask", "x", "--pack", "tiny").exit_code == 3


def test_a_pack_by_its_path_and_another_day(home: Path) -> None:
    found = data("check", str(TINY), "--on", "2027-01-31")
    assert found["on"] == "2027-01-31"
    assert [entry["on"] for entry in found["checked"]] == ["2027-01-31"]  # type: ignore[attr-defined]


def test_status(home: Path) -> None:
    result = run("status", COLUMNS="88")
    assert result.exit_code == 0
    assert f"rarepath {__version__}" in result.stdout
    text = " ".join(result.stdout.split())
    assert "(tiny 1.0.0, submitted, released 22 November 2026): 3 questions, 8 st" in text
    assert "(no such file; these are the defaults)" in text
    found = data("status")
    assert found["schema"] == "rarepath/status/1"
    assert found["home"] == str(home)
    assert not (home / "record").exists()  # looking makes nothing


def test_a_broken_pack_is_named_beside_the_answer(home: Path) -> None:
    file = home / "packs" / "tiny" / "content.yaml"
    file.write_text(file.read_text() + "\nnonsense: 1\n")
    result = run("ask", "Is it inherited?", "--pack", "parry_romberg")
    assert result.exit_code == 0
    assert result.stdout.startswith("Is Parry-Romberg syndrome inherited?")
    assert "content.yaml:" in result.stderr


def test_without_any_usable_pack_the_break_is_the_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rarepath.knowledge.library.SHIPPED", home / "packs")
    shutil.rmtree(home / "packs" / "tiny")
    (home / "packs" / "sole").mkdir(parents=True)
    (home / "packs" / "sole" / "a.yaml").write_text("nonsense: 1\n")
    result = run("ask", "What is it?")
    assert result.exit_code == 3
    assert "a.yaml:1" in result.stderr


def test_status_names_a_broken_pack(home: Path) -> None:
    (home / "packs" / "tiny" / "content.yaml").write_text("statements: [")
    text = " ".join(run("status").stdout.split())
    assert "Broken:" in text and "content.yaml:" in text
    broken = data("status")["broken"]
    assert isinstance(broken, list)
    assert "content.yaml:" in broken[0]["where"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["sources"], "GLIM20 Invented glimmer toe trial, 2020. This disease. Read: All of it;"),
        (["source", "GLIM20"], "What rests on it"),
        (["statement", "G04"], "Lumenol by mouth, 15 mg/m² once weekly, never more than 25 mg"),
        (["glossary"], "Giving light without being hot."),
        (["glossary", "GLOW"], "luminescence (also: glow)"),
        (["conflicts"], "A trial with 40 adults gave lumenol. [Invented glimmer toe trial, 2020]"),
    ],
)
def test_a_look_up(home: Path, words: list[str], shown: str) -> None:
    result = run(*words, "--pack", "tiny", COLUMNS="88")
    assert result.exit_code == 0
    assert shown in " ".join(result.stdout.split())
    assert data(*words, "--pack", "tiny")["reader"] == "clinician"


def test_a_look_up_for_a_patient_has_no_dose(home: Path) -> None:
    result = run("statement", "G04", "--pack", "tiny", "--reader", "patient")
    assert "once a week, never daily" in result.stdout
    assert "15 mg" not in result.output


def test_a_near_term_is_named(home: Path) -> None:
    result = run("glossary", "lumin", "--pack", "tiny")
    assert result.stderr.splitlines()[1] == "Near it: luminescence."


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_other_machines_are_not_served(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda *args, **more: None)
    result = run("serve", "--host", host)
    assert result.exit_code == 2
    assert "no sign-in" in result.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_this_machine_is_served(host: str) -> None:
    with listen(host, 0, or_any=False) as socket:
        port = socket.getsockname()[1]
        shown = "[::1]" if "::1" in host else "127.0.0.1"
        assert address_of(socket) == f"http://{shown}:{port}/"


def test_a_busy_port_gives_way_to_a_free_one() -> None:
    with listen("127.0.0.1", 0, or_any=False) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port, or_any=True) as second:
            assert second.getsockname()[1] != port
        with pytest.raises(UsageError, match=f"Port {port} of 127"):
            listen("127.0.0.1", port, or_any=False)


@pytest.fixture
def served(home: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "rarepath", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        yield process
        process.terminate()


def test_serve_prints_its_address_and_nobody_s_question(served: subprocess.Popen[str]) -> None:
    assert served.stdout is not None
    found = re.match(r"rarepath is at (http://127\.0\.0\.1:\d+/) ", served.stdout.readline())
    assert found
    with urllib.request.urlopen(f"{found[1]}about") as page:
        assert b"About rarepath" in page.read()
    body = b"q=What+is+glimmer+toe+wombat"
    with urllib.request.urlopen(f"{found[1]}ask", data=body) as page:
        assert page.status == 200
    served.terminate()
    assert "wombat" not in served.stdout.read()


def test_usage_errors_inside_a_group_have_a_command_to_look_at() -> None:
    assert isinstance(main, click.Group)
    assert run("source").stderr.splitlines()[1] == "See: rarepath source --help"


def examples() -> list[str]:
    """The commands in docs/commands.md that need nothing but the shipped packs."""
    page = (Path(__file__).parents[1] / "docs" / "commands.md").read_text()
    found = re.findall(r"^    rarepath (.+)$", page, re.M)
    return [words for words in found if "<" not in words and "path/to" not in words]


@pytest.mark.parametrize("words", examples())
def test_every_example_in_the_documents_works(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rarepath.cli.upkeep._asks_a_person", lambda: True)
    result = run(*shlex.split(words), text="yes\n")
    assert result.exit_code == 0, result.output
    assert "not answered" not in result.stdout
