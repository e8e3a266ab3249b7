"""The guard lets the loopback through and nothing else."""

import asyncio
import socket
import urllib.request

import pytest

from tests.network import NetworkDenied, is_loopback

ELSEWHERE = "192.0.2.1"  # reserved for documentation: no machine has it


HERE = ["127.0.0.1", "127.9.9.9", "::1", "localhost", b"localhost", "", None]
OTHERS = [ELSEWHERE, "10.0.0.1", "0.0.0.1", "::2", "example.org", b"example.org", 7]


@pytest.mark.parametrize("host", HERE)
def test_the_loopback_is_allowed(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", OTHERS)
def test_everything_else_is_not(host: object) -> None:
    assert not is_loopback(host)


def test_a_loopback_connection_works() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        client.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"


def test_a_socket_file_works() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendmsg([b"hello"])
        assert right.recv(5) == b"hello"


@pytest.mark.parametrize("connect", ["connect", "connect_ex"])
def test_a_connection_elsewhere_is_denied(connect: str) -> None:
    with socket.socket() as client, pytest.raises(NetworkDenied, match=ELSEWHERE):
        getattr(client, connect)((ELSEWHERE, 80))


def test_a_datagram_elsewhere_is_denied() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        with pytest.raises(NetworkDenied, match=ELSEWHERE):
            client.sendto(b"x", (ELSEWHERE, 53))
        with pytest.raises(NetworkDenied, match=ELSEWHERE):
            client.sendmsg([b"x"], [], 0, (ELSEWHERE, 53))


def test_looking_up_a_name_is_denied() -> None:
    with pytest.raises(NetworkDenied, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
    with pytest.raises(NetworkDenied, match=r"example\.org"):
        socket.gethostbyname("example.org")


def test_libraries_are_denied_too() -> None:
    with pytest.raises(NetworkDenied):
        urllib.request.urlopen("https://example.org")
    with pytest.raises(NetworkDenied):
        asyncio.run(asyncio.open_connection(ELSEWHERE, 80))
