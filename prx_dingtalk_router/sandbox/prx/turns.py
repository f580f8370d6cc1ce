"""Turns: one message through the agent, from recall to the stored answer (prx-gateway.md sections 5.3, 5.5)."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from prx_dingtalk_router.sandbox.prx.events import TurnEnded, TurnStarted
from prx_dingtalk_router.sandbox.prx.jobs import Job, Outcome
from prx_dingtalk_router.sandbox.prx.memory import Row, session_key

if TYPE_CHECKING:
    from prx_dingtalk_router.sandbox.prx.daemon import Daemon

logger = logging.getLogger(__name__)

_IMAGE_MARK = "[IMAGE:"

TurnStatus = Literal["running", "succeeded", "failed", "cancelled", "lost"]


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """What an answer is made from.

    Attributes:
        agent_id: the daemon that was asked.
        reply_target: identity of the conversation, as sent; ``None`` when it was not sent.
        message: what was asked.
        recalled: what the daemon remembers of the conversation, in time order.
    """

    agent_id: str
    reply_target: str | None
    message: str
    recalled: tuple[Row, ...]

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier messages that are still remembered, oldest first, cut as the model sees them."""
        return tuple(row.seen() for row in self.recalled if row.role == "user")


Answer = Callable[[TurnRequest], Awaitable[str]]


@dataclass(slots=True)
class Turn:
    """One turn that ran, kept by the simulator across restarts.

    ``status`` is ``lost`` when the process died under it. ``ended`` is ``None`` while it runs; both are unix ms.
    """

    job_id: str
    reply_target: str
    message: str
    started: int
    status: TurnStatus = "running"
    http_status: int | None = None
    response: str = ""
    ended: int | None = None


class AbnormalEnd(Exception):  # noqa: N818 - reads as what happened
    """The task of a turn ended as by a defect of the daemon."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked webhook request: the message, its conversation, and what tells a rerun (namespace and key)."""

    message: str
    reply_target: str | None
    origin: str | None


class TurnRunner:
    """Runs turns of one daemon.

    Args:
        daemon: what the turns belong to.
        answer: makes the agent's text.
    """

    def __init__(self, daemon: Daemon, answer: Answer) -> None:
        self._daemon = daemon
        self._answer = answer

    async def run(self, job: Job, asked: Asked) -> Outcome:
        """Run one turn and say how it ended; 403 means that nothing ran.

        Raises:
            AbnormalEnd: the ``fail=abnormal`` knob is on.
        """
        denied = self._denied(asked)
        if denied is not None:
            return denied
        daemon = self._daemon
        turn = Turn(job.job_id, asked.reply_target or "", asked.message, daemon.clock.unix_ms())
        daemon.turns.append(turn)
        daemon.emit(TurnStarted(turn.started, daemon.agent_id, turn.job_id, turn.reply_target, turn.message))
        process = daemon.process
        try:
            process.jobs.call_tools(job, daemon.faults.tool_calls)
            outcome = await self._carry_out(turn, asked, len(job.tool_calls))
        except asyncio.CancelledError:
            self._end(job, turn, "lost" if process.dead else "cancelled", None)
            raise
        except AbnormalEnd:
            self._end(job, turn, "failed", None)
            raise
        self._end(job, turn, "succeeded" if outcome.http_status == 200 else "failed", outcome.http_status)
        return outcome

    def _denied(self, asked: Asked) -> Outcome | None:
        daemon = self._daemon
        autosaves = daemon.memory.autosaves(asked.message, asked.reply_target or "")
        if daemon.faults.fail == "denied" or (daemon.autonomy == "read_only" and autosaves):
            return Outcome(403, {"error": "policy denied saving the message"})
        return None

    async def _carry_out(self, turn: Turn, asked: Asked, tool_calls: int) -> Outcome:
        daemon, faults = self._daemon, self._daemon.faults
        process, session = daemon.process, session_key(asked.reply_target)
        recalled = daemon.memory.recall(session)
        daemon.memory.begin(session, turn.job_id, asked.message, origin=asked.origin)
        if daemon.memory.autosaves(asked.message, turn.reply_target):
            daemon.memory.autosaved.append(asked.message)
        if faults.turn_delay > 0:
            await daemon.clock.sleep(faults.turn_delay)
        if faults.hang and await self._hung():
            return Outcome(500, {"error": "the turn went silent and was ended"})
        if faults.take("crash_in_turn"):
            daemon.crash(process)
            await asyncio.Event().wait()
        failure = self._failure(asked)
        if failure is not None:
            return failure
        request = TurnRequest(daemon.agent_id, asked.reply_target, asked.message, recalled)
        try:
            response = await self._answer(request)
        except Exception as error:  # a custom answer may fail in any way: the turn fails, the daemon lives
            logger.warning("the answer of sandbox agent %s failed: %s", daemon.agent_id, type(error).__name__)
            return Outcome(500, {"error": "the agent's turn failed"})
        response = self._shaped(response)
        daemon.memory.finish(session, turn.job_id, response, tool_calls=tool_calls)
        turn.response = response
        if faults.fail == "unstored":
            return Outcome(503, {"error": "the turn ran, but its result could not be stored"})
        return Outcome(
            200, {"response": response, "model": daemon.settings.model, "response_id": str(uuid.uuid4())}
        )

    async def _hung(self) -> bool:
        """Stay silent while the knob is on; whether the hang detector ended that (section 10)."""
        clock, faults = self._daemon.clock, self._daemon.faults
        patience = self._daemon.settings.idle_hang_secs
        detector = asyncio.create_task(clock.sleep(patience) if patience else asyncio.Event().wait())
        try:
            while faults.hang and not detector.done():
                turned = asyncio.create_task(faults.turned())
                try:
                    await asyncio.wait({detector, turned}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    turned.cancel()
            return detector.done()
        finally:
            detector.cancel()

    def _failure(self, asked: Asked) -> Outcome | None:
        daemon = self._daemon
        if daemon.faults.fail == "abnormal":
            raise AbnormalEnd("the task of the turn ended abnormally")
        if daemon.faults.fail == "error":
            return Outcome(500, {"error": "the model provider failed"})
        if daemon.autonomy == "read_only":
            return Outcome(500, {"error": "policy denied the turn"})
        if _IMAGE_MARK in asked.message and not daemon.settings.vision:
            return Outcome(500, {"error": "the model cannot see images"})
        return None

    def _shaped(self, response: str) -> str:
        if self._daemon.faults.empty_answer:
            return ""
        text = response.encode("utf-8", "replace").decode()
        missing = self._daemon.faults.answer_bytes - len(text.encode())
        return text + "." * max(0, missing)

    def _end(self, job: Job, turn: Turn, status: TurnStatus, http_status: int | None) -> None:
        daemon = self._daemon
        daemon.memory.abandon(turn.job_id)
        turn.status, turn.http_status, turn.ended = status, http_status, daemon.clock.unix_ms()
        event = TurnEnded(
            turn.ended,
            daemon.agent_id,
            turn.job_id,
            turn.reply_target,
            status,
            http_status,
            turn.response,
            turn.ended - turn.started,
        )
        # Told after the store has settled the record, so that an observer finds the job in its final state.
        if job.task is not None:
            job.task.add_done_callback(lambda _: daemon.emit(event))
