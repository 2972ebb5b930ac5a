"""Words that ran together are taken apart where both are words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.dictionary import HunspellDictionary
from typo_reports.spelling.engine import Hint, findings, hint
from typo_reports.spelling.glued import parted, parted_at_capital
from typo_reports.spelling.shelf import Shelf
from typo_reports.spelling.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_small_english(tmp_path_factory.mktemp("pack"))


def _hint(folder: Path, exact: str) -> Hint | None:
    return hint(Selector(exact), lang="en", suggestion=None, shelf=Shelf(folder))


def _parts(folder: Path, written: str, code: str = "en") -> set[str]:
    knows = HunspellDictionary(folder, "en").knows
    vocabulary = Vocabulary(folder / "en.words")
    return {one.text for one in parted(written, code, knows, vocabulary)}


def test_two_known_words_are_told_apart(folder: Path) -> None:
    assert _parts(folder, "ofthe") == {"of the"}
    assert _parts(folder, "ofzzy") == set()


def test_a_word_of_one_letter_is_told_apart_only_where_the_language_has_it(folder: Path) -> None:
    assert _parts(folder, "aletter", "en") == {"a letter"}
    assert _parts(folder, "aletter", "de") == set()


@pytest.mark.parametrize("written", ["letter", "LetterHouseWord", "LetterZzy", "hOuse", "LETTER"])
def test_only_one_capital_between_known_words_tells_them_apart(folder: Path, written: str) -> None:
    knows = {"letter", "Letter", "house", "House", "word", "Word"}.__contains__
    assert parted_at_capital(written, knows, Vocabulary(folder / "en.words")) is None


def test_the_space_before_a_capital_is_put_back(folder: Path) -> None:
    found = _hint(folder, "the letterHouse of the reader")
    assert found is not None
    assert (found.word, found.suggestions, found.kind) == (
        "letterHouse",
        ("letter House",),
        "run-together",
    )


def test_in_running_text_a_capital_within_is_a_name(folder: Path) -> None:
    assert findings("She wrote the letterHouse.", lang="en", shelf=Shelf(folder)) == []


def test_words_joined_by_a_stroke_are_words_and_paths_are_not(folder: Path) -> None:
    found = _hint(folder, "the letter/anotation in the house")
    assert found is not None
    assert found.word == "anotation"
    for path in (
        "/letter/anotation",
        "~/letter/anotation",
        "a/b/letter/anotation",
        "x_y/anotation",
    ):
        assert _hint(folder, f"the {path} in the house") is None
