"""A case: one suspected error in one place. Where it can stand and what may follow what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.domain.words import N_, NN_

OPEN = "open"
RESOLVED = "resolved"
STATUSES = (OPEN, RESOLVED)
# Its readers have taken back all that it held: it stands nowhere, and in no list.
WITHDRAWN = "withdrawn"

FIXED = "fixed"
NOT_AN_ERROR = "not-an-error"
DUPLICATE = "duplicate"
SPAM = "spam"
WONT_FIX = "wont-fix"

# How an editor says it; the order is the order of the buttons.
RESOLUTION_WORDS: Mapping[str, str] = {
    FIXED: N_("fixed"),
    NOT_AN_ERROR: N_("not an error"),
    DUPLICATE: N_("duplicate"),
    SPAM: N_("spam"),
    WONT_FIX: N_("won't fix"),
}
RESOLUTIONS = tuple(RESOLUTION_WORDS)
MAX_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands. `duplicate_of` is the id of the case that it repeats."""

    status: str = OPEN
    resolution: str | None = None
    duplicate_of: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether an editor still has to decide."""
        return self.status == OPEN

    @property
    def is_withdrawn(self) -> bool:
        """Whether its readers have taken back all that it held."""
        return self.status == WITHDRAWN

    def words(self) -> str:
        """The standing as an editor would say it: "open", "resolved as fixed"."""
        if self.is_open:
            return N_("open")
        if self.is_withdrawn:
            return N_("taken back")
        words = RESOLUTION_WORDS.get(self.resolution or "", N_("done"))
        return N_("resolved as %(resolution)s", resolution=words)


def checked_resolution(resolution: str) -> str:
    """The resolution itself; raises InvalidFieldsError if there is none of that name."""
    if resolution not in RESOLUTION_WORDS:
        raise InvalidFieldsError.of(
            "resolution",
            "unknown",
            N_(
                "The resolution must be one of: %(resolutions)s.",
                resolutions=", ".join(RESOLUTIONS),
            ),
        )
    return resolution


def checked_note(note: str | None) -> str | None:
    """The editor's note without edge space, None if empty; raises InvalidFieldsError if long."""
    note = (note or "").strip()
    if len(note) > MAX_NOTE:
        raise InvalidFieldsError.of(
            "note",
            "too-long",
            NN_(
                "The note may have at most %(num)s character.",
                "The note may have at most %(num)s characters.",
                MAX_NOTE,
            ),
        )
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in note):
        raise InvalidFieldsError.of(
            "note", "unstorable", N_("The note holds characters that can't be stored.")
        )
    return note or None


def after_resolving(
    standing: Standing, *, case_id: str, resolution: str, duplicate_of: str | None = None
) -> Standing:
    """The standing once resolved.

    Raises ConflictError if it is resolved already, InvalidFieldsError if the resolution is
    unknown or a duplicate doesn't name another case.
    """
    checked_resolution(resolution)
    if resolution == DUPLICATE and duplicate_of is None:
        raise InvalidFieldsError.of(
            "duplicate_of", "required", N_("Name the case that this one is a duplicate of.")
        )
    if resolution != DUPLICATE and duplicate_of is not None:
        raise InvalidFieldsError.of(
            "duplicate_of", "not-expected", N_("Only a duplicate points at another case.")
        )
    if duplicate_of == case_id:
        raise InvalidFieldsError.of(
            "duplicate_of", "itself", N_("A case can't be a duplicate of itself.")
        )
    _refuse_withdrawn(standing)
    if not standing.is_open:
        raise ConflictError(
            N_("This case is %(words)s already. Reopen it first.", words=standing.words())
        )
    return Standing(RESOLVED, resolution, duplicate_of)


def after_reopening(standing: Standing) -> Standing:
    """The standing once open again; raises ConflictError if it is open now."""
    if standing.is_open:
        raise ConflictError(N_("This case is open already."))
    _refuse_withdrawn(standing)
    return Standing()


def check_original(original: Standing, *, original_of_original: str | None) -> None:
    """Refuse to call a case the original of another if it repeats a third one itself."""
    _refuse_withdrawn(original)
    if original.resolution == DUPLICATE or original_of_original is not None:
        raise ConflictError(
            N_("That case is itself a duplicate. Choose the case that it is a duplicate of.")
        )


def _refuse_withdrawn(standing: Standing) -> None:
    if standing.is_withdrawn:
        raise ConflictError(N_("This was taken back: nothing is left of it."))
