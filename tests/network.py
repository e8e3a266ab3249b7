"""Denies every connection that leaves this machine, for the whole process.

An audit hook sees what any library does, C extensions and asyncio included, and, unlike a
patched ``socket``, cannot be imported around. It cannot be removed either: the process of the
tests is its life. A program that a test starts is a new process; it installs the hook by
importing this module's ``deny`` or stays on the loopback by its own arguments.
"""

import ipaddress
import sys
from collections.abc import Sequence

ADDRESS_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
NAME_AT = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}


class NetworkDenied(RuntimeError):
    """A test tried to reach another machine."""


def is_loopback(host: object) -> bool:
    """Whether a host, as the socket module takes it, stays on this machine."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("ascii", "replace")
    if not isinstance(host, str):
        return host is None
    if host in {"", "localhost", "localhost."}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:  # any other name: looking it up would already leave the machine
        return False


def guard(event: str, arguments: Sequence[object]) -> None:
    """The audit hook: raise for a connection, a datagram or a look-up beyond the loopback."""
    if event in ADDRESS_AT:
        # A socket file has a path for an address; a message on a connected socket has none.
        address = arguments[ADDRESS_AT[event]]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in NAME_AT:
        host = arguments[NAME_AT[event]]
    else:
        return
    if not is_loopback(host):
        raise NetworkDenied(
            f"{event} to {host!r}: the tests and the program never leave this machine"
        )


def deny() -> None:
    """Install the guard for the rest of this process."""
    sys.addaudithook(guard)
