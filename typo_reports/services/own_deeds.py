"""What an editor did lately, one deed or one batch to a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.services.actors import Actor
from typo_reports.storage import own_deeds
from typo_reports.storage.models import CaseEvent

SHOWN_FOR = timedelta(days=7)
SHOWN_MOST = 200


@dataclass(frozen=True, slots=True)
class OwnDeed:
    """One line: its newest event, and for a batch how many cases it touched and still holds."""

    event: CaseEvent
    batch_size: int = 0
    undone: int = 0


def lately(session: Session, actor: Actor, *, now: datetime) -> Sequence[OwnDeed]:
    """The actor's deeds of the last seven days on the sites they still see, newest first."""
    if actor.editor_id is None:
        return []
    since = now - SHOWN_FOR
    single = [
        OwnDeed(event)
        for event in own_deeds.single(session, actor.editor_id, since=since, limit=SHOWN_MOST)
    ]
    batches = [
        OwnDeed(event, size, undone)
        for event, size, undone in own_deeds.batches(
            session, actor.editor_id, since=since, limit=SHOWN_MOST
        )
    ]
    together = [deed for deed in single + batches if actor.may_see(deed.event.site_id)]
    together.sort(key=lambda deed: (deed.event.created_at, deed.event.id), reverse=True)
    return together[:SHOWN_MOST]
