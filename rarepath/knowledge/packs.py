"""Read a pack folder into frozen models, with the file and line of everything in it.

A pack is a folder of YAML files. File names are the author's; each top-level key says what
stands under it, and the same key in several files is one list.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rarepath.kernel.errors import PackBroken
from rarepath.knowledge.answers import (
    CanonicalQuestion,
    CirculatingClaim,
    Conflict,
    Option,
    Step,
)
from rarepath.knowledge.base import Many, Model
from rarepath.knowledge.condition import (
    Condition,
    Differential,
    GlossaryTerm,
    Organisation,
    RedFlag,
    Release,
    Review,
    Window,
)
from rarepath.knowledge.evidence import Source, Statement
from rarepath.knowledge.reader import Document, read_yaml
from rarepath.knowledge.vocabulary import Decline, Drug, FactKind, OtherCondition, Phrasebook

__all__ = ["Pack", "PackFile", "Place", "pack_digest", "read_pack"]


class PackFile(Model):
    """What one file of a pack may hold; every key is optional."""

    condition: Condition | None = None
    sources: Many[Source] = ()
    statements: Many[Statement] = ()
    questions: Many[CanonicalQuestion] = ()
    conflicts: Many[Conflict] = ()
    options: Many[Option] = ()
    circulating: Many[CirculatingClaim] = ()
    steps: Many[Step] = ()
    red_flags: Many[RedFlag] = ()
    differential: Many[Differential] = ()
    glossary: Many[GlossaryTerm] = ()
    organisations: Many[Organisation] = ()
    windows: Many[Window] = ()
    reviews: Many[Review] = ()
    releases: Many[Release] = ()
    drugs: Many[Drug] = ()
    fact_kinds: Many[FactKind] = ()
    declines: Many[Decline] = ()
    other_conditions: Many[OtherCondition] = ()
    phrasebook: Phrasebook | None = None


@dataclass(frozen=True)
class Place:
    """Where a thing stands: a file of the pack and a path inside it."""

    document: Document
    where: tuple[str | int, ...]

    @property
    def file(self) -> str:
        """The file's path as text."""
        return str(self.document.file)

    def line(self, *inside: str | int) -> int:
        """The line of the thing, or of a part inside it."""
        return self.document.line((*self.where, *inside))


# The field that names an item within its list.
_NAMES = {
    "glossary": "term",
    "reviews": "statement",
    "releases": "version",
    "other_conditions": "name",
}
_SINGLE = ("condition", "phrasebook")
_LISTS = tuple(name for name in PackFile.model_fields if name not in _SINGLE)


