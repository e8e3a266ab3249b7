"""What every request must pass and every response carries.

The server listens on this machine only, yet any page open in the browser can send requests
to it. Three rules keep such a page out:

* The ``Host`` must be a loopback name with the port we listen on. A foreign name that was
  made to resolve to this machine (DNS rebinding) still arrives with the foreign ``Host``.
* A request that could change something must come from our own pages. Browsers say where a
  request comes from in ``Sec-Fetch-Site``, which no page can forge; older ones send
  ``Origin``. A request with neither is not from a browser, so nobody's page made it.
* A body larger than any question is refused before it is read.

The responses forbid scripts, frames and every address but our own, and are not kept.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from fastapi.datastructures import Headers
from fastapi.exceptions import HTTPException

__all__ = ["MAX_BODY", "App", "Receive", "Refuse", "Scope", "Security", "Send", "refusal"]

MAX_BODY = 64 * 1024

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_READING = ("GET", "HEAD")
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[int, Scope], App]


_log = logging.getLogger("rarepath.web")


class Security:
    """ASGI middleware around every address; `refuse` makes the page for a status.

    A fault of our own is answered with the page for 500. The log gets its kind and place,
    never its message, which may quote what somebody asked.
    """

    def __init__(self, app: App, refuse: Refuse, max_body: int = MAX_BODY) -> None:
        """Wrap `app`."""
        self.app = app
        self.refuse = refuse
        self.max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with the page that says why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(scope, send)
        status = refusal(scope, self.max_body)
        if status is None:
            try:
                await self.app(scope, _limited(receive, self.max_body), send)
                return
            except Exception as fault:
                _log.error("%s", _kind_and_place(fault))
                status = 500
        await self.refuse(status, scope)(scope, receive, send)


def refusal(scope: Scope, max_body: int = MAX_BODY) -> int | None:
    """The status with which a request is refused before anything reads it, or None."""
    headers = Headers(scope=scope)
    if not _host_is_ours(scope, headers):
        return 400
    if scope["method"] in _READING:
        return None
    if not _from_our_own_page(headers):
        return 403
    length = headers.get("content-length", "0")
    return None if length.isdecimal() and int(length) <= max_body else 413


def _host_is_ours(scope: Scope, headers: Headers) -> bool:
    port = scope["server"][1]
    allowed = {f"{name}:{port}" for name in _LOOPBACK}
    if port == 80:  # browsers leave the standard port out
        allowed.update(_LOOPBACK)
    return headers.getlist("host") in [[name] for name in allowed]


def _from_our_own_page(headers: Headers) -> bool:
    # Sec-Fetch-Site decides where it exists: our own Referrer-Policy makes browsers send
    # "Origin: null" even for our own forms.
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin == f"http://{headers.get('host')}"


def _limited(receive: Receive, max_body: int) -> Receive:
    seen = 0

    async def limited() -> MutableMapping[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > max_body:
            raise HTTPException(413)
        return message

    return limited


def _kind_and_place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__} at {last.filename}:{last.lineno}"


def _with_headers(scope: Scope, send: Send) -> Send:
    static = scope["path"].startswith("/static/")

    kept = "no-cache" if static else "no-store"
    # Which answers were read is nobody else's business on a shared machine.
    own = {**_HEADERS, "Cache-Control": kept}

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message.get("headers", ()),
                *((name.lower().encode(), value.encode()) for name, value in own.items()),
            ]
        await send(message)

    return sending
