"""Two searches made one: reciprocal rank fusion, which asks of each only its order.

Scores of different searches cannot be added without a scale; ranks can (Cormack, Clarke and
Büttcher, 2009).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rarepath.search.index import Ranked

__all__ = ["CONSTANT", "fused"]

# How little the first places count more than the next; the value of the paper.
CONSTANT: Final = 60


def fused(*rankings: Sequence[str], limit: int = 10, constant: int = CONSTANT) -> list[Ranked]:
    """The ids of `rankings` by the sum of 1 / (constant + place), best first.

    Places count from 1. An id counts once in each ranking, at its best place; equal sums keep
    the order in which the ids were first met.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for place, name in enumerate(dict.fromkeys(ranking), 1):
            sums[name] += 1 / (constant + place)
    best = sorted(sums.items(), key=lambda item: -item[1])[:limit]
    return [Ranked(name, score) for name, score in best]
