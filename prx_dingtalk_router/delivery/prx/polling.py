"""The poller of one daemon: waits for jobs to end, within the calls that the daemon allows."""

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
from prx_dingtalk_router.delivery.prx.schedule import next_look
from prx_dingtalk_router.delivery.waiting import wait_for_any

logger = logging.getLogger(__name__)

Seen = Job | NoJob | Missed
_LONGEST_BACKOFF = 30.0
# Looks that are due closer together than this are made together: the less, the more calls are allowed.
_LEAST_GAP, _MOST_GAP = 0.02, 0.3
# A list that was too long, or none, is not asked for again so soon.
_WITHOUT_LIST = 600.0
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
    """Watches the running jobs of one daemon (prx-gateway.md section 15.3).

    Each job is asked for by its id, sooner while calls are plenty. Where more looks are due than the budget has calls for, the
    list of all jobs is taken instead, and all that are watched are judged by it; a job that the list does not name, or names
    unreadably, is asked for by its id before it counts as unknown.

    Args:
        client: of the daemon; its budget says when a call is in order.
        clock: paces the looks.
    """

    def __init__(self, client: PrxClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._budget = client.budget
        self._watches: dict[str, _Watch] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._list_from = 0.0
        self._throttles = 0

    @property
    def affordable_calls(self) -> int | None:
        """How many calls of the jobs API may be made at once now; None for any number."""
        return self._budget.affordable(self._clock.monotonic())

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
            now = self._clock.monotonic()
            ended: asyncio.Future[Seen] = asyncio.get_running_loop().create_future()
            watch = self._watches[job_id] = _Watch(job_id, now, now, ended)
            watch.due += next_look(0.0, self._pace)
            self._changed.set()
        watch.users += 1
        if self._task is None or self._task.done():
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
            now = self._clock.monotonic()
            urgent = any(watch.asked for watch in watches)
            due = now if urgent else min(watch.due for watch in watches)
            wait = max(due - now, self._budget.wait(now, urgent=urgent))
            if wait > 0:
                await self._wait(wait)
            else:
                await self._look(watches, now)

    async def _wait(self, seconds: float) -> None:
        """Wait, at most until somebody has something new to watch or asks for a look."""
        self._changed.clear()
        await wait_for_any(self._clock.sleep(seconds), self._changed.wait())

    async def _look(self, watches: Sequence[_Watch], now: float) -> None:
        """Look at what is due, by id or by list. Only what was watched before a call is judged by it."""
        gap = self._gap
        due = sorted(
            (watch for watch in watches if watch.asked or watch.unlisted or watch.due <= now + gap),
            key=lambda watch: (not watch.unlisted, not watch.asked, watch.due),
        )
        affordable = self._budget.affordable(now)
        # Half of what is left at most: the next look is as near as this one.
        short = affordable is not None and len(due) > max(1, affordable // 2)
        if short and not due[0].unlisted and now >= self._list_from:
            await self._look_at_list(watches)
        else:
            chosen = due[: max(1, affordable)] if affordable is not None else due
            seen = await asyncio.gather(*(self._look_at(watch) for watch in chosen))
            if "throttled" in seen:
                self._throttled()

    async def _look_at(self, watch: _Watch) -> Seen:
        asked = tuple(watch.asked)
        seen = await self._client.job(watch.job_id)
        if isinstance(seen, str) and seen not in ("too-large", "throttled"):
            watch.close(seen)
        elif seen != "throttled":
            self._throttles = 0
            self._seen(watch, seen)
        watch.answer(asked)
        return seen

    async def _look_at_list(self, watches: Sequence[_Watch]) -> None:
        asked = {watch.job_id: tuple(watch.asked) for watch in watches}
        listed = await self._client.jobs()
        now = self._clock.monotonic()
        if listed in ("too-large", "odd"):
            self._list_from = now + _WITHOUT_LIST
            return
        if listed == "throttled":
            self._throttled()
        elif isinstance(listed, str):
            for watch in self._open:
                watch.close(listed)
        else:
            self._throttles = 0
            found = {job.job_id: job for job in listed}
            for watch in watches:
                if watch.job_id in found:
                    self._seen(watch, found[watch.job_id])
                else:
                    watch.unlisted, watch.due = True, now
        for watch in watches:
            watch.answer(asked[watch.job_id])

    def _seen(self, watch: _Watch, seen: Seen) -> None:
        watch.unlisted = False
        now = self._clock.monotonic()
        age = now - watch.since
        if isinstance(seen, Job) and seen.running and age < _LONGEST_WATCH:
            # A look a little before the one that is due is that one, so that jobs begun together stay together.
            watch.due = watch.since + next_look(age + min(self._gap, age / 4), self._pace)
        else:
            watch.close(seen)

    @property
    def _gap(self) -> float:
        return min(max(self._budget.pace, _LEAST_GAP), _MOST_GAP)

    @property
    def _pace(self) -> float:
        """Seconds from look to look at each of the jobs, if each look is a call."""
        return self._budget.pace * len(self._watches)

    def _throttled(self) -> None:
        """Come back later; the jobs are not affected by a refused look."""
        backoff = min(_LONGEST_BACKOFF, 5.0 * 2.0**self._throttles)
        self._throttles += 1
        logger.warning(text("delivery.polls-throttled", seconds=round(backoff)))
        self._budget.rest(self._clock.monotonic(), backoff)
