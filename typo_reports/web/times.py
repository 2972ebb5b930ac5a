"""Times as editors read them: how long ago, with the exact time in their own zone beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from typo_reports.web.language import gettext as _
from typo_reports.web.language import ngettext, shown_moment

_Words = Callable[[int], str]
# From the largest on: its length, and how so many of it are said of the past and of the future.
_UNITS: tuple[tuple[timedelta, _Words, _Words], ...] = (
    (
        timedelta(days=365),
        lambda n: ngettext("%(num)s y ago", "%(num)s y ago", n),
        lambda n: ngettext("in %(num)s y", "in %(num)s y", n),
    ),
    (
        timedelta(days=30),
        lambda n: ngettext("%(num)s mo ago", "%(num)s mo ago", n),
        lambda n: ngettext("in %(num)s mo", "in %(num)s mo", n),
    ),
    (
        timedelta(days=1),
        lambda n: ngettext("%(num)s d ago", "%(num)s d ago", n),
        lambda n: ngettext("in %(num)s d", "in %(num)s d", n),
    ),
    (
        timedelta(hours=1),
        lambda n: ngettext("%(num)s h ago", "%(num)s h ago", n),
        lambda n: ngettext("in %(num)s h", "in %(num)s h", n),
    ),
    (
        timedelta(minutes=1),
        lambda n: ngettext("%(num)s min ago", "%(num)s min ago", n),
        lambda n: ngettext("in %(num)s min", "in %(num)s min", n),
    ),
)


def age(moment: datetime, now: datetime) -> str:
    """The time since then in its largest unit: "just now", "5 min ago", "3 h ago", "2 d ago"."""
    passed = now - moment
    for length, said, _ahead in _UNITS:
        if passed >= length:
            return said(passed // length)
    return _("just now")


def _in(left: timedelta) -> str:
    """The time until then in its largest unit: "in 5 min", "in 2 d"."""
    for length, _ago, said in _UNITS:
        if left >= length:
            return said(left // length)
    return _("in a moment")


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
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.astimezone(UTC).isoformat(timespec="seconds"), exact(moment, zone), _in(moment - now)
    )


def utc_text(moment: datetime | None) -> str | None:
    """The moment as the API writes it, in ISO 8601 and UTC; None stays None."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
