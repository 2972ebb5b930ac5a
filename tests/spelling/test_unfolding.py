"""Lists of frequencies fold letters: ß and the final ς are put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from typo_reports.spelling.unfolding import unfolded


def _knowing(*words: str) -> Callable[[str], bool]:
    return frozenset(words).__contains__


@pytest.mark.parametrize(
    ("code", "listed", "right"),
    [
        ("de", "ausser", "außer"),
        ("de", "strasse", "Straße"),
        ("de-DE", "fussballgrösse", "fußballgrösse"),
        ("el", "λόγοσ", "λόγος"),
    ],
)
def test_the_word_is_listed_as_the_dictionary_writes_it(code: str, listed: str, right: str) -> None:
    assert list(unfolded(code, listed, 5.0, _knowing(right))) == [(right.lower(), 5.0)]


def test_what_is_right_both_ways_is_listed_both_ways_a_little_rarer() -> None:
    found = dict(unfolded("de", "masse", 5.0, _knowing("Masse", "Maße")))
    assert found.keys() == {"masse", "maße"}
    assert all(4 < zipf < 5 for zipf in found.values())


@pytest.mark.parametrize(
    ("code", "word"), [("de", "wasser"), ("fr", "ausser"), ("de", "haus"), ("de", "sssssssssss")]
)
def test_other_words_stay_as_they_are(code: str, word: str) -> None:
    known = _knowing("Wasser", "Haus", "außer")
    assert list(unfolded(code, word, 5.0, known)) == [(word, 5.0)]
