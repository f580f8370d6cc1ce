"""What is counted of decisions and delivery."""

from __future__ import annotations

from typing import Any

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import AgentEnded, Dead, Limited, ReactionChanged, Replied
from prx_dingtalk_router.service.metrics.tally import MOST_REFUSED_SENDERS, Tally

RULES = """
rule seen when text contains "vpn" then reply "x" then next
rule new shadow when text contains "vpn" then drop
rule vpn when text contains "vpn" then drop
otherwise drop
"""
WHERE: dict[str, Any] = {"robot": "r", "msg_id": "m", "at_ms": 0}


def test_rules_are_counted_by_what_they_did(make_router, message):
    """Those that passed a message on as those that took it; shadow rules apart; ``otherwise`` like a rule."""
    router, tally = make_router(RULES, allowed_users=frozenset({"*"})), Tally()
    for said in ("vpn", "vpn", "else"):
        tally.decided(router, router.decide(message(said)))
    assert tally.matches.totals == {"seen": 2, "vpn": 2, "otherwise": 1}
    assert tally.shadow_matches.totals == {"new": 2}
    assert set(tally.last_match_ms) == {"seen", "vpn", "new", "otherwise"}
    tally.reloaded(make_router('rule vpn when text contains "x" then drop'))
    assert set(tally.last_match_ms) == {"vpn", "otherwise"}


def test_refused_senders_are_kept_ready_to_be_admitted(make_router, message):
    """Who was refused, how often and when, the newest last, and only some."""
    router, tally = make_router(RULES, allowed_users=frozenset()), Tally()
    for number in (*range(30), 29):
        tally.decided(router, router.decide(message("vpn", sender=f"u{number}", sender_name="小王")))
    assert list(tally.refused) == [f"u{number}" for number in range(30 - MOST_REFUSED_SENDERS, 30)]
    assert (tally.refused["u29"].sender, tally.refused["u29"].name, tally.refused["u29"].count) == (
        "u29",
        "小王",
        2,
    )
    assert not tally.matches.totals


def test_delivery_is_counted():
    """Replies by route and result, turns by agent and result, guards by rule, what could not be delivered."""
    tally, step = Tally(), {**WHERE, "rule": "vpn", "position": "1"}
    tally.delivered(Replied(**step, purpose="reply", route="webhook", result="sent"))
    tally.delivered(AgentEnded(**step, agent="desk", result="answered", seconds=3.0))
    tally.delivered(Limited(**step))
    tally.delivered(ReactionChanged(**WHERE, result="attached"))
    tally.delivered(Dead(**WHERE, reason=text("delivery.refused")))
    assert tally.last_dead == WHERE["msg_id"]
    assert tally.replies == {("webhook", "sent"): 1}
    assert tally.agent_results == {("desk", "answered"): 1}
    assert tally.agent_seconds["desk"].total == 3.0
    assert tally.limited.totals == {"vpn": 1}
    assert tally.reactions == {"attached": 1}
    assert tally.dead == {"refused": 1}
