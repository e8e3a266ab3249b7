"""What stands around every page: the masthead, the reader switch, notices and the foot.

A template is given two things: `frame`, and the page's own view as `page`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode

import jinja2

from rarepath.ask.words import MAX_CHARACTERS
from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.base import Reader
from rarepath.knowledge.packs import Pack
from rarepath.show import words
from rarepath.show.views import ConditionCard
from rarepath.web.fragments import Fragments

__all__ = ["Frame", "Link", "Notice", "environment", "notices", "with_reader"]

_TEMPLATES = Path(__file__).parent / "templates"
_ABOUT = {"me": "About me", "child": "About my child"}
_OF_A_CONDITION = (
    ("Overview", ""),
    ("Algorithm", "/algorithm"),
    ("Disagreements", "/conflicts"),
    ("Claims", "/circulating"),
    ("Look-alikes", "/differential"),
    ("Sources", "/sources"),
    ("Glossary", "/glossary"),
)


@dataclass(frozen=True)
class Link:
    """A link and whether it leads to where the reader is."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Notice:
    """A pack that cannot be read: the place, what is wrong, and what answers meanwhile."""

    where: str
    message: str
    meanwhile: str


@dataclass(frozen=True)
class Frame:
    """All that a page shows besides its view.

    `path` is the page's address without its query; it exists for `readers`, or under the
    addresses of `own_switch`. `pack` is the disease the page is about, or the only one there
    is; it is `chosen` when the reader went there, so that a question may leave its name out.
    `about` is whom the texts address, `me` or `child`; `own_about` has the page's address for
    each of them.
    """

    title: str
    path: str
    reader: Reader
    usual_reader: Reader
    disclaimer: str
    pack: ConditionCard | None = None
    chosen: bool = False
    broken: tuple[Notice, ...] = ()
    json_address: str | None = None
    answer: str | None = None
    readers: tuple[str, ...] = tuple(Reader)
    own_switch: Mapping[Reader, str] | None = None
    about: str | None = None
    own_about: Mapping[str, str] | None = None
    language: str = "en-GB"

    @property
    def home(self) -> str:
        """The first page, for this reader."""
        return self.link("/")

    @property
    def nav(self) -> tuple[Link, ...]:
        """Ask, the pages of the disease if there is one, about."""
        places = [("Ask", "/")]
        if self.pack is not None:
            start = f"/conditions/{self.pack.id}"
            places += [(label, start + rest) for label, rest in _OF_A_CONDITION]
        places.append(("About", "/about"))
        return tuple(Link(label, self.link(to), self._is_at(to)) for label, to in places)

    @property
    def switch(self) -> tuple[Link, ...]:
        """The same page for each reader it exists for; nothing when there is only one."""
        addresses = self.own_switch
        if addresses is None:
            there = (Reader(name) for name in self.readers)
            addresses = {r: with_reader(self.path, r, self.usual_reader, self.about) for r in there}
        if len(addresses) < 2:
            return ()
        return tuple(
            Link(words.capital(words.READER[reader.value]), href, reader is self.reader)
            for reader, href in addresses.items()
        )

    @property
    def about_switch(self) -> tuple[Link, ...]:
        """The same page for a patient and for a parent; nothing where it is for neither."""
        return tuple(
            Link(_ABOUT[about], href, about == self.about)
            for about, href in (self.own_about or {}).items()
        )

    @property
    def whole_answer(self) -> str:
        """The address of the answer this page is about."""
        about = "?about=child" if self.about == "child" else ""
        return f"/answers/{quote(self.answer or '')}{about}"

    def link(self, path: str) -> str:
        """The address `path`, keeping the reader and whom it is about."""
        return with_reader(path, self.reader, self.usual_reader, self.about)

    def _is_at(self, path: str) -> bool:
        if path == "/":
            return self.path == path or self.path.startswith("/answers/")
        if path.count("/") < 3:  # about, the overview
            return self.path == path
        return self.path == path or self.path.startswith(f"{path}/")


@lru_cache(maxsize=10_000)
def with_reader(path: str, reader: Reader, usual: Reader, about: str | None = None) -> str:
    """`path` as an address for `reader`; the usual reader, and oneself, are not written out."""
    asked = {} if reader is usual else {"reader": reader.value}
    if about == "child" and reader is Reader.PATIENT:
        asked["about"] = about
    return f"{quote(path)}?{urlencode(asked)}" if asked else quote(path)


def notices(broken: Iterable[PackBroken], packs: Iterable[Pack]) -> tuple[Notice, ...]:
    """One notice for each broken pack; `packs` are those that still answer."""
    folders = [pack.folder for shown in packs for pack in (shown, *shown.base)]
    return tuple(
        Notice(
            where=error.where or error.file,
            message=error.message,
            meanwhile="The last version that could be read answers meanwhile."
            if any(Path(error.file).is_relative_to(folder) for folder in folders)
            else "It is left out until this is mended.",
        )
        for error in broken
    )


def environment() -> jinja2.Environment:
    """The templates with their filters; a name that a view does not have is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Text only: what is already markup came out of a template.
        finalize=lambda value: words.typeset(value) if type(value) is str else value,
        auto_reload=False,
    )
    made.globals["max_characters"] = MAX_CHARACTERS
    made.globals["made"] = Fragments(made)
    made.filters["capital"] = words.capital
    made.filters["sentence"] = words.sentence
    made.filters["day"] = words.date_in_words
    made.filters["changed"] = words.changed_since
    made.filters["measured"] = lambda value: words.measured(value.amount, value.unit)
    made.filters["words"] = lambda key, table: words.word(getattr(words, table), key)
    made.filters["by_id"] = lambda items: {item.id: item for item in items}
    return made
