"""Which keys an editor may choose."""

from __future__ import annotations

import re

import pytest

from typo_reports.assets import asset_folder
from typo_reports.domain.desk_keys import ACTIONS, PLACES, chosen, keys_of, shown
from typo_reports.domain.errors import InvalidFieldsError

USUAL = {one.name: shown(list(one.keys)) for one in ACTIONS}


def test_the_usual_keys_are_no_change() -> None:
    assert chosen(USUAL) == {}
    assert keys_of({})["next"] == ["j", "ArrowDown"]


def test_keys_can_be_changed_and_switched_off() -> None:
    changed = chosen({**USUAL, "fixed": "F 7", "spam": ""})
    assert changed == {"fixed": ["f", "7"], "spam": []}
    assert keys_of(changed)["fixed"] == ["f", "7"]
    assert keys_of(changed)["spam"] == []
    assert keys_of(changed)["undo"] == ["z"]


@pytest.mark.parametrize("keys", ["g", "Enter", "ab", "1 2 4 5 6", "\u200b", "j"])
def test_keys_that_can_not_be_are_refused_by_name(keys: str) -> None:
    with pytest.raises(InvalidFieldsError) as refused:
        chosen({**USUAL, "fixed": keys})
    assert refused.value.errors[0].field in {"fixed", "next"}


def test_every_action_of_the_pages_stands_in_the_list_and_every_line_does_something() -> None:
    pages = "".join(path.read_text() for path in asset_folder("templates").rglob("desk/*.html"))
    script = "".join(path.read_text() for path in (asset_folder("static") / "js/desk").glob("*.js"))
    marked = set(re.findall(r'data-action="([a-z-]+)"', pages))
    listed = {one.name for one in (*ACTIONS, *PLACES)}
    assert marked <= listed
    assert {name for name in listed - marked if f'"{name}"' not in script} == set()


def test_no_two_actions_have_one_usual_key() -> None:
    keys = [key for one in ACTIONS for key in one.keys]
    assert len(keys) == len(set(keys))
