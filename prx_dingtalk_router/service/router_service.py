"""The router as a running service: an engine, a robot, and a proper end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from prx_dingtalk_router.delivery import Clock, Journal, Observer
from prx_dingtalk_router.errors import RegistrationError, RouterError
from prx_dingtalk_router.matching import Router
from prx_dingtalk_router.service.active import ActiveRouter
from prx_dingtalk_router.service.engine import Engine
from prx_dingtalk_router.service.intake import DecisionObserver
from prx_dingtalk_router.service.leaving import tell_what_is_left
from prx_dingtalk_router.service.logs import flush_logs, log
from prx_dingtalk_router.service.robot import Robot
from prx_dingtalk_router.service.stop_signals import on_first_signal
from prx_dingtalk_router.settings import Settings

DRAIN_SECONDS = 30.0
IDLE_SECONDS = 1.0
CONNECT_SECONDS = 30.0
"""How long ``--once`` waits for its first connection."""


Companion = Callable[[Engine, Robot], AbstractAsyncContextManager[object]]
"""Something that goes on beside the routing."""


class RouterService:
    """One router on one DingTalk app.

    Args:
        settings: the configuration, secrets and all.
        router: what decides at first; ``active`` holds it and takes others.
        decision_observers: each told of every new decision.
        delivery_observers: each told of every event of delivery.
        clock: by which delivery waits and tells the time.
        journal: in place of the configured one.
        companions: what goes on beside the routing, each entered before it begins and left after its end.

    Attributes:
        active: the one place where the router in use is swapped.
        opened: set once the first connection stands.
    """

    def __init__(
        self,
        settings: Settings,
        router: Router,
        *,
        decision_observers: Sequence[DecisionObserver] = (),
        delivery_observers: Sequence[Observer] = (),
        clock: Clock | None = None,
        journal: Journal | None = None,
        companions: Sequence[Companion] = (),
    ) -> None:
        self.settings = settings
        self.active = ActiveRouter(router)
        self.opened = asyncio.Event()
        self._decision_observers = decision_observers
        self._companions = companions
        self._robot: Robot | None = None
        self._stopping = asyncio.Event()
        self._interrupted = False
        self._engine = Engine(
            settings,
            observers=delivery_observers,
            clock=clock,
            journal=journal,
            is_urgent=lambda: self._robot is not None and self._robot.client.waiting_frames > 0,
        )

    @property
    def interrupted(self) -> bool:
        """Whether it was Ctrl-C that ended it."""
        return self._interrupted

    def stop(self) -> None:
        """End ``run``: start nothing new from now on, finish what is running, close the connection properly."""
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """Let SIGTERM and Ctrl-C end ``run``; a second one ends the process at once, with what is stored on disk."""
        on_first_signal(self._signalled, _last_words)

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
        try:
            async with self._engine as engine, AsyncExitStack() as beside:
                robot = self._robot = Robot(
                    self.settings,
                    self.active,
                    engine.dispatcher,
                    calls=engine.calls,
                    quotes=engine.quotes,
                    observers=self._decision_observers,
                    opened=self.opened,
                )
                for companion in self._companions:
                    await beside.enter_async_context(companion(engine, robot))
                try:
                    await self._route(engine, robot, once=once)
                finally:
                    await _wind_down(engine, robot)
                    await tell_what_is_left(engine.journal)
                    log("info", "stopped")
        except BaseExceptionGroup as several:
            raise _first(several) from None

    async def _route(self, engine: Engine, robot: Robot, *, once: bool) -> None:
        """Route until stopped, and to the end of what runs then."""
        async with asyncio.TaskGroup() as tasks:
            # Going on comes first, and takes its time when thousands are unfinished: meanwhile messages are taken already.
            others: list[asyncio.Task[None]] = [
                tasks.create_task(engine.resume(), name="resume"),
                tasks.create_task(engine.upkeep(), name="upkeep"),
            ]
            tasks.create_task(self._until_it_ends(robot), name="robot")
            if once:
                others.append(tasks.create_task(self._stop_when_idle(engine, robot), name="once"))
            await self._stopping.wait()
            await _wind_down(engine, robot)
            for task in others:
                task.cancel()

    async def _until_it_ends(self, robot: Robot) -> None:
        await robot.run()
        self.stop()

    async def _stop_when_idle(self, engine: Engine, robot: Robot) -> None:
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.opened.wait()
        except TimeoutError:
            raise RegistrationError("service.once-unconnected", seconds=f"{CONNECT_SECONDS:g}") from None
        while not self._stopping.is_set():
            await engine.dispatcher.idle()
            taken = robot.intake.counters.taken
            await asyncio.sleep(IDLE_SECONDS)
            is_quiet = robot.intake.counters.taken == taken and not robot.client.waiting_frames
            if is_quiet and not engine.dispatcher.running and not robot.intake.is_storing:
                self.stop()

    def _signalled(self, number: signal.Signals) -> None:
        self._interrupted = self._interrupted or number == signal.SIGINT
        self.stop()
        log("info", "stopping")


def _last_words() -> None:
    log("warning", "stopped-at-once")
    flush_logs()


async def _wind_down(engine: Engine, robot: Robot) -> None:
    """Come to an end in the order of interfaces.md section 5.7; nothing happens the second time.

    With a durable journal what comes is stored and acknowledged until the socket closes, and carried out by the next process. What
    is in memory has no next process, so there the socket is closed first.
    """
    if engine.journal.durable:
        engine.dispatcher.close()
        await engine.dispatcher.drain(DRAIN_SECONDS)
        await robot.stop(store_waiting=True)
    else:
        await robot.stop(store_waiting=False)
        engine.dispatcher.close()
        await engine.dispatcher.drain(DRAIN_SECONDS)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one of several errors that people are to see: the first that has a sentence, else the first."""
    for kind in (RouterError, BaseException):
        found = several.subgroup(kind)
        while found is not None:
            first = found.exceptions[0]
            if not isinstance(first, BaseExceptionGroup):
                return first
            found = first
    return several
