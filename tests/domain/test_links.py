"""Links lead to the right occurrence, and never off the site."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from typo_reports.domain.links import edit_link, origin_of, page_link, text_directive

ORIGINS = ["https://planet.example"]

OFF_SITE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "//evil.example/a",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "https://planet.example@evil.example/",
    "https://planet.example:443@evil.example/",
    "https://planet.example\\@evil.example/",
    "https://planet.example.evil.example/",
    "https://evilplanet.example/",
    "http://planet.example/",
    "https://planet.example:8443/",
    "https://planet.example./",
    "https://planet.example\t/",
    "\thttps://planet.example/",
    " https://planet.example/",
    "https://pla\nnet.example/",
    "https://plаnet.example/",
    "https://",
    "https://[::1",
    "https://planet.example:99999/",
    "",
    "/a",
]


@pytest.mark.parametrize("url", OFF_SITE)
def test_no_link_leads_off_the_site(url: str) -> None:
    assert page_link(url, ORIGINS, exact="word") is None
    assert edit_link(url=url, template=None, edit_url=url, origins=ORIGINS) is None


def test_default_ports_and_letter_case_do_not_matter_for_the_origin() -> None:
    assert origin_of("https://Planet.example:443/A") == "https://planet.example"
    assert origin_of("http://[::1]:8000/x") == "http://[::1]:8000"


def directive(exact: str, prefix: str = "", suffix: str = "") -> str:
    made = text_directive(exact=exact, prefix=prefix, suffix=suffix)
    assert made is not None
    return unquote(made)


def test_the_passage_is_named_with_two_words_on_each_side() -> None:
    assert (
        directive("seperate", "engineers found two ", " cracks in the beams")
        == "text=found two-,seperate,-cracks in"
    )


def test_a_cut_word_is_made_whole() -> None:
    assert directive("notat", "an an", "ion here") == "text=an-,annotation,-here"


def test_an_apostrophe_is_within_a_word_and_a_quotation_mark_is_not() -> None:
    assert directive("don", "we ", "'t know it") == "text=we-,don't,-know it"
    assert directive("word", "the '", "' here") == "text=the '-,word,-' here"


def test_dashes_commas_and_ampersands_are_encoded() -> None:
    made = text_directive(exact="a-b, c & d")
    assert made == "text=a%2Db%2C%20c%20%26%20d"


def test_a_passage_over_several_paragraphs_is_named_by_its_ends() -> None:
    assert (
        directive("One two three four.\nFive six seven eight.")
        == "text=One two three,six seven eight."
    )


def test_context_of_another_paragraph_is_its_nearest_words() -> None:
    assert directive("word", "First para.\nSecond one ", "\nThird one") == (
        "text=Second one-,word,-Third one"
    )


def test_scripts_without_spaces_are_not_widened_without_end() -> None:
    made = directive("错字", "很" * 150, "的" * 150)
    assert made == f"text={'很' * 40}-,错字,-{'的' * 40}"


def test_white_space_alone_names_the_page_only() -> None:
    assert page_link("https://planet.example/a", ORIGINS, exact=" \n") == "https://planet.example/a"


def test_the_link_joins_the_directive_to_the_address() -> None:
    assert (
        page_link("https://planet.example/a?b=c", ORIGINS, exact="x")
        == "https://planet.example/a?b=c#:~:text=x"
    )


def test_the_template_of_the_site_makes_the_edit_link() -> None:
    made = edit_link(
        url="https://planet.example/news/a-b",
        template="https://cms.example/edit?slug={slug}&u={url}",
        edit_url=None,
        origins=ORIGINS,
    )
    assert made == ("https://cms.example/edit?slug=a-b&u=https%3A%2F%2Fplanet.example%2Fnews%2Fa-b")


def test_the_page_may_name_its_edit_screen_on_the_site_or_where_the_template_leads() -> None:
    template = "https://cms.example/edit?u={url}"
    for edit_url in ("https://planet.example/wp-admin/1", "https://cms.example/post/9"):
        made = edit_link(
            url="https://planet.example/a", template=template, edit_url=edit_url, origins=ORIGINS
        )
        assert made == edit_url
    forged = edit_link(
        url="https://planet.example/a",
        template=template,
        edit_url="https://evil.example/",
        origins=ORIGINS,
    )
    assert forged == "https://cms.example/edit?u=https%3A%2F%2Fplanet.example%2Fa"


def test_a_page_can_not_choose_the_host_of_the_template() -> None:
    for template in ("https://{slug}/x", "https://cms.example{path}", "https://cms{slug}.example/"):
        made = edit_link(
            url="https://planet.example/@evil.example",
            template=template,
            edit_url=None,
            origins=ORIGINS,
        )
        assert made is None


def test_a_template_that_wants_the_pages_id_gives_no_link_without_it() -> None:
    def made(page_id: str | None) -> str | None:
        return edit_link(
            url="https://planet.example/a",
            template="https://cms.example/{id}/edit",
            edit_url=None,
            origins=ORIGINS,
            page_id=page_id,
        )

    assert made("4711") == "https://cms.example/4711/edit"
    assert made(None) is None


CASE = "0198f0c2-7a10-7cc3-9d1e-1c2b3a4d5e6f"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://planet.example/a", f"https://planet.example/a?typo-report={CASE}"),
        ("https://planet.example/a?", f"https://planet.example/a?typo-report={CASE}"),
        ("https://planet.example/a?b=c&", f"https://planet.example/a?b=c&typo-report={CASE}"),
        ("https://planet.example/a?b#c", f"https://planet.example/a?b&typo-report={CASE}#c"),
        (
            "https://planet.example/a?typo-report=old&b=%20",
            f"https://planet.example/a?b=%20&typo-report={CASE}",
        ),
    ],
)
def test_the_case_stands_in_the_query_beside_what_was_there(url: str, expected: str) -> None:
    assert page_link(url, ORIGINS, exact="", case_id=CASE) == expected
    sharp = "" if "#" in expected else "#"
    assert page_link(url, ORIGINS, exact="x", case_id=CASE) == f"{expected}{sharp}:~:text=x"


def test_an_address_that_is_long_already_stays_as_it_is() -> None:
    url = "https://planet.example/" + "a" * 2_000
    assert page_link(url, ORIGINS, exact="", case_id=CASE) == url


@pytest.mark.parametrize("url", OFF_SITE)
def test_no_link_with_a_case_leads_off_the_site(url: str) -> None:
    assert page_link(url, ORIGINS, exact="word", case_id=CASE) is None
