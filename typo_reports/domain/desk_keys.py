"""The desk's actions and their keys, and what an editor may make of them (WCAG 2.1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.words import N_, NN_

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
    Action("fixed", N_("Fixed"), ("e", "1")),
    Action("not-an-error", N_("Not an error"), ("#", "2")),
    Action("wont-fix", N_("Won’t fix"), ("w", "3")),
    Action("spam", N_("Spam"), ("!",)),
    Action("merge", N_("Same as another case"), ("d",)),
    Action("snooze", N_("Let it sleep, or wake it"), ("h",)),
    Action("take", N_("Take it"), ("i",)),
    Action("assign", N_("Assign"), ("a",)),
    Action("undo", N_("Undo the last deed"), ("z",)),
    Action("next", N_("Next case"), ("j", "ArrowDown")),
    Action("previous", N_("Previous case"), ("k", "ArrowUp")),
    Action("next-free", N_("Next case nobody is on"), ("n",)),
    Action("open", N_("Open the case"), ("o",)),
    Action("back", N_("Back to the queue"), ("u",)),
    Action("select", N_("Select the case"), ("x",)),
    Action("copy", N_("Copy the correction"), ("c",)),
    Action("place", N_("Open at the place on the page"), ("p",)),
    Action("cms", N_("Edit in the CMS"), ("m",)),
    Action("search", N_("Search"), ("/",)),
    # Rarer ones have no key of their own: they stand in the list, and may be given one.
    Action("note", N_("Add a note for colleagues"), ()),
    Action("answer", N_("Answer its readers"), ()),
    Action("teach", N_("Not an error, ever"), ()),
    Action("split", N_("Two errors in one case"), ()),
    Action("check", N_("Look at the page now"), ()),
    Action("release", N_("Let it into the queue"), ()),
    Action("reopen", N_("Open it again"), ()),
    Action("leave", N_("Leave it to others"), ()),
    Action("many", N_("Decide on many at once"), ()),
    Action("filters", N_("More filters"), ()),
    Action("save-view", N_("Save this view"), ()),
    Action("help", N_("Actions and keys"), ("?",)),
)
# Two keys, one after the other; they stay as they are.
PLACES = (
    Action("go-queue", N_("Go to the queue"), ("g q",)),
    Action("go-stats", N_("Go to the numbers"), ("g s",)),
    Action("go-sites", N_("Go to the sites"), ("g t",)),
    Action("go-settings", N_("Go to the settings"), ()),
    Action("history", N_("What I did"), ("g h",)),
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
                NN_(
                    "“%(label)s” may have at most %(num)s key.",
                    "“%(label)s” may have at most %(num)s keys.",
                    KEYS_MOST,
                    label=action.label,
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
