"""Making a language's pack from dictionaries in any encoding, and loading it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.spelling.small_pack import add_small_english
from typo_reports.spelling.conversion import convert
from typo_reports.spelling.dictionary import DictionaryError, HunspellDictionary
from typo_reports.spelling.installing import add_language, licence_line, remove_language
from typo_reports.spelling.shelf import COMPILED, Shelf
from typo_reports.spelling.sources import checked_code, fetched_wheel, in_folders


def _latin_1(folder: Path, name: str = "xx_XX") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_bytes("SET ISO8859-1\nTRY éa\n".encode("latin-1"))
    (folder / f"{name}.dic").write_bytes("2\ncafé\nmaison\n".encode("latin-1"))
    (folder / f"{name}.license").write_text("Mozilla Public License 2.0")
    return folder


def test_a_latin_1_dictionary_is_converted(tmp_path: Path) -> None:
    source = _latin_1(tmp_path / "source")
    said: list[str] = []
    pack = add_language(
        tmp_path / "packs", "xx", say=said.append, from_folder=source, may_fetch=False
    )
    assert pack.licence == "MPL"
    assert HunspellDictionary(tmp_path / "packs", "xx").knows("café")
    assert [one.code for one in Shelf(tmp_path / "packs").packs()] == ["xx"]
    assert any("no word frequencies" in words for words in said)


def test_a_dictionary_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(DictionaryError, match="not in klingon"):
        convert(b"SET KLINGON\n", b"1\nword\n")


def test_a_dictionary_that_lies_about_its_encoding_is_refused() -> None:
    with pytest.raises(DictionaryError, match="not in utf-8"):
        convert(b"SET UTF-8\n", "1\ncafé\n".encode("latin-1"))


def test_a_dictionary_without_encoding_is_latin_1() -> None:
    rules, words = convert(b"TRY a\n", "1\ncafé\n".encode("latin-1"))
    assert rules.startswith("SET UTF-8\n")
    assert "café" in words


@pytest.mark.parametrize("code", ["", "..", "../../etc", "e", "english", "en-", "ru;ls", "-x"])
def test_what_is_no_language_code_is_refused(code: str) -> None:
    with pytest.raises(DictionaryError, match="not a language code"):
        checked_code(code)


def test_a_language_without_dictionary_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="--from"):
        add_language(tmp_path, "xx", say=print, may_fetch=False)


def test_a_folder_without_the_language_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryError, match="holds no"):
        add_language(tmp_path, "xx", say=print, from_folder=tmp_path, may_fetch=False)


def test_the_usual_dictionary_of_a_language_is_preferred(tmp_path: Path) -> None:
    for name in ("de_AT", "de_DE", "de_CH"):
        _latin_1(tmp_path, name)
    found = in_folders("de", (tmp_path,))
    assert found is not None
    assert found.source.endswith("de_DE.dic")


def test_english_is_made_from_what_is_installed_when_first_needed(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        add_small_english(folder)

    shelf = Shelf(tmp_path / "packs", make)
    assert shelf.language("de") is None
    assert made == []
    assert shelf.language("en-US") is not None
    assert shelf.language("en") is not None
    assert made == [tmp_path / "packs"]


def test_a_damaged_pack_does_without_and_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add_small_english(tmp_path)
    (tmp_path / "en.dic").unlink()
    assert Shelf(tmp_path).language("en") is None
    assert "en.dic is missing" in caplog.text


def test_a_damaged_description_is_left_out_of_the_list(tmp_path: Path) -> None:
    add_small_english(tmp_path)
    (tmp_path / "ru.json").write_text(json.dumps({"code": "ru"}))
    assert [pack.code for pack in Shelf(tmp_path).packs()] == ["en"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "not stated with the dictionary"),
        ("This is under the Mozilla Public License.", "MPL"),
        ("GNU Lesser General Public License", "LGPL"),
        ("May be used by everybody.\nReally.", "May be used by everybody."),
    ],
)
def test_licences_are_said_in_one_line(text: str, line: str) -> None:
    assert licence_line(text) == line


@pytest.mark.slow
def test_the_english_that_comes_with_the_product_works(tmp_path: Path) -> None:
    from typo_reports.domain.selector import Selector
    from typo_reports.spelling.engine import hint
    from typo_reports.spelling.installing import make_english

    shelf = Shelf(tmp_path, make_english)
    found = hint(
        Selector("We recieved you're definately long letter."),
        lang="en", suggestion=None, shelf=shelf,
    )  # fmt: skip
    assert found is not None
    assert found.suggestions[0] in {"received", "definitely"}


def test_a_failed_attempt_keeps_the_older_pack(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    add_language(packs, "xx", say=print, from_folder=_latin_1(tmp_path / "a"), may_fetch=False)
    (_latin_1(tmp_path / "b") / "xx_XX.aff").write_bytes(b"SET KLINGON\n")
    with pytest.raises(DictionaryError):
        add_language(packs, "xx", say=print, from_folder=tmp_path / "b", may_fetch=False)
    assert HunspellDictionary(packs, "xx").knows("café")
    assert [pack.code for pack in Shelf(packs).packs()] == ["xx"]


def test_what_was_fetched_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "wordfreq-1.0-py3-none-any.whl").write_bytes(b"fetched before")
    said: list[str] = []
    found = fetched_wheel("wordfreq", tmp_path, said.append)
    assert found == tmp_path / "wordfreq-1.0-py3-none-any.whl"
    assert said == []


def test_why_nothing_could_be_fetched_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    said: list[str] = []
    assert fetched_wheel("wordfreq", tmp_path, said.append) is None
    assert any(words.startswith("Not to be had: ") for words in said)


def test_a_removed_language_is_gone(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    add_language(packs, "xx", say=print, from_folder=_latin_1(tmp_path / "a"), may_fetch=False)
    shelf = Shelf(packs)
    assert shelf.language("xx") is not None
    assert remove_language(packs, "xx")
    assert list(packs.iterdir()) == []
    assert shelf.language("xx") is None
    assert not remove_language(packs, "xx")


def test_a_pack_of_an_older_version_says_that_it_can_be_made_better(tmp_path: Path) -> None:
    folder = add_small_english(add_small_english(tmp_path), "de")
    assert [(pack.code, pack.is_outdated) for pack in Shelf(folder).packs()] == [
        ("de", True),
        ("en", False),
    ]
    described = folder / "de.json"
    described.write_text(json.dumps(json.loads(described.read_text()) | {"compiled": COMPILED}))
    assert not any(pack.is_outdated for pack in Shelf(folder).packs())


def test_a_new_pack_is_not_outdated(tmp_path: Path) -> None:
    source = _latin_1(tmp_path / "source")
    add_language(tmp_path / "packs", "xx", say=print, from_folder=source, may_fetch=False)
    assert not Shelf(tmp_path / "packs").packs()[0].is_outdated
