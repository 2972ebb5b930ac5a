"""The desk's forms that answer readers and teach the house style, without JavaScript."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.services.people import People, add_people
from tests.web.browsing import Browser, skeleton
from tests.web.reporting import body, send
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, HouseStyle, ReplyTemplate

PAYLOAD = '"><script>alert(1)</script>'


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def ann(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "ann")


@pytest.fixture
def case_id(client: FlaskClient, people: People) -> str:
    return str(send(client, body(site="planet")).get_json()["case"])


def stored(database: Database, case_id: str) -> Case:
    with database.reading() as session:
        return session.get_one(Case, case_id)


def test_a_chosen_reply_reaches_the_readers(ann: Browser, case_id: str, database: Database) -> None:
    assert "House style: This is how" in ann.get(f"/cases/{case_id}")
    answer = ann.post(
        f"/cases/{case_id}/resolve", resolution="not-an-error", reply_choice="default-2", reply=""
    )
    assert answer.status_code == 303
    assert str(stored(database, case_id).reply).startswith("This is how our house style")


def test_own_words_go_before_the_choice(ann: Browser, case_id: str, database: Database) -> None:
    ann.post(
        f"/cases/{case_id}/resolve", resolution="fixed", reply_choice="default-0", reply="Done."
    )
    assert stored(database, case_id).reply == "Done."


def test_a_decision_without_the_form_says_nothing(
    ann: Browser, case_id: str, database: Database
) -> None:
    ann.post(f"/cases/{case_id}/resolve", resolution="fixed")
    found = stored(database, case_id)
    assert (found.resolution, found.reply) == ("fixed", None)


def test_a_case_teaches_the_house_style(
    ann: Browser, client: FlaskClient, case_id: str, database: Database
) -> None:
    ann.post(
        f"/cases/{case_id}/resolve",
        resolution="not-an-error",
        reply="So it stays.",
        teach="yes",
        teach_text="anotation",
        teach_kind="word",
        teach_lang="en",
    )
    other = body(site="planet", prefix="an altogether other place with an ", suffix=" of its own")
    answer = send(client, other).get_json()
    assert (answer["outcome"], answer["reply"]) == ("declined", "So it stays.")
    with database.reading() as session:
        entry = session.scalars(select(HouseStyle)).one()
    page = ann.get(f"/sites/planet/house-style/{entry.id}")
    assert f"/cases/{answer['case']}" in page
    assert f"/cases/{answer['case']}" not in ann.get("/queue")


def test_only_no_error_can_be_taught(ann: Browser, case_id: str, database: Database) -> None:
    ann.post(f"/cases/{case_id}/resolve", resolution="fixed", teach="yes", teach_text="a")
    assert stored(database, case_id).status == "open"


def test_replies_are_added_changed_and_removed(
    ann: Browser, database: Database, people: People
) -> None:
    wrong = ann.post("/sites/planet/replies", name="", text="x", lang="")
    assert wrong.status_code == 422
    ann.post("/sites/planet/replies", name=PAYLOAD, text=PAYLOAD, lang="en")
    page = ann.get("/sites/planet/replies")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    ann.post("/sites/planet/replies/1", name="Plain", text="Plain", lang="en")
    assert skeleton(ann.get("/sites/planet/replies")) == skeleton(page)
    ann.post("/sites/planet/replies/1/remove")
    ann.post("/sites/planet/replies/defaults", default_lang="de")
    with database.reading() as session:
        assert session.scalars(select(ReplyTemplate.name)).first() == "Danke"


def test_the_house_style_is_edited_exported_and_imported(
    ann: Browser, client: FlaskClient, database: Database, people: People
) -> None:
    ann.post("/sites/planet/house-style", text=PAYLOAD, kind="passage", lang="", note="=1+1")
    page = ann.get("/sites/planet/house-style")
    assert "<script>alert" not in page
    exported = ann.get("/sites/planet/house-style.csv")
    assert "'=1+1" in exported
    ann.post("/sites/planet/house-style/1", note="Better.")
    assert "Better." in ann.get("/sites/planet/house-style/1")
    ann.post("/sites/planet/house-style/1/remove")
    answer = ann.post(
        "/sites/planet/house-style/import",
        file=(io.BytesIO(exported.encode()), "style.csv"),  # type: ignore[arg-type]
    )
    assert answer.status_code == 303
    with database.reading() as session:
        assert session.scalars(select(HouseStyle.note)).all() == ["=1+1"]
    broken = ann.post(
        "/sites/planet/house-style/import",
        file=(io.BytesIO(b"\xff\xfe"), "style.csv"),  # type: ignore[arg-type]
    )
    assert broken.status_code == 422


@pytest.mark.parametrize("path", ["replies", "house-style", "house-style.csv", "house-style/1"])
def test_another_desk_does_not_see_them(
    client: FlaskClient, people: People, path: str, ann: Browser
) -> None:
    ann.post("/sites/planet/house-style", text="anotation", kind="word", lang="", note="")
    eve = Browser(client.application.test_client(), "eve")
    eve.get(f"/sites/planet/{path}", status=404)


def test_another_desk_can_not_change_them(
    client: FlaskClient, people: People, ann: Browser, database: Database
) -> None:
    ann.post("/sites/planet/house-style", text="anotation", kind="word", lang="", note="")
    ann.post("/sites/planet/replies", name="a", text="b", lang="")
    eve = Browser(client.application.test_client(), "eve")
    for path in ("house-style", "house-style/1", "house-style/1/remove", "house-style/import",
                 "replies", "replies/1", "replies/1/remove", "replies/defaults"):  # fmt: skip
        answer = eve.post(f"/sites/planet/{path}", text="x", name="x", kind="word", note="x")
        assert answer.status_code == 404, path
    # Under her own site: not there; replies are for those who manage it.
    for path, status in (("house-style/1", 404), ("house-style/1/remove", 404), ("replies/1", 403)):
        assert eve.post(f"/sites/gazette/{path}", text="x", name="x").status_code == status
    with database.reading() as session:
        assert session.scalars(select(HouseStyle.text)).all() == ["anotation"]
        assert session.scalars(select(ReplyTemplate.name)).all() == ["a"]


def test_the_page_of_a_withdrawn_case_offers_nothing(ann: Browser, client: FlaskClient) -> None:
    answer = send(client, body(site="planet", exact="bridge", suggestion="brigde")).get_json()
    token = answer["receipt"].rpartition("/")[2]
    assert client.delete(f"/api/v1/receipts/{token}").status_code == 200
    page = ann.get(f"/cases/{answer['case']}")
    assert "taken this report back" in page
    assert "bridge" not in page
    assert f"/cases/{answer['case']}/resolve" not in page
    assert f"/cases/{answer['case']}/reopen" not in page
