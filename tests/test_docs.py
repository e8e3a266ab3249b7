"""The reference pages describe what exists: all of it, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from fastapi import FastAPI

from rarepath.kernel import errors

DOCS = Path(__file__).parents[1] / "docs"

HEADING = re.compile(r"^#+ +(.*?) *$", re.M)


def sections(page: str) -> dict[str, str]:
    """The text below each heading, up to the next; headings without their code marks."""
    parts = HEADING.split(page)
    return {
        title.replace("`", ""): body for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every visible command with the words that call it."""
    yield name, command
    if isinstance(command, click.Group):
        for word, child in sorted(command.commands.items()):
            if not child.hidden:
                yield from commands(child, f"{name} {word}")


def options(command: click.Command) -> list[str]:
    visible = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    return [opt for option in visible for opt in [*option.opts, *option.secondary_opts]]


def undocumented_commands(page: str, program: click.Command) -> Iterator[str]:
    """Each command has a section headed by how it is called, which names each option."""
    documented = sections(page)
    called = dict(commands(program, "rarepath"))
    for name, command in called.items():
        if name not in documented:
            yield f"{name} has no section"
            continue
        for option in options(command):
            if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", documented[name]):
                yield f"{name} does not mention {option}"
    for title in documented:
        if re.match(r"rarepath( |$)", title) and title not in called:
            yield f"{title} is described but does not exist"


def undocumented_routes(page: str, app: FastAPI) -> Iterator[str]:
    """Each address stands in code marks, with or without its method before it."""
    written = set(re.findall(r"`(?:[A-Z]+ )?(/[^` ]*)`", page))
    paths = {route.path for route in app.routes}  # type: ignore[attr-defined]
    yield from (f"{path} is not described" for path in sorted(paths - written))
    yield from (f"{path} is described but does not exist" for path in sorted(written - paths))


def undocumented_names(page: str, names: set[str]) -> Iterator[str]:
    """Each name stands in code marks."""
    yield from (f"{name} is not described" for name in sorted(names) if f"`{name}`" not in page)


def read(name: str) -> str:
    return (DOCS / name).read_text()


def test_every_command_and_option_is_described() -> None:
    from rarepath.cli import main

    assert list(undocumented_commands(read("commands.md"), main)) == []


def test_every_page_is_described() -> None:
    from rarepath.web.app import create_app

    assert list(undocumented_routes(read("pages.md"), create_app())) == []


def test_every_error_is_described() -> None:
    kinds = [getattr(errors, name) for name in errors.__all__]
    types = {kind.type for kind in kinds if hasattr(kind, "type")}
    assert "config_broken" in types
    assert list(undocumented_names(read("errors.md"), types)) == []


@click.group()
def program() -> None: ...


@program.command()
@click.option("--on")
@click.option("--on-all/--on-none")
@click.option("--secret", hidden=True)
def ask() -> None: ...


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ("# `rarepath`\n\n## rarepath ask\n`--on DATE`, `--on-all`, `--on-none`", []),
        ("# rarepath", ["rarepath ask has no section"]),
        (
            "# rarepath\n--on\n## rarepath ask\n--on-all / --on-none",
            ["rarepath ask does not mention --on"],
        ),
        (
            "# rarepath\n## rarepath ask\n--on --on-all --on-none\n## rarepath sing",
            ["rarepath sing is described but does not exist"],
        ),
    ],
)
def test_a_gap_in_the_commands_is_found(page: str, faults: list[str]) -> None:
    assert list(undocumented_commands(page, program)) == faults


@pytest.mark.parametrize(
    ("page", "faults"),
    [
        ("`GET /ask` and `/answers/{id}`", []),
        ("`POST /ask`", ["/answers/{id} is not described"]),
        ("`/ask` `/answers/{id}` `/gone`", ["/gone is described but does not exist"]),
    ],
)
def test_a_gap_in_the_pages_is_found(page: str, faults: list[str]) -> None:
    app = FastAPI(openapi_url=None)
    app.add_api_route("/ask", lambda: None)
    app.add_api_route("/answers/{id}", lambda: None)
    assert list(undocumented_routes(page, app)) == faults


def test_a_gap_in_names_is_found() -> None:
    assert list(undocumented_names("`bad_input`", {"bad_input"})) == []
    assert list(undocumented_names("bad_inputs", {"bad_input"})) == ["bad_input is not described"]
