"""Is the installation well, and the figures that monitoring wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from typo_reports.domain.errors import StorageUnavailableError
from typo_reports.storage import figures as stored
from typo_reports.storage.engine import Database
from typo_reports.storage.schema import pending_revision

LETTER_LATE_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Health:
    """`parts` names each part and how it is: "ok" or what is wrong, in words."""

    is_well: bool
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric: a number for each tuple of label values."""

    name: str
    meaning: str
    labels: Sequence[str]
    numbers: Sequence[tuple[tuple[str, ...], float]]


def check(database: Database, *, now: datetime) -> Health:
    """Look at the database, its schema and the outbox. Never raises for trouble of theirs."""
    try:
        pending = pending_revision(database)
        if pending is not None:
            words = f"run typo-reports migrate to reach revision {pending}"
            return Health(False, {"database": "ok", "schema": words})
        with database.reading() as session:
            late = stored.letters_late(session, before=now - LETTER_LATE_AFTER)
    except StorageUnavailableError as error:
        return Health(False, {"database": error.message})
    # Late letters are shown, but the door for readers stays open.
    letters = f"{late} waiting for over 6 hours" if late else "ok"
    return Health(True, {"database": "ok", "schema": "ok", "letters": letters})


def figures(session: Session) -> list[Figure]:
    """The numbers of `/metrics`."""
    return [
        Figure(
            "cases",
            "Cases by site, status and resolution",
            ("site", "status", "resolution"),
            [
                ((site, status, resolution or ""), number)
                for site, status, resolution, number in stored.cases_by_status(session)
            ],
        ),
        Figure("reports", "Reports stored", (), [((), stored.reports_stored(session))]),
        Figure(
            "letters",
            "Letters in the outbox by state",
            ("state",),
            [((state,), number) for state, number in stored.letters_by_state(session)],
        ),
    ]
