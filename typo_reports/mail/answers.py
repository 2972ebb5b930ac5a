"""What the mail server's answer means for a letter: never, not now, or nothing works at all."""

from __future__ import annotations

import smtplib
import ssl

from typo_reports.mail.cleaning import one_line
from typo_reports.mail.outgoing import Outcome, Result

LONGEST_REASON = 300
# Answers about who we are, not about the letter (RFC 4954, 6; RFC 3207, 4).
_ABOUT_US = {530, 534, 535, 538}
# Too large for the mailbox or the server: said at MAIL already where SIZE is known (RFC 1870).
_TOO_LARGE = 552


def as_unreachable(error: Exception) -> Outcome:
    """The connection could not be made: nothing can go out now."""
    return Outcome(Result.UNREACHABLE, in_words(error))


def as_outcome(error: Exception, *, last_command: str) -> Outcome:
    """What an error within one letter means. Only a clear 5xx about this letter is for ever."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return Outcome(_result_of(code), _said(code, text))
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != _TOO_LARGE:
        return Outcome(Result.UNREACHABLE, in_words(error))
    if isinstance(error, smtplib.SMTPResponseException):
        return Outcome(_result_of(error.smtp_code), in_words(error))
    return Outcome(Result.LATER, in_words(error), may_have_arrived=last_command == "data")


def _result_of(code: int) -> Result:
    if code in _ABOUT_US:
        return Result.UNREACHABLE
    return Result.REFUSED if 500 <= code <= 599 else Result.LATER


def in_words(error: Exception) -> str:
    """The trouble as one sentence for the desk."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = f"The mail server's certificate is not trusted: {error.verify_message}."
    elif isinstance(error, TimeoutError) or "timed out" in str(error):
        reason = "The mail server did not answer in time."
    elif isinstance(error, ConnectionRefusedError):
        reason = "The mail server refused the connection."
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        reason = "The mail server broke off the connection."
    else:
        reason = f"The mail server can't be used: {error or type(error).__name__}."
    return one_line(reason, most=LONGEST_REASON)


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", errors="replace") if isinstance(text, bytes) else text
    return one_line(f"The mail server answered {code} {words}", most=LONGEST_REASON)
