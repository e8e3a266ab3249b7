"""A small invented pack behind the application, and a browser."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright
from starlette.testclient import TestClient

from rarepath.knowledge.library import SHIPPED
from rarepath.services.config import Config
from rarepath.services.knowledge import Knowledge
from rarepath.services.listen import listen
from rarepath.web.app import create_app
from tests.conftest import chromium

BASE = "http://127.0.0.1:8000"
TINY = Path(__file__).parents[1] / "packs" / "tiny"


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented pack and the shared one, free to be edited."""
    for source in (TINY, SHIPPED / "shared"):
        shutil.copytree(source, tmp_path / "packs" / source.name)
    return tmp_path / "packs"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The invented pack, which no test edits."""
    parent = tmp_path_factory.mktemp("packs")
    for source in (TINY, SHIPPED / "shared"):
        (parent / source.name).symlink_to(source, target_is_directory=True)
    return Knowledge([parent])


@pytest.fixture
def client(tiny: Knowledge) -> TestClient:
    return client_of(create_app(tiny, Config()))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The shipped packs, served as they are to a user."""
    with served(create_app(Knowledge([SHIPPED]), Config())) as found:
        yield found


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of `app`, as long as it is used."""
    listening = listen("127.0.0.1", 0, or_any=True)
    settings = uvicorn.Config(app, lifespan="off", log_level="warning", ws="none")
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


# Closed with its module: while it is open, no other test of the process may run a loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which can reach nothing but this machine."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield launched
        launched.close()
