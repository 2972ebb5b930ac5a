"""Passages as safe HTML: marked, bounded, quick, and the same to a second sanitiser."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.web import passage

TEXT = st.text(
    alphabet=st.one_of(st.sampled_from("<>&\"'/= abimgscrptonle;#x\n\0\x0b"), st.characters()),
    max_size=60,
).filter(lambda text: not any("\ud800" <= character <= "\udfff" for character in text))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.found += data


def read(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser


@given(TEXT, TEXT, TEXT)
def test_only_our_own_elements_come_out(prefix: str, exact: str, suffix: str) -> None:
    for html in (
        passage.marked_passage(prefix, exact, suffix),
        passage.marked_line(prefix, exact, suffix),
        passage.shown_diff(exact, suffix),
        passage.shown_text(exact),
    ):
        assert read(html).elements <= {"mark", "span", "del", "ins"}


@given(TEXT, TEXT)
def test_a_second_sanitiser_has_nothing_to_take_away(prefix: str, exact: str) -> None:
    html = str(passage.marked_passage(prefix, exact, ""))
    held = nh3.clean(
        html, tags={"mark", "span"}, attributes={"span": {"class", "title"}}, link_rel=None
    )
    assert read(held).found == read(html).found
    assert read(held).elements == read(html).elements


@pytest.mark.parametrize(
    "text", ["AT&T &copy; &lt;b&gt;", "<!-- a -->", "<script>x</script>", "a < b > c", "'\"`"]
)
def test_typed_markup_is_shown_as_it_was_typed(text: str) -> None:
    assert read(passage.shown_text(text)).found == text
    assert read(passage.marked_passage(text, text, text)).found == text * 3


def test_the_unseen_gets_a_label_and_a_name() -> None:
    html = passage.shown_text("soft\u00adhyphen")
    assert html == 'soft<span class="unseen" title="soft hyphen (U+00AD)">SHY</span>hyphen'


def test_letters_of_another_script_are_named_each_once() -> None:
    assert passage.lookalikes("the harb\u043eur b\u043ey") == [
        "\u043e = cyrillic small letter o (U+043E)"
    ]
    assert passage.lookalikes("the harbour\u00a0boy") == []
    assert passage.lookalikes("\u0437\u0438\u043c\u043d\u0438\u0439 sad") == []


def test_the_fix_of_one_word_is_put_into_the_passage() -> None:
    html = passage.shown_diff("a whole sentence with anotation in it", "annotation")
    assert html == "a whole sentence with <del>anotation</del><ins>annotation</ins> in it"


def test_a_line_is_cut_at_words() -> None:
    html = passage.marked_line("word " * 40, "x", " word" * 60)
    text = read(html).found
    assert text.startswith("… word word")
    assert text.endswith("word …")
    assert len(text) < 200


@pytest.mark.parametrize(
    "text", ["\u200b" * 1000, "<" * 1000, "&amp;" * 200, "аb" * 500, "<b>\u200b" * 250, "\n" * 1000]
)
def test_text_of_the_greatest_length_is_shown_quickly(text: str) -> None:
    begun = time.process_time()
    passage.marked_passage("<" * 200, text, "<" * 200)
    passage.shown_diff(text, text[::-1])
    assert time.process_time() - begun < 0.5


def test_half_words_at_the_ends_of_the_surroundings_are_left_out() -> None:
    before = "alf of a word stands before this passage and then comes "
    after = " and after it the text goes on until a word is cut in ha"
    assert passage.surroundings(before, after) == (
        "… of a word stands before this passage and then comes ",
        " and after it the text goes on until a word is cut in …",
    )


def test_the_beginning_of_a_text_and_scripts_without_spaces_are_kept_whole() -> None:
    assert passage.surroundings("It ", " end.") == ("It ", " end.")
    chinese = "港口" * 30
    assert passage.surroundings(chinese, chinese) == ("…" + chinese, chinese + "…")
