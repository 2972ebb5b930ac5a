"""Letters in the languages that the desk speaks: nothing stays in English, nothing breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest

from tests.mail.test_letters import CASE, NOW, PAYLOADS, skeleton
from typo_reports.assets import asset_folder
from typo_reports.domain.languages import ENGLISH, LANGUAGES, PSEUDO, PSEUDO_MIRRORED
from typo_reports.mail import letters
from typo_reports.mail.letters import WrittenLetter

Writer = Callable[..., WrittenLetter]
TRANSLATED = [code for code in LANGUAGES if code != ENGLISH]
# Values without a letter, so that every letter of the alphabet is a word of ours.
NAME, SITE, LINK, REPLY = "★", "☆", "https://1.2.3.4/5", "♠"
VALUES = (LINK, "UTC", "Typo Reports")
UNTOLD = replace(
    CASE,
    exact="♣",
    prefix="",
    suffix="",
    correction="♥",
    title=None,
    section="♦",
    author="♪",
    is_regression=True,
    page_url=LINK,
    desk_url=LINK,
)


def digest(open_count: int, new_count: int, *, language: str, site: str = SITE) -> WrittenLetter:
    return letters.digest(
        site_name=site,
        cases=[UNTOLD, replace(UNTOLD, is_from_dictionary=True, readers=0, title="☼")],
        open_count=open_count,
        new_count=new_count,
        queue_url=LINK,
        settings_url=LINK,
        now=NOW,
        language=language,
    )


LETTERS: dict[str, Writer] = {
    "digest": partial(digest, 1234, 3),
    "digest of nothing new": partial(digest, 2, 0),
    "fixed": partial(letters.fixed, site_name=SITE, reported_at=NOW, receipt_url=LINK, reply=REPLY),
    "fixed without a reply": partial(
        letters.fixed, site_name=SITE, reported_at=NOW, receipt_url=LINK
    ),
    "answered": partial(
        letters.answered, site_name=SITE, reported_at=NOW, receipt_url=LINK, reply=REPLY
    ),
    "invitation": partial(
        letters.invitation,
        editor_name=NAME,
        inviter_name=NAME,
        site_names=[SITE, NAME],
        link=LINK,
        valid_hours=72,
    ),
    "forgotten": partial(letters.forgotten, editor_name=NAME, link=LINK, valid_hours=2),
    "new_address": partial(letters.new_address, editor_name=NAME, link=LINK, valid_hours=2),
    "address_changed": partial(letters.address_changed, editor_name=NAME, address=NAME),
    "trial": partial(letters.trial, base_url=LINK, now=NOW),
}


class Visible(HTMLParser):
    """The text that people see, the title too, block by block."""

    BLOCKS = frozenset({"p", "h1", "h2", "div", "title", "body", "ul", "li", "dt", "dd", "nav"})

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.blocks[-1] += data


def visible(html: str) -> list[str]:
    parser = Visible()
    parser.feed(html)
    parser.close()
    return [" ".join(block.split()) for block in parser.blocks if block.strip()]


def lines_of(written: WrittenLetter) -> Iterator[str]:
    yield written.subject
    yield from filter(str.strip, written.body_text.split("\n"))
    yield from visible(written.body_html)


def unmarked(line: str) -> str:
    """What stands outside of the brackets of the pseudo-language, without our values."""
    for value in VALUES:
        line = line.replace(value, "")
    depth, outside = 0, ""
    for character in line:
        depth += (character == "[") - (character == "]")
        outside += character if depth == 0 and character != "]" else ""
    return outside


def test_every_letter_is_among_those_tried_here() -> None:
    folders = {
        path.name for path in (asset_folder("templates") / "mail").iterdir() if path.is_dir()
    }
    assert {name.partition(" ")[0] for name in LETTERS} == folders


@pytest.mark.parametrize("name", LETTERS)
def test_every_visible_word_of_a_letter_can_be_translated(name: str) -> None:
    written = LETTERS[name](language=PSEUDO)
    plain = [line for line in lines_of(written) if re.search(r"[^\W\d_]", unmarked(line))]
    assert plain == []


def test_a_word_outside_of_the_brackets_is_noticed() -> None:
    assert "open" in unmarked("[3 ńéw···] open")
    assert unmarked("[3 [ńéw··] ópéń·····] ☆ 5") == " ☆ 5"


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", LETTERS)
def test_no_line_of_a_letter_stays_in_english(name: str, language: str) -> None:
    english = list(lines_of(LETTERS[name](language=ENGLISH)))
    said = list(lines_of(LETTERS[name](language=language)))
    kept = [line for line in set(english) & set(said) if re.search(r"[^\W\d_]", unmarked(line))]
    assert kept == []
    assert len(said) == len(english)


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize("name", LETTERS)
def test_the_html_part_names_its_language_and_has_the_same_elements(
    name: str, language: str
) -> None:
    written = LETTERS[name](language=language)
    assert f'<html lang="{language}" dir="ltr">' in written.body_html
    plain = skeleton(LETTERS[name](language=ENGLISH).body_html).seen
    assert skeleton(written.body_html).seen[2:] == plain[2:]


def test_a_letter_in_a_language_from_right_to_left_says_so() -> None:
    written = LETTERS["fixed"](language=PSEUDO_MIRRORED)
    assert f'<html lang="{PSEUDO_MIRRORED}" dir="rtl">' in written.body_html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_name_breaks_a_letter_in_any_language(payload: str, language: str) -> None:
    for poisoned, harmless in (
        (digest(2, 1, language=language, site=payload), digest(2, 1, language=language)),
        (
            letters.invitation(
                editor_name=payload,
                inviter_name=payload,
                site_names=[payload],
                link=LINK,
                valid_hours=1,
                language=language,
            ),
            letters.invitation(
                editor_name=NAME,
                inviter_name=NAME,
                site_names=[SITE],
                link=LINK,
                valid_hours=1,
                language=language,
            ),
        ),
    ):
        assert skeleton(poisoned.body_html).seen == skeleton(harmless.body_html).seen
        assert poisoned.body_text.count("\n") == harmless.body_text.count("\n")
        assert not re.search(r"[\r\n]", poisoned.subject)
        poisoned.subject.encode()


def test_a_value_with_percent_signs_stays_as_it_is() -> None:
    written = letters.address_changed(editor_name="100 %(name)s %s", address=NAME, language="fr")
    assert "Bonjour 100 %(name)s %s," in written.body_text
    assert "Bonjour 100 %(name)s %s," in written.body_html


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("de", "☆: 1.234 offene Fälle, 3 neu"),
        ("es", "☆: 1.234 casos abiertos, 3 nuevos"),
        ("fr", "☆ : 1 234 cas ouverts, 3 nouveaux"),
        ("ru", "☆: 1 234 открытых случая, новых: 3"),
        ("uk", "☆: 1 234 відкриті випадки, нових: 3"),
    ],
)
def test_a_digest_counts_as_its_language_does(language: str, subject: str) -> None:
    assert " ".join(digest(1234, 3, language=language).subject.split()) == subject


@pytest.mark.parametrize(
    ("language", "day"),
    [("de", "23. November 2026"), ("fr", "23 novembre 2026"), ("ru", "23 ноября 2026 г.")],
)
def test_the_day_of_a_report_is_written_as_its_language_does(language: str, day: str) -> None:
    assert day in LETTERS["fixed"](language=language).body_text.replace("\u202f", " ")
