"""In which direction a passage runs."""

from __future__ import annotations

import pytest

from typo_reports.domain.direction import AUTO, LEFT_TO_RIGHT, RIGHT_TO_LEFT, of_passage

HEBREW, LATIN = (
    "\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05dc \u05d4\u05e7\u05d5\u05e8\u05d0\u05d9\u05dd",
    "the whole apparatus on loan",
)


@pytest.mark.parametrize("lang", ["he", "HE-il", "fa", "az-Arab", "yi_001"])
def test_a_passage_that_begins_with_a_foreign_word_runs_as_its_language(lang: str) -> None:
    assert of_passage(lang, "Chromium ", HEBREW, "") == RIGHT_TO_LEFT


@pytest.mark.parametrize("lang", ["en", "uk", "he-Latn", "zh-Hant"])
def test_a_hebrew_word_at_the_beginning_turns_no_english_passage(lang: str) -> None:
    assert of_passage(lang, HEBREW[:5], LATIN, LATIN) == LEFT_TO_RIGHT


@pytest.mark.parametrize(
    ("lang", "text"), [("en", HEBREW), ("he", LATIN), (None, HEBREW), ("", LATIN), ("en", "12 %")]
)
def test_a_language_that_the_letters_deny_is_not_believed(lang: str | None, text: str) -> None:
    assert of_passage(lang, "", text, "") == AUTO
