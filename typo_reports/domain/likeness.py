"""Whether two texts are one article in two views: most of the shorter stands in the longer."""

from __future__ import annotations

import zlib

from typo_reports.domain.folding import fold_to_find

# Code points that are compared; long before, two articles have shown that they differ.
_TEXT_MOST = 200_000
# Folded code points of a run, and of how many runs one is kept: by its own hash, so both texts
# keep the same ones.
_RUN = 24
_ONE_OF = 4
_MARKS_LEAST = 8


def likeness(first: str, second: str) -> float:
    """Which share of the shorter text stands in the longer one; 0 where too little can be told."""
    marks, others = _marks(first), _marks(second)
    fewer = min(len(marks), len(others))
    return len(marks & others) / fewer if fewer >= _MARKS_LEAST else 0.0


def _marks(text: str) -> frozenset[int]:
    data = fold_to_find(text[:_TEXT_MOST]).text
    hashes = (
        zlib.crc32(data[at : at + _RUN].encode("utf-8", "surrogatepass"))
        for at in range(len(data) - _RUN + 1)
    )
    return frozenset(one for one in hashes if one % _ONE_OF == 0)
