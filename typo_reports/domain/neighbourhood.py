"""The pieces of one neighbourhood sorted into errors: a function of the set, not of an order.

Taken by corrected first and then by length, a piece that lies on no earlier *seed* becomes a seed;
any other attaches to the seed it lies on, or, of several, to the one nearest its middle. Seeds
alone decide, so a piece that is no seed changes nothing for any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from typo_reports.domain.overlay import Overlay, overlay
from typo_reports.domain.piece import Piece

# What share of the surroundings must agree when a place has moved so far, in code points, between
# two reports. On an unchanged page nothing moves; in half a year of edits 95 % of the places move
# by less than 320 and 98 % by less than 610; lines that a page repeats stand further apart.
# The third figure does for two equal corrections of the same words.
_UNMOVED = 16
_AGREEMENT = ((_UNMOVED, 0.3, 0.2), (300, 0.5, 0.37), (600, 0.65, 0.65))
_AGREEMENT_FAR = 0.9
_AGREEMENT_UNKNOWN = 0.65
# Folded code points around a piece that say nothing about its place.
_TOO_LITTLE = 8
# White space, which windows lack, for each folded code point: at most about so much.
_SPACES = 0.4
# More than all: apart, however alike the surroundings.
_ELSEWHERE = 1.01
# Of the shorter piece, this much must be shared.
_OVERLAP = 0.5
# Two corrections may take a doubled word apart differently.
_OVERLAP_CORRECTED = 0.3


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
    if there is None or there.agreement < _agreement_needed(piece, seed, there):
        return None
    shared = min(there.end, piece.end) - max(there.start, piece.start)
    shorter = max(1, min(there.end - there.start, piece.length))
    if shared / shorter < (_OVERLAP_CORRECTED if piece.corrected and seed.corrected else _OVERLAP):
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


def _agreement_needed(piece: Piece, seed: Piece, there: Overlay) -> float:
    if piece.offset is None or seed.offset is None:
        return _AGREEMENT_UNKNOWN
    inside = there.start - piece.start
    moved = abs(seed.offset - piece.offset - inside) - _SPACES * abs(inside)
    if moved > _UNMOVED and piece.revision and piece.revision == seed.revision:
        return _ELSEWHERE
    same_fix = bool(piece.fix) and piece.fix == seed.fix
    for most, share, share_for_same_fix in _AGREEMENT:
        if moved <= most:
            return share_for_same_fix if same_fix else share
    return _AGREEMENT_FAR
