"""How many distinct answers a second the pages give over HTTP, to 8 readers at once.

.venv/bin/python bench/http_answers.py [--seconds 10] [--connections 8]

It starts the server as `rarepath serve` does, with an empty home, and loads it from a process
of its own over connections that are kept open. Each request is for another answer than the one
before: all questions for every reader, comparisons, patients in both ways of speaking. The
last run asks by POST, each time in other words, and follows the redirect to the answer.

Server and client share the machine's cores, so what the client takes is measured too: alone,
against a server that always gives the same bytes. Processor time depends on the load of the
machine far less than answers a second do.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

PAGE = b"x" * 45_000  # about as long as an answer
TICKS = os.sysconf("SC_CLK_TCK")


# The client: a process of its own that reads its plan from standard input.


async def exchange(
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes
) -> tuple[int, dict[str, str], int]:
    """Send one request; the status, the headers and the length of the body that came back."""
    reader, writer = streams
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in head[1:])}
    length = int(headers.get("content-length", "0"))
    await reader.readexactly(length)
    return int(head[0].split()[1]), headers, length


def request_for(target: str | dict[str, str], host: str) -> bytes:
    if isinstance(target, str):
        return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    body = urlencode(target)
    kind = "Content-Type: application/x-www-form-urlencoded"
    size = f"Content-Length: {len(body)}"
    return f"POST /ask HTTP/1.1\r\nHost: {host}\r\n{kind}\r\n{size}\r\n\r\n{body}".encode()


async def load(port: int, targets: list[str | dict[str, str]], count: int, until: float) -> dict:
    """Ask for the targets in turn over `count` connections until the time is over."""
    host = f"127.0.0.1:{port}"
    rotation = iter(())
    took: list[float] = []
    done = {"errors": 0, "bytes": 0}
    used = time.process_time()

    def following() -> str | dict[str, str]:
        nonlocal rotation
        target = next(rotation, None)
        if target is None:
            rotation = iter(targets)
            target = next(rotation)
        return target

    async def one_reader() -> None:
        streams = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        while not took or time.perf_counter() < until:
            begin = time.perf_counter()
            status, headers, length = await exchange(streams, request_for(following(), host))
            if status == 303:
                again = request_for(headers["location"], host)
                status, headers, length = await exchange(streams, again)
            took.append(time.perf_counter() - begin)
            done["bytes"] += length
            done["errors"] += status != 200
        streams[1].close()

    await asyncio.gather(*(one_reader() for _ in range(count)))
    return {"took": took, **done, "processor": time.process_time() - used}


def client() -> None:
    plan = json.load(sys.stdin)
    until = time.perf_counter() + plan["seconds"]
    result = asyncio.run(load(plan["port"], plan["targets"], plan["connections"], until))
    json.dump(result, sys.stdout)


# The servers.


async def same_bytes() -> None:
    """A server that does nothing: what is left is the client."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(answer)
            await writer.drain()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", flush=True)
    await server.serve_forever()


@contextmanager
def running(command: list[str], home: str) -> Iterator[tuple[int, int]]:
    """A server that runs meanwhile: its process id, and the port in the address it prints."""
    environment = {**os.environ, "RAREPATH_HOME": home, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        address = next(word for word in server.stdout.readline().split() if "://" in word)
        yield server.pid, int(address.rstrip("/").rpartition(":")[2])
    finally:
        server.terminate()
        server.wait()


def with_children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in with_children(int(child)))]


def processor_seconds(pid: int) -> float:
    """What a process and its children have used so far."""
    stats = (Path(f"/proc/{each}/stat").read_text() for each in with_children(pid))
    return sum(sum(map(int, stat.rpartition(")")[2].split()[11:13])) for stat in stats) / TICKS


def resident(pid: int) -> list[float]:
    """The MB that each process of a server holds."""
    lines = (Path(f"/proc/{each}/status").read_text() for each in with_children(pid))
    return [int(text.split("VmRSS:")[1].split()[0]) / 1024 for text in lines]


# What is asked.


def answers() -> tuple[list[str], list[str]]:
    """The addresses of every answer to a question or on a topic, and of every comparison."""
    # Here and not above: the client has no need of them.
    from rarepath.ask.desk import Desk
    from rarepath.knowledge.base import Reader
    from rarepath.knowledge.library import SHIPPED
    from rarepath.search.shelf import in_memory
    from rarepath.services.knowledge import Knowledge

    known = Desk(Knowledge([SHIPPED]).conditions(), in_memory).known_answers
    questions: list[str] = []
    compared: list[str] = []
    for name, outcome in known.items():
        found = compared if outcome.reason == "comparison" else questions
        found.append(f"/answers/{name}")
        if outcome.reader is Reader.PATIENT:
            found.append(f"/answers/{name}?about=child")
    return questions, compared


def wordings() -> list[dict[str, str]]:
    """Every wording of every question, for each reader it is answered for."""
    from rarepath.knowledge.library import SHIPPED
    from rarepath.services.knowledge import Knowledge

    return [
        {"q": text, "pack": pack.id, "reader": reader.value}
        for pack in Knowledge([SHIPPED]).conditions()
        for question in pack.questions.values()
        for reader, _ in question.each()
        for text in question.phrasings
    ]


def report(name: str, port: int, targets: list, settings: argparse.Namespace, pid: int) -> None:
    plan = {"port": port, "targets": targets, **vars(settings)}
    used = processor_seconds(pid)
    done = subprocess.run(
        [sys.executable, __file__, "--client"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    used = processor_seconds(pid) - used
    found = json.loads(done.stdout)
    took = sorted(1000 * each for each in found["took"])
    n = len(took)
    p50, p95, p99 = (took[min(n - 1, int(share * n))] for share in (0.5, 0.95, 0.99))
    print(
        f"{name}: {n / settings.seconds:.0f}/s, p50 {p50:.1f} ms, "
        f"p95 {p95:.1f} ms, p99 {p99:.1f} ms, errors {found['errors']}, "
        f"{found['bytes'] / n / 1000:.0f} kB each; processor per answer: server "
        f"{1000 * used / n:.2f} ms, client {1000 * found['processor'] / n:.2f} ms "
        f"({n} answers, {len(targets)} distinct)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--client", action="store_true")
    parser.add_argument("--same-bytes", action="store_true")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--connections", type=int, default=8)
    settings = parser.parse_args()
    if settings.client:
        return client()
    if settings.same_bytes:
        return asyncio.run(same_bytes())
    questions, compared = answers()
    asked = wordings()
    for targets in (questions, compared, asked):
        random.Random(1214).shuffle(targets)
    both = questions + compared
    random.Random(1214).shuffle(both)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as home:
        with running([sys.executable, __file__, "--same-bytes"], home) as (pid, port):
            report("the client alone", port, questions, settings, pid)
        rarepath = [sys.executable, "-m", "rarepath"]
        environment = {**os.environ, "RAREPATH_HOME": home}
        subprocess.run([*rarepath, "build"], env=environment, check=True, capture_output=True)
        command = [*rarepath, "serve", "--port", "0"]
        with running(command, home) as (pid, port):
            report("first seconds, from cold", port, questions, settings, pid)
            report("questions", port, questions, settings, pid)
            report("questions and comparisons", port, both, settings, pid)
            first = asyncio.run(load(port, asked[:1], 1, time.perf_counter()))
            print(f"the first question by POST, which opens the index: {first['took'][0]:.2f} s")
            report("POST and its answer", port, asked, settings, pid)
            print("resident MB of each process: " + ", ".join(f"{m:.0f}" for m in resident(pid)))
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
