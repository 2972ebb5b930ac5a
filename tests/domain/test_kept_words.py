"""Sentences that are stored and said later in other languages."""

from __future__ import annotations

import pytest

from typo_reports.catalogues import catalogue
from typo_reports.domain.kept_words import added, sentences_of
from typo_reports.domain.languages import PSEUDO
from typo_reports.domain.words import N_, NN_


def test_what_is_kept_reads_in_english_as_it_was_said() -> None:
    kept = added(None, N_("The page's server answers %(status)s.", status=503))
    kept = added(kept, NN_("At most %(num)s word.", "At most %(num)s words.", 1200))
    assert sentences_of(kept) == ["The page's server answers 503.", "At most 1,200 words."]


def test_what_is_kept_can_be_said_in_another_language() -> None:
    kept = added(None, NN_("At most %(num)s word.", "At most %(num)s words.", 1200))
    assert [catalogue("de").said(one) for one in sentences_of(kept)] == ["Höchstens 1.200 Wörter."]


def test_words_within_words_are_kept() -> None:
    inner = N_("Its server wants no request.")
    kept = added(None, N_("%(address)s: %(words)s", address="https://a.example", words=inner))
    said = catalogue("fr").said(sentences_of(kept)[0])
    assert said == "https://a.example\u00a0: Son serveur ne veut pas de requête."


@pytest.mark.parametrize("text", ["The server is down.", "5", '"quoted"', "{}", "[broken"])
def test_text_from_before_stays_as_it_is(text: str) -> None:
    assert sentences_of(text) == [text]
    assert sentences_of(added(text, N_("Done.")))[0] == text


def test_nothing_kept_is_no_sentence() -> None:
    assert sentences_of(None) == sentences_of("") == []


def test_a_kept_value_is_no_format() -> None:
    kept = added(None, N_("%(address)s: %(words)s", address="%(words)s", words="%s"))
    assert "%(words)s: %s" in catalogue(PSEUDO).said(sentences_of(kept)[0])
