"""Words that dictionaries lack though their parts are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from typo_reports.spelling.affixes import is_made_of_known
from typo_reports.spelling.clitics import is_verb_with_pronouns, open_dictionary

KNOWN = {
    "конфигурация", "архитектура", "недоступный", "безумие", "согласие", "обратный", "format",
    "Server", "Vorlagen", "Klassen", "Selektor", "pasar", "pasando", "decir", "diga", "nombra",
    "connect", "Funktion", "Aufruf",
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("ru", "автоконфигурация"),
        ("ru", "архитектур"),
        ("ru", "недоступнее"),
        ("ru", "безумий"),
        ("ru", "согласье"),
        ("ru", "обратна"),
        ("en", "reformat"),
        ("en-gb", "autoconnect"),
        ("de", "servervorlagen"),
        ("de", "klassenselektor"),
        ("de", "funktionsaufruf"),
    ],
)
def test_words_made_of_known_ones_are_told(code: str, word: str) -> None:
    assert is_made_of_known(code, word, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("code", "word"),
    [("ru", "конфигурацая"), ("en", "refromat"), ("de", "serverworlagen"), ("xx", "reformat"),
     ("en", "re"), ("de", ""), ("de", "server" + "x" * 990 + "vorlagen"), ("fr", "servervorlagen")],
)  # fmt: skip
def test_others_are_not(code: str, word: str) -> None:
    assert not is_made_of_known(code, word, KNOWN.__contains__)


@pytest.mark.parametrize("word", ["pasarlo", "pasándole", "decírselo", "dígamelo", "nómbralos"])
def test_spanish_verbs_take_pronouns(word: str) -> None:
    assert is_verb_with_pronouns(word, KNOWN.__contains__)


@pytest.mark.parametrize("word", ["pasandole", "decirselo", "nombralos", "pasáble", "lo", ""])
def test_spanish_verbs_with_pronouns_need_their_accent(word: str) -> None:
    assert not is_verb_with_pronouns(word, KNOWN.__contains__)


def test_only_spanish_dictionaries_know_them(tmp_path: Path) -> None:
    for code in ("es", "it"):
        (tmp_path / f"{code}.aff").write_text("SET UTF-8\n", encoding="utf-8")
        (tmp_path / f"{code}.dic").write_text("1\npasando\n", encoding="utf-8")
    assert open_dictionary(tmp_path, "es").knows("pasándole")
    assert not open_dictionary(tmp_path, "es").knows("pasandole")
    assert not open_dictionary(tmp_path, "it").knows("pasándole")
    assert open_dictionary(tmp_path, "es").suggests("pasandoo") == ["pasando"]
