"""The request of an agent step: its session, its bytes, its row of the ledger (prx-gateway.md section 15.1)."""

from __future__ import annotations

from sys import intern

from prx_dingtalk_router.catalogue import Text, text
from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.decision.rendering import render_for_agent
from prx_dingtalk_router.decision.session import session_name
from prx_dingtalk_router.delivery.dispatch.failures import NOTHING_TO_TELL, RENDERED_NOTHING, failure_of
from prx_dingtalk_router.delivery.dispatch.running import person_of
from prx_dingtalk_router.delivery.journal import Entry, Journal, Lane, StepRef, TurnRecord
from prx_dingtalk_router.delivery.prx.request import MOST_BYTES, idempotency_key, request_body
from prx_dingtalk_router.errors import RenderError


def lane_of(entry: Entry, step: AgentStep, journal: Journal) -> Lane:
    """The session that an agent step of a message belongs to."""
    decision = entry.decision
    generation = journal.generation(person_of(decision.message), entry.arrival)
    number = generation.conversation if step.session == "conversation" else generation.person
    name = session_name(decision.client_id, decision.message, step.session, number)
    return Lane(intern(step.agent), intern(name))


def words_of(decision: Decision, step: AgentStep, failure: Text | None) -> str | Text:
    """What an agent is told of a message, or why that is nothing."""
    try:
        return render_for_agent(step, decision, failure_of(failure))
    except RenderError as error:
        return text(NOTHING_TO_TELL) if error.text.key == RENDERED_NOTHING else error.text


def body_of(words: str, lane: Lane) -> bytes | Text:
    """The bytes of the request, or why there can be none."""
    body = request_body(words, lane.session)
    return body if len(body) <= MOST_BYTES else text("delivery.too-long")


def new_turn(entry: Entry, step: StepRef, lane: Lane, body: bytes, now_ms: int) -> TurnRecord:
    """The row of a turn to be dispatched; one that was prepared and never sent is the one to be sent now."""
    earlier = entry.turn(step)
    unsent = earlier if earlier is not None and earlier.state == "prepared" else None
    attempt = next_attempt(entry, lane.agent) if unsent is None else unsent.attempt
    key = _key(entry, lane.agent, attempt)
    return TurnRecord(step, lane, key, body, now_ms, attempt, noticed=unsent is not None and unsent.noticed)


def another_attempt(entry: Entry, record: TurnRecord) -> TurnRecord:
    """The row of the next attempt of a turn: a new key, the same bytes, the same timeout; what was said of it stays said."""
    attempt = next_attempt(entry, record.lane.agent)
    key = _key(entry, record.lane.agent, attempt)
    return TurnRecord(
        record.step, record.lane, key, record.body, record.dispatched_at_ms, attempt, noticed=record.noticed
    )


def next_attempt(entry: Entry, agent: str) -> int:
    """The number of the next attempt to ask ``agent``, whichever step it is for: its keys differ by nothing else."""
    return 1 + max((turn.attempt for turn in entry.turns if turn.lane.agent == agent), default=0)


def _key(entry: Entry, agent: str, attempt: int) -> str:
    return idempotency_key(entry.decision.client_id, entry.key.robot, entry.key.msg_id, agent, attempt)
