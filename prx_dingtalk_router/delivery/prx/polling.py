"""The poller of one daemon: waits for jobs to end, with one call a tick for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.prx.client import Missed, NoJob, PrxClient
from prx_dingtalk_router.delivery.prx.jobs import Job
from prx_dingtalk_router.delivery.prx.schedule import LEAST_GAP, CallBudget, next_look

logger = logging.getLogger(__name__)

Seen = Job | NoJob | Missed
_LONGEST_BACKOFF = 30.0
# PRX ends every turn after 24 h; what still seems to run then is not going to end (prx-gateway.md section 10).
_LONGEST_WATCH = 25 * 3600.0


@dataclass(slots=True)
class _Watch:
    job_id: str
    since: float
    due: float
    ended: asyncio.Future[Seen]
    users: int = 0
    unlisted: bool = False
    asked: list[asyncio.Future[None]] = field(default_factory=list)

    def close(self, seen: Seen) -> None:
        """Tell whoever waits how it ended, or that it cannot be seen now."""
        if not self.ended.done():
            self.ended.set_result(seen)
        self.answer(self.asked)

    def answer(self, asked: Sequence[asyncio.Future[None]]) -> None:
        """Tell those who asked for a look that it was made."""
        for future in asked:
            if not future.done():
                future.set_result(None)
        self.asked = [future for future in self.asked if not future.done()]


class JobPoller:
    """Watches the running jobs of one daemon.

    One job is asked for by its id; of several, the list is taken at the soonest look that is due for one of them, and
    all are judged by it. A job that the list does not name, or names unreadably, is asked for by its id before it
    counts as unknown; all are when the list cannot be read. Looks are at least 0.3 s apart and within a budget (``schedule.CallBudget``).

    Args:
        client: of the daemon.
        clock: paces the looks.
    """

    def __init__(self, client: PrxClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._watches: dict[str, _Watch] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._budget = CallBudget()
        self._not_before = 0.0
        self._misses = 0
        self._lists = True

    async def watch(self, job_id: str) -> Seen:
        """Wait for a job to end.

        Returns:
            The ended job, or one that still runs after 25 h; NoJob when the daemon does not know it; ``too-large`` when
            its answer is past all bounds; anything else when it cannot be asked now: watch again after a while.
        """
        with self._watching(job_id) as watch:
            return await asyncio.shield(watch.ended)

    async def look(self, job_id: str) -> Job | None:
        """Look once more at a job, outside its schedule: the job if it has ended, None if it has not or cannot be seen."""
        with self._watching(job_id) as watch:
            if not watch.ended.done():
                asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                watch.asked.append(asked)
                self._changed.set()
                try:
                    await asked
                finally:
                    asked.cancel()
            seen = watch.ended.result() if watch.ended.done() else None
        return seen if isinstance(seen, Job) and not seen.running else None

    def count_call(self) -> None:
        """Somebody else is calling the same API with the same token."""
        self._budget.spend(self._now())

    async def aclose(self) -> None:
        """Stop watching; whoever still waits is cancelled."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for watch in self._watches.values():
            watch.ended.cancel()
            watch.answer(watch.asked)

    @contextmanager
    def _watching(self, job_id: str) -> Iterator[_Watch]:
        """The watch of a job, for as long as anybody uses it."""
        watch = self._watches.get(job_id)
        if watch is None:
            now = self._now()
            ended: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
            watch = self._watches[job_id] = _Watch(job_id, now, now + next_look(0.0), ended)
            self._changed.set()
        watch.users += 1
        if self._task is None or self._task.done():
            self._lists = True
            self._task = asyncio.create_task(self._run(), name="prx-job-poller")
        try:
            yield watch
        finally:
            watch.users -= 1
            if watch.users == 0 and self._watches.get(job_id) is watch:
                del self._watches[job_id]

    @property
    def _open(self) -> list[_Watch]:
        return [watch for watch in self._watches.values() if not watch.ended.done()]

    def _now(self) -> float:
        return self._clock.now_ms() / 1000

    async def _run(self) -> None:
        try:
            await self._ticks()
        except Exception:
            # Nobody may wait for ever because of it: they look for themselves and come back.
            logger.exception(text("delivery.polling-failed"))
            for watch in self._watches.values():
                watch.close("odd")

    async def _ticks(self) -> None:
        while watches := self._open:
            now = self._now()
            urgent = any(watch.asked for watch in watches)
            due = now if urgent else min(watch.due for watch in watches)
            wait = max(due - now, self._not_before - now, self._budget.wait(now, urgent=urgent))
            if wait > 0:
                await self._wait(wait)
            else:
                await self._look(watches)

    async def _wait(self, seconds: float) -> None:
        """Wait, at most until somebody has something new to watch or asks for a look."""
        self._changed.clear()
        waits = (
            asyncio.ensure_future(self._clock.sleep(seconds)),
            asyncio.ensure_future(self._changed.wait()),
        )
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def _look(self, watches: Sequence[_Watch]) -> None:
        """Make one call. Only what was watched before it is judged by it: a newer job may not be in its answer."""
        now = self._now()
        self._budget.spend(now)
        self._not_before = now + LEAST_GAP
        if len(watches) == 1 or not self._lists or any(watch.unlisted for watch in watches):
            watches = [min(watches, key=lambda each: (not each.unlisted, not each.asked, each.due))]
        asked = {watch.job_id: tuple(watch.asked) for watch in watches}
        if len(watches) == 1:
            seen = await self._client.job(watches[0].job_id)
            found: dict[str, Seen] = {watches[0].job_id: seen}
            missed: Missed | None = seen if isinstance(seen, str) and seen != "too-large" else None
        else:
            listed = await self._client.jobs()
            if listed in ("too-large", "odd"):
                self._lists = False
                return
            missed = listed if isinstance(listed, str) else None
            found = {job.job_id: job for job in listed} if not isinstance(listed, str) else {}
        if missed is None:
            self._misses = 0
            for watch in watches:
                if watch.job_id in found:
                    self._seen(watch, found[watch.job_id])
                else:
                    watch.unlisted, watch.due = True, now
        elif missed == "throttled":
            self._throttled()
        else:
            for watch in self._open:
                watch.close(missed)
        for watch in watches:
            watch.answer(asked[watch.job_id])

    def _seen(self, watch: _Watch, seen: Seen) -> None:
        watch.unlisted = False
        age = self._now() - watch.since
        if isinstance(seen, Job) and seen.running and age < _LONGEST_WATCH:
            # A look a little before the one that is due is that one, so that jobs begun together stay together.
            watch.due = watch.since + next_look(age + min(LEAST_GAP, age / 4))
        else:
            watch.close(seen)

    def _throttled(self) -> None:
        """Come back later; the jobs are not affected by a refused look."""
        backoff = min(_LONGEST_BACKOFF, 5.0 * 2.0**self._misses)
        self._misses += 1
        logger.warning(text("delivery.polls-throttled", seconds=round(backoff)))
        now = self._now()
        self._not_before = now + backoff
        self._budget.drain(now)
