"""How urgent a case is, as one number that needs no clock, and the reasons in words.

Newer cases are more urgent, one point a day, counted from a fixed day: so the order of two cases
never changes by waiting, and the number can be stored and indexed. Everything else is worth days:
each doubling of the readers two, a reader's correction one, a fixed error that came back four, a
headline three, a lead one and a half, a caption half, an article that was new one. What no reader
has reported, but the desk has found on other pages, stands two days behind.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from typo_reports.domain.position import BODY, CAPTION, HEADLINE, LEAD
from typo_reports.domain.words import N_, NN_

_FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
_DOUBLED_READERS = 2.0
# The desk itself counts as half a reader.
_NO_READER = 0.5
_CORRECTION = 1.0
_REGRESSION = 4.0
_FRESH = 1.0
_POSITIONS = {HEADLINE: 3.0, LEAD: 1.5, CAPTION: 0.5}
# Within a sentence: German nouns keep their capital, so no template may lower it.
POSITION_WORDS = {
    HEADLINE: N_("headline"),
    LEAD: N_("lead"),
    CAPTION: N_("caption"),
    BODY: N_("body"),
}
_MANY_READERS = 2
_NEW = timedelta(hours=24)
_OLD = timedelta(days=14)


def urgency(
    *,
    created_at: datetime,
    readers: int,
    is_corrected: bool,
    regressions: int,
    position: str | None = None,
    is_fresh: bool = False,
) -> float:
    """Points of urgency, comparable between cases of any age.

    `is_fresh` says that the article was new when the case came in, which no waiting changes.
    """
    days = (created_at - _FIRST_DAY) / timedelta(days=1)
    points = days + _DOUBLED_READERS * math.log2(max(_NO_READER, readers))
    points += _CORRECTION * is_corrected + _REGRESSION * min(1, regressions)
    return round(points + _POSITIONS.get(position or "", 0.0) + _FRESH * is_fresh, 6)


def reasons(
    *,
    created_at: datetime,
    readers: int,
    regressions: int,
    now: datetime,
    position: str | None = None,
    is_fresh: bool = False,
) -> list[str]:
    """Why the case stands where it does, the weightiest first; empty for an ordinary one.

    A correction is not named: it stands beside the passage.
    """
    found: list[str] = []
    if regressions:
        found.append(N_("came back after a fix"))
    if position in _POSITIONS:
        found.append(POSITION_WORDS[position])
    if readers >= _MANY_READERS:
        found.append(NN_("%(num)s reader", "%(num)s readers", readers))
    if is_fresh:
        found.append(N_("fresh article"))
    age = now - created_at
    if age < _NEW:
        found.append(N_("new"))
    elif age > _OLD:
        found.append(NN_("open for %(num)s day", "open for %(num)s days", age.days))
    return found
