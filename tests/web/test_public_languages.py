"""What readers and everybody see: in the language of the page, or of the site's pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.mail.test_letters_languages import TRANSLATED, unmarked, visible
from tests.services.people import NOW, People, add_people
from tests.services.queue_of import add_case, add_page
from tests.web.reporting import add_site, body, send
from typo_reports.domain.languages import PSEUDO
from typo_reports.services import site_language
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Correction, Site

CORRECTIONS = "/corrections/planet"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def people(database: Database) -> People:
    with database.writing() as session:
        people = add_people(session)
        session.get_one(Site, people.planet).shows_corrections = True
        return people


def correct(database: Database, people: People, *, lang: str | None, count: int = 1) -> None:
    """Corrections on one page, in surroundings without a letter."""
    with database.writing() as session:
        session.get_one(Site, people.planet).name = "★"
        page = add_page(session, people.planet, lang=lang, title="☆")
        for number in range(count):
            at = NOW - timedelta(minutes=number)
            case = add_case(session, page, at=at, status="resolved", resolution="fixed")
            session.add(
                Correction(
                    case_id=case.id,
                    site_id=people.planet,
                    title="☆",
                    before="1",
                    after="2",
                    corrected_at=at,
                )
            )


def receipt(client: FlaskClient, database: Database, lang: str | None) -> str:
    add_site(database)
    page = {"canonical": None, "title": "A page", "lang": lang}
    sent = send(client, body(page=page, exact="5", suggestion="6")).get_json()
    return "/r/" + str(sent["receipt"].rpartition("/")[2])


def lang_of(page: str) -> str:
    found = re.search('<html lang="([^"]*)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("lang", "accepted", "spoken"),
    [
        ("de-CH", "fr", "de"),
        ("en", "fr", "en"),
        ("nl", "fr", "fr"),
        (None, "uk", "uk"),
        (None, "nl", "en"),
    ],
)
def test_a_receipt_speaks_as_its_page_then_as_the_browser_asks(
    client: FlaskClient, database: Database, lang: str | None, accepted: str, spoken: str
) -> None:
    address = receipt(client, database, lang)
    page = client.get(address, headers={"Accept-Language": accepted}).text
    assert lang_of(page) == spoken


def test_a_refused_change_is_answered_in_the_language_of_the_page(
    client: FlaskClient, database: Database
) -> None:
    address = receipt(client, database, "de")
    seal = re.search('name="seal" value="([0-9a-f]+)"', client.get(address).text)
    assert seal is not None
    fields = {"seal": seal[1], "suggestion": "x" * 1001, "comment": ""}
    answer = client.post(f"{address}/change", data=fields, headers={"Accept-Language": "fr"})
    assert (answer.status_code, lang_of(answer.text)) == (422, "de")
    assert "höchstens 1.000 Zeichen" in answer.text


def test_a_receipt_of_a_report_taken_back_keeps_its_language(
    client: FlaskClient, database: Database
) -> None:
    address = receipt(client, database, "es")
    seal = re.search('name="seal" value="([0-9a-f]+)"', client.get(address).text)
    assert seal is not None
    assert client.post(f"{address}/withdraw", data={"seal": seal[1]}).status_code == 303
    page = client.get(address, headers={"Accept-Language": "de"}).text
    assert lang_of(page) == "es"
    assert "Ha retirado este aviso" in page


def test_every_visible_word_of_a_receipt_can_be_translated(
    client: FlaskClient, database: Database
) -> None:
    page = client.get(f"{receipt(client, database, 'de')}?language={PSEUDO}").text
    page = page.replace("Daily-Planet", "")
    plain = [line for line in visible(page) if re.search(r"[^\W\d_]", unmarked(line))]
    assert lang_of(page) == PSEUDO
    assert plain == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_the_corrections_speak_as_most_pages_of_the_site(
    client: FlaskClient, database: Database, people: People, lang: str
) -> None:
    correct(database, people, lang=lang)
    answer = client.get(CORRECTIONS, headers={"Accept-Language": "en"})
    assert lang_of(answer.text) == lang
    assert "spelling errors that readers" not in answer.text
    feed = ElementTree.fromstring(client.get(f"{CORRECTIONS}/feed.atom").text)
    assert feed.get(XML_LANG) == lang
    assert feed.findtext(f"{ATOM}title") != "★: corrections"


def test_the_corrections_are_the_same_for_everybody(
    client: FlaskClient, database: Database, people: People
) -> None:
    correct(database, people, lang="fr")
    pages = {
        client.get(f"{CORRECTIONS}{query}", headers={"Accept-Language": accepted}).text
        for accepted in ("de", "en", "uk;q=0.5, *")
        for query in ("", "?language=ru")
    }
    assert len(pages) == 1


def test_a_site_whose_pages_say_nothing_is_shown_in_english(
    client: FlaskClient, database: Database, people: People
) -> None:
    correct(database, people, lang=None)
    assert lang_of(client.get(CORRECTIONS, headers={"Accept-Language": "de"}).text) == "en"


@pytest.mark.parametrize("count", [0, 1, 51])
def test_every_visible_word_of_the_corrections_can_be_translated(
    client: FlaskClient,
    database: Database,
    people: People,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(site_language, "of", lambda session, site_id: PSEUDO)
    correct(database, people, lang="de", count=count)
    page = client.get(CORRECTIONS).text
    # The day is no message: its words come from the language itself.
    lines = [line for line in visible(page) if line != "23 November 2026"]
    assert [line for line in lines if re.search(r"[^\W\d_]", unmarked(line))] == []
    feed = ElementTree.fromstring(client.get(f"{CORRECTIONS}/feed.atom").text)
    titles = [title.text or "" for title in feed.iter(f"{ATOM}title")]
    assert len(titles) == 1 + min(count, 50)
    assert [title for title in titles if re.search(r"[^\W\d_]", unmarked(title))] == []
