"""Links that an editor follows: to the place on the page, and to the CMS edit screen.

Both lead to http or https addresses of the site's own, whatever a reader has sent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

from typo_reports.domain.report import URL_MOST
from typo_reports.domain.site import edit_url as filled_template

# The query that names a case to the script on the page; intake leaves it out of addresses.
CASE_QUERY = "typo-report"
CONTEXT_WORDS = 2
# Where a script writes without spaces a "word" has no end.
_MOST_CONTEXT = 40
# A longer passage is named by its first and last words.
_LONG_PASSAGE = 160
_RANGE_WORDS = 3
_INNER_MARKS = "'’\u00ad\u200c\u200d"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> str | None:
    """Scheme, host and port of an http(s) URL in the browser's notation, None for any other.

    Strict: a browser mends backslashes, control characters and user names in an address in ways
    of its own, so such an address has no origin here.
    """
    if not url.isascii() or any(character <= " " or character in '\\"<>' for character in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    if not url.startswith(f"{parts.scheme}://"):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port in (None, _DEFAULT_PORTS[parts.scheme]):
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"


def page_link(
    url: str,
    origins: Iterable[str],
    *,
    exact: str,
    prefix: str = "",
    suffix: str = "",
    case_id: str | None = None,
) -> str | None:
    """The page's address with a text fragment that names this occurrence.

    With `case_id`, a query lets the reporter's script mark the place; an address that is long
    already goes without. None when the address isn't one of the site's origins.
    """
    if origin_of(url) not in set(origins):
        return None
    if case_id is not None:
        url = _with_case(url, case_id)
    directive = text_directive(exact=exact, prefix=prefix, suffix=suffix)
    if directive is None:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:{directive}"


def _with_case(url: str, case_id: str) -> str:
    address, mark, fragment = url.partition("#")
    before, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] != CASE_QUERY]
    marked = f"{before}?{'&'.join([*kept, f'{CASE_QUERY}={case_id}'])}{mark}{fragment}"
    return marked if len(marked) <= URL_MOST else url


def text_directive(*, exact: str, prefix: str = "", suffix: str = "") -> str | None:
    """The text directive (WICG scroll-to-text-fragment) of a passage: text=pre-,exact,-post.

    Browsers match whole words within one block, so a passage that cuts a word is widened to it,
    and one that runs over several blocks is named by its beginning and its end.
    """
    before, passage, after = _on_word_edges(prefix, exact, suffix)
    blocks = [" ".join(block.split()) for block in passage.split("\n")]
    blocks = [block for block in blocks if block]
    if not blocks:
        return None
    if len(blocks) > 1 or len(blocks[0]) > _LONG_PASSAGE:
        first = " ".join(blocks[0].split()[:_RANGE_WORDS])
        last = " ".join(blocks[-1].split()[-_RANGE_WORDS:])
        named = f"{_encoded(first)},{_encoded(last)}"
    else:
        named = _encoded(blocks[0])
    left = " ".join(_last_block(before).split()[-CONTEXT_WORDS:])[-_MOST_CONTEXT:]
    right = " ".join(_first_block(after).split()[:CONTEXT_WORDS])[:_MOST_CONTEXT]
    return (
        "text="
        + (f"{_encoded(left)}-," if left else "")
        + named
        + (f",-{_encoded(right)}" if right else "")
    )


def edit_link(
    *,
    url: str,
    template: str | None,
    edit_url: str | None,
    origins: Iterable[str],
    page_id: str | None = None,
) -> str | None:
    """Where the editor corrects the page: what the page itself said, else the site's template.

    The page's own word comes with a report and may be forged: it counts only on an origin of the
    site or of the template. The template takes {url}, {path}, {slug} and {id}, which is `page_id`;
    without a known id such a template gives no link.
    """
    example = filled_template(template, "https://x.example/x", "x") if template else None
    template_origin = origin_of(example) if example else None
    trusted = set(origins) | ({template_origin} if template_origin else set())
    if edit_url and origin_of(edit_url) in trusted:
        return edit_url
    if template is None or template_origin is None:
        return None
    filled = filled_template(template, url, page_id)
    # A placeholder within the host would let a page's address choose the host.
    return filled if filled and origin_of(filled) == template_origin else None


def _on_word_edges(prefix: str, exact: str, suffix: str) -> tuple[str, str, str]:
    lead = len(exact) - len(exact.lstrip())
    trail = len(exact.rstrip())
    if not exact.strip():
        return prefix, "", suffix
    text = prefix + exact + suffix
    start, end = len(prefix) + lead, len(prefix) + trail
    while _is_within_word(text, start):
        start -= 1
    while _is_within_word(text, end):
        end += 1
    return text[:start], text[start:end], text[end:]


def _is_within_word(text: str, at: int) -> bool:
    """Whether a cut before text[at] would cut a word; an apostrophe between letters is inside."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right in _INNER_MARKS:
        return _is_spaced_letter(left) and _is_spaced_letter(text[at + 1 : at + 2])
    if left in _INNER_MARKS:
        return _is_spaced_letter(text[at - 2 : at - 1]) and _is_spaced_letter(right)
    return _is_spaced_letter(left) and _is_spaced_letter(right)


def _is_spaced_letter(character: str) -> bool:
    """A letter, digit or combining mark of a script that puts spaces between words."""
    if not character.isalnum() and not unicodedata.combining(character or " "):
        return False
    return character < "\u0e00" or "\uac00" <= character <= "\ud7af"


def _last_block(text: str) -> str:
    blocks = [block for block in text.split("\n") if block.strip()]
    return blocks[-1] if blocks else ""


def _first_block(text: str) -> str:
    blocks = [block for block in text.split("\n") if block.strip()]
    return blocks[0] if blocks else ""


def _encoded(text: str) -> str:
    """Percent-encoded; a dash too, since it means "context" in a directive."""
    return quote(text, safe="").replace("-", "%2D")
