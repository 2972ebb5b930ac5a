"""Who acts at the desk, and which sites and cases are theirs.

A case of another site doesn't exist for them: the same words as for a case that never was.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotFoundError
from typo_reports.domain.words import N_
from typo_reports.storage import cases, sites
from typo_reports.storage.models import Case, Site


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks or does. `site_ids` None means every site; `editor_id` None a program."""

    editor_id: int | None
    name: str
    site_ids: frozenset[int] | None

    @property
    def said_name(self) -> str | None:
        """The name for an event's `actor`: programs have no editor that it could point at."""
        return self.name if self.editor_id is None else None

    def may_see(self, site_id: int) -> bool:
        """Whether the site is one of theirs."""
        return self.site_ids is None or site_id in self.site_ids


def visible_case(session: Session, actor: Actor, case_id: str, *, for_change: bool = False) -> Case:
    """The case with its parts; NotFoundError if it isn't on the actor's sites."""
    found = cases.with_parts(session, canonical_id(case_id), for_change=for_change)
    if found is None or not actor.may_see(found.site_id):
        raise NotFoundError(N_("There is no such case."))
    return found


def canonical_id(text: str) -> str:
    """The id as it is stored; raises NotFoundError for text that is no UUID."""
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise NotFoundError(N_("There is no such case.")) from error


def visible_sites(session: Session, actor: Actor) -> list[Site]:
    """The actor's sites with their origins, by name."""
    if actor.site_ids is None:
        return sites.all_of(session)
    return sites.of_ids(session, actor.site_ids)


def chosen_ids(visible: Sequence[Site], key: str | None) -> list[int]:
    """The ids of these sites, or of the one with this key; NotFoundError if it isn't there."""
    if key is None:
        return [site.id for site in visible]
    chosen = [site.id for site in visible if site.key == key]
    if not chosen:
        raise NotFoundError(N_("There is no such site."))
    return chosen
