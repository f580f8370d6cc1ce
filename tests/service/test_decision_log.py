"""What is logged of decisions: everything that tells them apart, and nothing that was said."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict, replace

from prx_dingtalk_router.catalogue import Language, use_language
from prx_dingtalk_router.catalogue.messages import MESSAGES
from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.service import close_logs, configure_logs, flush_logs
from prx_dingtalk_router.service.decision_log import DecisionFields, DecisionLog
from prx_dingtalk_router.service.log_lines import LogEvent, PlainFields, json_line, text_line


@pytest.fixture
def logged() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines so far, of everything down to debug."""
    use_language("en")
    out = io.StringIO()
    configure_logs("debug", "json", out)

    def lines() -> list[dict[str, Any]]:
        flush_logs()
        return [json.loads(line) for line in out.getvalue().splitlines()]

    yield lines
    close_logs()


def test_a_line_tells_who_where_which_rule_and_how_long(
    logged: Callable[[], Any], message: Callable[..., Message]
) -> None:
    """Sender, conversation and its kind, rule and by way of which, outcome, agents, the rules, times; never the text."""
    step = AgentStep(rule="vpn", position="1", agent="desk", timeout=60.0, session="sender")
    said = message("my password is 12345", conversation_title="secret plans", quoted="as I said")
    decision = Decision(said, "sha256:0123456789abcdef", "vpn", via=("noted", "seen"), steps=(step,))
    DecisionLog().tell(decision, time.time_ns() // 1_000_000 - 40)
    (line,) = logged()
    took = line.pop("took_ms")
    assert 40 <= took < 10_000
    assert {key: value for key, value in line.items() if key not in ("time", "text")} == {
        "event": "decided",
        "level": "info",
        "msg_id": "msgAbC==",
        "by": "vpn",
        "outcome": "agent",
        "reason": "",
        "via": "noted,seen",
        "sender": "u1001",
        "conversation": "cidPriv==",
        "kind": "private",
        "agents": "desk",
        "shadow": "",
        "rules": "0123456789ab",
        "created_at_ms": said.created_at_ms,
    }
    for words in ("password", "secret plans", "as I said"):
        assert words not in json.dumps(line)


def test_how_to_admit_somebody_is_said_once(
    logged: Callable[[], Any], message: Callable[..., Message]
) -> None:
    """With the staff ID ready to paste; whoever has none cannot be admitted by it."""
    log = DecisionLog()
    for sender in ("u7", "u7", "", "u8"):
        log.tell(Decision(message(sender=sender), "sha256:0", "denied", reason="denied"), 0)
    told = [line for line in logged() if line["event"] == "sender-refused"]
    assert [line["sender"] for line in told] == ["u7", "u8"]
    assert 'add "u7" to allowed_users' in told[0]["text"]


def test_both_forms_of_the_log_say_the_same_of_a_decision(message: Callable[..., Message]) -> None:
    """JSON takes a way of its own, for speed; it writes what any event with these fields would be written as."""
    use_language("zh")
    fields = DecisionFields("m1", "vpn", "drop", "噪声", "a,b", "u1", "cid", "group", "", "", "0123", 1, 2)
    plain = LogEvent(1_788_200_000_123_456_789, "info", "decided", fields)
    usual = LogEvent(plain.at_ns, "info", "decided", asdict(fields))
    assert json_line(plain) == json_line(usual)
    assert text_line(plain) == text_line(usual)
    broken = LogEvent(plain.at_ns, "info", "decided", replace(fields, sender="\ud800"))
    assert json.loads(json_line(broken))["sender"] == "\\ud800"


def test_a_decision_is_not_logged_below_its_level(message: Callable[..., Message]) -> None:
    """With level "warning" nothing is written of it."""
    out = io.StringIO()
    configure_logs("warning", "json", out)
    DecisionLog().tell(Decision(message(), "sha256:0", "vpn"), 0)
    close_logs()
    assert out.getvalue() == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sentences_taken_apart_say_the_same(language: Language) -> None:
    """Every sentence of an event, filled at once from plain fields, is what the catalogue's own way makes of it."""
    use_language(language)
    count = 0
    for key, entry in MESSAGES.items():
        names = [name for _, name, _, _ in Formatter().parse(entry.template(language)) if name]
        if not names or not re.fullmatch(r"service\.[a-z-]+", key) or not all(map(str.isidentifier, names)):
            continue
        fields = msgspec.defstruct(
            "Fields", [(name, str) for name in dict.fromkeys(names)], bases=(PlainFields,)
        )
        values = {name: "not-started" if name == "reason" else f"{name} {{%s}}" for name in names}
        event = key.removeprefix("service.")
        told = [json_line(LogEvent(0, "info", event, each)) for each in (fields(**values), values)]
        assert json.loads(told[0])["text"] == json.loads(told[1])["text"]
        count += 1
    assert count > 30
    use_language("en")
