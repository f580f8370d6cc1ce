"""What a consumer is given, and the one answer that each frame may get."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prx_dingtalk_router.stream import Callback, acknowledge
from prx_dingtalk_router.stream.events import Answer
from prx_dingtalk_router.stream.protocol.acks import Ack


class Wire:
    """Keeps what is written; may be gone."""

    def __init__(self, *, gone: bool = False) -> None:
        self.gone = gone
        self.written: list[Ack] = []

    def send(self, acks: Sequence[Ack]) -> list[asyncio.Future[bool]]:
        """Write answers unless the wire is gone."""
        if not self.gone:
            self.written += acks
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        written.set_result(not self.gone)
        return [written] * len(acks)


def callback(answer: Answer) -> Callback:
    """A callback with an answer to give."""
    return Callback("t", "m-1", {"sessionWebhook": "SECRET"}, '{"sessionWebhook":"SECRET"}', "1", 1, answer)


async def test_the_first_answer_counts() -> None:
    """Only the first answer is written, with the code and data that were given."""
    wire = Wire()
    event = callback(Answer("m-1", wire.send))
    assert not event.answer.given
    assert await event.ack(500, "x")
    assert not await event.ack()
    assert event.answer.given
    assert wire.written == [Ack(500, "m-1", "x")]


async def test_of_two_answers_at_once_one_is_written() -> None:
    """Whoever answers while an answer is being written comes too late, whichever way it is given."""
    wire = Wire()
    event = callback(Answer("m-1", wire.send))
    assert await asyncio.gather(event.ack(), event.ack(500)) == [True, False]
    assert await acknowledge([event]) == [False]
    assert [ack.code for ack in wire.written] == [200]


async def test_callbacks_are_acknowledged_together() -> None:
    """Each gets its answer, and the one that has no id, or an answer already, gets none."""
    wire = Wire()
    events = [callback(Answer(message_id, wire.send)) for message_id in ("m-1", None, "m-2", "m-3")]
    await events[2].ack(500)
    assert await acknowledge(events) == [True, False, False, True]
    assert [(ack.code, ack.message_id) for ack in wire.written] == [(500, "m-2"), (200, "m-1"), (200, "m-3")]


async def test_an_answer_to_a_gone_socket_is_not_repeated() -> None:
    """An answer that found no socket was the one answer: the frame belongs to that socket alone."""
    wire = Wire(gone=True)
    event = callback(Answer("m-1", wire.send))
    assert not await event.ack()
    wire.gone = False
    assert not await event.ack()
    assert wire.written == []


async def test_without_a_message_id_there_is_no_answer() -> None:
    """A callback that told no id cannot be answered, and says so."""
    wire = Wire()
    assert not await callback(Answer(None, wire.send)).ack()
    assert wire.written == []


async def test_an_answer_that_cannot_be_written_as_json_is_not_given() -> None:
    """A mistake in the data raises and leaves the one answer to be given."""
    wire = Wire()
    event = callback(Answer("m-1", wire.send))
    try:
        await event.ack(data={"x": object()})
    except TypeError:
        assert await event.ack()
    assert len(wire.written) == 1


def test_a_callback_shows_no_secret() -> None:
    """The session webhook is not in the repr."""
    assert "SECRET" not in repr(callback(Answer("m-1", Wire().send)))
