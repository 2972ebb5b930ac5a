"""Working together: an editor is on a case, and the colleagues see it.

A lease forbids nothing: a colleague may still decide, and the version of the case tells who was
first. It only keeps two people from doing the same work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import lease
from typo_reports.domain.case import OPEN
from typo_reports.domain.queue import Question
from typo_reports.services.actors import Actor, chosen_ids, visible_case, visible_sites
from typo_reports.storage import leases
from typo_reports.storage import queue as queues
from typo_reports.storage.models import Case, CaseLease

_TRIES = 5


@dataclass(frozen=True, slots=True)
class OnIt:
    """Who is on a case. `is_me` if that is who asks."""

    case_id: str
    name: str
    is_me: bool
    since: datetime
    until: datetime


def begin(
    session: Session, actor: Actor, case_id: str, *, insists: bool = False, now: datetime
) -> OnIt | None:
    """Put the actor on the open case, or renew that; who is on it afterwards.

    A colleague stays on it unless the actor `insists`. None for a case that is closed, and for
    programs. Raises NotFoundError if it isn't on the actor's sites.
    """
    case = visible_case(session, actor, case_id, for_change=True)
    if actor.editor_id is None or case.status != OPEN:
        return None
    present = leases.of_case(session, case.id, now)
    if present is None or present.editor_id == actor.editor_id or insists:
        leases.take(session, case, editor_id=actor.editor_id, now=now, until=lease.ends(now))
        present = leases.of_case(session, case.id, now)
    return _shown(present, actor) if present else None


def leave(session: Session, actor: Actor, case_id: str) -> None:
    """Take the actor off the case; nothing happens if somebody else is on it."""
    case = visible_case(session, actor, case_id)
    if actor.editor_id is not None:
        leases.release(session, case.id, editor_id=actor.editor_id)


def on_case(session: Session, actor: Actor, case: Case, *, now: datetime) -> OnIt | None:
    """Who is on the case, if anybody."""
    present = leases.of_case(session, case.id, now)
    return _shown(present, actor) if present else None


def on_cases(
    session: Session, actor: Actor, case_ids: Sequence[str], *, now: datetime
) -> dict[str, OnIt]:
    """Who is on which of these cases, which the actor has been shown."""
    return {one.case_id: _shown(one, actor) for one in leases.of_cases(session, case_ids, now)}


def on_sites(session: Session, actor: Actor, *, site: str | None, now: datetime) -> list[OnIt]:
    """Who is on which case of the actor's sites, or of the one with this key."""
    chosen = chosen_ids(visible_sites(session, actor), site)
    return [_shown(one, actor) for one in leases.of_sites(session, chosen, now)]


def next_free(
    session: Session,
    actor: Actor,
    question: Question,
    *,
    now: datetime,
    not_case: str | None = None,
) -> Case | None:
    """The first case of this queue that no colleague is on, with the actor put on it.

    Two editors who ask at once get different cases: the case is locked and looked at again.
    """
    question.checked()
    chosen = chosen_ids(visible_sites(session, actor), question.site)
    found = queues.find(
        session,
        question.free(),
        site_ids=chosen,
        editor_id=actor.editor_id,
        now=now,
        after=None,
        limit=_TRIES + 1,
    )
    for case_id in found.ids:
        if case_id == not_case:
            continue
        on_it = begin(session, actor, case_id, now=now)
        if on_it is not None and on_it.is_me:
            return visible_case(session, actor, case_id)
    return None


def _shown(one: CaseLease, actor: Actor) -> OnIt:
    name = one.editor.name or one.editor.email
    is_me = one.editor_id == actor.editor_id
    return OnIt(one.case_id, name, is_me, one.taken_at, one.expires_at)
