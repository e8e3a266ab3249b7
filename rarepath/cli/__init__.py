"""The command line: parse, call one service, print.

Only click is imported up front, so that `--help` is quick; each command imports what it needs.
Standard output carries the result and nothing else. An error is two lines on standard error,
what is wrong and what to do, or the same as JSON after `--json`.

A new command goes into the module it belongs to (`asking` answers questions, `lookups` shows
what a pack holds, `upkeep` is for whoever runs rarepath or writes packs), and into `_COMMANDS`.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rarepath.cli.asking import ask
from rarepath.cli.lookups import conflicts, glossary, history, source, sources, statement
from rarepath.cli.upkeep import build, check, directory, release, serve, status

if TYPE_CHECKING:
    from rarepath.kernel.errors import RarepathError

__all__ = ["main"]

_COMMANDS = (
    ask,
    check,
    status,
    build,
    directory,
    serve,
    sources,
    source,
    statement,
    glossary,
    conflicts,
    history,
    release,
)


class _Program(click.Group):
    """A group whose errors are ours: two lines or JSON, and the exit codes of the contract."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of `_COMMANDS`, the verbs first."""
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


@click.group("rarepath", cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rarepath", message="%(prog)s %(version)s")
def main() -> None:
    """Answers about a rare disease, every sentence traceable to its source.

    Begin with: rarepath ask "How is active disease treated?"
    """


for _command in _COMMANDS:
    main.add_command(_command)
