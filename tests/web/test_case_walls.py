"""Generated from the route map: an editor of one site with the ids of another, and no form token.

For everything at the desk that names a case, a site, an entry or a view; the pages of accounts and
sites have tests/web/test_account_walls.py, programs tests/web/test_cases_api.py.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.services import newsroom
from tests.services.people import NOW, People, add_people
from tests.web.plain_browser import contents, form_token, sign_in
from typo_reports.services import elsewhere
from typo_reports.services.actors import Actor
from typo_reports.storage import events
from typo_reports.storage.engine import Database
from typo_reports.storage.ids import new_id
from typo_reports.storage.models import HouseStyle, ReplyTemplate, SavedView, Site

DESK = {"desk", "checks", "corrections", "elsewhere", "house_style", "replies"}
# They are everybody's, where a site has opened them.
PUBLIC = {"corrections.show", "corrections.feed"}
FORM = {
    "resolution": "fixed",
    "assignee": "",
    "days": "1",
    "name": "Changed",
    "text": "Changed",
    "note": "Changed",
    "lang": "en",
    "kind": "word",
    "wrong": "kanal",
    "right": "canal",
    "all": "yes",
    "looks_elsewhere": "yes",
    "pages_most": "9",
    "version": "1",
}


@dataclass(frozen=True)
class Ids:
    """One of everything that the Gazette has."""

    case_id: str
    batch_id: str
    view_id: str
    entry_id: int
    template_id: int
    search_id: str
    key: str = "gazette"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def ids(database: Database, people: People) -> Ids:
    with database.writing() as session:
        site = session.get(Site, people.gazette)
        assert site is not None
        site.looks_elsewhere = True
        case = newsroom.add_case(session, site)
        deed = events.add(session, case, kind="snoozed", editor_id=people.eve, now=NOW)
        deed.batch_id = new_id(NOW)
        entry = HouseStyle(
            site_id=site.id,
            lang="en",
            kind="word",
            text="kanal",
            key=b"k" * 32,
            note=None,
            editor_id=people.eve,
            created_at=NOW,
        )
        template = ReplyTemplate(site_id=site.id, lang="en", name="Thanks", text="Thank you.")
        view = SavedView(
            id=new_id(NOW),
            editor_id=people.eve,
            site_id=site.id,
            name="Own",
            query="",
            created_at=NOW,
        )
        actor = Actor(editor_id=people.eve, name="Eve", site_ids=None)
        search = elsewhere.begin(
            session, actor, case.id, wrong="anotation", right="annotation", now=NOW
        )
        session.add_all([entry, template, view])
        session.flush()
        return Ids(case.id, deed.batch_id, view.id, entry.id, template.id, search.id)


def rules(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in DESK and rule.arguments and rule.endpoint not in PUBLIC
    ]


def calls(app: Flask, ids: Ids) -> list[tuple[str, str]]:
    """Each method and address of the desk that names something of the Gazette."""
    found = []
    for rule in rules(app):
        values = {name: value for name, value in asdict(ids).items() if name in rule.arguments}
        address = app.url_map.bind("").build(rule.endpoint, values)
        found += [(method, address) for method in sorted({"GET", "POST"} & (rule.methods or set()))]
    return found


def test_every_kind_of_id_is_among_those_tried(app: Flask, ids: Ids) -> None:
    assert {name for rule in rules(app) for name in rule.arguments} == set(asdict(ids))
    assert len(calls(app, ids)) >= 25


def test_every_id_of_another_site_looks_as_if_it_were_not_there(
    app: Flask, client: FlaskClient, database: Database, ids: Ids
) -> None:
    sign_in(client, "bob")
    form = FORM | {"csrf_token": form_token(client, "/settings"), "into": ids.case_id}
    before = contents(database)
    answers = {
        (method, address): client.open(
            address, method=method, data=form if method == "POST" else None
        )
        for method, address in calls(app, ids)
    }
    assert {call: answer.status_code for call, answer in answers.items()} == dict.fromkeys(
        answers, 404
    )
    assert not any("Gazette" in answer.text for answer in answers.values())
    assert contents(database) == before


def test_nothing_is_changed_without_its_form_token(
    app: Flask, client: FlaskClient, database: Database, ids: Ids
) -> None:
    sign_in(client, "eve")
    before = contents(database)
    posted = [address for method, address in calls(app, ids) if method == "POST"]
    for sent in ({}, {"csrf_token": ""}, {"csrf_token": "IjAwIg.AAAA.BBBB"}):
        found = {path: client.post(path, data=FORM | sent).status_code for path in posted}
        assert found == dict.fromkeys(posted, 400)
    assert contents(database) == before


def test_looking_changes_nothing_also_for_those_who_may(
    app: Flask, client: FlaskClient, database: Database, ids: Ids
) -> None:
    sign_in(client, "eve")
    before = contents(database)
    looked = [address for method, address in calls(app, ids) if method == "GET"]
    assert len(looked) >= 5
    assert {client.get(address).status_code for address in looked} == {200}
    assert contents(database) == before
