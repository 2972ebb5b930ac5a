"""When a new piece takes others to itself: which reports go from which case to which.

A sentence reported before its words belongs to the first of them, until a better one comes. The
pieces near the new one are partitioned afresh; every error then keeps the case that most of its
pieces came from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from typo_reports.domain.neighbourhood import partition, precedence
from typo_reports.domain.piece import Piece, key_of

# Distinct pieces that a case keeps; later ones still join it, but no longer move.
MAX_PIECES = 24


@dataclass(frozen=True, slots=True)
class Core:
    """What a case keeps for grouping: its distinct pieces, the seed first."""

    pieces: tuple[Piece, ...] = ()

    @property
    def seed(self) -> Piece:
        """The piece that stands for the case."""
        return self.pieces[0]

    def to_json(self) -> dict[str, Any]:
        """Small JSON: {"pieces": [[window, start, end, fix, offset], …]}."""
        return {"pieces": [piece.to_json() for piece in self.pieces]}

    def with_piece(self, piece: Piece) -> Core:
        """The core with one piece more."""
        return core_of((*self.pieces, piece))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Core:
        """The core of `to_json`."""
        return cls(tuple(Piece.from_json(piece) for piece in data["pieces"]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the report's.

    A `settled` one (resolved) and an `arranged` one (split or merged by an editor) may take new
    reports, but keep those they have and are not merged by themselves.
    """

    case_id: str
    core: Core
    settled: bool = False
    arranged: bool = False

    @property
    def may_change(self) -> bool:
        """Whether grouping may take reports from it."""
        return not self.settled and not self.arranged


@dataclass(frozen=True, slots=True)
class Regrouped:
    """A case (None: one to be made) that takes reports from others, and its core after that.

    `takes`: (case that loses them, piece keys of the reports that go). A case that only loses
    reports stands here with no `takes`, for its new core.
    """

    case_id: str | None
    core: Core
    takes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a report belongs, and what its coming changes for reports already there.

    `join` is a case, or None for a new one; `core` is what that case keeps from now on, the
    report's piece included, and `takes` the reports that it takes from others. The rest is nearly
    always empty: `regrouped` are other cases that change, `emptied` pairs (case, into) where the
    first has lost all its pieces and is merged into the second.
    """

    join: str | None
    core: Core
    takes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    regrouped: tuple[Regrouped, ...] = ()
    emptied: tuple[tuple[str, str], ...] = ()


def core_of(pieces: Iterable[Piece]) -> Core:
    """The core of these pieces, at most MAX_PIECES."""
    return Core(tuple(sorted(set(pieces), key=precedence)[:MAX_PIECES]))


def regroup(piece: Piece, cases: Mapping[str, Candidate]) -> Decision:
    """The decision for a piece that becomes a seed among these open cases."""
    errors, homes, groups = _sorted_anew(cases, (piece,))
    mine = next(at for at, error in enumerate(errors) if piece in error)
    return Decision(
        join=groups[mine].case_id,
        core=groups[mine].core,
        takes=groups[mine].takes,
        regrouped=_changed(cases, groups[:mine] + groups[mine + 1 :]),
        emptied=_emptied(cases, errors, homes),
    )


@dataclass(frozen=True, slots=True)
class Reunion:
    """What changes among cases that have come to one page, as in Decision."""

    regrouped: tuple[Regrouped, ...] = ()
    emptied: tuple[tuple[str, str], ...] = ()


def reunite(cases: Mapping[str, Candidate]) -> Reunion:
    """What becomes of these open cases when all their pieces are sorted afresh."""
    errors, homes, groups = _sorted_anew(cases, ())
    return Reunion(_changed(cases, groups), _emptied(cases, errors, homes))


def _sorted_anew(
    cases: Mapping[str, Candidate], more: tuple[Piece, ...]
) -> tuple[list[list[Piece]], list[str | None], list[Regrouped]]:
    """The errors among all pieces, the case that each keeps, and what that case takes."""
    owners: dict[Piece, list[str]] = {}
    for case_id, case in cases.items():
        for held in case.core.pieces:
            owners.setdefault(held, []).append(case_id)
    errors = list(partition((*owners, *more)).values())
    homes = _homes(errors, owners)
    groups = [_regrouped(error, home, owners) for error, home in zip(errors, homes, strict=True)]
    return errors, homes, groups


def _changed(cases: Mapping[str, Candidate], groups: Iterable[Regrouped]) -> tuple[Regrouped, ...]:
    return tuple(
        group
        for group in groups
        if group.takes or group.case_id is None or group.core != cases[group.case_id].core
    )


def _homes(errors: list[list[Piece]], owners: Mapping[Piece, list[str]]) -> list[str | None]:
    """The case that each error keeps: the one most of its pieces came from; each case once."""
    wishes = [
        (-count, case_id, at)
        for at, error in enumerate(errors)
        for case_id, count in Counter(
            case_id for held in error for case_id in owners.get(held, ())
        ).items()
    ]
    homes: list[str | None] = [None] * len(errors)
    for _, case_id, at in sorted(wishes):
        if homes[at] is None and case_id not in homes:
            homes[at] = case_id
    return homes


def _regrouped(
    error: list[Piece], home: str | None, owners: Mapping[Piece, list[str]]
) -> Regrouped:
    coming: dict[str, list[str]] = {}
    for held in error:
        for owner in owners.get(held, ()):
            if owner != home:
                coming.setdefault(owner, []).append(key_of(held))
    takes = tuple((case_id, tuple(keys)) for case_id, keys in sorted(coming.items()))
    return Regrouped(home, core_of(error), takes)


def _emptied(
    cases: Mapping[str, Candidate], errors: list[list[Piece]], homes: list[str | None]
) -> tuple[tuple[str, str], ...]:
    """Cases that lost all their pieces, each with the one where its seed went.

    That one has an id: an error without a home would have kept the emptied case.
    """
    seeds = {held: home for error, home in zip(errors, homes, strict=True) for held in error}
    return tuple(
        (case_id, into)
        for case_id, case in sorted(cases.items())
        if case_id not in homes and (into := seeds[case.core.seed]) is not None
    )
