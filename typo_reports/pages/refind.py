"""Finding a reported passage on a page as it is now, and saying what became of it.

Two folds: one blind to typography finds the place by the passage *and* its surroundings, a careful
one decides there. "The text is still somewhere on the page" decides nothing: the wrong word stands
elsewhere too on every third page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from typo_reports.domain.folding import fold_to_find
from typo_reports.domain.overlay import Overlay, overlay_page
from typo_reports.domain.selector import Selector
from typo_reports.pages.block import is_in_its_block, own_block
from typo_reports.pages.drift import OldPlace, old_place
from typo_reports.pages.places import Pattern, places, rewritten_places, stands_at
from typo_reports.pages.standing import Place, folded_for
from typo_reports.pages.target import Target, target_of
from typo_reports.pages.text import PageText

State = Literal["present", "changed", "gone"]

# Folded code points of surroundings that take part in the search.
_CONTEXT = 64
# How much further than the pattern itself one place is looked at.
_SLACK = 96
# Below these shares of agreeing surroundings a place is another one: where the wrong or the right
# piece stands letter for letter; where neither does, near its old offset; and further away.
_STANDS_BELOW = 0.25
_GONE_BELOW = 0.33
_FAR_BELOW = 0.5
# Nine places of ten move less than so many code points while a page is edited (measured).
_FAR = 300
# A short piece that stands in surroundings less like its own than this may be another one.
_PRESENT_FROM = 0.5
_LONG_PIECE = 24
# One word that was replaced without a known correction is surely fixed from here on.
_SURE = 0.6
# Surroundings less like the old ones than this may have been rewritten: look once more, closer.
_CLOSER_BELOW = 0.9
# What counts, besides surroundings, between several places.
_STANDS_BONUS = 0.1
_STANDS_IN_BLOCK_BONUS = 0.2
_NEAR_BONUS = 0.5
_NEAR_SCALE = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a passage.

    `start` and `end` are code points in the page's text (None when gone); `before` is the piece
    that was reported and `after` what stands in its place now; `score` says from 0 to 1 how
    much of the surroundings is there. `fixed` is sure enough to close a case by itself. `there` is
    how the passage lies over the page. `in_block` says that the
    rest of the block of text around the piece is as it was.
    """

    state: State
    start: int | None
    end: int | None
    before: str
    after: str
    score: float
    fixed: bool = False
    there: Overlay | None = field(default=None, repr=False, compare=False)
    in_block: bool = False

    @property
    def stands(self) -> bool:
        """Whether the wrong piece, or the right one, is there letter for letter."""
        return self.state == "present" or self.fixed


def refind(selector: Selector, text: PageText | str, *, suggestion: str | None = None) -> Finding:
    """Where the passage stands in `text` and whether it is still wrong."""
    page = PageText(text) if isinstance(text, str) else text
    target = target_of(selector, suggestion)
    pattern = pattern_of(target)
    old = old_place(selector, target, page)
    folded = folded_for(target, page)
    hint = folded.folded(old.counted)
    if not stands_at(pattern, folded.text, hint):
        hint = folded.folded(old.seen)
    likely = places(pattern, folded.text, hint)
    findings = [look(target, pattern, page, place) for place in likely]
    best = _best(findings, old, page)
    if best is None or best.score < _CLOSER_BELOW:
        # Too much was rewritten for long seeds.
        seen = set(likely)
        likely = rewritten_places(pattern, folded.text, hint)
        findings += [look(target, pattern, page, place) for place in likely if place not in seen]
        best = _best(findings, old, page)
    if best is None:
        score = max((finding.score for finding in findings if finding), default=0.0)
        return Finding("gone", None, None, target.wrong, "", score)
    if best.fixed and _is_doubtful(best, findings, target, page):
        return replace(best, fixed=False)
    return best


def _is_doubtful(
    best: Finding, findings: list[Finding | None], target: Target, page: PageText
) -> bool:
    """Whether what looks corrected may be another passage, or the error may have moved on.

    Another page may hold the same line; what is known by its block alone does not close a case.
    """
    sure = _PRESENT_FROM if target.right else _SURE
    if best.in_block and best.score < _with_its_block(sure):
        return True
    return _stands_in_likelier(findings, best.score) or _lingers(best, target, page)


