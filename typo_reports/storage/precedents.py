"""What was decided before about the same words."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from typo_reports.domain.case import DUPLICATE, RESOLVED
from typo_reports.domain.search_text import folded
from typo_reports.storage import search
from typo_reports.storage.models import Case

SHOWN_MOST = 5
_LONGEST = 60
# Of a frequent word only so many texts are looked at.
_LOOKED_AT = 500


def of_case(session: Session, case: Case) -> list[Case]:
    """Resolved cases of the site about the same words, whatever their letter case; newest first.

    None for a long passage, which says only itself, and none while the words are too frequent.
    """
    words = folded(case.exact)
    if not words or len(words) > _LONGEST:
        return []
    ids = search.candidates(session, case.exact, most=_LOOKED_AT)
    if not ids:
        return []
    found = session.scalars(
        select(Case)
        .where(
            Case.id.in_(ids),
            Case.id != case.id,
            Case.site_id == case.site_id,
            Case.status == RESOLVED,
            Case.resolution != DUPLICATE,
        )
        .options(defer(Case.core), joinedload(Case.page, innerjoin=True))
        .order_by(Case.resolved_at.desc(), Case.id)
    )
    return [other for other in found if folded(other.exact) == words][:SHOWN_MOST]
