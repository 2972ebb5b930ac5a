"""Which language a letter is in: the editor's own, or the one of the page that was reported."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.newsroom import DESK, NOW, add_case, add_editor, add_site
from tests.services.people import SECRET_KEY, People, add_people
from tests.services.queue_of import add_page
from typo_reports.domain.languages import first_known, spoken
from typo_reports.services import digests, password_links, site_language, thanks
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Editor, Letter

FIXED: dict[str, Any] = {"status": "resolved", "resolution": "fixed", "resolved_at": NOW}


def subjects(session: Session) -> dict[str, str]:
    return {letter.recipient: letter.subject for letter in session.scalars(select(Letter))}


def test_each_editor_gets_the_digest_in_their_own_language(session: Session) -> None:
    site = add_site(session)
    for name, language in (("ann", None), ("bob", "de"), ("eve", "ru"), ("old", "tlh")):
        member = add_editor(session, site, f"{name}@gazette.example")
        member.editor.language = language
    add_case(session, site, readers=3)
    digests.compose_due(session, now=NOW, base_url=DESK)
    assert subjects(session) == {
        "ann@gazette.example": "The Harbour Gazette: 1 open case, 1 new",
        "bob@gazette.example": "The Harbour Gazette: 1 offener Fall, 1 neu",
        "eve@gazette.example": "The Harbour Gazette: 1 открытый случай, новых: 1",
        # A language that is offered no more.
        "old@gazette.example": "The Harbour Gazette: 1 open case, 1 new",
    }


def test_without_a_choice_the_digest_is_in_the_language_last_used(session: Session) -> None:
    site = add_site(session)
    for name, chosen, last in (
        ("ann", None, "de"), ("bob", "ru", "de"), ("eve", "tlh", "fr"), ("old", None, "tlh")
    ):  # fmt: skip
        editor = add_editor(session, site, f"{name}@gazette.example").editor
        editor.language, editor.last_language = chosen, last
    add_case(session, site, readers=3)
    digests.compose_due(session, now=NOW, base_url=DESK)
    found = subjects(session)
    assert "1 offener Fall" in found["ann@gazette.example"]
    assert "1 открытый случай" in found["bob@gazette.example"], "the setting wins"
    assert "1 cas ouvert" in found["eve@gazette.example"]
    assert "1 open case" in found["old@gazette.example"]


def test_a_digest_that_is_written_again_keeps_its_language(session: Session) -> None:
    site = add_site(session)
    add_editor(session, site).editor.language = "fr"
    add_case(session, site)
    add_case(session, site)
    digests.compose_due(session, now=NOW, base_url=DESK)
    digests.rewrite_waiting(session, site_id=site.id, now=NOW, base_url=DESK)
    (subject,) = subjects(session).values()
    assert "2 cas ouverts" in subject


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("de-AT", "Der Fehler, den Sie gemeldet haben, ist korrigiert"),
        ("FR", "la faute que vous avez signalée a été corrigée"),
        ("uk_UA", "помилку, про яку ви повідомили, виправлено"),
        ("nl", "the error that you reported has been fixed"),
        ("qps-ploc", "the error that you reported has been fixed"),
        ("../de", "the error that you reported has been fixed"),
        (None, "the error that you reported has been fixed"),
    ],
)
def test_a_reader_is_thanked_in_the_language_of_the_page(
    session: Session, lang: str | None, words: str
) -> None:
    report = {"reply_to": "reader@mail.example"}
    case = add_case(session, add_site(session), **FIXED, page={"lang": lang}, report=report)
    thanks.thank_reader(session, case_id=case.id, now=NOW, base_url=DESK)
    assert words in subjects(session)["reader@mail.example"]


def test_a_reader_is_answered_in_the_language_of_the_page(session: Session) -> None:
    case = add_case(
        session,
        add_site(session),
        **FIXED | {"resolution": "not-an-error", "reply": "So steht es im Duden."},
        page={"lang": "de"},
        report={"reply_to": "reader@mail.example"},
    )
    thanks.thank_reader(session, case_id=case.id, now=NOW, base_url=DESK)
    (letter,) = session.scalars(select(Letter))
    assert "eine Antwort auf Ihre Meldung" in letter.subject
    assert "So steht es im Duden." in letter.body_text
    assert "looked at what you reported" not in letter.body_text


def invited(database: Database, people: People) -> str:
    with database.writing() as session:
        password_links.invite(
            session, editor_id=people.bob, by_id=people.ann, by_name="Ann", base_url=DESK, now=NOW
        )
        return subjects(session)["bob@planet.example"]


@pytest.mark.parametrize(
    ("own", "inviters", "pages", "subject"),
    [
        ("es", "de", "fr", "Ann le invita a la redacción de Daily Planet"),
        (None, "de", "fr", "Ann lädt Sie in die Redaktion von Daily Planet ein"),
        (None, None, "fr", "Ann vous invite à la rédaction de Daily Planet"),
        (None, None, "nl", "Ann invites you to the desk of Daily Planet"),
        (None, None, None, "Ann invites you to the desk of Daily Planet"),
    ],
)
def test_an_invitation_is_in_the_language_that_is_likely_read(
    database: Database, own: str | None, inviters: str | None, pages: str | None, subject: str
) -> None:
    with database.writing() as session:
        people = add_people(session)
        session.get_one(Editor, people.bob).language = own
        session.get_one(Editor, people.ann).language = inviters
        add_page(session, people.planet, lang=pages)
    assert invited(database, people) == subject


def test_a_forgotten_password_is_answered_in_the_editors_language(database: Database) -> None:
    with database.writing() as session:
        people = add_people(session)
        session.get_one(Editor, people.bob).language = "uk"
    for email in ("bob@planet.example", "ann@planet.example"):
        password_links.ask(
            database,
            email=email,
            network_key="192.0.2.7",
            secret_key=SECRET_KEY,
            base_url=DESK,
            now=NOW,
        )
    with database.reading() as session:
        assert subjects(session) == {
            "bob@planet.example": "Новий пароль для редакції",
            "ann@planet.example": "A new password for the desk",
        }


@pytest.mark.parametrize(
    ("own_last", "inviters_last", "subject"),
    [
        ("es", "de", "Ann le invita a la redacción de Daily Planet"),
        (None, "de", "Ann lädt Sie in die Redaktion von Daily Planet ein"),
        (None, None, "Ann vous invite à la rédaction de Daily Planet"),
    ],
)
def test_an_invitation_is_in_the_language_last_used_where_none_was_chosen(
    database: Database, own_last: str | None, inviters_last: str | None, subject: str
) -> None:
    with database.writing() as session:
        people = add_people(session)
        session.get_one(Editor, people.bob).last_language = own_last
        session.get_one(Editor, people.ann).last_language = inviters_last
        add_page(session, people.planet, lang="fr")
    assert invited(database, people) == subject


def test_a_forgotten_password_is_answered_in_the_language_last_used(database: Database) -> None:
    with database.writing() as session:
        session.get_one(Editor, add_people(session).bob).last_language = "uk"
    password_links.ask(
        database,
        email="bob@planet.example",
        network_key="192.0.2.7",
        secret_key=SECRET_KEY,
        base_url=DESK,
        now=NOW,
    )
    with database.reading() as session:
        assert subjects(session) == {"bob@planet.example": "Новий пароль для редакції"}


def test_a_site_speaks_the_language_of_most_of_its_pages(database: Database) -> None:
    with database.writing() as session:
        people = add_people(session)
        for number, lang in enumerate(["de", "de-AT", "de_CH", "fr", "fr", None, "", None, ""]):
            add_page(session, people.planet, f"/{number}", lang=lang)
        for number, lang in enumerate(["nl", "nl", "de"]):
            add_page(session, people.gazette, f"/g{number}", lang=lang)
        assert site_language.of(session, people.planet) == "de"
        # Most of its readers read what we don't speak: no other language is guessed.
        assert site_language.of(session, people.gazette) == "en"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("de", "de"), ("DE-at", "de"), (" fr ", "fr"), ("", None), (None, None), ("qps-ploc", None)],
)
def test_a_tag_of_a_page_names_an_offered_language_or_none(tag: str, code: str | None) -> None:
    assert spoken(tag) == code


def test_what_is_unknown_or_offered_no_more_is_passed_over() -> None:
    assert first_known(None, "", "xx", "uk", "de") == "uk"
    assert first_known(None, "xx") is None
