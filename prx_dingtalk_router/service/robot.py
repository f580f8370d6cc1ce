"""One DingTalk app: its connection, and what is taken from it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from prx_dingtalk_router.delivery import Calls, Dispatcher, Meter, Quotes
from prx_dingtalk_router.matching import Decision, Router
from prx_dingtalk_router.message.callback import read_usual
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.intake import DecisionObserver, Intake
from prx_dingtalk_router.service.logs import log
from prx_dingtalk_router.settings import Settings
from prx_dingtalk_router.stream import (
    BOT_MESSAGES,
    Event,
    LossReason,
    Lost,
    Opened,
    Refused,
    StreamClient,
    StreamOptions,
    Topics,
)

TAKEN_TOGETHER = 256
"""So many callbacks are decided, stored and acknowledged together at most."""
STORE_SECONDS = 5.0
"""How long the end of a robot waits until what came before it is stored and acknowledged."""


class Robot:
    """Takes what DingTalk pushes to one app, and answers it.

    Args:
        settings: the configuration, secrets and all.
        active: holds the router that decides.
        dispatcher: stores decisions and carries them out.
        calls: where pushes are counted.
        quotes: knows the words of quoted messages that come without them.
        observers: each told of every new decision.
        opened: set once the first connection stands.

    Attributes:
        client: of its connection.
        intake: answers callbacks.

    Raises:
        RouterError: proxy or CA file are unusable.
    """

    def __init__(
        self,
        settings: Settings,
        active: ActiveRouter,
        dispatcher: Dispatcher,
        *,
        calls: Calls,
        quotes: Quotes | None = None,
        observers: Sequence[DecisionObserver] = (),
        opened: asyncio.Event | None = None,
    ) -> None:
        self.intake = Intake(
            active,
            dispatcher,
            robot_name=settings.dingtalk.robot_name,
            client_id=settings.channel.client_id,
            quotes=quotes,
            observers=(self._note_quota, *observers),
        )
        self._calls = calls
        self._counted = 0
        self._is_used_up = False
        self._topics = Topics({BOT_MESSAGES: self.intake.take})
        self.client = StreamClient(_stream_options(settings, self._topics))
        self._opened = opened or asyncio.Event()
        self._leaves_waiting = False
        self._is_running = False
        self._is_stopped = False
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Take what comes until ``stop``.

        Raises:
            CredentialsRefused: DingTalk refused the credentials for ``give_up_after``.
        """
        if self._is_stopped:
            return
        self._is_running = True
        try:
            async for batch in self.client.batches(TAKEN_TOGETHER):
                self._count_pushes()
                if self._leaves_waiting:
                    break
                for event in await self._topics.hand_out(batch):
                    self._tell(event)
            await self.intake.settled()
        finally:
            self._count_pushes()
            self._ended.set()

    async def stop(self, *, store_waiting: bool) -> None:
        """Take nothing more, and close the connection properly.

        Args:
            store_waiting: what came before is stored and acknowledged first; else it gets no answer, and DingTalk may deliver
                it again.
        """
        self._is_stopped = True
        self._leaves_waiting = not store_waiting
        self.client.stop_taking()
        if self._is_running:
            try:
                async with asyncio.timeout(STORE_SECONDS):
                    await self._ended.wait()
            except TimeoutError:
                pass
        await self.client.stop()

    def _count_pushes(self) -> None:
        """Count what came since the last time, whatever became of it."""
        pushes = self.client.counters.pushes
        if pushes > self._counted:
            self._calls.made(Meter.WEBHOOK_AND_STREAM, pushes - self._counted)
            self._counted = pushes

    def _note_quota(self, router: Router, decision: Decision) -> None:
        if decision.message.notice == "quota":
            self._calls.used_up(Meter.WEBHOOK_AND_STREAM)
            self._is_used_up = True
        elif self._is_used_up:
            self._calls.granted(Meter.WEBHOOK_AND_STREAM)
            self._is_used_up = False

    def _tell(self, event: Event) -> None:
        match event:
            case Opened():
                self._opened.set()
                log("info", "connected")
            case Lost(reason=LossReason.DISCONNECT as reason):
                # An end that DingTalk announced, or that was asked for, is daily business.
                log("info", "connection-replaced", reason=reason.value)
            case Lost(reason=LossReason.STOPPED as reason):
                log("info", "connection-closed", reason=reason.value)
            case Lost(reason=reason):
                log("warning", "connection-lost", reason=reason.value)
            case Refused():
                log("error", "refused", problem=event.text, seconds=round(event.retry_in, 1))


def _stream_options(settings: Settings, topics: Topics) -> StreamOptions:
    dingtalk, channel = settings.dingtalk, settings.channel
    return StreamOptions(
        client_id=channel.client_id,
        client_secret=channel.client_secret.get_secret_value(),
        api_base=dingtalk.api_base,
        proxy=dingtalk.proxy.get_secret_value(),
        ca_file=str(dingtalk.ca_file) if dingtalk.ca_file else "",
        give_up_after=dingtalk.give_up_after,
        subscriptions=topics.subscriptions,
        readers={BOT_MESSAGES: read_usual},
    )
