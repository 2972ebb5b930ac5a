"""In which language a page speaks, and its words in it.

An editor's own choice comes first, then what was chosen when signing in, then what the browser
asks for, then English. Programs are always answered in English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.numbers import format_percent
from flask import Flask, Response, g, has_request_context, request, session
from werkzeug.exceptions import HTTPException

from typo_reports.catalogues import Catalogue, catalogue
from typo_reports.domain.languages import ENGLISH, LANGUAGES, is_known

CHOSEN = "language"
# For programs; or for everybody, whom a view may answer in the language of the site.
_ENGLISH_ONLY = ("/api/", "/healthz", "/metrics", "/corrections/")


def present() -> Catalogue:
    """The catalogue for the present request; English outside of one."""
    if not has_request_context():
        return catalogue(ENGLISH)
    found = g.get("catalogue")
    if found is None:
        found = g.catalogue = catalogue(_present_language())
    return found  # type: ignore[no-any-return]


def speak(language: str) -> None:
    """Answer this request in the language, whatever the browser asks for."""
    g.catalogue, g.asked_the_browser = catalogue(language), False


def written_in(language: str | None) -> None:
    """Say that this answer is no text of the desk, and in this language for whoever asks."""
    g.foreign_language = language


def choose_again() -> None:
    """Forget the language of this request, since more is known about who asks."""
    g.pop("catalogue", None)
    g.asked_the_browser = False


def _present_language() -> str:
    if request.path.startswith(_ENGLISH_ONLY):
        return ENGLISH
    for language in _wishes():
        if language and is_known(language):
            return str(language)
    g.asked_the_browser = True
    # English first: it is what a browser gets that takes any.
    offered = [ENGLISH, *(code for code in LANGUAGES if code != ENGLISH)]
    return request.accept_languages.best_match(offered) or ENGLISH


def _wishes() -> Iterator[str | None]:
    """What was asked for, the strongest first. The cookie is looked into only where it counts."""
    editor = g.get("editor")
    yield editor.language if editor else None
    yield _named()
    yield session.get(CHOSEN)


def chosen() -> str | None:
    """The language that the address or the form of this request names, if it is known."""
    language = _named()
    return language if is_known(language) else None


def _named() -> str | None:
    """What the address or the form says, if it can be read: a form may be too large for that."""
    try:
        return request.values.get(CHOSEN)
    except HTTPException:
        return request.args.get(CHOSEN)


def chosen_by_stranger() -> str:
    """What the forms of somebody who isn't signed in carry along, so that no cookie is needed."""
    return "" if g.get("editor") else chosen() or ""


def keep_through(clear: Callable[[], None]) -> None:
    """Do `clear`, which empties the browser's session, but keep the language chosen there."""
    language = chosen() or session.get(CHOSEN)
    clear()
    if is_known(language):
        session[CHOSEN] = language


def gettext(message: str, /, **values: object) -> str:
    """The message in the present language, with the values put in."""
    found = present().gettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The form of the message for this number; `%(num)s` is the number as people write it."""
    found = present().ngettext(one, many, number)
    return found % {"num": shown_number(number), **values}


def said(text: str) -> str:
    """A text that the rules or services made, in the present language."""
    return present().said(text)


def shown_number(number: int) -> str:
    """1,234 as the present language writes it."""
    return present().shown_number(number)


def shown_share(share: float) -> str:
    """0.25 as 25 %, as the present language writes it."""
    found = present()
    if found.locale.language == ENGLISH:
        return f"{round(share * 100)} %"
    return format_percent(share, format="#,##0 %", locale=found.locale)


def shown_date(day: date, *, year: bool = True) -> str:
    """A day as the present language writes it: "23 Nov 2026", or without its year: "23 Nov"."""
    found = present()
    if found.locale.language == ENGLISH:
        return f"{day.day} {day:%b %Y}" if year else f"{day.day} {day:%b}"
    if year:
        return format_date(day, "medium", locale=found.locale)
    return format_skeleton("MMMd", day, locale=found.locale)


def shown_moment(moment: datetime) -> str:
    """A moment in its own zone, as the present language writes it: "23 Nov 2026, 14:05 CET"."""
    found = present()
    clock = f"{moment:%H:%M}"
    if found.locale.language != ENGLISH:
        clock = format_time(moment, "short", tzinfo=moment.tzinfo, locale=found.locale)
    return f"{shown_date(moment.date())}, {clock} {moment.tzname() or ''}".rstrip()


def weekday_names() -> list[str]:
    """Monday to Sunday in the present language."""
    names = get_day_names("wide", "stand-alone", locale=present().locale)
    return [names[day] for day in range(7)]


def register(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: present().gettext(message),
        lambda one, many, number: present().ngettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(
        said=said, shown_number=shown_number, chosen_language=chosen_by_stranger
    )
    app.jinja_env.filters["said"] = said
    app.context_processor(_language_of_page)
    app.after_request(_tell_language)


def _tell_language(response: Response) -> Response:
    """Say of a page which language it speaks, and of any answer whether the browser decided that.

    Where a cookie decides, Flask says so by itself: whoever looks into it has `Vary: Cookie`.
    """
    found = g.get("catalogue")
    language = found.language if found is not None else None
    if response.location is not None:
        # What stands in a redirect is the framework's.
        language = ENGLISH
    elif "foreign_language" in g:
        language = g.foreign_language
    elif g.get("asked_the_browser"):
        response.vary.add("Accept-Language")
    if language is not None and response.mimetype == "text/html":
        response.headers["Content-Language"] = language
    return response


def in_language(code: str) -> str:
    """The address of the present page in another language, for those without an account."""
    path, query = request.path, {**request.args.to_dict(), CHOSEN: code}
    # A form's answer, or a provider's, is no page to come back to.
    if request.method != "GET" or path.startswith("/sign-in/sso"):
        path, query = "/sign-in", {CHOSEN: code}
    return f"{request.script_root}{path}?{urlencode(query)}"


def _language_of_page() -> dict[str, Any]:
    found = present()
    return {
        "language": found.language,
        "direction": found.direction,
        "LANGUAGES": LANGUAGES,
        "in_language": in_language,
        "script_words": found.for_scripts,
    }
