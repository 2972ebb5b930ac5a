"""Which reports speak of the same error in the same place, and so make one case.

The partition is a function of the set of reports, not of their order: `neighbourhood.partition`
says which pieces make one error. A case is a *seed* and what attaches to it. Only a piece that
becomes a new seed can change where others belong, so most reports touch one case and nothing else.

What a case must store (all of it small JSON, see `Core.to_json`):
- `core`: the distinct pieces of its reports, the seed first;
- one row (site, page, key, case) for each of `core_keys(core)`.
A report stores nothing more: its `piece_key` is computed from its selector and suggestion.

What intake does, in one transaction:
    decision = decide(member, load)   # load(keys) -> cases of the page found by (page, key IN keys)
    the report joins `decision.join`, or a new case where that is None; its core is `decision.core`;
    each of `decision.regrouped` (nearly always none): a case, or a new one where its id is None,
    takes the reports with these piece keys from these cases and gets this core;
    each of `decision.emptied`: (case, into) has lost all its pieces and is merged into `into`.
When two pages turn out to be one, `reunited` says the same of the cases that come together.

What an editor has split or merged stays so: those cases are `arranged`. Near them a report goes to
the case that holds the piece most like its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from typo_reports.domain.neighbourhood import distance, nearest, precedence
from typo_reports.domain.piece import Piece, key_of, keys_of, piece_of
from typo_reports.domain.regrouping import (
    Candidate,
    Core,
    Decision,
    Regrouped,
    Reunion,
    regroup,
    reunite,
)
from typo_reports.domain.selector import Selector

__all__ = [
    "Candidate",
    "Core",
    "Decision",
    "Member",
    "Regrouped",
    "Reunion",
    "core_keys",
    "decide",
    "lookup_keys",
    "piece_key",
    "reunited",
]

# How far a change may spread along a page: look-ups after the first, cases and pieces in all. More
# is a flood; then the new piece makes a case of its own and nothing else is touched.
_MORE_LOOKUPS = 3
_MAX_CASES = 64
_MAX_PIECES = 96


@dataclass(frozen=True, slots=True)
class Member:
    """One report as grouping sees it.

    `revision` may name the state of the page that the reader saw (its time of change, a hash): of
    two reports with one name, equal words at different offsets are surely different places.
    """

    selector: Selector
    suggestion: str | None = None
    revision: str | None = None

    def piece(self) -> Piece:
        """The piece that the report suspects."""
        return piece_of(self.selector, self.suggestion, self.revision)


def piece_key(member: Member) -> str:
    """A short name of the member's piece, 8 hex digits: what `takes` speaks of."""
    return key_of(member.piece())


def lookup_keys(member: Member) -> tuple[str, ...]:
    """Keys (8 hex digits each) under which cases that may be the member's are indexed.

    About 8 for a word, at most piece.MAX_KEYS for a passage of 1,000 code points.
    """
    return keys_of(member.piece())


def core_keys(core: Core) -> tuple[str, ...]:
    """Every key under which a case with this core is to be found."""
    return tuple(sorted({key for piece in core.pieces for key in keys_of(piece)}))


def decide(member: Member, load: Callable[[Sequence[str]], Iterable[Candidate]]) -> Decision:
    """Where the member belongs among the cases that `load(keys)` finds on its page."""
    piece = member.piece()
    found = list(load(keys_of(piece)))
    arranged = _arranged_for(piece, found)
    if arranged is not None:
        return Decision(arranged.case_id, arranged.core.with_piece(piece))
    open_cases = {case.case_id: case for case in found if case.may_change}
    seed = nearest(piece, _earlier_seeds(piece, open_cases.values()))
    if seed is None and any(_lies_under(piece, case.core) for case in open_cases.values()):
        near = _all_near(open_cases, load)
        if sum(len(case.core.pieces) for case in near.values()) <= _MAX_PIECES:
            return regroup(piece, near)
    if seed is None:
        chosen = _joined(piece, [case for case in found if case.settled and not case.arranged])
    else:
        chosen = next(case for case in open_cases.values() if case.core.seed == seed)
    if chosen is None:
        return Decision(None, Core((piece,)))
    return Decision(chosen.case_id, chosen.core.with_piece(piece))


def reunited(case: Candidate, load: Callable[[Sequence[str]], Iterable[Candidate]]) -> Reunion:
    """What changes when this open case has come to the page whose cases `load` finds."""
    near = _all_near({case.case_id: case}, load)
    if not case.may_change or sum(len(one.core.pieces) for one in near.values()) > _MAX_PIECES:
        return Reunion()
    return reunite(near)


def _arranged_for(piece: Piece, found: Sequence[Candidate]) -> Candidate | None:
    """The arranged case that holds the piece most like this one, unless another case does."""
    if not any(case.arranged for case in found):
        return None
    ranked = [
        (_likeness(piece, held, away), not case.arranged, precedence(held), case.case_id, case)
        for case in found
        if case.arranged or not case.settled
        for held in case.core.pieces
        if (away := _apart(piece, held)) is not None
    ]
    best = min(ranked, key=lambda rank: rank[:4], default=None)
    return best[-1] if best is not None and best[-1].arranged else None


def _likeness(piece: Piece, held: Piece, away: float) -> tuple[Any, ...]:
    """Smallest for the most alike: the same correction, the same piece, then the nearest."""
    has_same_fix = piece.corrected and piece.fix == held.fix
    return (not has_same_fix, piece != held, away)


def _apart(piece: Piece, other: Piece) -> float | None:
    first, second = sorted((piece, other), key=precedence)
    return distance(second, first)


def _earlier_seeds(piece: Piece, cases: Iterable[Candidate]) -> list[Piece]:
    mine = precedence(piece)
    return [case.core.seed for case in cases if precedence(case.core.seed) <= mine]


def _lies_under(piece: Piece, core: Core) -> bool:
    """Whether some piece of the case would lie on this one if it became a seed."""
    mine = precedence(piece)
    return any(
        precedence(other) > mine and distance(other, piece) is not None for other in core.pieces
    )


def _joined(piece: Piece, candidates: Sequence[Candidate]) -> Candidate | None:
    ranked = []
    for candidate in candidates:
        away = _apart(piece, candidate.core.seed)
        if away is not None:
            ranked.append((away, precedence(candidate.core.seed), candidate))
    return min(ranked, key=lambda found: found[:2])[2] if ranked else None


def _all_near(
    cases: dict[str, Candidate], load: Callable[[Sequence[str]], Iterable[Candidate]]
) -> dict[str, Candidate]:
    """The open cases, and those that share keys with them, and so on for a few look-ups."""
    near, fresh = dict(cases), list(cases.values())
    for _ in range(_MORE_LOOKUPS):
        keys = sorted({key for case in fresh for key in core_keys(case.core)})
        fresh = [case for case in load(keys) if case.may_change and case.case_id not in near]
        near.update({case.case_id: case for case in fresh})
        if not fresh or len(near) > _MAX_CASES:
            break
    return near
