"""The pieces of one neighbourhood sorted into errors: a function of the set, not of an order.

Taken by corrected first and then by length, a piece that lies on no earlier *seed* becomes a seed;
any other attaches to the seed it lies on, or, of several, to the one nearest its middle. Seeds
alone decide, so a piece that is no seed changes nothing for any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typo_reports.domain.overlay import overlay
from typo_reports.domain.piece import Piece

# Offsets this close can be one place on a page that was edited in between.
_NEAR = 300
# The share of surroundings that must agree, near and far; equal words elsewhere reach 0.5 at most
# outside of generated lists, one place after an edit hardly ever falls below 0.4 (measured).
_AGREEMENT_NEAR = 0.35
_AGREEMENT_FAR = 0.6
# Folded code points around a piece that say nothing about its place.
_TOO_LITTLE = 8
# Of the shorter piece, this much must be shared.
_OVERLAP = 0.5


def precedence(piece: Piece) -> tuple[Any, ...]:
    """The order in which pieces may become seeds: sure and small ones first, then by content."""
    return (not piece.corrected, piece.length, piece.window, piece.start, piece.offset or 0)


def distance(piece: Piece, seed: Piece) -> float | None:
    """How far the seed is from the piece's middle, in folded code points; None if elsewhere."""
    if piece == seed:
        return 0.0
    if _bare(piece, seed) and piece.offset != seed.offset:
        return None
    there = overlay(seed.window, seed.start, seed.end, piece.window)
    if there is None or there.agreement < _agreement_needed(piece, seed):
        return None
    shared = min(there.end, piece.end) - max(there.start, piece.start)
    shorter = max(1, min(there.end - there.start, piece.length))
    if shared / shorter < _OVERLAP:
        return None
    return abs((there.start + there.end) - (piece.start + piece.end)) / 2


def nearest(piece: Piece, seeds: Iterable[Piece]) -> Piece | None:
    """The seed that the piece lies on; of several the one nearest its middle, then the earlier."""
    best: tuple[float, tuple[Any, ...]] | None = None
    found = None
    for seed in seeds:
        away = distance(piece, seed)
        if away is None:
            continue
        rank = (away, precedence(seed))
        if best is None or rank < best:
            best, found = rank, seed
    return found


def partition(pieces: Iterable[Piece]) -> dict[Piece, list[Piece]]:
    """Every distinct piece under its seed; each seed is the first of its own list."""
    errors: dict[Piece, list[Piece]] = {}
    for piece in sorted(set(pieces), key=precedence):
        seed = nearest(piece, errors)
        errors.setdefault(seed or piece, []).append(piece)
    return errors


def _bare(piece: Piece, seed: Piece) -> bool:
    """Whether too little text stands around to tell equal words apart."""
    return min(len(piece.window) - piece.length, len(seed.window) - seed.length) < _TOO_LITTLE


def _agreement_needed(piece: Piece, seed: Piece) -> float:
    if piece.offset is None or seed.offset is None:
        return _AGREEMENT_FAR
    near = abs(piece.offset - seed.offset) <= _NEAR
    return _AGREEMENT_NEAR if near else _AGREEMENT_FAR
