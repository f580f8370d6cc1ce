"""Each event of delivery in one line, as serious as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text, use_language
from prx_dingtalk_router.delivery import (
    Accepted,
    AgentEnded,
    AgentFault,
    AgentStarted,
    Dead,
    DeliveryEvent,
    Done,
    Dropped,
    Duplicate,
    LateAnswer,
    Limited,
    ReactionChanged,
    Repeated,
    Replied,
    Resumed,
    StepFailed,
    StepStarted,
    events,
)
from prx_dingtalk_router.service.bounded_log import MOST_LINES
from prx_dingtalk_router.service.delivery_log import DeliveryLog

WHICH: dict[str, Any] = {"robot": "ding1", "msg_id": "m1", "at_ms": 0}
STEP: dict[str, Any] = {**WHICH, "rule": "vpn", "position": "1"}
WHY = text("delivery.undecided")
REFUSED = text("delivery.reply-refused", code=310000, said="")
MISCONFIGURED = text("delivery.misconfigured")

TOLD: list[tuple[DeliveryEvent, str, str, dict[str, Any]]] = [
    (Resumed(**WHICH), "info", "resumed", {}),
    (
        ReactionChanged(**WHICH, result="refused", reason=REFUSED, alert=True),
        "warning",
        "reaction-refused",
        {"reason": REFUSED.render("en")},
    ),
    (
        ReactionChanged(**WHICH, result="left", reason=WHY),
        "warning",
        "reaction-left",
        {"reason": WHY.render("en")},
    ),
    (Repeated(**STEP, part=2), "warning", "repeated", {"part": 2}),
    (
        AgentStarted(**STEP, agent="helpdesk", session="s", attempt=1),
        "info",
        "agent-started",
        {"agent": "helpdesk"},
    ),
    (
        AgentEnded(**STEP, agent="helpdesk", result="answered", seconds=1.234),
        "info",
        "agent-ended",
        {"seconds": 1.23, "result": "answered", "reason": ""},
    ),
    (
        AgentEnded(**STEP, agent="helpdesk", result="failed", seconds=1, reason=WHY),
        "warning",
        "agent-ended",
        {"reason": WHY.render("en")},
    ),
    (
        AgentEnded(**STEP, agent="helpdesk", result="not-started", seconds=1, reason=WHY, alert=True),
        "error",
        "agent-ended",
        {"result": "not-started"},
    ),
    (AgentFault(**STEP, agent="a", reason=MISCONFIGURED), "error", "agent-fault", {"agent": "a"}),
    (Replied(**STEP, purpose="reply", route="webhook", result="sent"), "info", "replied", {"rule": "vpn"}),
    (
        Replied(**STEP, purpose="answer", route="webhook", result="refused", reason=WHY),
        "debug",
        "replied",
        {"result": "refused", "reason": WHY.render("en")},
    ),
    (
        Replied(**STEP, purpose="notice", route="webhook", result="unknown", reason=WHY),
        "warning",
        "replied",
        {"result": "unknown", "reason": WHY.render("en")},
    ),
    (Limited(**STEP), "info", "limited", {"position": "1"}),
    (StepFailed(**STEP, reason=WHY), "warning", "step-failed", {"reason": WHY.render("en")}),
    (LateAnswer(**STEP, agent="helpdesk"), "warning", "late-answer", {"agent": "helpdesk"}),
    (Dropped(**WHICH, reason="ads"), "info", "dropped", {"reason": "ads"}),
    (Dropped(**WHICH, reason=None), "info", "dropped", {"reason": ""}),
    (Dead(**WHICH, reason=WHY), "error", "dead", {"reason": WHY.render("en")}),
]
SILENT: list[DeliveryEvent] = [
    ReactionChanged(**WHICH, result="attached"),
    Accepted(**WHICH),
    Duplicate(**WHICH),
    Done(**WHICH),
    Dropped(**WHICH, reason="ads", at_once=True),
    StepStarted(**STEP, step="reply"),
]


@pytest.mark.parametrize(("event", "level", "name", "fields"), TOLD, ids=lambda each: type(each).__name__)
def test_an_event_is_one_line(
    logged: Callable[[], Any], event: DeliveryEvent, level: str, name: str, fields: dict[str, Any]
) -> None:
    """The line has the event's name, its level, the message and what an operator needs."""
    DeliveryLog().tell(event)
    (line,) = logged()
    assert (line["event"], line["level"], line["msg_id"]) == (name, level, "m1")
    assert {key: line[key] for key in fields} == fields
    assert line["text"]


@pytest.mark.parametrize(
    ("event", "remedy"),
    [
        (Dead(**WHICH, reason=REFUSED), "delivery.remedy-security"),
        (StepFailed(**STEP, reason=REFUSED), "delivery.remedy-security"),
        (
            AgentEnded(**STEP, agent="a", result="not-started", seconds=1, reason=MISCONFIGURED, alert=True),
            "delivery.remedy-agent-settings",
        ),
        (Dead(**WHICH, reason=WHY), None),
    ],
)
def test_what_can_be_done_is_said(
    logged: Callable[[], Any], event: DeliveryEvent, remedy: str | None
) -> None:
    """Where a remedy is known it ends the sentence, in the language of the process, and is a field."""
    use_language("zh")
    DeliveryLog().tell(event)
    (line,) = logged()
    assert line.get("remedy") == (str(text(remedy)) if remedy else None)
    assert remedy is None or line["text"].endswith(str(text(remedy)))


@pytest.mark.parametrize("event", SILENT, ids=lambda each: type(each).__name__)
def test_what_goes_its_way_is_not_told(logged: Callable[[], Any], event: DeliveryEvent) -> None:
    """Events that say nothing new to an operator leave no line."""
    DeliveryLog().tell(event)
    assert logged() == []


@pytest.mark.parametrize(
    "event",
    [
        StepFailed(**STEP, reason=WHY),
        AgentEnded(**STEP, agent="a", result="failed", seconds=1, reason=WHY),
        AgentEnded(**STEP, agent="a", result="not-started", seconds=1, reason=MISCONFIGURED, alert=True),
        ReactionChanged(**WHICH, result="left", reason=WHY),
        Dead(**WHICH, reason=WHY),
    ],
    ids=lambda event: type(event).__name__,
)
def test_a_storm_of_failures_is_a_few_lines(logged: Callable[[], Any], event: DeliveryEvent) -> None:
    """The first of a minute have a line each; the others are counted by reason, which is told at the end at the latest."""
    log = DeliveryLog()
    for _ in range(10_000):
        log.tell(event)
    log.close()
    *lines, more = logged()
    assert len(lines) == MOST_LINES
    assert (more["event"], more["level"]) == (f"{lines[0]['event']}-more", lines[0]["level"])
    assert (more["count"], more["reason"]) == (10_000 - MOST_LINES, lines[0]["reason"])


def test_every_event_is_considered() -> None:
    """Each kind of event is either told or silent on purpose."""
    classes = [each for each in vars(events).values() if isinstance(each, type)]
    kinds = {each for each in classes if issubclass(each, DeliveryEvent)} - {DeliveryEvent, events.StepEvent}
    assert kinds == {type(event) for event, *_ in TOLD} | {type(event) for event in SILENT}
