"""Whatever DingTalk answers on either way: what arrives is the reply from its beginning, in order, each word once, at the pace allowed."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery.dingtalk import (
    Declined,
    Delivered,
    Later,
    Replies,
    Sent,
    Unconfirmed,
    Undelivered,
)
from prx_dingtalk_router.message import Message

REASON = text("delivery.reply-refused", code=1, said="")
ANSWERS = st.sampled_from(
    [
        *[Sent()] * 6,
        *(
            Declined(REASON, remedy, wait=5.0)
            for remedy in ("backoff", "once-more", "wait", "other-route", "split")
        ),
        Declined(REASON, "none"),
        Unconfirmed(text("delivery.reply-unknown")),
    ]
)
PER_MINUTE = 3


class Clock:
    """It moves only when somebody sleeps on it."""

    now = 1_000.0

    def now_ms(self):
        """Unix time in milliseconds."""
        return round(self.now * 1000)

    def monotonic(self):
        """Seconds that have passed."""
        return self.now

    async def sleep(self, seconds):
        """Let the time pass at once."""
        self.now += seconds


class Way:
    """A way that answers as it was told, then takes everything; ``bars`` says of each look whether it is open."""

    def __init__(self, name, most_bytes, answers, bars, arrived, clock):
        self.name, self.most_bytes = name, most_bytes
        self._answers, self._bars = list(answers), list(bars)
        self._is_barred = False
        self._arrived, self._clock = arrived, clock

    def barred(self, message):
        """Once it is barred it stays so."""
        self._is_barred = self._is_barred or bool(self._bars and self._bars.pop(0))
        return text("delivery.webhook-expired") if self._is_barred else None

    async def post(self, message, part):
        """Answer, and note what arrived and when."""
        assert not self._is_barred
        assert len(part.content.encode()) <= self.most_bytes
        answer = self._answers.pop(0) if self._answers else Sent()
        self._arrived.append((self.name, self._clock.monotonic(), part, answer))
        return answer


async def _send(clock, routes, content):
    message = Message("m", "bot", "cid", group=True)
    sending = Replies(routes, per_minute=PER_MINUTE, clock=clock).begin(
        message, RenderedReply("text", content, ("u1",))
    )
    told = []

    async def about_to(parts):
        told.append(parts)

    while isinstance(result := await sending.go_on(about_to), Later):
        assert result.seconds > 0
        await clock.sleep(result.seconds)
    return result, told


@settings(deadline=None, max_examples=150)
@given(
    st.integers(1, 40),
    st.lists(ANSWERS, max_size=12),
    st.lists(ANSWERS, max_size=12),
    st.lists(st.sampled_from([False] * 9 + [True]), max_size=6),
    st.data(),
)
def test_a_reply_arrives_in_order_and_once(paragraphs, first, second, bars, data):
    """Over two ways, with any refusals: the words that were taken are the beginning of the reply, or all of it if it is delivered."""
    clock, arrived = Clock(), []
    content = "\n\n".join(
        f"第{number}段" + "字" * data.draw(st.sampled_from([5, 700])) for number in range(paragraphs)
    )
    routes = [
        Way("webhook", 18_000, first, bars, arrived, clock),
        Way("api", 12_000, second, [], arrived, clock),
    ]
    result, told = asyncio.run(_send(clock, routes, content))
    taken = "".join(part.content for _, _, part, answer in arrived if isinstance(answer, Sent))
    whole = "".join(content.split())
    assert whole.startswith("".join(taken.split()))
    assert ("".join(taken.split()) == whole) == isinstance(result, Delivered)
    assert told == sorted(told)
    posts = [at for _, at, _, _ in arrived]
    assert all(sum(start <= at < start + 60 for at in posts) <= PER_MINUTE for start in posts)
    names = [name for name, *_ in arrived]
    assert names == sorted(names, reverse=True), "once a way was left, it is not come back to"
    unsure = [number for number, (*_, answer) in enumerate(arrived) if isinstance(answer, Unconfirmed)]
    assert unsure in ([], [len(arrived) - 1])
    assert bool(unsure) == (isinstance(result, Undelivered) and not result.certain)
