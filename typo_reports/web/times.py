"""Times as editors read them: how long ago, with the exact time in their own zone beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from typo_reports.domain.words import N_
from typo_reports.web.language import gettext as _
from typo_reports.web.language import shown_moment

_UNITS = (
    (timedelta(days=365), N_("%(number)s y ago"), N_("in %(number)s y")),
    (timedelta(days=30), N_("%(number)s mo ago"), N_("in %(number)s mo")),
    (timedelta(days=1), N_("%(number)s d ago"), N_("in %(number)s d")),
    (timedelta(hours=1), N_("%(number)s h ago"), N_("in %(number)s h")),
    (timedelta(minutes=1), N_("%(number)s min ago"), N_("in %(number)s min")),
)


def age(moment: datetime, now: datetime) -> str:
    """The time since then in its largest unit: "just now", "5 min ago", "3 h ago", "2 d ago"."""
    passed = now - moment
    for length, words, _ahead in _UNITS:
        if passed >= length:
            return _(words, number=passed // length)
    return _("just now")


def exact(moment: datetime, zone: tzinfo) -> str:
    """The moment in the zone, in the page's language: "23 Nov 2026, 14:05 CET"."""
    return shown_moment(moment.astimezone(zone))


def at(moment: datetime, zone: tzinfo) -> Markup:
    """A <time> element that says exactly when."""
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), exact(moment, zone))


def zone_of(name: str | None) -> tzinfo:
    """The zone of this name; UTC when the machine doesn't know it."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def ago(moment: datetime, *, now: datetime, zone: tzinfo) -> Markup:
    """A <time> element that says how long ago, and on pointing at it exactly when."""
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), exact(moment, zone), age(moment, now)
    )


def ahead(moment: datetime, *, now: datetime, zone: tzinfo) -> Markup:
    """A <time> element that says in how long, and on pointing at it exactly when."""
    left = moment - now
    words = _("in a moment")
    for length, _ago, ahead_words in _UNITS:
        if left >= length:
            words = _(ahead_words, number=left // length)
            break
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), exact(moment, zone), words
    )


def utc_text(moment: datetime | None) -> str | None:
    """The moment as the API writes it, in ISO 8601 and UTC; None stays None."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
