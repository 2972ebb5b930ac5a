"""English within pages in other languages is judged as English."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.engine import Hint, hint
from typo_reports.spelling.passages import is_english, sentences
from typo_reports.spelling.shelf import Pack, Shelf
from typo_reports.spelling.vocabulary import compile_vocabulary
from typo_reports.spelling.words import words_of


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = add_small_english(tmp_path)
    for code, words in (("ru", {"это": 7.0, "дом": 5.0}), ("de", {"das": 7.0, "ist": 7.0})):
        (folder / f"{code}.aff").write_text("SET UTF-8\n", encoding="utf-8")
        lines = "\n".join([str(len(words)), *words])
        (folder / f"{code}.dic").write_text(lines + "\n", encoding="utf-8")
        compile_vocabulary(folder / f"{code}.words", words, {})
        Pack(code, "tests", "none", "tests", "none", len(words)).save(folder)
    return Shelf(folder)


def _hint(shelf: Shelf, exact: str, lang: str) -> Hint | None:
    return hint(Selector(exact), lang=lang, suggestion=None, shelf=shelf)


@pytest.mark.parametrize("lang", ["de", "ru"])
def test_an_english_sentence_is_judged_by_the_english_dictionary(shelf: Shelf, lang: str) -> None:
    found = _hint(shelf, "She wrote the letter with an anotation in the house.", lang)
    assert found is not None
    assert (found.word, found.suggestions[:2]) == ("anotation", ("annotation", "notation"))


def test_an_english_word_among_letters_of_another_alphabet_is_english(shelf: Shelf) -> None:
    found = _hint(shelf, "это anotation дом", "ru")
    assert found is not None
    assert found.suggestions[0] == "annotation"


def test_a_sentence_in_the_pages_language_stays_so() -> None:
    own, english = {"das", "ist", "die"}, {"die", "web", "page"}
    words = words_of("das ist die web page ist das")
    assert not is_english(words, own.__contains__, english.__contains__)
    assert not is_english(words_of("web page"), own.__contains__, english.__contains__)
    assert is_english(words_of("die web page web page"), own.__contains__, english.__contains__)


def test_without_english_everything_is_the_pages(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "en.json").unlink()
    lonely = Shelf(tmp_path)
    assert _hint(lonely, "das ist das", "de") is None


def test_sentences_end_where_they_end() -> None:
    text = "One two. Three 3.5 four\nfive"
    found = [[word.text for word in one] for one in sentences(text, words_of(text))]
    assert found == [["One", "two"], ["Three", "four"], ["five"]]
    assert list(sentences("", [])) == []
