"""Letters and transports as tests want them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from typo_reports.mail.outgoing import OutgoingLetter, Transport
from typo_reports.mail.transport import transport_from
from typo_reports.settings import Settings

WRITTEN_AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SENDER = "desk@gazette.example"


def letter(**values: Any) -> OutgoingLetter:
    """A small letter to Ann; `values` replace what is usual."""
    usual: dict[str, Any] = {
        "message_id": "<0198f0c2-7a10@desk.example>",
        "recipient": "ann@gazette.example",
        "subject": "The Harbour Gazette: 7 open cases, 3 new",
        "body_text": "Seven cases.\n",
        "body_html": "<p>Seven cases.</p>",
        "written_at": WRITTEN_AT,
    }
    return OutgoingLetter(**usual | values)


def transport_to(
    url: str | None,
    folder: Path,
    *,
    trusted: Path | None = None,
    timeout_seconds: float = 5.0,
    deadline_seconds: float = 10.0,
) -> Transport:
    """The transport of an installation whose mail server is at `url`."""
    settings = Settings(
        data_dir=folder,
        database_url="sqlite://",
        secret_key="x" * 32,
        base_url="https://desk.example",
        smtp_url=url,
        mail_from=SENDER,
    )
    return transport_from(
        settings,
        trusted_certificates=trusted,
        timeout_seconds=timeout_seconds,
        deadline_seconds=deadline_seconds,
    )
