"""The signed-in editor as the services know them."""

from __future__ import annotations

from typo_reports.services.actors import Actor
from typo_reports.web.signed_in import editor


def actor() -> Actor:
    """Who acts in this request; an admin sees every site, also those made a moment ago."""
    person = editor()
    return Actor(
        editor_id=person.id,
        name=person.name or person.email,
        site_ids=None if person.is_admin else person.site_ids,
    )
