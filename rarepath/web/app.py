"""The application: every address, the form, and the pages for what goes wrong."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles

from rarepath.ask.reply import Reply
from rarepath.ask.texts import DISCLAIMER
from rarepath.ask.voice import About
from rarepath.kernel.envelope import dump_json
from rarepath.kernel.errors import (
    NotFound,
    PackBroken,
    QuestionRejected,
    RarepathError,
    UnknownPack,
)
from rarepath.knowledge.base import Reader
from rarepath.knowledge.checks.parents import parent_forms
from rarepath.knowledge.library import SHIPPED
from rarepath.knowledge.packs import Pack
from rarepath.services.ask import about_named, answer_by_id, answer_for, as_json, ask
from rarepath.services.build import open_shelf
from rarepath.services.clock import today
from rarepath.services.config import Config, read_config
from rarepath.services.directory import directory_of
from rarepath.services.home import find_home
from rarepath.services.knowledge import Knowledge
from rarepath.services.pages import card, envelope, reader_named
from rarepath.show.sheet import has_sheet, sheet_page
from rarepath.show.views import ErrorPage
from rarepath.web.answers import PartOfPage, answer_page, answer_title, other_readers
from rarepath.web.frame import Frame, environment, notices, with_reader
from rarepath.web.pages import PAGES, PageKind, Wanted
from rarepath.web.security import Scope, Security

__all__ = ["create_app"]

_STATIC = Path(__file__).parent / "static"
# To list the files of the packs takes as long as an answer does.
_LOOK_EVERY = 1.0
_Handler = Callable[[Request], Awaitable[Response]]

_TITLES: Mapping[int, tuple[str, str, str]] = {
    400: (
        "This request cannot be answered",
        "It was not addressed to this computer, or it could not be read.",
        "Open the address that the program printed when it started.",
    ),
    403: (
        "This question came from elsewhere",
        "Another website tried to ask a question here in your name.",
        "Ask it on this page yourself.",
    ),
    404: (
        "There is no such page",
        "Nothing is kept under this address.",
        "Check the address, or begin at the first page.",
    ),
    405: (
        "This page can only be read",
        "It takes no form.",
        "Open it as an ordinary address, or ask your question on the first page.",
    ),
    413: (
        "This is too long",
        "A question can have 2,000 characters.",
        "Ask it in fewer words.",
    ),
    500: (
        "Something went wrong here",
        "This is a fault of rarepath, not of what you asked.",
        "Go back and try again. If it happens again, report the page it happened on.",
    ),
    503: (
        "This pack cannot be read",
        "A file of it breaks the rules of packs.",
        "Mend the line named here; the page answers as soon as it is mended.",
    ),
}


class _Site:
    """The handlers, with what they share: the packs, the settings and the templates."""

    def __init__(self, knowledge: Knowledge, config: Config) -> None:
        self.knowledge = knowledge
        self.config = config
        self.templates = environment()

    def page(self, kind: PageKind, as_data: bool) -> _Handler:
        """The handler of a page that needs no question, or of its JSON twin."""

        async def handler(request: Request) -> Response:
            wanted = self._wanted(request)
            view = kind.build(wanted)
            if as_data:
                return _json(envelope(view, wanted.pack, wanted.on))
            frame = self._frame(
                request,
                kind.title(view),
                wanted.reader,
                wanted.pack,
                readers=getattr(view, "readers", tuple(Reader)),
                about=about_named(request.query_params.get("about")),
            )
            return self._rendered(kind.template, frame, view)

        return handler

    async def ask(self, request: Request) -> Response:
        """Answer the form by leading to the answer's own address, which holds no free text."""
        self.knowledge.refresh()
        async with request.form(max_files=0, max_fields=8) as form:
            said = {name: value for name, value in form.items() if isinstance(value, str)}
        reader = reader_named(said.get("reader"), self.config.default_reader)
        try:
            reply = ask(
                self.knowledge,
                said.get("q", ""),
                reader=reader,
                pack=said.get("pack") or None,
                after=said.get("after") or None,
                about=about_named(said.get("about")),
                on=today(),
            )
        except QuestionRejected as error:
            return self._ask_again(request, reader, said, error)
        return RedirectResponse(_address(reply), status_code=303)

    async def question(self, request: Request) -> Response:
        """Lead from a canonical question to its answer's address."""
        wanted = self._wanted(request)
        reply = answer_for(
            self.knowledge,
            wanted.chosen.id,
            wanted.item,
            wanted.reader,
            about=about_named(request.query_params.get("about")),
            on=wanted.on,
        )
        return RedirectResponse(_address(reply), status_code=303)

    def answer(self, as_data: bool) -> _Handler:
        """The handler of an answer, or of its JSON twin."""

        async def handler(request: Request) -> Response:
            on = today()
            reply = self._reply(request, on)
            if as_data:
                return _json(as_json(reply, self.knowledge, on))
            return self._answer(request, reply)

        return handler

    def sheet(self, as_data: bool) -> _Handler:
        """The handler of a patient's answer on one page to print, or of its JSON twin."""

        async def handler(request: Request) -> Response:
            on = today()
            reply = self._reply(request, on)
            pack = self._condition(reply.condition.id) if reply.condition else None
            if pack is None or not has_sheet(reply):
                raise NotFound(
                    "There is no page to print for this reply.",
                    "An answer written for patients has one; print any other as it is.",
                )
            forms = parent_forms(pack) if reply.about == "child" else {}
            view = sheet_page(reply, pack, forms, self.config.emergency_number, on)
            if as_data:
                return _json(envelope(view, pack, on))
            return self._about_answer(request, reply, pack, "sheet.html", view)

        return handler

    def _reply(self, request: Request, on: date) -> Reply:
        self.knowledge.refresh()
        return answer_by_id(
            self.knowledge,
            request.path_params["item"],
            on=on,
            sign=request.query_params.get("sign"),
            about=about_named(request.query_params.get("about")),
            emergency_number=self.config.emergency_number,
        )

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page, or the JSON, for an error of ours."""
        assert isinstance(error, RarepathError)
        status = _status_of(error)
        if request.url.path.endswith(".json"):
            return _json(error.as_json(), status)
        title = _TITLES[status][0]
        view = ErrorPage(status, title, error.message, error.what_to_do, error.where)
        return self._error(request.scope, view)

    async def refused(self, request: Request, error: Exception) -> Response:
        """The page, or the JSON, for a status that the framework decides on."""
        return self.refusal(getattr(error, "status_code", 400), request.scope)

    def refusal(self, status: int, scope: Scope) -> Response:
        """The page, or the JSON, that says why a request was not served."""
        status = status if status in _TITLES else 400
        title, message, what_to_do = _TITLES[status]
        if scope["path"].endswith(".json"):
            kind = "internal_error" if status == 500 else "usage_error"
            fault = {"type": kind, "message": message, "what_to_do": what_to_do, "where": None}
            return _json({"error": fault}, status)
        return self._error(scope, ErrorPage(status, title, message, what_to_do, None))

    def _wanted(self, request: Request) -> Wanted:
        self.knowledge.refresh()
        name = request.path_params.get("pack")
        return Wanted(
            packs=self.knowledge.conditions(),
            pack=self._condition(name) if name is not None else None,
            item=request.path_params.get("item", ""),
            reader=reader_named(request.query_params.get("reader"), self.config.default_reader),
            on=today(),
        )

    def _condition(self, name: str) -> Pack:
        pack = self.knowledge.pack(name)
        if pack not in self.knowledge.conditions():
            raise UnknownPack(
                f"{pack.id} is not a disease; it holds what every disease needs.",
                "Begin at the first page.",
            )
        return pack

    def _frame(
        self,
        request: Request | Scope,
        title: str,
        reader: Reader,
        pack: Pack | None = None,
        **more: Any,
    ) -> Frame:
        path = request["path"]
        packs = self.knowledge.conditions()
        chosen = pack is not None
        if pack is None and len(packs) == 1:
            pack = packs[0]
        settings: dict[str, Any] = {
            "disclaimer": DISCLAIMER[reader],
            "json_address": with_reader(
                "/index.json" if path == "/" else f"{path}.json",
                reader,
                self.config.default_reader,
            ),
        }
        return Frame(
            title=title,
            path=path,
            reader=reader,
            usual_reader=self.config.default_reader,
            pack=card(pack, reader) if pack is not None else None,
            chosen=chosen,
            broken=notices(self.knowledge.broken, packs),
            **(settings | more),
        )

    def _answer(self, request: Request, reply: Reply) -> Response:
        reader = Reader(reply.reader)
        pack = self._condition(reply.condition.id) if reply.condition else None
        cards = [card(each, reader) for each in self.knowledge.conditions()]
        parts = [
            PartOfPage(part, _address(part), f"part-{at}") for at, part in enumerate(reply.parts, 1)
        ]
        sheet = _address(reply, "/sheet") if has_sheet(reply) else None
        view = answer_page(reply, pack, cards, parts, sheet)
        return self._about_answer(request, reply, pack, "answer.html", view)

    def _about_answer(
        self, request: Request, reply: Reply, pack: Pack | None, template: str, view: object
    ) -> Response:
        """A page about `reply`, for each reader and each way of speaking there is."""
        ending = "/sheet" if template == "sheet.html" else ""
        query = f"?{request.url.query}" if request.url.query else ""
        frame = self._frame(
            request,
            answer_title(reply),
            Reader(reply.reader),
            pack,
            disclaimer=reply.disclaimer,
            answer=reply.id,
            json_address=f"{quote(request.url.path)}.json{query}",
            own_switch={} if ending else self._switch(reply, pack),
            about=reply.about,
            own_about={
                about: _address(replace(reply, about=about), ending)
                for about in (get_args(About) if reply.about else ())
            },
        )
        return self._rendered(template, frame, view)

    def _switch(self, reply: Reply, pack: Pack | None) -> dict[Reader, str]:
        """The same question for each reader it is answered for."""
        if pack is None:
            return {}
        usual = self.config.default_reader
        return {
            other: with_reader(f"/questions/{pack.id}/{name}", other, usual, reply.about)
            for other, name in other_readers(reply, pack).items()
        }

    def _ask_again(
        self, request: Request, reader: Reader, said: Mapping[str, str], error: QuestionRejected
    ) -> Response:
        """The first page with the fault at the field, and what was typed still in it."""
        first = next(kind for kind in PAGES if kind.address == "/")
        packs = self.knowledge.conditions()
        chosen = next((pack for pack in packs if pack.id == said.get("pack")), None)
        view = first.build(Wanted(packs, chosen, "", reader, today()))
        frame = self._frame({**request.scope, "path": "/"}, first.title(view), reader, chosen)
        refused = (error, said.get("q", ""))
        return self._rendered(first.template, frame, view, status=400, refused=refused)

    def _error(self, scope: Scope, view: ErrorPage) -> Response:
        frame = self._frame(
            scope, view.title, self.config.default_reader, json_address=None, readers=()
        )
        return self._rendered("error.html", frame, view, status=view.status)

    def _rendered(
        self,
        template: str,
        frame: Frame,
        view: object,
        status: int = 200,
        refused: tuple[RarepathError, str] | None = None,
    ) -> Response:
        made = self.templates.get_template(template)
        return HTMLResponse(made.render(frame=frame, page=view, refused=refused), status)


def create_app(knowledge: Knowledge | None = None, config: Config | None = None) -> FastAPI:
    """The application; without arguments it serves the packs and settings of this machine."""
    home = find_home()
    folders = (home.where("packs"), SHIPPED)
    site = _Site(
        knowledge or Knowledge(folders, directory_of(home), open_shelf(home), _LOOK_EVERY),
        config or read_config(home),
    )
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        exception_handlers={
            RarepathError: site.failed,
            **dict.fromkeys((400, 404, 405, 413), site.refused),
        },
    )
    add = app.router.add_route
    for kind in PAGES:
        # The twin first: an item's name may hold a point, so the page's address fits it too.
        add(kind.json_address, site.page(kind, as_data=True), methods=["GET"])
        add(kind.address, site.page(kind, as_data=False), methods=["GET"])
    add("/ask", site.ask, methods=["POST"])
    add("/answers/{item}/sheet.json", site.sheet(as_data=True), methods=["GET"])
    add("/answers/{item}/sheet", site.sheet(as_data=False), methods=["GET"])
    add("/answers/{item}.json", site.answer(as_data=True), methods=["GET"])
    add("/answers/{item}", site.answer(as_data=False), methods=["GET"])
    add("/questions/{pack}/{item}", site.question, methods=["GET"])
    app.mount("/static", StaticFiles(directory=_STATIC))
    app.add_middleware(Security, refuse=site.refusal)
    return app


def _address(reply: Reply, ending: str = "") -> str:
    query = {}
    if reply.danger is not None and reply.danger.id is not None and reply.status != "emergency":
        query["sign"] = reply.danger.id
    if reply.about == "child":
        query["about"] = reply.about
    return f"/answers/{quote(reply.id)}{ending}" + (f"?{urlencode(query)}" if query else "")


def _status_of(error: RarepathError) -> int:
    if isinstance(error, NotFound | UnknownPack):
        return 404
    if isinstance(error, PackBroken):
        return 503
    return 500 if error.exit_code == 4 else 400


def _json(value: object, status: int = 200) -> Response:
    return Response(dump_json(value) + "\n", status, media_type="application/json")
