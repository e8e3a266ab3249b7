"""What is written to a reader leaves at once."""

import socket

from rarepath.services.listen import listen


def test_the_end_of_a_page_does_not_wait_for_its_beginning() -> None:
    # asyncio leaves the delay in place for sockets that it did not make itself.
    with (
        listen("127.0.0.1", 0, or_any=False) as listening,
        socket.create_connection(listening.getsockname()),
    ):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
