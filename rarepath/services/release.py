"""Record a version of a pack as given out: one generated file for each version."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rarepath.kernel.errors import BadInput
from rarepath.knowledge.checks import check_pack
from rarepath.knowledge.condition import Release
from rarepath.knowledge.history import release_of, versions
from rarepath.knowledge.library import open_pack
from rarepath.knowledge.packs import Pack, pack_digest

__all__ = ["release"]

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def release(name: str, folders: Iterable[Path], amend: bool = False) -> Path:
    """Write `history/VERSION.yaml` of the pack `name` (an id or a path); return that file.

    The version and its day are those of the header. A version that is recorded keeps its
    content, unless it is the newest and `amend` is asked for. Raise BadInput when the pack
    has an error, or rests on a required pack that is not released itself.
    """
    pack = open_pack(name, folders)
    file = _file(pack)
    recorded, now = pack.releases.get(pack.condition.version), release_of(pack)
    if recorded is not None:
        stands_in = Path(pack.place("releases", recorded.version).file)
        if _same(recorded, now) and not amend:
            return stands_in
        if stands_in != file:
            raise BadInput(
                f"Version {recorded.version} is recorded in another file.",
                "Delete that entry; it is written into a file of its own.",
                str(stands_in),
            )
    _refuse_unsound(pack)
    _refuse_rewriting(pack, recorded, now, amend)
    _write(file, _as_yaml(now))
    return file


def _file(pack: Pack) -> Path:
    version = pack.condition.version
    if not _FILE_NAME.fullmatch(version):
        raise BadInput(
            f"The version {version!r} cannot be the name of a file.",
            "Use letters, digits, points and hyphens, such as 1.0.0.",
            pack.place("condition", "condition").file,
        )
    return pack.folder / "history" / f"{version}.yaml"


def _same(recorded: Release, now: Release) -> bool:
    return (recorded.digest, recorded.statements) == (now.digest, now.statements)


def _refuse_unsound(pack: Pack) -> None:
    """Refuse a pack with errors, or above one that is not recorded as it stands."""
    defects = check_pack(pack, pack.condition.released)
    errors = [d for d in defects if d.severity == "error" and d.rule != "versioned"]
    if errors:
        many = "an error" if len(errors) == 1 else f"{len(errors)} errors"
        raise BadInput(
            f"The pack {pack.id} has {many}, so it is not released.",
            f"See them with: rarepath check {pack.id}",
            f"{errors[0].file}:{errors[0].line}",
        )
    for base in pack.base:
        its = base.releases.get(base.condition.version)
        if its is None or its.digest != pack_digest(base):
            raise BadInput(
                f"The pack {base.id}, which {pack.id} requires, is not released as it stands.",
                f"Release it first: rarepath release {base.id}",
            )


def _refuse_rewriting(pack: Pack, recorded: Release | None, now: Release, amend: bool) -> None:
    version = pack.condition.version
    if recorded is not None and not amend:
        raise BadInput(
            f"Version {version} of {pack.id} was released with another content.",
            "Raise version: and released: in the header; or, while nobody has it, add --amend.",
        )
    merged = {**pack.releases, version: now}
    newest = versions(replace(pack, items={**pack.items, "releases": merged}))[-1]
    if newest.version != version:
        raise BadInput(
            f"Version {newest.version} of {pack.id} is newer than version {version}.",
            "What was released before the newest stays; raise version: and released:.",
        )


def _as_yaml(now: Release) -> str:
    required = [f"      {name}: {version}" for name, version in now.required.items()]
    statements = [f"      {name}: {mark}" for name, mark in (now.statements or {}).items()]
    lines = [
        "# Written by `rarepath release`; not to be edited. What each statement held at the time,",
        "# as the first digits of its content hash.",
        "releases:",
        f"  - version: {now.version}",
        f"    released: {now.released}",
        f"    digest: {now.digest}",
        *(["    required:", *required] if required else []),
        "    statements:" if statements else "    statements: {}",
        *statements,
    ]
    return "\n".join(lines) + "\n"


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(exist_ok=True)
        draft = file.with_suffix(".draft")  # not read as a part of the pack
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    except OSError as error:
        raise BadInput(
            f"The record cannot be written: {error.strerror}.",
            "Check the folder and its permissions.",
            str(file),
        ) from None
