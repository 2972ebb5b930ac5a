"""The corpora that the speller is measured with are made of what really was corrected."""

from __future__ import annotations

import gettext
import random
import struct
from pathlib import Path

import pytest

from bench.evaluate_corpus import read_corpus
from bench.spelling_releases import changes, documents, write
from bench.spelling_slips import doubled, left_out, swapped

_OLD = "The reader selects the anotation in the page.\nIt is sent to the desk.\n"


def _page(folder: Path, text: str, name: str = "paper/en/a.txt") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path.parents[1]


def _changed(tmp_path: Path, before: str, after: str) -> list[tuple[str, str]]:
    old, new = _page(tmp_path / "old", before), _page(tmp_path / "new", after)
    found = changes(list(documents(old, ["en"])), list(documents(new, ["en"])))
    return [(one.error, one.correction) for one in found]


def test_one_word_of_a_line_was_corrected(tmp_path: Path) -> None:
    assert _changed(tmp_path, _OLD, _OLD.replace("anotation", "annotation")) == [
        ("anotation", "annotation")
    ]


def test_a_word_that_fell_into_two_was_corrected(tmp_path: Path) -> None:
    before = "The reader selects ofthe page a part.\n"
    assert _changed(tmp_path, before, before.replace("ofthe", "of the")) == [("ofthe", "of the")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the anotation in", "the Anotation in"),
        ("the anotation in", "the anota-tion in"),
        ("the anotation in", "the paragraph in"),
        ("the anotation in", "the anotation within a"),
        ("the anotation in", "the anotation in"),
        ("the a1 in", "the a2 in"),
    ],
)
def test_what_is_no_correction_of_a_word_is_left_out(
    tmp_path: Path, before: str, after: str
) -> None:
    line = "The reader of this page selects {} a page.\n"
    assert _changed(tmp_path, line.format(before), line.format(after)) == []


def test_lines_that_stay_elsewhere_on_the_page_were_not_corrected(tmp_path: Path) -> None:
    assert _changed(tmp_path, _OLD, _OLD + _OLD.replace("anotation", "annotation")) == []


def test_an_untranslated_line_is_not_of_the_language(tmp_path: Path) -> None:
    old = _page(tmp_path / "old", _OLD, "paper/de/a.txt")
    new = _page(tmp_path / "new", _OLD.replace("anotation", "annotation"), "paper/de/a.txt")
    found = list(changes(list(documents(old, ["de"])), list(documents(new, ["de"]))))
    assert found == []


def test_the_corpus_can_be_read_and_shows_the_error_at_its_place(tmp_path: Path) -> None:
    old = _page(tmp_path / "old", _OLD)
    new = _page(tmp_path / "new", _OLD.replace("anotation", "annotation"))
    write(tmp_path / "out", list(changes(list(documents(old, ["en"])), [*documents(new, ["en"])])))
    (correction,) = read_corpus(tmp_path / "out")
    assert correction.captured.span is not None
    start, end = correction.captured.span
    assert correction.captured.text[start:end] == "anotation"
    assert correction.after.text == correction.captured.text.replace("anotation", "annotation")


def _catalogue(path: Path, messages: dict[str, str]) -> None:
    """A compiled catalogue of gettext; its format is described in gettext's manual, 10.3."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(messages.items())
    at, tables, body = 28 + 16 * len(ordered), ([], []), b""
    for kind, table in enumerate(tables):
        for message in ordered:
            text = message[kind].encode()
            table.append(struct.pack("<II", len(text), at + len(body)))
            body += text + b"\0"
    size = 8 * len(ordered)
    head = struct.pack("<IIIIIII", 0x950412DE, 0, len(ordered), 28, 28 + size, 0, 0)
    path.write_bytes(head + b"".join(tables[0] + tables[1]) + body)


def test_catalogues_give_both_the_translation_and_the_english(tmp_path: Path) -> None:
    path = tmp_path / "paper/locale/de/LC_MESSAGES/a.mo"
    _catalogue(
        path, {"": "Content-Type: text/plain; charset=UTF-8", "The _page\nof the": "Die Seite"}
    )
    with path.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("The _page\nof the") == "Die Seite"
    found = {one.language: list(one.lines) for one in documents(tmp_path / "paper", ["en", "de"])}
    assert found == {"de": ["Die Seite"], "en": ["The page", "of the"]}


def test_a_broken_catalogue_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "paper/locale/de/LC_MESSAGES/a.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xde\x12\x04\x95 nothing of the kind")
    assert [one.lines for one in documents(tmp_path / "paper", ["de"])] == [[]]


def test_slips_differ_by_one_stroke() -> None:
    rng = random.Random(1)
    for word in ("letter", "annotation", "Zeitung"):
        assert sorted(swapped(word, rng, "en") or "") == sorted(word)
        assert len(left_out(word, rng, "en") or "") == len(word) - 1
        assert len(doubled(word, rng, "en") or "") == len(word) + 1
    assert swapped("ooo", rng, "en") is None
