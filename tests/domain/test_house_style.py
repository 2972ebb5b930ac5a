"""Which reports an entry of the house style answers."""

from __future__ import annotations

import pytest

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.house_style import Entry, checked_entry, key_of, keys_of_report
from typo_reports.domain.selector import Selector

TEXT = "He sent an E-Mail to the Zoë & Co, as usual. Thruway traffic was thin on the thruway."


def answers(
    entry: Entry, exact: str, suggestion: str | None = None, lang: str | None = "en"
) -> bool:
    checked = checked_entry(entry)
    at = TEXT.index(exact)
    selector = Selector.from_text(TEXT, at, at + len(exact))
    key = key_of(checked.text, checked.kind, checked.lang)
    return key in keys_of_report(selector, suggestion, lang)


@pytest.mark.parametrize("exact", ["thruway", "thruway.", "Thruway"])
def test_a_word_is_answered_with_its_punctuation_and_at_the_beginning(exact: str) -> None:
    assert answers(Entry("thruway"), exact)


def test_a_word_is_answered_when_a_longer_selection_corrects_just_it() -> None:
    assert answers(Entry("thruway"), "thin on the thruway", "thin on the throughway")
    assert not answers(Entry("thruway"), "thin on the thruway", "thick on the thruway")
    assert not answers(Entry("thruway"), "thin on the thruway")


def test_case_and_accents_count() -> None:
    assert answers(Entry("E-Mail"), "E-Mail")
    assert not answers(Entry("E-mail"), "E-Mail")
    assert not answers(Entry("Zoe"), "Zoë")
    assert answers(Entry("Zoe\u0308"), "Zoë")


def test_a_passage_is_answered_only_whole() -> None:
    entry = Entry("as usual. Thruway", "passage")
    assert answers(entry, "as usual. Thruway")
    assert not answers(entry, "Thruway")
    assert not answers(Entry("thruway", "passage"), "thin on the thruway", "thin on the throughway")


@pytest.mark.parametrize(
    ("entry", "page", "is_answered"),
    [("", None, True), ("", "de", True), ("en", "en-GB", True), ("en-GB", "en", False),
     ("en-gb", "en-GB", True), ("de", "en", False), ("de", None, False)],
)  # fmt: skip
def test_the_language_of_the_page_decides(entry: str, page: str | None, is_answered: bool) -> None:
    assert answers(Entry("thruway", lang=entry), "thruway", lang=page) is is_answered


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Entry("  ... "), "text"),
        (Entry("x" * 301), "text"),
        (Entry("a\0"), "text"),
        (Entry("a", "regexp"), "kind"),
        (Entry("a", lang="not a tag"), "lang"),
        (Entry("a", note="x" * 501), "note"),
    ],
)
def test_what_can_not_be_kept_is_named(entry: Entry, field: str) -> None:
    with pytest.raises(InvalidFieldsError) as refused:
        checked_entry(entry)
    assert [error.field for error in refused.value.errors] == [field]


def test_the_look_up_is_bounded() -> None:
    selector = Selector("Ab " * 333, "", "", None, None)
    assert len(keys_of_report(selector, "Ac " * 333, "en-GB-oxendict")) <= 18
