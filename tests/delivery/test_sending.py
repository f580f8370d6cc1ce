"""Whole replies: parts, pace, second tries, routes; and that none of it waits by itself."""

from __future__ import annotations

import msgspec
import pytest

from prx_dingtalk_router.catalogue import text
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery import Replies, SessionWebhook
from prx_dingtalk_router.delivery.dingtalk import Declined, Delivered, Later, Sent, Undelivered
from prx_dingtalk_router.message import Message


async def _ignore(_):
    pass


async def send(clock, replies, message, reply, about_to, **options):
    """Send a reply to the end, waiting as long as it says."""
    sending = replies.begin(message, reply, **options)
    while isinstance(result := await sending.go_on(about_to), Later):
        await clock.sleep(result.seconds)
    return result


@pytest.fixture
def message(chat):
    """A message whose webhook lives for long."""
    return Message("m1", "bot", "cid", group=True, session_webhook=chat.webhook())


@pytest.fixture
def webhook(http, hand_clock):
    """The route by session webhook."""
    return SessionWebhook(http, ["127.0.0.1"], clock=hand_clock)


def _text(content="好"):
    return RenderedReply("text", content, ())


async def test_a_busy_service_is_tried_again(chat, webhook, message, hand_clock, caplog):
    """Errcode -1 is tried again with growing pauses until it is taken; the log says what DingTalk said."""
    caplog.set_level("INFO")
    chat.answers += [-1, -1]
    result = await send(hand_clock, Replies([webhook], clock=hand_clock), message, _text(), _ignore)
    assert result == Delivered("webhook")
    assert [pause for pause in hand_clock.slept if pause >= 1] == [1.0, 2.0]
    assert chat.texts == ["好"]
    assert caplog.text.count("(error code -1: no)") == 2


async def test_a_service_that_stays_busy_is_given_up(chat, webhook, message, hand_clock):
    """After the last pause a busy service is a refusal with its code."""
    chat.answers += [-1] * 10
    result = await send(hand_clock, Replies([webhook], clock=hand_clock), message, _text(), _ignore)
    assert isinstance(result, Undelivered)
    assert result.certain
    assert result.reason.params["code"] == -1
    assert len(chat.answers) == 4


@pytest.mark.parametrize("code", [130101, 660026])
async def test_throttling_silences_the_conversation_for_a_minute(
    chat, webhook, message, hand_clock, caplog, code
):
    """After 130101 or 660026 nothing is sent to that conversation for 60 s, then the same part again; the log quotes why."""
    chat.answers.append(code)
    began = hand_clock.ms
    assert await send(
        hand_clock, Replies([webhook], clock=hand_clock), message, _text(), _ignore
    ) == Delivered("webhook")
    assert hand_clock.ms - began >= 60_000
    assert f"(error code {code}: no)" in caplog.text


async def test_a_conversation_that_stays_throttled_is_given_up(chat, webhook, message, hand_clock):
    """A dozen waits outlast the block of ten minutes; whoever is throttled after that is refused, with the code."""
    chat.answers += [130101] * 20
    began = hand_clock.ms
    result = await send(hand_clock, Replies([webhook], clock=hand_clock), message, _text(), _ignore)
    assert isinstance(result, Undelivered)
    assert result.reason.params["code"] == 130101
    assert hand_clock.ms - began == 12 * 60_000
    assert (len(chat.answers), chat.texts) == (20 - 13, [])


async def test_unsupported_markdown_is_sent_as_text(chat, webhook, message, hand_clock):
    """Errcode 400105 turns the part into plain text."""
    chat.answers.append(400105)
    reply = RenderedReply("markdown", "# 好", ())
    assert await send(hand_clock, Replies([webhook], clock=hand_clock), message, reply, _ignore) == Delivered(
        "webhook"
    )
    assert [post["msgtype"] for post in chat.posts] == ["text"]


async def test_a_part_that_is_too_long_after_all_is_halved(chat, webhook, message, hand_clock):
    """Errcode 460101 splits the part; together its halves are the part."""
    chat.answers.append(460101)
    content = "一句话。" * 500
    assert await send(
        hand_clock, Replies([webhook], clock=hand_clock), message, _text(content), _ignore
    ) == Delivered("webhook")
    assert len(chat.posts) >= 2
    assert "".join(chat.texts) == content


async def test_parts_are_counted_and_not_sent_again(chat, webhook, message, hand_clock):
    """Before each part is told how many were sent; a later send goes on after those."""
    content = "\n".join(f"第 {number} 行" + "字" * 100 for number in range(150))
    told = []

    async def about_to(parts):
        told.append(parts)

    replies = Replies([webhook], clock=hand_clock)
    await send(hand_clock, replies, message, _text(content), about_to)
    whole = list(chat.texts)
    assert told == list(range(len(whole)))
    assert len(whole) > 2
    chat.posts.clear()
    await send(hand_clock, replies, message, _text(content), about_to, sent=2)
    assert chat.texts == whole[2:]
    assert all(size < 18_000 for size in chat.sizes)


