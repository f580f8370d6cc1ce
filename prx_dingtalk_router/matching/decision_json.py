"""A decision as JSON (interfaces.md section 2): the one shape of ``replay``, ``explain`` and the chat page."""

from __future__ import annotations

from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.failure import Failure
from prx_dingtalk_router.decision.model import (
    AgentStep,
    CancelStep,
    Decision,
    DropStep,
    ForgetStep,
    Guard,
    ReplyStep,
    Step,
)
from prx_dingtalk_router.decision.rendering import render_for_agent, render_reply
from prx_dingtalk_router.decision.session import session_name
from prx_dingtalk_router.errors import RenderError


def decision_json(decision: Decision) -> dict[str, Any]:
    """A decision with every step rendered. What fails to render says so in ``failed`` and has empty content.

    Nothing has failed yet, so where an ``else`` step tells why, a word in the language of the process stands for it.
    """
    return {
        "msg_id": decision.message.msg_id,
        "rules": decision.rules,
        "by": decision.by,
        "via": list(decision.via),
        "outcome": decision.outcome,
        "steps": [step_json(step, decision) for step in decision.steps],
        "reason": decision.reason,
        "match": dict(decision.match),
        "shadow": [each.rule for each in decision.shadow],
    }


def step_json(step: Step, decision: Decision) -> dict[str, Any]:
    """One step; alternatives stand in ``else``, a guard in ``at_most``."""
    shown = _plain_step_json(step, decision)
    if step.guard is not None:
        shown["at_most"] = _guard_json(step.guard)
    if step.alternatives:
        shown["else"] = [step_json(each, decision) for each in step.alternatives]
    return shown


def _plain_step_json(step: Step, decision: Decision) -> dict[str, Any]:
    match step:
        case ReplyStep():
            return _reply_json(step, decision)
        case AgentStep():
            return _agent_json(step, decision)
        case DropStep():
            return {"step": "drop", "reason": step.reason}
        case ForgetStep():
            return {"step": "forget"}
        case CancelStep():
            return {"step": "cancel"}


def _reply_json(step: ReplyStep, decision: Decision) -> dict[str, Any]:
    shown: dict[str, Any] = {"step": "reply", "format": step.format, "content": "", "mention": False}
    try:
        reply = render_reply(step, decision, _failure(step))
    except RenderError as problem:
        return {**shown, "failed": str(problem)}
    asked = step.mention is not None and step.mention.staff_ids
    return {
        **shown,
        "content": reply.content,
        "mention": list(reply.mentions) if asked and reply.mentions else bool(reply.mentions),
    }


def _agent_json(step: AgentStep, decision: Decision) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "step": "agent",
        "agent": step.agent,
        "message": "",
        "session": session_name(decision.client_id, decision.message, step.session),
        "timeout": step.timeout,
    }
    if step.progress != "none":
        shown["progress"] = step.progress
    if step.while_busy != "queue":
        reply = step.busy_reply
        shown["while_busy"] = step.while_busy if reply is None else step_json(reply, decision)
    try:
        return {**shown, "message": render_for_agent(step, decision, _failure(step))}
    except RenderError as problem:
        return {**shown, "failed": str(problem)}


def _failure(step: Step) -> Failure | None:
    return Failure(str(text("matching.some-failure"))) if step.is_alternative else None


def _guard_json(guard: Guard) -> dict[str, Any]:
    return {"count": guard.count, "per": guard.per, "scope": guard.scope}
