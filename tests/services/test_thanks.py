"""Thanking readers: once, without a word that a reader wrote, and never as a weapon."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.environment.mail_server import MailServer
from tests.mail.posting import transport_to
from tests.services.newsroom import DESK, NOW, add_case, add_report, add_site
from typo_reports.domain.delivery import THANKS_PAUSE, THANKS_PER_ADDRESS_AND_DAY, THANKS_PER_CASE
from typo_reports.services import delivery, thanks
from typo_reports.storage.engine import Database
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import Case, Letter, Report, Site

FIXED: dict[str, Any] = {"status": "resolved", "resolution": "fixed", "resolved_at": NOW}


@pytest.fixture
def site(session: Session) -> Site:
    return add_site(session)


def thank(session: Session, case: Case) -> int:
    return thanks.thank_reader(session, case_id=case.id, now=NOW, base_url=DESK)


def queued(session: Session) -> list[Letter]:
    return list(session.scalars(select(Letter)))


def test_a_reader_who_asked_is_thanked_after_a_pause(session: Session, site: Site) -> None:
    case = add_case(session, site, **FIXED, report={"reply_to": "reader@mail.example"})
    assert thank(session, case) == 1
    (letter,) = queued(session)
    assert (letter.recipient, letter.kind) == ("reader@mail.example", "fixed")
    assert letter.due_at == NOW + THANKS_PAUSE
    assert re.search(rf"{DESK}/r/receipt-\d+", letter.body_text)


def test_who_did_not_ask_hears_nothing(session: Session, site: Site) -> None:
    assert thank(session, add_case(session, site, **FIXED)) == 0
    assert queued(session) == []


@pytest.mark.parametrize("resolution", ["not-an-error", "spam", "wont-fix", "duplicate", None])
def test_only_a_fixed_case_is_worth_thanks(
    session: Session, site: Site, resolution: str | None
) -> None:
    case = add_case(
        session, site, resolution=resolution, report={"reply_to": "reader@mail.example"}
    )
    assert thank(session, case) == 0


def test_a_case_that_does_not_exist_thanks_nobody(session: Session) -> None:
    unknown = "0198f0c2-7a10-7cc3-9d1e-1c2b3a4d5e6f"
    assert thanks.thank_reader(session, case_id=unknown, now=NOW, base_url=DESK) == 0


def test_a_case_that_was_fixed_long_ago_thanks_nobody_again(session: Session, site: Site) -> None:
    long_ago = NOW - timedelta(days=31)
    case = add_case(
        session, site, **FIXED | {"resolved_at": long_ago}, report={"reply_to": "r@mail.example"}
    )
    assert thank(session, case) == 0


def test_one_address_gets_one_letter_for_a_case(session: Session, site: Site) -> None:
    case = add_case(session, site, **FIXED, report={"reply_to": "reader@mail.example"})
    for address in ("Reader@Mail.example", " reader@mail.example ", "other@mail.example"):
        add_report(session, case, reply_to=address)
    assert thank(session, case) == 2
    assert thank(session, case) == 0


def test_thanks_can_be_taken_back_while_they_wait(session: Session, site: Site) -> None:
    case = add_case(session, site, **FIXED, report={"reply_to": "reader@mail.example"})
    thank(session, case)
    assert thanks.take_back_thanks(session, case_id=case.id) == 1
    assert queued(session) == []
    assert thank(session, case) == 1


def test_thanks_carry_nothing_that_a_reader_wrote(session: Session, site: Site) -> None:
    spam = "Buy pills at evil.example"
    case = add_case(
        session,
        site,
        **FIXED,
        exact=spam,
        prefix=spam,
        suffix=spam,
        page={
            "title": spam,
            "section": spam,
            "author": spam,
            "url": "https://gazette.example/pill",
        },
        report={"reply_to": "victim@mail.example", "suggestion": spam, "comment": spam},
    )
    thank(session, case)
    (letter,) = queued(session)
    for part in (letter.subject, letter.body_text, letter.body_html or ""):
        assert "pill" not in part.lower()
        assert "evil" not in part


def test_one_address_is_thanked_a_few_times_a_day(session: Session, site: Site) -> None:
    cases = [
        add_case(session, site, **FIXED, report={"reply_to": "victim@mail.example"})
        for _ in range(20)
    ]
    assert sum(thank(session, case) for case in cases) == THANKS_PER_ADDRESS_AND_DAY


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_ten_thousand_reports_make_no_more_letters_than_the_cap(
    database: Database, smtp_server: MailServer, tmp_path: Path
) -> None:
    with database.writing() as session:
        site = add_site(session)
        cases = []
        for number in range(100):
            address = f"victim{number}@mail.example"
            cases.append(add_case(session, site, **FIXED, report={"reply_to": address}))
            for again in range(100):
                address = f"victim{(number * 100 + again) % 1_000}@mail.example"
                session.add(_like(cases[-1], number * 100 + again, address))
        session.flush()
        queued_letters = sum(thank(session, case) for case in cases)
    assert queued_letters <= min(1_000 * THANKS_PER_ADDRESS_AND_DAY, 100 * THANKS_PER_CASE)
    transport = transport_to(smtp_server.url, tmp_path)
    for minutes in range(10, 70, 10):
        delivery.deliver_due(
            database,
            transport,
            now=lambda at=minutes: NOW + timedelta(minutes=at),  # type: ignore[misc]
            limit=500,
            letters_per_hour=50,
        )
    assert len(smtp_server.letters) == 40
    with database.reading() as session:
        assert len(session.scalars(select(Case)).all()) == 100


def _like(case: Case, number: int, address: str) -> Report:
    return Report(
        id=new_id(NOW),
        site_id=case.site_id,
        case_id=case.id,
        exact=case.exact,
        prefix="",
        suffix="",
        source_url="https://gazette.example",
        piece_key="",
        fingerprint=b"f" * 32,
        outcome="received",
        receipt_token=f"flood-{number}",
        reply_to=address,
        created_at=NOW,
    )
