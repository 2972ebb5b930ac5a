"""Words behind an apostrophe are corrected as they stand alone, and get back what stood before."""

from __future__ import annotations

from pathlib import Path

import pytest

from typo_reports.spelling.elision import cut, is_well_elided
from typo_reports.spelling.language import Language
from typo_reports.spelling.shelf import Pack, Shelf
from typo_reports.spelling.vocabulary import compile_vocabulary

_WORDS = {"exception": 4.5, "option": 4.4, "elle": 6.5, "est": 7.2, "erreur": 4.9, "chat": 4.5}


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Language:
    folder: Path = tmp_path_factory.mktemp("pack")
    (folder / "fr.aff").write_text("SET UTF-8\n", encoding="utf-8")
    lines = [str(len(_WORDS)), *_WORDS]
    (folder / "fr.dic").write_text("\n".join(lines) + "\n", encoding="utf-8")
    compile_vocabulary(folder / "fr.words", _WORDS, {})
    Pack("fr", "tests", "none", "tests", "none", len(_WORDS)).save(folder)
    language = Shelf(folder).language("fr")
    assert language is not None
    return language


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("l'exeption", "l'exception"),
        ("L'exeption", "L'exception"),
        ("qu'ele", "qu'elle"),
        ("d'ereur", "d'erreur"),
        ("loption", "l'option"),
        ("nest", "n'est"),
    ],
)
def test_the_fix_has_the_elided_word_before_it(french: Language, written: str, meant: str) -> None:
    assert french.candidates(written)[0].text == meant


@pytest.mark.parametrize("written", ["aujourd'hui", "l'", "'exception", "rock'n"])
def test_other_apostrophes_are_no_elision(written: str) -> None:
    assert cut("fr", written) == ("", written)


def test_only_some_languages_elide() -> None:
    assert cut("en", "l'exception") == ("", "l'exception")
    assert cut("it", "dell'arte") == ("dell'", "arte")


@pytest.mark.parametrize("form", ["d'chat", "'exception", "exception'", "-chat"])
def test_an_elided_word_before_a_consonant_is_never_offered(form: str) -> None:
    assert not is_well_elided("fr", form)
