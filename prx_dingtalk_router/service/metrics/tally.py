"""Counts what happens to messages: told of every decision and every event of delivery."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from dataclasses import dataclass

from prx_dingtalk_router.decision.model import DENIED
from prx_dingtalk_router.delivery import (
    Accepted,
    AgentEnded,
    Dead,
    DeliveryEvent,
    Dropped,
    Limited,
    ReactionChanged,
    Replied,
)
from prx_dingtalk_router.diagnosis.dead_letters import reason_name
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.service.metrics.busiest import Busiest
from prx_dingtalk_router.service.metrics.distribution import TURNS, Distribution

MOST_REFUSED_SENDERS = 20


@dataclass(slots=True)
class RefusedSender:
    """Somebody whom ``allowed_users`` does not let in, ready to be written there."""

    sender: str
    name: str
    count: int = 0
    last_ms: int = 0


class Tally:
    """Plain counts, never reset while the process lives.

    Attributes:
        matches: of rules that took a message or passed it on.
        shadow_matches: of shadow rules that held.
        limited: of guards without room, by rule.
        last_match_ms: when each rule held last, in Unix milliseconds.
        replies: by route and result.
        reactions: by result.
        agent_results: by agent and result.
        agent_seconds: how long turns took, by agent.
        dead: messages that could not be delivered, by the name of the reason.
        last_dead: id of the last of them; empty where there was none.
        refused: the senders refused last, the newest last.
    """

    def __init__(self) -> None:
        self.matches = Busiest()
        self.shadow_matches = Busiest()
        self.limited = Busiest()
        self.last_match_ms: dict[str, int] = {}
        self.replies: Counter[tuple[str, str]] = Counter()
        self.reactions: Counter[str] = Counter()
        self.agent_results: Counter[tuple[str, str]] = Counter()
        self.agent_seconds: dict[str, Distribution] = {}
        self.dead: Counter[str] = Counter()
        self.last_dead = ""
        self.refused: OrderedDict[str, RefusedSender] = OrderedDict()

    def decided(self, router: Router, decision: Decision) -> None:
        """Count a decision."""
        now = time.time_ns() // 1_000_000
        if decision.by == DENIED:
            self._refuse(decision, now)
            return
        for rule in (*decision.via, *((decision.by,) if decision.by is not None else ())):
            self.matches.add(rule)
            self.last_match_ms[rule] = now
        for each in decision.shadow:
            self.shadow_matches.add(each.rule)
            self.last_match_ms[each.rule] = now

    def delivered(self, event: DeliveryEvent) -> None:
        """Count an event of delivery."""
        match event:
            case Accepted() | Dropped():
                pass  # first, as most events are these; decisions are counted by what they say
            case Replied():
                self.replies[event.route, event.result] += 1
            case ReactionChanged():
                self.reactions[event.result] += 1
            case AgentEnded():
                self.agent_results[event.agent, event.result] += 1
                self.agent_seconds.setdefault(event.agent, Distribution(TURNS)).add(event.seconds)
            case Limited():
                self.limited.add(event.rule)
            case Dead():
                self.dead[reason_name(event.reason)] += 1
                self.last_dead = event.msg_id
            case _:
                pass

    def reloaded(self, router: Router) -> None:
        """Forget rules that are gone."""
        names = frozenset(rule.name for rule in router.rules.rules) | {"otherwise"}
        for busiest in (self.matches, self.shadow_matches, self.limited):
            busiest.keep_only(names)
        for gone in self.last_match_ms.keys() - names:
            del self.last_match_ms[gone]

    def _refuse(self, decision: Decision, now: int) -> None:
        message = decision.message
        key = message.sender_key
        known = self.refused.pop(key, None) or RefusedSender(message.sender or key, message.sender_name)
        known.count += 1
        known.last_ms = now
        self.refused[key] = known
        if len(self.refused) > MOST_REFUSED_SENDERS:
            self.refused.popitem(last=False)
