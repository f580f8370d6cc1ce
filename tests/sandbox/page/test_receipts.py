"""How far each message came."""

from __future__ import annotations

import pytest

from prx_dingtalk_router.sandbox.dingtalk import Acked, Connected, Event, Pushed, Replied, Undelivered
from prx_dingtalk_router.sandbox.page.receipts import Receipt, Receipts


def pushed(attempt: int, msg_id: str = "m1") -> Pushed:
    """A frame that goes out."""
    return Pushed(
        at=1,
        msg_id=msg_id,
        header_id="h",
        topic="t",
        payload={},
        attempt=attempt,
        connection=1,
        client_id="ding1",
    )


def acked(msg_id: str | None = "m1") -> Acked:
    """An acknowledgement."""
    return Acked(at=1, header_id="h", msg_id=msg_id, code=200, after_ms=4, connection=1)


def replied(errcode: int) -> Replied:
    """A reply through the webhook of `m1`."""
    return Replied(at=1, msg_id="m1", conversation_id="c", route="webhook", body={}, errcode=errcode)


def test_a_message_is_followed_from_push_to_ack() -> None:
    """Attempts and acknowledgement are kept, and a late ack takes back that it was given up."""
    receipts = Receipts()
    assert [receipts.happened(event) for event in (pushed(1), pushed(2))] == ["m1", "m1"]
    receipts.happened(Undelivered(at=1, msg_id="m1", topic="t", attempts=2, why="nobody"))
    assert receipts["m1"] == Receipt(attempts=2, undelivered="nobody")
    receipts.happened(acked())
    assert receipts["m1"] == Receipt(attempts=2, code=200, after_ms=4)


def test_refused_replies_are_listed() -> None:
    """Only refusals are, at most the latest nine."""
    receipts = Receipts()
    assert receipts.happened(replied(0)) is None
    for code in range(1, 12):
        assert receipts.happened(replied(code)) == "m1"
    assert receipts["m1"].refused == tuple(range(3, 12))


@pytest.mark.parametrize("event", [pushed(1, ""), acked(None), Connected(at=1, connection=1, client_id="d")])
def test_events_about_no_message_change_nothing(event: Event) -> None:
    """Cards, unknown header ids and connections have no receipt."""
    receipts = Receipts()
    assert receipts.happened(event) is None
    assert receipts.to_json() == {}


def test_only_the_latest_receipts_are_kept() -> None:
    """A long run does not fill the memory."""
    receipts = Receipts()
    for number in range(2_500):
        receipts.happened(pushed(1, f"m{number}"))
    assert len(receipts.to_json()) == 2_000
    assert receipts["m0"] == Receipt()
