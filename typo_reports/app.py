"""The one place where the parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from typo_reports.assets import asset_folder
from typo_reports.clock import utc_now
from typo_reports.services.identity_provider import provider_of
from typo_reports.services.quotas import Quotas
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database
from typo_reports.storage.shared_counts import shared_counts
from typo_reports.web import (
    cases_api,
    checks,
    corrections_pages,
    desk,
    elsewhere,
    errors,
    health,
    house_style_pages,
    language,
    letters,
    new_address,
    openapi,
    password_links,
    places_api,
    published_api,
    receipt_pages,
    receipts,
    replies_pages,
    reports_api,
    security,
    settings_pages,
    sign_in,
    sites,
    static_files,
)
from typo_reports.web.parts import Parts, install


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Flask:
    """The web application for these settings; the database must be migrated."""
    app = Flask(
        "typo_reports",
        static_folder=None,
        template_folder=str(asset_folder("templates")),
    )
    install(
        app,
        Parts(
            settings=settings,
            database=database or Database(settings.database_url),
            quotas=Quotas(settings.secret_key, shared_counts(settings.redis_url)),
            now=now,
            provider=provider_of(settings),
        ),
    )
    security.configure(app, settings)
    csrf = CSRFProtect(app)
    language.register(app)
    errors.register(app)
    for programs in (reports_api, receipts, places_api, cases_api, published_api, openapi, health):
        app.register_blueprint(programs.blueprint)
        # No cookie counts there, so there is nothing to forge.
        csrf.exempt(programs.blueprint)
    # Readers get no cookie: the forms of their receipts carry a seal of their own.
    app.register_blueprint(receipt_pages.blueprint)
    csrf.exempt(receipt_pages.blueprint)
    for people in (
        desk,
        checks,
        elsewhere,
        sites,
        sign_in,
        password_links,
        new_address,
        settings_pages,
        letters,
        house_style_pages,
        replies_pages,
        corrections_pages,
    ):
        app.register_blueprint(people.blueprint)
    static_files.register(app)
    return app
