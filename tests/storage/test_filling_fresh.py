"""The migration that brings fresh articles fills in what earlier reports have told."""

from __future__ import annotations

import importlib

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import update

from tests.services.people import NOW, add_people
from tests.services.queue_of import add_case, add_page
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case

MIGRATION = "typo_reports.storage.migrations.versions.0014_parts_of_pages"


def test_open_cases_of_articles_that_were_new_become_more_urgent(database: Database) -> None:
    with database.writing() as session:
        site = add_people(session).planet
        told = {"new": NOW.isoformat(), "old": "2020-01-01T00:00:00Z", "odd": "soon", "none": None}
        ids = {
            name: add_case(session, add_page(session, site, f"/{name}", modified_at=at)).id
            for name, at in told.items()
        }
        session.execute(update(Case).values(is_fresh=False))
        before = {name: session.get_one(Case, one).urgency for name, one in ids.items()}
        context = MigrationContext.configure(session.connection())
        with Operations.context(context):
            importlib.import_module(MIGRATION).fill_fresh()
        session.expire_all()
        after = {name: session.get_one(Case, one) for name, one in ids.items()}
        assert [name for name, case in after.items() if case.is_fresh] == ["new"]
        gained = {name: case.urgency - before[name] for name, case in after.items()}
        assert gained == pytest.approx({"new": 1, "old": 0, "odd": 0, "none": 0})
