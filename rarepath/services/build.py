"""The cache: what makes answers quick and can be made again from the packs at any time."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rarepath.ask.desk import Desk
from rarepath.kernel.errors import ConfigBroken, MissingPart
from rarepath.search.encoder import Encoder
from rarepath.search.model import COMMAND, PART, model_id, part_present, prepare_model
from rarepath.search.shelf import Model, Shelf
from rarepath.services.home import Home
from rarepath.services.knowledge import Knowledge
from rarepath.services.status import ADDS
from rarepath.show.status import Built

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Say", "build", "open_shelf"]

Say = Callable[[str], None]


def build(home: Home, knowledge: Knowledge) -> Built:
    """Make what is missing in the cache and remove what is out of date.

    Raises ConfigBroken when the cache cannot be written, PartBroken when the part `vectors` is
    there and cannot be used.
    """
    cache = home.make("cache")
    shelf = knowledge.shelf or Shelf(cache)
    if shelf.model is not None:
        prepare_model(cache, shelf.say)
    desk = Desk(knowledge.conditions(), shelf.searcher, knowledge.directory)
    desk.searcher  # noqa: B018 - made when it is asked for
    packs = {name: (pack, desk.words[name]) for name, pack in desk.packs.items()}
    folder = shelf.folder(packs)
    if not folder.is_dir():
        raise ConfigBroken(
            "The cache cannot be written.",
            "Set RAREPATH_HOME to a folder with space that belongs to you.",
            str(cache),
        )
    return Built(
        folder=str(folder),
        packs=len(desk.packs),
        questions=sum(len(pack.questions) for pack in desk.packs.values()),
        vectors=shelf.model is not None,
        adds=ADDS[PART],
        command=COMMAND,
        removed=shelf.prune(packs),
    )


def open_shelf(home: Home, say: Say = lambda line: None) -> Shelf:
    """The searchers kept in the cache of `home`; opening it makes nothing.

    With the part `vectors`, a question is read by its sense too. `say` gets a line before
    something that takes some seconds.
    """
    model = Model(model_id(), _Lazy(home, say)) if part_present() else None
    return Shelf(home.where("cache"), model, say)


@dataclass(frozen=True)
class _Lazy:
    """An encoder that is loaded when the first text comes: a page without a question needs none."""

    home: Home
    say: Say

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        return self._encoder().encode(texts)

    def _encoder(self) -> Encoder:
        with _LOADING:
            return _load(self.home, self.say)


_LOADING = threading.Lock()


@lru_cache(maxsize=2)
def _load(home: Home, say: Say) -> Encoder:
    folder = prepare_model(home.make("cache"), say)
    if folder is None:
        raise MissingPart(PART, COMMAND)
    return Encoder(folder)
