"""Letters over SMTP: Flask-Mail, with what it lacks put around it.

That is: a timeout and a deadline, TLS that verifies, one recipient to a letter, bytes of our own
making, and an answer in plain words. This module is the only user of Flask-Mail.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import flask_mail
from flask import Flask

from typo_reports.mail.answers import as_outcome, as_unreachable, in_words
from typo_reports.mail.message import UnusableAddressError, as_bytes, usable_address
from typo_reports.mail.outgoing import Outcome, OutgoingLetter, Result, Sender, TransportError
from typo_reports.mail.server import MailServerAddress

# For one answer of the server, and for one letter or one greeting as a whole.
TIMEOUT_SECONDS = 20.0
DEADLINE_SECONDS = 60.0
GOODBYE_SECONDS = 3.0
# ValueError: a host that can't be looked up, such as one with an empty label.
_NO_CONNECTION = (smtplib.SMTPException, OSError, ValueError)


class SmtpTransport:
    """One mail server, one connection that is kept from letter to letter until `close`."""

    def __init__(
        self,
        server: MailServerAddress,
        *,
        sender: Sender,
        own_name: str,
        trust: ssl.SSLContext,
        timeout_seconds: float = TIMEOUT_SECONDS,
        deadline_seconds: float = DEADLINE_SECONDS,
    ) -> None:
        self._server, self._sender = server, sender
        self._deadline_seconds = deadline_seconds
        self._open = _Opener(server, own_name, trust, timeout_seconds)
        self._connection: _Connection | None = None
        # Flask-Mail wants an application; this one holds nothing but its settings.
        self._app = Flask("typo_reports.mail", static_folder=None, template_folder=None)
        flask_mail.Mail(self._app)

    def send(self, letter: OutgoingLetter) -> Outcome:
        """Hand over one letter. A kept connection that went stale is opened anew, once."""
        try:
            message = _Message(letter, self._sender)
        except UnusableAddressError as error:
            return Outcome(Result.REFUSED, f"The address can't be used: {error}.")
        was_kept = self._connection is not None
        with self._app.app_context():
            outcome = self._attempt(message)
            went_stale = was_kept and self._connection is None and not outcome.may_have_arrived
            return self._attempt(message) if went_stale else outcome

    def check(self) -> str:
        """Greet the server, with TLS and login as for a letter, and go."""
        with self._app.app_context():
            try:
                self._connected()
            except _NO_CONNECTION as error:
                raise TransportError(in_words(error)) from error
            finally:
                self.close()
        return f"{self._server.host}:{self._server.port} answers ({self._server.scheme})"

    def close(self) -> None:
        """Say goodbye. Whatever the server answers: its letters have been taken already."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.hang_up()

    def _attempt(self, message: _Message) -> Outcome:
        try:
            connection = self._connected()
        except _NO_CONNECTION as error:
            return as_unreachable(error)
        try:
            with connection.deadline(self._deadline_seconds):
                connection.send(message)
        except (smtplib.SMTPException, OSError) as error:
            outcome = as_outcome(error, last_command=connection.last_command)
            if not connection.is_ready_again():
                self.close()
            return outcome
        return Outcome(Result.SENT)

    def _connected(self) -> _Connection:
        if self._connection is None:
            connection = _Connection(self._app.extensions["mail"], self._open)
            try:
                with connection.deadline(self._deadline_seconds):
                    connection.__enter__()
            except BaseException:
                connection.hang_up()
                raise
            self._connection = connection
        return self._connection


class _Message(flask_mail.Message):
    """Flask-Mail's message with bytes of our own making."""

    def __init__(self, letter: OutgoingLetter, sender: Sender) -> None:
        # Not the parent's, which asks the name service for this machine's name each time
        # (seconds, where none answers) to make a Message-ID that is not the letter's.
        self.recipients = [usable_address(letter.recipient)]
        self.sender = usable_address(sender.address)
        self.cc, self.bcc, self.reply_to = [], [], None
        self.subject = ""
        self.date = letter.written_at.timestamp()
        self.mail_options, self.rcpt_options = [], []
        self._bytes = as_bytes(letter, sender=sender)

    def as_bytes(self) -> bytes:
        """The whole letter, ASCII only, lines of at most 78 characters."""
        return self._bytes


class _Smtp(smtplib.SMTP):
    """Knows the last command that was said, and says when it begins, so that it can be ended."""

    last_command = ""

    def __init__(self, *args: Any, begun: Callable[[_Smtp], None], **kwargs: Any) -> None:
        begun(self)
        super().__init__(*args, **kwargs)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command, remembering it."""
        self.last_command = cmd.lower()
        super().putcmd(cmd, args)


class _SmtpOverTls(_Smtp, smtplib.SMTP_SSL):
    """The same, speaking TLS from the first byte."""


class _Opener:
    """Opens a connection to the one server, as its scheme says."""

    def __init__(
        self, server: MailServerAddress, own_name: str, trust: ssl.SSLContext, timeout: float
    ) -> None:
        self._server, self._own_name = server, own_name
        self._trust, self._timeout = trust, timeout

    def __call__(self, begun: Callable[[_Smtp], None]) -> _Smtp:
        server = self._server
        kind, more = (_Smtp, {})
        if server.scheme == "smtps":
            kind, more = _SmtpOverTls, {"context": self._trust}
        smtp = kind(
            server.host,
            server.port,
            # Else smtplib asks the name service for it.
            local_hostname=self._own_name,
            timeout=self._timeout,
            begun=begun,
            **more,
        )
        if server.scheme == "smtp+starttls":
            smtp.starttls(context=self._trust)
        if server.user and server.password:
            smtp.login(server.user, server.password)
        return smtp


class _Connection(flask_mail.Connection):
    """Flask-Mail's connection, opened our way and ended without complaint."""

    host: _Smtp | None

    def __init__(self, mail: Any, opener: _Opener) -> None:
        super().__init__(mail)
        self._open = opener

    def configure_host(self) -> _Smtp:
        """Connect, with TLS and login where the server's address asks for them."""
        return self._open(self._begun)

    @property
    def last_command(self) -> str:
        """The last command said, in lower case."""
        return self.host.last_command if self.host is not None else ""

    def is_ready_again(self) -> bool:
        """Whether the next letter can go over this connection, after trouble with one."""
        try:
            return self.host is not None and self.host.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """End the connection unless the block ends in time; a drip of bytes renews no deadline."""
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def hang_up(self) -> None:
        """Say QUIT if there is anybody to say it to, and close."""
        smtp, self.host = self.host, None
        if smtp is None or smtp.sock is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            smtp.sock.settimeout(GOODBYE_SECONDS)
            smtp.quit()
        smtp.close()

    def _begun(self, smtp: _Smtp) -> None:
        self.host = smtp

    def _cut(self) -> None:
        sock = self.host.sock if self.host is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
