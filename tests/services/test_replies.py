"""What editors say to readers reaches those who reported, and carries no reader's words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.services.second_thoughts import DESK, NOW, accept, add_planet, cases, submission
from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.services import receipts, replies, review, thanks
from typo_reports.services.actors import Actor
from typo_reports.services.intake import Answer
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, Letter, Site

EVERYWHERE = Actor(editor_id=None, name="test", site_ids=None)
REPLY = "It is a quotation.\nSee page 3."


@pytest.fixture
def site(database: Database) -> int:
    return add_planet(database)


def resolve(database: Database, answer: Answer, resolution: str, reply: str | None) -> str:
    with database.writing() as session:
        deed = review.resolve(
            session, EVERYWHERE, answer.case_id, resolution=resolution, reply=reply, now=NOW
        )
        thanks.keep_promise(session, case_id=answer.case_id, now=NOW, base_url=DESK)
        return deed.event_id


def letters(database: Database) -> list[Letter]:
    with database.reading() as session:
        return list(session.scalars(select(Letter)))


def test_the_receipt_and_later_readers_are_told(database: Database, site: int) -> None:
    answer = accept(database, submission())
    resolve(database, answer, "not-an-error", REPLY)
    with database.reading() as session:
        assert receipts.receipt(session, answer.receipt_token, now=NOW).reply == REPLY
    later = accept(database, submission())
    assert (later.outcome, later.reply) == ("declined", REPLY)
    assert later.message == f"The editors looked at this and keep it as it is: {REPLY}"


@pytest.mark.parametrize(("resolution", "word"), [("fixed", "fixed"), ("not-an-error", "keep it")])
def test_who_asked_gets_one_mail_with_the_reply_and_no_readers_words(
    database: Database, site: int, resolution: str, word: str
) -> None:
    answer = accept(
        database, submission(suggestion="buy-pills", comment="pills", reply_to="a@mail.example")
    )
    resolve(database, answer, resolution, REPLY)
    (letter,) = letters(database)
    for part in (letter.body_text, letter.body_html or ""):
        assert "It is a quotation." in part
        assert word in part
        assert "pills" not in part
        assert "wich" not in part


def test_without_a_reply_only_a_correction_is_told_by_mail(database: Database, site: int) -> None:
    answer = accept(database, submission(reply_to="a@mail.example"))
    resolve(database, answer, "not-an-error", None)
    assert letters(database) == []


@pytest.mark.parametrize("resolution", ["spam"])
def test_nobody_is_told_of_spam(database: Database, site: int, resolution: str) -> None:
    answer = accept(database, submission(reply_to="a@mail.example"))
    resolve(database, answer, resolution, REPLY)
    assert letters(database) == []


def test_undoing_takes_reply_and_letter_back(database: Database, site: int) -> None:
    answer = accept(database, submission(reply_to="a@mail.example"))
    event_id = resolve(database, answer, "wont-fix", REPLY)
    with database.writing() as session:
        review.undo(session, EVERYWHERE, answer.case_id, event_id=event_id, now=NOW)
        thanks.keep_promise(session, case_id=answer.case_id, now=NOW, base_url=DESK)
        assert session.get_one(Case, answer.case_id).reply is None
    assert letters(database) == []


def test_a_reply_that_is_too_long_decides_nothing(database: Database, site: int) -> None:
    answer = accept(database, submission())
    with pytest.raises(InvalidFieldsError, match="1,000"):
        resolve(database, answer, "fixed", "x" * 1_001)
    with database.reading() as session:
        assert cases(session)[0].status == "open"


def test_the_choices_are_the_sites_own_in_the_pages_language_or_ours(
    database: Database, site: int
) -> None:
    answer = accept(database, submission())
    with database.writing() as session:
        case = session.get_one(Case, answer.case_id)
        owner = session.get_one(Site, site)
        assert replies.choices(session, case)[0].name == "Thank you"
        replies.add(session, owner, lang="de", name="Danke", text="Danke!")
        case.page.lang = "en-GB"
        assert replies.choices(session, case)[0].key == "default-0"
        replies.add(session, owner, lang="en", name="Cheers", text="Cheers!")
        (choice,) = replies.choices(session, case)
        assert replies.chosen(session, case, key=choice.key, text=" ") == "Cheers!"
        assert replies.chosen(session, case, key=choice.key, text="Mine") == "Mine"
        assert replies.chosen(session, case, key="", text="") is None
        with pytest.raises(InvalidFieldsError):
            replies.chosen(session, case, key="999", text="")


def test_ours_become_the_sites_own_and_can_be_edited(database: Database, site: int) -> None:
    with database.writing() as session:
        owner = session.get_one(Site, site)
        replies.add_defaults(session, owner, lang="de")
        first = replies.templates_of(session, owner)[0]
        assert first.name == "Danke"
        replies.change(session, owner, first.id, lang="de", name="Merci", text="Merci vielmal!")
        replies.remove(session, owner, replies.templates_of(session, owner)[-1].id)
        assert replies.templates_of(session, owner)[0].name == "Merci"
        assert len(replies.templates_of(session, owner)) == 3


def test_a_regression_says_nothing_old(database: Database, site: int) -> None:
    answer = accept(database, submission())
    resolve(database, answer, "fixed", REPLY)
    accept(database, submission(), NOW + timedelta(days=1))
    with database.reading() as session:
        assert receipts.receipt(session, answer.receipt_token, now=NOW).reply is None
