"""A case as JSON, in the shape of the public contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from typo_reports.domain.links import edit_link, page_link
from typo_reports.domain.selector import Selector
from typo_reports.services.case_view import CaseView
from typo_reports.storage.models import Case, SiteOrigin


def case_document(view: CaseView, *, base_url: str) -> dict[str, Any]:
    """The case with everything a program needs to show or route it; times in ISO 8601, UTC."""
    case, page = view.case, view.case.page
    return {
        "id": case.id,
        "site": case.site.key,
        "status": case.status,
        "resolution": case.resolution,
        "reply": case.reply,
        "duplicate_of": case.duplicate_of_id,
        "page": {
            "url": page.url,
            "title": page.title,
            "lang": page.lang,
            "author": page.author,
            "section": page.section,
            "edit_url": edit_address(case),
        },
        "selector": Selector(case.exact, case.prefix, case.suffix, case.start, case.end).to_json(),
        "readers": case.readers,
        "found_by": "desk" if case.search_id else "readers",
        "suggestions": [{"text": said.text, "readers": said.readers} for said in view.suggestions],
        "comments": [{"text": said.text, "created_at": _time(said.at)} for said in view.comments],
        "hint": case.hint,
        "place": {"state": case.place_state, "checked_at": _time(case.place_checked_at)},
        "position": case.position,
        "withheld_at": _time(case.withheld_at),
        "assignee": _assignee(case),
        "version": case.version,
        "created_at": _time(case.created_at),
        "updated_at": _time(case.updated_at),
        "resolved_at": _time(case.resolved_at),
        "links": {
            "page": page_address(case),
            "edit": edit_address(case),
            "desk": f"{base_url.rstrip('/')}/cases/{case.id}",
        },
    }


def page_address(case: Case) -> str | None:
    """Where the passage stands on the live page; None if the page isn't on the site's origins."""
    return page_link(
        case.page.url,
        _origins(case.site.origins),
        exact=case.exact,
        prefix=case.prefix,
        suffix=case.suffix,
        case_id=case.id,
    )


def edit_address(case: Case) -> str | None:
    """The page's edit screen in the CMS, if the site or the page named one that can be trusted."""
    return edit_link(
        url=case.page.url,
        template=case.site.edit_url_template,
        edit_url=case.page.edit_url,
        origins=_origins(case.site.origins),
        page_id=case.page.cms_id,
    )


def _origins(rows: Iterable[SiteOrigin]) -> list[str]:
    return [row.origin for row in rows]


def _assignee(case: Case) -> dict[str, Any] | None:
    if case.assignee is None:
        return None
    return {"id": case.assignee.id, "name": case.assignee.name}


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
