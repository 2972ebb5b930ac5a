"""What people really mistype costs less than what they don't, and frequent words come first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.spelling.candidates import candidates, edits
from typo_reports.spelling.channel import cost, spelled_out
from typo_reports.spelling.dictionary import HunspellDictionary
from typo_reports.spelling.vocabulary import UNLISTED, Vocabulary, compile_vocabulary


@pytest.mark.parametrize(
    ("likely", "unlikely", "meant"),
    [
        ("cafe", "cafu", "café"),
        ("leter", "leer", "letter"),
        ("lettter", "letqter", "letter"),
        ("becuase", "becxase", "because"),
        ("lettet", "letteb", "letter"),
        ("lottar", "bether", "letter"),
        ("lettes", "fetter", "letter"),
    ],
)
def test_what_people_mistype_costs_less(likely: str, unlikely: str, meant: str) -> None:
    assert cost(likely, meant) < cost(unlikely, meant)


def test_the_right_word_costs_nothing_and_the_cost_is_bounded() -> None:
    assert cost("letter", "letter") == 0
    assert cost("abcdefgh", "ijklmnopqrst", most=3.0) == 3.0


def test_edits_are_all_words_one_step_away() -> None:
    assert edits("ab", "xy") == {
        "a", "b", "ba", "xab", "yab", "axb", "ayb", "abx", "aby", "xb", "yb", "ax", "ay",
    }  # fmt: skip


def test_letters_that_are_written_for_each_other_are_tried() -> None:
    assert spelled_out("flußmasse") == {"flussmasse", "flußmaße"}
    assert spelled_out("cœur") == {"coeur"}


@pytest.fixture
def small(tmp_path: Path) -> tuple[HunspellDictionary, Vocabulary]:
    folder = add_small_english(tmp_path)
    return HunspellDictionary(folder, "en"), Vocabulary(folder / "en.words")


def test_fixes_keep_the_capitals_of_what_was_written(
    small: tuple[HunspellDictionary, Vocabulary],
) -> None:
    assert candidates("Lettre", *small)[0].text == "Letter"
    assert candidates("LETTRE", *small)[0].text == "LETTER"


def test_what_no_list_holds_is_still_found_by_the_dictionary(
    small: tuple[HunspellDictionary, Vocabulary],
) -> None:
    dictionary, vocabulary = small
    (words := dictionary._words).add("zymurgy")
    assert words is not None
    assert [one.text for one in candidates("zymurgi", dictionary, vocabulary)] == ["zymurgy"]


def test_a_word_in_use_that_lacks_the_accents_of_a_known_one_is_not_offered(tmp_path: Path) -> None:
    folder = add_small_english(tmp_path)
    known, used = {"café": 4.1, "house": 5.5}, {"cafe": 4.9, "cafes": 4.9}
    compile_vocabulary(folder / "en.words", known, used)
    vocabulary = Vocabulary(folder / "en.words")
    found = candidates("cafee", HunspellDictionary(folder, "en"), vocabulary)
    assert [one.text for one in found] == ["café", "cafes"]


def test_only_letters_are_put_into_words(tmp_path: Path) -> None:
    folder = add_small_english(tmp_path)
    dictionary = HunspellDictionary(folder, "en")
    dictionary._words.add("lett.er")
    compile_vocabulary(folder / "en.words", {"a.b": 5.0, "letter": 5.0, "3d": 4.0}, {})
    vocabulary = Vocabulary(folder / "en.words")
    assert "." in vocabulary.alphabet
    assert [one.text for one in candidates("letteer", dictionary, vocabulary)] == ["letter"]
    assert candidates("lett-er", dictionary, vocabulary)[0].text == "letter"


def test_frequencies_come_back_as_they_were_compiled(
    small: tuple[HunspellDictionary, Vocabulary],
) -> None:
    vocabulary = small[1]
    assert vocabulary.zipf("the") == 7.7
    assert vocabulary.zipf("blog") == 4.9
    assert vocabulary.zipf("nonesuch") == UNLISTED
    assert "blog" not in vocabulary.known_words(4)
    assert "café" in vocabulary.known_words(4)


def test_a_language_without_frequencies_still_offers_fixes(tmp_path: Path) -> None:
    folder = add_small_english(tmp_path)
    empty = Vocabulary(None)
    assert empty.is_empty
    assert candidates("lette", HunspellDictionary(folder, "en"), empty)[0].text == "letter"
