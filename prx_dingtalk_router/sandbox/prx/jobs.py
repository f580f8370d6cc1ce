"""Job records: what runs, what ran within the hour, and how a run is cancelled (prx-gateway.md section 6)."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from prx_dingtalk_router.sandbox.prx.clock import Clock

RETENTION_SECONDS = 3600
LARGEST_STORE = 512
LAST_WORDS_SECONDS = 1.0

JobStatus = Literal["running", "succeeded", "failed", "cancelled"]
CancelOutcome = Literal["killed", "requested", "not_killable", "unknown"]


class ProcessGone(Exception):  # noqa: N818 - reads as what happened
    """The process died under a request; its connection is cut, nothing is answered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended from inside: an HTTP status and the body that goes with it."""

    http_status: int
    result: dict[str, object]


@dataclass(slots=True)
class Job:
    """One background run. ``ended`` and the three results stay empty while it runs.

    ``tool_calls`` has the work ids of what it started, which end with it.
    """

    job_id: str
    work_id: str
    kind: str
    label: str
    started: float
    submitted_at_unix_ms: int
    status: JobStatus = "running"
    outcome: Outcome | None = None
    error: str | None = None
    ended: float | None = None
    kill_requested: bool = False
    tool_calls: tuple[str, ...] = ()
    done: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[Outcome] | None = None

    def elapsed_ms(self, now: float) -> int:
        """How long the job has run, or ran."""
        return int(((self.ended if self.ended is not None else now) - self.started) * 1000)


class JobStore:
    """The job records of one process; they die with it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: dict[str, Job] = {}
        self._work = itertools.count(1)
        self.dead = False

    def submit(
        self,
        kind: str,
        label: str,
        run: Callable[[Job], Awaitable[Outcome]],
        settled: Callable[[Job], None] = lambda job: None,
    ) -> Job:
        """Start ``run`` on its own, whoever waits for it, and keep its record.

        Args:
            kind: as in the snapshot, `webhook` for a turn.
            label: as in the snapshot.
            run: gets the record; an exception makes the job ``failed``, cancellation ``cancelled``.
            settled: called once when the record is final, before anybody who waits for it goes on.

        Raises:
            ProcessGone: the process is dead.
        """
        if self.dead:
            raise ProcessGone
        self._prune()
        job = Job(
            str(uuid.uuid4()),
            f"w{next(self._work)}",
            kind,
            label,
            self._clock.monotonic(),
            self._clock.unix_ms(),
        )
        self._jobs[job.job_id] = job

        async def carry_out() -> Outcome:
            return await run(job)

        job.task = asyncio.create_task(carry_out(), name=f"prx job {job.work_id}")
        job.task.add_done_callback(lambda task: self._settle(job, task, settled))
        return job

    def _settle(self, job: Job, task: asyncio.Task[Outcome], settled: Callable[[Job], None]) -> None:
        # A task that is cancelled before its first step never enters its coroutine, so the end is recorded here.
        if not self.dead:
            job.ended = self._clock.monotonic()
            if task.cancelled() or job.kill_requested:
                job.status = "cancelled"
                if not task.cancelled():
                    task.exception()  # a run that was to be killed may fail as it likes
            elif (error := task.exception()) is not None:
                job.status, job.error = "failed", str(error) or type(error).__name__
            else:
                job.status, job.outcome = "succeeded", task.result()
            settled(job)
        elif not task.cancelled():
            task.exception()
        job.done.set()

    def _prune(self) -> None:
        now = self._clock.monotonic()
        for job in list(self._jobs.values()):
            if job.ended is not None and now - job.ended >= RETENTION_SECONDS:
                del self._jobs[job.job_id]
        finished = [
            job for job in self._jobs.values() if job.ended is not None
        ]  # in the order of their start
        for job in finished[: max(0, len(self._jobs) + 1 - LARGEST_STORE)]:
            del self._jobs[job.job_id]

    def call_tools(self, job: Job, count: int) -> None:
        """Give ``job`` ``count`` work items of its own."""
        job.tool_calls = tuple(f"w{next(self._work)}" for _ in range(count))

    def get(self, job_id: str) -> Job | None:
        """The record of ``job_id``, if it is still kept."""
        return self._jobs.get(job_id)

    def by_work_id(self, work_id: str) -> Job | None:
        """The record of the job that is, or has started, the work item ``work_id``, if it is still kept."""
        return next((job for job in self._jobs.values() if work_id in (job.work_id, *job.tool_calls)), None)

    def newest_first(self) -> list[Job]:
        """All records, newest submission first."""
        return list(reversed(self._jobs.values()))

    def running(self) -> list[Job]:
        """The records of what runs, newest first."""
        return [job for job in self.newest_first() if job.ended is None]

    async def cancel(self, job: Job, *, way: str, wait_secs: float) -> CancelOutcome:
        """Ask ``job`` to end and wait ``wait_secs`` for it; side effects are not undone.

        Args:
            job: the job; one that has finished gives ``unknown``.
            way: ``killed``, ``requested`` (it ends by itself, later) or ``not_killable``.
            wait_secs: after this ``requested`` is the answer.
        """
        if job.ended is not None:
            return "unknown"
        if way == "not_killable":
            return "not_killable"
        job.kill_requested = True
        if way != "requested" and job.task is not None:
            job.task.cancel()
        try:
            await asyncio.wait_for(job.done.wait(), wait_secs)
        except TimeoutError:
            return "requested"
        return "killed"

    async def die(self) -> None:
        """End every run at once and record nothing more: the process is gone."""
        self.dead = True
        tasks = [job.task for job in self._jobs.values() if job.task is not None and not job.task.done()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=LAST_WORDS_SECONDS)
        for job in self._jobs.values():
            job.done.set()

    def snapshot(self, job: Job) -> dict[str, object]:
        """The ten keys of `GET /api/jobs/{job_id}`."""
        return {
            "job_id": job.job_id,
            "kind": job.kind,
            "label": job.label,
            "work_id": job.work_id,
            "status": job.status,
            "submitted_at_unix_ms": job.submitted_at_unix_ms,
            "elapsed_ms": job.elapsed_ms(self._clock.monotonic()),
            "http_status": job.outcome.http_status if job.outcome else None,
            "result": job.outcome.result if job.outcome else None,
            "error": job.error,
        }
