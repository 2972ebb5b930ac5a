"""The way out for letters that the settings name: a mail server, or files in the data folder."""

from __future__ import annotations

import ssl
from pathlib import Path
from urllib.parse import urlsplit

from typo_reports.mail.kept import KeptTransport
from typo_reports.mail.outgoing import Sender, Transport
from typo_reports.mail.server import MailServerAddress
from typo_reports.mail.smtp import DEADLINE_SECONDS, TIMEOUT_SECONDS, SmtpTransport
from typo_reports.settings import Settings

__all__ = ["Transport", "transport_from"]


def transport_from(
    settings: Settings,
    *,
    trusted_certificates: Path | None = None,
    timeout_seconds: float = TIMEOUT_SECONDS,
    deadline_seconds: float = DEADLINE_SECONDS,
) -> Transport:
    """The transport of an installation. Opens no connection and makes no folder yet.

    `trusted_certificates` is a PEM file; without it the system's certificates count (or those
    that SSL_CERT_FILE names). Raises SettingsError for an SMTP_URL that names no server.
    """
    sender = Sender(settings.mail_from, desk_url=settings.base_url)
    if settings.smtp_url is None:
        return KeptTransport(settings.mail_folder, sender=sender)
    return SmtpTransport(
        MailServerAddress.from_url(settings.smtp_url),
        sender=sender,
        own_name=urlsplit(settings.base_url).hostname or "localhost",
        trust=ssl.create_default_context(cafile=trusted_certificates),
        timeout_seconds=timeout_seconds,
        deadline_seconds=deadline_seconds,
    )
