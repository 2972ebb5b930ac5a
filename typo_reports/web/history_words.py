"""A case's history in sentences."""

from __future__ import annotations

from typing import Any

from typo_reports.domain.case import RESOLUTION_WORDS
from typo_reports.domain.words import N_
from typo_reports.storage.models import CaseEvent
from typo_reports.web.language import gettext as _
from typo_reports.web.language import said

_DEEDS = {
    "resolved": N_("resolving"),
    "reopened": N_("reopening"),
    "assigned": N_("assigning"),
    "snoozed": N_("snoozing"),
    "woken": N_("waking"),
    "seen-fixed": N_("closing"),
    "split-by-hand": N_("splitting"),
    "withheld": N_("withholding"),
    "released": N_("releasing"),
    "house-style": N_("answer of the house style"),
    "found-elsewhere": N_("search"),
}


# What needs no more words than these.
_PLAIN = {
    "reported": N_("reported it"),
    "withheld": N_("does not hold this passage: it is withheld from the queue"),
    "grouped": N_("showed that it is the same error as another case, which took its reports"),
    "withdrawn": N_("took back a report of it"),
    "reworded": N_("changed a report of it"),
    "reopened": N_("opened it again"),
    "snoozed": N_("put it to sleep"),
    "woken": N_("woke it"),
    "grouped-back": N_("gave its reports back to the case that it came from"),
    "house-style": N_("answered it: not an error"),
    "found-elsewhere": N_("had it looked for: the error of another case stands here, too"),
    "left-out": N_("left it out of the corrections page"),
    "put-back": N_("put it back on the corrections page"),
    "split": N_("selected one error more precisely, which took its reports from another case"),
}

_HEADLINES = {
    "reopened": N_("Opened again"),
    "snoozed": N_("Put to sleep"),
    "woken": N_("Woke"),
    "left-out": N_("Left out of the corrections page"),
    "put-back": N_("Put back on the corrections page"),
    "released": N_("Let into the queue"),
}
_ACTORS = {
    "reader": N_("A reader"),
    "page": N_("The page"),
    "house-style": N_("The house style"),
}


def who(event: CaseEvent) -> str:
    """Who did it, for the beginning of a sentence."""
    if event.editor is not None:
        return event.editor.name or event.editor.email
    actor = event.actor or ""
    if actor.startswith("api:"):
        return _("The program “%(name)s”", name=actor.removeprefix("api:"))
    return said(_ACTORS.get(actor, N_("Somebody")))


def what(event: CaseEvent) -> str:
    """What was done, for the rest of the sentence."""
    data = event.data
    match event.kind:
        case "seen-fixed":
            seen = data.get("seen", {})
            return _(
                "showed “%(after)s” for “%(before)s”: it is fixed",
                after=seen.get("after", ""),
                before=seen.get("before", ""),
            )
        case "regression" if event.actor == "page":
            return _("showed the error again after it was fixed: it is open again")
        case "released" if event.actor != "page":
            return _("let it into the queue")
        case "released":
            return _("holds this passage now: it is in the queue")
        case "regression":
            return _("reported it again after it was fixed: it is open again")
        case "resolved":
            return _("resolved it as %(words)s", words=_resolution(data))
        case "assigned":
            name = data.get("name")
            if name:
                return _("gave it to %(name)s", name=name)
            return _("left it to nobody in particular")
        case "merged":
            return _("added the reports of “%(exact)s” to it", exact=data.get("exact", ""))
        case "split-by-hand":
            return _(
                "moved reports about “%(exact)s” to a case of their own",
                exact=data.get("exact", ""),
            )
        case "split-off":
            return _("took it out of the case of “%(exact)s”", exact=data.get("exact", ""))
        case "page-joined":
            return _(
                "is the same as %(to)s: the server has read both addresses", to=data.get("to", "")
            )
        case "page-parted":
            return _("said that %(to)s is a page of its own", to=data.get("to", ""))
        case "undone":
            deed = _DEEDS.get(data.get("kind", ""), N_("last change"))
            return _("took back the %(deed)s", deed=said(deed))
        case _:
            return said(_PLAIN.get(event.kind, event.kind))


def done_to(event: CaseEvent) -> str:
    """The same as a headline, for the one who did it: "Resolved as fixed"."""
    data = event.data
    match event.kind:
        case "resolved":
            return _("Resolved as %(words)s", words=_resolution(data))
        case "assigned":
            name = data.get("name")
            return _("Gave to %(name)s", name=name) if name else _("Left to nobody in particular")
        case "merged":
            return _("Added the reports of “%(exact)s”", exact=data.get("exact", ""))
        case kind if kind in _HEADLINES:
            return said(_HEADLINES[kind])
        case _:
            words = what(event)
            return words[:1].upper() + words[1:]


def _resolution(data: dict[str, Any]) -> str:
    resolution = data.get("after", {}).get("resolution", "")
    return said(RESOLUTION_WORDS.get(resolution, N_("done")))


def can_be_undone(event: CaseEvent) -> bool:
    """Whether the event holds what an undo needs and wasn't undone."""
    return "before" in event.data and event.undone_at is None and event.kind != "undone"
