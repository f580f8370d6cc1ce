"""The words of quoted messages that come as ids only, from what the journal saw and what the robot sent (dingtalk-cards-media.md 6.4)."""

from __future__ import annotations

import asyncio

from prx_dingtalk_router.delivery.clock import Clock
from prx_dingtalk_router.delivery.journal import EntryKey, Journal
from prx_dingtalk_router.delivery.journal.sent_words import LONGEST, SentWords
from prx_dingtalk_router.errors import JournalError
from prx_dingtalk_router.message import Message
from prx_dingtalk_router.message.quoted_ids import QuotedIds
from prx_dingtalk_router.text.surrogates import whole

KEEP_SECONDS = 1.0
LOOK_UP_SECONDS = 0.4
"""How long a message waits for the words of what it quotes; it is decided about without them after that."""
CLOSE_MS = 2_000
"""A post to a webhook has no id: it is the one that the robot made so near to the time that DingTalk gives."""
MOST_WAITING = 20_000
"""So many posts wait for the journal at most; older ones are forgotten."""


class Quotes:
    """Knows what was said. What the robot sends is written behind, about once a second, so that no reply waits for it.

    A process that is killed forgets what it said within the last second; a quote of that stays without words.

    Args:
        journal: claimed.
        clock: tells when something was said, and waits.
    """

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._unkept: list[SentWords] = []
        self._keeping = asyncio.Lock()

    def sent(self, message: Message, words: str, process_query_key: str = "") -> None:
        """Note a post that DingTalk took.

        Args:
            message: what was answered, and so where.
            words: what was said.
            process_query_key: what the robot API calls it; empty for a webhook.
        """
        post = SentWords(
            message.robot,
            message.conversation,
            self._clock.now_ms(),
            whole(words[:LONGEST]),
            whole(process_query_key),
        )
        self._unkept.append(post)

    async def run(self) -> None:
        """Keep what is said, until cancelled; while the journal takes nothing it waits."""
        while True:
            await self._clock.sleep(KEEP_SECONDS)
            await self.keep()

    async def keep(self) -> None:
        """Keep what was said since the last time."""
        async with self._keeping:
            posts, self._unkept = self._unkept, []
            if not posts:
                return
            try:
                await self._journal.keep_sent(posts)
            except JournalError:
                self._unkept = [*posts, *self._unkept][-MOST_WAITING:]

    async def words_of(self, message: Message, quoted: QuotedIds, within: float | None = None) -> str:
        """Return the words of what a message quotes; empty where nobody knows them.

        Only what was said in the same conversation is told. Never raises for what the journal does, and ends in time.

        Args:
            message: which quotes.
            quoted: what.
            within: seconds; as long as a message waits by default.
        """
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS if within is None else within):
                return await self._words_of(message, quoted)
        except (TimeoutError, JournalError):
            return ""

    async def _words_of(self, message: Message, quoted: QuotedIds) -> str:
        robot, conversation = message.robot, message.conversation
        if quoted.process_query_key:
            await self.keep()
            post = await self._journal.sent_as(robot, quoted.process_query_key)
            if post is not None and post.conversation == conversation:
                return post.words
        for msg_id in quoted.msg_ids:
            entry = await self._journal.get(EntryKey(robot, msg_id))
            if entry is not None and entry.decision.message.conversation == conversation:
                return entry.decision.message.text
        if quoted.own_at_ms:
            await self.keep()
            post = await self._journal.sent_near(robot, conversation, quoted.own_at_ms, CLOSE_MS)
            if post is not None:
                return post.words
        return ""
