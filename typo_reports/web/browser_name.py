"""What a browser calls itself, roughly: enough for its owner to know it again in a list."""

from __future__ import annotations

from flask import Request

from typo_reports.web.language import gettext as _

# In this order, because most browsers also call themselves Chrome, and all of them Mozilla.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_ON = " on "
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(of: Request) -> str | None:
    """Such as `Firefox on Linux`; None when it says nothing that we know. Never its own words."""
    said = of.headers.get("User-Agent", "")[:500]
    browser = next((name for mark, name in _BROWSERS if mark in said), None)
    system = next((name for mark, name in _SYSTEMS if mark in said), None)
    if browser is None:
        return None
    return f"{browser}{_ON}{system}" if system else browser


def shown_browser(name: str | None) -> str | None:
    """A kept name in the language of the page: `Firefox unter Linux`."""
    browser, on, system = (name or "").partition(_ON)
    return _("%(browser)s on %(system)s", browser=browser, system=system) if on else name
