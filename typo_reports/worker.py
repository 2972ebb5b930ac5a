"""The worker: what happens at its time, not at a request. Any number of them may run."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from typo_reports.clock import utc_now
from typo_reports.domain.verification import USUAL_PACE, Pace
from typo_reports.mail.transport import Transport
from typo_reports.services import delivery, digests, hinting, search_index, tidying
from typo_reports.services.elsewhere_reading import Searcher
from typo_reports.services.verification import verifier
from typo_reports.settings import Settings
from typo_reports.storage.engine import Database

log = logging.getLogger(__name__)

PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What is done how often. A task that fails is logged and tried again at its next time."""

    name: str
    every: timedelta
    do: Callable[[datetime], object]


class Worker:
    """Runs its tasks, each at its own pace, until told to stop.

    Tasks of one lane follow each other; each lane has a thread, so a page that answers slowly
    keeps no letter waiting. What they write goes through the database's one door.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        transport: Transport,
        *,
        now: Callable[[], datetime] = utc_now,
        pace: Pace = USUAL_PACE,
    ) -> None:
        self.database = database
        self.settings = settings
        self.transport = transport
        self.now = now
        self.verifier = verifier(database, settings, now=now, pace=pace)
        self.shelf = hinting.shelf(settings)
        self.searcher = Searcher(database, self.verifier.reader, self.shelf, now, pace)
        self.second_checker = hinting.second_checker(settings)
        self.lanes: dict[str, tuple[Task, ...]] = {
            "letters": (
                Task("compose digests", timedelta(seconds=60), self._compose),
                Task("deliver letters", timedelta(seconds=5), self._deliver),
            ),
            "pages": (Task("look at pages", timedelta(seconds=5), self._look),),
            "elsewhere": (
                Task("look for errors elsewhere", timedelta(seconds=3), self._look_elsewhere),
            ),
            "desk": (
                Task("point at errors", timedelta(seconds=3), self._hint),
                Task("index for search", timedelta(seconds=2), self._index),
                Task("tidy up", timedelta(hours=1), self._tidy),
            ),
        }

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; what was begun is brought to its end."""
        threads = [
            threading.Thread(target=self._run_lane, args=(tasks, stop), name=f"worker-{lane}")
            for lane, tasks in self.lanes.items()
        ]
        for thread in threads:
            thread.start()
        try:
            # In steps, so that a signal finds the main thread awake everywhere.
            while not stop.wait(PAUSE_SECONDS):
                pass
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def run_once(self) -> None:
        """Do every task once; errors come out."""
        for tasks in self.lanes.values():
            for task in tasks:
                task.do(self.now())

    def _run_lane(self, tasks: Sequence[Task], stop: threading.Event) -> None:
        due = {task.name: self.now() for task in tasks}
        while not stop.is_set():
            for task in tasks:
                if stop.is_set():
                    return
                now = self.now()
                # A clock that was set back must not put a task to sleep.
                if due[task.name] - now > task.every:
                    due[task.name] = now
                if now >= due[task.name]:
                    self._attempt(task, now)
                    due[task.name] = self.now() + task.every
            stop.wait(PAUSE_SECONDS)

    def _attempt(self, task: Task, now: datetime) -> None:
        try:
            task.do(now)
        except Exception:
            log.exception("the task %r failed and will be tried again", task.name)

    def _compose(self, now: datetime) -> None:
        with self.database.writing() as session:
            digests.compose_due(session, now=now, base_url=self.settings.base_url)

    def _deliver(self, _now: datetime) -> None:
        delivery.deliver_due(
            self.database,
            self.transport,
            now=self.now,
            letters_per_hour=self.settings.letters_per_hour,
        )

    def _look(self, _now: datetime) -> None:
        self.verifier.look_at_due()

    def _look_elsewhere(self, _now: datetime) -> None:
        self.searcher.go_on()

    def _tidy(self, now: datetime) -> None:
        with self.database.writing() as session:
            tidying.tidy(session, now=now)

    def _index(self, _now: datetime) -> None:
        search_index.refresh(self.database)

    def _hint(self, _now: datetime) -> None:
        hinting.hint_waiting(self.database, self.shelf, now=self.now, second=self.second_checker)
