"""Letters as .eml files in a folder, where there is no mail server; the demo shows them."""

from __future__ import annotations

import email
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default as default_policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from typo_reports.mail.cleaning import one_line
from typo_reports.mail.message import UnusableAddressError, as_bytes
from typo_reports.mail.outgoing import Outcome, OutgoingLetter, Result, Sender, TransportError

# Older files make room: a folder that nobody looks at must not fill the disk.
MOST_FILES = 1_000
_LANG = re.compile(r'<html lang="([A-Za-z0-9-]{2,35})"')
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[A-Za-z0-9-]{1,80}\.eml")


class KeptTransport:
    """Writes each letter to a file of its own; the same letter again overwrites its file."""

    def __init__(self, folder: Path, *, sender: Sender) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: OutgoingLetter) -> Outcome:
        """Keep one letter."""
        try:
            content = as_bytes(letter, sender=self._sender)
        except UnusableAddressError as error:
            return Outcome(Result.REFUSED, f"The address can't be used: {error}.")
        try:
            self._write(_name_of(letter), content)
        except OSError as error:
            reason = f"The letter can't be kept in {self._folder}: {error.strerror}."
            return Outcome(Result.UNREACHABLE, one_line(reason, most=300))
        return Outcome(Result.SENT)

    def check(self) -> str:
        """Make the folder, to see that it can be made."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise TransportError(f"{self._folder} can't be made: {error.strerror}.") from error
        return f"no mail server; letters are kept in {self._folder}"

    def close(self) -> None:
        """Make room: only the newest MOST_FILES letters stay."""
        for path in _newest_first(self._folder)[MOST_FILES:]:
            path.unlink(missing_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Under another name first: nobody ever sees half a letter.
        unfinished = self._folder / f".{name}.{os.getpid()}"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._folder / name)


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """One kept letter. `name` is its file name; the texts are as a mail program shows them."""

    name: str
    recipient: str
    subject: str
    written_at: datetime
    body_text: str
    body_html: str | None

    @property
    def language(self) -> str | None:
        """What its HTML part says to be written in."""
        found = _LANG.search(self.body_html or "")
        return found[1] if found else None


def kept_letters(folder: Path, *, limit: int = 50) -> list[KeptLetter]:
    """The newest letters of the folder, newest first; none if there is no folder."""
    return [_parsed(path) for path in _newest_first(folder)[:limit]]


def kept_letter(folder: Path, name: str) -> KeptLetter | None:
    """The letter in the file `name`, or None if there is no such letter."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    return _parsed(path)


def _name_of(letter: OutgoingLetter) -> str:
    mark = re.sub(r"[^A-Za-z0-9-]", "", letter.message_id.partition("@")[0])[:80]
    return f"{letter.written_at.astimezone(UTC):%Y%m%dT%H%M%S}-{mark}.eml"


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _parsed(path: Path) -> KeptLetter:
    message = email.message_from_bytes(path.read_bytes(), policy=default_policy)
    return KeptLetter(
        name=path.name,
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        written_at=parsedate_to_datetime(str(message["Date"])),
        body_text=_part(message, "plain") or "",
        body_html=_part(message, "html"),
    )


def _part(message: EmailMessage, subtype: str) -> str | None:
    part = message.get_body((subtype,))
    content = part.get_content() if part is not None else None
    return content.replace("\r\n", "\n") if isinstance(content, str) else None
