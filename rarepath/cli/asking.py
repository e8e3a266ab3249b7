"""The command that answers a question."""

import sys

import click

from rarepath.cli import common

__all__ = ["ask"]

_STDIN_LIMIT = 1_000_000


@click.command()
@click.argument("question", nargs=-1, required=True)
@common.reader_option
@common.pack_option
@click.option("--after", metavar="ANSWER_ID", help="Ask a follow-up of that answer.")
@click.option(
    "--about",
    metavar="WHOM",
    help="me or child: how a patient's answer speaks; by default as the question does.",
)
@common.on_option
@common.json_option
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

    day = common.resolved_day(on)
    _, config, knowledge = common.opened()
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
        common.print_text(dump_json(service.as_json(reply, knowledge, day)))
    else:
        common.print_text(render(reply, *common.terminal_shape()))
