"""The shipped packs by words alone and, where the part `vectors` is installed, with vectors."""

from collections.abc import Iterator

from rarepath.knowledge.library import SHIPPED
from rarepath.search.model import COMMAND, part_present
from rarepath.services.build import open_shelf
from rarepath.services.directory import directory_of
from rarepath.services.home import find_home
from rarepath.services.knowledge import Knowledge


def with_vectors() -> Knowledge:
    """As the product opens them: the searcher from the cache, the directory if one is loaded."""
    home = find_home()
    return Knowledge([SHIPPED], directory_of(home), open_shelf(home))


def each_way() -> Iterator[tuple[str, Knowledge]]:
    """By words alone, then with vectors; says so when the part is missing."""
    yield "words", Knowledge([SHIPPED])
    if part_present():
        yield "words and vectors", with_vectors()
    else:
        print(f"with vectors: the part is not installed: {COMMAND}")
