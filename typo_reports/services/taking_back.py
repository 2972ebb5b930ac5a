"""What was done to many cases at once is taken back, in chunks as it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import thanks
from typo_reports.services.actors import Actor, canonical_id
from typo_reports.services.bulk import CHUNK, Chunk
from typo_reports.services.changes import take_back
from typo_reports.storage import batches, cases
from typo_reports.storage.models import CaseEvent


@dataclass(frozen=True, slots=True)
class HowFar:
    """How many deeds a batch holds, and how many of them are taken back."""

    size: int
    undone: int

    @property
    def left(self) -> int:
        """How many are still to be taken back."""
        return self.size - self.undone


def how_far(session: Session, actor: Actor, batch_id: str) -> HowFar:
    """How far the batch is taken back; NotFoundError unless all of it is on the actor's sites.

    Deeds that can't be taken back any more have left the batch and are not counted.
    """
    counts = batches.counts(session, canonical_id(batch_id))
    if not all(actor.may_see(site_id) for site_id in counts):
        raise _not_there()
    return HowFar(
        size=sum(size for size, _ in counts.values()),
        undone=sum(undone for _, undone in counts.values()),
    )


def last_deed(session: Session, batch_id: str) -> CaseEvent:
    """The deed by which the batch is named; NotFoundError if it holds none."""
    found = batches.newest(session, canonical_id(batch_id))
    if found is None:
        raise _not_there()
    return found


def undo_chunk(
    session: Session, actor: Actor, batch_id: str, *, now: datetime, base_url: str
) -> Chunk:
    """Take back up to CHUNK deeds of the batch; `how_far` says whether there are more.

    What somebody else takes back at the same moment is neither done nor refused.
    """
    batch_id = canonical_id(batch_id)
    deeds = batches.to_undo(session, batch_id, limit=CHUNK)
    found = {case.id: case for case in cases.many_for_change(session, [d.case_id for d in deeds])}
    # Again, now that the cases are ours: while we waited for them, somebody may have been here.
    deeds = [d for d in batches.to_undo(session, batch_id, limit=CHUNK) if d.case_id in found]
    done = refused = 0
    for event in deeds:
        case = found[event.case_id]
        if not actor.may_see(case.site_id):
            raise _not_there()
        try:
            take_back(session, actor, case, event, now=now)
            thanks.keep_promise(session, case_id=case.id, now=now, base_url=base_url)
            done += 1
        except ConflictError:
            # It has moved on; mark the deed, so that the next chunk doesn't meet it again.
            event.batch_id = None
            refused += 1
    session.flush()
    return Chunk(done, refused)


def _not_there() -> NotFoundError:
    return NotFoundError(N_("There is no such deed to undo."))
