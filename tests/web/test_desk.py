"""The desk in a browser without JavaScript: see, decide, take back."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.browsing import Browser, links_in, skeleton
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea></title></select><svg onload=alert(1)>",
    "javascript:alert(1)",
    "<!-- --><![CDATA[ ]]>",
    "&lt;b&gt; &copy; &#0;",
    "\u202egnp.exe \u2066x\u2069",
    "a\x0b\x0c\x1cb\x7f",
    "`${alert(1)}`",
    "ﬀ\u0301\u200b\ufeff" * 10,
]


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        return add_people(session)


@pytest.fixture
def case_id(database: Database, people: People) -> str:
    with database.writing() as session:
        page = add_page(session, people.planet, author="Mara Ellwood", section="City")
        return add_case(session, page, comment="Twice on this page.").id


@pytest.fixture
def bob(client: FlaskClient, people: People) -> Browser:
    return Browser(client, "Bob")


def the_case(database: Database, case_id: str) -> Case:
    with database.reading() as session:
        return session.get_one(Case, case_id)


def test_a_page_that_names_no_language_shows_its_other_cases(
    bob: Browser, database: Database, people: People
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet, lang=None)
        first, second = (add_case(session, page, exact=word).id for word in ("teh", "adn"))
    assert second in bob.get(f"/cases/{first}")
    assert "teh" in bob.get("/queue")


def test_the_desk_begins_at_the_queue(bob: Browser) -> None:
    assert "<h1>Queue</h1>" in bob.get("/")


def test_strangers_are_sent_to_sign_in(client: FlaskClient, case_id: str) -> None:
    for address in ("/queue", f"/cases/{case_id}"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]


def test_the_queue_shows_passage_correction_readers_and_page(bob: Browser, case_id: str) -> None:
    page = bob.get("/queue")
    assert "<mark>seperate</mark>" in page
    assert "<del>seperate</del><ins>separate</ins>" in page
    for words in ("A page", "Mara Ellwood", "City", "1 comment", "1</span> open case"):
        assert words in page
    assert f"/cases/{case_id}" in page


def test_the_page_of_a_case_shows_everything(bob: Browser, case_id: str) -> None:
    page = bob.get(f"/cases/{case_id}")
    assert "<mark>seperate</mark>" in page
    assert "Twice on this page." in page
    assert "reported it" in page
    marked = f"https://planet.example/a?typo-report={case_id}"
    assert f"{marked}#:~:text=found%20two-,seperate,-cracks" in page


def test_an_empty_desk_says_what_to_do(bob: Browser) -> None:
    page = bob.get("/queue")
    assert "No open cases" in page
    assert "Paste the snippet" in page


def test_a_search_without_hits_leads_back(bob: Browser, case_id: str) -> None:
    page = bob.get("/queue?q=zebra")
    assert "Nothing matches" in page
    assert 'value="zebra"' in page


def test_resolving_in_the_queue_says_so_and_can_be_taken_back(
    bob: Browser, database: Database, case_id: str
) -> None:
    answer = bob.post(f"/cases/{case_id}/resolve", resolution="fixed", version="1", back="/queue")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/queue")
    assert the_case(database, case_id).resolution == "fixed"
    page = bob.get("/queue")
    assert "“seperate” is resolved as fixed." in page
    undo = re.search(r'action="(/cases/[^"]+/undo\?event=[^"]+)"', page)
    assert undo is not None
    assert bob.post(undo.group(1)).status_code == 303
    assert the_case(database, case_id).status == "open"
    assert "Undo</button>" not in bob.get("/queue")


def test_resolving_on_the_page_of_a_case_leads_to_the_next_of_the_same_queue(
    bob: Browser, database: Database, people: People, case_id: str
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet, "/b", section="Sport")
        city = add_page(session, people.planet, "/c", section="City")
        add_case(session, page, suggestions=("x",) * 9)
        following = add_case(session, city, at=NOW - timedelta(days=1)).id
    answer = bob.post(
        f"/cases/{case_id}/resolve", resolution="spam", then="next", queue="section=City"
    )
    assert answer.headers["Location"] == f"/cases/{following}?section=City"


def test_after_the_last_case_comes_the_queue(bob: Browser, case_id: str) -> None:
    answer = bob.post(f"/cases/{case_id}/resolve", resolution="fixed", then="next")
    assert answer.headers["Location"] == "/queue"
    assert "All done" in bob.get("/queue")


def test_two_editors_at_once_the_second_is_told(
    app: Flask, bob: Browser, database: Database, people: People, case_id: str
) -> None:
    ann = Browser(app.test_client(), "Ann")
    ann.post(f"/cases/{case_id}/resolve", resolution="not-an-error", version="1")
    answer = bob.post(f"/cases/{case_id}/resolve", resolution="fixed", version="1")
    assert answer.headers["Location"] == f"/cases/{case_id}"
    assert "Ann was faster: the case is resolved as not an error now." in bob.get(
        f"/cases/{case_id}"
    )
    assert the_case(database, case_id).resolution == "not-an-error"


def test_a_case_is_reopened_assigned_and_merged(
    bob: Browser, database: Database, people: People, case_id: str
) -> None:
    with database.writing() as session:
        other = add_case(session, add_page(session, people.planet, "/b")).id
    bob.post(f"/cases/{case_id}/resolve", resolution="fixed")
    bob.post(f"/cases/{case_id}/reopen")
    bob.post(f"/cases/{case_id}/assign", editor=str(people.bob))
    assert the_case(database, case_id).assignee_id == people.bob
    bob.post(f"/cases/{case_id}/merge", into="", into_address=f"http://desk/cases/{other}?q=x")
    assert the_case(database, case_id).duplicate_of_id == other
    history = bob.get(f"/cases/{case_id}")
    for words in ("resolved it as fixed", "opened it again", "gave it to Bob", "as duplicate"):
        assert words in history


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("resolve", {"resolution": "done"}),
        ("resolve", {"resolution": "fixed", "version": "-1"}),
        ("resolve", {"resolution": "fixed", "note": "x" * 2001}),
        ("merge", {"into": "nothing"}),
        ("merge", {"into": "00000000-0000-0000-0000-000000000000"}),
        ("assign", {"editor": "99999"}),
        ("assign", {"editor": "9" * 30}),
        ("reopen", {}),
    ],
)
def test_what_can_not_be_done_is_said_in_words(
    bob: Browser, database: Database, case_id: str, deed: str, fields: dict[str, str]
) -> None:
    answer = bob.post(f"/cases/{case_id}/{deed}", **fields)
    assert answer.status_code == 303
    assert 'class="notice danger"' in bob.get(f"/cases/{case_id}")
    case = the_case(database, case_id)
    assert (case.status, case.version) == ("open", 1)


def test_the_script_gets_json(bob: Browser, case_id: str) -> None:
    bob.client.environ_base["HTTP_ACCEPT"] = "application/json"
    answer = bob.post(f"/cases/{case_id}/resolve", resolution="fixed", version="1")
    body = answer.get_json()
    assert (body["case"], body["status"]) == (case_id, "resolved")
    assert "/undo?event=" in body["undo"]
    again = bob.post(f"/cases/{case_id}/resolve", resolution="spam", version="1")
    assert again.status_code == 409
    assert "Bob was faster" in again.get_json()["detail"]


def test_an_editor_of_another_site_finds_nothing(
    app: Flask, database: Database, people: People, case_id: str
) -> None:
    eve = Browser(app.test_client(), "Eve")
    assert "seperate" not in eve.get("/queue")
    eve.get("/queue?site=planet", status=404)
    eve.get(f"/cases/{case_id}", status=404)
    for deed in ("resolve", "reopen", "assign", "merge", "undo"):
        answer = eve.post(f"/cases/{case_id}/{deed}", resolution="fixed", into=case_id, event="x")
        assert answer.status_code == 404, deed
    assert the_case(database, case_id).version == 1


def test_deeds_need_the_form_token(bob: Browser, database: Database, case_id: str) -> None:
    for deed in ("resolve", "reopen", "assign", "merge", "undo"):
        answer = bob.client.post(f"/cases/{case_id}/{deed}", data={"resolution": "fixed"})
        assert answer.status_code == 400, deed
    assert the_case(database, case_id).version == 1


@pytest.mark.parametrize(
    "query",
    ["sort=x", "cursor=zzz", "status=closed", "page=x", "page=99999999999", "q=" + "x" * 201],
)
def test_a_question_that_can_not_be_asked_is_answered_in_words(bob: Browser, query: str) -> None:
    assert "can&#39;t be accepted" in bob.get(f"/queue?{query}", status=422)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_no_form_leads_off_the_desk(bob: Browser, case_id: str, back: str) -> None:
    answer = bob.post(f"/cases/{case_id}/resolve", resolution="fixed", back=back)
    assert answer.headers["Location"] == "/queue"


def test_the_next_page_of_the_queue_goes_on_where_the_first_ends(
    bob: Browser, database: Database, people: People
) -> None:
    with database.writing() as session:
        page = add_page(session, people.planet)
        for number in range(60):
            add_case(session, page, f"word{number:02}", at=NOW + timedelta(minutes=number))
    first = bob.get("/queue?sort=newest&section=")
    following = next(link for link in links_in(first) if "cursor=" in link)
    second = bob.get(following)
    shown = re.findall(r"<mark>(word\d\d)</mark>", first + second)
    assert shown == [f"word{number:02}" for number in range(59, -1, -1)]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_reader_changes_the_elements_of_a_page(
    bob: Browser, database: Database, people: People, text: str
) -> None:
    def shown(value: str) -> list[list[str]]:
        with database.writing() as session:
            page = add_page(
                session,
                people.planet,
                f"/{len(value)}{hash(value)}",
                title=value,
                author=value,
                section=value,
                lang=value,
                edit_url=value,
            )
            case = add_case(
                session,
                page,
                value,
                prefix=value,
                suffix=value,
                suggestions=(value + "!",),
                comment=value,
            )
        pages = [bob.get("/queue"), bob.get(f"/cases/{case.id}")]
        for seen in pages:
            assert not [link for link in links_in(seen) if "script:" in link.lower()]
        bob.post(f"/cases/{case.id}/resolve", resolution="fixed", note=value)
        pages += [bob.get("/queue?status=resolved"), bob.get(f"/cases/{case.id}")]
        with database.writing() as session:
            session.get_one(Case, case.id).site_id = people.gazette
        return [skeleton(seen) for seen in pages]

    assert shown(text) == shown("harmless")


def test_pages_carry_nothing_inline(bob: Browser, case_id: str) -> None:
    for address in ("/queue", f"/cases/{case_id}", "/queue?q=x"):
        page = bob.get(address)
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_the_queue_hears_of_new_cases_on_its_own_sites(
    app: Flask, bob: Browser, database: Database, people: People, case_id: str
) -> None:
    def news(browser: Browser, since: str, site: str = "") -> int:
        answer = browser.client.get("/queue/news", query_string={"since": since, "site": site})
        found: int = answer.get_json()["new"]
        return found

    before, after = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
    assert news(bob, before.isoformat()) == 1
    assert news(bob, before.isoformat(), "planet") == 1
    assert news(bob, after.isoformat()) == 0
    assert news(Browser(app.test_client(), "Eve"), before.isoformat()) == 0


@pytest.mark.parametrize("since", ["", "x", "2026-11-23T12:00:00", "0001-01-01T00:00:00+23:00"])
def test_news_since_no_time_is_refused(bob: Browser, since: str) -> None:
    assert bob.client.get("/queue/news", query_string={"since": since}).status_code == 422


def test_without_a_readers_correction_the_dictionarys_guess_is_shown(
    bob: Browser, database: Database, people: People
) -> None:
    hint = {
        "start": 4,
        "end": 8,
        "word": "catt",
        "suggestions": ["cat", "catty"],
        "kind": "misspelled",
        "score": 0.9,
    }
    with database.writing() as session:
        page = add_page(session, people.planet)
        case = add_case(session, page, "the catt sat", suggestions=(None,), hint=hint)
        known = add_case(session, page, "teh", suggestions=("the",), hint={**hint, "start": 0})
    queue = bob.get("/queue")
    assert "the <del>catt</del><ins>cat</ins> sat" in queue
    assert queue.count("the dictionary’s guess") == 1
    own_page = bob.get(f"/cases/{case.id}")
    assert "the <del>catt</del><ins>catty</ins> sat" in own_page
    assert "<del>teh</del><ins>the</ins>" in bob.get(f"/cases/{known.id}")
