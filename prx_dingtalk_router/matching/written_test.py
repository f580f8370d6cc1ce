"""Writes a message down as a ``test`` block that passes as it is (language.md section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from prx_dingtalk_router.decision.model import DENIED, Decision, ReplyStep
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.language.syntax.escape import written_string
from prx_dingtalk_router.matching.baseline import EVERYBODY
from prx_dingtalk_router.matching.decision_json import step_json
from prx_dingtalk_router.matching.rehearsal import Done, Rehearsal
from prx_dingtalk_router.matching.router import Router
from prx_dingtalk_router.matching.written_case import written_block, written_by, written_outcome
from prx_dingtalk_router.message import Message, SampleMessage
from prx_dingtalk_router.message.sample_message import (
    DEFAULT_SENDER,
    default_time,
)

LONGEST_TITLE = 30
_EXPECTED = frozenset(("agent", "reply", "drop", "next", "forget", "cancel"))
_LEFT_OUT_IF_POSSIBLE = ("at", "nick", "admin", "mentioned", "conversation", "robot", "corp")
"""What is said of a message only where it decides."""


def written_test(router: Router, message: Message, *, robot_name: str = "") -> str:
    """Write a test that gives this message and expects what is decided about it.

    Args:
        router: decides.
        message: as it was received.
        robot_name: the configured name, whose leading mention is cut off.

    Raises:
        UsageError: the rules look at something that a test cannot say, such as a percentage of messages.
    """
    decision = router.decide(message)
    zone, title = router.rules.zone, _title(router, message)
    sample = _sample(message, zone)
    if decision.by == DENIED and message.sender:
        bare = replace(sample, **{name: _default(name, sample, zone) for name in _LEFT_OUT_IF_POSSIBLE})
        return _block(title, bare, zone, ["refused"])
    tried = _Tried.by(router, title, robot_name)
    wanted = _outcome(decision)
    if _outcome(tried.decide(sample)) != wanted:
        raise UsageError("matching.no-test")
    for name in _LEFT_OUT_IF_POSSIBLE:
        without = replace(sample, **{name: _default(name, sample, zone)})
        if _outcome(tried.decide(without)) == wanted:
            sample = without
    return _block(title, sample, zone, _expected(tried.decide(sample)))


@dataclass(frozen=True, slots=True)
class _Tried:
    """Decides samples as `prx-router test` does: everybody is admitted, and the title is part of the message's id."""

    router: Router
    title: str
    robot_name: str

    @classmethod
    def by(cls, router: Router, title: str, robot_name: str) -> _Tried:
        everybody = frozenset({EVERYBODY})
        if router.baseline.allowed_users != everybody:
            router = Router(router.rules, replace(router.baseline, allowed_users=everybody))
        return cls(router, title, robot_name)

    def decide(self, sample: SampleMessage) -> Decision:
        client_id = self.router.baseline.client_id
        return self.router.decide(
            sample.message(msg_id=f"test:{self.title}:1", robot_name=self.robot_name, client_id=client_id)
        )


def _sample(message: Message, zone: str) -> SampleMessage:
    return SampleMessage(
        text=message.text,
        at=datetime.fromtimestamp(message.created_at_ms // 1000, ZoneInfo(zone)),
        sender=message.sender or DEFAULT_SENDER,
        external=message.external,
        nick=message.sender_name,
        group=message.group,
        title=message.conversation_title,
        type=message.type,
        pictured=message.pictured,
        mentioned=message.mentioned,
        admin=message.admin,
        quoted=message.quoted,
        conversation=message.conversation,
        robot=message.robot,
        corp=message.corp,
        file=message.file_name,
    )


def _default(name: str, sample: SampleMessage, zone: str) -> Any:
    match name:
        case "at":
            return default_time(zone)
        case "admin":
            return False
        case "mentioned":
            return sample.group
        case _:
            return ""


def _outcome(decision: Decision) -> object:
    """What a decision comes to, without what is of this message alone."""
    steps = [_without_session(step_json(step, decision)) for step in decision.steps]
    return decision.by, decision.via, decision.reason, steps


def _without_session(step: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in step.items() if name != "session"}
    return {**rest, "else": [_without_session(each) for each in step.get("else", ())]}


def _expected(decision: Decision) -> Iterator[str]:
    """Yield what happens, in the words of ``expect`` and in its order.

    Raises:
        UsageError: something cannot be done, and nothing is done in its place: such a test fails.
    """
    happened = Rehearsal().perform(decision)
    for done in happened:
        if done.outcome not in _EXPECTED:
            raise UsageError("matching.no-test-of-failure", rule=done.by or "")
        if done.step is not None or done.outcome == "next" or len(happened) == 1:
            yield _words(done, decision)


def _words(done: Done, decision: Decision) -> str:
    words = [written_outcome(done.outcome, done.value)]
    if done.told is not None and done.told != decision.message.text:
        words.append(f"told {written_string(done.told)}")
    if isinstance(done.step, ReplyStep) and done.step.mention is not None and done.mentioned:
        asked = done.step.mention.staff_ids
        words.append(f"mention [{', '.join(map(written_string, asked))}]" if asked else "mention")
    if done.by:
        words.append(written_by(done.by))
    return " ".join(words)


def _block(title: str, sample: SampleMessage, zone: str, expected: Iterable[str]) -> str:
    return written_block(title, sample, expected, timed=sample.at != default_time(zone))


def _title(router: Router, message: Message) -> str:
    """What the message says, or its type, as a title that no test has yet."""
    words = " ".join(message.text.split()) or message.type
    short = words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
    taken = {test.title for test in router.rules.tests}
    number = 1
    title = short
    while title in taken:
        number += 1
        title = f"{short} {number}"
    return title
