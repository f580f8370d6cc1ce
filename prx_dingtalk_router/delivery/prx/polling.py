"""The poller of one daemon: waits for jobs to end, with one call a round for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.prx.client import Missed, NoJob, PrxClient
from prx_dingtalk_router.delivery.prx.jobs import Job
from prx_dingtalk_router.delivery.prx.schedule import CallBudget, next_look

logger = logging.getLogger(__name__)

Seen = Job | NoJob | Missed
_LONGEST_BACKOFF = 30.0
# A list with this many running and finished jobs costs less than single calls; below it the list's size may not.
_WORTH_A_LIST = 2


@dataclass(slots=True)
class _Watch:
    job_id: str
    since: float
    due: float
    ended: asyncio.Future[Job | NoJob | Missed]


class JobPoller:
    """Watches the running jobs of one daemon.

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
        self._misses = 0
        self._lists = True

    async def watch(self, job_id: str) -> Job | NoJob | Missed:
        """Wait for a job to end.

        Returns:
            The ended job; NoJob when the daemon does not know it; ``too-large`` when its answer is past all bounds;
            anything else when it cannot be asked now: watch again after a while.
        """
        watch = self._watches.get(job_id)
        if watch is None:
            now = self._now()
            watch = _Watch(job_id, now, now + next_look(0.0), asyncio.get_running_loop().create_future())
            self._watches[job_id] = watch
            self._changed.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="prx-job-poller")
        try:
            return await asyncio.shield(watch.ended)
        finally:
            self._watches.pop(job_id, None)

    async def aclose(self) -> None:
        """Stop watching; whoever still waits is cancelled."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for watch in self._watches.values():
            watch.ended.cancel()

    def _now(self) -> float:
        return self._clock.now_ms() / 1000

    async def _run(self) -> None:
        try:
            await self._rounds()
        except Exception:
            # Nobody may wait for ever because of it: they look for themselves and come back.
            logger.exception("polling PRX jobs failed")
            for watch in self._watches.values():
                if not watch.ended.done():
                    watch.ended.set_result("odd")

    async def _rounds(self) -> None:
        while self._watches:
            due = min(watch.due for watch in self._watches.values())
            wait = max(due - self._now(), self._budget.wait(self._now()))
            if wait > 0 and await self._wait(wait):
                continue
            now = self._now()
            ready = [watch for watch in self._watches.values() if watch.due <= now]
            if ready:
                await self._look(ready)

    async def _wait(self, seconds: float) -> bool:
        """Wait; True if a new job came in meanwhile."""
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
        return self._changed.is_set()

    async def _look(self, ready: Sequence[_Watch]) -> None:
        self._budget.spend(self._now())
        if len(ready) >= _WORTH_A_LIST and self._lists:
            listed = await self._client.jobs()
            if listed == "too-large":
                self._lists = False
                return
            if isinstance(listed, str):
                self._missed(ready, listed)
                return
            found = {job.job_id: job for job in listed}
            for watch in ready:
                self._seen(watch, found.get(watch.job_id, NoJob()))
        else:
            watch = min(ready, key=lambda each: each.due)
            seen = await self._client.job(watch.job_id)
            if isinstance(seen, str) and seen != "too-large":
                self._missed(ready, seen)
                return
            self._seen(watch, seen)
        self._misses = 0

    def _seen(self, watch: _Watch, seen: Seen) -> None:
        if isinstance(seen, Job) and seen.running:
            now = self._now()
            watch.due = watch.since + next_look(now - watch.since)
        elif not watch.ended.done():
            watch.ended.set_result(seen)

    def _missed(self, ready: Sequence[_Watch], missed: Missed) -> None:
        """Come back later where that was asked for; the jobs are not affected by a refused look."""
        if missed != "throttled":
            for watch in ready:
                if not watch.ended.done():
                    watch.ended.set_result(missed)
            return
        backoff = min(_LONGEST_BACKOFF, 5.0 * 2.0**self._misses)
        self._misses += 1
        logger.warning("PRX limits how often jobs are looked at, next look in %.0f s", backoff)
        now = self._now()
        for watch in self._watches.values():
            watch.due = max(watch.due, now + backoff)
