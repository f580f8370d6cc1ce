"""Which turn of an agent belongs to which message."""

from __future__ import annotations

from prx_dingtalk_router.sandbox.page.turns import TurnLedger
from prx_dingtalk_router.sandbox.prx import TurnEnded, TurnStarted

SESSION = "dingtalk:ding1:private:cid1"


def began(agent: str, job: str, message: str, session: str = SESSION, at: int = 1_000) -> TurnStarted:
    """A turn that begins."""
    return TurnStarted(at=at, agent_id=agent, job_id=job, reply_target=session, message=message)


def over(agent: str, job: str, status: str = "succeeded", at: int = 2_500) -> TurnEnded:
    """A turn that ends."""
    return TurnEnded(
        at=at,
        agent_id=agent,
        job_id=job,
        reply_target=SESSION,
        status=status,
        http_status=200,
        response="",
        took_ms=1_500,
    )


def decision(message: str, *agents: str) -> dict[str, object]:
    """A decision whose agent step has the agents after the first as alternatives."""
    steps = [{"step": "agent", "agent": each, "message": message, "session": SESSION} for each in agents]
    return {"steps": [{"step": "reply", "content": "…"}, {**steps[0], "else": steps[1:]}]}


def test_a_turn_gets_the_message_whose_decision_came_before() -> None:
    """Agent, session and told text of a step find the message, and the end keeps it."""
    ledger = TurnLedger()
    assert ledger.decided("m1", decision("hi", "helpdesk")) == []
    assert ledger.started("helpdesk", began("helpdesk", "j1", "hi")).msg_id == "m1"
    ended = ledger.ended("helpdesk", over("helpdesk", "j1"))
    assert ended is not None
    assert (ended.msg_id, ended.status, ended.started) == ("m1", "succeeded", 1_000)


def test_a_turn_takes_as_long_as_people_wait() -> None:
    """By a clock of its own: the daemon's may have been put forward."""
    now = [100.0]
    ledger = TurnLedger(lambda: now[0])
    turn = ledger.started("helpdesk", began("helpdesk", "j1", "hi"))
    now[0] += 1.5
    assert ledger.to_json(turn)["ran_ms"] == 1_500
    now[0] += 1.0
    ended = ledger.ended("helpdesk", over("helpdesk", "j1", at=3_600_000))
    assert ended is not None
    now[0] += 60.0
    shown = ledger.to_json(ended)
    assert (shown["ran_ms"], shown["ended"]) == (2_500, True)


def test_a_decision_that_is_shown_later_finds_its_turn() -> None:
    """The order in which the page hears of decision and turn does not matter."""
    ledger = TurnLedger()
    assert ledger.started("helpdesk", began("helpdesk", "j1", "hi")).msg_id is None
    assert [turn.msg_id for turn in ledger.decided("m1", decision("hi", "helpdesk"))] == ["m1"]


def test_other_agents_sessions_and_texts_do_not_fit() -> None:
    """A turn of another agent, conversation or text stays without a message."""
    ledger = TurnLedger()
    ledger.decided("m1", decision("hi", "helpdesk"))
    assert ledger.started("general", began("general", "j1", "hi")).msg_id is None
    assert ledger.started("helpdesk", began("helpdesk", "j2", "other")).msg_id is None
    assert ledger.started("helpdesk", began("helpdesk", "j3", "hi", f"{SESSION}x")).msg_id is None
    assert ledger.started("helpdesk", began("helpdesk", "j4", "hi", f"{SESSION}:g2")).msg_id == "m1"


def test_an_alternative_belongs_to_its_message_and_not_to_the_next() -> None:
    """After a success the alternatives of that message are not waited for any more."""
    ledger = TurnLedger()
    ledger.decided("m1", decision("hi", "helpdesk", "general"))
    ledger.started("helpdesk", began("helpdesk", "j1", "hi"))
    ledger.ended("helpdesk", over("helpdesk", "j1"))
    ledger.decided("m2", decision("hi", "helpdesk", "general"))
    ledger.started("helpdesk", began("helpdesk", "j2", "hi"))
    ledger.ended("helpdesk", over("helpdesk", "j2", status="failed"))
    assert ledger.started("general", began("general", "j3", "hi")).msg_id == "m2"


def test_an_end_without_a_begin_is_nothing() -> None:
    """A turn that began before the page watched is not shown."""
    assert TurnLedger().ended("helpdesk", over("helpdesk", "j1")) is None


def test_only_the_latest_turns_are_kept() -> None:
    """A long run does not fill the memory."""
    ledger = TurnLedger()
    for number in range(1_200):
        ledger.decided(f"m{number}", decision("hi", "helpdesk", "general"))
        ledger.started("other", began("other", f"j{number}", "hi"))
    assert len(ledger.turns) == 500
    assert ledger.turns[-1].id == "other/j1199"
