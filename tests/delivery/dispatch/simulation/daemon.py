"""A PRX daemon, and the wire of one router process to it, both on the loop's time."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from prx_dingtalk_router.delivery.journal.entry import Identity
from prx_dingtalk_router.delivery.prx.client import AgentCard, CancelResult, Health, Missed, NoJob
from prx_dingtalk_router.delivery.prx.jobs import Job
from prx_dingtalk_router.delivery.prx.schedule import CallBudget
from prx_dingtalk_router.delivery.prx.signals import Interrupted, Response, TurnSignal, Unsent
from tests.delivery.dispatch.simulation.virtual_time import EPOCH_MS, LoopClock

Trouble = Literal["down", "lost-before", "lost-after", "busy", "full", "fails", "hangs"]
TROUBLES: tuple[Trouble, ...] = ("down", "lost-before", "lost-after", "busy", "full", "fails", "hangs")


@dataclass
class Asked:
    """A turn that the agent began."""

    session: str
    numbers: tuple[int, ...]
    began: float
    ended: float | None = None


@dataclass
class Daemon:
    """One agent. ``trouble`` is what goes wrong now."""

    name: str
    chance: random.Random
    clock: LoopClock
    trouble: Trouble | None = None
    pid: int = 4_000_000
    started: float = 0.0
    asked: list[Asked] = field(default_factory=list)
    _jobs: dict[str, tuple[Job, Asked]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def identity(self) -> Identity:
        """Which process it is."""
        now = _now()
        return Identity(self.pid, float(int(now - self.started)), EPOCH_MS + round(now * 1000))

    def crash(self) -> None:
        """Die in the middle of everything, and begin anew."""
        for _, asked in self._jobs.values():
            asked.ended = asked.ended or _now()
        self._jobs.clear()
        self._keys.clear()
        self.pid += 1
        self.started = _now()

    def take(self, body: bytes, key: str) -> Response:
        """A request that has arrived."""
        known = self._jobs.get(self._keys.get(key, ""))
        if known is not None:
            return self._known(known[0])
        words = json.loads(body)
        asked = Asked(words["reply_target"], numbers_in(words["message"]), _now())
        self.asked.append(asked)
        job = Job(
            f"job{next(self._numbers)}",
            "running",
            "webhook",
            f"gateway:webhook:{asked.session}",
            self.clock.now_ms(),
        )
        self._jobs[job.job_id], self._keys[key] = (job, asked), job.job_id
        self._work_on(job.job_id, words["message"])
        return Response(202, {"status": "accepted", "job_id": job.job_id})

    def job(self, job_id: str) -> Job | NoJob:
        """The record of a job."""
        return self._jobs[job_id][0] if job_id in self._jobs else NoJob()

    def jobs(self) -> tuple[Job, ...]:
        """All records, newest first."""
        return tuple(job for job, _ in reversed(self._jobs.values()))

    def cancel(self, job_id: str) -> CancelResult:
        """Stop a job."""
        if job_id not in self._jobs or not self._jobs[job_id][0].running:
            return "finished"
        self._end(job_id, status="cancelled")
        return "killed"

    def _known(self, job: Job) -> Response:
        if job.running:
            return Response(409, {"status": "processing", "message": "still running"})
        if job.status == "succeeded" and job.http_status == 200:
            return Response(200, {"status": "duplicate", **json.loads(job.result)})
        return Response(409, {"status": "retry_unavailable", "message": "is not repeated"})

    def _work_on(self, job_id: str, words: str) -> None:
        def answer() -> None:
            if job_id not in self._jobs or not self._jobs[job_id][0].running:
                return
            if self.trouble == "hangs":
                self._work_on(job_id, words)
            elif self.trouble == "fails":
                self._end(job_id, status="succeeded", http_status=500, result=b'{"error":"failed"}')
            else:
                said = json.dumps({"response": f"答：{words}"}).encode()
                self._end(job_id, status="succeeded", http_status=200, result=said)

        asyncio.get_running_loop().call_later(self.chance.choice((0.05, 0.1, 0.3, 1.5)), answer)

    def _end(self, job_id: str, **fields: Any) -> None:
        job, asked = self._jobs[job_id]
        asked.ended = _now()
        self._jobs[job_id] = (replace(job, **fields), asked)


class Wire:
    """What one router process has in place of ``PrxClient``; what is on its way arrives although that dies.

    Args:
        daemon: at the other end.
    """

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self.budget = CallBudget(0)

    async def health(self) -> Health | Missed:
        """Whether it is up."""
        await self._travel()
        return (
            "unreachable"
            if self._daemon.trouble == "down"
            else Health(ready=True, identity=self._daemon.identity)
        )

    async def dispatch(self, body: bytes, key: str) -> TurnSignal:
        """Ask for a turn."""
        arrived: asyncio.Future[TurnSignal] = asyncio.get_running_loop().create_future()

        def arrive() -> None:
            signal = self._arrived(body, key)
            if not arrived.done():
                arrived.set_result(signal)

        asyncio.get_running_loop().call_later(self._latency(), arrive)
        signal = await arrived
        await self._travel()
        return signal

    async def card(self) -> AgentCard | Missed:
        """Who it is."""
        await self._travel()
        return "unreachable" if self._daemon.trouble == "down" else AgentCard(self._daemon.name)

    async def job(self, job_id: str) -> Job | NoJob | Missed:
        """The record of a job."""
        await self._travel()
        return "unreachable" if self._daemon.trouble == "down" else self._daemon.job(job_id)

    async def jobs(self) -> tuple[Job, ...] | Missed:
        """All records."""
        await self._travel()
        return "unreachable" if self._daemon.trouble == "down" else self._daemon.jobs()

    async def cancel(self, job_id: str) -> CancelResult:
        """Stop a job."""
        await self._travel()
        return "unreachable" if self._daemon.trouble == "down" else self._daemon.cancel(job_id)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _arrived(self, body: bytes, key: str) -> TurnSignal:
        match self._daemon.trouble:
            case "down":
                return Unsent()
            case "lost-before":
                return Interrupted()
            case "lost-after":
                self._daemon.take(body, key)
                return Interrupted()
            case "busy":
                return Response(
                    429, {"error": "too many"}, retry_after=self._daemon.chance.choice((1.0, 8.0))
                )
            case "full":
                return Response(503, {"error": "full", "retryable": True})
            case _:
                return self._daemon.take(body, key)

    def _latency(self) -> float:
        return self._daemon.chance.choice((0.0, 0.001, 0.05)) * self._daemon.chance.random()

    async def _travel(self) -> None:
        await asyncio.sleep(self._latency())


def numbers_in(words: str) -> tuple[int, ...]:
    """The numbers of the messages that a text is about."""
    return tuple(int(number) for number in re.findall(r"#(\d+)", words))


def of_session(asked: list[Asked]) -> Mapping[str, list[Asked]]:
    """The turns of each session, as they began."""
    found: dict[str, list[Asked]] = {}
    for each in asked:
        found.setdefault(each.session, []).append(each)
    return found


def _now() -> float:
    return asyncio.get_running_loop().time()
