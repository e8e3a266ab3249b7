"""The command line: parse, call one service, print.

Only click is imported up front, so that `--help` is quick; each command imports what it needs.
Standard output carries the result and nothing else. An error is two lines on standard error,
what is wrong and what to do, or the same as JSON after `--json`.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rarepath.kernel.envelope import Envelope
    from rarepath.kernel.errors import RarepathError
    from rarepath.knowledge.base import Reader
    from rarepath.knowledge.packs import Pack
    from rarepath.services.config import Config
    from rarepath.services.home import Home
    from rarepath.services.knowledge import Knowledge

__all__ = [
    "ask",
    "check",
    "conflicts",
    "directory",
    "glossary",
    "history",
    "main",
    "release",
    "serve",
    "source",
    "sources",
    "statement",
    "status",
]

_USUAL_PORT = 8000
_STDIN_LIMIT = 1_000_000


class _Program(click.Group):
    """A group whose errors are ours: two lines or JSON, and the exit codes of the contract."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they are written below, the verbs first."""
        return list(self.commands)

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run, print what went wrong, exit."""
        words: Sequence[str] = extra.get("args") or (args[0] if args else None) or sys.argv[1:]
        try:
            named = {"prog_name": "rarepath"} | extra | {"standalone_mode": False}
            code = super().main(*args, **named)
        except click.exceptions.NoArgsIsHelpError as shown:
            click.echo(shown.format_message())
            code = 0
        except click.UsageError as error:
            code = _report(_usage(error), words)
        except (click.Abort, KeyboardInterrupt):
            code = 130
        except BrokenPipeError:  # whoever read us has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except Exception as error:
            code = _report(_ours(error), words)
        sys.exit(code if isinstance(code, int) else 0)


def _usage(error: click.UsageError) -> "RarepathError":
    from rarepath.kernel.errors import UsageError

    command = error.ctx.command_path if error.ctx else "rarepath"
    return UsageError(error.format_message(), f"See: {command} --help")


def _ours(error: Exception) -> "RarepathError":
    """An error of our tree; any other is a fault of ours, told without its message or trace."""
    import traceback

    from rarepath.kernel.errors import InternalError, RarepathError

    if isinstance(error, RarepathError):
        return error
    last = traceback.extract_tb(error.__traceback__)[-1]
    return InternalError(
        f"rarepath failed ({type(error).__name__} at {os.path.basename(last.filename)}"
        f":{last.lineno}).",
        "This is a fault of rarepath, not of what you entered. Report this line.",
    )


def _report(error: "RarepathError", words: Sequence[str]) -> int:
    from rarepath.kernel.envelope import dump_json
    from rarepath.show.paper import plain

    as_json = "--json" in words
    lines = [plain(str(error)), plain(error.what_to_do)]
    click.echo(dump_json(error.as_json()) if as_json else "\n".join(lines), err=True)
    return error.exit_code


def _place() -> "tuple[Home, Config, tuple[Path, Path]]":
    """The home, the settings, and the folders that packs are found in."""
    from rarepath.knowledge.library import SHIPPED
    from rarepath.services.config import read_config
    from rarepath.services.home import find_home

    home = find_home()
    return home, read_config(home), (home.where("packs"), SHIPPED)


def _opened() -> "tuple[Home, Config, Knowledge]":
    from rarepath.services.build import open_shelf
    from rarepath.services.directory import directory_of
    from rarepath.services.knowledge import Knowledge

    home, config, folders = _place()
    shelf = open_shelf(home, lambda line: click.echo(line, err=True))
    return home, config, Knowledge(folders, directory_of(home), shelf)


def _day(on: str | None) -> "date":
    from rarepath.services.clock import resolve_on, today

    return resolve_on(on, today())


def _print(text: str) -> None:
    # A terminal that cannot show a sign gets a question mark, never a failure.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=not text.endswith("\n"))


def _shape() -> tuple[int, bool]:
    """The width to wrap to, and whether colour is wanted: only on a terminal that asks for it."""
    import shutil

    terminal = sys.stdout.isatty()
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    return shutil.get_terminal_size((80, 24)).columns, terminal and not dumb


def _with_options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_on = click.option("--on", metavar="DATE", help="The day it is about; by default today.")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_pack = click.option(
    "--pack", metavar="ID", help="The condition pack; needed if there are several."
)
_reader = click.option(
    "--reader",
    metavar="READER",
    help="clinician, patient or coder; by default the one in config.toml, else clinician.",
)
_look_up = _with_options(_reader, _pack, _on, _json)


@click.group("rarepath", cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rarepath", message="%(prog)s %(version)s")
def main() -> None:
    """Answers about a rare disease, every sentence traceable to its source.

    Begin with: rarepath ask "How is active disease treated?"
    """


@main.command()
@click.argument("question", nargs=-1, required=True)
@_reader
@_pack
@click.option("--after", metavar="ANSWER_ID", help="Ask a follow-up of that answer.")
@click.option(
    "--about",
    metavar="WHOM",
    help="me or child: how a patient's answer speaks; by default as the question does.",
)
@_on
@_json
def ask(
    question: tuple[str, ...],
    reader: str | None,
    pack: str | None,
    after: str | None,
    about: str | None,
    on: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION; a single - reads it from standard input."""
    from rarepath.kernel.envelope import dump_json
    from rarepath.services import ask as service
    from rarepath.services.pages import reader_named
    from rarepath.show.terminal import render

    day = _day(on)
    _, config, knowledge = _opened()
    for broken in knowledge.broken:
        click.echo(f"A pack cannot be used: {broken}", err=True)
    text = " ".join(question)
    if text == "-":
        text = sys.stdin.buffer.read(_STDIN_LIMIT).decode("utf-8", "replace")
    reply = service.ask(
        knowledge,
        text,
        reader=reader_named(reader, config.default_reader),
        pack=pack,
        after=after,
        about=service.about_named(about),
        on=day,
        emergency_number=config.emergency_number,
    )
    if as_json:
        _print(dump_json(service.as_json(reply, knowledge, day)))
    else:
        _print(render(reply, *_shape()))


