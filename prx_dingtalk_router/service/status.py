"""How a running router is, as one document: ``/status``, and what ``prx-router status`` shows."""

from __future__ import annotations

import os
import time
from typing import Any

from prx_dingtalk_router import __version__
from prx_dingtalk_router.delivery import Agent, CallLedger
from prx_dingtalk_router.service.log_lines import sentence
from prx_dingtalk_router.service.logs import problems
from prx_dingtalk_router.service.observed import Observed
from prx_dingtalk_router.service.reload.outcomes import RefusedReload
from prx_dingtalk_router.service.reload.reloader import Reloader

MOST_RULES = 200
MOST_PROBLEMS = 10


async def status_document(observed: Observed) -> dict[str, Any]:
    """Return everything that an operator asks first."""
    missing = observed.not_ready()
    rows = await observed.journal_rows()
    client, tally = observed.client, observed.tally
    refusal = client.last_refusal
    return {
        "version": __version__,
        "pid": os.getpid(),
        "now_ms": time.time_ns() // 1_000_000,
        "uptime_seconds": round(observed.uptime, 1),
        "ready": not missing,
        "not_ready": list(missing),
        "stream": {
            "state": client.state.value,
            "connected": client.connected,
            "problem": str(refusal) if refusal is not None else None,
            "reconnects": sum(client.counters.reconnects.values()),
            "frames": sum(client.counters.frames.values()),
        },
        "rules": _rules(observed.reloader),
        "agents": [_agent(agent) for agent in observed.agents],
        "journal": {"durable": observed.engine.journal.durable, **rows},
        "waiting": observed.waits.document(),
        "messages": {
            "taken": observed.intake.taken,
            "duplicates": observed.intake.duplicates,
            "unreadable": observed.intake.unreadable,
            "unstored": observed.intake.unstored,
            "outcomes": dict(observed.intake.outcomes),
            "dead": tally.dead.total(),
            "last_dead": tally.last_dead or None,
        },
        "replies": [
            {"route": route, "result": result, "count": count}
            for (route, result), count in tally.replies.items()
        ],
        "month": _month(observed.engine.calls),
        "rule_hits": _hits(observed),
        "refused_senders": [
            {"sender": each.sender, "name": each.name, "count": each.count, "last_ms": each.last_ms}
            for each in reversed(tally.refused.values())
        ],
        "problems": [
            {
                "at_ms": event.at_ns // 1_000_000,
                "level": event.level,
                "event": event.name,
                "text": sentence(event),
            }
            for event in problems.last(MOST_PROBLEMS)
        ],
    }


def refused_document(refused: RefusedReload) -> dict[str, Any]:
    """Return a refusal as ``validate --format json`` writes what is wrong."""
    return {
        "at_ms": refused.at_ms,
        "trigger": refused.trigger,
        "by": refused.by,
        "fingerprint": refused.fingerprint,
        "diagnostics": [each.as_json() for each in refused.findings],
        "summary": {"errors": refused.errors, "listed": len(refused.findings)},
    }


def _rules(reloader: Reloader) -> dict[str, Any]:
    running = reloader.running
    return {
        "fingerprint": running.fingerprint,
        "number": running.number,
        "rules": running.rules,
        "files": running.files,
        "tests": running.tests,
        "loaded_at_ms": running.at_ms,
        "trigger": running.trigger,
        "by": running.by,
        "again": running.again,
        "on_disk": reloader.on_disk,
        "differs": reloader.differs,
        "held": reloader.held.number if reloader.held is not None else None,
        "refused": refused_document(reloader.refused) if reloader.refused is not None else None,
        "warnings": [each.as_json() for each in reloader.warnings],
        "waiting_for_restart": list(running.waiting),
    }


def _agent(agent: Agent) -> dict[str, Any]:
    fault = agent.breaker.fault
    return {
        "name": agent.name,
        "breaker": "fault" if fault is not None else "open" if agent.breaker.is_open else "closed",
        "problem": str(fault) if fault is not None else None,
        "in_flight": agent.room.inside,
        "most_in_flight": agent.settings.in_flight,
        "waiting": agent.room.waiting,
        "calls_left": agent.poller.affordable_calls,
    }


def _month(calls: CallLedger) -> dict[str, Any]:
    return {
        "month": calls.month,
        "ends_at_ms": calls.month_ends_ms,
        "meters": [
            {
                "meter": each.meter.value,
                "used": each.used,
                "limit": each.limit,
                "reserved": each.reserved,
                "expected": each.expected,
                "used_up": each.used_up,
                "progress": each.progress,
            }
            for each in calls.meters()
        ],
    }


def _hits(observed: Observed) -> list[dict[str, Any]]:
    tally = observed.tally
    found = [
        {"rule": rule, "mode": mode, "count": count, "last_ms": tally.last_match_ms.get(rule)}
        for mode, busiest in (("live", tally.matches), ("shadow", tally.shadow_matches))
        for rule, count in busiest.totals.most_common(MOST_RULES)
    ]
    return sorted(found, key=lambda each: -int(each["count"] or 0))[:MOST_RULES]
