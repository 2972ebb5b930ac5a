"""Cases kept in memory as storage keeps them, to try grouping with reports in any order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from typo_reports.domain.grouping import (
    Candidate,
    Core,
    Decision,
    Member,
    Reunion,
    core_keys,
    decide,
    piece_key,
    reunited,
)


class CaseShelf:
    """One page's open cases; `place` does what intake does with a decision."""

    def __init__(self, name: str = "case") -> None:
        self.name = name
        self.cores: dict[str, Core] = {}
        self.reports: dict[str, list[tuple[int, str]]] = {}
        self.rows: dict[str, set[str]] = {}
        self.made = 0

    def place(self, number: int, member: Member) -> Decision:
        """Put report `number` where it belongs."""
        decision = decide(member, self.load)
        join = decision.join or self._new_case()
        self._take(join, decision.takes)
        self._keep(join, decision.core)
        self._change(decision)
        self.reports[join].append((number, piece_key(member)))
        return decision

    def take_in(self, other: CaseShelf) -> None:
        """Its cases come to this page, one after the other."""
        self.reports |= other.reports
        for case_id, core in other.cores.items():
            self._keep(case_id, core)
        for case_id in other.cores:
            if case_id in self.cores:
                self._change(reunited(Candidate(case_id, self.cores[case_id]), self.load))

    def _change(self, what: Decision | Reunion) -> None:
        for group in what.regrouped:
            case_id = group.case_id or self._new_case()
            self._take(case_id, group.takes)
            self._keep(case_id, group.core)
        for case_id, into in what.emptied:
            self.reports[into] += self.reports.pop(case_id)
            del self.cores[case_id]
            self._index(case_id, ())

    def load(self, keys: Sequence[str]) -> list[Candidate]:
        """Cases with any of the keys."""
        found = {case_id for key in keys for case_id in self.rows.get(key, ())}
        return [Candidate(case_id, self.cores[case_id]) for case_id in sorted(found)]

    def partition(self) -> set[frozenset[int]]:
        """The report numbers of each case."""
        return {
            frozenset(number for number, _ in reports)
            for reports in self.reports.values()
            if reports
        }

    def _new_case(self) -> str:
        self.made += 1
        case_id = f"{self.name}-{self.made}"
        self.reports[case_id] = []
        return case_id

    def _take(self, case_id: str, takes: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        for owner, keys in takes:
            going = [report for report in self.reports[owner] if report[1] in keys]
            self.reports[owner] = [
                report for report in self.reports[owner] if report[1] not in keys
            ]
            self.reports[case_id] += going

    def _keep(self, case_id: str, core: Core) -> None:
        self.cores[case_id] = core
        self._index(case_id, core_keys(core))

    def _index(self, case_id: str, keys: Iterable[str]) -> None:
        for cases in self.rows.values():
            cases.discard(case_id)
        for key in keys:
            self.rows.setdefault(key, set()).add(case_id)
