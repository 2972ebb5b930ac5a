"""A case's history in sentences."""

from __future__ import annotations

from typo_reports.domain.case import RESOLUTION_WORDS
from typo_reports.storage.models import CaseEvent

_DEEDS = {
    "resolved": "resolving",
    "reopened": "reopening",
    "assigned": "assigning",
    "snoozed": "snoozing",
    "woken": "waking",
    "seen-fixed": "closing",
    "split-by-hand": "splitting",
    "withheld": "withholding",
    "released": "releasing",
    "house-style": "answer of the house style",
    "found-elsewhere": "search",
}


# What needs no more words than these.
_PLAIN = {
    "reported": "reported it",
    "withheld": "does not hold this passage: it is withheld from the queue",
    "grouped": "showed that it is the same error as another case, which took its reports",
    "withdrawn": "took back a report of it",
    "reworded": "changed a report of it",
    "reopened": "opened it again",
    "snoozed": "put it to sleep",
    "woken": "woke it",
    "grouped-back": "gave its reports back to the case that it came from",
    "house-style": "answered it: not an error",
    "found-elsewhere": "had it looked for: the error of another case stands here, too",
    "left-out": "left it out of the corrections page",
    "put-back": "put it back on the corrections page",
    "split": "selected one error more precisely, which took its reports from another case",
}


def who(event: CaseEvent) -> str:
    """Who did it, for the beginning of a sentence."""
    if event.editor is not None:
        return event.editor.name or event.editor.email
    actor = event.actor or ""
    if actor.startswith("api:"):
        return f"The program “{actor.removeprefix('api:')}”"
    named = {"reader": "A reader", "page": "The page", "house-style": "The house style"}
    return named.get(actor, "Somebody")


def what(event: CaseEvent) -> str:
    """What was done, for the rest of the sentence."""
    data = event.data
    match event.kind:
        case "seen-fixed":
            seen = data.get("seen", {})
            return f"showed “{seen.get('after', '')}” for “{seen.get('before', '')}”: it is fixed"
        case "regression" if event.actor == "page":
            return "showed the error again after it was fixed: it is open again"
        case "released" if event.actor != "page":
            return "let it into the queue"
        case "released":
            return "holds this passage now: it is in the queue"
        case "regression":
            return "reported it again after it was fixed: it is open again"
        case "resolved":
            resolution = data.get("after", {}).get("resolution", "")
            return f"resolved it as {RESOLUTION_WORDS.get(resolution, 'done')}"
        case "assigned":
            name = data.get("name")
            return f"gave it to {name}" if name else "left it to nobody in particular"
        case "merged":
            return f"added the reports of “{data.get('exact', '')}” to it"
        case "split-by-hand":
            return f"moved reports about “{data.get('exact', '')}” to a case of their own"
        case "split-off":
            return f"took it out of the case of “{data.get('exact', '')}”"
        case "page-joined":
            return f"is the same as {data.get('to', '')}: the server has read both addresses"
        case "page-parted":
            return f"said that {data.get('to', '')} is a page of its own"
        case "undone":
            return f"took back the {_DEEDS.get(data.get('kind', ''), 'last change')}"
        case _:
            return _PLAIN.get(event.kind, event.kind)


def done_to(event: CaseEvent) -> str:
    """The same as a headline: "Resolved as fixed"."""
    words = what(event).replace(" it ", " ", 1).removesuffix(" it")
    return words[:1].upper() + words[1:]


def can_be_undone(event: CaseEvent) -> bool:
    """Whether the event holds what an undo needs and wasn't undone."""
    return "before" in event.data and event.undone_at is None and event.kind != "undone"
