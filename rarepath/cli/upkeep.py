"""The commands for whoever runs rarepath or writes packs."""

import sys
from collections.abc import Callable

import click

from rarepath.cli import common

__all__ = ["build", "check", "directory", "release", "serve", "status"]

_USUAL_PORT = 8000


@click.command()
@click.argument("packs", nargs=-1, metavar="[ID|PATH]...")
@click.option(
    "--on", metavar="DATE", help="The day to judge by; by default the day each pack was released."
)
@common.json_option
def check(packs: tuple[str, ...], on: str | None, as_json: bool) -> None:
    """Check condition packs, by default all; exit 1 when a pack has a defect."""
    from rarepath.services.check import run
    from rarepath.services.status import checked
    from rarepath.show.defects import render_defects

    day = common.resolved_day(on) if on else None
    _, _, folders = common.place()
    names: tuple[str | None, ...] = packs or (None,)
    defects = tuple(dict.fromkeys(defect for name in names for defect in run(name, folders, day)))
    held = checked(packs, folders, day)
    common.print_result(
        "rarepath/check/1",
        {"checked": held, "defects": defects},
        lambda columns, colour: render_defects(defects, held, columns, colour),
        as_json,
        day,
    )
    if any(defect.severity == "error" for defect in defects):
        sys.exit(1)


@click.command()
@common.json_option
def status(as_json: bool) -> None:
    """Show the packs there are, where data lives, the settings and the parts."""
    from dataclasses import fields

    from rarepath.services.status import status as service
    from rarepath.show.status import render_status

    home, config, knowledge = common.opened()
    found = service(knowledge, home, config)
    body = {field.name: getattr(found, field.name) for field in fields(found)}
    common.print_result(
        "rarepath/status/1",
        body,
        lambda columns, colour: render_status(found, columns, colour),
        as_json,
    )


@click.command()
@common.json_option
def build(as_json: bool) -> None:
    """Make the cache anew: the search index and, with its part, the sentence vectors."""
    from rarepath.services.build import build as service
    from rarepath.show.status import render_built

    home, _, knowledge = common.opened()
    done = service(home, knowledge)
    common.print_result(
        "rarepath/build/1",
        vars(done),
        lambda columns, colour: render_built(done, columns, colour),
        as_json,
    )


@click.command()
@click.argument("file", required=False)
@click.option("--remove", is_flag=True, help="Remove what is loaded.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@common.json_option
def directory(file: str | None, remove: bool, yes: bool, as_json: bool) -> None:
    """Show the directory of other diseases, or check FILE and load it."""
    from pathlib import Path

    from rarepath.services import directory as service
    from rarepath.show.directory import render_directory

    if (file and remove) or (yes and not remove):
        raise click.UsageError("Give a FILE to load, or --remove (with or without --yes).")
    home, _, _ = common.place()
    if file:
        found = service.load_directory(home, Path(file), common.resolved_day(None), _progress())
    else:
        if remove and _confirmed(yes, "Remove the disease directory?"):
            service.remove_directory(home)
        found = service.directory_status(home)
    common.print_result(
        "rarepath/directory/1",
        vars(found),
        lambda columns, colour: render_directory(found, columns, colour),
        as_json,
    )


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


@click.command()
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
    common.print_text(f"rarepath is at {address_of(socket)} (Ctrl+C stops it)")
    uvicorn.Server(settings).run(sockets=[socket])


@click.command()
@click.argument("pack", metavar="ID|PATH")
@click.option("--amend", is_flag=True, help="Record the newest version anew.")
def release(pack: str, amend: bool) -> None:
    """Record the version of a condition pack, for its authors."""
    from rarepath.services.release import release as service

    _, _, folders = common.place()
    common.print_text(f"Recorded in {service(pack, folders, amend)}")
