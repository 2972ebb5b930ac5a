"""The desk's actions and their keys, and what an editor may make of them (WCAG 2.1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_

KEYS_MOST = 4
# As people write them, and as browsers name them.
NAMED = {"↓": "ArrowDown", "↑": "ArrowUp", "←": "ArrowLeft", "→": "ArrowRight"}
# `g` begins the keys for going somewhere.
_PREFIX = "g"


@dataclass(frozen=True, slots=True)
class Action:
    """What can be done by a key: its name in the page's buttons, its label, its usual keys."""

    name: str
    label: str
    keys: tuple[str, ...]


ACTIONS = (
    Action("fixed", "Fixed", ("e", "1")),
    Action("not-an-error", "Not an error", ("#", "2")),
    Action("wont-fix", "Won’t fix", ("w", "3")),
    Action("spam", "Spam", ("!",)),
    Action("merge", "Same as another case", ("d",)),
    Action("snooze", "Let it sleep, or wake it", ("h",)),
    Action("take", "Take it", ("i",)),
    Action("assign", "Assign", ("a",)),
    Action("undo", "Undo the last deed", ("z",)),
    Action("next", "Next case", ("j", "ArrowDown")),
    Action("previous", "Previous case", ("k", "ArrowUp")),
    Action("next-free", "Next case nobody is on", ("n",)),
    Action("open", "Open the case", ("o",)),
    Action("back", "Back to the queue", ("u",)),
    Action("select", "Select the case", ("x",)),
    Action("copy", "Copy the correction", ("c",)),
    Action("place", "Open at the place on the page", ("p",)),
    Action("cms", "Edit in the CMS", ("m",)),
    Action("search", "Search", ("/",)),
    # Rarer ones have no key of their own: they stand in the list, and may be given one.
    Action("note", "Add a note for colleagues", ()),
    Action("answer", "Answer its readers", ()),
    Action("teach", "Not an error, ever", ()),
    Action("split", "Two errors in one case", ()),
    Action("check", "Look at the page now", ()),
    Action("release", "Let it into the queue", ()),
    Action("reopen", "Open it again", ()),
    Action("leave", "Leave it to others", ()),
    Action("many", "Decide on many at once", ()),
    Action("filters", "More filters", ()),
    Action("save-view", "Save this view", ()),
    Action("help", "Actions and keys", ("?",)),
)
# Two keys, one after the other; they stay as they are.
PLACES = (
    Action("go-queue", "Go to the queue", ("g q",)),
    Action("go-stats", "Go to the numbers", ("g s",)),
    Action("go-sites", "Go to the sites", ("g t",)),
    Action("go-settings", "Go to the settings", ()),
    Action("history", "What I did", ("g h",)),
)


def keys_of(changed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The keys of every action: the usual ones but where they were changed."""
    return {one.name: changed.get(one.name, list(one.keys)) for one in ACTIONS}


def shown(keys: list[str]) -> str:
    """Keys as people write them: "j ↓"."""
    signs = {name: sign for sign, name in NAMED.items()}
    return " ".join(signs.get(key, key) for key in keys)


def chosen(fields: Mapping[str, str]) -> dict[str, list[str]]:
    """The changed keys from one text for each action; an empty text switches an action's keys off.

    Raises InvalidFieldsError naming the action whose keys can't be, or are another's.
    """
    found: dict[str, list[str]] = {}
    owners: dict[str, str] = {}
    for action in ACTIONS:
        keys = [_key(action, word) for word in fields.get(action.name, "").split()]
        if len(keys) > KEYS_MOST:
            raise InvalidFieldsError.of(
                action.name,
                "too-many",
                N_(
                    "“%(label)s” may have at most %(keys_most)s keys.",
                    label=action.label,
                    keys_most=KEYS_MOST,
                ),
            )
        for key in keys:
            if owners.setdefault(key, action.label) != action.label:
                raise InvalidFieldsError.of(
                    action.name,
                    "taken",
                    N_(
                        "“%(shown)s” is the key of “%(owners)s” and of “%(label)s”.",
                        shown=shown([key]),
                        owners=owners[key],
                        label=action.label,
                    ),
                )
        if keys != list(action.keys):
            found[action.name] = keys
    return found


def _key(action: Action, word: str) -> str:
    if word in NAMED or word in NAMED.values():
        return NAMED.get(word, word)
    key = word.lower()
    if len(key) != 1 or not key.isprintable() or key == _PREFIX:
        raise InvalidFieldsError.of(
            action.name,
            "unknown",
            N_(
                "“%(word)s” can’t be a key of “%(label)s”: write single "
                "characters, or ↑ ↓ ← →, with spaces between them. “g” is the first of two keys.",
                word=word[:12],
                label=action.label,
            ),
        )
    return key
