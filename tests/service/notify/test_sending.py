"""Words reach people as private messages of the robot, by DingTalk's API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.delivery import AccessToken, CallLedger, Meter, OpenApi
from prx_dingtalk_router.net import HttpClient
from prx_dingtalk_router.sandbox.dingtalk import DingTalk, Directory
from prx_dingtalk_router.service.notify.sending import OwnerMessages

APP = ("dingrouter", "s3cr3t-0f-th3-b0t")
WORDS = text("service.notify.connected", minutes=3)

Logged = Callable[[], list[dict[str, Any]]]


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalk]:
    """DingTalk."""
    started = DingTalk(Directory.demo(*APP))
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def owner(dingtalk: DingTalk) -> AsyncIterator[Callable[..., OwnerMessages]]:
    """Messages to these people; ``ledger`` counts."""
    async with HttpClient() as http:

        def made(*staff_ids: str, ledger: CallLedger | None = None) -> OwnerMessages:
            token = AccessToken(http, dingtalk.base_url, *APP)
            return OwnerMessages(
                OpenApi(http, dingtalk.base_url, token, secrets=APP[1:], calls=ledger), APP[0], staff_ids
            )

        yield made


def private(dingtalk: DingTalk, staff_id: str) -> list[str]:
    """What the robot wrote to somebody in private."""
    room = dingtalk.directory.private(staff_id, dingtalk.directory.apps[0])
    return [line.text for line in dingtalk.transcript(room.id) if line.author == "robot"]


async def test_each_is_told_once(
    dingtalk: DingTalk, owner: Callable[..., OwnerMessages], logged: Logged
) -> None:
    """In private, in plain words, by one call that is counted, also when the month's reserve is touched."""
    ledger = CallLedger()
    ledger.made(Meter.API, 4_990)
    await owner("u1001", "u1002", "u1001", ledger=ledger).send(WORDS)
    for staff_id in ("u1001", "u1002"):
        assert private(dingtalk, staff_id) == [
            "[prx-router] the connection to DingTalk is back, after about 3 min"
        ]
    assert ledger.used(Meter.API) == 4_991
    assert [line["event"] for line in logged()] == ["notice-sent"]


async def test_more_than_twenty_are_several_calls(
    dingtalk: DingTalk, owner: Callable[..., OwnerMessages], logged: Logged
) -> None:
    """DingTalk takes twenty at a time; whom it does not know is told to the log, and the others get theirs."""
    ledger = CallLedger()
    await owner("u1001", *(f"nobody{number}" for number in range(20)), "u1002", ledger=ledger).send(WORDS)
    assert ledger.used(Meter.API) == 2
    assert (len(private(dingtalk, "u1001")), len(private(dingtalk, "u1002"))) == (1, 1)
    assert [line["event"] for line in logged()] == ["notice-failed"] * 2


@pytest.mark.parametrize("knob", ["permission", "robot_stopped"])
async def test_what_does_not_arrive_is_a_line_of_the_log(
    dingtalk: DingTalk, owner: Callable[..., OwnerMessages], logged: Logged, knob: str
) -> None:
    """With DingTalk's reason and without secrets; nothing raises, and nothing is told of it to anybody."""
    setattr(dingtalk.faults, knob, not getattr(dingtalk.faults, knob))
    await owner("u1001").send(WORDS)
    (line,) = logged()
    assert (line["event"], line["level"]) == ("notice-failed", "warning")
    assert APP[1] not in str(line)
    assert private(dingtalk, "u1001") == []


async def test_without_dingtalk_nothing_raises(
    dingtalk: DingTalk, owner: Callable[..., OwnerMessages], logged: Logged
) -> None:
    """A network that is gone is one line."""
    await dingtalk.stop()
    await owner("u1001").send(WORDS)
    assert [line["event"] for line in logged()] == ["notice-failed"]


async def test_secrets_and_lengths_are_bounded(
    dingtalk: DingTalk, owner: Callable[..., OwnerMessages]
) -> None:
    """What could be a credential is masked, however it came into a reason; a novel is cut."""
    said = "https://x.example/?access_token=abc client_secret=hush " + "长" * 5000
    await owner("u1001").send(
        text(
            "service.notify.dead",
            msg_id="msgAbC==",
            rule="r",
            reason=text("delivery.said", words=said),
            remedy="",
        )
    )
    (shown,) = private(dingtalk, "u1001")
    assert "hush" not in shown
    assert "abc" not in shown
    assert len(shown) == 1000
