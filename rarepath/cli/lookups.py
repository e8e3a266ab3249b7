"""The commands that show what a condition pack holds."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from rarepath.cli import common

if TYPE_CHECKING:
    from rarepath.kernel.envelope import Envelope
    from rarepath.knowledge.base import Reader
    from rarepath.knowledge.packs import Pack

__all__ = ["conflicts", "glossary", "history", "source", "sources", "statement"]


def _look_up(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every look-up, in the order help lists them."""
    options = (common.reader_option, common.pack_option, common.on_option, common.json_option)
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@_look_up
def sources(reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """List every source, the closest to the disease first."""
    from rarepath.services.pages import sources_page
    from rarepath.show.lookups import render_sources

    _look_up_and_print(reader, pack, on, as_json, sources_page, render_sources)


@click.command()
@click.argument("name", metavar="ID")
@_look_up
def source(name: str, reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """Show the source ID and what rests on it."""
    from rarepath.services.pages import source_page
    from rarepath.show.lookups import render_source

    def build(pack: "Pack", reader: "Reader") -> Any:
        return source_page(pack, reader, name)

    _look_up_and_print(reader, pack, on, as_json, build, render_source)


@click.command()
@click.argument("name", metavar="ID")
@_look_up
def statement(
    name: str, reader: str | None, pack: str | None, on: str | None, as_json: bool
) -> None:
    """Show the statement ID, what it rests on and who disagrees."""
    from rarepath.services.pages import statement_page
    from rarepath.show.lookups import render_statement

    def build(pack: "Pack", reader: "Reader") -> Any:
        return statement_page(pack, reader, name, common.resolved_day(on))

    _look_up_and_print(reader, pack, on, as_json, build, render_statement)


@click.command()
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


@click.command()
@_look_up
def conflicts(reader: str | None, pack: str | None, on: str | None, as_json: bool) -> None:
    """Show where sources disagree, both sides."""
    from rarepath.services.pages import conflicts_page
    from rarepath.show.lookups import render_conflicts

    _look_up_and_print(reader, pack, on, as_json, conflicts_page, render_conflicts)


@click.command()
@click.argument("pack", required=False)
@click.option("--since", metavar="VERSION", help="All that changed from that version until now.")
@common.reader_option
@common.on_option
@common.json_option
def history(
    pack: str | None, since: str | None, reader: str | None, on: str | None, as_json: bool
) -> None:
    """Show what each version of PACK added, changed and removed."""
    from rarepath.services.history import history_page
    from rarepath.show.lookups import render_history

    def build(pack: "Pack", reader: "Reader") -> Any:
        return history_page(pack, reader, since)

    _look_up_and_print(reader, pack, on, as_json, build, render_history)


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

    day = common.resolved_day(on)
    _, config, knowledge = common.opened()
    chosen = knowledge.pack(pack) if pack else only_condition(knowledge.conditions())
    view = build(chosen, reader_named(reader, config.default_reader))
    result: Envelope = envelope(view, chosen, day)
    common.print_text(dump_json(result) if as_json else render(view, *common.terminal_shape()))
