"""What commands share: their options, where they find things, and how they print."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from rarepath.services.config import Config
    from rarepath.services.home import Home
    from rarepath.services.knowledge import Knowledge

__all__ = [
    "Drawn",
    "json_option",
    "on_option",
    "opened",
    "pack_option",
    "place",
    "print_result",
    "print_text",
    "reader_option",
    "resolved_day",
    "terminal_shape",
]

Drawn = Callable[[int, bool], str]
"""A text for a terminal of so many columns, with colour or without."""

on_option = click.option("--on", metavar="DATE", help="The day it is about; by default today.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
pack_option = click.option(
    "--pack", metavar="ID", help="The condition pack; needed if there are several."
)
reader_option = click.option(
    "--reader",
    metavar="READER",
    help="clinician, patient or coder; by default the one in config.toml, else clinician.",
)


def place() -> "tuple[Home, Config, tuple[Path, Path]]":
    """The home, the settings, and the folders that packs are found in."""
    from rarepath.knowledge.library import SHIPPED
    from rarepath.services.config import read_config
    from rarepath.services.home import find_home

    home = find_home()
    return home, read_config(home), (home.where("packs"), SHIPPED)


def opened() -> "tuple[Home, Config, Knowledge]":
    """The home, the settings and all that can be asked."""
    from rarepath.services.build import open_shelf
    from rarepath.services.directory import directory_of
    from rarepath.services.knowledge import Knowledge

    home, config, folders = place()
    shelf = open_shelf(home, lambda line: click.echo(line, err=True))
    return home, config, Knowledge(folders, directory_of(home), shelf)


def resolved_day(on: str | None) -> "date":
    """The day that `--on` names, by default today."""
    from rarepath.services.clock import resolve_on, today

    return resolve_on(on, today())


def print_result(
    schema: str, body: Mapping[str, object], drawn: Drawn, as_json: bool, on: "date | None" = None
) -> None:
    """Print what belongs to no one pack: as JSON under `schema`, or drawn for the terminal."""
    from rarepath.kernel.envelope import Envelope, dump_json

    if as_json:
        print_text(dump_json(Envelope(schema, on or resolved_day(None), None, body)))
    else:
        print_text(drawn(*terminal_shape()))


def print_text(text: str) -> None:
    """Print on standard output, whatever signs the terminal knows."""
    # A terminal that cannot show a sign gets a question mark, never a failure.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), nl=not text.endswith("\n"))


def terminal_shape() -> tuple[int, bool]:
    """The width to wrap to, and whether colour is wanted: only on a terminal that asks for it."""
    import shutil

    terminal = sys.stdout.isatty()
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    return shutil.get_terminal_size((80, 24)).columns, terminal and not dumb
