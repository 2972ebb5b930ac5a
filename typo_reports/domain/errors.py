"""What can go wrong, each with a stable code that is public interface."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with one field: its dotted name, a stable code, a sentence."""

    field: str
    code: str
    message: str


class TypoReportsError(Exception):
    """Base of all errors that people are told about. `code` is API; `str(error)` a sentence."""

    code = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnreadableError(TypoReportsError):
    """The request can't be read at all."""

    code = "unreadable"


class InvalidFieldsError(TypoReportsError):
    """Readable, but some fields break a rule; each is named."""

    code = "invalid-fields"

    def __init__(self, errors: list[FieldError]) -> None:
        # One alone stays what it is, so that it can be said in other languages.
        words = errors[0].message if len(errors) == 1 else " ".join(one.message for one in errors)
        super().__init__(words)
        self.errors = errors

    @classmethod
    def of(cls, field: str, code: str, message: str) -> InvalidFieldsError:
        """The common case of one field in error."""
        return cls([FieldError(field, code, message)])


class NotFoundError(TypoReportsError):
    """There is no such thing, or it isn't for the one who asks."""

    code = "not-found"


class ConflictError(TypoReportsError):
    """The thing has changed meanwhile, or the deed doesn't fit where it stands."""

    code = "conflict"


class IdReusedError(ConflictError):
    """A report's id came again with different content."""

    code = "id-reused"


class TooLateError(ConflictError):
    """Readers may change their own report for a while only, and not once editors have decided."""

    code = "too-late"


class OriginNotAllowedError(TypoReportsError):
    """The page that sends isn't one of the site's registered origins."""

    code = "origin-not-allowed"


class NotSignedInError(TypoReportsError):
    """No valid token or session."""

    code = "not-signed-in"


class NotAllowedError(TypoReportsError):
    """Signed in, but the role doesn't cover this deed."""

    code = "not-allowed"


class TooManyError(TypoReportsError):
    """A limit was met; `retry_after_seconds` says when it is worth trying again."""

    code = "too-many-requests"

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class StorageUnavailableError(TypoReportsError):
    """The database is locked, full or away. Nothing was stored."""

    code = "storage-unavailable"

    def __init__(self, message: str, *, retry_after_seconds: int = 30) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class SettingsError(TypoReportsError):
    """A setting is unknown or malformed; the message names it and says what is expected."""

    code = "settings"
