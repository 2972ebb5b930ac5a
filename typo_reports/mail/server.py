"""Where the mail server is and how to reach it, out of one SMTP URL."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from typo_reports.domain.errors import SettingsError

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServerAddress:
    """One mail server. TLS is never silently left out: the scheme says what is spoken."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, url: str) -> MailServerAddress:
        """`smtp://`, `smtp+starttls://` or `smtps://`, then `user:password@host:port`.

        User and password are percent-encoded. Raises SettingsError for anything else.
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise SettingsError(
                "TYPO_REPORTS_SMTP_URL must be smtp://, smtp+starttls:// or smtps:// and a host."
            )
        return cls(
            scheme=parts.scheme,
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )
