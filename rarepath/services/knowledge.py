"""The packs of this process: opened once, read again when their files change.

A pack that breaks while we run keeps answering in its last good version, and says where it
is broken.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from rarepath.kernel.errors import PackBroken, UnknownPack
from rarepath.knowledge.checks import RULES
from rarepath.knowledge.library import find_packs, open_pack
from rarepath.knowledge.packs import Pack, read_pack

__all__ = ["Knowledge"]

Derived = TypeVar("Derived")
Signature = frozenset[tuple[str, int, int]]
