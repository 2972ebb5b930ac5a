"""Which word of a passage is pointed at, what is offered, and when the engine is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.dictionary import HunspellDictionary, bundled_english
from typo_reports.spelling.engine import Hint, findings, hint
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.shelf import Shelf
from typo_reports.spelling.vocabulary import Vocabulary


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(add_small_english(tmp_path))


def _hint(
    shelf: Shelf,
    exact: str,
    *,
    prefix: str = "",
    suffix: str = "",
    lang: str | None = "en",
    suggestion: str | None = None,
    known: tuple[str, ...] = (),
    page_text: str = "",
) -> Hint | None:
    selector = Selector(exact, prefix, suffix)
    return hint(
        selector,
        lang=lang,
        suggestion=suggestion,
        shelf=shelf,
        known=known,
        page=PageWords.of(page_text),
    )


def test_the_wrong_word_of_a_sentence_is_pointed_at(shelf: Shelf) -> None:
    found = _hint(shelf, "She wrote an anotation to the letter.")
    assert found is not None
    assert (found.start, found.end, found.word) == (13, 22, "anotation")
    assert found.suggestions[0] == "annotation"
    assert found.kind == "misspelled"
    assert len(found.suggestions) <= 3


def test_offsets_count_code_points_beyond_the_basic_plane(shelf: Shelf) -> None:
    exact = "🦉🦉 the anotation"
    found = _hint(shelf, exact)
    assert found is not None
    assert exact[found.start : found.end] == "anotation"


def test_a_passage_without_an_error_gets_no_hint(shelf: Shelf) -> None:
    assert _hint(shelf, "She wrote the letter in the house.") is None


@pytest.mark.parametrize(
    "exact",
    ["the ANOTATON", "the anotat10n", "anota_ton", "https://a.example/anotaton", "a .anotaton"],
)
def test_codes_and_addresses_are_no_errors(shelf: Shelf, exact: str) -> None:
    assert _hint(shelf, f"She wrote that {exact} with the letters of the house.") is None


def test_an_error_at_the_beginning_of_a_sentence_is_no_name(shelf: Shelf) -> None:
    found = _hint(shelf, "Becuase she wrote.", prefix="the letter. ")
    assert found is not None
    assert found.suggestions[0] == "Because"


def test_a_word_that_is_in_use_is_no_error_though_no_dictionary_knows_it(shelf: Shelf) -> None:
    assert _hint(shelf, "the blog") is None


def test_a_frequent_misspelling_is_an_error_though_it_is_in_use(shelf: Shelf) -> None:
    found = _hint(shelf, "in teh house")
    assert found is not None
    assert found.suggestions[0] == "the"


def test_a_word_that_the_site_accepts_is_left_alone(shelf: Shelf) -> None:
    assert _hint(shelf, "selects anotation", known=("anotation",)) is None


def test_a_word_that_the_page_repeats_counts_as_a_name(shelf: Shelf) -> None:
    once = _hint(shelf, "the lettr", page_text="the lettr")
    often = _hint(shelf, "the lettr", page_text="lettr lettr lettr lettr")
    assert once is not None
    assert often is None or often.score < once.score


def test_a_word_cut_short_by_the_selection_is_judged_whole(shelf: Shelf) -> None:
    assert _hint(shelf, "nnotati", prefix="the a", suffix="on of") is None


def test_an_error_beside_the_passage_is_not_pointed_at(shelf: Shelf) -> None:
    assert _hint(shelf, "letter", prefix="anotation ", suffix=" anotation") is None


def test_words_that_ran_together_are_told_apart(shelf: Shelf) -> None:
    found = _hint(shelf, "the page ofthe house")
    assert found is not None
    assert found.kind == "run-together"
    assert found.suggestions[0] == "of the"


def test_a_word_that_fell_in_two_is_joined(shelf: Shelf) -> None:
    found = _hint(shelf, "some informa tion in the letter")
    assert found is not None
    assert (found.kind, found.suggestions) == ("split-word", ("information",))


def test_a_space_that_moved_is_put_back(shelf: Shelf) -> None:
    found = _hint(shelf, "She wrote tha tpage in the house")
    assert found is not None
    assert (found.kind, found.word, found.suggestions) == (
        "split-word", "tha tpage", ("that page",)
    )  # fmt: skip


def test_a_usual_word_is_not_joined_with_its_neighbour(shelf: Shelf) -> None:
    found = _hint(shelf, "She wrote some thng in the letter")
    assert found is not None
    assert found.word == "thng"


def test_the_readers_correction_always_leads(shelf: Shelf) -> None:
    found = _hint(shelf, "an anotation of the letter", suggestion="a notation of the letter")
    assert found is not None
    assert found.kind == "corrected"
    assert found.suggestions == ("a notation",)
    assert found.word == "an anotation"


def test_a_correction_of_a_right_word_agrees_when_its_words_are_known(shelf: Shelf) -> None:
    found = _hint(shelf, "lost there letter", suggestion="lost their letter")
    assert found is not None
    assert (found.word, found.suggestions, found.agrees) == ("there", ("their",), True)


def test_a_correction_that_is_itself_misspelled_does_not_agree(shelf: Shelf) -> None:
    found = _hint(shelf, "anotation", suggestion="annottation")
    assert found is not None
    assert found.agrees is False


def test_without_a_dictionary_nothing_is_said_of_a_correction(shelf: Shelf) -> None:
    found = _hint(shelf, "anotation", suggestion="annotation", lang="xx")
    assert found is not None
    assert found.agrees is None


def test_a_deleted_word_is_pointed_at_too(shelf: Shelf) -> None:
    found = _hint(shelf, "in the the house", suggestion="in the house")
    assert found is not None
    assert (found.word.strip(), found.suggestions) == ("the", ())


def test_an_unknown_language_is_silent_about_spelling(shelf: Shelf) -> None:
    assert _hint(shelf, "the anotation", lang="xx") is None
    assert _hint(shelf, "the anotation", lang=None) is None


def test_a_region_falls_back_to_its_language(shelf: Shelf) -> None:
    assert _hint(shelf, "the anotation", lang="en-GB") is not None


@pytest.mark.parametrize("lang", ["", "../en", "e\0n", "en" * 200, "💥", "-", "en-"])
def test_odd_language_tags_do_no_harm(shelf: Shelf, lang: str) -> None:
    _hint(shelf, "the anotation", lang=lang)


@pytest.mark.parametrize(
    "exact", ["", " ", "’", "1", "a", "\u0301", "\ufffd", "a" * 1000, "é" * 999, "ab " * 333]
)
def test_odd_passages_do_no_harm(shelf: Shelf, exact: str) -> None:
    _hint(shelf, exact)


def test_all_findings_of_a_text_come_in_order(shelf: Shelf) -> None:
    found = findings("teh letter and the anotation", lang="en", shelf=shelf)
    assert [one.word for one in found] == ["teh", "anotation"]


def test_the_stored_form_is_the_contracts(shelf: Shelf) -> None:
    found = _hint(shelf, "the anotation")
    assert found is not None
    data = found.to_json()
    assert {"start", "end", "word", "suggestions"} <= set(data)
    assert data["suggestions"][0] == "annotation"
    assert "agrees" not in data


@pytest.mark.parametrize("word", ["colour", "organisation", "analysed", "labelled", "theatre"])
def test_british_spellings_are_no_errors(word: str) -> None:
    folder, name = bundled_english()
    language = Language("en", HunspellDictionary(folder, name), Vocabulary(None))
    assert language.knows(word)


@pytest.mark.parametrize("word", ["controll", "lettre", "recieve", "becuase", "untill"])
def test_misspellings_do_not_pass_for_british(word: str) -> None:
    folder, name = bundled_english()
    language = Language("en", HunspellDictionary(folder, name), Vocabulary(None))
    assert not language.knows(word)
