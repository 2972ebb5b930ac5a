"""Sites: adding them, their origins, their way to the CMS, the snippet that publishers paste."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from typo_reports.domain import site as rules
from typo_reports.domain.errors import ConflictError, FieldError, InvalidFieldsError
from typo_reports.domain.labels import FieldErrors, checked_name
from typo_reports.domain.origin import parse_origin
from typo_reports.domain.report import URL_MOST
from typo_reports.domain.words import N_, NN_
from typo_reports.pages.address import listing_address
from typo_reports.storage import editors, sites
from typo_reports.storage.models import Membership, Site

MOST_ORIGINS = 100
# Pages that are read for one search of the same error elsewhere.
PAGES_MOST = 1_000


def add_site(
    session: Session, *, name: str, origins: Sequence[str], key: str | None, now: datetime
) -> Site:
    """A new site; without a key one is made from the name.

    Raises InvalidFieldsError naming `name`, `key`, `origins`, all that are wrong at once.
    """
    errors = FieldErrors()
    label = errors.kept(lambda: checked_name(name, field="name"))
    chosen = errors.kept(lambda: _key(session, key, label or "site"))
    allowed = errors.kept(lambda: checked_origins(origins))
    errors.raise_any()
    assert label is not None and chosen is not None  # noqa: S101 - raise_any() has spoken
    try:
        return sites.add(session, key=chosen, name=label, origins=allowed or [], now=now)
    except ConflictError as error:
        raise _taken(chosen) from error


def _key(session: Session, key: str | None, name: str) -> str:
    if key:
        chosen = rules.checked_key(key.strip())
        if sites.by_key(session, chosen) is not None:
            raise _taken(chosen)
        return chosen
    wanted = rules.key_from_name(name)
    taken = sites.keys_like(session, wanted[: rules.LONGEST_KEY - 8]) | rules.RESERVED_KEYS
    number, chosen = 1, wanted
    while chosen in taken:
        number += 1
        ending = f"-{number}"
        chosen = wanted[: rules.LONGEST_KEY - len(ending)] + ending
    return chosen


def _taken(key: str) -> InvalidFieldsError:
    return InvalidFieldsError.of(
        "key", "taken", N_("There is already a site with the key “%(key)s”.", key=key)
    )


def checked_origins(given: Sequence[str]) -> list[str]:
    """The origins in normal form, sorted, each once; raises InvalidFieldsError (`origins`)."""
    found: set[str] = set()
    errors: list[FieldError] = []
    for text in given:
        if not text.strip():
            continue
        try:
            found.add(parse_origin(text))
        except InvalidFieldsError as error:
            errors.extend(error.errors)
    if errors:
        raise InvalidFieldsError(errors[:10])
    if not found:
        message = N_("Please enter at least one origin, such as https://paper.example.")
        raise InvalidFieldsError.of("origins", "required", message)
    if len(found) > MOST_ORIGINS:
        message = NN_(
            "A site has at most %(num)s origin; these are %(found)s.",
            "A site has at most %(num)s origins; these are %(found)s.",
            MOST_ORIGINS,
            found=len(found),
        )
        raise InvalidFieldsError.of("origins", "too-many", message)
    return sorted(found)


def list_sites(session: Session) -> list[Site]:
    """Every site with its origins, by name."""
    return sites.all_of(session)


def sites_of(session: Session, editor_id: int) -> list[Site]:
    """The sites that an editor may reach, by name: for an admin every site."""
    editor = editors.by_id(session, editor_id)
    if editor is None or not editor.is_active:
        return []
    if editor.role == "admin":
        return sites.all_of(session)
    return sites.of_ids(session, [member.site_id for member in editor.memberships])


def members_of(session: Session, site_id: int) -> list[Membership]:
    """Who is on the site's desk, by name, without those whose account is switched off."""
    return [member for member in sites.members(session, site_id) if member.editor.is_active]


def site_by_key(session: Session, key: str) -> Site | None:
    """The site with this key, with its origins; None also for what can't be a key."""
    return sites.by_key(session, key) if rules.is_site_key(key) else None


def is_registered_origin(session: Session, origin: str) -> bool:
    """Whether some site has exactly this origin, as a browser sends it."""
    # NUL passes in SQLite and fails in PostgreSQL, and every origin is ASCII.
    if not origin.isascii() or not origin.isprintable():
        return False
    return sites.has_origin(session, origin)


def rename(session: Session, site: Site, name: str) -> None:
    """Give the site another name; its key stays. Raises InvalidFieldsError (`name`)."""
    site.name = checked_name(name, field="name")
    session.flush()


def set_origins(session: Session, site: Site, origins: Sequence[str]) -> None:
    """Make these the origins that may report; raises InvalidFieldsError (`origins`)."""
    sites.replace_origins(session, site, checked_origins(origins))


def set_edit_url_template(session: Session, site: Site, template: str) -> None:
    """Where editors correct pages, or nothing; raises InvalidFieldsError."""
    site.edit_url_template = rules.checked_template(template)
    session.flush()


def set_elsewhere(
    session: Session, site: Site, *, is_on: bool, listing_url: str, pages_most: str
) -> None:
    """Whether confirmed errors are looked for on other pages, and on which.

    Raises InvalidFieldsError (`listing_url`, `pages_most`).
    """
    errors = FieldErrors()
    address = errors.kept(lambda: _listing_url(site, listing_url.strip()))
    most = errors.kept(lambda: _pages_most(pages_most.strip()))
    errors.raise_any()
    site.looks_elsewhere, site.listing_url = is_on, address or None
    site.pages_most = most or site.pages_most
    session.flush()


def _listing_url(site: Site, text: str) -> str:
    if not text:
        return ""
    origins = [known.origin for known in site.origins]
    found = listing_address(text, origins) if len(text) <= URL_MOST else None
    if found is None:
        raise InvalidFieldsError.of(
            "listing_url",
            "not-of-this-site",
            N_("The sitemap must lie on one of the site's origins."),
        )
    return found


def _pages_most(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= PAGES_MOST:
        return int(text)
    message = NN_(
        "The number of pages must be %(num)s.",
        "The number of pages must be from 1 to %(num)s.",
        PAGES_MOST,
    )
    raise InvalidFieldsError.of("pages_most", "out-of-range", message)


def change(
    session: Session, site: Site, *, name: str, origins: Sequence[str], template: str
) -> None:
    """Name, origins and edit address at once, as the form has them: all of it or nothing.

    Raises InvalidFieldsError naming everything that is wrong.
    """
    errors = FieldErrors()
    label = errors.kept(lambda: checked_name(name, field="name"))
    allowed = errors.kept(lambda: checked_origins(origins))
    checked = errors.kept(lambda: rules.checked_template(template))
    errors.raise_any()
    site.name, site.edit_url_template = label or site.name, checked
    sites.replace_origins(session, site, allowed or [])


def snippet(site: Site, base_url: str) -> str:
    """The one tag for the site's pages, as HTML source; a template escapes it once more."""
    return rules.snippet(site.key, base_url)
