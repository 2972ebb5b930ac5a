"""HTML gives the text that a browser shows, and every letter knows where it came from."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typo_reports.pages.text import may_unfold, page_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One  two\n three</p>", "One two three"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<p>Two", "One\nTwo"),
        ("one<br>two", "one\ntwo"),
        ("<table><tr><td>a<td>b<tr><th>c</table>", "a\nb\nc"),
        ("an<b>ot</b>at<i>ion</i>", "anotation"),
        ("a <b> b</b> c", "a b c"),
        ("Fish &amp; chips &copy 1 &#x41;&#66; &nbsp;x", "Fish & chips © 1 AB \xa0x"),
        ("a & b &; &unknown; c", "a & b &; &unknown; c"),
        ("so&shy;ft", "so\xadft"),
        ("<pre>\na\n  b</pre>c", "a\n  b\nc"),
        ("<ul><li>x<li>y</ul>z", "x\ny\nz"),
        ("<p>x();<button>Copy</button> <b>y</b></p>", "x();\nCopy\ny"),
        ("3 < 4 and <3", "3 < 4 and <3"),
        ("<!-- no --><!doctype html>yes<? no ?>", "yes"),
        ("<p title='a > b'>c</p>", "c"),
        ("a<wbr>b<span>c</span>", "abc"),
        ("<details><summary>s</summary>d</details>", "s\nd"),
    ],
)
def test_the_text_is_what_a_browser_shows(source: str, text: str) -> None:
    assert page_text(source).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>if (a < b) { '<p>' }</script>",
        "<style>p > a {}</style>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<textarea>no</textarea>",
        "<select><option>no</select>",
        "<div hidden>no <div>no</div> no</div>",
        "<p style='color: red; DISPLAY : none'>no</p>",
        "<p hidden>no<p>",
        "<ul><li hidden>no<li></ul>",
        "<dialog>no</dialog>",
        "<head><title>no</title></head>",
        "<svg><title>no</title><desc>no</desc></svg>",
        "<SCRIPT>no</SCRIPT >",
    ],
)
def test_what_never_shows_is_left_out(hidden: str) -> None:
    assert page_text(f"<p>a</p>{hidden}<p>b</p>").text == "a\nb"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<dialog open>yes</dialog>", "yes"),
        ("<my-box><template shadowrootmode=open><p>yes</template></my-box>", "yes"),
        ("<div hidden>no</div>yes", "yes"),
        ("<p hidden='until-found'>yes</p>", "yes"),
        ("</div></p>yes", "yes"),
        ("<div hidden><p>no</div>yes", "yes"),
        ("<script>no</scripty></script>yes", "yes"),
        ("<p style='display:nonesuch'>yes", "yes"),
    ],
)
def test_what_shows_is_kept(source: str, shown: str) -> None:
    assert page_text(source).text == shown


@pytest.mark.parametrize(
    "folded",
    [
        "<div hidden><p>more</p></div>",
        "<div style='display: none'><p>more</p></div>",
        "<p STYLE=visibility:hidden>more</p>",
        "<dialog><p>more</p></dialog>",
    ],
)
def test_what_scripts_may_show_is_there_when_unfolded(folded: str) -> None:
    source = f"<p>a</p>{folded}<script>no</script><template>no</template><p>b</p>"
    assert page_text(source).text == "a\nb"
    assert page_text(source, is_unfolded=True).text == "a\nmore\nb"
    assert may_unfold(source)


def test_a_page_that_hides_nothing_is_not_read_twice() -> None:
    assert not may_unfold("<p class=hidden-phone>a word that is hidden, display none</p>")
    begun = time.process_time()
    may_unfold(" hidden" * 300_000 + "<p style=" * 200_000 + "display:" + " " * 300_000)
    assert time.process_time() - begun < 1


def test_a_cut_off_tag_or_comment_takes_the_rest_of_the_page() -> None:
    assert page_text("a<b title='c").text == "a"
    assert page_text("a<!-- c").text == "a"
    assert page_text("a<script>b").text == "a"


@pytest.mark.parametrize(
    ("piece", "source_piece"),
    [
        ("world", "wor</b>ld"),
        ("Fish & chips", "Fish &amp; chips"),
        ("end", "end"),
        ("b c", "b\n  c"),
    ],
)
def test_a_span_of_the_text_leads_back_to_its_markup(piece: str, source_piece: str) -> None:
    source = "<h1>Hello <b>wor</b>ld</h1><p>Fish &amp; chips</p>a b\n  c <p>the end"
    page = page_text(source)
    at = page.text.index(piece)
    start, end = page.source_span(at, at + len(piece))
    assert source[start:end] == source_piece


def test_an_empty_page_has_no_text_and_no_places() -> None:
    page = page_text("")
    assert page.text == ""
    assert page.source_span(0, 0) == (0, 0)


SCRAPS = (
    "<p> </p> <b> </b> <li> <ul> </ul> <br> <pre> </pre> <td> < <!-- --> <a\thref=' '> <script> "
    "</script> <div\thidden> </div> &amp; & &#x ; word ok. שלום \u00ad \0 é = />"
)
markup = st.lists(
    st.sampled_from([*SCRAPS.split(" "), " ", "\n", "\xa0"]) | st.text(max_size=8), max_size=40
).map("".join)


@given(markup)
def test_any_string_is_a_page_and_every_letter_has_its_place(source: str) -> None:
    page = page_text(source)
    last = 0
    for at, letter in enumerate(page.text):
        start, end = page.source_span(at, at + 1)
        assert last <= start <= end <= len(source)
        last = start
        if letter not in " \n":
            assert letter in html.unescape(source[start:end])


@given(st.text(st.characters(blacklist_characters="<&", blacklist_categories=["Cs"]), max_size=80))
def test_plain_text_is_itself_up_to_white_space(source: str) -> None:
    text = page_text(source).text
    ascii_space = " \t\n\r\f"
    assert [c for c in text if c not in ascii_space] == [c for c in source if c not in ascii_space]


@given(st.text(max_size=60))
def test_escaped_text_comes_back(text: str) -> None:
    source = f"<pre>x{html.escape(text)}</pre>"
    wanted = "x" + text.replace("\r\n", "\n").replace("\r", "\n")
    assert page_text(source).text == wanted


@pytest.mark.parametrize(
    "hostile",
    [
        "<a ",
        "<",
        "<!--",
        "<a b='",
        "<script>",
        "<div>",
        "<ul><li>",
        "<p hidden>",
        "&",
        "&amp",
        "</b>",
    ],
)
def test_work_on_hostile_markup_grows_no_faster_than_the_page(
    hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typo_reports.pages import elements

    steps = 0
    closed_by = elements._CLOSED_BY

    class Counting(dict[str, set[str]]):
        def get(self, *arguments: object) -> object:  # type: ignore[override]
            nonlocal steps
            steps += 1
            return closed_by.get(*arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(elements, "_CLOSED_BY", Counting(closed_by))
    for count in (2_000, 4_000):
        page_text(hostile * count)
    assert steps <= 6_000 * 2 * (elements._LOOK_UP + 1)
