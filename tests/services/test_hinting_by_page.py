"""What the rest of the page says about an error, once the page was read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tests.services.newsroom import NOW, add_case, add_site
from tests.spelling.languagetool_server import match, says, stand_in
from tests.spelling.small_pack import add_small_english
from typo_reports.services.hinting import hint_waiting
from typo_reports.spelling.languagetool import LanguageTool
from typo_reports.spelling.page_words import MOST_WORDS, PageWords
from typo_reports.spelling.shelf import Shelf
from typo_reports.storage import hints
from typo_reports.storage.engine import Database
from typo_reports.storage.models import Case, HouseStyle


def _hinted(database: Database, folder: Path, exact: str, page_text: str | None) -> Case:
    shelf = Shelf(add_small_english(folder))
    with database.writing() as session:
        site = add_site(session)
        case = add_case(session, site, exact=exact, prefix="", suffix="", page={"lang": "en"},
                        report={"suggestion": None})  # fmt: skip
        case_id = case.id
    hint_waiting(database, shelf, now=lambda: NOW)
    if page_text is not None:
        with database.writing() as session:
            page_id = session.get_one(Case, case_id).page_id
            counts = PageWords.of(page_text).counts
            hints.keep_page_words(session, page_id, counts, at=NOW)
        assert hint_waiting(database, shelf, now=lambda: NOW + timedelta(seconds=5)) == 1
    with database.reading() as session:
        found = session.get_one(Case, case_id)
        assert found.hinted_at is not None
        return found


def test_a_name_that_the_page_knows_is_offered(database: Database, tmp_path: Path) -> None:
    page = "The house of Zwingenberg. In Zwingenberg she wrote. Zwingenbreg is in the letter."
    case = _hinted(database, tmp_path, "Zwingenbreg is in the letter", page)
    assert case.hint is not None
    assert case.hint["suggestions"][0] == "Zwingenberg"


def test_without_the_page_there_is_no_fix_for_the_name(database: Database, tmp_path: Path) -> None:
    hint = _hinted(database, tmp_path, "Zwingenbreg is in the letter", None).hint
    assert hint is not None
    assert (hint["word"], hint["suggestions"]) == ("Zwingenbreg", [])


def test_a_page_read_again_does_not_have_its_cases_read_again(
    database: Database, tmp_path: Path
) -> None:
    case = _hinted(database, tmp_path, "the anotation", "the anotation of the letter")
    with database.writing() as session:
        hints.keep_page_words(session, case.page_id, {"letter": 2}, at=NOW)
    assert hint_waiting(database, Shelf(tmp_path), now=lambda: NOW) == 0
    with database.reading() as session:
        assert hints.page_words(session, [case.page_id]) == {case.page_id: {"letter": 2}}


def test_only_so_many_words_of_a_page_are_kept() -> None:
    text = " ".join("a" + "bcdefghij"[n % 9] + "x" * (n // 9 % 9) + "y" * (n // 81)
                    for n in range(MOST_WORDS + 500))  # fmt: skip
    assert len(PageWords.of(text).counts) <= MOST_WORDS


def test_languagetool_is_asked_where_no_reader_has_said_what_is_right(
    database: Database, tmp_path: Path
) -> None:
    text = "She wrote there letter"
    answer = says(match(text, "there", "their", issue="grammar"))
    shelf = Shelf(add_small_english(tmp_path))
    with database.writing() as session:
        site = add_site(session)
        for suggestion in (None, "She wrote their letter"):
            add_case(session, site, exact=text, prefix="", suffix="", page={"lang": "en"},
                     report={"suggestion": suggestion})  # fmt: skip
    with stand_in(answer) as server:
        hint_waiting(database, shelf, now=lambda: NOW, second=LanguageTool(server.url))
        assert len(server.asked) == 1
    with database.reading() as session:
        hints_of = [case.hint for case in session.scalars(select(Case))]
    assert {(one or {})["kind"] for one in hints_of} == {"grammar", "corrected"}


def test_a_languagetool_that_fails_leaves_our_own_hint(database: Database, tmp_path: Path) -> None:
    shelf = Shelf(add_small_english(tmp_path))
    with database.writing() as session:
        case_id = add_case(
            session, add_site(session), page={"lang": "en"}, report={"suggestion": None}
        ).id
    second = LanguageTool("http://127.0.0.1:1")
    hint_waiting(database, shelf, now=lambda: NOW, second=second)
    with database.reading() as session:
        found = session.get_one(Case, case_id).hint
    assert found is not None
    assert found["word"] == "anotation"


def test_a_word_of_the_house_style_is_no_error(database: Database, tmp_path: Path) -> None:
    shelf = Shelf(add_small_english(tmp_path))
    with database.writing() as session:
        site = add_site(session)
        session.add(
            HouseStyle(
                site_id=site.id, lang="en", kind="word", text="Anotation", key=b"k" * 32,
                created_at=NOW,
            )
        )  # fmt: skip
        case_id = add_case(
            session, site, exact="the anotation", page={"lang": "en-GB"},
            report={"suggestion": None},
        ).id  # fmt: skip
    hint_waiting(database, shelf, now=lambda: NOW)
    with database.reading() as session:
        case = session.get_one(Case, case_id)
        assert case.hinted_at is not None
        assert case.hint is None
