"""Headers that every answer carries, cookies, trusted hosts and the reader's network address."""

from __future__ import annotations

import ipaddress

from flask import Flask, Request, Response, request

from typo_reports.domain.errors import UnreadableError
from typo_reports.domain.words import N_
from typo_reports.settings import Network, Settings

DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
API_POLICY = "default-src 'none'; frame-ancestors 'none'"
BODY_MOST_BYTES = 64 * 1024
FORM_MOST_BYTES = 1024 * 1024
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


def configure(app: Flask, settings: Settings) -> None:
    """Cookies, size limits, trusted hosts and the hook that adds headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-typo_reports" if settings.is_https else "typo_reports",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=30 * 24 * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,
        MAX_CONTENT_LENGTH=FORM_MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_MOST_BYTES,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        # The strict Referer check fails for people whose browser sends none.
        WTF_CSRF_SSL_STRICT=False,
    )
    is_https = settings.is_https

    @app.before_request
    def refuse_nul() -> None:
        # PostgreSQL can't store or compare it, and no browser sends it.
        given = [request.path, *request.args.keys(), *request.args.values()]
        if request.mimetype in FORM_TYPES:
            given += [*request.form.keys(), *request.form.values()]
        if any("\0" in text for text in given):
            raise UnreadableError(N_("The request holds a NUL character."))

    @app.after_request
    def add_headers(response: Response) -> Response:
        _add_headers(response, is_https=is_https)
        return response


def _add_headers(response: Response, *, is_https: bool) -> None:
    headers = response.headers
    is_page = response.mimetype == "text/html"
    headers.setdefault("Content-Security-Policy", DESK_POLICY if is_page else API_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if is_https:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if is_page:
        headers.setdefault("Cache-Control", "no-store")


def network_address(of: Request, trusted: tuple[Network, ...]) -> str:
    """The address that the request came from, believing `X-Forwarded-For` only from our proxies.

    The list is read from its right end: the first address that is no proxy of ours is the reader's.
    """
    address = of.remote_addr or ""
    if not _is_of(address, trusted):
        return address
    for part in reversed(of.headers.get("X-Forwarded-For", "").split(",")):
        candidate = part.strip()
        try:
            address = str(ipaddress.ip_address(candidate.strip("[]")))
        except ValueError:
            return address
        if not _is_of(address, trusted):
            return address
    return address


def network_key(settings: Settings) -> str:
    """What one reader's connection is counted under: an IPv4 address or an IPv6 /64 network."""
    address = network_address(request, settings.trusted_proxies)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(parsed)


def is_from(of: Request, networks: tuple[Network, ...], trusted: tuple[Network, ...]) -> bool:
    """Whether the request comes from one of these networks."""
    return _is_of(network_address(of, trusted), networks)


def _is_of(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)
