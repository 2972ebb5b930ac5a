"""The corrections that a site shows to everybody: off unless the site wants it.

What is shown was read on the pages by the worker: no word of a reader's, and no name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.case import FIXED, RESOLVED
from typo_reports.domain.errors import ConflictError, NotFoundError
from typo_reports.domain.queue import NEWEST, Position
from typo_reports.domain.verification import CHANGED, Seen, Sightings
from typo_reports.domain.words import N_
from typo_reports.services import site_language, sites
from typo_reports.services.actors import Actor, visible_case
from typo_reports.storage import corrections, events
from typo_reports.storage.models import Case, Correction, Site

ON_A_PAGE = 50
# A longer piece is no spelling error, and too long for a list.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """One page of a site's corrections, the newest first, and the language that it speaks."""

    site: Site
    language: str
    corrections: Sequence[Correction]
    next_cursor: str | None


def note(session: Session, case: Case, seen: Seen, sightings: Sightings, title: str | None) -> None:
    """Keep what a look showed of a fixed case, if the wrong piece was seen on the page before.

    A report alone proves nothing: its words would be a stranger's on the publisher's page.
    """
    is_fixed = case.status == RESOLVED and case.resolution == FIXED
    if not is_fixed or seen.state != CHANGED or case.resolved_at is None:
        return
    if sightings.stood != seen.before or max(len(seen.before), len(seen.after)) > _LONGEST:
        return
    corrections.keep(
        session,
        case,
        before=seen.before,
        after=seen.after,
        title=title,
        at=case.resolved_at,
    )


def of_site(session: Session, key: str, *, cursor: str | None = None) -> CorrectionsPage:
    """A page of what was corrected on the site; NotFoundError unless the site shows it.

    Raises InvalidFieldsError (`cursor`) for a place that is none.
    """
    site = sites.site_by_key(session, key)
    if site is None or not site.shows_corrections:
        raise NotFoundError(N_("There is no such page."))
    after = Position.from_cursor(cursor, sort=NEWEST) if cursor else None
    found = corrections.newest(
        session,
        site.id,
        beyond=(after.at, after.case_id) if after else None,
        limit=ON_A_PAGE + 1,
    )
    shown = found[:ON_A_PAGE]
    following = None
    if len(found) > ON_A_PAGE:
        following = Position(NEWEST, 0, shown[-1].corrected_at, shown[-1].case_id).to_cursor()
    return CorrectionsPage(site, site_language.of(session, site.id), shown, following)


def of_case(session: Session, actor: Actor, case_id: str) -> Correction | None:
    """What is shown of the case, or would be; None if nothing was seen."""
    return corrections.of_case(session, visible_case(session, actor, case_id).id)


def leave_out(
    session: Session, actor: Actor, case_id: str, *, is_left_out: bool, now: datetime
) -> None:
    """Leave one case out of the public page, or put it back; its history says so."""
    case = visible_case(session, actor, case_id, for_change=True)
    found = corrections.of_case(session, case.id)
    if found is None:
        raise ConflictError(N_("This case has nothing on the corrections page."))
    if found.is_left_out == is_left_out:
        return
    found.is_left_out = is_left_out
    kind = "left-out" if is_left_out else "put-back"
    events.add(session, case, kind=kind, now=now, editor_id=actor.editor_id, actor=actor.said_name)
