"""The orders of the queue, each the order of an index, and places in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Tuple, Uuid, literal, tuple_

from typo_reports.domain.queue import CHANGED, NEWEST, OLDEST, READERS, URGENT, Position
from typo_reports.storage.models import Case

KEYS: dict[str, tuple[Any, ...]] = {
    URGENT: (Case.urgency, Case.created_at, Case.id),
    READERS: (Case.readers, Case.created_at, Case.id),
    NEWEST: (Case.created_at, Case.id),
    OLDEST: (Case.created_at, Case.id),
    CHANGED: (Case.updated_at, Case.id),
}
_RANKED = {URGENT: Case.urgency, READERS: Case.readers}


def position_of(case: Case, sort: str) -> Position:
    """Where the case stands in a queue of this sort."""
    at = case.updated_at if sort == CHANGED else case.created_at
    ranks = {URGENT: case.urgency, READERS: case.readers}
    return Position(sort, ranks.get(sort, 0), at, case.id)


def position_at(keys: Sequence[Any], sort: str) -> Position:
    """The place of a case with these values of KEYS."""
    rank = keys[0] if sort in _RANKED else 0
    return Position(sort, rank, keys[-2], keys[-1])


def foremost(positions: Collection[Position], sort: str) -> Position:
    """That of these places which comes first in the queue."""
    choose = min if sort == OLDEST else max
    return choose(positions, key=lambda one: (one.rank, one.at, one.case_id))


def ordered(sort: str, keys: Sequence[Any]) -> list[Any]:
    """The terms of ORDER BY."""
    return [key.asc() if sort == OLDEST else key.desc() for key in keys]


def beyond(after: Position) -> ColumnElement[bool]:
    """The condition that a case comes after that place."""
    row, place = _compared(after)
    found: ColumnElement[bool] = row > place if after.sort == OLDEST else row < place
    return found


def up_to(last: Position) -> ColumnElement[bool]:
    """The condition that a case stands at that place or before it."""
    row, place = _compared(last)
    found: ColumnElement[bool] = row <= place if last.sort == OLDEST else row >= place
    return found


def _compared(at: Position) -> tuple[Tuple, Tuple]:
    values: list[Any] = [literal(at.at, Case.created_at.type)]
    if at.sort in _RANKED:
        values.insert(0, literal(at.rank, _RANKED[at.sort].type))
    values.append(literal(at.case_id, Uuid(as_uuid=False)))
    return tuple_(*KEYS[at.sort]), tuple_(*values)
