"""Which reports speak of the same error in the same place, and so make one case.

The partition is a function of the set of reports, not of their order. Of the suspected pieces
(`piece.Piece`) in one neighbourhood, taken by corrected first and then by length, a piece that lies
on no earlier *seed* becomes a seed; any other attaches to the seed it lies on, or, of several, to
the one nearest its middle. A case is a seed and what attaches to it. Only a piece that becomes a
seed can change where others belong, so most reports touch one case and nothing else.

What a case must store (all of it small JSON, see `Core.to_json`):
- `core`: the distinct pieces of its reports, the seed among them;
- one row (site, page, key, case) for each of `core_keys(core)`;
- for each report its `piece_key`, so that reports can follow a piece that moves to another case.

What intake does, in one transaction:
    keys = lookup_keys(member)            # one indexed look-up of (site, page, key IN keys)
    decision = decide(member, load)       # load(keys) -> the cases found
    join decision.join, or a new case where it is None; then obey decision.moves and .merge.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from typo_reports.domain.overlay import overlay
from typo_reports.domain.piece import Piece, piece_of
from typo_reports.domain.selector import Selector

# Distinct pieces that a case keeps; later ones still join it, but no longer move.
MAX_PIECES = 24
MAX_KEYS = 24
_GRAM = 8
# A key in every window of so many runs; wider for longer texts. Wider ones choose among the keys
# of narrower ones, so a word's keys and its sentence's keys meet.
_WINDOWS = (12, 24, 48, 96)
_LONGEST = (70, 150, 350)
_NEAR = 300
_AGREEMENT_NEAR = 0.35
_AGREEMENT_FAR = 0.6
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Member:
    """One report as grouping sees it."""

    selector: Selector
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Core:
    """What a case keeps for grouping: its distinct pieces, the seed first."""

    pieces: tuple[Piece, ...] = ()

    @property
    def seed(self) -> Piece:
        """The piece that stands for the case."""
        return self.pieces[0]

    def to_json(self) -> dict[str, Any]:
        """Small JSON: {"pieces": [[window, start, end, corrected, offset], …]}."""
        return {"pieces": [piece.to_json() for piece in self.pieces]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Core:
        """The core of `to_json`."""
        return cls(tuple(Piece.from_json(piece) for piece in data["pieces"]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the report's. A `settled` one (resolved, or split or merged by an
    editor) may take new reports, but keeps those it has and is not merged."""

    case_id: str
    core: Core
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """The reports with this piece go from one case to another; `to_case` None: the new case."""

    piece_key: str
    from_case: str
    to_case: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a report belongs, and what its coming changes for reports already there.

    `join`: a case, or None for a new one. `moves`: pieces that belong elsewhere now. `merge`: cases
    that are left without any piece and end in the one that the report joins.
    """

    join: str | None
    moves: tuple[Move, ...] = ()
    merge: tuple[str, ...] = ()


def piece_key(member: Member) -> str:
    """A short name of the member's piece, stored with the report: 8 hex digits."""
    return _key_of(piece_of(member.selector, member.suggestion))


def lookup_keys(member: Member) -> tuple[str, ...]:
    """Keys (8 hex digits each) under which cases that may be the member's are indexed.

    About 8 for a word, at most MAX_KEYS for a passage of 1,000 code points.
    """
    return _keys(piece_of(member.selector, member.suggestion))


def core_keys(core: Core) -> tuple[str, ...]:
    """Every key under which a case with this core is to be found."""
    return tuple(sorted({key for piece in core.pieces for key in _keys(piece)}))


def new_core(member: Member) -> Core:
    """The core of a case that begins with this member."""
    return Core((piece_of(member.selector, member.suggestion),))


def absorb(candidate: Candidate, member: Member) -> Candidate:
    """The case with the member's piece among its own."""
    return replace(
        candidate,
        core=_with(candidate.core, piece_of(member.selector, member.suggestion)),
    )


def same_error(member: Member, core: Core) -> bool:
    """Whether the member's piece lies on the seed of the case."""
    piece = piece_of(member.selector, member.suggestion)
    return _lies_on(piece, core.seed)


def choose(member: Member, candidates: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose seed the member lies on, nearest its middle; None for a new case."""
    piece = piece_of(member.selector, member.suggestion)
    return _nearest(piece, candidates)


def decide(member: Member, load: Callable[[Sequence[str]], Sequence[Candidate]]) -> Decision:
    """Where the member belongs among the cases that `load(keys)` finds."""
    piece = piece_of(member.selector, member.suggestion)
    chosen = _nearest(piece, load(_keys(piece)))
    return Decision(chosen.case_id if chosen else None)


def _nearest(piece: Piece, candidates: Sequence[Candidate]) -> Candidate | None:
    lying = [
        (not candidate.settled, -distance, candidate.case_id, candidate)
        for candidate in candidates
        if (distance := _distance(piece, candidate.core.seed)) is not None
    ]
    return max(lying, key=lambda found: found[:3])[3] if lying else None


def _with(core: Core, piece: Piece) -> Core:
    if piece in core.pieces:
        return core
    pieces = sorted((*core.pieces, piece), key=_precedence)
    return Core(tuple(pieces[:MAX_PIECES]))


def _precedence(piece: Piece) -> tuple[Any, ...]:
    return (not piece.corrected, piece.length, piece.window, piece.start, piece.offset or 0)


def _lies_on(piece: Piece, seed: Piece) -> bool:
    return _distance(piece, seed) is not None


def _distance(piece: Piece, seed: Piece) -> float | None:
    """How far the seed is from the piece's middle, in code points; None if it lies elsewhere."""
    there = overlay(seed.window, seed.start, seed.end, piece.window)
    if there is None or there.agreement < _agreement_needed(piece, seed):
        return None
    shared = min(there.end, piece.end) - max(there.start, piece.start)
    shorter = max(1, min(there.end - there.start, piece.length))
    if shared / shorter < _OVERLAP:
        return None
    return abs((there.start + there.end) - (piece.start + piece.end)) / 2


def _agreement_needed(piece: Piece, seed: Piece) -> float:
    if piece.offset is None or seed.offset is None:
        return _AGREEMENT_FAR
    near = abs(piece.offset - seed.offset) <= _NEAR
    return _AGREEMENT_NEAR if near else _AGREEMENT_FAR


def _key_of(piece: Piece) -> str:
    name = f"{piece.start}:{piece.end}:{int(piece.corrected)}:{piece.window}"
    return f"{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"


def _keys(piece: Piece) -> tuple[str, ...]:
    """The smallest hash of every window of runs (winnowing): equal texts give equal keys."""
    text = piece.window
    hashes = [
        zlib.crc32(text[at : at + _GRAM].encode("utf-8", "surrogatepass"))
        for at in range(max(1, len(text) - _GRAM + 1))
    ]
    width = _WINDOWS[sum(len(text) > longest for longest in _LONGEST)]
    smallest = {min(hashes[at : at + width]) for at in range(max(1, len(hashes) - width + 1))}
    return tuple(f"{value:08x}" for value in sorted(smallest)[:MAX_KEYS])
