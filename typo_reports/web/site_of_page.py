"""The site that a page of the desk is about, if the editor may reach or change it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from typo_reports.domain.errors import NotFoundError
from typo_reports.domain.words import N_
from typo_reports.services import sites
from typo_reports.storage.models import Site
from typo_reports.web.signed_in import editor, may_reach, require_manager


def site_of_page(session: Session, key: str) -> Site:
    """The site; NotFoundError for others' sites, which look as if they weren't there."""
    site = sites.site_by_key(session, key)
    if site is None or not may_reach(editor(), site.id):
        raise NotFoundError(N_("There is no such site, or you are not on its desk."))
    return site


def site_to_change(session: Session, key: str) -> Site:
    """The same; NotAllowedError for editors who may not manage it."""
    site = site_of_page(session, key)
    require_manager(site.id)
    return site