@main.command()
@click.argument("packs", nargs=-1, metavar="[ID|PATH]...")
@click.option(
    "--on", metavar="DATE", help="The day to judge by; by default the day each pack was released."
)
@_json
def check(packs: tuple[str, ...], on: str | None, as_json: bool) -> None:
    """Check condition packs, by default all; exit 1 when a pack has a defect."""
    from rarepath.kernel.envelope import Envelope, dump_json
    from rarepath.services.check import run
    from rarepath.services.status import checked
    from rarepath.show.defects import render_defects

    day = _day(on) if on else None
    _, _, folders = _place()
    names: tuple[str | None, ...] = packs or (None,)
    defects = tuple(dict.fromkeys(defect for name in names for defect in run(name, folders, day)))
    held = checked(packs, folders, day)
    if as_json:
        body = {"checked": held, "defects": defects}
        _print(dump_json(Envelope("rarepath/check/1", day or _day(None), None, body)))
    else:
        _print(render_defects(defects, held, *_shape()))
    if any(defect.severity == "error" for defect in defects):
        sys.exit(1)


@main.command()
@_json
def status(as_json: bool) -> None:
    """Show the packs there are, where data lives, the settings and the parts."""
    from dataclasses import fields

    from rarepath.kernel.envelope import Envelope, dump_json
    from rarepath.services.status import status as service
    from rarepath.show.status import render_status

    home, config, knowledge = _opened()
    found = service(knowledge, home, config)
    if as_json:
        body = {field.name: getattr(found, field.name) for field in fields(found)}
        _print(dump_json(Envelope("rarepath/status/1", _day(None), None, body)))
    else:
        _print(render_status(found, *_shape()))


@main.command()
@_json
def build(as_json: bool) -> None:
    """Make the cache anew: the search index and, with its part, the sentence vectors."""
    from rarepath.kernel.envelope import Envelope, dump_json
    from rarepath.services.build import build as service
    from rarepath.show.status import render_built

    home, _, knowledge = _opened()
    done = service(home, knowledge)
    if as_json:
        _print(dump_json(Envelope("rarepath/build/1", _day(None), None, vars(done))))
    else:
        _print(render_built(done, *_shape()))


@main.command()
@click.argument("file", required=False)
@click.option("--remove", is_flag=True, help="Remove what is loaded.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@_json
def directory(file: str | None, remove: bool, yes: bool, as_json: bool) -> None:
    """Show the directory of other diseases, or check FILE and load it."""
    from pathlib import Path

    from rarepath.kernel.envelope import Envelope, dump_json
    from rarepath.services import directory as service
    from rarepath.show.directory import render_directory

    if (file and remove) or (yes and not remove):
        raise click.UsageError("Give a FILE to load, or --remove (with or without --yes).")
    home, _, _ = _place()
    if file:
        found = service.load_directory(home, Path(file), _day(None), _progress())
    else:
        if remove and _confirmed(yes, "Remove the disease directory?"):
            service.remove_directory(home)
        found = service.directory_status(home)
    if as_json:
        _print(dump_json(Envelope("rarepath/directory/1", _day(None), None, vars(found))))
    else:
        _print(render_directory(found, *_shape()))


def _confirmed(yes: bool, what: str) -> bool:
    """Whether to go on: `yes`, or the answer to a question; nobody to ask is a usage error."""
    if not yes and not _asks_a_person():
        raise click.UsageError(f"{what} Say so with --yes.")
    return yes or click.confirm(what, err=True)


def _asks_a_person() -> bool:
    return sys.stdin.isatty()


def _progress() -> Callable[[int], None]:
    """Tells on standard error how far the work is, once it takes longer than a moment."""
    import time

    began = time.monotonic()

    def tell(done: int) -> None:
        if time.monotonic() - began > 2:
            click.echo(f"{done:,} diseases read", err=True)

    return tell


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="A loopback address.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"By default {_USUAL_PORT}, or any free one while that is busy.",
)
def serve(host: str, port: int | None) -> None:
    """Serve the pages to this computer, until Ctrl+C."""
    import uvicorn

    from rarepath.services.listen import address_of, listen

    socket = listen(host, _USUAL_PORT if port is None else port, or_any=port is None)
    settings = uvicorn.Config(
        # By its name: the command line and the pages do not know one another.
        "rarepath.web.app:create_app",
        factory=True,
        # Nobody's questions are anybody's log.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
    )
    settings.load()  # a broken setting is told before an address is promised
    _print(f"rarepath is at {address_of(socket)} (Ctrl+C stops it)")
    uvicorn.Server(settings).run(sockets=[socket])


