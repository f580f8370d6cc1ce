"""What the sandbox's page is told of the router, and what it may ask it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.delivery import (
    AgentEnded,
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    LateAnswer,
    Limited,
    Replied,
    StepEvent,
    StepFailed,
    StepStarted,
)
from prx_dingtalk_router.errors import UsageError
from prx_dingtalk_router.matching import Decision, Router, explain, explanation_json, in_both
from prx_dingtalk_router.matching.written_test import written_test
from prx_dingtalk_router.message import Message, read_message
from prx_dingtalk_router.sandbox.page import ChatPage, Outcome
from prx_dingtalk_router.sandbox.page.outcomes import Kind
from prx_dingtalk_router.sandbox.prx import Answer, TurnRequest
from prx_dingtalk_router.sandbox.world import Sandbox
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.notify.happenings import of_reload
from prx_dingtalk_router.service.observed import Observed

KEPT = 2_000
MISSES_SHOWN = 30
"""So many of the rules that a message passed without being taken are sent to the page; it says how many there were."""


class PageLink:
    """Stands between a router in the sandbox and the page; the page's ``Advisor``.

    Args:
        page: of the sandbox.
        robot_name: whose leading mention is cut off what people write.
        client_id: of the robot.
    """

    def __init__(self, page: ChatPage, *, robot_name: str, client_id: str) -> None:
        self._page = page
        self._robot_name = robot_name
        self._client_id = client_id
        self._active: ActiveRouter | None = None
        self._messages: dict[str, Message] = {}

    def running(self, observed: Observed, active: ActiveRouter) -> None:
        """Answer the page by the rules in force from now on, and tell it of edits that are not in force and of backlogs."""
        self._active = active
        reloader = observed.reloader

        def tell(outcome: object) -> None:
            notice = of_reload(outcome)
            refused = None if notice is None else in_both(notice.sentence)
            self._page.show_rules(zone=active.current.rules.zone, refused=refused)

        tell(reloader.refused)
        reloader.observers.append(tell)
        observed.waits.observers.append(self._backlog)
        self._page.consult(self)

    def _backlog(self, waits: Mapping[str, int]) -> None:
        self._page.show_backlog(
            [(in_both(text(f"service.word.what.{what}")), count) for what, count in waits.items()]
        )

    def decided(self, router: Router, decision: Decision) -> None:
        """Show a decision, and why."""
        message = decision.message
        self._messages[message.msg_id] = message
        while len(self._messages) > KEPT:
            del self._messages[next(iter(self._messages))]
        self._page.show_decision(message.msg_id, shown(router, message))

    def delivered(self, event: DeliveryEvent) -> None:
        """Show what came of a step, or of a message."""
        found = outcome(event)
        if found is not None:
            self._page.show_outcome(event.msg_id, found)

    def explain(self, callback: Mapping[str, object]) -> Mapping[str, object]:
        """Decide a callback by the rules in force; nothing else happens.

        Raises:
            MessageError: the callback cannot be read.
            UsageError: the router does not run yet.
        """
        message = read_message(
            callback,
            received_ms=time.time_ns() // 1_000_000,
            robot_name=self._robot_name,
            client_id=self._client_id,
        )
        return shown(self._router(), message)

    def write_test(self, msg_id: str) -> str:
        """Write a test that says of a message what the rules in force decide.

        Raises:
            UsageError: the message is not known any more, or no test can say it.
        """
        message = self._messages.get(msg_id)
        if message is None:
            raise UsageError("cli.sandbox.forgotten")
        return written_test(self._router(), message, robot_name=self._robot_name)

    def _router(self) -> Router:
        if self._active is None:
            raise UsageError("cli.sandbox.starting")
        return self._active.current


def agents_of(world: Sandbox) -> Answer:
    """Answer as the agents of a sandbox do, in its page's language: what they were told, and what they remember."""

    async def answer(request: TurnRequest) -> str:
        language = world.page.language
        told = text("cli.sandbox.answer", agent=request.agent_id, message=request.message)
        lines = [told.render(language)]
        if request.earlier:
            earlier = (f"- {message}" for message in request.earlier)
            lines += ["", text("cli.sandbox.remembers").render(language), *earlier]
        return "\n".join(lines)

    return answer


def shown(router: Router, message: Message) -> dict[str, Any]:
    """A decision with why, as the page shows it: each step says which one it is."""
    explanation = explain(router, message)
    document = explanation_json(explanation, say=in_both, most=MISSES_SHOWN)
    return {**document, "steps": list(_named(document["steps"], explanation.decision.steps))}


def _named(items: Sequence[dict[str, Any]], steps: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Steps as JSON with rule and position, by which outcomes name them."""
    for item, step in zip(items, steps, strict=True):
        named = {**item, "rule": step.rule, "position": step.position}
        if "else" in item:
            named["else"] = list(_named(item["else"], step.alternatives))
        yield named


def outcome(event: DeliveryEvent) -> Outcome | None:
    """What the page shows of a delivery event."""
    match event:
        case StepStarted():
            return _of_step("started", event)
        case StepFailed(reason=why):
            return _of_step("failed", event, why)
        case Limited():
            return _of_step("limited", event)
        case Replied(purpose="reply" | "answer", result="sent"):
            return _of_step("sent", event)
        case AgentEnded(result="answered"):
            return _of_step("answered", event)
        case LateAnswer():
            return _of_step("late", event)
        case Done() | Dropped():
            return {"kind": "done", "rule": "", "step": "", "reason": {}}
        case Dead(reason=why):
            return {"kind": "dead", "rule": "", "step": "", "reason": in_both(why)}
        case _:
            return None


def _of_step(kind: Kind, event: StepEvent, why: Text | None = None) -> Outcome:
    return {
        "kind": kind,
        "rule": event.rule,
        "step": event.position,
        "reason": {} if why is None else in_both(why),
    }
