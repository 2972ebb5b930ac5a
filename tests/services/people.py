"""Two sites and their people, for tests of accounts and of the walls between sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from typo_reports.services import accounts, sites

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECRET_KEY = "a-secret-key-for-tests-only-0123456789abcdef"
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class People:
    """Ids: Ann is an admin, Bob edits the Planet, Eve edits the Gazette."""

    ann: int
    bob: int
    eve: int
    planet: int
    gazette: int


def add_people(session: Session) -> People:
    """Two sites, one editor on each, one admin on none."""
    planet = sites.add_site(
        session, name="Daily Planet", origins=["https://planet.example"], key="planet", now=NOW
    )
    gazette = sites.add_site(
        session, name="Gazette", origins=["https://gazette.example"], key="gazette", now=NOW
    )

    def add(name: str, role: str, site_keys: list[str]) -> int:
        return accounts.add_editor(
            session,
            email=f"{name.lower()}@planet.example",
            name=name,
            role=role,
            site_keys=site_keys,
            password=PASSWORD,
            now=NOW,
        ).id

    return People(
        ann=add("Ann", "admin", []),
        bob=add("Bob", "editor", ["planet"]),
        eve=add("Eve", "editor", ["gazette"]),
        planet=planet.id,
        gazette=gazette.id,
    )
