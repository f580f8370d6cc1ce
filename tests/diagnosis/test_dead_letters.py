"""Which dead letters an operator means."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.model import AgentStep, Decision
from prx_dingtalk_router.delivery.journal import Entry, EntryKey
from prx_dingtalk_router.diagnosis.dead_letters import Selection, letter_document, reason_name
from prx_dingtalk_router.message import Message


@pytest.fixture
def entry(message: Callable[..., Message]) -> Entry:
    """A dead letter whose alternative would have asked a second agent."""
    other = AgentStep(rule="vpn", position="1.1", agent="hr", timeout=60.0, session="sender")
    step = AgentStep(
        rule="vpn", position="1", agent="helpdesk", timeout=60.0, session="sender", alternatives=(other,)
    )
    decision = Decision(message(msg_id="m1"), "sha256:0", "vpn", steps=(step,))
    reason = text("delivery.reply-refused", code=300001, said=text("delivery.said", words="Robot 不存在"))
    return Entry(EntryKey("bot", "m1"), decision, 1, 500, "dead", reason, finished_at_ms=2000)


@pytest.mark.parametrize(
    ("selection", "is_meant"),
    [
        (Selection(), True),
        (Selection(ids=("m0", "m1")), True),
        (Selection(ids=("m0",)), False),
        (Selection(since_ms=2000), True),
        (Selection(since_ms=2001), False),
        (Selection(agent="helpdesk"), True),
        (Selection(agent="hr"), True),
        (Selection(agent="Helpdesk"), False),
        (Selection(reason="reply-refused"), True),
        (Selection(reason="reply"), True),
        (Selection(reason="300001"), True),
        (Selection(reason="robot 不存在"), True),
        (Selection(reason="钉钉拒绝了"), True),
        (Selection(reason="webhook-expired"), False),
        (Selection(ids=("m1",), agent="hr", reason="refused", since_ms=1), True),
        (Selection(ids=("m1",), agent="desk", reason="refused", since_ms=1), False),
    ],
)
def test_all_that_is_said_must_fit(entry: Entry, selection: Selection, is_meant: bool) -> None:
    """A reason by its name or words of its sentence in any language; what is not dead is never meant."""
    assert selection.takes(entry) == is_meant
    assert not selection.takes(replace(entry, state="dropped"))


def test_a_letter_names_its_reason_and_agents(entry: Entry) -> None:
    """Beside the account of its message; a reason that was not kept has a name, too."""
    told = letter_document(entry)
    assert (told["reason_name"], told["agents"], told["state"]) == (
        "reply-refused",
        ["helpdesk", "hr"],
        "dead",
    )
    assert reason_name(None) == "unknown"
    assert reason_name("limited") == "limited"
