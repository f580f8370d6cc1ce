"""Between the values of a journal and rows of its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from sys import intern
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from prx_dingtalk_router.decision.codec import (
    decode_decision,
    decode_reason,
    decode_text,
    encode_decision,
    encode_reason,
)
from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.delivery.journal.callbacks import without_webhook
from prx_dingtalk_router.delivery.journal.entry import (
    EarlierTry,
    Entry,
    EntryKey,
    Identity,
    Lane,
    NewEntry,
    StepRecord,
    StepRef,
    StopReason,
    TurnRecord,
)
from prx_dingtalk_router.delivery.journal.states import ENDED
from prx_dingtalk_router.text.surrogates import whole

Row = tuple[Any, ...]

ENTRY = (
    "arrival, robot, msg_id, state, revision, stored_at_ms, finished_at_ms, sender, reason, webhook, "
    "webhook_expires_ms, decision, callback, cancelled, carrier, earlier"
)
CALLBACK = ENTRY.split(", ").index("callback")
"""Where the callback stands in a row."""
STEP = "arrival, rule, position, state, parts, failure, posting, route, begun_at_ms, at_ms, due_at_ms"
TURN = (
    "arrival, rule, position, attempt, agent, session, key, body, state, dispatched_at_ms, sent_at_ms, job_id, "
    "daemon_pid, daemon_uptime, daemon_at_ms, answer, failure, noticed, cancel_asked, other_jobs, at_ms"
)

# By the number in ``cancelled``.
_STOPPED: tuple[StopReason | None, ...] = (None, "cancelled", "replaced")

# Of a webhook whose end was not told; DingTalk's own live for an hour and a half.
_WEBHOOK_LIFE_MS = 24 * 3600 * 1000


def entry_row(new: NewEntry, arrival: int, now_ms: int) -> Row:
    """The row of a message that is stored now; a webhook is kept only while a reply may be needed."""
    message = new.decision.message
    webhook = message.session_webhook if new.state not in ("done", "dropped") else ""
    return (
        arrival,
        message.robot,
        message.msg_id,
        new.state,
        0,
        now_ms,
        now_ms if new.state in ENDED else None,
        message.sender_key,
        encode_reason(new.reason),
        webhook or None,
        (message.session_webhook_expires_ms or now_ms + _WEBHOOK_LIFE_MS) if webhook else None,
        decision_column(new.decision),
        # Looked through before and not after: what was read as JSON has its bytes at hand.
        without_webhook(whole(new.callback), message.session_webhook),
        stopped_number(None),
        None,
        None,
    )


def entry_of(row: Row, steps: Mapping[StepRef, StepRecord], turns: Sequence[TurnRecord]) -> Entry:
    """The entry of a row.

    Raises:
        JournalError: a newer version wrote it, or it is damaged.
    """
    arrival, robot, msg_id, state, revision, stored_at_ms, finished_at_ms, _, reason, webhook, *rest = row
    _, decision, callback, cancelled, carrier, earlier = rest
    return Entry(
        EntryKey(intern(robot), msg_id),
        _unmasked(decode_decision(decision), webhook),
        arrival,
        stored_at_ms,
        state,
        decode_reason(reason),
        MappingProxyType(dict(steps)),
        tuple(turns),
        finished_at_ms,
        callback,
        revision,
        _STOPPED[cancelled],
        carrier,
        _earlier_of(earlier) if earlier else (),
    )


def stopped_number(stopped: StopReason | None) -> int:
    """What stands in ``cancelled``."""
    return _STOPPED.index(stopped)


def earlier_column(earlier: Sequence[EarlierTry]) -> str:
    """Earlier tries as they are kept: a list of when, why, and rows of steps."""
    tries = [
        [each.ended_at_ms, encode_reason(each.reason), [step_row(0, *failure) for failure in each.failures]]
        for each in earlier
    ]
    return json.dumps(tries)


def _earlier_of(column: str) -> tuple[EarlierTry, ...]:
    return tuple(
        EarlierTry(ended_at_ms, decode_reason(reason), tuple(step_of(tuple(row)) for row in failures))
        for ended_at_ms, reason, failures in json.loads(column)
    )


def step_row(arrival: int, step: StepRef, record: StepRecord) -> Row:
    """The row of a step."""
    failure = encode_reason(record.failure)
    times = record.begun_at_ms, record.at_ms, record.due_at_ms
    return (
        arrival,
        step.rule,
        step.position,
        record.state,
        record.parts,
        failure,
        record.posting,
        record.route,
        *times,
    )


def step_of(row: Row) -> tuple[StepRef, StepRecord]:
    """The step of a row."""
    _, rule, position, state, parts, failure, posting, *kept_for_people = row
    record = StepRecord(state, parts, decode_text(failure), bool(posting), *kept_for_people)
    return StepRef(rule, position), record


def turn_row(arrival: int, turn: TurnRecord) -> Row:
    """The row of a turn."""
    daemon = turn.daemon
    return (
        arrival,
        turn.step.rule,
        turn.step.position,
        turn.attempt,
        turn.lane.agent,
        turn.lane.session,
        turn.key,
        turn.body,
        turn.state,
        turn.dispatched_at_ms,
        turn.sent_at_ms,
        None if turn.job_id is None else whole(turn.job_id),
        daemon.pid if daemon else None,
        daemon.uptime if daemon else None,
        daemon.at_ms if daemon else None,
        None if turn.answer is None else whole(turn.answer),
        encode_reason(turn.failure),
        turn.noticed,
        turn.cancel_asked,
        json.dumps(turn.other_jobs),
        turn.at_ms,
    )


def turn_of(row: Row) -> TurnRecord:
    """The turn of a row."""
    _, rule, position, attempt, agent, session, key, body, state, dispatched_at_ms, *rest = row
    sent_at_ms, job_id, pid, uptime, looked_at_ms, answer, failure, *rest = rest
    noticed, cancel_asked, other_jobs, at_ms = rest
    return TurnRecord(
        StepRef(rule, position),
        Lane(agent, session),
        key,
        body,
        dispatched_at_ms,
        attempt,
        state,
        sent_at_ms,
        job_id,
        None if pid is None else Identity(pid, uptime, looked_at_ms),
        answer,
        decode_text(failure),
        bool(noticed),
        bool(cancel_asked),
        tuple(json.loads(other_jobs)),
        at_ms,
    )


def decision_column(decision: Decision) -> bytes:
    """A decision as it is kept: without the session webhook, which has a column of its own."""
    return encode_decision(_masked(decision))


def _masked(decision: Decision) -> Decision:
    if not decision.message.session_webhook:
        return decision
    return replace(decision, message=replace(decision.message, session_webhook=""))


def _unmasked(decision: Decision, webhook: str | None) -> Decision:
    if not webhook:
        return decision
    return replace(decision, message=replace(decision.message, session_webhook=webhook))
