"""A question to the queue as it stands in an address, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import url_for

from typo_reports.domain.errors import InvalidFieldsError
from typo_reports.domain.queue import Question
from typo_reports.domain.words import N_

_LARGEST_NUMBER = 2**31 - 1
_LONGEST_QUERY = 4000


def question_of(args: Mapping[str, str]) -> Question:
    """The question that an address asks; raises InvalidFieldsError naming what can't be asked.

    Empty values count as not given. `status=all` asks for every status, `status=snoozed` for the
    cases that sleep, `status=withheld` for those whose passage is not on its page,
    `status=house-style` for those that the house style has answered; a resolution alone asks for
    resolved cases, since open ones have none.
    """
    given: dict[str, Any] = {
        name: args[name].strip() for name in _TEXTS if args.get(name, "").strip()
    }
    question = replace(Question(), **given, has_correction=args.get("correction") == "yes")
    question = replace(
        question, is_free=args.get("free") == "yes", is_grouped=args.get("group") == "page"
    )
    if args.get("page"):
        question = replace(question, page=_number("page", args["page"]))
    if args.get("entry"):
        question = replace(question, entry=_number("entry", args["entry"]))
    if question.resolution and "status" not in given:
        question = replace(question, status="resolved")
    if question.status == "snoozed":
        question = replace(question, status="open", is_snoozed=True)
    if question.status == "withheld":
        question = replace(question, status="open", is_withheld=True)
    if question.status == "house-style":
        question = replace(question, status="resolved", is_folded=True)
    if question.status == "all":
        question = replace(question, status=None)
    return question.checked()


def question_of_query(query: str) -> Question:
    """The question of a query string that a form carried along; the usual one if it is broken."""
    try:
        return question_of(dict(parse_qsl(query[:_LONGEST_QUERY])))
    except (InvalidFieldsError, ValueError):
        return Question()


def query_of(question: Question) -> dict[str, str]:
    """The parts of an address that ask this; what is usual is left out."""
    usual = Question()
    found = {
        name: value
        for name in _TEXTS
        if (value := getattr(question, name)) and value != getattr(usual, name)
    }
    if question.status is None:
        found["status"] = "all"
    if question.is_snoozed:
        found["status"] = "snoozed"
    if question.is_withheld:
        found["status"] = "withheld"
    if question.is_folded:
        found["status"] = "house-style"
    for name, number in (("page", question.page), ("entry", question.entry)):
        if number is not None:
            found[name] = str(number)
    if question.has_correction:
        found["correction"] = "yes"
    if question.is_free:
        found["free"] = "yes"
    if question.is_grouped:
        found["group"] = "page"
    return found


def queue_address(query: Mapping[str, str]) -> str:
    """The address of the queue with this question."""
    return _with(url_for("desk.show_queue"), query)


def case_address(case_id: str, query: Mapping[str, str]) -> str:
    """The address of a case that remembers from which question it was reached."""
    return _with(url_for("desk.show_case", case_id=case_id), query)


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address


_TEXTS = tuple(
    field.name
    for field in fields(Question)
    if field.name
    not in {
        "page", "entry", "has_correction", "is_snoozed", "is_withheld", "is_folded", "is_free",
        "is_grouped",
    }
)  # fmt: skip


def _number(name: str, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _LARGEST_NUMBER:
        return int(text)
    raise InvalidFieldsError.of(name, "malformed", N_("The %(name)s must be a number.", name=name))