@main.command()
@_look_up
def sources(reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """List every source, the closest to the disease first."""
    from rarepath.services.pages import sources_page
    from rarepath.show.lookups import render_sources

    _look_up_and_print(reader, pack, on, as_json, sources_page, render_sources)


@main.command()
@click.argument("name", metavar="ID")
@_look_up
def source(name: str, reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """Show the source ID and what rests on it."""
    from rarepath.services.pages import source_page
    from rarepath.show.lookups import render_source

    def build(pack: "Pack", reader: "Reader") -> Any:
        return source_page(pack, reader, name)

    _look_up_and_print(reader, pack, on, as_json, build, render_source)


@main.command()
@click.argument("name", metavar="ID")
@_look_up
def statement(
    name: str, reader: str | None, pack: str | None, on: str | None, as_json: bool
) -> None:
    """Show the statement ID, what it rests on and who disagrees."""
    from rarepath.services.pages import statement_page
    from rarepath.show.lookups import render_statement

    def build(pack: "Pack", reader: "Reader") -> Any:
        return statement_page(pack, reader, name, _day(on))

    _look_up_and_print(reader, pack, on, as_json, build, render_statement)


@main.command()
@click.argument("term", required=False)
@_look_up
def glossary(
    term: str | None, reader: str | None, pack: str | None, on: str | None, as_json: bool
) -> None:
    """Explain TERM in plain words; without it, every term."""
    from rarepath.services.pages import glossary_page, narrowed
    from rarepath.show.lookups import render_glossary

    def build(pack: "Pack", reader: "Reader") -> Any:
        page = glossary_page(pack, reader)
        return narrowed(page, term) if term else page

    _look_up_and_print(reader, pack, on, as_json, build, render_glossary)


@main.command()
@_look_up
def conflicts(reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """Show where sources disagree, both sides."""
    from rarepath.services.pages import conflicts_page
    from rarepath.show.lookups import render_conflicts

    _look_up_and_print(reader, pack, on, as_json, conflicts_page, render_conflicts)


@main.command()
@click.argument("pack", required=False)
@click.option("--since", metavar="VERSION", help="All that changed from that version until now.")
@_reader
@_on
@_json
def history(
    pack: str | None, since: str | None, reader: str | None, on: str | None, as_json: bool
) -> None:
    """Show what each version of PACK added, changed and removed."""
    from rarepath.services.history import history_page
    from rarepath.show.lookups import render_history

    def build(pack: "Pack", reader: "Reader") -> Any:
        return history_page(pack, reader, since)

    _look_up_and_print(reader, pack, on, as_json, build, render_history)


@main.command()
@click.argument("pack", metavar="ID|PATH")
@click.option("--amend", is_flag=True, help="Record the newest version anew.")
def release(pack: str, amend: bool) -> None:
    """Record the version of a condition pack, for its authors."""
    from rarepath.services.release import release as service

    _, _, folders = _place()
    _print(f"Recorded in {service(pack, folders, amend)}")


def _look_up_and_print(
    reader: str | None,
    pack: str | None,
    on: str | None,
    as_json: bool,
    build: "Callable[[Pack, Reader], Any]",
    render: Callable[[Any, int, bool], str],
) -> None:
    from rarepath.kernel.envelope import dump_json
    from rarepath.services.pages import envelope, only_condition, reader_named

    day = _day(on)
    _, config, knowledge = _opened()
    chosen = knowledge.pack(pack) if pack else only_condition(knowledge.conditions())
    view = build(chosen, reader_named(reader, config.default_reader))
    result: Envelope = envelope(view, chosen, day)
    _print(dump_json(result) if as_json else render(view, *_shape()))
