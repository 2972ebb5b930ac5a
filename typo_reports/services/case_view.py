"""A case together with what is shown beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from typo_reports.storage.cases import Comment, Suggestion
from typo_reports.storage.models import Case, CaseEvent


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as it is shown: with what readers said, and on its own page with all the rest."""

    case: Case
    suggestions: Sequence[Suggestion] = ()
    comments: Sequence[Comment] = ()
    events: Sequence[CaseEvent] = ()
    neighbours: Sequence[Case] = ()
    # What was decided about the same words on the site, the newest first.
    precedents: Sequence[Case] = ()
