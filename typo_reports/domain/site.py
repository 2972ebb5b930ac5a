"""The rules of a site: its public key, its snippet, its way to the CMS."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, urlsplit

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.labels import is_plain
from typo_reports.domain.words import N_, NN_

LONGEST_KEY = 64
LONGEST_TEMPLATE = 2048
PLACEHOLDERS = ("{url}", "{path}", "{slug}", "{id}")
SCRIPT_PATH = "/static/js/typo-reports.js"

# Addresses of the desk's own beside /sites/<key>.
RESERVED_KEYS = frozenset({"new"})

_KEY = re.compile(r"[a-z0-9-]{1,64}")


def is_site_key(text: str) -> bool:
    """Whether the text can be a site's key: 1 to 64 of a-z, 0-9 and hyphen."""
    return _KEY.fullmatch(text) is not None


def checked_key(text: str) -> str:
    """The key as given; raises InvalidFieldsError (field `key`, code `malformed`)."""
    if not is_site_key(text):
        message = NN_(
            "A key has %(num)s of the characters a-z, 0-9 and hyphen.",
            "A key has 1 to %(num)s of the characters a-z, 0-9 and hyphen.",
            LONGEST_KEY,
        )
        raise InvalidFieldsError.of("key", "malformed", message)
    if text in RESERVED_KEYS:
        raise InvalidFieldsError.of(
            "key", "taken", N_("The key “%(text)s” is kept for the desk itself.", text=text)
        )
    return text


def key_from_name(name: str) -> str:
    """`The Daily Planet` → `the-daily-planet`. A name without Latin letters gives `site`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    # Apostrophes close up (planet's → planets); everything else separates.
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    return "-".join(words)[:LONGEST_KEY].strip("-") or "site"


def snippet(key: str, base_url: str) -> str:
    """The one tag that a publisher pastes, as HTML source (escape it once more to show it)."""
    source = html.escape(base_url.rstrip("/") + SCRIPT_PATH)
    return f'<script async src="{source}" data-site="{html.escape(key)}"></script>'


def checked_template(text: str) -> str | None:
    """An address with {url}, {path}, {slug} or {id} after its host; None when empty.

    Raises InvalidFieldsError (field `edit_url_template`). The host must be fixed, so that no
    page's address can lead an editor elsewhere.
    """
    template = text.strip()
    if not template:
        return None
    if len(template) > LONGEST_TEMPLATE or not is_plain(template) or re.search(r"\s", template):
        raise _bad_template(
            NN_(
                "It is one address of at most %(num)s character.",
                "It is one address of at most %(num)s characters.",
                LONGEST_TEMPLATE,
            )
        )
    if not re.match(r"https?://[^/?#{}@\\]+[/?#]", template, re.IGNORECASE):
        raise _bad_template(N_("It begins with https:// and a host, such as https://cms.example/"))
    unknown = set(re.findall(r"\{[^}]*\}?|\}", template)) - set(PLACEHOLDERS)
    if unknown:
        known = ", ".join(PLACEHOLDERS)
        raise _bad_template(
            N_("It knows %(known)s, but not %(unknown)s.", known=known, unknown=sorted(unknown)[0])
        )
    return template


def edit_url(template: str, page_url: str, page_id: str | None = None) -> str | None:
    """Where an editor corrects the page; None if the template wants its id and nobody knows it.

    {url} is the page's whole address, {path} its path without the leading slash, {slug} the last
    part of the path without an ending such as `.html`, {id} what the CMS knows it by. All are
    percent-encoded, so that they can only fill the place that the template gives them.
    """
    if "{id}" in template and not page_id:
        return None
    path = urlsplit(page_url).path.strip("/")
    slug = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", path.rpartition("/")[2])
    values = {"{url}": quote(page_url, safe=""), "{path}": _path(path), "{slug}": _path(slug)}
    values["{id}"] = _path(page_id or "")
    return re.sub(r"\{(?:url|path|slug|id)\}", lambda found: values[found[0]], template)


def _path(path: str) -> str:
    # Dot segments would climb out of the template's own path.
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return "/".join(quote(part, safe="%") for part in parts)


def _bad_template(message: str) -> InvalidFieldsError:
    return InvalidFieldsError.of("edit_url_template", "malformed", message)
