"""What stands elsewhere on the page is known, and likely to be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import NO_PAGE, PageWords
from typo_reports.spelling.shelf import Shelf


@pytest.fixture
def english(tmp_path: Path) -> Language:
    language = Shelf(add_small_english(tmp_path)).language("en")
    assert language is not None
    return language


def test_of_two_near_words_the_page_chooses(english: Language) -> None:
    usual = english.fixes("lettr")[0].text
    here = english.fixes("lettr", PageWords.of("letters letters and letters"))
    assert usual == "letter"
    assert "letters" in [one.text for one in here]
    assert english.fixes("theit", PageWords.of("there " * 3)) != []


def test_a_word_that_no_dictionary_knows_is_offered_if_it_stands_twice(english: Language) -> None:
    assert "zwingli" not in [one.text for one in english.fixes("zwinlgi", PageWords.of("zwingli"))]
    assert english.fixes("zwinlgi", PageWords.of("zwingli zwingli"))[0].text == "zwingli"


@pytest.mark.parametrize("word", ["Jare", "JARE", "jare", "Ōjare", "x"])
def test_a_word_that_the_page_lacks_does_no_harm(english: Language, word: str) -> None:
    english.fixes(word, PageWords.of("the letter in the house"))


def test_the_pages_capitals_are_offered(english: Language) -> None:
    fixes = english.fixes("zwingli", PageWords.of("Zwingli and Zwingli, zwingli"))
    assert fixes[0].text == "Zwingli"


def test_counts_know_all_cases(english: Language) -> None:
    page = PageWords.of("Letter letter LETTER house")
    assert (page.count("letter"), page.total, NO_PAGE.total) == (3, 4, 0)
    assert page.likelihood("letter", 3.0) > page.likelihood("house", 3.0) > 3.0
    assert page.likelihood("absent", 3.0) == 3.0
