"""What people write, and what the rules have decided about it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prx_dingtalk_router.decision.model import (
    AgentStep,
    BoundStep,
    CancelStep,
    Decision,
    ForgetStep,
    ReplyStep,
)
from prx_dingtalk_router.message import Message
from tests.delivery.dispatch.simulation.virtual_time import EPOCH_MS

ROBOT = "bot"
YEARS_MS = 10**11


def _agent(position: str = "1", **fields: object) -> AgentStep:
    given: dict[str, object] = {"timeout": 600.0, "session": "sender", "agent": "desk", **fields}
    return AgentStep(rule="r", position=position, **given)  # type: ignore[arg-type]


def _reply(words: str, position: str = "1") -> ReplyStep:
    return ReplyStep(rule="r", position=position, template=words)


KINDS: Mapping[str, Callable[[], tuple[BoundStep, ...]]] = {
    "ask": lambda: (_agent(timeout=8.0, alternatives=(_reply("没有回答", "1.1"),)),),
    "plainly": lambda: (_reply("收到"), _agent("2")),
    "instead": lambda: (_agent(while_busy="replace"),),
    "more": lambda: (_agent(while_busy="merge"),),
    "shared": lambda: (_agent(session="conversation"),),
    "else": lambda: (_agent(timeout=8.0, alternatives=(_agent("1.1", agent="other"),)),),
    "hush": lambda: (_agent(while_busy="reply", busy_reply=_reply("正忙", "1.busy")),),
    "stop": lambda: (CancelStep(rule="r", position="1"), _reply("停了", "2")),
    "anew": lambda: (ForgetStep(rule="r", position="1"), _reply("忘了", "2")),
    "anew-and-ask": lambda: (ForgetStep(rule="r", position="1"), _agent("2")),
    "knock": lambda: (_reply("请进"),),
}
WEIGHTS: Mapping[str, float] = {
    "ask": 3, "plainly": 4, "instead": 0.6, "more": 2, "hush": 1, "shared": 1, "else": 0.5, "stop": 0.3, "anew": 0.2, "anew-and-ask": 0.1, "knock": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A message of a person."""

    number: int
    kind: str
    at_ms: int
    decision: Decision


def write(chance: random.Random, number: int, now: float) -> Written:
    """Somebody writes something; some phones tell a time that is a little off."""
    kind = chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
    at_ms = EPOCH_MS + round(now * 1000) - chance.choice((0, 0, 0, 0, 700, 5_000))
    message = Message(
        msg_id=f"msg{number}",
        robot=ROBOT,
        conversation="cid",
        group=True,
        text=f"{kind} #{number}",
        sender=chance.choice(("lin", "wang")),
        created_at_ms=at_ms,
        session_webhook="https://oapi.dingtalk.com/robot/sendBySession?session=1",
        session_webhook_expires_ms=EPOCH_MS + YEARS_MS,
    )
    decision = Decision(message=message, rules="sha256:0", by="r", steps=KINDS[kind](), client_id=ROBOT)
    return Written(number, kind, at_ms, decision)
