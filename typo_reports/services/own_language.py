"""In which language an editor reads: as they chose, else as their browser last asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from typo_reports.domain.languages import ENGLISH, first_known
from typo_reports.storage import editors
from typo_reports.storage.models import Editor


def known(editor: Editor | None) -> str | None:
    """The editor's language; None for nobody, and for who hasn't used the desk yet."""
    return first_known(editor.language, editor.last_language) if editor is not None else None


def of_letters(editor: Editor | None) -> str:
    """In which language letters to the editor are written."""
    return known(editor) or ENGLISH


def note(session: Session, editor_id: int, language: str) -> None:
    """Remember that the desk speaks this language in the editor's browser."""
    editors.note_language(session, editor_id, language)
