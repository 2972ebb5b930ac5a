"""A page with errors, readers who report them, and have second thoughts."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from typo_reports.domain.own_report import UNCHANGED, Unchanged
from typo_reports.domain.report import PageFacts, Submission
from typo_reports.domain.selector import Selector
from typo_reports.services import intake, rewording, sites, withdrawing
from typo_reports.services.intake import Answer
from typo_reports.services.quotas import Quotas
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=9)
ORIGIN = "https://planet.example"
DESK = "http://desk.example"
TEXT = (
    "The council met on Tuesday. It decided to repair the old bridge over the river, wich had been "
    "closed since spring. A second bridge, wich stands further down, stays open for bicycles."
)
WORD = (TEXT.index("wich"), TEXT.index("wich") + 4)
SENTENCE = (TEXT.index("It decided"), TEXT.index(" A second"))


def add_planet(database: Database) -> int:
    """The site, and its id."""
    with database.writing() as session:
        return sites.add_site(session, name="Planet", origins=[ORIGIN], key="planet", now=NOW).id


def submission(
    span: tuple[int, int] = WORD,
    suggestion: str | None = None,
    comment: str | None = None,
    reply_to: str | None = None,
) -> Submission:
    """A report about that span of TEXT."""
    return Submission(
        id=str(uuid.uuid4()),
        site="planet",
        source=f"{ORIGIN}/a",
        selector=Selector.from_text(TEXT, *span),
        page=PageFacts(title="The bridge"),
        suggestion=suggestion,
        comment=comment,
        reply_to=reply_to,
    )


def accept(database: Database, sent: Submission, now: datetime = NOW) -> Answer:
    """Let the report come in."""
    with database.writing() as session:
        return intake.accept(
            session,
            sent,
            origin=ORIGIN,
            network_key="192.0.2.1",
            per_minute=1_000,
            secret_key="k" * 32,
            quotas=Quotas("k" * 32),
            now=now,
        )


def withdraw(database: Database, answer: Answer, now: datetime = SOON) -> None:
    """Let its reader take it back."""
    with database.writing() as session:
        withdrawing.withdraw(session, answer.receipt_token, origin=ORIGIN, now=now, base_url=DESK)


def reword(
    database: Database,
    answer: Answer,
    *,
    suggestion: str | Unchanged | None = UNCHANGED,
    comment: str | Unchanged | None = UNCHANGED,
    now: datetime = SOON,
) -> None:
    """Let its reader change it."""
    with database.writing() as session:
        rewording.reword(
            session,
            answer.receipt_token,
            suggestion=suggestion,
            comment=comment,
            origin=ORIGIN,
            now=now,
            base_url=DESK,
        )


def cases(session: Session) -> list[Case]:
    """All cases, the oldest first."""
    return list(session.scalars(select(Case).order_by(Case.id)))


def partition(database: Database) -> set[tuple[str, int, str]]:
    """What the open cases are: selection, readers, and what grouping keeps, without order."""
    with database.reading() as session:
        return {
            (case.exact, case.readers, repr(sorted(map(repr, case.core["pieces"]))))
            for case in cases(session)
            if case.status == "open"
        }
