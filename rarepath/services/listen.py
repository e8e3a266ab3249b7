"""Listen on this machine and nowhere else."""

import errno
import ipaddress
import socket

from rarepath.kernel.errors import UsageError

__all__ = ["address_of", "listen"]


def listen(host: str, port: int, or_any: bool) -> socket.socket:
    """A listening socket on the loopback address `host`.

    When `port` is busy and `or_any`, any free port is taken. Raises UsageError for a host that
    other machines can reach, and for a port that cannot be had.
    """
    address = _loopback(host)
    try:
        return _listening(address, port)
    except OSError as error:
        if or_any and error.errno == errno.EADDRINUSE:
            return _listening(address, 0)
        raise UsageError(
            f"Port {port} of {host} cannot be used: {error.strerror}.",
            "Choose another with --port, or leave it out and a free one is found.",
        ) from error


def address_of(listening: socket.socket) -> str:
    """The address of the first page behind a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _listening(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, port), family=family)
    # The end of a page is sent at once. Else it waits for the reader's machine to acknowledge
    # what came before, 40 ms on Linux: asyncio sees to that only for sockets it has made itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


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
