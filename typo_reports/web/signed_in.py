"""Who is behind a request, and what they may reach."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, cast

from flask import g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from typo_reports.domain.errors import NotAllowedError, NotSignedInError
from typo_reports.domain.words import N_
from typo_reports.services import own_language, sign_in
from typo_reports.services.sign_in import SignedIn
from typo_reports.web.language import choose_again, present
from typo_reports.web.parts import parts

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

# Parts where everybody changes only what is their own, also who may else only look.
OWN_BUSINESS = frozenset({"settings", "settings.second_step", "settings.passkeys"})
# The only thing that the cookie of somebody signed in holds besides form token and notices.
TOKEN = "editor"  # noqa: S105 - a key, not a secret


def signed_in(view: View[P]) -> View[P]:
    """Let only signed-in editors in, as `g.editor`; a browser's GET is sent to sign in first."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        editor = present_editor()
        if editor is None:
            return _to_sign_in()
        g.editor = editor
        choose_again()
        if request.method not in {"GET", "HEAD"}:
            _require_decider(editor)
            _note_seen()
            note_language(editor)
        return view(*args, **kwargs)

    return guarded


def admin_only(view: View[P]) -> View[P]:
    """Let only admins in; others are told so (403)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        require_admin()
        return view(*args, **kwargs)

    return signed_in(guarded)


def _require_decider(editor: SignedIn) -> None:
    # Here and not in each view: a view that is added later can't forget it.
    if not editor.may_decide and request.blueprint not in OWN_BUSINESS:
        raise NotAllowedError(N_("You may look at everything here, but not change it."))


def require_manager(site_id: int) -> None:
    """Raise NotAllowedError unless the editor may change this site."""
    if not editor().may_manage(site_id):
        raise NotAllowedError(N_("Only an admin of this site can do this. Ask one of them."))


def require_admin() -> None:
    """Raise NotAllowedError unless the editor behind this request is an admin."""
    if not editor().is_admin:
        raise NotAllowedError(N_("Only an admin can do this. Ask one of your admins."))


def editor() -> SignedIn:
    """The editor behind this request, inside of a view under `signed_in`."""
    return cast(SignedIn, g.editor)


def may_reach(editor: SignedIn, site_id: int) -> bool:
    """Whether the editor may see and work on this site."""
    return editor.is_admin or site_id in editor.site_ids


def present_token() -> str | None:
    """The session's token from the signed cookie, if there is one."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else None


def present_editor() -> SignedIn | None:
    """Who is signed in, or None. Reads only: a GET never changes the database."""
    token = present_token()
    if token is None:
        return None
    with parts().database.reading() as database_session:
        return sign_in.editor_of_session(database_session, token, parts().now())


def _to_sign_in() -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"}:
        raise NotSignedInError(
            N_("You are not signed in any more. Please sign in and do it again.")
        )
    here = request.full_path if request.query_string else request.path
    return redirect(url_for("sign_in.show", next=here))


def note_language(who: SignedIn) -> None:
    """Remember in which language the desk speaks to them where the browser decides it.

    Written only when it has changed, and by no GET: with deeds, and when somebody signs in.
    """
    language = present().language
    if who.language is None and language != who.last_language:
        with parts().database.writing() as database_session:
            own_language.note(database_session, who.id, language)


def _note_seen() -> None:
    token, now = present_token(), parts().now()
    if token is None:
        return
    with parts().database.reading() as reading:
        if not sign_in.is_seen_worth_noting(reading, token, now):
            return
    with parts().database.writing() as writing:
        sign_in.note_seen(writing, token, now)
