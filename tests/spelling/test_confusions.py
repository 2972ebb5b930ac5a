"""Right words in the wrong place are told by a few patterns; right sentences are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spelling.small_pack import add_small_english
from typo_reports.domain.selector import Selector
from typo_reports.spelling.confused import CONFUSED
from typo_reports.spelling.confusions import confusions
from typo_reports.spelling.engine import hint
from typo_reports.spelling.shelf import Shelf


def _found(text: str, lang: str) -> list[tuple[str, str]]:
    found = list(confusions(text, lang, lambda _word: True))
    assert all(text[one.start : one.end] == one.word for one in found)
    return [(one.word, one.suggestions[0]) for one in found]


WRONG = [
    ("en", "The cat lost its not so long tail", "its", "it's"),
    ("en", "a town of it’s own", "it’s", "its"),
    ("en", "they keep there own bees", "there", "their"),
    ("en", "Their are no bees", "Their", "There"),
    ("en", "it was more work then they wanted", "then", "than"),
    ("en", "she should of known", "of", "have"),
    ("en", "you may loose your key", "loose", "lose"),
    ("en", "it had no affect", "affect", "effect"),
    ("en", "this is to slow", "to", "too"),
    ("en", "eat a apple", "a", "an"),
    ("en", "An bridge fell", "An", "A"),
    ("en", "an user came", "an", "a"),
    ("es", "un poco mas tarde", "mas", "más"),
    ("es", "ella esta cantando", "esta", "está"),
    ("es", "el tren se a parado", "a", "ha"),
    ("es", "hablaba de si misma", "si", "sí"),
    ("es", "quiero saber donde vive", "donde", "dónde"),
    ("es", "¿Cuales son?", "Cuales", "Cuáles"),
    ("fr", "vous pouvez ouvrez la porte", "ouvrez", "ouvrer"),
    ("fr", "grâce a elle", "a", "à"),
    ("fr", "il à été vu", "à", "a"),
    ("fr", "il ne peux pas", "peux", "peut"),
    ("fr", "je peut venir", "peut", "peux"),
    ("ru", "он может вернутся домой", "вернутся", "вернуться"),
    ("ru", "это называться счастьем", "называться", "называется"),
    ("ru", "в течении года", "течении", "течение"),
    ("ru", "из за дождя", "из за", "из-за"),
    ("ru", "во первых, дождь", "во первых", "во-первых"),
    ("ru", "где то далеко", "где то", "где-то"),
    ("de", "Ich hoffe, das wir uns sehen", "das", "dass"),
    ("de", "seid vielen Jahren", "seid", "seit"),
    ("de", "im Bezug auf das Wetter", "im", "in"),
]


@pytest.mark.parametrize(("lang", "text", "wrong", "right"), WRONG)
def test_a_confused_word_is_told(lang: str, text: str, wrong: str, right: str) -> None:
    assert _found(text, lang) == [(wrong, right)]


RIGHT = [
    ("en", "The cat lost its tail, and it's not a long one of its own"),
    ("en", "their bees are there, if there is more then come"),
    ("en", "of course it must of necessity be so"),
    ("en", "an hour, a user, a European, a one-off, an unusual, a unit, an uninvited guest"),
    ("en", "from a to b, a and b, vitamin A is, a(b) of an x86"),
    ("es", "no vino, mas no importa; esta casa y estas casas; si él viene"),
    ("es", "como siempre, donde quieras, ¿Que no vienes?"),
    ("fr", "il a été vu à Paris, ou bien là où il peut être, qui que tu sois"),
    ("ru", "он может, нравится ей это; из этого следует, что делится; он вернётся"),
    ("ru", "в течение года; ни во вторых рядах; то, что где то же самое"),
    ("de", "Er sagte, das sei gut. Das Kind, das ich sehe. Seit Jahren seid ihr da"),
    ("xx", "they keep there own bees"),
    ("", ""),
]


@pytest.mark.parametrize(("lang", "text"), RIGHT)
def test_right_sentences_are_left_alone(lang: str, text: str) -> None:
    assert _found(text, lang) == []


def test_a_form_that_is_no_word_is_not_offered() -> None:
    known = {"peut", "liberté"}
    assert list(confusions("il peut liberté", "fr", known.__contains__)) == []
    assert list(confusions("an glorb", "en", {"an"}.__contains__)) == []


def test_new_verbs_take_the_usual_endings() -> None:
    found = list(confusions("он будет гуглится", "ru", {"он", "будет"}.__contains__))
    assert [one.suggestions for one in found] == [("гуглиться",)]


def test_the_hint_names_it_unless_the_site_accepts_it(tmp_path: Path) -> None:
    shelf = Shelf(add_small_english(tmp_path))
    selector = Selector("in there own house")
    found = hint(selector, lang="en", suggestion=None, shelf=shelf)
    assert found is not None
    assert (found.kind, found.word, found.suggestions) == ("grammar", "there", ("their",))
    assert hint(selector, lang="en", suggestion=None, shelf=shelf, known={"there"}) is None


@given(st.sampled_from(sorted(CONFUSED)), st.text(alphabet="aè что тся's. ,", max_size=2_000))
def test_any_text_is_read_and_spans_stay_inside(lang: str, text: str) -> None:
    for one in confusions(text, lang, lambda _word: True):
        assert 0 <= one.start < one.end <= len(text)
