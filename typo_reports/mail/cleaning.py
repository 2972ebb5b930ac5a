"""Text of strangers made harmless for a letter: one line, no hidden direction, no live link."""

from __future__ import annotations

import re
import unicodedata

# Marks that turn the direction of what follows could make a letter read as another one.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# What mail programs turn into a link by themselves: scheme:, www., name.tld, name@host.
_LINK_STARTS = re.compile(r"(?<=\w)(?:@(?=\w)|:(?=//|[^\W\d_])|\.(?=[^\W\d_]{2}))")
WORD_JOINER = "\u2060"
ELLIPSIS = "…"


def one_line(text: str, *, most: int | None = None) -> str:
    """The text as one line: every kind of white space is one space, control characters are gone.

    A lone surrogate, which no encoding can carry, becomes U+FFFD. Cut to `most` code points.
    """
    line = " ".join(_SURROGATE.sub("\ufffd", text).split())
    if not line.isprintable():
        line = "".join(map(_visible, line))
    if most is not None and len(line) > most:
        return line[: most - 1].rstrip() + ELLIPSIS
    return line


def _visible(character: str) -> str:
    if unicodedata.category(character) == "Cc":
        return "\ufffd"
    return character


def header_value(text: str, *, most: int = 200) -> str:
    """The text fit for a mail header: one line without marks of direction.

    An encoded word (RFC 2047) is taken apart: the standard library decodes it when a header is
    set, and a line end that was hidden in it began a new header (seen with CPython 3.11.7).
    """
    return one_line(_DIRECTION.sub("", text).replace("=?", "= ?"), most=most)


def reader_text(text: str, *, most: int) -> str:
    """What a reader wrote, for the body of a letter: one line that nothing turns into a link.

    Marks of direction are shown by their code. A word joiner, which nobody sees, is put where a
    mail program would find an address; who copies text copies it from the desk, not from here.
    """
    return without_links(_named_directions(one_line(text, most=most)))


def passage(prefix: str, exact: str, suffix: str, *, around: int, most: int) -> tuple[str, ...]:
    """The three parts of a passage in its surroundings, cut to `around` and `most` code points.

    The spaces between the parts are kept as one space each.
    """
    before, core, after = (_spaced(part) for part in (prefix, exact, suffix))
    if len(before) > around:
        before = ELLIPSIS + before[-around:].lstrip()
    if len(after) > around:
        after = after[:around].rstrip() + ELLIPSIS
    if len(core) > most:
        half = most // 2
        core = core[:half].rstrip() + f" {ELLIPSIS} " + core[-half:].lstrip()
    return tuple(without_links(_named_directions(part)) for part in (before, core, after))


def _spaced(text: str) -> str:
    line = one_line(text)
    start = " " if text[:1].isspace() and line else ""
    end = " " if text[-1:].isspace() and line else ""
    return start + line + end


def _named_directions(text: str) -> str:
    return _DIRECTION.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def without_links(text: str) -> str:
    """The text with a word joiner wherever a mail program would see an address."""
    return _LINK_STARTS.sub(lambda found: found[0] + WORD_JOINER, text)
