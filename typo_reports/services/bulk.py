"""Deeds done to many cases at once; services/taking_back undoes them together.

A batch is worked in chunks, each in a transaction of its own, so that nobody waits behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import DUPLICATE, checked_note, checked_resolution
from typo_reports.domain.errors import ConflictError, InvalidFieldsError, NotFoundError
from typo_reports.domain.queue import OLDEST, Position, Question
from typo_reports.domain.words import N_
from typo_reports.services import thanks
from typo_reports.services.actors import (
    Actor,
    canonical_id,
    chosen_ids,
    visible_case,
    visible_sites,
)
from typo_reports.services.changes import Deed
from typo_reports.services.deeds import close, give, put_to_sleep
from typo_reports.storage import cases, queue
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case

CHUNK = 200
# What may be selected one by one, and how far "all that match" are counted.
MOST_AT_ONCE = 2000
COUNTED_MOST = 10_000

OnCase = Callable[[Session, Case, str], Deed]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of a chunk: how many were done, and how many were not since they didn't fit."""

    done: int
    refused: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The next cases to do, and where the ones after them begin; None at the end."""

    case_ids: list[str]
    following: Position | None


def new_batch_id(now: datetime) -> str:
    """The id under which the deeds of a batch are kept together."""
    return new_id(now)


def matching(
    session: Session, actor: Actor, question: Question, *, now: datetime, limit: int
) -> list[str]:
    """The ids of the first `limit` cases that answer the question."""
    question.checked()
    sites = chosen_ids(visible_sites(session, actor), question.site)
    ids: list[str] = []
    found = queue.Found([])
    while True:
        found = queue.find(
            session,
            question,
            site_ids=sites,
            editor_id=actor.editor_id,
            now=now,
            after=found.resume,
            limit=limit - len(ids),
        )
        ids += found.ids
        if found.resume is None or len(ids) >= limit:
            return ids


def stretch(
    session: Session,
    actor: Actor,
    question: Question,
    *,
    after: Position | None,
    batch_id: str,
    now: datetime,
    limit: int = CHUNK,
) -> Stretch:
    """The next cases that answer the question, by age, which no deed changes.

    So a case that still answers it when it is done isn't met twice. Cases that came in after the
    batch was begun are not meant by it.
    """
    question = replace(question, sort=OLDEST).checked()
    found = queue.find(
        session,
        question,
        site_ids=chosen_ids(visible_sites(session, actor), question.site),
        editor_id=actor.editor_id,
        now=now,
        after=after,
        limit=limit + 1,
    )
    ids, following = found.ids[:limit], found.resume
    if len(found.ids) > limit:
        following = queue.position_of(session.get_one(Case, ids[-1]), OLDEST)
    meant = [case_id for case_id in ids if case_id <= batch_id]
    return Stretch(meant, following if len(meant) == len(ids) else None)


def count(session: Session, actor: Actor, question: Question, *, now: datetime) -> int:
    """How many cases answer the question; counting stops at COUNTED_MOST + 1."""
    return len(matching(session, actor, question, now=now, limit=COUNTED_MOST + 1))


def merging(
    session: Session, actor: Actor, case_ids: Sequence[str], *, now: datetime
) -> tuple[OnCase, list[str]]:
    """Making these cases duplicates of the one with most readers; the deed, and the others' ids.

    Raises InvalidFieldsError for fewer than two, NotFoundError as `do_chunk` does.
    """
    found = [visible_case(session, actor, case_id) for case_id in dict.fromkeys(case_ids)]
    if len(found) < 2:
        raise InvalidFieldsError.of("case", "required", N_("Select at least two cases to merge."))
    into = max(found, key=lambda case: (case.readers, case.id)).id

    def on_case(session: Session, case: Case, batch_id: str) -> Deed:
        return close(
            session,
            actor,
            case,
            resolution=DUPLICATE,
            duplicate_of=into,
            now=now,
            batch_id=batch_id,
        )

    return on_case, [case.id for case in found if case.id != into]


def resolving(actor: Actor, resolution: str, *, note: str | None, now: datetime) -> OnCase:
    """Closing each case with this resolution; not as duplicates, which need an original each."""
    checked_resolution(resolution)
    note = checked_note(note)
    return lambda session, case, batch_id: close(
        session, actor, case, resolution=resolution, note=note, now=now, batch_id=batch_id
    )


def assigning(actor: Actor, editor_id: int | None, *, now: datetime) -> OnCase:
    """Giving each case to this editor, or to nobody."""
    return lambda session, case, batch_id: give(
        session, actor, case, editor_id=editor_id, now=now, batch_id=batch_id
    )


def snoozing(actor: Actor, until: datetime | None, *, now: datetime) -> OnCase:
    """Letting each case sleep until then."""
    return lambda session, case, batch_id: put_to_sleep(
        session, actor, case, until=until, now=now, batch_id=batch_id
    )


def do_chunk(
    session: Session,
    actor: Actor,
    case_ids: Sequence[str],
    on_case: OnCase,
    *,
    batch_id: str,
    now: datetime,
    base_url: str,
) -> Chunk:
    """Do it to these cases, at most CHUNK. Those that don't fit any more are left as they are.

    Raises NotFoundError, and does nothing, if one of them isn't on the actor's sites.
    """
    found = cases.many_for_change(session, [canonical_id(case_id) for case_id in case_ids])
    if len(found) < len(set(case_ids)) or not all(actor.may_see(case.site_id) for case in found):
        raise NotFoundError(N_("Some of these cases aren't there."))
    done = 0
    for case in found:
        try:
            on_case(session, case, batch_id)
            thanks.keep_promise(session, case_id=case.id, now=now, base_url=base_url)
            done += 1
        except (ConflictError, InvalidFieldsError):
            # Somebody was faster with this one, or it is on another desk: it stays as it is.
            continue
    session.flush()
    return Chunk(done, len(found) - done)