async def test_a_table_that_is_cut_is_a_table_in_every_post(chat, webhook, message, hand_clock):
    """Every post of a long table begins with its header, below the limit, and together they have all rows."""
    rows = [f"| {number} | 员工{number} | 比较长的备注用来占位 |" for number in range(400)]
    header = "| 序号 | 姓名 | 备注 |\n|---|---|---|"
    reply = RenderedReply("markdown", f"结果如下：\n\n{header}\n" + "\n".join(rows), ())
    assert await send(hand_clock, Replies([webhook], clock=hand_clock), message, reply, _ignore) == Delivered(
        "webhook"
    )
    tables = [content.removeprefix("结果如下：\n\n") for content in chat.texts]
    assert len(tables) > 1
    assert all(table.startswith(f"{header}\n| ") for table in tables)
    assert [row for table in tables for row in table.splitlines()[2:]] == rows
    assert chat.posts[1]["markdown"]["title"] == "序号 姓名 备注"
    assert all(size < 18_000 for size in chat.sizes)


async def test_a_reply_sent_once_is_not_sent_again(chat, webhook, message, hand_clock):
    """It waits for its turn, is announced before it is sent, and what is refused or throttled is left at that."""
    said = []

    async def about_to(_):
        said.append(len(chat.posts))

    replies = Replies([webhook], per_minute=1, clock=hand_clock)
    assert await send(hand_clock, replies, message, _text("一"), about_to, once=True) == Delivered("webhook")
    before = hand_clock.ms
    for code in (-1, 130101, 300001):
        chat.answers.append(code)
        result = await send(hand_clock, replies, message, _text("二"), about_to, once=True)
        assert isinstance(result, Undelivered)
        assert result.reason.params["code"] == code
    assert (said, chat.texts) == ([0, 1, 1, 1], ["一"])
    assert hand_clock.ms - before >= 3 * 60_000


async def test_a_dead_webhook_gives_way_to_the_next_route(chat, webhook, message, hand_clock):
    """Errcode 300001 is answered by the next route; without one the reply is undelivered with that reason."""

    class OtherRoute:
        name = "api"
        most_bytes = 20_000

        def barred(self, message):
            return None

        def __init__(self):
            self.parts = []

        async def post(self, message, part):
            self.parts.append(part)
            return Sent()

    other = OtherRoute()
    chat.answers.append(300001)
    result = await send(hand_clock, Replies([webhook, other], clock=hand_clock), message, _text(), _ignore)
    assert result == Delivered("api")
    assert [part.content for part in other.parts] == ["好"]
    chat.answers.append(300001)
    newer = msgspec.structs.replace(message, session_webhook=chat.webhook("s2"))
    result = await send(hand_clock, Replies([webhook], clock=hand_clock), newer, _text(), _ignore)
    assert isinstance(result, Undelivered)
    assert result.reason.params["code"] == 300001


async def test_an_unsuitable_reply_does_not_go_another_way(message, hand_clock):
    """A refusal for what was said is final: no other route carries it."""

    class Refusing:
        name = "webhook"
        most_bytes = 20_000

        def barred(self, message):
            return None

        async def post(self, message, part):
            return Declined(text("delivery.reply-content", code=430102), "none", 430102)

    class Never:
        name = "api"
        most_bytes = 20_000

        def barred(self, message):
            return None

        async def post(self, message, part):
            raise AssertionError(part)

    result = await send(
        hand_clock, Replies([Refusing(), Never()], clock=hand_clock), message, _text(), _ignore
    )
    assert isinstance(result, Undelivered)


async def test_a_conversation_is_paced_and_others_are_not(chat, webhook, message, hand_clock):
    """No minute of one conversation holds more replies than allowed; another conversation does not wait for it."""
    replies = Replies([webhook], per_minute=3, clock=hand_clock)
    times = []
    for _ in range(8):
        await send(hand_clock, replies, message, _text(), _ignore)
        times.append(hand_clock.ms)
    for start in times:
        assert sum(start <= at < start + 60_000 for at in times) <= 3
    before = hand_clock.ms
    other = Message("m2", "bot", "cid2", group=True, session_webhook=chat.webhook())
    await send(hand_clock, replies, other, _text(), _ignore)
    assert hand_clock.ms == before


async def test_nothing_waits_by_itself(chat, webhook, message, hand_clock):
    """What has to be waited for is said and no time passes; the part that was refused is announced again, and those before not."""
    told = []

    async def about_to(parts):
        told.append((parts, len(chat.posts)))

    content = "\n".join("字" * 100 for _ in range(150))
    replies = Replies([webhook], per_minute=3, clock=hand_clock)
    sending = replies.begin(message, _text(content), sent=0)
    chat.answers += [0, 130101]
    assert await sending.go_on(about_to) == Later(60.0)
    assert (told, hand_clock.slept) == ([(0, 0), (1, 1)], [])
    assert await sending.go_on(about_to) == Later(60.0)
    await hand_clock.sleep(60)
    assert await sending.go_on(about_to) == Delivered("webhook")
    assert told == [(0, 0), (1, 1), (1, 1), (2, 2)]
    assert "".join(chat.texts).replace("\n", "") == content.replace("\n", "")


async def test_halves_of_a_part_are_not_sent_twice(chat, webhook, message, hand_clock):
    """A part that was halved and had to wait in between goes on with the half that is left."""
    chat.answers += [460101, 0, -1]
    content = "一句话。" * 500
    sending = Replies([webhook], clock=hand_clock).begin(message, _text(content))
    assert await sending.go_on(_ignore) == Later(1.0)
    assert await sending.go_on(_ignore) == Delivered("webhook")
    assert "".join(chat.texts) == content
