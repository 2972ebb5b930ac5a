"""Errors that are found in every language, without a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from typo_reports.domain.selector import Selector
from typo_reports.spelling.detectors import strange_letters
from typo_reports.spelling.engine import Hint, hint
from typo_reports.spelling.shelf import Shelf
from typo_reports.spelling.words import words_of


def _hint(tmp_path: Path, exact: str, lang: str | None = None) -> Hint | None:
    return hint(Selector(exact), lang=lang, suggestion=None, shelf=Shelf(tmp_path))


def test_a_latin_letter_in_a_cyrillic_word_is_found(tmp_path: Path) -> None:
    found = _hint(tmp_path, "новое cлово", "ru")  # the first letter of the second word is Latin
    assert found is not None
    assert found.kind == "mixed-scripts"
    assert (found.start, found.end) == (6, 11)
    assert found.suggestions == ("слово",)


def test_a_cyrillic_letter_in_a_latin_word_is_found(tmp_path: Path) -> None:
    found = _hint(tmp_path, "the pаper", "en")
    assert found is not None
    assert found.suggestions == ("paper",)


def test_a_greek_letter_in_a_latin_word_is_found(tmp_path: Path) -> None:
    found = _hint(tmp_path, "the hοuse", "en")
    assert found is not None
    assert found.suggestions == ("house",)


@pytest.mark.parametrize(
    "exact", ["Яндекс-music", "IT-отдел", "HTML-тег", "µTorrent", "Wi‑Fi-сеть"]
)
def test_words_of_two_alphabets_side_by_side_are_no_error(tmp_path: Path, exact: str) -> None:
    assert _hint(tmp_path, exact, "ru") is None


@pytest.mark.parametrize(
    ("exact", "lang"),
    [
        ("in the the house", "en"),
        ("в в доме", "ru"),
        ("das Haus ist ist alt", "de"),
        ("la la casa", "es"),
    ],
)
def test_a_word_written_twice_is_found(tmp_path: Path, exact: str, lang: str) -> None:
    found = _hint(tmp_path, exact, lang)
    assert found is not None
    assert found.kind == "doubled-word"
    assert found.suggestions[0] in exact
    assert exact[found.start : found.end].split()[0] == exact[found.start : found.end].split()[1]


@pytest.mark.parametrize(
    ("exact", "lang"),
    [
        ("he had had enough", "en"),
        ("Duran Duran", "en"),
        ("the. The", "en"),
        ("die, die kommen", "de"),
        ("еле еле", "ru"),
        ("nous nous levons", "fr"),
        ("buku buku", "id"),
        ("end\nend", "en"),
    ],
)
def test_words_rightly_written_twice_are_no_error(tmp_path: Path, exact: str, lang: str) -> None:
    assert _hint(tmp_path, exact, lang) is None


def test_languages_without_spaces_are_left_alone(tmp_path: Path) -> None:
    assert _hint(tmp_path, "人人都知道 高高兴兴", "zh") is None


@pytest.mark.parametrize(
    ("text", "fix"), [("вместе c помощью", "с"), ("o чём речь", "о"), ("он\u00a0y дома", "у")]
)
def test_a_lone_letter_of_the_other_alphabet_is_found(text: str, fix: str) -> None:
    (found,) = strange_letters(text, words_of(text))
    assert found.suggestions == (fix,)
    assert found.score < 0


@pytest.mark.parametrize(
    "text", ["язык C создан", "the c language", "слово c", "точка -c здесь", "a b"]
)
def test_a_lone_letter_elsewhere_is_a_name_or_a_variable(text: str) -> None:
    assert list(strange_letters(text, words_of(text))) == []
