"""The letters of the desk, one function for each; their words are in templates/mail.

Each takes the language of whoever gets it, by a code of `domain.languages`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from typo_reports.assets import asset_folder
from typo_reports.catalogues import Catalogue, catalogue
from typo_reports.domain.languages import ENGLISH
from typo_reports.domain.words import N_, NN_
from typo_reports.mail.cleaning import header_value, one_line, passage, reader_text

AROUND = 60
LONGEST_EXACT = 300
LONGEST_CORRECTION = 300
LONGEST_FACT = 120


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """The words of a letter, not yet addressed to anybody."""

    subject: str
    body_text: str
    body_html: str


@dataclass(frozen=True, slots=True)
class DigestCase:
    """What a digest says of a case. Texts are raw as the reader sent them, addresses are checked.

    `correction` is the readers' own or, `is_from_dictionary`, a guess; `page_url` is None for a
    page that is not on an origin of the site.
    """

    exact: str
    prefix: str
    suffix: str
    correction: str | None
    is_from_dictionary: bool
    readers: int
    title: str | None
    section: str | None
    author: str | None
    created_at: datetime
    is_regression: bool
    page_url: str | None
    desk_url: str


def digest(
    *,
    site_name: str,
    cases: Sequence[DigestCase],
    open_count: int,
    new_count: int,
    queue_url: str,
    settings_url: str,
    now: datetime,
    language: str = ENGLISH,
) -> WrittenLetter:
    """What is open on a site: `cases` written out, the rest of `open_count` as a number."""
    return _written(
        "digest",
        language,
        site=header_value(site_name),
        cases=[_shown(case, now, catalogue(language)) for case in cases],
        open_count=open_count,
        new_count=new_count,
        more=max(0, open_count - len(cases)),
        queue_url=queue_url,
        settings_url=settings_url,
    )


def fixed(
    *,
    site_name: str,
    reported_at: datetime,
    receipt_url: str,
    reply: str | None = None,
    language: str = ENGLISH,
) -> WrittenLetter:
    """Thanks to a reader whose report led to a correction. Carries nothing that a reader wrote.

    Anybody can type anybody's address into a report, so this letter must be of no use to a sender
    of spam: no passage, no page title, no page address. `reply` is the editors' own text.
    """
    return _written(
        "fixed",
        language,
        site=header_value(site_name),
        reported_on=catalogue(language).long_day(reported_at),
        receipt_url=receipt_url,
        reply=_lines(reply),
    )


def answered(
    *,
    site_name: str,
    reported_at: datetime,
    receipt_url: str,
    reply: str,
    language: str = ENGLISH,
) -> WrittenLetter:
    """What the editors say to a reader whose report changed nothing; theirs is the only text."""
    return _written(
        "answered",
        language,
        site=header_value(site_name),
        reported_on=catalogue(language).long_day(reported_at),
        receipt_url=receipt_url,
        reply=_lines(reply),
    )


def _lines(text: str | None) -> list[str]:
    return [line for line in map(one_line, (text or "").split("\n")) if line]


def invitation(
    *,
    editor_name: str,
    inviter_name: str,
    site_names: Sequence[str],
    link: str,
    valid_hours: int,
    language: str = ENGLISH,
) -> WrittenLetter:
    """The way into the desk for a new editor: a link where they choose a password."""
    return _written(
        "invitation",
        language,
        editor=header_value(editor_name),
        inviter=header_value(inviter_name),
        sites=[header_value(name) for name in site_names],
        link=link,
        valid_hours=valid_hours,
    )


def forgotten(
    *, editor_name: str, link: str, valid_hours: int, language: str = ENGLISH
) -> WrittenLetter:
    """For an editor who forgot the password: a link where they choose a new one."""
    return _written(
        "forgotten", language, editor=header_value(editor_name), link=link, valid_hours=valid_hours
    )


def new_address(
    *, editor_name: str, link: str, valid_hours: int, language: str = ENGLISH
) -> WrittenLetter:
    """To the address that an editor wants to have: a link that confirms it."""
    return _written(
        "new_address",
        language,
        editor=header_value(editor_name),
        link=link,
        valid_hours=valid_hours,
    )


def address_changed(*, editor_name: str, address: str, language: str = ENGLISH) -> WrittenLetter:
    """To the address that an editor had: what it is now."""
    return _written("address_changed", language, editor=header_value(editor_name), address=address)


def trial(*, base_url: str, now: datetime, language: str = ENGLISH) -> WrittenLetter:
    """A letter that only shows that letters arrive; for `typo-reports doctor` and the desk."""
    return _written("trial", language, base_url=base_url, sent_at=f"{now:%Y-%m-%d %H:%M} UTC")


def age(created_at: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that gives a whole number: "2 days ago"."""
    passed = max(now - created_at, timedelta(0))
    if days := passed // timedelta(days=1):
        return NN_("%(num)s day ago", "%(num)s days ago", days)
    if hours := passed // timedelta(hours=1):
        return NN_("%(num)s hour ago", "%(num)s hours ago", hours)
    if minutes := passed // timedelta(minutes=1):
        return NN_("%(num)s minute ago", "%(num)s minutes ago", minutes)
    return N_("just now")


def _shown(case: DigestCase, now: datetime, words: Catalogue) -> dict[str, object]:
    before, exact, after = passage(
        case.prefix, case.exact, case.suffix, around=AROUND, most=LONGEST_EXACT
    )
    correction = case.correction and reader_text(case.correction, most=LONGEST_CORRECTION)
    facts = [reader_text(fact or "", most=LONGEST_FACT) for fact in (case.section, case.author)]
    return {
        "before": before,
        "exact": exact,
        "after": after,
        "correction": correction,
        "is_from_dictionary": case.is_from_dictionary,
        "is_regression": case.is_regression,
        "readers": words.said(_readers(case.readers)),
        "title": reader_text(case.title or "", most=LONGEST_FACT),
        "facts": [fact for fact in facts if fact],
        "age": words.said(age(case.created_at, now)),
        "page_url": case.page_url or case.desk_url,
        "desk_url": case.desk_url,
    }


def _readers(number: int) -> str:
    if number == 0:
        return N_("found by the desk")
    return NN_("%(num)s reader", "%(num)s readers", number)


def _written(letter: str, language: str, **words: object) -> WrittenLetter:
    templates = _templates(language)

    def rendered(part: str) -> str:
        return templates.get_template(f"{letter}/{part}").render(words)

    return WrittenLetter(
        subject=header_value(rendered("subject.txt")),
        body_text=rendered("body.txt").strip() + "\n",
        body_html=_inliner().inline(rendered("body.html")),
    )


@cache
def _templates(language: str) -> Environment:
    found = catalogue(language)
    templates = Environment(
        loader=FileSystemLoader(asset_folder("templates") / "mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # New style: values are put in after the translation, and escaped in the HTML part.
    templates.install_gettext_callables(  # type: ignore[attr-defined]
        found.gettext, found.ngettext, newstyle=True
    )
    templates.globals.update(
        language=found.language, direction=found.direction, shown_number=found.shown_number
    )
    return templates


@cache
def _inliner() -> css_inline.CSSInliner:
    # The rules for dark and small screens can't be inlined and stay in a style element.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)
