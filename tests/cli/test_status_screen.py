"""What ``status`` shows, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from prx_dingtalk_router.catalogue import LANGUAGES, use_language
from prx_dingtalk_router.cli import moments
from prx_dingtalk_router.cli.console import results
from prx_dingtalk_router.cli.status_screen import show_status
from prx_dingtalk_router.decision.fingerprint import short

API = {
    "meter": "api",
    "used": 312,
    "limit": 5000,
    "reserved": 1000,
    "expected": 2100,
    "used_up": False,
    "progress": True,
}
FINDING = {
    "code": "PRX201",
    "name": "undeclared-name",
    "severity": "error",
    "message": "no list `vop` is declared",
    "help": "declare it",
    "file": "rules/main.rules",
    "range": {"start": {"line": 4, "column": 18}, "end": {"line": 4, "column": 21}},
    "related": [],
    "fix": None,
}
GOOD: dict[str, Any] = {
    "version": "0.1.0",
    "pid": 4711,
    "now_ms": 1_780_000_000_000,
    "uptime_seconds": 93_784.0,
    "ready": True,
    "not_ready": [],
    "stream": {"state": "open", "connected": True, "problem": None, "reconnects": 2, "frames": 1234},
    "rules": {
        "fingerprint": "sha256:4f1c0000aaaabbbb",
        "number": 12,
        "rules": 132,
        "files": 3,
        "tests": 14,
        "loaded_at_ms": 1_780_000_000_000,
        "trigger": "watch",
        "by": "",
        "again": None,
        "on_disk": "sha256:4f1c0000aaaabbbb",
        "differs": False,
        "held": None,
        "refused": None,
        "warnings": [],
        "waiting_for_restart": [],
    },
    "agents": [
        {
            "name": "helpdesk",
            "breaker": "closed",
            "problem": None,
            "in_flight": 3,
            "most_in_flight": 24,
            "waiting": 0,
            "calls_left": 5,
        }
    ],
    "journal": {"durable": True, "queued": 1, "running": 3, "done": 90, "dropped": 5, "dead": 0},
    "waiting": [],
    "messages": {
        "taken": 1000,
        "duplicates": 0,
        "unreadable": 0,
        "unstored": 0,
        "outcomes": {"agent": 300, "reply": 200, "drop": 500},
        "dead": 0,
        "last_dead": None,
    },
    "replies": [{"route": "webhook", "result": "sent", "count": 480}],
    "month": {
        "month": "2026-05",
        "ends_at_ms": 1_780_243_200_000,
        "meters": [API, {**API, "meter": "webhook_and_stream", "used": 7, "limit": 0, "reserved": 0}],
    },
    "rule_hits": [{"rule": "vpn", "mode": "live", "count": 120, "last_ms": 1_780_000_000_000}],
    "refused_senders": [],
    "problems": [],
}
BAD: dict[str, Any] = {
    **GOOD,
    "ready": False,
    "not_ready": ["stream", "journal"],
    "stream": {**GOOD["stream"], "connected": False, "problem": "the gateway answers 503"},
    "rules": {
        **GOOD["rules"],
        "held": 11,
        "differs": True,
        "refused": {
            "at_ms": 1_780_000_000_000,
            "trigger": "watch",
            "by": "",
            "fingerprint": None,
            "diagnostics": [FINDING],
            "summary": {"errors": 3, "listed": 1},
        },
        "warnings": [FINDING],
        "waiting_for_restart": ["admin.listen", "journal.url"],
    },
    "agents": [
        {**GOOD["agents"][0], "breaker": "open"},
        {**GOOD["agents"][0], "name": "it", "breaker": "fault", "problem": "the token is not accepted"},
    ],
    "journal": {**GOOD["journal"], "durable": False, "dead": 2},
    "waiting": [{"what": "rate", "count": 12, "most": 20, "since_ms": 1_780_000_000_000}],
    "messages": {**GOOD["messages"], "duplicates": 4, "unstored": 1, "last_dead": "msgAbC=="},
    "month": {
        "month": "2026-05",
        "ends_at_ms": 1_780_243_200_000,
        "meters": [
            {**API, "used": 4000, "expected": 5500, "progress": False},
            {**API, "meter": "webhook_and_stream", "used": 3000, "limit": 3000, "used_up": True},
        ],
    },
    "rule_hits": [{"rule": "new", "mode": "shadow", "count": 2, "last_ms": None}],
    "refused_senders": [{"sender": "u1006", "name": "小王", "count": 3, "last_ms": 1_780_000_000_000}],
    "problems": [{"at_ms": 1_780_000_000_000, "level": "error", "event": "dead", "text": "m1 is dead"}],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [GOOD, BAD], ids=["good", "bad"])
def test_the_screen(
    document: dict[str, Any],
    language: Any,
    snapshot: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The most important first, on one screen, whatever is wrong."""
    monkeypatch.setattr("prx_dingtalk_router.cli.status_screen.moment", lambda at_ms: "10:31:05")
    use_language(language)
    try:
        show_status(results(no_color=True), document)
    finally:
        use_language("en")
    said = capsys.readouterr().out
    assert len(said.splitlines()) <= 24
    assert said == snapshot


def test_times_are_short() -> None:
    """Two units are enough."""
    assert [moments.lasted(each) for each in (0, 59, 61, 3600, 93_784)] == [
        "0s",
        "59s",
        "1m 1s",
        "1h",
        "1d 2h",
    ]


def test_fingerprints_are_short() -> None:
    """Enough to tell two sets apart; a dash where there is none."""
    assert (short("sha256:0123456789abcdef"), short(None)) == ("0123456789ab", "-")
