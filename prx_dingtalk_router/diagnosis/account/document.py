"""An account as JSON, for scripts: times in ISO 8601, UTC, with milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from prx_dingtalk_router.decision.model import AgentStep, BoundStep
from prx_dingtalk_router.delivery.journal import EarlierTry
from prx_dingtalk_router.diagnosis.account.model import Account, Attempt, StepAccount


def account_document(account: Account) -> dict[str, Any]:
    """What became of a message; nothing in it is secret but what was said."""
    entry, decision, message = account.entry, account.entry.decision, account.entry.decision.message
    return {
        "msg_id": entry.key.msg_id,
        "robot": entry.key.robot,
        "created_at": _moment(message.created_at_ms or None),
        "stored_at": _moment(entry.stored_at_ms),
        "sender": {"id": message.sender_key, "name": message.sender_name},
        "conversation": {
            "id": message.conversation,
            "kind": message.kind,
            "title": message.conversation_title,
        },
        "type": message.type,
        "text": message.text,
        "rules": decision.rules,
        "by": decision.by,
        "via": list(decision.via),
        "outcome": decision.outcome,
        "match": dict(decision.match),
        "shadow": [each.rule for each in decision.shadow],
        "state": entry.state,
        "reason": _said(entry.reason if entry.reason is not None else decision.reason),
        "cancelled": entry.stopped == "cancelled",
        "carrier": entry.carrier,
        "finished_at": _moment(entry.finished_at_ms),
        "told_of_failure_at": _moment(account.told_at_ms),
        "steps": [_step(each) for each in account.steps],
        "earlier": [_earlier(each) for each in entry.earlier],
    }


def _earlier(earlier: EarlierTry) -> dict[str, Any]:
    return {
        "ended_at": _moment(earlier.ended_at_ms),
        "reason": _said(earlier.reason),
        "failures": [
            {
                "rule": step.rule,
                "position": step.position,
                "route": record.route or None,
                "begun_at": _moment(record.begun_at_ms or None),
                "ended_at": _moment(record.at_ms or None),
                "failure": _said(record.failure),
            }
            for step, record in earlier.failures
        ],
    }


def _step(account: StepAccount) -> dict[str, Any]:
    step = account.step
    shown: dict[str, Any] = {"step": step_kind(step), "rule": step.rule, "position": step.position}
    if isinstance(step, AgentStep):
        shown["agent"] = step.agent
    shown |= {
        "fate": account.fate,
        "begun_at": _moment(account.begun_at_ms),
        "ended_at": _moment(account.ended_at_ms),
        "until": _moment(account.until_ms),
        "failure": _said(account.failure),
    }
    if isinstance(step, AgentStep):
        shown |= {"behind": account.behind, "attempts": [_attempt(each) for each in account.attempts]}
    if account.route or account.parts:
        shown |= {"route": account.route or None, "parts_sent": account.parts}
    if account.alternatives:
        shown["else"] = [_step(each) for each in account.alternatives]
    return shown


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "attempt": attempt.number,
        "agent": attempt.agent,
        "session": attempt.session,
        "state": attempt.state,
        "begun_at": _moment(attempt.begun_at_ms),
        "sent_at": _moment(attempt.sent_at_ms),
        "ended_at": _moment(attempt.ended_at_ms),
        "until": _moment(attempt.until_ms),
        "job_id": attempt.job_id,
        "failure": _said(attempt.failure),
    }


def step_kind(step: BoundStep) -> str:
    """What a step is called in rules: reply, agent, forget, cancel or drop."""
    return type(step).__name__.removesuffix("Step").lower()


def _said(sentence: object) -> str | None:
    return None if sentence is None else str(sentence)


def _moment(at_ms: int | None) -> str | None:
    if at_ms is None:
        return None
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
