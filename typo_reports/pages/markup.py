"""HTML as a run of tags and texts with their places in the source; never fails, always linear.

The standard library's parser takes quadratic time on hostile pages in the Python versions that are
in use, and says where things stand by line and column. This one follows the tokenizer of the HTML
standard as far as visible text needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>=][^\s/>=]*|=[^\s/>=]*)"
    r"(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)))?"
)
_REST_OF_TAG = re.compile(r"[\s/]*>")
# Elements whose content is text to the tokenizer, whatever it looks like.
_RAW_TEXT_NAMES = "script style textarea title iframe noembed noframes noscript xmp plaintext"
_RAW_TEXT = frozenset(_RAW_TEXT_NAMES.split())
_RAW_TEXT_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}
_OPEN_QUOTE = re.compile(r"\s*=\s*[\"']")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag, its name in lower case; source[start:end] is its markup."""

    name: str
    is_end: bool
    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """source[start:end] is text, its character references not yet resolved."""

    start: int
    end: int


def tokens(source: str) -> Iterator[Tag | Text]:
    """Tags and texts in their order; comments, doctypes and the content of scripts are left out."""
    at = begun = 0
    while True:
        at = source.find("<", at)
        if at < 0:
            yield from _text(begun, len(source))
            return
        found = _next(source, at)
        if found is None:
            at += 1
            continue
        yield from _text(begun, at)
        tag, begun = found
        if tag is not None:
            yield tag
            if tag.name in _RAW_TEXT and not tag.is_end:
                begun = _raw_text_end(source, begun, tag.name)
        at = begun


def _text(start: int, end: int) -> Iterator[Text]:
    if start < end:
        yield Text(start, end)


def _next(source: str, at: int) -> tuple[Tag | None, int] | None:
    """The tag at `at`, None for a comment, and where it ends; None where `<` is only text."""
    match = _TAG.match(source, at)
    if match is not None:
        return _tag(source, at, match)
    following = source[at + 1 : at + 2]
    if source.startswith("<!--", at):
        return None, _comment_end(source, at + 4)
    if following in ("!", "?") or (following == "/" and at + 2 < len(source)):
        return None, _after(source, ">", at + 2)
    return None


def _comment_end(source: str, at: int) -> int:
    if source.startswith(">", at):
        return at + 1
    if source.startswith("->", at):
        return at + 2
    return _after(source, "-->", at)


def _after(source: str, mark: str, at: int) -> int:
    found = source.find(mark, at)
    return len(source) if found < 0 else found + len(mark)


def _tag(source: str, start: int, match: re.Match[str]) -> tuple[Tag | None, int]:
    """The tag; a tag that the page's end cuts off is no tag and takes the rest with it."""
    attributes: dict[str, str] = {}
    at = match.end()
    while True:
        rest = _REST_OF_TAG.match(source, at)
        if rest is not None:
            tag = Tag(match[2].lower(), bool(match[1]), start, rest.end(), attributes)
            return tag, rest.end()
        found = _ATTRIBUTE.match(source, at)
        if found is None or found.end() == at or _OPEN_QUOTE.match(source, found.end()):
            return None, len(source)
        value = found[2] if found[2] is not None else found[3] or found[4] or ""
        attributes.setdefault(found[1].lower(), value)
        at = found.end()


def _raw_text_end(source: str, at: int, name: str) -> int:
    """Where the end tag of a raw text element begins; the page's end if it has none."""
    if name == "plaintext":
        return len(source)
    match = _RAW_TEXT_ENDS[name].search(source, at)
    return len(source) if match is None else match.start()
