"""The catalogues in translations/: up to date, and nothing lost between English and them."""

from __future__ import annotations

from collections import Counter

import pytest
from babel.messages.catalog import Message

from tests.environment import messages
from typo_reports.catalogues import UNTOUCHED, catalogue, forms
from typo_reports.domain.languages import ENGLISH, LANGUAGES, PSEUDO
from typo_reports.domain.urgency import POSITION_WORDS
from typo_reports.domain.words import N_, NN_

STORED = sorted(path.stem for path in messages.CATALOGUES.glob("*.po"))


def _ids(language: str) -> set[str]:
    return {str(message.id) for message in messages.stored(language) if message.id}


def _kept(text: str) -> Counter[str]:
    return Counter(UNTOUCHED.findall(text))


def _is_faithful(message: Message) -> bool:
    """Whether every form holds what one of the English forms holds; a number may be left out."""
    english = [_kept(form) for form in forms(message.id)]
    numbers = {"%(num)s", "%(count)s", "{count}"} if len(english) > 1 else set()

    def bare(kept: Counter[str]) -> Counter[str]:
        return Counter({name: n for name, n in kept.items() if name not in numbers})

    return all(
        any(bare(_kept(form)) == bare(one) for one in english)
        for form in forms(message.string)
        if form
    )


def test_the_template_holds_the_words_of_the_code() -> None:
    found = {str(message.id) for message in messages.extracted() if message.id}
    assert _ids("desk") == found, "run: make messages"


def test_the_languages_offered_are_those_with_a_catalogue() -> None:
    assert set(LANGUAGES) == {ENGLISH, *STORED}


def test_every_catalogue_is_faithful_and_none_is_guessed() -> None:
    for language in STORED:
        found = messages.stored(language)
        lost = [message.id for message in found if message.id and not _is_faithful(message)]
        fuzzy = [message.id for message in found if message.id and message.fuzzy]
        assert (language, lost, fuzzy) == (language, [], [])
        assert _ids(language) == _ids("desk"), "run: make messages"


def test_every_catalogue_has_all_forms_of_what_it_has() -> None:
    for language in STORED:
        found = messages.stored(language)
        for message in found:
            texts = forms(message.string)
            if message.pluralizable and any(texts):
                assert (message.id, len(texts), all(texts)) == (message.id, found.num_plurals, True)


def test_the_docs_say_how_complete_the_catalogues_are() -> None:
    page = messages.COMPLETENESS.read_text("utf-8")
    assert messages.with_completeness(page) == page, "run: make messages"


def test_a_language_without_a_row_in_the_docs_is_noticed() -> None:
    with pytest.raises(ValueError, match="has no row"):
        messages.with_completeness("| English | the original | |")


@pytest.mark.parametrize("translation", ["Neue %(nane)s", "%(name)s <i>neu</i>", "Neu"])
def test_a_lost_placeholder_or_tag_is_noticed(translation: str) -> None:
    assert not _is_faithful(Message("New <b>%(name)s</b>", translation))


def test_a_faithful_translation_is_taken() -> None:
    assert _is_faithful(Message("New <b>%(name)s</b>", "<b>%(name)s</b>, neu"))


def test_an_english_text_is_said_as_it_is() -> None:
    words = N_("At most %(most)s words.", most=8)
    assert (str(words), catalogue(ENGLISH).said(words)) == ("At most 8 words.",) * 2


def test_a_text_in_another_language_keeps_its_values() -> None:
    words = N_("At most %(most)s words.", most="%s of <b>")
    assert "%s of <b>" in catalogue(PSEUDO).said(words)
    assert catalogue(PSEUDO).said(words).startswith("[Át")


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("de", 1, "1 Leser"),
        ("ru", 1, "1 читатель"),
        ("ru", 3, "3 читателя"),
        ("ru", 11, "11 читателей"),
        ("uk", 21, "21 читач"),
        ("fr", 0, "0 lecteur"),
        ("es", 1234, "1.234 lectores"),
        ("de", 1234, "1.234 Leser"),
    ],
)
def test_a_number_chooses_the_form_and_is_written_as_people_do(
    language: str, number: int, said: str
) -> None:
    words = NN_("%(num)s reader", "%(num)s readers", number)
    assert catalogue(language).said(words) == said


def test_words_of_a_position_keep_the_capitals_of_the_language() -> None:
    assert catalogue("de").said(POSITION_WORDS["headline"]) == "Überschrift"
    assert catalogue("de").said(POSITION_WORDS["body"]) == "Haupttext"
    assert catalogue("fr").said(POSITION_WORDS["headline"]) == "titre"


def test_a_whole_number_among_the_values_is_written_as_people_do() -> None:
    words = N_("%(days)s d %(hours)s h", days=1200, hours=5)
    assert (str(words), catalogue("de").said(words)) == ("1,200 d 5 h", "1.200 Tg 5 h")
