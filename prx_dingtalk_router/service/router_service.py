"""The router as a running service: Stream Mode in, decisions, effects out, and a proper end."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack

from prx_dingtalk_router.delivery import (
    AgentPool,
    DeliveryEvent,
    Dispatcher,
    Journal,
    MemoryJournal,
    Replies,
    SessionWebhook,
    SqliteJournal,
)
from prx_dingtalk_router.errors import RegistrationError
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.net import HttpClient, HttpOptions
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.clock_watch import watch_clock
from prx_dingtalk_router.service.delivery_log import log_delivery
from prx_dingtalk_router.service.intake import DecisionObserver, Intake
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.settings import Settings
from prx_dingtalk_router.stream import (
    Callback,
    LossReason,
    Lost,
    Opened,
    Refused,
    StreamClient,
    StreamOptions,
)

DRAIN_SECONDS = 30.0
IDLE_SECONDS = 1.0
CONNECT_SECONDS = 30.0
"""How long ``--once`` waits for its first connection."""
SECOND_SIGNAL = 130
HEARTBEAT_SECONDS = 10.0

DeliveryObserver = Callable[[DeliveryEvent], None]


class RouterService:
    """One router on one DingTalk app.

    Args:
        settings: the configuration, secrets and all.
        router: what decides at first; ``active`` holds it and takes others.
        on_decision: told of every new decision.
        on_delivery: told of every event of delivery.
    """

    def __init__(
        self,
        settings: Settings,
        router: Router,
        *,
        on_decision: DecisionObserver | None = None,
        on_delivery: DeliveryObserver | None = None,
    ) -> None:
        self.settings = settings
        self.active = ActiveRouter(router)
        self.opened = asyncio.Event()
        """Set once the first connection stands."""
        self._on_decision = on_decision
        self._on_delivery = on_delivery
        self._client: StreamClient | None = None
        self._stopping = asyncio.Event()
        self._interrupted = False

    @property
    def interrupted(self) -> bool:
        """Whether it was Ctrl-C that ended it."""
        return self._interrupted

    def stop(self) -> None:
        """End ``run``: take nothing more from now on, finish what is running, close the connection properly."""
        self._stopping.set()
        if self._client is not None:
            self._client.stop_taking()

    async def run(self, *, once: bool = False) -> None:
        """Route until stopped.

        Args:
            once: end after the first second in which nothing waits or runs.

        Raises:
            CredentialsRefused: DingTalk refused the credentials for ``give_up_after``.
            JournalError: the journal cannot be used.
            RegistrationError: with ``once``, no connection could be had.
            RouterError: proxy or CA file are unusable.
        """
        async with AsyncExitStack() as stack:
            journal = self._journal()
            await journal.claim()
            stack.push_async_callback(journal.close)
            agents = AgentPool(self.settings.agents)
            stack.push_async_callback(agents.aclose)
            http = await stack.enter_async_context(HttpClient(self._http_options()))
            webhook = SessionWebhook(
                http,
                self.settings.dingtalk.webhook_hosts,
                secrets=[self.settings.channel.client_secret.get_secret_value()],
            )
            replies = Replies([webhook], per_minute=self.settings.dingtalk.replies_per_minute)
            client = self._client = StreamClient(self._stream_options())
            dispatcher = Dispatcher(
                journal,
                agents,
                replies,
                observer=self._delivered,
                failed_reply=self.settings.dingtalk.own_failed_reply,
                is_urgent=lambda: client.waiting_frames > 0,
            )
            intake = Intake(
                self.active,
                dispatcher,
                robot_name=self.settings.dingtalk.robot_name,
                client_id=self.settings.channel.client_id,
                observer=self._on_decision,
            )
            left = await dispatcher.resume()
            if left:
                log("info", "going-on", count=left)
            try:
                await self._route(client, intake, dispatcher, journal, once=once)
            finally:
                client.stop_taking()
                await dispatcher.stop(DRAIN_SECONDS)
                await client.stop()
                log("info", "stopped")

    async def _route(
        self, client: StreamClient, intake: Intake, dispatcher: Dispatcher, journal: Journal, *, once: bool
    ) -> None:
        """Take what comes until stopped, or until the stream gives up."""
        tasks = [
            asyncio.create_task(self._consume(client, intake), name="consume"),
            asyncio.create_task(self._stopping.wait(), name="stopping"),
            asyncio.create_task(self._journal_failed(dispatcher), name="journal"),
            asyncio.create_task(watch_clock(), name="clock"),
            asyncio.create_task(self._keep_claim(journal), name="heartbeat"),
        ]
        if once:
            tasks.append(asyncio.create_task(self._until_idle(client, intake, dispatcher), name="once"))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            client.stop_taking()
            await tasks[0]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _journal_failed(self, dispatcher: Dispatcher) -> None:
        raise await dispatcher.journal_failed()

    async def _keep_claim(self, journal: Journal) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await journal.heartbeat()

    async def _consume(self, client: StreamClient, intake: Intake) -> None:
        async for batch in client.batches():
            callbacks = []
            for event in batch:
                match event:
                    case Callback():
                        callbacks.append(event)
                    case Opened():
                        self.opened.set()
                        log("info", "connected")
                    case Lost():
                        self._lost(event)
                    case Refused():
                        log("error", "refused", problem=event.text, seconds=round(event.retry_in, 1))
            if callbacks:
                await intake.take(callbacks)

    def _lost(self, event: Lost) -> None:
        """An end that DingTalk announced, or that was asked for, is daily business."""
        if event.reason is LossReason.DISCONNECT:
            log("info", "connection-replaced", reason=event.reason.value)
        elif event.reason is LossReason.STOPPED:
            log("info", "connection-closed", reason=event.reason.value)
        else:
            log("warning", "connection-lost", reason=event.reason.value)

    async def _until_idle(self, client: StreamClient, intake: Intake, dispatcher: Dispatcher) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.opened.wait()
        except TimeoutError:
            raise RegistrationError("service.once-unconnected", seconds=f"{CONNECT_SECONDS:g}") from None
        while True:
            await dispatcher.idle()
            taken = intake.counters.taken
            await asyncio.sleep(IDLE_SECONDS)
            if intake.counters.taken == taken and not dispatcher.running and not client.waiting_frames:
                return

    def stop_on_signals(self) -> None:
        """Let SIGTERM and Ctrl-C end ``run``; a second one ends the process at once, with what is stored on disk."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._signalled, number)

    def _signalled(self, number: signal.Signals) -> None:
        self._interrupted = self._interrupted or number == signal.SIGINT
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(each)
            signal.signal(each, lambda *_: os._exit(SECOND_SIGNAL))
        self.stop()
        log("info", "stopping")

    def _delivered(self, event: DeliveryEvent) -> None:
        log_delivery(event)
        if self._on_delivery is not None:
            self._on_delivery(event)

    def _journal(self) -> Journal:
        kept = self.settings.journal
        if kept.path is not None:
            return SqliteJournal(kept.path, kept.retention)
        log("warning", "journal-in-memory")
        return MemoryJournal(kept.retention)

    def _http_options(self) -> HttpOptions:
        dingtalk = self.settings.dingtalk
        return HttpOptions(
            proxy=dingtalk.proxy.get_secret_value(), ca_file=str(dingtalk.ca_file) if dingtalk.ca_file else ""
        )

    def _stream_options(self) -> StreamOptions:
        dingtalk, channel = self.settings.dingtalk, self.settings.channel
        return StreamOptions(
            client_id=channel.client_id,
            client_secret=channel.client_secret.get_secret_value(),
            api_base=dingtalk.api_base,
            proxy=dingtalk.proxy.get_secret_value(),
            ca_file=str(dingtalk.ca_file) if dingtalk.ca_file else "",
            give_up_after=dingtalk.give_up_after,
        )
