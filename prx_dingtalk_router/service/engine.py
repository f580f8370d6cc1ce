"""What all robots of a process share: the journal, the agents, the way of replies, and who carries decisions out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from prx_dingtalk_router.delivery import (
    AccessToken,
    AddressBan,
    AgentPool,
    Budget,
    CallKeeping,
    CallLedger,
    Clock,
    Dispatcher,
    Journal,
    MemoryJournal,
    Meter,
    Observer,
    OpenApi,
    Quotes,
    Replies,
    RobotApi,
    RobotReactions,
    SessionWebhook,
    SqliteJournal,
    SystemClock,
)
from prx_dingtalk_router.net import HttpClient, HttpOptions
from prx_dingtalk_router.service.clock_watch import watch_clock
from prx_dingtalk_router.service.delivery_log import DeliveryLog, log_budget
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.settings import DingTalkSettings, JournalSettings, Settings

HEARTBEAT_SECONDS = 10.0


class Engine:
    """Carries out what robots decide. Used in ``async with``: it holds the journal from its begin to its end.

    Args:
        settings: the configuration, secrets and all.
        observers: each called with every event of delivery.
        clock: by which delivery waits and tells the time.
        journal: in place of the configured one.
        is_urgent: whether something waits that must come before what is stored is begun.

    Attributes:
        journal: what was decided, and how far it is.
        agents: the agents of the configuration.
        calls: counts what DingTalk counts.
        open_api: calls of DingTalk's API, as the robot's app.
        replies: the way to conversations.
        dispatcher: stores decisions and carries them out.
        quotes: knows what was said.
    """

    journal: Journal
    agents: AgentPool
    replies: Replies
    dispatcher: Dispatcher
    quotes: Quotes

    def __init__(
        self,
        settings: Settings,
        *,
        observers: Sequence[Observer] = (),
        clock: Clock | None = None,
        journal: Journal | None = None,
        is_urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._log = DeliveryLog()
        self._observers = (self._log.tell, *observers)
        self._clock: Clock = clock or SystemClock()
        self._given_journal = journal
        self._is_urgent = is_urgent
        self.calls = CallLedger(budget_of(settings.dingtalk), self._clock, robot=settings.channel.client_id)
        self.calls.observers.append(log_budget)
        self._held = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Take the journal, and open what is needed.

        Raises:
            JournalError: the journal cannot be used, or another router holds it.
            RouterError: proxy or CA file are unusable.
        """
        settings, dingtalk = self._settings, self._settings.dingtalk
        async with AsyncExitStack() as stack:
            self.journal = self._given_journal or open_journal(settings.journal, self._clock)
            await self.journal.claim()
            stack.push_async_callback(self.journal.close)
            self._counting = CallKeeping(self.calls, self.journal, self._clock)
            await self._counting.load()
            stack.push_async_callback(self._counting.keep, exactly=True)
            self.quotes = Quotes(self.journal, self._clock)
            stack.push_async_callback(self.quotes.keep)
            self.agents = AgentPool(settings.agents, clock=self._clock)
            stack.push_async_callback(self.agents.aclose)
            http = await stack.enter_async_context(HttpClient(_http_options(dingtalk)))
            secrets = [settings.channel.client_secret.get_secret_value()]
            token = AccessToken(
                http, dingtalk.api_base, settings.channel.client_id, secrets[0], clock=self._clock
            )
            ban = AddressBan(self._clock)
            self.open_api = OpenApi(
                http, dingtalk.api_base, token, secrets=secrets, ban=ban, calls=self.calls
            )
            webhook = SessionWebhook(
                http, dingtalk.webhook_hosts, clock=self._clock, secrets=secrets, calls=self.calls, ban=ban
            )
            self.replies = Replies(
                [webhook, RobotApi(self.open_api)],
                per_minute=dingtalk.replies_per_minute,
                clock=self._clock,
                noted=self.quotes.sent,
            )
            self.dispatcher = Dispatcher(
                self.journal,
                self.agents,
                self.replies,
                observers=self._observers,
                clock=self._clock,
                failed_reply=dingtalk.own_failed_reply,
                calls=self.calls,
                reactions=RobotReactions(self.open_api),
                is_urgent=self._is_urgent,
            )
            self._held = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave what is unfinished to the journal, and let go of everything."""
        try:
            await self.dispatcher.stop(0.0)
        finally:
            self._log.close()
            await self._held.aclose()

    async def resume(self) -> None:
        """Go on with what an earlier process left unfinished, and log how much that is."""
        left = await self.dispatcher.resume()
        if left:
            log("info", "going-on", count=left)

    async def upkeep(self) -> None:
        """Keep the claim of the journal and watch the clock, until cancelled.

        Raises:
            JournalError: the journal cannot be used any more; alone in a group.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._keep_claim(), name="heartbeat")
            tasks.create_task(watch_clock(self._clock), name="clock")
            tasks.create_task(self._counting.run(), name="calls")
            tasks.create_task(self.quotes.run(), name="quotes")
            raise await self.dispatcher.journal_failed()

    async def _keep_claim(self) -> None:
        while True:
            await self._clock.sleep(HEARTBEAT_SECONDS)
            await self.dispatcher.heartbeat()


def budget_of(dingtalk: DingTalkSettings) -> Budget:
    """What the configuration grants a month."""
    limits = {
        Meter.API: dingtalk.api_calls_per_month,
        Meter.WEBHOOK_AND_STREAM: dingtalk.webhook_and_stream_per_month,
    }
    return Budget(limits, dingtalk.reserved_share)


def open_journal(kept: JournalSettings, clock: Clock) -> Journal:
    """The journal that is configured, not claimed yet; that it is in memory is remarked."""
    if kept.path is not None:
        return SqliteJournal(kept.path, kept.retention, clock)
    log("warning", "journal-in-memory")
    return MemoryJournal(kept.retention)


def _http_options(dingtalk: DingTalkSettings) -> HttpOptions:
    return HttpOptions(
        proxy=dingtalk.proxy.get_secret_value(), ca_file=str(dingtalk.ca_file) if dingtalk.ca_file else ""
    )
