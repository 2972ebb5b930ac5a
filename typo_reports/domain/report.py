"""One reader's submission and the rules it must keep before it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from typo_reports.domain.errors import FieldError, InvalidFieldsError
from typo_reports.domain.selector import Selector
from typo_reports.domain.words import N_, NN_

EXACT_MOST = 1_000
SURROUNDINGS_MOST = 200
SUGGESTION_MOST = 1_000
COMMENT_MOST = 2_000
URL_MOST = 2_048
ADDRESS_MOST = 254
# Facts of the page are the publisher's, not the reader's: longer ones are cut, never refused.
FACT_MOST = 300

_ADDRESS = re.compile(
    r"[^@\s<>\"(),:;\\\[\]]{1,64}@[^@\s<>\"(),:;\\\[\]]{1,189}\.[^@\s<>\".]{2,63}"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,5}")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What the page said of itself when the reader reported."""

    canonical: str | None = None
    title: str | None = None
    lang: str | None = None
    author: str | None = None
    section: str | None = None
    modified_at: str | None = None
    edit_url: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A report as it came in. `id` is a UUID in canonical form, made by the reader's browser."""

    id: str
    site: str
    source: str
    selector: Selector
    page: PageFacts = field(default_factory=PageFacts)
    suggestion: str | None = None
    comment: str | None = None
    reply_to: str | None = None


def checked(submission: Submission) -> Submission:
    """The submission with blank fields made None and page facts cut to size.

    Raises InvalidFieldsError that names every field which breaks a limit of the contract.
    """
    errors = [*_text_errors(submission), *_selector_errors(submission.selector)]
    if submission.reply_to and not _ADDRESS.fullmatch(submission.reply_to.strip()):
        errors.append(
            FieldError("reply_to", "not-an-address", "reply_to is not an e-mail address.")
        )
    if errors:
        raise InvalidFieldsError(errors)
    return Submission(
        id=submission.id,
        site=submission.site,
        source=submission.source,
        selector=submission.selector,
        page=_cut(submission.page),
        suggestion=checked_suggestion(submission.suggestion, exact=submission.selector.exact),
        comment=checked_comment(submission.comment),
        reply_to=_unless_blank(submission.reply_to),
    )


def _text_errors(submission: Submission) -> list[FieldError]:
    selector, page = submission.selector, submission.page
    rules: list[tuple[str, str | None, int | None]] = [
        ("target.source", submission.source, URL_MOST),
        ("target.selector.exact", selector.exact, EXACT_MOST),
        ("target.selector.prefix", selector.prefix, SURROUNDINGS_MOST),
        ("target.selector.suffix", selector.suffix, SURROUNDINGS_MOST),
        ("suggestion", submission.suggestion, SUGGESTION_MOST),
        ("comment", submission.comment, COMMENT_MOST),
        ("reply_to", submission.reply_to, ADDRESS_MOST),
        ("page.canonical", page.canonical, URL_MOST),
        ("page.edit_url", page.edit_url, URL_MOST),
        ("page.title", page.title, None),
        ("page.lang", page.lang, None),
        ("page.author", page.author, None),
        ("page.section", page.section, None),
        ("page.modified_at", page.modified_at, None),
    ]
    return [error for rule in rules if (error := text_error(*rule))]


def text_error(name: str, text: str | None, most: int | None) -> FieldError | None:
    """What is wrong with the text of this field, if anything; `most` counts code points."""
    if text is None:
        return None
    if "\0" in text:
        return FieldError(name, "nul-character", N_("%(name)s holds a NUL character.", name=name))
    if _SURROGATE.search(text):
        return FieldError(
            name, "lone-surrogate", N_("%(name)s holds half a character (a surrogate).", name=name)
        )
    if most is not None and len(text) > most:
        return FieldError(
            name,
            "too-long",
            NN_(
                "%(name)s has %(found)s characters; at most %(num)s is accepted.",
                "%(name)s has %(found)s characters; at most %(num)s are accepted.",
                most,
                name=name,
                found=len(text),
            ),
        )
    return None


def _selector_errors(selector: Selector) -> list[FieldError]:
    if not selector.exact.strip():
        return [
            FieldError(
                "target.selector.exact", "empty", "The selection is empty: select the error first."
            )
        ]
    start, end = selector.start, selector.end
    if start is not None and end is not None and end < start:
        return [
            FieldError(
                "target.selector.end", "before-start", "The selection ends before it starts."
            )
        ]
    return []


def checked_suggestion(suggestion: str | None, *, exact: str) -> str | None:
    """The suggestion, or None where it says nothing.

    An empty correction means "take it out" only if the reader says so in a comment; what the
    dialog sends for an untouched field is null or the selection itself: no suggestion.
    """
    if suggestion is None or not suggestion.strip() or suggestion == exact:
        return None
    return suggestion


def checked_comment(comment: str | None) -> str | None:
    """The comment without edge space, or None where it says nothing."""
    return _unless_blank(comment)


def _unless_blank(text: str | None) -> str | None:
    return text.strip() or None if text else None


def _cut(page: PageFacts) -> PageFacts:
    lang = _unless_blank(page.lang)
    return PageFacts(
        canonical=_unless_blank(page.canonical),
        title=_cut_fact(page.title),
        lang=lang if lang and _LANGUAGE.fullmatch(lang) else None,
        author=_cut_fact(page.author),
        section=_cut_fact(page.section),
        modified_at=_cut_fact(page.modified_at),
        edit_url=_unless_blank(page.edit_url),
    )


def _cut_fact(text: str | None) -> str | None:
    text = _unless_blank(text)
    return text[:FACT_MOST] if text else None