def _lingers(found: Finding, target: Target, page: PageText) -> bool:
    """Whether the error may only have moved: by rewriting, to the next sentence."""
    if found.there is None:
        return False
    place = Place(target, page, found.there)
    return not place.anchored and place.lingers()


def _best(findings: list[Finding | None], old: OldPlace, page: PageText) -> Finding | None:
    """The likeliest place: by its surroundings, what stands there, and how far it moved."""
    ranked = [
        (
            finding.score
            + _stands_bonus(finding)
            + _NEAR_BONUS / (1 + old.moved(finding.start or 0) / _NEAR_SCALE),
            -number,
            finding,
        )
        for number, finding in enumerate(findings)
        if finding is not None and finding.score >= _needed(finding, old)
    ]
    return max(ranked, key=lambda rank: rank[:2])[2] if ranked else None


def _stands_in_likelier(findings: list[Finding | None], score: float) -> bool:
    """Whether the wrong piece stands elsewhere in surroundings more like its own than these.

    Then what looks corrected may be another passage, which came to where this one was.
    """
    return any(one is not None and one.state == "present" and one.score > score for one in findings)


def _stands_bonus(finding: Finding) -> float:
    if not finding.stands:
        return 0.0
    return _STANDS_IN_BLOCK_BONUS if finding.in_block else _STANDS_BONUS


def _needed(finding: Finding, old: OldPlace) -> float:
    if finding.stands:
        return _STANDS_BELOW
    return _FAR_BELOW if old.moved(finding.start or 0) > _FAR else _GONE_BELOW


def pattern_of(target: Target) -> Pattern:
    """What is looked for, folded: the target between so much of its surroundings as takes part."""
    folded = fold_to_find(target.window, notes=target.has_notes)
    start, end = folded.folded(target.start), folded.folded(target.end)
    low, high = max(0, start - _CONTEXT), min(len(folded.text), end + _CONTEXT)
    first, last = (folded.folded(at) for at in own_block(target))
    return Pattern(
        folded.text[low:high],
        start - low,
        end - low,
        start - max(low, first),
        min(high, last) - end,
    )


def look(target: Target, pattern: Pattern, page: PageText, start: int) -> Finding | None:
    """What stands where the passage would start at this folded offset."""
    there = overlay_page(
        pattern.window,
        pattern.start,
        pattern.end,
        folded_for(target, page).text,
        at=start,
        slack=_SLACK,
    )
    if there is None:
        return None
    place = Place(target, page, there)
    if not is_in_its_block(pattern, place):
        return _verdict(place)
    there = replace(there, agreement=_with_its_block(there.agreement))
    return replace(_verdict(replace(place, there=there)), in_block=True)


def _with_its_block(agreement: float) -> float:
    """Its own block counts for half, however little of what stood around it is there."""
    return (1 + agreement) / 2


def _verdict(place: Place) -> Finding:
    target = place.target
    right = place.standing(target.right) if target.right else None
    wrong = place.standing(target.wrong)
    if wrong and _is_still_wrong(place, wrong, right):
        return _finding(place, "present", wrong)
    if target.right:
        fixed = right is not None and place.there.agreement >= _PRESENT_FROM
        right = right or place.nearby(target.right)
    else:
        # The word still stands where only punctuation came next to it.
        fixed = wrong is None and _surely_replaced(place)
    return _finding(place, "changed", right or place.span(), fixed=fixed)


def _is_still_wrong(place: Place, wrong: tuple[int, int], right: tuple[int, int] | None) -> bool:
    if right is not None and right[0] <= wrong[0] and wrong[1] <= right[1] and right != wrong:
        return False
    if place.target.right is None and place.punctuated(wrong):
        return False
    return place.there.agreement >= _PRESENT_FROM or wrong[1] - wrong[0] >= _LONG_PIECE


def _surely_replaced(place: Place) -> bool:
    """Whether one word alone was replaced; of more words an edit may have left the wrong one."""
    return place.target.wrong.isalnum() and place.anchored and place.there.agreement >= _SURE


def _finding(place: Place, state: State, span: tuple[int, int], *, fixed: bool = False) -> Finding:
    start, end = span
    after, there = place.page.text[start:end], place.there
    return Finding(state, start, end, place.target.wrong, after, there.agreement, fixed, there)
