"""Listen on this machine and nowhere else, and serve the pages."""

import errno
import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from rarepath.kernel.errors import UsageError
from rarepath.web.app import create_app

__all__ = ["listen", "run"]


def listen(host: str, port: int, or_any: bool) -> socket.socket:
    """A listening socket on the loopback address `host`.

    When `port` is busy and `or_any`, any free port is taken. Raises UsageError for a host that
    other machines can reach, and for a port that cannot be had.
    """
    address = _loopback(host)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family)
    except OSError as error:
        if or_any and error.errno == errno.EADDRINUSE:
            return socket.create_server((address, 0), family=family)
        raise UsageError(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            "Choose another with --port, or leave it out and a free one is found.",
        ) from error


def run(listening: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address once the packs have been read."""
    app = create_app()
    host, port = listening.getsockname()[:2]
    settings = uvicorn.Config(
        app,
        # Nobody's questions are anybody's log: no access log, and errors hold no text of theirs.
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
    )
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    uvicorn.Server(settings).run(sockets=[listening])


def _loopback(host: str) -> str:
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        if ipaddress.ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    raise UsageError(
        f"{host} is not this computer alone. There is no sign-in, so whoever reaches the pages "
        "reads them.",
        "Use --host 127.0.0.1; to reach it from elsewhere, forward the port over SSH.",
    )