@dataclass(frozen=True, eq=False)  # compared and hashed by identity, which is quick
class Pack:
    """Everything one folder says, by id, with `base` the packs it requires.

    A look-up (`statement`, `source`, ...) searches the pack and then its base. Mappings keep
    the order of the files' names and of their lines.
    """

    folder: Path
    condition: Condition
    items: Mapping[str, Mapping[str, Any]]
    places: Mapping[tuple[str, str], Place]
    own_phrasebook: Phrasebook | None
    base: tuple["Pack", ...] = ()

    @property
    def id(self) -> str:
        """The pack's id."""
        return self.condition.id

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id, those of the base included."""
        return self._all("sources")

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Statements by id, those of the base included."""
        return self._all("statements")

    @cached_property
    def red_flags(self) -> Mapping[str, RedFlag]:
        """Danger signs by id, the pack's own first, then the general ones of the base."""
        return self._all("red_flags")

    @cached_property
    def glossary(self) -> Mapping[str, GlossaryTerm]:
        """Glossary entries by term, those of the base included."""
        return self._all("glossary")

    @cached_property
    def drugs(self) -> Mapping[str, Drug]:
        """Drugs by id, those of the base included."""
        return self._all("drugs")

    @cached_property
    def fact_kinds(self) -> Mapping[str, FactKind]:
        """Kinds of facts by id, those of the base included."""
        return self._all("fact_kinds")

    @cached_property
    def declines(self) -> Mapping[str, Decline]:
        """Kinds of questions that are declined, by id."""
        return self._all("declines")

    @cached_property
    def other_conditions(self) -> Mapping[str, OtherCondition]:
        """Other diseases by name."""
        return self._all("other_conditions")

    @cached_property
    def reviews(self) -> Mapping[str, Review]:
        """Signatures by statement id."""
        return self._all("reviews")

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """Conflicts by id."""
        return self._all("conflicts")

    @property
    def releases(self) -> Mapping[str, Release]:
        """Released versions by version."""
        return self.items["releases"]

    @property
    def questions(self) -> Mapping[str, CanonicalQuestion]:
        """Canonical questions by id."""
        return self.items["questions"]

    @property
    def options(self) -> Mapping[str, Option]:
        """What may be chosen, by id, in the order in which it is compared."""
        return self.items["options"]

    @property
    def circulating(self) -> Mapping[str, CirculatingClaim]:
        """Circulating claims by id."""
        return self.items["circulating"]

    @property
    def differential(self) -> Mapping[str, Differential]:
        """Look-alikes by id."""
        return self.items["differential"]

    @property
    def steps(self) -> Mapping[str, Step]:
        """Steps of the algorithm by id, in order."""
        return self.items["steps"]

    @property
    def organisations(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return self.items["organisations"]

    @property
    def windows(self) -> Mapping[str, Window]:
        """Windows that parts must fit into, by id."""
        return self.items["windows"]

    @cached_property
    def phrasebook(self) -> Phrasebook:
        """The pack's own phrasebook, or its base's; raise PackBroken when there is none."""
        for pack in (self, *self.base):
            if pack.own_phrasebook is not None:
                return pack.own_phrasebook
        raise PackBroken(
            "no phrasebook in the pack or in what it requires",
            "Require the shared pack: requires: [shared].",
            file=str(self.folder),
            line=1,
            field="phrasebook",
        )

    def place(self, kind: str, name: str) -> Place:
        """Where item `name` of the list `kind` stands, here or in the base."""
        for pack in (self, *self.base):
            if (kind, name) in pack.places:
                return pack.places[kind, name]
        raise KeyError((kind, name))

    def _all(self, kind: str) -> Mapping[str, Any]:
        merged: dict[str, Any] = dict(self.items[kind])
        for pack in self.base:
            for name, item in pack.items[kind].items():
                merged.setdefault(name, item)
        return merged


def read_pack(folder: Path, base: Iterable[Pack] = ()) -> Pack:
    """Read every `*.yaml` below `folder`; raise PackBroken naming the first broken line.

    `base` are the packs that this one requires, already read.
    """
    for stray in sorted(folder.rglob("*.yml")):
        raise PackBroken(
            "a file whose name ends in .yml is not read",
            "End its name in .yaml.",
            file=str(stray),
            line=1,
            field="file",
        )
    documents = [read_yaml(file) for file in sorted(folder.rglob("*.yaml"))]
    items: dict[str, dict[str, Any]] = {kind: {} for kind in _LISTS}
    places: dict[tuple[str, str], Place] = {}
    singles: dict[str, Any] = {}
    for document in documents:
        content = _validated(document)
        for kind in _SINGLE:
            _keep_single(document, kind, getattr(content, kind), singles, places)
        for kind in _LISTS:
            for at, item in enumerate(getattr(content, kind)):
                _keep(Place(document, (kind, at)), kind, item, items, places)
    if "condition" not in singles:
        raise PackBroken(
            "no file of this folder has a condition header",
            "Add condition: with format, id, version and the rest.",
            file=str(folder),
            line=1,
            field="condition",
        )
    return Pack(folder, singles["condition"], items, places, singles.get("phrasebook"), tuple(base))


def pack_digest(pack: Pack) -> str:
    """SHA-256 (hex) of what the pack itself says, signatures and releases left out.

    Comments, line breaks and fields left at their default do not count.
    """
    spoken = [kind for kind in _LISTS if kind not in {"reviews", "releases"}]
    items = [[kind, *pack.items[kind].values()] for kind in spoken]
    plain = json.dumps(
        [pack.condition, pack.own_phrasebook, *items],
        default=lambda item: item.model_dump(mode="json", exclude_defaults=True),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(plain.encode()).hexdigest()


def _validated(document: Document) -> PackFile:
    try:
        return PackFile.model_validate(document.content)
    except ValidationError as error:
        # A misspelt key also leaves its field missing: name the key, which is what to mend.
        first = min(
            error.errors(include_url=False),
            key=lambda each: (each["type"] != "extra_forbidden", document.line(each["loc"])),
        )
        where = first["loc"]
        raise PackBroken(
            first["msg"].removeprefix("Value error, "),
            "Mend this field; docs/pack-format.md says what it may hold.",
            file=str(document.file),
            line=document.line(where),
            field=".".join(str(part) for part in where) or "file",
        ) from None


def _keep_single(
    document: Document,
    kind: str,
    item: Any,
    singles: dict[str, Any],
    places: dict[tuple[str, str], Place],
) -> None:
    if item is None:
        return
    if kind in singles:
        raise _twice(Place(document, (kind,)), kind, kind)
    singles[kind] = item
    places[kind, kind] = Place(document, (kind,))


def _keep(
    place: Place,
    kind: str,
    item: Any,
    items: dict[str, dict[str, Any]],
    places: dict[tuple[str, str], Place],
) -> None:
    name = getattr(item, _NAMES.get(kind, "id"))
    if name in items[kind]:
        raise _twice(place, kind, name)
    items[kind][name] = item
    places[kind, name] = place


def _twice(place: Place, kind: str, name: str) -> PackBroken:
    return PackBroken(
        f"{name} stands twice in the pack",
        "Keep one of them.",
        file=place.file,
        line=place.line(),
        field=kind,
    )
