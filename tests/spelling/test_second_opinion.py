"""How another checker's findings are joined with our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.engine import Hint, hint
from typo_reports.spelling.findings import Finding
from typo_reports.spelling.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(add_small_english(tmp_path))


def _hint(shelf: Shelf, text: str, *others: Finding, known: tuple[str, ...] = ()) -> Hint | None:
    return hint(Selector(text), lang="en", suggestion=None, shelf=shelf, known=known, others=others)


def _finding(text: str, word: str, *fixes: str, kind: str = "misspelled") -> Finding:
    start = text.index(word)
    return Finding(start, start + len(word), word, kind, fixes, 0.0)


def test_where_both_agree_our_fixes_come_first_and_the_score_grows(shelf: Shelf) -> None:
    text = "She recieved the letter."
    alone = _hint(shelf, text)
    both = _hint(shelf, text, _finding(text, "recieved", "relieved", "received"))
    assert alone is not None
    assert both is not None
    assert both.suggestions[0] == "received"
    assert "relieved" in both.suggestions
    assert len(set(both.suggestions)) == len(both.suggestions) <= 3
    assert both.score > alone.score


def test_an_error_of_grammar_is_taken_from_the_other(shelf: Shelf) -> None:
    text = "She wrote there letter."
    found = _hint(shelf, text, _finding(text, "there", "their", kind="grammar"))
    assert found is not None
    assert (found.word, found.suggestions, found.kind) == ("there", ("their",), "grammar")


def test_what_our_dictionary_or_the_site_knows_is_not_misspelled(shelf: Shelf) -> None:
    text = "She wrote the letter to Qwzx."
    assert _hint(shelf, text, _finding(text, "letter", "lettre")) is None
    assert _hint(shelf, text, _finding(text, "Qwzx", "Quiz"), known=("qwzx",)) is None
    assert _hint(shelf, text, _finding(text, "Qwzx", "Quiz")) is not None


def test_what_lies_beside_the_passage_is_left_out(shelf: Shelf) -> None:
    selector = Selector("the letter", "She wrot ", "")
    other = Finding(4, 8, "wrot", "misspelled", ("wrote",), 0.0)
    assert hint(selector, lang="en", suggestion=None, shelf=shelf, others=[other]) is None
