"""How suspicious a word is: what is named when a reader has selected little, or when forced to."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.dictionary import HunspellDictionary
from typo_reports.spelling.engine import Hint, findings, hint
from typo_reports.spelling.language import Language
from typo_reports.spelling.page_words import PageWords
from typo_reports.spelling.shelf import Pack, Shelf
from typo_reports.spelling.vocabulary import Vocabulary, compile_vocabulary
from typo_reports.spelling.words import words_of


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = add_small_english(tmp_path_factory.mktemp("pack"))
    nouns = {"das": 7.0, "ist": 7.0, "haus": 5.4, "arbeit": 5.5, "und": 7.4, "zeit": 5.8}
    (folder / "de.aff").write_text("SET UTF-8\n", encoding="utf-8")
    words = ["das", "ist", "Haus", "Arbeit", "und", "Zeit"]
    (folder / "de.dic").write_text("\n".join([str(len(words)), *words]) + "\n", encoding="utf-8")
    compile_vocabulary(folder / "de.words", nouns, {"rendering": 3.9})
    Pack("de", "tests", "none", "tests", "none", len(words)).save(folder)
    return Shelf(folder)


def _hint(
    shelf: Shelf, exact: str, lang: str = "en", page: str = "", at_least: float | None = None
) -> Hint | None:
    words = PageWords.of(page)
    selector = Selector(exact, "", "")
    return hint(selector, lang=lang, suggestion=None, shelf=shelf, page=words, at_least=at_least)


def test_the_only_strange_word_is_named_even_without_a_fix(shelf: Shelf) -> None:
    found = _hint(shelf, "She wrote the zzyzzyxq to the house with the page.")
    assert found is not None
    assert (found.word, found.suggestions) == ("zzyzzyxq", ())


def test_of_several_strange_words_none_is_named_unless_somebody_must_be(shelf: Shelf) -> None:
    sentence = "She wrote the zzyzzyxq to the xxvvyyw with the qqvvxxw of the page."
    assert _hint(shelf, sentence) is None
    assert _hint(shelf, sentence, at_least=-math.inf) is not None


def test_among_strange_words_the_one_with_a_near_fix_is_named(shelf: Shelf) -> None:
    found = _hint(shelf, "She wrote the zzyzzyxq to the leterr with the qqvvxxw of the page.")
    assert found is not None
    assert (found.word, found.suggestions[0]) == ("leterr", "letter")


def test_a_word_with_a_fix_comes_before_one_without(shelf: Shelf) -> None:
    found = _hint(shelf, "The zzyzzyxq anotation to the letter.", at_least=-math.inf)
    assert found is not None
    assert found.word == "anotation"


def test_even_when_forced_a_right_sentence_has_no_suspect(shelf: Shelf) -> None:
    assert _hint(shelf, "She wrote the letter in the house.", at_least=-math.inf) is None


def test_the_less_is_selected_the_less_it_needs_to_be_named(shelf: Shelf) -> None:
    assert _hint(shelf, "wrote to Anotaton and Anotaton") is not None
    assert _hint(shelf, "She wrote to Anotaton and Anotaton in the house.") is None


def test_what_looks_like_a_name_is_doubted_less(shelf: Shelf) -> None:
    usual = _hint(shelf, "She wrote to anotaton in the house.")
    name = _hint(shelf, "She wrote to Anotaton in the house.", at_least=-math.inf)
    assert usual is not None
    assert name is not None
    assert name.score < usual.score - 4


def test_a_heading_in_capitals_is_read_too(shelf: Shelf) -> None:
    found = _hint(shelf, "LETTERS RECIEVED")
    assert found is not None
    assert (found.word, found.suggestions[0]) == ("RECIEVED", "RECEIVED")


def test_the_more_the_page_repeats_a_word_the_less_it_is_doubted(shelf: Shelf) -> None:
    scores = []
    for times in (1, 4, 40):
        page = "anotaton " * times
        found = _hint(shelf, "She wrote anotaton", page=page, at_least=-math.inf)
        assert found is not None
        scores.append(found.score)
    assert scores[0] > scores[1] + 1 > scores[2] + 2


def test_known_words_of_the_page_are_no_kin(shelf: Shelf) -> None:
    page = PageWords.of("annotations letters letter letterrs")
    assert page.kin("letterrs", lambda word: word in {"letter", "letters"}) == 1
    assert page.kin("letterrs", lambda word: False) == 3


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("She wrote the anotaton in", "She wrote the anotaton(1) in"),
        ("She wrote the anotaton in", "She wrote the --anotaton in"),
        ("She wrote the leter in", "She wrote the ltr in"),
    ],
)
def test_code_and_abbreviations_are_doubted_less(shelf: Shelf, usual: str, odd: str) -> None:
    first = _hint(shelf, usual, at_least=-math.inf)
    second = _hint(shelf, odd, at_least=-math.inf)
    assert first is not None
    assert second is None or second.score < first.score - 1


def test_names_do_not_use_up_what_is_judged(shelf: Shelf) -> None:
    names = ", ".join(f"Zq{chr(97 + at)}zzq" for at in range(20))
    found = _hint(shelf, f"She wrote to {names} and the anotation.")
    assert found is not None
    assert found.word == "anotation"


def test_the_last_part_of_a_german_compound_has_no_capital(shelf: Shelf) -> None:
    assert _hint(shelf, "das Haus und -arbeit", lang="de", at_least=-math.inf) is None
    assert _hint(shelf, "das Haus und arbeit", lang="de") is not None


def test_a_german_noun_without_its_capital_is_an_error_however_frequent(shelf: Shelf) -> None:
    found = findings("das ist das haus und das", lang="de", shelf=shelf)
    assert [(one.word, one.suggestions[0]) for one in found] == [("haus", "Haus")]


@pytest.mark.parametrize("text", ["das ist Arbeits- und Zeit", "das ist Arbeits-Zeit"])
def test_what_a_hyphen_leaves_open_is_no_error(shelf: Shelf, text: str) -> None:
    assert _hint(shelf, text, lang="de", at_least=-math.inf) is None


def test_a_word_in_use_is_offered_though_no_dictionary_knows_it(shelf: Shelf) -> None:
    found = _hint(shelf, "das ist das renderinng und das", lang="de")
    assert found is not None
    assert found.suggestions == ("rendering",)


def test_a_name_that_the_page_writes_otherwise_is_named(shelf: Shelf) -> None:
    page = "TokenStream is a house. TokenStream had the TokenStream in TokenSteam."
    found = _hint(shelf, "in TokenSteam with the page", page=page)
    assert found is not None
    assert found.suggestions == ("TokenStream",)


@pytest.mark.parametrize("other", ["TokenStreams", "tokenstream"])
def test_the_pages_plurals_and_small_letters_are_no_correction(shelf: Shelf, other: str) -> None:
    page = f"{other} is {other} and {other} is TokenStream."
    assert _hint(shelf, "in TokenStream with the page", page=page) is None


def test_digits_that_differ_are_no_error(shelf: Shelf) -> None:
    page = "ABCDEF1 is ABCDEF1 and ABCDEF2 is."
    assert _hint(shelf, "in ABCDEF2 with the page", page=page, at_least=-math.inf) is None


def test_only_possible_letters_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = add_small_english(tmp_path)
    assert Vocabulary(folder / "en.words").looks_possible("annotatqon"), (
        "a short list tells nothing"
    )
    assert Vocabulary(None).looks_possible("annotatqon")
    monkeypatch.setattr("typo_reports.spelling.vocabulary._THREES_LEAST", 50)
    vocabulary = Vocabulary(folder / "en.words")
    assert vocabulary.looks_possible("annotation")
    assert not vocabulary.looks_possible("annotatqon")
    assert vocabulary.looks_possible("q'annotation"), "lists cut words at apostrophes"


def test_a_word_knows_of_the_hyphen_behind_it() -> None:
    assert [word.hyphen for word in words_of("Vor- und Nachteile")] == [True, False, False]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    exact=st.one_of(
        st.text(max_size=1000),
        st.text(alphabet="aeq' -\u0301\u00ad", min_size=500, max_size=1000),
        st.lists(st.text("abcdeq", min_size=30, max_size=40), max_size=25).map(" ".join),
    ),
    lang=st.sampled_from(["en", "de"]),
)
def test_hostile_passages_are_read_in_bounded_time_and_point_inside(
    shelf: Shelf, exact: str, lang: str
) -> None:
    begun = time.process_time()
    found = _hint(shelf, exact, lang=lang, page=exact * 3, at_least=-math.inf)
    # Twelve words at most are judged; a blow-up would take minutes.
    assert time.process_time() - begun < 20
    if found is not None:
        assert 0 <= found.start < found.end <= len(exact)
        assert len(found.suggestions) <= 3


def test_at_most_so_many_words_are_judged(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    language = shelf.language("en")
    assert isinstance(language, Language)
    assert isinstance(language.dictionary, HunspellDictionary)
    usual = language.fixes
    monkeypatch.setattr(
        language,
        "fixes",
        lambda plain, *rest, **more: asked.append(plain) or usual(plain, *rest, **more),
    )
    _hint(shelf, " ".join(f"zq{chr(97 + at)}zzq" for at in range(26)))
    assert len(asked) == 12
