"""The words of quoted messages that come as ids only."""

from __future__ import annotations

import asyncio

import pytest

from prx_dingtalk_router.decision.model import Decision
from prx_dingtalk_router.decision.rendering import RenderedReply
from prx_dingtalk_router.delivery import MemoryJournal, NewEntry, Quotes, Replies, SystemClock
from prx_dingtalk_router.delivery.dingtalk import Sent
from prx_dingtalk_router.delivery.journal.sent_words import LONGEST
from prx_dingtalk_router.delivery.quotes import MOST_WAITING
from prx_dingtalk_router.errors import JournalUnavailable
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.message.quoted_ids import QuotedIds, quoted_ids


def _message(msg_id="new", conversation="cid", **fields):
    return Message(msg_id, "bot", conversation, group=True, sender="u1", **fields)


@pytest.fixture
def quotes(journal, hand_clock, monkeypatch):
    """What knows, over a journal of each kind, however slow the disk."""
    monkeypatch.setattr("prx_dingtalk_router.delivery.quotes.LOOK_UP_SECONDS", 30.0)
    hand_clock.ms = SystemClock().now_ms()  # by which the journal removes what is old
    return Quotes(journal, hand_clock)


async def test_a_person_s_message_is_found_by_its_id(quotes, journal):
    """What the journal saw is quoted with its words, in its own conversation."""
    old = _message("old", text="部署失败了")
    await journal.store([NewEntry(Decision(old, "sha256:0", "r"), "{}")], 1)
    quoted = QuotedIds(msg_ids=("unknown", "old"))
    assert await quotes.words_of(_message(), quoted) == "部署失败了"
    assert await quotes.words_of(_message(conversation="another"), quoted) == ""


async def test_a_reply_by_the_api_is_found_by_its_key(quotes):
    """As soon as it was sent, before anything is written, and after."""
    quotes.sent(_message("asked"), "结果：全部正常", "pqk")
    quoted = QuotedIds("pqk", ("msgCard==",))
    assert await quotes.words_of(_message(), quoted) == "结果：全部正常"
    assert await quotes.words_of(_message(), quoted) == "结果：全部正常"
    assert await quotes.words_of(_message(conversation="another"), quoted) == ""
    assert await quotes.words_of(_message(), QuotedIds("other")) == ""


async def test_a_reply_by_webhook_is_found_by_its_time(quotes, hand_clock):
    """It has no id: the post nearest to what DingTalk gives as its time, two seconds at most away."""
    quotes.sent(_message("asked"), "第一段")
    hand_clock.ms += 1_500
    quotes.sent(_message("asked"), "第二段")
    at_ms = hand_clock.now_ms()
    assert await quotes.words_of(_message(), QuotedIds("", ("m",), at_ms - 200)) == "第二段"
    assert await quotes.words_of(_message(), QuotedIds("", ("m",), at_ms - 1_400)) == "第一段"
    assert await quotes.words_of(_message(), QuotedIds("", ("m",), at_ms + 2_001)) == ""
    assert await quotes.words_of(_message(), QuotedIds(msg_ids=("m",))) == ""


async def test_a_sending_notes_every_part(quotes, hand_clock):
    """With the key that the route gave it; what was not taken is not noted."""

    class Route:
        name, most_bytes = "api", 12

        def barred(self, message):
            return None

        async def post(self, message, part):
            return Sent(f"key of {part.content}")

    replies = Replies([Route()], clock=hand_clock, noted=quotes.sent)
    sending = replies.begin(_message("asked"), RenderedReply("text", "一二三四五六", ()))
    await sending.go_on(lambda _: asyncio.sleep(0))
    assert await quotes.words_of(_message(), QuotedIds("key of 一二三四")) == "一二三四"
    assert await quotes.words_of(_message(), QuotedIds("key of 五六")) == "五六"


async def test_halves_of_characters_harm_nobody(quotes):
    """Whatever a peer sends can be kept and looked for, as every text of a journal."""
    quotes.sent(_message(), "半\ud83d", "key\ud83d")
    quoted = quoted_ids({"originalProcessQueryKey": "key\ud83d", "originalMsgId": "\udc00"})
    assert await quotes.words_of(_message(), quoted) == "半\ufffd"


async def test_long_words_are_cut(quotes):
    """A table of what was said is no second copy of every answer."""
    quotes.sent(_message(), "长" * 20_000, "pqk")
    assert await quotes.words_of(_message(), QuotedIds("pqk")) == "长" * LONGEST


class ShutJournal(MemoryJournal):
    """Takes and tells nothing while it is shut."""

    shut = True

    async def keep_sent(self, posts):
        """Keep, or not."""
        if self.shut:
            raise JournalUnavailable("delivery.journal-locked", path="j")
        await super().keep_sent(posts)

    async def get(self, key):
        """Never answer, or not at all."""
        if self.shut:
            await asyncio.Event().wait()
        return await super().get(key)


async def test_a_journal_in_trouble_makes_nobody_wait(hand_clock):
    """A message is decided about without the words; what was said waits for the journal, up to a bound."""
    journal = ShutJournal()
    quotes = Quotes(journal, hand_clock)
    for number in range(MOST_WAITING + 5):
        quotes.sent(_message(), f"{number}", f"k{number}")
    await quotes.keep()
    async with asyncio.timeout(30):
        assert await quotes.words_of(_message(), QuotedIds("k9", ("old",))) == ""
    journal.shut = False
    assert await quotes.words_of(_message(), QuotedIds("k4")) == ""
    assert await quotes.words_of(_message(), QuotedIds("k5")) == "5"
