"""The migration that brings the ids of pages lets each page be read once more."""

from __future__ import annotations

import importlib

from alembic.migration import MigrationContext
from alembic.operations import Operations

from tests.services.people import NOW, add_people
from tests.services.queue_of import add_page
from typo_reports.storage.engine import Database
from typo_reports.storage.models import PageCheck

MIGRATION = "typo_reports.storage.migrations.versions.0020_ids_of_pages"


def test_no_page_is_taken_for_unchanged_that_was_read_before(database: Database) -> None:
    with database.writing() as session:
        site = add_people(session).planet
        page = add_page(session, site)
        session.add(
            PageCheck(page_id=page.id, site_id=site, due_at=NOW, etag='"1"', last_modified="then")
        )
        session.flush()
        with Operations.context(MigrationContext.configure(session.connection())):
            importlib.import_module(MIGRATION).read_pages_anew()
        session.expire_all()
        check = session.get_one(PageCheck, page.id)
        assert (check.etag, check.last_modified, check.due_at) == (None, None, NOW)
