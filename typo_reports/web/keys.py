"""The keys of the editor who is signed in, for the palette and for the page that changes them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from typo_reports.domain import desk_keys
from typo_reports.services import desk_keys as services
from typo_reports.web.parts import parts
from typo_reports.web.signed_in import editor


@dataclass(frozen=True, slots=True)
class ShownKeys:
    """What the templates need: the actions with their keys, and whether single keys act."""

    are_on: bool
    by_action: dict[str, list[str]]
    rows: list[tuple[str, str, list[str]]]


def shown() -> ShownKeys:
    """The keys of the signed-in editor."""
    with parts().database.reading() as session:
        are_on, by_action = services.of_editor(session, editor().id)
    rows = [
        (one.name, one.label, _signs(one, by_action.get(one.name, list(one.keys))))
        for one in (*desk_keys.ACTIONS, *desk_keys.PLACES)
    ]
    return ShownKeys(are_on, by_action, rows)


def _signs(action: desk_keys.Action, keys: list[str]) -> list[str]:
    # Enter is not for choice: it opens a case as it follows a link.
    return [*(["Enter"] if action.name == "open" else []), *desk_keys.shown(keys).split()]


def page(trouble: str | None = None) -> str:
    """The page on which keys are changed; after a refusal with what was written."""
    found = shown()
    fields = [
        (
            one.name,
            one.label,
            request.form.get(one.name, desk_keys.shown(found.by_action[one.name])),
            desk_keys.shown(list(one.keys)),
        )
        for one in desk_keys.ACTIONS
    ]
    return render_template("desk/keys.html", fields=fields, are_on=found.are_on, trouble=trouble)


def keep(editor_id: int, *, are_on: bool, changed: dict[str, list[str]]) -> None:
    """Store the editor's keys."""
    with parts().database.writing() as session:
        services.keep(session, editor_id, are_on=are_on, changed=changed)
