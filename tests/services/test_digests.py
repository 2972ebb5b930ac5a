"""Who gets a digest when, and what stands in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.newsroom import DESK, NOW, add_case, add_editor, add_report, add_site
from typo_reports.services import digests
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, Letter, Membership


def compose(session: Session, now: datetime = NOW, **options: object) -> int:
    return digests.compose_due(session, now=now, base_url=DESK, **options)  # type: ignore[arg-type]


def queued(session: Session) -> list[Letter]:
    return list(session.scalars(select(Letter).order_by(Letter.created_at, Letter.id)))


def test_a_digest_tells_the_editor_what_is_open(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    case = add_case(session, site, readers=3)
    assert compose(session) == 1
    (letter,) = queued(session)
    assert (letter.recipient, letter.kind, letter.state) == (
        "ann@gazette.example",
        "digest",
        "waiting",
    )
    assert letter.subject == "The Harbour Gazette: 1 open case, 1 new"
    for part in (letter.body_text, letter.body_html or ""):
        assert "annotation" in part
        assert "3 readers" in part
        assert "Harbour bridge reopens" in part
        assert "2 hours ago" in part
        assert f"{DESK}/cases/{case.id}" in part
    assert "selects a typo ('[[anotation]]') in a web page" in letter.body_text
    assert ">anotation</mark>" in (letter.body_html or "")


def test_a_digest_is_made_once_for_a_day(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    add_case(session, site)
    assert [compose(session, NOW + timedelta(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert compose(session, NOW + timedelta(days=1)) == 1
    assert [letter.topic[-10:] for letter in queued(session)] == ["2026-11-23", "2026-11-24"]


def test_before_the_hour_there_is_no_digest(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, hour=8, time_zone="America/New_York")
    add_case(session, site)
    assert compose(session, datetime(2026, 11, 23, 12, 59, tzinfo=UTC)) == 0
    assert compose(session, datetime(2026, 11, 23, 13, 0, tzinfo=UTC)) == 1


def test_where_nothing_is_open_there_is_no_digest_that_day(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    add_case(session, site, status="resolved", resolution="fixed")
    assert compose(session) == 0
    add_case(session, site)
    assert compose(session, NOW + timedelta(hours=1)) == 0
    assert compose(session, NOW + timedelta(days=1)) == 1


def test_a_case_that_sleeps_is_not_in_the_digest(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    add_case(session, site, snoozed_until=NOW + timedelta(hours=1), exact="asleep")
    assert compose(session) == 0
    add_case(session, site, snoozed_until=NOW, exact="awake")
    assert compose(session, NOW + timedelta(days=1)) == 1
    assert queued(session)[0].subject == "The Harbour Gazette: 2 open cases, 2 new"


def test_who_wants_no_digest_gets_none(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, hour=None)
    add_editor(session, site, "gone@gazette.example", is_active=False)
    add_case(session, site)
    assert compose(session) == 0
    assert digests.preview(session, now=NOW, base_url=DESK) == []


def test_each_editor_gets_one_letter_for_each_site(session: Session) -> None:
    gazette, planet = add_site(session), add_site(session, "planet", "Daily Planet")
    ann = add_editor(session, gazette)
    session.add(Membership(editor_id=ann.editor_id, site_id=planet.id, digest_hour=8))
    add_editor(session, gazette, "bob@gazette.example")
    add_case(session, gazette)
    add_case(session, planet)
    assert compose(session) == 3
    told = {(letter.recipient, letter.subject.partition(":")[0]) for letter in queued(session)}
    assert told == {
        ("ann@gazette.example", "The Harbour Gazette"),
        ("ann@gazette.example", "Daily Planet"),
        ("bob@gazette.example", "The Harbour Gazette"),
    }


def test_one_site_alone_can_be_asked_for(session: Session) -> None:
    gazette, planet = add_site(session), add_site(session, "planet", "Daily Planet")
    for site, email in ((gazette, "ann@gazette.example"), (planet, "bob@planet.example")):
        add_editor(session, site, email)
        add_case(session, site)
    assert compose(session, site_key="planet") == 1
    assert [letter.recipient for letter in queued(session)] == ["bob@planet.example"]


def test_the_cases_with_most_readers_come_first_and_the_rest_is_a_number(
    session: Session,
) -> None:
    site = add_site(session)
    add_editor(session, site)
    for readers in range(1, 63):
        add_case(session, site, readers=readers, exact=f"error{readers}")
    compose(session)
    text = queued(session)[0].body_text
    assert queued(session)[0].subject == "The Harbour Gazette: 62 open cases, 62 new"
    assert text.index("[[error62]]") < text.index("[[error61]]") < text.index("[[error13]]")
    assert "[[error12]]" not in text
    assert "and 12 more in the queue" in text
    assert f"{DESK}/queue?site=gazette" in text


def test_new_are_the_cases_since_the_last_digest(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, digested_on=date(2026, 11, 20))
    for days in (1, 2, 5):
        add_case(session, site, created_at=NOW - timedelta(days=days))
    compose(session)
    assert queued(session)[0].subject == "The Harbour Gazette: 3 open cases, 2 new"


def test_the_correction_of_most_readers_leads(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    case = add_case(session, site, report={"suggestion": "notation"})
    add_report(session, case, suggestion="annotation")
    add_report(session, case, suggestion="annotation")
    add_report(session, case, suggestion=None)
    compose(session)
    assert "Correction: annotation\n" in queued(session)[0].body_text


def test_a_guess_of_the_dictionary_is_called_one(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    hint = {"start": 0, "end": 9, "word": "anotation", "suggestions": ["annotation"]}
    add_case(session, site, hint=hint, report={"suggestion": None})
    compose(session)
    assert "Dictionary suggests: annotation\n" in queued(session)[0].body_text


def test_a_page_of_another_origin_is_not_linked(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site)
    for url in ("https://evil.example/x", "javascript:alert(1)", "https://gazette.example@evil/"):
        add_case(session, site, page={"url": url})
    compose(session)
    letter = queued(session)[0]
    for part in (letter.body_text, letter.body_html or ""):
        assert "evil" not in part
        assert "javascript" not in part


def test_three_days_asleep_make_one_digest(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, digested_on=date(2026, 11, 20))
    add_case(session, site)
    assert [compose(session, NOW + timedelta(minutes=n)) for n in range(0, 600, 60)].count(1) == 1
    assert len(queued(session)) == 1


def test_an_unknown_time_zone_counts_as_utc_and_stops_nobody(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, time_zone="Mars/Olympus")
    add_editor(session, site, "bob@gazette.example")
    add_case(session, site)
    assert compose(session) == 2


def test_two_workers_at_the_same_moment_make_one_digest_each(database: Database) -> None:
    with database.writing() as session:
        site = add_site(session)
        for number in range(5):
            add_editor(session, site, f"editor{number}@gazette.example")
        add_case(session, site)

    def work(_: int) -> int:
        with database.writing() as session:
            return compose(session)

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 5
    with database.reading() as session:
        assert len(queued(session)) == 5


def test_a_crash_before_the_end_leaves_the_digest_due(database: Database) -> None:
    with database.writing() as session:
        site = add_site(session)
        add_editor(session, site)
        add_case(session, site)
    with pytest.raises(KeyboardInterrupt), database.writing() as session:
        assert compose(session) == 1
        raise KeyboardInterrupt
    with database.writing() as session:
        assert compose(session) == 1


def test_a_preview_shows_everything_and_changes_nothing(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, hour=23)
    add_editor(session, site, "bob@gazette.example", hour=8)
    add_case(session, site)
    previews = digests.preview(session, now=NOW, base_url=DESK, site_key="gazette")
    assert [(shown.recipient, shown.is_due) for shown in previews] == [
        ("ann@gazette.example", False),
        ("bob@gazette.example", True),
    ]
    assert previews[0].subject == "The Harbour Gazette: 1 open case, 1 new"
    assert "[[anotation]]" in previews[0].body_text
    assert digests.preview(session, now=NOW, base_url=DESK, site_key="other") == []
    assert queued(session) == []
    assert compose(session) == 1


def test_todays_digests_can_be_made_before_their_hour(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, hour=23)
    add_case(session, site)
    assert compose(session, even_before_the_hour=True) == 1
    assert compose(session, even_before_the_hour=True) == 0
    assert compose(session, NOW.replace(hour=23)) == 0


def test_a_digest_goes_to_the_address_as_the_editor_wrote_it(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site, "Ann.Smith@Gazette.example")
    add_case(session, site)
    compose(session)
    assert queued(session)[0].recipient == "Ann.Smith@Gazette.example"
    assert session.scalars(select(Editor.email_key)).one() == "ann.smith@gazette.example"
