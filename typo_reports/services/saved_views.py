"""Saved views: questions to the queue under a name, private or shared with the desk of a site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain.errors import InvalidFieldsError, NotFoundError
from typo_reports.domain.queue import COUNTED_MOST, Question
from typo_reports.domain.words import N_, NN_
from typo_reports.services.actors import Actor, canonical_id, chosen_ids, visible_sites
from typo_reports.storage import queue, saved_views
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import SavedView

NAME_MOST = 80
VIEWS_MOST = 30


def visible(session: Session, actor: Actor) -> list[SavedView]:
    """The actor's own views and those shared with the desks of their sites, by name."""
    if actor.editor_id is None:
        return []
    sites = [site.id for site in visible_sites(session, actor)]
    return saved_views.visible(session, actor.editor_id, sites)


def save(
    session: Session,
    actor: Actor,
    *,
    name: str,
    query: str,
    question: Question,
    is_shared: bool,
    now: datetime,
) -> SavedView:
    """Keep the question, which stands in an address as `query`, under this name.

    A shared view is one of a site: it goes to that site's desk. Raises InvalidFieldsError for a
    name or question that can't be kept, NotFoundError for another's site.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_MOST or "\0" in name:
        raise InvalidFieldsError.of(
            "name", "required", N_("A view needs a name of 1 to 80 characters.")
        )
    chosen = chosen_ids(visible_sites(session, actor), question.site)
    if is_shared and len(chosen) != 1:
        raise InvalidFieldsError.of(
            "shared", "required", N_("Choose one site first: a shared view belongs to its desk.")
        )
    if actor.editor_id is None or saved_views.count_of(session, actor.editor_id) >= VIEWS_MOST:
        raise InvalidFieldsError.of(
            "name",
            "too-many",
            NN_(
                "%(num)s view is kept at most. Delete it first.",
                "%(num)s views are kept at most. Delete one first.",
                VIEWS_MOST,
            ),
        )
    view = SavedView(
        id=new_id(now),
        editor_id=actor.editor_id,
        site_id=chosen[0] if is_shared else None,
        name=name,
        query=query,
        created_at=now,
    )
    saved_views.add(session, view)
    return view


def delete(session: Session, actor: Actor, view_id: str) -> str:
    """Delete one's own view, or as an admin a shared one; returns its name."""
    wanted = canonical_id(view_id)
    for view in visible(session, actor):
        is_admin = actor.site_ids is None
        if view.id == wanted and (view.editor_id == actor.editor_id or is_admin):
            saved_views.remove(session, view.id)
            return view.name
    raise NotFoundError(N_("There is no such view."))


def count(session: Session, actor: Actor, question: Question, *, now: datetime) -> tuple[int, bool]:
    """How many cases answer the question, to COUNTED_MOST + 1, and whether there may be more."""
    try:
        chosen = chosen_ids(visible_sites(session, actor), question.site)
    except NotFoundError:
        return 0, False
    found = queue.find(
        session,
        question,
        site_ids=chosen,
        editor_id=actor.editor_id,
        now=now,
        after=None,
        limit=COUNTED_MOST + 1,
    )
    return len(found.ids), found.resume is not None
